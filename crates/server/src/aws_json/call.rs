//! One call of an operation: who calls, and how its answer is made.

use std::pin::Pin;

use poolhouse_api_model::{Input, Output, decode, decode_exempting, encode};
use poolhouse_model::Region;
use poolhouse_service::Service;

use super::api_error::CallError;
use super::credentials::Signer;
use crate::app::App;

/// One call of an operation.
pub(crate) struct Call<'a> {
    app: &'a App,
    /// The body as it came.
    body: &'a [u8],
    /// Who signed it; `None` for an operation that needs no signature.
    signer: Option<Signer>,
}

/// The answer of an operation on its way: the body, or why there is none.
pub(crate) type Answer<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, CallError>> + Send + 'a>>;

impl<'a> Call<'a> {
    pub(super) fn new(app: &'a App, body: &'a [u8], signer: Option<Signer>) -> Self {
        Self { app, body, signer }
    }

    /// The use cases.
    pub(crate) fn service(&self) -> &'a Service {
        &self.app.service
    }

    /// The region that the call was signed for.
    pub(crate) fn region(&self) -> Option<Region> {
        self.signer.as_ref().map(|signer| signer.region.clone())
    }

    /// Reads the input and checks its constraints.
    /// # Errors
    /// `SerializationException`, `InvalidParameterException`.
    pub(crate) fn input<T: Input>(&self) -> Result<T, CallError> {
        Ok(decode(self.body)?)
    }

    /// Reads the input as [`Call::input`] does, but holds the text member `name` to no constraint
    /// where `is_exempt` says so of it.
    /// # Errors
    /// `SerializationException`, `InvalidParameterException`.
    pub(crate) fn input_exempting<T: Input>(
        &self,
        name: &str,
        is_exempt: impl Fn(&str) -> bool,
    ) -> Result<T, CallError> {
        Ok(decode_exempting(self.body, name, is_exempt)?)
    }
}

/// Makes the answer's body of what an operation gave.
pub(crate) fn reply<T: Output>(outcome: Result<T, CallError>) -> Result<Vec<u8>, CallError> {
    outcome.map(|output| encode(&output))
}

//! Tests that go through the whole crate.

mod constraint_texts;
mod every_operation;
mod hostile_bodies;
mod json_oracle;
mod model_agreement;
mod outputs;
mod sample;
mod sensitive_members;
mod type_faults;

use crate::{Operation, RequestError, check};

/// Why a request body was refused; empty when it was not.
fn refusal(operation: Operation, body: &str) -> String {
    match check(body.as_bytes(), operation.input()) {
        Ok(()) => String::new(),
        Err(RequestError::Invalid(text)) => text,
        Err(RequestError::Serialization(text)) => {
            format!("SerializationException {}", text.unwrap_or_default())
        }
    }
}

//! A call of an operation of the JSON API: what a form does, and what its command does.

use poolhouse_api_model::Operation;
use serde_json::{Map, Value};

use super::aws_cli;
use crate::app::App;
use crate::aws_json::{ApiError, call_for_developer};
use crate::context::RequestContext;

/// Members that hold a secret: their place-holders are in the command, whatever was typed.
const SECRETS: [(&str, &str); 2] = [
    ("Password", "PASSWORD"),
    ("TemporaryPassword", "TEMPORARY_PASSWORD"),
];

/// An operation and its input, as the API's own documents have them.
pub(super) struct ApiCall {
    operation: Operation,
    input: Map<String, Value>,
}

impl ApiCall {
    /// A call without input.
    pub(super) fn of(operation: Operation) -> Self {
        Self {
            operation,
            input: Map::new(),
        }
    }

    /// The same call with a member.
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.input.insert(name.to_owned(), value.into());
        self
    }

    /// The same call with a member, if there is a value for it.
    pub(super) fn with_some(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Calls the operation through the door that SDKs call it by: the same constraints, defaults,
    /// rules and errors.
    /// # Errors
    /// What the operation answers.
    pub(super) async fn run(&self, app: &App, context: &RequestContext) -> Result<Value, ApiError> {
        let input = Value::Object(self.input.clone());
        call_for_developer(app, context, self.operation, &input).await
    }

    /// The command of the AWS CLI that makes the same call, without secrets.
    pub(super) fn command(&self, app: &App) -> String {
        let mut input = self.input.clone();
        for (name, stand_in) in SECRETS {
            if let Some(value) = input.get_mut(name) {
                *value = stand_in.into();
            }
        }
        let settings = app.service.settings();
        let pool_id = self.input.get("UserPoolId").and_then(Value::as_str);
        let region = pool_id.and_then(|id| id.split_once('_'));
        let region = region.map_or(settings.default_region.as_str(), |(region, _)| region);
        aws_cli::command(self.operation.name(), &input, region, &settings.public_url)
    }
}

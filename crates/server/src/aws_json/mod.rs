//! The JSON API door: `POST /` with `X-Amz-Target`.

mod api_error;
mod call;
pub mod compatibility;
mod cors;
mod credentials;
mod door;
mod error_table;
mod front;
mod operations;
mod wire;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::post;
use poolhouse_api_model::operations::{
    CreateUserPoolClientRequest, CreateUserPoolRequest, DescribeUserPoolClientResponse,
};
use poolhouse_api_model::{ErrorCode, Operation, encode};
use poolhouse_model::{AppClientSettings, UserPoolSettings, UserStatus};
use poolhouse_service::{DescribedAppClient, ServiceError};

pub(crate) use self::api_error::ApiError;
use self::api_error::CallError;
use self::door::Door;
pub(crate) use self::front::call_for_developer;
use crate::app::App;
use crate::body;
use crate::cors::allow_all_origins;
use crate::store_lease;

/// The text that outsiders are told of a failed sign-in: the pages say what the API says.
pub(crate) fn sign_in_text(error: &ServiceError) -> String {
    let (_, text) = error_table::answer(Operation::InitiateAuth, error);
    text
}

/// The text that an administrator is told of a failure: the API's, without its code.
pub(crate) fn administrator_text(operation: Operation, error: &ServiceError) -> String {
    let (_, text) = error_table::answer(operation, error);
    text
}

/// The name of a user's status.
pub(crate) fn user_status_name(status: UserStatus) -> &'static str {
    wire::user_status::name(status)
}

/// What each served operation answers to a fact, where the operation may answer with that code.
pub(crate) fn error_answers(error: &ServiceError) -> Vec<(Operation, ErrorCode, String)> {
    let served = Operation::ALL.iter().copied();
    served
        .filter(|operation| matches!(operations::door(*operation), Door::Served(_)))
        .map(|operation| {
            let (code, text) = error_table::answer(operation, error);
            (operation, code, text)
        })
        .filter(|(operation, code, _)| compatibility::may_answer(*operation, *code))
        .collect()
}

/// Reads the settings of a pool as `CreateUserPool` does.
/// # Errors
/// The text that the operation would answer with.
pub(crate) fn pool_settings(input: CreateUserPoolRequest) -> Result<UserPoolSettings, String> {
    let settings = wire::user_pool_settings::settings(input);
    settings.map_err(|error| text_of(Operation::CreateUserPool, error))
}

/// Reads the settings of a client as `CreateUserPoolClient` does.
/// # Errors
/// The text that the operation would answer with.
pub(crate) fn client_settings(
    input: CreateUserPoolClientRequest,
) -> Result<AppClientSettings, String> {
    let settings = wire::app_client::settings(input);
    settings.map_err(|error| text_of(Operation::CreateUserPoolClient, error.into()))
}

/// Describes a client as `DescribeUserPoolClient` does.
/// # Errors
/// [`ServiceError::Internal`] when it cannot be written as JSON.
pub(crate) fn described_client(
    described: &DescribedAppClient,
) -> Result<serde_json::Value, ServiceError> {
    let output = DescribeUserPoolClientResponse {
        user_pool_client: Some(wire::app_client::to_wire(described)),
    };
    let mut answer: serde_json::Value = serde_json::from_slice(&encode(&output))
        .map_err(|error| ServiceError::Internal(error.to_string()))?;
    Ok(answer["UserPoolClient"].take())
}

fn text_of(operation: Operation, error: CallError) -> String {
    let error = error.into_api_error(operation);
    error.message().unwrap_or(error.code().name()).to_owned()
}

/// The route of the JSON API, with CORS outside everything that can fail.
pub(crate) fn router(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/", post(front::answer).options(front::answer))
        .layer(from_fn_with_state(Arc::clone(app), store_lease::hold))
        .layer(from_fn_with_state(Arc::clone(app), body::bound))
        .layer(from_fn_with_state(
            Arc::new(cors::policy()),
            allow_all_origins,
        ))
}

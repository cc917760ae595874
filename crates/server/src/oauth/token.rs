//! `/oauth2/token`

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use poolhouse_oauth::token_error::TokenError;
use poolhouse_oauth::token_request::TokenRequest;
use poolhouse_oauth::token_response::TokenResponse;
use poolhouse_service::TokenFailure;

use super::FormRequest;
use super::error_table::Failure;
use super::json_answer::{failure, json};
use crate::app::App;
use crate::context::RequestContext;
use crate::recent_events::Refusal;

/// Exchanges a grant for tokens.
/// Source: AWS page "Token endpoint"; RFC 6749 section 3.2.
pub(super) async fn token(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    match exchange(&app, &request).await {
        Ok(tokens) => json(StatusCode::OK, tokens.to_json()),
        Err(error) => failure(&report(&request.context, &error)),
    }
}

async fn exchange(app: &App, request: &FormRequest) -> Result<TokenResponse, TokenFailure> {
    let parameters = request.parameters().map_err(TokenError::from)?;
    let token_request = TokenRequest::parse(request.authorization(), &parameters)?;
    let client_id = token_request.client.client_id();
    request.context.report.client(client_id.as_str());
    app.service
        .exchange(&token_request, request.host_pool())
        .await
}

/// Logs why there are no tokens, and says what the client is told.
fn report(context: &RequestContext, error: &TokenFailure) -> Failure {
    let request_id = &context.request_id;
    match error {
        TokenFailure::Refused(fact) => {
            let refusal = Refusal::for_the_log(fact).with_code(fact.code().as_str());
            context.report.refused(refusal);
            tracing::info!(request.id = %request_id, oauth.error = fact.code().as_str(),
                "the token endpoint refused a request: {fact}");
            Failure::from(*fact)
        }
        TokenFailure::Failed(error) => {
            context.report.failed(error);
            tracing::error!(request.id = %request_id, %error, "the token endpoint failed");
            Failure::from(error)
        }
    }
}

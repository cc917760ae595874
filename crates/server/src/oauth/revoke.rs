//! `/oauth2/revoke`

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use poolhouse_oauth::revocation::{RevocationError, RevocationRequest};
use poolhouse_service::RevocationFailure;

use super::FormRequest;
use super::error_table::Failure;
use super::json_answer::failure;
use crate::app::App;
use crate::context::RequestContext;
use crate::recent_events::Refusal;

/// Ends a refresh token and the access tokens that came from it.
/// Source: AWS page "Token revocation endpoint"; RFC 7009.
pub(super) async fn revoke(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    match run(&app, &request).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(error) => failure(&report(&request.context, &error)),
    }
}

async fn run(app: &App, request: &FormRequest) -> Result<(), RevocationFailure> {
    let parameters = request.parameters().map_err(RevocationError::from)?;
    let revocation = RevocationRequest::parse(request.authorization(), &parameters)?;
    let client_id = revocation.client.client_id();
    request.context.report.client(client_id.as_str());
    app.service
        .revoke_by_endpoint(&revocation, request.host_pool())
        .await
}

/// Logs why nothing was revoked, and says what the client is told.
fn report(context: &RequestContext, error: &RevocationFailure) -> Failure {
    let request_id = &context.request_id;
    match error {
        RevocationFailure::Refused(fact) => {
            let refusal = Refusal::for_the_log(fact).with_code(fact.code().as_str());
            context.report.refused(refusal);
            tracing::info!(request.id = %request_id, oauth.error = fact.code().as_str(),
                "the revocation endpoint refused a request: {fact}");
            Failure::from(*fact)
        }
        RevocationFailure::Failed(error) => {
            context.report.failed(error);
            tracing::error!(request.id = %request_id, %error, "the revocation endpoint failed");
            Failure::from(error)
        }
    }
}

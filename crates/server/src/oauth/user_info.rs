//! `/oauth2/userInfo`

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use poolhouse_oauth::userinfo::UserInfoError;
use poolhouse_service::UserInfoFailure;

use super::FormRequest;
use super::error_table::Failure;
use super::json_answer::{failure, json};
use crate::app::App;
use crate::context::RequestContext;
use crate::recent_events::Refusal;

/// Tells the attributes that the access token opens.
/// Source: AWS page "The userInfo endpoint". Inferred: POST, which OpenID Connect demands; the
/// token comes in the header there too.
pub(super) async fn user_info(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let told = app
        .service
        .user_info(request.authorization(), request.host_pool())
        .await;
    match told {
        Ok(attributes) => json(StatusCode::OK, attributes),
        Err(UserInfoFailure::Refused(fact)) => refuse(&request.context, fact),
        Err(UserInfoFailure::Failed(error)) => {
            let request_id = &request.context.request_id;
            request.context.report.failed(&error);
            tracing::error!(request.id = %request_id, %error, "the userInfo endpoint failed");
            failure(&Failure::from(&error))
        }
    }
}

fn refuse(context: &RequestContext, fact: UserInfoError) -> Response {
    tracing::info!(request.id = %context.request_id, oauth.error = fact.code().as_str(),
        "the userInfo endpoint refused a request: {fact}");
    let refusal = Refusal::for_the_log(&fact).with_code(fact.code().as_str());
    context.report.refused(refusal);
    let status = StatusCode::from_u16(fact.status()).unwrap_or(StatusCode::UNAUTHORIZED);
    let mut response = json(status, fact.to_json());
    if let Ok(value) = HeaderValue::from_str(&fact.www_authenticate()) {
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, value);
    }
    response
}

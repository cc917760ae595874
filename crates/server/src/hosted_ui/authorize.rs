//! `/oauth2/authorize`, and its short alias `/authorize`.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::AuthorizationDecision;

use super::{Cookies, HostedPage, answer_failure, answer_target, redirect, show_fact};
use crate::app::App;
use crate::oauth::FormRequest;

/// Sends the browser back to the application if it is signed in, else to the sign-in page.
/// Source: AWS page "Authorize endpoint". Inferred: POST, which OpenID Connect demands.
pub(super) async fn authorize(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let context = &request.context;
    let parameters = match request.parameters() {
        Ok(parameters) => parameters,
        Err(error) => return show_fact(&app, context, error.into(), &Parameters::default()),
    };
    let authorization = app
        .service
        .check_authorization(parameters.clone(), request.host_pool())
        .await;
    let authorization = match authorization {
        Ok(authorization) => authorization,
        Err(failure) => return answer_failure(&app, &request, &parameters, failure),
    };
    let cookies = Cookies::of(&app, context, &authorization.pool.id);
    let session = cookies.session(&request.headers);
    match app
        .service
        .decide_authorization(&authorization, session)
        .await
    {
        Ok(AuthorizationDecision::Redirect(location)) => redirect(&location),
        // Every parameter goes along as it came, the unknown ones too.
        // Source: AWS page "Login endpoint".
        Ok(AuthorizationDecision::SignIn) => redirect(&HostedPage::SignIn.address(&parameters)),
        Err(error) => answer_target(context, &authorization.request.target, &error),
    }
}

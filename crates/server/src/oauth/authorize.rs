//! `/oauth2/authorize`, and its short alias `/authorize`.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::AuthorizationDecision;

use super::FormRequest;
use crate::app::App;
use crate::hosted_ui::{self, Cookies};

/// Sends the browser back to the application if it is signed in, else to the sign-in page.
/// Source: AWS page "Authorize endpoint". Inferred: POST, which OpenID Connect demands.
pub(super) async fn authorize(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let context = &request.context;
    let parameters = match request.parameters() {
        Ok(parameters) => parameters,
        Err(error) => return hosted_ui::show_fact(&app, error.into(), &Parameters::default()),
    };
    let authorization = app
        .service
        .check_authorization(parameters.clone(), request.host_pool())
        .await;
    let authorization = match authorization {
        Ok(authorization) => authorization,
        Err(failure) => return hosted_ui::answer_failure(&app, context, &parameters, failure),
    };
    let cookies = Cookies::of(&app, context, &authorization.pool.id);
    let session = cookies.session(&request.headers);
    match app
        .service
        .decide_authorization(&authorization, session)
        .await
    {
        Ok(AuthorizationDecision::Redirect(location)) => hosted_ui::redirect(&location),
        Ok(AuthorizationDecision::SignIn) => hosted_ui::redirect(&sign_in_location(&parameters)),
        Err(error) => hosted_ui::answer_target(context, &authorization.request.target, &error),
    }
}

/// The sign-in page with every parameter as it came, the unknown ones too.
/// Source: AWS page "Login endpoint".
fn sign_in_location(parameters: &Parameters) -> String {
    format!("/login?{}", parameters.encode())
}

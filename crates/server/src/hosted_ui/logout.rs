//! `/logout`

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::header;
use poolhouse_oauth::logout_request::LogoutDestination;
use poolhouse_oauth::parameters::Parameters;

use super::error_page::{answer_logout, fail_in};
use super::{Cookies, HostedPage, language, redirect, show_fact};
use crate::app::App;
use crate::oauth::FormRequest;

/// Signs the browser out, then sends it to a registered URL, to the sign-in page, or to the error
/// page; it is signed out in any case.
/// Source: AWS page "Logout endpoint".
pub(super) async fn logout(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let context = &request.context;
    let parameters = match &request.query {
        Ok(parameters) => parameters,
        Err(error) => return show_fact(&app, context, (*error).into(), &Parameters::default()),
    };
    let session_of = |pool_id: &_| {
        let cookies = Cookies::of(&app, context, pool_id);
        cookies.session(&request.headers).map(str::to_owned)
    };
    let logout = app
        .service
        .logout(parameters, request.host_pool(), session_of)
        .await;
    let logout = match logout {
        Ok(logout) => logout,
        Err(error) => {
            let language = language::choose(parameters, &request.headers);
            return fail_in(language, context, &error);
        }
    };
    let mut response = match logout.destination {
        Ok(LogoutDestination::LogoutUri(uri)) => redirect(&uri.location()),
        Ok(LogoutDestination::SignIn(query)) => redirect(&HostedPage::SignIn.address(&query)),
        Err(error) => answer_logout(&app, context, error, parameters, logout.pool_id.is_some()),
    };
    let cookies = logout
        .pool_id
        .map(|pool_id| Cookies::of(&app, context, &pool_id));
    if let Some(cleared) = cookies.and_then(|cookies| cookies.clear_session()) {
        response.headers_mut().append(header::SET_COOKIE, cleared);
    }
    response
}

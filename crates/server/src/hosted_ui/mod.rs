//! What a browser comes to on a pool's domain: the authorization endpoint, sign-in, sign-out,
//! errors, and what these pages are made of.

mod address_difference;
mod assets;
mod authorize;
mod branding;
mod confirm_forgot_password;
mod confirm_sign_up;
mod confirm_user;
mod cookies;
pub(crate) mod csrf;
mod draft;
mod error_page;
mod explanation;
mod forgot_password;
mod hosted_page;
mod hosted_request;
mod hosted_steps;
mod language;
mod login;
mod logout;
mod new_password;
mod note;
mod page;
mod page_problem;
mod password_demands;
mod pending_steps;
mod redirect;
mod second_factor;
mod second_factor_setup;
mod sign_in_address;
mod sign_up;
mod sign_up_form;
mod typed_input;

pub(crate) use cookies::Cookies;
pub(crate) use error_page::{answer_failure, answer_target, fail, show_fact};
use hosted_page::HostedPage;
pub(crate) use page::render;
pub(crate) use page_problem::PageProblem;
pub(crate) use redirect::redirect;
pub(crate) use sign_in_address::{SignInAddress, sign_in_addresses};

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use http::HeaderValue;
use tower_http::compression::CompressionLayer;

use crate::app::App;
use crate::body;
use crate::branding_paths;
use crate::security_headers::put_security_headers;
use crate::store_lease;

/// For a file whose path changes with its bytes: a copy is good for ever.
pub(crate) const FOR_EVER: HeaderValue =
    HeaderValue::from_static("public, max-age=31536000, immutable");

/// The routes of this door. Only assets are compressed: a page holds a token beside what the
/// request chose, and its length would tell of both.
/// Source: the BREACH attack.
pub(crate) fn router(app: &Arc<App>) -> Router<Arc<App>> {
    let authorize = get(authorize::authorize).post(authorize::authorize);
    // The service's pages and papers write it in two ways.
    let confirm_forgot_password =
        get(confirm_forgot_password::show).post(confirm_forgot_password::submit);
    Router::new()
        .route("/oauth2/authorize", authorize.clone())
        .route("/authorize", authorize)
        .route(
            HostedPage::SignIn.path(),
            get(login::show).post(login::submit),
        )
        .route(
            HostedPage::NewPassword.path(),
            get(new_password::show).post(new_password::submit),
        )
        .route(
            HostedPage::SecondFactorSetup.path(),
            get(second_factor_setup::show).post(second_factor_setup::submit),
        )
        .route(
            HostedPage::SecondFactor.path(),
            get(second_factor::show).post(second_factor::submit),
        )
        .route(
            HostedPage::SignUp.path(),
            get(sign_up::show).post(sign_up::submit),
        )
        .route(
            HostedPage::Confirm.path(),
            get(confirm_sign_up::show).post(confirm_sign_up::submit),
        )
        .route(
            HostedPage::ResendCode.path(),
            get(confirm_sign_up::show).post(confirm_sign_up::resend),
        )
        .route(
            HostedPage::ForgotPassword.path(),
            get(forgot_password::show).post(forgot_password::submit),
        )
        .route(
            HostedPage::ConfirmForgotPassword.path(),
            confirm_forgot_password.clone(),
        )
        .route("/confirmForgotPassword", confirm_forgot_password)
        .route("/logout", get(logout::logout))
        .route("/confirmUser", get(confirm_user::confirm))
        .route("/error", get(error_page::show))
        .route(
            "/_poolhouse/assets/{fingerprint}/{name}",
            get(assets::serve).layer(CompressionLayer::new()),
        )
        .route(
            branding_paths::STYLESHEET,
            get(branding::stylesheet).layer(CompressionLayer::new()),
        )
        .route(branding_paths::LOGO, get(branding::logo))
        .layer(from_fn_with_state(Arc::clone(app), store_lease::hold))
        .layer(from_fn_with_state(Arc::clone(app), body::bound))
        .layer(from_fn_with_state(Arc::clone(app), put_security_headers))
}

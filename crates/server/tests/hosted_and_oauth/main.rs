//! The OAuth endpoints, the hosted pages and the developer's pages, called in process.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails where something is not there"
)]

mod behind_proxies;
mod browser;
mod dev_clock;
mod dev_health;
mod dev_inbox;
mod dev_pages;
mod dev_playground;
mod dev_seed;
mod dev_whole_store;
mod hosted_branding;
mod hosted_confirm_user;
mod hosted_confirmation;
mod hosted_cookies;
mod hosted_csrf;
mod hosted_drafts;
mod hosted_error_page;
mod hosted_forgot_password;
mod hosted_languages;
mod hosted_logout;
mod hosted_new_password;
mod hosted_second_factor;
mod hosted_second_factor_setup;
mod hosted_side_by_side;
mod hosted_sign_in;
mod hosted_sign_up;
mod hosted_sign_up_form;
mod oauth_authorize;
mod oauth_client_credentials;
mod oauth_code_flow;
mod oauth_cors;
mod oauth_documents;
mod oauth_headers;
mod oauth_hostile_requests;
mod oauth_implicit_flow;
mod oauth_requests;
mod oauth_revoke;
mod oauth_sessions;
mod oauth_token;
mod oauth_user_info;
mod start_events;
mod start_forms;
mod start_page_security;
mod start_pages;
mod tokens;

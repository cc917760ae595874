//! The vocabulary of OAuth 2.0 and OpenID Connect: requests, errors, scopes, PKCE, claims,
//! discovery.
//!
//! Pure: nothing here knows storage, pages, an HTTP framework or the API's exceptions. What comes
//! in is text and the policy of a client; what goes out is a typed request, a fact that stops it,
//! or the bytes of an answer.

pub mod authorization_error;
pub mod authorization_request;
pub mod authorization_response;
pub mod claims;
pub mod client_authentication;
pub mod discovery;
pub mod error;
pub mod logout_request;
pub mod parameters;
pub mod pkce;
pub mod prompt;
pub mod redirect_uri;
pub mod revocation;
pub mod scope;
pub mod token_error;
pub mod token_request;
pub mod token_response;
pub mod userinfo;

//! What scripts of other origins may send to the endpoints that applications call, and read of
//! them.

use http::{HeaderValue, StatusCode};

use crate::cors::CorsPolicy;

/// The policy of the token, revocation and user info endpoints and of the issuer's documents.
/// Source: AWS page "User pool managed login", CORS policies. Inferred: what a preflight answers
/// (its age is the longest that one of the browsers keeps), and that the documents are open too.
pub(super) fn policy() -> CorsPolicy {
    CorsPolicy {
        exposed: HeaderValue::from_static("www-authenticate,x-amz-cognito-request-id"),
        methods: HeaderValue::from_static("GET,POST,OPTIONS"),
        usual_headers: HeaderValue::from_static("authorization,content-type"),
        preflight_max_age: HeaderValue::from_static("7200"),
        preflight_status: StatusCode::NO_CONTENT,
    }
}

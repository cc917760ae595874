//! What scripts of other origins may send to the JSON API and read of it: browser SDKs read the
//! error's name from a header.

use http::{HeaderValue, StatusCode};

use crate::cors::CorsPolicy;

/// The policy of the JSON API.
/// Source: headers of recorded answers of the service; the preflight's age is that of its sibling
/// service. Inferred: the allowed methods and headers of a preflight.
pub(super) fn policy() -> CorsPolicy {
    CorsPolicy {
        exposed: HeaderValue::from_static(
            "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
        ),
        methods: HeaderValue::from_static("OPTIONS,POST"),
        usual_headers: HeaderValue::from_static(
            "authorization,cache-control,content-type,x-amz-content-sha256,x-amz-date,\
             x-amz-security-token,x-amz-target,x-amz-user-agent,amz-sdk-invocation-id,\
             amz-sdk-request",
        ),
        preflight_max_age: HeaderValue::from_static("172800"),
        preflight_status: StatusCode::OK,
    }
}

//! Who calls a signed operation.
//!
//! The dev profile accepts any AWS credentials but insists that there are some, so that code that
//! forgot to sign fails here as it would at the service.

use http::{HeaderMap, header};
use poolhouse_api_model::ErrorCode;
use poolhouse_model::Region;

use super::api_error::ApiError;
use crate::app::App;
use crate::host::is_loopback_origin;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// Longest region name that is taken from a credential scope.
const MAX_REGION_LENGTH: usize = 32;

/// Who signed a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signer {
    /// The region that the call was signed for.
    pub(crate) region: Region,
}

/// Reads the credentials of a signed operation.
/// # Errors
/// `MissingAuthenticationTokenException` without credentials, `IncompleteSignatureException` for
/// ones that lack a part, `AccessDeniedException` for a page of a foreign origin.
/// Source: AWS General Reference, "Signature Version 4", authorization header.
pub(super) fn authenticate(app: &App, headers: &HeaderMap) -> Result<Signer, ApiError> {
    refuse_foreign_origin(app, headers)?;
    let Some(authorization) = headers.get(header::AUTHORIZATION) else {
        return Err(ApiError::new(
            ErrorCode::MissingAuthenticationTokenException,
            "Missing Authentication Token",
        ));
    };
    let authorization = authorization.to_str().unwrap_or_default();
    let Some(parts) = authorization.strip_prefix(ALGORITHM) else {
        return Err(ApiError::new(
            ErrorCode::MissingAuthenticationTokenException,
            "Missing Authentication Token",
        ));
    };
    let parts = HeaderParts::split(parts);
    parts.check(headers)?;
    let scope = parts.credential.unwrap_or_default();
    signer_of(scope).ok_or_else(|| {
        incomplete(format!(
            "Credential must have exactly 5 slash-delimited elements, e.g. \
             keyid/date/region/service/term, got '{scope}'"
        ))
    })
}

/// Refuses a signed operation that a page of another machine sends: in the dev profile anybody's
/// credentials are good, so any page the developer visits could administer the pools.
fn refuse_foreign_origin(app: &App, headers: &HeaderMap) -> Result<(), ApiError> {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return Ok(());
    };
    let origin = origin.to_str().unwrap_or_default();
    let is_allowed = app
        .settings
        .allowed_origins
        .iter()
        .any(|allowed| allowed == origin);
    if is_allowed || is_loopback_origin(origin) {
        return Ok(());
    }
    tracing::warn!(request.origin = %origin, "a page of a foreign origin called a signed operation");
    Err(ApiError::new(
        ErrorCode::AccessDeniedException,
        "A web page of that origin may not call signed operations. If it should, add the origin \
         to allowed_origins.",
    ))
}

fn incomplete(text: String) -> ApiError {
    ApiError::new(ErrorCode::IncompleteSignatureException, text)
}

/// The parts of an `Authorization` header.
#[derive(Default)]
struct HeaderParts<'a> {
    credential: Option<&'a str>,
    signed_headers: Option<&'a str>,
    signature: Option<&'a str>,
}

impl<'a> HeaderParts<'a> {
    fn split(text: &'a str) -> Self {
        let mut parts = Self::default();
        for part in text.split([',', ' ']).filter(|part| !part.is_empty()) {
            match part.split_once('=') {
                Some(("Credential", value)) => parts.credential = Some(value),
                Some(("SignedHeaders", value)) => parts.signed_headers = Some(value),
                Some(("Signature", value)) => parts.signature = Some(value),
                _ => {}
            }
        }
        parts
    }

    fn check(&self, headers: &HeaderMap) -> Result<(), ApiError> {
        let has_date = headers.contains_key("x-amz-date") || headers.contains_key(header::DATE);
        let parts = [
            (self.credential.is_some(), "'Credential' parameter"),
            (self.signature.is_some(), "'Signature' parameter"),
            (self.signed_headers.is_some(), "'SignedHeaders' parameter"),
            (
                has_date,
                "existence of either a 'X-Amz-Date' or a 'Date' header",
            ),
        ];
        let missing: Vec<String> = parts
            .iter()
            .filter(|(is_there, _)| !is_there)
            .map(|(_, name)| format!("Authorization header requires {name}."))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(incomplete(missing.join(" ")))
    }
}

/// Reads `KEY/DATE/REGION/SERVICE/aws4_request`. A key id may hold slashes.
fn signer_of(scope: &str) -> Option<Signer> {
    let mut parts = scope.rsplit('/');
    let (term, _service, region, date) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let has_key = parts.next().is_some_and(|key| !key.is_empty());
    let is_region = (1..=MAX_REGION_LENGTH).contains(&region.len())
        && region
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let is_date = date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit());
    (has_key && is_region && is_date && term == "aws4_request").then(|| Signer {
        region: Region::new(region),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_comes_from_the_credential_scope() {
        let signer = signer_of("AKIA/20261124/eu-central-1/cognito-idp/aws4_request");
        assert_eq!(signer.map(|s| s.region), Some(Region::new("eu-central-1")));
        for bad in [
            "",
            "AKIA",
            "/20261124/us-east-1/cognito-idp/aws4_request",
            "AKIA/20261124/us-east-1/cognito-idp/aws3_request",
            "AKIA/2026/us-east-1/cognito-idp/aws4_request",
            "AKIA/20261124/US East'/cognito-idp/aws4_request",
        ] {
            assert_eq!(signer_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn s65_a_header_without_its_parts_is_refused_by_name() {
        let error = HeaderParts::split(" Credential=a").check(&HeaderMap::new());
        let text = error.unwrap_err().message().unwrap_or_default().to_owned();
        assert!(
            text.contains("'Signature'") && text.contains("'SignedHeaders'"),
            "{text}"
        );
        assert!(
            text.contains("'X-Amz-Date'") && !text.contains("'Credential'"),
            "{text}"
        );
    }
}

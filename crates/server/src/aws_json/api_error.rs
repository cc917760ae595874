//! A failure as the JSON API sends it.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use poolhouse_api_model::{ErrorCode, Operation, RequestError};
use poolhouse_service::ServiceError;

use super::error_table;

/// Media type of every answer.
pub(super) const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/x-amz-json-1.1");

/// A failure as the JSON API sends it: what outsiders are told, and apart from it what only the
/// log may know.
#[derive(Debug)]
pub(crate) struct ApiError {
    code: ErrorCode,
    message: Option<String>,
    inside: Option<ServiceError>,
}

impl ApiError {
    /// A failure with a text.
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: Some(message.into()),
            inside: None,
        }
    }

    /// A failure without a text.
    pub(crate) fn silent(code: ErrorCode) -> Self {
        Self {
            code,
            message: None,
            inside: None,
        }
    }

    /// An input that the model admits but the operation refuses.
    pub(crate) fn invalid_parameter(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidParameterException, message)
    }

    /// The code that is sent.
    pub(crate) fn code(&self) -> ErrorCode {
        self.code
    }

    /// The text that is sent.
    pub(crate) fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// What only the log may know.
    pub(super) fn inside(&self) -> Option<&ServiceError> {
        self.inside.as_ref()
    }

    /// Renders the answer: code and text in the body and in the headers that browser SDKs read.
    /// Source: headers and bodies of recorded answers of the service.
    pub(super) fn to_response(&self) -> Response {
        let name = self.code.name();
        let member = if self.code.has_capital_message() {
            "Message"
        } else {
            "message"
        };
        let mut body = serde_json::Map::new();
        body.insert("__type".to_owned(), name.into());
        if let Some(message) = &self.message {
            body.insert(member.to_owned(), message.as_str().into());
        }
        let body = serde_json::Value::Object(body).to_string();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() =
            StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, MEDIA_TYPE);
        if let Ok(value) = HeaderValue::from_str(&format!("{name}:")) {
            headers.insert("x-amzn-errortype", value);
        }
        if let Some(value) = self.message.as_deref().and_then(header_text) {
            headers.insert("x-amzn-errormessage", value);
        }
        response
    }
}

/// Longest text that is repeated in a header.
const MAX_HEADER_TEXT: usize = 1024;

/// A text as a header can carry it: one line of printable ASCII, or not at all.
fn header_text(text: &str) -> Option<HeaderValue> {
    let text = text.trim_end();
    let is_plain = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if !is_plain || text.len() > MAX_HEADER_TEXT {
        return None;
    }
    HeaderValue::from_str(text).ok()
}

impl From<RequestError> for ApiError {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::Serialization(message) => Self {
                code: ErrorCode::SerializationException,
                message,
                inside: None,
            },
            RequestError::Invalid(message) => Self::invalid_parameter(message),
        }
    }
}

/// Why an operation gives no answer: a fact of the service, or something the door itself refuses.
#[derive(Debug)]
pub(crate) enum CallError {
    /// A fact of the service.
    Service(ServiceError),
    /// Something that the door refuses.
    Refused(ApiError),
}

impl CallError {
    /// Translates the failure of an operation to what is sent.
    pub(super) fn into_api_error(self, operation: Operation) -> ApiError {
        match self {
            Self::Refused(error) => error,
            Self::Service(error) => {
                let (code, message) = error_table::answer(operation, &error);
                ApiError {
                    code,
                    message: Some(message),
                    inside: Some(error),
                }
            }
        }
    }
}

impl From<ServiceError> for CallError {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

impl From<ApiError> for CallError {
    fn from(error: ApiError) -> Self {
        Self::Refused(error)
    }
}

impl From<RequestError> for CallError {
    fn from(error: RequestError) -> Self {
        Self::Refused(error.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s64_a_text_with_line_breaks_stays_out_of_the_headers() {
        let error = ApiError::invalid_parameter("a\r\nSet-Cookie: x=y");
        let response = error.to_response();
        assert!(!response.headers().contains_key("x-amzn-errormessage"));
        assert_eq!(
            response.headers()["x-amzn-errortype"],
            "InvalidParameterException:"
        );
    }
}

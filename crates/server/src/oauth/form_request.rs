//! A request as the doors of a pool's domain read it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode, header};
use poolhouse_model::UserPoolId;
use poolhouse_oauth::parameters::{Parameters, ParametersError};

use crate::app::App;
use crate::context::RequestContext;

const FORM: &str = "application/x-www-form-urlencoded";

/// A request: its context, its headers, and its parameters by where they came.
#[derive(Debug)]
pub(crate) struct FormRequest {
    /// What is known of it already.
    pub(crate) context: RequestContext,
    /// Its headers.
    pub(crate) headers: HeaderMap,
    /// Whether it is a POST.
    pub(crate) is_post: bool,
    /// Parameters of the query.
    pub(crate) query: Result<Parameters, ParametersError>,
    /// Parameters of the body; none if the body is no form.
    pub(crate) form: Result<Parameters, ParametersError>,
}

impl FormRequest {
    /// The pool whose own domain was asked.
    pub(crate) fn host_pool(&self) -> Option<&UserPoolId> {
        self.context.host_pool.as_ref()
    }

    /// The `Authorization` header; one that is no text reads as empty, which is no credential.
    pub(crate) fn authorization(&self) -> Option<&str> {
        let value = self.headers.get(header::AUTHORIZATION)?;
        Some(value.to_str().unwrap_or_default())
    }

    /// The parameters of query and body together.
    /// Inferred: the service reads both, as clients that split them between the two show.
    pub(crate) fn parameters(&self) -> Result<Parameters, ParametersError> {
        Ok(Parameters::merge(self.query.clone()?, self.form.clone()?))
    }
}

impl FromRequest<Arc<App>> for FormRequest {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Response> {
        let (head, body) = request.into_parts();
        let context = head.extensions.get::<RequestContext>().cloned();
        let context = context.ok_or_else(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())?;
        let query = Parameters::decode(head.uri.query().unwrap_or_default().as_bytes());
        let is_post = head.method == http::Method::POST;
        let headers = head.headers;
        let body = Bytes::from_request(Request::new(body), app)
            .await
            .map_err(axum::response::IntoResponse::into_response)?;
        let form = if is_form(&headers) {
            Parameters::decode(&body)
        } else {
            Ok(Parameters::default())
        };
        let parameters = [&query, &form].into_iter().flatten();
        for parameters in parameters {
            if let Ok(Some(client_id)) = parameters.single("client_id") {
                context.report.client(client_id);
            }
        }
        Ok(Self {
            context,
            headers,
            is_post,
            query,
            form,
        })
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let media_type = content_type.and_then(|text| text.split(';').next());
    media_type.is_some_and(|text| text.trim().eq_ignore_ascii_case(FORM))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_form_is_read_as_one() {
        let is_form = |text: &str| {
            let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, text.parse().unwrap())]);
            super::is_form(&headers)
        };
        assert!(is_form(FORM));
        assert!(is_form("Application/X-WWW-Form-Urlencoded; charset=UTF-8"));
        assert!(!is_form("application/json"));
        assert!(!is_form("text/plain"));
        assert!(!super::is_form(&HeaderMap::new()));
    }
}

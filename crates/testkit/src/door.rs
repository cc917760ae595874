//! Doors that are called in process, without a socket.

use std::ops::Deref;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION};
use http::{Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use poolhouse_service::Service;
use tower::ServiceExt as _;

use crate::hosted::form;
use crate::test_service::TestService;

/// A router over a [`TestService`], to which it derefs.
pub struct TestApp {
    kit: TestService,
    router: Router,
}

/// What a door answered.
#[derive(Debug)]
pub struct DoorAnswer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Deref for TestApp {
    type Target = TestService;

    fn deref(&self) -> &TestService {
        &self.kit
    }
}

impl TestApp {
    /// Builds the router of a service in memory.
    pub async fn start(router: impl FnOnce(Arc<Service>) -> Router) -> Self {
        Self::over(TestService::start().await, router)
    }

    /// Builds the router of a service.
    pub fn over(kit: TestService, router: impl FnOnce(Arc<Service>) -> Router) -> Self {
        let router = router(kit.service());
        Self { kit, router }
    }

    /// Sends any request; one without `Host` is for `localhost:9229`.
    pub async fn send(&self, mut request: Request<Body>) -> DoorAnswer {
        let host = HeaderValue::from_static("localhost:9229");
        request
            .headers_mut()
            .entry(http::header::HOST)
            .or_insert(host);
        let answer = self.router.clone().oneshot(request).await;
        let (parts, body) = answer.expect("a router does not fail").into_parts();
        let body = body.collect().await.expect("the body ends").to_bytes();
        DoorAnswer {
            status: parts.status,
            headers: parts.headers,
            body: body.to_vec(),
        }
    }

    /// `GET`
    pub async fn get(&self, path: &str) -> DoorAnswer {
        self.get_with(path, &[]).await
    }

    /// `GET` with headers.
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> DoorAnswer {
        self.send(request(Method::GET, path, headers, String::new()))
            .await
    }

    /// `POST` of a form.
    pub async fn post_form(&self, path: &str, pairs: &[(&str, &str)]) -> DoorAnswer {
        self.post_form_with(path, pairs, &[]).await
    }

    /// `POST` of a form with headers.
    pub async fn post_form_with(
        &self,
        path: &str,
        pairs: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> DoorAnswer {
        let mut request = request(Method::POST, path, headers, form(pairs));
        set_type(&mut request, "application/x-www-form-urlencoded");
        self.send(request).await
    }

    /// An operation of the JSON API, unsigned.
    pub async fn post_json(&self, operation: &str, body: &serde_json::Value) -> DoorAnswer {
        self.post_json_with(operation, body, &[]).await
    }

    /// An operation of the JSON API with headers.
    pub async fn post_json_with(
        &self,
        operation: &str,
        body: &serde_json::Value,
        headers: &[(&str, &str)],
    ) -> DoorAnswer {
        let target = format!("AWSCognitoIdentityProviderService.{operation}");
        let mut all = vec![("x-amz-target", target.as_str())];
        all.extend_from_slice(headers);
        let mut request = request(Method::POST, "/", &all, body.to_string());
        set_type(&mut request, "application/x-amz-json-1.1");
        self.send(request).await
    }
}

fn request(method: Method, path: &str, headers: &[(&str, &str)], body: String) -> Request<Body> {
    let mut request = Request::new(Body::from(body));
    *request.method_mut() = method;
    *request.uri_mut() = path.parse().expect("the path is a URI");
    for (name, value) in headers {
        let name: HeaderName = name.parse().expect("the header has a name");
        let value: HeaderValue = value.parse().expect("the header has a value");
        request.headers_mut().append(name, value);
    }
    request
}

fn set_type(request: &mut Request<Body>, content_type: &'static str) {
    let content_type = HeaderValue::from_static(content_type);
    request
        .headers_mut()
        .entry(CONTENT_TYPE)
        .or_insert(content_type);
}

impl DoorAnswer {
    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is text")
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("the body is no JSON ({error}): {}", self.text()))
    }

    /// The text of a header; the first one, if it came more than once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let value = self.headers.get(name)?;
        Some(value.to_str().expect("the header is text"))
    }

    /// Where a redirect leads.
    /// # Panics
    /// When it is none.
    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str())
            .expect("the answer redirects")
    }

    /// The cookies that are set, each as `NAME=VALUE`.
    pub fn cookies(&self) -> Vec<&str> {
        let headers = self.headers.get_all(http::header::SET_COOKIE).iter();
        headers
            .map(|header| header.to_str().expect("the cookie is text"))
            .map(|header| header.split(';').next().unwrap_or_default())
            .collect()
    }
}

//! The router under test, and calls that are signed as an SDK signs them.

use std::ops::Deref;

use poolhouse_api_model::Operation;
use poolhouse_server::{App, ServerSettings, router};
use poolhouse_service::ServiceSettings;
use poolhouse_testkit::{DoorAnswer, TestApp, TestService, on_every_engine};
use serde_json::Value;

/// A header that has the form of a signature; the dev profile accepts any.
pub(crate) const SIGNATURE: &str = "AWS4-HMAC-SHA256 \
     Credential=AKIAIOSFODNN7EXAMPLE/20261124/us-east-1/cognito-idp/aws4_request, \
     SignedHeaders=host;x-amz-date, Signature=00";

/// The router under test.
pub(crate) struct Api(TestApp);

impl Deref for Api {
    type Target = TestApp;

    fn deref(&self) -> &TestApp {
        &self.0
    }
}

impl Api {
    /// Starts on a fresh store.
    pub(crate) async fn start() -> Self {
        Self::with(ServerSettings::dev()).await
    }

    /// Starts with other settings than those of the dev profile.
    pub(crate) async fn with(settings: ServerSettings) -> Self {
        Self(TestApp::start(|service| router(App::new(service, settings))).await)
    }

    /// Runs a test on a fresh store of each engine, as [`on_every_engine`] does.
    pub(crate) async fn on_every_engine<Run, Done>(test: Run)
    where
        Run: Fn(Self) -> Done,
        Done: Future<Output = ()>,
    {
        on_every_engine(|kit| {
            let router = |service| router(App::new(service, ServerSettings::dev()));
            test(Self(TestApp::over(kit, router)))
        })
        .await;
    }

    /// Starts without a way out for messages, not even the inbox.
    pub(crate) async fn without_transports() -> Self {
        let without_inbox = |settings: &mut ServiceSettings| settings.has_inbox = false;
        let kit = TestService::start_without_transports(without_inbox).await;
        Self(TestApp::over(kit, |service| {
            router(App::new(service, ServerSettings::dev()))
        }))
    }

    /// Calls an operation, signed where it must be.
    pub(crate) async fn call(&self, operation: &str, input: Value) -> DoorAnswer {
        let is_unsigned = Operation::from_name(operation).unwrap().is_unsigned();
        if is_unsigned {
            return self.post_json(operation, &input).await;
        }
        let headers = [
            ("authorization", SIGNATURE),
            ("x-amz-date", "20261124T120000Z"),
        ];
        self.post_json_with(operation, &input, &headers).await
    }

    /// Calls an operation that must succeed.
    pub(crate) async fn ok(&self, operation: &str, input: Value) -> Value {
        let answer = self.call(operation, input).await;
        assert_eq!(answer.status, 200, "{operation}: {}", answer.text());
        if answer.body.is_empty() {
            return Value::Null;
        }
        answer.json()
    }

    /// Calls an operation that must be refused; gives code and text.
    pub(crate) async fn refused(&self, operation: &str, input: Value) -> (String, String) {
        refusal(&self.call(operation, input).await)
    }
}

/// Reads code and text of a refusal, which must agree between body and headers.
pub(crate) fn refusal(answer: &DoorAnswer) -> (String, String) {
    assert!(answer.status.as_u16() >= 400, "{}", answer.text());
    let body = answer.json();
    let code = body["__type"].as_str().unwrap().to_owned();
    let text = body["message"].as_str().or(body["Message"].as_str());
    let text = text.unwrap_or_default().to_owned();
    let header = format!("{code}:");
    assert_eq!(answer.header("x-amzn-errortype"), Some(header.as_str()));
    if let Some(header) = answer.header("x-amzn-errormessage") {
        assert_eq!(header, text.trim_end());
    }
    (code, text)
}

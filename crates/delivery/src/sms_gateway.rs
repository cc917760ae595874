//! Text messages by an HTTP gateway: a POST of JSON for each.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderValue, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use poolhouse_model::SecretString;
use poolhouse_service::{DeliveryError, OutgoingSms, SmsTransport};
use serde::Serialize;
use url::Url;

use crate::explain::explain;
use crate::loopback::is_loopback;

/// How long a connection may take to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a whole exchange may take.
const SEND_TIMEOUT: Duration = Duration::from_secs(15);

/// Bytes of an answer that are read, so that its connection can be used again; they say nothing.
const ANSWER_BYTES: usize = 64 * 1024;

/// Statuses that are about the message: sending it again is useless. Any other failure is about the
/// gateway, or about us, and may pass.
const REFUSALS: [StatusCode; 4] = [
    StatusCode::BAD_REQUEST,
    StatusCode::PAYLOAD_TOO_LARGE,
    StatusCode::UNSUPPORTED_MEDIA_TYPE,
    StatusCode::UNPROCESSABLE_ENTITY,
];

/// Header by which the gateway can tell a message that it has taken already.
/// Source: draft-ietf-httpapi-idempotency-key-header-07.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

const JSON: HeaderValue = HeaderValue::from_static("application/json");

const USER_AGENT: HeaderValue =
    HeaderValue::from_static(concat!("poolhouse/", env!("CARGO_PKG_VERSION")));

/// Hands text messages to an HTTP gateway, over connections that are kept for a while. Redirects
/// are not followed, and proxies of the environment are not used.
pub struct SmsGateway {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    uri: Uri,
    authorization: Option<HeaderValue>,
}

/// Why the settings of a gateway cannot be used. The token is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmsGatewayError {
    /// The URL is none.
    #[error("it is not of the form https://HOST/PATH or http://HOST:PORT/PATH")]
    Malformed,
    /// The URL holds credentials, which belong into the token.
    #[error("it holds a user name or a password: use the token for that")]
    CredentialsInUrl,
    /// The token would travel in the clear.
    #[error("the token would travel unencrypted: use https://")]
    TokenInTheClear,
    /// The token cannot be sent.
    #[error("the token is empty or holds other characters than printable ASCII")]
    UnusableToken,
}

/// A message as the gateway reads it.
#[derive(Serialize)]
struct Message<'a> {
    id: &'a str,
    to: &'a str,
    body: &'a str,
}

impl SmsGateway {
    /// Prepares to talk to a gateway; nothing is sent yet. The token, if there is one, is sent as
    /// `Authorization: Bearer`.
    /// # Errors
    /// [`SmsGatewayError`].
    pub fn new(url: &str, token: Option<&SecretString>) -> Result<Self, SmsGatewayError> {
        let uri = check_url(url, token.is_some())?;
        let authorization = token.map(authorization).transpose()?;
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
        let connector = HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector);
        Ok(Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
            uri,
            authorization,
        })
    }

    fn request(&self, sms: &OutgoingSms) -> Result<Request<Full<Bytes>>, DeliveryError> {
        let refused = |why: String| DeliveryError::Refused(format!("the message: {why}"));
        let message = Message {
            id: &sms.id,
            to: &sms.to,
            body: &sms.text,
        };
        let body = serde_json::to_vec(&message).map_err(|error| refused(error.to_string()))?;
        let mut request = Request::post(self.uri.clone())
            .header(header::CONTENT_TYPE, JSON)
            .header(header::USER_AGENT, USER_AGENT)
            .header(IDEMPOTENCY_KEY, &sms.id);
        if let Some(authorization) = &self.authorization {
            request = request.header(header::AUTHORIZATION, authorization.clone());
        }
        request
            .body(Full::from(body))
            .map_err(|error| refused(error.to_string()))
    }

    async fn exchange(&self, request: Request<Full<Bytes>>) -> Result<StatusCode, DeliveryError> {
        let answer = self.client.request(request).await;
        let answer = answer.map_err(|error| DeliveryError::Unavailable(explain(&error)))?;
        let status = answer.status();
        // The status decides; a body that is too long or breaks off costs the connection alone.
        let _ = Limited::new(answer.into_body(), ANSWER_BYTES)
            .collect()
            .await;
        Ok(status)
    }
}

#[async_trait]
impl SmsTransport for SmsGateway {
    async fn send(&self, sms: &OutgoingSms) -> Result<(), DeliveryError> {
        let exchange = self.exchange(self.request(sms)?);
        match tokio::time::timeout(SEND_TIMEOUT, exchange).await {
            Ok(status) => judge(status?),
            Err(_) => Err(DeliveryError::Unavailable(
                "the SMS gateway is too slow".to_owned(),
            )),
        }
    }
}

fn judge(status: StatusCode) -> Result<(), DeliveryError> {
    if status.is_success() {
        return Ok(());
    }
    let text = if status.is_redirection() {
        format!("the SMS gateway answered {status}; redirects are not followed")
    } else {
        format!("the SMS gateway answered {status}")
    };
    Err(if REFUSALS.contains(&status) {
        DeliveryError::Refused(text)
    } else {
        DeliveryError::Unavailable(text)
    })
}

fn check_url(text: &str, has_token: bool) -> Result<Uri, SmsGatewayError> {
    let mut url = Url::parse(text).map_err(|_| SmsGatewayError::Malformed)?;
    let is_https = url.scheme() == "https";
    if !(is_https || url.scheme() == "http") || url.host_str().is_none() {
        return Err(SmsGatewayError::Malformed);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(SmsGatewayError::CredentialsInUrl);
    }
    if has_token && !is_https && !is_loopback(&url) {
        return Err(SmsGatewayError::TokenInTheClear);
    }
    url.set_fragment(None);
    url.as_str().parse().map_err(|_| SmsGatewayError::Malformed)
}

fn authorization(token: &SecretString) -> Result<HeaderValue, SmsGatewayError> {
    let token = token.expose();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(SmsGatewayError::UnusableToken);
    }
    let mut value = HeaderValue::try_from(format!("Bearer {token}"))
        .map_err(|_| SmsGatewayError::UnusableToken)?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests;

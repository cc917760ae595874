//! https: the handshake, with bounds, and an answer for those who speak http to it.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use axum::http::{HeaderValue, Response, StatusCode, header};
use bytes::Bytes;
use http_body_util::Full;
use tokio::net::TcpStream;
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::server::Acceptor;
use tokio_rustls::server::TlsStream;

/// What is spoken over TLS, in the order of preference.
/// Source: RFC 7301 section 6, names of protocols.
pub const ALPN_PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// First byte of a TLS connection: the type of a handshake record.
/// Source: RFC 8446 section 5.1.
const HANDSHAKE_RECORD: u8 = 22;

/// Where certificates come from.
#[async_trait]
pub trait TlsCertificates: Send + Sync {
    /// The settings of a handshake in which the client asked for a name (in lower case), or for
    /// none.
    async fn settings_for(&self, server_name: Option<&str>) -> Arc<ServerConfig>;
}

/// What a client turned out to speak.
pub(crate) enum Spoken {
    /// TLS, and the handshake is done.
    Tls(Box<TlsStream<TcpStream>>),
    /// Something else, http most likely; nothing of it was read yet.
    Plain(TcpStream),
}

/// Waits for a client's first bytes and does the handshake.
/// # Errors
/// When the handshake fails, or is not done within `timeout`.
pub(crate) async fn accept(
    stream: TcpStream,
    certificates: &dyn TlsCertificates,
    timeout: Duration,
) -> io::Result<Spoken> {
    let accepting = async {
        let mut first = [0];
        if stream.peek(&mut first).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if first != [HANDSHAKE_RECORD] {
            return Ok(Spoken::Plain(stream));
        }
        let start = LazyConfigAcceptor::new(Acceptor::default(), stream).await?;
        let server_name = start.client_hello().server_name().map(str::to_lowercase);
        let settings = certificates.settings_for(server_name.as_deref()).await;
        let stream = start.into_stream(settings).await?;
        Ok(Spoken::Tls(Box::new(stream)))
    };
    let accepted = tokio::time::timeout(timeout, accepting).await;
    accepted.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

/// Answers a request in plain http: no door sees it, so that what it holds in clear does nothing.
pub(crate) fn refuse_plain(public_url: &str) -> Response<Full<Bytes>> {
    let text = format!("This port speaks https. Ask for {public_url} instead.\n");
    let mut answer = Response::new(Full::new(Bytes::from(text)));
    *answer.status_mut() = StatusCode::BAD_REQUEST;
    let headers = answer.headers_mut();
    let text_type = HeaderValue::from_static("text/plain; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, text_type);
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    answer
}

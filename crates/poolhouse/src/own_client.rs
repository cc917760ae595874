//! Asking a server of ours, by http or https.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::{Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use poolhouse_config::{ServerConfig, Tls};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use url::Url;

use crate::tls::authority::CERTIFICATE_FILE;
use crate::tls::provider;

/// Longest answer that is read.
const MOST_ANSWER_BYTES: usize = 16 * 1024 * 1024;

/// Sends a request to a path of a server, and reads the answer.
///
/// By https the server is believed that the usual roots vouch for, the local CA of these settings,
/// or the operator's own certificate; `name` is what it must be called, where that is not the
/// URL's host.
/// # Errors
/// When the server does not answer or is not believed.
pub(crate) async fn send(
    url: &Url,
    name: Option<&str>,
    server: &ServerConfig,
    request: Request<Full<Bytes>>,
) -> anyhow::Result<(StatusCode, Bytes)> {
    let addresses = url
        .socket_addrs(|| None)
        .context("the endpoint has no address")?;
    let stream = TcpStream::connect(&*addresses).await;
    let stream = stream.with_context(|| format!("no server answers at {url}"))?;
    let request = with_host(url, request)?;
    match url.scheme() {
        "http" => exchange(stream, request).await,
        "https" => {
            let host = url.host_str().unwrap_or_default();
            let host = host.trim_start_matches('[').trim_end_matches(']');
            let name = ServerName::try_from(name.unwrap_or(host).to_owned())?;
            let connected = connector(server)?.connect(name, stream).await;
            let stream = connected.with_context(|| {
                format!("the certificate at {url} is not believed (is --data-dir the server's?)")
            })?;
            exchange(stream, request).await
        }
        _ => bail!("the endpoint begins with http:// or https://"),
    }
}

fn with_host(url: &Url, mut request: Request<Full<Bytes>>) -> anyhow::Result<Request<Full<Bytes>>> {
    let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let host = header::HeaderValue::from_str(authority)?;
    request.headers_mut().insert(header::HOST, host);
    Ok(request)
}

async fn exchange<S>(
    stream: S,
    request: Request<Full<Bytes>>,
) -> anyhow::Result<(StatusCode, Bytes)>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let driver = tokio::spawn(connection);
    let answer = sender.send_request(request).await?;
    let status = answer.status();
    let body = Limited::new(answer.into_body(), MOST_ANSWER_BYTES)
        .collect()
        .await;
    let body = body.map_err(|error| anyhow::anyhow!(error))?.to_bytes();
    drop(sender);
    driver.abort();
    Ok((status, body))
}

fn connector(server: &ServerConfig) -> anyhow::Result<TlsConnector> {
    let mut roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let ca = server.local_ca_directory.as_ref();
    let ca = ca.map(|directory| directory.join(CERTIFICATE_FILE));
    let own = match &server.tls {
        Tls::Files { certificate, .. } => Some(certificate.clone()),
        _ => None,
    };
    for file in [ca, own].into_iter().flatten().filter(|file| file.exists()) {
        let unreadable = || format!("{} cannot be read", file.display());
        for certificate in CertificateDer::pem_file_iter(&file).with_context(unreadable)? {
            roots.add(certificate.with_context(unreadable)?)?;
        }
    }
    let config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

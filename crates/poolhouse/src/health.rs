//! `poolhouse health`: whether the server of these settings is well, for who watches over it.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use anyhow::{Context as _, bail};
use http_body_util::Full;
use hyper::Request;
use hyper::body::Bytes;
use poolhouse_config::{Config, DEFAULT_PORT, ListenAddress, Tls};
use url::Url;

use crate::own_client;
use crate::tls::host_of;

/// How long the server may take.
const ANSWER_TTL: Duration = Duration::from_secs(3);

/// `poolhouse health`
/// # Errors
/// When the server does not answer, or says that it is not well.
pub(crate) fn run(config: &Config) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let asked = tokio::time::timeout(ANSWER_TTL, ask(config)).await;
        asked.context("the server did not answer in time")?
    })
}

async fn ask(config: &Config) -> anyhow::Result<()> {
    let server = &config.server;
    let url = own_url(config)?;
    // A certificate of the operator names the public URL's host, not this machine.
    let name = match (&server.tls, &server.public_url) {
        (Tls::Files { .. }, Some(url)) => host_of(url.as_str()),
        _ => None,
    };
    let request = Request::get("/_poolhouse/health").body(Full::new(Bytes::new()))?;
    let (status, body) = own_client::send(&url, name.as_deref(), server, request).await?;
    println!("{}", String::from_utf8_lossy(&body).trim_end());
    if !status.is_success() {
        bail!("the server answers {status}");
    }
    Ok(())
}

/// Where this machine reaches the first address that is listened on.
fn own_url(config: &Config) -> anyhow::Result<Url> {
    let fallback = ListenAddress::Localhost { port: DEFAULT_PORT };
    let first = config.server.listen.first().copied().unwrap_or(fallback);
    let (host, port) = match first {
        ListenAddress::Localhost { port } => ("localhost".to_owned(), port),
        ListenAddress::Socket(socket) => match socket.ip() {
            ip if ip.is_unspecified() => (Ipv4Addr::LOCALHOST.to_string(), socket.port()),
            IpAddr::V4(ip) => (ip.to_string(), socket.port()),
            IpAddr::V6(ip) => (format!("[{ip}]"), socket.port()),
        },
    };
    if port == 0 {
        bail!("--listen names no port, so it cannot be known where the server is");
    }
    Ok(Url::parse(&format!(
        "{}://{host}:{port}",
        config.server.tls.scheme()
    ))?)
}

//! https: the operator's certificate, or those of a local CA.

pub(crate) mod authority;
mod files;
mod self_signed;

use std::net::IpAddr;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use poolhouse_config::{Config, ListenAddress, Tls};
use poolhouse_model::{Clock as _, Timestamp};
use poolhouse_server::{ALPN_PROTOCOLS, TlsCertificates};
use poolhouse_service::Service;
use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tempfile::TempDir;
use url::Url;
use x509_cert::Certificate;
use x509_cert::der::Decode as _;

use crate::system_clock::SystemClock;
use authority::{Authority, CERTIFICATE_FILE};
use files::FileCertificates;
use self_signed::SelfSignedCertificates;

/// What https needs while the server runs.
pub(crate) struct Https {
    /// The certificates for handshakes.
    pub(crate) certificates: Arc<dyn TlsCertificates>,
    /// The certificate of the local CA, where it is one.
    pub(crate) ca_file: Option<PathBuf>,
    /// Holds that file when no directory was named; removed with it.
    _temporary: Option<TempDir>,
}

/// Prepares https; `None` when plain http is served.
/// # Errors
/// When the certificate or the local CA cannot be used.
pub(crate) fn prepare(config: &Config, service: &Arc<Service>) -> anyhow::Result<Option<Https>> {
    let public_url = &service.settings().public_url;
    match &config.server.tls {
        Tls::Off => Ok(None),
        Tls::Files { certificate, key } => {
            let files = FileCertificates::open(certificate, key)?;
            files.warn_about_host(host_of(public_url).as_deref());
            let files = Arc::new(files);
            tokio::spawn(files::keep_fresh(Arc::clone(&files)));
            Ok(Some(Https {
                certificates: files,
                ca_file: None,
                _temporary: None,
            }))
        }
        Tls::SelfSigned => self_signed(config, service).map(Some),
    }
}

fn self_signed(config: &Config, service: &Arc<Service>) -> anyhow::Result<Https> {
    let hosts = configured_hosts(config, host_of(&service.settings().public_url));
    let now = SystemClock.now();
    let lasting = config.server.local_ca_directory.as_ref();
    let (authority, ca_file, temporary) = if let Some(directory) = lasting {
        let authority = Authority::open_or_make(directory, &hosts, now)?;
        (authority, directory.join(CERTIFICATE_FILE), None)
    } else {
        let directory = tempfile::Builder::new()
            .prefix("poolhouse-tls-")
            .tempdir()
            .context("there is no place for the local CA's certificate")?;
        let file = directory.path().join(CERTIFICATE_FILE);
        let authority = Authority::make(&hosts, now)?;
        authority.write_certificate(&file)?;
        (authority, file, Some(directory))
    };
    authority.check_hosts(&hosts, now)?;
    let ca_file = std::path::absolute(ca_file)?;
    let certificates = SelfSignedCertificates::new(authority, hosts, Arc::clone(service))?;
    Ok(Https {
        certificates: Arc::new(certificates),
        ca_file: Some(ca_file),
        _temporary: temporary,
    })
}

/// The hosts that the operator named, beside loopback: the public URL's, the allowed ones, what
/// pools' domains end in, and addresses that are listened on.
pub(crate) fn configured_hosts(config: &Config, public_host: Option<String>) -> Vec<String> {
    let server = &config.server;
    let listened = server.listen.iter().filter_map(|address| match address {
        ListenAddress::Socket(socket) if !socket.ip().is_unspecified() => {
            Some(socket.ip().to_canonical().to_string())
        }
        _ => None,
    });
    let mut hosts: Vec<String> = public_host
        .into_iter()
        .chain(server.allowed_hosts.iter().cloned())
        .chain(server.domain_suffix.clone())
        .chain(listened)
        .collect();
    hosts.sort();
    hosts.dedup();
    hosts
}

/// The host of a URL, an IPv6 address without its brackets.
pub(crate) fn host_of(url: &str) -> Option<String> {
    match Url::parse(url).ok()?.host()? {
        url::Host::Domain(name) => Some(name.to_lowercase()),
        url::Host::Ipv4(address) => Some(IpAddr::from(address).to_string()),
        url::Host::Ipv6(address) => Some(IpAddr::from(address).to_string()),
    }
}

/// The settings of handshakes with one certificate.
fn server_config(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<Arc<ServerConfig>, rustls::Error> {
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = ALPN_PROTOCOLS.map(<[u8]>::to_vec).to_vec();
    Ok(Arc::new(config))
}

/// The one crypto stack.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::aws_lc_rs::default_provider())
}

/// From when to when a certificate is good.
fn validity(certificate: &CertificateDer<'_>) -> anyhow::Result<Range<Timestamp>> {
    let certificate = Certificate::from_der(certificate).context("it is no certificate")?;
    let validity = certificate.tbs_certificate().validity();
    let at = |since_epoch: Duration| {
        let seconds = i64::try_from(since_epoch.as_secs()).unwrap_or(i64::MAX / 1000);
        Timestamp::from_secs(seconds)
    };
    let start = at(validity.not_before.to_unix_duration());
    Ok(start..at(validity.not_after.to_unix_duration()))
}

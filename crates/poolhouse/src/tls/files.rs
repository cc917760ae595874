//! The operator's certificate: read at the start, on SIGHUP, and when its files change.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, bail};
use async_trait::async_trait;
use parking_lot::RwLock;
use poolhouse_model::{Clock as _, Ttl};
use poolhouse_server::TlsCertificates;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::ParsedCertificate;

use super::{server_config, validity};
use crate::private_file;
use crate::system_clock::SystemClock;

/// How often the files are looked at.
const LOOK_INTERVAL: Duration = Duration::from_mins(1);

/// A certificate that ends sooner than this is warned of.
const WARNING_TTL: Ttl = Ttl::from_days(14);

/// The operator's certificate.
pub(super) struct FileCertificates {
    certificate: PathBuf,
    key: PathBuf,
    current: RwLock<Current>,
}

struct Current {
    config: Arc<ServerConfig>,
    leaf: CertificateDer<'static>,
}

impl FileCertificates {
    /// Reads certificate and key.
    /// # Errors
    /// When one cannot be read, or they do not belong together.
    pub(super) fn open(certificate: &Path, key: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            current: RwLock::new(read(certificate, key)?),
        })
    }

    /// Warns where browsers that follow the public URL would refuse the certificate.
    pub(super) fn warn_about_host(&self, host: Option<&str>) {
        let Some(host) = host else { return };
        let current = self.current.read();
        let names = ServerName::try_from(host).ok().and_then(|name| {
            let certificate = ParsedCertificate::try_from(&current.leaf).ok()?;
            rustls::client::verify_server_name(&certificate, &name).ok()
        });
        if names.is_none() {
            tracing::warn!(file = %self.certificate.display(), host,
                "the certificate does not name the public URL's host, so clients will refuse it");
        }
    }

    /// Reads both again; what is in force stays if they cannot be used.
    fn reload(&self) {
        match read(&self.certificate, &self.key) {
            Ok(current) => {
                *self.current.write() = current;
                tracing::info!(file = %self.certificate.display(), "read the certificate again");
            }
            Err(error) => tracing::error!(error = %format!("{error:#}"),
                "the certificate cannot be read again; the one before stays in force"),
        }
    }

    /// When the files were last written, and how long they are.
    fn look(&self) -> [Option<(SystemTime, u64)>; 2] {
        [&self.certificate, &self.key].map(|file| {
            let metadata = fs::metadata(file).ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        })
    }
}

#[async_trait]
impl TlsCertificates for FileCertificates {
    async fn settings_for(&self, _server_name: Option<&str>) -> Arc<ServerConfig> {
        Arc::clone(&self.current.read().config)
    }
}

/// Reads the certificate again when it is asked to, and when its files have changed.
pub(super) async fn keep_fresh(certificates: Arc<FileCertificates>) {
    let mut hangup = match Hangup::new() {
        Ok(hangup) => hangup,
        Err(error) => {
            tracing::error!(error = %error, "SIGHUP cannot be listened to");
            return;
        }
    };
    let mut seen = certificates.look();
    loop {
        let is_asked = tokio::time::timeout(LOOK_INTERVAL, hangup.next())
            .await
            .is_ok();
        let looks = certificates.look();
        if is_asked || looks != seen {
            certificates.reload();
        }
        seen = looks;
    }
}

fn read(certificate_file: &Path, key_file: &Path) -> anyhow::Result<Current> {
    let chain = read_chain(certificate_file)
        .with_context(|| format!("the certificate {}", certificate_file.display()))?;
    let key = read_key(key_file).with_context(|| format!("the key {}", key_file.display()))?;
    let Some(leaf) = chain.first().cloned() else {
        bail!("{} holds no certificate", certificate_file.display());
    };
    warn_about_time(certificate_file, &leaf)?;
    let config = server_config(chain, key).map_err(|error| match error {
        rustls::Error::InconsistentKeys(_) => anyhow::anyhow!(
            "the key in {} does not belong to the first certificate in {}",
            key_file.display(),
            certificate_file.display()
        ),
        error => anyhow::Error::from(error).context(format!(
            "the certificate {} cannot be served",
            certificate_file.display()
        )),
    })?;
    Ok(Current { config, leaf })
}

fn read_chain(file: &Path) -> anyhow::Result<Vec<CertificateDer<'static>>> {
    let text = fs::read(file).context("it cannot be read")?;
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    let chain = chain.context("it is no PEM")?;
    if chain.is_empty() {
        bail!("there is no certificate in it (-----BEGIN CERTIFICATE-----)");
    }
    Ok(chain)
}

fn read_key(file: &Path) -> anyhow::Result<PrivateKeyDer<'static>> {
    let text = zeroize::Zeroizing::new(fs::read(file).context("it cannot be read")?);
    if private_file::is_open_to_others(&fs::metadata(file)?) {
        tracing::warn!(file = %file.display(),
            "other users of this machine may be able to read the key of the certificate");
    }
    PrivateKeyDer::from_pem_slice(&text).map_err(|_| {
        anyhow::anyhow!(
            "there is no private key in it (-----BEGIN PRIVATE KEY-----); one with a passphrase \
             cannot be read"
        )
    })
}

fn warn_about_time(file: &Path, leaf: &CertificateDer<'_>) -> anyhow::Result<()> {
    let validity = validity(leaf).with_context(|| file.display().to_string())?;
    let now = SystemClock.now();
    let file = file.display();
    if now >= validity.end {
        tracing::warn!(%file, "the certificate has expired: clients will refuse it");
    } else if now < validity.start {
        tracing::warn!(%file, "the certificate is not good yet: clients will refuse it");
    } else if now.after(WARNING_TTL) >= validity.end {
        let days = validity.end.since(now).as_secs() / (24 * 60 * 60);
        tracing::warn!(%file, days, "the certificate expires soon");
    }
    Ok(())
}

/// SIGHUP, where there is one.
struct Hangup {
    #[cfg(unix)]
    signal: tokio::signal::unix::Signal,
}

impl Hangup {
    #[cfg(unix)]
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let signal = signal(SignalKind::hangup())?;
        Ok(Self { signal })
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "the Unix form can fail")]
    fn new() -> io::Result<Self> {
        Ok(Self {})
    }

    #[cfg(unix)]
    async fn next(&mut self) {
        if self.signal.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    }

    #[cfg(not(unix))]
    async fn next(&mut self) {
        std::future::pending::<()>().await;
    }
}

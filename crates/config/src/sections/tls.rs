//! Whether the server speaks https, and with which certificate.

use std::path::PathBuf;

use super::Origin;
use crate::Profile;
use crate::error::ConfigError;
use crate::settings;
use crate::sources::Sources;

/// Directory of the local CA in the data directory.
const CA_DIRECTORY: &str = "tls";

/// What connections are protected by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Nothing: plain http.
    Off,
    /// Certificates of a local CA, which is made at the first start.
    SelfSigned,
    /// The operator's certificate.
    Files {
        /// The certificate and those between it and its root, as PEM.
        certificate: PathBuf,
        /// Its private key, as PEM.
        key: PathBuf,
    },
}

impl Tls {
    pub(crate) fn load(
        sources: &Sources<'_>,
        profile: Profile,
        public_url: Option<&Origin>,
    ) -> Result<Self, ConfigError> {
        let is_self_signed = sources.parse(&settings::TLS, |text| match text {
            "off" => Ok(false),
            "self-signed" => Ok(true),
            _ => Err(
                "it is off or self-signed; certificates of your own are given by \
                      --tls-certificate and --tls-key"
                    .to_owned(),
            ),
        })?;
        let certificate = sources.path(&settings::TLS_CERTIFICATE)?;
        let key = sources.path(&settings::TLS_KEY)?;
        let tls = match (is_self_signed, certificate, key) {
            (None | Some(false), None, None) => return Ok(Self::Off),
            (None, Some(certificate), Some(key)) => Self::Files { certificate, key },
            (Some(true), None, None) => Self::SelfSigned,
            (None, Some(_), None) => {
                return Err(refuse(sources, "--tls-key is needed beside it"));
            }
            (None, None, Some(_)) => {
                return Err(refuse(sources, "--tls-certificate is needed beside it"));
            }
            (Some(_), _, _) => {
                return Err(refuse(sources, "--tls is set as well, so which is meant?"));
            }
        };
        tls.refuse_what_is_not_safe(sources, profile, public_url)?;
        Ok(tls)
    }

    /// Whether the server speaks https.
    pub fn is_on(&self) -> bool {
        *self != Self::Off
    }

    /// The scheme of the addresses that are listened on.
    pub fn scheme(&self) -> &'static str {
        if self.is_on() { "https" } else { "http" }
    }

    fn refuse_what_is_not_safe(
        &self,
        sources: &Sources<'_>,
        profile: Profile,
        public_url: Option<&Origin>,
    ) -> Result<(), ConfigError> {
        if *self == Self::SelfSigned && profile == Profile::Production {
            return Err(refuse(
                sources,
                "no user's browser trusts a local CA; the production profile takes \
                 --tls-certificate and --tls-key",
            ));
        }
        if public_url.is_some_and(|url| url.as_str().starts_with("http:")) {
            return Err(refuse(
                sources,
                "--public-url begins with http://, and what is served is https",
            ));
        }
        Ok(())
    }
}

/// The directory that keeps the local CA. With everything in memory only a directory that was named
/// does: a run that is to leave nothing behind makes none.
pub(super) fn local_ca_directory(sources: &Sources<'_>) -> Result<Option<PathBuf>, ConfigError> {
    let data_dir = match sources.path(&settings::DATA_DIR)? {
        None if sources.is_on(&settings::EPHEMERAL)? => return Ok(None),
        data_dir => data_dir.unwrap_or_else(|| super::storage::DEFAULT_DATA_DIR.into()),
    };
    Ok(Some(data_dir.join(CA_DIRECTORY)))
}

/// Refuses the first of the settings that is there.
fn refuse(sources: &Sources<'_>, reason: &str) -> ConfigError {
    let every = [
        &settings::TLS_CERTIFICATE,
        &settings::TLS_KEY,
        &settings::TLS,
    ];
    let mut given = every.iter().filter_map(|one| sources.find(one).ok()?);
    match given.next() {
        Some(given) => given.refuse(reason),
        None => ConfigError::Invalid {
            origin: settings::TLS.variable.to_owned(),
            reason: reason.to_owned(),
        },
    }
}

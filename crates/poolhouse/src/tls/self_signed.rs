//! Certificates of the local CA, made for the name that a client asks for.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use parking_lot::Mutex;
use poolhouse_model::{Clock as _, Timestamp, Ttl};
use poolhouse_server::TlsCertificates;
use poolhouse_service::Service;
use rustls::ServerConfig;

use super::authority::Authority;
use super::server_config;
use crate::system_clock::SystemClock;

/// Age at which a certificate is made anew; it is good for three times as long.
const RENEWAL_AGE: Ttl = Ttl::from_days(30);

/// Certificates that are kept ready; beyond it all are made anew, as they are asked for.
const MOST_LEAVES: usize = 256;

/// Names of this machine. Those below `localhost` have certificates of their own: a wildcard there
/// is not believed by all clients.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// Certificates of the local CA.
pub(super) struct SelfSignedCertificates {
    authority: Authority,
    /// The names in the certificate for clients that ask for none, or for one that is not ours.
    hosts: Vec<String>,
    /// The first of those, for when none can be made.
    first: Arc<ServerConfig>,
    service: Arc<Service>,
    /// By the name that was asked for; those for all hosts under the empty name.
    leaves: Mutex<HashMap<String, Made>>,
}

struct Made {
    config: Arc<ServerConfig>,
    at: Timestamp,
}

impl SelfSignedCertificates {
    /// Makes the first certificate, for this machine and `hosts`.
    /// # Errors
    /// When the CA cannot vouch for them.
    pub(super) fn new(
        authority: Authority,
        hosts: Vec<String>,
        service: Arc<Service>,
    ) -> anyhow::Result<Self> {
        let loopback = LOOPBACK.map(str::to_owned).into_iter();
        let mut hosts: Vec<String> = loopback.chain(hosts).collect();
        let mut known = std::collections::HashSet::new();
        hosts.retain(|host| known.insert(host.clone()));
        let (certificate, key) = authority.issue(&hosts, SystemClock.now())?;
        Ok(Self {
            authority,
            hosts,
            first: server_config(vec![certificate], key).context("a certificate of our own")?,
            service,
            leaves: Mutex::default(),
        })
    }

    /// Finds the certificate for a name, if it is fresh.
    fn find(&self, name: &str) -> Option<Arc<ServerConfig>> {
        let leaves = self.leaves.lock();
        let made = leaves.get(name)?;
        (made.at.after(RENEWAL_AGE) > SystemClock.now()).then(|| Arc::clone(&made.config))
    }

    fn make(&self, name: &str) -> anyhow::Result<Arc<ServerConfig>> {
        let now = SystemClock.now();
        let (certificate, key) = if name.is_empty() {
            self.authority.issue(&self.hosts, now)?
        } else {
            self.authority.issue(&[name.to_owned()], now)?
        };
        let config = server_config(vec![certificate], key).context("a certificate of our own")?;
        let mut leaves = self.leaves.lock();
        if leaves.len() >= MOST_LEAVES {
            leaves.retain(|known, _| known.is_empty());
        }
        let made = Made {
            config: Arc::clone(&config),
            at: now,
        };
        leaves.insert(name.to_owned(), made);
        Ok(config)
    }

    /// Whether a name has a certificate of its own, as custom domains do: they come and go.
    async fn has_own(&self, name: &str) -> bool {
        if self.hosts.iter().any(|host| host == name) {
            return false;
        }
        if name.ends_with(".localhost") {
            return true;
        }
        let pool = self.service.find_pool_by_host(name).await;
        matches!(pool, Ok(Some(_)))
    }
}

#[async_trait]
impl TlsCertificates for SelfSignedCertificates {
    async fn settings_for(&self, server_name: Option<&str>) -> Arc<ServerConfig> {
        let mut name = server_name.unwrap_or_default();
        if !name.is_empty() && !self.has_own(name).await {
            name = "";
        }
        if let Some(config) = self.find(name) {
            return config;
        }
        match self.make(name) {
            Ok(config) => config,
            Err(error) => {
                tracing::warn!(tls.name = name, error = %format!("{error:#}"),
                    "the local CA has no certificate for a name; if it was made for other hosts, \
                     remove its directory to have another made");
                Arc::clone(&self.first)
            }
        }
    }
}

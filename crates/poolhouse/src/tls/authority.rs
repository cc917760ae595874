//! The local CA: a key and a certificate that developers let their programs trust.
//!
//! Whoever reads the key could play any site to them. So its certificate is good for names of this
//! machine, of private networks and of tests alone (name constraints), and for the hosts that were
//! configured when it was made.

use std::fs;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail, ensure};
use poolhouse_model::{Timestamp, Ttl};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints,
    PKCS_ECDSA_P256_SHA256,
};
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier as _;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use time::OffsetDateTime;

use super::{provider, validity};
use crate::private_file;

/// Names of the files in the directory.
pub(crate) const CERTIFICATE_FILE: &str = "ca.pem";
const KEY_FILE: &str = "ca-key.pem";

/// How long the CA is good; trusting another is work by hand.
const CA_TTL: Ttl = Ttl::from_days(3650);

/// How long a certificate of the CA is good.
/// Source: Apple page "Requirements for trusted certificates": at most 825 days.
const LEAF_TTL: Ttl = Ttl::from_days(90);

/// Clocks of clients may be behind by this.
const CLOCK_SKEW: Ttl = Ttl::from_days(1);

/// Domains that no stranger can have, and all below them.
/// Source: RFC 6761, RFC 6762 section 3, RFC 8375; ICANN reserves `internal`.
const LOCAL_DOMAINS: [&str; 6] = [
    "localhost",
    "test",
    "example",
    "internal",
    "local",
    "home.arpa",
];

/// Networks that no stranger's machine is in.
/// Source: RFC 1122 section 3.2.1.3, RFC 1918, RFC 4193, RFC 4291.
const LOCAL_NETWORKS: [&str; 7] = [
    "127.0.0.0/8",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
];

/// A certificate and its key, for a handshake.
pub(super) type Leaf = (CertificateDer<'static>, PrivateKeyDer<'static>);

/// The local CA.
pub(crate) struct Authority {
    key: KeyPair,
    certificate: CertificateDer<'static>,
    pem: String,
}

impl Authority {
    /// Makes a CA that may vouch for `hosts` beside local names.
    /// # Errors
    /// When one of them is no host.
    pub(crate) fn make(hosts: &[String], now: Timestamp) -> anyhow::Result<Self> {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
        let mut params = issuer_params(&key);
        (params.not_before, params.not_after) = (start(now)?, date(now.after(CA_TTL))?);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.name_constraints = Some(NameConstraints {
            permitted_subtrees: permitted(hosts),
            excluded_subtrees: Vec::new(),
        });
        let certificate = params.self_signed(&key)?;
        Ok(Self {
            pem: certificate.pem(),
            certificate: certificate.into(),
            key,
        })
    }

    /// Opens the CA in a directory, or makes it there.
    ///
    /// One that has run out is replaced: nobody trusts it any more.
    /// # Errors
    /// When half of it is there, or the files cannot be read or written.
    pub(crate) fn open_or_make(
        directory: &Path,
        hosts: &[String],
        now: Timestamp,
    ) -> anyhow::Result<Self> {
        if let Some(found) = Self::open(directory)? {
            if validity(&found.certificate)?.end > now {
                return Ok(found);
            }
            tracing::warn!(directory = %directory.display(),
                "the local CA has run out; another is made, which has to be trusted anew");
        }
        let made = Self::make(hosts, now)?;
        let cannot = || format!("the local CA cannot be written to {}", directory.display());
        let key = made.key.serialize_pem();
        private_file::write(&directory.join(KEY_FILE), key.as_bytes()).with_context(cannot)?;
        made.write_certificate(&directory.join(CERTIFICATE_FILE))
            .with_context(cannot)?;
        Ok(made)
    }

    /// Opens the CA in a directory; `None` when there is none.
    fn open(directory: &Path) -> anyhow::Result<Option<Self>> {
        let (certificate_file, key_file) =
            (directory.join(CERTIFICATE_FILE), directory.join(KEY_FILE));
        if !certificate_file.exists() {
            // A key alone is what an interrupted start leaves.
            return Ok(None);
        }
        let remedy = || {
            format!(
                "the local CA in {} cannot be used; remove the directory to have another made",
                directory.display()
            )
        };
        let pem = fs::read_to_string(&certificate_file).with_context(remedy)?;
        let certificate = CertificateDer::from_pem_slice(pem.as_bytes()).with_context(remedy)?;
        let key = fs::read_to_string(&key_file).with_context(remedy)?;
        if private_file::is_open_to_others(&fs::metadata(&key_file)?) {
            tracing::warn!(file = %key_file.display(),
                "other users of this machine may be able to read the local CA's key: chmod it to \
                 600");
        }
        let key = KeyPair::from_pem(&key).with_context(remedy)?;
        Ok(Some(Self {
            key,
            certificate,
            pem,
        }))
    }

    /// The certificate as PEM.
    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// When the certificate ends.
    /// # Errors
    /// When it is damaged.
    pub(crate) fn ends_at(&self) -> anyhow::Result<Timestamp> {
        Ok(validity(&self.certificate)?.end)
    }

    /// Writes the certificate to a file.
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn write_certificate(&self, file: &Path) -> std::io::Result<()> {
        private_file::write(file, self.pem.as_bytes())
    }

    /// Checks that clients that trust the CA believe it for each of the hosts.
    /// # Errors
    /// Names the first for which they do not, and what to do.
    pub(crate) fn check_hosts(&self, hosts: &[String], now: Timestamp) -> anyhow::Result<()> {
        for host in hosts {
            if let Err(error) = self.issue(std::slice::from_ref(host), now) {
                bail!(
                    "the local CA cannot vouch for {host} ({error:#}): it was made for other \
                     hosts. Remove its directory to have another made, and trust that"
                );
            }
        }
        Ok(())
    }

    /// Makes a certificate for names and addresses.
    /// # Errors
    /// When a client that trusts the CA would not believe it.
    pub(super) fn issue(&self, names: &[String], now: Timestamp) -> anyhow::Result<Leaf> {
        let first = names.first().context("a certificate has a name")?;
        let ends_at = now.after(LEAF_TTL).min(validity(&self.certificate)?.end);
        let mut params = CertificateParams::new(names)?;
        params
            .distinguished_name
            .push(DnType::CommonName, "Poolhouse");
        (params.not_before, params.not_after) = (start(now)?, date(ends_at)?);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        // Each has a key of its own, and by it a serial number of its own.
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
        let issuer = Issuer::new(issuer_params(&self.key), &self.key);
        let leaf: CertificateDer<'static> = params.signed_by(&key, &issuer)?.into();
        self.verify(&leaf, first, now)?;
        let key = PrivateKeyDer::try_from(key.serialize_der()).map_err(anyhow::Error::msg)?;
        Ok((leaf, key))
    }

    /// Does what clients do.
    fn verify(&self, leaf: &CertificateDer<'_>, name: &str, now: Timestamp) -> anyhow::Result<()> {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone())?;
        let verifier =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider()).build()?;
        let name = ServerName::try_from(name)?;
        let now = u64::try_from(now.as_secs())?;
        let now = UnixTime::since_unix_epoch(std::time::Duration::from_secs(now));
        verifier.verify_server_cert(leaf, &[], &name, &[], now)?;
        Ok(())
    }
}

/// What certificates of the CA say of it; its name tells it from those of other directories.
fn issuer_params(key: &KeyPair) -> CertificateParams {
    let mut params = CertificateParams::default();
    let mark = params.key_identifier(key).into_iter().take(4);
    let mark = mark.fold(0_u32, |mark, byte| mark << 8 | u32::from(byte));
    params
        .distinguished_name
        .push(DnType::CommonName, format!("Poolhouse local CA {mark:08x}"));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn permitted(hosts: &[String]) -> Vec<GeneralSubtree> {
    let domains = LOCAL_DOMAINS.map(|domain| GeneralSubtree::DnsName(domain.to_owned()));
    let networks = LOCAL_NETWORKS.iter().filter_map(|text| text.parse().ok());
    let hosts = hosts.iter().map(|host| match host.parse::<IpAddr>() {
        Ok(address) => {
            let bits = if address.is_ipv4() { 32 } else { 128 };
            GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(address, bits))
        }
        Err(_) => GeneralSubtree::DnsName(host.clone()),
    });
    domains
        .into_iter()
        .chain(networks.map(GeneralSubtree::IpAddress))
        .chain(hosts)
        .collect()
}

/// The start of a certificate that is made now.
fn start(now: Timestamp) -> anyhow::Result<OffsetDateTime> {
    date(Timestamp::from_secs(now.as_secs() - CLOCK_SKEW.as_secs()))
}

fn date(at: Timestamp) -> anyhow::Result<OffsetDateTime> {
    let seconds = at.as_secs();
    ensure!(seconds > 0, "the machine's clock is wrong");
    Ok(OffsetDateTime::from_unix_timestamp(seconds)?)
}

#[cfg(test)]
mod tests;

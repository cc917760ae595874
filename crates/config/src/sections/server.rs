//! Where the server listens and whom it answers.

use std::net::IpAddr;
use std::path::PathBuf;

use ipnet::IpNet;

use super::{ListenAddress, Origin, Tls, tls};
use crate::error::ConfigError;
use crate::settings::{self, DEFAULT_PORT};
use crate::sources::Sources;
use crate::{Profile, Purpose};

/// What the second half of [`settings::ALLOW_REMOTE_DEV`] must say.
const REMOTE_DEV_WORD: &str = "yes";

/// Where the server listens and whom it answers.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// Addresses to listen on, at least one; `localhost:9229` by default.
    pub listen: Vec<ListenAddress>,
    /// Origin that browsers and apps reach the server by; `None` for the address listened on.
    pub public_url: Option<Origin>,
    /// Whether it speaks https, and with which certificate.
    pub tls: Tls,
    /// Directory that keeps the local CA; `None` for a CA that goes with the process.
    pub local_ca_directory: Option<PathBuf>,
    /// Networks of the proxies whose word on client and host is taken.
    pub trusted_proxies: Vec<IpNet>,
    /// Host names that are answered beside our own, lower case, without port.
    pub allowed_hosts: Vec<String>,
    /// What comes after a pool's prefix in the host name of its pages, lower case.
    pub domain_suffix: Option<String>,
    /// Origins, beside loopback ones, whose pages may call signed operations in the dev profile.
    pub allowed_origins: Vec<Origin>,
    /// Whether the dev profile was told twice that other machines may reach it.
    pub allows_remote_dev: bool,
    /// Longest body in bytes; `None` for the server's default.
    pub max_body_bytes: Option<usize>,
    /// Connections served at the same time; `None` for the server's default.
    pub max_connections: Option<usize>,
    /// File that is written once the server listens.
    pub ready_file: Option<PathBuf>,
}

impl ServerConfig {
    pub(crate) fn load(
        sources: &Sources<'_>,
        profile: Profile,
        purpose: Purpose,
    ) -> Result<Self, ConfigError> {
        let mut listen = sources.parse_list(&settings::LISTEN, ListenAddress::parse)?;
        if listen.is_empty() {
            listen.push(ListenAddress::Localhost { port: DEFAULT_PORT });
        }
        let allows_remote_dev = allows_remote_dev(sources);
        let opens_dev = profile == Profile::Dev && purpose == Purpose::Serve;
        if opens_dev && !allows_remote_dev {
            refuse_remote(sources, &listen)?;
        }
        let public_url = sources.parse(&settings::PUBLIC_URL, Origin::parse)?;
        Ok(Self {
            listen,
            tls: Tls::load(sources, profile, public_url.as_ref())?,
            local_ca_directory: tls::local_ca_directory(sources)?,
            public_url,
            trusted_proxies: sources.parse_list(&settings::TRUSTED_PROXIES, parse_network)?,
            allowed_hosts: sources.parse_list(&settings::ALLOWED_HOSTS, parse_host)?,
            domain_suffix: sources.parse(&settings::DOMAIN_SUFFIX, parse_suffix)?,
            allowed_origins: sources.parse_list(&settings::ALLOWED_ORIGINS, Origin::parse)?,
            allows_remote_dev,
            max_body_bytes: sources.count(&settings::MAX_BODY_BYTES)?,
            max_connections: sources.count(&settings::MAX_CONNECTIONS)?,
            ready_file: sources.path(&settings::READY_FILE)?,
        })
    }
}

/// Whether both were given, the flag and the variable: neither alone does it.
fn allows_remote_dev(sources: &Sources<'_>) -> bool {
    let setting = &settings::ALLOW_REMOTE_DEV;
    sources.is_flag_on(setting) && sources.variable(setting) == Some(REMOTE_DEV_WORD)
}

fn refuse_remote(sources: &Sources<'_>, listen: &[ListenAddress]) -> Result<(), ConfigError> {
    let Some(remote) = listen.iter().find(|address| !address.is_loopback()) else {
        return Ok(());
    };
    let given = sources.find(&settings::LISTEN)?;
    Err(ConfigError::OpenToOthers {
        origin: given.map_or_else(String::new, |given| given.origin),
        address: remote.to_string(),
    })
}

/// Reads a host name below which pools have theirs.
fn parse_suffix(text: &str) -> Result<String, String> {
    let host = parse_host(text)?;
    if host.split('.').any(str::is_empty) {
        return Err("it is a host name, without a dot before or after it".to_owned());
    }
    Ok(host)
}

/// Reads a host name without port.
fn parse_host(text: &str) -> Result<String, String> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    if text.len() <= 253 && text.bytes().all(is_name) {
        Ok(text.to_ascii_lowercase())
    } else {
        Err("it is a host name, without scheme and port".to_owned())
    }
}

/// Reads an address, or a network in CIDR form.
fn parse_network(text: &str) -> Result<IpNet, String> {
    let network = match text.parse::<IpAddr>() {
        Ok(address) => IpNet::from(address),
        Err(_) => text.parse::<IpNet>().map_err(|_| {
            "it is an IP address or a network, like 10.0.0.7 or 10.0.0.0/8".to_owned()
        })?,
    };
    if network.prefix_len() == 0 {
        return Err("it would take the word of every client".to_owned());
    }
    Ok(network.trunc())
}

//! What the operator decided, as far as the doors need it.

use std::time::Duration;

use ipnet::IpNet;

/// Settings of the doors, fixed at start.
#[derive(Clone, Debug)]
pub struct ServerSettings {
    /// Whether this is the dev profile: any AWS credentials, inbox, start page.
    pub is_dev: bool,
    /// Host names, without port, that are answered beside loopback names, addresses of this
    /// machine that a connection came in by, the public URL's host and the domains of pools.
    pub allowed_hosts: Vec<String>,
    /// Origins, beside loopback ones, whose pages may call signed operations in the dev profile.
    pub allowed_origins: Vec<String>,
    /// Networks of the proxies whose word on client and host is taken.
    pub trusted_proxies: Vec<IpNet>,
    /// Whether browsers may be told to come by https alone from now on. A host of this machine is
    /// never said so: other servers of the developer share it.
    pub sends_strict_transport: bool,
    /// What one client may ask of the server.
    pub limits: Limits,
}

/// Bounds on one connection or request.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Longest body in bytes.
    pub max_body_bytes: usize,
    /// How long a client may take to say what it speaks and to do the handshake of TLS.
    pub handshake_timeout: Duration,
    /// How long a client may take to send the head of a request.
    pub header_timeout: Duration,
    /// How long a client may take to send a body.
    pub body_timeout: Duration,
    /// Connections served at the same time; others wait to be accepted.
    pub max_connections: usize,
    /// How long a graceful stop waits for requests under way.
    pub shutdown_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_body_bytes: 1024 * 1024,
            handshake_timeout: Duration::from_secs(10),
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(30),
            max_connections: 4096,
            shutdown_timeout: Duration::from_secs(4),
        }
    }
}

impl ServerSettings {
    /// The defaults of the dev profile.
    pub fn dev() -> Self {
        Self {
            is_dev: true,
            allowed_hosts: Vec::new(),
            allowed_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            sends_strict_transport: true,
            limits: Limits::default(),
        }
    }
}

//! An address to listen on.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

/// An address to listen on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListenAddress {
    /// `localhost`: 127.0.0.1 and, where the machine has it, `::1`.
    Localhost {
        /// The port; 0 for any free one, the same on both.
        port: u16,
    },
    /// One address.
    Socket(SocketAddr),
}

impl ListenAddress {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if let Ok(address) = text.parse() {
            return Ok(Self::Socket(address));
        }
        let port = text.strip_prefix("localhost:").map(str::parse);
        match port {
            Some(Ok(port)) => Ok(Self::Localhost { port }),
            _ => Err(
                "it is HOST:PORT, where HOST is localhost or an IP address ([::1] in brackets)"
                    .to_owned(),
            ),
        }
    }

    /// Whether only this machine can reach it.
    pub fn is_loopback(&self) -> bool {
        match self {
            Self::Localhost { .. } => true,
            Self::Socket(address) => match address.ip() {
                IpAddr::V4(ip) => ip.is_loopback(),
                IpAddr::V6(ip) => ip.to_canonical().is_loopback(),
            },
        }
    }
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Localhost { port } => write!(f, "localhost:{port}"),
            Self::Socket(address) => address.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_host_and_a_port() {
        let localhost = ListenAddress::Localhost { port: 0 };
        assert_eq!(ListenAddress::parse("localhost:0"), Ok(localhost));
        for good in ["127.0.0.1:9229", "[::1]:9229", "0.0.0.0:80"] {
            let address = ListenAddress::parse(good).unwrap();
            assert_eq!(address.to_string(), good);
        }
        for bad in [
            "",
            "9229",
            "localhost",
            "127.0.0.1",
            "::1:9229",
            "host:1",
            "localhost:x",
        ] {
            assert!(ListenAddress::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn s65_only_addresses_of_this_machine_are_loopback() {
        for (text, expected) in [
            ("localhost:1", true),
            ("127.0.0.1:1", true),
            ("127.9.9.9:1", true),
            ("[::1]:1", true),
            ("[::ffff:127.0.0.1]:1", true),
            ("0.0.0.0:1", false),
            ("[::]:1", false),
            ("192.168.1.4:1", false),
            ("[::ffff:10.0.0.1]:1", false),
        ] {
            let address = ListenAddress::parse(text).unwrap();
            assert_eq!(address.is_loopback(), expected, "{text}");
        }
    }
}

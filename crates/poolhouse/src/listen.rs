//! Taking the addresses that are listened on.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use anyhow::Context as _;
use poolhouse_config::ListenAddress;
use tokio::net::TcpListener;

/// How often another free port is tried when the one that IPv4 gave is taken on IPv6.
const PORT_ATTEMPTS: usize = 16;

/// Listeners, and how they are reached.
pub(crate) struct Listening {
    /// The listeners, at least one.
    pub(crate) listeners: Vec<TcpListener>,
    /// URL that reaches the first of them from this machine, without a slash at the end.
    pub(crate) url: String,
}

/// Takes all addresses; `scheme` is what is spoken there.
/// # Errors
/// When one of them is taken or not of this machine.
pub(crate) async fn bind(addresses: &[ListenAddress], scheme: &str) -> anyhow::Result<Listening> {
    let mut listeners = Vec::new();
    for address in addresses {
        let bound = match address {
            ListenAddress::Localhost { port } => bind_localhost(*port).await,
            ListenAddress::Socket(socket) => TcpListener::bind(socket).await.map(|one| vec![one]),
        };
        let bound = bound.map_err(explain);
        listeners.extend(bound.with_context(|| format!("{address} cannot be listened on"))?);
    }
    let (Some(first), Some(address)) = (listeners.first(), addresses.first()) else {
        anyhow::bail!("there is no address to listen on");
    };
    let url = url(scheme, address, first.local_addr()?);
    Ok(Listening { listeners, url })
}

/// Takes a port on 127.0.0.1 and, where the machine has it, on `::1`.
async fn bind_localhost(port: u16) -> io::Result<Vec<TcpListener>> {
    let mut attempts = if port == 0 { PORT_ATTEMPTS } else { 1 };
    loop {
        attempts -= 1;
        let on_ipv4 = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let same_port = on_ipv4.local_addr()?.port();
        match TcpListener::bind((Ipv6Addr::LOCALHOST, same_port)).await {
            Ok(on_ipv6) => return Ok(vec![on_ipv4, on_ipv6]),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                if attempts == 0 {
                    return Err(error);
                }
            }
            Err(error) => {
                tracing::debug!(error = %error, "this machine has no IPv6 loopback address");
                return Ok(vec![on_ipv4]);
            }
        }
    }
}

fn explain(error: io::Error) -> anyhow::Error {
    let is_taken = error.kind() == ErrorKind::AddrInUse;
    let error = anyhow::Error::from(error);
    if is_taken {
        return error.context("another program listens there; choose another port with --listen");
    }
    error
}

fn url(scheme: &str, address: &ListenAddress, bound: SocketAddr) -> String {
    let port = bound.port();
    let host = match (address, bound.ip()) {
        (ListenAddress::Socket(_), IpAddr::V4(ip)) if !ip.is_unspecified() => ip.to_string(),
        (ListenAddress::Socket(_), IpAddr::V6(ip)) if !ip.is_unspecified() => format!("[{ip}]"),
        _ => "localhost".to_owned(),
    };
    match (scheme, port) {
        ("http", 80) | ("https", 443) => format!("{scheme}://{host}"),
        _ => format!("{scheme}://{host}:{port}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_reaches_the_first_address_from_this_machine() {
        let localhost = ListenAddress::Localhost { port: 0 };
        for (address, bound, expected) in [
            (Some(localhost), "127.0.0.1:4000", "http://localhost:4000"),
            (Some(localhost), "127.0.0.1:80", "http://localhost"),
            (None, "127.0.0.1:4000", "http://127.0.0.1:4000"),
            (None, "[::1]:4000", "http://[::1]:4000"),
            (None, "0.0.0.0:4000", "http://localhost:4000"),
            (None, "[::]:4000", "http://localhost:4000"),
            (None, "10.0.0.7:4000", "http://10.0.0.7:4000"),
        ] {
            let bound = bound.parse().unwrap();
            let address = address.unwrap_or(ListenAddress::Socket(bound));
            assert_eq!(url("http", &address, bound), expected);
        }
        let bound = "127.0.0.1:443".parse().unwrap();
        assert_eq!(url("https", &localhost, bound), "https://localhost");
        assert_eq!(url("http", &localhost, bound), "http://localhost:443");
    }

    #[tokio::test]
    async fn localhost_is_one_port_on_both_loopback_addresses() {
        let listening = bind(&[ListenAddress::Localhost { port: 0 }], "http")
            .await
            .unwrap();
        let ports: Vec<u16> = listening
            .listeners
            .iter()
            .map(|listener| listener.local_addr().unwrap().port())
            .collect();
        assert!(ports.iter().all(|port| *port == ports[0] && *port != 0));
        assert_eq!(listening.url, format!("http://localhost:{}", ports[0]));
    }

    #[tokio::test]
    async fn a_port_that_is_taken_is_named() {
        let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = ListenAddress::Socket(taken.local_addr().unwrap());
        let error = format!("{:#}", bind(&[address], "http").await.err().unwrap());
        assert!(error.contains(&address.to_string()), "{error}");
        assert!(error.contains("--listen"), "{error}");
    }
}

//! Whether a URL leads to this machine.

use url::{Host, Url};

/// Whether the host of a URL is this machine by its name or address.
pub(crate) fn is_loopback(url: &Url) -> bool {
    // The host of a scheme that `url` does not know is text, also where it is an address.
    let host = url.host_str().and_then(|host| Host::parse(host).ok());
    match host {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

//! What proxies in front say of a request: whom it came from, and which host was asked.
//!
//! Anybody can send these headers, so they count only on connections from the operator's proxies,
//! and of a list only what those proxies have added. They never change issuer, links or cookies:
//! those follow the public URL.

use std::net::IpAddr;

use http::{HeaderMap, HeaderName, header};
use ipnet::IpNet;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// What is known of a request's way to us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Forwarded {
    /// The nearest address that is no proxy of ours.
    pub(crate) client: IpAddr,
    /// The host that the proxy was asked for, as it was written, if it says so.
    pub(crate) host: Option<String>,
}

/// The headers contradict each other or are no such headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Contradiction;

/// Reads the headers of a request that came from `peer`.
///
/// Where both the older headers and `Forwarded` are there, they must agree: a proxy sets one of
/// them and hands on the other as the client wrote it.
/// # Errors
/// [`Contradiction`] when they do not, or when a host is told twice.
/// Source: RFC 7239 sections 4 and 5. Inferred: the older headers, which have no specification;
/// proxies append to `X-Forwarded-For`.
pub(crate) fn read(
    headers: &HeaderMap,
    peer: IpAddr,
    proxies: &[IpNet],
) -> Result<Forwarded, Contradiction> {
    let peer = peer.to_canonical();
    if !is_proxy(peer, proxies) {
        return Ok(Forwarded {
            client: peer,
            host: None,
        });
    }
    let older = older(headers, peer, proxies)?;
    let standard = standard(headers, peer, proxies)?;
    let (client, standard_client) = match (older.0, standard.0) {
        (Some(client), standard) => (client, standard),
        (None, Some(client)) => (client, None),
        (None, None) => (peer, None),
    };
    let (host, standard_host) = match (older.1, standard.1) {
        (Some(host), standard) => (Some(host), standard),
        (None, standard) => (standard, None),
    };
    let agrees = standard_client.is_none_or(|other| other == client)
        && standard_host
            .zip(host.as_ref())
            .is_none_or(|(other, host)| other.eq_ignore_ascii_case(host));
    if agrees {
        Ok(Forwarded { client, host })
    } else {
        Err(Contradiction)
    }
}

fn is_proxy(address: IpAddr, proxies: &[IpNet]) -> bool {
    proxies.iter().any(|network| network.contains(&address))
}

type ClientAndHost = (Option<IpAddr>, Option<String>);

/// `X-Forwarded-For` and `X-Forwarded-Host`.
fn older(
    headers: &HeaderMap,
    peer: IpAddr,
    proxies: &[IpNet],
) -> Result<ClientAndHost, Contradiction> {
    let hops = list(headers, &X_FORWARDED_FOR)?;
    let nodes: Vec<_> = hops.iter().map(|hop| Some(*hop)).collect();
    let client = (!nodes.is_empty()).then(|| client_of(&nodes, peer, proxies).0);
    let host = match list(headers, &X_FORWARDED_HOST)?.as_slice() {
        [] => None,
        [host] => Some((*host).to_owned()),
        _ => return Err(Contradiction),
    };
    Ok((client, host))
}

/// `Forwarded`: the host is the one of the element that names the client.
fn standard(
    headers: &HeaderMap,
    peer: IpAddr,
    proxies: &[IpNet],
) -> Result<ClientAndHost, Contradiction> {
    let elements = list(headers, &header::FORWARDED)?;
    if elements.is_empty() {
        return Ok((None, None));
    }
    let nodes: Vec<_> = elements
        .iter()
        .map(|element| parameter(element, "for"))
        .collect();
    let (client, place) = client_of(&nodes, peer, proxies);
    let host = elements
        .get(place)
        .and_then(|element| parameter(element, "host"));
    Ok((Some(client), host.map(str::to_owned)))
}

/// Walks the hops from ours on; gives back the first that is no proxy of ours, and its place.
/// Beyond one that cannot be read nothing is believed.
fn client_of(nodes: &[Option<&str>], peer: IpAddr, proxies: &[IpNet]) -> (IpAddr, usize) {
    let mut known = (peer, nodes.len().saturating_sub(1));
    for (place, node) in nodes.iter().enumerate().rev() {
        let Some(address) = node.and_then(parse_node) else {
            return known;
        };
        known = (address, place);
        if !is_proxy(address, proxies) {
            return known;
        }
    }
    known
}

/// Reads an address with or without port: `10.0.0.7`, `10.0.0.7:80`, `::1`, `[::1]`, `[::1]:80`.
fn parse_node(text: &str) -> Option<IpAddr> {
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(address.to_canonical());
    }
    let address = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.0.parse::<IpAddr>(),
        None => text.rsplit_once(':')?.0.parse::<IpAddr>(),
    };
    address.ok().map(|address| address.to_canonical())
}

/// The value of a parameter of an element: `for=10.0.0.7;host="a:80"`.
fn parameter<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(found, _)| found.trim().eq_ignore_ascii_case(name))?;
    let value = value.trim();
    let quoted = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    Some(quoted.unwrap_or(value))
}

/// The members of a header that is a list, over all its lines.
fn list<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Vec<&'a str>, Contradiction> {
    let mut members = Vec::new();
    for value in headers.get_all(name) {
        let text = value.to_str().map_err(|_| Contradiction)?;
        let parts = text.split(',').map(str::trim);
        members.extend(parts.filter(|part| !part.is_empty()));
    }
    Ok(members)
}

#[cfg(test)]
mod tests;

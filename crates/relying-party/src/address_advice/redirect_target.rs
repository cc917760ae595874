//! What is wrong with an address that a browser shall be sent to.

use url::{Host, Url};

use super::Fault;
use crate::shown::shown;
use crate::web::is_loopback;

/// Looks at the value of `redirect_uri` or `logout_uri`.
/// Source: RFC 6749 section 3.1.2; AWS page "Application-specific settings with app clients".
pub(super) fn faults(name: &str, value: &str) -> Vec<Fault> {
    let Ok(target) = Url::parse(value) else {
        return vec![Fault::wrong(format!(
            "{name} is no whole address: {}. It begins with https://, or http://localhost.",
            shown(value)
        ))];
    };
    let mut faults = Vec::new();
    if target.fragment().is_some() {
        faults.push(Fault::wrong(format!(
            "{name} has a fragment (#), which is not allowed."
        )));
    }
    if !target.username().is_empty() || target.password().is_some() {
        faults.push(Fault::wrong(format!("{name} has a user name in it.")));
    }
    if value.contains('*') {
        faults.push(Fault::wrong(format!(
            "{name} has a *: there are no wildcards."
        )));
    }
    if target.scheme() == "http" && !is_loopback(&target) {
        faults.push(Fault::wrong(format!(
            "{name} is plain http to another machine; Cognito takes https, and http for localhost alone."
        )));
    }
    let is_ip = matches!(target.host(), Some(Host::Ipv4(_) | Host::Ipv6(_)));
    if target.scheme() == "http" && is_ip && is_loopback(&target) {
        faults.push(Fault::doubtful(format!(
            "{name} is written with an IP address; Cognito itself takes http://localhost (Poolhouse takes both)."
        )));
    }
    if matches!(target.scheme(), "http" | "https") {
        faults.push(slash_hint(name, value, &target));
    }
    faults
}

fn slash_hint(name: &str, value: &str, target: &Url) -> Fault {
    let path = target.path();
    let (ends, other) = if value.ends_with('/') {
        ("ends with a slash", value.trim_end_matches('/').to_owned())
    } else if path == "/" && target.query().is_none() {
        ("has no slash at its end", format!("{value}/"))
    } else {
        (
            "has no slash at its end",
            format!("{}/", value.split('?').next().unwrap_or_default()),
        )
    };
    Fault::doubtful(format!(
        "{name} {ends}; {} is another one. It must be registered letter for letter.",
        shown(&other)
    ))
}

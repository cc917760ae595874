//! Which hosts are answered, and which pool a host leads to.
//!
//! A page that makes its own name lead to this machine (DNS rebinding) sends that name as Host:
//! it is refused before any door sees the request.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, StatusCode, Uri, header};
use poolhouse_model::{RngExt, UserPoolId};
use poolhouse_service::ServiceError;

use crate::app::App;
use crate::context::{ConnectionEnds, RequestContext};
use crate::forwarded;
use crate::recent_events::{Answered, Asked, Refusal, Report};
use crate::request_id;

/// Checks the host, gives the request its context, and puts the request id on the answer.
pub(crate) async fn admit(
    State(app): State<Arc<App>>,
    mut request: Request,
    next: Next,
) -> Response {
    let request_id = app.service.rng().uuid();
    let report = match app.recent_events {
        Some(_) => Report::kept(),
        None => Report::default(),
    };
    let asked = Asked::of(request.method(), request.uri());
    let ends = request.extensions().get::<ConnectionEnds>().copied();
    let mut response = match resolve(&app, request.uri(), request.headers(), ends).await {
        Ok(Admitted {
            host,
            host_pool,
            client_address,
        }) => {
            if host_pool.is_none() && request.method() == Method::POST {
                app.hint_at_host(&host);
            }
            request.extensions_mut().insert(RequestContext {
                request_id: request_id.clone(),
                host,
                host_pool,
                client_address,
                report: report.clone(),
            });
            next.run(request).await
        }
        Err(refusal) => {
            report.refused(Refusal::default().with_text(refusal.text().trim_end()));
            refusal.into_response()
        }
    };
    request_id::put(&mut response, &request_id);
    if let Some(events) = &app.recent_events {
        let answer = Answered {
            request_id,
            at: app.service.now(),
            status: response.status(),
        };
        events.keep(&asked, answer, &report);
    }
    response
}

/// A request that is answered.
struct Admitted {
    host: String,
    host_pool: Option<UserPoolId>,
    client_address: Option<IpAddr>,
}

/// Why a request is not answered.
#[derive(Debug)]
enum HostRefusal {
    /// No host, two, or two that differ.
    Malformed,
    /// Headers of proxies that contradict each other.
    Contradictory,
    /// A host that is none of ours.
    Unknown(String),
    /// The store failed while the host was looked up.
    Failed(ServiceError),
}

impl HostRefusal {
    /// What the caller is told.
    fn text(&self) -> &'static str {
        match self {
            Self::Malformed => "The Host header is malformed.\n",
            Self::Contradictory => {
                "The headers that proxies set (X-Forwarded-For, X-Forwarded-Host, Forwarded) \
                 contradict each other.\n"
            }
            Self::Unknown(_) => {
                "This server does not answer for that host. If it should, add the host to \
                 allowed_hosts.\n"
            }
            Self::Failed(_) => "",
        }
    }
}

impl IntoResponse for HostRefusal {
    fn into_response(self) -> Response {
        let text = self.text();
        let status = match self {
            Self::Malformed | Self::Contradictory => StatusCode::BAD_REQUEST,
            Self::Unknown(host) => {
                tracing::warn!(
                    request.host = %host,
                    "a request named a host that is none of ours; add it to allowed_hosts if it is"
                );
                StatusCode::MISDIRECTED_REQUEST
            }
            Self::Failed(error) => {
                tracing::error!(error = %error, "a host could not be looked up");
                return StatusCode::SERVICE_UNAVAILABLE.into_response();
            }
        };
        (status, text).into_response()
    }
}

async fn resolve(
    app: &App,
    uri: &Uri,
    headers: &HeaderMap,
    ends: Option<ConnectionEnds>,
) -> Result<Admitted, HostRefusal> {
    let host = requested_host(uri, headers).ok_or(HostRefusal::Malformed)?;
    let mut host_pool = admit_host(app, &host, ends).await?;
    let Some(ends) = ends else {
        return Ok(Admitted {
            host,
            host_pool,
            client_address: None,
        });
    };
    let forwarded = forwarded::read(headers, ends.peer.ip(), &app.settings.trusted_proxies);
    let forwarded = forwarded.map_err(|_| HostRefusal::Contradictory)?;
    let mut admitted_host = host;
    if let Some(asked) = forwarded.host {
        // The Host that the proxy sent was checked too: a page under a stranger's name can have
        // the other header sent, but not hide the name.
        admitted_host = host_of(&asked).ok_or(HostRefusal::Malformed)?;
        host_pool = admit_host(app, &admitted_host, Some(ends)).await?;
    }
    Ok(Admitted {
        host: admitted_host,
        host_pool,
        client_address: Some(forwarded.client),
    })
}

/// Finds the pool that a host leads to; none on hosts of our own.
async fn admit_host(
    app: &App,
    host: &str,
    ends: Option<ConnectionEnds>,
) -> Result<Option<UserPoolId>, HostRefusal> {
    if is_own_host(app, host, ends) {
        return Ok(None);
    }
    let pool = app.service.find_pool_by_host(host).await;
    let pool = pool.map_err(HostRefusal::Failed)?;
    let is_subdomain_of_localhost = host.ends_with(".localhost");
    if pool.is_some() || is_subdomain_of_localhost {
        return Ok(pool);
    }
    Err(HostRefusal::Unknown(host.to_owned()))
}

/// Reads the host that was asked, lower case and without port: from the target where it names one
/// (HTTP/2, absolute form), else from the header. Both, if there, must agree.
/// Source: RFC 9112 section 3.2.
fn requested_host(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let mut values = headers.get_all(header::HOST).iter();
    let from_header = match (values.next(), values.next()) {
        (Some(value), None) => Some(value.to_str().ok()?),
        (None, _) => None,
        (Some(_), Some(_)) => return None,
    };
    let from_target = uri.authority().map(http::uri::Authority::as_str);
    let authority = match (from_target, from_header) {
        (Some(target), Some(header)) if target.eq_ignore_ascii_case(header) => target,
        (Some(_), Some(_)) | (None, None) => return None,
        (Some(one), None) | (None, Some(one)) => one,
    };
    host_of(authority)
}

/// The host of a host with or without port, lower case.
fn host_of(authority: &str) -> Option<String> {
    let authority: http::uri::Authority = authority.parse().ok()?;
    if authority.as_str().contains('@') {
        return None;
    }
    let host = authority.host();
    let host = host.strip_suffix('.').unwrap_or(host).to_lowercase();
    (!host.is_empty()).then_some(host)
}

fn is_own_host(app: &App, host: &str, ends: Option<ConnectionEnds>) -> bool {
    if host == "localhost" || app.public_host() == Some(host) {
        return true;
    }
    if app
        .settings
        .allowed_hosts
        .iter()
        .any(|allowed| allowed.eq_ignore_ascii_case(host))
    {
        return true;
    }
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let Ok(address) = bare.parse::<IpAddr>() else {
        return false;
    };
    address.is_loopback() || ends.is_some_and(|ends| ends.local.ip() == address)
}

/// Whether an origin (`http://localhost:3000`) is on this machine.
pub(crate) fn is_loopback_origin(origin: &str) -> bool {
    let url = url::Url::parse(origin).ok();
    url.is_some_and(|url| url.host_str().is_some_and(is_loopback))
}

/// Whether a host, in lower case and without port, is this machine by its name or address.
pub(crate) fn is_loopback(host: &str) -> bool {
    match url::Host::parse(host) {
        Ok(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Ok(url::Host::Ipv4(address)) => address.is_loopback(),
        Ok(url::Host::Ipv6(address)) => address.is_loopback(),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(target: &str, header: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in header {
            headers.append(header::HOST, value.parse().unwrap());
        }
        requested_host(&target.parse().unwrap(), &headers)
    }

    #[test]
    fn s55_the_target_and_the_header_must_agree() {
        assert_eq!(host("/", &["LocalHost:9229"]).as_deref(), Some("localhost"));
        assert_eq!(host("/", &["[::1]:9229"]).as_deref(), Some("[::1]"));
        assert_eq!(host("/", &["localhost."]).as_deref(), Some("localhost"));
        let absolute = "http://localhost:9229/";
        assert!(host(absolute, &["localhost:9229"]).is_some());
        assert!(host(absolute, &["evil.example"]).is_none());
        for bad in [&[][..], &["a", "b"], &[""], &["user@localhost"], &["a b"]] {
            assert!(host("/", bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn s75_only_pages_of_this_machine_have_loopback_origins() {
        for good in [
            "http://localhost:3000",
            "https://app.localhost",
            "http://127.0.0.1:8080",
            "http://[::1]:1",
        ] {
            assert!(is_loopback_origin(good), "{good}");
        }
        for bad in [
            "null",
            "",
            "https://evil.example",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
        ] {
            assert!(!is_loopback_origin(bad), "{bad}");
        }
    }
}

//! Asking other servers: by TLS or on this machine, with bounds on everything that comes back.

use std::sync::Arc;
use std::time::Duration;

use poolhouse_model::SecretString;
use ureq::config::Config;
use ureq::http::{Request, header};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, TlsProvider, parse_pem};
use ureq::{Agent, Proxy};
use url::{Host, Url};

/// Longest answer that is read, in bytes.
pub const MOST_ANSWER_BYTES: u64 = 1024 * 1024;

/// How long one exchange may take, from the name's look-up to the last byte.
pub const ANSWER_TTL: Duration = Duration::from_secs(20);

/// What this program calls itself.
const USER_AGENT: &str = concat!("poolhouse/", env!("CARGO_PKG_VERSION"));

/// Whom to believe.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Certificates of CAs (PEM) that are believed instead of the public ones.
    pub ca_pem: Option<Vec<u8>>,
    /// Whether http is spoken with other machines too, where everybody between can read along.
    pub allows_http: bool,
    /// Longest exchange; [`ANSWER_TTL`] where none is named.
    pub answer_ttl: Option<Duration>,
}

/// Asks other servers.
#[derive(Debug)]
pub struct Web {
    agent: Agent,
    allows_http: bool,
}

/// What a server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Where a redirect leads to.
    pub location: Option<String>,
    /// The media type, without parameters, in lower case.
    pub media_type: String,
    /// The body, [`MOST_ANSWER_BYTES`] at most.
    pub body: Vec<u8>,
}

/// Why a server was not asked, or what came was not taken.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// The address is no URL of a server.
    #[error("{0} is no http or https address")]
    NoAddress(String),
    /// The address has a user name or a password in it.
    #[error("{0}: an address with a user name or a password in it is not used")]
    Credentials(String),
    /// Everybody between would read along.
    #[error(
        "{0} is plain http to another machine: use https, or --allow-http in a network that is yours"
    )]
    InsecureAddress(String),
    /// The file of CAs cannot be used.
    #[error("the CA file holds no certificate that can be read")]
    UnusableCa,
    /// No answer came.
    #[error("{address} does not answer: {reason}")]
    Unreachable {
        /// Who was asked.
        address: String,
        /// What happened.
        reason: String,
    },
    /// The answer did not come, or not end, in time.
    #[error("{0} did not answer in time")]
    TimedOut(String),
    /// The body is longer than [`MOST_ANSWER_BYTES`].
    #[error("the answer of {0} is longer than 1 MiB and was not taken")]
    TooLong(String),
    /// The server sends elsewhere, where credentials are not carried.
    #[error(
        "{address} redirects to {location}, which is not followed: give the address that answers itself"
    )]
    Redirected {
        /// Who was asked.
        address: String,
        /// Where to.
        location: String,
    },
}

impl Web {
    /// Prepares to ask.
    /// # Errors
    /// [`WebError::UnusableCa`]
    pub fn new(trust: &Trust) -> Result<Self, WebError> {
        let root_certs = match &trust.ca_pem {
            Some(pem) => RootCerts::Specific(Arc::new(certificates(pem)?)),
            None => RootCerts::WebPki,
        };
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(root_certs)
            .unversioned_rustls_crypto_provider(Arc::new(
                rustls::crypto::aws_lc_rs::default_provider(),
            ))
            .build();
        let config = Config::builder()
            .tls_config(tls)
            .timeout_global(Some(trust.answer_ttl.unwrap_or(ANSWER_TTL)))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(USER_AGENT)
            .build();
        Ok(Self {
            agent: config.new_agent(),
            allows_http: trust.allows_http,
        })
    }

    /// Refuses an address that nothing may be sent to.
    /// # Errors
    /// [`WebError::NoAddress`], [`WebError::Credentials`], [`WebError::InsecureAddress`]
    pub fn check(&self, address: &Url) -> Result<(), WebError> {
        if !matches!(address.scheme(), "http" | "https") || !address.has_host() {
            return Err(WebError::NoAddress(crate::shown::shown(address.as_str())));
        }
        if !address.username().is_empty() || address.password().is_some() {
            return Err(WebError::Credentials(bare(address)));
        }
        if address.scheme() == "http" && !is_loopback(address) && !self.allows_http {
            return Err(WebError::InsecureAddress(bare(address)));
        }
        Ok(())
    }

    /// Asks for a document, with an access token where there is one.
    /// # Errors
    /// [`WebError`]; a redirect is one.
    pub fn get(&self, address: &Url, bearer: Option<&SecretString>) -> Result<Answer, WebError> {
        let answer = self.look(address, bearer)?;
        refuse_redirect(address, answer)
    }

    /// Asks for an address and gives the answer as it is, a redirect too.
    /// # Errors
    /// [`WebError`]
    pub fn look(&self, address: &Url, bearer: Option<&SecretString>) -> Result<Answer, WebError> {
        let mut request = Request::get(address.as_str());
        if let Some(token) = bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", token.expose()));
        }
        let request = request.body(String::new());
        self.send(address, request)
    }

    /// Posts a form; `authorization` is the whole value of that header.
    /// # Errors
    /// [`WebError`]; a redirect is one.
    pub fn post_form(
        &self,
        address: &Url,
        fields: &[(&str, &str)],
        authorization: Option<&SecretString>,
    ) -> Result<Answer, WebError> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let mut request = Request::post(address.as_str())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json");
        if let Some(value) = authorization {
            request = request.header(header::AUTHORIZATION, value.expose());
        }
        let answer = self.send(address, request.body(form.finish()))?;
        refuse_redirect(address, answer)
    }

    fn send(
        &self,
        address: &Url,
        request: Result<Request<String>, ureq::http::Error>,
    ) -> Result<Answer, WebError> {
        self.check(address)?;
        let unreachable = |reason: String| WebError::Unreachable {
            address: bare(address),
            reason,
        };
        // The request may hold a secret, its error only says which part is malformed.
        let request = request.map_err(|error| unreachable(error.to_string()))?;
        let mut configured = self.agent.configure_request(request);
        if is_loopback(address) {
            configured = configured.proxy(None);
        } else {
            configured = configured.proxy(Proxy::try_from_env());
        }
        let answer = self.agent.run(configured.build());
        let mut answer = answer.map_err(|error| explain(address, &error))?;
        let text = |name| {
            let value = answer.headers().get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        let location = text(header::LOCATION);
        let media_type = text(header::CONTENT_TYPE).unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default();
        let media_type = media_type.trim().to_ascii_lowercase();
        let body = answer.body_mut().with_config().limit(MOST_ANSWER_BYTES);
        let body = body
            .read_to_vec()
            .map_err(|error| explain(address, &error))?;
        Ok(Answer {
            status: answer.status().as_u16(),
            location,
            media_type,
            body,
        })
    }
}

fn refuse_redirect(address: &Url, answer: Answer) -> Result<Answer, WebError> {
    if (300..400).contains(&answer.status) {
        let location = answer.location.as_deref().unwrap_or("nowhere");
        return Err(WebError::Redirected {
            address: bare(address),
            location: crate::shown::shown(location.split('?').next().unwrap_or_default()),
        });
    }
    Ok(answer)
}

fn explain(address: &Url, error: &ureq::Error) -> WebError {
    match error {
        ureq::Error::Timeout(_) | ureq::Error::BodyStalled => WebError::TimedOut(bare(address)),
        ureq::Error::BodyExceedsLimit(_) => WebError::TooLong(bare(address)),
        other => WebError::Unreachable {
            address: bare(address),
            reason: crate::shown::shown(&other.to_string()),
        },
    }
}

/// Reads every certificate of a file.
fn certificates(pem: &[u8]) -> Result<Vec<Certificate<'static>>, WebError> {
    let mut found = Vec::new();
    for item in parse_pem(pem) {
        if let PemItem::Certificate(certificate) = item.map_err(|_| WebError::UnusableCa)? {
            found.push(certificate);
        }
    }
    if found.is_empty() {
        return Err(WebError::UnusableCa);
    }
    Ok(found)
}

/// An address without credentials and query, which may hold what nobody else should read.
pub fn bare(address: &Url) -> String {
    let place = &address[url::Position::BeforeHost..url::Position::AfterPath];
    format!("{}://{place}", address.scheme())
}

/// Whether an address leads to this machine, whatever the network says.
/// Source: RFC 6761 section 6.3 (names below `localhost`).
pub fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests;

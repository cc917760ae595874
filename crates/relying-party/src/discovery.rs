//! What an issuer says of itself.
//!
//! Source: OpenID Connect Discovery sections 3 and 4; RFC 8414 section 3.3.

use serde::Deserialize;
use url::Url;

use crate::key_set::{KeySet, KeySetError};
use crate::shown::shown;
use crate::web::{Web, WebError, bare};

/// Where the document is, below the issuer.
const DOCUMENT: &str = "/.well-known/openid-configuration";

/// An issuer, and where its documents are fetched.
#[derive(Clone, Debug)]
pub struct Issuer {
    /// What tokens must name, letter for letter.
    pub name: String,
    /// The server that has the documents, where the issuer's own name does not lead there.
    pub endpoint: Option<Url>,
}

/// What an issuer says of itself, as far as it is needed.
#[derive(Clone, Debug, Deserialize)]
pub struct Provider {
    /// Its name.
    pub issuer: String,
    jwks_uri: Option<String>,
    authorization_endpoint: Option<String>,
    token_endpoint: Option<String>,
    userinfo_endpoint: Option<String>,
    revocation_endpoint: Option<String>,
    /// How clients authenticate at the token endpoint.
    #[serde(default)]
    pub token_endpoint_auth_methods_supported: Vec<String>,
    /// Whether its authorization answers name it (RFC 9207).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
    /// Where the document came from; not told by the issuer.
    #[serde(skip)]
    source: Option<Url>,
    #[serde(skip)]
    endpoint: Option<Url>,
}

/// A service of an issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// Where browsers begin.
    Authorization,
    /// Where codes and refresh tokens become tokens.
    Token,
    /// What it tells of a user.
    UserInfo,
    /// Where tokens end.
    Revocation,
    /// Its keys.
    Keys,
}

/// Why an issuer cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DiscoveryError {
    /// The name is no address, or has a query or a fragment.
    #[error(
        "the issuer {0} is no address without query and fragment, like https://cognito-idp.REGION.amazonaws.com/POOL"
    )]
    Name(String),
    /// The exchange failed.
    #[error(transparent)]
    Web(#[from] WebError),
    /// It has no document there.
    #[error(
        "{address} answers {status}: there is no issuer of that name there. Where its documents are on another server, name that with --endpoint"
    )]
    NoDocument {
        /// The address of the document.
        address: String,
        /// The HTTP status.
        status: u16,
    },
    /// The document is not what it should be.
    #[error("the document at {0} is no discovery document")]
    Malformed(String),
    /// The document is another issuer's.
    #[error(
        "the document at {address} is that of {told}, and not of {asked}, which was asked for: give the issuer letter for letter"
    )]
    OtherIssuer {
        /// The address of the document.
        address: String,
        /// Whose it is.
        told: String,
        /// Who was asked for.
        asked: String,
    },
    /// The issuer does not offer the service.
    #[error("the issuer names no {0}")]
    NoEndpoint(&'static str),
    /// The service is named by plain http in a document that came by https.
    #[error("the issuer names {0}, which is plain http")]
    InsecureEndpoint(String),
    /// Its keys are malformed.
    #[error(transparent)]
    Keys(#[from] KeySetError),
}

impl Issuer {
    /// Fetches the document, which must be this issuer's own.
    /// # Errors
    /// [`DiscoveryError`]
    pub fn discover(&self, web: &Web) -> Result<Provider, DiscoveryError> {
        let malformed = || DiscoveryError::Name(shown(&self.name));
        let name = Url::parse(&self.name).map_err(|_| malformed())?;
        if name.query().is_some() || name.fragment().is_some() || !name.has_host() {
            return Err(malformed());
        }
        let document = format!("{}{DOCUMENT}", self.name.trim_end_matches('/'));
        let document = Url::parse(&document).map_err(|_| malformed())?;
        let address = at_endpoint(&document, &self.name, self.endpoint.as_ref());
        let answer = web.get(&address, None)?;
        if answer.status != 200 {
            return Err(DiscoveryError::NoDocument {
                address: bare(&address),
                status: answer.status,
            });
        }
        let provider: Provider = serde_json::from_slice(&answer.body)
            .map_err(|_| DiscoveryError::Malformed(bare(&address)))?;
        if provider.issuer != self.name {
            return Err(DiscoveryError::OtherIssuer {
                address: bare(&address),
                told: shown(&provider.issuer),
                asked: shown(&self.name),
            });
        }
        Ok(Provider {
            source: Some(address),
            endpoint: self.endpoint.clone(),
            ..provider
        })
    }
}

impl Provider {
    /// The address of a service.
    /// # Errors
    /// [`DiscoveryError::NoEndpoint`], [`DiscoveryError::InsecureEndpoint`]
    pub fn address(&self, endpoint: Endpoint) -> Result<Url, DiscoveryError> {
        let (named, member) = match endpoint {
            Endpoint::Authorization => (&self.authorization_endpoint, "authorization_endpoint"),
            Endpoint::Token => (&self.token_endpoint, "token_endpoint"),
            Endpoint::UserInfo => (&self.userinfo_endpoint, "userinfo_endpoint"),
            Endpoint::Revocation => (&self.revocation_endpoint, "revocation_endpoint"),
            Endpoint::Keys => (&self.jwks_uri, "jwks_uri"),
        };
        let named = named.as_ref().and_then(|named| Url::parse(named).ok());
        let named = named.ok_or(DiscoveryError::NoEndpoint(member))?;
        let address = at_endpoint(&named, &self.issuer, self.endpoint.as_ref());
        let is_from_tls = self
            .source
            .as_ref()
            .is_some_and(|url| url.scheme() == "https");
        if is_from_tls && address.scheme() != "https" {
            return Err(DiscoveryError::InsecureEndpoint(bare(&address)));
        }
        Ok(address)
    }

    /// Fetches the keys.
    /// # Errors
    /// [`DiscoveryError`]
    pub fn keys(&self, web: &Web) -> Result<KeySet, DiscoveryError> {
        let address = self.address(Endpoint::Keys)?;
        let answer = web.get(&address, None)?;
        if answer.status != 200 {
            return Err(DiscoveryError::NoDocument {
                address: bare(&address),
                status: answer.status,
            });
        }
        Ok(KeySet::parse(&answer.body)?)
    }
}

/// Leads an address below the issuer's name to the server that stands in for it; others stay.
fn at_endpoint(address: &Url, issuer: &str, endpoint: Option<&Url>) -> Url {
    let Some(endpoint) = endpoint else {
        return address.clone();
    };
    let below = address.as_str().strip_prefix(issuer.trim_end_matches('/'));
    if !below.is_some_and(|rest| rest.starts_with('/')) {
        return address.clone();
    }
    let base = endpoint.as_str().trim_end_matches('/');
    let rest = &address[url::Position::BeforePath..];
    Url::parse(&format!("{base}{rest}")).unwrap_or_else(|_| address.clone())
}

#[cfg(test)]
mod tests;

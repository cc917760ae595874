//! Tokens for a code, a refresh token or a client's secret; and what else is done with tokens.
//!
//! Source: RFC 6749 sections 2.3.1, 4 to 6; RFC 7009; OpenID Connect Core section 5.3.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use poolhouse_model::SecretString;
use serde::Deserialize;
use serde_json::Value;

use crate::authorization::Refusal;
use crate::discovery::{DiscoveryError, Endpoint, Provider};
use crate::shown::shown;
use crate::web::{self, Web, WebError};

const BASIC: &str = "client_secret_basic";
const POST: &str = "client_secret_post";

/// An app client, and how it proves who it is.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its id.
    pub id: String,
    /// Its secret, where it has one.
    pub secret: Option<SecretString>,
    /// How the secret is sent; what the issuer takes where nothing is said.
    pub method: Option<SecretMethod>,
}

/// How a client's secret is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretMethod {
    /// In the `Authorization` header.
    Basic,
    /// In the form.
    Post,
}

/// How tokens are asked for.
#[derive(Clone, Debug)]
pub enum Grant<'a> {
    /// The code of a sign-in.
    Code {
        /// The code.
        code: &'a SecretString,
        /// Where it came back to.
        redirect_uri: &'a str,
        /// The secret that its challenge was made from.
        verifier: Option<&'a SecretString>,
    },
    /// A refresh token.
    Refresh(&'a SecretString),
    /// The client's own secret, for scopes parted by blanks.
    ClientCredentials(Option<&'a str>),
}

/// What the token endpoint gives.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// Opens APIs.
    pub access_token: SecretString,
    /// Tells who signed in.
    pub id_token: Option<SecretString>,
    /// Renews both.
    pub refresh_token: Option<SecretString>,
    /// Seconds that the access token is good for.
    pub expires_in: Option<u64>,
    /// What was granted, where the issuer tells.
    pub scope: Option<String>,
}

/// Why there are no tokens, or nothing was done with one.
#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    /// The issuer does not offer it.
    #[error(transparent)]
    Discovery(#[from] DiscoveryError),
    /// The exchange failed.
    #[error(transparent)]
    Web(#[from] WebError),
    /// The server refuses.
    #[error("{address} refuses: {refusal}")]
    Refused {
        /// Who.
        address: String,
        /// Why.
        refusal: Refusal,
    },
    /// The answer is not of the protocol.
    #[error("{address} answers {status} with something that the protocol does not know")]
    Malformed {
        /// Who.
        address: String,
        /// The HTTP status.
        status: u16,
    },
    /// The tokens are not of the kind that is sent by itself.
    #[error("the tokens are of the type \"{0}\", and only Bearer is known here")]
    TokenType(String),
}

impl Client {
    /// Posts a form as this client.
    fn post<'a>(
        &'a self,
        web: &Web,
        provider: &Provider,
        endpoint: Endpoint,
        mut fields: Vec<(&'a str, &'a str)>,
    ) -> Result<web::Answer, EndpointError> {
        let address = provider.address(endpoint)?;
        let mut authorization = None;
        match (&self.secret, self.method_at(provider)) {
            (Some(secret), SecretMethod::Basic) => {
                authorization = Some(basic(&self.id, secret));
            }
            (Some(secret), SecretMethod::Post) => {
                fields.push(("client_id", &self.id));
                fields.push(("client_secret", secret.expose()));
            }
            (None, _) => fields.push(("client_id", &self.id)),
        }
        let answer = web.post_form(&address, &fields, authorization.as_ref())?;
        if (200..300).contains(&answer.status) {
            return Ok(answer);
        }
        Err(refusal(&answer, &address))
    }

    fn method_at(&self, provider: &Provider) -> SecretMethod {
        let supported = &provider.token_endpoint_auth_methods_supported;
        let takes = |method: &str| supported.iter().any(|known| known == method);
        self.method.unwrap_or(if takes(POST) && !takes(BASIC) {
            SecretMethod::Post
        } else {
            SecretMethod::Basic
        })
    }

    /// Asks for tokens.
    /// # Errors
    /// [`EndpointError`]
    pub fn tokens<'a>(
        &'a self,
        web: &Web,
        provider: &Provider,
        grant: &Grant<'a>,
    ) -> Result<Tokens, EndpointError> {
        let fields = match grant {
            Grant::Code {
                code,
                redirect_uri,
                verifier,
            } => {
                let mut fields = vec![
                    ("grant_type", "authorization_code"),
                    ("code", code.expose()),
                    ("redirect_uri", redirect_uri),
                ];
                fields.extend(verifier.map(|verifier| ("code_verifier", verifier.expose())));
                fields
            }
            Grant::Refresh(token) => {
                vec![
                    ("grant_type", "refresh_token"),
                    ("refresh_token", token.expose()),
                ]
            }
            Grant::ClientCredentials(scope) => {
                let mut fields = vec![("grant_type", "client_credentials")];
                fields.extend(scope.map(|scope| ("scope", scope)));
                fields
            }
        };
        let answer = self.post(web, provider, Endpoint::Token, fields)?;
        let malformed = || EndpointError::Malformed {
            address: provider
                .address(Endpoint::Token)
                .map_or_else(|_| String::new(), |url| web::bare(&url)),
            status: answer.status,
        };
        tokens(&answer.body).ok_or_else(malformed)?
    }

    /// Ends a token, and with a refresh token what came from it.
    /// # Errors
    /// [`EndpointError`]
    pub fn revoke<'a>(
        &'a self,
        web: &Web,
        provider: &Provider,
        token: &'a SecretString,
    ) -> Result<(), EndpointError> {
        let fields = vec![("token", token.expose())];
        self.post(web, provider, Endpoint::Revocation, fields)
            .map(|_| ())
    }
}

/// Asks what the issuer tells of a user.
/// # Errors
/// [`EndpointError`]
pub fn user_info(
    web: &Web,
    provider: &Provider,
    access_token: &SecretString,
) -> Result<Value, EndpointError> {
    let address = provider.address(Endpoint::UserInfo)?;
    let answer = web.get(&address, Some(access_token))?;
    if answer.status != 200 {
        return Err(refusal(&answer, &address));
    }
    let read: Option<Value> = serde_json::from_slice(&answer.body).ok();
    read.filter(Value::is_object)
        .ok_or(EndpointError::Malformed {
            address: web::bare(&address),
            status: answer.status,
        })
}

/// Reads the answer of the token endpoint; `None` for what is none.
fn tokens(json: &[u8]) -> Option<Result<Tokens, EndpointError>> {
    #[derive(Deserialize)]
    struct Document {
        access_token: String,
        token_type: String,
        id_token: Option<String>,
        refresh_token: Option<String>,
        expires_in: Option<u64>,
        scope: Option<String>,
    }
    let read: Document = serde_json::from_slice(json).ok()?;
    if !read.token_type.eq_ignore_ascii_case("bearer") {
        return Some(Err(EndpointError::TokenType(shown(&read.token_type))));
    }
    Some(Ok(Tokens {
        access_token: read.access_token.into(),
        id_token: read.id_token.map(SecretString::from),
        refresh_token: read.refresh_token.map(SecretString::from),
        expires_in: read.expires_in,
        scope: read.scope,
    }))
}

/// The error of the protocol, where the answer is one.
fn refusal(answer: &web::Answer, address: &url::Url) -> EndpointError {
    #[derive(Deserialize)]
    struct Document {
        error: String,
        error_description: Option<String>,
    }
    let address = web::bare(address);
    match serde_json::from_slice::<Document>(&answer.body) {
        Ok(read) => EndpointError::Refused {
            address,
            refusal: Refusal {
                error: shown(&read.error),
                description: read.error_description.as_deref().map(shown),
            },
        },
        Err(_) => EndpointError::Malformed {
            address,
            status: answer.status,
        },
    }
}

/// Both parts are form-encoded before they are joined.
/// Source: RFC 6749 section 2.3.1.
fn basic(id: &str, secret: &SecretString) -> SecretString {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let joined = format!("{}:{}", encode(id), encode(secret.expose()));
    format!("Basic {}", STANDARD.encode(joined)).into()
}

#[cfg(test)]
mod tests;

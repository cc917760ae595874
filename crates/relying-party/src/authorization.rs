//! The beginning of a sign-in, and the answer that comes back for it.
//!
//! Source: RFC 6749 section 4.1, RFC 7636, RFC 9207, OpenID Connect Core section 3.1.2.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolhouse_model::{Rng, RngExt as _, SecretString};
use url::Url;

use crate::discovery::{DiscoveryError, Endpoint, Provider};
use crate::shown::shown;

/// Random bytes of a state, a nonce and a verifier.
const RANDOM_BYTES: usize = 32;

/// What a client asks for.
#[derive(Clone, Copy, Debug)]
pub struct SignInWish<'a> {
    /// The app client.
    pub client_id: &'a str,
    /// Where the answer goes, as it is registered.
    pub redirect_uri: &'a str,
    /// Scopes, parted by blanks.
    pub scope: &'a str,
    /// Further parameters of the address.
    pub more: &'a [(String, String)],
}

/// A sign-in under way.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// What the browser opens.
    pub address: Url,
    /// Where the answer goes.
    pub redirect_uri: String,
    /// What the ID token must hold.
    pub nonce: String,
    /// What the exchange must hold.
    pub verifier: SecretString,
    state: String,
    issuer: String,
    is_issuer_due: bool,
}

/// Why a further parameter is not taken, or the server cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// The issuer has no page.
    #[error(transparent)]
    Discovery(#[from] DiscoveryError),
    /// The parameter is made here.
    #[error("the parameter {0} is made for each sign-in and cannot be given")]
    Reserved(String),
}

/// Why an answer is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// There is neither a code nor an error.
    #[error("the address brings neither a code nor an error back")]
    NoAnswer,
    /// A parameter comes twice.
    #[error("the answer has {0} twice")]
    Twice(&'static str),
    /// It answers another question.
    #[error(
        "state_mismatch: the answer belongs to another sign-in than the one under way, and was not used"
    )]
    StateMismatch,
    /// Another issuer answers.
    #[error("issuer_mismatch: the answer names another issuer ({0}), and was not used")]
    IssuerMismatch(String),
    /// The issuer announced that it names itself, and does not.
    #[error("issuer_mismatch: the answer does not name its issuer (iss), as this one announced")]
    IssuerMissing,
    /// The server, or the user, refuses.
    #[error("the server refuses the sign-in: {0}")]
    Refused(Refusal),
}

/// An error of the protocol; both texts are fit to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The code.
    pub error: String,
    /// What it says to people.
    pub description: Option<String>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.description {
            Some(text) => write!(f, "{} ({text})", self.error),
            None => f.write_str(&self.error),
        }
    }
}

impl SignIn {
    /// Makes state, nonce and verifier, and the address to open.
    /// # Errors
    /// [`BeginError`]
    pub fn begin(
        provider: &Provider,
        wish: &SignInWish<'_>,
        rng: &dyn Rng,
    ) -> Result<Self, BeginError> {
        let random = || URL_SAFE_NO_PAD.encode(rng.bytes::<RANDOM_BYTES>());
        let (state, nonce, verifier) = (random(), random(), random());
        let challenge = challenge(&verifier);
        let own = [
            ("response_type", "code"),
            ("client_id", wish.client_id),
            ("redirect_uri", wish.redirect_uri),
            ("scope", wish.scope),
            ("state", &state),
            ("nonce", &nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        if let Some((name, _)) = wish
            .more
            .iter()
            .find(|(name, _)| own.iter().any(|own| own.0 == name))
        {
            return Err(BeginError::Reserved(shown(name)));
        }
        let mut address = provider.address(Endpoint::Authorization)?;
        address
            .query_pairs_mut()
            .extend_pairs(own)
            .extend_pairs(wish.more);
        Ok(Self {
            address,
            redirect_uri: wish.redirect_uri.to_owned(),
            nonce,
            verifier: verifier.into(),
            state,
            issuer: provider.issuer.clone(),
            is_issuer_due: provider.authorization_response_iss_parameter_supported,
        })
    }

    /// Takes the code out of an answer.
    /// # Errors
    /// [`AnswerError`]
    pub fn code(&self, answer: &Answer) -> Result<SecretString, AnswerError> {
        if !answer.has_code_or_error() {
            return Err(AnswerError::NoAnswer);
        }
        if answer.only("state")? != Some(&self.state) {
            return Err(AnswerError::StateMismatch);
        }
        match answer.only("iss")? {
            Some(iss) if iss != self.issuer => return Err(AnswerError::IssuerMismatch(shown(iss))),
            None if self.is_issuer_due => return Err(AnswerError::IssuerMissing),
            _ => {}
        }
        answer.outcome()
    }
}

/// The parameters of an address that came back.
#[derive(Clone)]
pub struct Answer(Vec<(String, String)>);

impl Answer {
    /// Reads the query of an answer.
    pub fn of_query(query: &str) -> Self {
        Self(
            form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    /// The code or the refusal, whatever question it answers.
    /// # Errors
    /// [`AnswerError::NoAnswer`], [`AnswerError::Twice`], [`AnswerError::Refused`]
    pub fn outcome(&self) -> Result<SecretString, AnswerError> {
        if let Some(error) = self.only("error")? {
            let description = self.only("error_description")?.map(shown);
            let error = shown(error);
            return Err(AnswerError::Refused(Refusal { error, description }));
        }
        let code = self.only("code")?.filter(|code| !code.is_empty());
        code.map(SecretString::from).ok_or(AnswerError::NoAnswer)
    }

    fn has_code_or_error(&self) -> bool {
        self.0
            .iter()
            .any(|(name, _)| name == "code" || name == "error")
    }

    fn only(&self, name: &'static str) -> Result<Option<&str>, AnswerError> {
        let mut values = self.0.iter().filter(|(known, _)| known == name);
        let first = values.next();
        if values.next().is_some() {
            return Err(AnswerError::Twice(name));
        }
        Ok(first.map(|(_, value)| value.as_str()))
    }
}

/// The `S256` challenge of a verifier.
/// Source: RFC 7636 section 4.2.
fn challenge(verifier: &str) -> String {
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, verifier.as_bytes());
    URL_SAFE_NO_PAD.encode(hash)
}

#[cfg(test)]
mod tests;

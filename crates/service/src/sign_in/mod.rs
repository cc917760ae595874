//! Signing in by the API: flows, challenges and their answers.

mod challenge;
mod initiate;
mod mfa_setup;
mod new_password;
mod password;
mod respond;
mod secret_hash;
mod software_token;
mod srp;
mod user_state;

pub(crate) use challenge::{
    ChallengeContent, ChallengeStep, MAX_CHALLENGE_TRIES, challenge_conflict,
};
pub use initiate::{AuthFlow, InitiateAuth};
pub(crate) use mfa_setup::SetupStep;
pub(crate) use new_password::FilledUser;
pub use new_password::NewPassword;
pub(crate) use password::ProvenUser;
pub use respond::{ChallengeAnswer, ChallengeName};
pub(crate) use user_state::check_user_state;

use std::collections::BTreeMap;
use std::sync::Arc;

use poolhouse_model::{AppClient, SecretString, UserPool};

use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::tokens::IssuedTokens;

/// Longest name that can be typed, in characters: an alias can be as long as an attribute.
pub(crate) const MAX_TYPED_NAME: usize = 2048;

/// Parameters of a flow or answers to a challenge, by their API keys.
#[derive(Clone, Debug, Default)]
pub struct AuthParameters(pub BTreeMap<String, SecretString>);

impl AuthParameters {
    /// A parameter's value.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(SecretString::expose)
    }

    /// The name that was typed.
    /// # Errors
    /// [`ServiceError::ParameterMissing`], and [`ServiceError::InvalidInput`] for a text that is
    /// longer than any name: it is sealed and sent back in an SRP exchange.
    pub(super) fn username(&self) -> Result<&str, ServiceError> {
        let typed = self.get("USERNAME")?;
        if typed.chars().count() > MAX_TYPED_NAME {
            return Err(ServiceError::InvalidInput(
                "USERNAME is too long.".to_owned(),
            ));
        }
        Ok(typed)
    }

    /// A parameter that must be there.
    /// # Errors
    /// [`ServiceError::ParameterMissing`], also for an empty value.
    pub fn get(&self, name: &'static str) -> Result<&str, ServiceError> {
        self.find(name)
            .filter(|value| !value.is_empty())
            .ok_or(ServiceError::ParameterMissing(name))
    }
}

/// What came of a step of a sign-in.
#[derive(Clone, Debug)]
pub enum SignInOutcome {
    /// The user is signed in.
    Tokens(IssuedTokens),
    /// Something more must be proven.
    Challenge(Challenge),
}

/// What must be proven next.
#[derive(Clone, Debug)]
pub struct Challenge {
    /// Which proof.
    pub name: ChallengeName,
    /// What the answer must carry back; none for the password verifier of SRP.
    pub challenge_session: Option<SecretString>,
    /// What the client needs for the proof, by API key.
    pub parameters: BTreeMap<&'static str, String>,
}

/// Who asks, and with what rights: the same for every step of a sign-in.
pub(crate) struct Caller {
    pub(crate) pool: Arc<UserPool>,
    pub(crate) client: Arc<AppClient>,
    pub(crate) keys: Arc<PoolKeyring>,
    pub(crate) is_admin: bool,
}

impl Caller {
    /// Whether answers hide that a user does not exist.
    pub(crate) fn hides_user_existence(&self) -> bool {
        self.client.settings.hides_user_existence()
    }
}

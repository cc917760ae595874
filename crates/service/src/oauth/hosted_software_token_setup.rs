//! Setting an authenticator app up on the way through a sign-in on the pages.
//!
//! The seed is drawn when the step begins and travels sealed in its challenge: the page shows the
//! same one however often it is loaded, another browser has another, and what the API began to set
//! up stays as it is. It is stored once its first code is right.

use poolhouse_model::{ContactAttribute, SecretString, User, UserPool};

use super::authorize::Authorization;
use super::sign_in::HostedSignIn;
use crate::error::ServiceError;
use crate::mfa::{NewSoftwareToken, open_pending_seed, otpauth_uri};
use crate::service::Service;
use crate::sign_in::{Caller, ChallengeContent, ChallengeStep};
use crate::unserved_settings::check_sign_in_settings;

/// An authenticator app that waits for its first code.
#[derive(Debug)]
pub struct HostedSetup {
    /// The seed in base32: it is told by this step and never again.
    pub secret_code: SecretString,
    /// The address that an authenticator app reads from a QR code.
    pub uri: SecretString,
}

impl Service {
    /// What the page shows of an authenticator app that waits for its first code. Nothing is
    /// counted or changed.
    /// # Errors
    /// Those of challenges, for one that is spent or has no tries left too.
    pub async fn hosted_setup(
        &self,
        authorization: &Authorization,
        challenge_session: &str,
    ) -> Result<HostedSetup, ServiceError> {
        let caller = self.hosted_caller(authorization).await?;
        let challenge = self.open_challenge(&caller, challenge_session, is_setup)?;
        self.check_challenge_open(&caller, &challenge).await?;
        let user = self.user_without_factor(&caller, &challenge).await?;
        let seed = open_pending_seed(&caller.keys, &user.sub, &challenge.sealed_seed()?)?;
        let account = account_name(&caller.pool, &user);
        Ok(HostedSetup {
            secret_code: seed.to_base32(),
            uri: otpauth_uri(&caller.client.name, account, &seed),
        })
    }

    /// Takes the first code of a new authenticator app on the page, sets the app up and grants what
    /// the application asked for. A wrong one leaves the challenge, and the seed, for another try,
    /// five in all.
    /// # Errors
    /// Those of challenges; [`ServiceError::SoftwareTokenSetUpFailed`],
    /// [`ServiceError::SoftwareTokenNotEnabled`].
    pub async fn hosted_finish_setup(
        &self,
        authorization: &Authorization,
        challenge_session: &str,
        code: &SecretString,
        previous_cookie: Option<&str>,
    ) -> Result<HostedSignIn, ServiceError> {
        check_sign_in_settings(&authorization.pool)?;
        let caller = self.hosted_caller(authorization).await?;
        let challenge = self
            .take_challenge(&caller, challenge_session, is_setup)
            .await?;
        let user = self.user_without_factor(&caller, &challenge).await?;
        let seed = open_pending_seed(&caller.keys, &user.sub, &challenge.sealed_seed()?)?;
        let token = NewSoftwareToken {
            seed: &seed,
            code,
            device_name: None,
        };
        let (signed_in, mut writes) = self
            .make_welcome(authorization, &user, previous_cookie)
            .await?;
        writes.push(self.spend_challenge(&caller, &challenge.id));
        self.set_first_software_token(&caller, &user, &token, writes)
            .await?;
        Ok(signed_in)
    }

    /// The user of a challenge, who has no authenticator app yet.
    async fn user_without_factor(
        &self,
        caller: &Caller,
        challenge: &ChallengeContent,
    ) -> Result<User, ServiceError> {
        let user = self.challenged_user(caller, challenge).await?;
        match self.mfa_of(&user).await?.software_token {
            Some(_) => Err(ServiceError::ChallengeSessionInvalid),
            None => Ok(user),
        }
    }
}

fn is_setup(step: ChallengeStep) -> bool {
    step == ChallengeStep::HostedSoftwareTokenSetup
}

/// What the app calls the account: what its owner signs in with.
/// Inferred: the service's pages name the user.
fn account_name<'a>(pool: &UserPool, user: &'a User) -> &'a str {
    let names = [ContactAttribute::Email, ContactAttribute::PhoneNumber];
    let mut names = names.into_iter().filter(|contact| {
        let settings = &pool.settings;
        settings.username_attributes.contains(contact)
    });
    names
        .find_map(|contact| user.attribute(contact.name()))
        .unwrap_or(user.username.as_str())
}

//! Confirming a sign-up on the page.

use poolhouse_model::{SecretString, User, UserPool, UserStatus};

use super::authorize::Authorization;
use super::sign_in::HostedStep;
use crate::error::ServiceError;
use crate::messages::{CodeDelivery, attribute_to_verify, channel_of, is_confirmed_by_link, mask};
use crate::service::Service;
use crate::sign_in::{Caller, ChallengeContent, ChallengeStep, ProvenUser};
use crate::sign_up::ConfirmSignUp;
use crate::unserved_settings::check_sign_up_settings;

/// A confirmation that a browser carries: its user's password was proven there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostedConfirmation {
    /// A code is waited for.
    Awaited {
        /// Where it went.
        delivery: CodeDelivery,
        /// Whether what went there is a link, and no code.
        is_link: bool,
    },
    /// The user is confirmed already.
    Over,
}

/// What came of a code on the page.
#[derive(Debug)]
pub enum ConfirmedOnThePage {
    /// The sign-in goes on: the password was proven in this browser.
    GoesOn(HostedStep),
    /// The user is confirmed, and signs in next.
    SignInNext,
}

/// An opened confirmation, and its user as of now.
struct Pending {
    challenge: ChallengeContent,
    user: User,
}

impl Service {
    /// Reads the confirmation that a browser carries; `None` for what is none, for one that ended,
    /// and for one whose user is gone, disabled or has another password now.
    /// # Errors
    /// Those of the store.
    pub async fn find_hosted_confirmation(
        &self,
        authorization: &Authorization,
        challenge_session: Option<&str>,
    ) -> Result<Option<HostedConfirmation>, ServiceError> {
        let caller = self.hosted_caller(authorization).await?;
        let pending = self
            .pending_confirmation(&caller, challenge_session)
            .await?;
        Ok(pending.and_then(|pending| describe(&caller.pool, &pending.user)))
    }

    /// Takes the code of a sign-up. A browser that proved the password goes on with the sign-in;
    /// any other confirms the user of the typed name, and the password is asked for next.
    ///
    /// A code that comes again after it was right is no error in the browser it was right in.
    /// # Errors
    /// As [`Service::confirm_sign_up`].
    pub async fn hosted_confirm_sign_up(
        &self,
        authorization: &Authorization,
        challenge_session: Option<&str>,
        (typed, code): (&str, SecretString),
        previous_cookie: Option<&str>,
    ) -> Result<ConfirmedOnThePage, ServiceError> {
        let caller = self.hosted_caller(authorization).await?;
        let pending = self
            .pending_confirmation(&caller, challenge_session)
            .await?;
        let username = match &pending {
            Some(pending) if pending.user.status != UserStatus::Unconfirmed => {
                return Ok(ConfirmedOnThePage::SignInNext);
            }
            Some(pending) => pending.user.username.as_str(),
            None => typed,
        };
        let request = ConfirmSignUp {
            client_id: caller.client.id.clone(),
            secret_hash: None,
            username: username.to_owned(),
            code,
            forces_alias_creation: false,
        };
        let Some(Pending { challenge, user }) = pending else {
            self.confirm_sign_up_by(&caller, &request).await?;
            return Ok(ConfirmedOnThePage::SignInNext);
        };
        check_sign_up_settings(&caller.pool)?;
        let Caller {
            pool, client, keys, ..
        } = &caller;
        self.confirm_by_code(pool, client, keys, Some(user), &request)
            .await?;
        let user = self.find_user_by_sub(&pool.id, &challenge.sub).await?;
        let proven = ProvenUser {
            user: user.ok_or(ServiceError::UserNotFound)?,
            writes: vec![self.spend_challenge(&caller, &challenge.id)],
        };
        match self
            .go_on_on_the_page(authorization, &caller, proven, previous_cookie)
            .await
        {
            Ok(step) => Ok(ConfirmedOnThePage::GoesOn(step)),
            // The sign-in page says why, if it is still so.
            Err(
                ServiceError::FeatureNotServed(_)
                | ServiceError::ChallengeSessionUsed
                | ServiceError::WrongUsernameOrPassword,
            ) => Ok(ConfirmedOnThePage::SignInNext),
            Err(error) => Err(error),
        }
    }

    /// Sends another code: to the user whose confirmation the browser carries, else to that of the
    /// typed name.
    /// # Errors
    /// As [`Service::resend_confirmation_code`].
    pub async fn hosted_resend_confirmation_code(
        &self,
        authorization: &Authorization,
        challenge_session: Option<&str>,
        typed: &str,
    ) -> Result<CodeDelivery, ServiceError> {
        let caller = self.hosted_caller(authorization).await?;
        let pending = self
            .pending_confirmation(&caller, challenge_session)
            .await?;
        let username = match &pending {
            Some(pending) => pending.user.username.as_str(),
            None => typed,
        };
        self.resend_confirmation_code_by(&caller, username).await
    }

    async fn pending_confirmation(
        &self,
        caller: &Caller,
        challenge_session: Option<&str>,
    ) -> Result<Option<Pending>, ServiceError> {
        let is_confirmation = |step| step == ChallengeStep::HostedConfirmation;
        let opened =
            challenge_session.map(|text| self.open_challenge(caller, text, is_confirmation));
        let Some(Ok(challenge)) = opened else {
            return Ok(None);
        };
        let user = self
            .find_user_by_sub(&caller.pool.id, &challenge.sub)
            .await?;
        let user = user
            .filter(|user| user.is_enabled && user.token_generation == challenge.token_generation);
        Ok(user.map(|user| Pending { challenge, user }))
    }
}

/// Says where the code of a user went; `None` where none is sent.
fn describe(pool: &UserPool, user: &User) -> Option<HostedConfirmation> {
    if user.status != UserStatus::Unconfirmed {
        return Some(HostedConfirmation::Over);
    }
    let attribute = attribute_to_verify(pool, user)?;
    let destination = user.attribute(attribute.name())?;
    Some(HostedConfirmation::Awaited {
        delivery: CodeDelivery {
            destination: mask(attribute, destination),
            channel: channel_of(attribute),
            attribute,
        },
        is_link: is_confirmed_by_link(pool, attribute),
    })
}

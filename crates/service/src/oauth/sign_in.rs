//! Signing in on the page.

use poolhouse_model::{SecretString, Timestamp, Ttl, User, UserStatus};
use poolhouse_storage::Write;

use super::authorize::Authorization;
use super::browser_sessions::end_session_write;
use crate::error::ServiceError;
use crate::messages::attribute_to_verify;
use crate::mfa::DueFactor;
use crate::service::Service;
use crate::sign_in::{
    Caller, ChallengeStep, MAX_TYPED_NAME, ProvenUser, challenge_conflict, check_user_state,
};
use crate::unserved_settings::check_sign_in_settings;

/// The states that a password is taken in on the page: it confirms sign-ups too.
fn check_state_on_the_page(user: &User, now: Timestamp) -> Result<(), ServiceError> {
    match check_user_state(user, now) {
        Err(ServiceError::UserNotConfirmed) => Ok(()),
        checked => checked,
    }
}

/// What came of a password on the page.
#[derive(Debug)]
pub enum HostedStep {
    /// The user is signed in.
    SignedIn(HostedSignIn),
    /// A new password in place of a temporary one is asked for next.
    NewPassword(HostedPendingStep),
    /// A code of the user's authenticator app is asked for next.
    SecondFactor(HostedPendingStep),
    /// An authenticator app must be set up next.
    SetUp(HostedPendingStep),
    /// The code that confirms the sign-up is asked for next.
    Confirmation(HostedPendingStep),
}

impl HostedStep {
    /// The sign-in, if nothing more is asked for.
    pub fn signed_in(self) -> Option<HostedSignIn> {
        match self {
            Self::SignedIn(signed_in) => Some(signed_in),
            _ => None,
        }
    }
}

/// A sign-in on the pages that waits for its next step.
#[derive(Debug)]
pub struct HostedPendingStep {
    /// What the browser must carry back with that step.
    pub challenge_session: SecretString,
    /// How long it works.
    pub ttl: Ttl,
}

/// A sign-in on the page that succeeded.
#[derive(Debug)]
pub struct HostedSignIn {
    /// Where the browser goes: back to the application.
    pub location: String,
    /// The value of the cookie that keeps the browser signed in.
    pub cookie: SecretString,
}

impl Service {
    /// Takes name and password on the page: grants what the application asked for, or asks for
    /// the second factor.
    ///
    /// `previous_cookie` is the session cookie that the browser sent, if any: that session ends
    /// with the sign-in.
    /// # Errors
    /// The facts of lockout, wrong proof and user state;
    /// [`ServiceError::FeatureNotServed`] for a step that has no page yet.
    pub async fn hosted_sign_in(
        &self,
        authorization: &Authorization,
        username: &str,
        password: &SecretString,
        previous_cookie: Option<&str>,
    ) -> Result<HostedStep, ServiceError> {
        check_sign_in_settings(&authorization.pool)?;
        if username.chars().count() > MAX_TYPED_NAME {
            return Err(ServiceError::WrongUsernameOrPassword);
        }
        let caller = self.hosted_caller(authorization).await?;
        let proven = self
            .prove_password_in(&caller, username, password, check_state_on_the_page)
            .await?;
        self.go_on_on_the_page(authorization, &caller, proven, previous_cookie)
            .await
    }

    /// What follows a right password: the next step that is due, or the way back to the
    /// application.
    /// # Errors
    /// [`ServiceError::UserNotConfirmed`] where nothing is sent that could confirm the user, and
    /// [`ServiceError::FeatureNotServed`].
    pub(super) async fn go_on_on_the_page(
        &self,
        authorization: &Authorization,
        caller: &Caller,
        proven: ProvenUser,
        previous_cookie: Option<&str>,
    ) -> Result<HostedStep, ServiceError> {
        let ProvenUser { user, mut writes } = proven;
        let step = match self.due_on_the_page(caller, &user).await {
            Err(refused @ (ServiceError::FeatureNotServed(_) | ServiceError::UserNotConfirmed)) => {
                // The password was right: the attempt is given back.
                self.write(writes).await?;
                return Err(refused);
            }
            due => due?,
        };
        let visit = (authorization, previous_cookie);
        let (step, more) = self.take_step(visit, caller, &user, step).await?;
        writes.extend(more);
        self.write(writes).await.map_err(challenge_conflict)?;
        Ok(step)
    }

    /// Asks for the step that is due, or signs the user in; gives the writes that make it good and
    /// that nobody has run yet.
    pub(super) async fn take_step(
        &self,
        (authorization, previous_cookie): (&Authorization, Option<&str>),
        caller: &Caller,
        user: &User,
        step: Option<ChallengeStep>,
    ) -> Result<(HostedStep, Vec<Write>), ServiceError> {
        let Some(step) = step else {
            let (signed_in, writes) = self
                .make_welcome(authorization, user, previous_cookie)
                .await?;
            return Ok((HostedStep::SignedIn(signed_in), writes));
        };
        let seed = (step == ChallengeStep::HostedSoftwareTokenSetup)
            .then(|| self.draw_pending_seed(&caller.keys, &user.sub).1);
        let (challenge_session, row) =
            self.make_challenge_with(caller, user, step, seed.as_ref())?;
        let pending = HostedPendingStep {
            challenge_session,
            ttl: step.ttl(&caller.client),
        };
        let step = match step {
            ChallengeStep::HostedConfirmation => HostedStep::Confirmation(pending),
            ChallengeStep::HostedNewPassword => HostedStep::NewPassword(pending),
            ChallengeStep::HostedSoftwareTokenSetup => HostedStep::SetUp(pending),
            ChallengeStep::HostedSoftwareToken => HostedStep::SecondFactor(pending),
            ChallengeStep::NewPassword
            | ChallengeStep::SoftwareToken
            | ChallengeStep::MfaSetup
            | ChallengeStep::MfaSetupAssociated
            | ChallengeStep::MfaSetupVerified { .. } => {
                return Err(ServiceError::Internal(format!("{step:?} has no page")));
            }
        };
        Ok((step, vec![row]))
    }

    /// Takes the code of an authenticator app on the page and grants what the application asked
    /// for. A wrong one leaves the challenge for another try, five in all.
    /// # Errors
    /// Those of challenges, and [`ServiceError::SoftwareTokenNotSetUp`],
    /// [`ServiceError::SoftwareTokenCodeMismatch`], [`ServiceError::SoftwareTokenCodeUsed`],
    /// [`ServiceError::SecondFactorAttemptsExceeded`].
    pub async fn hosted_software_token(
        &self,
        authorization: &Authorization,
        challenge_session: &str,
        code: &SecretString,
        previous_cookie: Option<&str>,
    ) -> Result<HostedSignIn, ServiceError> {
        check_sign_in_settings(&authorization.pool)?;
        let caller = self.hosted_caller(authorization).await?;
        let (challenge, user) = self
            .take_hosted_challenge(&caller, challenge_session)
            .await?;
        let mut writes = self
            .prove_software_token(&caller.pool, &caller.keys, &user, code)
            .await?;
        writes.push(self.spend_challenge(&caller, &challenge));
        let (signed_in, more) = self
            .make_welcome(authorization, &user, previous_cookie)
            .await?;
        writes.extend(more);
        self.write(writes).await.map_err(challenge_conflict)?;
        Ok(signed_in)
    }

    /// Whether a browser carries a sign-in on the page that waits for its second factor.
    /// # Errors
    /// Those of the store.
    pub async fn awaits_hosted_software_token(
        &self,
        authorization: &Authorization,
        challenge_session: &str,
    ) -> Result<bool, ServiceError> {
        let caller = self.hosted_caller(authorization).await?;
        Ok(self.is_hosted_challenge(&caller, challenge_session))
    }

    pub(super) async fn hosted_caller(
        &self,
        authorization: &Authorization,
    ) -> Result<Caller, ServiceError> {
        Ok(Caller {
            pool: authorization.pool.clone(),
            client: authorization.client.clone(),
            keys: self.keyring(&authorization.pool.id).await?,
            is_admin: false,
        })
    }

    /// Finds the step that is due, and refuses what has no page yet.
    pub(super) async fn due_on_the_page(
        &self,
        caller: &Caller,
        user: &User,
    ) -> Result<Option<ChallengeStep>, ServiceError> {
        if user.status == UserStatus::Unconfirmed {
            return match attribute_to_verify(&caller.pool, user) {
                Some(_) => Ok(Some(ChallengeStep::HostedConfirmation)),
                None => Err(ServiceError::UserNotConfirmed),
            };
        }
        if user.status == UserStatus::ForceChangePassword {
            return Ok(Some(ChallengeStep::HostedNewPassword));
        }
        match self.due_factor(&caller.pool, user).await? {
            DueFactor::Nothing => Ok(None),
            DueFactor::SetUp => Ok(Some(ChallengeStep::HostedSoftwareTokenSetup)),
            DueFactor::SoftwareToken(_) => Ok(Some(ChallengeStep::HostedSoftwareToken)),
        }
    }

    /// Grants what the application asked for and keeps the browser signed in; gives the writes
    /// that make it good.
    pub(super) async fn make_welcome(
        &self,
        authorization: &Authorization,
        user: &User,
        previous_cookie: Option<&str>,
    ) -> Result<(HostedSignIn, Vec<Write>), ServiceError> {
        let now = self.now();
        let (location, mut writes) = self.grant(authorization, user, now).await?;
        let (cookie, session) = self.make_browser_session(user, now);
        writes.push(session);
        let pool_id = &authorization.pool.id;
        writes.extend(previous_cookie.map(|cookie| end_session_write(pool_id, cookie)));
        Ok((HostedSignIn { location, cookie }, writes))
    }
}

//! A new password in place of a temporary one, on the page.

use poolhouse_model::AttributeSchema;
use poolhouse_storage::{Conflict, StorageError};

use super::authorize::Authorization;
use super::sign_in::HostedStep;
use crate::error::ServiceError;
use crate::service::{MAX_WRITE_ATTEMPTS, Service};
use crate::sign_in::{
    Caller, ChallengeContent, ChallengeStep, FilledUser, MAX_CHALLENGE_TRIES, NewPassword,
};
use crate::unserved_settings::check_sign_in_settings;

impl Service {
    /// The attributes that the page asks for beside the password: those that the pool requires and
    /// the user lacks. Nothing is counted or changed.
    /// # Errors
    /// Those of challenges, for one that is spent or has no tries left too.
    pub async fn hosted_missing_attributes(
        &self,
        authorization: &Authorization,
        challenge_session: &str,
    ) -> Result<Vec<AttributeSchema>, ServiceError> {
        let caller = self.hosted_caller(authorization).await?;
        let challenge = self.open_challenge(&caller, challenge_session, is_new_password)?;
        self.check_challenge_open(&caller, &challenge).await?;
        let user = self.challenged_user(&caller, &challenge).await?;
        let schema = caller.pool.settings.schema.iter();
        let missing = schema.filter(|attribute| {
            let is_there = user.attributes.contains_key(&attribute.name);
            attribute.is_required && attribute.name != "sub" && !is_there
        });
        Ok(missing.cloned().collect())
    }

    /// Takes a new password on the page, with the attributes still required: grants what the
    /// application asked for, or asks for what is due next. What breaks a rule leaves the challenge
    /// as it was.
    /// # Errors
    /// Those of challenges; [`ServiceError::PasswordPolicyViolated`],
    /// [`ServiceError::PasswordReused`], [`ServiceError::RequiredAttributesMissing`] and the facts
    /// of attributes; [`ServiceError::FeatureNotServed`] for a step that has no page yet.
    pub async fn hosted_new_password(
        &self,
        authorization: &Authorization,
        challenge_session: &str,
        new: &NewPassword,
        previous_cookie: Option<&str>,
    ) -> Result<HostedStep, ServiceError> {
        check_sign_in_settings(&authorization.pool)?;
        let caller = self.hosted_caller(authorization).await?;
        let challenge = self.open_challenge(&caller, challenge_session, is_new_password)?;
        self.check_chosen_password(&caller.pool, &new.password)
            .map_err(ServiceError::PasswordPolicyViolated)?;
        for attempt in 0..MAX_WRITE_ATTEMPTS {
            let user = self.challenged_user(&caller, &challenge).await?;
            let filled = self.fill_attributes(&caller, user, new).await?;
            if attempt == 0 {
                // Only what costs a hash is counted: nothing here can be guessed.
                self.count_challenge_try(&caller, &challenge.id, MAX_CHALLENGE_TRIES)
                    .await?;
            }
            let visit = (authorization, previous_cookie);
            match self
                .set_hosted_password(visit, &caller, &challenge, filled, new)
                .await
            {
                // The user changed between reading and writing.
                Err(ServiceError::Storage(StorageError::Conflict(Conflict::Stale))) => {}
                outcome => return outcome,
            }
        }
        Err(ServiceError::Busy)
    }

    async fn set_hosted_password(
        &self,
        visit: (&Authorization, Option<&str>),
        caller: &Caller,
        challenge: &ChallengeContent,
        filled: FilledUser,
        new: &NewPassword,
    ) -> Result<HostedStep, ServiceError> {
        let (proven, names) = self
            .put_new_password(caller, challenge, filled, &new.password)
            .await?;
        let (user, mut writes) = (proven.user, proven.writes);
        let due = self.due_on_the_page(caller, &user).await?;
        let (step, more) = self.take_step(visit, caller, &user, due).await?;
        writes.extend(more);
        match self.write(writes).await {
            Ok(()) => Ok(step),
            Err(error) => Err(self
                .new_password_conflict(caller, error, &user.sub, &names)
                .await),
        }
    }
}

fn is_new_password(step: ChallengeStep) -> bool {
    step == ChallengeStep::HostedNewPassword
}

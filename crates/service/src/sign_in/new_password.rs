//! The answer to `NEW_PASSWORD_REQUIRED`.

use poolhouse_model::{SecretString, User, UserStatus};
use poolhouse_storage::{Conflict, StorageError, Write};

use super::challenge::{ChallengeStep, challenge_conflict};
use super::password::ProvenUser;
use super::respond::{ChallengeAnswer, missing_required_attributes};
use super::user_state::check_user_state;
use super::{AuthParameters, Caller, SignInOutcome};
use crate::attribute_rules::check_attribute;
use crate::error::ServiceError;
use crate::service::Service;
use crate::sign_in_names::names_of;

impl Service {
    /// Takes a new password in place of a temporary one, with the attributes still required.
    /// # Errors
    /// Besides those of challenges: [`ServiceError::PasswordPolicyViolated`],
    /// [`ServiceError::RequiredAttributesMissing`], [`ServiceError::AttributeAlreadySet`].
    pub(super) async fn take_new_password(
        &self,
        caller: &Caller,
        answer: &ChallengeAnswer,
    ) -> Result<SignInOutcome, ServiceError> {
        let responses = &answer.responses;
        let typed = responses.get("USERNAME")?;
        let password = SecretString::from(responses.get("NEW_PASSWORD")?);
        let secret_hash = responses.find("SECRET_HASH");
        self.check_secret_hash(&caller.keys, &caller.client, typed, secret_hash)?;
        let text = answer.challenge_session.as_ref();
        let text = text.ok_or(ServiceError::ParameterMissing("Session"))?;
        let step = ChallengeStep::NewPassword;
        let challenge = self.take_challenge(caller, text.expose(), step).await?;

        let user = self
            .find_user_by_sub(&caller.pool.id, &challenge.sub)
            .await?;
        let mut user = user.ok_or(ServiceError::ChallengeSessionInvalid)?;
        check_user_state(&user, self.now())?;
        let is_theirs = self
            .find_user(&caller.pool, typed, crate::sign_in_names::LookupBy::SignIn)
            .await?
            .is_some_and(|found| found.sub == user.sub);
        if !is_theirs || user.status != UserStatus::ForceChangePassword {
            return Err(ServiceError::ChallengeSessionInvalid);
        }
        let policy = &caller.pool.settings.password_policy;
        policy
            .check(password.expose())
            .map_err(ServiceError::PasswordPolicyViolated)?;
        apply_attributes(caller, &mut user, responses)?;

        let before = names_of(&caller.pool.settings, &user);
        user.password = Some(
            self.make_password(&caller.keys, &user, &password, None)
                .await?,
        );
        user.status = UserStatus::Confirmed;
        user.version += 1;
        user.updated_at = self.now();
        let mut writes = vec![
            self.spend_challenge(caller, &challenge.id),
            Write::UpdateUser(Box::new(user.clone())),
        ];
        writes.extend(before.into_iter().map(|name| Write::AddSignInName {
            pool_id: caller.pool.id.clone(),
            sub: user.sub.clone(),
            name,
        }));
        self.finish_new_password(caller, ProvenUser { user, writes })
            .await
    }

    async fn finish_new_password(
        &self,
        caller: &Caller,
        proven: ProvenUser,
    ) -> Result<SignInOutcome, ServiceError> {
        match self.finish_sign_in(caller, proven).await {
            Err(ServiceError::Storage(StorageError::Conflict(Conflict::AliasTaken))) => {
                Err(ServiceError::AliasExists { attribute: "email" })
            }
            Err(ServiceError::Storage(error)) => Err(challenge_conflict(error)),
            outcome => outcome,
        }
    }
}

fn apply_attributes(
    caller: &Caller,
    user: &mut User,
    responses: &AuthParameters,
) -> Result<(), ServiceError> {
    const PREFIX: &str = "userAttributes.";
    for (key, value) in &responses.0 {
        let Some(name) = key.strip_prefix(PREFIX) else {
            continue;
        };
        if user
            .attribute(name)
            .is_some_and(|current| current != value.expose())
        {
            return Err(ServiceError::AttributeAlreadySet(name.to_owned()));
        }
        if user.attribute(name).is_some() {
            continue;
        }
        if !caller.is_admin && !caller.client.settings.may_write(name) {
            return Err(ServiceError::AttributeNotWritable);
        }
        check_attribute(&caller.pool.settings, name, value.expose())?;
        user.attributes
            .insert(name.to_owned(), value.expose().to_owned());
    }
    let missing = missing_required_attributes(caller, user);
    if missing.is_empty() {
        return Ok(());
    }
    Err(ServiceError::RequiredAttributesMissing(
        missing.into_iter().map(str::to_owned).collect(),
    ))
}

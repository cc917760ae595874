//! The answer to `NEW_PASSWORD_REQUIRED`.

use poolhouse_model::{SecretString, SignInName, User, UserStatus};
use poolhouse_storage::{Conflict, StorageError, Write};

use super::challenge::{ChallengeContent, ChallengeStep};
use super::password::ProvenUser;
use super::respond::ChallengeAnswer;
use super::{AuthParameters, Caller, SignInOutcome};
use crate::attribute_rules::{
    AttributeWriter, check_attribute, missing_required_attributes, set_attribute,
};
use crate::error::ServiceError;
use crate::service::{MAX_WRITE_ATTEMPTS, Service};
use crate::sign_in_names::names_of;

/// Prefix of an attribute among the answers.
pub(super) const ATTRIBUTE_PREFIX: &str = "userAttributes.";

impl Service {
    /// Takes a new password in place of a temporary one, with the attributes still required.
    /// # Errors
    /// Besides those of challenges: [`ServiceError::PasswordPolicyViolated`],
    /// [`ServiceError::RequiredAttributesMissing`], [`ServiceError::AttributeAlreadySet`],
    /// [`ServiceError::PasswordReused`].
    pub(super) async fn take_new_password(
        &self,
        caller: &Caller,
        answer: &ChallengeAnswer,
    ) -> Result<SignInOutcome, ServiceError> {
        let responses = &answer.responses;
        let typed = responses.username()?;
        let password = SecretString::from(responses.get("NEW_PASSWORD")?);
        let secret_hash = responses.find("SECRET_HASH");
        caller
            .keys
            .check_secret_hash(&caller.client, typed, secret_hash)?;
        let text = answer.challenge_session()?;
        let challenge = self
            .take_challenge(caller, text, |step| step == ChallengeStep::NewPassword)
            .await?;
        self.check_chosen_password(&caller.pool, &password)
            .map_err(ServiceError::PasswordPolicyViolated)?;
        for _ in 0..MAX_WRITE_ATTEMPTS {
            let user = self.challenged_user(caller, &challenge).await?;
            self.check_answerer(caller, &user, typed).await?;
            if user.status != UserStatus::ForceChangePassword {
                return Err(ServiceError::ChallengeSessionInvalid);
            }
            let finished = self
                .set_new_password(caller, &challenge, user, &password, responses)
                .await;
            match finished {
                // The user changed between reading and writing.
                Err(ServiceError::Storage(StorageError::Conflict(Conflict::Stale))) => {}
                outcome => return outcome,
            }
        }
        Err(ServiceError::Busy)
    }

    async fn set_new_password(
        &self,
        caller: &Caller,
        challenge: &ChallengeContent,
        mut user: User,
        password: &SecretString,
        responses: &AuthParameters,
    ) -> Result<SignInOutcome, ServiceError> {
        let settings = &caller.pool.settings;
        let names_before = names_of(settings, &user);
        let added = apply_attributes(caller, &mut user, responses)?;
        user.status = UserStatus::Confirmed;
        self.check_new_names(&caller.pool, &user, &added).await?;
        let mut names = names_of(settings, &user);
        names.retain(|name| !names_before.contains(name));
        let place = (&*caller.pool, &*caller.keys);
        let next = self.next_password(place, &user, password, None).await?;
        user.password = Some(next.record);
        user.version += 1;
        user.updated_at = self.now();
        let mut writes = vec![
            self.spend_challenge(caller, &challenge.id),
            Write::UpdateUser(Box::new(user.clone())),
        ];
        writes.extend(next.writes);
        writes.extend(names.iter().map(|name| Write::AddSignInName {
            pool_id: user.pool_id.clone(),
            sub: user.sub.clone(),
            name: name.clone(),
        }));
        self.finish_new_password(caller, ProvenUser { user, writes }, &names)
            .await
    }

    async fn finish_new_password(
        &self,
        caller: &Caller,
        proven: ProvenUser,
        new_names: &[SignInName],
    ) -> Result<SignInOutcome, ServiceError> {
        let sub = proven.user.sub.clone();
        let due = self.due_factor(&caller.pool, &proven.user).await?;
        let (outcome, writes) = self.go_on(caller, proven, due).await?;
        match self.write(writes).await {
            Ok(()) => Ok(outcome),
            Err(StorageError::Conflict(Conflict::AliasTaken)) => {
                Err(self.alias_conflict(&caller.pool, &sub, new_names).await?)
            }
            Err(StorageError::Conflict(Conflict::ChallengeSpent)) => {
                Err(ServiceError::ChallengeSessionUsed)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Sets the attributes that the user has none of yet; gives those that were set.
fn apply_attributes<'a>(
    caller: &Caller,
    user: &mut User,
    responses: &'a AuthParameters,
) -> Result<Vec<(&'a str, &'a str)>, ServiceError> {
    let writer = if caller.is_admin {
        AttributeWriter::Administrator
    } else {
        AttributeWriter::Client(&caller.client)
    };
    let before = user.attributes.clone();
    let mut added = Vec::new();
    for (key, value) in &responses.0 {
        let Some(name) = key.strip_prefix(ATTRIBUTE_PREFIX) else {
            continue;
        };
        let value = value.expose();
        match before.get(name) {
            Some(current) if current == value => continue,
            Some(_) => return Err(ServiceError::AttributeAlreadySet(name.to_owned())),
            None => {}
        }
        writer.check(&caller.pool.settings, name)?;
        check_attribute(&caller.pool.settings, name, value)?;
        set_attribute(user, name, value);
        added.push((name, value));
    }
    let missing = missing_required_attributes(&caller.pool.settings, &user.attributes);
    if missing.is_empty() {
        return Ok(added);
    }
    Err(ServiceError::RequiredAttributesMissing(
        missing.into_iter().map(str::to_owned).collect(),
    ))
}

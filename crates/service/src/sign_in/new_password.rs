//! A new password in place of a temporary one: the answer to `NEW_PASSWORD_REQUIRED`, and what it
//! has in common with the page.

use poolhouse_model::{Attributes, SecretString, SignInName, Sub, User, UserStatus};
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

/// A new password, and the attributes that come with it.
#[derive(Clone, Debug)]
pub struct NewPassword {
    /// The password.
    pub password: SecretString,
    /// Attributes that the user has none of yet.
    pub attributes: Attributes,
}

/// A user who has all attributes that the pool requires, and not yet the new password.
pub(crate) struct FilledUser {
    pub(crate) user: User,
    new_names: Vec<SignInName>,
}

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
        let new = new_password_of(responses)?;
        let secret_hash = responses.find("SECRET_HASH");
        caller
            .keys
            .check_secret_hash(&caller.client, typed, secret_hash)?;
        let text = answer.challenge_session()?;
        let challenge = self
            .take_challenge(caller, text, |step| step == ChallengeStep::NewPassword)
            .await?;
        self.check_chosen_password(&caller.pool, &new.password)
            .map_err(ServiceError::PasswordPolicyViolated)?;
        for _ in 0..MAX_WRITE_ATTEMPTS {
            let user = self.challenged_user(caller, &challenge).await?;
            self.check_answerer(caller, &user, typed).await?;
            let filled = self.fill_attributes(caller, user, &new).await?;
            let sub = filled.user.sub.clone();
            let (proven, names) = self
                .put_new_password(caller, &challenge, filled, &new.password)
                .await?;
            let due = self.due_factor(&caller.pool, &proven.user).await?;
            let (outcome, writes) = self.go_on(caller, proven, due).await?;
            match self.write(writes).await {
                Ok(()) => return Ok(outcome),
                // The user changed between reading and writing.
                Err(StorageError::Conflict(Conflict::Stale)) => {}
                Err(error) => {
                    return Err(self
                        .new_password_conflict(caller, error, &sub, &names)
                        .await);
                }
            }
        }
        Err(ServiceError::Busy)
    }

    /// Adds the attributes that come with a new password to the user whom it is for.
    /// # Errors
    /// [`ServiceError::ChallengeSessionInvalid`] for a user who needs no new password; the facts
    /// of attributes.
    pub(crate) async fn fill_attributes(
        &self,
        caller: &Caller,
        mut user: User,
        new: &NewPassword,
    ) -> Result<FilledUser, ServiceError> {
        if user.status != UserStatus::ForceChangePassword {
            return Err(ServiceError::ChallengeSessionInvalid);
        }
        let settings = &caller.pool.settings;
        let names_before = names_of(settings, &user);
        let added = apply_attributes(caller, &mut user, &new.attributes)?;
        user.status = UserStatus::Confirmed;
        self.check_new_names(&caller.pool, &user, &added).await?;
        let mut new_names = names_of(settings, &user);
        new_names.retain(|name| !names_before.contains(name));
        Ok(FilledUser { user, new_names })
    }

    /// Gives a user the new password; the writes, which spend the challenge too, are nobody's yet.
    /// Gives the names that are new among those the user signs in with.
    /// # Errors
    /// [`ServiceError::PasswordReused`].
    pub(crate) async fn put_new_password(
        &self,
        caller: &Caller,
        challenge: &ChallengeContent,
        filled: FilledUser,
        password: &SecretString,
    ) -> Result<(ProvenUser, Vec<SignInName>), ServiceError> {
        let FilledUser {
            mut user,
            new_names,
        } = filled;
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
        writes.extend(new_names.iter().map(|name| Write::AddSignInName {
            pool_id: user.pool_id.clone(),
            sub: user.sub.clone(),
            name: name.clone(),
        }));
        Ok((ProvenUser { user, writes }, new_names))
    }

    /// Says why a new password was not written.
    pub(crate) async fn new_password_conflict(
        &self,
        caller: &Caller,
        error: StorageError,
        sub: &Sub,
        new_names: &[SignInName],
    ) -> ServiceError {
        match error {
            StorageError::Conflict(Conflict::AliasTaken) => {
                let conflict = self.alias_conflict(&caller.pool, sub, new_names).await;
                conflict.unwrap_or_else(|error| error)
            }
            StorageError::Conflict(Conflict::ChallengeSpent) => ServiceError::ChallengeSessionUsed,
            error => error.into(),
        }
    }
}

/// Reads the password and the attributes among the answers.
fn new_password_of(responses: &AuthParameters) -> Result<NewPassword, ServiceError> {
    let attributes = responses.0.iter().filter_map(|(key, value)| {
        let name = key.strip_prefix(ATTRIBUTE_PREFIX)?;
        Some((name.to_owned(), value.expose().to_owned()))
    });
    Ok(NewPassword {
        password: SecretString::from(responses.get("NEW_PASSWORD")?),
        attributes: attributes.collect(),
    })
}

/// Sets the attributes that the user has none of yet; gives those that were set.
fn apply_attributes<'a>(
    caller: &Caller,
    user: &mut User,
    attributes: &'a Attributes,
) -> Result<Vec<(&'a str, &'a str)>, ServiceError> {
    let writer = if caller.is_admin {
        AttributeWriter::Administrator
    } else {
        AttributeWriter::Client(&caller.client)
    };
    let before = user.attributes.clone();
    let mut added = Vec::new();
    for (name, value) in attributes {
        let (name, value) = (name.as_str(), value.as_str());
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

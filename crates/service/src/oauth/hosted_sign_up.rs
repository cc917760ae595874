//! Signing up on the page.

use poolhouse_model::{AttributeSchema, Attributes, ContactAttribute, SecretString, UserPool};

use super::authorize::Authorization;
use super::sign_in::HostedStep;
use crate::error::ServiceError;
use crate::service::Service;
use crate::sign_in::{Caller, ChallengeStep, ProvenUser};
use crate::sign_in_names::LookupBy;
use crate::sign_up::SignUp;

/// An attribute that the page asks for.
#[derive(Clone, Debug)]
pub struct SignUpField<'a> {
    /// The attribute.
    pub attribute: &'a AttributeSchema,
    /// Whether it may stay empty because the name can stand for it.
    pub is_optional: bool,
}

impl SignUpField<'_> {
    /// Lists what the page asks for beside name and password: the required attributes and no
    /// others, and not the one that the name always stands for.
    /// Source: AWS page "User pool managed login": attributes that are not required are not asked
    /// for.
    pub fn of_pool(pool: &UserPool) -> Vec<SignUpField<'_>> {
        let names = &pool.settings.username_attributes;
        let stands_for = |name: &str| {
            ContactAttribute::named(name).is_some_and(|attribute| names.contains(&attribute))
        };
        let schema = pool.settings.schema.iter();
        schema
            .filter(|attribute| attribute.is_required && attribute.name != "sub")
            .filter(|attribute| names.len() != 1 || !stands_for(&attribute.name))
            .map(|attribute| SignUpField {
                attribute,
                is_optional: stands_for(&attribute.name),
            })
            .collect()
    }
}

/// What was filled in on the page.
#[derive(Clone, Debug)]
pub struct HostedSignUp {
    /// The name: a user name, or the address or number that stands for it.
    pub username: String,
    /// The password.
    pub password: SecretString,
    /// The attributes, empty ones left out.
    pub attributes: Attributes,
}

/// What came of a sign-up on the page.
#[derive(Debug)]
pub enum SignedUpOnThePage {
    /// It goes on, with the confirmation as a rule.
    GoesOn(HostedStep),
    /// The user was made, but nothing is sent that could confirm it.
    NotConfirmable,
    /// This browser signed the same user up before, and is still to confirm it.
    Before,
}

impl Service {
    /// Makes a user out of what was filled in on the page, and goes on to its confirmation.
    ///
    /// `pending` is the challenge session that the browser carries, if any: a form that is sent
    /// twice goes on where its first sending led.
    /// # Errors
    /// [`ServiceError::AttributeNotWritable`] for attributes that the page does not ask for, and
    /// as [`Service::sign_up`].
    pub async fn hosted_sign_up(
        &self,
        authorization: &Authorization,
        filled_in: HostedSignUp,
        pending: Option<&str>,
        previous_cookie: Option<&str>,
    ) -> Result<SignedUpOnThePage, ServiceError> {
        let caller = self.hosted_caller(authorization).await?;
        let fields = SignUpField::of_pool(&caller.pool);
        let is_asked_for = |name: &String| fields.iter().any(|field| field.attribute.name == *name);
        if !filled_in.attributes.keys().all(is_asked_for) {
            return Err(ServiceError::AttributeNotWritable);
        }
        let request = SignUp {
            client_id: caller.client.id.clone(),
            secret_hash: None,
            username: filled_in.username.clone(),
            password: Some(filled_in.password),
            attributes: filled_in.attributes,
        };
        let signed_up = match self.sign_up_by(&caller, request).await {
            Err(ServiceError::UsernameExists)
                if self
                    .is_pending(&caller, pending, &filled_in.username)
                    .await? =>
            {
                return Ok(SignedUpOnThePage::Before);
            }
            signed_up => signed_up?,
        };
        let user = self
            .find_user_by_sub(&caller.pool.id, &signed_up.sub)
            .await?;
        let user = user.ok_or(ServiceError::UserNotFound)?;
        let proven = ProvenUser {
            user,
            writes: Vec::new(),
        };
        match self
            .go_on_on_the_page(authorization, &caller, proven, previous_cookie)
            .await
        {
            Ok(step) => Ok(SignedUpOnThePage::GoesOn(step)),
            Err(ServiceError::UserNotConfirmed) => Ok(SignedUpOnThePage::NotConfirmable),
            Err(error) => Err(error),
        }
    }

    /// Whether the browser carries the confirmation of the user of a name.
    async fn is_pending(
        &self,
        caller: &Caller,
        pending: Option<&str>,
        typed: &str,
    ) -> Result<bool, ServiceError> {
        let is_confirmation = |step| step == ChallengeStep::HostedConfirmation;
        let opened = pending.map(|text| self.open_challenge(caller, text, is_confirmation));
        let Some(Ok(challenge)) = opened else {
            return Ok(false);
        };
        let named = self
            .find_user(&caller.pool, typed, LookupBy::SignIn)
            .await?;
        Ok(named.is_some_and(|named| named.sub == challenge.sub))
    }
}

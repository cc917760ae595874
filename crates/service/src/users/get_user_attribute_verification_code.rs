//! `GetUserAttributeVerificationCode`

use poolhouse_model::{CodePurpose, ConfirmationCode, ContactAttribute, User};

use crate::attempt_limits::Limited;
use crate::error::ServiceError;
use crate::messages::{CodeDelivery, ContactProof};
use crate::service::Service;
use crate::unserved_settings::check_message_triggers;

impl Service {
    /// Sends a code that proves the address or number of the user that an access token speaks for:
    /// the new one while one waits to be verified, else the one that is there, also when it was
    /// verified before. The code before stops working.
    /// # Errors
    /// The facts of access tokens; [`ServiceError::InvalidInput`] for another attribute and where
    /// there is nothing to send a code to; [`ServiceError::AttemptLimitExceeded`];
    /// [`ServiceError::FeatureNotServed`] where a trigger should make the message,
    /// [`ServiceError::ChannelNotConfigured`] when there is no way to send it.
    /// Source: API reference, `GetUserAttributeVerificationCode`; floci pull requests 1898 and
    /// 2018, which compare with the service.
    pub async fn get_user_attribute_verification_code(
        &self,
        access_token: &str,
        attribute: &str,
    ) -> Result<CodeDelivery, ServiceError> {
        let verified = self.verify_self_service(access_token).await?;
        let (pool, user) = (&verified.pool, &verified.user);
        let attribute = verifiable_attribute(attribute)?;
        check_message_triggers(pool)?;
        let proof = match self.find_waiting(user, attribute).await? {
            Some(waiting) => ContactProof {
                purpose: waiting.purpose,
                attribute,
                destination: waiting.destination,
            },
            None => present_value(user, attribute)?,
        };
        let keys = self.keyring(&pool.id).await?;
        self.count_limited(Limited::AttributeCode, pool, &keys, Some(user), "")
            .await?;
        let code = self.make_verification_code(pool, &keys, &user.sub, proof)?;
        self.write(code.writes).await?;
        self.wake_outbox();
        Ok(code.delivery)
    }

    /// Finds the code of an address or number that waits to take the present one's place. It waits
    /// as long as its code lives, though that may have no tries left.
    pub(super) async fn find_waiting(
        &self,
        user: &User,
        attribute: ContactAttribute,
    ) -> Result<Option<ConfirmationCode>, ServiceError> {
        let purpose = CodePurpose::replacing(attribute);
        let code = self
            .storage
            .find_confirmation_code(&user.pool_id, &user.sub, purpose)
            .await?;
        let now = self.now();
        Ok(code.filter(|code| code.expires_at > now))
    }
}

/// Source: aws-amplify/amplify-js issue 3652; floci pull request 1898.
pub(super) fn verifiable_attribute(name: &str) -> Result<ContactAttribute, ServiceError> {
    ContactAttribute::named(name).ok_or_else(|| {
        ServiceError::InvalidInput(
            "Invalid attribute name. Only phone_number and email can be verified.".to_owned(),
        )
    })
}

/// Source: floci pull request 1898, for the texts.
fn present_value(user: &User, attribute: ContactAttribute) -> Result<ContactProof, ServiceError> {
    let value = user.attribute(attribute.name()).ok_or_else(|| {
        let text = match attribute {
            ContactAttribute::Email => "User does not have a valid registered email address",
            ContactAttribute::PhoneNumber => "User does not have a valid registered phone number",
        };
        ServiceError::InvalidInput(text.to_owned())
    })?;
    Ok(ContactProof {
        purpose: CodePurpose::verifying(attribute),
        attribute,
        destination: value.to_owned(),
    })
}

//! `ResendConfirmationCode`

use poolhouse_model::{Channel, ClientId, ContactAttribute, UserPool, UserStatus};

use super::use_case::refuse_triggers;
use crate::error::ServiceError;
use crate::messages::{CodeDelivery, attribute_to_verify, mask};
use crate::service::Service;
use crate::sign_in_names::LookupBy;

/// A request for another sign-up code.
#[derive(Clone, Debug)]
pub struct ResendConfirmationCode {
    /// The client.
    pub client_id: ClientId,
    /// The secret hash over the name, from a confidential client.
    pub secret_hash: Option<String>,
    /// The name.
    pub username: String,
}

impl Service {
    /// Sends another sign-up code; the one before stops working.
    /// # Errors
    /// [`ServiceError::UsernameClientCombinationNotFound`],
    /// [`ServiceError::UserAlreadyConfirmed`]; a client that hides user existence gets a made-up
    /// delivery for both.
    /// Source: API reference, `ResendConfirmationCode`.
    pub async fn resend_confirmation_code(
        &self,
        request: ResendConfirmationCode,
    ) -> Result<CodeDelivery, ServiceError> {
        let (pool, client) = self.client(&request.client_id).await?;
        let keys = self.keyring(&pool.id).await?;
        let secret_hash = request.secret_hash.as_deref();
        self.check_secret_hash(&keys, &client, &request.username, secret_hash)?;
        refuse_triggers(&pool)?;
        let hides = client.settings.hides_user_existence();
        let Some(user) = self
            .find_user(&pool, &request.username, LookupBy::SignIn)
            .await?
        else {
            return match hides {
                true => Ok(made_up_delivery(&pool, &request.username)),
                false => Err(ServiceError::UsernameClientCombinationNotFound),
            };
        };
        if user.status != UserStatus::Unconfirmed {
            return match hides {
                true => Ok(made_up_delivery(&pool, &request.username)),
                false => Err(ServiceError::UserAlreadyConfirmed),
            };
        }
        let attribute = attribute_to_verify(&pool, &user).ok_or_else(|| {
            ServiceError::InvalidInput("Auto verification not turned on.".to_owned())
        })?;
        let code = self.make_sign_up_code(&pool, &keys, &user, attribute)?;
        self.write(code.writes).await?;
        self.wake_outbox();
        Ok(code.delivery)
    }
}

/// Makes up where a code would have gone, from the form of the name.
fn made_up_delivery(pool: &UserPool, typed: &str) -> CodeDelivery {
    let by_phone = typed.starts_with('+')
        || pool.settings.auto_verified_attributes == [ContactAttribute::PhoneNumber];
    if by_phone {
        let attribute = ContactAttribute::PhoneNumber;
        let destination = mask(attribute, typed);
        return CodeDelivery {
            destination,
            channel: Channel::Sms,
            attribute,
        };
    }
    let attribute = ContactAttribute::Email;
    let destination = mask(attribute, typed);
    CodeDelivery {
        destination,
        channel: Channel::Email,
        attribute,
    }
}

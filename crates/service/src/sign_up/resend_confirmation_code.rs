//! `ResendConfirmationCode`

use poolhouse_crypto::sealing::Purpose;
use poolhouse_model::{Channel, ClientId, ContactAttribute, UserPool, UserStatus};

use crate::attempt_limits::Limited;
use crate::error::ServiceError;
use crate::messages::{CodeDelivery, attribute_to_verify, channel_of, mask};
use crate::pool_keys::PoolKeyring;
use crate::service::Service;
use crate::sign_in_names::LookupBy;
use crate::unserved_settings::check_sign_up_settings;

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
    /// delivery for both. [`ServiceError::InvalidInput`] where nothing is verified;
    /// [`ServiceError::AttemptLimitExceeded`].
    /// Source: API reference, `ResendConfirmationCode`.
    pub async fn resend_confirmation_code(
        &self,
        request: ResendConfirmationCode,
    ) -> Result<CodeDelivery, ServiceError> {
        let (pool, client) = self.client(&request.client_id).await?;
        let keys = self.keyring(&pool.id).await?;
        let typed = request.username.as_str();
        keys.check_secret_hash(&client, typed, request.secret_hash.as_deref())?;
        check_sign_up_settings(&pool)?;
        if pool.settings.auto_verified_attributes.is_empty() {
            return Err(not_verified());
        }
        let hides = client.settings.hides_user_existence();
        let user = self.find_user(&pool, typed, LookupBy::SignIn).await?;
        if hides || user.is_some() {
            self.count_limited(Limited::Resending, &pool, &keys, user.as_ref(), typed)
                .await?;
        }
        let refusal = match &user {
            None => ServiceError::UsernameClientCombinationNotFound,
            Some(user) if user.status != UserStatus::Unconfirmed => {
                ServiceError::UserAlreadyConfirmed
            }
            Some(user) => match attribute_to_verify(&pool, user) {
                Some(attribute) => {
                    let code = self
                        .make_sign_up_code(&pool, &client, &keys, user, attribute)
                        .await?;
                    self.write(code.writes).await?;
                    self.wake_outbox();
                    return Ok(code.delivery);
                }
                None => not_verified(),
            },
        };
        if hides {
            return Ok(made_up_delivery(&pool, &keys, typed));
        }
        Err(refusal)
    }
}

/// Inferred: the text.
fn not_verified() -> ServiceError {
    ServiceError::InvalidInput("Auto verification not turned on.".to_owned())
}

/// Makes up where a code would have gone: to what was typed, if it is an address or number, else
/// to one that stays the same for a name.
fn made_up_delivery(pool: &UserPool, keys: &PoolKeyring, typed: &str) -> CodeDelivery {
    let verifies = |attribute| pool.settings.auto_verified_attributes.contains(&attribute);
    let attribute = match (typed.starts_with('+'), typed.contains('@')) {
        (true, _) => ContactAttribute::PhoneNumber,
        (_, true) => ContactAttribute::Email,
        _ if verifies(ContactAttribute::Email) => ContactAttribute::Email,
        _ => ContactAttribute::PhoneNumber,
    };
    let channel = channel_of(attribute);
    let is_typed = match channel {
        Channel::Email => typed.contains('@'),
        Channel::Sms => typed.starts_with('+'),
    };
    let destination = if is_typed {
        mask(attribute, typed)
    } else {
        mask(attribute, &made_up_destination(pool, keys, typed))
    };
    CodeDelivery {
        destination,
        channel,
        attribute,
    }
}

/// An address and number in one, of which the mask shows two letters or four digits.
fn made_up_destination(pool: &UserPool, keys: &PoolKeyring, typed: &str) -> String {
    let name = format!("delivery\n{}", pool.settings.fold_name(typed));
    let mac = keys.sealer.mac(Purpose::UnknownUser, name.as_bytes());
    let letter = |byte: u8| char::from(b'a' + byte % 26);
    let digits: String = mac[2..6]
        .iter()
        .map(|byte| char::from(b'0' + byte % 10))
        .collect();
    format!("{}@{}{digits}", letter(mac[0]), letter(mac[1]))
}

//! `ResendConfirmationCode`

use poolhouse_model::{ClientId, UserStatus};

use crate::attempt_limits::Limited;
use crate::error::ServiceError;
use crate::messages::{CodeDelivery, attribute_to_verify, made_up_delivery};
use crate::service::Service;
use crate::sign_in::Caller;
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
        let caller = self.caller(None, &request.client_id).await?;
        let typed = request.username.as_str();
        let secret_hash = request.secret_hash.as_deref();
        let keys = &caller.keys;
        keys.check_secret_hash(&caller.client, typed, secret_hash)?;
        self.resend_confirmation_code_by(&caller, typed).await
    }

    /// The same by a client that proved itself.
    /// # Errors
    /// As [`Service::resend_confirmation_code`].
    pub(crate) async fn resend_confirmation_code_by(
        &self,
        caller: &Caller,
        typed: &str,
    ) -> Result<CodeDelivery, ServiceError> {
        let Caller {
            pool, client, keys, ..
        } = caller;
        check_sign_up_settings(pool)?;
        let hides = client.settings.hides_user_existence();
        // Nobody gets a code there, so there is no delivery to make up either.
        if hides && pool.settings.auto_verified_attributes.is_empty() {
            return Err(not_verified());
        }
        let user = self.find_user(pool, typed, LookupBy::SignIn).await?;
        if hides || user.is_some() {
            self.count_limited(Limited::Resending, pool, keys, user.as_ref(), typed)
                .await?;
        }
        let refusal = match &user {
            None => ServiceError::UsernameClientCombinationNotFound,
            Some(user) if user.status != UserStatus::Unconfirmed => {
                ServiceError::UserAlreadyConfirmed
            }
            Some(user) => match attribute_to_verify(pool, user) {
                Some(attribute) => {
                    let code = self
                        .make_sign_up_code(pool, client, keys, user, attribute)
                        .await?;
                    return self.send_code(code, hides).await;
                }
                None => not_verified(),
            },
        };
        if hides {
            let candidates = &pool.settings.auto_verified_attributes;
            return Ok(made_up_delivery(pool, keys, typed, candidates));
        }
        Err(refusal)
    }
}

/// Inferred: the text.
fn not_verified() -> ServiceError {
    ServiceError::InvalidInput("Auto verification not turned on.".to_owned())
}

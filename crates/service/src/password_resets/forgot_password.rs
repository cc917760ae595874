//! `ForgotPassword`

use poolhouse_model::{ClientId, Sub};

use super::recovery::{recovery_attributes, reset_destination};
use crate::attempt_limits::Limited;
use crate::error::ServiceError;
use crate::lockouts::name_key;
use crate::messages::{CodeDelivery, made_up_delivery};
use crate::service::Service;
use crate::sign_in::Caller;
use crate::sign_in_names::LookupBy;
use crate::unserved_settings::check_password_reset_settings;

/// A request for a code that resets a password.
#[derive(Clone, Debug)]
pub struct ForgotPassword {
    /// The client.
    pub client_id: ClientId,
    /// The secret hash over the name, from a confidential client.
    pub secret_hash: Option<String>,
    /// The name.
    pub username: String,
}

impl Service {
    /// Sends a code that resets the password; the one before stops working.
    ///
    /// A client that hides user existence gets a made-up delivery for every name that no code can
    /// be sent for, and a code that nobody knows is stored, so that answers to it are counted and
    /// told as for a user.
    /// # Errors
    /// [`ServiceError::PasswordResetByAdministratorOnly`], [`ServiceError::AttemptLimitExceeded`];
    /// from clients that do not hide them the facts of unknown users and of their states.
    /// Source: API reference, `ForgotPassword`; AWS page "Managing user existence error responses".
    pub async fn forgot_password(
        &self,
        request: ForgotPassword,
    ) -> Result<CodeDelivery, ServiceError> {
        let caller = self.caller(None, &request.client_id).await?;
        let typed = request.username.as_str();
        let secret_hash = request.secret_hash.as_deref();
        let keys = &caller.keys;
        keys.check_secret_hash(&caller.client, typed, secret_hash)?;
        self.forgot_password_by(&caller, typed).await
    }

    /// The same by a client that proved itself.
    /// # Errors
    /// As [`Service::forgot_password`].
    pub(crate) async fn forgot_password_by(
        &self,
        caller: &Caller,
        typed: &str,
    ) -> Result<CodeDelivery, ServiceError> {
        let Caller {
            pool, client, keys, ..
        } = caller;
        check_password_reset_settings(pool)?;
        let recovery = recovery_attributes(pool)?;
        let hides = client.settings.hides_user_existence();
        let user = self.find_user(pool, typed, LookupBy::SignIn).await?;
        if hides || user.is_some() {
            self.count_limited(Limited::Forgetting, pool, keys, user.as_ref(), typed)
                .await?;
        }
        let code = match &user {
            Some(user) => reset_destination(&recovery, user)
                .and_then(|attribute| self.make_reset_code(pool, keys, user, attribute)),
            None => Err(ServiceError::UsernameClientCombinationNotFound),
        };
        match code {
            Ok(code) => self.send_code(code, hides).await,
            Err(refusal) if hides && tells_of_the_user(&refusal) => {
                let delivery = made_up_delivery(pool, keys, typed, &recovery);
                let owner = match user {
                    Some(user) => user.sub,
                    None => Sub::new(name_key(pool, keys, None, typed)),
                };
                self.write([self.make_decoy_code(pool, owner, &delivery)])
                    .await?;
                Ok(delivery)
            }
            Err(refusal) => Err(refusal),
        }
    }
}

/// Whether a refusal tells that there is such a user, or that there is none.
fn tells_of_the_user(refusal: &ServiceError) -> bool {
    matches!(
        refusal,
        ServiceError::UsernameClientCombinationNotFound
            | ServiceError::UserDisabled
            | ServiceError::PasswordNotResettable
            | ServiceError::PasswordResetUnreachable
            | ServiceError::ChannelNotConfigured(_)
    )
}

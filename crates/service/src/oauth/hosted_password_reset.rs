//! Forgotten passwords on the page.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolhouse_crypto::sealing::Purpose;
use poolhouse_model::{ClientId, SecretString, Timestamp, Ttl};
use serde::{Deserialize, Serialize};

use super::authorize::Authorization;
use crate::error::ServiceError;
use crate::password_resets::ConfirmForgotPassword;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;

/// How long the page remembers whose password is reset: as long as the code works.
const RESET_TTL: Ttl = Ttl::from_hours(1);

/// What a browser carries from the page that asks for a code to the one that takes it.
#[derive(Debug)]
pub struct HostedReset {
    /// The sealed text.
    pub text: SecretString,
    /// How long it is of use.
    pub ttl: Ttl,
}

/// Whose password is reset, as that page says. It proves nothing: the code does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetInProgress {
    /// The name as it was typed.
    pub username: String,
    /// Where a code went, masked, or would go to if there were such a user.
    pub destination: String,
}

#[derive(Serialize, Deserialize)]
struct Content {
    client_id: ClientId,
    username: String,
    destination: String,
    expires_at: Timestamp,
}

impl Service {
    /// Sends a code that resets the password, and gives what the browser carries to the page that
    /// takes it.
    /// # Errors
    /// As [`Service::forgot_password`].
    pub async fn hosted_forgot_password(
        &self,
        authorization: &Authorization,
        typed: &str,
    ) -> Result<HostedReset, ServiceError> {
        let caller = self.hosted_caller(authorization).await?;
        let delivery = self.forgot_password_by(&caller, typed).await?;
        let content = Content {
            client_id: caller.client.id.clone(),
            username: typed.to_owned(),
            destination: delivery.destination,
            expires_at: self.now().after(RESET_TTL),
        };
        let content = serde_json::to_vec(&content)
            .map_err(|error| ServiceError::Internal(error.to_string()))?;
        let state = Purpose::BrowserState;
        let sealed = caller.keys.sealer.seal_wire(state, &content, &*self.rng);
        Ok(HostedReset {
            text: SecretString::new(URL_SAFE_NO_PAD.encode(sealed)),
            ttl: RESET_TTL,
        })
    }

    /// Reads what a browser carries of a reset; `None` for what is none, and for one that ended.
    /// # Errors
    /// Those of the store.
    pub async fn find_hosted_reset(
        &self,
        authorization: &Authorization,
        text: Option<&str>,
    ) -> Result<Option<ResetInProgress>, ServiceError> {
        let keys = self.keyring(&authorization.pool.id).await?;
        let content = text.and_then(|text| open(&keys, text));
        let content = content.filter(|content| {
            content.client_id == authorization.client.id && self.now() < content.expires_at
        });
        Ok(content.map(|content| ResetInProgress {
            username: content.username,
            destination: content.destination,
        }))
    }

    /// Sets a new password for who has the code. Nobody is signed in by it.
    /// # Errors
    /// As [`Service::confirm_forgot_password`].
    pub async fn hosted_confirm_forgot_password(
        &self,
        authorization: &Authorization,
        username: &str,
        (code, password): (SecretString, SecretString),
    ) -> Result<(), ServiceError> {
        let caller = self.hosted_caller(authorization).await?;
        let request = ConfirmForgotPassword {
            client_id: caller.client.id.clone(),
            secret_hash: None,
            username: username.to_owned(),
            code,
            password,
        };
        self.confirm_forgot_password_by(&caller, &request).await
    }
}

fn open(keys: &PoolKeyring, text: &str) -> Option<Content> {
    let sealed = URL_SAFE_NO_PAD.decode(text).ok()?;
    let opened = keys.sealer.open_wire(Purpose::BrowserState, &sealed).ok()?;
    serde_json::from_slice(&opened).ok()
}

//! Forgotten passwords on the page.

use poolhouse_model::{SecretString, Ttl};
use serde::{Deserialize, Serialize};

use super::authorize::Authorization;
use super::browser_state::BrowserState;
use crate::error::ServiceError;
use crate::password_resets::ConfirmForgotPassword;
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetInProgress {
    /// The name as it was typed.
    pub username: String,
    /// Where a code went, masked, or would go to if there were such a user.
    pub destination: String,
}

impl BrowserState for ResetInProgress {
    const KIND: &'static str = "reset";
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
        let reset = ResetInProgress {
            username: typed.to_owned(),
            destination: delivery.destination,
        };
        let ttl = RESET_TTL;
        let text = self.seal_for_browser(authorization, &reset, ttl).await?;
        Ok(HostedReset { text, ttl })
    }

    /// Reads what a browser carries of a reset; `None` for what is none, and for one that ended.
    /// # Errors
    /// Those of the store.
    pub async fn find_hosted_reset(
        &self,
        authorization: &Authorization,
        text: Option<&str>,
    ) -> Result<Option<ResetInProgress>, ServiceError> {
        match text {
            Some(text) => self.open_from_browser(authorization, text).await,
            None => Ok(None),
        }
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

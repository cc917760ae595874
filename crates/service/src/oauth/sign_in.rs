//! Signing in on the page.

use poolhouse_model::{SecretString, UserStatus};

use super::authorize::Authorization;
use super::browser_sessions::end_session_write;
use crate::error::ServiceError;
use crate::service::Service;
use crate::sign_in::{Caller, MAX_TYPED_NAME, challenge_conflict};
use crate::unserved_settings::check_sign_in_settings;

/// A sign-in on the page that succeeded.
#[derive(Debug)]
pub struct HostedSignIn {
    /// Where the browser goes: back to the application.
    pub location: String,
    /// The value of the cookie that keeps the browser signed in.
    pub cookie: SecretString,
}

impl Service {
    /// Signs a user in on the page and grants what the application asked for.
    ///
    /// `previous_cookie` is the session cookie that the browser sent, if any: that session ends.
    /// # Errors
    /// The facts of lockout, wrong proof and user state;
    /// [`ServiceError::FeatureNotServed`] for a step that has no page yet.
    pub async fn hosted_sign_in(
        &self,
        authorization: &Authorization,
        username: &str,
        password: &SecretString,
        previous_cookie: Option<&str>,
    ) -> Result<HostedSignIn, ServiceError> {
        check_sign_in_settings(&authorization.pool)?;
        if username.chars().count() > MAX_TYPED_NAME {
            return Err(ServiceError::WrongUsernameOrPassword);
        }
        let caller = Caller {
            pool: authorization.pool.clone(),
            client: authorization.client.clone(),
            keys: self.keyring(&authorization.pool.id).await?,
            is_admin: false,
        };
        let proven = self.prove_password(&caller, username, password).await?;
        if proven.user.status == UserStatus::ForceChangePassword {
            self.write(proven.writes).await?;
            return Err(ServiceError::FeatureNotServed(
                "A new password is required. This page cannot set one yet: use the API \
                 (NEW_PASSWORD_REQUIRED) or ask an administrator to set a permanent password."
                    .to_owned(),
            ));
        }
        let now = self.now();
        let (location, writes) = self.grant(authorization, &proven.user, now).await?;
        let (cookie, session) = self.make_browser_session(&proven.user, now);
        let mut all = proven.writes;
        all.extend(writes);
        all.push(session);
        all.extend(previous_cookie.map(|cookie| end_session_write(&authorization.pool.id, cookie)));
        self.write(all).await.map_err(challenge_conflict)?;
        Ok(HostedSignIn { location, cookie })
    }
}

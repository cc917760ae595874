//! Browsers that signed in on a pool's pages.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolhouse_model::{
    BrowserSession, RngExt, SecretString, Timestamp, User, UserPool, UserPoolId,
};
use poolhouse_storage::Write;

use super::stored_hash;
use crate::error::ServiceError;
use crate::service::Service;

/// Longest cookie value that is looked at.
const MAX_COOKIE_BYTES: usize = 128;

impl Service {
    /// Makes a browser session: the cookie's value, and the row that knows only its hash.
    pub(super) fn make_browser_session(
        &self,
        user: &User,
        authenticated_at: Timestamp,
    ) -> (SecretString, Write) {
        let cookie = URL_SAFE_NO_PAD.encode(self.rng.bytes::<32>());
        let row = BrowserSession {
            pool_id: user.pool_id.clone(),
            cookie_hash: stored_hash(&cookie),
            sub: user.sub.clone(),
            token_generation: user.token_generation,
            authenticated_at,
            expires_at: authenticated_at.after(self.settings.browser_session_ttl),
        };
        (SecretString::new(cookie), Write::CreateBrowserSession(row))
    }

    /// Finds the user that a browser is signed in as; over once the hour is, or the user signed
    /// out everywhere, changed the password, was disabled or deleted.
    pub(super) async fn find_signed_in_browser(
        &self,
        pool: &UserPool,
        cookie: &str,
    ) -> Result<Option<(BrowserSession, User)>, ServiceError> {
        if cookie.is_empty() || cookie.len() > MAX_COOKIE_BYTES {
            return Ok(None);
        }
        let session = self
            .storage
            .find_browser_session(&pool.id, &stored_hash(cookie))
            .await?;
        let Some(session) = session.filter(|session| self.now() < session.expires_at) else {
            return Ok(None);
        };
        let user = self.storage.find_user(&pool.id, &session.sub).await?;
        let user = user
            .filter(|user| user.is_enabled && user.token_generation == session.token_generation);
        Ok(user.map(|user| (session, user)))
    }

    /// Ends the session of a cookie.
    pub(super) async fn end_browser_session(
        &self,
        pool_id: &UserPoolId,
        cookie: &str,
    ) -> Result<(), ServiceError> {
        Ok(self.write([end_session_write(pool_id, cookie)]).await?)
    }
}

/// The write that ends the session of a cookie, if there is one.
pub(super) fn end_session_write(pool_id: &UserPoolId, cookie: &str) -> Write {
    Write::DeleteBrowserSession {
        pool_id: pool_id.clone(),
        cookie_hash: stored_hash(cookie),
    }
}

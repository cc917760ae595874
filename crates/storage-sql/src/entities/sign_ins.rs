//! Reads of what sign-ins leave behind.

use async_trait::async_trait;
use poolhouse_model::{
    AuthorizationCode, BrowserSession, ChallengeSession, OriginJti, TokenFamily, User, UserPoolId,
};
use poolhouse_storage::{SignIns, SignedInUser};

use super::{Result, authorization_codes, browser_sessions, challenge_sessions, token_families};
use crate::SqlStorage;

#[async_trait]
impl SignIns for SqlStorage {
    async fn find_token_family(
        &self,
        pool: &UserPoolId,
        id: &OriginJti,
    ) -> Result<Option<TokenFamily>> {
        token_families::find(&self.db, pool, id).await
    }

    async fn find_signed_in_user(
        &self,
        pool: &UserPoolId,
        id: &OriginJti,
    ) -> Result<Option<SignedInUser>> {
        token_families::find_with_user(&self.db, pool, id).await
    }

    async fn find_authorization_code(
        &self,
        pool: &UserPoolId,
        code_hash: &[u8],
    ) -> Result<Option<(AuthorizationCode, Option<User>)>> {
        authorization_codes::find(&self.db, pool, code_hash).await
    }

    async fn find_challenge_session(
        &self,
        pool: &UserPoolId,
        id: &str,
    ) -> Result<Option<ChallengeSession>> {
        challenge_sessions::find(&self.db, pool, id).await
    }

    async fn find_browser_session(
        &self,
        pool: &UserPoolId,
        cookie_hash: &[u8],
    ) -> Result<Option<BrowserSession>> {
        browser_sessions::find(&self.db, pool, cookie_hash).await
    }
}

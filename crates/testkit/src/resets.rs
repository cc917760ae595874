//! Forgotten and changed passwords.

use poolhouse_model::{User, UserPool};
use poolhouse_service::{
    AdminResetUserPassword, ChangePassword, CodeDelivery, ConfirmForgotPassword, ForgotPassword,
    IssuedTokens, ServiceError,
};

use crate::builders::TestClient;
use crate::test_service::TestService;

impl TestService {
    /// Makes a confirmed user with a verified e-mail address, `NAME@example.com`.
    pub async fn reachable_user(&self, pool: &UserPool, name: &str) -> User {
        let email = format!("{name}@example.com");
        let attributes = [("email", email.as_str()), ("email_verified", "true")];
        self.user_with(pool, name, &attributes).await
    }

    /// `ForgotPassword`
    /// # Errors
    /// Those of the use case.
    pub async fn forget(
        &self,
        client: &TestClient,
        username: &str,
    ) -> Result<CodeDelivery, ServiceError> {
        self.forgot_password(ForgotPassword {
            client_id: client.id.clone(),
            secret_hash: client.secret_hash(username),
            username: username.to_owned(),
        })
        .await
    }

    /// `ConfirmForgotPassword`
    /// # Errors
    /// Those of the use case.
    pub async fn reset(
        &self,
        client: &TestClient,
        username: &str,
        code: &str,
        password: &str,
    ) -> Result<(), ServiceError> {
        self.confirm_forgot_password(ConfirmForgotPassword {
            client_id: client.id.clone(),
            secret_hash: client.secret_hash(username),
            username: username.to_owned(),
            code: code.into(),
            password: password.into(),
        })
        .await
    }

    /// `AdminResetUserPassword`
    /// # Errors
    /// Those of the use case.
    pub async fn demand_reset(&self, pool: &UserPool, username: &str) -> Result<(), ServiceError> {
        self.admin_reset_user_password(AdminResetUserPassword {
            pool_id: pool.id.clone(),
            username: username.to_owned(),
        })
        .await
    }

    /// `ChangePassword`
    /// # Errors
    /// Those of the use case.
    pub async fn change_own_password(
        &self,
        tokens: &IssuedTokens,
        previous: &str,
        proposed: &str,
    ) -> Result<(), ServiceError> {
        self.change_password(ChangePassword {
            access_token: tokens.access_token.clone(),
            previous_password: Some(previous.into()),
            proposed_password: proposed.into(),
        })
        .await
    }
}

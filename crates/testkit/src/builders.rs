//! Pools, clients and users with everything defaulted but what a test is about.

use std::collections::BTreeSet;

use poolhouse_crypto::secret_hash;
use poolhouse_model::{
    AppClientSettings, Attributes, ClientId, ContactAttribute, ExplicitAuthFlow, OAuthFlow,
    PreventUserExistenceErrors, SecretString, User, UserPool, UserPoolId, UserPoolSettings,
};
use poolhouse_service::{
    AdminCreateUser, AdminSetUserPassword, CreateUserPool, CreateUserPoolClient, MessageAction,
    SignUp,
};
use poolhouse_storage::{Write, WriteBatch, Writer as _};

use crate::test_service::TestService;

/// The password of users unless a test says otherwise.
pub const PASSWORD: &str = "Passw0rd!";

/// The redirect URI that clients register unless a test says otherwise.
pub const CALLBACK_URL: &str = "https://app.example.com/callback";

/// The sign-out URL that clients register unless a test says otherwise.
pub const LOGOUT_URL: &str = "https://app.example.com/bye";

/// A client as its application knows it.
#[derive(Clone, Debug)]
pub struct TestClient {
    /// The pool.
    pub pool_id: UserPoolId,
    /// Its id.
    pub id: ClientId,
    /// Its secret; `None` for a public client.
    pub secret: Option<SecretString>,
}

impl TestClient {
    /// The secret hash over a name; `None` for a public client.
    pub fn secret_hash(&self, username: &str) -> Option<String> {
        let secret = self.secret.as_ref()?;
        Some(secret_hash::compute(secret, username, &self.id))
    }
}

/// Turns pairs into attributes.
pub fn attributes(pairs: &[(&str, &str)]) -> Attributes {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// A user with [`PASSWORD`] as temporary password, no attributes and no invitation.
pub fn admin_request(pool: &UserPool, name: &str) -> AdminCreateUser {
    AdminCreateUser {
        pool_id: pool.id.clone(),
        username: name.to_owned(),
        temporary_password: Some(PASSWORD.into()),
        attributes: Attributes::new(),
        message_action: Some(MessageAction::Suppress),
        channels: Vec::new(),
        forces_alias_creation: false,
    }
}

/// A sign-up with [`PASSWORD`] and no attributes.
pub fn sign_up_request(client: &TestClient, name: &str) -> SignUp {
    SignUp {
        client_id: client.id.clone(),
        secret_hash: client.secret_hash(name),
        username: name.to_owned(),
        password: Some(PASSWORD.into()),
        attributes: Attributes::new(),
    }
}

/// A client that may do everything that is served.
fn open_client() -> AppClientSettings {
    use ExplicitAuthFlow as Flow;
    let flows = vec![
        Flow::AllowUserPassword,
        Flow::AllowAdminUserPassword,
        Flow::AllowUserSrp,
        Flow::AllowRefreshToken,
    ];
    let scopes = [
        "openid",
        "email",
        "phone",
        "profile",
        "aws.cognito.signin.user.admin",
    ];
    AppClientSettings {
        explicit_auth_flows: Some(flows),
        supported_identity_providers: vec!["COGNITO".to_owned()],
        callback_urls: vec![CALLBACK_URL.to_owned()],
        logout_urls: vec![LOGOUT_URL.to_owned()],
        allowed_oauth_flows: BTreeSet::from([OAuthFlow::Code, OAuthFlow::Implicit]),
        allowed_oauth_scopes: scopes.map(str::to_owned).to_vec(),
        is_oauth_enabled: true,
        ..AppClientSettings::default()
    }
}

impl TestService {
    /// Makes a pool with the service's defaults that verifies e-mail addresses.
    pub async fn pool(&self) -> UserPool {
        self.pool_with(|_| ()).await
    }

    /// Makes a pool after changing its settings.
    pub async fn pool_with(&self, change: impl FnOnce(&mut UserPoolSettings)) -> UserPool {
        let mut settings = UserPoolSettings {
            auto_verified_attributes: vec![ContactAttribute::Email],
            ..UserPoolSettings::default()
        };
        change(&mut settings);
        let request = CreateUserPool {
            name: "house".to_owned(),
            region: None,
            settings,
        };
        self.create_user_pool(request)
            .await
            .expect("the pool is made")
    }

    /// Makes a client without secret that may do everything that is served.
    pub async fn public_client(&self, pool: &UserPool) -> TestClient {
        self.client_with(pool, |_| ()).await
    }

    /// Makes a client with a secret that may do everything that is served.
    pub async fn confidential_client(&self, pool: &UserPool) -> TestClient {
        self.client_with(pool, |request| request.generates_secret = true)
            .await
    }

    /// Makes a public client that hides whether a user exists.
    pub async fn discreet_client(&self, pool: &UserPool) -> TestClient {
        self.client_with(pool, |request| {
            let enabled = PreventUserExistenceErrors::Enabled;
            request.settings.prevent_user_existence_errors = Some(enabled);
        })
        .await
    }

    /// Makes a client after changing the request for it.
    pub async fn client_with(
        &self,
        pool: &UserPool,
        change: impl FnOnce(&mut CreateUserPoolClient),
    ) -> TestClient {
        let mut request = CreateUserPoolClient {
            pool_id: pool.id.clone(),
            name: "app".to_owned(),
            generates_secret: false,
            client_secret: None,
            settings: open_client(),
        };
        change(&mut request);
        let described = self
            .create_user_pool_client(request)
            .await
            .expect("the client is made");
        TestClient {
            pool_id: pool.id.clone(),
            id: described.client.id.clone(),
            secret: described.secret,
        }
    }

    /// Makes a confirmed user with [`PASSWORD`] and no attributes.
    pub async fn user(&self, pool: &UserPool, name: &str) -> User {
        self.user_with(pool, name, &[]).await
    }

    /// Makes a confirmed user with [`PASSWORD`] and attributes.
    pub async fn user_with(
        &self,
        pool: &UserPool,
        name: &str,
        attributes: &[(&str, &str)],
    ) -> User {
        let invited = self.invited_user_with(pool, name, attributes).await;
        let username = invited.username.as_str();
        self.set_password(pool, username, PASSWORD).await;
        self.admin_get_user(&pool.id, username)
            .await
            .expect("the user is there")
    }

    /// Sets a permanent password as an administrator does.
    pub async fn set_password(&self, pool: &UserPool, username: &str, password: &str) {
        self.set_password_of(pool, username, password, true).await;
    }

    /// Sets [`PASSWORD`] as temporary password.
    pub async fn temporary_password(&self, pool: &UserPool, username: &str) {
        self.set_password_of(pool, username, PASSWORD, false).await;
    }

    async fn set_password_of(
        &self,
        pool: &UserPool,
        username: &str,
        password: &str,
        is_permanent: bool,
    ) {
        let request = AdminSetUserPassword {
            pool_id: pool.id.clone(),
            username: username.to_owned(),
            password: password.into(),
            is_permanent,
        };
        self.admin_set_user_password(request)
            .await
            .expect("the password is set");
    }

    /// Makes a user with [`PASSWORD`] as temporary password (`FORCE_CHANGE_PASSWORD`).
    pub async fn invited_user(&self, pool: &UserPool, name: &str) -> User {
        self.invited_user_with(pool, name, &[]).await
    }

    /// Makes a user with [`PASSWORD`] as temporary password and attributes.
    pub async fn invited_user_with(
        &self,
        pool: &UserPool,
        name: &str,
        pairs: &[(&str, &str)],
    ) -> User {
        let mut request = admin_request(pool, name);
        request.attributes = attributes(pairs);
        self.admin_create_user(request)
            .await
            .expect("the user is made")
    }

    /// Changes a user's row, to states that no operation leads to yet.
    pub async fn change(&self, pool: &UserPool, username: &str, change: impl FnOnce(&mut User)) {
        let user = self.admin_get_user(&pool.id, username).await;
        let mut user = user.expect("the user is there");
        change(&mut user);
        user.version += 1;
        let write = WriteBatch::of([Write::UpdateUser(Box::new(user))]);
        self.storage()
            .write(write)
            .await
            .expect("the user can be changed");
    }

    /// Disables a user.
    pub async fn disable(&self, pool: &UserPool, username: &str) {
        self.change(pool, username, |user| user.is_enabled = false)
            .await;
    }

    /// Signs a user up with [`PASSWORD`], unconfirmed; the code is in the inbox of the address.
    pub async fn signed_up_user(&self, client: &TestClient, name: &str, email: &str) {
        let mut request = sign_up_request(client, name);
        request.attributes = attributes(&[("email", email)]);
        self.sign_up(request).await.expect("the user signs up");
    }
}

//! A pool to begin with: two clients and a user, made where they are not there yet.

use std::collections::BTreeSet;
use std::sync::Arc;

use poolhouse_model::{
    AppClientSettings, ContactAttribute, ExplicitAuthFlow, OAuthFlow, PreventUserExistenceErrors,
    SecretString, User, UserPool, UserPoolSettings, UserStatus,
};
use poolhouse_oauth::redirect_uri::RedirectUri;

use crate::app_clients::{CreateUserPoolClient, DescribedAppClient};
use crate::error::ServiceError;
use crate::service::Service;
use crate::sign_in_names::LookupBy;
use crate::user_pools::CreateUserPool;
use crate::users::{AdminCreateUser, AdminSetUserPassword, MessageAction};

/// Names by which a later run finds what an earlier one made.
const POOL_NAME: &str = "quickstart";
const PUBLIC_CLIENT_NAME: &str = "quickstart-public";
const CONFIDENTIAL_CLIENT_NAME: &str = "quickstart-confidential";
const USERNAME: &str = "dev";

const EMAIL: &str = "dev@example.com";

/// Where the development servers of common frameworks listen (React and Next, Vite, Angular, and
/// the rest). Redirect URIs are compared as text, so each is there with and without a slash.
const APP_ORIGINS: [&str; 4] = [
    "http://localhost:3000",
    "http://localhost:5173",
    "http://localhost:4200",
    "http://localhost:8080",
];

/// Characters of the password after its fixed beginning: five bits each.
const PASSWORD_CHARACTERS: usize = 24;

/// Everything that there is to begin with.
#[derive(Clone, Debug)]
pub struct Quickstart {
    /// The pool.
    pub pool: Arc<UserPool>,
    /// A client for a page or an app: no secret, code and implicit flow.
    pub public_client: DescribedAppClient,
    /// A client for a server: a secret, code flow.
    pub confidential_client: DescribedAppClient,
    /// The user's name.
    pub username: String,
    /// The user's password.
    pub password: SecretString,
}

/// Paths at which the server itself receives what browsers bring back from its pages.
#[derive(Clone, Copy, Debug)]
pub struct OwnPaths {
    /// Where authorization responses are shown; the id of the client follows.
    pub callback: &'static str,
    /// Where the playground takes authorization responses and sign-outs.
    pub playground: &'static str,
}

impl Service {
    /// Makes what is missing of a pool, two clients and a confirmed user; a second run gives the
    /// same ids and the same password. The server's own addresses are registered where they are
    /// missing, also with clients of an earlier version.
    ///
    /// The password is derived from the master key and the pool's id: nothing of it is stored but
    /// its hash, and another master key gives another password.
    /// # Errors
    /// [`ServiceError::FeatureNotServed`] outside the dev profile.
    pub async fn quickstart(&self, own: OwnPaths) -> Result<Quickstart, ServiceError> {
        if !self.settings.is_dev {
            let text = "The quickstart is part of the dev profile.";
            return Err(ServiceError::FeatureNotServed(text.to_owned()));
        }
        let pool = self.quickstart_pool().await?;
        let public_client = self.quickstart_client(&pool, PUBLIC_CLIENT_NAME).await?;
        let confidential_client = self
            .quickstart_client(&pool, CONFIDENTIAL_CLIENT_NAME)
            .await?;
        let password = self.quickstart_password(&pool);
        self.quickstart_user(&pool, &password).await?;
        Ok(Quickstart {
            pool,
            public_client: self.receive_responses(public_client, own).await?,
            confidential_client: self.receive_responses(confidential_client, own).await?,
            username: USERNAME.to_owned(),
            password,
        })
    }

    async fn quickstart_pool(&self) -> Result<Arc<UserPool>, ServiceError> {
        if let Some(id) = self.find_pool_named(POOL_NAME).await? {
            return self.pool(&id).await;
        }
        let mut settings = UserPoolSettings {
            is_case_sensitive: false,
            auto_verified_attributes: vec![ContactAttribute::Email],
            ..UserPoolSettings::default()
        };
        // Without an address, who signs up on the page could not be sent a code.
        for attribute in &mut settings.schema {
            attribute.is_required |= attribute.name == ContactAttribute::Email.name();
        }
        let request = CreateUserPool {
            name: POOL_NAME.to_owned(),
            region: None,
            settings,
        };
        Ok(Arc::new(self.create_user_pool(request).await?))
    }

    async fn quickstart_client(
        &self,
        pool: &UserPool,
        name: &str,
    ) -> Result<DescribedAppClient, ServiceError> {
        if let Some(id) = self.find_client_named(&pool.id, name).await? {
            return self.describe_user_pool_client(&pool.id, &id).await;
        }
        let request = CreateUserPoolClient {
            pool_id: pool.id.clone(),
            name: name.to_owned(),
            generates_secret: name == CONFIDENTIAL_CLIENT_NAME,
            client_secret: None,
            settings: open_client(),
        };
        self.create_user_pool_client(request).await
    }

    /// Registers the server's own addresses for responses, in place of those of an earlier public
    /// URL.
    async fn receive_responses(
        &self,
        described: DescribedAppClient,
        own: OwnPaths,
    ) -> Result<DescribedAppClient, ServiceError> {
        let own_path = format!("{}{}", own.callback, described.client.id);
        let callbacks = [own_path.as_str(), own.playground];
        let logouts = [own.playground];
        let may_register = |path: &&str| RedirectUri::parse(&self.own_url(path)).is_ok();
        let settings = &described.client.settings;
        let is_known = |urls: &[String], paths: &[&str]| {
            let mut wanted = paths.iter().filter(|path| may_register(path));
            wanted.all(|path| urls.contains(&self.own_url(path)))
        };
        if is_known(&settings.callback_urls, &callbacks)
            && is_known(&settings.logout_urls, &logouts)
        {
            return Ok(described);
        }
        let register = |urls: &mut Vec<String>, paths: &[&str]| {
            for path in paths.iter().rev().filter(|path| may_register(path)) {
                urls.retain(|url| !url.ends_with(path));
                urls.insert(0, self.own_url(path));
            }
        };
        let id = &described.client.id;
        let client = self
            .change_client(&described.client.pool_id, id, |_, client| {
                register(&mut client.settings.callback_urls, &callbacks);
                register(&mut client.settings.logout_urls, &logouts);
                Ok(())
            })
            .await?;
        Ok(DescribedAppClient {
            client: client.into(),
            ..described
        })
    }

    fn own_url(&self, path: &str) -> String {
        format!("{}{path}", self.settings.public_url)
    }

    fn quickstart_password(&self, pool: &UserPool) -> SecretString {
        const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
        let key = self.master_keys.current();
        let mac = key.mac("quickstart password", pool.id.as_str().as_bytes());
        let drawn = mac.iter().take(PASSWORD_CHARACTERS);
        let drawn: String = drawn
            .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
            .collect();
        // The beginning has a character of each kind that the policy asks for.
        SecretString::new(format!("Dev1-{drawn}"))
    }

    async fn quickstart_user(
        &self,
        pool: &UserPool,
        password: &SecretString,
    ) -> Result<(), ServiceError> {
        let user = self.find_user(pool, USERNAME, LookupBy::Admin).await?;
        let user = match user {
            Some(user) => user,
            None => self.make_quickstart_user(pool, password).await?,
        };
        if self.is_signed_in_by(&user, password).await? {
            return Ok(());
        }
        self.admin_set_user_password(AdminSetUserPassword {
            pool_id: pool.id.clone(),
            username: USERNAME.to_owned(),
            password: password.clone(),
            is_permanent: true,
        })
        .await
    }

    async fn make_quickstart_user(
        &self,
        pool: &UserPool,
        password: &SecretString,
    ) -> Result<User, ServiceError> {
        let attributes = [("email", EMAIL), ("email_verified", "true")];
        self.admin_create_user(AdminCreateUser {
            pool_id: pool.id.clone(),
            username: USERNAME.to_owned(),
            temporary_password: Some(password.clone()),
            attributes: attributes
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
            message_action: Some(MessageAction::Suppress),
            channels: Vec::new(),
            forces_alias_creation: false,
        })
        .await
    }

    /// Whether the password is the user's permanent one.
    pub(crate) async fn is_signed_in_by(
        &self,
        user: &User,
        password: &SecretString,
    ) -> Result<bool, ServiceError> {
        let (UserStatus::Confirmed, Some(stored)) = (user.status, &user.password) else {
            return Ok(false);
        };
        let verdict = self.hasher.verify(password.clone(), &stored.hash).await?;
        Ok(verdict.matches)
    }
}

/// A client that may do everything that is served.
fn open_client() -> AppClientSettings {
    let urls = |endings: &[&str]| -> Vec<String> {
        let with_endings = |origin| {
            endings
                .iter()
                .map(move |ending| format!("{origin}{ending}"))
        };
        APP_ORIGINS.into_iter().flat_map(with_endings).collect()
    };
    let scopes = [
        "openid",
        "email",
        "profile",
        "phone",
        "aws.cognito.signin.user.admin",
    ];
    AppClientSettings {
        explicit_auth_flows: Some(vec![
            ExplicitAuthFlow::AllowUserSrp,
            ExplicitAuthFlow::AllowUserPassword,
            ExplicitAuthFlow::AllowAdminUserPassword,
            ExplicitAuthFlow::AllowRefreshToken,
        ]),
        supported_identity_providers: vec!["COGNITO".to_owned()],
        callback_urls: urls(&["/", "", "/callback"]),
        logout_urls: urls(&["/", ""]),
        allowed_oauth_flows: BTreeSet::from([OAuthFlow::Code, OAuthFlow::Implicit]),
        allowed_oauth_scopes: scopes.map(str::to_owned).to_vec(),
        is_oauth_enabled: true,
        prevent_user_existence_errors: Some(PreventUserExistenceErrors::Enabled),
        ..AppClientSettings::default()
    }
}

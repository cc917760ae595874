//! `CreateUserPoolClient`

use poolhouse_model::{AppClient, AppClientSettings, ClientId, RngExt, SecretString, UserPoolId};
use poolhouse_storage::{Conflict, StorageError, Write};

use super::DescribedAppClient;
use super::settings_rules::{Deed, check_settings};
use crate::error::ServiceError;
use crate::service::Service;

/// Prefix of a client name that asks for a fixed id in the dev profile.
const CUSTOM_ID_PREFIX: &str = "_custom_id_:";

/// Characters of a generated secret.
const SECRET_LENGTH: usize = 52;

/// A new client.
#[derive(Clone, Debug)]
pub struct CreateUserPoolClient {
    /// The pool.
    pub pool_id: UserPoolId,
    /// What its owner calls it.
    pub name: String,
    /// Whether it gets a secret.
    pub generates_secret: bool,
    /// A secret that the owner chose.
    pub client_secret: Option<SecretString>,
    /// Its settings.
    pub settings: AppClientSettings,
}

impl Service {
    /// Makes a client.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::AppClientExists`] for a fixed id that
    /// is taken, [`ServiceError::InvalidInput`], [`ServiceError::OAuthFlowInvalid`] and
    /// [`ServiceError::ScopeDoesNotExist`] for settings that are wrong.
    /// Source: API reference, `CreateUserPoolClient`.
    pub async fn create_user_pool_client(
        &self,
        request: CreateUserPoolClient,
    ) -> Result<DescribedAppClient, ServiceError> {
        self.create_user_pool_client_as(None, request).await
    }

    /// Makes a client of this id, if one is given.
    pub(crate) async fn create_user_pool_client_as(
        &self,
        fixed_id: Option<ClientId>,
        request: CreateUserPoolClient,
    ) -> Result<DescribedAppClient, ServiceError> {
        // Not from the cache: an attribute that another instance added counts at once.
        let pool = self.stored_pool(&request.pool_id).await?;
        let secret = match (request.client_secret, request.generates_secret) {
            (Some(_), true) => {
                return Err(ServiceError::InvalidInput(
                    "ClientSecret cannot be given together with GenerateSecret.".to_owned(),
                ));
            }
            (Some(secret), false) => Some(secret),
            (None, true) => Some(self.generate_client_secret()),
            (None, false) => None,
        };
        check_settings(&pool, &request.settings, secret.is_some(), Deed::Create)?;
        self.check_scopes_exist(&pool.id, &request.settings).await?;
        let keys = self.keyring(&pool.id).await?;
        let id = match fixed_id {
            Some(id) => id,
            None => self.new_client_id(&request.name)?,
        };
        let now = self.now();
        let sealed_secret = secret.as_ref();
        let sealed_secret =
            sealed_secret.map(|secret| keys.seal_client_secret(&id, secret, &*self.rng));
        let client = AppClient {
            id: id.clone(),
            pool_id: pool.id.clone(),
            name: request.name,
            sealed_secret,
            created_at: now,
            updated_at: now,
            version: 1,
            settings: request.settings,
        };
        match self
            .write([Write::CreateAppClient(Box::new(client.clone()))])
            .await
        {
            Ok(()) => Ok(DescribedAppClient {
                client: client.into(),
                secret,
            }),
            Err(StorageError::Conflict(Conflict::AppClientExists)) => {
                Err(ServiceError::AppClientExists(id))
            }
            Err(StorageError::Conflict(Conflict::Stale)) => {
                Err(ServiceError::UserPoolNotFound(pool.id.clone()))
            }
            Err(error) => Err(error.into()),
        }
    }

    fn generate_client_secret(&self) -> SecretString {
        let alphabet = b"abcdefghijklmnopqrstuvwxyz0123456789";
        SecretString::new(self.rng.characters(alphabet, SECRET_LENGTH))
    }

    fn new_client_id(&self, name: &str) -> Result<ClientId, ServiceError> {
        let fixed = self.fixed_client_id(name)?;
        Ok(fixed.unwrap_or_else(|| ClientId::generate(&*self.rng)))
    }

    /// Reads the fixed id that a client's name asks for; `None` outside the dev profile and for
    /// other names.
    /// # Errors
    /// [`ServiceError::InvalidInput`] when what follows the prefix is no client id.
    pub(super) fn fixed_client_id(&self, name: &str) -> Result<Option<ClientId>, ServiceError> {
        let wanted = name
            .strip_prefix(CUSTOM_ID_PREFIX)
            .filter(|_| self.settings.is_dev);
        let Some(wanted) = wanted else {
            return Ok(None);
        };
        let is_sound = (1..=128).contains(&wanted.len())
            && wanted
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'+');
        if is_sound {
            Ok(Some(ClientId::new(wanted)))
        } else {
            Err(ServiceError::InvalidInput(format!(
                "What follows {CUSTOM_ID_PREFIX} in ClientName must be an app client id: letters, \
                 digits, _ and +."
            )))
        }
    }
}

/// Whether a client's name asks for a fixed id, as users of `LocalStack` write it; the colon is none
/// of the characters that names otherwise have.
pub fn asks_for_fixed_client_id(name: &str) -> bool {
    name.starts_with(CUSTOM_ID_PREFIX)
}

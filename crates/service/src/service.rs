//! The service: what every use case works with.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use parking_lot::RwLock;
use poolhouse_crypto::key_stock::SigningKeyStock;
use poolhouse_crypto::password::PasswordHasher;
use poolhouse_crypto::sealing::MasterKeys;
use poolhouse_crypto::srp::EphemeralStock;
use poolhouse_model::{
    AppClient, ClientId, Clock, Rng, SignInName, Sub, Timestamp, User, UserPool, UserPoolId,
};
use poolhouse_storage::{Conflict, Storage, StorageError, Write, WriteBatch};
use tokio::sync::RwLock as AsyncRwLock;

use crate::config_cache::ConfigCache;
use crate::error::ServiceError;
use crate::messages::OutboxState;
use crate::pool_keys::PoolKeyring;
use crate::ports::{MailTransport, SmsTransport};
use crate::settings::ServiceSettings;
use crate::sign_in_names::{LookupBy, names_to_try};
use crate::whole_store::KeptSnapshots;

/// How often a use case re-reads and tries again when its write met a conflict.
pub(crate) const MAX_WRITE_ATTEMPTS: usize = 3;

/// What a [`Service`] is made of.
pub struct ServiceParts {
    /// The store.
    pub storage: Arc<dyn Storage>,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
    /// Where random bytes come from.
    pub rng: Arc<dyn Rng>,
    /// Hashes and checks passwords.
    pub hasher: PasswordHasher,
    /// Ready pairs for SRP.
    pub srp_stock: EphemeralStock,
    /// Ready signing keys for new pools.
    pub key_stock: SigningKeyStock,
    /// Opens the data keys of pools.
    pub master_keys: MasterKeys,
    /// What the operator decided.
    pub settings: ServiceSettings,
    /// Sends mail; without it mails go to the inbox alone.
    pub mail: Option<Arc<dyn MailTransport>>,
    /// Sends text messages; without it they go to the inbox alone.
    pub sms: Option<Arc<dyn SmsTransport>>,
}

/// The use cases of Poolhouse, one method each; each lives in a file of its own.
pub struct Service {
    pub(crate) storage: Arc<dyn Storage>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) rng: Arc<dyn Rng>,
    pub(crate) hasher: PasswordHasher,
    pub(crate) srp_stock: EphemeralStock,
    pub(crate) key_stock: SigningKeyStock,
    pub(crate) master_keys: MasterKeys,
    pub(crate) settings: ServiceSettings,
    pub(crate) mail: Option<Arc<dyn MailTransport>>,
    pub(crate) sms: Option<Arc<dyn SmsTransport>>,
    pub(crate) cache: ConfigCache,
    pub(crate) keyrings: RwLock<HashMap<UserPoolId, Arc<PoolKeyring>>>,
    pub(crate) outbox: OutboxState,
    pub(crate) last_message_order: AtomicI64,
    /// Read while a request is under way, written while the store is replaced.
    pub(crate) replacing: AsyncRwLock<()>,
    pub(crate) snapshots: KeptSnapshots,
}

impl Service {
    /// Puts a service together.
    pub fn new(parts: ServiceParts) -> Self {
        Self {
            storage: parts.storage,
            clock: parts.clock,
            rng: parts.rng,
            hasher: parts.hasher,
            srp_stock: parts.srp_stock,
            key_stock: parts.key_stock,
            master_keys: parts.master_keys,
            settings: parts.settings,
            mail: parts.mail,
            sms: parts.sms,
            cache: ConfigCache::default(),
            keyrings: RwLock::default(),
            outbox: OutboxState::default(),
            last_message_order: AtomicI64::new(0),
            replacing: AsyncRwLock::default(),
            snapshots: KeptSnapshots::default(),
        }
    }

    /// What the operator decided.
    pub fn settings(&self) -> &ServiceSettings {
        &self.settings
    }

    /// The current instant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The source of random bytes, for request ids and the like.
    pub fn rng(&self) -> &dyn Rng {
        &*self.rng
    }

    /// How many password hashes were asked for since the start: for metrics.
    pub fn password_hash_count(&self) -> u64 {
        self.hasher.hash_count()
    }

    /// Says what the store is.
    pub fn describe_storage(&self) -> String {
        self.storage.describe()
    }

    /// Fails when the store cannot be read.
    /// # Errors
    /// [`ServiceError::Storage`].
    pub async fn check_health(&self) -> Result<(), ServiceError> {
        Ok(self.storage.check_health().await?)
    }

    /// Reads a pool's configuration.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`].
    pub async fn pool(&self, id: &UserPoolId) -> Result<Arc<UserPool>, ServiceError> {
        self.cache
            .pool(&*self.storage, id, self.now())
            .await?
            .ok_or_else(|| ServiceError::UserPoolNotFound(id.clone()))
    }

    /// Reads a client's configuration by its id, with its pool's.
    /// # Errors
    /// [`ServiceError::AppClientNotFound`].
    pub async fn client(
        &self,
        id: &ClientId,
    ) -> Result<(Arc<UserPool>, Arc<AppClient>), ServiceError> {
        let client = self
            .cache
            .client(&*self.storage, id, self.now())
            .await?
            .ok_or_else(|| ServiceError::AppClientNotFound(id.clone()))?;
        let pool = self.pool(&client.pool_id).await?;
        Ok((pool, client))
    }

    /// Reads a client's configuration; a client of another pool is not there.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::AppClientNotFound`].
    pub async fn client_of_pool(
        &self,
        pool_id: &UserPoolId,
        id: &ClientId,
    ) -> Result<(Arc<UserPool>, Arc<AppClient>), ServiceError> {
        let pool = self.pool(pool_id).await?;
        match self.client(id).await {
            Ok((_, client)) if client.pool_id == *pool_id => Ok((pool, client)),
            Ok(_) => Err(ServiceError::AppClientNotFound(id.clone())),
            Err(error) => Err(error),
        }
    }

    /// Finds a user by what was typed, or by what an administrator named.
    pub(crate) async fn find_user(
        &self,
        pool: &UserPool,
        typed: &str,
        lookup: LookupBy,
    ) -> Result<Option<User>, ServiceError> {
        let names: Vec<SignInName> = names_to_try(&pool.settings, typed, lookup);
        Ok(self.storage.find_user_by_name(&pool.id, &names).await?)
    }

    /// Finds a user that an administrator named.
    /// # Errors
    /// [`ServiceError::UserNotFound`].
    pub(crate) async fn get_user_by_admin(
        &self,
        pool: &UserPool,
        name: &str,
    ) -> Result<User, ServiceError> {
        self.find_user(pool, name, LookupBy::Admin)
            .await?
            .ok_or(ServiceError::UserNotFound)
    }

    /// Reads a user by subject.
    pub(crate) async fn find_user_by_sub(
        &self,
        pool_id: &UserPoolId,
        sub: &Sub,
    ) -> Result<Option<User>, ServiceError> {
        Ok(self.storage.find_user(pool_id, sub).await?)
    }

    /// Runs a batch; the messages in it are counted against their limits.
    pub(crate) async fn write(&self, writes: impl Into<Vec<Write>>) -> Result<(), StorageError> {
        let mut writes = writes.into();
        let counts = self.count_messages(&writes);
        writes.extend(counts);
        let outcome = self.storage.write(WriteBatch::of(writes)).await;
        if let Err(StorageError::Conflict(Conflict::MessageLimitReached)) = &outcome {
            tracing::warn!("a message was not sent: its address or pool has had its share");
        }
        outcome
    }

    /// Changes a user: reads it, lets `change` make the new value and further writes, and writes
    /// all together; when the user changed meanwhile, reads and tries again.
    /// # Errors
    /// What `change` answers; [`ServiceError::Busy`] when the user kept changing.
    pub(crate) async fn change_user<Out>(
        &self,
        pool_id: &UserPoolId,
        sub: &Sub,
        mut change: impl FnMut(&mut User) -> Result<(Vec<Write>, Out), ServiceError>,
    ) -> Result<Out, ServiceError> {
        for _ in 0..MAX_WRITE_ATTEMPTS {
            let user = self.storage.find_user(pool_id, sub).await?;
            let mut user = user.ok_or(ServiceError::UserNotFound)?;
            let (more, out) = change(&mut user)?;
            user.version += 1;
            user.updated_at = self.now();
            let mut writes = vec![Write::UpdateUser(Box::new(user))];
            writes.extend(more);
            match self.write(writes).await {
                Ok(()) => return Ok(out),
                Err(StorageError::Conflict(Conflict::Stale)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(ServiceError::Busy)
    }
}

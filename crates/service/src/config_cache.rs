//! Pool and client configuration kept in memory.
//!
//! Only configuration is kept, never that something is absent, and never a user, family,
//! challenge, lockout or revocation. The instance that writes invalidates at once; others compare
//! the version once an entry is older than [`RECHECK_AFTER`].

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;
use poolhouse_model::{AppClient, ClientId, Timestamp, Ttl, UserPool, UserPoolId};
use poolhouse_storage::Storage;

use crate::error::ServiceError;

/// Age after which an entry's version is compared with the store.
const RECHECK_AFTER: Ttl = Ttl::from_secs(2);

struct Entry<T> {
    value: Arc<T>,
    checked_at: Timestamp,
}

impl<T> Entry<T> {
    fn is_fresh(&self, now: Timestamp) -> bool {
        now >= self.checked_at && now.since(self.checked_at) < RECHECK_AFTER
    }
}

type Map<K, T> = RwLock<HashMap<K, Entry<T>>>;

/// Configuration of pools and clients, read through from the store.
#[derive(Default)]
pub(crate) struct ConfigCache {
    pools: Map<UserPoolId, UserPool>,
    clients: Map<ClientId, AppClient>,
}

impl ConfigCache {
    /// Reads a pool's configuration, at most two seconds old.
    pub(crate) async fn pool(
        &self,
        storage: &dyn Storage,
        id: &UserPoolId,
        now: Timestamp,
    ) -> Result<Option<Arc<UserPool>>, ServiceError> {
        let known = match cached(&self.pools, id, now) {
            Lookup::Fresh(pool) => return Ok(Some(pool)),
            Lookup::Old(pool) => Some(pool),
            Lookup::Unknown => None,
        };
        if let Some(pool) = known
            && storage.find_user_pool_version(id).await? == Some(pool.version)
        {
            return Ok(Some(keep(&self.pools, id.clone(), pool, now)));
        }
        let Some(pool) = storage.find_user_pool(id).await? else {
            self.forget_pool(id);
            return Ok(None);
        };
        Ok(Some(keep(&self.pools, id.clone(), Arc::new(pool), now)))
    }

    /// Reads a client's configuration by its id alone, at most two seconds old.
    pub(crate) async fn client(
        &self,
        storage: &dyn Storage,
        id: &ClientId,
        now: Timestamp,
    ) -> Result<Option<Arc<AppClient>>, ServiceError> {
        let known = match cached(&self.clients, id, now) {
            Lookup::Fresh(client) => return Ok(Some(client)),
            Lookup::Old(client) => Some(client),
            Lookup::Unknown => None,
        };
        let pool_id = match &known {
            Some(client) => Some(client.pool_id.clone()),
            None => storage.find_pool_of_client(id).await?,
        };
        let Some(pool_id) = pool_id else {
            return Ok(None);
        };
        if let Some(client) = known
            && storage.find_app_client_version(&pool_id, id).await? == Some(client.version)
        {
            return Ok(Some(keep(&self.clients, id.clone(), client, now)));
        }
        let Some(client) = storage.find_app_client(&pool_id, id).await? else {
            self.forget_client(id);
            return Ok(None);
        };
        Ok(Some(keep(&self.clients, id.clone(), Arc::new(client), now)))
    }

    /// Drops a pool and its clients, after this instance changed or deleted it.
    pub(crate) fn forget_pool(&self, id: &UserPoolId) {
        self.pools.write().remove(id);
        self.clients
            .write()
            .retain(|_, entry| entry.value.pool_id != *id);
    }

    /// Drops a client, after this instance changed or deleted it.
    pub(crate) fn forget_client(&self, id: &ClientId) {
        self.clients.write().remove(id);
    }
}

enum Lookup<T> {
    Fresh(Arc<T>),
    Old(Arc<T>),
    Unknown,
}

fn cached<K: std::hash::Hash + Eq, T>(map: &Map<K, T>, id: &K, now: Timestamp) -> Lookup<T> {
    match map.read().get(id) {
        Some(entry) if entry.is_fresh(now) => Lookup::Fresh(Arc::clone(&entry.value)),
        Some(entry) => Lookup::Old(Arc::clone(&entry.value)),
        None => Lookup::Unknown,
    }
}

fn keep<K: std::hash::Hash + Eq, T>(
    map: &Map<K, T>,
    id: K,
    value: Arc<T>,
    now: Timestamp,
) -> Arc<T> {
    let entry = Entry {
        value: Arc::clone(&value),
        checked_at: now,
    };
    map.write().insert(id, entry);
    value
}

//! Pool and client configuration kept in memory.
//!
//! Only configuration is kept, never that something is absent, and never a user, family,
//! challenge, lockout or revocation. The instance that writes invalidates at once; others compare
//! the version once an entry is older than [`RECHECK_AFTER`].

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::RwLock;
use poolhouse_model::{AppClient, ClientId, Timestamp, Ttl, UserPool, UserPoolId};
use poolhouse_storage::Storage;

use crate::error::ServiceError;

/// Age after which an entry's version is compared with the store.
const RECHECK_AFTER: Ttl = Ttl::from_secs(2);

struct Entry<T: ?Sized> {
    value: Arc<T>,
    checked_at: Timestamp,
}

impl<T: ?Sized> Entry<T> {
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
    discovery: Map<UserPoolId, [u8]>,
    changes: AtomicU64,
}

/// What a reader knows about the changes of this instance before it reads from the store: what it
/// read is kept only if there was none since, or an old value would outlive the change.
#[derive(Clone, Copy)]
pub(crate) struct ReadMark(u64);

impl ConfigCache {
    /// Reads a pool's configuration, at most two seconds old.
    pub(crate) async fn pool(
        &self,
        storage: &dyn Storage,
        id: &UserPoolId,
        now: Timestamp,
    ) -> Result<Option<Arc<UserPool>>, ServiceError> {
        let mark = self.mark();
        let known = match cached(&self.pools, id, now) {
            Lookup::Fresh(pool) => return Ok(Some(pool)),
            Lookup::Old(pool) => Some(pool),
            Lookup::Unknown => None,
        };
        let is_known = known.is_some();
        if let Some(pool) = known
            && storage.find_user_pool_version(id).await? == Some(pool.version)
        {
            return Ok(Some(self.keep(&self.pools, id, pool, now, mark)));
        }
        let Some(pool) = storage.find_user_pool(id).await? else {
            // Asking for what never was is no change: it must not keep others from being kept.
            if is_known {
                self.forget_pool(id);
            }
            return Ok(None);
        };
        Ok(Some(self.keep(&self.pools, id, Arc::new(pool), now, mark)))
    }

    /// Reads a client's configuration by its id alone, at most two seconds old.
    pub(crate) async fn client(
        &self,
        storage: &dyn Storage,
        id: &ClientId,
        now: Timestamp,
    ) -> Result<Option<Arc<AppClient>>, ServiceError> {
        let mark = self.mark();
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
        let is_known = known.is_some();
        if let Some(client) = known
            && storage.find_app_client_version(&pool_id, id).await? == Some(client.version)
        {
            return Ok(Some(self.keep(&self.clients, id, client, now, mark)));
        }
        let Some(client) = storage.find_app_client(&pool_id, id).await? else {
            if is_known {
                self.forget_client(id);
            }
            return Ok(None);
        };
        Ok(Some(self.keep(
            &self.clients,
            id,
            Arc::new(client),
            now,
            mark,
        )))
    }

    /// The discovery document of a pool, if it was made less than two seconds ago.
    pub(crate) fn discovery(&self, id: &UserPoolId, now: Timestamp) -> Option<Arc<[u8]>> {
        match cached(&self.discovery, id, now) {
            Lookup::Fresh(document) => Some(document),
            Lookup::Old(_) | Lookup::Unknown => None,
        }
    }

    /// Keeps the discovery document of a pool for two seconds.
    pub(crate) fn keep_discovery(
        &self,
        id: &UserPoolId,
        document: Arc<[u8]>,
        now: Timestamp,
        mark: ReadMark,
    ) -> Arc<[u8]> {
        self.keep(&self.discovery, id, document, now, mark)
    }

    /// Drops the discovery document of a pool, after this instance changed its domains.
    pub(crate) fn forget_discovery(&self, id: &UserPoolId) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.discovery.write().remove(id);
    }

    /// Taken before something is read that will be kept.
    pub(crate) fn mark(&self) -> ReadMark {
        ReadMark(self.changes.load(Ordering::SeqCst))
    }

    fn keep<K: std::hash::Hash + Eq + Clone, T: ?Sized>(
        &self,
        map: &Map<K, T>,
        id: &K,
        value: Arc<T>,
        now: Timestamp,
        mark: ReadMark,
    ) -> Arc<T> {
        let entry = Entry {
            value: Arc::clone(&value),
            checked_at: now,
        };
        // A change counts itself before it waits for this lock: what it is to drop is either not
        // put here any more, or is here when it drops it.
        let mut map = map.write();
        if self.is_unchanged_since(mark) {
            map.insert(id.clone(), entry);
        }
        value
    }

    /// Drops a pool and its clients, after this instance changed or deleted it.
    pub(crate) fn forget_pool(&self, id: &UserPoolId) {
        self.forget_discovery(id);
        self.pools.write().remove(id);
        self.clients
            .write()
            .retain(|_, entry| entry.value.pool_id != *id);
    }

    /// Drops a client, after this instance changed or deleted it.
    pub(crate) fn forget_client(&self, id: &ClientId) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.clients.write().remove(id);
    }

    /// Drops everything, after the store was replaced.
    pub(crate) fn forget_everything(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.pools.write().clear();
        self.clients.write().clear();
        self.discovery.write().clear();
    }

    /// Whether this instance changed nothing since the mark, so that what was read may be kept.
    pub(crate) fn is_unchanged_since(&self, mark: ReadMark) -> bool {
        self.mark().0 == mark.0
    }
}

enum Lookup<T: ?Sized> {
    Fresh(Arc<T>),
    Old(Arc<T>),
    Unknown,
}

fn cached<K: std::hash::Hash + Eq, T: ?Sized>(
    map: &Map<K, T>,
    id: &K,
    now: Timestamp,
) -> Lookup<T> {
    match map.read().get(id) {
        Some(entry) if entry.is_fresh(now) => Lookup::Fresh(Arc::clone(&entry.value)),
        Some(entry) => Lookup::Old(Arc::clone(&entry.value)),
        None => Lookup::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_secs(1000);

    fn document(text: &str) -> Arc<[u8]> {
        text.as_bytes().into()
    }

    #[test]
    fn what_was_read_before_a_change_is_not_kept_after_it() {
        let cache = ConfigCache::default();
        let pool = UserPoolId::new("p");
        let before = cache.mark();
        cache.forget_pool(&pool);
        let read = cache.keep_discovery(&pool, document("old"), NOW, before);
        assert_eq!(
            &*read, b"old",
            "the reader itself goes on with what it read"
        );
        assert_eq!(cache.discovery(&pool, NOW), None);

        let after = cache.mark();
        cache.keep_discovery(&pool, document("new"), NOW, after);
        assert_eq!(cache.discovery(&pool, NOW), Some(document("new")));
    }

    #[test]
    fn a_document_is_kept_for_two_seconds() {
        let cache = ConfigCache::default();
        let pool = UserPoolId::new("p");
        cache.keep_discovery(&pool, document("it"), NOW, cache.mark());
        let just_fresh = Timestamp::from_millis(NOW.as_millis() + 1999);
        assert!(cache.discovery(&pool, just_fresh).is_some());
        assert!(cache.discovery(&pool, NOW.after(RECHECK_AFTER)).is_none());
    }
}

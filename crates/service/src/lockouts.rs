//! Counting wrong passwords, for every name that can be typed, known or not, and wrong answers to
//! second factors.

use poolhouse_crypto::sealing::Purpose;
use poolhouse_model::{LOCKOUT_MEMORY, User, UserPool};
use poolhouse_storage::Write;

use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;

/// A counted attempt: failure stands unless it is given back.
pub(crate) struct CountedAttempt {
    pool_id: poolhouse_model::UserPoolId,
    name_key: String,
}

impl CountedAttempt {
    /// The write that gives the attempt back, once the proof was right.
    pub(crate) fn give_back(self) -> Write {
        Write::ClearLockout {
            pool_id: self.pool_id,
            name_key: self.name_key,
        }
    }
}

/// The write that ends the lock of a user whose password an administrator has set anew: what was
/// guessed was the old one.
pub(crate) fn unlock(user: &User) -> Write {
    Write::ClearLockout {
        pool_id: user.pool_id.clone(),
        name_key: key_of_user(user),
    }
}

/// The key that calls for a user are counted under: the subject, so that all names of one user
/// share a count; for a name that leads nowhere a keyed hash of it.
pub(crate) fn name_key(
    pool: &UserPool,
    keys: &PoolKeyring,
    user: Option<&User>,
    typed: &str,
) -> String {
    match user {
        Some(user) => key_of_user(user),
        None => key_of_unknown(pool, keys, typed),
    }
}

fn key_of_user(user: &User) -> String {
    format!("sub:{}", user.sub)
}

fn key_of_unknown(pool: &UserPool, keys: &PoolKeyring, typed: &str) -> String {
    let folded = pool.settings.fold_name(typed);
    let mac = keys.sealer.mac(Purpose::NameKey, folded.as_bytes());
    format!("name:{}", hex::encode(mac))
}

impl Service {
    /// Counts an attempt before its proof is looked at, so that parallel guesses count one by one.
    ///
    /// Table, steps, text and cost are the same whether there is such a user or not.
    /// # Errors
    /// [`ServiceError::PasswordAttemptsExceeded`] while the name is locked; such an attempt is not
    /// counted, so that the lock ends.
    pub(crate) async fn count_attempt(
        &self,
        pool: &UserPool,
        keys: &PoolKeyring,
        user: Option<&User>,
        typed: &str,
    ) -> Result<CountedAttempt, ServiceError> {
        let name_key = name_key(pool, keys, user, typed);
        let counted = self.count_under(pool, name_key).await?;
        counted.ok_or(ServiceError::PasswordAttemptsExceeded)
    }

    /// Counts an answer of a user to a second factor before it is looked at, apart from passwords:
    /// whoever answers knows the password already. Steps and ends are those of passwords.
    /// # Errors
    /// [`ServiceError::SecondFactorAttemptsExceeded`] while the user is locked; such an answer is
    /// not counted.
    pub(crate) async fn count_second_factor_attempt(
        &self,
        pool: &UserPool,
        user: &User,
    ) -> Result<CountedAttempt, ServiceError> {
        let name_key = format!("mfa:{}", key_of_user(user));
        let counted = self.count_under(pool, name_key).await?;
        counted.ok_or(ServiceError::SecondFactorAttemptsExceeded)
    }

    /// Counts an attempt under a key; `None`, and no count, while the key is locked.
    async fn count_under(
        &self,
        pool: &UserPool,
        name_key: String,
    ) -> Result<Option<CountedAttempt>, ServiceError> {
        let now = self.now();
        let locked = self
            .storage
            .find_lockout(&pool.id, &name_key, now)
            .await?
            .is_locked(now);
        if locked {
            return Ok(None);
        }
        let expires_at = now.after(LOCKOUT_MEMORY);
        let before = self
            .storage
            .count_attempt(&pool.id, &name_key, now, expires_at)
            .await?;
        Ok((!before.is_locked(now)).then(|| CountedAttempt {
            pool_id: pool.id.clone(),
            name_key,
        }))
    }
}

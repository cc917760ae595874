//! Which new passwords are taken: the policy, common ones, and those that were there before.

use poolhouse_model::{
    FormerPassword, PasswordViolation, SecretString, StoredPassword, Timestamp, User, UserPool,
    is_common_password,
};
use poolhouse_storage::Write;

use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;

/// A password that may follow the current one.
pub(crate) struct NextPassword {
    /// Its record.
    pub(crate) record: StoredPassword,
    /// The writes that remember the current one, for the batch that replaces it.
    pub(crate) writes: Vec<Write>,
}

impl Service {
    /// Checks a password that somebody chose, on whichever path it comes.
    /// # Errors
    /// The first rule that it breaks.
    pub(crate) fn check_chosen_password(
        &self,
        pool: &UserPool,
        password: &SecretString,
    ) -> Result<(), PasswordViolation> {
        let password = password.expose();
        pool.settings.password_policy.check(password)?;
        if self.settings.refuses_common_passwords && is_common_password(password) {
            return Err(PasswordViolation::Common);
        }
        Ok(())
    }

    /// Lists what is demanded of a chosen password, for who chooses one. What a password was
    /// before is not among it: that only shows when it is compared.
    pub fn password_demands(&self, pool: &UserPool) -> Vec<PasswordViolation> {
        let mut demands = pool.settings.password_policy.demands();
        if self.settings.refuses_common_passwords {
            demands.push(PasswordViolation::Common);
        }
        demands
    }

    /// Makes the record of a password that replaces the user's current one.
    ///
    /// Where the pool has a history, the password is compared with the current one and those
    /// before it, as many in all as the history is long: one hash for each. Without a history
    /// nothing is compared and nothing remembered.
    /// # Errors
    /// [`ServiceError::PasswordReused`].
    /// Source: AWS page "Adding user pool password requirements": the current password and up to
    /// 23 before it.
    pub(crate) async fn next_password(
        &self,
        (pool, keys): (&UserPool, &PoolKeyring),
        user: &User,
        password: &SecretString,
        expires_at: Option<Timestamp>,
    ) -> Result<NextPassword, ServiceError> {
        let writes = self.check_history(pool, user, password).await?;
        let record = self.make_password(keys, user, password, expires_at).await?;
        Ok(NextPassword { record, writes })
    }

    async fn check_history(
        &self,
        pool: &UserPool,
        user: &User,
        password: &SecretString,
    ) -> Result<Vec<Write>, ServiceError> {
        let size = pool.settings.password_policy.history_size;
        let Some(current) = user.password.as_ref().filter(|_| size > 0) else {
            return Ok(Vec::new());
        };
        let before = u32::try_from(size - 1).unwrap_or(u32::MAX);
        let former = self
            .storage
            .list_former_passwords(&pool.id, &user.sub, before)
            .await?;
        let hashes = std::iter::once(&current.hash).chain(former.iter().map(|former| &former.hash));
        for hash in hashes {
            if self.hasher.verify(password.clone(), hash).await?.matches {
                return Err(ServiceError::PasswordReused);
            }
        }
        if size == 1 {
            return Ok(Vec::new());
        }
        // With the one that is replaced now, `size - 1` are kept.
        let too_old = former.get(size - 2);
        Ok(vec![Write::RememberPassword {
            former: FormerPassword {
                pool_id: user.pool_id.clone(),
                sub: user.sub.clone(),
                replaced_by_version: user.version + 1,
                hash: current.hash.clone(),
                replaced_at: self.now(),
            },
            forget_through: too_old.map(|former| former.replaced_by_version),
        }])
    }
}

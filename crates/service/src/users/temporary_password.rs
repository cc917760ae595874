//! Passwords that must be changed at the first sign-in.

use poolhouse_model::{RngExt, SecretString, StoredPassword, User, UserPool};

use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;

/// Characters of a temporary password that the server makes: more than 120 random bits.
const LENGTH: usize = 22;

/// Kinds of characters, of each of which the password has one: without those that look alike, and
/// without those that a message format might change.
const KINDS: [&[u8]; 4] = [
    b"ABCDEFGHJKLMNPQRSTUVWXYZ",
    b"abcdefghijkmnopqrstuvwxyz",
    b"23456789",
    b"!#%*+-=?@_",
];

impl Service {
    /// Takes the temporary password that the administrator gave, or makes one.
    /// # Errors
    /// [`ServiceError::AdminPasswordPolicyViolated`].
    pub(super) fn temporary_password(
        &self,
        pool: &UserPool,
        given: Option<&SecretString>,
    ) -> Result<SecretString, ServiceError> {
        let Some(password) = given else {
            let minimum_length = pool.settings.password_policy.minimum_length;
            return Ok(self.generate_password(minimum_length));
        };
        self.check_chosen_password(pool, password)
            .map_err(ServiceError::AdminPasswordPolicyViolated)?;
        Ok(password.clone())
    }

    /// Makes a random password with a character of every kind, at least as long as asked.
    pub(crate) fn generate_password(&self, minimum_length: usize) -> SecretString {
        let all = KINDS.concat();
        let length = minimum_length.max(LENGTH);
        let rest = self.rng.characters(&all, length - KINDS.len());
        let mut characters: Vec<u8> = KINDS
            .iter()
            .map(|kind| kind[self.rng.below(kind.len())])
            .chain(rest.into_bytes())
            .collect();
        for index in (1..characters.len()).rev() {
            characters.swap(index, self.rng.below(index + 1));
        }
        SecretString::new(String::from_utf8_lossy(&characters))
    }

    /// Makes the record of a temporary password, which ends after the policy's days.
    pub(crate) async fn temporary_record(
        &self,
        pool: &UserPool,
        keys: &PoolKeyring,
        user: &User,
        password: &SecretString,
    ) -> Result<StoredPassword, ServiceError> {
        let ttl = pool.settings.password_policy.temporary_password_ttl();
        self.make_password(keys, user, password, Some(self.now().after(ttl)))
            .await
    }
}

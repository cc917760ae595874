//! What is kept of a password.

use poolhouse_crypto::sealing::Purpose;
use poolhouse_crypto::srp;
use poolhouse_model::{CodePurpose, SecretString, SrpRecord, StoredPassword, Timestamp, User};
use poolhouse_storage::{StorageError, Write};

use crate::error::ServiceError;
use crate::password_history::NextPassword;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;

impl Service {
    /// Makes the record of a clear password: its hash, and a sealed verifier for SRP, whose
    /// clients never send the password.
    pub(crate) async fn make_password(
        &self,
        keys: &PoolKeyring,
        user: &User,
        password: &SecretString,
        expires_at: Option<Timestamp>,
    ) -> Result<StoredPassword, ServiceError> {
        let hash = self
            .hasher
            .hash(password.clone(), &*self.rng)
            .await?
            .into_string();
        let salt = srp::Salt::generate(&*self.rng);
        let salt_hex = salt.to_hex();
        let user_id = user.username.as_str();
        let verifier = srp::verifier(user.pool_id.srp_pool_name(), user_id, password, salt);
        let sealed_verifier = keys.sealer.seal(
            Purpose::SrpVerifier,
            user.sub.as_str(),
            &verifier.to_bytes(),
            &*self.rng,
        );
        let srp = Some(SrpRecord {
            salt_hex,
            sealed_verifier,
        });
        Ok(StoredPassword {
            hash,
            srp,
            expires_at,
        })
    }

    /// Gives a user, as read, the next password, with further writes: what earlier passwords
    /// signed in ends, and so does a code that would have reset the password.
    /// # Errors
    /// `Stale` when the user changed since; the caller reads again.
    pub(crate) async fn replace_password(
        &self,
        mut user: User,
        next: NextPassword,
        more: impl IntoIterator<Item = Write>,
    ) -> Result<(), StorageError> {
        let void_code = Write::VoidConfirmationCode {
            pool_id: user.pool_id.clone(),
            sub: user.sub.clone(),
            purpose: CodePurpose::ResetPassword,
        };
        user.password = Some(next.record);
        user.token_generation += 1;
        user.version += 1;
        user.updated_at = self.now();
        let mut writes = vec![Write::UpdateUser(Box::new(user))];
        writes.extend(more);
        writes.extend(next.writes);
        writes.push(void_code);
        self.write(writes).await
    }
}

//! What is kept of a password.

use poolhouse_crypto::sealing::Purpose;
use poolhouse_crypto::srp;
use poolhouse_model::{SecretString, SrpRecord, StoredPassword, Timestamp, User};

use crate::error::ServiceError;
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
}

//! The proof of an authenticator app at a sign-in.

use poolhouse_model::{SecretString, User, UserPool};
use poolhouse_storage::Write;

use super::seeds::{self, SeedPlace};
use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;

impl Service {
    /// Checks a code of a user's authenticator app: the attempt is counted first, for the user and
    /// not for the sign-in, so that many sign-ins give no more guesses than one.
    ///
    /// The writes give the attempt back and spend the code; they belong in the batch that the
    /// proof leads to, which fails with `SoftwareTokenCodeUsed` for all but one of many.
    /// # Errors
    /// [`ServiceError::SoftwareTokenNotSetUp`], [`ServiceError::SecondFactorAttemptsExceeded`],
    /// [`ServiceError::SoftwareTokenCodeMismatch`], [`ServiceError::SoftwareTokenCodeUsed`].
    /// Source: RFC 6238 section 5.2, codes are taken once.
    pub(crate) async fn prove_software_token(
        &self,
        pool: &UserPool,
        keys: &PoolKeyring,
        user: &User,
        code: &SecretString,
    ) -> Result<Vec<Write>, ServiceError> {
        let mfa = self.mfa_of(user).await?;
        let token = mfa
            .software_token
            .ok_or(ServiceError::SoftwareTokenNotSetUp)?;
        let attempt = self.count_second_factor_attempt(pool, user).await?;
        let seed = seeds::open(keys, &user.sub, SeedPlace::Active, &token.sealed_seed)?;
        let step = seed
            .find_step(self.now(), code.expose())
            .ok_or(ServiceError::SoftwareTokenCodeMismatch)?;
        if step <= token.last_step {
            return Err(ServiceError::SoftwareTokenCodeUsed);
        }
        Ok(vec![
            attempt.give_back(),
            Write::UseSoftwareTokenStep {
                pool_id: user.pool_id.clone(),
                sub: user.sub.clone(),
                version: mfa.version,
                step,
            },
        ])
    }
}

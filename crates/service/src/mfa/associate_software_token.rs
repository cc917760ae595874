//! `AssociateSoftwareToken`

use poolhouse_crypto::totp::TotpSeed;
use poolhouse_model::{SealedSeed, SecretString, Sub, User, UserPool};
use poolhouse_storage::Write;

use super::FactorOwner;
use super::seeds::{self, SeedPlace};
use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;
use crate::sign_in::{ChallengeStep, SetupStep};

/// Begins to set up an authenticator app.
#[derive(Clone, Debug)]
pub struct AssociateSoftwareToken {
    /// For whom.
    pub owner: FactorOwner,
}

/// An authenticator app that waits for its first code.
#[derive(Clone, Debug)]
pub struct AssociatedSoftwareToken {
    /// The seed in base32: it is told here and never again.
    pub secret_code: SecretString,
    /// What the next step of a sign-in must carry back; none for a user who is signed in.
    pub challenge_session: Option<SecretString>,
}

impl Service {
    /// Draws the seed of a new authenticator app. The one that was set up before works until the
    /// new one is verified; one that waited is replaced.
    /// # Errors
    /// [`ServiceError::SoftwareTokenNotEnabled`] where the pool lets nobody set one up; the facts
    /// of access tokens and of challenges.
    /// Source: API reference, `AssociateSoftwareToken`.
    pub async fn associate_software_token(
        &self,
        request: AssociateSoftwareToken,
    ) -> Result<AssociatedSoftwareToken, ServiceError> {
        match &request.owner {
            FactorOwner::AccessToken(token) => {
                let verified = self.verify_self_service(token.expose()).await?;
                check_offered(&verified.pool)?;
                let keys = self.keyring(&verified.pool.id).await?;
                let secret_code = self
                    .put_pending_seed(&keys, &verified.user, false, Vec::new())
                    .await?;
                Ok(AssociatedSoftwareToken {
                    secret_code,
                    challenge_session: None,
                })
            }
            FactorOwner::ChallengeSession(text) => {
                let caller = self.caller_of_challenge(text.expose()).await?;
                check_offered(&caller.pool)?;
                let setup = self
                    .take_setup(caller, text.expose(), SetupStep::Associate)
                    .await?;
                let (challenge_session, writes) =
                    self.next_setup(&setup, ChallengeStep::MfaSetupAssociated)?;
                let secret_code = self
                    .put_pending_seed(&setup.caller.keys, &setup.user, true, writes)
                    .await?;
                Ok(AssociatedSoftwareToken {
                    secret_code,
                    challenge_session: Some(challenge_session),
                })
            }
        }
    }

    async fn put_pending_seed(
        &self,
        keys: &PoolKeyring,
        user: &User,
        must_be_first: bool,
        more: Vec<Write>,
    ) -> Result<SecretString, ServiceError> {
        let (seed, sealed) = self.draw_pending_seed(keys, &user.sub);
        self.change_mfa(user, |mfa| {
            if must_be_first && mfa.software_token.is_some() {
                return Err(ServiceError::ChallengeSessionInvalid);
            }
            mfa.pending_seed = Some(sealed.clone());
            Ok((more.clone(), ()))
        })
        .await?;
        Ok(seed.to_base32())
    }

    /// Draws the seed of a new authenticator app, and seals it as one that waits for its first
    /// code.
    pub(crate) fn draw_pending_seed(
        &self,
        keys: &PoolKeyring,
        sub: &Sub,
    ) -> (TotpSeed, SealedSeed) {
        let seed = TotpSeed::generate(&*self.rng);
        let sealed = seeds::seal(keys, sub, SeedPlace::Pending, &seed, &*self.rng);
        (seed, sealed)
    }
}

/// Refuses to set an authenticator app up where the pool offers none.
/// Source: AWS page "TOTP software token MFA".
pub(super) fn check_offered(pool: &UserPool) -> Result<(), ServiceError> {
    if pool.settings.offers_software_tokens() {
        Ok(())
    } else {
        Err(ServiceError::SoftwareTokenNotEnabled)
    }
}

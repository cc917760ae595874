//! `VerifySoftwareToken`

use poolhouse_crypto::totp::TotpSeed;
use poolhouse_model::{
    MfaFactor, MfaRequirement, SecretString, SoftwareToken, User, UserMfa, UserPool,
};
use poolhouse_storage::Write;

use super::FactorOwner;
use super::associate_software_token::check_offered;
use super::seeds::{self, SeedPlace};
use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;
use crate::sign_in::{Caller, ChallengeStep, SetupStep};

/// Longest name of a device, in characters.
/// Inferred: the API model allows 131,072, and each sign-in would carry it.
const MAX_DEVICE_NAME: usize = 256;

/// The first code of a new authenticator app.
#[derive(Clone, Debug)]
pub struct VerifySoftwareToken {
    /// Whose it is.
    pub owner: FactorOwner,
    /// The code.
    pub code: SecretString,
    /// What its owner calls it.
    pub device_name: Option<String>,
}

/// A new authenticator app with its first code.
pub(crate) struct NewSoftwareToken<'a> {
    /// Its seed.
    pub(crate) seed: &'a TotpSeed,
    /// The code.
    pub(crate) code: &'a SecretString,
    /// What its owner calls it.
    pub(crate) device_name: Option<String>,
}

impl Service {
    /// Sets an authenticator app up by its first code, in place of the one before. Gives what the
    /// next step of a sign-in must carry back.
    ///
    /// A pool that requires a second factor asks for it from now on; elsewhere its owner turns it
    /// on by a preference.
    /// # Errors
    /// [`ServiceError::SoftwareTokenNotEnabled`], [`ServiceError::SoftwareTokenNotSetUp`] when
    /// none waits, [`ServiceError::SoftwareTokenSetUpFailed`] for a wrong code; the facts of
    /// access tokens and of challenges.
    /// Source: API reference, `VerifySoftwareToken`.
    pub async fn verify_software_token(
        &self,
        request: VerifySoftwareToken,
    ) -> Result<Option<SecretString>, ServiceError> {
        if let Some(name) = &request.device_name
            && name.chars().count() > MAX_DEVICE_NAME
        {
            return Err(ServiceError::InvalidInput(format!(
                "FriendlyDeviceName is longer than {MAX_DEVICE_NAME} characters."
            )));
        }
        match &request.owner {
            FactorOwner::AccessToken(token) => {
                let verified = self.verify_self_service(token.expose()).await?;
                check_offered(&verified.pool)?;
                let keys = self.keyring(&verified.pool.id).await?;
                self.change_mfa(&verified.user, |mfa| {
                    self.set_up(&verified.pool, &keys, &verified.user, mfa, &request)?;
                    Ok((Vec::new(), ()))
                })
                .await?;
                Ok(None)
            }
            FactorOwner::ChallengeSession(text) => {
                let caller = self.caller_of_challenge(text.expose()).await?;
                check_offered(&caller.pool)?;
                let setup = self
                    .take_setup(caller, text.expose(), SetupStep::Verify)
                    .await?;
                let (pool, keys) = (&setup.caller.pool, &setup.caller.keys);
                let session = self
                    .change_mfa(&setup.user, |mfa| -> Result<(Vec<Write>, _), _> {
                        if mfa.software_token.is_some() {
                            return Err(ServiceError::ChallengeSessionInvalid);
                        }
                        self.set_up(pool, keys, &setup.user, mfa, &request)?;
                        let mfa_version = mfa.version;
                        let next = ChallengeStep::MfaSetupVerified { mfa_version };
                        let (session, writes) = self.next_setup(&setup, next)?;
                        Ok((writes, session))
                    })
                    .await?;
                Ok(Some(session))
            }
        }
    }

    /// Sets up the app that waits among a user's factors.
    fn set_up(
        &self,
        pool: &UserPool,
        keys: &PoolKeyring,
        user: &User,
        mfa: &mut UserMfa,
        request: &VerifySoftwareToken,
    ) -> Result<(), ServiceError> {
        let pending = mfa.pending_seed.take();
        let pending = pending.ok_or(ServiceError::SoftwareTokenNotSetUp)?;
        let token = NewSoftwareToken {
            seed: &seeds::open(keys, &user.sub, SeedPlace::Pending, &pending)?,
            code: &request.code,
            device_name: request.device_name.clone().filter(|name| !name.is_empty()),
        };
        self.put_software_token(pool, keys, user, mfa, &token)
    }

    /// Sets up the first authenticator app of a user together with further writes.
    /// # Errors
    /// [`ServiceError::SoftwareTokenNotEnabled`], [`ServiceError::SoftwareTokenSetUpFailed`];
    /// [`ServiceError::ChallengeSessionInvalid`] for a user who has one meanwhile.
    pub(crate) async fn set_first_software_token(
        &self,
        caller: &Caller,
        user: &User,
        token: &NewSoftwareToken<'_>,
        more: Vec<Write>,
    ) -> Result<(), ServiceError> {
        check_offered(&caller.pool)?;
        self.change_mfa(user, |mfa| {
            if mfa.software_token.is_some() {
                return Err(ServiceError::ChallengeSessionInvalid);
            }
            self.put_software_token(&caller.pool, &caller.keys, user, mfa, token)?;
            Ok((more.clone(), ()))
        })
        .await
    }

    fn put_software_token(
        &self,
        pool: &UserPool,
        keys: &PoolKeyring,
        user: &User,
        mfa: &mut UserMfa,
        token: &NewSoftwareToken<'_>,
    ) -> Result<(), ServiceError> {
        let seed = token.seed;
        let step = seed
            .find_step(self.now(), token.code.expose())
            .ok_or(ServiceError::SoftwareTokenSetUpFailed)?;
        mfa.software_token = Some(SoftwareToken {
            sealed_seed: seeds::seal(keys, &user.sub, SeedPlace::Active, seed, &*self.rng),
            device_name: token.device_name.clone(),
            last_step: step,
        });
        // Inferred: that the factor of a pool that requires one is listed and preferred at once.
        if pool.settings.mfa == MfaRequirement::On {
            mfa.enable(MfaFactor::SoftwareToken);
            mfa.preferred.get_or_insert(MfaFactor::SoftwareToken);
        }
        Ok(())
    }
}

//! Signing in with the password itself, and the proof that every door shares.

use poolhouse_model::{SecretString, Timestamp, User};
use poolhouse_storage::Write;

use super::user_state::check_user_state;
use super::{AuthParameters, Caller, SignInOutcome};
use crate::error::ServiceError;
use crate::service::Service;
use crate::sign_in_names::LookupBy;

/// A user whose password was right, and what must be written with the sign-in.
pub(crate) struct ProvenUser {
    pub(crate) user: User,
    pub(crate) writes: Vec<Write>,
}

impl Service {
    /// `USER_PASSWORD_AUTH` and `ADMIN_USER_PASSWORD_AUTH`.
    pub(super) async fn sign_in_by_password(
        &self,
        caller: &Caller,
        parameters: &AuthParameters,
    ) -> Result<SignInOutcome, ServiceError> {
        let typed = parameters.username()?;
        let password = SecretString::from(parameters.get("PASSWORD")?);
        let secret_hash = parameters.find("SECRET_HASH");
        caller
            .keys
            .check_secret_hash(&caller.client, typed, secret_hash)?;
        let proven = self.prove_password(caller, typed, &password).await?;
        self.continue_sign_in(caller, proven).await
    }

    /// Checks a typed name and password: the attempt is counted first, and an unknown user costs
    /// as much as a known one.
    /// # Errors
    /// The facts of lockout, wrong proof and user state, in the order that the client's
    /// `PreventUserExistenceErrors` asks for.
    pub(crate) async fn prove_password(
        &self,
        caller: &Caller,
        typed: &str,
        password: &SecretString,
    ) -> Result<ProvenUser, ServiceError> {
        self.prove_password_in(caller, typed, password, check_user_state)
            .await
    }

    /// The same for whatever user `check_state` lets through.
    /// # Errors
    /// As [`Service::prove_password`].
    pub(crate) async fn prove_password_in(
        &self,
        caller: &Caller,
        typed: &str,
        password: &SecretString,
        check_state: fn(&User, Timestamp) -> Result<(), ServiceError>,
    ) -> Result<ProvenUser, ServiceError> {
        let user = self
            .find_user(&caller.pool, typed, LookupBy::SignIn)
            .await?;
        let hides = caller.hides_user_existence();
        if !hides {
            match &user {
                None => return Err(ServiceError::UserNotFound),
                Some(user) => check_state(user, self.now())?,
            }
        }
        let attempt = self
            .count_attempt(&caller.pool, &caller.keys, user.as_ref(), typed)
            .await?;
        let hash = user
            .as_ref()
            .and_then(|user| user.password.as_ref())
            .map(|p| p.hash.clone());
        let Some((user, hash)) = user.zip(hash) else {
            self.hasher.verify_nobody(password.clone()).await?;
            return Err(ServiceError::WrongUsernameOrPassword);
        };
        let verdict = self.hasher.verify(password.clone(), &hash).await?;
        if !verdict.matches {
            return Err(ServiceError::WrongUsernameOrPassword);
        }
        if hides && let Err(refused) = check_state(&user, self.now()) {
            self.write([attempt.give_back()]).await?;
            return Err(refused);
        }
        let lacks_verifier = user.password.as_ref().is_some_and(|p| p.srp.is_none());
        if verdict.needs_rehash || lacks_verifier {
            self.renew_password_record(caller, &user, password).await?;
        }
        // The user as proven, not as they are after the hashing: what ended all earlier tokens
        // meanwhile ends this sign-in too.
        Ok(ProvenUser {
            user,
            writes: vec![attempt.give_back()],
        })
    }

    /// Stores what a right password lets the server make anew: a hash with today's parameters and
    /// a verifier for SRP. Losing a race to a password change leaves the newer one.
    async fn renew_password_record(
        &self,
        caller: &Caller,
        user: &User,
        password: &SecretString,
    ) -> Result<(), ServiceError> {
        let expires_at = user.password.as_ref().and_then(|p| p.expires_at);
        let record = self
            .make_password(&caller.keys, user, password, expires_at)
            .await?;
        let before = user.password.clone();
        self.change_user(&user.pool_id, &user.sub, |user| {
            if user.password == before {
                user.password = Some(record.clone());
            }
            Ok((Vec::new(), ()))
        })
        .await
    }
}

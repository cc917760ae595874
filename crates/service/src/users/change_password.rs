//! `ChangePassword`

use poolhouse_model::{SecretString, User};
use poolhouse_storage::{Conflict, StorageError, Write};

use crate::attempt_limits::Limited;
use crate::error::ServiceError;
use crate::service::{MAX_WRITE_ATTEMPTS, Service};
use crate::sign_in::check_user_state;
use crate::tokens::is_alive;

/// A password that its user changes.
#[derive(Clone, Debug)]
pub struct ChangePassword {
    /// An access token of the user.
    pub access_token: SecretString,
    /// The password until now.
    pub previous_password: Option<SecretString>,
    /// The password from now on.
    pub proposed_password: SecretString,
}

impl Service {
    /// Changes the password of who knows the one before. Every other sign-in of the user ends,
    /// browser sessions too; the one whose token asked for the change goes on.
    ///
    /// At the service the other sign-ins go on as well; see docs/adr/0015.
    /// # Errors
    /// The facts of access tokens; [`ServiceError::PasswordPolicyViolated`],
    /// [`ServiceError::WrongUsernameOrPassword`], [`ServiceError::PasswordReused`],
    /// [`ServiceError::AttemptLimitExceeded`]; [`ServiceError::ParameterMissing`] without the
    /// password until now.
    /// Source: API reference, `ChangePassword`: users without a password need none before it.
    /// Inferred: how its absence is told; no user without a password can have a token here, and
    /// none is given one by a token alone.
    pub async fn change_password(&self, request: ChangePassword) -> Result<(), ServiceError> {
        let token = request.access_token.expose();
        let verified = self.verify_self_service(token).await?;
        let (pool, family) = (&verified.pool, &verified.family);
        check_user_state(&verified.user, self.now())?;
        let previous = request.previous_password.as_ref();
        let previous = previous.ok_or(ServiceError::ParameterMissing("PreviousPassword"))?;
        let proposed = &request.proposed_password;
        self.check_chosen_password(pool, proposed)
            .map_err(ServiceError::PasswordPolicyViolated)?;
        let keys = self.keyring(&pool.id).await?;
        let (limited, name) = (Limited::PasswordChange, verified.user.username.as_str());
        self.count_limited(limited, pool, &keys, Some(&verified.user), name)
            .await?;
        for _ in 0..MAX_WRITE_ATTEMPTS {
            let user = self.find_user_by_sub(&pool.id, &family.sub).await?;
            let user = user.ok_or(ServiceError::UserNotFound)?;
            if !is_alive(family, &user) {
                return Err(ServiceError::AccessTokenRevoked);
            }
            self.prove_previous_password(&user, previous).await?;
            let next = self.next_password((pool, &keys), &user, proposed, None);
            let next = next.await?;
            let keep = Write::KeepTokenFamily {
                pool_id: pool.id.clone(),
                origin_jti: family.origin_jti.clone(),
                from: user.token_generation,
            };
            match self.replace_password(user, next, [keep]).await {
                Err(StorageError::Conflict(Conflict::Stale)) => {}
                outcome => return Ok(outcome?),
            }
        }
        Err(ServiceError::Busy)
    }

    async fn prove_previous_password(
        &self,
        user: &User,
        previous: &SecretString,
    ) -> Result<(), ServiceError> {
        let matches = match &user.password {
            Some(password) => {
                self.hasher
                    .verify(previous.clone(), &password.hash)
                    .await?
                    .matches
            }
            None => false,
        };
        if matches {
            Ok(())
        } else {
            Err(ServiceError::WrongUsernameOrPassword)
        }
    }
}

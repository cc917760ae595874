//! Starts a sign-in: `InitiateAuth` and `AdminInitiateAuth`.

use std::sync::Arc;

use poolhouse_model::{AppClient, ClientId, ExplicitAuthFlow, UserPool, UserPoolId};

use super::{AuthParameters, Caller, SignInOutcome};
use crate::error::ServiceError;
use crate::service::Service;
use crate::unserved_settings::check_sign_in_settings;

/// A flow that starts a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthFlow {
    /// The password itself, sent by the user's client.
    UserPassword,
    /// The password itself, sent by a trusted back end.
    AdminUserPassword,
    /// Secure Remote Password.
    UserSrp,
    /// A refresh token.
    RefreshToken,
    /// Challenges of triggers; not served yet.
    Custom,
    /// The user chooses; not served yet.
    UserChoice,
}

impl AuthFlow {
    /// The API's name.
    pub fn api_name(self) -> &'static str {
        match self {
            Self::UserPassword => "USER_PASSWORD_AUTH",
            Self::AdminUserPassword => "ADMIN_USER_PASSWORD_AUTH",
            Self::UserSrp => "USER_SRP_AUTH",
            Self::RefreshToken => "REFRESH_TOKEN_AUTH",
            Self::Custom => "CUSTOM_AUTH",
            Self::UserChoice => "USER_AUTH",
        }
    }

    /// The settings of a client that allow it.
    fn enabled_by(self) -> &'static [ExplicitAuthFlow] {
        use ExplicitAuthFlow as Flow;
        match self {
            Self::UserPassword => &[Flow::AllowUserPassword, Flow::LegacyUserPassword],
            Self::AdminUserPassword => &[Flow::AllowAdminUserPassword, Flow::LegacyAdminNoSrp],
            // Inferred: before the newer names SRP needed none; only clients that triggers alone
            // sign in to were shut to it.
            Self::UserSrp => &[
                Flow::AllowUserSrp,
                Flow::LegacyUserPassword,
                Flow::LegacyAdminNoSrp,
            ],
            Self::RefreshToken => &[Flow::AllowRefreshToken],
            // Not served yet: never enabled, whatever the client lists.
            Self::Custom | Self::UserChoice => &[],
        }
    }
}

/// What starts a sign-in.
#[derive(Clone, Debug)]
pub struct InitiateAuth {
    /// The pool that an administrator named; `None` for the public operation.
    pub admin_pool_id: Option<UserPoolId>,
    /// The client.
    pub client_id: ClientId,
    /// The flow.
    pub flow: AuthFlow,
    /// Its parameters.
    pub parameters: AuthParameters,
}

impl Service {
    /// Starts a sign-in and gives tokens or the first challenge.
    /// # Errors
    /// The facts of unknown clients, flows that are not enabled, missing parameters, wrong proofs
    /// and user states.
    /// Source: API reference, `InitiateAuth` and `AdminInitiateAuth`.
    pub async fn initiate_auth(
        &self,
        request: InitiateAuth,
    ) -> Result<SignInOutcome, ServiceError> {
        let caller = self
            .caller(request.admin_pool_id.as_ref(), &request.client_id)
            .await?;
        check_flow(&caller, request.flow)?;
        match request.flow {
            AuthFlow::RefreshToken => {
                let tokens = self.refresh_by_flow(&caller, &request.parameters).await?;
                Ok(SignInOutcome::Tokens(tokens))
            }
            AuthFlow::UserSrp => {
                check_sign_in_settings(&caller.pool)?;
                self.start_srp(&caller, &request.parameters).await
            }
            AuthFlow::UserPassword | AuthFlow::AdminUserPassword => {
                check_sign_in_settings(&caller.pool)?;
                self.sign_in_by_password(&caller, &request.parameters).await
            }
            AuthFlow::Custom | AuthFlow::UserChoice => {
                Err(ServiceError::AuthFlowNotEnabled(request.flow.api_name()))
            }
        }
    }

    /// Resolves who asks.
    pub(crate) async fn caller(
        &self,
        admin_pool_id: Option<&UserPoolId>,
        client_id: &ClientId,
    ) -> Result<Caller, ServiceError> {
        let (pool, client): (Arc<UserPool>, Arc<AppClient>) = match admin_pool_id {
            Some(pool_id) => self.client_of_pool(pool_id, client_id).await?,
            None => self.client(client_id).await?,
        };
        let keys = self.keyring(&pool.id).await?;
        Ok(Caller {
            pool,
            client,
            keys,
            is_admin: admin_pool_id.is_some(),
        })
    }
}

fn check_flow(caller: &Caller, flow: AuthFlow) -> Result<(), ServiceError> {
    let belongs = match flow {
        AuthFlow::UserPassword => !caller.is_admin,
        AuthFlow::AdminUserPassword => caller.is_admin,
        _ => true,
    };
    if !belongs {
        return Err(ServiceError::AuthFlowNotSupported);
    }
    let settings = &caller.client.settings;
    if flow == AuthFlow::RefreshToken && settings.rotates_refresh_tokens() {
        return Err(ServiceError::RefreshTokenRotationEnabled);
    }
    // A client with the older names refreshes without a flow of its own.
    let refreshes_anyway = flow == AuthFlow::RefreshToken && settings.has_legacy_flows();
    if refreshes_anyway || settings.allows_any(flow.enabled_by()) {
        return Ok(());
    }
    Err(if caller.is_admin {
        ServiceError::AdminAuthFlowNotEnabled
    } else {
        ServiceError::AuthFlowNotEnabled(flow.api_name())
    })
}

//! Signing a browser out.

use poolhouse_model::{ClientId, UserPoolId};
use poolhouse_oauth::logout_request::{
    LogoutDestination, LogoutError, LogoutPolicy, logout_client_id, logout_destination,
};
use poolhouse_oauth::parameters::Parameters;
use poolhouse_oauth::scope::Scopes;

use crate::error::ServiceError;
use crate::service::Service;

/// What came of a sign-out.
#[derive(Debug)]
pub struct Logout {
    /// The pool whose cookie is cleared; `None` when the client is unknown.
    pub pool_id: Option<UserPoolId>,
    /// Where the browser goes, or why it goes nowhere. The browser is signed out either way.
    pub destination: Result<LogoutDestination, LogoutError>,
}

impl Service {
    /// Ends the browser's session at the client's pool, then decides where the browser goes.
    ///
    /// `read_cookie` gives the session cookie of a pool. Tokens go on working.
    /// # Errors
    /// Those of the store.
    /// Source: AWS page "Logout endpoint".
    pub async fn logout(
        &self,
        parameters: &Parameters,
        host_pool: Option<&UserPoolId>,
        read_cookie: impl Fn(&UserPoolId) -> Option<String>,
    ) -> Result<Logout, ServiceError> {
        let client_id: ClientId = match logout_client_id(parameters) {
            Ok(client_id) => client_id,
            Err(error) => {
                return Ok(Logout {
                    pool_id: None,
                    destination: Err(error),
                });
            }
        };
        let (pool, client) = match self.client(&client_id).await {
            Ok((pool, client)) if host_pool.is_none_or(|host_pool| *host_pool == pool.id) => {
                (pool, client)
            }
            Ok(_) | Err(ServiceError::AppClientNotFound(_) | ServiceError::UserPoolNotFound(_)) => {
                let destination = Err(LogoutError::ClientUnknown);
                return Ok(Logout {
                    pool_id: None,
                    destination,
                });
            }
            Err(error) => return Err(error),
        };
        if let Some(cookie) = read_cookie(&pool.id) {
            self.end_browser_session(&pool.id, &cookie).await?;
        }
        let allowed_scopes = Scopes::from_list(&client.settings.allowed_oauth_scopes);
        let policy = LogoutPolicy {
            logout_urls: &client.settings.logout_urls,
            callback_urls: &client.settings.callback_urls,
            allowed_scopes: &allowed_scopes,
        };
        let destination = logout_destination(parameters, &policy);
        Ok(Logout {
            pool_id: Some(pool.id.clone()),
            destination,
        })
    }
}

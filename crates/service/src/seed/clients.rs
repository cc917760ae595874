//! App clients of a seed.

use poolhouse_crypto::constant_time;
use poolhouse_model::{SecretString, UserPool};

use super::pools::differs;
use super::{SeedClient, SeedPool, SeedProblem};
use crate::app_clients::{ClientDeed, CreateUserPoolClient, check_client_settings};
use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Says whether the client has yet to be made.
    pub(super) async fn plan_client(
        &self,
        pool: &UserPool,
        seed_pool: &SeedPool,
        wanted: &SeedClient,
        is_new_pool: bool,
    ) -> Result<bool, SeedProblem> {
        let has_secret = wanted.secret.is_some();
        check_client_settings(pool, &wanted.settings, has_secret, ClientDeed::Create)?;
        self.check_seed_scopes(seed_pool, &wanted.settings).await?;
        let home = self.storage.find_pool_of_client(&wanted.id).await;
        let home = home.map_err(ServiceError::from)?;
        match home {
            None => return Ok(true),
            Some(home) if home != pool.id || is_new_pool => {
                return differs(&format!("it is a client of {home}"));
            }
            Some(_) => {}
        }
        let found = self.describe_user_pool_client(&pool.id, &wanted.id).await?;
        if !is_same_secret(found.secret.as_ref(), wanted.secret.as_ref()) {
            return differs("it has another secret, or only one of the two has any");
        }
        if found.client.name != wanted.name {
            return differs(&format!("it has the name {:?}", found.client.name));
        }
        if found.client.settings != wanted.settings {
            return differs("it has other settings");
        }
        Ok(false)
    }

    /// Makes a client.
    pub(super) async fn create_seed_client(
        &self,
        pool: &SeedPool,
        wanted: &SeedClient,
    ) -> Result<(), SeedProblem> {
        let request = CreateUserPoolClient {
            pool_id: pool.id.clone(),
            name: wanted.name.clone(),
            generates_secret: false,
            client_secret: wanted.secret.clone(),
            settings: wanted.settings.clone(),
        };
        self.create_user_pool_client_as(Some(wanted.id.clone()), request)
            .await?;
        Ok(())
    }
}

fn is_same_secret(found: Option<&SecretString>, wanted: Option<&SecretString>) -> bool {
    match (found, wanted) {
        (None, None) => true,
        (Some(found), Some(wanted)) => {
            constant_time::equal(found.expose().as_bytes(), wanted.expose().as_bytes())
        }
        _ => false,
    }
}

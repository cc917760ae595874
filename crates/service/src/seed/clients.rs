//! App clients of a seed.

use poolhouse_crypto::constant_time;
use poolhouse_model::{SecretString, UserPool};

use super::differences::{Plan, SeedDifference, differences};
use super::pools::differs;
use super::{SeedClient, SeedPool, SeedProblem};
use crate::app_clients::{
    ClientDeed, CreateUserPoolClient, UpdateUserPoolClient, check_client_settings,
};
use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Says what has to be done for the client.
    pub(super) async fn plan_client(
        &self,
        pool: &UserPool,
        seed_pool: &SeedPool,
        wanted: &SeedClient,
        is_new_pool: bool,
    ) -> Result<Plan, SeedProblem> {
        let has_secret = wanted.secret.is_some();
        let home = self.storage.find_pool_of_client(&wanted.id).await;
        let home = home.map_err(ServiceError::from)?;
        let deed = match &home {
            Some(_) => ClientDeed::Update,
            None => ClientDeed::Create,
        };
        check_client_settings(pool, &wanted.settings, has_secret, deed)?;
        self.check_seed_scopes(seed_pool, &wanted.settings).await?;
        match home {
            None => return Ok(Plan::Create),
            Some(home) if home != pool.id || is_new_pool => {
                return differs(&format!("it is a client of {home}"));
            }
            Some(_) => {}
        }
        let found = self.describe_user_pool_client(&pool.id, &wanted.id).await?;
        let client = found.client;
        let mut different = differences("name", &client.name, &wanted.name);
        if !is_same_secret(found.secret.as_ref(), wanted.secret.as_ref()) {
            different.push(SeedDifference::Secret { place: "secret" });
        }
        different.extend(differences("settings", &client.settings, &wanted.settings));
        Ok(Plan::of(different))
    }

    /// Puts name, settings and secret right.
    pub(super) async fn update_seed_client(
        &self,
        pool: &SeedPool,
        wanted: &SeedClient,
    ) -> Result<(), SeedProblem> {
        let found = self.describe_user_pool_client(&pool.id, &wanted.id).await?;
        if !is_same_secret(found.secret.as_ref(), wanted.secret.as_ref()) {
            return self.replace_seed_client(pool, wanted).await;
        }
        let request = UpdateUserPoolClient {
            pool_id: pool.id.clone(),
            client_id: wanted.id.clone(),
            name: Some(wanted.name.clone()),
            settings: wanted.settings.clone(),
        };
        self.update_user_pool_client(request).await?;
        Ok(())
    }

    /// Puts everything right in one write, since which flows a client may use depends on whether
    /// it has a secret. No operation of the API changes a secret so.
    async fn replace_seed_client(
        &self,
        pool: &SeedPool,
        wanted: &SeedClient,
    ) -> Result<(), SeedProblem> {
        let keys = self.keyring(&pool.id).await?;
        let secret = wanted.secret.as_ref();
        let sealed = secret.map(|secret| keys.seal_client_secret(&wanted.id, secret, &*self.rng));
        let settings = &wanted.settings;
        self.check_scopes_exist(&pool.id, settings).await?;
        self.change_client(&pool.id, &wanted.id, |pool, client| {
            check_client_settings(pool, settings, sealed.is_some(), ClientDeed::Update)?;
            client.settings.clone_from(settings);
            client.name.clone_from(&wanted.name);
            client.sealed_secret.clone_from(&sealed);
            Ok(())
        })
        .await?;
        Ok(())
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

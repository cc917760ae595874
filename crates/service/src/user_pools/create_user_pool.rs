//! `CreateUserPool`

use poolhouse_model::{Region, UserPool, UserPoolId, UserPoolSettings};
use poolhouse_storage::{Conflict, StorageError, Write};

use super::settings_rules::check_settings;
use crate::error::ServiceError;
use crate::service::Service;

/// Tag that asks for a fixed pool id in the dev profile.
const CUSTOM_ID_TAG: &str = "_custom_id_";

/// A new pool.
#[derive(Clone, Debug)]
pub struct CreateUserPool {
    /// What its owner calls it.
    pub name: String,
    /// The region of the call; `None` for the configured one.
    pub region: Option<Region>,
    /// Its settings.
    pub settings: UserPoolSettings,
}

impl Service {
    /// Makes a pool with keys of its own.
    /// # Errors
    /// [`ServiceError::UserPoolExists`] for a fixed id that is taken;
    /// [`ServiceError::InvalidInput`], [`ServiceError::TagsRefused`] for settings that are wrong.
    /// Source: API reference, `CreateUserPool`.
    pub async fn create_user_pool(
        &self,
        request: CreateUserPool,
    ) -> Result<UserPool, ServiceError> {
        self.create_user_pool_as(None, request).await
    }

    /// Makes a pool of this id, if one is given.
    pub(crate) async fn create_user_pool_as(
        &self,
        fixed_id: Option<UserPoolId>,
        request: CreateUserPool,
    ) -> Result<UserPool, ServiceError> {
        check_settings(&request.settings)?;
        let region = request
            .region
            .unwrap_or_else(|| self.settings.default_region.clone());
        let id = match fixed_id {
            Some(id) => id,
            None => self.new_pool_id(&region, &request.settings)?,
        };
        let now = self.now();
        let keys = self.make_pool_keys(&id, now).await?;
        let pool = UserPool {
            id: id.clone(),
            name: request.name,
            created_at: now,
            updated_at: now,
            version: 1,
            settings: request.settings,
        };
        let create = Write::CreateUserPool {
            pool: Box::new(pool.clone()),
            keys,
        };
        match self.write([create]).await {
            Ok(()) => Ok(pool),
            Err(StorageError::Conflict(Conflict::UserPoolExists)) => {
                Err(ServiceError::UserPoolExists(id))
            }
            Err(error) => Err(error.into()),
        }
    }

    fn new_pool_id(
        &self,
        region: &Region,
        settings: &UserPoolSettings,
    ) -> Result<UserPoolId, ServiceError> {
        let wanted = settings
            .tags
            .get(CUSTOM_ID_TAG)
            .filter(|_| self.settings.is_dev);
        let Some(wanted) = wanted else {
            return Ok(UserPoolId::generate(region, &*self.rng));
        };
        let is_sound = wanted.len() <= 55
            && wanted.split_once('_').is_some_and(|(region, name)| {
                !region.is_empty()
                    && region
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b == b'-')
                    && !name.is_empty()
                    && name.bytes().all(|b| b.is_ascii_alphanumeric())
            });
        if is_sound {
            Ok(UserPoolId::new(wanted.as_str()))
        } else {
            Err(ServiceError::InvalidInput(format!(
                "The tag {CUSTOM_ID_TAG} must have the form of a user pool id: REGION_NAME, \
                 letters and digits."
            )))
        }
    }
}

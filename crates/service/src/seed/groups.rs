//! Groups of a seed.

use poolhouse_model::{GroupName, User, UserPool};

use super::differences::{Plan, differences};
use super::{SeedGroup, SeedPool, SeedProblem, SeedUser};
use crate::error::ServiceError;
use crate::groups::{CreateGroup, UpdateGroup};
use crate::service::Service;

impl Service {
    /// Says what has to be done for the group; what the seed does not name is left alone.
    pub(super) async fn plan_group(
        &self,
        pool: &UserPool,
        wanted: &SeedGroup,
    ) -> Result<Plan, SeedProblem> {
        let found = self.storage.find_group(&pool.id, &wanted.name).await;
        let Some(found) = found.map_err(ServiceError::from)? else {
            return Ok(Plan::Create);
        };
        let mut different = Vec::new();
        if wanted.description.is_some() {
            let (old, new) = (&found.description, &wanted.description);
            different.extend(differences("description", old, new));
        }
        if wanted.role_arn.is_some() {
            different.extend(differences("role_arn", &found.role_arn, &wanted.role_arn));
        }
        if wanted.precedence.is_some() {
            let (old, new) = (&found.precedence, &wanted.precedence);
            different.extend(differences("precedence", old, new));
        }
        Ok(Plan::of(different))
    }

    /// Puts a group right.
    pub(super) async fn update_seed_group(
        &self,
        pool: &SeedPool,
        wanted: &SeedGroup,
    ) -> Result<(), SeedProblem> {
        let request = UpdateGroup {
            pool_id: pool.id.clone(),
            name: wanted.name.clone(),
            description: wanted.description.clone(),
            role_arn: wanted.role_arn.clone(),
            precedence: wanted.precedence,
        };
        self.update_group(request).await?;
        Ok(())
    }

    /// Makes a group.
    pub(super) async fn create_seed_group(
        &self,
        pool: &SeedPool,
        wanted: &SeedGroup,
    ) -> Result<(), SeedProblem> {
        let request = CreateGroup {
            pool_id: pool.id.clone(),
            name: wanted.name.clone(),
            description: wanted.description.clone(),
            role_arn: wanted.role_arn.clone(),
            precedence: wanted.precedence,
        };
        self.create_group(request).await?;
        Ok(())
    }

    /// The groups that a user has yet to be put into; `None` stands for one who is not there yet.
    pub(super) async fn missing_groups(
        &self,
        pool: &SeedPool,
        user: Option<&User>,
        wanted: &SeedUser,
    ) -> Result<Vec<GroupName>, ServiceError> {
        let mut missing = Vec::new();
        let groups = match user {
            Some(user) => {
                self.storage
                    .list_groups_of_user(&pool.id, &user.sub)
                    .await?
            }
            None => Vec::new(),
        };
        for name in &wanted.groups {
            if groups.iter().any(|group| group.name == *name) {
                continue;
            }
            let is_seeded = pool.groups.iter().any(|group| group.name == *name);
            if !is_seeded {
                self.get_group(&pool.id, name).await?;
            }
            missing.push(name.clone());
        }
        Ok(missing)
    }

    /// Puts a user into groups.
    pub(super) async fn join_groups(
        &self,
        pool: &SeedPool,
        wanted: &SeedUser,
        groups: &[GroupName],
    ) -> Result<(), ServiceError> {
        for name in groups {
            self.admin_add_user_to_group(&pool.id, &wanted.username, name)
                .await?;
        }
        Ok(())
    }
}

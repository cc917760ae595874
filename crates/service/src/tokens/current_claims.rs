//! What tokens of a user say that is read anew each time they are made.

use poolhouse_model::{Memberships, TokenFamily, User};

use super::scopes_of;
use crate::error::ServiceError;
use crate::service::Service;

/// What tokens of a user say as of now.
#[derive(Clone, Debug)]
pub(crate) struct CurrentClaims {
    /// The groups that the user is in.
    pub(crate) groups: Memberships,
    /// The granted scopes that still exist, separated by blanks.
    pub(crate) scope: String,
}

impl Service {
    /// Reads what the next tokens of a family say.
    /// Source: AWS pages "Adding groups to a user pool" and "Scopes, M2M, and resource servers".
    pub(crate) async fn current_claims(
        &self,
        user: &User,
        family: &TokenFamily,
    ) -> Result<CurrentClaims, ServiceError> {
        let pool_id = &user.pool_id;
        let groups = self.storage.list_groups_of_user(pool_id, &user.sub).await?;
        let scopes = self.existing_scopes(pool_id, scopes_of(family)).await?;
        Ok(CurrentClaims {
            groups: Memberships::of(groups),
            scope: scopes.join(),
        })
    }
}

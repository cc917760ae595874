//! Groups.

use poolhouse_api_model::types::GroupType;
use poolhouse_model::Group;

use super::instant;

/// Describes a group.
pub(crate) fn to_wire(group: &Group) -> GroupType {
    GroupType {
        group_name: Some(group.name.as_str().to_owned()),
        user_pool_id: Some(group.pool_id.as_str().to_owned()),
        description: group.description.clone(),
        role_arn: group.role_arn.clone(),
        precedence: group.precedence,
        last_modified_date: Some(instant(group.updated_at)),
        creation_date: Some(instant(group.created_at)),
    }
}

//! Groups of users, and who is in them.

mod admin_add_user_to_group;
mod admin_list_groups_for_user;
mod admin_remove_user_from_group;
mod create_group;
mod delete_group;
mod get_group;
mod list_groups;
mod list_users_in_group;
mod update_group;

pub use create_group::CreateGroup;
pub use list_groups::GroupPage;
pub use list_users_in_group::UserPage;
pub use update_group::UpdateGroup;

/// Groups that a pool can have.
/// Source: AWS page "Quotas in Amazon Cognito".
const MAX_GROUPS: u64 = 10_000;

/// Groups that a user can be in: all of them are named in each of the user's tokens.
/// Source: AWS page "Quotas in Amazon Cognito".
const MAX_GROUPS_OF_A_USER: usize = 100;

//! Where a user stands in the life cycle.

use poolhouse_api_model::types::UserStatusType;
use poolhouse_model::UserStatus;

/// The status as the wire names it.
pub(crate) fn to_wire(status: UserStatus) -> UserStatusType {
    match status {
        UserStatus::Unconfirmed => UserStatusType::Unconfirmed,
        UserStatus::Confirmed => UserStatusType::Confirmed,
        UserStatus::ForceChangePassword => UserStatusType::ForceChangePassword,
        UserStatus::ResetRequired => UserStatusType::ResetRequired,
        UserStatus::ExternalProvider => UserStatusType::ExternalProvider,
    }
}

/// The name of a status.
pub(crate) fn name(status: UserStatus) -> &'static str {
    to_wire(status).as_str()
}

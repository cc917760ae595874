//! Which settings of a pool go together.

use poolhouse_model::UserPoolSettings;

use super::message_rules::check_message_settings;
use super::schema_rules::check_custom_count;
use super::tag_rules::check_tags;
use crate::attribute_update_settings::check_attribute_update_settings;
use crate::error::ServiceError;
use crate::password_resets::check_account_recovery;

/// Checks the settings of a new or changed pool.
/// # Errors
/// [`ServiceError::InvalidInput`] or [`ServiceError::TagsRefused`] with a text that names the
/// setting.
pub(crate) fn check_settings(settings: &UserPoolSettings) -> Result<(), ServiceError> {
    let refuse = |text: &str| Err(ServiceError::InvalidInput(text.to_owned()));
    if !settings.username_attributes.is_empty() && !settings.alias_attributes.is_empty() {
        return refuse("Only one of AliasAttributes or UsernameAttributes can be set.");
    }
    let policy = &settings.password_policy;
    if !(6..=99).contains(&policy.minimum_length) {
        return refuse("MinimumLength must be between 6 and 99.");
    }
    if policy.history_size > 24 {
        return refuse("PasswordHistorySize must be between 0 and 24.");
    }
    check_custom_count(&settings.schema)?;
    check_message_settings(settings)?;
    check_account_recovery(settings)?;
    check_attribute_update_settings(settings)?;
    check_tags(&settings.tags)
}

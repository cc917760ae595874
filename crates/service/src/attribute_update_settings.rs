//! `UserAttributeUpdateSettings`: which new addresses and numbers wait until they are verified.

use poolhouse_model::{ContactAttribute, UserPoolSettings};

use crate::error::ServiceError;

/// Whether a new value of the attribute waits until it is verified, and the present one stays
/// until then, also as the name that signs the user in.
/// Source: API reference, `UserAttributeUpdateSettingsType`.
pub(crate) fn waits_for_verification(
    settings: &UserPoolSettings,
    attribute: ContactAttribute,
) -> bool {
    let setting = settings.kept.get("UserAttributeUpdateSettings");
    let listed =
        setting.and_then(|setting| setting["AttributesRequireVerificationBeforeUpdate"].as_array());
    listed.is_some_and(|listed| listed.iter().any(|name| name == attribute.name()))
}

/// Checks that each attribute that waits gets a code.
/// # Errors
/// [`ServiceError::InvalidInput`].
/// Source: ekristen/aws-nuke, an answer of `UpdateUserPool`.
pub(crate) fn check_attribute_update_settings(
    settings: &UserPoolSettings,
) -> Result<(), ServiceError> {
    let is_sound = ContactAttribute::ALL.into_iter().all(|attribute| {
        settings.auto_verified_attributes.contains(&attribute)
            || !waits_for_verification(settings, attribute)
    });
    if is_sound {
        return Ok(());
    }
    Err(ServiceError::InvalidInput(
        "All attributes in AttributesRequireVerificationBeforeUpdate must exist in \
         AutoVerifiedAttributes"
            .to_owned(),
    ))
}

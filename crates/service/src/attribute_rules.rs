//! What an attribute's value must look like, for every door.

use poolhouse_model::{AppClient, Attributes, UserPoolSettings};

use crate::error::ServiceError;

/// Checks one attribute against the pool's schema and the forms of addresses and numbers.
/// # Errors
/// [`ServiceError::AttributeUnknown`], [`ServiceError::AttributeInvalid`],
/// [`ServiceError::EmailInvalid`], [`ServiceError::PhoneNumberInvalid`].
pub(crate) fn check_attribute(
    settings: &UserPoolSettings,
    name: &str,
    value: &str,
) -> Result<(), ServiceError> {
    let attribute = settings
        .find_attribute(name)
        .ok_or_else(|| ServiceError::AttributeUnknown(name.to_owned()))?;
    attribute
        .check(value)
        .map_err(|violation| ServiceError::AttributeInvalid {
            name: name.to_owned(),
            violation,
        })?;
    match name {
        "email" if !is_email(value) => Err(ServiceError::EmailInvalid),
        "phone_number" if !is_phone_number(value) => Err(ServiceError::PhoneNumberInvalid),
        _ => Ok(()),
    }
}

/// Checks the attributes of a new user: each one, what the client may write (`None` for an
/// administrator), and that the required ones are there.
/// # Errors
/// As [`check_attribute`], and [`ServiceError::AttributeNotWritable`],
/// [`ServiceError::AttributeRequired`].
pub(crate) fn check_new_attributes(
    settings: &UserPoolSettings,
    client: Option<&AppClient>,
    attributes: &Attributes,
) -> Result<(), ServiceError> {
    for (name, value) in attributes {
        if name == "sub" {
            return Err(ServiceError::InvalidInput(
                "Cannot modify the non-mutable attribute sub".to_owned(),
            ));
        }
        if client.is_some_and(|client| !client.settings.may_write(name)) {
            return Err(ServiceError::AttributeNotWritable);
        }
        check_attribute(settings, name, value)?;
    }
    Ok(())
}

/// Checks that the attributes required by the schema are there.
/// # Errors
/// [`ServiceError::AttributeRequired`].
pub(crate) fn check_required_attributes(
    settings: &UserPoolSettings,
    attributes: &Attributes,
) -> Result<(), ServiceError> {
    let mut required = settings
        .schema
        .iter()
        .filter(|a| a.is_required && a.name != "sub");
    match required.find(|attribute| !attributes.contains_key(&attribute.name)) {
        Some(attribute) => Err(ServiceError::AttributeRequired(attribute.name.clone())),
        None => Ok(()),
    }
}

/// Whether the text has the form of an e-mail address: one `@` with something on both sides, no
/// blanks or control characters, at most 320 bytes.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    text.len() <= 320
        && !local.is_empty()
        && !domain.is_empty()
        && !local.contains('@')
        && domain.split('.').all(|label| !label.is_empty())
        && !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "<>,;\"()[]\\".contains(c))
}

/// Whether the text is `+` and 1 to 15 digits.
/// Source: ITU-T E.164; API reference, attribute `phone_number`.
pub(crate) fn is_phone_number(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('+') else {
        return false;
    };
    (1..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_text() {
        for good in ["a@b", "first.last+tag@mail.example.com", "ü@example.com"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "@",
            "a@",
            "@b",
            "a b@c",
            "a@b@c",
            "a@b..c",
            "a@b\r\nBcc: x",
            "<a@b>",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn s59_a_hundred_kilobytes_of_at_signs_are_no_address() {
        assert!(!is_email(&"@a.".repeat(40_000)));
    }

    #[test]
    fn phone_numbers_are_plus_and_digits() {
        assert!(is_phone_number("+12065551212"));
        for bad in [
            "",
            "+",
            "12065551212",
            "+1 206",
            "+1234567890123456",
            "+12a",
        ] {
            assert!(!is_phone_number(bad), "{bad}");
        }
    }
}

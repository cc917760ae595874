//! Who may write an attribute and what its value must look like: for sign-up, invitations, new
//! passwords and changes alike.

use poolhouse_model::{
    AppClient, AttributeViolation, Attributes, ContactAttribute, User, UserPoolSettings,
};

use crate::error::ServiceError;

/// An attribute as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeWrite {
    /// Its name.
    pub name: String,
    /// Its value, blank to delete it; `None` when there was none, which is refused.
    pub value: Option<String>,
}

/// Why the schema does not admit a change of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeRefusal {
    /// It has no such attribute.
    NotInSchema,
    /// The attribute keeps the value it was made with.
    NotMutable,
    /// The attribute cannot be without a value.
    RequiredNotDeletable,
    /// The value breaks a rule.
    Invalid(AttributeViolation),
}

/// Who writes attributes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum AttributeWriter<'a> {
    /// A user by a client, within what it may write.
    Client(&'a AppClient),
    /// An administrator.
    Administrator,
}

impl AttributeWriter<'_> {
    /// Checks that the attribute may be written at all.
    /// # Errors
    /// [`ServiceError::InvalidInput`] for the subject, [`ServiceError::AttributeNotWritable`].
    /// Source: an answer of `UpdateUserAttributes` for `sub`; API reference,
    /// `DeveloperOnlyAttribute`.
    pub(crate) fn check(self, settings: &UserPoolSettings, name: &str) -> Result<(), ServiceError> {
        if name == "sub" {
            return Err(ServiceError::InvalidInput(
                "Cannot modify the non-mutable attribute sub".to_owned(),
            ));
        }
        let Self::Client(client) = self else {
            return Ok(());
        };
        let attribute = settings.find_attribute(name);
        let is_developers = attribute.is_some_and(|attribute| attribute.is_developer_only);
        if is_developers || !client.settings.may_write(name) {
            return Err(ServiceError::AttributeNotWritable);
        }
        Ok(())
    }
}

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
    check_form(name, value)
}

/// Checks the form of an address or number; other attributes have none.
/// # Errors
/// [`ServiceError::EmailInvalid`], [`ServiceError::PhoneNumberInvalid`].
pub(crate) fn check_form(name: &str, value: &str) -> Result<(), ServiceError> {
    match ContactAttribute::named(name) {
        Some(ContactAttribute::Email) if !is_email(value) => Err(ServiceError::EmailInvalid),
        Some(ContactAttribute::PhoneNumber) if !is_phone_number(value) => {
            Err(ServiceError::PhoneNumberInvalid)
        }
        _ => Ok(()),
    }
}

/// Checks a change of an attribute of a user that exists; `None` deletes it.
pub(crate) fn check_change(
    settings: &UserPoolSettings,
    name: &str,
    value: Option<&str>,
) -> Result<(), AttributeRefusal> {
    let attribute = settings.find_attribute(name);
    let attribute = attribute.ok_or(AttributeRefusal::NotInSchema)?;
    if !attribute.is_mutable {
        return Err(AttributeRefusal::NotMutable);
    }
    match value {
        Some(value) => attribute.check(value).map_err(AttributeRefusal::Invalid),
        None if attribute.is_required => Err(AttributeRefusal::RequiredNotDeletable),
        None => Ok(()),
    }
}

/// Gives an attribute of a user a value; a new address or number is unverified until it is proven.
pub(crate) fn set_attribute(user: &mut User, name: &str, value: &str) {
    if let Some(contact) = ContactAttribute::named(name)
        && user.attribute(name) != Some(value)
    {
        let flag = contact.verification_flag().to_owned();
        user.attributes.insert(flag, "false".to_owned());
    }
    user.attributes.insert(name.to_owned(), value.to_owned());
}

/// Takes an attribute of a user away, with what said that it was verified.
pub(crate) fn remove_attribute(user: &mut User, name: &str) {
    if let Some(contact) = ContactAttribute::named(name) {
        user.attributes.remove(contact.verification_flag());
    }
    user.attributes.remove(name);
}

/// Checks the attributes of a new user: each one, what the client may write (`None` for an
/// administrator).
/// # Errors
/// As [`check_attribute`] and [`AttributeWriter::check`].
pub(crate) fn check_new_attributes(
    settings: &UserPoolSettings,
    client: Option<&AppClient>,
    attributes: &Attributes,
) -> Result<(), ServiceError> {
    let writer = client.map_or(AttributeWriter::Administrator, AttributeWriter::Client);
    for (name, value) in attributes {
        writer.check(settings, name)?;
        check_attribute(settings, name, value)?;
    }
    Ok(())
}

/// Checks that the attributes required by the schema are there.
/// # Errors
/// [`ServiceError::AttributesRequired`].
pub(crate) fn check_required_attributes(
    settings: &UserPoolSettings,
    attributes: &Attributes,
) -> Result<(), ServiceError> {
    let missing = missing_required_attributes(settings, attributes);
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.into_iter().map(str::to_owned).collect();
    Err(ServiceError::AttributesRequired(missing))
}

/// Lists the attributes required by the schema that have no value.
pub(crate) fn missing_required_attributes<'a>(
    settings: &'a UserPoolSettings,
    attributes: &Attributes,
) -> Vec<&'a str> {
    let required = settings
        .schema
        .iter()
        .filter(|attribute| attribute.is_required && attribute.name != "sub");
    required
        .map(|attribute| attribute.name.as_str())
        .filter(|name| !attributes.contains_key(*name))
        .collect()
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
    fn s59_an_address_that_is_too_long_is_refused_whatever_it_is_made_of() {
        let of_length = |length: usize| format!("{}@example.com", "a".repeat(length - 12));
        assert!(is_email(&of_length(320)));
        assert!(!is_email(&of_length(321)));
        assert!(!is_email(&of_length(100_000)));
        assert!(!is_email(&format!("a@{}com", "b.".repeat(50_000))));
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

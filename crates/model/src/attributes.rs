//! User attributes and the schema of a pool.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::date_time::is_date_time;

/// Attribute values by full name (`email`, `custom:tier`); every value is text, as on the wire.
pub type Attributes = BTreeMap<String, String>;

/// Type of an attribute's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttributeDataType {
    /// Free text with length limits.
    String,
    /// A whole number with limits.
    Number,
    /// An instant.
    DateTime,
    /// `true` or `false`.
    Boolean,
}

/// One attribute that users of a pool can have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeSchema {
    /// Full name: `email`, `custom:tier`, `dev:custom:tier`.
    pub name: String,
    /// Type of the value.
    pub data_type: AttributeDataType,
    /// Only admin operations may write it.
    pub is_developer_only: bool,
    /// May change after it was first set.
    pub is_mutable: bool,
    /// Must be given at sign-up.
    pub is_required: bool,
    /// Shortest and longest text in characters, as written by who made the pool.
    pub string_limits: Option<(Option<String>, Option<String>)>,
    /// Least and greatest number, as written by who made the pool.
    pub number_limits: Option<(Option<String>, Option<String>)>,
}

/// Most characters of a text, whatever the schema says.
/// Source: API reference, `AttributeValueType`.
const MAX_TEXT: u64 = 2048;

/// Names of the attributes that every pool has.
/// Source: OpenID Connect Core section 5.1; AWS page "Working with user attributes".
pub const STANDARD_ATTRIBUTES: [&str; 20] = [
    "sub",
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "email",
    "email_verified",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "phone_number",
    "phone_number_verified",
    "address",
    "updated_at",
];

/// The schema a pool starts with: the standard attributes with the service's limits.
/// Source: answers of `DescribeUserPool` for a pool made without a schema.
pub fn standard_schema() -> Vec<AttributeSchema> {
    STANDARD_ATTRIBUTES
        .iter()
        .map(|name| standard_attribute(name))
        .collect()
}

fn standard_attribute(name: &str) -> AttributeSchema {
    let text = |least: &str, most: &str| Some((Some(least.to_owned()), Some(most.to_owned())));
    let (data_type, string_limits, number_limits) = match name {
        "email_verified" | "phone_number_verified" => (AttributeDataType::Boolean, None, None),
        "updated_at" => (
            AttributeDataType::Number,
            None,
            Some((Some("0".to_owned()), None)),
        ),
        "sub" => (AttributeDataType::String, text("1", "2048"), None),
        "birthdate" => (AttributeDataType::String, text("10", "10"), None),
        _ => (AttributeDataType::String, text("0", "2048"), None),
    };
    AttributeSchema {
        name: name.to_owned(),
        data_type,
        is_developer_only: false,
        is_mutable: name != "sub",
        is_required: name == "sub",
        string_limits,
        number_limits,
    }
}

/// Attributes that nobody but the server and admin operations may set.
pub fn is_verification_flag(name: &str) -> bool {
    matches!(name, "email_verified" | "phone_number_verified")
}

impl AttributeSchema {
    /// Checks a value against type and limits.
    /// # Errors
    /// [`AttributeViolation`] names the rule that the value breaks.
    pub fn check(&self, value: &str) -> Result<(), AttributeViolation> {
        match self.data_type {
            AttributeDataType::String => self.check_length(value),
            AttributeDataType::Number => self.check_number(value),
            AttributeDataType::Boolean => match value.to_ascii_lowercase().as_str() {
                "true" | "false" => Ok(()),
                _ => Err(AttributeViolation::NotABoolean),
            },
            AttributeDataType::DateTime if is_date_time(value) => Ok(()),
            AttributeDataType::DateTime => Err(AttributeViolation::NotADateTime),
        }
    }

    /// The most characters that a text may have.
    pub fn longest_text(&self) -> u64 {
        let (_, most): (Option<u64>, Option<u64>) = limits(self.string_limits.as_ref());
        most.unwrap_or(MAX_TEXT).min(MAX_TEXT)
    }

    /// The least and the greatest number, where there are limits.
    pub fn number_range(&self) -> (Option<i64>, Option<i64>) {
        limits(self.number_limits.as_ref())
    }

    fn check_length(&self, value: &str) -> Result<(), AttributeViolation> {
        let length = value.chars().count() as u64;
        let (least, _): (Option<u64>, Option<u64>) = limits(self.string_limits.as_ref());
        if least.is_some_and(|least| length < least) {
            return Err(AttributeViolation::TooShort(least.unwrap_or(0)));
        }
        let most = self.longest_text();
        if length > most {
            return Err(AttributeViolation::TooLong(most));
        }
        Ok(())
    }

    fn check_number(&self, value: &str) -> Result<(), AttributeViolation> {
        let number: i64 = value.parse().map_err(|_| AttributeViolation::NotANumber)?;
        match self.number_range() {
            (Some(least), _) if number < least => Err(AttributeViolation::TooSmall(least)),
            (_, Some(most)) if number > most => Err(AttributeViolation::TooLarge(most)),
            _ => Ok(()),
        }
    }
}

type Limits = (Option<String>, Option<String>);

fn limits<N: std::str::FromStr>(limits: Option<&Limits>) -> (Option<N>, Option<N>) {
    let Some((least, most)) = limits else {
        return (None, None);
    };
    let read = |limit: &Option<String>| limit.as_ref().and_then(|text| text.parse().ok());
    (read(least), read(most))
}

/// The rule of the schema that a value breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeViolation {
    /// Shorter than the least length in characters, which is given.
    TooShort(u64),
    /// Longer than the greatest length in characters, which is given.
    TooLong(u64),
    /// Below the least number, which is given.
    TooSmall(i64),
    /// Above the greatest number, which is given.
    TooLarge(i64),
    /// No whole number.
    NotANumber,
    /// Neither `true` nor `false`.
    NotABoolean,
    /// No date or instant.
    NotADateTime,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birthdate_has_exactly_ten_characters() {
        let birthdate = standard_attribute("birthdate");
        assert_eq!(birthdate.check("1990-01-01"), Ok(()));
        assert_eq!(
            birthdate.check("1990-1-1"),
            Err(AttributeViolation::TooShort(10))
        );
        assert_eq!(
            birthdate.check("1990-01-011"),
            Err(AttributeViolation::TooLong(10))
        );
    }

    #[test]
    fn lengths_count_characters_not_bytes() {
        let name = standard_attribute("name");
        assert_eq!(name.check(&"ü".repeat(2048)), Ok(()));
        assert_eq!(
            name.check(&"u".repeat(2049)),
            Err(AttributeViolation::TooLong(2048))
        );
    }

    #[test]
    fn a_date_time_attribute_takes_dates_and_instants_only() {
        let date_time = AttributeSchema {
            data_type: AttributeDataType::DateTime,
            ..standard_attribute("name")
        };
        assert_eq!(date_time.check("2026-01-31"), Ok(()));
        let answered = date_time.check("soon");
        assert_eq!(answered, Err(AttributeViolation::NotADateTime));
    }

    #[test]
    fn a_number_outside_its_limits_is_refused() {
        let updated_at = standard_attribute("updated_at");
        assert_eq!(updated_at.check("-1"), Err(AttributeViolation::TooSmall(0)));
        assert_eq!(updated_at.check("1e9"), Err(AttributeViolation::NotANumber));
    }
}

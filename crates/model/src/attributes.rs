//! User attributes and the schema of a pool.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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

    fn check_length(&self, value: &str) -> Result<(), AttributeViolation> {
        let length = value.chars().count() as u64;
        let (least, most): (Option<u64>, _) = limits(self.string_limits.as_ref());
        if least.is_some_and(|least| length < least) {
            return Err(AttributeViolation::TooShort(least.unwrap_or(0)));
        }
        let most = most.unwrap_or(MAX_TEXT).min(MAX_TEXT);
        if length > most {
            return Err(AttributeViolation::TooLong(most));
        }
        Ok(())
    }

    fn check_number(&self, value: &str) -> Result<(), AttributeViolation> {
        let number: i64 = value.parse().map_err(|_| AttributeViolation::NotANumber)?;
        let (least, most): (Option<i64>, Option<i64>) = limits(self.number_limits.as_ref());
        match (least, most) {
            (Some(least), _) if number < least => Err(AttributeViolation::TooSmall(least)),
            (_, Some(most)) if number > most => Err(AttributeViolation::TooLarge(most)),
            _ => Ok(()),
        }
    }
}

/// Whether the text is a date, a date with a time of day, or seconds since 1970.
/// Inferred: which forms the service takes. These are ISO 8601's usual ones and `updated_at`'s.
fn is_date_time(text: &str) -> bool {
    if text.len() <= 15 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let (date, time) = match text.split_once(['T', 't', ' ']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    is_date(date) && time.is_none_or(is_time)
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let year = parts.next().and_then(|year| number_of(year, 4));
    let month = parts.next().and_then(|month| number_of(month, 2));
    let day = parts.next().and_then(|day| number_of(day, 2));
    let (Some(year), Some(month), Some(day), None) = (year, month, day, parts.next()) else {
        return false;
    };
    let is_leap_year = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Whether the text is hours and minutes, with seconds, a fraction and an offset if they are there.
fn is_time(text: &str) -> bool {
    let (clock, offset) = match text.find(['Z', 'z', '+', '-']) {
        Some(at) => text.split_at(at),
        None => (text, "Z"),
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let is_fraction =
        (1..=9).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = clock.split(':');
    let mut below = |most| {
        let part = parts.next()?;
        number_of(part, 2).filter(|number| *number < most)
    };
    let is_clock = below(24).is_some() && below(60).is_some();
    let is_second = below(61).is_some() || clock.len() == 5;
    is_clock && is_second && clock.len() <= 8 && is_fraction && is_offset(offset)
}

fn is_offset(text: &str) -> bool {
    if text.eq_ignore_ascii_case("Z") {
        return true;
    }
    let Some(offset) = text.strip_prefix(['+', '-']) else {
        return false;
    };
    let (hours, minutes) = match offset.split_once(':') {
        Some(parts) => parts,
        None if offset.len() == 4 && offset.is_ascii() => offset.split_at(2),
        None => return false,
    };
    number_of(hours, 2).is_some_and(|hours| hours < 24)
        && number_of(minutes, 2).is_some_and(|minutes| minutes < 60)
}

fn number_of(text: &str, digits: usize) -> Option<u32> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
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
    fn a_date_or_an_instant_is_told_from_other_text() {
        let date_time = AttributeSchema {
            data_type: AttributeDataType::DateTime,
            ..standard_attribute("name")
        };
        for good in [
            "2026-01-31",
            "2024-02-29",
            "2026-01-31T23:59",
            "2026-01-31T23:59:60Z",
            "2026-01-31 23:59:59.123+05:30",
            "2026-01-31T23:59:59-0800",
            "1477662772",
        ] {
            assert_eq!(date_time.check(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "yesterday",
            "2026-02-29",
            "2026-13-01",
            "26-01-31",
            "2026-01-31T",
            "2026-01-31T24:00",
            "2026-01-31T23:59:59.Z",
            "2026-01-31T23:59:59+5",
            "2026-01-31T23:59:59+aü",
            "2026-01-31-01",
            "1234567890123456",
        ] {
            let answered = date_time.check(bad);
            assert_eq!(answered, Err(AttributeViolation::NotADateTime), "{bad}");
        }
    }

    #[test]
    fn a_number_outside_its_limits_is_refused() {
        let updated_at = standard_attribute("updated_at");
        assert_eq!(updated_at.check("-1"), Err(AttributeViolation::TooSmall(0)));
        assert_eq!(updated_at.check("1e9"), Err(AttributeViolation::NotANumber));
    }
}

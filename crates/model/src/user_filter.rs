//! What a list of users is narrowed to.

use crate::user::UserStatus;

/// What a list of users is narrowed to: one thing at a time, by equality or by how a text begins.
/// Source: API reference, `ListUsers`, `Filter`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserFilter {
    /// All users of the pool.
    Everyone,
    /// Users by user name; the text is folded as the pool compares names.
    Username(TextMatch),
    /// Users by subject.
    Sub(TextMatch),
    /// Users by an attribute, whatever the case of its value.
    Attribute(SearchableAttribute, TextMatch),
    /// Users in a state of the life cycle.
    Status(UserStatus),
    /// Users that may sign in, or those that may not.
    Enabled(bool),
}

/// How a text is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextMatch {
    /// It is this.
    Equals(String),
    /// It begins with this.
    StartsWith(String),
}

impl TextMatch {
    /// The same comparison with another text, made from this one's.
    #[must_use]
    pub fn map(self, change: impl FnOnce(&str) -> String) -> Self {
        match self {
            Self::Equals(text) => Self::Equals(change(&text)),
            Self::StartsWith(text) => Self::StartsWith(change(&text)),
        }
    }
}

/// An attribute by whose value users are found.
/// Source: API reference, `ListUsers`, `Filter`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchableAttribute {
    /// `email`
    Email,
    /// `phone_number`
    PhoneNumber,
    /// `name`
    Name,
    /// `given_name`
    GivenName,
    /// `family_name`
    FamilyName,
    /// `preferred_username`
    PreferredUsername,
}

/// Characters of a folded value that are compared. A filter is shorter, so two values that differ
/// only behind them are told apart by none; a row of the index stays within what PostgreSQL takes.
const COMPARED_CHARACTERS: usize = 512;

impl SearchableAttribute {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Email,
        Self::PhoneNumber,
        Self::Name,
        Self::GivenName,
        Self::FamilyName,
        Self::PreferredUsername,
    ];

    /// The attribute's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
            Self::Name => "name",
            Self::GivenName => "given_name",
            Self::FamilyName => "family_name",
            Self::PreferredUsername => "preferred_username",
        }
    }

    /// Finds the attribute of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|attribute| attribute.name() == name)
    }

    /// Folds a value, or the beginning of one, to the form in which values are compared: lower
    /// case, character by character, so that what begins a value begins its folded form too.
    ///
    /// What no text column can hold, the character NUL, becomes the replacement character.
    pub fn fold(value: &str) -> String {
        let lower = value.chars().flat_map(char::to_lowercase);
        let same = lower.map(|character| match character {
            // Only its place in the word tells it from the other small sigma.
            'ς' => 'σ',
            '\0' => char::REPLACEMENT_CHARACTER,
            other => other,
        });
        same.take(COMPARED_CHARACTERS).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_hides_case_in_every_script() {
        for (value, folded) in [
            ("Ann@Example.COM", "ann@example.com"),
            ("ÄÖÜ", "äöü"),
            ("ΟΔΟΣ", "οδοσ"),
            ("οδος", "οδοσ"),
            ("+15550100", "+15550100"),
            ("a\0b", "a\u{fffd}b"),
            ("", ""),
        ] {
            assert_eq!(SearchableAttribute::fold(value), folded);
        }
    }

    #[test]
    fn what_begins_a_value_begins_its_folded_form() {
        let value = "ΟΔΟΣ İstanbul ẞ ﬁ 🦊";
        let folded = SearchableAttribute::fold(value);
        for (end, _) in value.char_indices() {
            assert!(folded.starts_with(&SearchableAttribute::fold(&value[..end])));
        }
    }

    #[test]
    fn a_folded_value_fits_into_an_index_row_and_no_filter_reaches_its_end() {
        let folded = SearchableAttribute::fold(&"İ🦊".repeat(1024));
        assert_eq!(folded.chars().count(), COMPARED_CHARACTERS);
        // PostgreSQL takes 2704 bytes; pool, attribute and subject need some 200.
        assert!(folded.len() <= 2048, "{}", folded.len());
        // A filter has 256 characters at most, of which some are not the value's.
        let filter = SearchableAttribute::fold(&"İ".repeat(250));
        assert!(filter.chars().count() < COMPARED_CHARACTERS);
    }

    #[test]
    fn each_attribute_is_found_by_its_name() {
        for attribute in SearchableAttribute::ALL {
            assert_eq!(
                SearchableAttribute::from_name(attribute.name()),
                Some(attribute)
            );
        }
        assert_eq!(SearchableAttribute::from_name("Email"), None);
    }
}

//! The language in which a list of users is narrowed: `family_name = "Reddy"`.

use poolhouse_model::{SearchableAttribute, TextMatch, UserFilter, UserPoolSettings, UserStatus};

use crate::error::ServiceError;

/// What a filter asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum UserSearch {
    /// Users that the store looks up.
    Some(UserFilter),
    /// A value that no user has.
    Nobody,
}

/// Longest filter, in characters.
/// Source: API model, `UserFilterType`.
const MAX_FILTER_CHARACTERS: usize = 256;

impl UserSearch {
    /// Reads a filter: an attribute's name, with or without quotation marks, `=` (is) or `^=`
    /// (begins with), and a value in quotation marks, in which `\"` is a quotation mark. Blanks
    /// may stand between them; the empty text asks for everyone.
    ///
    /// User name and `status` are compared by case, all others whatever it is.
    /// # Errors
    /// [`ServiceError::FilterInvalid`], [`ServiceError::FilterAttributeUnknown`].
    /// Source: API reference, `ListUsers`, `Filter`; developer guide, "Managing and searching for
    /// user accounts"; aws/aws-sdk-php#1961, aws/aws-sdk-js#3147 (what is no filter);
    /// ministackorg/ministack#1050 (quoted names) and #1465 (case).
    /// Inferred: `\\` is a backslash, and one before any other character stands for itself; a
    /// user name is compared by case only where the pool does.
    pub(super) fn parse(settings: &UserPoolSettings, text: &str) -> Result<Self, ServiceError> {
        if text.is_empty() {
            return Ok(Self::Some(UserFilter::Everyone));
        }
        if text.chars().nth(MAX_FILTER_CHARACTERS).is_some() {
            return Err(ServiceError::FilterInvalid);
        }
        let (name, value) = split(text).ok_or(ServiceError::FilterInvalid)?;
        let filter = match name.as_str() {
            "username" => UserFilter::Username(value.map(|text| settings.fold_name(text))),
            // Subjects are made of digits and small letters.
            "sub" => UserFilter::Sub(value.map(str::to_lowercase)),
            "cognito:user_status" => return Ok(by_status(&value.map(str::to_uppercase))),
            "status" => return Ok(by_enabled(&value)),
            name => match SearchableAttribute::from_name(name) {
                Some(attribute) => UserFilter::Attribute(attribute, value),
                None => return Err(ServiceError::FilterAttributeUnknown(name.to_owned())),
            },
        };
        Ok(Self::Some(filter))
    }
}

/// Takes a filter apart.
fn split(text: &str) -> Option<(String, TextMatch)> {
    let text = text.trim();
    let (name, rest) = if text.starts_with('"') {
        quoted(text)?
    } else {
        let end = text.find(|c: char| c.is_whitespace() || "=^\"".contains(c))?;
        (text[..end].to_owned(), &text[end..])
    };
    let rest = rest.trim_start();
    let (compare, rest): (fn(String) -> TextMatch, _) = match rest.strip_prefix("^=") {
        Some(rest) => (TextMatch::StartsWith, rest),
        None => (TextMatch::Equals, rest.strip_prefix('=')?),
    };
    let (value, rest) = quoted(rest.trim_start())?;
    (rest.is_empty() && !name.is_empty()).then(|| (name, compare(value)))
}

/// Reads a text in quotation marks, and gives what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('"')?;
    let mut value = String::new();
    let mut characters = inside.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, &inside[at + 1..])),
            '\\' => {
                let escaped = characters.next_if(|(_, next)| matches!(next, '"' | '\\'));
                value.push(escaped.map_or('\\', |(_, next)| next));
            }
            other => value.push(other),
        }
    }
    None
}

/// The states, as filters name them.
/// Source: API model, `UserStatusType`, of which the others are no longer used.
const STATUSES: [(&str, UserStatus); 5] = [
    ("UNCONFIRMED", UserStatus::Unconfirmed),
    ("CONFIRMED", UserStatus::Confirmed),
    ("FORCE_CHANGE_PASSWORD", UserStatus::ForceChangePassword),
    ("RESET_REQUIRED", UserStatus::ResetRequired),
    ("EXTERNAL_PROVIDER", UserStatus::ExternalProvider),
];

fn by_status(value: &TextMatch) -> UserSearch {
    one_of(&STATUSES, value, UserFilter::Status)
}

fn by_enabled(value: &TextMatch) -> UserSearch {
    let names = [("Enabled", true), ("Disabled", false)];
    one_of(&names, value, UserFilter::Enabled)
}

/// Finds what a value names. No two names begin with the same letter, so the beginning of one
/// names it alone; the empty beginning is everyone's.
fn one_of<T: Copy>(
    names: &[(&str, T)],
    value: &TextMatch,
    filter: fn(T) -> UserFilter,
) -> UserSearch {
    let is_meant = |name: &str| match value {
        TextMatch::Equals(text) => name == text,
        TextMatch::StartsWith(text) => name.starts_with(text.as_str()),
    };
    if *value == TextMatch::StartsWith(String::new()) {
        return UserSearch::Some(UserFilter::Everyone);
    }
    match names.iter().find(|(name, _)| is_meant(name)) {
        Some((_, meant)) => UserSearch::Some(filter(*meant)),
        None => UserSearch::Nobody,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<UserSearch, String> {
        let settings = UserPoolSettings::default();
        UserSearch::parse(&settings, text).map_err(|error| format!("{error:?}"))
    }

    fn found(text: &str) -> UserFilter {
        match parse(text) {
            Ok(UserSearch::Some(filter)) => filter,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn names_and_values_are_read_in_every_spelling() {
        let email = |text: TextMatch| UserFilter::Attribute(SearchableAttribute::Email, text);
        let equals = |text: &str| email(TextMatch::Equals(text.to_owned()));
        let starts = |text: &str| email(TextMatch::StartsWith(text.to_owned()));
        for (text, expected) in [
            (r#"email = "a@b.c""#, equals("a@b.c")),
            (r#"email="a@b.c""#, equals("a@b.c")),
            (r#""email" = "a@b.c""#, equals("a@b.c")),
            (r#""email"^="a@b.c""#, starts("a@b.c")),
            ("  email\t^=\n\"a\"  ", starts("a")),
            (
                r#"email = "with \"quotes\" and \\ and \n""#,
                equals("with \"quotes\" and \\ and \\n"),
            ),
            (r#"email = "= ^= ü""#, equals("= ^= ü")),
            (r#"email = """#, equals("")),
            (r#"email ^= """#, starts("")),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
        assert_eq!(found(""), UserFilter::Everyone);
    }

    #[test]
    fn what_is_no_filter_is_refused() {
        for text in [
            " ",
            "foo",
            "email",
            "email =",
            "email = ",
            "email = a@b.c",
            "email = 'a@b.c'",
            "email = \"a",
            "email = \"a\\\"",
            "email ^= \\\"a\\\"",
            "email = \"a\"b\"",
            "email = \"a\" and name = \"b\"",
            "email == \"a\"",
            "email != \"a\"",
            "email ^ = \"a\"",
            "email ~ \"a\"",
            "= \"a\"",
            "\"\" = \"a\"",
            "\"email = \"a\"",
            "\"\"\"\"",
            "\\",
        ] {
            assert_eq!(parse(text), Err("FilterInvalid".to_owned()), "{text}");
        }
    }

    #[test]
    fn only_some_attributes_are_searched_by() {
        for name in [
            "custom:tier",
            "Email",
            "address",
            "email_verified",
            "UserStatus",
        ] {
            let expected = format!("FilterAttributeUnknown({name:?})");
            assert_eq!(parse(&format!("{name} = \"x\"")), Err(expected.clone()));
            assert_eq!(parse(&format!("\"{name}\" ^= \"x\"")), Err(expected));
        }
    }

    #[test]
    fn states_are_named_in_any_case_and_enabling_in_one() {
        use UserFilter::{Enabled, Everyone, Status};
        use UserStatus::{Confirmed, ForceChangePassword};
        for (text, expected) in [
            (
                "cognito:user_status = \"CONFIRMED\"",
                Some(Status(Confirmed)),
            ),
            (
                "cognito:user_status = \"confirmed\"",
                Some(Status(Confirmed)),
            ),
            (
                "cognito:user_status ^= \"Force\"",
                Some(Status(ForceChangePassword)),
            ),
            ("cognito:user_status = \"Force\"", None),
            ("cognito:user_status = \"ARCHIVED\"", None),
            ("cognito:user_status ^= \"\"", Some(Everyone)),
            ("cognito:user_status = \"\"", None),
            ("status = \"Enabled\"", Some(Enabled(true))),
            ("status = \"Disabled\"", Some(Enabled(false))),
            ("status ^= \"Dis\"", Some(Enabled(false))),
            ("status = \"enabled\"", None),
        ] {
            let expected = expected.map_or(UserSearch::Nobody, UserSearch::Some);
            assert_eq!(parse(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn no_two_states_begin_alike() {
        let mut initials: Vec<_> = STATUSES.iter().map(|(name, _)| &name[..1]).collect();
        initials.sort_unstable();
        initials.dedup();
        assert_eq!(initials.len(), STATUSES.len());
    }

    #[test]
    fn names_are_folded_as_the_pool_compares_them() {
        let mut settings = UserPoolSettings::default();
        let parse = |settings: &UserPoolSettings| UserSearch::parse(settings, "username ^= \"Al\"");
        let named = |text: &str| {
            let text = TextMatch::StartsWith(text.to_owned());
            UserSearch::Some(UserFilter::Username(text))
        };
        assert_eq!(parse(&settings).ok(), Some(named("Al")));
        settings.is_case_sensitive = false;
        assert_eq!(parse(&settings).ok(), Some(named("al")));
    }

    #[test]
    fn s59_a_long_filter_is_refused_without_being_read() {
        for piece in ["\\", "\"", "email ^= ", " ", "\u{1f98a}"] {
            let refused = parse(&piece.repeat(100_000));
            assert_eq!(refused, Err("FilterInvalid".to_owned()));
        }
        let longest = format!("email = \"{}\"", "a".repeat(246));
        assert!(parse(&longest).is_ok());
        assert!(parse(&format!("{longest} ")).is_err());
    }
}

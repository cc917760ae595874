//! Which names lead to a user.

use poolhouse_model::{
    AliasAttribute, ContactAttribute, SignInName, SignInNameKind, User, UserPoolSettings,
};

/// Who looks a user up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LookupBy {
    /// Somebody signing in, or proving something, by what they typed.
    SignIn,
    /// An administrator, who may also name the subject.
    Admin,
}

/// Lists what the typed text may be, in the order that decides.
///
/// A user name wins over an alias, so an alias equal to another's user name confuses nobody.
pub(crate) fn names_to_try(
    settings: &UserPoolSettings,
    typed: &str,
    lookup: LookupBy,
) -> Vec<SignInName> {
    let mut names = vec![name(settings, SignInNameKind::Username, typed)];
    let has = |contact, alias| {
        settings.username_attributes.contains(&contact)
            || settings.alias_attributes.contains(&alias)
    };
    if has(ContactAttribute::Email, AliasAttribute::Email) && typed.contains('@') {
        names.push(name(settings, SignInNameKind::Email, typed));
    }
    if has(ContactAttribute::PhoneNumber, AliasAttribute::PhoneNumber) && typed.starts_with('+') {
        names.push(name(settings, SignInNameKind::PhoneNumber, typed));
    }
    if settings
        .alias_attributes
        .contains(&AliasAttribute::PreferredUsername)
    {
        names.push(name(settings, SignInNameKind::PreferredUsername, typed));
    }
    if lookup == LookupBy::Admin {
        names.push(SignInName {
            kind: SignInNameKind::Sub,
            folded: typed.to_owned(),
        });
    }
    names
}

/// Folds a name of one kind as the pool compares names.
pub(crate) fn name(settings: &UserPoolSettings, kind: SignInNameKind, text: &str) -> SignInName {
    SignInName {
        kind,
        folded: settings.fold_name(text),
    }
}

/// Lists the names that a user in this state is found by: the user name, the subject, what stands
/// for the user name, and each alias that is verified.
pub(crate) fn names_of(settings: &UserPoolSettings, user: &User) -> Vec<SignInName> {
    let mut names = vec![
        name(settings, SignInNameKind::Username, user.username.as_str()),
        SignInName {
            kind: SignInNameKind::Sub,
            folded: user.sub.as_str().to_owned(),
        },
    ];
    for (contact, alias) in [
        (ContactAttribute::Email, AliasAttribute::Email),
        (ContactAttribute::PhoneNumber, AliasAttribute::PhoneNumber),
    ] {
        let Some(value) = user.attribute(contact.name()) else {
            continue;
        };
        let stands_for_name = settings.username_attributes.contains(&contact);
        let is_alias = settings.alias_attributes.contains(&alias) && user.has_verified(contact);
        if stands_for_name || is_alias {
            names.push(name(settings, contact.into(), value));
        }
    }
    if settings
        .alias_attributes
        .contains(&AliasAttribute::PreferredUsername)
        && let Some(value) = user.attribute("preferred_username")
    {
        names.push(name(settings, SignInNameKind::PreferredUsername, value));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> UserPoolSettings {
        UserPoolSettings {
            alias_attributes: vec![AliasAttribute::Email],
            is_case_sensitive: false,
            ..UserPoolSettings::default()
        }
    }

    #[test]
    fn s49_the_user_name_is_tried_before_an_alias_of_the_same_text() {
        let names = names_to_try(&settings(), "Bob@Example.com", LookupBy::SignIn);
        let kinds: Vec<_> = names.iter().map(|name| name.kind).collect();
        assert_eq!(kinds, [SignInNameKind::Username, SignInNameKind::Email]);
        assert!(names.iter().all(|name| name.folded == "bob@example.com"));
    }

    #[test]
    fn only_an_administrator_finds_a_user_by_subject() {
        let finds_sub = |lookup| {
            names_to_try(&settings(), "x", lookup)
                .iter()
                .any(|n| n.kind == SignInNameKind::Sub)
        };
        assert!(finds_sub(LookupBy::Admin));
        assert!(!finds_sub(LookupBy::SignIn));
    }
}

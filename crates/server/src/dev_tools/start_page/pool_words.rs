//! A pool's settings in words.

use poolhouse_model::{
    AliasAttribute, ContactAttribute, MfaRequirement, PasswordPolicy, RecoveryMechanism,
    UserPoolSettings,
};

/// What each setting is about, and how it is set.
pub(super) fn of(settings: &UserPoolSettings) -> Vec<(String, String)> {
    let facts = [
        ("Sign-in name", sign_in_name(settings)),
        ("Sign-up", sign_up(settings).to_owned()),
        ("Verified by a code at sign-up", {
            let names = settings.auto_verified_attributes.iter();
            list_or(names.map(|attribute| contact(*attribute)), "nothing")
        }),
        ("Required attributes", {
            let required = settings.schema.iter().filter(|known| known.is_required);
            let names = required.map(|known| known.name.as_str());
            list_or(names.filter(|name| *name != "sub"), "none")
        }),
        ("Custom attributes", {
            let names = settings.schema.iter().map(|known| known.name.as_str());
            let is_custom = |name: &&str| name.starts_with("custom:") || name.starts_with("dev:");
            list_or(names.filter(is_custom), "none")
        }),
        ("Passwords", passwords(&settings.password_policy)),
        ("Forgotten passwords", recovery(settings)),
        ("Second factor", second_factor(settings).to_owned()),
        ("Deletion of the pool", {
            let is_protected = settings.is_deletion_protected;
            if is_protected { "refused" } else { "allowed" }.to_owned()
        }),
    ];
    let facts = facts.into_iter();
    let mut facts: Vec<_> = facts
        .map(|(name, words)| (name.to_owned(), words))
        .collect();
    if !settings.triggers.is_empty() {
        let names = settings.triggers.keys().map(String::as_str);
        let words = format!(
            "{}; flows that would call them refuse",
            list_or(names, "none")
        );
        facts.push(("Triggers".to_owned(), words));
    }
    facts
}

fn sign_in_name(settings: &UserPoolSettings) -> String {
    let case = if settings.is_case_sensitive {
        "upper and lower case differ"
    } else {
        "upper and lower case are the same"
    };
    if settings.has_username_attributes() {
        let names = settings.username_attributes.iter();
        let names = list_or(names.map(|attribute| contact(*attribute)), "");
        return format!("{names} in place of a user name; {case}");
    }
    let aliases = settings.alias_attributes.iter().map(|alias| match alias {
        AliasAttribute::Email => "e-mail address",
        AliasAttribute::PhoneNumber => "phone number",
        AliasAttribute::PreferredUsername => "preferred user name",
    });
    let names = std::iter::once("user name").chain(aliases);
    format!("{}; {case}", list_or(names, ""))
}

fn sign_up(settings: &UserPoolSettings) -> &'static str {
    if settings.allows_admin_create_user_only {
        "only administrators make users"
    } else {
        "users can sign themselves up"
    }
}

fn passwords(policy: &PasswordPolicy) -> String {
    let demands = [
        (policy.requires_uppercase, "an upper-case letter"),
        (policy.requires_lowercase, "a lower-case letter"),
        (policy.requires_numbers, "a number"),
        (policy.requires_symbols, "a symbol"),
    ];
    let demands = demands.into_iter().filter(|(is_made, _)| *is_made);
    let demands: Vec<_> = demands.map(|(_, words)| words).collect();
    let mut words = format!("at least {} characters", policy.minimum_length);
    if !demands.is_empty() {
        words = format!("{words}, with {}", demands.join(", "));
    }
    if policy.history_size > 0 {
        words = format!(
            "{words}; the last {} may not come again",
            policy.history_size
        );
    }
    words
}

fn recovery(settings: &UserPoolSettings) -> String {
    let Some(ways) = &settings.account_recovery else {
        return "reset by a code to the verified phone number, else to the e-mail address"
            .to_owned();
    };
    if ways.contains(&RecoveryMechanism::AdminOnly) {
        return "reset by administrators only".to_owned();
    }
    let ways = ways.iter().map(|way| match way {
        RecoveryMechanism::VerifiedEmail => "verified e-mail address",
        RecoveryMechanism::VerifiedPhoneNumber => "verified phone number",
        RecoveryMechanism::AdminOnly => "an administrator",
    });
    format!("reset by a code to the {}", list_or(ways, "nothing"))
}

fn second_factor(settings: &UserPoolSettings) -> &'static str {
    match (settings.mfa, settings.mfa_factors.software_token) {
        (MfaRequirement::Off, _) => "never asked for",
        (MfaRequirement::Optional, true) => "an authenticator app, from users who set one up",
        (MfaRequirement::Optional, false) => "optional, but no authenticator apps are enabled",
        (MfaRequirement::On, true) => "an authenticator app, from everybody",
        (MfaRequirement::On, false) => {
            "from everybody, but no authenticator apps are enabled: nobody can sign in"
        }
    }
}

fn contact(attribute: ContactAttribute) -> &'static str {
    match attribute {
        ContactAttribute::Email => "e-mail address",
        ContactAttribute::PhoneNumber => "phone number",
    }
}

/// Names in a row, or a word for none.
pub(super) fn list_or<'a>(names: impl Iterator<Item = &'a str>, none: &str) -> String {
    let names: Vec<_> = names.collect();
    if names.is_empty() {
        return none.to_owned();
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(settings: &UserPoolSettings, name: &str) -> String {
        let mut facts = of(settings).into_iter();
        facts.find(|(found, _)| found == name).unwrap().1
    }

    #[test]
    fn settings_read_as_they_are_set() {
        let mut settings = UserPoolSettings::default();
        assert_eq!(
            words(&settings, "Sign-in name"),
            "user name; upper and lower case differ"
        );
        assert_eq!(words(&settings, "Second factor"), "never asked for");
        settings.username_attributes = vec![ContactAttribute::Email];
        settings.is_case_sensitive = false;
        settings.mfa = MfaRequirement::On;
        assert!(words(&settings, "Sign-in name").starts_with("e-mail address in place of"));
        assert!(words(&settings, "Second factor").contains("nobody can sign in"));
        settings.password_policy = PasswordPolicy {
            minimum_length: 6,
            requires_uppercase: false,
            requires_lowercase: false,
            requires_numbers: false,
            requires_symbols: false,
            history_size: 3,
            ..PasswordPolicy::default()
        };
        assert_eq!(
            words(&settings, "Passwords"),
            "at least 6 characters; the last 3 may not come again"
        );
    }
}

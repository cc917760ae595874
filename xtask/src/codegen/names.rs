//! From the names of the model to those of Rust.

/// Words that are one word in Rust although they look like two.
const WHOLE_WORDS: [(&str, &str); 2] = [("OAuth", "Oauth"), ("WebAuthn", "Webauthn")];

/// Writes a name of the model in snake case: `CallbackURLs` becomes `callback_urls`.
pub(super) fn snake_case(name: &str) -> String {
    let name = WHOLE_WORDS
        .iter()
        .fold(name.replace("URLs", "Urls"), |name, (from, to)| {
            name.replace(from, to)
        });
    let characters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (at, character) in characters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| characters.get(before));
        let after = characters.get(at + 1);
        if character.is_ascii_uppercase() && starts_word(before, after) {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

/// Whether a capital between these two starts a word.
fn starts_word(before: Option<&char>, after: Option<&char>) -> bool {
    match before {
        None => false,
        Some(before) if before.is_ascii_uppercase() => after.is_some_and(char::is_ascii_lowercase),
        Some(_) => true,
    }
}

/// Writes the name of a field, which must not be a keyword.
pub(super) fn field(name: &str) -> String {
    match snake_case(name).as_str() {
        "type" => "r#type".to_owned(),
        other => other.to_owned(),
    }
}

/// Writes the name of a static: `USERNAME_TYPE`.
pub(super) fn constant(name: &str) -> String {
    snake_case(name).to_ascii_uppercase()
}

/// Writes an enum value as a variant: `USER_SRP_AUTH` becomes `UserSrpAuth`.
pub(super) fn variant(value: &str) -> String {
    let mut variant = String::new();
    for word in value.split('_').filter(|word| !word.is_empty()) {
        let between_digits = variant.ends_with(|last: char| last.is_ascii_digit())
            && word.starts_with(|first: char| first.is_ascii_digit());
        if between_digits {
            variant.push('_');
        }
        variant.push_str(&capitalised(word));
    }
    variant
}

fn capitalised(word: &str) -> String {
    let shouts = !word.contains(|letter: char| letter.is_ascii_lowercase());
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    let rest: String = if shouts {
        letters.map(|letter| letter.to_ascii_lowercase()).collect()
    } else {
        letters.collect()
    };
    first.into_iter().chain(rest.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_are_one_word_in_snake_case() {
        for (name, expected) in [
            ("ClientId", "client_id"),
            ("CallbackURLs", "callback_urls"),
            ("KMSKeyID", "kms_key_id"),
            ("SMSMfaSettings", "sms_mfa_settings"),
            (
                "AllowedOAuthFlowsUserPoolClient",
                "allowed_oauth_flows_user_pool_client",
            ),
            (
                "PrimaryRoute53HealthCheckId",
                "primary_route53_health_check_id",
            ),
            ("ListWebAuthnCredentials", "list_webauthn_credentials"),
            ("headerName", "header_name"),
        ] {
            assert_eq!(snake_case(name), expected);
        }
    }

    #[test]
    fn enum_values_become_variants() {
        for (value, expected) in [
            ("USER_SRP_AUTH", "UserSrpAuth"),
            ("phone_number", "PhoneNumber"),
            ("LoginWithAmazon", "LoginWithAmazon"),
            ("TLS_V1_2_2021", "TlsV1_2_2021"),
            ("N_A", "NA"),
        ] {
            assert_eq!(variant(value), expected);
        }
    }
}

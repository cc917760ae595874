//! An app client's settings in words.

use poolhouse_model::{
    AppClientSettings, ExplicitAuthFlow, OAuthFlow, PreventUserExistenceErrors, Ttl,
};

use super::pool_words::list_or;

/// What each setting is about, and how it is set.
pub(super) fn of(settings: &AppClientSettings) -> Vec<(String, String)> {
    let urls = |urls: &[String]| list_or(urls.iter().map(String::as_str), "none");
    let validity = &settings.token_validity;
    let facts = [
        ("Flows of the pages", oauth_flows(settings)),
        ("Scopes", urls(&settings.allowed_oauth_scopes)),
        ("Callback URLs", urls(&settings.callback_urls)),
        ("Sign-out URLs", urls(&settings.logout_urls)),
        ("Flows of the API", {
            let flows = settings.auth_flows().iter();
            list_or(flows.map(|flow| auth_flow(*flow)), "none")
        }),
        (
            "Tokens",
            format!(
                "ID tokens live {}, access tokens {}, refresh tokens {}",
                duration(validity.id_token_ttl()),
                duration(validity.access_token_ttl()),
                duration(validity.refresh_token_ttl())
            ),
        ),
        ("Refresh tokens", refresh_tokens(settings).to_owned()),
        ("Unknown users", {
            let hides =
                settings.prevent_user_existence_errors == Some(PreventUserExistenceErrors::Enabled);
            let words = if hides {
                "answers do not tell whether a user exists"
            } else {
                "answers tell that a user does not exist"
            };
            words.to_owned()
        }),
    ];
    let facts = facts.into_iter();
    facts
        .map(|(name, words)| (name.to_owned(), words))
        .collect()
}

fn oauth_flows(settings: &AppClientSettings) -> String {
    if !settings.is_oauth_enabled {
        return "none: OAuth is not enabled for this client".to_owned();
    }
    let flows = settings.allowed_oauth_flows.iter().map(|flow| match flow {
        OAuthFlow::Code => "authorization code",
        OAuthFlow::Implicit => "implicit",
        OAuthFlow::ClientCredentials => "client credentials",
    });
    list_or(flows, "none")
}

fn auth_flow(flow: ExplicitAuthFlow) -> &'static str {
    match flow {
        ExplicitAuthFlow::LegacyAdminNoSrp | ExplicitAuthFlow::AllowAdminUserPassword => {
            "password sent by a server"
        }
        ExplicitAuthFlow::LegacyUserPassword | ExplicitAuthFlow::AllowUserPassword => "password",
        ExplicitAuthFlow::LegacyCustomOnly | ExplicitAuthFlow::AllowCustom => "custom",
        ExplicitAuthFlow::AllowUserSrp => "password proven by SRP",
        ExplicitAuthFlow::AllowRefreshToken => "refresh",
        ExplicitAuthFlow::AllowUserAuth => "choice of factors",
        ExplicitAuthFlow::AllowClientToken => "client token",
    }
}

fn refresh_tokens(settings: &AppClientSettings) -> &'static str {
    let rotates = settings.refresh_token_rotation.as_ref();
    match (
        rotates.is_some_and(|rotation| rotation.is_enabled),
        settings.is_token_revocation_enabled,
    ) {
        (true, true) => "each refresh gives a new one; they can be revoked",
        (true, false) => "each refresh gives a new one; they cannot be revoked",
        (false, true) => "they stay the same; they can be revoked",
        (false, false) => "they stay the same; they cannot be revoked",
    }
}

/// A lifetime in the largest unit that divides it.
fn duration(ttl: Ttl) -> String {
    const UNITS: [(i64, &str); 4] = [
        (86_400, "day"),
        (3600, "hour"),
        (60, "minute"),
        (1, "second"),
    ];
    let seconds = ttl.as_secs();
    let unit = UNITS.into_iter().find(|(size, _)| seconds % size == 0);
    let (size, name) = unit.unwrap_or((1, "second"));
    let number = seconds / size;
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {name}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifetime_reads_in_its_largest_unit() {
        assert_eq!(duration(Ttl::from_hours(1)), "1 hour");
        assert_eq!(duration(Ttl::from_minutes(90)), "90 minutes");
        assert_eq!(duration(Ttl::from_days(30)), "30 days");
        assert_eq!(duration(Ttl::from_secs(61)), "61 seconds");
    }

    #[test]
    fn a_client_without_oauth_has_no_flow_of_the_pages() {
        let mut settings = AppClientSettings {
            allowed_oauth_flows: [OAuthFlow::Code].into(),
            ..AppClientSettings::default()
        };
        assert!(oauth_flows(&settings).starts_with("none"));
        settings.is_oauth_enabled = true;
        assert_eq!(oauth_flows(&settings), "authorization code");
    }
}

//! Which second factor a sign-in has to prove.

use poolhouse_model::{
    ContactAttribute, MfaFactor, MfaRequirement, SoftwareToken, User, UserMfa, UserPool,
};

use crate::error::ServiceError;
use crate::service::Service;

/// What a sign-in whose password was right still has to prove.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DueFactor {
    /// Nothing.
    Nothing,
    /// A code of the user's authenticator app.
    SoftwareToken(SoftwareToken),
    /// Nothing can be proven yet: an authenticator app must be set up.
    SetUp,
}

impl Service {
    /// Finds the second factor that a user's sign-in has to prove.
    /// # Errors
    /// [`ServiceError::FeatureNotServed`] for a factor that cannot be proven yet.
    /// Source: AWS page "Adding MFA to a user pool"; API reference, `SetUserMFAPreference`.
    pub(crate) async fn due_factor(
        &self,
        pool: &UserPool,
        user: &User,
    ) -> Result<DueFactor, ServiceError> {
        if pool.settings.mfa == MfaRequirement::Off {
            return Ok(DueFactor::Nothing);
        }
        let mfa = self.mfa_of(user).await?;
        due_factor(pool, user, mfa)
    }
}

/// A pool that requires a second factor asks for an authenticator app that was set up whether or
/// not its owner turned it on; it is asked for as well where the pool lets nobody set up a new one.
/// Source: AWS page "TOTP software token MFA".
fn due_factor(pool: &UserPool, user: &User, mfa: UserMfa) -> Result<DueFactor, ServiceError> {
    let is_required = pool.settings.mfa == MfaRequirement::On;
    let is_on = is_required || mfa.is_enabled(MfaFactor::SoftwareToken);
    if let Some(token) = mfa.software_token.filter(|_| is_on) {
        return Ok(DueFactor::SoftwareToken(token));
    }
    if !is_required {
        return Ok(DueFactor::Nothing);
    }
    let factors = &pool.settings.mfa_factors;
    let has = |contact: ContactAttribute| user.attribute(contact.name()).is_some();
    let unserved = if factors.sms && has(ContactAttribute::PhoneNumber) {
        "SmsMfaConfiguration lets the user prove the phone number"
    } else if factors.email.is_some() && has(ContactAttribute::Email) {
        "EmailMfaConfiguration lets the user prove the e-mail address"
    } else if pool.settings.offers_software_tokens() {
        return Ok(DueFactor::SetUp);
    } else {
        "SoftwareTokenMfaConfiguration lets nobody set up an authenticator app"
    };
    Err(ServiceError::FeatureNotServed(format!(
        "The user pool's settings are not served yet by Poolhouse: MFA is required \
         (MfaConfiguration ON) and {unserved}. Only authenticator apps are served. Signing in \
         without a second factor would skip a check."
    )))
}

#[cfg(test)]
mod tests {
    use poolhouse_model::{
        SealedSeed, Sub, Timestamp, UserPoolId, UserPoolSettings, UserStatus, Username,
    };
    use serde_json::json;

    use super::*;

    fn pool(change: impl FnOnce(&mut UserPoolSettings)) -> UserPool {
        let mut settings = UserPoolSettings::default();
        change(&mut settings);
        UserPool {
            id: UserPoolId::new("us-east-1_Abc"),
            name: "p".to_owned(),
            created_at: Timestamp::from_secs(0),
            updated_at: Timestamp::from_secs(0),
            version: 1,
            settings,
        }
    }

    fn user(attributes: &[&str]) -> User {
        User {
            pool_id: UserPoolId::new("us-east-1_Abc"),
            sub: Sub::new("s"),
            username: Username::new("u"),
            status: UserStatus::Confirmed,
            is_enabled: true,
            attributes: attributes
                .iter()
                .map(|name| ((*name).to_owned(), "x".to_owned()))
                .collect(),
            password: None,
            token_generation: 0,
            created_at: Timestamp::from_secs(0),
            updated_at: Timestamp::from_secs(0),
            version: 1,
        }
    }

    fn mfa(has_token: bool, is_enabled: bool) -> UserMfa {
        let mut mfa = UserMfa::none(UserPoolId::new("us-east-1_Abc"), Sub::new("s"));
        mfa.software_token = has_token.then(|| SoftwareToken {
            sealed_seed: SealedSeed(vec![1]),
            device_name: None,
            last_step: 0,
        });
        if is_enabled {
            mfa.enable(MfaFactor::SoftwareToken);
        }
        mfa
    }

    fn name(due: &DueFactor) -> &'static str {
        match due {
            DueFactor::Nothing => "nothing",
            DueFactor::SoftwareToken(_) => "code",
            DueFactor::SetUp => "set up",
        }
    }

    #[test]
    fn an_app_is_asked_for_where_it_is_turned_on_or_required() {
        use MfaRequirement::{On, Optional};
        for (requirement, has_token, is_enabled, expected) in [
            (Optional, false, false, "nothing"),
            (Optional, true, false, "nothing"),
            (Optional, true, true, "code"),
            // A leftover switch without an app asks for nothing that could be proven.
            (Optional, false, true, "nothing"),
            (On, false, false, "set up"),
            (On, true, false, "code"),
            (On, true, true, "code"),
        ] {
            for offers_tokens in [true, false] {
                let pool = pool(|settings| {
                    settings.mfa = requirement;
                    settings.mfa_factors.software_token = offers_tokens;
                });
                let due = due_factor(&pool, &user(&[]), mfa(has_token, is_enabled));
                match due {
                    Ok(due) => assert_eq!(name(&due), expected),
                    Err(_) => assert!(expected == "set up" && !offers_tokens),
                }
            }
        }
    }

    #[test]
    fn a_factor_that_cannot_be_proven_yet_refuses_and_names_its_setting() {
        let change = |settings: &mut UserPoolSettings| {
            settings.mfa = MfaRequirement::On;
            settings.mfa_factors.software_token = true;
            settings.mfa_factors.sms = true;
            settings.mfa_factors.email = Some(json!({}));
        };
        for (attributes, named) in [
            (&["phone_number"][..], "SmsMfaConfiguration"),
            (&["email"][..], "EmailMfaConfiguration"),
        ] {
            let refused = due_factor(&pool(change), &user(attributes), mfa(false, false));
            let text = refused.err().map(|error| error.to_string());
            assert!(text.is_some_and(|text| text.contains(named)), "{named}");
            // Who has an app proves that.
            let due = due_factor(&pool(change), &user(attributes), mfa(true, false));
            assert!(matches!(due, Ok(DueFactor::SoftwareToken(_))));
        }
        let due = due_factor(&pool(change), &user(&[]), mfa(false, false));
        assert!(matches!(due, Ok(DueFactor::SetUp)));
    }
}

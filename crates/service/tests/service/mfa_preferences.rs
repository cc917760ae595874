//! Which second factors a user wants, and what is told of them.

use poolhouse_model::{MfaFactor, MfaRequirement, UserPool};
use poolhouse_service::{FactorOwner, FactorSetting, FirstFactor, MfaPreference};
use poolhouse_testkit::{PASSWORD, SignInExt, TestClient, TestService, associate, on_every_engine};
use serde_json::json;

use crate::facts::{fact, outcome};

const APP: MfaFactor = MfaFactor::SoftwareToken;

async fn house(kit: &TestService, mfa: MfaRequirement) -> (UserPool, TestClient) {
    let pool = kit.mfa_pool(mfa).await;
    let client = kit.public_client(&pool).await;
    kit.user(&pool, "alice").await;
    (pool, client)
}

fn app(is_enabled: bool, is_preferred: bool) -> MfaPreference {
    MfaPreference {
        software_token: Some(FactorSetting {
            is_enabled,
            is_preferred,
        }),
        ..MfaPreference::default()
    }
}

#[tokio::test]
async fn an_app_is_asked_for_once_it_is_turned_on_and_until_it_is_turned_off() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit, MfaRequirement::Optional).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        kit.set_authenticator_up(&tokens.access_token)
            .await
            .unwrap();
        let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        let by_admin =
            |preference| kit.admin_set_user_mfa_preference(&pool.id, "alice", preference);
        let by_user =
            |preference| kit.set_user_mfa_preference(tokens.access_token.expose(), preference);
        for (by, preference, enabled, preferred, expected) in [
            ("nobody", MfaPreference::default(), vec![], None, "Tokens"),
            (
                "user",
                app(true, false),
                vec![APP],
                None,
                "SOFTWARE_TOKEN_MFA",
            ),
            (
                "user",
                app(true, true),
                vec![APP],
                Some(APP),
                "SOFTWARE_TOKEN_MFA",
            ),
            // What nothing is said of stays.
            (
                "user",
                MfaPreference::default(),
                vec![APP],
                Some(APP),
                "SOFTWARE_TOKEN_MFA",
            ),
            ("user", app(false, false), vec![], None, "Tokens"),
            (
                "admin",
                app(true, true),
                vec![APP],
                Some(APP),
                "SOFTWARE_TOKEN_MFA",
            ),
            (
                "admin",
                app(true, false),
                vec![APP],
                None,
                "SOFTWARE_TOKEN_MFA",
            ),
            ("admin", app(false, false), vec![], None, "Tokens"),
        ] {
            match by {
                "user" => by_user(preference).await.unwrap(),
                "admin" => by_admin(preference).await.unwrap(),
                _ => {}
            }
            let settings = kit.mfa_settings(&user).await.unwrap();
            assert_eq!((settings.enabled, settings.preferred), (enabled, preferred));
            let signed_in = kit.sign_in(&client, "alice", PASSWORD).await;
            assert_eq!(outcome(&signed_in), expected);
        }
    })
    .await;
}

#[tokio::test]
async fn an_app_that_was_not_verified_cannot_be_turned_on() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit, MfaRequirement::Optional).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        for is_pending in [false, true] {
            if is_pending {
                let owner = FactorOwner::AccessToken(tokens.access_token.clone());
                associate(&kit, owner).await.unwrap();
            }
            let expected = format!("SoftwareTokenNotVerified {{ is_pending: {is_pending} }}");
            let by_user = kit
                .set_user_mfa_preference(tokens.access_token.expose(), app(true, true))
                .await;
            assert_eq!(fact(&by_user), expected);
            let by_admin = kit
                .admin_set_user_mfa_preference(&pool.id, "alice", app(true, false))
                .await;
            assert_eq!(fact(&by_admin), expected);
        }
        // Turning off what is not on is no error.
        let off = kit
            .set_user_mfa_preference(tokens.access_token.expose(), app(false, false))
            .await;
        assert_eq!(fact(&off), "Ok");
        let preferred_alone = kit
            .set_user_mfa_preference(tokens.access_token.expose(), app(false, true))
            .await;
        assert!(fact(&preferred_alone).starts_with("InvalidInput"));
    })
    .await;
}

#[tokio::test]
async fn factors_that_are_not_served_are_refused_by_name_and_can_be_turned_off() {
    on_every_engine(|kit| async move {
        let (pool, _) = house(&kit, MfaRequirement::Optional).await;
        let set = |preference| kit.admin_set_user_mfa_preference(&pool.id, "alice", preference);
        let make = |name: &str, is_enabled| {
            let setting = Some(FactorSetting {
                is_enabled,
                is_preferred: is_enabled,
            });
            let mut preference = MfaPreference::default();
            match name {
                "SMSMfaSettings" => preference.sms = setting,
                "EmailMfaSettings" => preference.email = setting,
                _ => preference.web_authn = setting,
            }
            preference
        };
        for name in ["SMSMfaSettings", "EmailMfaSettings", "WebAuthnMfaSettings"] {
            let refused = fact(&set(make(name, true)).await);
            assert!(refused.starts_with("FeatureNotServed") && refused.contains(name));
            assert_eq!(fact(&set(make(name, false)).await), "Ok");
        }
        let nobody = kit
            .admin_set_user_mfa_preference(&pool.id, "nobody", app(false, false))
            .await;
        assert_eq!(fact(&nobody), "UserNotFound");
    })
    .await;
}

#[tokio::test]
async fn s46_where_mfa_is_required_nobody_turns_it_off() {
    on_every_engine(|kit| async move {
        let pool = kit.mfa_pool(MfaRequirement::Optional).await;
        let client = kit.public_client(&pool).await;
        kit.user(&pool, "alice").await;
        kit.authenticator(&client, "alice").await;
        let change = poolhouse_service::SetUserPoolMfaConfig {
            pool_id: pool.id.clone(),
            mfa: Some(MfaRequirement::On),
            software_token: true,
            sms: None,
            email: None,
            web_authn: None,
        };
        kit.set_user_pool_mfa_config(change).await.unwrap();
        let refused = kit
            .admin_set_user_mfa_preference(&pool.id, "alice", app(false, false))
            .await;
        assert!(fact(&refused).starts_with("InvalidInput"));
        let asked = kit.sign_in(&client, "alice", PASSWORD).await;
        assert_eq!(outcome(&asked), "SOFTWARE_TOKEN_MFA");
    })
    .await;
}

#[tokio::test]
async fn the_factors_of_a_user_are_what_they_have_and_the_pool_admits() {
    on_every_engine(|kit| async move {
        let pool = kit
            .mfa_pool_with(MfaRequirement::Optional, |settings| {
                let factors = json!(["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]);
                let policy = json!({"AllowedFirstAuthFactors": factors});
                settings.kept.insert("SignInPolicy".into(), policy);
            })
            .await;
        let client = kit.public_client(&pool).await;
        let verified = [
            ("email", "alice@example.com"),
            ("email_verified", "true"),
            ("phone_number", "+15550100"),
            ("phone_number_verified", "true"),
        ];
        kit.user_with(&pool, "alice", &verified).await;
        kit.user_with(&pool, "bob", &verified[..1]).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        kit.authenticator(&client, "alice").await;
        let by_user = kit
            .get_user_auth_factors(tokens.access_token.expose())
            .await
            .unwrap();
        let by_admin = kit
            .admin_get_user_auth_factors(&pool.id, "alice")
            .await
            .unwrap();
        for factors in [by_user, by_admin] {
            assert_eq!(factors.user.username.as_str(), "alice");
            assert_eq!(
                factors.first_factors,
                [FirstFactor::Password, FirstFactor::EmailOtp]
            );
            assert_eq!(factors.mfa.enabled, [APP]);
            assert_eq!(factors.mfa.preferred, Some(APP));
        }
        let of_bob = kit.admin_get_user_auth_factors(&pool.id, "bob").await;
        let of_bob = of_bob.unwrap();
        assert_eq!(of_bob.first_factors, [FirstFactor::Password]);
        assert!(of_bob.mfa.enabled.is_empty());
        let plain = kit.pool().await;
        kit.user_with(&plain, "alice", &verified).await;
        let factors = kit.admin_get_user_auth_factors(&plain.id, "alice").await;
        assert_eq!(factors.unwrap().first_factors, [FirstFactor::Password]);
    })
    .await;
}

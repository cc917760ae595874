//! What a pool asks for as second factor.

use futures_util::future::join_all;
use poolhouse_model::{MfaRequirement, Ttl, UserPool};
use poolhouse_service::{SetUserPoolMfaConfig, SmsMfa};
use poolhouse_testkit::{PASSWORD, SignInExt, on_every_engine};
use serde_json::json;

use crate::facts::{fact, outcome};

fn config(pool: &UserPool, mfa: Option<MfaRequirement>) -> SetUserPoolMfaConfig {
    SetUserPoolMfaConfig {
        pool_id: pool.id.clone(),
        mfa,
        software_token: false,
        sms: None,
        email: None,
        web_authn: None,
    }
}

fn with_app(pool: &UserPool, mfa: Option<MfaRequirement>) -> SetUserPoolMfaConfig {
    SetUserPoolMfaConfig {
        software_token: true,
        ..config(pool, mfa)
    }
}

#[tokio::test]
async fn factors_and_requirement_must_fit() {
    use MfaRequirement::{Off, On, Optional};
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let gateway = SmsMfa {
            configuration: Some(json!({"SnsCallerArn": "arn"})),
            ..SmsMfa::default()
        };
        let off = config(&pool, Some(Off));
        let on = config(&pool, Some(On));
        let together = "can't turn off MFA and configure an MFA together";
        let none = "must be enabled";
        for (change, expected) in [
            (off.clone(), "Ok"),
            // Nothing is said of the requirement: it stays off.
            (with_app(&pool, None), together),
            (with_app(&pool, Some(Off)), together),
            (
                SetUserPoolMfaConfig {
                    email: Some(json!({"Subject": "s"})),
                    ..off.clone()
                },
                together,
            ),
            (
                SetUserPoolMfaConfig {
                    sms: Some(gateway.clone()),
                    ..off.clone()
                },
                together,
            ),
            // A passkey is no second factor.
            (
                SetUserPoolMfaConfig {
                    web_authn: Some(json!({"RelyingPartyId": "example.com"})),
                    ..off.clone()
                },
                "Ok",
            ),
            (on.clone(), none),
            (config(&pool, Some(Optional)), none),
            (
                SetUserPoolMfaConfig {
                    web_authn: Some(json!({})),
                    ..on.clone()
                },
                none,
            ),
            (
                SetUserPoolMfaConfig {
                    sms: Some(SmsMfa::default()),
                    ..on.clone()
                },
                "SmsConfiguration",
            ),
            (
                SetUserPoolMfaConfig {
                    sms: Some(gateway),
                    ..on.clone()
                },
                "Ok",
            ),
            (with_app(&pool, Some(Optional)), "Ok"),
            (with_app(&pool, None), "Ok"),
            (config(&pool, None), none),
        ] {
            let text = format!("{change:?}");
            let set = fact(&kit.set_user_pool_mfa_config(change).await);
            assert!(set.contains(expected), "{set} for {text}");
        }
        let set = kit.service().pool(&pool.id).await.unwrap();
        assert_eq!(set.settings.mfa, Optional);
        let factors = &set.settings.mfa_factors;
        assert!(factors.software_token && !factors.sms && factors.email.is_none());
        // Passkeys' settings stay until others are given.
        let passkeys = factors.web_authn.as_ref().unwrap();
        assert_eq!(passkeys["RelyingPartyId"], "example.com");
        let mut nowhere = config(&pool, Some(Off));
        nowhere.pool_id = poolhouse_model::UserPoolId::new("us-east-1_nowhere");
        let refused = kit.set_user_pool_mfa_config(nowhere).await;
        assert!(fact(&refused).starts_with("UserPoolNotFound"));
    })
    .await;
}

#[tokio::test]
async fn a_change_is_obeyed_at_once_here_and_within_two_seconds_elsewhere() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.user(&pool, "alice").await;
        let other = kit.another_instance();
        let signed_in = other.sign_in(&client, "alice", PASSWORD).await;
        assert_eq!(outcome(&signed_in), "Tokens");
        let change = with_app(&pool, Some(MfaRequirement::On));
        kit.set_user_pool_mfa_config(change).await.unwrap();
        let here = kit.sign_in(&client, "alice", PASSWORD).await;
        assert_eq!(outcome(&here), "MFA_SETUP");
        kit.clock.advance(Ttl::from_secs(2));
        let there = other.sign_in(&client, "alice", PASSWORD).await;
        assert_eq!(outcome(&there), "MFA_SETUP");
    })
    .await;
}

#[tokio::test]
async fn changes_at_once_leave_one_of_them_whole() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let changes = (0..3).map(|number| {
            let mfa = if number % 2 == 0 {
                MfaRequirement::On
            } else {
                MfaRequirement::Optional
            };
            kit.set_user_pool_mfa_config(with_app(&pool, Some(mfa)))
        });
        let outcomes: Vec<String> = join_all(changes).await.iter().map(fact).collect();
        assert!(
            outcomes.iter().all(|outcome| outcome == "Ok"),
            "{outcomes:?}"
        );
        let set = kit.service().pool(&pool.id).await.unwrap();
        assert_eq!(set.version, pool.version + 3);
    })
    .await;
}

#[tokio::test]
async fn a_required_factor_that_nobody_can_prove_refuses_and_gives_the_attempt_back() {
    on_every_engine(|kit| async move {
        // As CreateUserPool alone makes it.
        let pool = kit
            .pool_with(|settings| settings.mfa = MfaRequirement::On)
            .await;
        let client = kit.public_client(&pool).await;
        let user = kit.user(&pool, "alice").await;
        for _ in 0..7 {
            for signed_in in [
                kit.sign_in(&client, "alice", PASSWORD).await,
                kit.sign_in_by_srp(&client, "alice", PASSWORD).await,
            ] {
                let refused = outcome(&signed_in);
                assert!(refused.starts_with("FeatureNotServed"), "{refused}");
                assert!(refused.contains("SoftwareTokenMfaConfiguration"));
            }
        }
        assert_eq!(kit.lockout_of(&user).await.failures, 0);
        // Only who knows the password is told.
        let wrong = kit.sign_in(&client, "alice", "Wr0ng!password").await;
        assert_eq!(outcome(&wrong), "WrongUsernameOrPassword");
    })
    .await;
}

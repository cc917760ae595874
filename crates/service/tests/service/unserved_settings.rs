//! Settings that are not served yet refuse the flows that should obey them.

use poolhouse_model::{MfaRequirement, UserPoolSettings};
use poolhouse_service::{ConfirmSignUp, ResendConfirmationCode};
use poolhouse_testkit::{
    PASSWORD, SignInExt, TestService, admin_request, on_every_engine, sign_up_request,
};
use serde_json::json;

use crate::facts::{fact, outcome};

type Change = fn(&mut UserPoolSettings);

/// The flows that refuse, as letters: sign-in, sign-up, admin creation, password reset.
async fn refusing(kit: &TestService, change: Change) -> String {
    let pool = kit.pool_with(change).await;
    let client = kit.public_client(&pool).await;
    let is_refused = |fact: String| fact.starts_with("FeatureNotServed");
    let mut letters = String::new();
    let by_password = outcome(&kit.sign_in(&client, "alice", PASSWORD).await);
    let by_srp = outcome(&kit.sign_in_by_srp(&client, "alice", PASSWORD).await);
    assert_eq!(is_refused(by_password.clone()), is_refused(by_srp));
    if is_refused(by_password) {
        let authorization = kit.authorize(&client, &[]).await.ok().unwrap();
        let page = kit
            .hosted_sign_in(&authorization, "alice", &PASSWORD.into(), None)
            .await;
        assert!(is_refused(fact(&page)));
        letters.push('s');
    }
    if is_refused(fact(&kit.sign_up(sign_up_request(&client, "bob")).await)) {
        let confirmed = kit.confirm_sign_up(ConfirmSignUp {
            client_id: client.id.clone(),
            secret_hash: None,
            username: "bob".into(),
            code: "123456".into(),
            forces_alias_creation: false,
        });
        assert!(is_refused(fact(&confirmed.await)));
        let resent = kit.resend_confirmation_code(ResendConfirmationCode {
            client_id: client.id.clone(),
            secret_hash: None,
            username: "bob".into(),
        });
        assert!(is_refused(fact(&resent.await)));
        let confirmed = kit.admin_confirm_sign_up(&pool.id, "bob");
        assert!(is_refused(fact(&confirmed.await)));
        letters.push('u');
    }
    let made = kit.admin_create_user(admin_request(&pool, "carol")).await;
    if is_refused(fact(&made)) {
        letters.push('a');
    }
    if is_refused(fact(&kit.forget(&client, "alice").await)) {
        let confirmed = kit.reset(&client, "alice", "123456", PASSWORD).await;
        assert!(is_refused(fact(&confirmed)));
        // Else nobody can be made whose password an administrator resets.
        if !letters.contains('a') {
            kit.reachable_user(&pool, "dora").await;
            let demanded = kit.demand_reset(&pool, "dora").await;
            assert!(is_refused(fact(&demanded)));
        }
        letters.push('r');
    }
    letters
}

fn trigger(settings: &mut UserPoolSettings, name: &str) {
    let arn = json!("arn:aws:lambda:us-east-1:000000000000:function:f");
    settings.triggers.insert(name.to_owned(), arn);
}

#[tokio::test]
async fn what_would_weaken_the_pool_is_refused_and_the_rest_is_kept() {
    let table: [(Change, &str); 15] = [
        (|_| (), ""),
        (|s| s.mfa = MfaRequirement::Optional, ""),
        (|s| trigger(s, "PreAuthentication"), "s"),
        (|s| trigger(s, "PostAuthentication"), "s"),
        (|s| trigger(s, "PreTokenGeneration"), "s"),
        (|s| trigger(s, "UserMigration"), "sr"),
        (|s| trigger(s, "PreSignUp"), "ua"),
        (|s| trigger(s, "PostConfirmation"), "uar"),
        (|s| trigger(s, "CustomEmailSender"), "uar"),
        (|s| trigger(s, "KMSKeyID"), ""),
        (
            |s| {
                let on = json!({"ChallengeRequiredOnNewDevice": false});
                s.kept.insert("DeviceConfiguration".into(), on);
            },
            "s",
        ),
        (
            |s| {
                let enforced = json!({"AdvancedSecurityMode": "ENFORCED"});
                s.kept.insert("UserPoolAddOns".into(), enforced);
            },
            "s",
        ),
        (
            |s| {
                let audit = json!({"AdvancedSecurityMode": "AUDIT"});
                s.kept.insert("UserPoolAddOns".into(), audit);
            },
            "",
        ),
        (
            |s| {
                let policy = json!({"AllowedFirstAuthFactors": ["EMAIL_OTP"]});
                s.kept.insert("SignInPolicy".into(), policy);
            },
            "s",
        ),
        (
            |s| {
                let policy = json!({"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]});
                s.kept.insert("SignInPolicy".into(), policy);
            },
            "",
        ),
    ];
    on_every_engine(|kit| async move {
        for (index, (change, expected)) in table.into_iter().enumerate() {
            assert_eq!(refusing(&kit, change).await, expected, "row {index}");
        }
    })
    .await;
}

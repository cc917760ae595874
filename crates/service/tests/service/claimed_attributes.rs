//! Which attributes an ID token holds.

use poolhouse_testkit::{SignInExt, on_every_engine};
use serde_json::Value;

use crate::claims::{ATTRIBUTES, exchange, pool_with_customs};
use crate::reading_tokens::{claims, names};

#[tokio::test]
async fn s9_an_id_token_holds_what_scopes_and_the_client_open() {
    let phone = ["phone_number", "phone_number_verified"];
    let email = ["email", "email_verified"];
    let profile = [
        "address",
        "custom:tier",
        "custom:vip",
        "given_name",
        "preferred_username",
        "updated_at",
    ];
    let all: Vec<&str> = phone
        .iter()
        .chain(&email)
        .chain(&profile)
        .copied()
        .collect();
    let table: [(&str, Vec<&str>); 7] = [
        ("openid", all.clone()),
        ("", all),
        ("openid email", email.to_vec()),
        ("openid phone", phone.to_vec()),
        ("openid profile", profile.to_vec()),
        ("openid email phone", [email, phone].concat()),
        ("openid aws.cognito.signin.user.admin", Vec::new()),
    ];
    on_every_engine(|kit| {
        let table = table.clone();
        async move {
            let pool = pool_with_customs(&kit).await;
            kit.user_with(&pool, "alice", &ATTRIBUTES).await;
            let client = kit.public_client(&pool).await;
            for (scope, expected) in table {
                let tokens = exchange(&kit, &client, "alice", &[("scope", scope)]).await;
                let id = claims(&kit, &pool.id, &tokens.id.unwrap()).await;
                let given = attributes_of(&id);
                if scope.ends_with("admin") {
                    // Only `openid` decides about attributes beside it.
                    assert!(given.contains(&"email"), "{scope}");
                    continue;
                }
                let mut expected = expected;
                expected.sort_unstable();
                assert_eq!(given, expected, "{scope}");
            }
            let narrow = kit
                .client_with(&pool, |request| {
                    let readable = ["email", "email_verified", "custom:tier"];
                    request.settings.read_attributes = Some(readable.map(str::to_owned).to_vec());
                })
                .await;
            let tokens = exchange(&kit, &narrow, "alice", &[("scope", "openid")]).await;
            let id = claims(&kit, &pool.id, &tokens.id.unwrap()).await;
            assert_eq!(
                attributes_of(&id),
                ["custom:tier", "email", "email_verified"]
            );
            let tokens = kit.tokens_of(&narrow, "alice").await;
            let id = claims(&kit, &pool.id, &tokens.id_token.unwrap()).await;
            assert_eq!(
                attributes_of(&id),
                ["custom:tier", "email", "email_verified"]
            );
        }
    })
    .await;
}

/// Which of [`ATTRIBUTES`] the claims hold.
fn attributes_of(claims: &Value) -> Vec<&str> {
    let is_attribute = |name: &&str| ATTRIBUTES.iter().any(|(attribute, _)| attribute == name);
    names(claims).into_iter().filter(is_attribute).collect()
}

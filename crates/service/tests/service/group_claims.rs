//! Groups and roles in tokens.

use poolhouse_model::{GroupName, SecretString, Ttl, UserPool};
use poolhouse_oauth::token_response::TokenResponse;
use poolhouse_service::{
    AuthFlow, ChallengeName, IssuedTokens, RefreshRequest, SignInOutcome, UpdateGroup,
};
use poolhouse_testkit::{
    PASSWORD, SignInExt, TestClient, TestService, admin_request, on_every_engine,
};
use serde_json::{Value, json};

use crate::claims::exchange;
use crate::facts::{challenge, fact, tokens};
use crate::reading_tokens::claims;

const ROLE: &str = "arn:aws:iam::000000000000:role/";

fn role(name: &str) -> String {
    format!("{ROLE}{name}")
}

/// The groups that a token names; `null` when it has no such claim.
async fn groups_in(kit: &TestService, pool: &UserPool, token: &SecretString) -> Value {
    claims(kit, &pool.id, token).await["cognito:groups"].clone()
}

/// Both tokens of an answer.
fn both(tokens: &IssuedTokens) -> [SecretString; 2] {
    [
        tokens.access_token.clone(),
        tokens.id_token.clone().unwrap(),
    ]
}

async fn refresh_at_endpoint(
    kit: &TestService,
    client: &TestClient,
    refresh_token: &SecretString,
) -> [SecretString; 2] {
    let pairs = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token.expose()),
    ];
    match kit.token_request(client, &pairs).await {
        Ok(TokenResponse::User {
            access_token,
            id_token,
            ..
        }) => [access_token, id_token.unwrap()],
        outcome => panic!("no tokens: {}", fact(&outcome)),
    }
}

async fn implicit(kit: &TestService, client: &TestClient, username: &str) -> [SecretString; 2] {
    let pairs = [("response_type", "token"), ("scope", "openid")];
    let signed_in = kit.sign_in_for(client, username, &pairs).await.unwrap();
    let (_, fragment) = signed_in.location.split_once('#').unwrap();
    let find = |name: &str| {
        let pairs = fragment.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.into_iter().find(|(own, _)| *own == name).unwrap();
        SecretString::from(value)
    };
    [find("access_token"), find("id_token")]
}

/// Signs an invited user in, who chooses a new password on the way.
async fn with_new_password(kit: &TestService, client: &TestClient, username: &str) -> IssuedTokens {
    let asked = challenge(kit.sign_in(client, username, PASSWORD).await);
    let session = asked.challenge_session.as_ref();
    let pairs = [("USERNAME", username), ("NEW_PASSWORD", "N3w!password")];
    let name = ChallengeName::NewPasswordRequired;
    tokens(kit.respond(client, name, session, &pairs).await)
}

#[tokio::test]
async fn every_way_to_get_tokens_names_the_groups_of_that_moment() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.user(&pool, "alice").await;
        kit.admin_create_user(admin_request(&pool, "bob"))
            .await
            .unwrap();
        kit.group_with(&pool, "writers", Some(1), None).await;
        kit.group(&pool, "all").await;
        for username in ["alice", "bob"] {
            kit.join(&pool, username, "all").await;
            kit.join(&pool, username, "writers").await;
        }
        let by_password = kit.tokens_of(&client, "alice").await;
        let refresh_token = by_password.refresh_token.clone().unwrap();
        let by_srp = tokens(kit.sign_in_by_srp(&client, "alice", PASSWORD).await);
        let admin = [("USERNAME", "alice"), ("PASSWORD", PASSWORD)];
        let by_admin = kit
            .admin_initiate(&client, AuthFlow::AdminUserPassword, &admin)
            .await;
        let by_code = exchange(&kit, &client, "alice", &[("scope", "openid")]).await;
        let first_password = with_new_password(&kit, &client, "bob").await;
        let mut made = Vec::new();
        for tokens in [by_password, by_srp, tokens(by_admin), first_password] {
            made.extend(both(&tokens));
        }
        made.extend(implicit(&kit, &client, "alice").await);
        made.extend([by_code.access.clone(), by_code.id.unwrap()]);
        for token in &made {
            let groups = groups_in(&kit, &pool, token).await;
            assert_eq!(groups, json!(["writers", "all"]));
        }
        // What changed since is in the next tokens, and former ones say what they said.
        let writers = GroupName::new("writers");
        kit.admin_remove_user_from_group(&pool.id, "alice", &writers)
            .await
            .unwrap();
        kit.group_with(&pool, "readers", Some(9), None).await;
        kit.join(&pool, "alice", "readers").await;
        let mut renewed = Vec::new();
        let pairs = [("REFRESH_TOKEN", refresh_token.expose())];
        let flow = AuthFlow::RefreshToken;
        renewed.extend(both(&tokens(kit.initiate(&client, flow, &pairs).await)));
        let request = RefreshRequest {
            client_id: client.id.clone(),
            client_secret: None,
            refresh_token: refresh_token.clone(),
        };
        renewed.extend(both(
            &kit.get_tokens_from_refresh_token(request).await.unwrap(),
        ));
        renewed.extend(refresh_at_endpoint(&kit, &client, &refresh_token).await);
        for token in &renewed {
            let groups = groups_in(&kit, &pool, token).await;
            assert_eq!(groups, json!(["readers", "all"]));
        }
    })
    .await;
}

#[tokio::test]
async fn a_user_without_groups_has_no_claim_of_them() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        for token in both(&tokens) {
            let claims = claims(&kit, &pool.id, &token).await;
            for name in ["cognito:groups", "cognito:roles", "cognito:preferred_role"] {
                assert!(claims.get(name).is_none(), "{name}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn roles_are_in_the_id_token_alone_and_a_tie_has_no_preferred_one() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let read = async |kit: &TestService| {
            let tokens = kit.tokens_of(&client, "alice").await;
            let [access, id] = both(&tokens);
            let access = claims(kit, &pool.id, &access).await;
            assert!(access.get("cognito:roles").is_none());
            assert!(access.get("cognito:preferred_role").is_none());
            let id = claims(kit, &pool.id, &id).await;
            (
                id["cognito:roles"].clone(),
                id["cognito:preferred_role"].clone(),
            )
        };
        kit.group_with(&pool, "none", Some(0), None).await;
        kit.join(&pool, "alice", "none").await;
        assert_eq!(read(&kit).await, (Value::Null, Value::Null));
        kit.group_with(&pool, "late", None, Some(&role("late")))
            .await;
        kit.join(&pool, "alice", "late").await;
        let roles = json!([role("late")]);
        assert_eq!(read(&kit).await, (roles, json!(role("late"))));
        kit.group_with(&pool, "five", Some(5), Some(&role("five")))
            .await;
        kit.join(&pool, "alice", "five").await;
        let roles = json!([role("five"), role("late")]);
        assert_eq!(read(&kit).await, (roles, json!(role("five"))));
        kit.group_with(&pool, "also-five", Some(5), Some(&role("other")))
            .await;
        kit.join(&pool, "alice", "also-five").await;
        let roles = json!([role("other"), role("five"), role("late")]);
        assert_eq!(read(&kit).await, (roles, Value::Null));
        // The same role is no tie, and is named once.
        let same = UpdateGroup {
            pool_id: pool.id.clone(),
            name: GroupName::new("also-five"),
            description: None,
            role_arn: Some(role("five")),
            precedence: None,
        };
        kit.update_group(same).await.unwrap();
        let roles = json!([role("five"), role("late")]);
        assert_eq!(read(&kit).await, (roles, json!(role("five"))));
        kit.delete_group(&pool.id, &GroupName::new("five"))
            .await
            .unwrap();
        let roles = json!([role("five"), role("late")]);
        assert_eq!(read(&kit).await, (roles, json!(role("five"))));
    })
    .await;
}

#[tokio::test]
async fn s9_an_attribute_cannot_pass_for_a_group() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.user(&pool, "alice").await;
        kit.change(&pool, "alice", |user| {
            let forged = ("cognito:groups".to_owned(), "admins".to_owned());
            user.attributes.extend([forged]);
        })
        .await;
        for token in both(&kit.tokens_of(&client, "alice").await) {
            assert_eq!(groups_in(&kit, &pool, &token).await, Value::Null);
        }
    })
    .await;
}

#[tokio::test]
async fn tokens_that_name_as_many_and_as_long_groups_as_can_be_still_work() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.user(&pool, "alice").await;
        for number in 0..100 {
            let group = format!("{number:03}{}", "\u{1f98a}".repeat(125));
            kit.group(&pool, &group).await;
            kit.join(&pool, "alice", &group).await;
        }
        let tokens = kit.tokens_of(&client, "alice").await;
        let groups = groups_in(&kit, &pool, &tokens.access_token).await;
        assert_eq!(groups.as_array().unwrap().len(), 100);
        kit.get_user(tokens.access_token.expose()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn membership_survives_a_crash() {
    let kit = TestService::start_on_disk().await;
    let pool = kit.pool().await;
    let client = kit.public_client(&pool).await;
    kit.user(&pool, "alice").await;
    kit.group(&pool, "writers").await;
    kit.join(&pool, "alice", "writers").await;
    let kit = kit.crash_and_restart().await;
    kit.clock.advance(Ttl::from_secs(1));
    match kit.sign_in(&client, "alice", PASSWORD).await {
        Ok(SignInOutcome::Tokens(tokens)) => {
            let groups = groups_in(&kit, &pool, &tokens.access_token).await;
            assert_eq!(groups, json!(["writers"]));
        }
        outcome => panic!("no tokens: {}", fact(&outcome)),
    }
}

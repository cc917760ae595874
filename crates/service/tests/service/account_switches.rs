//! `AdminEnableUser`, `AdminDisableUser`, `AdminConfirmSignUp`, `AdminUserGlobalSignOut` and
//! `DeleteUser`. What they end is tested with the other revocations.

use poolhouse_model::{AliasAttribute, UserPoolId, UserStatus};
use poolhouse_service::ConfirmSignUp;
use poolhouse_testkit::{PASSWORD, SignInExt, TestClient, on_every_engine};

use crate::facts::{fact, outcome};

#[tokio::test]
async fn a_disabled_user_stays_out_until_enabled() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        for _ in 0..2 {
            kit.admin_disable_user(&pool.id, "alice").await.unwrap();
            let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
            assert!(!user.is_enabled);
            assert_eq!(user.status, UserStatus::Confirmed);
            let refused = outcome(&kit.sign_in(&client, "alice", PASSWORD).await);
            assert_eq!(refused, "UserDisabled");
            let refused = outcome(&kit.sign_in_by_srp(&client, "alice", PASSWORD).await);
            assert_eq!(refused, "UserDisabled");
        }
        kit.admin_enable_user(&pool.id, "alice").await.unwrap();
        let tokens = kit.tokens_of(&client, "alice").await;
        // Enabling somebody who is enabled ends nothing.
        let before = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        kit.admin_enable_user(&pool.id, "alice").await.unwrap();
        assert_eq!(kit.admin_get_user(&pool.id, "alice").await.unwrap(), before);
        let access = tokens.access_token.expose();
        assert_eq!(fact(&kit.get_user(access).await), "Ok");
    })
    .await;
}

async fn confirm_by_code(
    kit: &poolhouse_testkit::TestService,
    client: &TestClient,
    name: &str,
    code: &str,
) -> String {
    let confirmed = kit.confirm_sign_up(ConfirmSignUp {
        client_id: client.id.clone(),
        secret_hash: None,
        username: name.to_owned(),
        code: code.into(),
        forces_alias_creation: false,
    });
    fact(&confirmed.await)
}

#[tokio::test]
async fn an_administrator_confirms_who_signed_up_and_proves_nothing_by_it() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| settings.alias_attributes = vec![AliasAttribute::Email])
            .await;
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "alice", "alice@example.com")
            .await;
        let code = kit.messages_to("alice@example.com").await[0].code.clone();
        let refused = outcome(&kit.sign_in(&client, "alice", PASSWORD).await);
        assert_eq!(refused, "UserNotConfirmed");
        kit.admin_confirm_sign_up(&pool.id, "alice").await.unwrap();
        assert_eq!(
            outcome(&kit.sign_in(&client, "alice", PASSWORD).await),
            "Tokens"
        );
        let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        assert_eq!(user.status, UserStatus::Confirmed);
        assert_ne!(user.attribute("email_verified"), Some("true"));
        // So it signs nobody in, and may be another's.
        let by_alias = outcome(&kit.sign_in(&client, "alice@example.com", PASSWORD).await);
        assert_eq!(by_alias, "UserNotFound");
        // The code that was sent proves nothing any more.
        let late = confirm_by_code(&kit, &client, "alice", &code.unwrap()).await;
        assert_eq!(late, "UserNotConfirmable(Confirmed)");
    })
    .await;
}

#[tokio::test]
async fn only_who_signed_up_is_confirmed_by_an_administrator() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "confirmed").await;
        kit.invited_user(&pool, "invited").await;
        kit.user(&pool, "reset").await;
        kit.change(&pool, "reset", |user| {
            user.status = UserStatus::ResetRequired;
        })
        .await;
        for (name, status) in [
            ("confirmed", "Confirmed"),
            ("invited", "ForceChangePassword"),
            ("reset", "ResetRequired"),
        ] {
            let before = kit.admin_get_user(&pool.id, name).await.unwrap();
            let refused = fact(&kit.admin_confirm_sign_up(&pool.id, name).await);
            assert_eq!(refused, format!("UserNotConfirmable({status})"));
            assert_eq!(kit.admin_get_user(&pool.id, name).await.unwrap(), before);
        }
        // Being disabled is another matter.
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "late", "late@example.com")
            .await;
        kit.admin_disable_user(&pool.id, "late").await.unwrap();
        kit.admin_confirm_sign_up(&pool.id, "late").await.unwrap();
        let refused = outcome(&kit.sign_in(&client, "late", PASSWORD).await);
        assert_eq!(refused, "UserDisabled");
    })
    .await;
}

#[tokio::test]
async fn of_many_confirmations_at_once_one_succeeds() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "alice", "alice@example.com")
            .await;
        let calls = (0..20).map(|_| kit.admin_confirm_sign_up(&pool.id, "alice"));
        let outcomes = futures_util::future::join_all(calls).await;
        let confirmed = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(confirmed, 1);
    })
    .await;
}

#[tokio::test]
async fn a_user_deletes_themselves_and_nobody_else() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let other_pool = kit.pool().await;
        let (client, other_client) = (
            kit.public_client(&pool).await,
            kit.public_client(&other_pool).await,
        );
        for pool in [&pool, &other_pool] {
            kit.user(pool, "alice").await;
        }
        kit.user(&pool, "bob").await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let stranger = kit.tokens_of(&other_client, "alice").await;
        let id_token = tokens.id_token.as_ref().unwrap().expose();
        for refused in ["", "a.b.c", id_token] {
            assert_eq!(fact(&kit.delete_user(refused).await), "AccessTokenInvalid");
        }
        let access = tokens.access_token.expose();
        kit.delete_user(access).await.unwrap();
        assert_eq!(fact(&kit.delete_user(access).await), "UserNotFound");
        assert_eq!(
            fact(&kit.admin_get_user(&pool.id, "alice").await),
            "UserNotFound"
        );
        assert_eq!(fact(&kit.admin_get_user(&pool.id, "bob").await), "Ok");
        let theirs = stranger.access_token.expose();
        assert_eq!(fact(&kit.get_user(theirs).await), "Ok");
        // The name is free; its new owner has nothing of the former one's.
        kit.user(&pool, "alice").await;
        assert_eq!(fact(&kit.delete_user(access).await), "UserNotFound");
        assert_eq!(fact(&kit.admin_get_user(&pool.id, "alice").await), "Ok");
    })
    .await;
}

#[tokio::test]
async fn s31_deleting_oneself_needs_the_scope_and_an_enabled_user() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let code = kit
            .authorization_code(&client, "alice", &[("scope", "openid email")])
            .await;
        let exchanged = kit.exchange_code(&client, &code, &[]).await;
        let Ok(poolhouse_oauth::token_response::TokenResponse::User { access_token, .. }) =
            exchanged
        else {
            panic!("no tokens");
        };
        let refused = fact(&kit.delete_user(access_token.expose()).await);
        assert_eq!(refused, "AccessTokenScopeMissing");
        let tokens = kit.tokens_of(&client, "alice").await;
        kit.disable(&pool, "alice").await;
        let refused = fact(&kit.delete_user(tokens.access_token.expose()).await);
        assert_eq!(refused, "UserDisabled");
        assert_eq!(fact(&kit.admin_get_user(&pool.id, "alice").await), "Ok");
    })
    .await;
}

#[tokio::test]
async fn unknown_pools_and_users_are_told_to_every_switch() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let nowhere = UserPoolId::new("us-east-1_nowhere");
        let unknown = format!("UserPoolNotFound({nowhere:?})");
        for (pool_id, expected) in [(&nowhere, unknown.as_str()), (&pool.id, "UserNotFound")] {
            let outcomes = [
                fact(&kit.admin_enable_user(pool_id, "a").await),
                fact(&kit.admin_disable_user(pool_id, "a").await),
                fact(&kit.admin_confirm_sign_up(pool_id, "a").await),
                fact(&kit.admin_user_global_sign_out(pool_id, "a").await),
            ];
            assert_eq!(outcomes, [expected; 4]);
        }
    })
    .await;
}

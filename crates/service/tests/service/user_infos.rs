//! The userInfo endpoint.

use poolhouse_model::{SecretString, Ttl};
use poolhouse_oauth::token_response::TokenResponse;
use poolhouse_testkit::{SignInExt, TestClient, TestService, on_every_engine};
use serde_json::json;

use crate::facts::fact;

pub(crate) async fn page_token(
    kit: &TestService,
    client: &TestClient,
    scope: &str,
) -> SecretString {
    let code = kit
        .authorization_code(client, "alice", &[("scope", scope)])
        .await;
    match kit.exchange_code(client, &code, &[]).await {
        Ok(TokenResponse::User { access_token, .. }) => access_token,
        outcome => panic!("no tokens: {}", fact(&outcome)),
    }
}

#[tokio::test]
async fn s32_scopes_and_read_permissions_open_what_is_there_now_as_texts() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let attributes = [
            ("email", "alice@example.com"),
            ("email_verified", "true"),
            ("phone_number", "+12065551212"),
            ("nickname", "al"),
        ];
        let user = kit.user_with(&pool, "alice", &attributes).await;
        let client = kit.public_client(&pool).await;
        let sub = user.sub.as_str();
        let (email, phone) = ("alice@example.com", "+12065551212");
        let table = [
            (
                "openid",
                json!({"sub": sub, "username": "alice", "email": email, "email_verified": "true",
                       "phone_number": phone, "nickname": "al"}),
            ),
            (
                "openid email",
                json!({"sub": sub, "username": "alice", "email": email, "email_verified": "true"}),
            ),
            (
                "openid phone",
                json!({"sub": sub, "username": "alice", "phone_number": phone}),
            ),
            (
                "openid profile",
                json!({"sub": sub, "username": "alice", "nickname": "al"}),
            ),
        ];
        for (scope, expected) in table {
            let token = page_token(&kit, &client, scope).await;
            assert_eq!(
                kit.get_user_info(&token).await.unwrap(),
                expected,
                "{scope}"
            );
        }
        let narrow = kit
            .client_with(&pool, |request| {
                request.settings.read_attributes = Some(vec!["nickname".to_owned()]);
            })
            .await;
        let token = page_token(&kit, &narrow, "openid").await;
        kit.change(&pool, "alice", |user| {
            user.attributes
                .insert("nickname".to_owned(), "ally".to_owned());
        })
        .await;
        let expected = json!({"sub": sub, "username": "alice", "nickname": "ally"});
        assert_eq!(kit.get_user_info(&token).await.unwrap(), expected);
    })
    .await;
}

#[tokio::test]
async fn s32_other_tokens_and_headers_open_nothing() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let token = page_token(&kit, &client, "openid").await;
        let token = token.expose();
        let of_api = kit.tokens_of(&client, "alice").await.access_token;
        let (right, other_case) = (format!("Bearer {token}"), format!("bearer {token}"));
        let of_api = format!("Bearer {}", of_api.expose());
        let two = format!("Bearer {token} {token}");
        for (header, expected) in [
            (None, "Refused(RequestMalformed)"),
            (Some(""), "Refused(RequestMalformed)"),
            (Some("Bearer"), "Refused(RequestMalformed)"),
            (Some("Basic YTpi"), "Refused(RequestMalformed)"),
            (Some(two.as_str()), "Refused(RequestMalformed)"),
            (Some("Bearer x.y.z"), "Refused(TokenInvalid)"),
            (Some(of_api.as_str()), "Refused(OpenidScopeMissing)"),
            (Some(right.as_str()), "Ok"),
            (Some(other_case.as_str()), "Ok"),
        ] {
            assert_eq!(
                fact(&kit.user_info(header, None).await),
                expected,
                "{header:.20?}"
            );
        }
        let other = kit.pool().await;
        let elsewhere = kit.user_info(Some(&right), Some(&other.id)).await;
        assert_eq!(fact(&elsewhere), "Refused(TokenInvalid)");
        kit.clock.advance(Ttl::from_hours(1));
        let expired = kit.user_info(Some(&right), None).await;
        assert_eq!(fact(&expired), "Refused(TokenInvalid)");
    })
    .await;
}

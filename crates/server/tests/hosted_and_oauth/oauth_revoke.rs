//! The revocation endpoint.

use poolhouse_testkit::{TestApp, TestClient};

use crate::browser::start;
use crate::tokens::{refresh, text, tokens, user_info};

async fn house(app: &TestApp) -> TestClient {
    let pool = app.pool().await;
    app.user(&pool, "jane").await;
    app.public_client(&pool).await
}

#[tokio::test]
async fn s29_a_revoked_refresh_token_takes_its_access_tokens_with_it() {
    let app = start().await;
    let client = house(&app).await;
    let ended = tokens(&app, &client, "jane", &[]).await;
    let sibling = tokens(&app, &client, "jane", &[]).await;
    let form = [
        ("token", text(&ended, "refresh_token")),
        ("client_id", client.id.as_str()),
        ("token_type_hint", "access_token"),
    ];
    for _ in 0..2 {
        let answer = app.post_form("/oauth2/revoke", &form).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (200, ""));
    }
    assert_eq!(
        user_info(&app, text(&ended, "access_token")).await.status,
        401
    );
    let renewed = refresh(&app, &client, text(&ended, "refresh_token")).await;
    assert_eq!(renewed.json()["error"], "invalid_grant");
    assert_eq!(
        user_info(&app, text(&sibling, "access_token")).await.status,
        200
    );
}

#[tokio::test]
async fn s29_each_refusal_has_its_status_and_revokes_nothing() {
    let app = start().await;
    let client = house(&app).await;
    let pool = app.pool().await;
    let (other, confidential) = (
        app.public_client(&pool).await,
        app.confidential_client(&pool).await,
    );
    let tokens = tokens(&app, &client, "jane", &[]).await;
    let (id, refresh_token) = (client.id.as_str(), text(&tokens, "refresh_token"));
    for (form, status, error) in [
        (vec![("client_id", id)], 400, "invalid_request"),
        (
            vec![("client_id", id), ("token", "")],
            400,
            "invalid_request",
        ),
        (
            vec![("client_id", id), ("token", text(&tokens, "access_token"))],
            400,
            "unsupported_token_type",
        ),
        (
            vec![("client_id", id), ("token", text(&tokens, "id_token"))],
            400,
            "unsupported_token_type",
        ),
        (vec![("token", refresh_token)], 401, "invalid_client"),
        (
            vec![("client_id", "nobody"), ("token", refresh_token)],
            401,
            "invalid_client",
        ),
        (
            vec![
                ("client_id", confidential.id.as_str()),
                ("token", refresh_token),
            ],
            401,
            "invalid_client",
        ),
        (
            vec![
                ("client_id", id),
                ("client_secret", "x"),
                ("token", refresh_token),
            ],
            401,
            "invalid_client",
        ),
        (
            vec![
                ("client_id", id),
                ("token", refresh_token),
                ("token", refresh_token),
            ],
            400,
            "invalid_request",
        ),
    ] {
        let answer = app.post_form("/oauth2/revoke", &form).await;
        assert_eq!(answer.status, status, "{error}");
        assert_eq!(answer.text(), format!(r#"{{"error":"{error}"}}"#));
    }
    let form = [("client_id", other.id.as_str()), ("token", refresh_token)];
    let answer = app.post_form("/oauth2/revoke", &form).await;
    assert!(
        answer.status == 200 || answer.status == 400,
        "another pool's client"
    );
    assert_eq!(
        user_info(&app, text(&tokens, "access_token")).await.status,
        200
    );
}

#[tokio::test]
async fn s5_what_is_no_whole_refresh_token_is_answered_with_200_and_ends_nothing() {
    let app = start().await;
    let client = house(&app).await;
    let tokens = tokens(&app, &client, "jane", &[]).await;
    let whole = text(&tokens, "refresh_token");
    let (cut, extended) = (&whole[..whole.len() - 1], format!("{whole}A"));
    for token in [
        "garbage",
        &whole[..80],
        cut,
        &extended,
        &whole.to_uppercase(),
    ] {
        let form = [("client_id", client.id.as_str()), ("token", token)];
        let answer = app.post_form("/oauth2/revoke", &form).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
    assert_eq!(
        user_info(&app, text(&tokens, "access_token")).await.status,
        200
    );
    assert_eq!(refresh(&app, &client, whole).await.status, 200);
}

#[tokio::test]
async fn a_client_without_revocation_is_refused() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app
        .client_with(&pool, |request| {
            request.settings.is_token_revocation_enabled = false;
        })
        .await;
    let form = [("client_id", client.id.as_str()), ("token", "x")];
    let answer = app.post_form("/oauth2/revoke", &form).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["error"], "invalid_request");
}

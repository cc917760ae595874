//! What the token endpoint refuses, and how.

use poolhouse_model::OAuthFlow;
use poolhouse_testkit::CALLBACK_URL;

use crate::browser::{query, start};
use crate::tokens::{code, exchange, refresh, text, tokens};

#[tokio::test]
async fn each_fact_has_the_services_code_and_the_status_400() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let id = client.id.as_str();
    let grant = ("grant_type", "authorization_code");
    let redirect_uri = ("redirect_uri", CALLBACK_URL);
    for (form, error) in [
        (vec![("client_id", id)], "invalid_request"),
        (
            vec![("client_id", id), ("grant_type", "password")],
            "unsupported_grant_type",
        ),
        (
            vec![("client_id", id), grant, redirect_uri],
            "invalid_request",
        ),
        (
            vec![("client_id", id), grant, ("code", "x")],
            "invalid_request",
        ),
        (
            vec![("client_id", id), ("grant_type", "refresh_token")],
            "invalid_request",
        ),
        (vec![grant, ("code", "x"), redirect_uri], "invalid_client"),
        (
            vec![("client_id", "nobody"), grant, ("code", "x"), redirect_uri],
            "invalid_client",
        ),
        (
            vec![("client_id", id), grant, ("code", "x"), redirect_uri],
            "invalid_grant",
        ),
        (
            vec![
                ("client_id", id),
                ("grant_type", "refresh_token"),
                ("refresh_token", "x"),
            ],
            "invalid_grant",
        ),
        (
            vec![("client_id", id), ("grant_type", "client_credentials")],
            "unauthorized_client",
        ),
    ] {
        let answer = app.post_form("/oauth2/token", &form).await;
        assert_eq!(answer.status, 400, "{form:?}");
        assert_eq!(
            answer.text(),
            format!(r#"{{"error":"{error}"}}"#),
            "{form:?}"
        );
        assert_eq!(
            answer.header("content-type"),
            Some("application/json;charset=UTF-8")
        );
    }
}

#[tokio::test]
async fn a_redirect_uri_that_differs_is_told_apart_by_whether_it_is_registered() {
    let app = start().await;
    let pool = app.pool().await;
    let other = "https://app.example.com/other";
    let client = app
        .client_with(&pool, |request| {
            request.settings.callback_urls.push(other.to_owned());
        })
        .await;
    app.user(&pool, "jane").await;
    for (redirect_uri, error) in [
        ("https://app.example.com/callback/", "unauthorized_client"),
        (other, "invalid_grant"),
    ] {
        let code = code(&app, &client, "jane", &[]).await;
        let more = [("redirect_uri", redirect_uri)];
        let answer = exchange(&app, &client, &code, &more).await;
        assert_eq!(answer.json()["error"], error);
    }
}

#[tokio::test]
async fn parameters_may_come_in_the_query_and_not_as_json() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;

    let first = code(&app, &client, "jane", &[]).await;
    let all = query(&[
        ("grant_type", "authorization_code"),
        ("client_id", client.id.as_str()),
        ("code", &first),
        ("redirect_uri", CALLBACK_URL),
    ]);
    let answer = app.post_form(&format!("/oauth2/token?{all}"), &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());

    let second = code(&app, &client, "jane", &[]).await;
    let some = query(&[("grant_type", "authorization_code"), ("code", &second)]);
    let rest = [
        ("client_id", client.id.as_str()),
        ("redirect_uri", CALLBACK_URL),
    ];
    let answer = app.post_form(&format!("/oauth2/token?{some}"), &rest).await;
    assert_eq!(answer.status, 200, "{}", answer.text());

    let json = [("content-type", "application/json")];
    let answer = app.post_form_with("/oauth2/token", &rest, &json).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["error"], "invalid_client");
}

#[tokio::test]
async fn s13_a_parameter_sent_twice_is_refused_also_across_query_and_body() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", client.id.as_str()),
        ("code", "x"),
        ("redirect_uri", CALLBACK_URL),
    ];
    for name in ["grant_type", "client_id", "code", "redirect_uri"] {
        let (_, value) = form.iter().find(|(found, _)| *found == name).unwrap();
        let twice: Vec<_> = form.iter().copied().chain([(name, *value)]).collect();
        let in_body = app.post_form("/oauth2/token", &twice).await;
        let path = format!("/oauth2/token?{}", query(&[(name, value)]));
        for answer in [in_body, app.post_form(&path, &form).await] {
            assert_eq!(answer.status, 400, "{name}");
            assert_eq!(answer.json()["error"], "invalid_request", "{name}");
        }
    }
}

#[tokio::test]
async fn s25_a_secret_must_come_rightly_once_and_only_where_there_is_one() {
    use base64::Engine as _;
    let app = start().await;
    let pool = app.pool().await;
    let client = app.confidential_client(&pool).await;
    let public = app.public_client(&pool).await;
    let secret = client.secret.as_ref().unwrap().expose();
    let basic = |id: &str, secret: &str| {
        let engine = base64::engine::general_purpose::STANDARD;
        format!("Basic {}", engine.encode(format!("{id}:{secret}")))
    };
    let (id, right, wrong) = (
        client.id.as_str(),
        basic(client.id.as_str(), secret),
        basic(client.id.as_str(), "x"),
    );
    let unexpected = basic(public.id.as_str(), "x");
    let grant = [
        ("grant_type", "authorization_code"),
        ("code", "x"),
        ("redirect_uri", CALLBACK_URL),
    ];
    for (header, body, error) in [
        (None, vec![("client_id", id)], "invalid_client"),
        (
            None,
            vec![("client_id", id), ("client_secret", "x")],
            "invalid_client",
        ),
        (Some(&wrong), vec![], "invalid_client"),
        (Some(&"Basic %%%".to_owned()), vec![], "invalid_client"),
        (Some(&unexpected), vec![], "invalid_client"),
        (
            Some(&right),
            vec![("client_secret", secret)],
            "invalid_request",
        ),
        (
            Some(&right),
            vec![("client_id", public.id.as_str())],
            "invalid_request",
        ),
        (Some(&right), vec![("client_id", id)], "invalid_grant"),
        (Some(&right), vec![], "invalid_grant"),
        (
            None,
            vec![("client_id", id), ("client_secret", secret)],
            "invalid_grant",
        ),
    ] {
        let form: Vec<_> = grant.iter().copied().chain(body.clone()).collect();
        let headers: Vec<_> = header
            .iter()
            .map(|value| ("authorization", value.as_str()))
            .collect();
        let answer = app.post_form_with("/oauth2/token", &form, &headers).await;
        assert_eq!(answer.status, 400, "{error} {body:?}");
        assert_eq!(answer.json()["error"], error, "{body:?}");
    }
}

#[tokio::test]
async fn s26_another_client_with_a_right_code_or_token_is_refused_and_consumes_nothing() {
    let app = start().await;
    let pool = app.pool().await;
    let (client, other) = (
        app.public_client(&pool).await,
        app.public_client(&pool).await,
    );
    app.user(&pool, "jane").await;
    let code = code(&app, &client, "jane", &[]).await;
    let stolen = exchange(&app, &other, &code, &[]).await;
    assert_eq!(stolen.json()["error"], "invalid_grant");
    let tokens = exchange(&app, &client, &code, &[]).await.json();
    let refresh_token = text(&tokens, "refresh_token");
    let stolen = refresh(&app, &other, refresh_token).await;
    assert_eq!(stolen.json()["error"], "invalid_grant");
    assert_eq!(refresh(&app, &client, refresh_token).await.status, 200);
}

#[tokio::test]
async fn s27_a_rotated_token_that_comes_again_ends_its_family() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app
        .client_with(&pool, |request| {
            request.settings.refresh_token_rotation = Some(poolhouse_model::RefreshTokenRotation {
                is_enabled: true,
                retry_grace_period_secs: 0,
            });
            let flows = request.settings.explicit_auth_flows.as_mut().unwrap();
            flows.retain(|flow| *flow != poolhouse_model::ExplicitAuthFlow::AllowRefreshToken);
        })
        .await;
    app.user(&pool, "jane").await;
    let first = tokens(&app, &client, "jane", &[]).await;
    let second = refresh(&app, &client, text(&first, "refresh_token")).await;
    assert_eq!(second.status, 200, "{}", second.text());
    let second = second.json();
    let reused = refresh(&app, &client, text(&first, "refresh_token")).await;
    assert_eq!(reused.json()["error"], "invalid_grant");
    let ended = refresh(&app, &client, text(&second, "refresh_token")).await;
    assert_eq!(ended.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn a_grant_that_the_client_lost_is_refused() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app
        .client_with(&pool, |request| {
            request
                .settings
                .allowed_oauth_flows
                .remove(&OAuthFlow::Code);
        })
        .await;
    let answer = exchange(&app, &client, "x", &[]).await;
    assert_eq!(answer.json()["error"], "unauthorized_client");
}

#[tokio::test]
async fn a_pool_whose_trigger_would_be_skipped_gives_no_tokens_and_says_why() {
    let app = start().await;
    let pool = app
        .pool_with(|settings| {
            let arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
            settings
                .triggers
                .insert("PreTokenGeneration".to_owned(), arn.into());
        })
        .await;
    let client = app.public_client(&pool).await;
    let answer = exchange(&app, &client, "x", &[]).await;
    assert_eq!(answer.status, 400);
    let body = answer.json();
    assert_eq!(body["error"], "unauthorized_client");
    assert!(text(&body, "error_description").contains("PreTokenGeneration"));
}

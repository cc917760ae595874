//! The authorization endpoint: who may ask for what, where the answer goes, and browsers that are
//! signed in already.

use poolhouse_model::{OAuthFlow, SecretString, Ttl, UserPool};
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::{AuthorizationDecision, AuthorizeFailure, RefusedAuthorization};
use poolhouse_testkit::{
    CALLBACK_URL, PASSWORD, SignInExt, TestClient, TestService, on_every_engine,
};
use serde_json::json;

use crate::facts::{Pairs, fact};
use crate::reading_tokens::claims;

async fn refused(
    kit: &TestService,
    client: &TestClient,
    pairs: &[(&str, &str)],
) -> RefusedAuthorization {
    match kit.authorize(client, pairs).await {
        Err(AuthorizeFailure::Refused(refused)) => *refused,
        Err(AuthorizeFailure::Failed(error)) => panic!("{error:?}"),
        Ok(_) => panic!("{pairs:?} was not refused"),
    }
}

/// Where an error goes: `page`, or the redirect.
fn destination(refused: &RefusedAuthorization) -> String {
    match &refused.target {
        None => "page".to_owned(),
        Some(target) => target.error_location(refused.error.code(), None),
    }
}

async fn house(kit: &TestService) -> (UserPool, TestClient) {
    let pool = kit.pool().await;
    kit.user(&pool, "alice").await;
    let client = kit.public_client(&pool).await;
    (pool, client)
}

#[tokio::test]
async fn each_refused_request_is_answered_where_its_error_may_go() {
    let back = |error: &str| format!("{CALLBACK_URL}?error={error}&state=s");
    let table: Vec<(Pairs<'_>, String)> = vec![
        (&[("client_id", "")], "page".into()),
        (&[("client_id", "unknown")], "page".into()),
        (
            &[("redirect_uri", "https://evil.example.com")],
            "page".into(),
        ),
        (
            &[("redirect_uri", "https://app.example.com/callback/")],
            "page".into(),
        ),
        (&[("response_type", "")], back("invalid_request")),
        (
            &[("response_type", "id_token token")],
            back("invalid_request"),
        ),
        (&[("response_type", "CODE")], back("invalid_request")),
        (&[("code_challenge", "x")], back("invalid_request")),
        (
            &[("code_challenge_method", "S256")],
            back("invalid_request"),
        ),
        (
            &[("code_challenge", "x"), ("code_challenge_method", "plain")],
            back("invalid_request"),
        ),
        (&[("scope", "unknown")], back("invalid_scope")),
        (&[("scope", "email")], back("invalid_scope")),
        (&[("scope", "openid offline_access")], back("invalid_scope")),
        (&[("request", "e30")], back("request_not_supported")),
        (
            &[("request_uri", "https://a.example.com")],
            back("request_uri_not_supported"),
        ),
        (&[("resource", "not a url")], back("invalid_request")),
        (&[("prompt", "none login")], back("invalid_request")),
        (&[("max_age", "-1")], back("invalid_request")),
        // The order of checks: what comes first decides.
        (
            &[("client_id", "unknown"), ("redirect_uri", "x")],
            "page".into(),
        ),
        (
            &[("redirect_uri", "x"), ("response_type", "x")],
            "page".into(),
        ),
        (
            &[("response_type", "x"), ("scope", "unknown")],
            back("invalid_request"),
        ),
        (
            &[("code_challenge", "x"), ("scope", "unknown")],
            back("invalid_request"),
        ),
    ];
    on_every_engine(|kit| {
        let table = table.clone();
        async move {
            let (_, client) = house(&kit).await;
            for (pairs, expected) in table {
                let mut all = pairs.to_vec();
                all.push(("state", "s"));
                let refused = refused(&kit, &client, &all).await;
                assert_eq!(destination(&refused), expected, "{pairs:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn s14_a_flow_must_be_enabled_for_the_client() {
    on_every_engine(|kit| async move {
        let (pool, _) = house(&kit).await;
        let both = [OAuthFlow::Code, OAuthFlow::Implicit];
        for (flows, is_enabled, code, token) in [
            (&both[..], true, true, true),
            (&both[..1], true, true, false),
            (&both[1..], true, false, true),
            (&both[..], false, false, false),
        ] {
            let client = kit
                .client_with(&pool, |request| {
                    request.settings.allowed_oauth_flows = flows.iter().copied().collect();
                    request.settings.is_oauth_enabled = is_enabled;
                })
                .await;
            for (response_type, is_allowed) in [("code", code), ("token", token)] {
                let pairs = [("response_type", response_type)];
                if is_allowed {
                    assert!(kit.authorize(&client, &pairs).await.is_ok());
                    continue;
                }
                let refused = refused(&kit, &client, &pairs).await;
                let expected = format!("{CALLBACK_URL}?error=unauthorized_client");
                assert_eq!(destination(&refused), expected);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn s10_a_redirect_uri_is_compared_byte_for_byte() {
    let near = [
        "https://app.example.com/callback/",
        "https://app.example.com/callback?x=1",
        "https://app.example.com/callback#x",
        "https://app.example.com/Callback",
        "https://APP.example.com/callback",
        "https://user@app.example.com/callback",
        "https://app.example.com@evil.example.com/callback",
        "https://app.example.com%2Fcallback",
        "https://app.example.com/a/../callback",
        "https://app.example.com:443/callback",
        "https://app.example.com:8443/callback",
        "https://app.example.com./callback",
        "https://x.app.example.com/callback",
        "https:\\\\app.example.com\\callback",
        "http://app.example.com/callback",
        " https://app.example.com/callback",
    ];
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit).await;
        for uri in near {
            let refused = refused(&kit, &client, &[("redirect_uri", uri)]).await;
            assert_eq!(destination(&refused), "page", "{uri}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_absent_redirect_uri_is_the_clients_default() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit).await;
        assert!(
            kit.authorize(&client, &[("redirect_uri", "")])
                .await
                .is_ok()
        );
        let other = "https://app.example.com/other";
        for (default, expected) in [(None, None), (Some(other), Some(other))] {
            let client = kit
                .client_with(&pool, |request| {
                    request.settings.callback_urls.push(other.to_owned());
                    request.settings.default_redirect_uri = default.map(str::to_owned);
                })
                .await;
            let asked = kit.authorize(&client, &[("redirect_uri", "")]).await;
            let uri = asked
                .ok()
                .map(|a| a.request.target.redirect_uri.as_str().to_owned());
            assert_eq!(uri.as_deref(), expected);
        }
    })
    .await;
}

#[tokio::test]
async fn s13_repeated_parameters_are_refused() {
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit).await;
        let base = Parameters::default()
            .with("client_id", client.id.as_str())
            .with("redirect_uri", CALLBACK_URL)
            .with("response_type", "code");
        for name in [
            "client_id",
            "redirect_uri",
            "state",
            "scope",
            "nonce",
            "response_type",
        ] {
            let twice = base.clone().with(name, "a").with(name, "b");
            let answer = kit.check_authorization(twice, None).await;
            let Err(AuthorizeFailure::Refused(refused)) = answer else {
                panic!("{name} was taken twice")
            };
            let expected = match name {
                "client_id" | "redirect_uri" => "page".to_owned(),
                _ => format!("{CALLBACK_URL}?error=invalid_request"),
            };
            assert_eq!(destination(&refused), expected, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn s31_the_granted_scopes_are_the_clients_or_fewer() {
    on_every_engine(|kit| async move {
        let (pool, _) = house(&kit).await;
        let client = kit
            .client_with(&pool, |request| {
                let scopes = ["openid", "email"].map(str::to_owned);
                request.settings.allowed_oauth_scopes = scopes.to_vec();
            })
            .await;
        for (scope, granted) in [
            ("", Some("openid email")),
            ("openid", Some("openid")),
            ("email openid", Some("email openid")),
            ("openid openid", Some("openid")),
            ("openid phone", None),
            ("openid aws.cognito.signin.user.admin", None),
            ("OPENID", None),
        ] {
            let asked = kit.authorize(&client, &[("scope", scope)]).await;
            let given = asked
                .ok()
                .map(|authorization| authorization.request.scopes.join());
            assert_eq!(given.as_deref(), granted, "{scope}");
        }
    })
    .await;
}

#[tokio::test]
async fn s3_a_client_is_unknown_on_another_pools_domain() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit).await;
        let other = kit.pool().await;
        let parameters = Parameters::default()
            .with("client_id", client.id.as_str())
            .with("redirect_uri", CALLBACK_URL)
            .with("response_type", "code");
        let own = kit
            .check_authorization(parameters.clone(), Some(&pool.id))
            .await;
        assert!(own.is_ok());
        let elsewhere = kit.check_authorization(parameters, Some(&other.id)).await;
        let Err(AuthorizeFailure::Refused(refused)) = elsewhere else {
            panic!("the client was found")
        };
        assert_eq!(destination(&refused), "page");
    })
    .await;
}

/// What a browser with a cookie gets: `sign in`, or the redirect without its code.
async fn decide(
    kit: &TestService,
    client: &TestClient,
    cookie: Option<&SecretString>,
    pairs: &[(&str, &str)],
) -> String {
    let authorization = match kit.authorize(client, pairs).await {
        Ok(authorization) => authorization,
        Err(failure) => panic!("{failure:?}"),
    };
    let cookie = cookie.map(SecretString::expose);
    match kit
        .decide_authorization(&authorization, cookie)
        .await
        .unwrap()
    {
        AuthorizationDecision::SignIn => "sign in".to_owned(),
        AuthorizationDecision::Redirect(location) => match location.split_once("?code=") {
            Some(_) => "code".to_owned(),
            None => location,
        },
    }
}

#[tokio::test]
async fn s20_prompt_and_max_age_decide_about_a_browser_that_is_signed_in() {
    let required = format!("{CALLBACK_URL}?error=login_required&state=s");
    on_every_engine(|kit| {
        let required = required.clone();
        async move {
            let (pool, client) = house(&kit).await;
            let cookie = kit.sign_in_for(&client, "alice", &[]).await.unwrap().cookie;
            kit.clock.advance(Ttl::from_minutes(10));
            let table: [(Pairs<'_>, &str, &str); 7] = [
                (&[], "code", "sign in"),
                (&[("prompt", "none")], "code", &required),
                (&[("prompt", "login")], "sign in", "sign in"),
                (&[("prompt", "login consent")], "sign in", "sign in"),
                (&[("max_age", "600")], "code", "sign in"),
                (&[("max_age", "599")], "sign in", "sign in"),
                (
                    &[("max_age", "0"), ("prompt", "none")],
                    &required,
                    &required,
                ),
            ];
            for (pairs, with_cookie, without) in table {
                let mut all = pairs.to_vec();
                all.push(("state", "s"));
                let decided = decide(&kit, &client, Some(&cookie), &all).await;
                assert_eq!(decided, with_cookie, "{pairs:?}");
                let decided = decide(&kit, &client, None, &all).await;
                assert_eq!(decided, without, "{pairs:?}");
            }
            // Every client of the pool shares the session, no other pool's does.
            let sister = kit.public_client(&pool).await;
            assert_eq!(decide(&kit, &sister, Some(&cookie), &[]).await, "code");
            let stranger = kit.public_client(&kit.pool().await).await;
            assert_eq!(decide(&kit, &stranger, Some(&cookie), &[]).await, "sign in");
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_lasts_an_hour_from_the_sign_in_and_does_not_slide() {
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit).await;
        let cookie = kit.sign_in_for(&client, "alice", &[]).await.unwrap().cookie;
        for _ in 0..5 {
            kit.clock.advance(Ttl::from_millis(719_999));
            assert_eq!(decide(&kit, &client, Some(&cookie), &[]).await, "code");
        }
        kit.clock.advance(Ttl::from_millis(5));
        assert_eq!(decide(&kit, &client, Some(&cookie), &[]).await, "sign in");
    })
    .await;
}

#[tokio::test]
async fn s20_auth_time_is_the_interactive_sign_ins() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit).await;
        let signed_in = kit.sign_in_for(&client, "alice", &[]).await.unwrap();
        let at = kit.now().as_secs();
        kit.clock.advance(Ttl::from_minutes(20));
        let authorization = kit.authorize(&client, &[("response_type", "token")]).await;
        let authorization = authorization.ok().unwrap();
        let cookie = Some(signed_in.cookie.expose());
        let decision = kit
            .decide_authorization(&authorization, cookie)
            .await
            .unwrap();
        let AuthorizationDecision::Redirect(location) = decision else {
            panic!("the browser is signed in")
        };
        let id_token = fragment(&location, "id_token").unwrap();
        let id = claims(&kit, &pool.id, &SecretString::new(id_token)).await;
        assert_eq!(id["auth_time"], json!(at));
        assert_eq!(id["iat"], json!(at + 1200));
    })
    .await;
}

fn fragment(location: &str, name: &str) -> Option<String> {
    let (_, fragment) = location.split_once('#')?;
    let pairs = fragment.split('&').filter_map(|pair| pair.split_once('='));
    let mut found = pairs.filter(|(key, _)| *key == name);
    found.next().map(|(_, value)| value.to_owned())
}

#[tokio::test]
async fn the_implicit_flow_puts_tokens_in_the_fragment_and_no_refresh_token() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit).await;
        for (scope, has_id_token) in [("openid", true), ("aws.cognito.signin.user.admin", false)] {
            let pairs = [
                ("response_type", "token"),
                ("scope", scope),
                ("state", "a&b=c%00 \u{e9}"),
                ("nonce", "n"),
            ];
            let signed_in = kit.sign_in_for(&client, "alice", &pairs).await.unwrap();
            let location = signed_in.location;
            assert!(
                location.starts_with(&format!("{CALLBACK_URL}#")),
                "{location}"
            );
            assert_eq!(fragment(&location, "expires_in").as_deref(), Some("3600"));
            assert_eq!(fragment(&location, "token_type").as_deref(), Some("Bearer"));
            // s16: byte for byte, encoded.
            let state = fragment(&location, "state").unwrap();
            assert_eq!(state, "a%26b%3Dc%2500%20%C3%A9");
            assert_eq!(fragment(&location, "refresh_token"), None);
            let access = SecretString::new(fragment(&location, "access_token").unwrap());
            claims(&kit, &pool.id, &access).await;
            assert_eq!(fragment(&location, "id_token").is_some(), has_id_token);
            // It is a family like any other: a sign-out everywhere ends it.
            let is_open = kit.get_user_info(&access).await.is_ok();
            assert_eq!(is_open, has_id_token);
            kit.set_password(&pool, "alice", PASSWORD).await;
            assert!(kit.get_user_info(&access).await.is_err());
        }
    })
    .await;
}

#[tokio::test]
async fn s53_a_sign_in_sets_a_new_session_and_ends_the_one_before() {
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit).await;
        let first = kit.sign_in_for(&client, "alice", &[]).await.unwrap().cookie;
        let authorization = kit.authorize(&client, &[]).await.ok().unwrap();
        let password = SecretString::from(PASSWORD);
        let second = kit
            .hosted_sign_in(&authorization, "alice", &password, Some(first.expose()))
            .await
            .unwrap()
            .cookie;
        assert_ne!(first.expose(), second.expose());
        assert_eq!(decide(&kit, &client, Some(&first), &[]).await, "sign in");
        assert_eq!(decide(&kit, &client, Some(&second), &[]).await, "code");
        for forged in ["", "x", &"A".repeat(43), &"A".repeat(100_000), "\0"] {
            let forged = SecretString::from(forged);
            assert_eq!(decide(&kit, &client, Some(&forged), &[]).await, "sign in");
        }
    })
    .await;
}

#[tokio::test]
async fn a_browser_whose_password_changed_meanwhile_signs_in_again() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit).await;
        let implicit = [("response_type", "token")];
        let cookie = kit
            .sign_in_for(&client, "alice", &implicit)
            .await
            .unwrap()
            .cookie;
        let authorization = kit.authorize(&client, &implicit).await.ok().unwrap();
        let (decided, ()) = tokio::join!(
            kit.decide_authorization(&authorization, Some(cookie.expose())),
            kit.set_password(&pool, "alice", "N3w!password"),
        );
        // Either order is right; a failure of the server is not.
        assert_eq!(fact(&decided), "Ok");
        let wrong = kit.sign_in(&client, "alice", PASSWORD).await;
        assert!(wrong.is_err());
    })
    .await;
}

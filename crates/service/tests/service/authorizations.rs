//! The authorization endpoint: who may ask for what, and where the answer goes.

use poolhouse_model::{OAuthFlow, UserPool};
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::{AuthorizeFailure, RefusedAuthorization};
use poolhouse_testkit::{CALLBACK_URL, TestClient, TestService, on_every_engine};

use crate::facts::Pairs;

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

pub(crate) async fn house(kit: &TestService) -> (UserPool, TestClient) {
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

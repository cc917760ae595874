//! Requests that the authorization endpoint refuses, and where it says so.

use poolhouse_testkit::{CALLBACK_URL, TestApp};

use crate::browser::{authorize_path, authorize_query, parameter, query, start, start_with};

/// Both ways into the sign-in; each refuses alike.
const ENTRANCES: [&str; 2] = ["/oauth2/authorize", "/login"];

async fn refusal(app: &TestApp, query: &str) -> Vec<String> {
    let mut locations = Vec::new();
    for entrance in ENTRANCES {
        let answer = app.get(&format!("{entrance}?{query}")).await;
        assert_eq!(answer.status, 302, "{query}");
        locations.push(answer.location().to_owned());
    }
    locations
}

#[tokio::test]
async fn what_the_application_may_hear_goes_back_to_it_with_the_state() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    for (more, error) in [
        (vec![("response_type", "")], "invalid_request"),
        (vec![("response_type", "id_token")], "invalid_request"),
        (vec![("response_type", "token id_token")], "invalid_request"),
        (vec![("code_challenge", challenge)], "invalid_request"),
        (vec![("code_challenge_method", "S256")], "invalid_request"),
        (
            vec![
                ("code_challenge", challenge),
                ("code_challenge_method", "plain"),
            ],
            "invalid_request",
        ),
        (vec![("scope", "openid nonsense")], "invalid_scope"),
        (vec![("scope", "openid offline_access")], "invalid_scope"),
        (vec![("resource", "no-url")], "invalid_request"),
        (vec![("prompt", "none")], "login_required"),
        (vec![("prompt", "none login")], "invalid_request"),
        (vec![("max_age", "soon")], "invalid_request"),
    ] {
        let mut all = more.clone();
        all.push(("state", "a b"));
        let expected = format!("{CALLBACK_URL}?error={error}&state=a%20b");
        for location in refusal(&app, &authorize_query(&client, &all)).await {
            assert_eq!(location, expected, "{more:?}");
        }
    }
}

#[tokio::test]
async fn a_client_without_oauth_is_told_that_it_may_not() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app
        .client_with(&pool, |request| request.settings.is_oauth_enabled = false)
        .await;
    for location in refusal(&app, &authorize_query(&client, &[])).await {
        assert_eq!(
            location,
            format!("{CALLBACK_URL}?error=unauthorized_client")
        );
    }
}

#[tokio::test]
async fn a_client_without_identity_providers_has_no_sign_in_page() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app
        .client_with(&pool, |request| {
            request.settings.supported_identity_providers.clear();
        })
        .await;
    let query = authorize_query(&client, &[("state", "s")]);
    for location in refusal(&app, &query).await {
        let expected = format!("/error?error=unauthorized_client&client_id={}", client.id);
        assert!(location.starts_with(&expected), "{location}");
        let page = app.get(&location).await;
        assert_eq!(page.status, 400);
        let html = page.text();
        for part in [
            "No identity provider is enabled for the client.",
            "SupportedIdentityProviders",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }
}

#[tokio::test]
async fn s10_nothing_but_the_registered_redirect_uri_gets_an_answer() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let expected = format!("/error?error=redirect_mismatch&client_id={}", client.id);
    for redirect_uri in [
        "https://app.example.com/callback/",
        "https://app.example.com/callback/more",
        "https://app.example.com/callback?x=1",
        "https://app.example.com/callback#x",
        "https://app.example.com/Callback",
        "https://APP.example.com/callback",
        "HTTPS://app.example.com/callback",
        "https://app.example.com/%63allback",
        "https://app.example.com%2Fcallback",
        "https://app.example.com/x/../callback",
        "https://app.example.com:443/callback",
        "https://app.example.com./callback",
        "https://www.app.example.com/callback",
        "https://user@app.example.com/callback",
        "https://app.example.com@evil.example/callback",
        "https://app.example.com\\@evil.example/callback",
        "https:/app.example.com/callback",
        "//app.example.com/callback",
        "http://app.example.com/callback",
        " https://app.example.com/callback",
        "https://app.example.com/callback\0",
        "https://evil.example/",
        "javascript:alert(1)",
    ] {
        let query = authorize_query(&client, &[("redirect_uri", redirect_uri)]);
        for location in refusal(&app, &query).await {
            assert!(
                location.starts_with(&expected),
                "{redirect_uri}: {location}"
            );
        }
    }
}

#[tokio::test]
async fn s11_an_unknown_client_or_redirect_uri_never_redirects_to_an_application() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let unknown = [
        ("client_id", "YOUR_CLIENT_ID"),
        ("redirect_uri", CALLBACK_URL),
    ];
    for query in [
        query(&unknown),
        query(&[("redirect_uri", CALLBACK_URL)]),
        query(&[("client_id", ""), ("redirect_uri", "https://evil.example")]),
        authorize_query(&client, &[("redirect_uri", "https://evil.example")]),
        authorize_query(&client, &[("client_id", "a\r\nb")]),
    ] {
        for location in refusal(&app, &query).await {
            assert!(location.starts_with("/error?error="), "{location}");
            let page = app.get(&location).await;
            assert_eq!(page.status, 400);
            assert!(!page.headers.contains_key("location"));
        }
    }
    let location = refusal(&app, &query(&unknown)).await.remove(0);
    assert!(
        location.starts_with("/error?error=invalid_request&client_id=YOUR_CLIENT_ID"),
        "{location}"
    );
}

#[tokio::test]
async fn outside_the_dev_profile_the_error_page_gets_what_the_services_gets_and_a_reference() {
    let app = start_with(|_| (), |doors| doors.is_dev = false).await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let more = [("redirect_uri", "https://evil.example")];
    let answer = app.get(&authorize_path(&client, &more)).await;
    let reference = |answer: &poolhouse_testkit::DoorAnswer| {
        let id = answer.header("x-amz-cognito-request-id").unwrap();
        format!("&reference={id}")
    };
    let expected = format!("/error?error=redirect_mismatch&client_id={}", client.id);
    assert_eq!(answer.location(), expected + &reference(&answer));
    let answer = app.get("/oauth2/authorize?client_id=nobody").await;
    let expected = "/error?error=invalid_request&client_id=nobody".to_owned();
    assert_eq!(answer.location(), expected + &reference(&answer));
}

#[tokio::test]
async fn a_single_callback_url_stands_for_an_absent_redirect_uri() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let pairs = [
        ("client_id", client.id.as_str()),
        ("response_type", "id_token"),
    ];
    for location in refusal(&app, &query(&pairs)).await {
        assert_eq!(location, format!("{CALLBACK_URL}?error=invalid_request"));
    }
}

#[tokio::test]
async fn s13_a_repeated_parameter_is_refused_and_an_ambiguous_target_gets_no_answer() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let request = authorize_query(&client, &[("scope", "openid"), ("state", "s")]);
    for repeated in [
        "scope=openid",
        "state=s",
        "state=t",
        "response_type=code",
        "nonce=a&nonce=a",
    ] {
        for location in refusal(&app, &format!("{request}&{repeated}")).await {
            assert!(location.starts_with(CALLBACK_URL), "{repeated}: {location}");
            let error = parameter(&location, "error");
            assert_eq!(error.as_deref(), Some("invalid_request"), "{repeated}");
        }
    }
    for repeated in [
        format!("client_id={}", client.id),
        "redirect_uri=https%3A%2F%2Fevil.example".to_owned(),
    ] {
        for location in refusal(&app, &format!("{request}&{repeated}")).await {
            assert!(
                location.starts_with("/error?error=invalid_request"),
                "{location}"
            );
        }
    }
}

#[tokio::test]
async fn s15_no_parameter_leads_anywhere_but_to_a_registered_url() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let evil = "https://evil.example/";
    for name in [
        "next",
        "RelayState",
        "return_to",
        "state",
        "logout_uri",
        "target",
    ] {
        let answer = app.get(&authorize_path(&client, &[(name, evil)])).await;
        assert!(answer.location().starts_with("/login?"), "{name}");
    }
}

#[tokio::test]
async fn s23_request_objects_are_refused_and_never_fetched() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    for (name, value, error) in [
        (
            "request",
            "eyJhbGciOiJub25lIn0.e30.",
            "request_not_supported",
        ),
        (
            "request_uri",
            "http://127.0.0.1:1/",
            "request_uri_not_supported",
        ),
    ] {
        for location in refusal(&app, &authorize_query(&client, &[(name, value)])).await {
            assert_eq!(location, format!("{CALLBACK_URL}?error={error}"));
        }
    }
}

#[tokio::test]
async fn a_client_of_another_pool_is_unknown_on_a_pools_own_domain() {
    let app = start().await;
    let (pool, other) = (app.pool().await, app.pool().await);
    let client = app.public_client(&other).await;
    let domain = poolhouse_service::CreateDomain {
        pool_id: pool.id.clone(),
        domain: "house".to_owned(),
        custom: None,
        managed_login_version: None,
    };
    app.create_domain(domain).await.unwrap();
    let host = [("host", "house.auth.localhost:9229")];
    let answer = app.get_with(&authorize_path(&client, &[]), &host).await;
    assert!(
        answer
            .location()
            .starts_with("/error?error=invalid_request")
    );
    let own = app.public_client(&pool).await;
    let answer = app.get_with(&authorize_path(&own, &[]), &host).await;
    assert!(answer.location().starts_with("/login?"));
}

//! The sign-out endpoint.

use poolhouse_model::SecretString;
use poolhouse_oauth::logout_request::LogoutDestination;
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::AuthorizationDecision;
use poolhouse_testkit::{
    CALLBACK_URL, LOGOUT_URL, SignInExt, TestClient, TestService, on_every_engine,
};

use crate::facts::fact;

/// Signs a browser out; gives where it goes, and whether it is still signed in.
async fn log_out(kit: &TestService, client: &TestClient, pairs: &[(&str, &str)]) -> (String, bool) {
    let cookie = kit.sign_in_for(client, "alice", &[]).await.unwrap().cookie;
    let parameters = pairs
        .iter()
        .fold(Parameters::default(), |all, (name, value)| {
            all.with(name, value)
        });
    let read_cookie = |_: &_| Some(cookie.expose().to_owned());
    let logout = kit.logout(&parameters, None, read_cookie).await.unwrap();
    let destination = match logout.destination {
        Ok(LogoutDestination::LogoutUri(uri)) => uri.as_str().to_owned(),
        Ok(LogoutDestination::SignIn(parameters)) => parameters.encode(),
        Err(error) => format!("{error:?}"),
    };
    (destination, is_signed_in(kit, client, &cookie).await)
}

async fn is_signed_in(kit: &TestService, client: &TestClient, cookie: &SecretString) -> bool {
    let authorization = kit.authorize(client, &[]).await.ok().unwrap();
    let decision = kit
        .decide_authorization(&authorization, Some(cookie.expose()))
        .await;
    matches!(decision.unwrap(), AuthorizationDecision::Redirect(_))
}

#[tokio::test]
async fn s15_a_sign_out_leads_only_to_registered_addresses_and_always_ends_the_session() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let id = ("client_id", client.id.as_str());
        let missing = "RedirectUriMissing";
        let table: [(&[(&str, &str)], &str); 9] = [
            (&[id, ("logout_uri", LOGOUT_URL)], LOGOUT_URL),
            (&[id, ("logout_uri", "https://evil.example.com")], missing),
            (
                &[id, ("logout_uri", "https://app.example.com/bye/")],
                missing,
            ),
            (&[id, ("logout_uri", "//evil.example.com")], missing),
            (&[id, ("logout_uri", CALLBACK_URL)], missing),
            (&[id, ("post_logout_redirect_uri", LOGOUT_URL)], missing),
            (&[id, ("next", "https://evil.example.com")], missing),
            (&[id, ("redirect_uri", CALLBACK_URL)], "ResponseTypeMissing"),
            (
                &[
                    id,
                    ("redirect_uri", "https://evil.example.com"),
                    ("response_type", "code"),
                ],
                "RedirectUriNotRegistered",
            ),
        ];
        for (pairs, expected) in table {
            let (destination, is_signed_in) = log_out(&kit, &client, pairs).await;
            assert_eq!(destination, expected, "{pairs:?}");
            assert!(!is_signed_in, "{pairs:?}");
        }
        let again = [
            id,
            ("redirect_uri", CALLBACK_URL),
            ("response_type", "code"),
        ];
        let (query, is_signed_in) = log_out(&kit, &client, &again).await;
        assert!(!is_signed_in);
        for part in ["response_type=code", "scope=openid+email", "client_id="] {
            assert!(query.contains(part), "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_unknown_client_ends_no_session_and_tokens_go_on() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        for (pairs, expected) in [
            (&[][..], "ClientIdMissing"),
            (&[("client_id", "unknown")], "ClientUnknown"),
        ] {
            let (destination, is_signed_in) = log_out(&kit, &client, pairs).await;
            assert_eq!((destination.as_str(), is_signed_in), (expected, true));
        }
        let id = ("client_id", client.id.as_str());
        log_out(&kit, &client, &[id, ("logout_uri", LOGOUT_URL)]).await;
        let token = tokens.access_token.expose();
        assert_eq!(fact(&kit.get_user(token).await), "Ok");
    })
    .await;
}

//! Browsers that are signed in already, and tokens in a redirect's fragment.

use poolhouse_model::{SecretString, Ttl};
use poolhouse_service::AuthorizationDecision;
use poolhouse_testkit::{
    CALLBACK_URL, PASSWORD, SignInExt, TestClient, TestService, on_every_engine,
};
use serde_json::json;

use crate::authorizations::house;
use crate::facts::{Pairs, fact};
use crate::reading_tokens::claims;

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
            .signed_in()
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

//! `authorization_code` at the token endpoint.

use futures_util::future::join_all;
use poolhouse_model::{ExplicitAuthFlow, OAuthFlow, SecretString, Ttl, UserPool};
use poolhouse_oauth::parameters::Parameters;
use poolhouse_oauth::token_request::TokenRequest;
use poolhouse_oauth::token_response::TokenResponse;
use poolhouse_testkit::{CALLBACK_URL, TestClient, TestService, on_every_engine};

use crate::facts::fact;

/// A verifier and its S256 challenge.
/// Source: RFC 7636 appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: [(&str, &str); 2] = [
    (
        "code_challenge",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    ),
    ("code_challenge_method", "S256"),
];

async fn exchange(
    kit: &TestService,
    client: &TestClient,
    code: &str,
    pairs: &[(&str, &str)],
) -> String {
    fact(&kit.exchange_code(client, code, pairs).await)
}

async fn access_token(
    kit: &TestService,
    client: &TestClient,
    code: &str,
    pairs: &[(&str, &str)],
) -> SecretString {
    match kit.exchange_code(client, code, pairs).await {
        Ok(TokenResponse::User { access_token, .. }) => access_token,
        outcome => panic!("no tokens: {}", fact(&outcome)),
    }
}

async fn house(kit: &TestService) -> (UserPool, TestClient) {
    let pool = kit.pool().await;
    kit.user(&pool, "alice").await;
    let client = kit
        .client_with(&pool, |request| {
            let other = "https://app.example.com/callback/".to_owned();
            request.settings.callback_urls.push(other);
        })
        .await;
    (pool, client)
}

#[tokio::test]
async fn a_code_is_a_uuid_and_gives_three_tokens() {
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit).await;
        let code = kit.authorization_code(&client, "alice", &[]).await;
        let dashes: Vec<usize> = code.match_indices('-').map(|(index, _)| index).collect();
        assert_eq!((code.len(), dashes), (36, vec![8, 13, 18, 23]));
        assert_eq!(code, code.to_lowercase());
        let tokens = kit.exchange_code(&client, &code, &[]).await;
        let Ok(TokenResponse::User {
            id_token,
            refresh_token,
            ..
        }) = tokens
        else {
            panic!("no tokens")
        };
        assert!(id_token.is_some() && refresh_token.is_some());
    })
    .await;
}

#[tokio::test]
async fn each_wrong_exchange_is_refused_by_its_fact() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit).await;
        let other = kit.public_client(&pool).await;
        let code = kit.authorization_code(&client, "alice", &[]).await;
        assert_eq!(
            exchange(&kit, &client, "unknown", &[]).await,
            "Refused(CodeUnknown)"
        );
        assert_eq!(
            exchange(&kit, &other, &code, &[]).await,
            "Refused(CodeOfAnotherClient)"
        );
        let table = [
            (
                "https://app.example.com",
                "Refused(RedirectUriNotRegistered)",
            ),
            (
                "https://APP.example.com/callback",
                "Refused(RedirectUriNotRegistered)",
            ),
            (
                "https://app.example.com/callback/",
                "Refused(RedirectUriMismatch)",
            ),
        ];
        for (redirect_uri, expected) in table {
            let code = kit.authorization_code(&client, "alice", &[]).await;
            let pairs = [("redirect_uri", redirect_uri)];
            assert_eq!(exchange(&kit, &client, &code, &pairs).await, expected);
            // An authenticated client gets one attempt.
            assert_eq!(
                exchange(&kit, &client, &code, &[]).await,
                "Refused(CodeSpent)"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn s18_the_verifier_must_fit_the_challenge() {
    let short = &VERIFIER[..42];
    let long = "a".repeat(129);
    let wrong = VERIFIER.replace('d', "e");
    on_every_engine(|kit| {
        let (long, wrong) = (long.clone(), wrong.clone());
        async move {
            let (_, client) = house(&kit).await;
            let table = [
                (true, None, "PkceVerifierMissing"),
                (true, Some(short), "PkceVerifierMalformed"),
                (true, Some(long.as_str()), "PkceVerifierMalformed"),
                (true, Some(wrong.as_str()), "PkceVerifierMismatch"),
                // The challenge itself, which whoever saw the request knows.
                (true, Some(CHALLENGE[0].1), "PkceVerifierMismatch"),
                (true, Some(VERIFIER), "Ok"),
                // A verifier without a challenge: somebody took the challenge out.
                (false, Some(VERIFIER), "PkceVerifierUnexpected"),
                (false, None, "Ok"),
            ];
            for (has_challenge, verifier, expected) in table {
                let challenge = if has_challenge { &CHALLENGE[..] } else { &[] };
                let code = kit.authorization_code(&client, "alice", challenge).await;
                let pairs: Vec<_> = verifier
                    .map(|verifier| ("code_verifier", verifier))
                    .into_iter()
                    .collect();
                let answer = exchange(&kit, &client, &code, &pairs).await;
                let is_expected = match expected {
                    "Ok" => answer == "Ok",
                    _ => answer.starts_with("Refused(Pkce("),
                };
                assert!(is_expected, "{has_challenge} {verifier:?}: {answer}");
                // A wrong verifier burns the code: nobody tries a second one.
                let pairs = if has_challenge {
                    vec![("code_verifier", VERIFIER)]
                } else {
                    vec![]
                };
                let again = exchange(&kit, &client, &code, &pairs).await;
                assert_eq!(again, "Refused(CodeSpent)");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn s19_a_code_lives_five_minutes() {
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit).await;
        for (millis, expected) in [(299_999, "Ok"), (300_000, "Refused(CodeExpired)")] {
            let code = kit.authorization_code(&client, "alice", &[]).await;
            kit.clock.advance(Ttl::from_millis(millis));
            assert_eq!(exchange(&kit, &client, &code, &[]).await, expected);
        }
    })
    .await;
}

#[tokio::test]
async fn s19_second_use_of_a_code_is_refused_and_ends_the_first_ones_tokens() {
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit).await;
        // Posting twice in a row, as a page whose effects run twice does, ends nothing.
        for (seconds, is_ended) in [(0, false), (9, false), (10, true), (30, true), (290, true)] {
            let code = kit.authorization_code(&client, "alice", &[]).await;
            let token = access_token(&kit, &client, &code, &[]).await;
            kit.clock.advance(Ttl::from_secs(seconds));
            assert_eq!(
                exchange(&kit, &client, &code, &[]).await,
                "Refused(CodeSpent)"
            );
            let is_alive = kit.get_user_info(&token).await.is_ok();
            assert_eq!(is_alive, !is_ended, "after {seconds} s");
        }
    })
    .await;
}

#[tokio::test]
async fn s19_a_second_use_with_the_first_ones_proof_ends_nothing() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit).await;
        let later = Ttl::from_secs(30);
        // Whoever has the verifier is the one who began.
        let right = [("code_verifier", VERIFIER)];
        for (second, is_ended) in [(&right[..], false), (&[], true)] {
            let code = kit.authorization_code(&client, "alice", &CHALLENGE).await;
            let token = access_token(&kit, &client, &code, &right).await;
            kit.clock.advance(later);
            assert_eq!(
                exchange(&kit, &client, &code, second).await,
                "Refused(CodeSpent)"
            );
            assert_eq!(kit.get_user_info(&token).await.is_err(), is_ended);
        }
        let confidential = kit.confidential_client(&pool).await;
        let code = kit.authorization_code(&confidential, "alice", &[]).await;
        let token = access_token(&kit, &confidential, &code, &[]).await;
        kit.clock.advance(later);
        let second = exchange(&kit, &confidential, &code, &[]).await;
        assert_eq!(second, "Refused(CodeSpent)");
        assert!(kit.get_user_info(&token).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn s19_fifty_exchanges_of_one_code_at_once_give_one_success() {
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit).await;
        let code = kit.authorization_code(&client, "alice", &[]).await;
        let exchanges = (0..50).map(|_| exchange(&kit, &client, &code, &[]));
        let outcomes = join_all(exchanges).await;
        let successes = outcomes.iter().filter(|outcome| *outcome == "Ok").count();
        assert_eq!(successes, 1);
        assert!(
            outcomes
                .iter()
                .all(|o| o == "Ok" || o == "Refused(CodeSpent)"),
            "{outcomes:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn s26_a_wrong_client_consumes_nothing() {
    on_every_engine(|kit| async move {
        let (pool, _) = house(&kit).await;
        let other_pool = kit.pool().await;
        let client = kit.confidential_client(&pool).await;
        let code = kit.authorization_code(&client, "alice", &[]).await;
        let mut wrong_secret = client.clone();
        wrong_secret.secret = Some("wrong".into());
        let mut no_secret = client.clone();
        no_secret.secret = None;
        let mut unknown = client.clone();
        unknown.id = poolhouse_model::ClientId::new("unknown");
        for (who, expected) in [
            (
                &wrong_secret,
                "Refused(ClientAuthentication(SecretMismatch))",
            ),
            (&no_secret, "Refused(ClientAuthentication(SecretMissing))"),
            (&unknown, "Refused(ClientAuthentication(ClientUnknown))"),
            (
                &kit.public_client(&pool).await,
                "Refused(CodeOfAnotherClient)",
            ),
            (
                &kit.confidential_client(&pool).await,
                "Refused(CodeOfAnotherClient)",
            ),
            (
                &kit.public_client(&other_pool).await,
                "Refused(CodeUnknown)",
            ),
        ] {
            assert_eq!(exchange(&kit, who, &code, &[]).await, expected);
        }
        let mut unexpected = kit.public_client(&pool).await;
        unexpected.secret = client.secret.clone();
        assert_eq!(
            exchange(&kit, &unexpected, &code, &[]).await,
            "Refused(ClientAuthentication(SecretUnexpected))"
        );
        assert_eq!(exchange(&kit, &client, &code, &[]).await, "Ok");
    })
    .await;
}

#[tokio::test]
async fn s25_a_confidential_client_may_use_the_header() {
    use base64::Engine as _;
    on_every_engine(|kit| async move {
        let (pool, _) = house(&kit).await;
        let client = kit
            .client_with(&pool, |request| {
                request.client_secret = Some("colon:percent%20and+plus".into());
            })
            .await;
        let secret = client.secret.as_ref().unwrap().expose();
        let encoded = "colon%3Apercent%2520and%2Bplus";
        for secret in [secret, encoded] {
            let code = kit.authorization_code(&client, "alice", &[]).await;
            let pair = format!("{}:{secret}", client.id);
            let pair = base64::engine::general_purpose::STANDARD.encode(pair);
            let parameters = Parameters::default()
                .with("grant_type", "authorization_code")
                .with("code", &code)
                .with("redirect_uri", CALLBACK_URL);
            let header = format!("Basic {pair}");
            let request = TokenRequest::parse(Some(&header), &parameters).unwrap();
            assert_eq!(fact(&kit.exchange(&request, None).await), "Ok");
        }
    })
    .await;
}

#[tokio::test]
async fn s33_the_code_grant_must_be_enabled() {
    on_every_engine(|kit| async move {
        let (pool, _) = house(&kit).await;
        let clients = [
            kit.client_with(&pool, |request| {
                request.settings.allowed_oauth_flows = [OAuthFlow::Implicit].into();
            })
            .await,
            kit.client_with(&pool, |request| request.settings.is_oauth_enabled = false)
                .await,
        ];
        for client in &clients {
            let refused = exchange(&kit, client, "any", &[]).await;
            assert_eq!(refused, "Refused(GrantNotAllowed)");
            let grant = [("grant_type", "client_credentials")];
            let refused = kit.token_request(client, &grant).await;
            assert_eq!(fact(&refused), "Refused(GrantNotAllowed)");
        }
    })
    .await;
}

#[tokio::test]
async fn a_client_that_reads_half_of_a_scope_gets_no_tokens() {
    on_every_engine(|kit| async move {
        let (pool, _) = house(&kit).await;
        for (readable, scope, expected) in [
            (
                vec!["email"],
                "openid email",
                "Refused(AttributeNotReadable)",
            ),
            (vec!["email", "email_verified"], "openid email", "Ok"),
            (vec!["email"], "openid", "Ok"),
            (
                vec!["phone_number"],
                "openid phone",
                "Refused(AttributeNotReadable)",
            ),
        ] {
            let client = kit
                .client_with(&pool, |request| {
                    let readable = readable.iter().map(|name| (*name).to_owned());
                    request.settings.read_attributes = Some(readable.collect());
                })
                .await;
            let scope = [("scope", scope)];
            let code = kit.authorization_code(&client, "alice", &scope).await;
            assert_eq!(exchange(&kit, &client, &code, &[]).await, expected);
        }
    })
    .await;
}

#[tokio::test]
async fn s3_a_code_is_unknown_on_another_pools_domain() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit).await;
        let other = kit.pool().await;
        let code = kit.authorization_code(&client, "alice", &[]).await;
        let parameters = Parameters::default()
            .with("grant_type", "authorization_code")
            .with("client_id", client.id.as_str())
            .with("code", &code)
            .with("redirect_uri", CALLBACK_URL);
        let request = TokenRequest::parse(None, &parameters).unwrap();
        let elsewhere = kit.exchange(&request, Some(&other.id)).await;
        assert_eq!(
            fact(&elsewhere),
            "Refused(ClientAuthentication(ClientUnknown))"
        );
        assert_eq!(fact(&kit.exchange(&request, Some(&pool.id)).await), "Ok");
    })
    .await;
}

#[tokio::test]
async fn codes_of_the_page_need_no_flow_of_the_api() {
    on_every_engine(|kit| async move {
        let (pool, _) = house(&kit).await;
        let client = kit
            .client_with(&pool, |request| {
                let flows = vec![ExplicitAuthFlow::AllowCustom];
                request.settings.explicit_auth_flows = Some(flows);
            })
            .await;
        let code = kit.authorization_code(&client, "alice", &[]).await;
        assert_eq!(exchange(&kit, &client, &code, &[]).await, "Ok");
    })
    .await;
}

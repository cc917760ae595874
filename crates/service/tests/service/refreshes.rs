//! Renewing tokens: `REFRESH_TOKEN_AUTH`, `GetTokensFromRefreshToken` and the token endpoint.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolhouse_model::{ContactAttribute, SecretString, Ttl, UserPool};
use poolhouse_oauth::token_response::TokenResponse;
use poolhouse_service::{AuthFlow, IssuedTokens, RefreshRequest, ServiceError, SignInOutcome};
use poolhouse_testkit::{SignInExt, TestClient, TestService, on_every_engine};
use serde_json::json;

use crate::facts::{fact, outcome};
use crate::reading_tokens::claims;

/// `REFRESH_TOKEN_AUTH`; a confidential client proves itself by a hash over the name.
pub(crate) async fn by_flow(
    kit: &TestService,
    client: &TestClient,
    token: &str,
    name: &str,
) -> Result<IssuedTokens, ServiceError> {
    let hash = client.secret_hash(name).unwrap_or_default();
    let mut pairs = vec![("REFRESH_TOKEN", token)];
    if client.secret.is_some() {
        pairs.push(("SECRET_HASH", &hash));
    }
    match kit.initiate(client, AuthFlow::RefreshToken, &pairs).await? {
        SignInOutcome::Tokens(tokens) => Ok(tokens),
        SignInOutcome::Challenge(_) => panic!("a refresh asks for nothing"),
    }
}

pub(crate) async fn by_operation(
    kit: &TestService,
    client: &TestClient,
    token: &str,
) -> Result<IssuedTokens, ServiceError> {
    kit.get_tokens_from_refresh_token(RefreshRequest {
        client_id: client.id.clone(),
        client_secret: client.secret.clone(),
        refresh_token: token.into(),
    })
    .await
}

pub(crate) async fn by_endpoint(
    kit: &TestService,
    client: &TestClient,
    token: &str,
) -> Result<IssuedTokens, String> {
    let pairs = [("grant_type", "refresh_token"), ("refresh_token", token)];
    match kit.token_request(client, &pairs).await {
        Ok(TokenResponse::User {
            access_token,
            id_token,
            refresh_token,
            access_token_ttl,
        }) => Ok(IssuedTokens {
            access_token,
            id_token,
            refresh_token,
            access_token_ttl,
        }),
        Ok(TokenResponse::Client { .. }) => panic!("no client's tokens were asked for"),
        Err(failure) => Err(format!("{failure:?}")),
    }
}

/// What the three ways say of a token.
async fn ask_all(kit: &TestService, client: &TestClient, token: &str, name: &str) -> [String; 3] {
    let endpoint = by_endpoint(kit, client, token).await;
    [
        fact(&by_flow(kit, client, token, name).await),
        fact(&by_operation(kit, client, token).await),
        endpoint.map_or_else(|error| error, |_| "Ok".to_owned()),
    ]
}

fn refused_as(fact: &str) -> [String; 3] {
    let at_endpoint = "Refused(RefreshTokenInvalid)".to_owned();
    [fact.to_owned(), fact.to_owned(), at_endpoint]
}

pub(crate) fn refresh_token(tokens: &IssuedTokens) -> &str {
    tokens.refresh_token.as_ref().unwrap().expose()
}

#[tokio::test]
async fn a_refresh_keeps_the_sign_in_and_reads_the_user_anew() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user_with(&pool, "alice", &[("nickname", "old")]).await;
        for client in [
            kit.public_client(&pool).await,
            kit.confidential_client(&pool).await,
        ] {
            let first = kit.tokens_of(&client, "alice").await;
            let signed_in_at = kit.now().as_secs();
            let before = claims(&kit, &pool.id, &first.access_token).await;
            kit.clock.advance(Ttl::from_minutes(30));
            kit.change(&pool, "alice", |user| {
                let new = format!("new for {}", client.id);
                user.attributes.insert("nickname".to_owned(), new);
            })
            .await;
            let token = refresh_token(&first);
            let endpoint = by_endpoint(&kit, &client, token).await;
            for again in [
                by_flow(&kit, &client, token, "alice").await.unwrap(),
                by_operation(&kit, &client, token).await.unwrap(),
                endpoint.unwrap(),
            ] {
                assert!(again.refresh_token.is_none(), "the first one stays");
                let access = claims(&kit, &pool.id, &again.access_token).await;
                let id = claims(&kit, &pool.id, again.id_token.as_ref().unwrap()).await;
                for renewed in [&access, &id] {
                    assert_eq!(renewed["origin_jti"], before["origin_jti"]);
                    assert_eq!(renewed["auth_time"], json!(signed_in_at));
                    assert_eq!(renewed["iat"], json!(signed_in_at + 1800));
                    assert_eq!(renewed["exp"], json!(signed_in_at + 5400));
                    assert_ne!(renewed["jti"], before["jti"]);
                }
                assert_eq!(access["scope"], before["scope"]);
                assert_eq!(id["nickname"], format!("new for {}", client.id));
                assert_eq!(id.get("at_hash"), None, "the sign-in was by the API");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn s31_a_refresh_grants_the_scopes_of_the_sign_in_and_no_more() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let scope = [("scope", "openid email")];
        let code = kit.authorization_code(&client, "alice", &scope).await;
        let Ok(TokenResponse::User { refresh_token, .. }) =
            kit.exchange_code(&client, &code, &[]).await
        else {
            panic!("no tokens")
        };
        let refresh_token = refresh_token.unwrap();
        let pairs = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token.expose()),
            ("scope", "openid email phone aws.cognito.signin.user.admin"),
        ];
        let Ok(TokenResponse::User { access_token, .. }) = kit.token_request(&client, &pairs).await
        else {
            panic!("no tokens")
        };
        let access = claims(&kit, &pool.id, &access_token).await;
        assert_eq!(access["scope"], "openid email");
        assert_eq!(access["version"], json!(2));
        let by_api = by_operation(&kit, &client, refresh_token.expose())
            .await
            .unwrap();
        let access = claims(&kit, &pool.id, &by_api.access_token).await;
        assert_eq!(access["scope"], "openid email");
    })
    .await;
}

#[tokio::test]
async fn s5_a_changed_refresh_token_is_refused() {
    let kit = TestService::start().await;
    let pool = kit.pool().await;
    kit.user(&pool, "alice").await;
    let client = kit.public_client(&pool).await;
    let tokens = kit.tokens_of(&client, "alice").await;
    let token = refresh_token(&tokens);
    let header = r#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#;
    assert!(token.starts_with(&format!("{}.", URL_SAFE_NO_PAD.encode(header))));
    assert_eq!(token.split('.').count(), 5);
    let mut changed = vec![
        token[..token.len() - 1].to_owned(),
        token[..80].to_owned(),
        format!("{token}A"),
        format!("{token}="),
        format!("{token}."),
        format!(" {token}"),
        format!("{token}\n"),
        token.replace('-', "+").replace('_', "/"),
        token.to_lowercase(),
        String::new(),
        "a.b.c.d.e".to_owned(),
        "....".to_owned(),
        "A".repeat(1024 * 1024),
    ];
    let step = token.len() / 200;
    for at in (0..token.len()).step_by(step.max(1)) {
        let mut bytes = token.as_bytes().to_vec();
        bytes[at] ^= 1;
        changed.extend(String::from_utf8(bytes).ok());
    }
    assert!(changed.len() > 200);
    for changed in changed.iter().filter(|changed| *changed != token) {
        let refused = by_operation(&kit, &client, changed).await;
        assert_eq!(fact(&refused), "RefreshTokenInvalid", "{changed:.20}");
    }
    // The last character holds bits that decode to nothing: they must be zero.
    let flow = by_flow(&kit, &client, &changed[0], "alice").await;
    assert_eq!(fact(&flow), "RefreshTokenInvalid");
    assert_eq!(fact(&by_operation(&kit, &client, token).await), "Ok");
}

#[tokio::test]
async fn s26_another_clients_token_is_refused_and_nothing_is_consumed() {
    on_every_engine(|kit| async move {
        let pools: [UserPool; 2] = [kit.pool().await, kit.pool().await];
        for pool in &pools {
            kit.user(pool, "alice").await;
        }
        let client = kit.public_client(&pools[0]).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let token = refresh_token(&tokens);
        for other in [
            kit.public_client(&pools[0]).await,
            kit.public_client(&pools[1]).await,
        ] {
            let answers = ask_all(&kit, &other, token, "alice").await;
            assert_eq!(answers, refused_as("RefreshTokenInvalid"));
        }
        assert_eq!(ask_all(&kit, &client, token, "alice").await, ["Ok"; 3]);
    })
    .await;
}

#[tokio::test]
async fn s28_a_refresh_token_ends_when_the_client_says_however_often_it_was_used() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let token = refresh_token(&tokens);
        for _ in 0..29 {
            kit.clock.advance(Ttl::from_days(1));
            assert_eq!(ask_all(&kit, &client, token, "alice").await, ["Ok"; 3]);
        }
        kit.clock.advance(Ttl::from_millis(86_400_000 - 1));
        assert_eq!(ask_all(&kit, &client, token, "alice").await, ["Ok"; 3]);
        kit.clock.advance(Ttl::from_millis(1));
        let answers = ask_all(&kit, &client, token, "alice").await;
        assert_eq!(answers, refused_as("RefreshTokenExpired"));
    })
    .await;
}

#[tokio::test]
async fn the_secret_hash_of_a_refresh_is_over_the_immutable_name() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| settings.username_attributes = vec![ContactAttribute::Email])
            .await;
        let user = kit.user(&pool, "alice@example.com").await;
        let client = kit.confidential_client(&pool).await;
        let tokens = kit.tokens_of(&client, "alice@example.com").await;
        let token = refresh_token(&tokens);
        let id = &client.id;
        let over_alias = by_flow(&kit, &client, token, "alice@example.com").await;
        assert_eq!(
            fact(&over_alias),
            format!("RefreshSecretHashMismatch({id:?})")
        );
        let over_sub = by_flow(&kit, &client, token, user.sub.as_str()).await;
        assert_eq!(fact(&over_sub), "Ok");
        let pairs = [("REFRESH_TOKEN", token)];
        let missing = kit.initiate(&client, AuthFlow::RefreshToken, &pairs).await;
        assert_eq!(outcome(&missing), format!("SecretHashMissing({id:?})"));
    })
    .await;
}

#[tokio::test]
async fn s25_the_operation_takes_the_secret_in_the_clear() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.confidential_client(&pool).await;
        let public = kit.public_client(&pool).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let secret = client.secret.as_ref().unwrap().expose();
        for (given, expected) in [
            (None, "ClientNotAuthenticated"),
            (Some(""), "ClientNotAuthenticated"),
            (Some("wrong"), "ClientNotAuthenticated"),
            (Some(&secret[1..]), "ClientNotAuthenticated"),
            (Some(secret), "Ok"),
        ] {
            let mut with = client.clone();
            with.secret = given.map(SecretString::from);
            let answer = by_operation(&kit, &with, refresh_token(&tokens)).await;
            assert_eq!(fact(&answer), expected);
        }
        let mut with = public.clone();
        with.secret = Some(secret.into());
        let tokens = kit.tokens_of(&public, "alice").await;
        let answer = by_operation(&kit, &with, refresh_token(&tokens)).await;
        assert_eq!(fact(&answer), "ClientNotAuthenticated");
    })
    .await;
}

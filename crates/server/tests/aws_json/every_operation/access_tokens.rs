//! Access tokens that must not work, at every operation that takes one.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolhouse_api_model::{ErrorCode, Operation};
use poolhouse_model::{Ttl, UserPool};
use poolhouse_oauth::token_response::TokenResponse;
use poolhouse_testkit::{SignInExt as _, TestClient};
use serde_json::json;

use super::inputs::{Names, World, minimal_input, names};
use super::served;
use crate::api::Api;

/// A token, and the text that refuses it.
struct Bad {
    what: &'static str,
    token: String,
    text: &'static str,
}

const INVALID: &str = "Invalid Access Token";
const SCOPES: &str = "Access Token does not have required scopes";
const GONE: &str = "User does not exist.";

async fn takers(api: &Api) -> Vec<Operation> {
    let mut takers = served(api).await;
    takers.retain(|operation| names(*operation) == Names::AccessToken);
    assert!(takers.len() >= 12, "only {} take a token", takers.len());
    takers
}

async fn expect_refused(api: &Api, bad: &[Bad]) {
    for operation in takers(api).await {
        for Bad { what, token, text } in bad {
            let world = World {
                access_token: token.clone(),
                ..World::of_nothing()
            };
            let input = minimal_input(operation, &world);
            let (code, said) = api.refused(operation.name(), input).await;
            let expected = if *text == GONE {
                of_gone_user(operation)
            } else {
                ("NotAuthorizedException", *text)
            };
            let answer = (code.as_str(), said.as_str());
            assert_eq!(answer, expected, "{operation:?} {what}");
        }
    }
}

/// What the token of a deleted user is told: some operations declare no code for a user who is gone.
fn of_gone_user(operation: Operation) -> (&'static str, &'static str) {
    if operation == Operation::GlobalSignOut {
        return ("NotAuthorizedException", "Access Token has been revoked");
    }
    if operation
        .errors()
        .contains(&ErrorCode::UserNotFoundException)
    {
        return ("UserNotFoundException", GONE);
    }
    ("NotAuthorizedException", GONE)
}

#[tokio::test]
async fn s3_tokens_of_another_kind_pool_or_scope_open_no_operation() {
    Api::on_every_engine(|api| async move {
        let (here, there) = (api.pool().await, api.pool().await);
        api.user(&here, "ann").await;
        api.user(&there, "ann").await;
        let client = api.public_client(&here).await;
        let tokens = api.tokens_of(&client, "ann").await;
        let client_there = api.public_client(&there).await;
        let foreign = api.tokens_of(&client_there, "ann").await.access_token;
        let swap = |claims: String| claims.replace(there.id.as_str(), here.id.as_str());
        let unsigned = tokens.access_token.expose().rsplit_once('.').unwrap().0;
        let bad = |what, token: String, text| Bad { what, token, text };
        let bad = [
            bad("garbage", "a.b.c".into(), INVALID),
            bad("a word", "sample".into(), INVALID),
            bad("no signature", format!("{unsigned}."), INVALID),
            bad("two parts", unsigned.to_owned(), INVALID),
            bad(
                "an ID token",
                tokens.id_token.as_ref().unwrap().expose().to_owned(),
                INVALID,
            ),
            bad(
                "another pool's token",
                with_claims(foreign.expose(), swap),
                INVALID,
            ),
            bad(
                "a token that names another user",
                with_claims(tokens.access_token.expose(), |claims| {
                    claims.replace("\"ann\"", "\"ben\"")
                }),
                INVALID,
            ),
            bad(
                "no scope for it",
                token_for_pages(&api, &client).await,
                SCOPES,
            ),
            bad(
                "a machine's token",
                token_of_machine(&api, &here).await,
                SCOPES,
            ),
        ];
        expect_refused(&api, &bad).await;
        // What was refused everywhere did nothing: the good token still works.
        let good = json!({"AccessToken": tokens.access_token.expose()});
        api.ok("GetUser", good).await;
    })
    .await;
}

#[tokio::test]
async fn an_expired_token_opens_no_operation() {
    Api::on_every_engine(|api| async move {
        let pool = api.pool().await;
        api.user(&pool, "ann").await;
        let client = api.public_client(&pool).await;
        let token = api.tokens_of(&client, "ann").await.access_token;
        api.clock.advance(Ttl::from_hours(1));
        let bad = Bad {
            what: "expired",
            token: token.expose().to_owned(),
            text: "Access Token has expired",
        };
        expect_refused(&api, &[bad]).await;
    })
    .await;
}

#[tokio::test]
async fn s30_an_ended_token_opens_no_operation() {
    Api::on_every_engine(|api| async move {
        let pool = api.pool().await;
        let client = api.public_client(&pool).await;
        let mut bad = Vec::new();
        for (name, operation, text) in [
            (
                "ann",
                "AdminUserGlobalSignOut",
                "Access Token has been revoked",
            ),
            ("ben", "AdminDisableUser", "User is disabled."),
            ("cat", "AdminDeleteUser", GONE),
        ] {
            api.user(&pool, name).await;
            let token = api.tokens_of(&client, name).await.access_token;
            let input = json!({"UserPoolId": pool.id.as_str(), "Username": name});
            api.ok(operation, input).await;
            bad.push(Bad {
                what: operation,
                token: token.expose().to_owned(),
                text,
            });
        }
        expect_refused(&api, &bad).await;
    })
    .await;
}

/// The token with other claims under the same signature.
fn with_claims(token: &str, change: impl Fn(String) -> String) -> String {
    let parts: Vec<&str> = token.split('.').collect();
    let claims = URL_SAFE_NO_PAD.decode(parts[1]).unwrap();
    let claims = String::from_utf8(claims).unwrap();
    let changed = change(claims.clone());
    assert_ne!(changed, claims);
    let changed = URL_SAFE_NO_PAD.encode(changed);
    format!("{}.{changed}.{}", parts[0], parts[2])
}

/// A token of the code flow that was asked for without the scope of the API.
async fn token_for_pages(api: &Api, client: &TestClient) -> String {
    let scope = [("scope", "openid email")];
    let code = api.authorization_code(client, "ann", &scope).await;
    let Ok(TokenResponse::User { access_token, .. }) = api.exchange_code(client, &code, &[]).await
    else {
        panic!("the code is exchanged");
    };
    access_token.expose().to_owned()
}

/// A token of the client credentials grant, with a scope that a resource server has.
async fn token_of_machine(api: &Api, pool: &UserPool) -> String {
    api.resource_server(pool, "api", &["read"]).await;
    let machine = api.machine_client(pool, &["api/read"]).await;
    let secret = machine.secret.as_ref().unwrap().expose();
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", machine.id.as_str()),
        ("client_secret", secret),
    ];
    let answer = api.post_form("/oauth2/token", &form).await;
    let token = answer.json()["access_token"].clone();
    token.as_str().unwrap().to_owned()
}

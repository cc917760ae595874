//! The client credentials grant at the token endpoint.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use poolhouse_model::{OAuthFlow, SecretString, Ttl, UserPool, Validity, ValidityUnit};
use poolhouse_oauth::parameters::Parameters;
use poolhouse_oauth::token_request::TokenRequest;
use poolhouse_oauth::token_response::TokenResponse;
use poolhouse_service::{CreateUserPoolClient, RevokeToken, TokenFailure};
use poolhouse_storage::{Write, WriteBatch, Writer as _};
use poolhouse_testkit::{CALLBACK_URL, PUBLIC_URL, TestClient, TestService, on_every_engine};
use serde_json::{Value, json};

use crate::facts::fact;
use crate::reading_tokens::{claims, names};

const GRANT: (&str, &str) = ("grant_type", "client_credentials");

/// A pool whose API has two scopes, and a client with both.
async fn house(kit: &TestService) -> (UserPool, TestClient) {
    let pool = kit.pool().await;
    kit.resource_server(&pool, "api", &["read", "write"]).await;
    let client = kit.machine_client(&pool, &["api/read", "api/write"]).await;
    (pool, client)
}

/// The token of an answer, which must hold nothing else.
pub(crate) fn token(answer: Result<TokenResponse, TokenFailure>) -> SecretString {
    match answer {
        Ok(TokenResponse::Client { access_token, .. }) => access_token,
        outcome => panic!("no token of a client: {outcome:?}"),
    }
}

async fn scope_of(kit: &TestService, client: &TestClient, scope: Option<&str>) -> Value {
    let mut pairs = vec![GRANT];
    pairs.extend(scope.map(|scope| ("scope", scope)));
    let token = token(kit.token_request(client, &pairs).await);
    claims(kit, &client.pool_id, &token).await["scope"].clone()
}

#[tokio::test]
async fn a_client_gets_a_token_that_names_it_and_no_user() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit).await;
        let made = token(kit.token_request(&client, &[GRANT]).await);
        let claims = claims(&kit, &pool.id, &made).await;
        let expected = [
            "auth_time",
            "client_id",
            "exp",
            "iat",
            "iss",
            "jti",
            "scope",
            "sub",
            "token_use",
            "version",
        ];
        assert_eq!(names(&claims), expected);
        let now = kit.now().as_secs();
        for (name, value) in [
            ("sub", json!(client.id.as_str())),
            ("client_id", json!(client.id.as_str())),
            ("iss", json!(format!("{PUBLIC_URL}/{}", pool.id))),
            ("token_use", json!("access")),
            ("scope", json!("api/read api/write")),
            ("version", json!(2)),
            ("auth_time", json!(now)),
            ("iat", json!(now)),
            ("exp", json!(now + 3600)),
        ] {
            assert_eq!(claims[name], value, "{name}");
        }
        let other = token(kit.token_request(&client, &[GRANT]).await);
        let other = crate::reading_tokens::claims(&kit, &pool.id, &other).await;
        assert_ne!(other["jti"], claims["jti"]);
    })
    .await;
}

#[tokio::test]
async fn its_lifetime_is_that_of_the_clients_access_tokens() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.resource_server(&pool, "api", &["read"]).await;
        let client = kit
            .client_with(&pool, |request| {
                request.generates_secret = true;
                let settings = &mut request.settings;
                settings.allowed_oauth_flows = [OAuthFlow::ClientCredentials].into();
                settings.allowed_oauth_scopes = vec!["api/read".to_owned()];
                settings.token_validity.access_token = Validity {
                    number: Some(5),
                    unit: Some(ValidityUnit::Minutes),
                };
            })
            .await;
        let Ok(TokenResponse::Client {
            access_token,
            access_token_ttl,
        }) = kit.token_request(&client, &[GRANT]).await
        else {
            panic!("no token")
        };
        assert_eq!(access_token_ttl, Ttl::from_minutes(5));
        let claims = claims(&kit, &pool.id, &access_token).await;
        assert_eq!(claims["exp"], json!(kit.now().as_secs() + 300));
    })
    .await;
}

#[tokio::test]
async fn s31_a_client_gets_custom_scopes_that_it_has_and_that_exist() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit).await;
        assert_eq!(scope_of(&kit, &client, None).await, "api/read api/write");
        assert_eq!(
            scope_of(&kit, &client, Some(" ")).await,
            "api/read api/write"
        );
        assert_eq!(
            scope_of(&kit, &client, Some("api/write")).await,
            "api/write"
        );
        let twice = "api/write api/read api/write";
        assert_eq!(
            scope_of(&kit, &client, Some(twice)).await,
            "api/write api/read"
        );
        for (scope, error) in [
            ("openid", "NotAllowed"),
            ("aws.cognito.signin.user.admin", "NotAllowed"),
            ("email", "NotAllowed"),
            ("api/read openid", "NotAllowed"),
            ("api/read api/none", "NotAllowed"),
            ("other/read", "NotAllowed"),
            ("API/READ", "NotAllowed"),
            ("api/read\nopenid", "Malformed"),
            ("api/r\u{e4}d", "Malformed"),
        ] {
            let refused = kit.token_request(&client, &[GRANT, ("scope", scope)]).await;
            assert_eq!(
                fact(&refused),
                format!("Refused(ScopeInvalid({error}))"),
                "{scope:?}"
            );
        }
        // A deleted scope is left out; when none is left there is no token.
        kit.resource_server(&pool, "api", &["write"]).await;
        assert_eq!(scope_of(&kit, &client, None).await, "api/write");
        assert_eq!(
            scope_of(&kit, &client, Some("api/read api/write")).await,
            "api/write"
        );
        let nothing = "Refused(ScopeInvalid(NothingToGrant))";
        let refused = kit
            .token_request(&client, &[GRANT, ("scope", "api/read")])
            .await;
        assert_eq!(fact(&refused), nothing);
        kit.delete_resource_server(&pool.id, "api").await.unwrap();
        let refused = kit.token_request(&client, &[GRANT]).await;
        assert_eq!(fact(&refused), nothing);
        // Nobody gets the scopes of users, not even where a client's row names them.
        set_scopes(&kit, &client, &["openid", "aws.cognito.signin.user.admin"]).await;
        let refused = kit.token_request(&client, &[GRANT]).await;
        assert_eq!(fact(&refused), nothing);
        let refused = kit
            .token_request(&client, &[GRANT, ("scope", "openid")])
            .await;
        assert_eq!(fact(&refused), "Refused(ScopeInvalid(NotAllowed))");
    })
    .await;
}

/// Writes what no operation would accept.
async fn set_scopes(kit: &TestService, client: &TestClient, scopes: &[&str]) {
    change_row(kit, client, |row| {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned());
        row.settings.allowed_oauth_scopes = scopes.collect();
    })
    .await;
}

async fn change_row(
    kit: &TestService,
    client: &TestClient,
    change: impl FnOnce(&mut poolhouse_model::AppClient),
) {
    let (_, row) = kit.client(&client.id).await.unwrap();
    let mut row = (*row).clone();
    change(&mut row);
    row.version += 1;
    let batch = WriteBatch::of([Write::UpdateAppClient(Box::new(row))]);
    kit.storage().write(batch).await.unwrap();
    kit.clock.advance(Ttl::from_secs(3));
}

#[tokio::test]
async fn s33_the_grant_is_for_clients_that_enabled_it_and_have_a_secret() {
    on_every_engine(|kit| async move {
        let (pool, machine) = house(&kit).await;
        kit.user(&pool, "alice").await;
        let refused = "Refused(GrantNotAllowed)";
        for flows in [
            vec![OAuthFlow::Code],
            vec![OAuthFlow::Implicit],
            vec![OAuthFlow::Code, OAuthFlow::Implicit],
        ] {
            let client = kit
                .client_with(&pool, |request| {
                    request.generates_secret = true;
                    request.settings.allowed_oauth_flows = flows.into_iter().collect();
                    request
                        .settings
                        .allowed_oauth_scopes
                        .push("api/read".to_owned());
                })
                .await;
            let answer = kit.token_request(&client, &[GRANT]).await;
            assert_eq!(fact(&answer), refused);
        }
        // The other way round: the machine's client has no grant of users.
        let code = [
            ("grant_type", "authorization_code"),
            ("code", "any"),
            ("redirect_uri", CALLBACK_URL),
        ];
        assert_eq!(fact(&kit.token_request(&machine, &code).await), refused);
        for response_type in ["code", "token"] {
            let pairs = [("response_type", response_type)];
            assert!(kit.authorize(&machine, &pairs).await.is_err());
        }
        // OAuth as a whole can be off, and a row without secret proves nothing.
        change_row(&kit, &machine, |row| row.settings.is_oauth_enabled = false).await;
        assert_eq!(fact(&kit.token_request(&machine, &[GRANT]).await), refused);
        change_row(&kit, &machine, |row| {
            row.settings.is_oauth_enabled = true;
            row.sealed_secret = None;
        })
        .await;
        let without = TestClient {
            secret: None,
            ..machine.clone()
        };
        assert_eq!(fact(&kit.token_request(&without, &[GRANT]).await), refused);
    })
    .await;
}

async fn by_header(kit: &TestService, id: &str, secret: &str, body: Parameters) -> String {
    let pair = STANDARD.encode(format!("{id}:{secret}"));
    let body = body.with("grant_type", "client_credentials");
    let header = format!("Basic {pair}");
    match TokenRequest::parse(Some(&header), &body) {
        Ok(request) => fact(&kit.exchange(&request, None).await),
        Err(error) => format!("Refused({error:?})"),
    }
}

#[tokio::test]
async fn s25_the_secret_comes_in_the_header_or_in_the_body_and_must_be_right() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.resource_server(&pool, "api", &["read"]).await;
        let client = kit
            .client_with(&pool, |request| {
                request.client_secret = Some("colon:percent%20and+plus".into());
                let settings = &mut request.settings;
                settings.allowed_oauth_flows = [OAuthFlow::ClientCredentials].into();
                settings.allowed_oauth_scopes = vec!["api/read".to_owned()];
            })
            .await;
        let (id, secret) = (client.id.as_str(), client.secret.as_ref().unwrap().expose());
        let none = Parameters::default;
        let own_id = || none().with("client_id", id);
        assert_eq!(fact(&kit.token_request(&client, &[GRANT]).await), "Ok");
        assert_eq!(by_header(&kit, id, secret, none()).await, "Ok");
        assert_eq!(by_header(&kit, id, secret, own_id()).await, "Ok");
        let encoded = "colon%3Apercent%2520and%2Bplus";
        assert_eq!(by_header(&kit, id, encoded, none()).await, "Ok");
        let refused = |error: &str| format!("Refused(ClientAuthentication({error}))");
        let both = own_id().with("client_secret", secret);
        assert_eq!(
            by_header(&kit, id, secret, both).await,
            refused("SecretSentTwice")
        );
        assert_eq!(
            by_header(&kit, id, "", none()).await,
            refused("SecretMissing")
        );
        for wrong in ["wrong", &secret[1..], &format!("{secret} ")] {
            let answer = by_header(&kit, id, wrong, none()).await;
            assert_eq!(answer, refused("SecretMismatch"));
        }
        let other = kit.machine_client(&pool, &["api/read"]).await;
        let other = other.secret.unwrap();
        let answer = by_header(&kit, id, other.expose(), none()).await;
        assert_eq!(answer, refused("SecretMismatch"));
        let answer = by_header(&kit, "nobody", secret, none()).await;
        assert_eq!(answer, refused("ClientUnknown"));
        let without = TestClient {
            secret: None,
            ..client.clone()
        };
        let answer = fact(&kit.token_request(&without, &[GRANT]).await);
        assert_eq!(answer, refused("SecretMissing"));
    })
    .await;
}

#[tokio::test]
async fn s13_repeated_parameters_of_the_grant_are_refused() {
    let once = Parameters::default()
        .with("grant_type", "client_credentials")
        .with("client_id", "c1")
        .with("client_secret", "s")
        .with("scope", "api/read")
        .with("aws_client_metadata", "{}");
    assert!(TokenRequest::parse(None, &once).is_ok());
    for name in [
        "grant_type",
        "client_id",
        "client_secret",
        "scope",
        "aws_client_metadata",
    ] {
        let twice = Parameters::merge(once.clone(), Parameters::default().with(name, "x"));
        let refused = TokenRequest::parse(None, &twice).unwrap_err();
        assert_eq!(refused.code().as_str(), "invalid_request", "{name}");
    }
}

#[tokio::test]
async fn s26_a_wrong_client_gets_nothing_and_the_right_one_still_everything() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit).await;
        let other = kit.pool().await;
        for wrong in ["", "wrong", "colon:wrong"] {
            let answer = by_header(&kit, client.id.as_str(), wrong, Parameters::default()).await;
            assert_ne!(answer, "Ok");
        }
        assert_eq!(fact(&kit.token_request(&client, &[GRANT]).await), "Ok");
        // s3: on the domain of another pool the client is unknown.
        let secret = client.secret.as_ref().unwrap().expose();
        let parameters = Parameters::default()
            .with("grant_type", "client_credentials")
            .with("client_id", client.id.as_str())
            .with("client_secret", secret);
        let request = TokenRequest::parse(None, &parameters).unwrap();
        let elsewhere = kit.exchange(&request, Some(&other.id)).await;
        let unknown = "Refused(ClientAuthentication(ClientUnknown))";
        assert_eq!(fact(&elsewhere), unknown);
        assert_eq!(fact(&kit.exchange(&request, Some(&pool.id)).await), "Ok");
        kit.delete_user_pool_client(&pool.id, &client.id)
            .await
            .unwrap();
        assert_eq!(fact(&kit.token_request(&client, &[GRANT]).await), unknown);
    })
    .await;
}

#[tokio::test]
async fn s32_a_clients_token_opens_nothing_of_a_user() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit).await;
        // A user whose name is the client's id gains nothing by it, nor loses.
        kit.user(&pool, client.id.as_str()).await;
        let token = token(kit.token_request(&client, &[GRANT]).await);
        let refused = kit.get_user(token.expose()).await;
        assert_eq!(fact(&refused), "AccessTokenOfClient");
        let refused = kit.global_sign_out(token.expose()).await;
        assert_eq!(fact(&refused), "AccessTokenOfClient");
        let refused = kit.get_user_info(&token).await;
        assert_eq!(fact(&refused), "Refused(OpenidScopeMissing)");
        let revoke = RevokeToken {
            client_id: client.id.clone(),
            client_secret: client.secret.clone(),
            token: token.clone(),
            with_linked_sessions: false,
        };
        assert_eq!(fact(&kit.revoke_token(revoke).await), "TokenNotRevocable");
        kit.clock.advance(Ttl::from_hours(1));
        assert_eq!(
            fact(&kit.get_user(token.expose()).await),
            "AccessTokenExpired"
        );
    })
    .await;
}

#[tokio::test]
async fn settings_of_users_do_not_stop_machines_but_the_trigger_of_tokens_does() {
    on_every_engine(|kit| async move {
        let trigger = |version: &str| json!({"LambdaVersion": version, "LambdaArn": "arn:aws:lambda:us-east-1:1:function:f"});
        let table = [
            (vec![("PreAuthentication", json!("arn")), ("PreTokenGeneration", json!("arn"))], true),
            (vec![("PreTokenGenerationConfig", trigger("V1_0"))], true),
            (vec![("PreTokenGenerationConfig", trigger("V2_0"))], true),
            (vec![("PreTokenGenerationConfig", trigger("V3_0"))], false),
        ];
        for (triggers, is_served) in table {
            let pool = kit
                .pool_with(|settings| {
                    settings.mfa = poolhouse_model::MfaRequirement::On;
                    let triggers = triggers.into_iter().map(|(name, value)| (name.to_owned(), value));
                    settings.triggers = triggers.collect();
                })
                .await;
            kit.resource_server(&pool, "api", &["read"]).await;
            let client = kit.machine_client(&pool, &["api/read"]).await;
            let answer = fact(&kit.token_request(&client, &[GRANT]).await);
            if is_served {
                assert_eq!(answer, "Ok");
            } else {
                assert!(answer.contains("PreTokenGenerationConfig with V3_0"), "{answer}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_client_for_machines_has_a_secret_custom_scopes_and_no_flow_of_users() {
    type Change = fn(&mut CreateUserPoolClient);
    let table: [(Change, &str); 6] = [
        (
            |request| request.generates_secret = false,
            "client_credentials flow can not be selected if client does not have a client secret.",
        ),
        (
            |request| {
                request.settings.allowed_oauth_flows.insert(OAuthFlow::Code);
                request.settings.callback_urls = vec![CALLBACK_URL.to_owned()];
            },
            "client_credentials flow can not be selected along with code flow or implicit flow.",
        ),
        (
            |request| {
                request
                    .settings
                    .allowed_oauth_flows
                    .insert(OAuthFlow::Implicit);
                request.settings.callback_urls = vec![CALLBACK_URL.to_owned()];
            },
            "client_credentials flow can not be selected along with code flow or implicit flow.",
        ),
        (
            |request| {
                request
                    .settings
                    .allowed_oauth_scopes
                    .push("openid".to_owned());
            },
            "openid is not supported with client_credentials flow",
        ),
        (
            |request| {
                let admin = "aws.cognito.signin.user.admin".to_owned();
                request.settings.allowed_oauth_scopes = vec![admin];
            },
            "aws.cognito.signin.user.admin is not supported with client_credentials flow",
        ),
        (
            |request| {
                request.settings.allowed_oauth_flows = [OAuthFlow::Code].into();
            },
            "CallbackUrls can not be empty when code flow or implicit flow is selected",
        ),
    ];
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.resource_server(&pool, "api", &["read"]).await;
        let request = || CreateUserPoolClient {
            pool_id: pool.id.clone(),
            name: "machine".into(),
            generates_secret: true,
            client_secret: None,
            settings: poolhouse_model::AppClientSettings {
                allowed_oauth_flows: [OAuthFlow::ClientCredentials].into(),
                allowed_oauth_scopes: vec!["api/read".to_owned()],
                is_oauth_enabled: true,
                ..Default::default()
            },
        };
        kit.create_user_pool_client(request()).await.unwrap();
        for (change, text) in table {
            let mut wrong = request();
            change(&mut wrong);
            let refused = kit.create_user_pool_client(wrong).await;
            assert_eq!(fact(&refused), format!("OAuthFlowInvalid({text:?})"));
        }
    })
    .await;
}

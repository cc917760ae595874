//! Clients are changed: what an update resets, which rules hold, and how soon it is obeyed.

use futures_util::future::join_all;
use poolhouse_model::{
    AppClientSettings, ClientId, OAuthFlow, PreventUserExistenceErrors, SecretString, Ttl, UserPool,
};
use poolhouse_service::{AuthorizeFailure, UpdateUserPoolClient};
use poolhouse_testkit::{
    CALLBACK_URL, PASSWORD, SignInExt, TestClient, TestService, on_every_engine,
};

use crate::facts::{fact, outcome};

fn update(client: &TestClient, settings: AppClientSettings) -> UpdateUserPoolClient {
    UpdateUserPoolClient {
        pool_id: client.pool_id.clone(),
        client_id: client.id.clone(),
        name: None,
        settings,
    }
}

async fn settings_of(kit: &TestService, client: &TestClient) -> AppClientSettings {
    kit.client(&client.id).await.unwrap().1.settings.clone()
}

/// Changes some settings of a client and leaves the others as they are.
pub(crate) async fn change(
    kit: &TestService,
    client: &TestClient,
    change: impl FnOnce(&mut AppClientSettings),
) {
    let mut settings = settings_of(kit, client).await;
    change(&mut settings);
    kit.update_user_pool_client(update(client, settings))
        .await
        .unwrap();
}

#[tokio::test]
async fn an_update_resets_what_it_does_not_name_and_keeps_id_name_and_secret() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.confidential_client(&pool).await;
        kit.clock.advance(Ttl::from_secs(60));
        let settings = AppClientSettings {
            prevent_user_existence_errors: Some(PreventUserExistenceErrors::Enabled),
            ..AppClientSettings::default()
        };
        let updated = kit
            .update_user_pool_client(update(&client, settings.clone()))
            .await
            .unwrap();
        assert_eq!(updated.client.settings, settings);
        assert_eq!(updated.client.id, client.id);
        assert_eq!(updated.client.name, "app");
        assert_eq!(
            updated.secret.as_ref().map(SecretString::expose),
            client.secret.as_ref().map(SecretString::expose)
        );
        assert_eq!(updated.client.version, 2);
        assert!(updated.client.updated_at > updated.client.created_at);
        let other = kit.another_instance();
        let described = other.describe_user_pool_client(&pool.id, &client.id).await;
        assert_eq!(described.unwrap().client, updated.client);
        let mut renamed = update(&client, settings);
        renamed.name = Some("other".into());
        let renamed = kit.update_user_pool_client(renamed).await.unwrap();
        assert_eq!(renamed.client.name, "other");
    })
    .await;
}

#[tokio::test]
async fn s12_scripts_are_no_redirect_uris_after_an_update_either() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let before = settings_of(&kit, &client).await;
        for url in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "http://app.example.com",
            "https://a.example.com/#x",
        ] {
            let [mut calls_back, mut signs_out] = [before.clone(), before.clone()];
            calls_back.callback_urls.push(url.to_owned());
            signs_out.logout_urls.push(url.to_owned());
            for settings in [calls_back, signs_out] {
                let refused = kit.update_user_pool_client(update(&client, settings)).await;
                let refused = fact(&refused);
                assert!(refused.starts_with("InvalidInput"), "{url}: {refused}");
            }
        }
        assert_eq!(settings_of(&kit, &client).await, before);
    })
    .await;
}

#[tokio::test]
async fn an_update_obeys_the_rules_of_a_new_client() {
    type Change = fn(&mut AppClientSettings);
    let table: [(Change, &str); 6] = [
        (
            |s| s.read_attributes = Some(vec!["custom:none".into()]),
            "Invalid read attributes specified while updating a client",
        ),
        (
            |s| s.write_attributes = Some(vec!["email".into(), "custom:none".into()]),
            "Invalid write attributes specified while updating a client",
        ),
        (
            |s| s.write_attributes = Some(vec!["name".into()]),
            "Invalid write attributes specified while updating a client",
        ),
        (
            |s| s.default_redirect_uri = Some("https://b.example.com".into()),
            "DefaultRedirectURI must be one of CallbackURLs.",
        ),
        (
            |s| s.allowed_oauth_flows = [OAuthFlow::ClientCredentials].into(),
            "client_credentials flow can not be selected if client does not have a client secret.",
        ),
        (
            |s| {
                s.allowed_oauth_flows = [OAuthFlow::Code, OAuthFlow::ClientCredentials].into();
            },
            "client_credentials flow can not be selected along with code flow or implicit flow.",
        ),
    ];
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| {
                let email = settings.schema.iter_mut().find(|a| a.name == "email");
                email.unwrap().is_required = true;
            })
            .await;
        let client = kit.public_client(&pool).await;
        for (change, text) in table {
            let mut settings = settings_of(&kit, &client).await;
            change(&mut settings);
            let refused = kit.update_user_pool_client(update(&client, settings)).await;
            let refused = fact(&refused);
            let code = if text.starts_with("client_credentials") {
                "OAuthFlowInvalid"
            } else {
                "InvalidInput"
            };
            assert_eq!(refused, format!("{code}({text:?})"));
        }
    })
    .await;
}

#[tokio::test]
async fn s66_a_client_of_another_pool_is_not_updated() {
    on_every_engine(|kit| async move {
        let (pool, other) = (kit.pool().await, kit.pool().await);
        let client = kit.public_client(&pool).await;
        let mut request = update(&client, AppClientSettings::default());
        request.pool_id = other.id.clone();
        let gone = format!("AppClientNotFound({:?})", client.id);
        let refused = kit.update_user_pool_client(request.clone()).await;
        assert_eq!(fact(&refused), gone);
        request.pool_id = poolhouse_model::UserPoolId::new("us-east-1_nowhere");
        let refused = fact(&kit.update_user_pool_client(request).await);
        assert!(refused.starts_with("UserPoolNotFound"), "{refused}");
        let mut nobody = update(&client, AppClientSettings::default());
        nobody.client_id = ClientId::new("nobody");
        let refused = fact(&kit.update_user_pool_client(nobody).await);
        assert!(refused.starts_with("AppClientNotFound"), "{refused}");
        assert!(settings_of(&kit, &client).await.is_oauth_enabled);
    })
    .await;
}

/// What the authorization endpoint says to `code` and `token`: `+`, or `-` for "may not".
async fn grants(kit: &TestService, client: &TestClient) -> String {
    let mut signs = String::new();
    for response_type in ["code", "token"] {
        let answer = kit
            .authorize(client, &[("response_type", response_type)])
            .await;
        signs.push(match answer {
            Ok(_) => '+',
            Err(AuthorizeFailure::Refused(refused)) => {
                assert_eq!(refused.error.code().as_str(), "unauthorized_client");
                '-'
            }
            Err(AuthorizeFailure::Failed(error)) => panic!("{error:?}"),
        });
    }
    signs
}

#[tokio::test]
async fn s33_a_grant_that_an_update_takes_away_is_refused_at_once() {
    let table: [(&[OAuthFlow], bool, &str); 5] = [
        (&[OAuthFlow::Code, OAuthFlow::Implicit], true, "++"),
        (&[OAuthFlow::Code], true, "+-"),
        (&[OAuthFlow::Implicit], true, "-+"),
        (&[OAuthFlow::Code, OAuthFlow::Implicit], false, "--"),
        (&[], false, "--"),
    ];
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        for (flows, is_oauth_enabled, expected) in table {
            change(&kit, &client, |settings| {
                settings.allowed_oauth_flows = flows.iter().copied().collect();
                settings.is_oauth_enabled = is_oauth_enabled;
            })
            .await;
            let given = grants(&kit, &client).await;
            assert_eq!(given, expected, "{flows:?} {is_oauth_enabled}");
        }
    })
    .await;
}

#[tokio::test]
async fn s33_a_code_of_before_is_not_exchanged_once_its_flow_is_gone() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let code = kit.authorization_code(&client, "alice", &[]).await;
        change(&kit, &client, |settings| {
            settings.allowed_oauth_flows = [OAuthFlow::Implicit].into();
        })
        .await;
        let refused = kit.exchange_code(&client, &code, &[]).await;
        assert_eq!(fact(&refused), "Refused(GrantNotAllowed)");
    })
    .await;
}

#[tokio::test]
async fn s14_a_redirect_uri_that_an_update_takes_away_is_unknown_at_once() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let asked = [("response_type", "code"), ("redirect_uri", CALLBACK_URL)];
        assert!(kit.authorize(&client, &asked).await.is_ok());
        change(&kit, &client, |settings| {
            settings.callback_urls = vec!["https://app.example.com/other".into()];
        })
        .await;
        let Err(AuthorizeFailure::Refused(refused)) = kit.authorize(&client, &asked).await else {
            panic!("the older address was not refused");
        };
        assert_eq!(refused.error.code().as_str(), "redirect_mismatch");
        assert_eq!(refused.target, None);
    })
    .await;
}

#[tokio::test]
async fn a_client_without_identity_providers_signs_nobody_in_on_the_page() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let asked = [("response_type", "code")];
        assert!(kit.sign_in_for(&client, "alice", &asked).await.is_ok());
        change(&kit, &client, |settings| {
            settings.supported_identity_providers.clear();
        })
        .await;
        let Err(AuthorizeFailure::Refused(refused)) = kit.authorize(&client, &asked).await else {
            panic!("it was not refused");
        };
        let text = "no identity provider is enabled for the client";
        assert_eq!(refused.error.to_string(), text);
        assert_eq!(refused.target, None, "the page says it");
        // The API is not the page's.
        assert_eq!(
            outcome(&kit.sign_in(&client, "alice", PASSWORD).await),
            "Tokens"
        );
    })
    .await;
}

#[tokio::test]
async fn another_instance_obeys_an_update_within_two_seconds() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let other = kit.another_instance();
        assert_eq!(
            outcome(&other.sign_in(&client, "alice", PASSWORD).await),
            "Tokens"
        );
        change(&kit, &client, |settings| {
            settings.explicit_auth_flows = None;
        })
        .await;
        kit.clock.advance(Ttl::from_secs(2));
        let refused = outcome(&other.sign_in(&client, "alice", PASSWORD).await);
        assert!(refused.starts_with("AuthFlowNotEnabled"), "{refused}");
    })
    .await;
}

const LOST: &str = "ConcurrentModification(\"user pool client\")";

#[tokio::test]
async fn of_updates_at_once_each_is_whole_or_told_that_it_lost() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let instances = [kit.service(), kit.another_instance()];
        let updates = (0..12).map(|number| {
            let settings = AppClientSettings {
                callback_urls: vec![format!("https://a.example.com/{number}")],
                ..AppClientSettings::default()
            };
            let mut request = update(&client, settings);
            request.name = Some(number.to_string());
            instances[number % 2].update_user_pool_client(request)
        });
        let outcomes: Vec<_> = join_all(updates).await.iter().map(fact).collect();
        let done = outcomes.iter().filter(|outcome| *outcome == "Ok").count();
        let lost = outcomes.iter().filter(|outcome| *outcome == LOST).count();
        assert!(done > 0 && done + lost == 12, "{outcomes:?}");
        let other = kit.another_instance();
        let (_, stored) = other.client(&client.id).await.unwrap();
        assert_eq!(usize::try_from(stored.version).unwrap(), 1 + done);
        let number: usize = stored.name.parse().unwrap();
        assert_eq!(outcomes[number], "Ok");
        let expected = format!("https://a.example.com/{number}");
        assert_eq!(
            stored.settings.callback_urls,
            [expected],
            "no mixture of two"
        );
    })
    .await;
}

#[tokio::test]
async fn an_update_never_brings_a_deleted_client_back() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        for _ in 0..5 {
            let client = kit.public_client(&pool).await;
            let updates = (0..4).map(|_| {
                let request = update(&client, AppClientSettings::default());
                kit.update_user_pool_client(request)
            });
            let delete = kit.delete_user_pool_client(&pool.id, &client.id);
            let (updates, deleted) = tokio::join!(join_all(updates), delete);
            deleted.unwrap();
            let gone = format!("AppClientNotFound({:?})", client.id);
            for outcome in updates {
                let outcome = fact(&outcome);
                assert!(
                    ["Ok", LOST, gone.as_str()].contains(&outcome.as_str()),
                    "{outcome}"
                );
            }
            assert_eq!(fact(&kit.client(&client.id).await), gone);
        }
    })
    .await;
}

#[tokio::test]
async fn an_update_does_not_change_a_fixed_id() {
    on_every_engine(|kit| async move {
        let pool: UserPool = kit.pool().await;
        let client = kit
            .client_with(&pool, |request| request.name = "_custom_id_:my_app".into())
            .await;
        let mut request = update(&client, AppClientSettings::default());
        request.name = Some("_custom_id_:other".into());
        let updated = kit.update_user_pool_client(request.clone()).await.unwrap();
        assert_eq!(updated.client.id.as_str(), "my_app");
        request.name = Some("_custom_id_:no id".into());
        let refused = fact(&kit.update_user_pool_client(request).await);
        assert!(refused.starts_with("InvalidInput"), "{refused}");
    })
    .await;
}

//! Pools, app clients and domains: made, read, deleted, and which settings are refused.

use poolhouse_model::{
    AliasAttribute, AppClientSettings, ClientId, ContactAttribute, OAuthFlow, RefreshTokenRotation,
    Region, UserPool, UserPoolId, UserPoolSettings, Validity, ValidityUnit,
};
use poolhouse_service::{CreateDomain, CreateUserPool, CreateUserPoolClient, CustomDomain};
use poolhouse_testkit::{SignInExt, TestService, on_every_engine};

use crate::facts::fact;

fn pool_request(settings: UserPoolSettings) -> CreateUserPool {
    CreateUserPool {
        name: "pool".into(),
        region: None,
        settings,
    }
}

#[tokio::test]
async fn a_pool_has_an_id_of_its_region_keys_of_its_own_and_an_arn() {
    on_every_engine(|kit| async move {
        let mut request = pool_request(UserPoolSettings::default());
        request.region = Some(Region::new("eu-west-1"));
        let pool = kit.create_user_pool(request).await.unwrap();
        let (region, name) = pool.id.as_str().split_once('_').unwrap();
        assert_eq!((region, name.len()), ("eu-west-1", 9));
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let described = kit.describe_user_pool(&pool.id).await.unwrap();
        let arn = format!(
            "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/{}",
            pool.id
        );
        assert_eq!(described.arn, arn);
        assert_eq!((described.user_count, described.domains.len()), (0, 0));
        let other = kit.pool().await;
        let keys = [&pool, &other].map(|pool| kit.jwk_set(&pool.id));
        let [own, others] = futures_util::future::join_all(keys)
            .await
            .try_into()
            .unwrap();
        assert_ne!(own.unwrap(), others.unwrap());
    })
    .await;
}

#[tokio::test]
async fn settings_that_contradict_each_other_make_no_pool() {
    type Change = fn(&mut UserPoolSettings);
    let table: [(Change, &str); 4] = [
        (
            |settings| {
                settings.username_attributes = vec![ContactAttribute::Email];
                settings.alias_attributes = vec![AliasAttribute::Email];
            },
            "Only one of AliasAttributes or UsernameAttributes can be set.",
        ),
        (
            |settings| settings.password_policy.minimum_length = 5,
            "MinimumLength must be between 6 and 99.",
        ),
        (
            |settings| settings.password_policy.minimum_length = 100,
            "MinimumLength must be between 6 and 99.",
        ),
        (
            |settings| {
                let tag = ("_custom_id_".to_owned(), "no id".to_owned());
                settings.tags.extend([tag]);
            },
            "The tag _custom_id_ must have the form of a user pool id: REGION_NAME, letters and \
             digits.",
        ),
    ];
    on_every_engine(|kit| async move {
        for (change, text) in table {
            let mut settings = UserPoolSettings::default();
            change(&mut settings);
            let refused = kit.create_user_pool(pool_request(settings)).await;
            assert_eq!(fact(&refused), format!("InvalidInput({text:?})"));
        }
    })
    .await;
}

#[tokio::test]
async fn fixed_ids_are_for_the_dev_profile() {
    let with_id = || {
        let mut settings = UserPoolSettings::default();
        let tag = ("_custom_id_".to_owned(), "us-east-1_Fixed1".to_owned());
        settings.tags.extend([tag]);
        pool_request(settings)
    };
    on_every_engine(|kit| async move {
        let pool = kit.create_user_pool(with_id()).await.unwrap();
        assert_eq!(pool.id.as_str(), "us-east-1_Fixed1");
        let again = kit.create_user_pool(with_id()).await;
        assert_eq!(
            fact(&again),
            "UserPoolExists(UserPoolId(\"us-east-1_Fixed1\"))"
        );
        let client = kit
            .client_with(&pool, |request| request.name = "_custom_id_:my_app".into())
            .await;
        assert_eq!(client.id.as_str(), "my_app");
    })
    .await;
    let strict = TestService::start_with(|settings| settings.is_dev = false).await;
    let pool = strict.create_user_pool(with_id()).await.unwrap();
    assert_ne!(pool.id.as_str(), "us-east-1_Fixed1");
}

#[tokio::test]
async fn a_protected_or_domain_bearing_pool_is_not_deleted_and_deletion_takes_all() {
    on_every_engine(|kit| async move {
        let guarded = kit
            .pool_with(|settings| settings.is_deletion_protected = true)
            .await;
        let refused = kit.delete_user_pool(&guarded.id).await;
        assert_eq!(fact(&refused), "UserPoolDeletionProtected");

        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        kit.create_domain(domain(&pool, "house")).await.unwrap();
        let refused = kit.delete_user_pool(&pool.id).await;
        assert_eq!(fact(&refused), "UserPoolHasDomain");
        kit.delete_domain(&pool.id, "house").await.unwrap();
        kit.delete_user_pool(&pool.id).await.unwrap();
        let gone = format!("UserPoolNotFound({:?})", pool.id);
        assert_eq!(fact(&kit.describe_user_pool(&pool.id).await), gone);
        assert_eq!(fact(&kit.delete_user_pool(&pool.id).await), gone);
        assert_eq!(fact(&kit.jwk_set(&pool.id).await), gone);
        let token = tokens.access_token.expose();
        assert_eq!(fact(&kit.get_user(token).await), "AccessTokenInvalid");
        let refused = fact(&kit.sign_in(&client, "alice", "x").await);
        assert!(refused.starts_with("AppClientNotFound"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn another_instance_notices_within_two_seconds() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let other = kit.another_instance();
        other.pool(&pool.id).await.unwrap();
        other.client(&client.id).await.unwrap();
        kit.delete_user_pool_client(&pool.id, &client.id)
            .await
            .unwrap();
        assert!(
            kit.client(&client.id).await.is_err(),
            "the own instance at once"
        );
        kit.clock.advance(poolhouse_model::Ttl::from_secs(2));
        assert!(other.client(&client.id).await.is_err());
    })
    .await;
}

fn client_request(pool: &UserPool, settings: AppClientSettings) -> CreateUserPoolClient {
    CreateUserPoolClient {
        pool_id: pool.id.clone(),
        name: "app".into(),
        generates_secret: false,
        client_secret: None,
        settings,
    }
}

#[tokio::test]
async fn settings_that_contradict_each_other_make_no_client() {
    type Change = fn(&mut AppClientSettings);
    let table: [(&str, Change); 12] = [
        ("scheme", |s| {
            s.callback_urls = vec!["javascript:alert(1)".into()];
        }),
        ("scheme", |s| {
            s.logout_urls = vec!["data:text/html,x".into()];
        }),
        ("plain http", |s| {
            s.callback_urls = vec!["http://app.example.com".into()];
        }),
        ("fragment", |s| {
            s.callback_urls = vec!["https://a.example.com/#x".into()];
        }),
        ("default", |s| {
            s.default_redirect_uri = Some("https://b.example.com".into());
        }),
        ("no flow", |s| {
            s.is_oauth_enabled = true;
            s.allowed_oauth_scopes = vec!["openid".into()];
        }),
        ("no scope", |s| {
            s.is_oauth_enabled = true;
            s.callback_urls = vec!["https://a.example.com".into()];
            s.allowed_oauth_flows = [OAuthFlow::Code].into();
        }),
        ("provider", |s| {
            s.supported_identity_providers = vec!["Google".into()];
        }),
        ("attribute", |s| {
            s.read_attributes = Some(vec!["custom:none".into()]);
        }),
        ("attribute", |s| {
            s.write_attributes = Some(vec!["custom:none".into()]);
        }),
        ("four minutes", |s| {
            s.token_validity.access_token = Validity {
                number: Some(4),
                unit: Some(ValidityUnit::Minutes),
            };
        }),
        ("outlives the refresh token", |s| {
            s.token_validity.refresh_token = Validity {
                number: Some(60),
                unit: Some(ValidityUnit::Minutes),
            };
            s.token_validity.access_token = Validity {
                number: Some(2),
                unit: Some(ValidityUnit::Hours),
            };
        }),
    ];
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        for (what, change) in table {
            let mut settings = AppClientSettings::default();
            change(&mut settings);
            let refused = kit
                .create_user_pool_client(client_request(&pool, settings))
                .await;
            let refused = fact(&refused);
            assert!(refused.starts_with("InvalidInput"), "{what}: {refused}");
        }
    })
    .await;
}

#[tokio::test]
async fn s8_a_generated_secret_is_long_and_shown_to_administrators_only() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.confidential_client(&pool).await;
        let secret = client.secret.as_ref().unwrap().expose();
        assert!(secret.len() >= 24 && secret.bytes().all(|b| b.is_ascii_alphanumeric()));
        let described = kit
            .describe_user_pool_client(&pool.id, &client.id)
            .await
            .unwrap();
        assert_eq!(described.secret.unwrap().expose(), secret);
        assert!(!format!("{:?}", described.client).contains(secret));
        let page = kit
            .list_user_pool_clients(&pool.id, 60, None)
            .await
            .unwrap();
        assert!(!format!("{page:?}").contains(secret));
        let other = kit.pool().await;
        let elsewhere = kit.describe_user_pool_client(&other.id, &client.id).await;
        assert_eq!(
            fact(&elsewhere),
            format!("AppClientNotFound({:?})", client.id)
        );
        let nobody = ClientId::new("nobody");
        let deleted = kit.delete_user_pool_client(&pool.id, &nobody).await;
        assert_eq!(fact(&deleted), format!("AppClientNotFound({nobody:?})"));
    })
    .await;
}

#[tokio::test]
async fn a_secret_of_the_owners_choice_is_taken_but_not_beside_a_generated_one() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let own = "owner_chose_this_secret+0001";
        let client = kit
            .client_with(&pool, |request| request.client_secret = Some(own.into()))
            .await;
        assert_eq!(client.secret.unwrap().expose(), own);
        let mut both = client_request(&pool, AppClientSettings::default());
        both.generates_secret = true;
        both.client_secret = Some(own.into());
        let refused = fact(&kit.create_user_pool_client(both).await);
        assert!(refused.starts_with("InvalidInput"), "{refused}");
    })
    .await;
}

fn domain(pool: &UserPool, domain: &str) -> CreateDomain {
    CreateDomain {
        pool_id: pool.id.clone(),
        domain: domain.to_owned(),
        custom: None,
        managed_login_version: None,
    }
}

fn custom_domain(pool: &UserPool, name: &str) -> CreateDomain {
    CreateDomain {
        custom: Some(CustomDomain {
            certificate_arn: "arn:aws:acm:us-east-1:000000000000:certificate/a".into(),
            security_policy: None,
        }),
        ..domain(pool, name)
    }
}

#[tokio::test]
async fn a_domain_is_one_pools_and_leads_to_it() {
    on_every_engine(|kit| async move {
        let (pool, other) = (kit.pool().await, kit.pool().await);
        kit.create_domain(domain(&pool, "house")).await.unwrap();
        kit.create_domain(custom_domain(&pool, "login.example.com"))
            .await
            .unwrap();
        let taken = kit.create_domain(domain(&other, "house")).await;
        assert_eq!(fact(&taken), "DomainTaken(\"house\")");
        for second in [
            domain(&pool, "second"),
            custom_domain(&pool, "second.example.com"),
        ] {
            let text = "User pool already has a domain configured.";
            let refused = fact(&kit.create_domain(second).await);
            assert_eq!(refused, format!("InvalidInput({text:?})"));
        }
        for (host, expected) in [
            ("house.auth.localhost", Some(&pool.id)),
            ("HOUSE.AUTH.LOCALHOST", Some(&pool.id)),
            ("login.example.com", Some(&pool.id)),
            ("house", None),
            ("login.example.com.auth.localhost", None),
            ("example.com", None),
            ("localhost", None),
            ("", None),
        ] {
            let found = kit.find_pool_by_host(host).await.unwrap();
            assert_eq!(found.as_ref(), expected, "{host}");
        }
        let stranger = kit.delete_domain(&other.id, "house").await;
        assert_eq!(fact(&stranger), "DomainNotFound");
        kit.delete_domain(&pool.id, "house").await.unwrap();
        assert_eq!(kit.describe_domain("house").await.unwrap(), None);
        kit.create_domain(domain(&other, "house")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_domain_of_the_wrong_form_is_refused() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        for name in [
            "",
            "-a",
            "a-",
            "a_b",
            "a b",
            "a..b",
            ".a",
            "my-aws-house",
            "amazon",
            "xcognitox",
            "\u{e4}",
            "a/b",
            "a\r\nb",
            "House",
            "login.example.com",
        ] {
            let refused = fact(&kit.create_domain(domain(&pool, name)).await);
            assert!(refused.starts_with("InvalidInput"), "{name:?}: {refused}");
        }
        for name in ["house", "a..b", ".a", "a.", "a.b_c", "a.b/c", "a.b:1", ""] {
            let refused = fact(&kit.create_domain(custom_domain(&pool, name)).await);
            let text = "Custom domain is not a valid subdomain";
            assert_eq!(refused, format!("InvalidInput({text:?})"), "{name:?}");
        }
        for version in [0, 3, -1] {
            let mut request = domain(&pool, "house");
            request.managed_login_version = Some(version);
            let refused = fact(&kit.create_domain(request).await);
            assert!(refused.contains("ManagedLoginVersion"), "{refused}");
        }
        let nowhere = UserPoolId::new("us-east-1_nowhere");
        let mut request = domain(&pool, "house");
        request.pool_id = nowhere.clone();
        let refused = kit.create_domain(request).await;
        assert_eq!(fact(&refused), format!("UserPoolNotFound({nowhere:?})"));
    })
    .await;
}

#[tokio::test]
async fn rotation_is_off_unless_it_is_enabled() {
    let settings = AppClientSettings {
        refresh_token_rotation: Some(RefreshTokenRotation {
            is_enabled: false,
            retry_grace_period_secs: 60,
        }),
        ..AppClientSettings::default()
    };
    assert!(!settings.rotates_refresh_tokens());
}

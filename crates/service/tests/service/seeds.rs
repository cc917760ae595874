//! Seeds: fixed ids, made once.

use poolhouse_model::{
    AppClientSettings, AttributeDataType, Attributes, ClientId, ContactAttribute, ExplicitAuthFlow,
    GroupName, Sub, UserPoolId, UserPoolSettings,
};
use poolhouse_service::{
    AttributeRequest, Seed, SeedAction, SeedChange, SeedClient, SeedDomain, SeedGroup, SeedMode,
    SeedPassword, SeedPool, SeedProblem, SeedUser, ServiceError, SignInOutcome,
};
use poolhouse_testkit::{
    PASSWORD, SignInExt as _, TestClient, TestService, attributes, on_every_engine,
};

const SUB: &str = "7b4c1a9e-0d5f-4c7a-9a33-2f6f0b1c5d10";

fn user(username: &str) -> SeedUser {
    SeedUser {
        line: 3,
        username: username.to_owned(),
        sub: None,
        password: SeedPassword::Permanent(PASSWORD.into()),
        is_confirmed: true,
        is_enabled: None,
        attributes: Attributes::new(),
        groups: Vec::new(),
    }
}

/// A pool whose users sign in by their e-mail address, with a client and a user.
fn seed() -> Seed {
    let settings = UserPoolSettings {
        username_attributes: vec![ContactAttribute::Email],
        is_case_sensitive: false,
        ..UserPoolSettings::default()
    };
    let client = SeedClient {
        line: 2,
        id: ClientId::new("shopweb"),
        name: "web".to_owned(),
        secret: Some("asecretofsomelength0123456789".into()),
        settings: AppClientSettings {
            explicit_auth_flows: Some(vec![
                ExplicitAuthFlow::AllowUserPassword,
                ExplicitAuthFlow::AllowUserSrp,
            ]),
            ..AppClientSettings::default()
        },
    };
    let jane = SeedUser {
        sub: Some(Sub::new(SUB)),
        attributes: attributes(&[("email_verified", "true")]),
        ..user("jane@example.com")
    };
    Seed {
        pools: vec![SeedPool {
            line: 1,
            id: UserPoolId::new("us-east-1_Shop00001"),
            name: "shop".to_owned(),
            settings,
            domain: None,
            groups: Vec::new(),
            resource_servers: Vec::new(),
            clients: vec![client],
            users: vec![jane],
        }],
    }
}

fn client() -> TestClient {
    TestClient {
        pool_id: UserPoolId::new("us-east-1_Shop00001"),
        id: ClientId::new("shopweb"),
        secret: Some("asecretofsomelength0123456789".into()),
    }
}

#[tokio::test]
async fn a_seed_is_put_in_force_once_and_its_user_signs_in() {
    on_every_engine(|kit| async move {
        let seed = seed();
        let made = kit.seed(&seed, SeedMode::Apply).await.unwrap();
        assert_eq!(made.len(), 3);
        assert!(made.iter().all(|one| one.action == SeedAction::Create));
        assert!(kit.seed(&seed, SeedMode::Apply).await.unwrap().is_empty());
        let pool_id = &seed.pools[0].id;
        let jane = kit.admin_get_user(pool_id, SUB).await.unwrap();
        // Where an e-mail address stands for the name, the subject is the name.
        assert_eq!(jane.username.as_str(), SUB);
        assert_eq!(jane.attribute("email"), Some("jane@example.com"));
        for name in ["jane@example.com", "JANE@example.com"] {
            let outcome = kit.sign_in(&client(), name, PASSWORD).await;
            assert!(matches!(outcome, Ok(SignInOutcome::Tokens(_))), "{name}");
        }
        let outcome = kit
            .sign_in_by_srp(&client(), "jane@example.com", PASSWORD)
            .await;
        assert!(matches!(outcome, Ok(SignInOutcome::Tokens(_))));
    })
    .await;
}

#[tokio::test]
async fn a_seed_after_a_reset_makes_the_same_again() {
    on_every_engine(|kit| async move {
        kit.seed(&seed(), SeedMode::Apply).await.unwrap();
        kit.service().reset_store().await.unwrap();
        let made = kit.seed(&seed(), SeedMode::Apply).await.unwrap();
        assert_eq!(made.len(), 3);
        let outcome = kit.sign_in(&client(), "jane@example.com", PASSWORD).await;
        assert!(matches!(outcome, Ok(SignInOutcome::Tokens(_))));
    })
    .await;
}

#[tokio::test]
async fn two_seeds_at_once_leave_what_one_leaves() {
    on_every_engine(|kit| async move {
        let seed = seed();
        let (one, two) = tokio::join!(
            kit.seed(&seed, SeedMode::Apply),
            kit.seed(&seed, SeedMode::Apply),
        );
        assert!(one.is_ok() || two.is_ok(), "{one:?} {two:?}");
        assert!(kit.seed(&seed, SeedMode::Apply).await.is_ok());
        assert!(kit.seed(&seed, SeedMode::Plan).await.unwrap().is_empty());
    })
    .await;
}

fn told(changes: &[SeedChange]) -> Vec<String> {
    let lines = changes.iter().map(|change| {
        let differences = change.differences.iter().map(ToString::to_string);
        let differences: Vec<String> = differences.collect();
        format!(
            "{:?} {}: {}",
            change.action,
            change.what,
            differences.join("; ")
        )
    });
    lines.collect()
}

/// The seed with something else in every part that can be changed.
fn changed_seed() -> Seed {
    let mut seed = seed();
    let pool = &mut seed.pools[0];
    "store".clone_into(&mut pool.name);
    pool.settings.password_policy.minimum_length = 7;
    pool.domain = Some(SeedDomain {
        line: 4,
        prefix: "store".to_owned(),
    });
    pool.groups.push(SeedGroup {
        line: 5,
        name: GroupName::new("admins"),
        description: Some("They may do everything".to_owned()),
        role_arn: None,
        precedence: Some(1),
    });
    pool.clients[0].secret = Some("anothersecretoflength9876543210".into());
    pool.clients[0].settings.callback_urls = vec!["https://app.example.com/cb".to_owned()];
    pool.users[0].is_enabled = Some(false);
    pool.users[0].groups = vec![GroupName::new("admins")];
    seed
}

#[tokio::test]
async fn a_changed_seed_is_planned_value_by_value_and_put_in_force() {
    on_every_engine(|kit| async move {
        kit.seed(&seed(), SeedMode::Apply).await.unwrap();
        let changed = changed_seed();
        let planned = told(&kit.seed(&changed, SeedMode::Plan).await.unwrap());
        assert_eq!(
            planned,
            [
                "Update user pool us-east-1_Shop00001: name: \"shop\" -> \"store\"; \
                 settings.password_policy.minimum_length: 8 -> 7",
                "Create domain store of us-east-1_Shop00001: ",
                "Create group admins of us-east-1_Shop00001: ",
                "Update app client shopweb of us-east-1_Shop00001: secret: changed; \
                 settings.callback_urls: [] -> [\"https://app.example.com/cb\"]",
                "Update user jane@example.com of us-east-1_Shop00001: \
                 groups: not a member -> admins; enabled: true -> false",
            ]
        );
        // A plan is a plan.
        assert!(kit.seed(&seed(), SeedMode::Plan).await.unwrap().is_empty());
        let done = told(&kit.seed(&changed, SeedMode::Apply).await.unwrap());
        assert_eq!(done, planned);
        assert!(kit.seed(&changed, SeedMode::Plan).await.unwrap().is_empty());

        let pool_id = &changed.pools[0].id;
        let pool = kit.service().pool(pool_id).await.unwrap();
        assert_eq!(pool.settings.password_policy.minimum_length, 7);
        let host = kit.find_pool_by_host("store.auth.localhost").await;
        assert_eq!(host.unwrap().as_ref(), Some(pool_id));
        assert!(!kit.admin_get_user(pool_id, SUB).await.unwrap().is_enabled);
        let client_id = &changed.pools[0].clients[0].id;
        let found = kit.describe_user_pool_client(pool_id, client_id).await;
        let secret = found.unwrap().secret.unwrap();
        assert_eq!(secret.expose(), "anothersecretoflength9876543210");

        // Another domain takes the place of the first; what is not named any more stays.
        let mut moved = changed_seed();
        "market".clone_into(&mut moved.pools[0].domain.as_mut().unwrap().prefix);
        moved.pools[0].groups[0].description = None;
        moved.pools[0].groups[0].precedence = Some(2);
        moved.pools[0].users[0].is_enabled = Some(true);
        moved.pools[0].clients[0].secret = None;
        let done = told(&kit.seed(&moved, SeedMode::Apply).await.unwrap());
        assert_eq!(
            done,
            [
                "Update domain market of us-east-1_Shop00001: domain: store -> market",
                "Update group admins of us-east-1_Shop00001: precedence: 1 -> 2",
                "Update app client shopweb of us-east-1_Shop00001: secret: changed",
                "Update user jane@example.com of us-east-1_Shop00001: enabled: false -> true",
            ]
        );
        let old = kit.find_pool_by_host("store.auth.localhost").await.unwrap();
        assert_eq!(old, None);
        let group = kit.get_group(pool_id, &GroupName::new("admins")).await;
        let description = group.unwrap().description;
        assert_eq!(description.as_deref(), Some("They may do everything"));
        let public = TestClient {
            secret: None,
            ..client()
        };
        let outcome = kit.sign_in(&public, "jane@example.com", PASSWORD).await;
        assert!(matches!(outcome, Ok(SignInOutcome::Tokens(_))));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_changed_is_refused_by_name_before_anything_is_written() {
    on_every_engine(|kit| async move {
        kit.seed(&seed(), SeedMode::Apply).await.unwrap();
        let with = |change: fn(&mut SeedPool)| {
            let mut seed = changed_seed();
            change(&mut seed.pools[0]);
            seed
        };
        let email = |pool: &mut SeedPool| {
            let schema = pool.settings.schema.iter_mut();
            let mut email = schema.filter(|one| one.name == "email");
            email.next().unwrap().is_required = true;
        };
        for (wrong, part) in [
            (
                with(|pool| pool.settings.username_attributes.clear()),
                "UsernameAttributes",
            ),
            (
                with(|pool| pool.settings.is_case_sensitive = true),
                "UsernameConfiguration",
            ),
            (with(email), "Schema for the attribute email"),
            (
                with(|pool| pool.users[0].sub = Some(Sub::new("another"))),
                "subject",
            ),
        ] {
            for mode in [SeedMode::Plan, SeedMode::Apply] {
                let failure = kit.seed(&wrong, mode).await.unwrap_err();
                assert!(
                    matches!(failure.source, SeedProblem::Differs(_)),
                    "{failure}"
                );
                assert!(failure.to_string().contains(part), "{failure}");
            }
            assert!(kit.seed(&seed(), SeedMode::Plan).await.unwrap().is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn a_domain_of_another_pool_or_of_no_form_is_refused() {
    let kit = TestService::start().await;
    let with = |prefix: &str| {
        let mut seed = seed();
        let prefix = prefix.to_owned();
        seed.pools[0].domain = Some(SeedDomain { line: 4, prefix });
        seed
    };
    kit.seed(&with("shop"), SeedMode::Apply).await.unwrap();
    let mut other = with("shop");
    other.pools[0].id = UserPoolId::new("us-east-1_Shop00002");
    other.pools[0].clients.clear();
    for wrong in [other, with("Shop!"), with("cognito-shop")] {
        let failure = kit.seed(&wrong, SeedMode::Apply).await.unwrap_err();
        assert!(
            matches!(failure.source, SeedProblem::Refused(_)),
            "{failure}"
        );
        assert_eq!(failure.line, 4);
    }
    assert_eq!(kit.list_pools_of_region().await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_other_operations_set_on_a_seeded_pool_stays() {
    let kit = TestService::start().await;
    kit.seed(&seed(), SeedMode::Apply).await.unwrap();
    let pool_id = &seed().pools[0].id;
    let attribute = AttributeRequest {
        name: "tier".to_owned(),
        data_type: Some(AttributeDataType::String),
        is_developer_only: None,
        is_mutable: None,
        is_required: None,
        string_limits: None,
        number_limits: None,
    };
    kit.add_custom_attributes(pool_id, vec![attribute])
        .await
        .unwrap();
    assert!(kit.seed(&seed(), SeedMode::Plan).await.unwrap().is_empty());
    kit.seed(&changed_seed(), SeedMode::Apply).await.unwrap();
    let pool = kit.service().pool(pool_id).await.unwrap();
    assert!(pool.settings.find_attribute("custom:tier").is_some());
}

#[tokio::test]
async fn s39_a_seed_cannot_break_the_rules_of_its_pool() {
    let kit = TestService::start().await;
    let with = |user: SeedUser| {
        let mut seed = seed();
        seed.pools[0].users.push(user);
        seed
    };
    let short = SeedUser {
        password: SeedPassword::Permanent("short".into()),
        ..user("joe@example.com")
    };
    let temporary = SeedUser {
        password: SeedPassword::Temporary("short".into()),
        ..user("joe@example.com")
    };
    let unknown = SeedUser {
        attributes: attributes(&[("shoe_size", "46")]),
        ..user("joe@example.com")
    };
    let claimed = SeedUser {
        attributes: attributes(&[("sub", SUB)]),
        ..user("joe@example.com")
    };
    for wrong in [short, temporary, unknown, claimed, user("no address")] {
        let failure = kit.seed(&with(wrong), SeedMode::Apply).await.unwrap_err();
        assert!(
            matches!(failure.source, SeedProblem::Refused(_)),
            "{failure}"
        );
        assert_eq!(failure.line, 3);
        assert!(kit.list_pools_of_region().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn outside_the_dev_profile_nothing_is_seeded() {
    let kit = TestService::start_with(|settings| settings.is_dev = false).await;
    for mode in [SeedMode::Plan, SeedMode::Apply] {
        let failure = kit.seed(&seed(), mode).await.unwrap_err();
        assert!(matches!(
            failure.source,
            SeedProblem::Refused(ServiceError::FeatureNotServed(_))
        ));
    }
    assert!(kit.list_pools_of_region().await.unwrap().is_empty());
}

//! Seeds: fixed ids, made once.

use poolhouse_model::{
    AppClientSettings, Attributes, ClientId, ContactAttribute, ExplicitAuthFlow, Sub, UserPoolId,
    UserPoolSettings,
};
use poolhouse_service::{
    Seed, SeedAction, SeedClient, SeedMode, SeedPassword, SeedPool, SeedProblem, SeedUser,
    ServiceError, SignInOutcome,
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

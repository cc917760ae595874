//! Domains are changed: their certificate and their pages.

use futures_util::future::join_all;
use poolhouse_model::UserPool;
use poolhouse_service::{CreateDomain, CustomDomain, UpdateDomain};
use poolhouse_testkit::{TestService, on_every_engine};

use crate::facts::fact;

fn certificate(name: &str) -> CustomDomain {
    CustomDomain {
        certificate_arn: format!("arn:aws:acm:us-east-1:000000000000:certificate/{name}"),
        security_policy: None,
    }
}

fn create(pool: &UserPool, domain: &str, custom: Option<CustomDomain>) -> CreateDomain {
    CreateDomain {
        pool_id: pool.id.clone(),
        domain: domain.to_owned(),
        custom,
        managed_login_version: None,
    }
}

fn update(pool: &UserPool, domain: &str, custom: Option<CustomDomain>) -> UpdateDomain {
    UpdateDomain {
        pool_id: pool.id.clone(),
        domain: domain.to_owned(),
        custom,
        managed_login_version: None,
    }
}

const CUSTOM: &str = "login.example.com";

#[tokio::test]
async fn a_certificate_is_replaced_and_the_pages_stay_unless_they_are_named() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let mut request = create(&pool, CUSTOM, Some(certificate("a")));
        request.managed_login_version = Some(2);
        kit.create_domain(request).await.unwrap();
        let custom = CustomDomain {
            security_policy: Some("TLS_V1_3_2025".into()),
            ..certificate("b")
        };
        let updated = kit
            .update_domain(update(&pool, CUSTOM, Some(custom)))
            .await
            .unwrap();
        assert_eq!(updated.security_policy.as_deref(), Some("TLS_V1_3_2025"));
        assert_eq!(
            updated.certificate_arn,
            Some(certificate("b").certificate_arn)
        );
        assert_eq!((updated.managed_login_version, updated.version), (2, 2));
        let found = kit.describe_domain(CUSTOM).await.unwrap();
        assert_eq!(found, Some(updated));
        kit.create_domain(create(&pool, "house", None))
            .await
            .unwrap();
        let mut pages = update(&pool, "house", None);
        pages.managed_login_version = Some(2);
        let updated = kit.update_domain(pages).await.unwrap();
        assert_eq!(updated.managed_login_version, 2);
    })
    .await;
}

#[tokio::test]
async fn a_domain_does_not_change_its_kind_or_its_pool() {
    on_every_engine(|kit| async move {
        let (pool, other) = (kit.pool().await, kit.pool().await);
        for request in [
            create(&pool, CUSTOM, Some(certificate("a"))),
            create(&pool, "house", None),
        ] {
            kit.create_domain(request).await.unwrap();
        }
        let no_custom =
            "User pool should have a custom domain associated, failed to update the certificate.";
        let no_prefix = "Cannot convert custom domain to prefix domain.";
        let input = |text: &str| format!("InvalidInput({text:?})");
        for (request, expected) in [
            (update(&pool, CUSTOM, None), input(no_prefix)),
            (
                update(&pool, "house", Some(certificate("b"))),
                input(no_custom),
            ),
            (
                update(&other, CUSTOM, Some(certificate("b"))),
                input(no_custom),
            ),
            (update(&other, "house", None), "DomainNotFound".to_owned()),
            (update(&pool, "nobody", None), "DomainNotFound".to_owned()),
        ] {
            let name = request.domain.clone();
            assert_eq!(fact(&kit.update_domain(request).await), expected, "{name}");
        }
        let mut unknown_pages = update(&pool, "house", None);
        unknown_pages.managed_login_version = Some(3);
        let refused = fact(&kit.update_domain(unknown_pages).await);
        assert!(refused.starts_with("InvalidInput"), "{refused}");
        let found = kit.describe_domain(CUSTOM).await.unwrap().unwrap();
        assert_eq!(
            found.certificate_arn,
            Some(certificate("a").certificate_arn)
        );
    })
    .await;
}

#[tokio::test]
async fn of_changes_at_once_none_is_lost_without_a_word() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.create_domain(create(&pool, CUSTOM, Some(certificate("a"))))
            .await
            .unwrap();
        let updates = (0..8).map(|number| {
            let custom = certificate(&number.to_string());
            kit.update_domain(update(&pool, CUSTOM, Some(custom)))
        });
        let outcomes: Vec<_> = join_all(updates).await.iter().map(fact).collect();
        let done = outcomes.iter().filter(|outcome| *outcome == "Ok").count();
        let lost = "ConcurrentModification(\"user pool domain\")";
        assert!(
            outcomes.iter().all(|text| text == "Ok" || text == lost),
            "{outcomes:?}"
        );
        let found = kit.describe_domain(CUSTOM).await.unwrap().unwrap();
        assert_eq!(usize::try_from(found.version).unwrap(), 1 + done);
    })
    .await;
}

#[tokio::test]
async fn a_prefix_stands_before_the_operators_suffix_until_there_is_a_custom_domain() {
    let kit = TestService::start_with(|settings| {
        settings.public_url = "https://example.com:8443".to_owned();
        settings.domain_suffix = Some("auth.example.com".to_owned());
    })
    .await;
    let pool = kit.pool().await;
    let endpoint = async || {
        let document = kit.discovery(&pool.id).await.unwrap();
        let document: serde_json::Value = serde_json::from_slice(&document).unwrap();
        (
            document["authorization_endpoint"].clone(),
            document["issuer"].clone(),
        )
    };
    let issuer = format!("https://example.com:8443/{}", pool.id);
    let expected = |base: &str| {
        (
            format!("{base}/oauth2/authorize").into(),
            issuer.clone().into(),
        )
    };
    assert_eq!(endpoint().await, expected("https://example.com:8443"));
    kit.create_domain(create(&pool, "house", None))
        .await
        .unwrap();
    assert_eq!(
        endpoint().await,
        expected("https://house.auth.example.com:8443")
    );
    for (host, is_found) in [
        ("house.auth.example.com", true),
        ("HOUSE.auth.localhost", true),
        ("other.auth.example.com", false),
        ("auth.example.com", false),
        ("houseauth.example.com", false),
    ] {
        let found = kit.find_pool_by_host(host).await.unwrap();
        assert_eq!(found.is_some(), is_found, "{host}");
    }
    kit.create_domain(create(&pool, CUSTOM, Some(certificate("a"))))
        .await
        .unwrap();
    assert_eq!(endpoint().await, expected(&format!("https://{CUSTOM}")));
}

//! Pools are changed: what an update resets, what it cannot touch, and who changes at once.

use futures_util::future::join_all;
use poolhouse_model::{
    AliasAttribute, AttributeDataType, ContactAttribute, MfaFactors, MfaRequirement,
    RecoveryMechanism, UserPool, UserPoolId, UserPoolSettings,
};
use poolhouse_service::{AttributeRequest, SetUserPoolMfaConfig, UpdateUserPool};
use poolhouse_testkit::{TestService, on_every_engine};
use serde_json::json;

use crate::facts::fact;

fn update(pool: &UserPool, settings: UserPoolSettings) -> UpdateUserPool {
    UpdateUserPool {
        pool_id: pool.id.clone(),
        name: None,
        settings,
    }
}

/// The pool as the store has it.
async fn stored(kit: &TestService, id: &UserPoolId) -> UserPool {
    let described = kit.another_instance().describe_user_pool(id).await;
    UserPool::clone(&described.unwrap().pool)
}

/// Every setting off its default.
fn everything(settings: &mut UserPoolSettings) {
    settings.password_policy.minimum_length = 12;
    settings.password_policy.requires_symbols = false;
    settings.auto_verified_attributes = vec![ContactAttribute::Email];
    settings.alias_attributes = vec![AliasAttribute::Email];
    settings.is_case_sensitive = false;
    settings.allows_admin_create_user_only = true;
    settings.is_deletion_protected = true;
    settings.mfa = MfaRequirement::Optional;
    settings.account_recovery = Some(vec![RecoveryMechanism::VerifiedEmail]);
    settings.triggers = [("PreSignUp".to_owned(), json!("arn"))].into();
    settings.tags = [("team".to_owned(), "a".to_owned())].into();
    settings.messages.verification_sms = Some("{####}".to_owned());
    settings.kept = [
        ("UserPoolTier".to_owned(), json!("PLUS")),
        (
            "UsernameConfiguration".to_owned(),
            json!({"CaseSensitive": false}),
        ),
    ]
    .into();
}

#[tokio::test]
async fn an_update_resets_what_it_does_not_name_and_keeps_what_is_fixed() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(everything).await;
        kit.add_custom_attributes(&pool.id, vec![custom("tier")])
            .await
            .unwrap();
        kit.clock.advance(poolhouse_model::Ttl::from_secs(60));
        let updated = kit
            .update_user_pool(update(&pool, UserPoolSettings::default()))
            .await
            .unwrap();
        assert_eq!(stored(&kit, &pool.id).await, updated);
        let expected = UserPoolSettings {
            schema: updated.settings.schema.clone(),
            alias_attributes: vec![AliasAttribute::Email],
            is_case_sensitive: false,
            kept: [(
                "UsernameConfiguration".to_owned(),
                json!({"CaseSensitive": false}),
            )]
            .into(),
            ..UserPoolSettings::default()
        };
        assert_eq!(updated.settings, expected);
        assert!(updated.settings.find_attribute("custom:tier").is_some());
        assert_eq!((updated.name.as_str(), updated.version), ("house", 3));
        assert_eq!(updated.created_at, pool.created_at);
        assert!(updated.updated_at > pool.updated_at);
    })
    .await;
}

#[tokio::test]
async fn what_is_fixed_for_the_life_of_a_pool_is_not_updated() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let mut settings = UserPoolSettings::default();
        everything(&mut settings);
        settings.schema.clear();
        let mut request = update(&pool, settings.clone());
        request.name = Some("renamed".into());
        let updated = kit.update_user_pool(request).await.unwrap();
        assert_eq!(updated.name, "renamed");
        let mut expected = settings;
        expected.schema.clone_from(&pool.settings.schema);
        expected.alias_attributes.clear();
        expected.is_case_sensitive = true;
        expected.kept.remove("UsernameConfiguration");
        assert_eq!(updated.settings, expected);
    })
    .await;
}

#[tokio::test]
async fn second_factors_stay_while_the_requirement_does_and_end_with_it() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let apps = MfaFactors {
            software_token: true,
            ..MfaFactors::default()
        };
        let with = |mfa| UserPoolSettings {
            mfa,
            ..UserPoolSettings::default()
        };
        kit.update_user_pool(update(&pool, with(MfaRequirement::On)))
            .await
            .unwrap();
        kit.set_user_pool_mfa_config(SetUserPoolMfaConfig {
            pool_id: pool.id.clone(),
            mfa: Some(MfaRequirement::On),
            software_token: true,
            sms: None,
            email: None,
            web_authn: None,
        })
        .await
        .unwrap();
        for (mfa, expected) in [
            (MfaRequirement::On, apps.clone()),
            (MfaRequirement::Optional, apps),
            (MfaRequirement::Off, MfaFactors::default()),
            (MfaRequirement::On, MfaFactors::default()),
        ] {
            let updated = kit
                .update_user_pool(update(&pool, with(mfa)))
                .await
                .unwrap();
            assert_eq!(updated.settings.mfa_factors, expected, "{mfa:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_update_obeys_the_rules_of_a_new_pool() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let mut short = UserPoolSettings::default();
        short.password_policy.minimum_length = 5;
        let refused = kit.update_user_pool(update(&pool, short)).await;
        let text = "MinimumLength must be between 6 and 99.";
        assert_eq!(fact(&refused), format!("InvalidInput({text:?})"));
        let mut tagged = UserPoolSettings::default();
        tagged.tags.insert("aws:x".into(), "y".into());
        let refused = fact(&kit.update_user_pool(update(&pool, tagged)).await);
        assert!(refused.starts_with("TagsRefused"), "{refused}");
        assert_eq!(stored(&kit, &pool.id).await, pool, "nothing was written");
        let mut nowhere = update(&pool, UserPoolSettings::default());
        nowhere.pool_id = UserPoolId::new("us-east-1_nowhere");
        let refused = fact(&kit.update_user_pool(nowhere).await);
        assert!(refused.starts_with("UserPoolNotFound"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn protection_against_deletion_counts_at_once_on_every_instance() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let other = kit.another_instance();
        other.pool(&pool.id).await.unwrap();
        let protect = UserPoolSettings {
            is_deletion_protected: true,
            ..UserPoolSettings::default()
        };
        kit.update_user_pool(update(&pool, protect)).await.unwrap();
        for service in [&kit.service(), &other] {
            let refused = service.delete_user_pool(&pool.id).await;
            assert_eq!(fact(&refused), "UserPoolDeletionProtected");
        }
        kit.update_user_pool(update(&pool, UserPoolSettings::default()))
            .await
            .unwrap();
        other.delete_user_pool(&pool.id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn another_instance_obeys_an_update_within_two_seconds() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let other = kit.another_instance();
        other.pool(&pool.id).await.unwrap();
        let mut request = update(&pool, UserPoolSettings::default());
        request.name = Some("renamed".into());
        kit.update_user_pool(request).await.unwrap();
        let own = kit.service();
        assert_eq!(own.pool(&pool.id).await.unwrap().name, "renamed");
        kit.clock.advance(poolhouse_model::Ttl::from_secs(2));
        assert_eq!(other.pool(&pool.id).await.unwrap().name, "renamed");
    })
    .await;
}

/// What came of updates at once: those that were acknowledged. Others may only have lost the race.
fn acknowledged<T>(
    outcomes: Vec<Result<T, poolhouse_service::ServiceError>>,
    lost: &str,
) -> Vec<usize> {
    let numbered = outcomes.into_iter().enumerate();
    let done = numbered.filter_map(|(number, outcome)| match outcome {
        Ok(_) => Some(number),
        Err(error) => {
            assert_eq!(format!("{error:?}"), lost);
            None
        }
    });
    done.collect()
}

const LOST: &str = "ConcurrentModification(\"user pool\")";

#[tokio::test]
async fn of_updates_at_once_each_is_whole_or_told_that_it_lost() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let instances = [kit.service(), kit.another_instance()];
        let updates = (0..12).map(|number| {
            let mut settings = UserPoolSettings::default();
            settings.password_policy.minimum_length = 10 + number;
            let mut request = update(&pool, settings);
            request.name = Some(format!("name {number}"));
            instances[number % 2].update_user_pool(request)
        });
        let done = acknowledged(join_all(updates).await, LOST);
        assert!(!done.is_empty());
        let last = stored(&kit, &pool.id).await;
        assert_eq!(usize::try_from(last.version).unwrap(), 1 + done.len());
        let number = last.settings.password_policy.minimum_length - 10;
        assert_eq!(last.name, format!("name {number}"), "no mixture of two");
        assert!(done.contains(&number));
    })
    .await;
}

#[tokio::test]
async fn attributes_and_tags_that_are_added_at_once_are_not_lost() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let arn = kit.user_pool_arn(&pool.id);
        let attributes = (0..6).map(|number| {
            let attributes = vec![custom(&format!("a{number}"))];
            kit.add_custom_attributes(&pool.id, attributes)
        });
        let tags = (0..6).map(|number| {
            let tags = [(format!("t{number}"), String::new())].into();
            kit.tag_resource(&arn, tags)
        });
        let (attributes, tags) = tokio::join!(join_all(attributes), join_all(tags));
        let last = stored(&kit, &pool.id).await.settings;
        for number in acknowledged(attributes, LOST) {
            let name = format!("custom:a{number}");
            assert!(last.find_attribute(&name).is_some(), "{name}");
        }
        for number in acknowledged(tags, LOST) {
            assert!(last.tags.contains_key(&format!("t{number}")), "t{number}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_update_never_brings_a_deleted_pool_back() {
    on_every_engine(|kit| async move {
        for _ in 0..5 {
            let pool = kit.pool().await;
            let updates = (0..4).map(|_| {
                let request = update(&pool, UserPoolSettings::default());
                kit.update_user_pool(request)
            });
            let (updates, deleted) =
                tokio::join!(join_all(updates), kit.delete_user_pool(&pool.id));
            let gone = format!("UserPoolNotFound({:?})", pool.id);
            for outcome in updates {
                let outcome = fact(&outcome);
                assert!(
                    ["Ok", LOST, gone.as_str()].contains(&outcome.as_str()),
                    "{outcome}"
                );
            }
            let found = fact(&kit.describe_user_pool(&pool.id).await);
            match fact(&deleted).as_str() {
                "Ok" => assert_eq!(found, gone),
                lost => assert_eq!((lost, found.as_str()), (LOST, "Ok")),
            }
        }
    })
    .await;
}

fn custom(name: &str) -> AttributeRequest {
    AttributeRequest {
        name: name.to_owned(),
        data_type: Some(AttributeDataType::String),
        ..AttributeRequest::default()
    }
}

#[tokio::test]
async fn an_added_attribute_can_be_used_at_once() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let other = kit.another_instance();
        other.pool(&pool.id).await.unwrap();
        kit.add_custom_attributes(&pool.id, vec![custom("tier")])
            .await
            .unwrap();
        let alice = kit
            .user_with(&pool, "alice", &[("custom:tier", "gold")])
            .await;
        assert_eq!(alice.attributes["custom:tier"], "gold");
        // A client that reads it can be made on an instance that knows the pool as it was.
        let request = poolhouse_service::CreateUserPoolClient {
            pool_id: pool.id.clone(),
            name: "reader".into(),
            generates_secret: false,
            client_secret: None,
            settings: poolhouse_model::AppClientSettings {
                read_attributes: Some(vec!["custom:tier".into()]),
                ..Default::default()
            },
        };
        other.create_user_pool_client(request).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn attributes_are_added_all_or_none() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.add_custom_attributes(&pool.id, vec![custom("a")])
            .await
            .unwrap();
        let before = stored(&kit, &pool.id).await;
        let again = kit
            .add_custom_attributes(&pool.id, vec![custom("b"), custom("a")])
            .await;
        let text = "custom:a: Existing attribute already has name custom:a.";
        assert_eq!(fact(&again), format!("InvalidInput({text:?})"));
        let many: Vec<_> = (0..50).map(|n| custom(&format!("n{n}"))).collect();
        let refused = fact(&kit.add_custom_attributes(&pool.id, many).await);
        assert!(
            refused.contains("at most 50 custom attributes"),
            "{refused}"
        );
        assert_eq!(stored(&kit, &pool.id).await, before);
        let nowhere = UserPoolId::new("us-east-1_nowhere");
        let refused = kit.add_custom_attributes(&nowhere, vec![custom("a")]).await;
        assert_eq!(fact(&refused), format!("UserPoolNotFound({nowhere:?})"));
    })
    .await;
}

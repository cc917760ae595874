//! Tags of pools: one store, by settings and by resource name.

use std::collections::BTreeMap;

use poolhouse_model::UserPoolSettings;
use poolhouse_service::UpdateUserPool;
use poolhouse_testkit::on_every_engine;

use crate::facts::fact;

fn tags(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

#[tokio::test]
async fn tags_of_a_pools_settings_and_of_its_arn_are_the_same() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| settings.tags = tags(&[("team", "a"), ("stage", "test")]))
            .await;
        let arn = kit.user_pool_arn(&pool.id);
        assert_eq!(kit.list_tags(&arn).await.unwrap(), pool.settings.tags);
        let more = tags(&[("team", "b"), ("owner", "")]);
        kit.tag_resource(&arn, more).await.unwrap();
        let keys = ["stage".to_owned(), "unknown".to_owned()];
        kit.untag_resource(&arn, &keys).await.unwrap();
        let expected = tags(&[("team", "b"), ("owner", "")]);
        assert_eq!(kit.list_tags(&arn).await.unwrap(), expected);
        let described = kit.describe_user_pool(&pool.id).await.unwrap();
        assert_eq!(described.pool.settings.tags, expected);
        kit.update_user_pool(UpdateUserPool {
            pool_id: pool.id.clone(),
            name: None,
            settings: UserPoolSettings {
                tags: tags(&[("x", "y")]),
                ..UserPoolSettings::default()
            },
        })
        .await
        .unwrap();
        assert_eq!(kit.list_tags(&arn).await.unwrap(), tags(&[("x", "y")]));
    })
    .await;
}

#[tokio::test]
async fn a_pool_takes_fifty_tags_and_loses_none_to_one_too_many() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let arn = kit.user_pool_arn(&pool.id);
        let fifty: BTreeMap<_, _> = (0..50).map(|n| (format!("t{n}"), "v".into())).collect();
        kit.tag_resource(&arn, fifty.clone()).await.unwrap();
        let text = "A user pool can have at most 50 tags.";
        let refused = kit.tag_resource(&arn, tags(&[("more", "")])).await;
        assert_eq!(fact(&refused), format!("TagsRefused({text:?})"));
        kit.tag_resource(&arn, tags(&[("t1", "other")]))
            .await
            .unwrap();
        assert_eq!(kit.list_tags(&arn).await.unwrap().len(), 50);
        let mut settings = UserPoolSettings {
            tags: fifty,
            ..UserPoolSettings::default()
        };
        settings.tags.extend(tags(&[("more", "")]));
        let refused = kit
            .create_user_pool(poolhouse_service::CreateUserPool {
                name: "p".into(),
                region: None,
                settings,
            })
            .await;
        assert_eq!(fact(&refused), format!("TagsRefused({text:?})"));
    })
    .await;
}

#[tokio::test]
async fn a_name_that_is_no_pool_of_ours_names_nothing() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let id = pool.id.as_str();
        let elsewhere = [
            format!("arn:aws:cognito-idp:us-east-1:111111111111:userpool/{id}"),
            format!("arn:aws:cognito-idp:eu-west-1:000000000000:userpool/{id}"),
            format!("arn:aws-cn:cognito-idp:us-east-1:000000000000:userpool/{id}"),
        ];
        for arn in elsewhere {
            let expected = format!("UserPoolNotFound({:?})", pool.id);
            assert_eq!(fact(&kit.list_tags(&arn).await), expected, "{arn}");
        }
        let other_kinds = [
            format!("arn:aws:cognito-identity:us-east-1:000000000000:userpool/{id}"),
            format!("arn:aws:cognito-idp:us-east-1:000000000000:identitypool/{id}"),
            format!("arn:aws:cognito-idp:us-east-1:000000000000:userpool/{id}/client/c"),
            format!("arn:aws:cognito-idp:us-east-1:000000000000:userpool/{id}:x"),
            "arn:aws:cognito-idp:us-east-1:000000000000:userpool/".to_owned(),
            "arn:aws:cognito-idp".to_owned(),
            id.to_owned(),
            String::new(),
        ];
        for arn in other_kinds {
            let refusals = [
                fact(&kit.list_tags(&arn).await),
                fact(&kit.tag_resource(&arn, tags(&[("a", "b")])).await),
                fact(&kit.untag_resource(&arn, &["a".to_owned()]).await),
            ];
            for refused in refusals {
                assert!(refused.starts_with("InvalidInput"), "{arn}: {refused}");
            }
        }
        let arn = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_nowhere";
        for refused in [
            fact(&kit.list_tags(arn).await),
            fact(&kit.tag_resource(arn, tags(&[("a", "b")])).await),
            fact(&kit.untag_resource(arn, &["a".to_owned()]).await),
        ] {
            assert!(refused.starts_with("UserPoolNotFound"), "{refused}");
        }
    })
    .await;
}

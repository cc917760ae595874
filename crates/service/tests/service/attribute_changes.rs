//! `UpdateUserAttributes`, `DeleteUserAttributes` and the administrator's: what may be changed.

use poolhouse_model::{AttributeDataType, AttributeSchema, UserPoolSettings};
use poolhouse_service::{
    AdminDeleteUserAttributes, AdminUpdateUserAttributes, AttributeWrite, RefreshRequest,
};
use poolhouse_testkit::{SignInExt, on_every_engine};

use crate::changing_attributes::{admin_update, attribute, delete, token, update};
use crate::facts::{Pairs, fact};
use crate::reading_tokens::claims;
use crate::user_infos::page_token;

fn custom(name: &str, data_type: AttributeDataType) -> AttributeSchema {
    AttributeSchema {
        name: name.to_owned(),
        data_type,
        is_developer_only: name.starts_with("dev:"),
        is_mutable: true,
        is_required: false,
        string_limits: None,
        number_limits: None,
    }
}

/// A schema with an attribute of each kind.
fn rich(settings: &mut UserPoolSettings) {
    use AttributeDataType::{Boolean, DateTime, Number, String};
    let limits = |least: &str, most: &str| Some((Some(least.into()), Some(most.into())));
    settings.schema.extend([
        AttributeSchema {
            string_limits: limits("3", "5"),
            ..custom("custom:tier", String)
        },
        AttributeSchema {
            number_limits: limits("-1", "9"),
            ..custom("custom:level", Number)
        },
        custom("custom:vip", Boolean),
        custom("custom:since", DateTime),
        AttributeSchema {
            is_mutable: false,
            ..custom("custom:badge", String)
        },
        custom("dev:custom:notes", String),
    ]);
    for attribute in &mut settings.schema {
        attribute.is_required |= attribute.name == "family_name";
    }
}

const BEFORE: [(&str, &str); 4] = [
    ("family_name", "Ace"),
    ("nickname", "al"),
    ("email", "alice@example.com"),
    ("email_verified", "true"),
];

#[tokio::test]
async fn a_change_is_seen_at_once_and_a_blank_value_deletes() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(rich).await;
        let client = kit.public_client(&pool).await;
        let before = kit.user_with(&pool, "alice", &BEFORE).await;
        let token = token(&kit, &client, "alice").await;
        kit.clock.advance(poolhouse_model::Ttl::from_secs(1));
        let changes = [
            ("nickname", ""),
            ("given_name", "Zoë \r\n <b>"),
            ("custom:tier", "gold"),
            ("custom:level", "-1"),
            ("custom:vip", "TRUE"),
            ("custom:since", "2026-11-27T08:00:00Z"),
            ("address", ""),
        ];
        assert_eq!(update(&kit, &token, &changes).await, "");
        let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        assert!(user.updated_at > before.updated_at);
        assert_eq!(user.attribute("nickname"), None);
        for (name, value) in &changes[1..6] {
            assert_eq!(user.attribute(name), Some(*value), "{name}");
        }
        assert_eq!(user.attribute("email_verified"), Some("true"));
        let own = kit.get_user(token.expose()).await.unwrap().user;
        assert_eq!(own.attributes, user.attributes);
        // Nothing asked, nothing done.
        assert_eq!(update(&kit, &token, &[]).await, "");
        let same = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        assert_eq!(same.version, user.version);
        assert!(kit.messages_to("alice@example.com").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_the_rules_do_not_admit_changes_nothing_at_all() {
    let table: [(Pairs<'_>, &str); 17] = [
        (
            &[("sub", "")],
            r#"InvalidInput("Cannot modify the non-mutable attribute sub")"#,
        ),
        (
            &[("shoe", "38")],
            r#"AttributeChangesRefused([("shoe", NotInSchema)])"#,
        ),
        (
            &[("custom:badge", "b")],
            r#"AttributeChangesRefused([("custom:badge", NotMutable)])"#,
        ),
        (
            &[("custom:badge", "")],
            r#"AttributeChangesRefused([("custom:badge", NotMutable)])"#,
        ),
        (
            &[("family_name", "")],
            r#"AttributeChangesRefused([("family_name", RequiredNotDeletable)])"#,
        ),
        (
            &[("shoe", "38"), ("custom:level", "10")],
            r#"AttributeChangesRefused([("custom:level", Invalid(TooLarge(9))), ("shoe", NotInSchema)])"#,
        ),
        (
            &[("custom:tier", "ab")],
            r#"AttributeChangesRefused([("custom:tier", Invalid(TooShort(3)))])"#,
        ),
        (
            &[("custom:tier", "\u{1f41f}\u{1f41f}\u{1f41f}abc")],
            r#"AttributeChangesRefused([("custom:tier", Invalid(TooLong(5)))])"#,
        ),
        (
            &[("custom:level", "-2")],
            r#"AttributeChangesRefused([("custom:level", Invalid(TooSmall(-1)))])"#,
        ),
        (
            &[("custom:level", "99999999999999999999")],
            r#"AttributeChangesRefused([("custom:level", Invalid(NotANumber))])"#,
        ),
        (
            &[("custom:vip", "yes")],
            r#"AttributeChangesRefused([("custom:vip", Invalid(NotABoolean))])"#,
        ),
        (
            &[("custom:since", "soon")],
            r#"AttributeChangesRefused([("custom:since", Invalid(NotADateTime))])"#,
        ),
        (
            &[("birthdate", "1990-1-1")],
            r#"AttributeChangesRefused([("birthdate", Invalid(TooShort(10)))])"#,
        ),
        (&[("email", "no address")], "EmailInvalid"),
        (&[("phone_number", "0123")], "PhoneNumberInvalid"),
        (&[("email", "\u{2003}")], "EmailInvalid"),
        (
            &[("address", "a"), ("address", "b")],
            r#"InvalidInput("Attributes did not conform to the schema: address was given more than once.")"#,
        ),
    ];
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(rich).await;
        let client = kit.public_client(&pool).await;
        let before = kit.user_with(&pool, "alice", &BEFORE).await;
        let token = token(&kit, &client, "alice").await;
        for (pairs, expected) in table {
            let with_a_good_one = [&[("nickname", "zoe")][..], pairs].concat();
            assert_eq!(update(&kit, &token, &with_a_good_one).await, expected);
            let by_admin = admin_update(&kit, &pool, "alice", &with_a_good_one).await;
            assert_eq!(by_admin, expected);
        }
        let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        assert_eq!(user, before);
    })
    .await;
}

#[tokio::test]
async fn a_missing_value_is_no_blank_one() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(rich).await;
        let client = kit.public_client(&pool).await;
        kit.user_with(&pool, "alice", &BEFORE).await;
        let token = token(&kit, &client, "alice").await;
        for (name, expected) in [
            ("nickname", r#"AttributeValueMissing("nickname")"#),
            // The service says so before it looks at the schema.
            ("custom:badge", r#"AttributeValueMissing("custom:badge")"#),
            (
                "sub",
                r#"InvalidInput("Cannot modify the non-mutable attribute sub")"#,
            ),
        ] {
            let missing = vec![AttributeWrite {
                name: name.to_owned(),
                value: None,
            }];
            let updated = kit.update_user_attributes(token.expose(), missing.clone());
            assert_eq!(fact(&updated.await), expected);
            let by_admin = kit.admin_update_user_attributes(AdminUpdateUserAttributes {
                pool_id: pool.id.clone(),
                username: "alice".to_owned(),
                attributes: missing,
            });
            assert_eq!(fact(&by_admin.await), expected);
        }
        assert_eq!(attribute(&kit, &pool, "alice", "nickname").await, "al");
    })
    .await;
}

#[tokio::test]
async fn s48_a_change_writes_only_what_the_client_may_write() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(rich).await;
        let open = kit.public_client(&pool).await;
        let narrow = kit
            .client_with(&pool, |request| {
                let listed = [
                    "family_name",
                    "nickname",
                    "email_verified",
                    "dev:custom:notes",
                    "sub",
                ];
                request.settings.write_attributes = Some(listed.map(str::to_owned).to_vec());
            })
            .await;
        let before = kit.user_with(&pool, "alice", &BEFORE).await;
        let refused = "AttributeNotWritable";
        for (client, names) in [
            (
                &open,
                &[
                    "email_verified",
                    "phone_number_verified",
                    "dev:custom:notes",
                    "dev:custom:other",
                ][..],
            ),
            (
                &narrow,
                &[
                    "email_verified",
                    "phone_number_verified",
                    "dev:custom:notes",
                    "email",
                    "custom:tier",
                    "custom:unknown",
                ][..],
            ),
        ] {
            let token = token(&kit, client, "alice").await;
            for name in names {
                let pairs = [("nickname", "zoe"), (name, "true")];
                assert_eq!(update(&kit, &token, &pairs).await, refused, "{name}");
                let deleted = delete(&kit, &token, &["nickname", name]).await;
                assert_eq!(deleted, refused, "{name}");
            }
            for name in ["cognito:user_status", "cognito:username", "identities"] {
                let answered = update(&kit, &token, &[(name, "x")]).await;
                let expected = if client.id == open.id {
                    format!("AttributeChangesRefused([({name:?}, NotInSchema)])")
                } else {
                    refused.to_owned()
                };
                assert_eq!(answered, expected);
            }
        }
        let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        assert_eq!(user.attributes, before.attributes);
        // An administrator writes what is for developers alone, and flags.
        let pairs = [("dev:custom:notes", "n"), ("email_verified", "False")];
        assert_eq!(admin_update(&kit, &pool, "alice", &pairs).await, "Ok");
        let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        assert_eq!(user.attribute("dev:custom:notes"), Some("n"));
        assert_eq!(user.attribute("email_verified"), Some("false"));
        let refused = admin_update(&kit, &pool, "alice", &[("cognito:user_status", "x")]).await;
        assert!(refused.contains("NotInSchema"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn required_and_immutable_attributes_are_not_deleted() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(rich).await;
        let client = kit.public_client(&pool).await;
        kit.user_with(&pool, "alice", &BEFORE).await;
        let token = token(&kit, &client, "alice").await;
        let by_admin = async |names: &[&str]| {
            let deleted = kit.admin_delete_user_attributes(AdminDeleteUserAttributes {
                pool_id: pool.id.clone(),
                username: "alice".to_owned(),
                names: names.iter().map(|name| (*name).to_owned()).collect(),
            });
            fact(&deleted.await)
        };
        let table: [(&[&str], &str); 4] = [
            (
                &["nickname", "family_name"],
                r#"AttributeChangesRefused([("family_name", RequiredNotDeletable)])"#,
            ),
            (
                &["custom:badge", "shoe"],
                r#"AttributeChangesRefused([("custom:badge", NotMutable), ("shoe", NotInSchema)])"#,
            ),
            (
                &["sub"],
                r#"InvalidInput("Cannot modify the non-mutable attribute sub")"#,
            ),
            // What the user does not have is no error, nor is a doubled name.
            (&["nickname", "address", "address"], "Ok"),
        ];
        for (names, expected) in table {
            assert_eq!(delete(&kit, &token, names).await, expected);
            assert_eq!(by_admin(names).await, expected);
        }
        assert_eq!(attribute(&kit, &pool, "alice", "nickname").await, "-");
        assert_eq!(attribute(&kit, &pool, "alice", "family_name").await, "Ace");
        assert_eq!(delete(&kit, &token, &["email"]).await, "Ok");
        let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        assert_eq!(user.attribute("email"), None);
        assert_eq!(user.attribute("email_verified"), None);
        assert_eq!(by_admin(&["dev:custom:notes"]).await, "Ok");
    })
    .await;
}

#[tokio::test]
async fn s9_changed_values_show_where_the_client_may_read_them() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(rich).await;
        let open = kit.public_client(&pool).await;
        let narrow = kit
            .client_with(&pool, |request| {
                let readable = ["custom:tier"].map(str::to_owned).to_vec();
                request.settings.read_attributes = Some(readable);
            })
            .await;
        kit.user_with(&pool, "alice", &BEFORE).await;
        for (client, sees_address) in [(&open, true), (&narrow, false)] {
            let tokens = kit.tokens_of(client, "alice").await;
            let pairs = [("custom:tier", "gold"), ("address", "here")];
            assert_eq!(update(&kit, &tokens.access_token, &pairs).await, "");
            // The tokens from before the change work on, and renew.
            let own = kit
                .get_user(tokens.access_token.expose())
                .await
                .unwrap()
                .user;
            let seen = |name: &str| own.attribute(name).map(str::to_owned);
            assert_eq!(seen("custom:tier").as_deref(), Some("gold"));
            assert_eq!(seen("address").is_some(), sees_address);
            let renewed = kit.get_tokens_from_refresh_token(RefreshRequest {
                client_id: client.id.clone(),
                client_secret: None,
                refresh_token: tokens.refresh_token.unwrap(),
            });
            let id_token = renewed.await.unwrap().id_token.unwrap();
            let id = claims(&kit, &pool.id, &id_token).await;
            assert_eq!(id["custom:tier"], "gold");
            assert_eq!(id["address"].is_null(), !sees_address);
            let page_token = page_token(&kit, client, "openid").await;
            let told = kit.get_user_info(&page_token).await.unwrap();
            assert_eq!(told["custom:tier"], "gold");
            assert_eq!(told["address"].is_null(), !sees_address);
        }
    })
    .await;
}

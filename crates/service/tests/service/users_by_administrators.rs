//! `AdminCreateUser`, `AdminSetUserPassword`, `AdminGetUser`, `AdminDeleteUser`.

use poolhouse_model::{AliasAttribute, Channel, ContactAttribute, UserPoolId, UserStatus};
use poolhouse_service::{AdminSetUserPassword, MessageAction};
use poolhouse_testkit::{
    PASSWORD, SignInExt, TestService, admin_request, attributes, on_every_engine,
};

use crate::facts::{fact, outcome};

#[tokio::test]
async fn a_user_starts_with_a_password_that_must_be_changed() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let mut request = admin_request(&pool, "Alice");
        request.attributes =
            attributes(&[("email", "alice@example.com"), ("email_verified", "True")]);
        let user = kit.admin_create_user(request).await.unwrap();
        assert_eq!(user.username.as_str(), "Alice");
        assert_eq!(user.status, UserStatus::ForceChangePassword);
        assert!(user.is_enabled);
        assert_eq!((user.created_at, user.updated_at), (kit.now(), kit.now()));
        assert_eq!(user.attribute("email_verified"), Some("true"));
        let read = kit.admin_get_user(&pool.id, "Alice").await.unwrap();
        assert_eq!(read, user);
        let by_sub = kit
            .admin_get_user(&pool.id, user.sub.as_str())
            .await
            .unwrap();
        assert_eq!(by_sub, user);
    })
    .await;
}

#[tokio::test]
async fn the_invitation_tells_name_and_password_and_a_later_one_replaces_it() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let mut request = admin_request(&pool, "alice");
        request.message_action = None;
        request.temporary_password = None;
        request.attributes = attributes(&[("email", "alice@example.com")]);
        kit.admin_create_user(request.clone()).await.unwrap();
        let first = kit.temporary_password_to("alice@example.com").await;
        let mail = &kit.messages_to("alice@example.com").await[0];
        assert_eq!(mail.subject.as_deref(), Some("Your temporary password"));
        assert_eq!(
            mail.body,
            format!("Your username is alice and temporary password is {first}.")
        );
        let asked = kit.sign_in(&client, "alice", &first).await;
        assert_eq!(outcome(&asked), "NEW_PASSWORD_REQUIRED");

        request.message_action = Some(MessageAction::Resend);
        kit.clock.advance(poolhouse_model::Ttl::from_secs(1));
        kit.admin_create_user(request).await.unwrap();
        let second = kit.temporary_password_to("alice@example.com").await;
        assert_ne!(first, second);
        let old = kit.sign_in(&client, "alice", &first).await;
        assert_eq!(outcome(&old), "WrongUsernameOrPassword");
        let asked = kit.sign_in(&client, "alice", &second).await;
        assert_eq!(outcome(&asked), "NEW_PASSWORD_REQUIRED");
    })
    .await;
}

#[tokio::test]
async fn a_suppressed_invitation_is_not_sent_and_a_listed_channel_must_reach_the_user() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.invited_user_with(&pool, "quiet", &[("email", "quiet@example.com")])
            .await;
        assert!(kit.messages_to("quiet@example.com").await.is_empty());
        let mut request = admin_request(&pool, "alice");
        request.message_action = None;
        request.attributes = attributes(&[("phone_number", "+12065551212")]);
        request.channels = vec![Channel::Email, Channel::Sms];
        let refused = fact(&kit.admin_create_user(request.clone()).await);
        let text = "No email provided but desired delivery medium was Email";
        assert_eq!(refused, format!("InvalidInput({text:?})"));
        let nobody = kit.admin_get_user(&pool.id, "alice").await;
        assert_eq!(fact(&nobody), "UserNotFound");
        request.channels = Vec::new();
        kit.admin_create_user(request).await.unwrap();
        let message = &kit.messages_to("+12065551212").await[0];
        assert_eq!((message.channel, &message.subject), (Channel::Sms, &None));
    })
    .await;
}

#[tokio::test]
async fn the_invitation_is_sent_again_only_to_who_still_needs_it() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let mut request = admin_request(&pool, "nobody");
        request.message_action = Some(MessageAction::Resend);
        let refused = kit.admin_create_user(request.clone()).await;
        assert_eq!(fact(&refused), "UserNotFound");
        kit.user(&pool, "alice").await;
        request.username = "alice".into();
        let refused = kit.admin_create_user(request).await;
        assert_eq!(fact(&refused), r#"ResendNotPossible(Username("alice"))"#);
    })
    .await;
}

#[tokio::test]
async fn s39_the_policy_holds_for_every_password_that_an_administrator_sets() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        for (password, violation) in [
            ("Sh0rt!", "TooShort"),
            ("nouppercase1!", "NoUppercase"),
            ("NOLOWERCASE1!", "NoLowercase"),
            ("NoNumber!!", "NoNumber"),
            ("NoSymbol11", "NoSymbol"),
            (&format!("Aa1!{}", "x".repeat(253)), "TooLong"),
        ] {
            let expected = format!("AdminPasswordPolicyViolated({violation})");
            let mut request = admin_request(&pool, "bob");
            request.temporary_password = Some(password.into());
            let refused = kit.admin_create_user(request).await;
            assert_eq!(fact(&refused), expected);
            for is_permanent in [true, false] {
                let refused = kit.admin_set_user_password(AdminSetUserPassword {
                    pool_id: pool.id.clone(),
                    username: "alice".into(),
                    password: password.into(),
                    is_permanent,
                });
                assert_eq!(fact(&refused.await), expected);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_generated_password_meets_the_strictest_policy() {
    let kit = TestService::start().await;
    let pool = kit
        .pool_with(|settings| settings.password_policy.minimum_length = 99)
        .await;
    for index in 0..20 {
        let mut request = admin_request(&pool, &format!("user-{index}"));
        request.temporary_password = None;
        request.message_action = None;
        let email = format!("user-{index}@example.com");
        request.attributes = attributes(&[("email", &email)]);
        kit.admin_create_user(request).await.unwrap();
        let password = kit.temporary_password_to(&email).await;
        assert_eq!(pool.settings.password_policy.check(&password), Ok(()));
    }
}

#[tokio::test]
async fn a_name_or_alias_that_is_taken_is_refused_by_its_attribute() {
    on_every_engine(|kit| async move {
        let aliases = vec![AliasAttribute::PhoneNumber, AliasAttribute::Email];
        let pool = kit
            .pool_with(|settings| settings.alias_attributes = aliases)
            .await;
        let verified = [("email", "alice@example.com"), ("email_verified", "true")];
        kit.user_with(&pool, "alice", &verified).await;
        let refused = kit.admin_create_user(admin_request(&pool, "alice")).await;
        assert_eq!(fact(&refused), "UserAccountExists");
        let mut request = admin_request(&pool, "bob");
        request.attributes = attributes(&verified);
        let refused = kit.admin_create_user(request.clone()).await;
        assert_eq!(fact(&refused), r#"AliasExists { attribute: "email" }"#);
        // Unverified, it is no alias and disturbs nobody.
        request.attributes = attributes(&verified[..1]);
        kit.admin_create_user(request).await.unwrap();
        let found = kit
            .admin_get_user(&pool.id, "alice@example.com")
            .await
            .unwrap();
        assert_eq!(found.username.as_str(), "alice");
    })
    .await;
}

#[tokio::test]
async fn a_forced_alias_moves_and_no_longer_counts_as_verified_where_it_was() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| settings.alias_attributes = vec![AliasAttribute::Email])
            .await;
        let client = kit.public_client(&pool).await;
        let verified = [("email", "shared@example.com"), ("email_verified", "true")];
        kit.invited_user_with(&pool, "alice", &verified).await;
        let mut request = admin_request(&pool, "bob");
        request.attributes = attributes(&verified);
        request.forces_alias_creation = true;
        kit.admin_create_user(request).await.unwrap();
        let found = kit
            .admin_get_user(&pool.id, "shared@example.com")
            .await
            .unwrap();
        assert_eq!(found.username.as_str(), "bob");
        let loser = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        assert_eq!(loser.attribute("email_verified"), Some("false"));
        // The loser goes on by the user name.
        let asked = crate::facts::challenge(kit.sign_in(&client, "alice", PASSWORD).await);
        let pairs = [("USERNAME", "alice"), ("NEW_PASSWORD", "N3w!password")];
        let session = asked.challenge_session.as_ref();
        let answered = kit.respond(&client, asked.name, session, &pairs).await;
        assert_eq!(outcome(&answered), "Tokens");
    })
    .await;
}

#[tokio::test]
async fn s49_what_stands_for_the_user_name_cannot_be_taken_by_force() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| settings.username_attributes = vec![ContactAttribute::Email])
            .await;
        let user = kit.user(&pool, "alice@example.com").await;
        assert_eq!(user.username.as_str(), user.sub.as_str());
        let mut request = admin_request(&pool, "alice@example.com");
        request.forces_alias_creation = true;
        request.attributes = attributes(&[("email_verified", "true")]);
        let refused = kit.admin_create_user(request).await;
        assert_eq!(fact(&refused), "UserAccountExists");
        let found = kit
            .admin_get_user(&pool.id, "alice@example.com")
            .await
            .unwrap();
        assert_eq!(found.sub, user.sub);
    })
    .await;
}

#[tokio::test]
async fn s49_nobody_is_named_by_anothers_subject() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let user = kit.user(&pool, "alice").await;
        for name in [
            user.sub.as_str().to_owned(),
            user.sub.as_str().to_uppercase(),
        ] {
            let refused = kit.admin_create_user(admin_request(&pool, &name)).await;
            assert_eq!(fact(&refused), "UserAccountExists");
            let refused = kit
                .sign_up(poolhouse_testkit::sign_up_request(&client, &name))
                .await;
            assert_eq!(fact(&refused), "UsernameExists");
        }
        let found = kit
            .admin_get_user(&pool.id, user.sub.as_str())
            .await
            .unwrap();
        assert_eq!(found.username.as_str(), "alice");
        // Signing in is by name, never by subject.
        let refused = kit.sign_in(&client, user.sub.as_str(), PASSWORD).await;
        assert_eq!(outcome(&refused), "UserNotFound");
    })
    .await;
}

#[tokio::test]
async fn s48_an_administrator_sets_flags_but_neither_subject_nor_unknown_attributes() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        for (name, value, expected) in [
            (
                "sub",
                "mine",
                "InvalidInput(\"Cannot modify the non-mutable attribute sub\")",
            ),
            (
                "cognito:user_status",
                "CONFIRMED",
                "AttributeUnknown(\"cognito:user_status\")",
            ),
            ("identities", "[]", "AttributeUnknown(\"identities\")"),
            (
                "custom:unknown",
                "x",
                "AttributeUnknown(\"custom:unknown\")",
            ),
            ("email", "no address", "EmailInvalid"),
            (
                "email_verified",
                "maybe",
                "AttributeInvalid { name: \"email_verified\", violation: NotABoolean }",
            ),
            ("email_verified", "true", "Ok"),
        ] {
            let mut request = admin_request(&pool, "alice");
            request.attributes = attributes(&[(name, value)]);
            assert_eq!(fact(&kit.admin_create_user(request).await), expected);
        }
    })
    .await;
}

#[tokio::test]
async fn a_password_set_by_an_administrator_decides_the_state() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "alice", "alice@example.com")
            .await;
        kit.set_password(&pool, "alice", "N3w!password").await;
        let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        assert_eq!(user.status, UserStatus::Confirmed);
        let by_srp = kit.sign_in_by_srp(&client, "alice", "N3w!password").await;
        assert_eq!(outcome(&by_srp), "Tokens");
        kit.temporary_password(&pool, "alice").await;
        let asked = kit.sign_in(&client, "alice", PASSWORD).await;
        assert_eq!(outcome(&asked), "NEW_PASSWORD_REQUIRED");
    })
    .await;
}

#[tokio::test]
async fn unknown_pools_and_users_are_told_to_administrators() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let nowhere = UserPoolId::new("us-east-1_nowhere");
        let unknown_pool = format!("UserPoolNotFound({nowhere:?})");
        assert_eq!(fact(&kit.admin_get_user(&nowhere, "a").await), unknown_pool);
        assert_eq!(
            fact(&kit.admin_delete_user(&nowhere, "a").await),
            unknown_pool
        );
        assert_eq!(
            fact(&kit.admin_get_user(&pool.id, "a").await),
            "UserNotFound"
        );
        assert_eq!(
            fact(&kit.admin_delete_user(&pool.id, "a").await),
            "UserNotFound"
        );
        kit.user(&pool, "a").await;
        kit.admin_delete_user(&pool.id, "a").await.unwrap();
        assert_eq!(
            fact(&kit.admin_get_user(&pool.id, "a").await),
            "UserNotFound"
        );
        kit.user(&pool, "a").await;
    })
    .await;
}

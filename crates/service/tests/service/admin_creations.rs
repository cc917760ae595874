//! `AdminCreateUser`: names, aliases and invitations beyond the plain case.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use poolhouse_model::{AliasAttribute, Channel, ContactAttribute, Ttl, UserPool};
use poolhouse_service::{AdminCreateUser, MessageAction};
use poolhouse_testkit::{
    PASSWORD, SignInExt, TestService, admin_request, attributes, on_every_engine,
};

use crate::facts::{fact, outcome};

async fn alias_pool(kit: &TestService) -> UserPool {
    kit.pool_with(|settings| {
        settings.alias_attributes = vec![
            AliasAttribute::Email,
            AliasAttribute::PhoneNumber,
            AliasAttribute::PreferredUsername,
        ];
        settings.is_case_sensitive = false;
    })
    .await
}

fn request_with(pool: &UserPool, name: &str, pairs: &[(&str, &str)]) -> AdminCreateUser {
    let mut request = admin_request(pool, name);
    request.attributes = attributes(pairs);
    request
}

async fn holder(kit: &TestService, pool: &UserPool, alias: &str) -> String {
    match kit.admin_get_user(&pool.id, alias).await {
        Ok(user) => user.username.to_string(),
        Err(error) => format!("{error:?}"),
    }
}

const EMAIL: [(&str, &str); 2] = [("email", "Shared@example.com"), ("email_verified", "true")];
const PHONE: [(&str, &str); 2] = [
    ("phone_number", "+12065551212"),
    ("phone_number_verified", "true"),
];

#[tokio::test]
async fn an_invitation_that_is_sent_again_begins_the_days_of_its_password_anew() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.invited_user_with(&pool, "alice", &[("email", "alice@example.com")])
            .await;
        kit.clock.advance(Ttl::from_days(8));
        let late = outcome(&kit.sign_in(&client, "alice", PASSWORD).await);
        assert_eq!(late, "TemporaryPasswordExpired");
        let mut again = admin_request(&pool, "alice");
        again.message_action = Some(MessageAction::Resend);
        again.temporary_password = Some("An0ther!one".into());
        let user = kit.admin_create_user(again).await.unwrap();
        // It changes neither the user nor the attributes.
        assert_eq!(user.attribute("email"), Some("alice@example.com"));
        let mail = &kit.messages_to("alice@example.com").await[0];
        assert_eq!(mail.temporary_password.as_deref(), Some("An0ther!one"));
        kit.clock.advance(Ttl::from_days(6));
        let asked = outcome(&kit.sign_in(&client, "alice", "An0ther!one").await);
        assert_eq!(asked, "NEW_PASSWORD_REQUIRED");
    })
    .await;
}

#[tokio::test]
async fn an_invitation_by_both_channels_tells_the_same_password_twice() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let pairs = [
            ("email", "alice@example.com"),
            ("phone_number", "+12065551212"),
        ];
        let mut request = request_with(&pool, "alice", &pairs);
        request.message_action = None;
        request.temporary_password = None;
        request.channels = vec![Channel::Sms, Channel::Email];
        kit.admin_create_user(request).await.unwrap();
        let mail = kit.messages_to("alice@example.com").await;
        let text = kit.messages_to("+12065551212").await;
        assert_eq!((mail.len(), text.len()), (1, 1));
        assert_eq!(
            (mail[0].channel, text[0].channel),
            (Channel::Email, Channel::Sms)
        );
        assert!(mail[0].temporary_password.is_some());
        assert_eq!(mail[0].temporary_password, text[0].temporary_password);
    })
    .await;
}

#[tokio::test]
async fn only_what_is_verified_is_an_alias_and_moves_by_force() {
    on_every_engine(|kit| async move {
        let pool = alias_pool(&kit).await;
        kit.user_with(&pool, "email-holder", &EMAIL).await;
        kit.user_with(&pool, "phone-holder", &PHONE).await;
        // Unverified, it takes nothing from anybody, forced or not.
        let mut request = request_with(&pool, "modest", &[EMAIL[0], PHONE[0]]);
        request.forces_alias_creation = true;
        kit.admin_create_user(request).await.unwrap();
        assert_eq!(
            holder(&kit, &pool, "shared@EXAMPLE.com").await,
            "email-holder"
        );
        assert_eq!(holder(&kit, &pool, "+12065551212").await, "phone-holder");
        // Without force one that is taken refuses the user as a whole.
        let both = [EMAIL[0], EMAIL[1], PHONE[0], PHONE[1]];
        let mut request = request_with(&pool, "greedy", &both);
        let refused = fact(&kit.admin_create_user(request.clone()).await);
        assert_eq!(refused, r#"AliasExists { attribute: "email" }"#);
        assert_eq!(holder(&kit, &pool, "greedy").await, "UserNotFound");
        request.forces_alias_creation = true;
        kit.admin_create_user(request).await.unwrap();
        assert_eq!(holder(&kit, &pool, "shared@example.com").await, "greedy");
        assert_eq!(holder(&kit, &pool, "+12065551212").await, "greedy");
        for (name, flag) in [
            ("email-holder", "email_verified"),
            ("phone-holder", "phone_number_verified"),
        ] {
            let loser = kit.admin_get_user(&pool.id, name).await.unwrap();
            assert_eq!(loser.attribute(flag), Some("false"));
        }
    })
    .await;
}

#[tokio::test]
async fn s49_a_preferred_name_is_taken_by_no_force() {
    on_every_engine(|kit| async move {
        let pool = alias_pool(&kit).await;
        let preferred = [("preferred_username", "Ace")];
        kit.user_with(&pool, "alice", &preferred).await;
        let mut request = request_with(&pool, "bob", &[("preferred_username", "ACE")]);
        request.forces_alias_creation = true;
        let refused = fact(&kit.admin_create_user(request).await);
        assert_eq!(
            refused,
            r#"AliasExists { attribute: "preferred_username" }"#
        );
        assert_eq!(holder(&kit, &pool, "ace").await, "alice");
    })
    .await;
}

#[tokio::test]
async fn s49_names_that_differ_in_case_are_one_where_the_pool_says_so() {
    on_every_engine(|kit| async move {
        for (is_case_sensitive, expected) in [(true, "Ok"), (false, "UserAccountExists")] {
            let pool = kit
                .pool_with(|settings| settings.is_case_sensitive = is_case_sensitive)
                .await;
            kit.user(&pool, "Alice").await;
            let made = kit.admin_create_user(admin_request(&pool, "ALICE")).await;
            assert_eq!(fact(&made), expected);
            let pool = kit
                .pool_with(|settings| {
                    settings.is_case_sensitive = is_case_sensitive;
                    settings.username_attributes = vec![ContactAttribute::Email];
                })
                .await;
            kit.user(&pool, "Alice@example.com").await;
            let request = admin_request(&pool, "ALICE@example.com");
            assert_eq!(fact(&kit.admin_create_user(request).await), expected);
        }
    })
    .await;
}

#[tokio::test]
async fn where_an_address_or_a_number_is_the_name_each_is_one_users() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| {
                let both = [ContactAttribute::Email, ContactAttribute::PhoneNumber];
                settings.username_attributes = both.to_vec();
            })
            .await;
        let pairs = [("phone_number", "+12065551212")];
        let alice = request_with(&pool, "alice@example.com", &pairs);
        let alice = kit.admin_create_user(alice).await.unwrap();
        assert_eq!(alice.username.as_str(), alice.sub.as_str());
        assert_eq!(alice.attribute("email"), Some("alice@example.com"));
        for name in ["alice@example.com", "+12065551212", alice.sub.as_str()] {
            assert_eq!(holder(&kit, &pool, name).await, alice.username.as_str());
        }
        for (name, pairs, expected) in [
            ("+12065551212", &[][..], "UserAccountExists"),
            ("bob@example.com", &pairs[..], "UserAccountExists"),
            (
                "bob",
                &[],
                "InvalidInput(\"Username should be either an email or a phone number.\")",
            ),
        ] {
            let request = request_with(&pool, name, pairs);
            assert_eq!(
                fact(&kit.admin_create_user(request).await),
                expected,
                "{name}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn of_many_creations_at_once_one_has_the_name_and_one_the_alias() {
    on_every_engine(|kit| async move {
        let pool = alias_pool(&kit).await;
        let same_name = (0..20).map(|_| kit.admin_create_user(admin_request(&pool, "alice")));
        let outcomes = join_all(same_name).await;
        let made = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(made, 1);
        let refusals: BTreeSet<_> = outcomes.iter().filter(|o| o.is_err()).map(fact).collect();
        assert_eq!(
            refusals.into_iter().collect::<Vec<_>>(),
            ["UserAccountExists"]
        );

        let same_alias = (0..20).map(|number| {
            let request = request_with(&pool, &format!("user-{number}"), &EMAIL);
            kit.admin_create_user(request)
        });
        let outcomes = join_all(same_alias).await;
        let made = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(made, 1);

        let forced = (0..20).map(|number| {
            let mut request = request_with(&pool, &format!("forced-{number}"), &EMAIL);
            request.forces_alias_creation = true;
            kit.admin_create_user(request)
        });
        join_all(forced).await;
        // Whoever lost against others is told so; the alias is one user's all the same.
        let name = holder(&kit, &pool, "shared@example.com").await;
        let list = poolhouse_service::ListUsers {
            pool_id: pool.id.clone(),
            filter: "email = \"shared@example.com\"".to_owned(),
            attributes: None,
            limit: 60,
            page: None,
        };
        let listed = kit.list_users(list).await.unwrap().users;
        let verified = listed
            .iter()
            .filter(|listed| listed.user.has_verified(ContactAttribute::Email))
            .map(|listed| listed.user.username.as_str());
        assert_eq!(verified.collect::<Vec<_>>(), [name]);
    })
    .await;
}

//! Which names lead to whom: user names, what stands for them, and aliases.

use poolhouse_model::{AliasAttribute, ContactAttribute};
use poolhouse_testkit::{PASSWORD, SignInExt, on_every_engine};

use crate::facts::{Pairs, outcome};
use crate::sign_ups::{Contacts, sign_up};

#[tokio::test]
async fn an_address_or_number_may_stand_for_the_name() {
    use ContactAttribute::{Email, PhoneNumber};
    let table: [(Contacts, &str, Pairs<'_>, &str); 8] = [
        (&[Email], "bob", &[], "Username should be an email."),
        (
            &[Email],
            "+12065551212",
            &[],
            "Username should be an email.",
        ),
        (
            &[PhoneNumber],
            "a@example.com",
            &[],
            "Username should be a phone number.",
        ),
        (
            &[Email, PhoneNumber],
            "bob",
            &[],
            "Username should be either an email or a phone number.",
        ),
        (
            &[Email],
            "a@example.com",
            &[("email", "b@example.com")],
            "User email should be empty or same as username, since username attribute is email",
        ),
        (&[Email], "a@example.com", &[("email", "a@example.com")], ""),
        (&[Email, PhoneNumber], "b@example.com", &[], ""),
        (&[Email, PhoneNumber], "+12065551212", &[], ""),
    ];
    on_every_engine(|kit| async move {
        for (names, name, pairs, refusal) in table {
            let pool = kit
                .pool_with(|settings| settings.username_attributes = names.to_vec())
                .await;
            let client = kit.public_client(&pool).await;
            let answered = sign_up(&kit, &client, name, pairs).await;
            if !refusal.is_empty() {
                assert_eq!(answered, format!("InvalidInput({refusal:?})"));
                continue;
            }
            let user = kit.admin_get_user(&pool.id, name).await.unwrap();
            assert_eq!(user.username.as_str(), user.sub.as_str());
            let attribute = if name.contains('@') {
                "email"
            } else {
                "phone_number"
            };
            assert_eq!(user.attribute(attribute), Some(name));
            // It signs in before it is verified, and by SRP under the subject.
            let refused = kit.sign_in(&client, name, PASSWORD).await;
            assert_eq!(outcome(&refused), "UserNotConfirmed");
            kit.set_password(&pool, name, PASSWORD).await;
            let (_, challenge) = kit.start_srp(&client, name).await.unwrap();
            assert_eq!(challenge.parameters["USER_ID_FOR_SRP"], user.sub.as_str());
            let by_srp = kit.sign_in_by_srp(&client, name, PASSWORD).await;
            assert_eq!(outcome(&by_srp), "Tokens");
        }
    })
    .await;
}

#[tokio::test]
async fn s49_a_name_cannot_be_taken_for_an_alias() {
    use AliasAttribute::{Email, PhoneNumber, PreferredUsername};
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| {
                settings.alias_attributes = vec![Email, PhoneNumber, PreferredUsername];
            })
            .await;
        let client = kit.public_client(&pool).await;
        for name in ["a@example.com", "+12065551212"] {
            let refused = sign_up(&kit, &client, name, &[]).await;
            assert!(refused.contains("Username cannot be of"), "{refused}");
        }
        let preferred = [("preferred_username", "ally")];
        let refused = sign_up(&kit, &client, "alice", &preferred).await;
        assert!(
            refused.contains("preferred_username cannot be set"),
            "{refused}"
        );
        // A user name wins over another's alias of the same text.
        kit.user_with(&pool, "alice", &preferred).await;
        kit.user(&pool, "ally").await;
        let tokens = kit.tokens_of(&client, "ally").await;
        let user = kit
            .get_user(tokens.access_token.expose())
            .await
            .unwrap()
            .user;
        assert_eq!(user.username.as_str(), "ally");
    })
    .await;
}

#[tokio::test]
async fn s49_look_alikes_and_blanks_are_other_names() {
    let latin_and_cyrillic = ["paypal", "p\u{430}yp\u{430}l"];
    let composed = ["caf\u{e9}", "cafe\u{301}"];
    on_every_engine(|kit| async move {
        for is_case_sensitive in [true, false] {
            let pool = kit
                .pool_with(|settings| settings.is_case_sensitive = is_case_sensitive)
                .await;
            let client = kit.public_client(&pool).await;
            for names in [latin_and_cyrillic, composed, ["alice", "alice\u{200b}"]] {
                let users = [
                    kit.user(&pool, names[0]).await,
                    kit.user(&pool, names[1]).await,
                ];
                for (name, user) in names.iter().zip(&users) {
                    let tokens = kit.tokens_of(&client, name).await;
                    let found = kit
                        .get_user(tokens.access_token.expose())
                        .await
                        .unwrap()
                        .user;
                    assert_eq!(found.sub, user.sub, "{name}");
                }
            }
            for typed in [" alice", "alice ", "alice\t", "alice\0"] {
                let refused = kit.sign_in(&client, typed, PASSWORD).await;
                assert_eq!(outcome(&refused), "UserNotFound", "{typed:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn s34_an_unverified_alias_signs_nobody_in() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| settings.alias_attributes = vec![AliasAttribute::Email])
            .await;
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "alice", "shared@example.com")
            .await;
        kit.signed_up_user(&client, "bob", "shared@example.com")
            .await;
        let refused = kit.sign_in(&client, "shared@example.com", PASSWORD).await;
        assert_eq!(outcome(&refused), "UserNotFound");
    })
    .await;
}

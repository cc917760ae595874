//! Names that sign a user in move with the attributes and with their verification.

use futures_util::future::join_all;
use poolhouse_model::{AliasAttribute, ContactAttribute, UserPool, UserPoolSettings};
use poolhouse_testkit::{
    PASSWORD, SignInExt, TestClient, TestService, admin_request, attributes, on_every_engine,
};

use crate::changing_attributes::{
    admin_update, ask, attribute, delete, keep_original, token, update, verify,
};
use crate::facts::{fact, outcome};

const TAKEN: &str = r#"AliasExists { attribute: "email" }"#;

fn email_alias(settings: &mut UserPoolSettings) {
    settings.alias_attributes = vec![AliasAttribute::Email];
}

fn email_as_name(settings: &mut UserPoolSettings) {
    settings.username_attributes = vec![ContactAttribute::Email];
}

fn preferred_alias(settings: &mut UserPoolSettings) {
    use AliasAttribute::{Email, PhoneNumber, PreferredUsername};
    settings.alias_attributes = vec![PreferredUsername, Email, PhoneNumber];
}

/// Who is signed in by a name, as the value of their `nickname`; `-` when nobody is.
async fn whom(kit: &TestService, client: &TestClient, name: &str) -> String {
    let signed_in = kit.sign_in(client, name, PASSWORD).await;
    if outcome(&signed_in) == "UserNotFound" {
        return "-".to_owned();
    }
    let tokens = crate::facts::tokens(signed_in);
    let user = kit
        .get_user(tokens.access_token.expose())
        .await
        .unwrap()
        .user;
    user.attribute("nickname").unwrap_or("?").to_owned()
}

async fn user(kit: &TestService, pool: &UserPool, name: &str, pairs: &[(&str, &str)]) {
    let nickname = name.split('@').next().unwrap();
    let all = [&[("nickname", nickname)], pairs].concat();
    kit.user_with(pool, name, &all).await;
}

fn verified(address: &str) -> [(&str, &str); 2] {
    [("email", address), ("email_verified", "true")]
}

#[tokio::test]
async fn s47_a_changed_alias_signs_in_once_verified_and_the_old_one_not_at_all() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(email_alias).await;
        let client = kit.public_client(&pool).await;
        user(&kit, &pool, "alice", &verified("old@example.com")).await;
        assert_eq!(whom(&kit, &client, "old@example.com").await, "alice");
        let alice = token(&kit, &client, "alice").await;
        update(&kit, &alice, &[("email", "new@example.com")]).await;
        for name in ["old@example.com", "new@example.com"] {
            assert_eq!(whom(&kit, &client, name).await, "-", "{name}");
        }
        let code = kit.code_to("new@example.com").await;
        assert_eq!(verify(&kit, &alice, "email", &code).await, "Ok");
        assert_eq!(whom(&kit, &client, "new@example.com").await, "alice");
        // The old one is free for another.
        user(&kit, &pool, "bob", &verified("old@example.com")).await;
        assert_eq!(whom(&kit, &client, "old@example.com").await, "bob");
        // By SRP the proof is still for the user name.
        let by_srp = kit.sign_in_by_srp(&client, "new@example.com", PASSWORD);
        assert_eq!(outcome(&by_srp.await), "Tokens");
        // A flag that an administrator takes away ends the alias, and one that is set begins it.
        for (flag, expected) in [("false", "-"), ("true", "alice")] {
            let flag = [("email_verified", flag)];
            assert_eq!(admin_update(&kit, &pool, "alice", &flag).await, "Ok");
            assert_eq!(whom(&kit, &client, "new@example.com").await, expected);
        }
        assert_eq!(delete(&kit, &alice, &["email"]).await, "Ok");
        assert_eq!(whom(&kit, &client, "new@example.com").await, "-");
    })
    .await;
}

#[tokio::test]
async fn s47_a_kept_alias_signs_in_until_the_new_one_is_verified() {
    on_every_engine(|kit| async move {
        for names in [email_alias, email_as_name] {
            let pool = kit
                .pool_with(|settings| {
                    names(settings);
                    keep_original(settings);
                })
                .await;
            let client = kit.public_client(&pool).await;
            let name = if pool.settings.has_username_attributes() {
                "old@example.com"
            } else {
                "alice"
            };
            user(&kit, &pool, name, &verified("old@example.com")).await;
            let nickname = whom(&kit, &client, "old@example.com").await;
            let alice = token(&kit, &client, name).await;
            let sent = update(&kit, &alice, &[("email", "new@example.com")]).await;
            assert_eq!(sent, "n***@e***");
            assert_eq!(whom(&kit, &client, "old@example.com").await, nickname);
            assert_eq!(whom(&kit, &client, "new@example.com").await, "-");
            let code = kit.code_to("new@example.com").await;
            assert_eq!(verify(&kit, &alice, "email", &code).await, "Ok");
            assert_eq!(whom(&kit, &client, "old@example.com").await, "-");
            assert_eq!(whom(&kit, &client, "new@example.com").await, nickname);
        }
    })
    .await;
}

#[tokio::test]
async fn s47_nobody_takes_over_an_alias_that_another_has_proven() {
    on_every_engine(|kit| async move {
        for keeps in [false, true] {
            let pool = kit
                .pool_with(|settings| {
                    email_alias(settings);
                    if keeps {
                        keep_original(settings);
                    }
                })
                .await;
            let client = kit.public_client(&pool).await;
            let address = format!("victim-{keeps}@example.com");
            user(&kit, &pool, "victim", &verified(&address)).await;
            user(&kit, &pool, "mallory", &verified("m@example.com")).await;
            let mallory = token(&kit, &client, "mallory").await;
            // The address is not theirs, so its owner gets the code and nothing moves.
            let change = [("email", address.as_str())];
            assert_eq!(update(&kit, &mallory, &change).await, "v***@e***");
            assert_eq!(whom(&kit, &client, &address).await, "victim");
            // Not even with the code that its owner got.
            let code = kit.code_to(&address).await;
            assert_eq!(verify(&kit, &mallory, "email", &code).await, TAKEN);
            assert_eq!(whom(&kit, &client, &address).await, "victim");
            let flag = attribute(&kit, &pool, "victim", "email_verified").await;
            assert_eq!(flag, "true");
            let by_admin = admin_update(&kit, &pool, "mallory", &verified(&address)).await;
            assert_eq!(by_admin, TAKEN);
            // Once it is free the same code proves it.
            let moved = admin_update(&kit, &pool, "victim", &verified("v2@example.com")).await;
            assert_eq!(moved, "Ok");
            assert_eq!(verify(&kit, &mallory, "email", &code).await, "Ok");
            assert_eq!(whom(&kit, &client, &address).await, "mallory");
        }
    })
    .await;
}

#[tokio::test]
async fn s47_of_users_who_verify_one_address_at_once_exactly_one_wins() {
    on_every_engine(|kit| async move {
        for round in 0..3 {
            let pool = kit
                .pool_with(|settings| {
                    email_alias(settings);
                    if round == 1 {
                        keep_original(settings);
                    }
                })
                .await;
            let client = kit.public_client(&pool).await;
            let address = format!("shared-{round}@example.com");
            let mut proofs = Vec::new();
            for name in ["ann", "bob", "cid", "dee"] {
                user(&kit, &pool, name, &[]).await;
                let token = token(&kit, &client, name).await;
                update(&kit, &token, &[("email", &address)]).await;
                proofs.push((token, kit.code_to(&address).await));
            }
            let calls = proofs
                .iter()
                .map(|(token, code)| verify(&kit, token, "email", code));
            let outcomes = join_all(calls).await;
            let winners: Vec<usize> = (0..4).filter(|at| outcomes[*at] == "Ok").collect();
            assert_eq!(winners.len(), 1, "{outcomes:?}");
            let losers = outcomes.iter().filter(|outcome| *outcome == TAKEN).count();
            assert_eq!(losers, 3, "{outcomes:?}");
            let winner = ["ann", "bob", "cid", "dee"][winners[0]];
            assert_eq!(whom(&kit, &client, &address).await, winner);
            for name in ["ann", "bob", "cid", "dee"] {
                let flag = attribute(&kit, &pool, name, "email_verified").await;
                assert_eq!(flag == "true", name == winner, "{name}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_stands_for_the_name_moves_at_once_and_is_one_users() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(email_as_name).await;
        let client = kit.public_client(&pool).await;
        user(&kit, &pool, "old@example.com", &[]).await;
        user(&kit, &pool, "bob@example.com", &[]).await;
        let old = token(&kit, &client, "old@example.com").await;
        let of_bob = [("email", "bob@example.com")];
        assert_eq!(update(&kit, &old, &of_bob).await, TAKEN);
        assert_eq!(
            admin_update(&kit, &pool, "old@example.com", &of_bob).await,
            TAKEN
        );
        assert!(kit.messages_to("bob@example.com").await.is_empty());
        let change = [("email", "new@example.com")];
        assert_eq!(update(&kit, &old, &change).await, "n***@e***");
        assert_eq!(whom(&kit, &client, "old@example.com").await, "-");
        assert_eq!(whom(&kit, &client, "new@example.com").await, "old");
        let by_srp = kit.sign_in_by_srp(&client, "new@example.com", PASSWORD);
        assert_eq!(outcome(&by_srp.await), "Tokens");
        user(&kit, &pool, "old@example.com", &[]).await;
        // What is left to sign in by cannot go.
        let refused = r#"AttributeChangesRefused([("email", RequiredNotDeletable)])"#;
        assert_eq!(delete(&kit, &old, &["email"]).await, refused);
        assert_eq!(update(&kit, &old, &[("email", "")]).await, refused);
        assert_eq!(whom(&kit, &client, "new@example.com").await, "old");

        let changes = ["new@example.com", "bob@example.com"].map(|name| {
            let (kit, client) = (&kit, &client);
            async move {
                let token = token(kit, client, name).await;
                update(kit, &token, &[("email", "wanted@example.com")]).await
            }
        });
        let outcomes = join_all(changes).await;
        let won = outcomes.iter().filter(|outcome| *outcome == "w***@e***");
        assert_eq!(won.count(), 1, "{outcomes:?}");
        let lost = outcomes.iter().filter(|outcome| *outcome == TAKEN);
        assert_eq!(lost.count(), 1, "{outcomes:?}");
    })
    .await;
}

#[tokio::test]
async fn one_of_two_names_may_go() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| settings.username_attributes = ContactAttribute::ALL.to_vec())
            .await;
        let client = kit.public_client(&pool).await;
        user(&kit, &pool, "al@example.com", &[]).await;
        let al = token(&kit, &client, "al@example.com").await;
        update(&kit, &al, &[("phone_number", "+12065551212")]).await;
        assert_eq!(whom(&kit, &client, "+12065551212").await, "al");
        assert_eq!(delete(&kit, &al, &["email"]).await, "Ok");
        assert_eq!(whom(&kit, &client, "al@example.com").await, "-");
        assert_eq!(whom(&kit, &client, "+12065551212").await, "al");
        let refused = delete(&kit, &al, &["phone_number"]).await;
        assert!(refused.contains("RequiredNotDeletable"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn names_move_as_the_pool_compares_them() {
    on_every_engine(|kit| async move {
        for (is_case_sensitive, expected) in [(true, "n***@e***"), (false, TAKEN)] {
            let pool = kit
                .pool_with(|settings| {
                    email_as_name(settings);
                    settings.is_case_sensitive = is_case_sensitive;
                })
                .await;
            let client = kit.public_client(&pool).await;
            user(&kit, &pool, "New@Example.com", &[]).await;
            user(&kit, &pool, "old@example.com", &[]).await;
            let old = token(&kit, &client, "old@example.com").await;
            let change = [("email", "new@example.com")];
            assert_eq!(update(&kit, &old, &change).await, expected);
            if !is_case_sensitive {
                let other_case = [("email", "OLD@example.com")];
                assert_eq!(update(&kit, &old, &other_case).await, "O***@e***");
                assert_eq!(whom(&kit, &client, "oLd@example.com").await, "old");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_preferred_user_name_signs_in_as_long_as_it_is_set() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(preferred_alias).await;
        let client = kit.public_client(&pool).await;
        user(&kit, &pool, "alice", &[]).await;
        user(&kit, &pool, "bob", &[]).await;
        let alice = token(&kit, &client, "alice").await;
        let set = async |value: &str| update(&kit, &alice, &[("preferred_username", value)]).await;
        assert_eq!(set("ally").await, "");
        assert_eq!(whom(&kit, &client, "ally").await, "alice");
        assert_eq!(set("al").await, "");
        assert_eq!(whom(&kit, &client, "ally").await, "-");
        assert_eq!(whom(&kit, &client, "al").await, "alice");
        assert_eq!(delete(&kit, &alice, &["preferred_username"]).await, "Ok");
        assert_eq!(whom(&kit, &client, "al").await, "-");
        let bob = token(&kit, &client, "bob").await;
        let wants = [("preferred_username", "wanted")];
        let outcomes = join_all([update(&kit, &alice, &wants), update(&kit, &bob, &wants)]).await;
        let won = outcomes.iter().filter(|outcome| outcome.is_empty()).count();
        assert_eq!(won, 1, "{outcomes:?}");
        let taken = r#"AliasExists { attribute: "preferred_username" }"#;
        assert!(outcomes.iter().any(|outcome| outcome == taken));
        kit.signed_up_user(&client, "new", "new@example.com").await;
        let early = admin_update(&kit, &pool, "new", &[("preferred_username", "n")]).await;
        assert!(early.contains("before the user is confirmed"), "{early}");
    })
    .await;
}

#[tokio::test]
async fn s49_a_preferred_user_name_is_nobodys_other_name() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(preferred_alias).await;
        let client = kit.public_client(&pool).await;
        user(&kit, &pool, "victim", &verified("victim@example.com")).await;
        user(&kit, &pool, "mallory", &[]).await;
        let victim = kit.admin_get_user(&pool.id, "victim").await.unwrap();
        let mallory = token(&kit, &client, "mallory").await;
        let taken = r#"AliasExists { attribute: "preferred_username" }"#;
        let sub = victim.sub.as_str();
        for name in ["victim", sub, &sub.to_uppercase()] {
            let change = [("preferred_username", name)];
            assert_eq!(update(&kit, &mallory, &change).await, taken, "{name}");
            let by_admin = admin_update(&kit, &pool, "mallory", &change).await;
            assert_eq!(by_admin, taken, "{name}");
        }
        let mut invitation = admin_request(&pool, "new");
        invitation.attributes = attributes(&[("preferred_username", "victim")]);
        assert_eq!(fact(&kit.admin_create_user(invitation).await), taken);
        for name in ["other@example.com", "+12065551212"] {
            let change = [("preferred_username", name)];
            let refused = update(&kit, &mallory, &change).await;
            assert!(refused.contains("cannot be of"), "{refused}");
        }
        // Look-alikes and blanks are other names, which lead to who has them.
        for name in [
            "vict\u{456}m",
            " victim",
            "victim ",
            "victim\u{200b}",
            "VICTIM",
        ] {
            assert_eq!(
                update(&kit, &mallory, &[("preferred_username", name)]).await,
                ""
            );
            assert_eq!(whom(&kit, &client, name).await, "mallory", "{name:?}");
            assert_eq!(whom(&kit, &client, "victim").await, "victim");
        }
        let found = kit.admin_get_user(&pool.id, sub).await.unwrap();
        assert_eq!(found.username, victim.username);
    })
    .await;
}

#[tokio::test]
async fn s49_an_alias_set_with_a_new_password_is_nobodys_other_name() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(preferred_alias).await;
        let client = kit.public_client(&pool).await;
        user(&kit, &pool, "victim", &[]).await;
        kit.invited_user(&pool, "mallory").await;
        let asked = crate::new_passwords::asked(&kit, &client, "mallory").await;
        let session = asked.challenge_session.as_ref();
        let taken = [("userAttributes.preferred_username", "victim")];
        let answered =
            crate::new_passwords::answer(&kit, &client, "mallory", session, &taken).await;
        assert_eq!(
            answered,
            r#"AliasExists { attribute: "preferred_username" }"#
        );
    })
    .await;
}

#[tokio::test]
async fn s47_an_address_given_with_a_new_password_is_not_verified_by_an_older_flag() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(email_alias).await;
        let client = kit.public_client(&pool).await;
        kit.invited_user_with(&pool, "mallory", &[("email_verified", "true")])
            .await;
        let asked = crate::new_passwords::asked(&kit, &client, "mallory").await;
        let session = asked.challenge_session.as_ref();
        let address = [("userAttributes.email", "victim@example.com")];
        let answered =
            crate::new_passwords::answer(&kit, &client, "mallory", session, &address).await;
        assert_eq!(answered, "Tokens");
        let flag = attribute(&kit, &pool, "mallory", "email_verified").await;
        assert_eq!(flag, "false");
        let refused = kit.sign_in(&client, "victim@example.com", PASSWORD).await;
        assert_eq!(fact(&refused), "UserNotFound");
        let mallory = kit.sign_in(&client, "mallory", "N3w!password").await;
        let token = crate::facts::tokens(mallory).access_token;
        assert_eq!(ask(&kit, &token, "email").await, "v***@e***");
    })
    .await;
}

//! `NEW_PASSWORD_REQUIRED`: a temporary password is changed at the first sign-in.

use futures_util::future::join_all;
use poolhouse_model::{AliasAttribute, SecretString, Ttl, UserPool, UserPoolSettings};
use poolhouse_service::{Challenge, ChallengeAnswer, ChallengeName, MessageAction};
use poolhouse_testkit::{
    PASSWORD, SignInExt, TestClient, TestService, admin_request, on_every_engine,
};

use crate::facts::{challenge, fact, outcome};

const NEW: ChallengeName = ChallengeName::NewPasswordRequired;
const NEW_PASSWORD: &str = "N3w!password";
const INVALID: &str = "ChallengeSessionInvalid";

async fn asked(kit: &TestService, client: &TestClient, name: &str) -> Challenge {
    let asked = challenge(kit.sign_in(client, name, PASSWORD).await);
    assert_eq!(asked.name, NEW);
    asked
}

/// Answers with a new password and attributes.
async fn answer(
    kit: &TestService,
    client: &TestClient,
    name: &str,
    session: Option<&SecretString>,
    attributes: &[(&str, &str)],
) -> String {
    let mut pairs = vec![("USERNAME", name), ("NEW_PASSWORD", NEW_PASSWORD)];
    pairs.extend_from_slice(attributes);
    outcome(&kit.respond(client, NEW, session, &pairs).await)
}

fn require(settings: &mut UserPoolSettings, name: &str) {
    let attribute = settings.schema.iter_mut().find(|a| a.name == name);
    attribute.unwrap().is_required = true;
}

#[tokio::test]
async fn the_challenge_lists_what_the_user_has_and_what_is_missing() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| {
                require(settings, "given_name");
                require(settings, "email");
            })
            .await;
        let attributes = [("email", "alice@example.com"), ("nickname", "al")];
        kit.invited_user_with(&pool, "alice", &attributes).await;
        let client = kit
            .client_with(&pool, |request| {
                let readable = ["email", "given_name"].map(str::to_owned).to_vec();
                request.settings.read_attributes = Some(readable);
            })
            .await;
        let asked = asked(&kit, &client, "alice").await;
        assert!(asked.challenge_session.is_some());
        let expected = [
            ("USER_ID_FOR_SRP", "alice"),
            ("requiredAttributes", r#"["userAttributes.given_name"]"#),
            // s9: what the client may not read is not in it.
            ("userAttributes", r#"{"email":"alice@example.com"}"#),
        ];
        let given: Vec<_> = asked
            .parameters
            .iter()
            .map(|(k, v)| (*k, v.as_str()))
            .collect();
        assert_eq!(given, expected);
    })
    .await;
}

#[tokio::test]
async fn the_answer_confirms_the_user_and_the_new_password_alone_works() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.invited_user(&pool, "alice").await;
        for client in [
            kit.public_client(&pool).await,
            kit.confidential_client(&pool).await,
        ] {
            kit.temporary_password(&pool, "alice").await;
            let asked = asked(&kit, &client, "alice").await;
            let session = asked.challenge_session.as_ref();
            let answered = answer(&kit, &client, "alice", session, &[]).await;
            assert_eq!(answered, "Tokens");
            let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
            assert_eq!(user.status, poolhouse_model::UserStatus::Confirmed);
            let with_new = kit.sign_in(&client, "alice", NEW_PASSWORD).await;
            assert_eq!(outcome(&with_new), "Tokens");
            let with_old = kit.sign_in(&client, "alice", PASSWORD).await;
            assert_eq!(outcome(&with_old), "WrongUsernameOrPassword");
        }
    })
    .await;
}

#[tokio::test]
async fn required_attributes_are_demanded_by_name_and_set_ones_stay() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| {
                require(settings, "name");
                require(settings, "address");
            })
            .await;
        let email = [("email", "alice@example.com")];
        kit.invited_user_with(&pool, "alice", &email).await;
        let client = kit.public_client(&pool).await;
        let table: [(&[(&str, &str)], &str); 6] = [
            (&[], r#"RequiredAttributesMissing(["name", "address"])"#),
            (
                &[("userAttributes.name", "Alice")],
                r#"RequiredAttributesMissing(["address"])"#,
            ),
            (
                &[("userAttributes.email", "mallory@example.com")],
                r#"AttributeAlreadySet("email")"#,
            ),
            (
                &[("userAttributes.shoe", "38")],
                r#"AttributeUnknown("shoe")"#,
            ),
            (
                &[("userAttributes.phone_number", "12")],
                "PhoneNumberInvalid",
            ),
            (
                &[
                    ("userAttributes.name", "Alice"),
                    ("userAttributes.address", "Here"),
                    // Repeating a value is no change.
                    ("userAttributes.email", "alice@example.com"),
                ],
                "Tokens",
            ),
        ];
        for (attributes, expected) in table {
            let asked = asked(&kit, &client, "alice").await;
            let session = asked.challenge_session.as_ref();
            let answered = answer(&kit, &client, "alice", session, attributes).await;
            assert_eq!(answered, expected);
        }
        let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        assert_eq!(user.attribute("address"), Some("Here"));
        assert_eq!(user.attribute("email"), Some("alice@example.com"));
    })
    .await;
}

#[tokio::test]
async fn s48_attributes_that_a_client_may_not_write_are_refused() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit
            .client_with(&pool, |request| {
                let all = ["email", "email_verified", "nickname"];
                request.settings.write_attributes = Some(all.map(str::to_owned).to_vec());
            })
            .await;
        for name in ["sub", "email_verified", "phone_number_verified", "name"] {
            kit.invited_user(&pool, name).await;
            let asked = asked(&kit, &client, name).await;
            let key = format!("userAttributes.{name}");
            let session = asked.challenge_session.as_ref();
            let answered = answer(&kit, &client, name, session, &[(&key, "true")]).await;
            assert_eq!(answered, "AttributeNotWritable", "{name}");
        }
        // An administrator's call may write what the schema has, but no subject.
        kit.invited_user(&pool, "alice").await;
        let asked = asked(&kit, &client, "alice").await;
        let responses = [
            ("USERNAME", "alice"),
            ("NEW_PASSWORD", NEW_PASSWORD),
            ("userAttributes.sub", "mine"),
        ];
        let by_admin = kit.respond_to_auth_challenge(ChallengeAnswer {
            admin_pool_id: Some(pool.id.clone()),
            client_id: client.id.clone(),
            challenge: NEW,
            challenge_session: asked.challenge_session.clone(),
            responses: poolhouse_testkit::auth_parameters(&client, &responses),
        });
        assert_eq!(outcome(&by_admin.await), "AttributeNotWritable");
    })
    .await;
}

#[tokio::test]
async fn s39_the_policy_holds_for_the_new_password() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.invited_user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        for (password, expected) in [
            ("Sh0rt!", "PasswordPolicyViolated(TooShort)"),
            ("nouppercase1!", "PasswordPolicyViolated(NoUppercase)"),
            ("NOLOWERCASE1!", "PasswordPolicyViolated(NoLowercase)"),
            ("NoNumber!!", "PasswordPolicyViolated(NoNumber)"),
            ("NoSymbol11", "PasswordPolicyViolated(NoSymbol)"),
            // The temporary one may be kept.
            (PASSWORD, "Tokens"),
        ] {
            let asked = asked(&kit, &client, "alice").await;
            let pairs = [("USERNAME", "alice"), ("NEW_PASSWORD", password)];
            let session = asked.challenge_session.as_ref();
            let answered = kit.respond(&client, NEW, session, &pairs).await;
            assert_eq!(outcome(&answered), expected, "{password}");
        }
    })
    .await;
}

#[tokio::test]
async fn s39_a_temporary_password_ends_after_the_policys_days() {
    on_every_engine(|kit| async move {
        for (days, lasts) in [(0, 7), (1, 1), (365, 365)] {
            let pool = kit
                .pool_with(|settings| {
                    settings.password_policy.temporary_password_validity_days = days;
                })
                .await;
            let discreet = kit.discreet_client(&pool).await;
            let client = kit.public_client(&pool).await;
            for client in [client, discreet] {
                let name = format!("user-{days}-{}", client.id);
                kit.invited_user(&pool, &name).await;
                kit.clock.advance(Ttl::from_millis(lasts * 86_400_000 - 1));
                let asked = asked(&kit, &client, &name).await;
                kit.clock.advance(Ttl::from_millis(1));
                let refused = kit.sign_in(&client, &name, PASSWORD).await;
                assert_eq!(outcome(&refused), "TemporaryPasswordExpired");
                let refused = kit.sign_in_by_srp(&client, &name, PASSWORD).await;
                assert_eq!(outcome(&refused), "TemporaryPasswordExpired");
                let session = asked.challenge_session.as_ref();
                let late = answer(&kit, &client, &name, session, &[]).await;
                assert_eq!(late, "TemporaryPasswordExpired");
                // Sending the invitation again starts anew.
                let mut request = admin_request(&pool, &name);
                request.message_action = Some(MessageAction::Resend);
                request.temporary_password = Some(PASSWORD.into());
                kit.admin_create_user(request).await.unwrap();
                let session = kit.sign_in(&client, &name, PASSWORD).await;
                assert_eq!(outcome(&session), "NEW_PASSWORD_REQUIRED");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn s43_a_session_is_bound_to_its_user_client_pool_and_step() {
    on_every_engine(|kit| async move {
        let pools: [UserPool; 2] = [kit.pool().await, kit.pool().await];
        for pool in &pools {
            kit.invited_user(pool, "alice").await;
            kit.invited_user(pool, "bob").await;
        }
        let client = kit.public_client(&pools[0]).await;
        let sister = kit.public_client(&pools[0]).await;
        let stranger = kit.public_client(&pools[1]).await;
        let of_alice = asked(&kit, &client, "alice").await.challenge_session;
        let of_bob = asked(&kit, &client, "bob").await.challenge_session;

        let session = of_alice.as_ref();
        assert_eq!(answer(&kit, &client, "bob", session, &[]).await, INVALID);
        for other in [&sister, &stranger] {
            assert_eq!(answer(&kit, other, "alice", session, &[]).await, INVALID);
        }
        let of_bob = of_bob.as_ref();
        assert_eq!(answer(&kit, &client, "alice", of_bob, &[]).await, INVALID);
        // Another step's answer, served or not.
        for step in ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "MFA_SETUP"] {
            let name = ChallengeName::NotServed(step);
            let pairs = [("USERNAME", "alice"), ("ANSWER", "x")];
            let refused = kit.respond(&client, name, session, &pairs).await;
            assert_eq!(outcome(&refused), INVALID, "{step}");
        }
        let (_, srp) = kit.start_srp(&client, "alice").await.unwrap();
        let block = SecretString::from(srp.parameters["SECRET_BLOCK"].as_str());
        assert_eq!(
            answer(&kit, &client, "alice", Some(&block), &[]).await,
            INVALID
        );
        assert_eq!(answer(&kit, &client, "alice", session, &[]).await, "Tokens");
    })
    .await;
}

#[tokio::test]
async fn s43_a_session_that_is_none_of_ours_is_refused() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.invited_user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let session = asked(&kit, &client, "alice")
            .await
            .challenge_session
            .unwrap();
        let text = session.expose();
        let flipped = |at: usize| {
            let other = if text.as_bytes()[at] == b'A' {
                "B"
            } else {
                "A"
            };
            format!("{}{other}{}", &text[..at], &text[at + 1..])
        };
        let mut forged = vec![
            "x".repeat(20),
            "not base64 !".to_owned(),
            format!("{text}A"),
            text[..text.len() - 2].to_owned(),
            "A".repeat(100_000),
        ];
        forged.extend((0..text.len()).step_by(7).map(flipped));
        for text in forged {
            let session = SecretString::new(text);
            let refused = answer(&kit, &client, "alice", Some(&session), &[]).await;
            assert_eq!(refused, INVALID);
        }
        let missing = answer(&kit, &client, "alice", None, &[]).await;
        assert_eq!(missing, r#"ParameterMissing("Session")"#);
    })
    .await;
}

#[tokio::test]
async fn s43_a_session_lasts_as_long_as_the_client_says() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        for minutes in [3, 15] {
            let client = kit
                .client_with(&pool, |request| {
                    request.settings.auth_session_validity_minutes = minutes;
                })
                .await;
            for (millis, expected) in [(-1, "Tokens"), (0, "ChallengeSessionExpired")] {
                let name = format!("user-{minutes}-{millis}");
                kit.invited_user(&pool, &name).await;
                let asked = asked(&kit, &client, &name).await;
                kit.clock
                    .advance(Ttl::from_millis(minutes * 60_000 + millis));
                let session = asked.challenge_session.as_ref();
                assert_eq!(answer(&kit, &client, &name, session, &[]).await, expected);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn s43_a_session_works_once_and_takes_five_answers() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.invited_user(&pool, "alice").await;
        let session = asked(&kit, &client, "alice").await.challenge_session;
        let session = session.as_ref();
        assert_eq!(answer(&kit, &client, "alice", session, &[]).await, "Tokens");
        let replayed = answer(&kit, &client, "alice", session, &[]).await;
        assert_eq!(replayed, "ChallengeSessionUsed");

        kit.invited_user(&pool, "bob").await;
        let session = asked(&kit, &client, "bob").await.challenge_session;
        let pairs = [("USERNAME", "bob"), ("NEW_PASSWORD", "weak")];
        for _ in 0..5 {
            let refused = kit.respond(&client, NEW, session.as_ref(), &pairs).await;
            assert_eq!(outcome(&refused), "PasswordPolicyViolated(TooShort)");
        }
        let worn_out = answer(&kit, &client, "bob", session.as_ref(), &[]).await;
        assert_eq!(worn_out, INVALID);
    })
    .await;
}

#[tokio::test]
async fn s43_answers_at_once_give_one_success() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.invited_user(&pool, "alice").await;
        let session = asked(&kit, &client, "alice").await.challenge_session;
        let answers = (0..20).map(|_| answer(&kit, &client, "alice", session.as_ref(), &[]));
        let outcomes = join_all(answers).await;
        let successes = outcomes.iter().filter(|outcome| *outcome == "Tokens");
        assert_eq!(successes.count(), 1, "{outcomes:?}");
    })
    .await;
}

#[tokio::test]
async fn s43_a_password_that_is_set_anew_ends_the_session() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.invited_user(&pool, "alice").await;
        // Whoever knows the first temporary password must not outlive it.
        let session = asked(&kit, &client, "alice").await.challenge_session;
        kit.temporary_password(&pool, "alice").await;
        let late = answer(&kit, &client, "alice", session.as_ref(), &[]).await;
        assert_eq!(late, INVALID);
        let session = asked(&kit, &client, "alice").await.challenge_session;
        let mut request = admin_request(&pool, "alice");
        request.message_action = Some(MessageAction::Resend);
        kit.admin_create_user(request).await.unwrap();
        let late = answer(&kit, &client, "alice", session.as_ref(), &[]).await;
        assert_eq!(late, INVALID);
        kit.set_password(&pool, "alice", PASSWORD).await;
        let late = answer(&kit, &client, "alice", session.as_ref(), &[]).await;
        assert_eq!(late, INVALID);
    })
    .await;
}

#[tokio::test]
async fn an_alias_set_with_the_new_password_must_be_free_and_stays_unverified() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| {
                settings.alias_attributes =
                    vec![AliasAttribute::PreferredUsername, AliasAttribute::Email];
            })
            .await;
        let client = kit.public_client(&pool).await;
        kit.user_with(&pool, "alice", &[("preferred_username", "ally")])
            .await;
        kit.invited_user(&pool, "bob").await;
        let asked = asked(&kit, &client, "bob").await;
        let session = asked.challenge_session.as_ref();
        let taken = [("userAttributes.preferred_username", "ally")];
        let refused = answer(&kit, &client, "bob", session, &taken).await;
        assert_eq!(
            refused,
            r#"AliasExists { attribute: "preferred_username" }"#
        );
        let free = [
            ("userAttributes.preferred_username", "bobby"),
            ("userAttributes.email", "alice@example.com"),
        ];
        assert_eq!(answer(&kit, &client, "bob", session, &free).await, "Tokens");
        let by_alias = kit.sign_in(&client, "bobby", NEW_PASSWORD).await;
        assert_eq!(outcome(&by_alias), "Tokens");
        let by_unverified = kit
            .sign_in(&client, "alice@example.com", NEW_PASSWORD)
            .await;
        assert_eq!(fact(&by_unverified), "UserNotFound");
    })
    .await;
}

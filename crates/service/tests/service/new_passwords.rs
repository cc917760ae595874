//! `NEW_PASSWORD_REQUIRED`: a temporary password is changed at the first sign-in.

use poolhouse_model::{AliasAttribute, SecretString, Ttl, UserPoolSettings};
use poolhouse_service::{Challenge, ChallengeAnswer, ChallengeName, MessageAction};
use poolhouse_testkit::{
    PASSWORD, SignInExt, TestClient, TestService, admin_request, on_every_engine,
};

use crate::facts::{challenge, fact, outcome};

pub(crate) const NEW: ChallengeName = ChallengeName::NewPasswordRequired;
const NEW_PASSWORD: &str = "N3w!password";

pub(crate) async fn asked(kit: &TestService, client: &TestClient, name: &str) -> Challenge {
    let asked = challenge(kit.sign_in(client, name, PASSWORD).await);
    assert_eq!(asked.name, NEW);
    asked
}

/// Answers with a new password and attributes.
pub(crate) async fn answer(
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
        let refused = "AttributeNotWritable";
        let table = [
            (
                "sub",
                r#"InvalidInput("Cannot modify the non-mutable attribute sub")"#,
            ),
            ("email_verified", refused),
            ("phone_number_verified", refused),
            ("name", refused),
        ];
        for (name, expected) in table {
            kit.invited_user(&pool, name).await;
            let asked = asked(&kit, &client, name).await;
            let key = format!("userAttributes.{name}");
            let session = asked.challenge_session.as_ref();
            let answered = answer(&kit, &client, name, session, &[(&key, "true")]).await;
            assert_eq!(answered, expected, "{name}");
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
        assert_eq!(outcome(&by_admin.await), table[0].1);
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

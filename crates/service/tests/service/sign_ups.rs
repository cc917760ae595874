//! `SignUp`: who may make themselves a user, and how.

use poolhouse_model::{
    AttributeDataType, AttributeSchema, Channel, ContactAttribute, UserPoolSettings, UserStatus,
};
use poolhouse_service::{SignUp, SignedUp};
use poolhouse_testkit::{
    PASSWORD, SignInExt, TestClient, TestService, attributes, on_every_engine, sign_up_request,
};

use crate::facts::{Pairs, fact, outcome};

pub(crate) type Contacts = &'static [ContactAttribute];

fn request(client: &TestClient, name: &str, pairs: &[(&str, &str)]) -> SignUp {
    let mut request = sign_up_request(client, name);
    request.attributes = attributes(pairs);
    request
}

pub(crate) async fn sign_up(
    kit: &TestService,
    client: &TestClient,
    name: &str,
    pairs: &[(&str, &str)],
) -> String {
    fact(&kit.sign_up(request(client, name, pairs)).await)
}

#[tokio::test]
async fn a_sign_up_makes_an_unconfirmed_user_and_sends_a_code() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        for client in [
            kit.public_client(&pool).await,
            kit.confidential_client(&pool).await,
        ] {
            let name = format!("user-{}", client.id);
            let email = format!("{name}@example.com");
            let signed_up = kit
                .sign_up(request(&client, &name, &[("email", &email)]))
                .await;
            let SignedUp {
                is_confirmed,
                sub,
                delivery,
            } = signed_up.unwrap();
            assert!(!is_confirmed);
            let delivery = delivery.unwrap();
            assert_eq!(delivery.destination, "u***@e***");
            assert_eq!(delivery.channel, Channel::Email);
            assert_eq!(delivery.attribute, ContactAttribute::Email);
            let user = kit.admin_get_user(&pool.id, &name).await.unwrap();
            assert_eq!((&user.sub, user.status), (&sub, UserStatus::Unconfirmed));
            assert_eq!(user.attribute("email_verified"), None);
            let mail = &kit.messages_to(&email).await[0];
            let code = mail.code.as_deref().unwrap();
            assert_eq!(code.len(), 6);
            assert!(code.bytes().all(|digit| digit.is_ascii_digit()));
            assert_eq!(mail.subject.as_deref(), Some("Your verification code"));
            assert_eq!(mail.body, format!("Your confirmation code is {code}"));
            let refused = kit.sign_in(&client, &name, PASSWORD).await;
            assert_eq!(outcome(&refused), "UserNotConfirmed");
        }
    })
    .await;
}

#[tokio::test]
async fn the_code_goes_to_what_the_pool_verifies_and_the_user_gave() {
    use ContactAttribute::{Email, PhoneNumber};
    let both = [("email", "a@example.com"), ("phone_number", "+12065551212")];
    let table: [(Contacts, Pairs<'_>, Option<&str>); 7] = [
        (&[], &both, None),
        (&[Email], &both, Some("a***@e***")),
        (&[PhoneNumber], &both, Some("+*******1212")),
        // The number wins where both are verified.
        (&[Email, PhoneNumber], &both, Some("+*******1212")),
        (&[Email, PhoneNumber], &both[..1], Some("a***@e***")),
        (&[PhoneNumber], &both[..1], None),
        (&[Email], &[], None),
    ];
    on_every_engine(|kit| async move {
        for (verified, given, expected) in table {
            let pool = kit
                .pool_with(|settings| settings.auto_verified_attributes = verified.to_vec())
                .await;
            let client = kit.public_client(&pool).await;
            let signed_up = kit.sign_up(request(&client, "alice", given)).await.unwrap();
            let destination = signed_up.delivery.map(|delivery| delivery.destination);
            assert_eq!(destination.as_deref(), expected, "{verified:?} {given:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_owners_texts_are_used_for_the_code() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| {
                settings.messages.verification_email_subject = Some("Welcome".into());
                settings.messages.verification_email_body = Some("<b>{####}</b> {####}".into());
            })
            .await;
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "alice", "alice@example.com")
            .await;
        let mail = &kit.messages_to("alice@example.com").await[0];
        let code = mail.code.as_deref().unwrap();
        assert_eq!(mail.subject.as_deref(), Some("Welcome"));
        assert_eq!(mail.body, format!("<b>{code}</b> {code}"));
    })
    .await;
}

#[tokio::test]
async fn a_taken_name_is_refused_as_the_pool_compares_names() {
    on_every_engine(|kit| async move {
        for (is_case_sensitive, other_case) in [(true, "Ok"), (false, "UsernameExists")] {
            let pool = kit
                .pool_with(|settings| settings.is_case_sensitive = is_case_sensitive)
                .await;
            let client = kit.public_client(&pool).await;
            assert_eq!(sign_up(&kit, &client, "alice", &[]).await, "Ok");
            assert_eq!(sign_up(&kit, &client, "alice", &[]).await, "UsernameExists");
            assert_eq!(sign_up(&kit, &client, "ALICE", &[]).await, other_case);
            // Hiding that a user exists does not reach sign-up.
            let discreet = kit.discreet_client(&pool).await;
            assert_eq!(
                sign_up(&kit, &discreet, "alice", &[]).await,
                "UsernameExists"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn fifty_sign_ups_of_one_name_at_once_make_one_user() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| settings.username_attributes = vec![ContactAttribute::Email])
            .await;
        let client = kit.public_client(&pool).await;
        let sign_ups = (0..50).map(|_| sign_up(&kit, &client, "a@example.com", &[]));
        let outcomes = futures_util::future::join_all(sign_ups).await;
        let made = outcomes.iter().filter(|outcome| *outcome == "Ok").count();
        assert_eq!(made, 1, "{outcomes:?}");
        assert!(outcomes.iter().all(|o| o == "Ok" || o == "UsernameExists"));
        let described = kit.describe_user_pool(&pool.id).await.unwrap();
        assert_eq!(described.user_count, 1);
    })
    .await;
}

#[tokio::test]
async fn checks_come_in_the_services_order() {
    on_every_engine(|kit| async move {
        let closed = kit
            .pool_with(|settings| settings.allows_admin_create_user_only = true)
            .await;
        let client = kit.confidential_client(&closed).await;
        let mut wrong = request(&client, "alice", &[("email", "no address")]);
        wrong.password = Some("weak".into());
        let right_hash = wrong.secret_hash.take();
        let missing = format!("SecretHashMissing({:?})", client.id);
        assert_eq!(fact(&kit.sign_up(wrong.clone()).await), missing);
        wrong.secret_hash = right_hash;
        assert_eq!(fact(&kit.sign_up(wrong).await), "SignUpNotPermitted");

        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.user(&pool, "alice").await;
        let mut wrong = request(&client, "alice", &[("email", "no address")]);
        wrong.password = Some("weak".into());
        let refused = kit.sign_up(wrong.clone()).await;
        assert_eq!(fact(&refused), "PasswordPolicyViolated(TooShort)");
        wrong.password = Some(PASSWORD.into());
        assert_eq!(fact(&kit.sign_up(wrong.clone()).await), "EmailInvalid");
        wrong.attributes.clear();
        assert_eq!(fact(&kit.sign_up(wrong.clone()).await), "UsernameExists");
        wrong.password = None;
        let refused = fact(&kit.sign_up(wrong).await);
        assert!(refused.starts_with("InvalidInput"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn s39_the_policy_holds_at_sign_up() {
    let table = [
        ("Sh0rt!", "PasswordPolicyViolated(TooShort)"),
        ("nouppercase1!", "PasswordPolicyViolated(NoUppercase)"),
        ("NOLOWERCASE1!", "PasswordPolicyViolated(NoLowercase)"),
        ("NoNumber!!", "PasswordPolicyViolated(NoNumber)"),
        ("NoSymbol11", "PasswordPolicyViolated(NoSymbol)"),
        ("Inner blank 1", "Ok"),
    ];
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        for (password, expected) in table {
            let mut wrong = request(&client, "alice", &[]);
            wrong.password = Some(password.into());
            assert_eq!(fact(&kit.sign_up(wrong).await), expected, "{password}");
        }
    })
    .await;
}

fn with_schema(settings: &mut UserPoolSettings) {
    let email = settings.schema.iter_mut().find(|a| a.name == "email");
    email.unwrap().is_required = true;
    for (name, data_type, is_developer_only) in [
        ("custom:tier", AttributeDataType::Number, false),
        ("dev:custom:role", AttributeDataType::String, true),
    ] {
        settings.schema.push(AttributeSchema {
            name: name.to_owned(),
            data_type,
            is_developer_only,
            is_mutable: true,
            is_required: false,
            string_limits: None,
            number_limits: Some((Some("1".to_owned()), Some("3".to_owned()))),
        });
    }
}

#[tokio::test]
async fn s48_only_attributes_that_the_client_may_write_are_taken() {
    let email = ("email", "a@example.com");
    let table: [(&[(&str, &str)], &str); 13] = [
        (
            &[("sub", "mine")],
            "InvalidInput(\"Cannot modify the non-mutable attribute sub\")",
        ),
        (&[("email_verified", "true")], "AttributeNotWritable"),
        (&[("phone_number_verified", "true")], "AttributeNotWritable"),
        (&[("dev:custom:role", "admin")], "AttributeNotWritable"),
        (
            &[("cognito:user_status", "CONFIRMED")],
            "AttributeUnknown(\"cognito:user_status\")",
        ),
        (&[("identities", "[]")], "AttributeUnknown(\"identities\")"),
        (
            &[("custom:other", "1")],
            "AttributeUnknown(\"custom:other\")",
        ),
        (
            &[("custom:tier", "4")],
            "AttributeInvalid { name: \"custom:tier\", violation: TooLarge(3) }",
        ),
        (
            &[("custom:tier", "x")],
            "AttributeInvalid { name: \"custom:tier\", violation: NotANumber }",
        ),
        (&[("phone_number", "2065551212")], "PhoneNumberInvalid"),
        (
            &[("birthdate", "1.1.1990")],
            "AttributeInvalid { name: \"birthdate\", violation: TooShort(10) }",
        ),
        (&[], "AttributesRequired([\"email\"])"),
        (&[email, ("custom:tier", "3")], "Ok"),
    ];
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(with_schema).await;
        let client = kit.public_client(&pool).await;
        for (pairs, expected) in table {
            assert_eq!(
                sign_up(&kit, &client, "alice", pairs).await,
                expected,
                "{pairs:?}"
            );
        }
        let narrow = kit
            .client_with(&pool, |request| {
                request.settings.write_attributes = Some(vec!["email".to_owned()]);
            })
            .await;
        let refused = sign_up(&kit, &narrow, "bob", &[email, ("custom:tier", "3")]).await;
        assert_eq!(refused, "AttributeNotWritable");
        assert_eq!(sign_up(&kit, &narrow, "bob", &[email]).await, "Ok");
    })
    .await;
}

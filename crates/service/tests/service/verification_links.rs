//! Sign-ups that are confirmed by a link in a mail.

use futures_util::future::join_all;
use poolhouse_model::{
    AliasAttribute, ClientId, ContactAttribute, EmailVerification, Ttl, UserPool, UserPoolId,
    UserPoolSettings, UserStatus,
};
use poolhouse_service::{
    ConfirmByLink, ConfirmSignUp, CreateDomain, LinkOutcome, ResendConfirmationCode, ServiceError,
};
use poolhouse_testkit::{
    PUBLIC_URL, SignInExt, TestClient, TestService, attributes, on_every_engine, sign_up_request,
};
use url::Url;

use crate::facts::fact;

fn by_link(settings: &mut UserPoolSettings) {
    settings.messages.email_verification = EmailVerification::Link;
}

/// The newest link that was sent to an address.
async fn link_to(kit: &TestService, address: &str) -> Url {
    let message = kit.messages_to(address).await.remove(0);
    assert_eq!(message.code, None, "no code to type");
    Url::parse(&message.link.expect("a link")).unwrap()
}

fn parameter(link: &Url, name: &str) -> String {
    let mut pairs = link.query_pairs();
    let found = pairs.find(|(found, _)| found == name);
    found.expect("the parameter is there").1.into_owned()
}

fn read(link: &Url) -> ConfirmByLink {
    ConfirmByLink {
        host_pool: None,
        client_id: ClientId::new(parameter(link, "client_id")),
        username: parameter(link, "user_name"),
        code: parameter(link, "confirmation_code").as_str().into(),
    }
}

async fn follow(kit: &TestService, link: &Url) -> String {
    told(&kit.confirm_sign_up_by_link(read(link)).await)
}

fn told(outcome: &Result<LinkOutcome, ServiceError>) -> String {
    match outcome {
        Ok(outcome) => format!("{outcome:?}"),
        Err(error) => format!("{error:?}"),
    }
}

async fn confirm_by_api(kit: &TestService, client: &TestClient, name: &str, code: &str) -> String {
    let request = ConfirmSignUp {
        client_id: client.id.clone(),
        secret_hash: client.secret_hash(name),
        username: name.to_owned(),
        code: code.into(),
        forces_alias_creation: false,
    };
    fact(&kit.confirm_sign_up(request).await)
}

async fn resend(kit: &TestService, client: &TestClient, name: &str) {
    let request = ResendConfirmationCode {
        client_id: client.id.clone(),
        secret_hash: client.secret_hash(name),
        username: name.to_owned(),
    };
    kit.resend_confirmation_code(request).await.unwrap();
}

async fn status(kit: &TestService, pool: &UserPool, name: &str) -> UserStatus {
    kit.admin_get_user(&pool.id, name).await.unwrap().status
}

#[tokio::test]
async fn a_link_confirms_once_and_then_says_so() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(by_link).await;
        for client in [
            kit.public_client(&pool).await,
            kit.confidential_client(&pool).await,
            kit.discreet_client(&pool).await,
        ] {
            let name = format!("user+&={}", client.id);
            let email = format!("{}@example.com", client.id);
            kit.signed_up_user(&client, &name, &email).await;
            let link = link_to(&kit, &email).await;
            assert!(
                link.as_str()
                    .starts_with(&format!("{PUBLIC_URL}/confirmUser?"))
            );
            assert_eq!(parameter(&link, "user_name"), name);
            assert_eq!(follow(&kit, &link).await, "Confirmed");
            let user = kit.admin_get_user(&pool.id, &name).await.unwrap();
            assert_eq!(user.status, UserStatus::Confirmed);
            assert_eq!(user.attribute("email_verified"), Some("true"));
            assert_eq!(follow(&kit, &link).await, "AlreadyConfirmed");
            kit.tokens_of(&client, &name).await;
        }
    })
    .await;
}

#[tokio::test]
async fn s45_the_code_of_a_link_is_no_code_for_the_api_and_wrong_answers_do_not_end_it() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(by_link).await;
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "alice", "alice@example.com")
            .await;
        let link = link_to(&kit, "alice@example.com").await;
        let code = parameter(&link, "confirmation_code");
        for code in [code.as_str(), "123456", "0"] {
            let told = confirm_by_api(&kit, &client, "alice", code).await;
            assert_eq!(told, "CodeMismatch");
        }
        for _ in 0..5 {
            let told = confirm_by_api(&kit, &client, "alice", &code).await;
            assert!(
                ["CodeMismatch", "CodeExpired"].contains(&told.as_str()),
                "{told}"
            );
        }
        assert_eq!(status(&kit, &pool, "alice").await, UserStatus::Unconfirmed);
        assert_eq!(follow(&kit, &link).await, "Confirmed");
    })
    .await;
}

#[tokio::test]
async fn s45_a_newer_link_voids_the_old_and_a_link_ends_after_a_day() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(by_link).await;
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "alice", "alice@example.com")
            .await;
        let old = link_to(&kit, "alice@example.com").await;
        kit.clock.advance(Ttl::from_hours(1));
        resend(&kit, &client, "alice").await;
        let new = link_to(&kit, "alice@example.com").await;
        assert_ne!(old, new);
        assert_eq!(follow(&kit, &old).await, "CodeExpired");
        kit.clock.advance(Ttl::from_hours(24));
        assert_eq!(follow(&kit, &new).await, "CodeExpired");
        resend(&kit, &client, "alice").await;
        let newest = link_to(&kit, "alice@example.com").await;
        assert_eq!(follow(&kit, &newest).await, "Confirmed");
        // Whoever holds one of them may know.
        assert_eq!(follow(&kit, &old).await, "AlreadyConfirmed");
    })
    .await;
}

#[tokio::test]
async fn s45_a_link_works_for_its_user_client_and_pool_alone() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(by_link).await;
        let client = kit.public_client(&pool).await;
        let discreet = kit.discreet_client(&pool).await;
        for name in ["alice", "bob"] {
            let email = format!("{name}@example.com");
            kit.signed_up_user(&client, name, &email).await;
        }
        let link = link_to(&kit, "alice@example.com").await;
        let mut for_bob = read(&link);
        for_bob.username = "bob".to_owned();
        let mut of_other_client = read(&link);
        of_other_client.client_id = discreet.id.clone();
        let mut at_other_pool = read(&link);
        at_other_pool.host_pool = Some(UserPoolId::new("us-east-1_Other1234"));
        let mut at_nobody = read(&link);
        at_nobody.client_id = ClientId::new("nobody");
        let mut of_nobody = read(&link);
        of_nobody.username = "nobody".to_owned();
        let not_found = "AppClientNotFound";
        for (link, expected) in [
            (for_bob, "CodeMismatch"),
            (of_other_client, "CodeMismatch"),
            (at_other_pool, not_found),
            (at_nobody, not_found),
            (of_nobody, "UsernameClientCombinationNotFound"),
        ] {
            let outcome = told(&kit.confirm_sign_up_by_link(link).await);
            assert!(outcome.starts_with(expected), "{outcome}");
        }
        let mut at_own_pool = read(&link);
        at_own_pool.host_pool = Some(pool.id.clone());
        let outcome = kit.confirm_sign_up_by_link(at_own_pool).await;
        assert_eq!(told(&outcome), "Confirmed");
        assert_eq!(status(&kit, &pool, "bob").await, UserStatus::Unconfirmed);
    })
    .await;
}

#[tokio::test]
async fn s34_a_made_up_link_does_not_tell_a_discreet_clients_users() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(by_link).await;
        let client = kit.discreet_client(&pool).await;
        kit.user(&pool, "confirmed").await;
        kit.signed_up_user(&client, "unconfirmed", "u@example.com")
            .await;
        let sound = link_to(&kit, "u@example.com").await;
        for name in ["confirmed", "unconfirmed", "nobody"] {
            for code in [
                "123456",
                &parameter(&sound, "confirmation_code")[1..],
                "A",
                "é",
            ] {
                let link = ConfirmByLink {
                    host_pool: None,
                    client_id: client.id.clone(),
                    username: name.to_owned(),
                    code: code.into(),
                };
                let outcome = kit.confirm_sign_up_by_link(link).await;
                assert_eq!(told(&outcome), "CodeMismatch", "{name} {code}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn of_many_who_follow_a_link_at_once_one_confirms() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(by_link).await;
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "alice", "alice@example.com")
            .await;
        let link = link_to(&kit, "alice@example.com").await;
        let outcomes = join_all((0..20).map(|_| follow(&kit, &link))).await;
        let confirmed = outcomes.iter().filter(|told| *told == "Confirmed");
        assert_eq!(confirmed.count(), 1, "{outcomes:?}");
        let is_told = |told: &String| told == "Confirmed" || told == "AlreadyConfirmed";
        assert!(outcomes.iter().all(is_told), "{outcomes:?}");
    })
    .await;
}

#[tokio::test]
async fn an_application_may_build_a_link_around_a_typed_code() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        for client in [
            kit.public_client(&pool).await,
            kit.confidential_client(&pool).await,
        ] {
            let name = format!("user-{}", client.id);
            let email = format!("{name}@example.com");
            kit.signed_up_user(&client, &name, &email).await;
            let code = kit.code_to(&email).await;
            let link = ConfirmByLink {
                host_pool: None,
                client_id: client.id.clone(),
                username: name.clone(),
                code: code.as_str().into(),
            };
            let outcome = kit.confirm_sign_up_by_link(link.clone()).await;
            assert_eq!(told(&outcome), "Confirmed");
            let outcome = kit.confirm_sign_up_by_link(link).await;
            assert_eq!(told(&outcome), "AlreadyConfirmed");
        }
    })
    .await;
}

#[tokio::test]
async fn a_code_goes_by_sms_and_to_no_link_where_the_phone_number_is_verified() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| {
                by_link(settings);
                settings.auto_verified_attributes =
                    vec![ContactAttribute::Email, ContactAttribute::PhoneNumber];
            })
            .await;
        let client = kit.public_client(&pool).await;
        let mut request = sign_up_request(&client, "alice");
        let pairs = [("email", "a@example.com"), ("phone_number", "+12065550100")];
        request.attributes = attributes(&pairs);
        kit.sign_up(request).await.unwrap();
        assert!(kit.messages_to("a@example.com").await.is_empty());
        let code = kit.code_to("+12065550100").await;
        assert_eq!(confirm_by_api(&kit, &client, "alice", &code).await, "Ok");
    })
    .await;
}

#[tokio::test]
async fn an_address_that_another_user_proved_meanwhile_is_not_taken_over_by_a_link() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| {
                by_link(settings);
                settings.alias_attributes = vec![AliasAttribute::Email];
            })
            .await;
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "alice", "a@example.com").await;
        let first = link_to(&kit, "a@example.com").await;
        kit.clock.advance(Ttl::from_secs(1));
        kit.signed_up_user(&client, "mallory", "a@example.com")
            .await;
        let second = link_to(&kit, "a@example.com").await;
        assert_eq!(follow(&kit, &first).await, "Confirmed");
        let refused = follow(&kit, &second).await;
        assert!(refused.starts_with("AliasExists"), "{refused}");
        assert_eq!(
            status(&kit, &pool, "mallory").await,
            UserStatus::Unconfirmed
        );
    })
    .await;
}

#[tokio::test]
async fn s55_links_lead_to_the_public_url_or_the_custom_domain() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(by_link).await;
        let client = kit.public_client(&pool).await;
        let domain = |name: &str| CreateDomain {
            pool_id: pool.id.clone(),
            domain: name.to_owned(),
            custom: name.contains('.').then(|| poolhouse_service::CustomDomain {
                certificate_arn: "arn:aws:acm:x".to_owned(),
                security_policy: None,
            }),
            managed_login_version: None,
        };
        kit.create_domain(domain("house")).await.unwrap();
        kit.signed_up_user(&client, "alice", "alice@example.com")
            .await;
        let link = link_to(&kit, "alice@example.com").await;
        assert!(link.as_str().starts_with(PUBLIC_URL), "{link}");
        kit.create_domain(domain("auth.example.com")).await.unwrap();
        kit.signed_up_user(&client, "bob", "bob@example.com").await;
        let link = link_to(&kit, "bob@example.com").await;
        assert!(
            link.as_str()
                .starts_with("https://auth.example.com/confirmUser?"),
            "{link}"
        );
    })
    .await;
}

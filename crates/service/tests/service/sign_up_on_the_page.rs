//! Signing up, confirming and resetting a password on the pages, without the pages.

use poolhouse_model::{Attributes, SecretString, Ttl, UserStatus};
use poolhouse_service::{
    Authorization, ConfirmedOnThePage, HostedConfirmation, HostedSignUp, HostedStep, ServiceError,
    SignedUpOnThePage,
};
use poolhouse_testkit::{
    CALLBACK_URL, PASSWORD, TestClient, TestService, attributes, on_every_engine,
};

use crate::facts::fact;

const ADDRESS: &str = "new@example.com";

async fn authorization(kit: &TestService, client: &TestClient) -> Authorization {
    kit.authorize(client, &[]).await.ok().unwrap()
}

fn filled_in(name: &str, attributes: Attributes) -> HostedSignUp {
    HostedSignUp {
        username: name.to_owned(),
        password: PASSWORD.into(),
        attributes,
    }
}

/// Signs a user up on the page of a client; gives what the browser carries then.
async fn sign_up(kit: &TestService, authorization: &Authorization) -> SecretString {
    let filled_in = filled_in("new", attributes(&[("email", ADDRESS)]));
    let signed_up = kit
        .hosted_sign_up(authorization, filled_in, None, None)
        .await
        .unwrap();
    match signed_up {
        SignedUpOnThePage::GoesOn(HostedStep::Confirmation(pending)) => {
            assert_eq!(pending.ttl, Ttl::from_hours(1));
            pending.challenge_session
        }
        other => panic!("{other:?}"),
    }
}

async fn house(kit: &TestService) -> TestClient {
    let pool = kit
        .pool_with(|settings| {
            let mut schema = settings.schema.iter_mut();
            let email = schema.find(|attribute| attribute.name == "email");
            email.unwrap().is_required = true;
        })
        .await;
    // The pages speak for a client with a secret too: nobody types a hash.
    kit.confidential_client(&pool).await
}

async fn confirm(
    kit: &TestService,
    authorization: &Authorization,
    pending: &SecretString,
    code: &str,
) -> Result<ConfirmedOnThePage, ServiceError> {
    kit.hosted_confirm_sign_up(
        authorization,
        Some(pending.expose()),
        ("", code.into()),
        None,
    )
    .await
}

#[tokio::test]
async fn s43_a_confirmation_signs_in_once() {
    on_every_engine(|kit| async move {
        let client = house(&kit).await;
        let authorization = authorization(&kit, &client).await;
        let pending = sign_up(&kit, &authorization).await;
        let carried = kit
            .find_hosted_confirmation(&authorization, Some(pending.expose()))
            .await
            .unwrap();
        assert!(matches!(
            carried,
            Some(HostedConfirmation::Awaited { is_link: false, .. })
        ));
        let wrong = confirm(&kit, &authorization, &pending, "000000").await;
        assert_eq!(fact(&wrong), "CodeMismatch");
        let code = kit.code_to(ADDRESS).await;
        match confirm(&kit, &authorization, &pending, &code)
            .await
            .unwrap()
        {
            ConfirmedOnThePage::GoesOn(HostedStep::SignedIn(signed_in)) => {
                assert!(signed_in.location.starts_with(CALLBACK_URL));
            }
            other => panic!("{other:?}"),
        }
        let user = kit.admin_get_user(&client.pool_id, "new").await.unwrap();
        assert_eq!(user.status, UserStatus::Confirmed);
        assert_eq!(user.attribute("email_verified"), Some("true"));
        let again = confirm(&kit, &authorization, &pending, &code)
            .await
            .unwrap();
        assert!(matches!(again, ConfirmedOnThePage::SignInNext), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn s43_of_many_codes_at_once_one_signs_in() {
    on_every_engine(|kit| async move {
        let client = house(&kit).await;
        let authorization = authorization(&kit, &client).await;
        let pending = sign_up(&kit, &authorization).await;
        let code = kit.code_to(ADDRESS).await;
        let tries = (0..8).map(|_| confirm(&kit, &authorization, &pending, &code));
        let outcomes = futures_util::future::join_all(tries).await;
        let signed_in = outcomes
            .iter()
            .filter(|outcome| matches!(outcome, Ok(ConfirmedOnThePage::GoesOn(_))));
        assert_eq!(signed_in.count(), 1, "{outcomes:?}");
    })
    .await;
}

#[tokio::test]
async fn s43_a_confirmation_ends_with_its_password_and_its_user() {
    on_every_engine(|kit| async move {
        let client = house(&kit).await;
        let authorization = authorization(&kit, &client).await;
        let pending = sign_up(&kit, &authorization).await;
        let is_carried = async || {
            let carried = kit.find_hosted_confirmation(&authorization, Some(pending.expose()));
            carried.await.unwrap().is_some()
        };
        assert!(is_carried().await);
        let other = house(&kit).await;
        let elsewhere = self::authorization(&kit, &other).await;
        let found = kit.find_hosted_confirmation(&elsewhere, Some(pending.expose()));
        assert_eq!(found.await.unwrap(), None, "of another pool");
        kit.admin_user_global_sign_out(&client.pool_id, "new")
            .await
            .unwrap();
        assert!(!is_carried().await, "everything was signed out since");
        // The code still confirms, and signs nobody in.
        let code = kit.code_to(ADDRESS).await;
        let confirmed = kit
            .hosted_confirm_sign_up(
                &authorization,
                Some(pending.expose()),
                ("new", code.as_str().into()),
                None,
            )
            .await;
        assert!(matches!(confirmed, Ok(ConfirmedOnThePage::SignInNext)));
    })
    .await;
}

#[tokio::test]
async fn s48_the_page_takes_no_attribute_that_it_does_not_ask_for() {
    on_every_engine(|kit| async move {
        let client = house(&kit).await;
        let authorization = authorization(&kit, &client).await;
        for name in ["name", "sub", "email_verified", "custom:none"] {
            let given = attributes(&[("email", ADDRESS), (name, "true")]);
            let refused = kit
                .hosted_sign_up(&authorization, filled_in("new", given), None, None)
                .await;
            assert_eq!(fact(&refused), "AttributeNotWritable", "{name}");
        }
        assert!(kit.admin_get_user(&client.pool_id, "new").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_sign_up_that_comes_twice_is_known_by_what_the_browser_carries() {
    on_every_engine(|kit| async move {
        let client = house(&kit).await;
        let authorization = authorization(&kit, &client).await;
        let pending = sign_up(&kit, &authorization).await;
        let again = async |carried: Option<&str>| {
            let filled_in = filled_in("new", attributes(&[("email", ADDRESS)]));
            kit.hosted_sign_up(&authorization, filled_in, carried, None)
                .await
        };
        let known = again(Some(pending.expose())).await;
        assert!(matches!(known, Ok(SignedUpOnThePage::Before)), "{known:?}");
        for carried in [None, Some("x")] {
            assert_eq!(fact(&again(carried).await), "UsernameExists");
        }
    })
    .await;
}

#[tokio::test]
async fn a_reset_on_the_page_needs_no_secret_of_the_client() {
    on_every_engine(|kit| async move {
        let client = house(&kit).await;
        let pool = kit.describe_user_pool(&client.pool_id).await.unwrap().pool;
        kit.reachable_user(&pool, "jane").await;
        let authorization = authorization(&kit, &client).await;
        let reset = kit
            .hosted_forgot_password(&authorization, "jane")
            .await
            .unwrap();
        let text = Some(reset.text.expose());
        let carried = kit.find_hosted_reset(&authorization, text).await.unwrap();
        let carried = carried.unwrap();
        assert_eq!(carried.username, "jane");
        assert_eq!(carried.destination, "j***@e***");
        let mut changed = reset.text.expose().to_owned();
        changed.pop();
        let changed = kit.find_hosted_reset(&authorization, Some(&changed)).await;
        assert_eq!(changed.unwrap(), None);
        let code = kit.code_to("jane@example.com").await;
        let secrets = (code.as_str().into(), "Another-horse-8".into());
        kit.hosted_confirm_forgot_password(&authorization, "jane", secrets)
            .await
            .unwrap();
        let old = kit
            .hosted_sign_in(&authorization, "jane", &PASSWORD.into(), None)
            .await;
        assert_eq!(fact(&old), "WrongUsernameOrPassword");
    })
    .await;
}

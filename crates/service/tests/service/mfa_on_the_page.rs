//! The second factor on the page.

use poolhouse_model::{MfaRequirement, SecretString, Ttl};
use poolhouse_service::{Authorization, ChallengeName, HostedStep};
use poolhouse_testkit::{
    CALLBACK_URL, PASSWORD, SignInExt, TestAuthenticator, TestClient, TestService, on_every_engine,
};

use crate::facts::{challenge, fact, outcome};

const INVALID: &str = "ChallengeSessionInvalid";

async fn house(kit: &TestService) -> (TestClient, TestAuthenticator) {
    let pool = kit.mfa_pool(MfaRequirement::Optional).await;
    let client = kit.public_client(&pool).await;
    kit.user(&pool, "alice").await;
    let app = kit.authenticator(&client, "alice").await;
    (client, app)
}

async fn authorization(kit: &TestService, client: &TestClient) -> Authorization {
    kit.authorize(client, &[]).await.ok().unwrap()
}

async fn session(kit: &TestService, authorization: &Authorization) -> SecretString {
    let step = kit
        .hosted_sign_in(authorization, "alice", &PASSWORD.into(), None)
        .await;
    match step.unwrap() {
        HostedStep::SecondFactor(due) => {
            assert_eq!(due.ttl, Ttl::from_minutes(3));
            due.challenge_session
        }
        other => panic!("the code was not asked for: {other:?}"),
    }
}

async fn submit(
    kit: &TestService,
    authorization: &Authorization,
    session: &SecretString,
    code: &str,
) -> String {
    let signed_in = kit
        .hosted_software_token(authorization, session.expose(), &code.into(), None)
        .await;
    if let Ok(signed_in) = &signed_in {
        assert!(signed_in.location.starts_with(CALLBACK_URL));
    }
    fact(&signed_in)
}

#[tokio::test]
async fn s43_the_page_gives_nothing_before_the_code_and_takes_it_once() {
    on_every_engine(|kit| async move {
        let (client, app) = house(&kit).await;
        let authorization = authorization(&kit, &client).await;
        let waiting = session(&kit, &authorization).await;
        assert!(
            kit.awaits_hosted_software_token(&authorization, waiting.expose())
                .await
                .unwrap()
        );
        let code = app.next_code(&kit);
        let wrong = app.wrong_code(&kit);
        let refused = submit(&kit, &authorization, &waiting, &wrong).await;
        assert_eq!(refused, "SoftwareTokenCodeMismatch");
        assert_eq!(submit(&kit, &authorization, &waiting, &code).await, "Ok");
        let again = submit(&kit, &authorization, &waiting, &app.next_code(&kit)).await;
        assert_eq!(again, "ChallengeSessionUsed");
        let second = session(&kit, &authorization).await;
        let refused = submit(&kit, &authorization, &second, &code).await;
        assert_eq!(refused, "SoftwareTokenCodeUsed");
    })
    .await;
}

#[tokio::test]
async fn s43_sessions_of_page_and_api_do_not_stand_for_each_other() {
    on_every_engine(|kit| async move {
        let (client, app) = house(&kit).await;
        let authorization = authorization(&kit, &client).await;
        let of_page = session(&kit, &authorization).await;
        let of_api = challenge(kit.sign_in(&client, "alice", PASSWORD).await);
        let of_api = of_api.challenge_session.unwrap();
        let code = app.next_code(&kit);
        let refused = submit(&kit, &authorization, &of_api, &code).await;
        assert_eq!(refused, INVALID);
        let pairs = [("USERNAME", "alice"), ("SOFTWARE_TOKEN_MFA_CODE", &code)];
        let name = ChallengeName::SoftwareTokenMfa;
        let refused = kit.respond(&client, name, Some(&of_page), &pairs).await;
        assert_eq!(outcome(&refused), INVALID);
        // Another client's request is another sign-in.
        let pool = kit.service().pool(&client.pool_id).await.unwrap();
        let sister = kit.public_client(&pool).await;
        let of_sister = self::authorization(&kit, &sister).await;
        assert_eq!(submit(&kit, &of_sister, &of_page, &code).await, INVALID);
        for other in ["", "x", of_api.expose()] {
            let awaits = kit.awaits_hosted_software_token(&authorization, other);
            assert!(!awaits.await.unwrap());
        }
        assert_eq!(submit(&kit, &authorization, &of_page, &code).await, "Ok");
    })
    .await;
}

#[tokio::test]
async fn s44_the_page_counts_wrong_codes_with_those_of_the_api() {
    on_every_engine(|kit| async move {
        let (client, app) = house(&kit).await;
        let authorization = authorization(&kit, &client).await;
        kit.clock.advance(Ttl::from_secs(30));
        let waiting = session(&kit, &authorization).await;
        let wrong = app.wrong_code(&kit);
        for _ in 0..5 {
            let refused = submit(&kit, &authorization, &waiting, &wrong).await;
            assert_eq!(refused, "SoftwareTokenCodeMismatch");
        }
        let refused = submit(&kit, &authorization, &waiting, &app.code(&kit)).await;
        assert_eq!(refused, INVALID);
        let by_api = crate::software_token_challenges::sign_in_with(&kit, &client, &app).await;
        assert_eq!(by_api, "SecondFactorAttemptsExceeded");
    })
    .await;
}

#[tokio::test]
async fn a_page_cannot_set_an_app_up_yet_and_says_so() {
    on_every_engine(|kit| async move {
        let pool = kit.mfa_pool(MfaRequirement::On).await;
        let client = kit.public_client(&pool).await;
        let user = kit.user(&pool, "alice").await;
        let authorization = authorization(&kit, &client).await;
        for _ in 0..7 {
            let refused = kit
                .hosted_sign_in(&authorization, "alice", &PASSWORD.into(), None)
                .await;
            assert!(fact(&refused).contains("MFA_SETUP"));
        }
        assert_eq!(kit.lockout_of(&user).await.failures, 0);
    })
    .await;
}

//! The second factor on the page.

use poolhouse_model::{MfaRequirement, SecretString, Ttl};
use poolhouse_service::{Authorization, ChallengeName, HostedStep, ServiceError};
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

async fn begin_setup(kit: &TestService, authorization: &Authorization) -> SecretString {
    let step = kit
        .hosted_sign_in(authorization, "alice", &PASSWORD.into(), None)
        .await;
    match step.unwrap() {
        HostedStep::SetUp(pending) => pending.challenge_session,
        other => panic!("no app was to be set up: {other:?}"),
    }
}

#[tokio::test]
async fn s44_an_app_is_set_up_by_a_right_code_alone_and_its_seed_is_never_told_again() {
    on_every_engine(|kit| async move {
        let pool = kit.mfa_pool(MfaRequirement::On).await;
        let client = kit.public_client(&pool).await;
        kit.user(&pool, "alice").await;
        let authorization = authorization(&kit, &client).await;
        let waiting = begin_setup(&kit, &authorization).await;
        let shown = kit
            .hosted_setup(&authorization, waiting.expose())
            .await
            .unwrap();
        let again = kit
            .hosted_setup(&authorization, waiting.expose())
            .await
            .unwrap();
        assert_eq!(
            shown.secret_code.expose(),
            again.secret_code.expose(),
            "a reload"
        );
        assert!(shown.uri.expose().contains(shown.secret_code.expose()));
        let app = TestAuthenticator::of(&shown.secret_code);
        let finish = async |session: &SecretString, code: &str| {
            let code = code.into();
            let finished = kit
                .hosted_finish_setup(&authorization, session.expose(), &code, None)
                .await;
            fact(&finished)
        };
        let wrong = app.wrong_code(&kit);
        assert_eq!(finish(&waiting, &wrong).await, "SoftwareTokenSetUpFailed");
        // Another browser has a seed of its own, and is over once one of them is done.
        let other = begin_setup(&kit, &authorization).await;
        let others = kit
            .hosted_setup(&authorization, other.expose())
            .await
            .unwrap();
        assert_ne!(others.secret_code.expose(), shown.secret_code.expose());
        assert_eq!(finish(&waiting, &app.code(&kit)).await, "Ok");
        for session in [&waiting, &other] {
            let over = kit.hosted_setup(&authorization, session.expose()).await;
            assert!(over.is_err(), "{over:?}");
        }
        let theirs = TestAuthenticator::of(&others.secret_code);
        assert_eq!(finish(&other, &theirs.code(&kit)).await, INVALID);
        // From now on the code is asked for, and the one that set the app up is used.
        let asked = session(&kit, &authorization).await;
        let used = submit(&kit, &authorization, &asked, &app.code(&kit)).await;
        assert_eq!(used, "SoftwareTokenCodeUsed");
        kit.clock.advance(Ttl::from_secs(30));
        let asked = session(&kit, &authorization).await;
        assert_eq!(
            submit(&kit, &authorization, &asked, &app.code(&kit)).await,
            "Ok"
        );
    })
    .await;
}

#[tokio::test]
async fn s44_five_wrong_codes_end_the_setting_up() {
    on_every_engine(|kit| async move {
        let pool = kit.mfa_pool(MfaRequirement::On).await;
        let client = kit.public_client(&pool).await;
        kit.user(&pool, "alice").await;
        let authorization = authorization(&kit, &client).await;
        let waiting = begin_setup(&kit, &authorization).await;
        let shown = kit
            .hosted_setup(&authorization, waiting.expose())
            .await
            .unwrap();
        let app = TestAuthenticator::of(&shown.secret_code);
        for expected in ["SoftwareTokenSetUpFailed"; 5].into_iter().chain([INVALID]) {
            let code = app.wrong_code(&kit).as_str().into();
            let finished = kit
                .hosted_finish_setup(&authorization, waiting.expose(), &code, None)
                .await;
            assert_eq!(fact(&finished), expected);
        }
        let code = app.code(&kit).as_str().into();
        let finished = kit
            .hosted_finish_setup(&authorization, waiting.expose(), &code, None)
            .await;
        assert_eq!(fact(&finished), INVALID);
        let shown = kit.hosted_setup(&authorization, waiting.expose()).await;
        assert_eq!(fact(&shown), INVALID, "it was not done");
    })
    .await;
}

#[tokio::test]
async fn s44_of_right_codes_at_once_one_sets_an_app_up() {
    on_every_engine(|kit| async move {
        let pool = kit.mfa_pool(MfaRequirement::On).await;
        let client = kit.public_client(&pool).await;
        kit.user(&pool, "alice").await;
        let authorization = authorization(&kit, &client).await;
        // One tab sends its form twice while another is at the same step.
        let tab = begin_setup(&kit, &authorization).await;
        let other = begin_setup(&kit, &authorization).await;
        let finish = async |session: &SecretString| {
            let session = session.expose();
            let shown = kit.hosted_setup(&authorization, session).await?;
            let app = TestAuthenticator::of(&shown.secret_code);
            let code = app.code(&kit).as_str().into();
            let finished = kit
                .hosted_finish_setup(&authorization, session, &code, None)
                .await;
            finished.map(|_| shown.secret_code)
        };
        let outcomes: [_; 3] = tokio::join!(finish(&tab), finish(&tab), finish(&other)).into();
        let mut keys = Vec::new();
        for outcome in outcomes {
            match outcome {
                Ok(key) => keys.push(key),
                Err(ServiceError::ChallengeSessionUsed | ServiceError::ChallengeSessionInvalid) => {
                }
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!(keys.len(), 1, "{keys:?}");
        kit.clock.advance(Ttl::from_secs(30));
        let asked = session(&kit, &authorization).await;
        let app = TestAuthenticator::of(&keys[0]);
        let signed_in = submit(&kit, &authorization, &asked, &app.code(&kit)).await;
        assert_eq!(signed_in, "Ok");
    })
    .await;
}

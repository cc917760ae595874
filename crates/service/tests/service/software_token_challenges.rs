//! `SOFTWARE_TOKEN_MFA`: the code after the password.

use futures_util::future::join_all;
use poolhouse_model::{MfaRequirement, SecretString, Ttl, UserPool};
use poolhouse_service::{AuthFlow, ChallengeAnswer, ChallengeName, ServiceError, SignInOutcome};
use poolhouse_testkit::{
    PASSWORD, SignInExt, TestAuthenticator, TestClient, TestService, auth_parameters,
    on_every_engine,
};

use crate::facts::{challenge, outcome};
use crate::new_passwords::NEW;

const CODE: ChallengeName = ChallengeName::SoftwareTokenMfa;
const INVALID: &str = "ChallengeSessionInvalid";

async fn house(kit: &TestService) -> (UserPool, TestClient, TestAuthenticator) {
    let pool = kit.mfa_pool(MfaRequirement::Optional).await;
    let client = kit.public_client(&pool).await;
    kit.user(&pool, "alice").await;
    let app = kit.authenticator(&client, "alice").await;
    (pool, client, app)
}

/// Proves the password and gives the session of the challenge.
async fn session(kit: &TestService, client: &TestClient, name: &str) -> SecretString {
    let asked = challenge(kit.sign_in(client, name, PASSWORD).await);
    assert_eq!(asked.name, CODE);
    asked.challenge_session.unwrap()
}

async fn answer(
    kit: &TestService,
    client: &TestClient,
    name: &str,
    session: &SecretString,
    code: &str,
) -> Result<SignInOutcome, ServiceError> {
    let pairs = [("USERNAME", name), ("SOFTWARE_TOKEN_MFA_CODE", code)];
    kit.respond(client, CODE, Some(session), &pairs).await
}

/// Signs Alice in with the code that an app shows now.
pub(crate) async fn sign_in_with(
    kit: &TestService,
    client: &TestClient,
    app: &TestAuthenticator,
) -> String {
    let session = session(kit, client, "alice").await;
    outcome(&answer(kit, client, "alice", &session, &app.code(kit)).await)
}

#[tokio::test]
async fn every_flow_asks_for_the_code_and_takes_it() {
    on_every_engine(|kit| async move {
        let (pool, public, app) = house(&kit).await;
        let confidential = kit.confidential_client(&pool).await;
        let pairs = [("USERNAME", "alice"), ("PASSWORD", PASSWORD)];
        for client in [public, confidential] {
            for flow in ["password", "admin", "srp"] {
                let asked = match flow {
                    "password" => kit.sign_in(&client, "alice", PASSWORD).await,
                    "admin" => {
                        let flow = AuthFlow::AdminUserPassword;
                        kit.admin_initiate(&client, flow, &pairs).await
                    }
                    _ => kit.sign_in_by_srp(&client, "alice", PASSWORD).await,
                };
                let asked = challenge(asked);
                assert_eq!(asked.name, CODE, "{flow}");
                let parameters: Vec<_> = asked.parameters.iter().collect();
                assert_eq!(parameters, [(&"USER_ID_FOR_SRP", &"alice".to_owned())]);
                let code = app.next_code(&kit);
                let responses = [("USERNAME", "alice"), ("SOFTWARE_TOKEN_MFA_CODE", &code)];
                let answered = kit
                    .respond_to_auth_challenge(ChallengeAnswer {
                        admin_pool_id: (flow == "admin").then(|| pool.id.clone()),
                        client_id: client.id.clone(),
                        challenge: CODE,
                        challenge_session: asked.challenge_session,
                        responses: auth_parameters(&client, &responses),
                    })
                    .await;
                assert_eq!(outcome(&answered), "Tokens", "{flow}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_password_is_followed_by_the_code() {
    on_every_engine(|kit| async move {
        let (pool, client, app) = house(&kit).await;
        kit.temporary_password(&pool, "alice").await;
        let asked = challenge(kit.sign_in(&client, "alice", PASSWORD).await);
        assert_eq!(asked.name, NEW);
        let pairs = [("USERNAME", "alice"), ("NEW_PASSWORD", "N3w!password")];
        let first = asked.challenge_session.unwrap();
        let asked = challenge(kit.respond(&client, NEW, Some(&first), &pairs).await);
        assert_eq!(asked.name, CODE);
        // The password is set, and the session that set it is spent.
        let again = kit.respond(&client, NEW, Some(&first), &pairs).await;
        assert_eq!(outcome(&again), "ChallengeSessionUsed");
        let session = asked.challenge_session.unwrap();
        let answered = answer(&kit, &client, "alice", &session, &app.next_code(&kit)).await;
        assert_eq!(outcome(&answered), "Tokens");
        let by_new = kit.sign_in(&client, "alice", "N3w!password").await;
        assert_eq!(outcome(&by_new), "SOFTWARE_TOKEN_MFA");
    })
    .await;
}

#[tokio::test]
async fn s43_the_challenge_cannot_be_skipped_or_answered_as_another_one() {
    on_every_engine(|kit| async move {
        let (_, client, app) = house(&kit).await;
        let session = session(&kit, &client, "alice").await;
        let code = app.next_code(&kit);
        for (name, key) in [
            (ChallengeName::NotServed("SMS_MFA"), "SMS_MFA_CODE"),
            (ChallengeName::NotServed("EMAIL_OTP"), "EMAIL_OTP_CODE"),
            (ChallengeName::NotServed("SELECT_MFA_TYPE"), "ANSWER"),
            (ChallengeName::MfaSetup, "ANSWER"),
            (NEW, "NEW_PASSWORD"),
        ] {
            let pairs = [("USERNAME", "alice"), (key, code.as_str())];
            let refused = kit.respond(&client, name, Some(&session), &pairs).await;
            assert_eq!(outcome(&refused), INVALID, "{name:?}");
        }
        let owner = || poolhouse_service::FactorOwner::ChallengeSession(session.clone());
        // A new app cannot be put in the place of the one that is asked for.
        let associated = poolhouse_testkit::associate(&kit, owner()).await;
        assert_eq!(crate::facts::fact(&associated), INVALID);
        let verified = poolhouse_testkit::verify(&kit, owner(), &code).await;
        assert_eq!(crate::facts::fact(&verified), INVALID);
        for (missing, pairs) in [
            ("Session", vec![("SOFTWARE_TOKEN_MFA_CODE", code.as_str())]),
            ("SOFTWARE_TOKEN_MFA_CODE", vec![]),
            (
                "SOFTWARE_TOKEN_MFA_CODE",
                vec![("SOFTWARE_TOKEN_MFA_CODE", "")],
            ),
        ] {
            let mut pairs = pairs;
            pairs.push(("USERNAME", "alice"));
            let given = (missing != "Session").then_some(&session);
            let refused = kit.respond(&client, CODE, given, &pairs).await;
            let expected = format!("ParameterMissing({missing:?})");
            assert_eq!(outcome(&refused), expected);
        }
        let answered = answer(&kit, &client, "alice", &session, &code).await;
        assert_eq!(outcome(&answered), "Tokens");
    })
    .await;
}

#[tokio::test]
async fn s43_a_code_session_is_bound_to_its_user_client_and_pool() {
    on_every_engine(|kit| async move {
        let (pool, client, app) = house(&kit).await;
        kit.user(&pool, "bob").await;
        let of_bob = kit.authenticator(&client, "bob").await;
        let other_pool = kit.mfa_pool(MfaRequirement::Optional).await;
        kit.user(&other_pool, "alice").await;
        let stranger = kit.public_client(&other_pool).await;
        let sister = kit.public_client(&pool).await;
        let session = session(&kit, &client, "alice").await;
        let code = app.next_code(&kit);
        for other in [&sister, &stranger] {
            let refused = answer(&kit, other, "alice", &session, &code).await;
            assert_eq!(outcome(&refused), INVALID);
        }
        // Bob's right code proves nothing of Alice, nor in Bob's name.
        let refused = answer(&kit, &client, "bob", &session, &of_bob.code(&kit)).await;
        assert_eq!(outcome(&refused), INVALID);
        let refused = answer(&kit, &client, "alice", &session, &of_bob.code(&kit)).await;
        assert_eq!(outcome(&refused), "SoftwareTokenCodeMismatch");
        let answered = answer(&kit, &client, "alice", &session, &code).await;
        assert_eq!(outcome(&answered), "Tokens");
        let replayed = answer(&kit, &client, "alice", &session, &app.next_code(&kit)).await;
        assert_eq!(outcome(&replayed), "ChallengeSessionUsed");
    })
    .await;
}

#[tokio::test]
async fn s43_a_code_session_ends_with_its_time_and_with_the_password() {
    on_every_engine(|kit| async move {
        let (pool, client, app) = house(&kit).await;
        let late = session(&kit, &client, "alice").await;
        kit.clock.advance(Ttl::from_minutes(3));
        let refused = answer(&kit, &client, "alice", &late, &app.code(&kit)).await;
        assert_eq!(outcome(&refused), "ChallengeSessionExpired");
        let before = session(&kit, &client, "alice").await;
        kit.set_password(&pool, "alice", PASSWORD).await;
        let refused = answer(&kit, &client, "alice", &before, &app.code(&kit)).await;
        assert_eq!(outcome(&refused), INVALID);
        let before = session(&kit, &client, "alice").await;
        kit.disable(&pool, "alice").await;
        let refused = answer(&kit, &client, "alice", &before, &app.code(&kit)).await;
        assert_eq!(outcome(&refused), "UserDisabled");
    })
    .await;
}

#[tokio::test]
async fn s44_a_code_works_once_and_so_do_earlier_ones() {
    on_every_engine(|kit| async move {
        let (_, client, app) = house(&kit).await;
        let earlier = app.next_code(&kit);
        let code = app.next_code(&kit);
        let first = session(&kit, &client, "alice").await;
        let second = session(&kit, &client, "alice").await;
        let answered = answer(&kit, &client, "alice", &first, &code).await;
        assert_eq!(outcome(&answered), "Tokens");
        for used in [&code, &earlier] {
            let refused = answer(&kit, &client, "alice", &second, used).await;
            assert_eq!(outcome(&refused), "SoftwareTokenCodeUsed");
        }
        let answered = answer(&kit, &client, "alice", &second, &app.next_code(&kit)).await;
        assert_eq!(outcome(&answered), "Tokens");
    })
    .await;
}

#[tokio::test]
async fn s44_a_code_works_one_step_early_and_late_and_no_further() {
    on_every_engine(|kit| async move {
        let (_, client, app) = house(&kit).await;
        for (steps, expected) in [
            (2, "SoftwareTokenCodeMismatch"),
            (1, "Tokens"),
            (0, "Tokens"),
            (-1, "Tokens"),
            (-2, "SoftwareTokenCodeMismatch"),
        ] {
            kit.clock.advance(Ttl::from_minutes(10));
            let session = session(&kit, &client, "alice").await;
            let code = if steps >= 0 {
                let code = app.code(&kit);
                kit.clock.advance(Ttl::from_secs(30 * steps));
                code
            } else {
                kit.clock.advance(Ttl::from_secs(-30 * steps));
                let code = app.code(&kit);
                kit.clock.turn_back(Ttl::from_secs(-30 * steps));
                code
            };
            let answered = answer(&kit, &client, "alice", &session, &code).await;
            assert_eq!(outcome(&answered), expected, "{steps}");
        }
    })
    .await;
}

#[tokio::test]
async fn s44_one_code_at_fifty_sign_ins_at_once_gives_one_success() {
    on_every_engine(|kit| async move {
        let (_, client, app) = house(&kit).await;
        let mut sessions = Vec::new();
        for _ in 0..50 {
            sessions.push(session(&kit, &client, "alice").await);
        }
        let code = app.next_code(&kit);
        let answers = sessions
            .iter()
            .map(|session| answer(&kit, &client, "alice", session, &code));
        let outcomes: Vec<String> = join_all(answers).await.iter().map(outcome).collect();
        let successes = outcomes.iter().filter(|outcome| *outcome == "Tokens");
        assert_eq!(successes.count(), 1, "{outcomes:?}");
        // One session under many codes of the same app is one success as well.
        kit.clock.advance(Ttl::from_minutes(20));
        let one = session(&kit, &client, "alice").await;
        let code = app.code(&kit);
        let answers = (0..50).map(|_| answer(&kit, &client, "alice", &one, &code));
        let outcomes: Vec<String> = join_all(answers).await.iter().map(outcome).collect();
        let successes = outcomes.iter().filter(|outcome| *outcome == "Tokens");
        assert_eq!(successes.count(), 1, "{outcomes:?}");
    })
    .await;
}

#[tokio::test]
async fn s44_five_wrong_codes_end_the_session() {
    on_every_engine(|kit| async move {
        let (_, client, app) = house(&kit).await;
        kit.clock.advance(Ttl::from_secs(30));
        let worn_out = session(&kit, &client, "alice").await;
        let wrong = app.wrong_code(&kit);
        let long = "1".repeat(100_000);
        for code in [&wrong, "x", "12345", "1234567", &long] {
            let refused = answer(&kit, &client, "alice", &worn_out, code).await;
            assert_eq!(outcome(&refused), "SoftwareTokenCodeMismatch");
        }
        let refused = answer(&kit, &client, "alice", &worn_out, &app.code(&kit)).await;
        assert_eq!(outcome(&refused), INVALID);
    })
    .await;
}

#[tokio::test]
async fn s44_wrong_codes_count_for_the_user_whatever_the_session() {
    on_every_engine(|kit| async move {
        let (pool, client, app) = house(&kit).await;
        kit.clock.advance(Ttl::from_secs(30));
        let wrong = app.wrong_code(&kit);
        let mut sessions = Vec::new();
        for _ in 0..6 {
            sessions.push(session(&kit, &client, "alice").await);
        }
        for session in &sessions[..5] {
            let refused = answer(&kit, &client, "alice", session, &wrong).await;
            assert_eq!(outcome(&refused), "SoftwareTokenCodeMismatch");
        }
        // Right or wrong, a new session or an old one: the user waits.
        let refused = answer(&kit, &client, "alice", &sessions[5], &app.code(&kit)).await;
        assert_eq!(outcome(&refused), "SecondFactorAttemptsExceeded");
        let another = kit.another_instance();
        let pairs = [
            ("USERNAME", "alice"),
            ("SOFTWARE_TOKEN_MFA_CODE", &app.code(&kit)),
        ];
        let session = session(&kit, &client, "alice").await;
        let refused = another.respond(&client, CODE, Some(&session), &pairs).await;
        assert_eq!(outcome(&refused), "SecondFactorAttemptsExceeded");
        // The password alone is not locked by that, and other users are not either.
        kit.user(&pool, "bob").await;
        let of_bob = kit.sign_in(&client, "bob", PASSWORD).await;
        assert_eq!(outcome(&of_bob), "Tokens");
        kit.clock.advance(Ttl::from_secs(1));
        let answered = answer(&kit, &client, "alice", &session, &app.code(&kit)).await;
        assert_eq!(outcome(&answered), "Tokens");
        // A right code forgives the wrong ones.
        kit.clock.advance(Ttl::from_secs(30));
        assert_eq!(sign_in_with(&kit, &client, &app).await, "Tokens");
    })
    .await;
}

#[tokio::test]
async fn s37_wrong_codes_at_once_count_one_by_one() {
    on_every_engine(|kit| async move {
        let (_, client, app) = house(&kit).await;
        kit.clock.advance(Ttl::from_secs(30));
        let wrong = app.wrong_code(&kit);
        let mut sessions = Vec::new();
        for _ in 0..30 {
            sessions.push(session(&kit, &client, "alice").await);
        }
        let answers = sessions
            .iter()
            .map(|session| answer(&kit, &client, "alice", session, &wrong));
        let outcomes: Vec<String> = join_all(answers).await.iter().map(outcome).collect();
        let looked_at = outcomes
            .iter()
            .filter(|outcome| *outcome == "SoftwareTokenCodeMismatch");
        assert_eq!(looked_at.count(), 5, "{outcomes:?}");
    })
    .await;
}

#[tokio::test]
async fn an_app_that_went_meanwhile_is_said_to_be_gone() {
    on_every_engine(|kit| async move {
        let (pool, client, app) = house(&kit).await;
        let session = session(&kit, &client, "alice").await;
        kit.admin_delete_software_token(&pool.id, "alice")
            .await
            .unwrap();
        let refused = answer(&kit, &client, "alice", &session, &app.next_code(&kit)).await;
        assert_eq!(outcome(&refused), "SoftwareTokenNotSetUp");
    })
    .await;
}

#[tokio::test]
async fn an_app_is_asked_for_after_the_pool_stopped_offering_it_and_never_where_mfa_is_off() {
    on_every_engine(|kit| async move {
        let (pool, client, app) = house(&kit).await;
        for (mfa, expected) in [
            (MfaRequirement::Optional, "SOFTWARE_TOKEN_MFA"),
            (MfaRequirement::On, "SOFTWARE_TOKEN_MFA"),
            (MfaRequirement::Off, "Tokens"),
        ] {
            let change = poolhouse_service::SetUserPoolMfaConfig {
                pool_id: pool.id.clone(),
                mfa: Some(mfa),
                software_token: false,
                sms: None,
                email: (mfa != MfaRequirement::Off).then(|| serde_json::json!({})),
                web_authn: None,
            };
            kit.set_user_pool_mfa_config(change).await.unwrap();
            let asked = kit.sign_in(&client, "alice", PASSWORD).await;
            assert_eq!(outcome(&asked), expected);
        }
        drop(app);
    })
    .await;
}

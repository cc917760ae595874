//! `MFA_SETUP`: a pool that requires a second factor lets a user set it up on the way.

use poolhouse_model::{MfaFactor, MfaRequirement, SecretString, Ttl, UserPool};
use poolhouse_service::{ChallengeName, FactorOwner};
use poolhouse_testkit::{
    PASSWORD, SignInExt, TestClient, TestService, associate, on_every_engine, verify,
};

use crate::facts::{challenge, fact, outcome};
use crate::new_passwords::NEW;

const SETUP: ChallengeName = ChallengeName::MfaSetup;
const INVALID: &str = "ChallengeSessionInvalid";

async fn house(kit: &TestService) -> (UserPool, TestClient) {
    let pool = kit.mfa_pool(MfaRequirement::On).await;
    let client = kit.public_client(&pool).await;
    kit.user(&pool, "alice").await;
    (pool, client)
}

async fn session(kit: &TestService, client: &TestClient) -> SecretString {
    let asked = challenge(kit.sign_in(client, "alice", PASSWORD).await);
    assert_eq!(asked.name, SETUP);
    asked.challenge_session.unwrap()
}

fn owner(session: &SecretString) -> FactorOwner {
    FactorOwner::ChallengeSession(session.clone())
}

async fn finish(kit: &TestService, client: &TestClient, session: &SecretString) -> String {
    // The service took answers that carry the code again.
    let pairs = [("USERNAME", "alice"), ("SOFTWARE_TOKEN_MFA_CODE", "000000")];
    outcome(&kit.respond(client, SETUP, Some(session), &pairs).await)
}

#[tokio::test]
async fn a_user_sets_an_app_up_on_the_way_and_is_asked_for_it_from_then_on() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit).await;
        let asked = challenge(kit.sign_in_by_srp(&client, "alice", PASSWORD).await);
        assert_eq!(asked.name, SETUP);
        assert_eq!(
            asked.parameters["MFAS_CAN_SETUP"],
            r#"["SOFTWARE_TOKEN_MFA"]"#
        );
        let first = asked.challenge_session.unwrap();
        let (app, second) = associate(&kit, owner(&first)).await.unwrap();
        let second = second.unwrap();
        let wrong = verify(&kit, owner(&second), &app.wrong_code(&kit)).await;
        assert_eq!(fact(&wrong), "SoftwareTokenSetUpFailed");
        let third = verify(&kit, owner(&second), &app.code(&kit)).await;
        let third = third.unwrap().unwrap();
        assert_eq!(finish(&kit, &client, &third).await, "Tokens");
        let again = finish(&kit, &client, &third).await;
        assert_eq!(again, "ChallengeSessionUsed");
        let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        let settings = kit.mfa_settings(&user).await.unwrap();
        assert_eq!(settings.enabled, [MfaFactor::SoftwareToken]);
        assert_eq!(settings.preferred, Some(MfaFactor::SoftwareToken));
        kit.clock.advance(Ttl::from_secs(30));
        let next = crate::software_token_challenges::sign_in_with(&kit, &client, &app).await;
        assert_eq!(next, "Tokens");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_is_followed_by_the_setup() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit).await;
        kit.temporary_password(&pool, "alice").await;
        let asked = challenge(kit.sign_in(&client, "alice", PASSWORD).await);
        assert_eq!(asked.name, NEW);
        let pairs = [("USERNAME", "alice"), ("NEW_PASSWORD", PASSWORD)];
        let session = asked.challenge_session.as_ref();
        let asked = challenge(kit.respond(&client, NEW, session, &pairs).await);
        assert_eq!(asked.name, SETUP);
        let session = asked.challenge_session.unwrap();
        let (app, session) = associate(&kit, owner(&session)).await.unwrap();
        let session = verify(&kit, owner(&session.unwrap()), &app.code(&kit)).await;
        let session = session.unwrap().unwrap();
        assert_eq!(finish(&kit, &client, &session).await, "Tokens");
    })
    .await;
}

#[tokio::test]
async fn s43_no_step_of_the_setup_stands_for_another() {
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit).await;
        let first = session(&kit, &client).await;
        assert_eq!(finish(&kit, &client, &first).await, INVALID);
        assert_eq!(fact(&verify(&kit, owner(&first), "123456").await), INVALID);
        let (_, second) = associate(&kit, owner(&first)).await.unwrap();
        let second = second.unwrap();
        let spent = associate(&kit, owner(&first)).await;
        assert_eq!(fact(&spent), "ChallengeSessionUsed");
        assert_eq!(finish(&kit, &client, &second).await, INVALID);
        // A page that is loaded again associates anew.
        let (app, third) = associate(&kit, owner(&second)).await.unwrap();
        let third = third.unwrap();
        let fourth = verify(&kit, owner(&third), &app.code(&kit)).await;
        let fourth = fourth.unwrap().unwrap();
        for (step, spent) in [(&second, "used"), (&third, "used")] {
            let again = verify(&kit, owner(step), &app.next_code(&kit)).await;
            assert_eq!(fact(&again), "ChallengeSessionUsed", "{spent}");
        }
        assert_eq!(fact(&associate(&kit, owner(&fourth)).await), INVALID);
        assert_eq!(fact(&verify(&kit, owner(&fourth), "123456").await), INVALID);
        let pairs = [
            ("USERNAME", "alice"),
            ("SOFTWARE_TOKEN_MFA_CODE", &app.next_code(&kit)),
        ];
        let code = ChallengeName::SoftwareTokenMfa;
        let refused = kit.respond(&client, code, Some(&fourth), &pairs).await;
        assert_eq!(outcome(&refused), INVALID);
        assert_eq!(finish(&kit, &client, &fourth).await, "Tokens");
    })
    .await;
}

#[tokio::test]
async fn s43_sessions_that_are_none_of_ours_set_nothing_up() {
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit).await;
        let session = session(&kit, &client).await;
        let text = session.expose();
        let mut forged = vec![
            "x".repeat(20),
            "not base64 !".to_owned(),
            format!("{text}A"),
            text[..text.len() - 2].to_owned(),
            "A".repeat(100_000),
        ];
        forged.extend((0..text.len()).step_by(7).map(|at| {
            let other = if text.as_bytes()[at] == b'A' {
                "B"
            } else {
                "A"
            };
            format!("{}{other}{}", &text[..at], &text[at + 1..])
        }));
        for text in forged {
            let session = SecretString::new(text);
            let refused = associate(&kit, owner(&session)).await;
            assert_eq!(fact(&refused), INVALID);
            let refused = verify(&kit, owner(&session), "123456").await;
            assert_eq!(fact(&refused), INVALID);
        }
        assert!(associate(&kit, owner(&session)).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn s43_a_setup_ends_with_its_time_its_password_and_its_client() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit).await;
        let late = session(&kit, &client).await;
        kit.clock.advance(Ttl::from_minutes(3));
        let refused = associate(&kit, owner(&late)).await;
        assert_eq!(fact(&refused), "ChallengeSessionExpired");
        let before = session(&kit, &client).await;
        kit.set_password(&pool, "alice", PASSWORD).await;
        assert_eq!(fact(&associate(&kit, owner(&before)).await), INVALID);
        let gone = session(&kit, &client).await;
        kit.delete_user_pool_client(&pool.id, &client.id)
            .await
            .unwrap();
        assert_eq!(fact(&associate(&kit, owner(&gone)).await), INVALID);
        let other = kit.public_client(&pool).await;
        let of_deleted = session(&kit, &other).await;
        kit.admin_delete_user(&pool.id, "alice").await.unwrap();
        assert_eq!(fact(&associate(&kit, owner(&of_deleted)).await), INVALID);
        kit.user(&pool, "alice").await;
        let of_pool = session(&kit, &other).await;
        kit.delete_user_pool(&pool.id).await.unwrap();
        assert_eq!(fact(&associate(&kit, owner(&of_pool)).await), INVALID);
    })
    .await;
}

#[tokio::test]
async fn s44_whoever_knows_the_password_alone_cannot_replace_an_app() {
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit).await;
        // Two sign-ins wait for an app; the owner is first.
        let (of_owner, of_thief) = (session(&kit, &client).await, session(&kit, &client).await);
        let early = session(&kit, &client).await;
        let (thiefs_app, thiefs_second) = associate(&kit, owner(&of_thief)).await.unwrap();
        let (app, second) = associate(&kit, owner(&of_owner)).await.unwrap();
        // What the thief was told counts no more, since the owner associated later.
        let refused = verify(
            &kit,
            owner(&thiefs_second.clone().unwrap()),
            &thiefs_app.code(&kit),
        )
        .await;
        assert_eq!(fact(&refused), "SoftwareTokenSetUpFailed");
        let third = verify(&kit, owner(&second.unwrap()), &app.code(&kit)).await;
        let third = third.unwrap().unwrap();
        assert_eq!(fact(&associate(&kit, owner(&early)).await), INVALID);
        let refused = verify(&kit, owner(&thiefs_second.unwrap()), &app.next_code(&kit)).await;
        assert_eq!(fact(&refused), INVALID);
        assert_eq!(finish(&kit, &client, &third).await, "Tokens");
    })
    .await;
}

#[tokio::test]
async fn s43_a_finished_setup_does_not_outlive_its_app() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit).await;
        let first = session(&kit, &client).await;
        let (app, second) = associate(&kit, owner(&first)).await.unwrap();
        let third = verify(&kit, owner(&second.unwrap()), &app.code(&kit)).await;
        let third = third.unwrap().unwrap();
        kit.admin_delete_software_token(&pool.id, "alice")
            .await
            .unwrap();
        assert_eq!(finish(&kit, &client, &third).await, INVALID);
    })
    .await;
}

#[tokio::test]
async fn s44_five_wrong_first_codes_end_the_session() {
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit).await;
        let first = session(&kit, &client).await;
        let (app, second) = associate(&kit, owner(&first)).await.unwrap();
        let second = second.unwrap();
        for _ in 0..5 {
            let wrong = verify(&kit, owner(&second), &app.wrong_code(&kit)).await;
            assert_eq!(fact(&wrong), "SoftwareTokenSetUpFailed");
        }
        let refused = verify(&kit, owner(&second), &app.code(&kit)).await;
        assert_eq!(fact(&refused), INVALID);
    })
    .await;
}

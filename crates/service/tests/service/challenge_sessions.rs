//! The text that carries a challenge to its answer: whose it is, how long and how often it works.

use futures_util::future::join_all;
use poolhouse_model::{SecretString, Ttl, UserPool};
use poolhouse_service::{ChallengeName, MessageAction};
use poolhouse_testkit::{PASSWORD, SignInExt, admin_request, on_every_engine};

use crate::facts::outcome;
use crate::new_passwords::{NEW, answer, asked};

const INVALID: &str = "ChallengeSessionInvalid";

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

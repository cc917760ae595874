//! `USER_SRP_AUTH` and `PASSWORD_VERIFIER`.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use poolhouse_crypto::srp::timestamp;
use poolhouse_model::{SecretString, Ttl, UserPool};
use poolhouse_service::{AuthFlow, Challenge, ChallengeName, ServiceError, SignInOutcome};
use poolhouse_testkit::{
    PASSWORD, SignInExt, SrpChallenge, SrpClient, TestClient, TestService, on_every_engine,
};

use crate::facts::{challenge, outcome};

const VERIFIER: ChallengeName = ChallengeName::PasswordVerifier;

/// A right answer, of which a test changes one part.
struct Answer {
    username: String,
    secret_block: String,
    signature: String,
    timestamp: String,
}

impl Answer {
    fn right(
        kit: &TestService,
        client: &TestClient,
        srp: &SrpClient,
        challenge: &Challenge,
    ) -> Self {
        let challenge = SrpChallenge::of(challenge);
        let timestamp = timestamp::format(kit.now());
        Self {
            signature: srp.signature(&client.pool_id, &challenge, PASSWORD, &timestamp),
            username: challenge.user_id,
            secret_block: challenge.secret_block,
            timestamp,
        }
    }

    async fn send(
        &self,
        kit: &TestService,
        client: &TestClient,
    ) -> Result<SignInOutcome, ServiceError> {
        let pairs = [
            ("USERNAME", self.username.as_str()),
            ("PASSWORD_CLAIM_SECRET_BLOCK", &self.secret_block),
            ("PASSWORD_CLAIM_SIGNATURE", &self.signature),
            ("TIMESTAMP", &self.timestamp),
        ];
        kit.respond(client, VERIFIER, None, &pairs).await
    }
}

async fn right_answer(kit: &TestService, client: &TestClient, name: &str) -> Answer {
    let (srp, challenge) = kit.start_srp(client, name).await.unwrap();
    Answer::right(kit, client, &srp, &challenge)
}

#[tokio::test]
async fn the_right_password_signs_in_and_a_wrong_one_does_not() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        for client in [
            kit.public_client(&pool).await,
            kit.confidential_client(&pool).await,
            kit.discreet_client(&pool).await,
        ] {
            let right = kit.sign_in_by_srp(&client, "alice", PASSWORD).await;
            assert_eq!(outcome(&right), "Tokens");
            let wrong = kit.sign_in_by_srp(&client, "alice", "Wr0ng!word").await;
            assert_eq!(outcome(&wrong), "WrongUsernameOrPassword");
        }
    })
    .await;
}

#[tokio::test]
async fn the_challenge_names_the_user_id_and_carries_no_session() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|s| s.alias_attributes = vec![poolhouse_model::AliasAttribute::Email])
            .await;
        let verified = [("email", "alice@example.com"), ("email_verified", "true")];
        kit.user_with(&pool, "alice", &verified).await;
        let client = kit.public_client(&pool).await;
        let (srp, challenge) = kit.start_srp(&client, "alice@example.com").await.unwrap();
        assert!(challenge.challenge_session.is_none());
        let names: Vec<_> = challenge.parameters.keys().copied().collect();
        let expected = [
            "SALT",
            "SECRET_BLOCK",
            "SRP_B",
            "USERNAME",
            "USER_ID_FOR_SRP",
        ];
        assert_eq!(names, expected);
        assert_eq!(challenge.parameters["USER_ID_FOR_SRP"], "alice");
        assert_eq!(challenge.parameters["USERNAME"], "alice");
        for name in ["SALT", "SRP_B"] {
            assert!(!challenge.parameters[name].starts_with('0'), "{name}");
        }
        STANDARD
            .decode(&challenge.parameters["SECRET_BLOCK"])
            .unwrap();
        let signed_in = kit.finish_srp(&client, &srp, &challenge, PASSWORD).await;
        assert_eq!(outcome(&signed_in), "Tokens");
    })
    .await;
}

#[tokio::test]
async fn an_answer_may_name_the_alias_that_was_typed_carry_a_session_or_a_url_safe_block() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let mut answer = right_answer(&kit, &client, "alice").await;
        let block = STANDARD.decode(&answer.secret_block).unwrap();
        answer.secret_block = URL_SAFE.encode(block);
        let session = SecretString::from("whatever a client kept from elsewhere");
        let pairs = [
            ("USERNAME", answer.username.as_str()),
            ("PASSWORD_CLAIM_SECRET_BLOCK", &answer.secret_block),
            ("PASSWORD_CLAIM_SIGNATURE", &answer.signature),
            ("TIMESTAMP", &answer.timestamp),
        ];
        let signed_in = kit.respond(&client, VERIFIER, Some(&session), &pairs).await;
        assert_eq!(outcome(&signed_in), "Tokens");
    })
    .await;
}

#[tokio::test]
async fn a_temporary_password_leads_to_a_new_one_by_srp_too() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.invited_user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let asked = challenge(kit.sign_in_by_srp(&client, "alice", PASSWORD).await);
        assert_eq!(asked.name, ChallengeName::NewPasswordRequired);
        let pairs = [("USERNAME", "alice"), ("NEW_PASSWORD", "N3w!password")];
        let session = asked.challenge_session.as_ref();
        let signed_in = kit.respond(&client, asked.name, session, &pairs).await;
        assert_eq!(outcome(&signed_in), "Tokens");
        let again = kit.sign_in_by_srp(&client, "alice", "N3w!password").await;
        assert_eq!(outcome(&again), "Tokens");
    })
    .await;
}

#[tokio::test]
async fn s42_an_a_that_is_no_public_value_starts_nothing() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let modulus = modulus();
        let doubled = double(&modulus);
        let long = "f".repeat(10_000);
        let values = [
            "0", "00", "-1", "xyz", " 2a", "2a\n", &modulus, &doubled, &long,
        ];
        for a in values {
            let pairs = [("USERNAME", "alice"), ("SRP_A", a)];
            let refused = kit.initiate(&client, AuthFlow::UserSrp, &pairs).await;
            let expected = "InvalidInput(\"SRP_A is not a valid public value.\")";
            assert_eq!(outcome(&refused), expected, "{a:.20}");
        }
    })
    .await;
}

fn modulus() -> String {
    let vectors: serde_json::Value =
        serde_json::from_str(include_str!("../../../../spec/srp-vectors.json")).unwrap();
    vectors["N_hex"].as_str().unwrap().to_owned()
}

fn double(hex_number: &str) -> String {
    let mut bytes = hex::decode(hex_number).unwrap();
    let mut carry = 0;
    for byte in bytes.iter_mut().rev() {
        let sum = u16::from(*byte) * 2 + carry;
        *byte = u8::try_from(sum & 0xff).unwrap();
        carry = sum >> 8;
    }
    format!("{carry:x}{}", hex::encode(bytes))
}

#[tokio::test]
async fn s42_anything_wrong_with_a_proof_is_refused_alike() {
    type Spoil = fn(&mut Answer);
    let table: [(&str, Spoil); 7] = [
        ("another name", |answer| answer.username = "bob".into()),
        ("another key", |answer| {
            answer.signature = STANDARD.encode([7; 32]);
        }),
        ("no base64", |answer| answer.signature = "%%%".into()),
        ("a cut signature", |answer| answer.signature.truncate(43)),
        ("no block", |answer| answer.secret_block = "AAAA".into()),
        ("a cut block", |answer| answer.secret_block.truncate(40)),
        ("a flipped bit", |answer| {
            let mut bytes = STANDARD.decode(&answer.secret_block).unwrap();
            bytes[5] ^= 1;
            answer.secret_block = STANDARD.encode(bytes);
        }),
    ];
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        kit.user(&pool, "bob").await;
        let client = kit.public_client(&pool).await;
        for (what, spoil) in table {
            let mut answer = right_answer(&kit, &client, "alice").await;
            spoil(&mut answer);
            let refused = answer.send(&kit, &client).await;
            assert_eq!(outcome(&refused), "WrongUsernameOrPassword", "{what}");
            // Keeps the lockout out of it.
            kit.tokens_of(&client, "alice").await;
        }
    })
    .await;
}

#[tokio::test]
async fn s42_a_timestamp_in_another_form_is_refused_although_it_is_signed() {
    let table = [
        ("Tue Nov 3 04:05:06 UTC 2026", "Tokens"),
        ("Tue Nov 03 04:05:06 UTC 2026", "WrongUsernameOrPassword"),
        ("Wed Nov 3 04:05:06 UTC 2026", "WrongUsernameOrPassword"),
        ("Tue Nov 3 4:05:06 UTC 2026", "WrongUsernameOrPassword"),
        ("2026-11-03T04:05:06Z", "WrongUsernameOrPassword"),
        ("1793678706", "WrongUsernameOrPassword"),
    ];
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        for (timestamp, expected) in table {
            let (srp, challenge) = kit.start_srp(&client, "alice").await.unwrap();
            let mut answer = Answer::right(&kit, &client, &srp, &challenge);
            let challenge = SrpChallenge::of(&challenge);
            answer.signature = srp.signature(&pool.id, &challenge, PASSWORD, timestamp);
            answer.timestamp = timestamp.to_owned();
            let answered = answer.send(&kit, &client).await;
            assert_eq!(outcome(&answered), expected, "{timestamp}");
        }
    })
    .await;
}

#[tokio::test]
async fn s42_a_proof_holds_for_one_block_user_client_and_pool() {
    on_every_engine(|kit| async move {
        let pools: [UserPool; 2] = [kit.pool().await, kit.pool().await];
        for pool in &pools {
            kit.user(pool, "alice").await;
            kit.user(pool, "bob").await;
        }
        let client = kit.public_client(&pools[0]).await;
        let sister = kit.public_client(&pools[0]).await;
        let stranger = kit.public_client(&pools[1]).await;

        let answer = right_answer(&kit, &client, "alice").await;
        for other in [&sister, &stranger] {
            let refused = answer.send(&kit, other).await;
            assert_eq!(outcome(&refused), "WrongUsernameOrPassword");
        }
        // The block of another exchange, or of another user's.
        for name in ["alice", "bob"] {
            let mut mixed = right_answer(&kit, &client, "alice").await;
            mixed.secret_block = right_answer(&kit, &client, name).await.secret_block;
            let refused = mixed.send(&kit, &client).await;
            assert_eq!(outcome(&refused), "WrongUsernameOrPassword", "{name}");
        }
        assert_eq!(outcome(&answer.send(&kit, &client).await), "Tokens");
    })
    .await;
}

#[tokio::test]
async fn s42_an_exchange_ends_with_its_first_answer() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let answer = right_answer(&kit, &client, "alice").await;
        assert_eq!(outcome(&answer.send(&kit, &client).await), "Tokens");
        let replayed = answer.send(&kit, &client).await;
        assert_eq!(outcome(&replayed), "WrongUsernameOrPassword");

        // A wrong answer ends it too: nobody tries passwords against one exchange.
        let mut answer = right_answer(&kit, &client, "alice").await;
        let right = std::mem::replace(&mut answer.signature, STANDARD.encode([7; 32]));
        let wrong = answer.send(&kit, &client).await;
        assert_eq!(outcome(&wrong), "WrongUsernameOrPassword");
        answer.signature = right;
        let late = answer.send(&kit, &client).await;
        assert_eq!(outcome(&late), "WrongUsernameOrPassword");
    })
    .await;
}

#[tokio::test]
async fn s42_a_timestamp_or_block_that_is_too_old_is_refused() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        // The block lives as long as a challenge session: three minutes.
        let answer = right_answer(&kit, &client, "alice").await;
        kit.clock.advance(Ttl::from_millis(3 * 60 * 1000 - 1));
        assert_eq!(outcome(&answer.send(&kit, &client).await), "Tokens");
        let answer = right_answer(&kit, &client, "alice").await;
        kit.clock.advance(Ttl::from_minutes(3));
        let refused = answer.send(&kit, &client).await;
        assert_eq!(outcome(&refused), "WrongUsernameOrPassword");

        for (minutes, expected) in [(14, "Tokens"), (16, "WrongUsernameOrPassword")] {
            let (srp, challenge) = kit.start_srp(&client, "alice").await.unwrap();
            kit.clock.turn_back(Ttl::from_minutes(minutes));
            let answer = Answer::right(&kit, &client, &srp, &challenge);
            kit.clock.advance(Ttl::from_minutes(minutes));
            assert_eq!(outcome(&answer.send(&kit, &client).await), expected);
        }
    })
    .await;
}

#[tokio::test]
async fn a_password_changed_during_the_exchange_ends_it() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let answer = right_answer(&kit, &client, "alice").await;
        kit.set_password(&pool, "alice", "N3w!password").await;
        let refused = answer.send(&kit, &client).await;
        assert_eq!(outcome(&refused), "WrongUsernameOrPassword");
    })
    .await;
}

#[tokio::test]
async fn s42_fifty_answers_at_once_give_one_sign_in() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let answer = right_answer(&kit, &client, "alice").await;
        let answers = (0..50).map(|_| answer.send(&kit, &client));
        let outcomes = futures_util::future::join_all(answers).await;
        let signed_in = outcomes.iter().filter(|o| outcome(o) == "Tokens").count();
        assert_eq!(signed_in, 1);
    })
    .await;
}

#[tokio::test]
async fn s34_an_unknown_name_gets_a_challenge_that_stays_the_same_and_cannot_be_met() {
    on_every_engine(|kit| async move {
        let (pool, other) = (kit.pool().await, kit.pool().await);
        let client = kit.discreet_client(&pool).await;
        let elsewhere = kit.discreet_client(&other).await;
        let mut salts = Vec::new();
        for client in [&client, &client, &elsewhere] {
            let (srp, challenge) = kit.start_srp(client, "nobody").await.unwrap();
            salts.push(challenge.parameters["SALT"].clone());
            let refused = kit.finish_srp(client, &srp, &challenge, PASSWORD).await;
            assert_eq!(outcome(&refused), "WrongUsernameOrPassword");
        }
        assert_eq!(salts[0], salts[1]);
        assert_ne!(salts[0], salts[2], "the same name in another pool");
        let told = kit
            .start_srp(&kit.public_client(&pool).await, "nobody")
            .await;
        assert!(matches!(told.err(), Some(ServiceError::UserNotFound)));
    })
    .await;
}

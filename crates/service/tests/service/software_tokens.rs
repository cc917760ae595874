//! Setting up an authenticator app, replacing and removing it.

use futures_util::future::join_all;
use poolhouse_model::{MfaFactor, MfaRequirement, UserPool};
use poolhouse_service::{
    AdminSetUserPassword, AssociateSoftwareToken, FactorOwner, IssuedTokens, VerifySoftwareToken,
};
use poolhouse_storage::SecondFactors as _;
use poolhouse_testkit::{
    PASSWORD, SignInExt, TestClient, TestService, associate, on_every_engine, verify,
};

use crate::facts::{fact, outcome};

async fn house(kit: &TestService, mfa: MfaRequirement) -> (UserPool, TestClient) {
    let pool = kit.mfa_pool(mfa).await;
    let client = kit.public_client(&pool).await;
    kit.user(&pool, "alice").await;
    (pool, client)
}

fn owner(tokens: &IssuedTokens) -> FactorOwner {
    FactorOwner::AccessToken(tokens.access_token.clone())
}

#[tokio::test]
async fn a_secret_code_is_new_each_time_and_has_52_letters_of_base32() {
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit, MfaRequirement::Optional).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let mut codes = Vec::new();
        for _ in 0..2 {
            let request = AssociateSoftwareToken {
                owner: owner(&tokens),
            };
            let associated = kit.associate_software_token(request).await.unwrap();
            // Who is signed in needs nothing to carry on.
            assert!(associated.challenge_session.is_none());
            let code = associated.secret_code.expose().to_owned();
            assert_eq!(code.len(), 52);
            assert!(code.bytes().all(|b| matches!(b, b'A'..=b'Z' | b'2'..=b'7')));
            codes.push(code);
        }
        assert_ne!(codes[0], codes[1]);
    })
    .await;
}

#[tokio::test]
async fn s44_an_app_is_set_up_by_a_right_code_alone_and_once() {
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit, MfaRequirement::Optional).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let nothing_waits = verify(&kit, owner(&tokens), "123456").await;
        assert_eq!(fact(&nothing_waits), "SoftwareTokenNotSetUp");
        let (replaced, _) = associate(&kit, owner(&tokens)).await.unwrap();
        let (app, _) = associate(&kit, owner(&tokens)).await.unwrap();
        for code in [replaced.code(&kit), app.wrong_code(&kit), "abcdef".into()] {
            let refused = verify(&kit, owner(&tokens), &code).await;
            assert_eq!(fact(&refused), "SoftwareTokenSetUpFailed");
        }
        let verified = verify(&kit, owner(&tokens), &app.code(&kit)).await;
        assert!(verified.unwrap().is_none());
        let again = verify(&kit, owner(&tokens), &app.next_code(&kit)).await;
        assert_eq!(fact(&again), "SoftwareTokenNotSetUp");
    })
    .await;
}

#[tokio::test]
async fn a_pool_without_authenticator_apps_lets_nobody_set_one_up() {
    on_every_engine(|kit| async move {
        let without = kit.pool().await;
        // As UpdateUserPool leaves a pool that it turns MFA off for.
        let off = kit.mfa_pool(MfaRequirement::Off).await;
        for pool in [without, off] {
            let client = kit.public_client(&pool).await;
            kit.user(&pool, "alice").await;
            let tokens = kit.tokens_of(&client, "alice").await;
            let refused = associate(&kit, owner(&tokens)).await;
            assert_eq!(fact(&refused), "SoftwareTokenNotEnabled");
            let refused = verify(&kit, owner(&tokens), "123456").await;
            assert_eq!(fact(&refused), "SoftwareTokenNotEnabled");
        }
    })
    .await;
}

#[tokio::test]
async fn s30_a_token_that_ended_sets_nothing_up() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit, MfaRequirement::Optional).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let (app, _) = associate(&kit, owner(&tokens)).await.unwrap();
        kit.global_sign_out(tokens.access_token.expose())
            .await
            .unwrap();
        assert_eq!(
            fact(&associate(&kit, owner(&tokens)).await),
            "AccessTokenRevoked"
        );
        let refused = verify(&kit, owner(&tokens), &app.code(&kit)).await;
        assert_eq!(fact(&refused), "AccessTokenRevoked");
        let tokens = kit.tokens_of(&client, "alice").await;
        kit.admin_delete_user(&pool.id, "alice").await.unwrap();
        assert_eq!(fact(&associate(&kit, owner(&tokens)).await), "UserNotFound");
    })
    .await;
}

#[tokio::test]
async fn a_device_has_a_name_of_bounded_length() {
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit, MfaRequirement::On).await;
        let asked = crate::facts::challenge(kit.sign_in(&client, "alice", PASSWORD).await);
        let session = asked.challenge_session.unwrap();
        let (app, session) = associate(&kit, FactorOwner::ChallengeSession(session))
            .await
            .unwrap();
        let session = session.unwrap();
        let request = |name: &str| VerifySoftwareToken {
            owner: FactorOwner::ChallengeSession(session.clone()),
            code: app.code(&kit).as_str().into(),
            device_name: Some(name.to_owned()),
        };
        let refused = kit.verify_software_token(request(&"é".repeat(257))).await;
        assert!(fact(&refused).contains("FriendlyDeviceName"));
        let name = "é".repeat(256);
        kit.verify_software_token(request(&name)).await.unwrap();
        let asked = crate::facts::challenge(kit.sign_in(&client, "alice", PASSWORD).await);
        assert_eq!(asked.parameters["FRIENDLY_DEVICE_NAME"], name);
    })
    .await;
}

#[tokio::test]
async fn the_former_app_works_until_the_new_one_is_verified() {
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit, MfaRequirement::Optional).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let former = kit.authenticator(&client, "alice").await;
        let (new, _) = associate(&kit, owner(&tokens)).await.unwrap();
        kit.clock.advance(poolhouse_model::Ttl::from_secs(30));
        let with_new = crate::software_token_challenges::sign_in_with(&kit, &client, &new).await;
        assert_eq!(with_new, "SoftwareTokenCodeMismatch");
        let with_former =
            crate::software_token_challenges::sign_in_with(&kit, &client, &former).await;
        assert_eq!(with_former, "Tokens");
        verify(&kit, owner(&tokens), &new.next_code(&kit))
            .await
            .unwrap();
        kit.clock.advance(poolhouse_model::Ttl::from_secs(30));
        let with_former =
            crate::software_token_challenges::sign_in_with(&kit, &client, &former).await;
        assert_eq!(with_former, "SoftwareTokenCodeMismatch");
        let with_new = crate::software_token_challenges::sign_in_with(&kit, &client, &new).await;
        assert_eq!(with_new, "Tokens");
    })
    .await;
}

#[tokio::test]
async fn s44_the_first_code_proves_no_sign_in_as_well() {
    on_every_engine(|kit| async move {
        let (_, client) = house(&kit, MfaRequirement::Optional).await;
        let app = kit.authenticator(&client, "alice").await;
        // s44: the code that set the app up is spent.
        let with_first = crate::software_token_challenges::sign_in_with(&kit, &client, &app).await;
        assert_eq!(with_first, "SoftwareTokenCodeUsed");
    })
    .await;
}

#[tokio::test]
async fn many_at_once_set_up_one_app_and_its_code_is_taken_once() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit, MfaRequirement::Optional).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let (app, _) = associate(&kit, owner(&tokens)).await.unwrap();
        let code = app.code(&kit);
        let calls = (0..20).map(|_| verify(&kit, owner(&tokens), &code));
        let outcomes: Vec<String> = join_all(calls).await.iter().map(fact).collect();
        let successes = outcomes.iter().filter(|outcome| *outcome == "Ok").count();
        assert_eq!(successes, 1, "{outcomes:?}");
        let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        let mfa = kit.storage().find_user_mfa(&pool.id, &user.sub).await;
        let mfa = mfa.unwrap().unwrap();
        assert!(mfa.software_token.is_some() && mfa.pending_seed.is_none());
        // Associations at once leave one that waits.
        let calls = (0..3).map(|_| associate(&kit, owner(&tokens)));
        let apps = join_all(calls).await;
        let mut verified = 0;
        for (app, _) in apps.into_iter().flatten() {
            let code = app.code(&kit);
            verified += usize::from(verify(&kit, owner(&tokens), &code).await.is_ok());
        }
        assert_eq!(verified, 1);
    })
    .await;
}

#[tokio::test]
async fn a_password_that_is_set_anew_leaves_the_app_and_deleting_it_does_not() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit, MfaRequirement::Optional).await;
        let app = kit.authenticator(&client, "alice").await;
        for is_permanent in [true, false] {
            let request = AdminSetUserPassword {
                pool_id: pool.id.clone(),
                username: "alice".into(),
                password: PASSWORD.into(),
                is_permanent,
            };
            kit.admin_set_user_password(request).await.unwrap();
            let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
            let settings = kit.mfa_settings(&user).await.unwrap();
            assert_eq!(settings.enabled, [MfaFactor::SoftwareToken]);
        }
        kit.set_password(&pool, "alice", PASSWORD).await;
        let asked = outcome(&kit.sign_in(&client, "alice", PASSWORD).await);
        assert_eq!(asked, "SOFTWARE_TOKEN_MFA");
        kit.admin_delete_software_token(&pool.id, "alice")
            .await
            .unwrap();
        assert_eq!(
            outcome(&kit.sign_in(&client, "alice", PASSWORD).await),
            "Tokens"
        );
        let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        let settings = kit.mfa_settings(&user).await.unwrap();
        assert_eq!((settings.enabled.len(), settings.preferred), (0, None));
        // Once more is no error, and neither is a user without one.
        for name in ["alice", "bob"] {
            if name == "bob" {
                kit.user(&pool, name).await;
            }
            let deleted = kit.admin_delete_software_token(&pool.id, name).await;
            assert_eq!(fact(&deleted), "Ok");
        }
        let nobody = kit.admin_delete_software_token(&pool.id, "nobody").await;
        assert_eq!(fact(&nobody), "UserNotFound");
        drop(app);
    })
    .await;
}

#[tokio::test]
async fn a_deleted_user_leaves_no_second_factor_to_the_next_of_that_name() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit, MfaRequirement::Optional).await;
        kit.authenticator(&client, "alice").await;
        let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        kit.admin_delete_user(&pool.id, "alice").await.unwrap();
        let left = kit.storage().find_user_mfa(&pool.id, &user.sub).await;
        assert_eq!(left.unwrap(), None);
        kit.user(&pool, "alice").await;
        let signed_in = kit.sign_in(&client, "alice", PASSWORD).await;
        assert_eq!(outcome(&signed_in), "Tokens");
    })
    .await;
}

#[tokio::test]
async fn s7_seeds_are_sealed_for_their_user_and_place() {
    on_every_engine(|kit| async move {
        let (pool, client) = house(&kit, MfaRequirement::Optional).await;
        kit.user(&pool, "mallory").await;
        let app = kit.authenticator(&client, "alice").await;
        let of_mallory = kit.authenticator(&client, "mallory").await;
        let mut rows = Vec::new();
        for name in ["alice", "mallory"] {
            let user = kit.admin_get_user(&pool.id, name).await.unwrap();
            let mfa = kit.storage().find_user_mfa(&pool.id, &user.sub).await;
            rows.push(mfa.unwrap().unwrap());
        }
        // Who can write to the database still cannot put a seed of their own in another's place.
        let mut swapped = rows[0].clone();
        swapped.software_token = rows[1].software_token.clone();
        swapped.version += 1;
        let write = poolhouse_storage::Write::PutUserMfa(Box::new(swapped));
        let batch = poolhouse_storage::WriteBatch::of([write]);
        poolhouse_storage::Writer::write(kit.storage(), batch)
            .await
            .unwrap();
        for app in [app, of_mallory] {
            kit.clock.advance(poolhouse_model::Ttl::from_secs(30));
            let outcome = crate::software_token_challenges::sign_in_with(&kit, &client, &app).await;
            assert!(outcome.starts_with("Internal"), "{outcome}");
        }
    })
    .await;
}

#[tokio::test]
async fn r3_what_a_crash_interrupts_has_forgotten_no_spent_code_and_no_counted_one() {
    let kit = TestService::start_on_disk().await;
    let (_, client) = house(&kit, MfaRequirement::Optional).await;
    let app = kit.authenticator(&client, "alice").await;
    kit.clock.advance(poolhouse_model::Ttl::from_secs(30));
    let signed_in = crate::software_token_challenges::sign_in_with(&kit, &client, &app).await;
    assert_eq!(signed_in, "Tokens");
    let kit = kit.crash_and_restart().await;
    for _ in 0..5 {
        let again = crate::software_token_challenges::sign_in_with(&kit, &client, &app).await;
        assert_eq!(again, "SoftwareTokenCodeUsed");
    }
    let kit = kit.crash_and_restart().await;
    let locked = crate::software_token_challenges::sign_in_with(&kit, &client, &app).await;
    assert_eq!(locked, "SecondFactorAttemptsExceeded");
}

#[tokio::test]
async fn s46_a_reset_leaves_the_app_in_place_and_it_is_asked_for() {
    on_every_engine(|kit| async move {
        let pool = kit.mfa_pool(MfaRequirement::Optional).await;
        let client = kit.public_client(&pool).await;
        kit.reachable_user(&pool, "alice").await;
        let app = kit.authenticator(&client, "alice").await;
        kit.forget(&client, "alice").await.unwrap();
        let code = kit.code_to("alice@example.com").await;
        kit.reset(&client, "alice", &code, PASSWORD).await.unwrap();
        let asked = outcome(&kit.sign_in(&client, "alice", PASSWORD).await);
        assert_eq!(asked, "SOFTWARE_TOKEN_MFA");
        kit.clock.advance(poolhouse_model::Ttl::from_secs(30));
        let signed_in = crate::software_token_challenges::sign_in_with(&kit, &client, &app).await;
        assert_eq!(signed_in, "Tokens");
    })
    .await;
}

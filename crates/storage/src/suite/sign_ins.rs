//! Behaviour of token families, authorization codes, challenges and browser sessions.

use poolhouse_model::{MfaFactor, MfaSettings, OriginJti, TokenFamily, User, UserMfa, UserPoolId};

use super::samples::{self, NOW, at, username};
use super::{accept, ok, refuse, together, user_pools};
use crate::error::Conflict;
use crate::repositories::{SignedInUser, Storage};
use crate::write::Write;

pub(super) async fn run(storage: &dyn Storage) {
    a_family_needs_its_user_and_generation(storage).await;
    a_family_is_read_with_its_user(storage).await;
    a_revoked_family_stays_revoked(storage).await;
    a_family_is_kept_through_one_change_of_generation(storage).await;
    a_refresh_token_is_rotated_once(storage).await;
    a_dead_family_is_not_rotated(storage).await;
    a_code_is_spent_once(storage).await;
    a_challenge_is_spent_once(storage).await;
    tries_of_a_challenge_are_counted(storage).await;
    a_browser_session_ends(storage).await;
}

async fn user(storage: &dyn Storage, pool: &str) -> User {
    let pool = user_pools::create(storage, pool).await;
    let user = samples::user(&pool, "ann");
    let create = Write::CreateUser {
        user: Box::new(user.clone()),
        names: vec![username("ann")],
    };
    accept(storage, [create]).await;
    user
}

async fn find(storage: &dyn Storage, family: &TokenFamily) -> Option<TokenFamily> {
    ok(storage
        .find_token_family(&family.pool_id, &family.origin_jti)
        .await)
}

async fn a_family_needs_its_user_and_generation(storage: &dyn Storage) {
    let user = user(storage, "family_read").await;
    let create = |family: &TokenFamily| [Write::CreateTokenFamily(Box::new(family.clone()))];
    let mut family = samples::family(&user, "one");
    accept(storage, create(&family)).await;
    assert_eq!(find(storage, &family).await, Some(family.clone()));
    family.origin_jti = OriginJti::new("full");
    family.revoked_at = Some(at(1));
    family.rotation = 4;
    family.rotated_at = Some(at(2));
    family.nonce = None;
    family.resource = None;
    accept(storage, create(&family)).await;
    assert_eq!(find(storage, &family).await, Some(family.clone()));
    for generation in [user.token_generation - 1, user.token_generation + 1] {
        let mut other = samples::family(&user, "other");
        other.token_generation = generation;
        refuse(storage, Conflict::Stale, create(&other)).await;
        assert_eq!(find(storage, &other).await, None);
    }
    let stranger = samples::family(&samples::user(&user.pool_id, "nobody"), "stranger");
    refuse(storage, Conflict::Stale, create(&stranger)).await;
}

async fn a_family_is_read_with_its_user(storage: &dyn Storage) {
    let user = user(storage, "family_and_user").await;
    let family = samples::family(&user, "one");
    let create = Write::CreateTokenFamily(Box::new(family.clone()));
    accept(storage, [create]).await;
    let read = async |pool: &UserPoolId, id: &str| {
        let id = OriginJti::new(id);
        ok(storage.find_signed_in_user(pool, &id).await)
    };
    let id = family.origin_jti.as_str();
    let found = |mfa| {
        let (family, user) = (family.clone(), user.clone());
        Some(SignedInUser { family, user, mfa })
    };
    let without = MfaSettings::default();
    assert_eq!(read(&user.pool_id, id).await, found(without));
    let mut factors = UserMfa::none(user.pool_id.clone(), user.sub.clone());
    factors.version = 1;
    factors.enable(MfaFactor::SoftwareToken);
    factors.preferred = Some(MfaFactor::SoftwareToken);
    let turned_on = MfaSettings {
        enabled: factors.enabled.clone(),
        preferred: factors.preferred,
    };
    accept(storage, [Write::PutUserMfa(Box::new(factors))]).await;
    assert_eq!(read(&user.pool_id, id).await, found(turned_on));
    assert_eq!(read(&user.pool_id, "another").await, None);
    assert_eq!(read(&UserPoolId::new("another"), id).await, None);
    let delete = Write::DeleteUser {
        pool_id: user.pool_id.clone(),
        sub: user.sub.clone(),
    };
    accept(storage, [delete]).await;
    assert_eq!(read(&user.pool_id, id).await, None);
}

async fn a_revoked_family_stays_revoked(storage: &dyn Storage) {
    let user = user(storage, "family_revoke").await;
    let mut family = samples::family(&user, "one");
    accept(
        storage,
        [Write::CreateTokenFamily(Box::new(family.clone()))],
    )
    .await;
    for secs in [5, 6] {
        let revoke = Write::RevokeTokenFamily {
            pool_id: user.pool_id.clone(),
            origin_jti: family.origin_jti.clone(),
            at: at(secs),
        };
        accept(storage, [revoke]).await;
    }
    family.revoked_at = Some(at(5));
    assert_eq!(find(storage, &family).await, Some(family));
}

async fn a_family_is_kept_through_one_change_of_generation(storage: &dyn Storage) {
    let user = user(storage, "family_keep").await;
    let mut kept = samples::family(&user, "kept");
    let mut revoked = samples::family(&user, "revoked");
    revoked.revoked_at = Some(NOW);
    for family in [&kept, &revoked] {
        accept(
            storage,
            [Write::CreateTokenFamily(Box::new(family.clone()))],
        )
        .await;
    }
    let keep = |family: &TokenFamily| Write::KeepTokenFamily {
        pool_id: family.pool_id.clone(),
        origin_jti: family.origin_jti.clone(),
        from: user.token_generation,
    };
    accept(storage, [keep(&kept), keep(&revoked), keep(&kept)]).await;
    kept.token_generation += 1;
    assert_eq!(find(storage, &kept).await, Some(kept));
    assert_eq!(find(storage, &revoked).await, Some(revoked));
}

fn rotate(family: &TokenFamily, from: i64, secs: i64) -> Write {
    Write::RotateRefreshToken {
        pool_id: family.pool_id.clone(),
        origin_jti: family.origin_jti.clone(),
        from,
        at: at(secs),
    }
}

async fn a_refresh_token_is_rotated_once(storage: &dyn Storage) {
    let user = user(storage, "family_rotate").await;
    let mut family = samples::family(&user, "one");
    accept(
        storage,
        [Write::CreateTokenFamily(Box::new(family.clone()))],
    )
    .await;
    refuse(storage, Conflict::FamilySpent, [rotate(&family, 1, 7)]).await;
    together::only_one_succeeds(storage, Conflict::FamilySpent, &rotate(&family, 0, 7)).await;
    family.rotation = 1;
    family.rotated_at = Some(at(7));
    assert_eq!(find(storage, &family).await, Some(family));
}

async fn a_dead_family_is_not_rotated(storage: &dyn Storage) {
    let mut user = user(storage, "family_dead").await;
    let mut revoked = samples::family(&user, "revoked");
    revoked.revoked_at = Some(NOW);
    let ended = samples::family(&user, "ended");
    for family in [&revoked, &ended] {
        accept(
            storage,
            [Write::CreateTokenFamily(Box::new(family.clone()))],
        )
        .await;
    }
    refuse(storage, Conflict::FamilySpent, [rotate(&revoked, 0, 7)]).await;
    refuse(storage, Conflict::FamilySpent, [rotate(&ended, 0, 100)]).await;
    accept(storage, [rotate(&ended, 0, 99)]).await;
    user.token_generation += 1;
    user.version += 1;
    accept(storage, [Write::UpdateUser(Box::new(user))]).await;
    refuse(storage, Conflict::FamilySpent, [rotate(&ended, 1, 7)]).await;
}

async fn a_code_is_spent_once(storage: &dyn Storage) {
    let user = user(storage, "code_spend").await;
    let pool = user.pool_id.clone();
    let mut code = samples::authorization_code(&user, b"one");
    let ended = samples::authorization_code(&user, b"ended");
    assert_eq!(
        ok(storage.find_authorization_code(&pool, b"one").await),
        None
    );
    for code in [&code, &ended] {
        accept(
            storage,
            [Write::CreateAuthorizationCode(Box::new(code.clone()))],
        )
        .await;
    }
    let found = ok(storage.find_authorization_code(&pool, b"one").await);
    assert_eq!(found, Some((code.clone(), Some(user.clone()))));
    let spend = |hash: &[u8], secs| Write::SpendAuthorizationCode {
        pool_id: pool.clone(),
        code_hash: hash.to_vec(),
        origin_jti: OriginJti::new("led-to"),
        at: at(secs),
    };
    refuse(storage, Conflict::CodeSpent, [spend(b"none", 1)]).await;
    refuse(storage, Conflict::CodeSpent, [spend(b"ended", 100)]).await;
    together::only_one_succeeds(storage, Conflict::CodeSpent, &spend(b"one", 99)).await;
    code.spent_at = Some(at(99));
    code.origin_jti = Some(OriginJti::new("led-to"));
    assert_eq!(
        ok(storage.find_authorization_code(&pool, b"one").await),
        Some((code, Some(user.clone())))
    );
    // A spent code takes the changes that came before it in the batch back.
    let family = samples::family(&user, "late");
    let batch = [
        Write::CreateTokenFamily(Box::new(family.clone())),
        spend(b"one", 5),
    ];
    refuse(storage, Conflict::CodeSpent, batch).await;
    assert_eq!(find(storage, &family).await, None);
}

fn spend_challenge(pool: &UserPoolId, id: &str, secs: i64) -> Write {
    Write::SpendChallengeSession {
        pool_id: pool.clone(),
        id: id.to_owned(),
        at: at(secs),
    }
}

async fn a_challenge_is_spent_once(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "challenge_spend").await;
    let mut challenge = samples::challenge(&pool, "one");
    assert_eq!(ok(storage.find_challenge_session(&pool, "one").await), None);
    accept(storage, [Write::CreateChallengeSession(challenge.clone())]).await;
    let found = ok(storage.find_challenge_session(&pool, "one").await);
    assert_eq!(found.as_ref(), Some(&challenge));
    for write in [
        spend_challenge(&pool, "none", 1),
        spend_challenge(&pool, "one", 100),
    ] {
        refuse(storage, Conflict::ChallengeSpent, [write]).await;
    }
    let spend = spend_challenge(&pool, "one", 99);
    together::only_one_succeeds(storage, Conflict::ChallengeSpent, &spend).await;
    challenge.spent_at = Some(at(99));
    let found = ok(storage.find_challenge_session(&pool, "one").await);
    assert_eq!(found, Some(challenge));
}

async fn tries_of_a_challenge_are_counted(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "challenge_tries").await;
    let count = |id: &str, secs| Write::CountChallengeTry {
        pool_id: pool.clone(),
        id: id.to_owned(),
        max_tries: 3,
        at: at(secs),
    };
    for id in ["one", "spent"] {
        let challenge = samples::challenge(&pool, id);
        accept(storage, [Write::CreateChallengeSession(challenge)]).await;
    }
    accept(storage, [spend_challenge(&pool, "spent", 1)]).await;
    refuse(storage, Conflict::ChallengeSpent, [count("spent", 1)]).await;
    refuse(storage, Conflict::ChallengeSpent, [count("one", 100)]).await;
    let calls = (0..20).map(|_| storage.write(crate::WriteBatch::of([count("one", 1)])));
    let outcomes = together::all(calls).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 3);
    refuse(storage, Conflict::ChallengeSpent, [count("one", 1)]).await;
    let found = ok(storage.find_challenge_session(&pool, "one").await);
    assert_eq!(found.map(|challenge| challenge.tries), Some(3));
    // The last try may still be the right answer.
    accept(storage, [spend_challenge(&pool, "one", 1)]).await;
}

async fn a_browser_session_ends(storage: &dyn Storage) {
    let user = user(storage, "browser").await;
    let pool = user.pool_id.clone();
    let browser = samples::browser(&user, b"cookie");
    assert_eq!(
        ok(storage.find_browser_session(&pool, b"cookie").await),
        None
    );
    accept(storage, [Write::CreateBrowserSession(browser.clone())]).await;
    assert_eq!(
        ok(storage.find_browser_session(&pool, b"cookie").await),
        Some(browser)
    );
    let delete = Write::DeleteBrowserSession {
        pool_id: pool.clone(),
        cookie_hash: b"cookie".to_vec(),
    };
    accept(storage, [delete.clone(), delete]).await;
    assert_eq!(
        ok(storage.find_browser_session(&pool, b"cookie").await),
        None
    );
}

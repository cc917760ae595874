//! Behaviour of the store as a whole.

use poolhouse_model::{CodePurpose, Timestamp};

use super::samples::{self, NOW, at, username};
use super::{accept, ok, together, user_pools};
use crate::repositories::Storage;
use crate::write::{Write, WriteBatch};

pub(super) async fn run(storage: &dyn Storage) {
    a_store_value_is_set_once(storage).await;
    what_ended_is_purged_and_nothing_else(storage).await;
    the_store_is_healthy_and_says_what_it_is(storage).await;
}

async fn a_store_value_is_set_once(storage: &dyn Storage) {
    assert_eq!(ok(storage.find_store_value("suite").await), None);
    let values: Vec<[u8; 1]> = (0..20).map(|number| [number]).collect();
    let calls = values
        .iter()
        .map(|value| storage.put_store_value_once("suite", value));
    let mut in_force: Vec<_> = together::all(calls).await.into_iter().map(ok).collect();
    in_force.dedup();
    assert_eq!(in_force.len(), 1, "{in_force:?}");
    assert_eq!(ok(storage.find_store_value("suite").await), in_force.pop());
    assert_eq!(ok(storage.find_store_value("other").await), None);
}

/// Adds a row of every kind that ends by itself; gives back how many.
pub(super) async fn add_ending_rows(storage: &dyn Storage, name: &str, ends_at: Timestamp) -> u64 {
    let pool = user_pools::create(storage, name).await;
    let user = samples::user(&pool, "ann");
    let mut family = samples::family(&user, "family");
    let mut code = samples::authorization_code(&user, b"code");
    let mut challenge = samples::challenge(&pool, "challenge");
    let mut browser = samples::browser(&user, b"cookie");
    let mut sent = samples::confirmation_code(&user, CodePurpose::SignUp);
    let mut message = samples::message(&pool, name, name);
    for end in [
        &mut family.expires_at,
        &mut code.expires_at,
        &mut challenge.expires_at,
        &mut browser.expires_at,
        &mut sent.expires_at,
        &mut message.expires_at,
    ] {
        *end = ends_at;
    }
    let writes = [
        Write::CreateUser {
            user: Box::new(user),
            names: vec![username("ann")],
        },
        Write::CreateTokenFamily(Box::new(family)),
        Write::CreateAuthorizationCode(Box::new(code)),
        Write::CreateChallengeSession(challenge),
        Write::CreateBrowserSession(browser),
        Write::PutConfirmationCode(Box::new(sent)),
        Write::EnqueueMessage(Box::new(message)),
    ];
    accept(storage, writes).await;
    ok(storage
        .count_attempt(&pool, "name", at(-1000), ends_at)
        .await);
    7
}

async fn what_ended_is_purged_and_nothing_else(storage: &dyn Storage) {
    // What other behaviours left behind.
    for _ in 0..10 {
        ok(storage.purge_expired(at(5), 1000).await);
    }
    let rows = add_ending_rows(storage, "purge_ended", at(1)).await;
    add_ending_rows(storage, "purge_alive", at(9)).await;
    assert_eq!(ok(storage.purge_expired(at(1), 1000).await), 0);
    // In small steps, and no row twice.
    let mut purged = 0;
    for _ in 0..=rows {
        let step = ok(storage.purge_expired(at(5), 2).await);
        assert!(step <= 2, "{step}");
        purged += step;
    }
    assert_eq!(purged, rows);
    let pool = samples::pool_id("purge_alive");
    let user = samples::user(&pool, "ann");
    let family = samples::family(&user, "family").origin_jti;
    let left = [
        ok(storage.find_token_family(&pool, &family).await).is_some(),
        ok(storage.find_authorization_code(&pool, b"code").await).is_some(),
        ok(storage.find_challenge_session(&pool, "challenge").await).is_some(),
        ok(storage.find_browser_session(&pool, b"cookie").await).is_some(),
        ok(storage
            .find_confirmation_code(&pool, &user.sub, CodePurpose::SignUp)
            .await)
        .is_some(),
        ok(storage.find_lockout(&pool, "name", NOW).await).failures == 1,
        ok(storage.list_messages(Some("purge_alive"), None, 10).await).len() == 1,
    ];
    assert_eq!(left, [true; 7]);
    let gone = samples::pool_id("purge_ended");
    let ended_user = samples::user(&gone, "ann");
    assert!(ok(storage.find_user(&gone, &ended_user.sub).await).is_some());
    assert_eq!(ok(storage.find_token_family(&gone, &family).await), None);
}

async fn the_store_is_healthy_and_says_what_it_is(storage: &dyn Storage) {
    ok(storage.check_health().await);
    assert!(!storage.describe().is_empty());
    assert!(storage.write(WriteBatch::default()).await.is_ok());
}

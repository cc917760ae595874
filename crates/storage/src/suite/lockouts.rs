//! Behaviour of counted failures.

use poolhouse_model::Lockout;

use super::samples::{NOW, at};
use super::{accept, ok, refuse, together, user_pools};
use crate::error::Conflict;
use crate::repositories::Storage;
use crate::write::{Write, WriteBatch};

pub(super) async fn run(storage: &dyn Storage) {
    an_attempt_tells_what_was_counted_before_it(storage).await;
    an_ended_count_starts_anew(storage).await;
    parallel_attempts_get_different_counts(storage).await;
    messages_are_counted_up_to_their_limit(storage).await;
}

async fn an_attempt_tells_what_was_counted_before_it(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "lockout_count").await;
    let find = async |name| ok(storage.find_lockout(&pool, name, NOW).await);
    assert_eq!(find("ann").await, Lockout::default());
    for failures in 0..3 {
        let before = ok(storage
            .count_attempt(&pool, "ann", at(failures), at(100))
            .await);
        let last_failure_at = (failures > 0).then(|| at(failures - 1));
        assert_eq!(
            before,
            Lockout {
                failures,
                last_failure_at
            }
        );
    }
    let counted = Lockout {
        failures: 3,
        last_failure_at: Some(at(2)),
    };
    assert_eq!(find("ann").await, counted);
    assert_eq!(find("bob").await, Lockout::default());
    let clear = Write::ClearLockout {
        pool_id: pool.clone(),
        name_key: "ann".to_owned(),
    };
    accept(storage, [clear.clone(), clear]).await;
    assert_eq!(find("ann").await, Lockout::default());
}

async fn an_ended_count_starts_anew(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "lockout_end").await;
    for _ in 0..3 {
        ok(storage.count_attempt(&pool, "ann", NOW, at(10)).await);
    }
    let alive = ok(storage.find_lockout(&pool, "ann", at(9)).await);
    assert_eq!(alive.failures, 3);
    let ended = ok(storage.find_lockout(&pool, "ann", at(11)).await);
    assert_eq!(ended, Lockout::default());
    let before = ok(storage.count_attempt(&pool, "ann", at(11), at(20)).await);
    assert_eq!(before, Lockout::default());
    let anew = ok(storage.find_lockout(&pool, "ann", at(12)).await);
    let counted = Lockout {
        failures: 1,
        last_failure_at: Some(at(11)),
    };
    assert_eq!(anew, counted);
}

async fn parallel_attempts_get_different_counts(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "lockout_race").await;
    let calls = (0..200).map(|_| storage.count_attempt(&pool, "ann", NOW, at(100)));
    let mut counts: Vec<i64> = together::all(calls)
        .await
        .into_iter()
        .map(|before| ok(before).failures)
        .collect();
    counts.sort_unstable();
    assert!(counts.iter().copied().eq(0..200), "{counts:?}");
    let lockout = ok(storage.find_lockout(&pool, "ann", NOW).await);
    assert_eq!(lockout.failures, 200);
}

async fn messages_are_counted_up_to_their_limit(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "lockout_messages").await;
    let count = |name: &str, most| Write::CountMessage {
        pool_id: pool.clone(),
        name_key: name.to_owned(),
        most,
        at: NOW,
        expires_at: at(100),
    };
    let calls = (0..20).map(|_| storage.write(WriteBatch::of([count("window-1", 7)])));
    let outcomes = together::all(calls).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 7);
    let one_more = [count("window-1", 7)];
    refuse(storage, Conflict::MessageLimitReached, one_more).await;
    // A refused message takes the whole batch along, and a count that was made with it.
    let both = [count("window-2", 7), count("window-1", 7)];
    refuse(storage, Conflict::MessageLimitReached, both).await;
    let other = ok(storage.find_lockout(&pool, "window-2", NOW).await);
    assert_eq!(other, Lockout::default());
    accept(storage, [count("window-1", 8)]).await;
}

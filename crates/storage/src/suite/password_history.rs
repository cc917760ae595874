//! Behaviour of passwords that users had before.

use poolhouse_model::{FormerPassword, Sub, UserPoolId};

use super::samples::{self, at};
use super::{accept, ok, refuse, user_pools};
use crate::error::Conflict;
use crate::repositories::Storage;
use crate::write::Write;

pub(super) async fn run(storage: &dyn Storage) {
    former_passwords_are_listed_the_latest_first(storage).await;
    passwords_that_are_too_old_are_forgotten(storage).await;
}

fn remember(former: &FormerPassword, forget_through: Option<i64>) -> Write {
    Write::RememberPassword {
        former: former.clone(),
        forget_through,
    }
}

async fn versions(storage: &dyn Storage, pool: &UserPoolId, sub: &Sub, limit: u32) -> Vec<i64> {
    let listed = storage.list_former_passwords(pool, sub, limit).await;
    let listed = ok(listed).into_iter();
    listed.map(|former| former.replaced_by_version).collect()
}

async fn former_passwords_are_listed_the_latest_first(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "history_list").await;
    let (ann, bob) = (samples::user(&pool, "ann"), samples::user(&pool, "bob"));
    assert!(versions(storage, &pool, &ann.sub, 24).await.is_empty());
    for version in [2, 10, 3] {
        let former = samples::former_password(&ann, version);
        accept(storage, [remember(&former, None)]).await;
    }
    let of_bob = samples::former_password(&bob, 4);
    accept(storage, [remember(&of_bob, None)]).await;
    assert_eq!(versions(storage, &pool, &ann.sub, 24).await, [10, 3, 2]);
    assert_eq!(versions(storage, &pool, &ann.sub, 2).await, [10, 3]);
    let listed = ok(storage.list_former_passwords(&pool, &bob.sub, 24).await);
    assert_eq!(listed, [of_bob]);
    // What one version of a user replaced is one password.
    let again = remember(&samples::former_password(&ann, 10), None);
    refuse(storage, Conflict::Stale, [again]).await;
}

async fn passwords_that_are_too_old_are_forgotten(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "history_forget").await;
    let (ann, bob) = (samples::user(&pool, "ann"), samples::user(&pool, "bob"));
    for (user, version) in [(&ann, 1), (&ann, 2), (&ann, 3), (&bob, 1)] {
        let former = samples::former_password(user, version);
        accept(storage, [remember(&former, None)]).await;
    }
    let mut newest = samples::former_password(&ann, 4);
    newest.replaced_at = at(9);
    accept(storage, [remember(&newest, Some(2))]).await;
    assert_eq!(versions(storage, &pool, &ann.sub, 24).await, [4, 3]);
    assert_eq!(versions(storage, &pool, &bob.sub, 24).await, [1]);
}

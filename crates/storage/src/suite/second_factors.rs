//! Behaviour of second factors.

use poolhouse_model::{MfaFactor, SealedSeed, SoftwareToken, Sub, User, UserMfa, UserPoolId};

use super::samples::{self, username};
use super::{accept, ok, refuse, together, user_pools};
use crate::error::Conflict;
use crate::repositories::Storage;
use crate::write::Write;

pub(super) async fn run(storage: &dyn Storage) {
    second_factors_are_read_as_they_were_written(storage).await;
    a_change_needs_the_version_before(storage).await;
    only_one_of_many_first_changes_succeeds(storage).await;
    a_step_is_used_once_and_none_before_it(storage).await;
    second_factors_go_with_their_user_and_pool(storage).await;
}

async fn make_user(storage: &dyn Storage, pool: &str) -> User {
    let pool = user_pools::create(storage, pool).await;
    let user = samples::user(&pool, "ann");
    let create = Write::CreateUser {
        user: Box::new(user.clone()),
        names: vec![username("ann")],
    };
    accept(storage, [create]).await;
    user
}

fn set_up(user: &User) -> UserMfa {
    UserMfa {
        software_token: Some(SoftwareToken {
            sealed_seed: SealedSeed(vec![0, 255, 1]),
            device_name: Some("Ann's phone \u{1f4f1}".to_owned()),
            last_step: 60_000_000,
        }),
        pending_seed: Some(SealedSeed(vec![7])),
        enabled: vec![MfaFactor::SoftwareToken],
        preferred: Some(MfaFactor::SoftwareToken),
        version: 1,
        ..UserMfa::none(user.pool_id.clone(), user.sub.clone())
    }
}

fn put(mfa: &UserMfa) -> [Write; 1] {
    [Write::PutUserMfa(Box::new(mfa.clone()))]
}

fn use_step(mfa: &UserMfa, step: i64) -> Write {
    Write::UseSoftwareTokenStep {
        pool_id: mfa.pool_id.clone(),
        sub: mfa.sub.clone(),
        version: mfa.version,
        step,
    }
}

async fn find(storage: &dyn Storage, pool: &UserPoolId, sub: &Sub) -> Option<UserMfa> {
    ok(storage.find_user_mfa(pool, sub).await)
}

async fn second_factors_are_read_as_they_were_written(storage: &dyn Storage) {
    let user = make_user(storage, "mfa_read").await;
    assert_eq!(find(storage, &user.pool_id, &user.sub).await, None);
    let mut mfa = set_up(&user);
    accept(storage, put(&mfa)).await;
    let found = find(storage, &user.pool_id, &user.sub).await;
    assert_eq!(found.as_ref(), Some(&mfa));
    if let Some(token) = &mut mfa.software_token {
        token.device_name = None;
    }
    mfa.pending_seed = None;
    mfa.version = 2;
    accept(storage, put(&mfa)).await;
    let found = find(storage, &user.pool_id, &user.sub).await;
    assert_eq!(found.as_ref(), Some(&mfa));
    let empty = UserMfa {
        version: 3,
        ..UserMfa::none(user.pool_id.clone(), user.sub.clone())
    };
    accept(storage, put(&empty)).await;
    let found = find(storage, &user.pool_id, &user.sub).await;
    assert_eq!(found, Some(empty));
}

async fn a_change_needs_the_version_before(storage: &dyn Storage) {
    let user = make_user(storage, "mfa_version").await;
    let mut mfa = set_up(&user);
    for (version, is_next) in [(2, false), (1, true), (1, false), (3, false), (2, true)] {
        mfa.version = version;
        if is_next {
            accept(storage, put(&mfa)).await;
        } else {
            refuse(storage, Conflict::Stale, put(&mfa)).await;
        }
    }
    let nobody = set_up(&samples::user(&user.pool_id, "nobody"));
    refuse(storage, Conflict::Stale, put(&nobody)).await;
}

async fn only_one_of_many_first_changes_succeeds(storage: &dyn Storage) {
    let user = make_user(storage, "mfa_race").await;
    let [write] = put(&set_up(&user));
    together::only_one_succeeds(storage, Conflict::Stale, &write).await;
}

async fn a_step_is_used_once_and_none_before_it(storage: &dyn Storage) {
    let user = make_user(storage, "mfa_step").await;
    let mut mfa = set_up(&user);
    let spent = Conflict::SoftwareTokenCodeUsed;
    refuse(storage, spent, [use_step(&mfa, 60_000_001)]).await;
    accept(storage, put(&mfa)).await;
    refuse(storage, spent, [use_step(&mfa, 60_000_000)]).await;
    together::only_one_succeeds(storage, spent, &use_step(&mfa, 60_000_002)).await;
    refuse(storage, spent, [use_step(&mfa, 60_000_001)]).await;
    let found = find(storage, &user.pool_id, &user.sub).await;
    let last_step = found.and_then(|mfa| Some(mfa.software_token?.last_step));
    assert_eq!(last_step, Some(60_000_002));
    // Using a step is no change of the factors; a change makes what was read old.
    mfa.version = 2;
    accept(storage, put(&mfa)).await;
    mfa.version = 1;
    refuse(storage, spent, [use_step(&mfa, 60_000_009)]).await;
    mfa.software_token = None;
    mfa.version = 3;
    accept(storage, put(&mfa)).await;
    refuse(storage, spent, [use_step(&mfa, 60_000_009)]).await;
}

async fn second_factors_go_with_their_user_and_pool(storage: &dyn Storage) {
    let user = make_user(storage, "mfa_delete").await;
    let kept = make_user(storage, "mfa_keep").await;
    for user in [&user, &kept] {
        accept(storage, put(&set_up(user))).await;
    }
    let delete = Write::DeleteUser {
        pool_id: user.pool_id.clone(),
        sub: user.sub.clone(),
    };
    accept(storage, [delete]).await;
    assert_eq!(find(storage, &user.pool_id, &user.sub).await, None);
    assert!(find(storage, &kept.pool_id, &kept.sub).await.is_some());
    accept(storage, [Write::DeleteUserPool(kept.pool_id.clone())]).await;
    assert_eq!(find(storage, &kept.pool_id, &kept.sub).await, None);
}

//! Behaviour of the store as a whole: emptied, copied, put back. It removes what others left.

use std::pin::Pin;

use poolhouse_model::UserPoolId;

use super::housekeeping::add_ending_rows;
use super::samples::{self, NOW, at, pool_id};
use super::{accept, ok, refuse, together, user_pools};
use crate::error::{Conflict, StorageError};
use crate::repositories::{PageRequest, Storage};
use crate::write::{Write, WriteBatch};

/// More than anything here takes.
const ENOUGH_BYTES: u64 = 64 * 1024 * 1024;

pub(super) async fn run(storage: &dyn Storage) {
    users_are_removed_and_what_is_the_pools_stays(storage).await;
    an_emptied_store_has_only_what_it_says_of_itself(storage).await;
    what_was_copied_is_put_back_whole(storage).await;
    a_copy_that_is_too_large_is_none(storage).await;
    a_store_emptied_under_writers_holds_no_part_of_anything(storage).await;
}

/// Adds a pool with a row of every kind.
async fn fill(storage: &dyn Storage, name: &str) -> UserPoolId {
    add_ending_rows(storage, name, at(9)).await;
    let pool = pool_id(name);
    let client = samples::client(&pool, &format!("client_of_{name}"));
    let domain = samples::domain(&pool, &format!("domain-of-{name}"));
    let writes = [
        Write::CreateAppClient(Box::new(client)),
        Write::CreateDomain(domain),
        Write::PutUiCustomization(Box::new(samples::look(&pool, "ALL"))),
    ];
    accept(storage, writes).await;
    pool
}

async fn has_user(storage: &dyn Storage, pool: &UserPoolId) -> bool {
    let user = samples::user(pool, "ann");
    let by_sub = ok(storage.find_user(pool, &user.sub).await);
    let names = [samples::username("ann")];
    let by_name = ok(storage.find_user_by_name(pool, &names).await);
    assert_eq!(by_sub, by_name, "a user has their names");
    by_sub.is_some()
}

/// Whether any of what users leave behind is there; all of it or nothing.
async fn has_traces(storage: &dyn Storage, pool: &UserPoolId, name: &str) -> bool {
    let family = samples::family(&samples::user(pool, "ann"), "family").origin_jti;
    let found = [
        ok(storage.find_token_family(pool, &family).await).is_some(),
        ok(storage.find_authorization_code(pool, b"code").await).is_some(),
        ok(storage.find_challenge_session(pool, "challenge").await).is_some(),
        ok(storage.find_browser_session(pool, b"cookie").await).is_some(),
        ok(storage.find_lockout(pool, "name", NOW).await).failures == 1,
        ok(storage.list_messages(Some(name), None, 10).await).len() == 1,
    ];
    assert!(found.iter().all(|one| *one == found[0]), "{found:?}");
    found[0]
}

async fn has_settings(storage: &dyn Storage, pool: &UserPoolId) -> bool {
    let page = PageRequest {
        after: None,
        limit: 10,
    };
    let clients = ok(storage.list_app_clients(pool, &page).await);
    if let Some(client) = clients.first() {
        let found = ok(storage.find_pool_of_client(&client.id).await);
        assert_eq!(found.as_ref(), Some(pool));
    }
    let found = [
        ok(storage.find_user_pool(pool).await).is_some(),
        ok(storage.list_pool_keys(pool).await).len() == 3,
        clients.len() == 1,
        ok(storage.list_domains(pool).await).len() == 1,
        ok(storage
            .find_branding(pool, &samples::client(pool, "any").id)
            .await)
        .is_some(),
    ];
    assert!(found.iter().all(|one| *one == found[0]), "{found:?}");
    found[0]
}

async fn users_are_removed_and_what_is_the_pools_stays(storage: &dyn Storage) {
    let pool = fill(storage, "users_removed").await;
    let other = fill(storage, "users_kept").await;
    ok(storage.remove_all_users(&pool).await);
    assert!(!has_user(storage, &pool).await && !has_traces(storage, &pool, "users_removed").await);
    assert!(has_settings(storage, &pool).await);
    assert!(has_user(storage, &other).await && has_traces(storage, &other, "users_kept").await);
    assert_eq!(ok(storage.count_users(&pool).await), 0);
    let outcome = storage.remove_all_users(&pool_id("nowhere")).await;
    assert!(
        matches!(outcome, Err(StorageError::Conflict(Conflict::Stale))),
        "{outcome:?}"
    );
}

async fn an_emptied_store_has_only_what_it_says_of_itself(storage: &dyn Storage) {
    let pool = fill(storage, "emptied").await;
    ok(storage.put_store_value_once("kept", b"kept").await);
    ok(storage.empty_store().await);
    assert!(!has_user(storage, &pool).await && !has_settings(storage, &pool).await);
    assert!(!has_traces(storage, &pool, "emptied").await);
    let kept = ok(storage.find_store_value("kept").await);
    assert_eq!(kept.as_deref(), Some(&b"kept"[..]));
    // The names are free again.
    fill(storage, "emptied").await;
}

async fn what_was_copied_is_put_back_whole(storage: &dyn Storage) {
    ok(storage.empty_store().await);
    // More rows than one statement inserts, and a rest.
    for number in 0..120 {
        let pool = fill(storage, &format!("copied{number}")).await;
        assert!(has_user(storage, &pool).await);
    }
    let first = pool_id("copied0");
    let before = ok(storage.find_user_pool(&first).await);
    let user = ok(storage
        .find_user(&first, &samples::user(&first, "ann").sub)
        .await);
    let copy = ok(storage.copy_store(ENOUGH_BYTES).await).expect("it is small enough");
    assert!(copy.size_bytes() > 0);
    for _ in 0..2 {
        let gone = Write::DeleteUserPool(first.clone());
        accept(storage, [gone]).await;
        let added = fill(storage, "added_later").await;
        ok(storage.put_store_back(&copy).await);
        assert!(!has_settings(storage, &added).await && !has_user(storage, &added).await);
        for number in [0, 49, 50, 119] {
            let name = format!("copied{number}");
            let pool = pool_id(&name);
            assert!(has_user(storage, &pool).await && has_settings(storage, &pool).await);
            assert!(has_traces(storage, &pool, &name).await);
        }
        assert_eq!(ok(storage.find_user_pool(&first).await), before);
        let sub = samples::user(&first, "ann").sub;
        assert_eq!(ok(storage.find_user(&first, &sub).await), user);
    }
    // What is unique is so again.
    let taken = Write::CreateUserPool {
        pool: Box::new(samples::pool(&first)),
        keys: Vec::new(),
    };
    refuse(storage, Conflict::UserPoolExists, [taken]).await;
}

async fn a_copy_that_is_too_large_is_none(storage: &dyn Storage) {
    assert!(ok(storage.copy_store(1000).await).is_none());
    // What was begun does not stand in the way of others.
    ok(storage.empty_store().await);
    let empty = ok(storage.copy_store(1000).await).expect("nothing is small enough");
    assert_eq!(empty.size_bytes(), 0);
    ok(storage.put_store_back(&empty).await);
}

async fn a_store_emptied_under_writers_holds_no_part_of_anything(storage: &dyn Storage) {
    let names: Vec<String> = (0..24).map(|number| format!("raced{number}")).collect();
    let mut at_once: Vec<Pin<Box<dyn Future<Output = ()> + '_>>> = Vec::new();
    at_once.extend(
        names
            .iter()
            .map(|name| Box::pin(write_user(storage, name)) as _),
    );
    at_once.push(Box::pin(async {
        for _ in 0..6 {
            ok(storage.empty_store().await);
        }
    }));
    together::all(at_once).await;
    for name in &names {
        let pool = pool_id(name);
        let is_there = ok(storage.find_user_pool(&pool).await).is_some();
        let keys = ok(storage.list_pool_keys(&pool).await).len();
        assert_eq!(keys, if is_there { 3 } else { 0 }, "{name}");
        assert!(is_there || !has_user(storage, &pool).await, "{name}");
    }
    ok(storage.empty_store().await);
}

/// Adds a pool, and a user unless the pool is gone again.
async fn write_user(storage: &dyn Storage, name: &str) {
    let pool = user_pools::create(storage, name).await;
    let user = Write::CreateUser {
        user: Box::new(samples::user(&pool, "ann")),
        names: vec![samples::username("ann")],
    };
    match storage.write(WriteBatch::of([user])).await {
        Ok(()) | Err(StorageError::Conflict(Conflict::Stale)) => {}
        Err(error) => panic!("the engine failed: {error}"),
    }
}

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;

use poolhouse_model::{SearchableAttribute, TextMatch, Timestamp, UserFilter, UserPoolId};
use poolhouse_storage::{Conflict, Housekeeping as _, Lockouts as _, StorageError, Users as _};
use poolhouse_testkit::TestDatabase;

use super::engine::Postgres;
use crate::db::Db;
use crate::dialect;
use crate::entities::tests::all_statements;
use crate::open::{OpenError, SqlStorage};
use crate::sqlite::tests::stopwatch;
use crate::statement::{Statement, params};

const PUT: &str = "INSERT INTO store_values (name, value) VALUES (?1, ?2) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";

const PUT_NEW: &str = "INSERT INTO store_values (name, value) VALUES (?1, ?2)";

/// Time for another transaction to take its first lock, so that a deadlock is certain.
const WAIT: &str = "SELECT 1 FROM pg_sleep(0.05)";

/// A database of its own; `None`, with a line that says so, where no server is given.
async fn make_database(test: &str) -> Option<TestDatabase> {
    let database = TestDatabase::make().await;
    if database.is_none() {
        eprintln!("skipped {test}: POOLHOUSE_TEST_POSTGRES is not set");
    }
    database
}

async fn open(database: &TestDatabase) -> SqlStorage {
    SqlStorage::open_postgres(&database.url()).await.unwrap()
}

fn engine(storage: &SqlStorage) -> &Postgres {
    match &storage.db {
        Db::Postgres(postgres) => postgres,
        Db::Sqlite(_) => panic!("not PostgreSQL"),
    }
}

#[tokio::test]
async fn every_statement_is_prepared_on_postgres() {
    let Some(database) = make_database("prepare").await else {
        return;
    };
    let storage = open(&database).await;
    let connection = engine(&storage).connection().await.unwrap();
    for (name, sql) in all_statements() {
        let prepared = connection.prepare(&dialect::postgres(sql)).await;
        assert!(prepared.is_ok(), "{name}: {:?}", prepared.err());
    }
    drop(connection);
    storage.close().unwrap();
    database.drop_it().await;
}

#[tokio::test]
async fn the_conformance_suite_holds_on_postgres() {
    let Some(database) = make_database("suite").await else {
        return;
    };
    let storage = open(&database).await;
    poolhouse_storage::suite::run_all(&storage).await;
    storage.close().unwrap();
    assert!(storage.check_health().await.is_err());
    database.drop_it().await;
}

#[tokio::test]
async fn many_starters_migrate_once_and_a_newer_schema_is_refused() {
    let Some(database) = make_database("starters").await else {
        return;
    };
    let url = database.url();
    let starters = (0..8).map(|_| SqlStorage::open_postgres(&url));
    for outcome in futures_util::future::join_all(starters).await {
        outcome.unwrap().close().unwrap();
    }
    let newer = "INSERT INTO schema_migrations VALUES (9999, 'later', '')";
    database.execute(newer).await;
    let error = SqlStorage::open_postgres(&url).await.err().unwrap();
    assert!(matches!(
        error,
        OpenError::NewerSchema { version: 9999, .. }
    ));
    database.drop_it().await;
}

#[tokio::test]
async fn r11_users_of_an_earlier_release_are_found_on_postgres() {
    let Some(database) = make_database("backfill").await else {
        return;
    };
    open(&database).await.close().unwrap();
    // The database as it was before the index.
    for sql in [
        "DROP TABLE searchable_attributes",
        "DROP INDEX users_status",
        "DROP INDEX users_enabled",
        "DELETE FROM schema_migrations WHERE name = 'searchable_users'",
        "INSERT INTO users (pool_id, sub, username, status, is_enabled, attributes, \
         token_generation, created_at, updated_at, version) \
         SELECT 'pool', 'sub-' || n, 'user-' || n, 'confirmed', 1, \
         '{\"email\": \"Übung-' || n || '@x.example\"}', 1, 0, 0, 1 \
         FROM generate_series(1, 1100) AS n",
    ] {
        database.execute(sql).await;
    }
    let storage = open(&database).await;
    let pool = UserPoolId::new("pool");
    let found = async |text| {
        let filter = UserFilter::Attribute(SearchableAttribute::Email, text);
        let listed = storage.list_users(&pool, &filter, None, 2000).await;
        listed.unwrap().len()
    };
    let one = TextMatch::Equals("übung-1100@X.example".to_owned());
    assert_eq!(found(one).await, 1);
    assert_eq!(found(TextMatch::StartsWith("ÜBUNG".to_owned())).await, 1100);
    storage.close().unwrap();
    database.drop_it().await;
}

#[tokio::test]
async fn two_writes_that_lock_in_opposite_order_both_succeed() {
    let Some(database) = make_database("deadlock").await else {
        return;
    };
    let storage = open(&database).await;
    let write = |first: &'static str, second: &'static str| {
        let put = |name: &'static str| Statement::any(PUT, params![name, first.as_bytes()]);
        let wait = Statement::any(WAIT, Vec::new());
        storage.db.write(vec![put(first), wait, put(second)])
    };
    let (one, two) = tokio::join!(write("a", "b"), write("b", "a"));
    assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
    database.drop_it().await;
}

#[tokio::test]
async fn an_abandoned_write_leaves_no_open_transaction_behind() {
    let Some(database) = make_database("abandoned").await else {
        return;
    };
    let storage = open(&database).await;
    let put = || Statement::one(PUT_NEW, params!["a", &b"a"[..]], Conflict::Stale);
    // Prepares the statements, so that the next write is dropped inside its transaction.
    let broken = vec![put(), put()];
    let outcome = storage.db.write(broken).await;
    assert!(matches!(
        outcome,
        Err(StorageError::Conflict(Conflict::Stale))
    ));
    for polls in 1..40 {
        let write = storage.db.write(vec![put(), put(), put()]);
        let mut write = std::pin::pin!(write);
        for _ in 0..polls {
            let step = poll_fn(|context| Poll::Ready(write.as_mut().poll(context).is_ready()));
            let is_done = step.await;
            tokio::task::yield_now().await;
            if is_done {
                break;
            }
        }
    }
    for _ in 0..20 {
        let rows = storage
            .db
            .query("SELECT 1 FROM store_values", &[])
            .await
            .unwrap();
        assert!(rows.is_empty());
    }
    storage.db.write(vec![put()]).await.unwrap();
    database.drop_it().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_writers_lose_nothing_on_postgres() {
    const WRITERS: i64 = 50;
    const WRITES: i64 = 40;
    let Some(database) = make_database("writers").await else {
        return;
    };
    let storage = Arc::new(open(&database).await);
    let pool = UserPoolId::new("us-east-1_counting");
    let (now, end) = (Timestamp::from_secs(10), Timestamp::from_secs(1000));
    let started = stopwatch();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (storage, pool) = (Arc::clone(&storage), pool.clone());
            tokio::spawn(async move {
                let name = format!("name-{}", writer % 25);
                for _ in 0..WRITES {
                    storage.count_attempt(&pool, &name, now, end).await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let rate = (WRITERS * WRITES * 1000) / i64::try_from(started().max(1)).unwrap();
    eprintln!("postgres: {rate} durable writes a second by {WRITERS} writers");
    let lockout = storage.find_lockout(&pool, "name-0", now).await.unwrap();
    assert_eq!(lockout.failures, 2 * WRITES);
    database.drop_it().await;
}

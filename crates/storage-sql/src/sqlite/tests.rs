use std::fs;
use std::future::poll_fn;
use std::path::Path;
use std::sync::Arc;
use std::task::Poll;

use poolhouse_model::{Timestamp, UserPoolId};
use poolhouse_storage::{Housekeeping as _, Lockouts as _, StorageError};

use crate::db::Db;
use crate::open::{OpenError, OpenOptions, SqlStorage};

const PAGE: usize = 4096;

fn options(directory: &Path) -> OpenOptions {
    OpenOptions {
        data_dir: directory.to_owned(),
        must_exist: false,
    }
}

fn open(directory: &Path) -> Result<SqlStorage, OpenError> {
    SqlStorage::open_sqlite(&options(directory))
}

async fn count(storage: &SqlStorage, name: &str) -> Result<i64, StorageError> {
    let pool = UserPoolId::new("us-east-1_counting");
    let (now, end) = (Timestamp::from_secs(10), Timestamp::from_secs(1000));
    let before = storage.count_attempt(&pool, name, now, end).await?;
    Ok(before.failures)
}

/// A closed database of a few pages, and its bytes.
async fn closed_database(directory: &Path) -> Vec<u8> {
    let storage = open(directory).unwrap();
    for number in 0..200 {
        count(&storage, &format!("name-{number}")).await.unwrap();
    }
    storage.close().unwrap();
    fs::read(directory.join("poolhouse.db")).unwrap()
}

fn damage_of(outcome: Result<SqlStorage, OpenError>) -> String {
    match outcome {
        Err(OpenError::Storage(error @ StorageError::Damaged { .. })) => error.to_string(),
        Err(other) => panic!("another error: {other:?}"),
        Ok(_) => panic!("a damaged database was opened"),
    }
}

#[tokio::test]
async fn the_conformance_suite_holds_on_a_sqlite_file() {
    let directory = tempfile::tempdir().unwrap();
    let storage = open(directory.path()).unwrap();
    poolhouse_storage::suite::run_all(&storage).await;
    storage.close().unwrap();
}

#[tokio::test]
async fn what_was_written_is_there_after_a_clean_stop_and_after_none() {
    let directory = tempfile::tempdir().unwrap();
    for stop in 0..4 {
        let storage = open(directory.path()).unwrap();
        assert_eq!(count(&storage, "ann").await.unwrap(), stop);
        if stop % 2 == 0 {
            storage.close().unwrap();
            assert!(directory.path().join("poolhouse.clean").exists());
        }
        drop(storage);
    }
    assert!(!directory.path().join("poolhouse.clean").exists());
}

#[tokio::test]
async fn a_closed_store_refuses_writes() {
    let directory = tempfile::tempdir().unwrap();
    let storage = open(directory.path()).unwrap();
    storage.close().unwrap();
    storage.close().unwrap();
    let outcome = count(&storage, "ann").await;
    assert!(matches!(outcome, Err(StorageError::Unavailable(_))));
    assert!(storage.check_health().await.is_err());
}

#[test]
fn a_second_opener_is_refused_with_the_name_of_the_directory() {
    let directory = tempfile::tempdir().unwrap();
    let first = open(directory.path()).unwrap();
    let error = open(directory.path()).err().unwrap();
    assert!(matches!(error, OpenError::InUse { .. }));
    let text = error.to_string();
    assert!(
        text.contains(&directory.path().display().to_string()),
        "{text}"
    );
    drop(first);
    open(directory.path()).unwrap();
}

#[cfg(unix)]
#[test]
fn s69_files_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = tempfile::tempdir().unwrap();
    let data_dir = directory.path().join("data");
    let storage = open(&data_dir).unwrap();
    storage.close().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data_dir), 0o700);
    for file in fs::read_dir(&data_dir).unwrap() {
        let path = file.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[tokio::test]
async fn r14_a_flipped_bit_in_any_page_is_found_at_start() {
    let directory = tempfile::tempdir().unwrap();
    let bytes = closed_database(directory.path()).await;
    let mark = fs::read(directory.path().join("poolhouse.clean")).unwrap();
    let file = directory.path().join("poolhouse.db");
    let pages = bytes.len() / PAGE;
    assert!(pages > 20, "{pages}");
    for page in 0..pages {
        for offset in [0, 8, 700, PAGE - 3] {
            let mut damaged = bytes.clone();
            damaged[page * PAGE + offset] ^= 1;
            fs::write(&file, damaged).unwrap();
            let text = damage_of(open(directory.path()));
            assert!(text.contains("poolhouse.db"), "{text}");
        }
    }
    fs::write(&file, bytes).unwrap();
    assert_eq!(
        fs::read(directory.path().join("poolhouse.clean")).unwrap(),
        mark
    );
    let storage = open(directory.path()).unwrap();
    assert_eq!(count(&storage, "name-0").await.unwrap(), 1);
}

#[tokio::test]
async fn r14_damage_to_any_page_is_found_after_an_unclean_stop() {
    let directory = tempfile::tempdir().unwrap();
    let bytes = closed_database(directory.path()).await;
    fs::remove_file(directory.path().join("poolhouse.clean")).unwrap();
    let file = directory.path().join("poolhouse.db");
    for page in 0..bytes.len() / PAGE {
        // The header of a page; on the first one that of the file comes before it.
        let mut damaged = bytes.clone();
        damaged[page * PAGE..page * PAGE + 16].fill(0xa5);
        fs::write(&file, damaged).unwrap();
        damage_of(open(directory.path()));
    }
    fs::write(&file, bytes).unwrap();
    open(directory.path()).unwrap();
}

#[tokio::test]
async fn r14_a_truncated_or_foreign_file_is_never_replaced() {
    let directory = tempfile::tempdir().unwrap();
    let bytes = closed_database(directory.path()).await;
    let file = directory.path().join("poolhouse.db");
    let other = rusqlite::Connection::open(directory.path().join("other")).unwrap();
    other.execute_batch("CREATE TABLE t (a)").unwrap();
    drop(other);
    let foreign = fs::read(directory.path().join("other")).unwrap();
    for has_mark in [true, false] {
        for content in [
            &bytes[..bytes.len() - PAGE],
            &b"not a database"[..],
            &foreign,
        ] {
            fs::write(&file, content).unwrap();
            damage_of(open(directory.path()));
            assert_eq!(fs::read(&file).unwrap(), content);
        }
        if has_mark {
            fs::remove_file(directory.path().join("poolhouse.clean")).unwrap();
        }
    }
}

#[tokio::test]
async fn r14_a_changed_schema_is_found_at_start() {
    let directory = tempfile::tempdir().unwrap();
    closed_database(directory.path()).await;
    fs::remove_file(directory.path().join("poolhouse.clean")).unwrap();
    let connection = rusqlite::Connection::open(directory.path().join("poolhouse.db")).unwrap();
    connection.execute_batch("DROP INDEX lockouts_end").unwrap();
    drop(connection);
    let text = damage_of(open(directory.path()));
    assert!(text.contains("schema"), "{text}");
}

#[tokio::test]
async fn r14_a_missing_or_empty_database_beside_a_key_file_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let required = OpenOptions {
        must_exist: true,
        ..options(directory.path())
    };
    let refused = || {
        let error = SqlStorage::open_sqlite(&required).err().unwrap();
        assert!(matches!(error, OpenError::Missing { .. }), "{error:?}");
        assert!(error.to_string().contains("poolhouse.db"), "{error}");
    };
    let file = directory.path().join("poolhouse.db");
    refused();
    assert!(!file.exists());
    fs::write(&file, b"").unwrap();
    refused();
    // A database without a table is empty too.
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection
        .pragma_update(None, "journal_mode", "WAL")
        .unwrap();
    drop(connection);
    refused();
    open(directory.path()).unwrap().close().unwrap();
    SqlStorage::open_sqlite(&required).unwrap();
}

#[tokio::test]
async fn r14_damage_met_while_running_is_named_by_health_and_ends_writing() {
    let directory = tempfile::tempdir().unwrap();
    let bytes = closed_database(directory.path()).await;
    let storage = open(directory.path()).unwrap();
    storage.check_health().await.unwrap();
    let mut damaged = bytes.clone();
    damaged[PAGE..].fill(0xa5);
    fs::write(directory.path().join("poolhouse.db"), damaged).unwrap();
    let pool = UserPoolId::new("us-east-1_counting");
    let mut was_damaged = false;
    for number in 0..200 {
        let name = format!("name-{number}");
        let found = storage
            .find_lockout(&pool, &name, Timestamp::from_secs(20))
            .await;
        was_damaged |= matches!(found, Err(StorageError::Damaged { .. }));
    }
    assert!(was_damaged);
    // It is remembered, although the pages that health reads are whole again.
    fs::write(directory.path().join("poolhouse.db"), &bytes).unwrap();
    for error in [
        storage.check_health().await.unwrap_err(),
        count(&storage, "ann").await.unwrap_err(),
        storage.close().unwrap_err(),
    ] {
        assert!(
            matches!(&error, StorageError::Damaged { file, .. }
            if file.ends_with("poolhouse.db")),
            "{error:?}"
        );
    }
    assert!(!directory.path().join("poolhouse.clean").exists());
}

#[tokio::test]
async fn dropping_a_store_finishes_the_writes_that_wait() {
    let directory = tempfile::tempdir().unwrap();
    let storage = open(directory.path()).unwrap();
    for _ in 0..100 {
        let mut write = std::pin::pin!(count(&storage, "ann"));
        poll_fn(|context| Poll::Ready(write.as_mut().poll(context).is_ready())).await;
    }
    let Db::Sqlite(sqlite) = &storage.db else {
        panic!("not SQLite");
    };
    let connection = Arc::clone(&sqlite.connection);
    drop(storage);
    // The writer thread has let go of the connection, so nothing is written after the lock.
    assert_eq!(Arc::strong_count(&connection), 1);
    drop(connection);
    let storage = open(directory.path()).unwrap();
    assert_eq!(count(&storage, "ann").await.unwrap(), 100);
}

#[tokio::test]
async fn r4_a_full_disk_refuses_writes_and_nothing_else() {
    let directory = tempfile::tempdir().unwrap();
    let storage = open(directory.path()).unwrap();
    count(&storage, "ann").await.unwrap();
    let Db::Sqlite(sqlite) = &storage.db else {
        panic!("not SQLite");
    };
    let set_pages = |pages: i64| {
        let connection = sqlite.connection.lock();
        connection
            .pragma_update(None, "max_page_count", pages)
            .unwrap();
    };
    let value = vec![7; 3 * PAGE];
    // SQLite takes a limit below the present size as that size.
    set_pages(1);
    let (full, also_full) = tokio::join!(
        storage.put_store_value_once("a", &value),
        storage.put_store_value_once("b", &value),
    );
    for outcome in [full, also_full] {
        assert!(
            matches!(outcome, Err(StorageError::Unavailable(_))),
            "{outcome:?}"
        );
    }
    storage.check_health().await.unwrap();
    assert_eq!(storage.find_store_value("a").await.unwrap(), None);
    set_pages(100_000);
    storage.put_store_value_once("a", &value).await.unwrap();
    assert_eq!(count(&storage, "ann").await.unwrap(), 1);
    storage.close().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_writers_share_commits_and_lose_nothing() {
    const WRITERS: i64 = 50;
    const WRITES: i64 = 40;
    let directory = tempfile::tempdir().unwrap();
    let storage = Arc::new(open(directory.path()).unwrap());
    let started = stopwatch();
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let storage = Arc::clone(&storage);
            tokio::spawn(async move {
                for _ in 0..WRITES {
                    count(&storage, "ann").await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let rate = (WRITERS * WRITES * 1000) / i64::try_from(started().max(1)).unwrap();
    eprintln!("sqlite: {rate} durable writes a second by {WRITERS} writers");
    assert_eq!(count(&storage, "ann").await.unwrap(), WRITERS * WRITES);
}

/// Milliseconds since now; only to print how fast it went.
#[expect(clippy::disallowed_methods, reason = "a measurement, not a rule")]
pub(crate) fn stopwatch() -> impl Fn() -> u128 {
    let start = std::time::Instant::now();
    move || start.elapsed().as_millis()
}

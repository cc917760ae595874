//! The engine: queue, writer thread and readers put together.

use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use parking_lot::Mutex;
use poolhouse_storage::StorageError;
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::connection::{open_file, run};
use super::copy::copy_tables;
use super::damage::DamageWatch;
use super::data_dir::DataDir;
use super::readers::Readers;
use super::writer::{Job, run_jobs};
use crate::statement::Statement;
use crate::table_copy::{Budget, TableCopy};
use crate::value::{Row, Value};

/// Writes that may wait for the writer thread.
const QUEUE_LENGTH: usize = 1024;

/// How long a write waits for a place in the queue.
const QUEUE_TTL: Duration = Duration::from_secs(5);

/// Read connections at most.
const MOST_READERS: usize = 8;

/// An open SQLite database.
pub(crate) struct Sqlite {
    readers: Readers,
    writes: Mutex<Option<mpsc::Sender<Job>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    pub(super) connection: Arc<Mutex<Connection>>,
    watch: Arc<DamageWatch>,
    data_dir: Option<DataDir>,
}

impl Sqlite {
    /// Takes over a checked and migrated database file.
    pub(crate) fn start(
        connection: Connection,
        watch: DamageWatch,
        data_dir: DataDir,
    ) -> Result<Self, StorageError> {
        let count = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let readers = (0..count.clamp(2, MOST_READERS))
            .map(|_| Ok(Arc::new(Mutex::new(open_file(watch.file(), true)?))))
            .collect::<rusqlite::Result<Vec<_>>>()
            .map_err(|error| watch.translate(&error))?;
        let connection = Arc::new(Mutex::new(connection));
        Self::spawn(connection, Readers::new(readers), watch, Some(data_dir))
    }

    /// Takes over a database in memory; reads and writes take turns on its only connection.
    pub(crate) fn start_in_memory(connection: Connection) -> Result<Self, StorageError> {
        let connection = Arc::new(Mutex::new(connection));
        let readers = Readers::new(vec![Arc::clone(&connection)]);
        let watch = DamageWatch::new("memory");
        Self::spawn(connection, readers, watch, None)
    }

    fn spawn(
        connection: Arc<Mutex<Connection>>,
        readers: Readers,
        watch: DamageWatch,
        data_dir: Option<DataDir>,
    ) -> Result<Self, StorageError> {
        let watch = Arc::new(watch);
        let (sender, receiver) = mpsc::channel(QUEUE_LENGTH);
        let (thread_connection, thread_watch) = (Arc::clone(&connection), Arc::clone(&watch));
        let writer = std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || run_jobs(&thread_connection, &thread_watch, receiver))
            .map_err(|error| StorageError::Unavailable(error.to_string()))?;
        Ok(Self {
            readers,
            writes: Mutex::new(Some(sender)),
            writer: Mutex::new(Some(writer)),
            connection,
            watch,
            data_dir,
        })
    }

    /// Reads rows in place.
    pub(crate) fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StorageError> {
        run(&self.readers.take(), sql, params)
            .map(|(rows, _)| rows)
            .map_err(|error| self.watch.translate(&error))
    }

    /// Hands the statements to the writer thread and waits for their commit.
    pub(crate) async fn write(
        &self,
        statements: Vec<Statement>,
    ) -> Result<Vec<Vec<Row>>, StorageError> {
        let unavailable = |why: &str| StorageError::Unavailable(why.to_owned());
        let Some(queue) = self.writes.lock().clone() else {
            return Err(unavailable("the database is closed"));
        };
        let (answer, answered) = oneshot::channel();
        let job = Job { statements, answer };
        match queue.send_timeout(job, QUEUE_TTL).await {
            Ok(()) => {}
            Err(mpsc::error::SendTimeoutError::Timeout(_)) => {
                return Err(unavailable("too many writes wait"));
            }
            Err(mpsc::error::SendTimeoutError::Closed(_)) => {
                return Err(unavailable("the writer has stopped"));
            }
        }
        drop(queue);
        let answer = answered.await;
        answer.unwrap_or_else(|_| Err(unavailable("the writer has stopped")))
    }

    /// Reads all rows of the tables, of one instant, and says how many bytes they take; `None` when
    /// that is more than the budget.
    pub(crate) async fn copy_tables(
        &self,
        tables: Vec<&'static str>,
        budget: Budget,
    ) -> Result<Option<(Vec<TableCopy>, u64)>, StorageError> {
        let (connection, watch) = (self.readers.lend(), Arc::clone(&self.watch));
        let copying = tokio::task::spawn_blocking(move || {
            copy_tables(&connection.lock(), &tables, budget)
                .map_err(|error| watch.translate(&error))
        });
        let copied = copying.await;
        copied.unwrap_or_else(|error| Err(StorageError::Unavailable(error.to_string())))
    }

    /// Fails when the database cannot be read, or damage was met.
    pub(crate) fn check_health(&self) -> Result<(), StorageError> {
        self.watch.check()?;
        let is_stopped = self
            .writer
            .lock()
            .as_ref()
            .is_none_or(JoinHandle::is_finished);
        if is_stopped {
            return Err(StorageError::Unavailable(
                "the writer has stopped".to_owned(),
            ));
        }
        self.query("SELECT count(*) FROM schema_migrations", &[])
            .map(drop)
    }

    /// Where the database lies; `None` for memory.
    pub(crate) fn data_dir(&self) -> Option<&Path> {
        self.data_dir.as_ref().map(DataDir::path)
    }

    /// Ends the writer thread once the writes that wait are done; `None` if it had ended before.
    fn stop_writer(&self) -> Option<std::thread::Result<()>> {
        drop(self.writes.lock().take());
        self.writer.lock().take().map(JoinHandle::join)
    }

    /// Finishes the writes that wait, empties the log into the database and marks the stop as
    /// clean. Later writes are refused; closing again does nothing.
    pub(crate) fn close(&self) -> Result<(), StorageError> {
        match self.stop_writer() {
            None => return Ok(()),
            Some(Ok(())) => {}
            Some(Err(_)) => {
                return Err(StorageError::Unavailable("the writer panicked".to_owned()));
            }
        }
        self.watch.check()?;
        let Some(data_dir) = &self.data_dir else {
            return Ok(());
        };
        run(
            &self.connection.lock(),
            "PRAGMA wal_checkpoint(TRUNCATE)",
            &[],
        )
        .map_err(|error| self.watch.translate(&error))?;
        data_dir.mark_clean_stop().map_err(|error| {
            StorageError::Unavailable(format!("{}: {error}", data_dir.path().display()))
        })
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        // The lock on the directory is let go after this: nobody may write then.
        let _ = self.stop_writer();
    }
}

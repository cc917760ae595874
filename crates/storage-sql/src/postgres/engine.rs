//! The engine: reads, and writes as one pipelined transaction.

use std::time::Duration;

use deadpool_postgres::{Object, Pool};
use futures_util::future::join_all;
use poolhouse_storage::StorageError;
use tokio_postgres::types::ToSql;

use super::connect::{self, Lease};
use super::copy::copy_tables;
use super::failure::{Failure, is_aftermath, translate};
use super::params::to_row;
use crate::dialect;
use crate::open::OpenError;
use crate::statement::Statement;
use crate::table_copy::{Budget, TableCopy};
use crate::value::{Row, Value};

/// How often a write is run again after a deadlock or a serialization failure.
const RETRIES: u32 = 3;

/// How long a read or a write may take as a whole.
const CALL_TTL: Duration = Duration::from_secs(20);

/// Statements sent before the first answer is read.
const PIPELINE: usize = 16;

/// Rows a statement gave back, and how many it changed or gave back.
type Outcome = Result<(Vec<Row>, usize), tokio_postgres::Error>;

/// An open PostgreSQL database.
pub(crate) struct Postgres {
    pool: Pool,
    description: String,
}

impl Postgres {
    /// Prepares to connect.
    pub(crate) fn connect(url: &str) -> Result<Self, OpenError> {
        let config = connect::parse(url)?;
        let description = connect::describe(&config);
        let pool = connect::pool(config)?;
        Ok(Self { pool, description })
    }

    /// Takes a connection out of the pool.
    pub(super) async fn connection(&self) -> Result<Object, StorageError> {
        self.pool
            .get()
            .await
            .map_err(|error| StorageError::Unavailable(format!("{}: {error}", self.description)))
    }

    /// Reads rows. A text with a NUL byte, which no column can hold, finds none.
    pub(crate) async fn query(
        &self,
        sql: &str,
        params: &[Value],
    ) -> Result<Vec<Row>, StorageError> {
        if params.iter().any(has_nul) {
            return Ok(Vec::new());
        }
        self.in_time(async {
            let connection = self.connection().await?;
            let prepared = connection.prepare_cached(&dialect::postgres(sql)).await;
            let outcome = match prepared {
                Ok(prepared) => run(&connection, &prepared, params).await,
                Err(error) => Err(error),
            };
            outcome
                .map(|(rows, _)| rows)
                .map_err(|error| translate(&error, None).into_error())
        })
        .await
    }

    /// Runs the statements in one transaction, again if it met a deadlock.
    pub(crate) async fn write(
        &self,
        statements: &[Statement],
    ) -> Result<Vec<Vec<Row>>, StorageError> {
        self.in_time(async {
            let mut retries = 0;
            loop {
                match self.try_write(statements).await {
                    Err(Failure::Transient(_)) if retries < RETRIES => retries += 1,
                    outcome => return outcome.map_err(Failure::into_error),
                }
            }
        })
        .await
    }

    async fn try_write(&self, statements: &[Statement]) -> Result<Vec<Vec<Row>>, Failure> {
        let connection = self.connection().await.map_err(Failure::Final)?;
        let mut prepared = Vec::with_capacity(statements.len());
        for statement in statements {
            let ready = connection
                .prepare_cached(&dialect::postgres(&statement.sql))
                .await;
            prepared.push(ready.map_err(|error| translate(&error, None))?);
        }
        let lease = Lease::of(connection);
        let (begun, outcomes) = tokio::join!(
            biased;
            lease.batch_execute("BEGIN"),
            run_all(&lease, &prepared, statements),
        );
        begun.map_err(|error| translate(&error, None))?;
        let checked = check(statements, outcomes);
        let end = if checked.is_ok() {
            "COMMIT"
        } else {
            "ROLLBACK"
        };
        lease
            .batch_execute(end)
            .await
            .map_err(|error| translate(&error, None))?;
        lease.give_back();
        checked
    }

    /// Reads all rows of the tables, of one instant, and says how many bytes they take; `None` when
    /// that is more than the budget.
    pub(crate) async fn copy_tables(
        &self,
        tables: &[&'static str],
        budget: Budget,
    ) -> Result<Option<(Vec<TableCopy>, u64)>, StorageError> {
        self.in_time(async {
            let mut connection = self.connection().await?;
            let copied = copy_tables(&mut connection, tables, budget).await;
            copied.map_err(|error| translate(&error, None).into_error())
        })
        .await
    }

    /// Fails when the database cannot be read.
    pub(crate) async fn check_health(&self) -> Result<(), StorageError> {
        self.query("SELECT count(*) FROM schema_migrations", &[])
            .await
            .map(drop)
    }

    /// Says where the server is.
    pub(crate) fn describe(&self) -> String {
        self.description.clone()
    }

    /// Closes all connections; later calls are refused.
    pub(crate) fn close(&self) {
        self.pool.close();
    }

    async fn in_time<T>(
        &self,
        call: impl Future<Output = Result<T, StorageError>>,
    ) -> Result<T, StorageError> {
        let outcome = tokio::time::timeout(CALL_TTL, call).await;
        outcome.unwrap_or_else(|_| {
            let why = format!("{} did not answer in time", self.description);
            Err(StorageError::Unavailable(why))
        })
    }
}

fn has_nul(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.contains('\0'))
}

/// Sends the statements one behind the other without waiting for answers in between.
async fn run_all(
    connection: &Object,
    prepared: &[tokio_postgres::Statement],
    statements: &[Statement],
) -> Vec<Outcome> {
    let mut outcomes = Vec::with_capacity(statements.len());
    let calls: Vec<_> = prepared.iter().zip(statements).collect();
    for calls in calls.chunks(PIPELINE) {
        let sent = calls
            .iter()
            .map(|(prepared, statement)| run(connection, prepared, &statement.params));
        outcomes.extend(join_all(sent).await);
    }
    outcomes
}

async fn run(
    connection: &Object,
    prepared: &tokio_postgres::Statement,
    params: &[Value],
) -> Outcome {
    let params: Vec<&(dyn ToSql + Sync)> = params
        .iter()
        .map(|value| value as &(dyn ToSql + Sync))
        .collect();
    if prepared.columns().is_empty() {
        let changed = connection.execute(prepared, &params).await?;
        return Ok((Vec::new(), usize::try_from(changed).unwrap_or(usize::MAX)));
    }
    let found = connection.query(prepared, &params).await?;
    let count = found.len();
    let rows = found.iter().map(to_row).collect::<Result<_, _>>()?;
    Ok((rows, count))
}

/// Finds the first guard that did not hold, or gives all rows.
fn check(statements: &[Statement], outcomes: Vec<Outcome>) -> Result<Vec<Vec<Row>>, Failure> {
    let mut rows = Vec::with_capacity(outcomes.len());
    for (statement, outcome) in statements.iter().zip(outcomes) {
        match (outcome, statement.conflict) {
            (Ok((_, count)), Some(conflict)) if !statement.is_satisfied_by(count) => {
                return Err(Failure::Final(StorageError::Conflict(conflict)));
            }
            (Ok((found, _)), _) => rows.push(found),
            // The cause comes earlier in the list; without one the transaction did not begin.
            (Err(error), _) if is_aftermath(&error) => {
                return Err(Failure::Final(StorageError::Unavailable(error.to_string())));
            }
            (Err(error), conflict) => return Err(translate(&error, conflict)),
        }
    }
    Ok(rows)
}

//! Migrations on PostgreSQL: one starter at a time, each migration in a transaction of its own.

use deadpool_postgres::Transaction;
use futures_util::future::try_join_all;
use tokio_postgres::types::ToSql;

use super::engine::Postgres;
use super::failure::translate;
use super::params::to_row;
use crate::backfill::Backfill;
use crate::dialect;
use crate::migrations::{self, Applied, CREATE_TABLE, Engine, LIST};
use crate::open::OpenError;
use crate::value::{Row, Value};

/// Names the lock that a starter holds while it looks at and changes the schema; any number that
/// other programs on the same database are unlikely to use.
const LOCK: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; \
                    SELECT pg_advisory_xact_lock(5792609315274)";

impl Postgres {
    /// Runs what is pending.
    pub(crate) async fn migrate(&self) -> Result<(), OpenError> {
        let mut connection = self.connection().await?;
        loop {
            let transaction = connection.transaction().await.map_err(unavailable)?;
            let has_run = run_next(&transaction).await?;
            transaction.commit().await.map_err(unavailable)?;
            if !has_run {
                return Ok(());
            }
        }
    }
}

async fn run_next(transaction: &Transaction<'_>) -> Result<bool, OpenError> {
    transaction.batch_execute(LOCK).await.map_err(unavailable)?;
    transaction
        .batch_execute(CREATE_TABLE)
        .await
        .map_err(unavailable)?;
    let rows = transaction.query(LIST, &[]).await.map_err(unavailable)?;
    let applied: Vec<Applied> = rows
        .iter()
        .map(|row| Applied {
            version: row.get(0),
            name: row.get(1),
            checksum: row.get(2),
        })
        .collect();
    let pending = migrations::next_pending(migrations::ALL, Engine::Postgres, &applied)?;
    let Some(migration) = pending else {
        return Ok(false);
    };
    let sql = migration.sql(Engine::Postgres);
    transaction.batch_execute(sql).await.map_err(unavailable)?;
    if migration.has_backfill() {
        backfill(transaction).await?;
    }
    let checksum = migration.checksum(Engine::Postgres);
    transaction
        .execute(
            "INSERT INTO schema_migrations (version, name, checksum) VALUES ($1, $2, $3)",
            &[&migration.version, &migration.name, &checksum],
        )
        .await
        .map_err(unavailable)?;
    Ok(true)
}

async fn backfill(transaction: &Transaction<'_>) -> Result<(), OpenError> {
    let mut backfill = Backfill::default();
    loop {
        let (sql, after) = backfill.next();
        let users = query(transaction, sql, &after).await.map_err(unavailable)?;
        if users.is_empty() {
            return Ok(());
        }
        let statements = backfill.index(users)?;
        let sent = statements
            .iter()
            .map(|statement| query(transaction, &statement.sql, &statement.params));
        try_join_all(sent).await.map_err(unavailable)?;
    }
}

async fn query(
    transaction: &Transaction<'_>,
    sql: &str,
    params: &[Value],
) -> Result<Vec<Row>, tokio_postgres::Error> {
    let prepared = transaction.prepare_cached(&dialect::postgres(sql)).await?;
    let params: Vec<_> = params
        .iter()
        .map(|value| value as &(dyn ToSql + Sync))
        .collect();
    let rows = transaction.query(&prepared, &params).await?;
    rows.iter().map(to_row).collect()
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "map_err hands over the error"
)]
fn unavailable(error: tokio_postgres::Error) -> OpenError {
    translate(&error, None).into_error().into()
}

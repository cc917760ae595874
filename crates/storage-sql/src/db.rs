//! The thin layer that entities talk to: statements in, rows out.

use poolhouse_storage::StorageError;

use crate::dialect;
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use crate::statement::Statement;
use crate::table_copy::{Budget, TableCopy};
use crate::value::{Row, Value};

/// An open database.
pub(crate) enum Db {
    /// One file, or memory, in this process.
    Sqlite(Sqlite),
    /// A server.
    Postgres(Postgres),
}

impl Db {
    /// Reads rows.
    pub(crate) async fn query(
        &self,
        sql: &'static str,
        params: &[Value],
    ) -> Result<Vec<Row>, StorageError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.query(sql, params),
            Self::Postgres(postgres) => postgres.query(sql, params).await,
        }
    }

    /// Reads the first row.
    pub(crate) async fn query_one(
        &self,
        sql: &'static str,
        params: &[Value],
    ) -> Result<Option<Row>, StorageError> {
        Ok(self.query(sql, params).await?.into_iter().next())
    }

    /// Runs the statements whole or not at all; when it returns `Ok` they are on disk. The rows
    /// that each gave back are in the order of the statements.
    ///
    /// # Errors
    /// [`StorageError::Conflict`] of the first statement whose guard did not hold.
    pub(crate) async fn write(
        &self,
        statements: Vec<Statement>,
    ) -> Result<Vec<Vec<Row>>, StorageError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.write(statements).await,
            Self::Postgres(postgres) => postgres.write(&statements).await,
        }
    }

    /// The statement that keeps other writers away from tables until the commit, where there can
    /// be any: SQLite has one writer.
    pub(crate) fn lock(&self, tables: &[&str]) -> Option<Statement> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(_) => Some(Statement::any(
                dialect::lock_on_postgres(tables),
                Vec::new(),
            )),
        }
    }

    /// Reads all rows of the tables, of one instant, and says how many bytes they take; `None` when
    /// that is more than the budget.
    pub(crate) async fn copy_tables(
        &self,
        tables: Vec<&'static str>,
        budget: Budget,
    ) -> Result<Option<(Vec<TableCopy>, u64)>, StorageError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.copy_tables(tables, budget).await,
            Self::Postgres(postgres) => postgres.copy_tables(&tables, budget).await,
        }
    }
}

//! The thin layer that entities talk to: statements in, rows out.

use poolhouse_storage::StorageError;

use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use crate::statement::Statement;
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
}

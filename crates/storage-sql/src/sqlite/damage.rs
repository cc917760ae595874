//! Noticing a damaged database, at start and at any time after.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use aws_lc_rs::digest;
use poolhouse_storage::StorageError;
use rusqlite::{Connection, ErrorCode, OptionalExtension as _};

/// Under which name the store keeps the checksum of its own schema.
const SCHEMA_CHECKSUM: &str = "schema_checksum";

/// Translates errors of SQLite, and remembers damage once any statement met it.
pub(crate) struct DamageWatch {
    file: PathBuf,
    found: OnceLock<String>,
}

impl DamageWatch {
    /// Watches over this file.
    pub(crate) fn new(file: impl Into<PathBuf>) -> Self {
        Self {
            file: file.into(),
            found: OnceLock::new(),
        }
    }

    /// Fails if damage was met before: nothing is written to a damaged file any more.
    pub(crate) fn check(&self) -> Result<(), StorageError> {
        match self.found.get() {
            Some(detail) => Err(self.damaged(detail.clone())),
            None => Ok(()),
        }
    }

    /// Translates an error of SQLite.
    pub(crate) fn translate(&self, error: &rusqlite::Error) -> StorageError {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                let detail = error.to_string();
                if self.found.set(detail.clone()).is_ok() {
                    tracing::error!(file = %self.file.display(), error = %detail,
                        "the database is damaged; it is not written any more");
                }
                self.damaged(detail)
            }
            _ => StorageError::Unavailable(format!("{}: {error}", self.file.display())),
        }
    }

    /// The file is damaged in this way.
    pub(crate) fn damaged(&self, detail: impl Into<String>) -> StorageError {
        StorageError::Damaged {
            file: self.file.display().to_string(),
            detail: detail.into(),
        }
    }

    /// The file.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }
}

/// Looks through the structure of the whole file: every tree, the order of keys, the free pages.
pub(crate) fn look_through(
    connection: &Connection,
    watch: &DamageWatch,
) -> Result<(), StorageError> {
    let finding: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|error| watch.translate(&error))?;
    if finding == "ok" {
        Ok(())
    } else {
        Err(watch.damaged(finding))
    }
}

/// Compares the schema in the file with the checksum that the last migration left.
pub(crate) fn check_schema(
    connection: &Connection,
    watch: &DamageWatch,
) -> Result<(), StorageError> {
    let translate = |error: rusqlite::Error| watch.translate(&error);
    let recorded: Option<Vec<u8>> = connection
        .query_row(
            "SELECT value FROM store_values WHERE name = ?1",
            [SCHEMA_CHECKSUM],
            |row| row.get(0),
        )
        .optional()
        .map_err(translate)?;
    let computed = schema_checksum(connection).map_err(translate)?;
    if recorded.as_deref() == Some(&computed) {
        Ok(())
    } else {
        Err(watch.damaged("its schema is not the one that was made"))
    }
}

/// Records the checksum of the schema, after migrations.
pub(crate) fn record_schema(connection: &Connection) -> rusqlite::Result<()> {
    let checksum = schema_checksum(connection)?;
    connection.execute(
        "INSERT INTO store_values (name, value) VALUES (?1, ?2) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        rusqlite::params![SCHEMA_CHECKSUM, checksum],
    )?;
    Ok(())
}

fn schema_checksum(connection: &Connection) -> rusqlite::Result<Vec<u8>> {
    let mut context = digest::Context::new(&digest::SHA256);
    let mut statement = connection.prepare(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema \
         WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for index in 0..4 {
            let text: String = row.get(index)?;
            context.update(text.as_bytes());
            context.update(b"\0");
        }
    }
    Ok(context.finish().as_ref().to_vec())
}

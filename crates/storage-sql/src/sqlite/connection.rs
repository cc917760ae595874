//! Opening connections and running one statement on one.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql};

use crate::value::{Row, Value};

/// How long a statement waits for another process that has the file locked, a backup for example.
const BUSY_TTL: Duration = Duration::from_secs(5);

/// Statements that a connection keeps prepared; more than there are.
const PREPARED_STATEMENTS: usize = 160;

/// Opens a database in memory.
pub(crate) fn in_memory() -> rusqlite::Result<Connection> {
    prepared(Connection::open_in_memory()?)
}

/// Opens a database file.
pub(crate) fn open_file(path: &Path, is_read_only: bool) -> rusqlite::Result<Connection> {
    let access = if is_read_only {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    };
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = prepared(Connection::open_with_flags(path, flags)?)?;
    // Kibibytes; a negative number is a size, not a count of pages.
    connection.pragma_update(None, "cache_size", if is_read_only { -1024 } else { -4096 })?;
    Ok(connection)
}

fn prepared(connection: Connection) -> rusqlite::Result<Connection> {
    connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
    connection.busy_timeout(BUSY_TTL)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // Damage found while reading a page is reported where it is, not carried further.
    connection.pragma_update(None, "cell_size_check", true)?;
    Ok(connection)
}

/// Makes a commit durable: write-ahead log, synced at every commit.
pub(crate) fn set_write_pragmas(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // Bytes that the log keeps after a checkpoint.
    connection.pragma_update(None, "journal_size_limit", 16 * 1024 * 1024)
}

/// Runs one statement: the rows it gave back, and how many it changed or gave back.
pub(crate) fn run(
    connection: &Connection,
    sql: &str,
    params: &[Value],
) -> rusqlite::Result<(Vec<Row>, usize)> {
    let mut statement = connection.prepare_cached(sql)?;
    let width = statement.column_count();
    if width == 0 {
        let changed = statement.execute(rusqlite::params_from_iter(params))?;
        return Ok((Vec::new(), changed));
    }
    let mut found = statement.query(rusqlite::params_from_iter(params))?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let values = (0..width).map(|index| Ok(to_value(row.get_ref(index)?)));
        rows.push(Row(values.collect::<rusqlite::Result<_>>()?));
    }
    let count = rows.len();
    Ok((rows, count))
}

pub(super) fn to_value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        // No column is of this type: what reads it says that it expected another.
        ValueRef::Real(number) => Value::Text(number.to_string()),
        // Text that is not UTF-8 contradicts what was written; as bytes it is refused.
        ValueRef::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => Value::Text(text.to_owned()),
            Err(_) => Value::Blob(text.to_vec()),
        },
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
            Self::Null => ValueRef::Null,
        }))
    }
}

//! Opening a store, and closing it.

use std::io;
use std::path::{Path, PathBuf};

use poolhouse_storage::StorageError;
use rusqlite::Connection;

use crate::db::Db;
use crate::migrations;
use crate::postgres::Postgres;
use crate::sqlite::{
    DamageWatch, DataDir, LastStop, Sqlite, check_schema, in_memory, is_empty_or_missing,
    look_through, open_file, set_write_pragmas,
};

/// Where a store on disk lies.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// The directory; made if it is missing.
    pub data_dir: PathBuf,
    /// Whether a database must be there already, because a key file is: an empty database beside
    /// it would hide that all users are gone.
    pub must_exist: bool,
}

/// Why a store was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has the directory.
    #[error("the data directory {} is in use by another process", data_dir.display())]
    InUse {
        /// The directory.
        data_dir: PathBuf,
    },
    /// There is no database where one must be.
    #[error(
        "{} is missing or empty, although there is a key file: restore the database from a backup, \
         or move the key file away to start with no users", file.display()
    )]
    Missing {
        /// The database file.
        file: PathBuf,
    },
    /// A newer release made the schema.
    #[error("the database was made by a newer release: it has migration {version} ({name})")]
    NewerSchema {
        /// Number of the migration.
        version: i64,
        /// Its name.
        name: String,
    },
    /// A migration was run that is not the one of that number here.
    #[error("migration {version} ({name}) is not the one that made the database")]
    ChangedMigration {
        /// Number of the migration.
        version: i64,
        /// Its name.
        name: String,
    },
    /// The address of the server cannot be used.
    #[error("the address of the PostgreSQL server cannot be used: {0}")]
    UnsupportedUrl(String),
    /// A file cannot be used.
    #[error("{} cannot be used", path.display())]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The store failed; damage names the file.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A store in SQLite or PostgreSQL: all traits of [`poolhouse_storage::Storage`].
pub struct SqlStorage {
    pub(crate) db: Db,
}

impl SqlStorage {
    /// Opens the database of a data directory, or makes it, and brings its schema up to date.
    /// Blocks for as long as that takes.
    ///
    /// # Errors
    /// [`OpenError`]; a database that is damaged, missing or newer is never replaced.
    pub fn open_sqlite(options: &OpenOptions) -> Result<Self, OpenError> {
        let io_error = |source| OpenError::Io {
            path: options.data_dir.clone(),
            source,
        };
        let file = options.data_dir.join(crate::sqlite::DATABASE_FILE);
        if options.must_exist && is_empty_or_missing(&file).map_err(io_error)? {
            return Err(OpenError::Missing { file });
        }
        let Some(data_dir) = DataDir::lock(&options.data_dir).map_err(io_error)? else {
            let data_dir = options.data_dir.clone();
            return Err(OpenError::InUse { data_dir });
        };
        if is_empty_or_missing(&file).map_err(io_error)? {
            data_dir.make_database().map_err(io_error)?;
        }
        let watch = DamageWatch::new(&file);
        let connection = open_checked(&data_dir, &watch, options.must_exist)?;
        let sqlite = Sqlite::start(connection, watch, data_dir)?;
        Ok(Self {
            db: Db::Sqlite(sqlite),
        })
    }

    /// Whether a directory holds a database.
    pub fn is_at(data_dir: &Path) -> bool {
        let file = data_dir.join(crate::sqlite::DATABASE_FILE);
        !is_empty_or_missing(&file).unwrap_or(false)
    }

    /// Opens an empty database in memory.
    ///
    /// # Errors
    /// [`OpenError::Storage`].
    pub fn open_ephemeral() -> Result<Self, OpenError> {
        let watch = DamageWatch::new("memory");
        let mut connection = in_memory().map_err(|error| watch.translate(&error))?;
        migrations::run_on_sqlite(&mut connection, &watch)?;
        let sqlite = Sqlite::start_in_memory(connection)?;
        Ok(Self {
            db: Db::Sqlite(sqlite),
        })
    }

    /// Connects to a PostgreSQL server, without TLS, and brings the schema up to date.
    ///
    /// # Errors
    /// [`OpenError::UnsupportedUrl`] for an address that cannot be read or asks for TLS.
    pub async fn open_postgres(url: &str) -> Result<Self, OpenError> {
        let postgres = Postgres::connect(url)?;
        postgres.migrate().await?;
        Ok(Self {
            db: Db::Postgres(postgres),
        })
    }

    /// Closes the store at the end of the process: finishes the writes that wait and marks the
    /// stop as clean, which spares the next start a look through the whole database.
    ///
    /// # Errors
    /// [`StorageError`]; the next start then looks through the database.
    pub fn close(&self) -> Result<(), StorageError> {
        match &self.db {
            Db::Sqlite(sqlite) => sqlite.close(),
            Db::Postgres(postgres) => {
                postgres.close();
                Ok(())
            }
        }
    }
}

fn open_checked(
    data_dir: &DataDir,
    watch: &DamageWatch,
    must_exist: bool,
) -> Result<Connection, OpenError> {
    let file = data_dir.database();
    let translate = |error: rusqlite::Error| watch.translate(&error);
    let is_new = is_empty_or_missing(&file).map_err(|source| io_error(&file, source))?;
    let last_stop = data_dir
        .take_last_stop()
        .map_err(|source| io_error(data_dir.path(), source))?;
    if last_stop == LastStop::Changed {
        let detail = format!(
            "it is not as it was left when it was closed (if it was restored from a backup on \
             purpose, remove {})",
            data_dir.clean_stop_mark().display()
        );
        return Err(watch.damaged(detail).into());
    }
    let mut connection = open_file(&file, false).map_err(translate)?;
    if !is_new && has_other_owner(&connection).map_err(translate)? {
        return Err(watch.damaged("it is not a database of this program").into());
    }
    if is_new || is_without_tables(&connection).map_err(translate)? {
        if must_exist {
            return Err(OpenError::Missing { file });
        }
    } else {
        if last_stop == LastStop::Unclean {
            tracing::info!(file = %file.display(),
                "the last stop was not clean: looking through the database");
            look_through(&connection, watch)?;
        }
        check_schema(&connection, watch)?;
    }
    set_write_pragmas(&connection).map_err(translate)?;
    migrations::run_on_sqlite(&mut connection, watch)?;
    Ok(connection)
}

fn io_error(path: &Path, source: io::Error) -> OpenError {
    OpenError::Io {
        path: path.to_owned(),
        source,
    }
}

fn is_without_tables(connection: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)";
    connection.query_row(sql, [], |row| row.get(0))
}

/// Whether the file has tables and they are not ours.
fn has_other_owner(connection: &Connection) -> rusqlite::Result<bool> {
    let id: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    Ok(id != migrations::APPLICATION_ID && !is_without_tables(connection)?)
}

//! Numbered migrations, embedded: each runs once, whole or not at all.

use aws_lc_rs::digest;
use rusqlite::{Connection, TransactionBehavior};

use crate::open::OpenError;
use crate::sqlite::{DamageWatch, record_schema};

/// Marks a SQLite file as ours: the letters `Pool`.
pub(crate) const APPLICATION_ID: i64 = 0x506f_6f6c;

/// Makes the table that says which migrations ran.
pub(crate) const CREATE_TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (\
     version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)";

/// Reads which migrations ran.
pub(crate) const LIST: &str =
    "SELECT version, name, checksum FROM schema_migrations ORDER BY version";

/// A migration of this release.
#[derive(Clone, Copy)]
pub(crate) struct Migration {
    /// Its number; they run in this order.
    pub(crate) version: i64,
    /// Its name.
    pub(crate) name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

/// A migration that ran on the database.
pub(crate) struct Applied {
    /// Its number.
    pub(crate) version: i64,
    /// Its name.
    pub(crate) name: String,
    /// Checksum of its text.
    pub(crate) checksum: String,
}

/// Which text of a migration.
#[derive(Clone, Copy)]
pub(crate) enum Engine {
    /// The one for SQLite.
    Sqlite,
    /// The one for PostgreSQL.
    Postgres,
}

/// All migrations.
pub(crate) const ALL: &[Migration] = &[
    Migration {
        version: 1,
        name: "initial",
        sqlite: include_str!("../migrations/sqlite/0001_initial.sql"),
        postgres: include_str!("../migrations/postgres/0001_initial.sql"),
    },
    Migration {
        version: 8,
        name: "user_mfa",
        sqlite: include_str!("../migrations/sqlite/0008_user_mfa.sql"),
        postgres: include_str!("../migrations/postgres/0008_user_mfa.sql"),
    },
];

impl Migration {
    /// Its text.
    pub(crate) fn sql(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }

    /// SHA-256 of its text, in hexadecimal.
    pub(crate) fn checksum(&self, engine: Engine) -> String {
        hex::encode(digest::digest(&digest::SHA256, self.sql(engine).as_bytes()))
    }
}

/// Tables that say something of the store itself.
const TABLES_ABOUT_THE_STORE: [&str; 1] = ["store_values"];

/// Names of the tables that the migrations make, without those about the store itself.
pub(crate) fn data_tables() -> Vec<&'static str> {
    let lines = ALL.iter().flat_map(|migration| migration.sqlite.lines());
    let names = lines.filter_map(|line| {
        let name = line.strip_prefix("CREATE TABLE ")?;
        name.split([' ', '(']).next()
    });
    names
        .filter(|name| !TABLES_ABOUT_THE_STORE.contains(name))
        .collect()
}

/// The first migration that has not run yet.
///
/// # Errors
/// [`OpenError::NewerSchema`] and [`OpenError::ChangedMigration`] for one that ran and that this
/// release does not know as such.
pub(crate) fn next_pending(
    all: &[Migration],
    engine: Engine,
    applied: &[Applied],
) -> Result<Option<Migration>, OpenError> {
    for ran in applied {
        let (version, name) = (ran.version, ran.name.clone());
        match all.iter().find(|known| known.version == version) {
            None => return Err(OpenError::NewerSchema { version, name }),
            Some(known) if known.checksum(engine) != ran.checksum => {
                return Err(OpenError::ChangedMigration { version, name });
            }
            Some(_) => {}
        }
    }
    let is_pending = |known: &&Migration| !applied.iter().any(|ran| ran.version == known.version);
    Ok(all.iter().find(is_pending).copied())
}

/// Runs what is pending on a SQLite database.
pub(crate) fn run_on_sqlite(
    connection: &mut Connection,
    watch: &DamageWatch,
) -> Result<(), OpenError> {
    while run_next(connection, watch)? {}
    Ok(())
}

/// Runs the next pending migration in a transaction of its own; says whether there was one.
fn run_next(connection: &mut Connection, watch: &DamageWatch) -> Result<bool, OpenError> {
    let translate = |error: rusqlite::Error| watch.translate(&error);
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Exclusive)
        .map_err(translate)?;
    transaction.execute(CREATE_TABLE, []).map_err(translate)?;
    let applied = list_applied(&transaction).map_err(translate)?;
    let Some(migration) = next_pending(ALL, Engine::Sqlite, &applied)? else {
        return Ok(false);
    };
    let run = || {
        transaction.execute_batch(migration.sqlite)?;
        transaction.execute(
            "INSERT INTO schema_migrations (version, name, checksum) VALUES (?1, ?2, ?3)",
            rusqlite::params![
                migration.version,
                migration.name,
                migration.checksum(Engine::Sqlite)
            ],
        )?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        record_schema(&transaction)
    };
    run().map_err(translate)?;
    transaction.commit().map_err(translate)?;
    Ok(true)
}

fn list_applied(connection: &Connection) -> rusqlite::Result<Vec<Applied>> {
    let mut statement = connection.prepare(LIST)?;
    let rows = statement.query_map([], |row| {
        Ok(Applied {
            version: row.get(0)?,
            name: row.get(1)?,
            checksum: row.get(2)?,
        })
    })?;
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(version: i64, checksum: String) -> Applied {
        Applied {
            version,
            name: "some".to_owned(),
            checksum,
        }
    }

    #[test]
    fn r11_a_migration_of_a_newer_release_is_refused() {
        let newer = [applied(9999, String::new())];
        let error = next_pending(ALL, Engine::Sqlite, &newer).err().unwrap();
        assert!(matches!(
            error,
            OpenError::NewerSchema { version: 9999, .. }
        ));
    }

    #[test]
    fn a_migration_that_changed_since_it_ran_is_refused() {
        let checksum = ALL[0].checksum(Engine::Postgres);
        let other = [applied(1, checksum.clone())];
        let error = next_pending(ALL, Engine::Sqlite, &other).err().unwrap();
        assert!(matches!(
            error,
            OpenError::ChangedMigration { version: 1, .. }
        ));
        let same = [applied(1, checksum)];
        assert!(
            next_pending(&ALL[..1], Engine::Postgres, &same)
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn the_data_tables_are_those_of_a_database_and_the_pool_leads_each() {
        let mut connection = crate::sqlite::in_memory().unwrap();
        run_on_sqlite(&mut connection, &DamageWatch::new("memory")).unwrap();
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' \
                   AND name NOT LIKE 'sqlite_%' ORDER BY name";
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        let there: Vec<String> = rows.map(Result::unwrap).collect();
        let mut known = data_tables();
        known.extend(TABLES_ABOUT_THE_STORE);
        known.push("schema_migrations");
        known.sort_unstable();
        assert_eq!(known, there);
        for table in data_tables() {
            let sql = format!("SELECT pool_id FROM {table}");
            assert!(connection.prepare(&sql).is_ok(), "{table}");
        }
    }

    #[test]
    fn numbers_rise() {
        assert!(
            ALL.iter()
                .map(|migration| migration.version)
                .is_sorted_by(|a, b| a < b)
        );
    }
}

//! Numbered migrations, embedded: each runs once, whole or not at all.

use aws_lc_rs::digest;
use rusqlite::{Connection, TransactionBehavior};

use crate::backfill::Backfill;
use crate::open::OpenError;
use crate::sqlite::{DamageWatch, record_schema, run};
use crate::value::Value;

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
        version: 2,
        name: "domain_changes",
        sqlite: include_str!("../migrations/sqlite/0002_domain_changes.sql"),
        postgres: include_str!("../migrations/postgres/0002_domain_changes.sql"),
    },
    Migration {
        version: 3,
        name: "groups",
        sqlite: include_str!("../migrations/sqlite/0003_groups.sql"),
        postgres: include_str!("../migrations/postgres/0003_groups.sql"),
    },
    Migration {
        version: 4,
        name: "resource_servers",
        sqlite: include_str!("../migrations/sqlite/0004_resource_servers.sql"),
        postgres: include_str!("../migrations/postgres/0004_resource_servers.sql"),
    },
    Migration {
        version: 5,
        name: "searchable_users",
        sqlite: include_str!("../migrations/sqlite/0005_searchable_users.sql"),
        postgres: include_str!("../migrations/postgres/0005_searchable_users.sql"),
    },
    Migration {
        version: 7,
        name: "password_history",
        sqlite: include_str!("../migrations/sqlite/0007_password_history.sql"),
        postgres: include_str!("../migrations/postgres/0007_password_history.sql"),
    },
    Migration {
        version: 8,
        name: "user_mfa",
        sqlite: include_str!("../migrations/sqlite/0008_user_mfa.sql"),
        postgres: include_str!("../migrations/postgres/0008_user_mfa.sql"),
    },
    Migration {
        version: 9,
        name: "outbox",
        sqlite: include_str!("../migrations/sqlite/0009_outbox.sql"),
        postgres: include_str!("../migrations/postgres/0009_outbox.sql"),
    },
    Migration {
        version: 10,
        name: "ui_customizations",
        sqlite: include_str!("../migrations/sqlite/0010_ui_customizations.sql"),
        postgres: include_str!("../migrations/postgres/0010_ui_customizations.sql"),
    },
    Migration {
        version: 11,
        name: "fewer_indexes",
        sqlite: include_str!("../migrations/sqlite/0011_fewer_indexes.sql"),
        postgres: include_str!("../migrations/postgres/0011_fewer_indexes.sql"),
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

    /// Whether the program adds rows that SQL cannot make (see [`Backfill`]).
    pub(crate) fn has_backfill(&self) -> bool {
        self.name == "searchable_users"
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
    while run_next(ALL, connection, watch)? {}
    Ok(())
}

/// Runs the next pending migration in a transaction of its own; says whether there was one.
fn run_next(
    all: &[Migration],
    connection: &mut Connection,
    watch: &DamageWatch,
) -> Result<bool, OpenError> {
    let translate = |error: rusqlite::Error| watch.translate(&error);
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Exclusive)
        .map_err(translate)?;
    transaction.execute(CREATE_TABLE, []).map_err(translate)?;
    let applied = list_applied(&transaction).map_err(translate)?;
    let Some(migration) = next_pending(all, Engine::Sqlite, &applied)? else {
        return Ok(false);
    };
    transaction
        .execute_batch(migration.sqlite)
        .map_err(translate)?;
    if migration.has_backfill() {
        backfill(&transaction, watch)?;
    }
    let record = || {
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
    record().map_err(translate)?;
    transaction.commit().map_err(translate)?;
    Ok(true)
}

fn backfill(connection: &Connection, watch: &DamageWatch) -> Result<(), OpenError> {
    let run = |sql: &str, params: &[Value]| {
        let outcome = run(connection, sql, params);
        outcome.map_err(|error| watch.translate(&error))
    };
    let mut backfill = Backfill::default();
    loop {
        let (sql, after) = backfill.next();
        let (users, count) = run(sql, &after)?;
        if count == 0 {
            return Ok(());
        }
        for statement in backfill.index(users)? {
            run(&statement.sql, &statement.params)?;
        }
    }
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
        let versions = ALL.iter().map(|migration| migration.version);
        assert!(versions.is_sorted_by(|one, next| one < next));
    }

    #[test]
    fn r11_users_of_an_earlier_release_are_put_into_the_index_of_attributes() {
        let mut connection = crate::sqlite::in_memory().unwrap();
        let watch = DamageWatch::new("memory");
        assert!(run_next(&ALL[..1], &mut connection, &watch).unwrap());
        let insert = "INSERT INTO users (pool_id, sub, username, status, is_enabled, attributes, \
            token_generation, created_at, updated_at, version) \
            VALUES (?1, ?2, 'a name', 'confirmed', 1, ?3, 1, 0, 0, 1)";
        for pool in ["pool-a", "pool-b"] {
            for number in 0..1100 {
                let (sub, email) = (format!("sub-{number}"), format!("Übung-{number}@x.example"));
                let attributes = serde_json::json!({"email": email, "custom:tier": "1"});
                let row = rusqlite::params![pool, sub, attributes.to_string()];
                connection.execute(insert, row).unwrap();
            }
        }
        run_on_sqlite(&mut connection, &watch).unwrap();
        let count = |condition: &str| -> i64 {
            let sql = format!("SELECT count(*) FROM searchable_attributes WHERE {condition}");
            connection.query_row(&sql, [], |row| row.get(0)).unwrap()
        };
        assert_eq!(count("true"), 2200);
        assert_eq!(count("attribute = 'email'"), 2200);
        let one = "pool_id = 'pool-b' AND sub = 'sub-1099' AND folded = 'übung-1099@x.example'";
        assert_eq!(count(one), 1);
    }

    #[test]
    fn r11_a_domain_of_the_first_release_is_at_its_first_version() {
        let mut connection = Connection::open_in_memory().unwrap();
        let [first, ..] = ALL else { unreachable!() };
        let insert =
            "INSERT INTO schema_migrations (version, name, checksum) VALUES (1, 'initial', ?1)";
        connection.execute_batch(CREATE_TABLE).unwrap();
        connection.execute_batch(first.sqlite).unwrap();
        connection
            .execute(insert, [first.checksum(Engine::Sqlite)])
            .unwrap();
        connection
            .execute_batch("INSERT INTO domains VALUES ('pool', 'house', 0, NULL, 1, 0)")
            .unwrap();
        run_on_sqlite(&mut connection, &DamageWatch::new("memory")).unwrap();
        let read = "SELECT security_policy, version FROM domains WHERE pool_id = 'pool'";
        let row: (Option<String>, i64) = connection
            .query_row(read, [], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        assert_eq!(row, (None, 1));
    }
}

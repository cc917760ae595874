//! The databases that every behaviour is proven on.

use anyhow::Result;

use super::postgres::Postgres;

/// A database for one server of the run.
pub(super) enum Engine {
    /// SQLite, without a folder: the data vanishes with the server.
    Sqlite,
    /// A database of its own on the run's PostgreSQL server.
    Postgres {
        /// The address of the database.
        url: String,
    },
}

impl Engine {
    /// Lists the engines a ring runs on; PostgreSQL is left out where it is missing, which
    /// the run has already complained about.
    ///
    /// # Errors
    /// When a database cannot be made.
    pub(super) fn all(ring: &str, postgres: Option<&Postgres>) -> Result<Vec<Self>> {
        let mut engines = vec![Self::Sqlite];
        if let Some(postgres) = postgres {
            let url = postgres.create_database(&format!("poolhouse_{ring}"))?;
            engines.push(Self::Postgres { url });
        }
        Ok(engines)
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres { .. } => "postgres",
        }
    }
}

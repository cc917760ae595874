//! The databases that every behaviour is proven on.

use std::path::PathBuf;

use anyhow::Result;

use super::postgres::Postgres;
use super::requirements;

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

    /// A browser without all that is around its pages, which takes half of the time; `None` to use
    /// the one that people have. Nothing that a database can change tells the two apart, so each is
    /// used with one.
    pub(super) fn headless_browser(&self) -> Option<PathBuf> {
        match self {
            Self::Sqlite => None,
            Self::Postgres { .. } => requirements::headless_shell(),
        }
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres { .. } => "postgres",
        }
    }
}

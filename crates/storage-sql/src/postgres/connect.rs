//! Connections to the server, and giving them back in a known state.

use std::ops::Deref;
use std::str::FromStr as _;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use poolhouse_storage::StorageError;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Config, NoTls};

use crate::open::OpenError;

/// Connections at most.
const MOST_CONNECTIONS: usize = 16;

/// How long to wait for a free connection, for a new one, and for a used one to be checked.
const CONNECTION_TTL: Duration = Duration::from_secs(5);

/// What the server gives up after, in milliseconds: a statement, a wait for a lock, a transaction
/// that its client forgot.
const SERVER_LIMITS: &str = "-c statement_timeout=10000 -c lock_timeout=5000 \
                             -c idle_in_transaction_session_timeout=15000";

/// Reads the address of a server.
///
/// # Errors
/// [`OpenError::UnsupportedUrl`], without a word of the address: it holds a password.
pub(super) fn parse(url: &str) -> Result<Config, OpenError> {
    let unsupported = |why: &str| OpenError::UnsupportedUrl(why.to_owned());
    let mut config = Config::from_str(url).map_err(|_| {
        unsupported(
            "it is not of the form postgresql://USER:PASSWORD@HOST:PORT/DATABASE, or has an option \
             that is not known (sslmode may be disable or prefer)",
        )
    })?;
    if !matches!(config.get_ssl_mode(), SslMode::Disable | SslMode::Prefer) {
        return Err(unsupported(
            "it asks for TLS (sslmode), which is not supported: use sslmode=disable on a network \
             that is yours alone, or a local proxy that speaks TLS to the server",
        ));
    }
    config.ssl_mode(SslMode::Disable);
    let options = match config.get_options() {
        Some(own) => format!("{SERVER_LIMITS} {own}"),
        None => SERVER_LIMITS.to_owned(),
    };
    config.options(options);
    config.application_name("poolhouse");
    config.connect_timeout(CONNECTION_TTL);
    Ok(config)
}

/// Makes the pool; it connects when the first connection is needed.
pub(super) fn pool(config: Config) -> Result<Pool, OpenError> {
    let recycling = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    let manager = Manager::from_config(config, NoTls, recycling);
    Pool::builder(manager)
        .max_size(MOST_CONNECTIONS)
        .wait_timeout(Some(CONNECTION_TTL))
        .create_timeout(Some(CONNECTION_TTL))
        .recycle_timeout(Some(CONNECTION_TTL))
        .runtime(Runtime::Tokio1)
        .build()
        .map_err(|error| StorageError::Unavailable(error.to_string()).into())
}

/// Says where the server is, without credentials.
pub(super) fn describe(config: &Config) -> String {
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        #[cfg(unix)]
        Some(Host::Unix(path)) => path.display().to_string(),
        None => "localhost".to_owned(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let database = config
        .get_dbname()
        .or(config.get_user())
        .unwrap_or_default();
    format!("postgresql {host}:{port}/{database}")
}

/// A connection in a transaction: thrown away, not given back, when the transaction is abandoned
/// half-way, as it is when its future is dropped.
pub(super) struct Lease(Option<Object>);

impl Lease {
    /// Takes a connection out of the pool for a transaction.
    pub(super) fn of(connection: Object) -> Self {
        Self(Some(connection))
    }

    /// Gives the connection back: its transaction is over.
    pub(super) fn give_back(mut self) {
        drop(self.0.take());
    }
}

impl Deref for Lease {
    type Target = Object;

    fn deref(&self) -> &Object {
        self.0
            .as_ref()
            .expect("a lease has its connection until it is given back")
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(connection) = self.0.take() {
            drop(Object::take(connection));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_asks_for_tls_is_refused_and_not_repeated() {
        for mode in ["require", "verify-full"] {
            let url = format!("postgresql://u:hunter2@127.0.0.1:5432/d?sslmode={mode}");
            let error = parse(&url).unwrap_err().to_string();
            assert!(
                error.contains("sslmode") && !error.contains("hunter2"),
                "{error}"
            );
        }
    }

    #[test]
    fn the_description_has_no_credentials() {
        let config = parse("postgresql://u:hunter2@db.internal:6543/poolhouse").unwrap();
        assert_eq!(describe(&config), "postgresql db.internal:6543/poolhouse");
    }
}

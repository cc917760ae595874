//! Databases of tests on a PostgreSQL server.

use std::sync::atomic::{AtomicU32, Ordering};

use tokio_postgres::NoTls;

/// A database of its own on the server that `POOLHOUSE_TEST_POSTGRES` names.
pub struct TestDatabase {
    server: String,
    name: String,
}

impl TestDatabase {
    /// Makes an empty one; `None` where no server is named.
    pub async fn make() -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let server = server()?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("poolhouse_kit_{}_{number}", std::process::id());
        run(
            &server,
            &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        )
        .await;
        run(&server, &format!("CREATE DATABASE {name}")).await;
        Some(Self { server, name })
    }

    /// The address to open it by.
    pub fn url(&self) -> String {
        let base = self.server.rsplit_once('/').map_or("", |(base, _)| base);
        format!("{base}/{}", self.name)
    }

    /// Runs SQL behind the store's back.
    pub async fn execute(&self, sql: &str) {
        run(&self.url(), sql).await;
    }

    /// Removes it with all connections.
    pub async fn drop_it(self) {
        let sql = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        run(&self.server, &sql).await;
    }
}

/// The URL of a loopback server and its superuser, ending in `/postgres` or another database.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
fn server() -> Option<String> {
    std::env::var("POOLHOUSE_TEST_POSTGRES").ok()
}

async fn run(url: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(url, NoTls)
        .await
        .expect("the server of POOLHOUSE_TEST_POSTGRES answers");
    let driver = tokio::spawn(connection);
    client
        .batch_execute(sql)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    drop(client);
    driver
        .await
        .expect("the connection's task ends")
        .expect("the connection ends well");
}

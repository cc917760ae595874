//! Starting, and memory.

use std::thread;
use std::time::Duration;

use anyhow::Result;

use crate::deployment::Deployment;
use crate::http::Request;
use crate::lab::{median, millis};
use crate::memory::resident_mebibytes;
use crate::server::Server;
use crate::stopwatch::Stopwatch;
use crate::table::{Budget, Row, Unit};

/// Starts that are timed; the median counts.
const STARTS: usize = 11;

/// Time after which a server that nobody asks anything has made what it keeps in stock.
const SETTLING_TIME: Duration = Duration::from_secs(3);

/// From the start of the process to the first answer with the pool's keys.
///
/// # Errors
/// When the server does not start.
pub(crate) fn start(
    deployment: &Deployment,
    name: &'static str,
    limit: f64,
    aim: f64,
) -> Result<Row> {
    let request = Request::get(&deployment.jwks_path());
    let mut times = Vec::with_capacity(STARTS);
    for _ in 0..STARTS {
        let stopwatch = Stopwatch::start();
        let server = Server::start(&deployment.options)?;
        server.connect()?.send(&request)?.expect(200)?;
        times.push(millis(stopwatch.elapsed()));
        server.stop()?;
    }
    let median = median(&mut times);
    let fastest = times.first().copied().unwrap_or_default();
    Ok(Row {
        name,
        budget: Budget {
            unit: Unit::WallMillis,
            limit,
            aim,
        },
        value: median,
        detail: format!("{STARTS} starts, the fastest {fastest:.0} ms"),
    })
}

/// Memory of a server that answered one request and rests.
///
/// # Errors
/// When the server does not start.
pub(crate) fn idle_memory(deployment: &Deployment, name: &'static str) -> Result<Row> {
    let server = Server::start(&deployment.options)?;
    let request = Request::get(&deployment.jwks_path());
    server.connect()?.send(&request)?.expect(200)?;
    thread::sleep(SETTLING_TIME);
    let row = memory(&server, name, 25.0, 9.0)?;
    server.stop()?;
    Ok(row)
}

/// Memory of a server after all that was asked of it, still at rest for a few seconds only.
///
/// # Errors
/// When the server is gone.
pub(crate) fn loaded_memory(server: &Server) -> Result<Row> {
    thread::sleep(SETTLING_TIME);
    memory(server, "memory after load, 100,000 users", 90.0, 45.0)
}

fn memory(server: &Server, name: &'static str, limit: f64, aim: f64) -> Result<Row> {
    Ok(Row {
        name,
        budget: Budget {
            unit: Unit::Mebibytes,
            limit,
            aim,
        },
        value: resident_mebibytes(server.pid())?,
        detail: "resident".to_owned(),
    })
}

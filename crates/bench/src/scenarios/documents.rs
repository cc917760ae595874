//! The issuer's documents.

use anyhow::Result;

use crate::http::Request;
use crate::lab::{Lab, Load};
use crate::table::{Budget, Row, Unit};

const BUDGET: Budget = Budget {
    unit: Unit::CpuMillis,
    limit: 0.03,
    aim: 0.012,
};

/// The pool's keys.
///
/// # Errors
/// When a request fails.
pub(crate) fn jwks(lab: &Lab<'_>) -> Result<Row> {
    document(lab, "JWKS", &lab.deployment.jwks_path())
}

/// The pool's configuration.
///
/// # Errors
/// When a request fails.
pub(crate) fn discovery(lab: &Lab<'_>) -> Result<Row> {
    let pool_id = &lab.deployment.pool_id;
    let path = format!("/{pool_id}/.well-known/openid-configuration");
    document(lab, "discovery", &path)
}

fn document(lab: &Lab<'_>, name: &'static str, path: &str) -> Result<Row> {
    let load = Load {
        name,
        budget: BUDGET,
        primitives: &[],
        requests: 2000,
    };
    let request = Request::get(path);
    lab.measure(
        &load,
        |_, _| Ok(()),
        |connection, ()| {
            connection.send(&request)?.expect(200)?;
            Ok(())
        },
    )
}

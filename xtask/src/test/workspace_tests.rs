//! The tests of the workspace, in Rust: unit, suite, door, and the real binary.

use anyhow::Result;

use super::postgres::Postgres;
use super::snapshots::{OnDifference, References};
use crate::process;

/// Names the database server to the tests, as the address of its superuser.
const SERVER: &str = "POOLHOUSE_TEST_POSTGRES";

/// Runs every test of the workspace, and refuses snapshots that none of them refers to.
///
/// # Errors
/// When a test fails or a snapshot is left over.
pub(super) fn run(postgres: Option<&Postgres>) -> Result<()> {
    let references = References::forget()?;
    run_tests(postgres, &references, OnDifference::Fail)?;
    references.refuse_unreferenced()
}

/// Runs every test of the workspace with cargo-nextest or, without it, with cargo.
///
/// # Errors
/// When a test fails.
pub(super) fn run_tests(
    postgres: Option<&Postgres>,
    references: &References,
    on_difference: OnDifference,
) -> Result<()> {
    let mut cargo = process::cargo();
    if process::find("cargo-nextest").is_some() {
        cargo.args(["nextest", "run"]);
    } else {
        cargo.arg("test");
    }
    cargo.args(["--workspace", "--locked", "--no-fail-fast"]);
    references.configure(&mut cargo, on_difference);
    if let Some(postgres) = postgres {
        cargo.env(SERVER, postgres.url());
    }
    process::run(&mut cargo)
}

//! Seeds: a document of pools, clients and users, read by the rules of the API.
//!
//! Like every door this one only translates: members of the API are checked and converted as the
//! JSON API does, and the service puts the seed in force.

mod api_members;
mod document;
mod error;
mod fields;
mod tree;

pub use error::SeedError;

use poolhouse_api_model::Operation;
use poolhouse_service::{Seed, SeedChange, SeedMode, SeedProblem, Service};

use crate::aws_json;

/// Reads a document in YAML or JSON.
/// # Errors
/// [`SeedError`] names the line and what is wrong with it; it repeats no secret.
pub fn read_seed(text: &str) -> Result<Seed, SeedError> {
    document::read(&tree::parse(text)?)
}

/// Tells what a seed would change, or puts it in force.
/// # Errors
/// [`SeedError`] names the line of the first part that cannot be put in force, and why: in the
/// API's own words where the API would refuse it.
pub async fn run_seed(
    service: &Service,
    seed: &Seed,
    mode: SeedMode,
) -> Result<Vec<SeedChange>, SeedError> {
    let outcome = service.seed(seed, mode).await;
    outcome.map_err(|failure| {
        let why = match &failure.source {
            SeedProblem::Differs(how) => how.clone(),
            SeedProblem::Refused(error) => {
                aws_json::administrator_text(Operation::AdminCreateUser, error)
            }
        };
        SeedError::at(failure.line, format!("{}: {why}", failure.what))
    })
}

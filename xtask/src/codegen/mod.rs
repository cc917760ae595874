//! Generates the wire types of `api-model` from the API model in `spec/`, and the pages
//! of compatibility and of errors from the server's own tables.
//!
//! The output is committed and never edited; `check` compares it with what would be written.

mod emit;
mod errors;
mod model;
mod names;
mod overrides;
mod rust_type;
mod server_pages;
mod text;
mod tree;

use anyhow::Result;

use crate::workspace;

/// Where the model is kept.
const MODEL: &str = "spec/cognito-idp.model.json";
/// Where the generated modules go.
const GENERATED: &str = "crates/api-model/src/generated";

/// Writes the generated modules and the pages, or with `check` compares them.
///
/// # Errors
/// When the model cannot be read or says something the generator does not know, when rustfmt
/// fails, and with `check` when a file is stale, missing or left over: the error names them.
pub(crate) fn run(check: bool) -> Result<()> {
    let model = model::Model::read(&workspace::root().join(MODEL))?;
    let files = tree::formatted(emit::files(&model)?)?;
    let folder = workspace::root().join(GENERATED);
    if check {
        tree::compare(&files, &folder)?;
    } else {
        tree::write(&files, &folder)?;
    }
    server_pages::run(check)
}

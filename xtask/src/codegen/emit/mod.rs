//! The generated modules, file by file.

mod enumeration;
mod error_code;
mod every_input;
mod imports;
mod operation;
mod operation_enum;
mod patterns;
mod scalars;
mod schema;
mod structure;

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::Result;

use super::model::{Ends, Kind, Model, Shape};
use super::names;
use super::text::{HEADER, each};
use super::tree::Files;

/// What the generator knows about the whole model while it writes one file.
pub(super) struct Context<'m> {
    pub(super) model: &'m Model,
    /// Shapes that inputs are made of: they get a reader.
    pub(super) in_inputs: BTreeSet<String>,
    /// Shapes that outputs are made of: they get a writer.
    pub(super) in_outputs: BTreeSet<String>,
}

/// Makes the text of every generated file.
///
/// # Errors
/// When the model says something the generator does not know.
pub(super) fn files(model: &Model) -> Result<Files> {
    let context = Context {
        model,
        in_inputs: model.reachable(Ends::Inputs)?,
        in_outputs: model.reachable(Ends::Outputs)?,
    };
    let mut files = Files::new();
    let mut add = |path: &str, text: String| {
        files.insert(PathBuf::from(path), format!("{HEADER}{text}"));
    };
    add("mod.rs", root());
    add("error_code.rs", error_code::file(model));
    add("every_input.rs", every_input::file(model));
    add("operation.rs", operation_enum::file(model)?);
    add("patterns.rs", patterns::file(&context));
    for (path, text) in scalars::files(&context)? {
        add(&path, text);
    }
    for (name, operation) in &model.operations {
        let text = operation::file(&context, name, operation)?;
        add(&format!("operations/{}.rs", names::snake_case(name)), text);
    }
    add("operations/mod.rs", operations(model));
    let shared = context.shared_types();
    for (name, shape) in &shared {
        let text = if shape.kind == Kind::Structure {
            structure::file(&context, name, shape)?
        } else {
            enumeration::file(&context, name, shape)?
        };
        add(&format!("types/{}.rs", names::snake_case(name)), text);
    }
    add("types/mod.rs", types(&shared));
    Ok(files)
}

impl<'m> Context<'m> {
    /// Whether inputs or outputs are made of the shape.
    pub(super) fn is_used(&self, name: &str) -> bool {
        self.in_inputs.contains(name) || self.in_outputs.contains(name)
    }

    /// The shapes with a type of their own that belong to no single operation.
    fn shared_types(&self) -> Vec<(&'m str, &'m Shape)> {
        let roots: BTreeSet<&str> = self
            .model
            .operations
            .values()
            .flat_map(|operation| [Some(operation.input.as_str()), operation.output.as_deref()])
            .flatten()
            .collect();
        let is_type = |shape: &Shape| {
            (shape.kind == Kind::Structure && !shape.document) || !shape.values.is_empty()
        };
        self.model
            .shapes
            .iter()
            .map(|(name, shape)| (name.as_str(), shape))
            .filter(|(name, shape)| is_type(shape) && self.is_used(name) && !roots.contains(name))
            .collect()
    }
}

fn root() -> String {
    "//! Generated from the API model.\n\n\
     pub(crate) mod error_code;\n\
     #[cfg(test)]\n\
     pub(crate) mod every_input;\n\
     pub(crate) mod operation;\n\
     pub mod operations;\n\
     pub(crate) mod patterns;\n\
     mod shapes;\n\
     pub mod types;\n"
        .to_owned()
}

fn operations(model: &Model) -> String {
    let modules = each(model.operations.keys(), |name| {
        format!("pub mod {};\n", names::snake_case(name))
    });
    let exports = each(&model.operations, |(name, operation)| {
        let module = names::snake_case(name);
        let types = operation::type_names(operation).join(", ");
        format!("pub use {module}::{{{types}}};\n")
    });
    format!("//! The input and the output of each operation.\n\n{modules}\n{exports}")
}

fn types(shared: &[(&str, &Shape)]) -> String {
    let modules = each(shared, |(name, _)| {
        format!("mod {};\n", names::snake_case(name))
    });
    let exports = each(shared, |(name, _)| {
        let module = names::snake_case(name);
        let schema = names::constant(name);
        format!("pub use {module}::{name};\npub(crate) use {module}::{schema};\n")
    });
    format!("//! The structures and enums that operations share.\n\n{modules}\n{exports}")
}

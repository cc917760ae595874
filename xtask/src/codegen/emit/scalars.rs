//! Shapes without a Rust type of their own: texts, numbers, lists and maps.

use anyhow::Result;

use super::{Context, imports, schema};
use crate::codegen::model::{Kind, Shape};
use crate::codegen::names;
use crate::codegen::text::each;

/// A file of shapes: its name, what is in it, and which shapes those are.
type Group = (&'static str, &'static str, fn(&Shape) -> bool);

const GROUPS: [Group; 4] = [
    ("lists", "Lists.", |shape| shape.kind == Kind::List),
    ("maps", "Maps.", |shape| shape.kind == Kind::Map),
    (
        "scalars",
        "Numbers, flags, instants, bytes and documents.",
        is_scalar,
    ),
    ("strings", "Texts.", |shape| {
        shape.kind == Kind::String && shape.values.is_empty()
    }),
];

/// Writes the files below `shapes/`.
///
/// # Errors
/// When a shape refers to one that is missing.
pub(super) fn files(context: &Context<'_>) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    let mut exports = String::new();
    for (module, title, belongs) in GROUPS {
        let shapes = members(context, belongs);
        exports.push_str(&each(&shapes, |(name, _)| {
            format!("pub(crate) use {module}::{};\n", names::constant(name))
        }));
        files.push((
            format!("shapes/{module}.rs"),
            file(context, title, &shapes)?,
        ));
    }
    let modules = each(GROUPS, |(module, _, _)| format!("mod {module};\n"));
    let root = format!("//! The shapes without a type of their own.\n\n{modules}\n{exports}");
    files.push(("shapes/mod.rs".to_owned(), root));
    Ok(files)
}

/// The used shapes of a group.
fn members<'m>(context: &Context<'m>, belongs: fn(&Shape) -> bool) -> Vec<(&'m str, &'m Shape)> {
    let shapes = context.model.shapes.iter();
    shapes
        .filter(|(name, shape)| belongs(shape) && context.is_used(name))
        .map(|(name, shape)| (name.as_str(), shape))
        .collect()
}

fn file(context: &Context<'_>, title: &str, shapes: &[(&str, &Shape)]) -> Result<String> {
    let statics: Vec<_> = shapes
        .iter()
        .map(|(name, shape)| schema::shared(context, name, shape))
        .collect::<Result<_>>()?;
    let body = statics.concat();
    Ok(format!("//! {title}\n\n{}{body}", imports::of(&body)))
}

fn is_scalar(shape: &Shape) -> bool {
    shape.document
        || matches!(
            shape.kind,
            Kind::Integer | Kind::Long | Kind::Boolean | Kind::Timestamp | Kind::Blob
        )
}

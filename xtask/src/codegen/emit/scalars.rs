//! Shapes without a Rust type of their own: texts, numbers, lists and maps.

use anyhow::Result;

use super::{Context, schema};
use crate::codegen::model::{Kind, Shape};

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
    let mut root = "//! The shapes without a type of their own.\n\n".to_owned();
    for (name, _, _) in GROUPS {
        root += &format!("mod {name};\n");
    }
    root += "\n";
    for (name, title, belongs) in GROUPS {
        let mut statics = String::new();
        let used = context
            .model
            .shapes
            .iter()
            .filter(|(name, shape)| belongs(shape) && context.is_used(name));
        for (shape_name, shape) in used {
            let static_name = schema::static_name(shape_name);
            statics += &schema::describe(context, &static_name, shape_name, shape)?;
            root += &format!("pub(crate) use {name}::{static_name};\n");
        }
        files.push((format!("shapes/{name}.rs"), file(title, &statics)));
    }
    files.push(("shapes/mod.rs".to_owned(), root));
    Ok(files)
}

fn file(title: &str, statics: &str) -> String {
    let schema = super::structure::imported(statics, &["Bounds", "Kind", "Shape"]);
    let modules = super::structure::imported_paths(statics, &["patterns", "shapes"]);
    let types = if statics.contains("types::") {
        "use crate::types;\n"
    } else {
        ""
    };
    format!(
        "//! {title}\n\nuse crate::schema::{{{}}};\n{}{types}\n{statics}",
        schema.join(", "),
        modules
            .iter()
            .map(|module| format!("use crate::generated::{module};\n"))
            .collect::<String>(),
    )
}

fn is_scalar(shape: &Shape) -> bool {
    shape.document
        || matches!(
            shape.kind,
            Kind::Integer | Kind::Long | Kind::Boolean | Kind::Timestamp | Kind::Blob
        )
}

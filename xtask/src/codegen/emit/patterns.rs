//! The regular expressions, each one once.

use std::collections::BTreeMap;

use super::{Context, imports};
use crate::codegen::names;
use crate::codegen::overrides::EQUIVALENT_PATTERNS;
use crate::codegen::text::{each, literal};

/// Names the static of each pattern, after the first shape that has it.
pub(super) fn names<'m>(context: &Context<'m>) -> BTreeMap<&'m str, String> {
    let mut found = BTreeMap::new();
    for (name, shape) in &context.model.shapes {
        if let Some(pattern) = shape.pattern.as_deref().filter(|_| context.is_used(name)) {
            found
                .entry(pattern)
                .or_insert_with(|| names::constant(name));
        }
    }
    found
}

/// Writes `patterns.rs`.
pub(super) fn file(context: &Context<'_>) -> String {
    let mut statics: Vec<_> = names(context).into_iter().collect();
    statics.sort_by(|(_, one), (_, other)| one.cmp(other));
    let body = each(statics, |(pattern, name)| {
        format!(
            "pub(crate) static {name}: Pattern = {};\n",
            constructor(pattern)
        )
    });
    let title = "//! The patterns of the model, named after the first shape that has them.";
    format!("{title}\n\n{}{body}", imports::of(&body))
}

fn constructor(pattern: &str) -> String {
    match EQUIVALENT_PATTERNS
        .iter()
        .find(|(look_behind, _)| *look_behind == pattern)
    {
        Some((_, equivalent)) => format!(
            "Pattern::with_equivalent({}, {})",
            literal(pattern),
            literal(equivalent)
        ),
        None => format!("Pattern::new({})", literal(pattern)),
    }
}

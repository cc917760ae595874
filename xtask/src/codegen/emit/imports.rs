//! The `use` lines of a generated file, found by what its body names.

use crate::codegen::text::each;

/// What generated code can name, by the module it comes from.
const NAMES: [(&str, &[&str]); 4] = [
    ("crate::operation", &["OperationInfo", "OutputKind"]),
    (
        "crate::schema",
        &["Bounds", "Kind", "Member", "Pattern", "Shape"],
    ),
    (
        "crate::wire",
        &[
            "Fields",
            "FromValue",
            "Input",
            "Mismatch",
            "Output",
            "ToJson",
            "Value",
            "Writer",
        ],
    ),
    (
        "crate",
        &[
            "Blob",
            "Document",
            "ErrorCode",
            "Operation",
            "Sensitive",
            "Timestamp",
        ],
    ),
];

/// Modules of which generated code names items by their last step.
const MODULES: [(&str, &str); 3] = [
    ("patterns", "crate::generated::patterns"),
    ("shapes", "crate::generated::shapes"),
    ("types", "crate::types"),
];

/// Writes the imports that a file with this body needs.
pub(super) fn of(body: &str) -> String {
    // `type Output = ()` names no import.
    let body = body.replace("type Output =", "");
    let words = words(&body);
    let is_named = |name: &&&str| words.contains(*name);
    let items = each(NAMES, |(module, candidates)| {
        let named: Vec<_> = candidates.iter().filter(is_named).copied().collect();
        if named.is_empty() {
            return String::new();
        }
        format!("use {module}::{{{}}};\n", named.join(", "))
    });
    let modules = each(MODULES, |(module, path)| {
        if body.contains(&format!("{module}::")) {
            format!("use {path};\n")
        } else {
            String::new()
        }
    });
    let collections = if words.contains(&"BTreeMap") {
        "use std::collections::BTreeMap;\n\n"
    } else {
        ""
    };
    format!("{collections}{items}{modules}\n")
}

/// The words of the code, without those of comments and string literals and without what
/// follows a `::`.
fn words(body: &str) -> Vec<&str> {
    body.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split('"').step_by(2))
        .flat_map(|code| code.split("::").enumerate())
        .flat_map(|(steps, code)| {
            code.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
                .skip(steps.min(1))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_in_code_are_imported() {
        let body = "/// A `Timestamp`.\nstatic X: Shape = shapes::of(\"Blob\", Value::Blob);\n";
        assert_eq!(
            of(body),
            "use crate::schema::{Shape};\nuse crate::wire::{Value};\nuse crate::generated::shapes;\n\n"
        );
    }
}

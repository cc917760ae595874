//! One structure: the Rust type, how it is read, how it is written, its schema.

use anyhow::Result;

use super::{Context, schema};
use crate::codegen::model::Shape;
use crate::codegen::names;
use crate::codegen::rust_type::member_type;

/// Writes the file of the shared structure `name`.
///
/// # Errors
/// When a shape is missing.
pub(super) fn file(context: &Context<'_>, name: &str, shape: &Shape) -> Result<String> {
    let mut body = type_and_traits(context, name, shape, &format!("A `{name}`."))?;
    let static_name = schema::static_name(name);
    body += &schema::describe(context, &static_name, name, shape)?;
    Ok(format!("//! `{name}`.\n\n{}{body}", imports(&body)))
}

/// Writes the type of a structure and the traits it needs, without its schema.
///
/// # Errors
/// When a shape is missing.
pub(super) fn type_and_traits(
    context: &Context<'_>,
    name: &str,
    shape: &Shape,
    title: &str,
) -> Result<String> {
    let mut text = definition(context, name, shape, title)?;
    if context.in_inputs.contains(name) {
        text += &reader(name, shape);
    }
    if context.in_outputs.contains(name) {
        text += &writer(name, shape);
    }
    Ok(text)
}

fn definition(context: &Context<'_>, name: &str, shape: &Shape, title: &str) -> Result<String> {
    let derives = if shape.required.is_empty() {
        "Clone, Debug, Default"
    } else {
        "Clone, Debug"
    };
    let mut fields = String::new();
    for (member, reference) in &shape.members.0 {
        let bare = member_type(context.model, &reference.shape, shape.sensitive)?;
        let is_required = shape.required.contains(member);
        let note = if is_required { ", required" } else { "" };
        let field_type = if is_required {
            bare
        } else {
            format!("Option<{bare}>")
        };
        fields += &format!(
            "/// `{member}` (`{}`{note}).\npub {}: {field_type},\n",
            reference.shape,
            names::field(member)
        );
    }
    Ok(format!(
        "/// {title}\n#[derive({derives})]\npub struct {name} {{\n{fields}}}\n\n"
    ))
}

fn reader(name: &str, shape: &Shape) -> String {
    let fields: String = schema::sorted_members(shape)
        .into_iter()
        .map(|(member, _)| {
            let taken = if shape.required.contains(member) {
                "required"
            } else {
                "optional"
            };
            format!("{}: members.{taken}()?,\n", names::field(member))
        })
        .collect();
    let binding = if fields.is_empty() {
        "let _no_members = Fields::of(value)?;"
    } else {
        "let mut members = Fields::of(value)?;"
    };
    format!(
        "impl FromValue for {name} {{\n\
         fn from_value(value: Value) -> Result<Self, Mismatch> {{\n\
         {binding}\nOk(Self {{ {fields} }})\n}}\n}}\n\n"
    )
}

fn writer(name: &str, shape: &Shape) -> String {
    let members: String = shape
        .members
        .0
        .iter()
        .map(|(member, _)| {
            let field = names::field(member);
            if shape.required.contains(member) {
                format!("object.required(\"{member}\", &self.{field});\n")
            } else {
                format!("object.optional(\"{member}\", self.{field}.as_ref());\n")
            }
        })
        .collect();
    let binding = if members.is_empty() {
        "let object"
    } else {
        "let mut object"
    };
    format!(
        "impl ToJson for {name} {{\n\
         fn write(&self, writer: &mut Writer) {{\n\
         {binding} = writer.object();\n{members}object.end();\n}}\n}}\n\n"
    )
}

/// Writes the imports that a file with this body needs.
pub(super) fn imports(body: &str) -> String {
    let mut text = String::new();
    if body.contains("BTreeMap<") {
        text += "use std::collections::BTreeMap;\n\n";
    }
    let groups: [(&str, &[&str]); 4] = [
        ("crate::operation", &["OperationInfo", "OutputKind"]),
        ("crate::schema", &["Kind", "Member", "Shape"]),
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
    for (module, candidates) in groups {
        let names = imported(body, candidates);
        if !names.is_empty() {
            text += &format!("use {module}::{{{}}};\n", names.join(", "));
        }
    }
    if !imported_paths(body, &["shapes"]).is_empty() {
        text += "use crate::generated::shapes;\n";
    }
    if !imported_paths(body, &["types"]).is_empty() {
        text += "use crate::types;\n";
    }
    text + "\n"
}

/// Those of `candidates` that the code of `body` names, comments and literals aside.
pub(super) fn imported<'c>(body: &str, candidates: &[&'c str]) -> Vec<&'c str> {
    // `type Output = ()` names no import.
    let body = body.replace("type Output =", "");
    let words = words(&body);
    candidates
        .iter()
        .copied()
        .filter(|candidate| words.contains(candidate))
        .collect()
}

/// Those of `modules` that `body` names something of.
pub(super) fn imported_paths<'c>(body: &str, modules: &[&'c str]) -> Vec<&'c str> {
    modules
        .iter()
        .copied()
        .filter(|module| body.contains(&format!("{module}::")))
        .collect()
}

fn words(body: &str) -> Vec<&str> {
    body.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split('"').step_by(2))
        .flat_map(|code| code.split(|letter: char| !letter.is_alphanumeric() && letter != '_'))
        .collect()
}

//! One structure: the Rust type, how it is read, how it is written, its schema.

use anyhow::Result;

use super::{Context, imports, schema};
use crate::codegen::model::{Reference, Shape};
use crate::codegen::names;
use crate::codegen::rust_type::member_type;
use crate::codegen::text::each;

/// Writes the file of the shared structure `name`.
///
/// # Errors
/// When a shape is missing.
pub(super) fn file(context: &Context<'_>, name: &str, shape: &Shape) -> Result<String> {
    let types = type_and_traits(context, name, shape, &format!("A `{name}`."))?;
    let schema = schema::shared(context, name, shape)?;
    let body = format!("{types}{schema}");
    Ok(format!("//! `{name}`.\n\n{}{body}", imports::of(&body)))
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
    let definition = definition(context, name, shape, title)?;
    let reader = context
        .in_inputs
        .contains(name)
        .then(|| reader(name, shape));
    let writer = context
        .in_outputs
        .contains(name)
        .then(|| writer(name, shape));
    Ok([Some(definition), reader, writer]
        .into_iter()
        .flatten()
        .collect())
}

fn definition(context: &Context<'_>, name: &str, shape: &Shape, title: &str) -> Result<String> {
    let derives = if shape.required.is_empty() {
        "Clone, Debug, Default"
    } else {
        "Clone, Debug"
    };
    let fields: Vec<_> = shape
        .members
        .0
        .iter()
        .map(|(member, reference)| field(context, shape, member, reference))
        .collect::<Result<_>>()?;
    Ok(format!(
        "/// {title}\n#[derive({derives})]\npub struct {name} {{\n{}}}\n\n",
        fields.concat()
    ))
}

fn field(
    context: &Context<'_>,
    shape: &Shape,
    member: &str,
    reference: &Reference,
) -> Result<String> {
    let bare = member_type(context.model, &reference.shape, shape.sensitive)?;
    let name = names::field(member);
    let of = &reference.shape;
    Ok(if shape.required.contains(member) {
        format!("/// `{member}` (`{of}`, required).\npub {name}: {bare},\n")
    } else {
        format!("/// `{member}` (`{of}`).\npub {name}: Option<{bare}>,\n")
    })
}

fn reader(name: &str, shape: &Shape) -> String {
    let fields = each(schema::sorted_members(shape), |(member, _)| {
        let field = names::field(member);
        if shape.required.contains(member) {
            format!("{field}: members.required()?,\n")
        } else {
            format!("{field}: members.optional()?,\n")
        }
    });
    let binding = if fields.is_empty() {
        "let _no_members"
    } else {
        "let mut members"
    };
    format!(
        "impl FromValue for {name} {{\n\
         fn from_value(value: Value) -> Result<Self, Mismatch> {{\n\
         {binding} = Fields::of(value)?;\nOk(Self {{ {fields} }})\n}}\n}}\n\n"
    )
}

fn writer(name: &str, shape: &Shape) -> String {
    let members = each(&shape.members.0, |(member, _)| {
        let field = names::field(member);
        if shape.required.contains(member) {
            format!("object.required(\"{member}\", &self.{field});\n")
        } else {
            format!("object.optional(\"{member}\", self.{field}.as_ref());\n")
        }
    });
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

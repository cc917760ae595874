//! Shapes as data.

use anyhow::{Context as _, Result};

use super::Context;
use crate::codegen::model::{Kind, Model, Reference, Shape};
use crate::codegen::names;
use crate::codegen::text::{literal, literals, number};

/// Writes the static that describes a shape used by several operations.
///
/// # Errors
/// When the shape refers to one that is missing.
pub(super) fn shared(context: &Context<'_>, name: &str, shape: &Shape) -> Result<String> {
    let note = shape
        .difference
        .map(|why| format!("/// Differs from the model: {why}.\n"));
    Ok(format!(
        "{}pub(crate) {}",
        note.unwrap_or_default(),
        describe(context, &names::constant(name), name, shape)?
    ))
}

/// Writes a static that describes the shape `name`, without its visibility.
///
/// # Errors
/// When the shape refers to one that is missing.
pub(super) fn describe(
    context: &Context<'_>,
    static_name: &str,
    name: &str,
    shape: &Shape,
) -> Result<String> {
    let hides_value = hides_value(context.model, shape)?;
    let constructor = if hides_value { "hidden" } else { "new" };
    Ok(format!(
        "static {static_name}: Shape = Shape::{constructor}(\"{name}\", {});\n",
        kind(context, shape)?,
    ))
}

/// Writes the path of the static that describes the shape a reference names.
///
/// # Errors
/// When the shape is missing.
pub(super) fn path(model: &Model, name: &str) -> Result<String> {
    let shape = model.shape(name)?;
    let is_type = (shape.kind == Kind::Structure && !shape.document) || !shape.values.is_empty();
    let module = if is_type { "types" } else { "shapes" };
    Ok(format!("{module}::{}", names::constant(name)))
}

/// The members of a structure in the order of the schema: that of their paths in messages.
pub(super) fn sorted_members(shape: &Shape) -> Vec<&(String, Reference)> {
    let mut members: Vec<_> = shape.members.0.iter().collect();
    members.sort_by_key(|(name, _)| lower_first(name));
    members
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

fn hides_value(model: &Model, shape: &Shape) -> Result<bool> {
    if shape.sensitive {
        return Ok(!shape.shows_value);
    }
    for inner in shape.member.iter().chain(&shape.key).chain(&shape.value) {
        let inner_shape = model.shape(&inner.shape)?;
        if inner_shape.kind != Kind::Structure && hides_value(model, inner_shape)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn kind(context: &Context<'_>, shape: &Shape) -> Result<String> {
    let model = context.model;
    let bounds = bounds(shape);
    Ok(match shape.kind {
        Kind::Structure if shape.document => "Kind::Document".to_owned(),
        Kind::Structure => format!("Kind::Structure {{ members: {} }}", members(model, shape)?),
        Kind::String if !shape.values.is_empty() => {
            format!("Kind::Enum {{ values: {} }}", literals(&shape.values))
        }
        Kind::String => {
            let pattern = pattern(context, shape);
            format!("Kind::String {{ length: {bounds}, pattern: {pattern} }}")
        }
        Kind::Integer => format!("Kind::Integer {{ range: {bounds} }}"),
        Kind::Long => format!("Kind::Long {{ range: {bounds} }}"),
        Kind::Boolean => "Kind::Boolean".to_owned(),
        Kind::Timestamp => "Kind::Timestamp".to_owned(),
        Kind::Blob => format!("Kind::Blob {{ length: {bounds} }}"),
        Kind::List => format!(
            "Kind::List {{ length: {bounds}, element: &{} }}",
            inner(model, shape.member.as_ref())?
        ),
        Kind::Map => format!(
            "Kind::Map {{ length: {bounds}, key: &{}, value: &{} }}",
            inner(model, shape.key.as_ref())?,
            inner(model, shape.value.as_ref())?
        ),
    })
}

fn members(model: &Model, shape: &Shape) -> Result<String> {
    let members: Vec<_> = sorted_members(shape)
        .into_iter()
        .map(|(name, member)| {
            let constructor = if shape.required.contains(name) {
                "required"
            } else {
                "optional"
            };
            let shape = path(model, &member.shape)?;
            Ok(format!(
                "Member::{constructor}({}, &{shape}), ",
                literal(name)
            ))
        })
        .collect::<Result<_>>()?;
    Ok(format!("&[{}]", members.concat()))
}

fn inner(model: &Model, reference: Option<&Reference>) -> Result<String> {
    let reference = reference.context("a list or map without its inner shape")?;
    path(model, &reference.shape)
}

fn pattern(context: &Context<'_>, shape: &Shape) -> String {
    let names = super::patterns::names(context);
    match shape
        .pattern
        .as_ref()
        .and_then(|pattern| names.get(pattern.as_str()))
    {
        Some(name) => format!("Some(&patterns::{name})"),
        None => "None".to_owned(),
    }
}

fn bounds(shape: &Shape) -> String {
    match (shape.min.map(number), shape.max.map(number)) {
        (None, None) => "Bounds::NONE".to_owned(),
        (Some(min), None) => format!("Bounds::at_least({min})"),
        (None, Some(max)) => format!("Bounds::at_most({max})"),
        (Some(min), Some(max)) => format!("Bounds::between({min}, {max})"),
    }
}

//! One enum.

use anyhow::Result;

use super::{Context, imports, schema};
use crate::codegen::model::Shape;
use crate::codegen::names;
use crate::codegen::text::{each, literal};

/// Writes the file of the enum `name`.
///
/// # Errors
/// When a shape is missing.
pub(super) fn file(context: &Context<'_>, name: &str, shape: &Shape) -> Result<String> {
    let reader = context.in_inputs.contains(name).then(|| reader(name));
    let writer = context.in_outputs.contains(name).then(|| writer(name));
    let body = format!(
        "{}{}{}{}",
        definition(name, shape),
        reader.unwrap_or_default(),
        writer.unwrap_or_default(),
        schema::shared(context, name, shape)?,
    );
    Ok(format!("//! `{name}`.\n\n{}{body}", imports::of(&body)))
}

fn definition(name: &str, shape: &Shape) -> String {
    let variants = each(&shape.values, |value| {
        format!("/// `{value}`.\n{},\n", names::variant(value))
    });
    let all = each(&shape.values, |value| {
        format!("Self::{}, ", names::variant(value))
    });
    let texts = each(&shape.values, |value| {
        format!("Self::{} => {},\n", names::variant(value), literal(value))
    });
    format!(
        "/// The values of `{name}`.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         pub enum {name} {{\n{variants}}}\n\n\
         impl {name} {{\n\
         /// Every value, in the order of the model.\n\
         pub const ALL: &'static [Self] = &[{all}];\n\n\
         /// The value on the wire.\n\
         pub const fn as_str(self) -> &'static str {{ match self {{ {texts} }} }}\n\n\
         /// Finds a value by its text on the wire.\n\
         pub fn from_name(name: &str) -> Option<Self> {{\n\
         Self::ALL.iter().copied().find(|value| value.as_str() == name) }}\n\
         }}\n\n"
    )
}

fn reader(name: &str) -> String {
    format!(
        "impl FromValue for {name} {{\n\
         fn from_value(value: Value) -> Result<Self, Mismatch> {{\n\
         Self::from_name(&String::from_value(value)?).ok_or(Mismatch) }}\n}}\n\n"
    )
}

fn writer(name: &str) -> String {
    format!(
        "impl ToJson for {name} {{\n\
         fn write(&self, writer: &mut Writer) {{ writer.string(self.as_str()); }}\n}}\n\n"
    )
}

//! One enum.

use super::{Context, schema};
use crate::codegen::model::Shape;
use crate::codegen::names;
use crate::codegen::text::{literal, literals};

/// Writes the file of the enum `name`.
pub(super) fn file(context: &Context<'_>, name: &str, shape: &Shape) -> String {
    let values: Vec<_> = shape
        .values
        .iter()
        .map(|value| (names::variant(value), value))
        .collect();
    let variants: String = values
        .iter()
        .map(|(variant, value)| format!("/// `{value}`.\n{variant},\n"))
        .collect();
    let all: String = values
        .iter()
        .map(|(variant, _)| format!("Self::{variant}, "))
        .collect();
    let arms: String = values
        .iter()
        .map(|(variant, value)| format!("Self::{variant} => {},\n", literal(value)))
        .collect();
    let static_name = schema::static_name(name);
    let traits = traits(context, name);
    format!(
        "//! `{name}`.\n\n{uses}\
         /// The values of `{name}`.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         pub enum {name} {{\n{variants}}}\n\n\
         impl {name} {{\n\
         /// Every value, in the order of the model.\n\
         pub const ALL: &'static [Self] = &[{all}];\n\n\
         /// The value on the wire.\n\
         pub const fn as_str(self) -> &'static str {{ match self {{ {arms} }} }}\n\n\
         /// Finds a value by its text on the wire.\n\
         pub fn from_name(name: &str) -> Option<Self> {{\n\
         Self::ALL.iter().copied().find(|value| value.as_str() == name) }}\n\
         }}\n\n\
         {traits}\
         pub(crate) static {static_name}: Shape = \
         Shape::new(\"{name}\", Kind::Enum {{ values: {} }});\n",
        literals(&shape.values),
        uses = uses(context, name),
    )
}

fn uses(context: &Context<'_>, name: &str) -> String {
    let mut wire = Vec::new();
    if context.in_inputs.contains(name) {
        wire.extend(["FromValue", "Mismatch", "Value"]);
    }
    if context.in_outputs.contains(name) {
        wire.extend(["ToJson", "Writer"]);
    }
    format!(
        "use crate::schema::{{Kind, Shape}};\nuse crate::wire::{{{}}};\n\n",
        wire.join(", ")
    )
}

fn traits(context: &Context<'_>, name: &str) -> String {
    let mut text = String::new();
    if context.in_inputs.contains(name) {
        text += &format!(
            "impl FromValue for {name} {{\n\
             fn from_value(value: Value) -> Result<Self, Mismatch> {{\n\
             Self::from_name(&String::from_value(value)?).ok_or(Mismatch) }}\n}}\n\n"
        );
    }
    if context.in_outputs.contains(name) {
        text += &format!(
            "impl ToJson for {name} {{\n\
             fn write(&self, writer: &mut Writer) {{ writer.string(self.as_str()); }}\n}}\n\n"
        );
    }
    text
}

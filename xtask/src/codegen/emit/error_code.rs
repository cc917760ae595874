//! The enum of all error codes.

use std::collections::BTreeMap;

use crate::codegen::errors::FRAMEWORK_ERRORS;
use crate::codegen::model::Model;
use crate::codegen::text::each;

struct Row {
    status: u16,
    has_capital_message: bool,
    origin: &'static str,
}

/// Writes `error_code.rs`.
pub(super) fn file(model: &Model) -> String {
    let rows = rows(model);
    let variants = each(&rows, |(name, row)| {
        format!("/// `{name}`, {}.\n{name},\n", row.origin)
    });
    let all = each(rows.keys(), |name| format!("Self::{name}, "));
    let names = each(rows.keys(), |name| format!("Self::{name} => \"{name}\",\n"));
    format!(
        "//! Every error code of the API.\n\n\
         /// The code of an error, `__type` on the wire.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         pub enum ErrorCode {{\n{variants}}}\n\n\
         impl ErrorCode {{\n\
         /// Every code, in alphabetical order.\n\
         pub const ALL: &'static [Self] = &[{all}];\n\n\
         /// The code on the wire.\n\
         pub const fn name(self) -> &'static str {{ match self {{ {names} }} }}\n\n\
         /// The HTTP status it is answered with.\n\
         pub const fn status(self) -> u16 {{ match self {{ {} _ => 400, }} }}\n\n\
         /// Whether the body calls its text `Message` and not `message`.\n\
         pub const fn has_capital_message(self) -> bool {{ matches!(self, {}) }}\n\
         }}\n",
        statuses(&rows),
        capitals(&rows),
    )
}

fn rows(model: &Model) -> BTreeMap<&str, Row> {
    let mut rows = BTreeMap::new();
    for (name, shape) in model.shapes.iter().filter(|(_, shape)| shape.exception) {
        let row = Row {
            status: if shape.fault { 500 } else { 400 },
            has_capital_message: false,
            origin: "of the model",
        };
        rows.insert(name.as_str(), row);
    }
    for error in &FRAMEWORK_ERRORS {
        rows.entry(error.name).or_insert(Row {
            status: error.status,
            has_capital_message: error.has_capital_message,
            origin: "of the front end",
        });
    }
    rows
}

fn statuses(rows: &BTreeMap<&str, Row>) -> String {
    let mut by_status: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for (name, row) in rows.iter().filter(|(_, row)| row.status != 400) {
        by_status
            .entry(row.status)
            .or_default()
            .push(format!("Self::{name}"));
    }
    each(by_status, |(status, names)| {
        format!("{} => {status},\n", names.join(" | "))
    })
}

fn capitals(rows: &BTreeMap<&str, Row>) -> String {
    let names: Vec<_> = rows
        .iter()
        .filter(|(_, row)| row.has_capital_message)
        .map(|(name, _)| format!("Self::{name}"))
        .collect();
    names.join(" | ")
}

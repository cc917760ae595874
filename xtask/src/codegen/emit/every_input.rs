//! A way for tests to reach the input type of each operation by value.

use crate::codegen::model::Model;
use crate::codegen::text::each;

/// Writes `every_input.rs`.
pub(super) fn file(model: &Model) -> String {
    let types = each(model.operations.values(), |operation| {
        format!("{}, ", operation.input)
    });
    let readers = each(model.operations.values(), |operation| {
        format!("debug::<{}>,\n", operation.input)
    });
    format!(
        "//! Reads and prints the input of any operation, for tests.\n\n\
         use std::fmt::Debug;\n\n\
         use crate::generated::operations::{{{types}}};\n\
         use crate::{{Input, Operation, RequestError, decode}};\n\n\
         type Reader = fn(&[u8]) -> Result<String, RequestError>;\n\n\
         pub(crate) fn debug_text(operation: Operation, body: &[u8]) \
         -> Result<String, RequestError> {{ READERS[operation as usize](body) }}\n\n\
         fn debug<T: Input + Debug>(body: &[u8]) -> Result<String, RequestError> {{\n\
         decode::<T>(body).map(|input| format!(\"{{input:?}}\")) }}\n\n\
         /// In the order of the operations.\n\
         static READERS: [Reader; {}] = [{readers}];\n",
        model.operations.len()
    )
}

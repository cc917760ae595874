//! The enum of all operations.

use anyhow::{Result, ensure};

use crate::codegen::model::Model;
use crate::codegen::names;
use crate::codegen::text::each;

/// Writes `operation.rs`.
///
/// # Errors
/// When an operation wants a kind of authentication that is not known.
pub(super) fn file(model: &Model) -> Result<String> {
    for (name, operation) in &model.operations {
        let is_known = ["none", "sigv4"].contains(&operation.authtype.as_str());
        ensure!(
            is_known,
            "{name} has the unknown authtype {}",
            operation.authtype
        );
    }
    let names: Vec<_> = model.operations.keys().collect();
    let variants = each(&names, |name| format!("/// `{name}`.\n{name},\n"));
    let all = each(&names, |name| format!("Self::{name}, "));
    let infos = each(&names, |name| {
        format!("&operations::{}::INFO,\n", names::snake_case(name))
    });
    Ok(format!(
        "//! Every operation of the API.\n\n\
         use crate::generated::operations;\nuse crate::operation::OperationInfo;\n\n\
         /// An operation of the API.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         pub enum Operation {{\n{variants}}}\n\n\
         impl Operation {{\n\
         /// Every operation, in alphabetical order.\n\
         pub const ALL: &'static [Self] = &[{all}];\n\n\
         pub(crate) fn info(self) -> &'static OperationInfo {{ INFOS[self as usize] }}\n\
         }}\n\n\
         /// In the order of the enum.\n\
         static INFOS: [&OperationInfo; {}] = [{infos}];\n",
        names.len()
    ))
}

//! One operation: its input, its output, what the front end knows about it.

use anyhow::Result;

use super::{Context, schema, structure};
use crate::codegen::model::{Model, Operation};

/// Writes the file of the operation `name`.
///
/// # Errors
/// When a shape is missing.
pub(super) fn file(context: &Context<'_>, name: &str, operation: &Operation) -> Result<String> {
    let model = context.model;
    let input = &operation.input;
    let input_shape = model.shape(input)?;
    let title = format!("The input of `{name}`.");
    let mut body = structure::type_and_traits(context, input, input_shape, &title)?;
    body += &input_trait(name, operation);
    if let Some(output) = &operation.output {
        let title = format!("The output of `{name}`.");
        body += &structure::type_and_traits(context, output, model.shape(output)?, &title)?;
        body += &format!("impl Output for {output} {{}}\n\n");
    }
    body += &info(model, name, operation)?;
    body += &schema::describe(context, "INPUT", input, input_shape)?.replacen("pub(crate) ", "", 1);
    if let Some(output) = &operation.output {
        body += &schema::describe(context, "OUTPUT", output, model.shape(output)?)?.replacen(
            "pub(crate) ",
            "",
            1,
        );
    }
    Ok(format!(
        "//! `{name}`.\n\n{}{body}",
        structure::imports(&body)
    ))
}

/// Names the types of an operation.
///
/// # Errors
/// When a shape is missing.
pub(super) fn type_names(model: &Model, operation: &Operation) -> Result<Vec<String>> {
    model.shape(&operation.input)?;
    let output = operation.output.clone();
    Ok(std::iter::once(operation.input.clone())
        .chain(output)
        .collect())
}

fn input_trait(name: &str, operation: &Operation) -> String {
    let output = operation.output.as_deref().unwrap_or("()");
    format!(
        "impl Input for {} {{\n\
         const OPERATION: Operation = Operation::{name};\n\
         type Output = {output};\n}}\n\n",
        operation.input
    )
}

fn info(model: &Model, name: &str, operation: &Operation) -> Result<String> {
    let errors: String = operation
        .errors
        .iter()
        .map(|error| format!("ErrorCode::{error}, "))
        .collect();
    let (kind, output) = match &operation.output {
        None => ("Nothing", "None"),
        Some(output) if model.shape(output)?.members.0.is_empty() => ("Empty", "Some(&OUTPUT)"),
        Some(_) => ("Structure", "Some(&OUTPUT)"),
    };
    Ok(format!(
        "pub(crate) static INFO: OperationInfo = OperationInfo {{ name: \"{name}\", \
         is_unsigned: {}, errors: &[{errors}], output_kind: OutputKind::{kind}, \
         input: &INPUT, output: {output} }};\n\n",
        operation.authtype == "none"
    ))
}

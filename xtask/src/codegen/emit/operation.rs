//! One operation: its input, its output, what the front end knows about it.

use anyhow::Result;

use super::{Context, imports, schema, structure};
use crate::codegen::model::{Model, Operation};
use crate::codegen::text::each;

/// Writes the file of the operation `name`.
///
/// # Errors
/// When a shape is missing.
pub(super) fn file(context: &Context<'_>, name: &str, operation: &Operation) -> Result<String> {
    let info = info(context.model, name, operation)?;
    let body = format!(
        "{}{}{info}{}",
        input(context, name, operation)?,
        output(context, name, operation)?,
        schemas(context, operation)?,
    );
    Ok(format!("//! `{name}`.\n\n{}{body}", imports::of(&body)))
}

/// Names the types of an operation.
pub(super) fn type_names(operation: &Operation) -> Vec<&str> {
    let output = operation.output.as_deref();
    std::iter::once(operation.input.as_str())
        .chain(output)
        .collect()
}

fn input(context: &Context<'_>, name: &str, operation: &Operation) -> Result<String> {
    let input = &operation.input;
    let title = format!("The input of `{name}`.");
    let shape = context.model.shape(input)?;
    let types = structure::type_and_traits(context, input, shape, &title)?;
    let output = operation.output.as_deref().unwrap_or("()");
    Ok(format!(
        "{types}impl Input for {input} {{\n\
         const OPERATION: Operation = Operation::{name};\n\
         type Output = {output};\n}}\n\n"
    ))
}

fn output(context: &Context<'_>, name: &str, operation: &Operation) -> Result<String> {
    let Some(output) = &operation.output else {
        return Ok(String::new());
    };
    let title = format!("The output of `{name}`.");
    let shape = context.model.shape(output)?;
    let types = structure::type_and_traits(context, output, shape, &title)?;
    Ok(format!("{types}impl Output for {output} {{}}\n\n"))
}

fn schemas(context: &Context<'_>, operation: &Operation) -> Result<String> {
    let input = context.model.shape(&operation.input)?;
    let mut schemas = schema::describe(context, "INPUT", &operation.input, input)?;
    if let Some(name) = &operation.output {
        let output = context.model.shape(name)?;
        schemas.push('\n');
        schemas.push_str(&schema::describe(context, "OUTPUT", name, output)?);
    }
    Ok(schemas)
}

fn info(model: &Model, name: &str, operation: &Operation) -> Result<String> {
    let errors = each(&operation.errors, |error| format!("ErrorCode::{error}, "));
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

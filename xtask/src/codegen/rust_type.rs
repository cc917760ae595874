//! Which Rust type a shape becomes.

use anyhow::{Context as _, Result, ensure};

use super::model::{Kind, Model, Reference};

/// Writes the type of a member of the shape `name`, in a structure that may be sensitive as a
/// whole (`is_hidden`).
///
/// # Errors
/// When a shape is missing, or sensitive in a way that no type expresses.
pub(super) fn member_type(model: &Model, name: &str, is_hidden: bool) -> Result<String> {
    let shape = model.shape(name)?;
    let bare = match shape.kind {
        Kind::Structure if shape.document => "Document".to_owned(),
        // A sensitive structure hides its members one by one.
        Kind::Structure => return Ok(format!("types::{name}")),
        Kind::String if !shape.values.is_empty() => format!("types::{name}"),
        Kind::String => "String".to_owned(),
        Kind::Integer => "i32".to_owned(),
        Kind::Long => "i64".to_owned(),
        Kind::Boolean => "bool".to_owned(),
        Kind::Timestamp => "Timestamp".to_owned(),
        Kind::Blob => "Blob".to_owned(),
        Kind::List => format!(
            "Vec<{}>",
            member_type(model, of(shape.member.as_ref())?, false)?
        ),
        Kind::Map => format!(
            "BTreeMap<String, {}>",
            member_type(model, of(shape.value.as_ref())?, false)?
        ),
    };
    if !(shape.sensitive || is_hidden) {
        return Ok(bare);
    }
    ensure!(
        ["String", "BTreeMap<String, String>"].contains(&bare.as_str()),
        "no wrapper for the sensitive shape {name} ({bare})"
    );
    Ok(format!("Sensitive<{bare}>"))
}

fn of(reference: Option<&Reference>) -> Result<&str> {
    let reference = reference.context("a list or map without its inner shape")?;
    Ok(&reference.shape)
}

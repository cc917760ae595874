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

#[cfg(test)]
mod tests {
    use crate::codegen::MODEL;
    use crate::workspace;

    use super::*;

    #[test]
    fn s67_every_member_of_a_sensitive_shape_is_wrapped() {
        let model = Model::read(&workspace::root().join(MODEL)).unwrap();
        let mut wrapped = 0;
        for shape in model.shapes.values() {
            for (name, member) in &shape.members.0 {
                let of = model.shape(&member.shape).unwrap();
                if of.kind == Kind::Structure || !(of.sensitive || shape.sensitive) {
                    continue;
                }
                let written = member_type(&model, &member.shape, shape.sensitive).unwrap();
                assert!(written.starts_with("Sensitive<"), "{name}: {written}");
                wrapped += 1;
            }
        }
        assert!(wrapped > 150, "{wrapped}");
    }

    #[test]
    fn lists_and_maps_hold_the_types_of_their_shapes() {
        let model = Model::read(&workspace::root().join(MODEL)).unwrap();
        for (shape, expected) in [
            ("AttributeListType", "Vec<types::AttributeType>"),
            ("ClientMetadataType", "BTreeMap<String, String>"),
            ("AuthParametersType", "Sensitive<BTreeMap<String, String>>"),
            (
                "AcrConfigurationType",
                "BTreeMap<String, types::AcrLevelConfigType>",
            ),
            ("Document", "Document"),
        ] {
            assert_eq!(member_type(&model, shape, false).unwrap(), expected);
        }
    }
}

//! Attribute lists.

use poolhouse_api_model::Sensitive;
use poolhouse_api_model::types::AttributeType;
use poolhouse_model::Attributes;
use poolhouse_service::AttributeWrite;

use super::super::api_error::ApiError;

/// Reads a list of attributes. A missing value counts as empty text.
/// # Errors
/// `InvalidParameterException` for an attribute that is there twice.
/// Inferred: what the service answers then.
pub(crate) fn from_wire(list: Option<Vec<AttributeType>>) -> Result<Attributes, ApiError> {
    let mut attributes = Attributes::new();
    for AttributeType { name, value } in list.unwrap_or_default() {
        let value = value.map(Sensitive::into_inner).unwrap_or_default();
        if attributes.insert(name.clone(), value).is_some() {
            return Err(ApiError::invalid_parameter(format!(
                "Attributes did not conform to the schema: {name} was given more than once."
            )));
        }
    }
    Ok(attributes)
}

/// Reads a list of attributes of a user that exists; a missing value is another thing than a blank
/// one.
pub(crate) fn writes(list: Vec<AttributeType>) -> Vec<AttributeWrite> {
    let write = |AttributeType { name, value }| AttributeWrite {
        name,
        value: value.map(Sensitive::into_inner),
    };
    list.into_iter().map(write).collect()
}

/// Writes a list of attributes.
pub(crate) fn to_wire(attributes: &Attributes) -> Vec<AttributeType> {
    attributes
        .iter()
        .map(|(name, value)| attribute(name, value))
        .collect()
}

/// Writes one attribute.
pub(crate) fn attribute(name: &str, value: &str) -> AttributeType {
    AttributeType {
        name: name.to_owned(),
        value: Some(value.into()),
    }
}

//! Attribute lists.

use poolhouse_api_model::Sensitive;
use poolhouse_api_model::types::AttributeType;
use poolhouse_model::Attributes;
use poolhouse_service::AttributeWrite;

use super::super::api_error::ApiError;

/// Reads a list of attributes of a new user.
/// # Errors
/// `InvalidParameterException` for an attribute without a value, not even a blank one, and for one
/// that is there twice.
/// Source: a client's list of texts that `SignUp` answers, for the first.
/// Inferred: what the service answers for the second.
pub(crate) fn from_wire(list: Option<Vec<AttributeType>>) -> Result<Attributes, ApiError> {
    let mut attributes = Attributes::new();
    for AttributeType { name, value } in list.unwrap_or_default() {
        let Some(value) = value.map(Sensitive::into_inner) else {
            return Err(ApiError::invalid_parameter(format!(
                "Attribute value for {name} must not be null"
            )));
        };
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

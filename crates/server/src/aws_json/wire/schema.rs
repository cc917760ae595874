//! Attributes of a pool's schema.

use poolhouse_api_model::types::{
    AttributeDataType as WireDataType, NumberAttributeConstraintsType, SchemaAttributeType,
    StringAttributeConstraintsType,
};
use poolhouse_model::{AttributeDataType, AttributeSchema};
use poolhouse_service::{AttributeRequest, schema_of};

use super::super::api_error::CallError;

/// Reads the schema of a new pool.
/// # Errors
/// `InvalidParameterException` with the rule that an attribute breaks.
pub(crate) fn settings(
    schema: Option<Vec<SchemaAttributeType>>,
) -> Result<Vec<AttributeSchema>, CallError> {
    let requests = schema.unwrap_or_default().into_iter().map(request);
    Ok(schema_of(requests.collect())?)
}

/// Reads an attribute that a pool's owner asks for.
pub(crate) fn request(attribute: SchemaAttributeType) -> AttributeRequest {
    let strings = attribute.string_attribute_constraints;
    let numbers = attribute.number_attribute_constraints;
    AttributeRequest {
        name: attribute.name.unwrap_or_default(),
        data_type: attribute.attribute_data_type.map(data_type),
        is_developer_only: attribute.developer_only_attribute,
        is_mutable: attribute.mutable,
        is_required: attribute.required,
        string_limits: strings.map(|limits| (limits.min_length, limits.max_length)),
        number_limits: numbers.map(|limits| (limits.min_value, limits.max_value)),
    }
}

fn data_type(data_type: WireDataType) -> AttributeDataType {
    match data_type {
        WireDataType::String => AttributeDataType::String,
        WireDataType::Number => AttributeDataType::Number,
        WireDataType::DateTime => AttributeDataType::DateTime,
        WireDataType::Boolean => AttributeDataType::Boolean,
    }
}

/// Describes an attribute.
pub(crate) fn to_wire(attribute: &AttributeSchema) -> SchemaAttributeType {
    let strings = attribute.string_limits.clone();
    let numbers = attribute.number_limits.clone();
    SchemaAttributeType {
        name: Some(attribute.name.clone()),
        attribute_data_type: Some(match attribute.data_type {
            AttributeDataType::String => WireDataType::String,
            AttributeDataType::Number => WireDataType::Number,
            AttributeDataType::DateTime => WireDataType::DateTime,
            AttributeDataType::Boolean => WireDataType::Boolean,
        }),
        developer_only_attribute: Some(attribute.is_developer_only),
        mutable: Some(attribute.is_mutable),
        required: Some(attribute.is_required),
        string_attribute_constraints: strings.map(|(min_length, max_length)| {
            StringAttributeConstraintsType {
                min_length,
                max_length,
            }
        }),
        number_attribute_constraints: numbers.map(|(min_value, max_value)| {
            NumberAttributeConstraintsType {
                min_value,
                max_value,
            }
        }),
    }
}

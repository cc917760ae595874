//! The schema of a pool: the standard attributes, as its owner adjusts them, and the owner's.

use poolhouse_model::{AttributeDataType, AttributeSchema, STANDARD_ATTRIBUTES, standard_schema};

use crate::error::ServiceError;

/// Longest text that an attribute can hold, in characters.
const MAX_TEXT_LENGTH: u64 = 2048;

/// How many attributes of the owner a pool can have.
/// Source: AWS page "Working with user attributes".
const MAX_CUSTOM: usize = 50;

/// Lower and upper limit as the owner wrote them.
type Limits = (Option<String>, Option<String>);

/// An attribute as the owner of a pool asks for it; what is `None` takes the default.
#[derive(Clone, Debug, Default)]
pub struct AttributeRequest {
    /// Name without prefix: `email`, `tier`.
    pub name: String,
    /// Type of the value.
    pub data_type: Option<AttributeDataType>,
    /// Whether only admin operations may write it.
    pub is_developer_only: Option<bool>,
    /// Whether it may change after it was first set.
    pub is_mutable: Option<bool>,
    /// Whether it must be given at sign-up.
    pub is_required: Option<bool>,
    /// Limits of a text's length.
    pub string_limits: Option<Limits>,
    /// Limits of a number.
    pub number_limits: Option<Limits>,
}

/// Makes the schema of a new pool: adjusts standard attributes and adds custom ones.
/// # Errors
/// [`ServiceError::InvalidInput`] with the service's text.
/// Source: API reference, `SchemaAttributeType`; texts as emulators report them of the service.
pub fn schema_of(requests: Vec<AttributeRequest>) -> Result<Vec<AttributeSchema>, ServiceError> {
    let mut schema = standard_schema();
    for request in requests {
        if STANDARD_ATTRIBUTES.contains(&request.name.as_str()) {
            check_limits(&request, &request.name)?;
            adjust_standard(&mut schema, request)?;
        } else {
            schema.push(custom_attribute(request)?);
        }
    }
    refuse_duplicates(&schema)?;
    Ok(schema)
}

/// Adds custom attributes to the schema of a pool, also under names of standard ones: they have a
/// prefix.
/// # Errors
/// [`ServiceError::InvalidInput`] with the service's text.
/// Source: API reference, `AddCustomAttributes`; a report that it makes `custom:sub`
/// (awsdocs/aws-cloudformation-user-guide#932).
pub(super) fn add_custom(
    schema: &mut Vec<AttributeSchema>,
    requests: Vec<AttributeRequest>,
) -> Result<(), ServiceError> {
    for request in requests {
        schema.push(custom_attribute(request)?);
    }
    refuse_duplicates(schema)?;
    check_custom_count(schema)
}

fn refuse<T>(text: impl Into<String>) -> Result<T, ServiceError> {
    Err(ServiceError::InvalidInput(text.into()))
}

fn adjust_standard(
    schema: &mut [AttributeSchema],
    request: AttributeRequest,
) -> Result<(), ServiceError> {
    let name = &request.name;
    let Some(attribute) = schema.iter_mut().find(|a| a.name == *name) else {
        return Ok(());
    };
    let changes_type = request.data_type.is_some_and(|t| t != attribute.data_type);
    if changes_type || request.is_developer_only == Some(true) {
        return refuse(format!(
            "You can not change AttributeDataType or set developerOnlyAttribute for standard \
             schema attribute {name}"
        ));
    }
    if name == "sub" {
        return Ok(());
    }
    attribute.is_mutable = request.is_mutable.unwrap_or(attribute.is_mutable);
    attribute.is_required = request.is_required.unwrap_or(false);
    if request.string_limits.is_some() && attribute.data_type == AttributeDataType::String {
        attribute.string_limits = request.string_limits;
    }
    if request.number_limits.is_some() && attribute.data_type == AttributeDataType::Number {
        attribute.number_limits = request.number_limits;
    }
    Ok(())
}

/// Inferred: a custom attribute is mutable unless the owner says otherwise.
fn custom_attribute(request: AttributeRequest) -> Result<AttributeSchema, ServiceError> {
    if request.is_required == Some(true) {
        return refuse("Required custom attributes are not supported currently.");
    }
    let Some(data_type) = request.data_type else {
        return refuse(
            "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.",
        );
    };
    if request.name.is_empty() {
        return refuse("A custom attribute must have a name.");
    }
    let is_developer_only = request.is_developer_only.unwrap_or(false);
    let prefix = if is_developer_only {
        "dev:custom:"
    } else {
        "custom:"
    };
    let name = format!("{prefix}{}", request.name);
    check_limits(&request, &name)?;
    let is_text = data_type == AttributeDataType::String;
    let is_number = data_type == AttributeDataType::Number;
    Ok(AttributeSchema {
        name,
        data_type,
        is_developer_only,
        is_mutable: request.is_mutable.unwrap_or(true),
        is_required: false,
        string_limits: is_text.then(|| request.string_limits.unwrap_or_default()),
        number_limits: is_number.then(|| request.number_limits.unwrap_or_default()),
    })
}

fn check_limits(request: &AttributeRequest, name: &str) -> Result<(), ServiceError> {
    if let Some((least, most)) = &request.string_limits {
        let kind = "StringAttributeConstraints";
        let least: Option<u64> = parse_limit(least.as_deref(), kind, name)?;
        let most: Option<u64> = parse_limit(most.as_deref(), kind, name)?;
        if least.max(most).is_some_and(|limit| limit > MAX_TEXT_LENGTH) {
            return refuse(format!(
                "user.{name}: String attributes cannot have a length of more than \
                 {MAX_TEXT_LENGTH}"
            ));
        }
        if least.zip(most).is_some_and(|(least, most)| most < least) {
            return refuse(format!(
                "user.{name}: Max length cannot be less than min length."
            ));
        }
    }
    if let Some((least, most)) = &request.number_limits {
        let kind = "NumberAttributeConstraints";
        let least: Option<i64> = parse_limit(least.as_deref(), kind, name)?;
        let most: Option<i64> = parse_limit(most.as_deref(), kind, name)?;
        if least.zip(most).is_some_and(|(least, most)| most < least) {
            return refuse(format!(
                "user.{name}: Max value cannot be less than min value."
            ));
        }
    }
    Ok(())
}

fn parse_limit<T: std::str::FromStr>(
    text: Option<&str>,
    kind: &str,
    name: &str,
) -> Result<Option<T>, ServiceError> {
    match text.map(str::parse).transpose() {
        Ok(limit) => Ok(limit),
        Err(_) => refuse(format!("Invalid {kind} for schema attribute {name}")),
    }
}

fn refuse_duplicates(schema: &[AttributeSchema]) -> Result<(), ServiceError> {
    let mut names: Vec<&str> = schema.iter().map(|a| a.name.as_str()).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => {
            let name = pair[0];
            refuse(format!(
                "{name}: Existing attribute already has name {name}."
            ))
        }
        None => Ok(()),
    }
}

/// Checks how many attributes the pool's owner added.
/// # Errors
/// [`ServiceError::InvalidInput`]. Inferred: its text.
pub(super) fn check_custom_count(schema: &[AttributeSchema]) -> Result<(), ServiceError> {
    let is_custom = |attribute: &&AttributeSchema| attribute.name.contains(':');
    if schema.iter().filter(is_custom).count() > MAX_CUSTOM {
        return refuse(format!(
            "A user pool can have at most {MAX_CUSTOM} custom attributes."
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(name: &str) -> AttributeRequest {
        AttributeRequest {
            name: name.to_owned(),
            data_type: Some(AttributeDataType::String),
            ..AttributeRequest::default()
        }
    }

    fn text_of(request: AttributeRequest) -> String {
        schema_of(vec![request]).unwrap_err().to_string()
    }

    #[test]
    fn a_custom_attribute_gets_its_prefix_and_a_standard_one_is_adjusted() {
        let email = AttributeRequest {
            is_required: Some(true),
            is_mutable: Some(false),
            ..request("email")
        };
        let schema = schema_of(vec![request("tier"), email]).unwrap();
        assert!(
            schema
                .iter()
                .any(|a| a.name == "custom:tier" && a.is_mutable)
        );
        let email = schema.iter().find(|a| a.name == "email").unwrap();
        assert!(email.is_required && !email.is_mutable);
        assert_eq!(schema.len(), STANDARD_ATTRIBUTES.len() + 1);
    }

    #[test]
    fn what_the_service_refuses_is_refused_with_its_text() {
        let required = AttributeRequest {
            is_required: Some(true),
            ..request("tier")
        };
        assert!(text_of(required).starts_with("Required custom attributes"));
        let number = AttributeRequest {
            data_type: Some(AttributeDataType::Number),
            ..request("email")
        };
        assert!(text_of(number).contains("standard schema attribute email"));
        let limits = |least: &str, most: &str| AttributeRequest {
            string_limits: Some((Some(least.to_owned()), Some(most.to_owned()))),
            ..request("tier")
        };
        assert!(text_of(limits("9", "8")).contains("Max length"));
        assert!(text_of(limits("0", "2049")).contains("more than 2048"));
        assert!(text_of(limits("x", "8")).contains("Invalid StringAttributeConstraints"));
        let twice = schema_of(vec![request("tier"), request("tier")]);
        let text = twice.unwrap_err().to_string();
        assert_eq!(
            text,
            "custom:tier: Existing attribute already has name custom:tier."
        );
    }

    #[test]
    fn an_added_attribute_is_never_a_standard_one() {
        let mut schema = standard_schema();
        add_custom(&mut schema, vec![request("email"), request("custom:x")]).unwrap();
        let names = schema.iter().map(|attribute| attribute.name.as_str());
        let added: Vec<_> = names.skip(STANDARD_ATTRIBUTES.len()).collect();
        assert_eq!(added, ["custom:email", "custom:custom:x"]);
        let again = add_custom(&mut schema, vec![request("email")]);
        assert_eq!(
            again.unwrap_err().to_string(),
            "custom:email: Existing attribute already has name custom:email."
        );
    }

    #[test]
    fn a_developers_attribute_stands_beside_one_of_the_same_name() {
        let mut schema = standard_schema();
        let developers = AttributeRequest {
            is_developer_only: Some(true),
            ..request("tier")
        };
        add_custom(&mut schema, vec![request("tier"), developers]).unwrap();
        let added = schema.last().unwrap();
        assert_eq!(added.name, "dev:custom:tier");
        assert!(added.is_developer_only);
    }

    #[test]
    fn fifty_custom_attributes_are_taken_and_one_more_is_not() {
        let mut schema = standard_schema();
        let fifty = (0..50).map(|number| request(&format!("a{number}")));
        add_custom(&mut schema, fifty.collect()).unwrap();
        let refused = add_custom(&mut schema, vec![request("more")]).unwrap_err();
        assert!(refused.to_string().contains("at most 50"), "{refused}");
    }

    #[test]
    fn an_attribute_without_name_or_type_is_refused() {
        assert!(text_of(request("")).contains("name"));
        let untyped = AttributeRequest {
            data_type: None,
            ..request("tier")
        };
        assert!(text_of(untyped).starts_with("Invalid AttributeDataType input"));
    }
}

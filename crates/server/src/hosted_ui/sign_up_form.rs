//! The fields for attributes that a page asks for.

use poolhouse_model::{AttributeDataType, AttributeSchema, Attributes, UserPool};
use poolhouse_service::SignUpField;
use poolhouse_templates::{AttributeField, Language, Limits};

use super::hosted_request::HostedRequest;

/// Around the name of an attribute in that of its field.
/// Source: scripts that drive the classic page; logs of the service.
const PREFIX: &str = "requiredAttributes[";

/// Reads the attributes that were posted: all that are named as such, asked for or not, and those
/// asked for that scripts name without what is around. Empty ones are left out.
pub(super) fn posted_attributes(hosted: &HostedRequest<'_>) -> Attributes {
    posted(hosted, &SignUpField::of_pool(&hosted.authorization.pool))
}

/// Reads the attributes that were posted to a page which asks for these.
pub(super) fn posted(hosted: &HostedRequest<'_>, asked_for: &[SignUpField<'_>]) -> Attributes {
    let named = hosted.field_names().filter_map(|field| {
        let name = field.strip_prefix(PREFIX)?.strip_suffix(']')?;
        Some((name, field))
    });
    let plain = asked_for.iter().map(|field| {
        let name = field.attribute.name.as_str();
        (name, name)
    });
    let mut attributes = Attributes::new();
    for (name, field) in plain.chain(named) {
        let is_asked_for = asked_for.iter().any(|field| field.attribute.name == name);
        // A browser ends the lines of a text in its own way.
        let value = hosted.field(field).replace("\r\n", "\n");
        if !(is_asked_for && value.is_empty()) {
            attributes.insert(name.to_owned(), value);
        }
    }
    attributes
}

/// The fields that the page shows, with what was typed.
pub(super) fn fields(
    pool: &UserPool,
    attributes: &Attributes,
    language: Language,
) -> Vec<AttributeField> {
    shown(&SignUpField::of_pool(pool), attributes, language)
}

/// The fields of a page that asks for these, with what was typed.
pub(super) fn shown(
    asked_for: &[SignUpField<'_>],
    attributes: &Attributes,
    language: Language,
) -> Vec<AttributeField> {
    let field = |field: &SignUpField<'_>| {
        let name = field.attribute.name.clone();
        AttributeField {
            label: language.attribute_label(&name),
            value: attributes.get(&name).cloned().unwrap_or_default(),
            limits: limits(field.attribute),
            is_optional: field.is_optional,
            name,
        }
    };
    asked_for.iter().map(field).collect()
}

fn limits(attribute: &AttributeSchema) -> Limits {
    match attribute.data_type {
        AttributeDataType::Number => {
            let (least, most) = attribute.number_range();
            Limits::Number { least, most }
        }
        _ => Limits::Text {
            most: attribute.longest_text(),
        },
    }
}

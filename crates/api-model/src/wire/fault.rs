//! Why a body could not be read.

use crate::schema::Kind;

use super::json::Token;

/// A body that could not be read; the message is what the service is known to say.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault(Option<String>);

impl Fault {
    /// The body is not well-formed.
    /// Inferred: such a `SerializationException` carries no message; none was observed.
    pub(crate) const MALFORMED: Self = Self(None);

    /// The body as a whole is neither an object nor null.
    /// Source: amplify-js#4738.
    pub(crate) fn body_is_no_map() -> Self {
        Self(Some("Expected map or null".to_owned()))
    }

    /// A value of another JSON type than the model asks for.
    /// Source: amplify-js#5165 for objects.
    /// Inferred: the other texts are those measured on services with the same front end.
    pub(crate) fn mismatch(token: Token, kind: &Kind) -> Self {
        let text = match (token, kind) {
            (Token::Object, _) => "Start of structure or map found where not expected.".to_owned(),
            (Token::Array, _) => "Start of list found where not expected".to_owned(),
            (_, Kind::List { .. }) => "Expected list or null".to_owned(),
            (_, Kind::Map { .. }) => "Expected map or null".to_owned(),
            (_, Kind::Structure { .. }) => "Expected null".to_owned(),
            (scalar, kind) => format!("{} can not be converted to {}", name(scalar), noun(kind)),
        };
        Self(Some(text))
    }

    pub(crate) fn into_message(self) -> Option<String> {
        self.0
    }
}

fn name(token: Token) -> &'static str {
    match token {
        Token::String => "STRING_VALUE",
        Token::Number => "NUMBER_VALUE",
        Token::True => "TRUE_VALUE",
        Token::False => "FALSE_VALUE",
        Token::Null => "NULL_VALUE",
        Token::Array => "START_ARRAY",
        Token::Object => "START_OBJECT",
    }
}

fn noun(kind: &Kind) -> &'static str {
    match kind {
        Kind::Integer { .. } => "an Integer",
        Kind::Long { .. } => "a Long",
        Kind::Boolean => "a Boolean",
        Kind::Blob { .. } => "a Blob",
        Kind::Timestamp => "milliseconds since epoch",
        _ => "a String",
    }
}

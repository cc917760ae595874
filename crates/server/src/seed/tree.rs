//! A document in YAML or JSON, with the line of each part.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use super::error::SeedError;

/// Bounds on a document. Anchors and aliases are allowed, and what they repeat is counted: a few
/// lines cannot become more than this.
const MOST_NODES: usize = 100_000;
const MOST_REPEATED_NODES: usize = 10_000;
const DEEPEST_NESTING: usize = 32;

/// A part of the document.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Where it begins, counted from 1.
    pub(super) line: u64,
    /// What it is.
    pub(super) value: NodeValue,
}

/// What a part of the document is.
#[derive(Clone, Debug)]
pub(super) enum NodeValue {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, as it was written as far as can be told.
    Number(serde_json::Number),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Names and what they stand for, in the order of the document.
    Map(Vec<(Key, Node)>),
}

/// A name in a map.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// Where it stands.
    pub(super) line: u64,
    /// The name.
    pub(super) name: String,
}

/// Reads a document. JSON is YAML, too.
/// # Errors
/// Says where it is not well formed, has a name twice, or is larger than the bounds.
pub(super) fn parse(text: &str) -> Result<Node, SeedError> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: MOST_NODES,
            max_events: 4 * MOST_NODES,
            max_depth: DEEPEST_NESTING,
            flow_nesting_limit: DEEPEST_NESTING,
            max_documents: 1,
            max_total_scalar_bytes: 16 * 1024 * 1024,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: MOST_REPEATED_NODES,
        },
        strict_booleans: true,
    };
    let parsed: Result<Node, _> = serde_saphyr::from_str_with_options(text, options);
    parsed.map_err(|error| {
        let line = error.location().map_or(0, |location| location.line());
        // The first line says what is wrong; a picture of the place follows, which may show a
        // password.
        let text = error.without_snippet().to_string();
        let text = text.lines().next().unwrap_or_default();
        SeedError::at(line, format!("the document cannot be read: {text}"))
    })
}

impl Node {
    /// The part as JSON.
    pub(super) fn to_json(&self) -> serde_json::Value {
        use serde_json::Value;
        match &self.value {
            NodeValue::Null => Value::Null,
            NodeValue::Boolean(truth) => Value::Bool(*truth),
            NodeValue::Number(number) => Value::Number(number.clone()),
            NodeValue::Text(text) => Value::String(text.clone()),
            NodeValue::List(parts) => parts.iter().map(Self::to_json).collect(),
            NodeValue::Map(entries) => entries
                .iter()
                .map(|(key, part)| (key.name.clone(), part.to_json()))
                .collect(),
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<NodeValue>::deserialize(deserializer)?;
        Ok(Self {
            line: spanned.referenced.line(),
            value: spanned.value,
        })
    }
}

impl<'de> Deserialize<'de> for NodeValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = NodeValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a number, true, false, a list or a map")
    }

    fn visit_unit<E>(self) -> Result<NodeValue, E> {
        Ok(NodeValue::Null)
    }

    fn visit_none<E>(self) -> Result<NodeValue, E> {
        Ok(NodeValue::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<NodeValue, D::Error> {
        NodeValue::deserialize(deserializer)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<NodeValue, E> {
        Ok(NodeValue::Boolean(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<NodeValue, E> {
        Ok(NodeValue::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<NodeValue, E> {
        Ok(NodeValue::Number(number.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<NodeValue, E> {
        let number = serde_json::Number::from_f64(number);
        let number = number.ok_or_else(|| E::custom("a number is not finite"))?;
        Ok(NodeValue::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<NodeValue, E> {
        Ok(NodeValue::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<NodeValue, A::Error> {
        let mut list = Vec::new();
        while let Some(part) = parts.next_element()? {
            list.push(part);
        }
        Ok(NodeValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<NodeValue, A::Error> {
        let mut map = Vec::new();
        while let Some((key, part)) = entries.next_entry::<Spanned<String>, Node>()? {
            let key = Key {
                line: key.referenced.line(),
                name: key.value,
            };
            map.push((key, part));
        }
        Ok(NodeValue::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_knows_its_line() {
        let document = parse("a: 1\nb:\n  - x\n  - {c: true}\n").unwrap();
        let NodeValue::Map(entries) = &document.value else {
            panic!("{document:?}");
        };
        assert_eq!((entries[0].0.line, entries[1].0.line), (1, 2));
        let NodeValue::List(parts) = &entries[1].1.value else {
            panic!("{document:?}");
        };
        assert_eq!((parts[0].line, parts[1].line), (3, 4));
        let json = serde_json::json!({"a": 1, "b": ["x", {"c": true}]});
        assert_eq!(document.to_json(), json);
        assert_eq!(parse(&json.to_string()).unwrap().to_json(), json);
    }

    #[test]
    fn only_true_and_false_are_booleans() {
        let json = parse("[yes, no, on, true, '1', 1, ~]").unwrap().to_json();
        assert_eq!(
            json,
            serde_json::json!(["yes", "no", "on", true, "1", 1, null])
        );
    }

    #[test]
    fn a_document_that_is_not_well_formed_is_refused_with_its_line() {
        for (text, line) in [
            ("a: 1\nb: [1\n", 2),
            ("a: 1\na: 2\n", 2),
            ("a: 1\n\tb: 2\n", 1),
            ("a: *nobody\n", 1),
        ] {
            let error = parse(text).unwrap_err();
            assert!(
                error.line().is_some_and(|found| found >= line),
                "{text}: {error}"
            );
        }
        assert!(parse("a: 1\n---\na: 2\n").is_err());
    }

    #[test]
    fn s57_a_few_lines_cannot_become_a_large_document() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let last = level - 1;
            let parts = vec![format!("*a{last}"); 9].join(", ");
            bomb = format!("{bomb}a{level}: &a{level} [{parts}]\n");
        }
        assert!(parse(&bomb).is_err());
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&"- ".repeat(100_000)).is_err());
        assert!(parse(&"{a: ".repeat(50_000)).is_err());
    }

    #[test]
    fn s67_what_is_wrong_is_told_without_the_text_around_it() {
        let error = parse("password: hunter2-secret\n  bad: [\n").unwrap_err();
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

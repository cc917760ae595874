//! What differs between what is there and what a seed says.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeedDifference {
    /// A value that may be told.
    Value {
        /// Where it stands, the parts parted by points.
        place: String,
        /// The value that is there.
        old: String,
        /// The value that the seed says.
        new: String,
    },
    /// A secret: only that it differs is told.
    Secret {
        /// Where it stands.
        place: &'static str,
    },
}

impl fmt::Display for SeedDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { place, old, new } => write!(f, "{place}: {old} -> {new}"),
            Self::Secret { place } => write!(f, "{place}: changed"),
        }
    }
}

/// What a seed makes of something.
pub(super) enum Plan {
    /// It is as it should be.
    Nothing,
    /// It is not there.
    Create,
    /// It is there, and something differs.
    Update(Vec<SeedDifference>),
}

impl Plan {
    /// Nothing is to be done where nothing differs.
    pub(super) fn of(differences: Vec<SeedDifference>) -> Self {
        if differences.is_empty() {
            Self::Nothing
        } else {
            Self::Update(differences)
        }
    }
}

/// Compares two values of a type, member by member.
pub(super) fn differences<T: Serialize>(place: &str, old: &T, new: &T) -> Vec<SeedDifference> {
    let mut found = Vec::new();
    compare(place, &json(old), &json(new), &mut found);
    found
}

fn json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn compare(place: &str, old: &Value, new: &Value, found: &mut Vec<SeedDifference>) {
    if old == new {
        return;
    }
    let (Value::Object(old), Value::Object(new)) = (old, new) else {
        found.push(SeedDifference::Value {
            place: place.to_owned(),
            old: shown(old),
            new: shown(new),
        });
        return;
    };
    let more = new.keys().filter(|name| !old.contains_key(*name));
    for name in old.keys().chain(more) {
        let part = |members: &serde_json::Map<String, Value>| {
            members.get(name).cloned().unwrap_or_default()
        };
        compare(&format!("{place}.{name}"), &part(old), &part(new), found);
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_member_that_differs_is_told_alone() {
        let old = json!({"a": {"b": 8, "c": [1]}, "d": null, "e": "x"});
        let new = json!({"a": {"b": 12, "c": [1, 2]}, "d": "y", "f": true, "e": "x"});
        let told: Vec<String> = differences("settings", &old, &new)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            told,
            [
                "settings.a.b: 8 -> 12",
                "settings.a.c: [1] -> [1,2]",
                "settings.d: nothing -> \"y\"",
                "settings.f: nothing -> true",
            ]
        );
        assert!(differences("settings", &old, &old).is_empty());
    }
}

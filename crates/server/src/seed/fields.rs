//! A map of the document, each of whose names is known.

use poolhouse_model::SecretString;

use super::error::SeedError;
use super::tree::{Node, NodeValue};

/// A map of the document.
pub(super) struct Fields<'a> {
    what: &'static str,
    line: u64,
    entries: &'a [(super::tree::Key, Node)],
}

impl<'a> Fields<'a> {
    /// Reads a map that is `what`, for example `a user`, and has no other names than these.
    pub(super) fn of(
        node: &'a Node,
        what: &'static str,
        known: &[&str],
    ) -> Result<Self, SeedError> {
        let NodeValue::Map(entries) = &node.value else {
            let text = format!("{what} is a map that has {}", known.join(", "));
            return Err(SeedError::at(node.line, text));
        };
        for (key, _) in entries {
            if !known.contains(&key.name.as_str()) {
                let known = known.join(", ");
                let text = format!("{what} has no {:?}; it has {known}", key.name);
                return Err(SeedError::at(key.line, text));
            }
        }
        Ok(Self {
            what,
            line: node.line,
            entries,
        })
    }

    /// Where the map begins.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// What a name stands for; a name without value stands for nothing.
    pub(super) fn find(&self, name: &str) -> Option<&'a Node> {
        let entry = self.entries.iter().find(|(key, _)| key.name == name);
        let node = entry.map(|(_, node)| node)?;
        (!matches!(node.value, NodeValue::Null)).then_some(node)
    }

    /// The text of a name.
    pub(super) fn text(&self, name: &str) -> Result<Option<&'a str>, SeedError> {
        let Some(node) = self.find(name) else {
            return Ok(None);
        };
        text_of(node, name).map(Some)
    }

    /// The text of a name that must be there.
    pub(super) fn required(&self, name: &str) -> Result<&'a str, SeedError> {
        let text = self.text(name)?;
        text.ok_or_else(|| SeedError::at(self.line, format!("{} needs {name}", self.what)))
    }

    /// The text of a name, which is a secret.
    pub(super) fn secret(&self, name: &str) -> Result<Option<SecretString>, SeedError> {
        Ok(self.text(name)?.map(SecretString::from))
    }

    /// Whether a name stands for true.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, SeedError> {
        match self.find(name) {
            None => Ok(None),
            Some(node) => match node.value {
                NodeValue::Boolean(truth) => Ok(Some(truth)),
                _ => Err(SeedError::at(node.line, format!("{name} is true or false"))),
            },
        }
    }

    /// The whole number of a name.
    pub(super) fn number(&self, name: &str) -> Result<Option<i32>, SeedError> {
        let Some(node) = self.find(name) else {
            return Ok(None);
        };
        let number = match &node.value {
            NodeValue::Number(number) => number.as_i64(),
            _ => None,
        };
        match number.map(i32::try_from) {
            Some(Ok(number)) => Ok(Some(number)),
            _ => Err(SeedError::at(
                node.line,
                format!("{name} is a whole number"),
            )),
        }
    }

    /// The parts of a list; none where the name is not there.
    pub(super) fn list(&self, name: &str) -> Result<&'a [Node], SeedError> {
        match self.find(name) {
            None => Ok(&[]),
            Some(node) => match &node.value {
                NodeValue::List(parts) => Ok(parts),
                _ => Err(SeedError::at(node.line, format!("{name} is a list"))),
            },
        }
    }
}

/// The text that a part is. A number is none: YAML would have read `+12065550100` and `007` as
/// other numbers than what was meant.
pub(super) fn text_of<'a>(node: &'a Node, name: &str) -> Result<&'a str, SeedError> {
    match &node.value {
        NodeValue::Text(text) => Ok(text),
        NodeValue::Number(_) | NodeValue::Boolean(_) => Err(SeedError::at(
            node.line,
            format!("{name} is a text: write it in quotes"),
        )),
        _ => Err(SeedError::at(node.line, format!("{name} is a text"))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;

    fn error(text: &str) -> String {
        let node = parse(text).unwrap();
        let read = || -> Result<(), SeedError> {
            let fields = Fields::of(&node, "a user", &["username", "enabled", "groups"])?;
            fields.required("username")?;
            fields.flag("enabled")?;
            fields.list("groups")?;
            Ok(())
        };
        read().unwrap_err().to_string()
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, part) in [
            (
                "\nusernmae: a\n",
                "line 2: a user has no \"usernmae\"; it has username",
            ),
            ("- a\n", "line 1: a user is a map"),
            ("enabled: true\n", "line 1: a user needs username"),
            (
                "username: 12\n",
                "line 1: username is a text: write it in quotes",
            ),
            ("username:\n", "needs username"),
            (
                "username: a\nenabled: 'yes'\n",
                "line 2: enabled is true or false",
            ),
            ("username: a\ngroups: b\n", "line 2: groups is a list"),
        ] {
            let error = error(text);
            assert!(error.contains(part), "{error}");
        }
    }
}

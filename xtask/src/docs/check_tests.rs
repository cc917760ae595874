//! Tests that hold a security or reliability check: their names begin with its number.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::workspace;

/// Folders that hold tests.
const FOLDERS: [&str; 2] = ["crates", "tests"];

/// What stands before the name of a test, by the ending of its file.
const BEFORE_NAME: [(&str, &str); 3] = [(".rs", "fn "), (".py", "def "), (".mjs", "test('")];

/// The number of a check: of security (`19`) or of reliability (`R1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CheckId {
    is_reliability: bool,
    number: u32,
}

impl CheckId {
    /// Reads a number as the page writes it.
    pub(super) fn parse_number(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('R');
        Some(Self {
            is_reliability: digits.is_some(),
            number: digits.unwrap_or(text).parse().ok()?,
        })
    }

    /// Reads the number that the name of a test begins with: `s19_...`, `test_r1_...`, `s3 ...`.
    fn of_test(name: &str) -> Option<Self> {
        let name = name.strip_prefix("test_").unwrap_or(name);
        let (id, _) = name.split_once(['_', ' '])?;
        let (kind, digits) = id.split_at_checked(1)?;
        if !matches!(kind, "s" | "r") {
            return None;
        }
        Some(Self {
            is_reliability: kind == "r",
            number: digits.parse().ok()?,
        })
    }
}

impl fmt::Display for CheckId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.is_reliability { "R" } else { "" };
        write!(f, "{kind}{}", self.number)
    }
}

/// Finds all tests of checks, by check and file.
///
/// # Errors
/// When a file cannot be read.
pub(super) fn find() -> Result<BTreeMap<CheckId, BTreeMap<String, Vec<String>>>> {
    let mut found = BTreeMap::<CheckId, BTreeMap<String, Vec<String>>>::new();
    let endings = BEFORE_NAME.map(|(ending, _)| ending);
    for folder in FOLDERS {
        for file in workspace::files(&workspace::root().join(folder), &endings)? {
            let shown = file.strip_prefix(workspace::root())?.display().to_string();
            for (check, name) in tests_in(&file)? {
                let tests = found.entry(check).or_default();
                tests.entry(shown.clone()).or_default().push(name);
            }
        }
    }
    Ok(found)
}

fn tests_in(file: &Path) -> Result<Vec<(CheckId, String)>> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let name = file.to_string_lossy();
    let before = BEFORE_NAME.iter().find(|(end, _)| name.ends_with(end));
    Ok(before.map_or_else(Vec::new, |(_, before)| names_in(&text, before)))
}

/// Collects the names that stand behind `before`, up to what cannot be part of one.
fn names_in(text: &str, before: &str) -> Vec<(CheckId, String)> {
    let is_sentence = before.ends_with('\'');
    let is_part = |c: char| match c {
        '\'' => false,
        c => is_sentence || c.is_ascii_alphanumeric() || c == '_',
    };
    let ends = |c: char| !is_part(c);
    text.lines()
        .filter_map(|line| line.split_once(before)?.1.split(ends).next())
        .filter_map(|name| Some((CheckId::of_test(name)?, name.to_owned())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_found_in_each_language() {
        let names = |text, before| -> Vec<String> {
            let found = names_in(text, before).into_iter();
            found
                .map(|(check, name)| format!("{check} {name}"))
                .collect()
        };
        let rust = "async fn s07_a_key() {}\n    fn r1_no_loss() {}\nfn sign() {}\nfn s_x() {}";
        assert_eq!(names(rust, "fn "), ["7 s07_a_key", "R1 r1_no_loss"]);
        let python = "def test_s25_a_hash(pool):\ndef test_plain():";
        assert_eq!(names(python, "def "), ["25 test_s25_a_hash"]);
        let node = "test('s3 one kind, of two', async (t) => {\ntest('plain', () => {});";
        assert_eq!(names(node, "test('"), ["3 s3 one kind, of two"]);
    }
}

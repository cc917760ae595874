//! docs/security-checks.md names each test of a security or reliability check, and no other.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::check_tests::{self, CheckId};
use crate::workspace;

/// Begins the part of the page about one check; its number follows.
const HEADING: &str = "### ";

/// Begins a line that names tests.
const TESTS: &str = "- `";

/// What a check with tests, and one without, may begin with.
const WITH_TESTS: [&str; 2] = ["**Tested.**", "**In part.**"];
const WITHOUT_TESTS: [&str; 2] = ["**Open.**", "**Not applicable.**"];

/// The tests of a check, by the file they are in.
type Tests = BTreeMap<String, Vec<String>>;

/// Compares the page with the tests.
pub(super) fn faults() -> Result<Vec<String>> {
    let page = read()?;
    let tests = check_tests::find()?;
    let mut faults = state_faults(&page, &tests);
    if fill(&page, &tests) != page {
        faults.push(
            "docs/security-checks.md does not name the tests that there are: run \
             `cargo xtask docs --write`"
                .to_owned(),
        );
    }
    Ok(faults)
}

/// Writes the names of the tests into the page.
///
/// # Errors
/// When the page cannot be read or written.
pub(super) fn write() -> Result<()> {
    let page = read()?;
    let filled = fill(&page, &check_tests::find()?);
    fs::write(path(), filled).context("cannot write docs/security-checks.md")
}

fn path() -> PathBuf {
    workspace::root().join("docs/security-checks.md")
}

fn read() -> Result<String> {
    fs::read_to_string(path()).context("cannot read docs/security-checks.md")
}

/// Puts the tests of each check at the end of its part, in place of those named there.
fn fill(page: &str, tests: &BTreeMap<CheckId, Tests>) -> String {
    let mut filled = Vec::new();
    let mut pending = Vec::new();
    for line in page.lines() {
        if line.starts_with(TESTS) {
            continue;
        }
        if line.starts_with('#') {
            end_part(&mut filled, &mut pending);
            pending = check_of(line).map_or_else(Vec::new, |check| lines_of(tests.get(&check)));
        }
        filled.push(line.to_owned());
    }
    end_part(&mut filled, &mut pending);
    filled.join("\n").trim_end().to_owned() + "\n"
}

/// Adds the lines that name tests, between blank lines.
fn end_part(filled: &mut Vec<String>, pending: &mut Vec<String>) {
    while filled.last().is_some_and(String::is_empty) {
        filled.pop();
    }
    if !pending.is_empty() {
        filled.push(String::new());
        filled.append(pending);
    }
    if !filled.is_empty() {
        filled.push(String::new());
    }
}

fn lines_of(tests: Option<&Tests>) -> Vec<String> {
    let line = |(file, names): (&String, &Vec<String>)| {
        let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        format!("{TESTS}{file}`: {}", names.join(", "))
    };
    tests.into_iter().flatten().map(line).collect()
}

/// Reads the number of the check that a heading begins.
fn check_of(heading: &str) -> Option<CheckId> {
    let (number, _) = heading.strip_prefix(HEADING)?.split_once(". ")?;
    CheckId::parse_number(number)
}

/// Finds checks whose state contradicts whether there are tests, and tests of no check.
fn state_faults(page: &str, tests: &BTreeMap<CheckId, Tests>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut described = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(check) = check_of(line) else {
            continue;
        };
        let text = lines.find(|line| !line.is_empty()).unwrap_or_default();
        let allowed = if tests.contains_key(&check) {
            WITH_TESTS
        } else {
            WITHOUT_TESTS
        };
        if !allowed.iter().any(|state| text.starts_with(state)) {
            faults.push(format!(
                "docs/security-checks.md: {check} must be one of {allowed:?}"
            ));
        }
        described.push(check);
    }
    let unknown = tests.keys().filter(|check| !described.contains(check));
    faults.extend(unknown.map(|check| format!("docs/security-checks.md has no check {check}")));
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# Checks\n\n### 1. One\n\n**Tested.** Words.\n\n### R2. Two\n\n\
                        **Open.** Words.\n\n## End\n\nWords.\n";

    fn tests() -> BTreeMap<CheckId, Tests> {
        let check = CheckId::parse_number("1").unwrap();
        let names = vec!["s1_a".to_owned(), "s01_b".to_owned()];
        BTreeMap::from([(check, Tests::from([("crates/a.rs".to_owned(), names)]))])
    }

    #[test]
    fn tests_are_named_at_the_end_of_their_check() {
        let filled = fill(PAGE, &tests());
        let part = "**Tested.** Words.\n\n- `crates/a.rs`: `s1_a`, `s01_b`\n\n### R2. Two\n";
        assert!(filled.contains(part), "{filled}");
        assert_eq!(fill(&filled, &tests()), filled);
        assert_eq!(fill(&filled, &BTreeMap::new()), PAGE);
    }

    #[test]
    fn a_state_that_the_tests_contradict_is_a_fault() {
        assert!(state_faults(PAGE, &tests()).is_empty());
        assert_eq!(state_faults(PAGE, &BTreeMap::new()).len(), 1);
        let claimed = PAGE.replace("**Open.**", "**Tested.**");
        assert_eq!(state_faults(&claimed, &tests()).len(), 1);
    }

    #[test]
    fn a_test_of_no_check_is_a_fault() {
        let mut tests = tests();
        let unknown = CheckId::parse_number("R99").unwrap();
        tests.insert(unknown, Tests::new());
        let faults = state_faults(PAGE, &tests);
        assert!(faults[0].contains("R99"), "{faults:?}");
    }
}

//! Links from one document of the project to another lead somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::workspace;

/// Finds links of all Markdown documents that lead nowhere.
pub(super) fn faults() -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for document in workspace::files(workspace::root(), &[".md"])? {
        let text = read(&document)?;
        let shown = document.strip_prefix(workspace::root())?.display();
        for target in targets(&text) {
            if let Some(why) = fault(&document, &text, target)? {
                faults.push(format!("{shown}: link to {target}: {why}"));
            }
        }
    }
    Ok(faults)
}

/// Says what is wrong with a link, if anything.
fn fault(document: &Path, text: &str, target: &str) -> Result<Option<&'static str>> {
    if is_foreign(target) {
        return Ok(None);
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let Some(folder) = document.parent() else {
        return Ok(None);
    };
    let linked = folder.join(path);
    if !linked.exists() {
        return Ok(Some("there is no such file"));
    }
    if anchor.is_empty() {
        return Ok(None);
    }
    let text = if path.is_empty() {
        text.to_owned()
    } else {
        read(&linked)?
    };
    let found = anchors(&text).contains(anchor);
    Ok((!found).then_some("there is no such heading"))
}

fn read(document: &Path) -> Result<String> {
    fs::read_to_string(document).with_context(|| format!("cannot read {}", document.display()))
}

/// Says whether a link leaves the project; what is outside is not looked at.
fn is_foreign(target: &str) -> bool {
    ["http:", "https:", "mailto:"]
        .iter()
        .any(|scheme| target.starts_with(scheme))
}

/// Lists where the links of a document lead, those in code left out.
pub(super) fn targets(text: &str) -> Vec<&str> {
    prose(text)
        .flat_map(|line| {
            let even = line.split('`').step_by(2);
            even.flat_map(|part| part.split("](").skip(1))
        })
        .filter_map(|rest| rest.split([')', ' ']).next())
        .filter(|target| !target.is_empty())
        .collect()
}

/// Lists the names that headings can be linked by.
/// Source: GitHub Docs, "Basic writing and formatting syntax", section links.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for line in prose(text).filter(|line| line.starts_with('#')) {
        let anchor = slug(line.trim_start_matches('#').trim());
        let mut numbered = anchor.clone();
        let mut number = 0;
        while !anchors.insert(numbered) {
            number += 1;
            numbered = format!("{anchor}-{number}");
        }
    }
    anchors
}

fn slug(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// Goes through the lines outside fenced code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    text.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_and_code_is_not_read() {
        let text = "See [a](docs/a.md) and [b](b.md#part \"title\").\n\
                    `[c](c.md)` is code.\n```\n[d](d.md)\n```\n";
        assert_eq!(targets(text), ["docs/a.md", "b.md#part"]);
    }

    #[test]
    fn headings_are_linked_as_the_site_does() {
        let text = "# First flow: the `house`\n## Same\n## Same\n```\n# code\n```\n";
        let expected = ["first-flow-the-house", "same", "same-1"];
        assert_eq!(anchors(text), expected.map(str::to_owned).into());
    }

    #[test]
    fn a_link_that_leads_nowhere_is_a_fault() {
        let folder = tempfile::tempdir().unwrap();
        let document = folder.path().join("one.md");
        fs::write(folder.path().join("two.md"), "# Here\n").unwrap();
        let fault = |target| fault(&document, "# Own\n", target).unwrap();
        assert_eq!(fault("two.md"), None);
        assert_eq!(fault("two.md#here"), None);
        assert_eq!(fault("#own"), None);
        assert_eq!(fault("https://example.com/nowhere"), None);
        assert_eq!(fault("three.md"), Some("there is no such file"));
        assert_eq!(fault("two.md#there"), Some("there is no such heading"));
        assert_eq!(fault("#there"), Some("there is no such heading"));
    }
}

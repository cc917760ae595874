//! docs/SUMMARY.md, the order of the site's pages, lists every page of docs/ once.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context as _, Result};

use super::links;
use crate::workspace;

/// The list itself, which is no page.
const SUMMARY: &str = "SUMMARY.md";

/// Compares the list with the pages that there are.
pub(super) fn faults() -> Result<Vec<String>> {
    let folder = workspace::root().join("docs");
    let summary = folder.join(SUMMARY);
    let summary = fs::read_to_string(summary).context("cannot read docs/SUMMARY.md")?;
    let mut pages = BTreeSet::new();
    for page in workspace::files(&folder, &[".md"])? {
        pages.insert(page.strip_prefix(&folder)?.display().to_string());
    }
    pages.remove(SUMMARY);
    Ok(differences(&links::targets(&summary), &pages))
}

fn differences(listed: &[&str], pages: &BTreeSet<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let twice = listed.iter().filter(|page| !seen.insert(**page));
    let twice: Vec<_> = twice
        .map(|page| format!("docs/SUMMARY.md lists {page} twice"))
        .collect();
    let missing = pages.iter().filter(|page| !seen.contains(page.as_str()));
    let invented = seen.iter().filter(|page| !pages.contains(**page));
    missing
        .map(|page| format!("docs/SUMMARY.md does not list {page}"))
        .chain(invented.map(|page| format!("docs/SUMMARY.md lists {page}: there is none")))
        .chain(twice)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_is_listed_once_and_no_other() {
        let pages = ["README.md", "clients/boto3.md"].map(str::to_owned).into();
        assert!(differences(&["clients/boto3.md", "README.md"], &pages).is_empty());
        let found = differences(&["README.md", "README.md", "gone.md"], &pages);
        let expected = [
            "docs/SUMMARY.md does not list clients/boto3.md",
            "docs/SUMMARY.md lists gone.md: there is none",
            "docs/SUMMARY.md lists README.md twice",
        ];
        assert_eq!(found, expected);
    }
}

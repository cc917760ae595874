//! ARCHITECTURE.md names each crate, and no other.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context as _, Result};

use crate::workspace;

/// How the map writes the place of a crate.
const PREFIX: &str = "crates/";

/// Compares the crates that the map places with those that exist.
pub(super) fn faults() -> Result<Vec<String>> {
    let map = workspace::root().join("ARCHITECTURE.md");
    let map = fs::read_to_string(map).context("cannot read ARCHITECTURE.md")?;
    let crates = workspace::crate_names()?.into_iter().collect();
    Ok(differences(&named(&map), &crates))
}

/// Collects what follows `crates/` wherever it stands in the text.
fn named(map: &str) -> BTreeSet<String> {
    map.split(PREFIX)
        .skip(1)
        .map(|rest| {
            rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
                .next()
        })
        .filter_map(|name| name.filter(|name| !name.is_empty()))
        .map(str::to_owned)
        .collect()
}

fn differences(named: &BTreeSet<String>, crates: &BTreeSet<String>) -> Vec<String> {
    let missing = crates.difference(named);
    let invented = named.difference(crates);
    missing
        .map(|name| format!("ARCHITECTURE.md does not name {PREFIX}{name}"))
        .chain(invented.map(|name| format!("ARCHITECTURE.md names {PREFIX}{name}: there is none")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().copied().map(str::to_owned).collect()
    }

    #[test]
    fn a_name_ends_where_the_path_goes_on() {
        let map = "`crates/model` and [crypto](crates/storage-sql/src/db.rs), all of crates/*";
        assert_eq!(named(map), set(&["model", "storage-sql"]));
    }

    #[test]
    fn both_directions_are_compared() {
        assert!(differences(&set(&["model"]), &set(&["model"])).is_empty());
        let found = differences(&set(&["modle"]), &set(&["model"]));
        assert_eq!(found.len(), 2, "{found:?}");
    }
}

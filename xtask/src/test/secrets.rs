//! The secrets that clients used during a run, and the search for them in the server's log.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

/// How a password hash begins; none belongs into a log.
const PASSWORD_HASH: &str = "$argon2id$";

/// Places that an error names at most.
const MOST_PLACES: usize = 10;

/// A file to which clients append every secret that they send or receive, one a line.
pub(super) struct UsedSecrets(PathBuf);

impl UsedSecrets {
    /// Begins an empty file.
    pub(super) fn none_yet(file: PathBuf) -> Result<Self> {
        fs::write(&file, "").context("cannot begin the list of secrets")?;
        Ok(Self(file))
    }

    pub(super) fn file(&self) -> &Path {
        &self.0
    }

    /// Refuses a log that holds one of them, or that was compared with none.
    pub(super) fn refuse_in(&self, log: &Path) -> Result<()> {
        let secrets = fs::read_to_string(&self.0).context("cannot read the list of secrets")?;
        let log = fs::read_to_string(log).context("cannot read the server's log")?;
        ensure!(!secrets.is_empty(), "the clients used no secret at all");
        let places = places(&log, &secrets);
        ensure!(
            places.is_empty(),
            "the log holds secrets:\n{}",
            places.join("\n")
        );
        Ok(())
    }
}

/// Finds the lines of a log that hold one of the secrets as a whole word, or a password hash.
fn places(log: &str, secrets: &str) -> Vec<String> {
    let secrets: BTreeSet<_> = secrets.lines().filter(|line| !line.is_empty()).collect();
    let found = |line: &str| {
        let hash = line.contains(PASSWORD_HASH).then_some(PASSWORD_HASH);
        hash.or_else(|| {
            secrets
                .iter()
                .find(|secret| has_word(line, secret))
                .copied()
        })
        .map(str::to_owned)
    };
    log.lines()
        .zip(1..)
        .filter_map(|(line, number)| Some(format!("line {number}: {}", found(line)?)))
        .take(MOST_PLACES)
        .collect()
}

/// Says whether `word` stands in `line` and is no part of a longer one: six digits of a code
/// stand in many an id and instant.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let joins = |c: char| c.is_alphanumeric() || c == '-';
        !before.is_some_and(joins) && !after.is_some_and(joins)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_with_a_secret_is_found() {
        let log = "INFO code=123456\nINFO at 10:00:00.123456Z\nINFO id=ab-123456\n";
        assert_eq!(places(log, "123456\n"), ["line 1: 123456"]);
    }

    #[test]
    fn a_password_hash_is_found_whosever_it_is() {
        let log = "INFO\nDEBUG Text(\"$argon2id$v=19$m=19456\")\n";
        assert_eq!(places(log, "123456\n"), ["line 2: $argon2id$"]);
    }

    #[test]
    fn a_run_without_secrets_proves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        fs::write(&log, "INFO\n").unwrap();
        let used = UsedSecrets::none_yet(folder.path().join("secrets")).unwrap();
        assert!(used.refuse_in(&log).is_err());
        fs::write(used.file(), "Correct-horse-7\n").unwrap();
        used.refuse_in(&log).unwrap();
    }
}

//! The account a database server runs as: PostgreSQL refuses to be started by root.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

/// Accounts that may stand in for root, best first.
const STAND_INS: [&str; 2] = ["postgres", "nobody"];

/// A user and group id to start programs as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Account {
    uid: u32,
    gid: u32,
}

impl Account {
    /// Returns the account that stands in for the owner of `folder`; `None` where no other
    /// is needed, because that is not root.
    ///
    /// # Errors
    /// When the owner is root and the system has no account to stand in.
    pub(super) fn other_than_root(folder: &Path) -> Result<Option<Self>> {
        if fs::metadata(folder)?.uid() != 0 {
            return Ok(None);
        }
        let accounts = fs::read_to_string("/etc/passwd")?;
        let found = STAND_INS
            .iter()
            .find_map(|name| Self::find(&accounts, name));
        found
            .map(Some)
            .with_context(|| format!("there is none of the accounts {STAND_INS:?}"))
    }

    /// Finds an account by name in the text of the system's password file.
    fn find(accounts: &str, name: &str) -> Option<Self> {
        let fields = |line: &str| line.split(':').map(str::to_owned).collect::<Vec<_>>();
        let account = accounts
            .lines()
            .map(fields)
            .find(|fields| fields[0] == name)?;
        Some(Self {
            uid: account.get(2)?.parse().ok()?,
            gid: account.get(3)?.parse().ok()?,
        })
    }

    pub(super) fn owns(self, path: &Path) -> Result<()> {
        chown(path, Some(self.uid), Some(self.gid)).context("cannot give a folder away")
    }

    pub(super) fn runs(self, command: &mut Command) {
        command.uid(self.uid).gid(self.gid);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let accounts = "root:x:0:0::/root:/bin/sh\npostgres:x:101:104::/var:/bin/sh\n";
        let found = Account::find(accounts, "postgres");
        assert_eq!(found, Some(Account { uid: 101, gid: 104 }));
        assert_eq!(Account::find(accounts, "post"), None);
        assert_eq!(Account::find("", "postgres"), None);
    }
}

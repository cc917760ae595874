//! All that continuous integration does, in order.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::{process, test, workspace};

/// Runs every ring of tests and checks that none of them changed the tree.
///
/// # Errors
/// When a ring fails or cannot run, or when a file is different afterwards.
pub(crate) fn run() -> Result<()> {
    let before = tree()?;
    let outcome = test::run(&[]);
    let after = tree()?;
    outcome?;
    ensure!(
        before == after,
        "the run changed the tree:\n{}",
        changed(&before, &after)
    );
    println!("tree unchanged");
    Ok(())
}

/// Describes the state of every file that git knows or would add.
fn tree() -> Result<String> {
    let status = git(&["status", "--porcelain", "--untracked-files=all"])?;
    Ok(status + &git(&["diff", "HEAD"])?)
}

fn git(arguments: &[&str]) -> Result<String> {
    process::output(
        Command::new("git")
            .current_dir(workspace::root())
            .args(arguments),
    )
}

/// Returns the lines that only one of the two descriptions has.
fn changed(before: &str, after: &str) -> String {
    let gone = before
        .lines()
        .filter(|line| !after.lines().any(|other| other == *line));
    let new = after
        .lines()
        .filter(|line| !before.lines().any(|other| other == *line));
    gone.map(|line| format!("- {line}"))
        .chain(new.map(|line| format!("+ {line}")))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_is_named() {
        let shown = changed(" M one\n M both\n", " M both\n?? two\n");
        assert_eq!(shown, "-  M one\n+ ?? two");
    }
}

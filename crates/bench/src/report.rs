//! Collects rows, shows them as they come, and puts the table into the paper.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result};

use crate::deployment::CONNECTIONS;
use crate::lab::millis;
use crate::primitives::{Primitive, Primitives};
use crate::table::{self, Row};

/// What is between these lines of the paper is replaced.
const BEGIN: &str = "<!-- measured: begin -->\n";
const END: &str = "<!-- measured: end -->";

/// The rows so far.
pub(crate) struct Report {
    only: Vec<String>,
    costs: String,
    rows: Vec<Row>,
}

impl Report {
    /// An empty report that takes only rows whose names contain one of `only`, or all.
    pub(crate) fn new(only: &[String]) -> Self {
        Self {
            only: only.to_vec(),
            costs: String::new(),
            rows: Vec::new(),
        }
    }

    /// Measures the primitives once, for the reader.
    ///
    /// # Errors
    /// When they cannot be measured.
    pub(crate) fn costs(&mut self, primitives: &Primitives) -> Result<()> {
        let all = [
            Primitive::Sign,
            Primitive::Verify,
            Primitive::Hash,
            Primitive::CheapHash,
            Primitive::ModularPower,
        ];
        let costs = all.map(|primitive| -> Result<String> {
            let cost = millis(primitives.measure(primitive)?);
            Ok(format!("{} {cost:.3} ms", primitive.name()))
        });
        let costs: Vec<_> = costs.into_iter().collect::<Result<_>>()?;
        self.costs = costs.join("; ");
        println!("{}", self.costs);
        Ok(())
    }

    /// Whether a row is wanted.
    pub(crate) fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|part| name.contains(part))
    }

    /// Measures a row if it is wanted, and shows it.
    ///
    /// # Errors
    /// When it cannot be measured.
    pub(crate) fn add(&mut self, name: &str, measure: impl FnOnce() -> Result<Row>) -> Result<()> {
        if !self.wants(name) {
            return Ok(());
        }
        let row = measure().with_context(|| name.to_owned())?;
        let shown = table::write(std::slice::from_ref(&row));
        println!("{}", shown.lines().last().unwrap_or_default());
        self.rows.push(row);
        Ok(())
    }

    /// All rows as a table.
    pub(crate) fn table(&self) -> String {
        table::write(&self.rows)
    }

    /// Replaces what the paper says was measured.
    ///
    /// # Errors
    /// When the paper has no place for it.
    pub(crate) fn write_into(&self, document: &Path) -> Result<()> {
        let text = fs::read_to_string(document)?;
        let measured = format!(
            "Measured on {} on {}, {CONNECTIONS} connections.\nThe primitives alone: {}.\n\n{}",
            output("date", &["-u", "+%F"])?,
            machine()?,
            self.costs,
            self.table()
        );
        let text = replace(&text, &measured)
            .with_context(|| format!("{} has no place for the table", document.display()))?;
        Ok(fs::write(document, text)?)
    }

    /// A failure when a row is over its budget.
    pub(crate) fn exit_code(&self) -> ExitCode {
        if self.rows.iter().all(Row::is_within_budget) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

fn replace(text: &str, measured: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}{measured}{END}{after}"))
}

/// Processor, number of cores and kernel.
fn machine() -> Result<String> {
    let cpus = fs::read_to_string("/proc/cpuinfo")?;
    let model = cpus
        .lines()
        .find_map(|line| line.strip_prefix("model name"));
    let model = model
        .unwrap_or_default()
        .trim_start_matches(['\t', ':', ' ']);
    let cores = std::thread::available_parallelism()?;
    let kernel = output("uname", &["-sr"])?;
    Ok(format!("{cores} virtual cores of {model}, {kernel}"))
}

fn output(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program).args(arguments).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_marks_is_replaced() {
        let text = format!("a\n{BEGIN}old\n{END}\nb\n");
        let expected = format!("a\n{BEGIN}new\n{END}\nb\n");
        assert_eq!(replace(&text, "new\n").unwrap(), expected);
        assert!(replace("no marks", "new").is_none());
    }
}

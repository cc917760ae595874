//! Budgets, what was measured, and the table of both.

use std::fmt::Write as _;

/// In what a row is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// CPU time of the server as a multiple of that of the primitives alone.
    TimesPrimitives,
    /// CPU time of the server per request, in milliseconds.
    CpuMillis,
    /// Time on the clock, in milliseconds.
    WallMillis,
    /// Time on the clock as a multiple of that among few users.
    TimesFewUsers,
    /// Resident memory, in mebibytes.
    Mebibytes,
    /// Requests that one core serves in a second.
    PerSecond,
}

impl Unit {
    fn write(self, value: f64) -> String {
        match self {
            Self::TimesPrimitives | Self::TimesFewUsers => format!("{value:.2} x"),
            Self::CpuMillis => format!("{value:.3} ms"),
            Self::WallMillis => format!("{value:.0} ms"),
            Self::Mebibytes => format!("{value:.1} MiB"),
            Self::PerSecond => format!("{value:.0}/s"),
        }
    }
}

/// What a release promises, and what later ones aim at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    /// In what it is measured.
    pub(crate) unit: Unit,
    /// The worst value that is good enough.
    pub(crate) limit: f64,
    /// The value to reach later.
    pub(crate) aim: f64,
}

impl Budget {
    fn is_met(self, value: f64) -> bool {
        match self.unit {
            Unit::PerSecond => value >= self.limit,
            _ => value <= self.limit,
        }
    }
}

/// One row: what was measured against its budget.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// What it is.
    pub(crate) name: &'static str,
    /// What was promised.
    pub(crate) budget: Budget,
    /// What was measured, in the budget's unit.
    pub(crate) value: f64,
    /// From which numbers the value comes.
    pub(crate) detail: String,
}

impl Row {
    /// Whether the budget is kept.
    pub(crate) fn is_within_budget(&self) -> bool {
        self.budget.is_met(self.value)
    }

    fn cells(&self) -> [String; 6] {
        let unit = self.budget.unit;
        let verdict = if self.is_within_budget() {
            "within"
        } else {
            "**over**"
        };
        [
            self.name.to_owned(),
            unit.write(self.budget.limit),
            unit.write(self.value),
            verdict.to_owned(),
            unit.write(self.budget.aim),
            self.detail.clone(),
        ]
    }
}

/// Writes rows as a table in Markdown, its columns aligned.
pub(crate) fn write(rows: &[Row]) -> String {
    let head = ["what", "budget", "measured", "", "aim", "from"].map(str::to_owned);
    let cells: Vec<_> = std::iter::once(head)
        .chain(rows.iter().map(Row::cells))
        .collect();
    let widths: [usize; 6] = std::array::from_fn(|column| {
        let cells = cells.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or_default().max(3)
    });
    let mut table = String::new();
    for (index, row) in cells.iter().enumerate() {
        for (cell, width) in row.iter().zip(widths) {
            let _ = write!(table, "| {cell:width$} ");
        }
        table.push_str("|\n");
        if index == 0 {
            for width in widths {
                let _ = write!(table, "|{}", "-".repeat(width + 2));
            }
            table.push_str("|\n");
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(unit: Unit, limit: f64, value: f64) -> Row {
        let aim = limit;
        Row {
            name: "it",
            budget: Budget { unit, limit, aim },
            value,
            detail: String::new(),
        }
    }

    #[test]
    fn a_rate_must_be_high_and_everything_else_low() {
        assert!(row(Unit::PerSecond, 1000.0, 1500.0).is_within_budget());
        assert!(!row(Unit::PerSecond, 1000.0, 500.0).is_within_budget());
        assert!(row(Unit::CpuMillis, 0.08, 0.07).is_within_budget());
        assert!(!row(Unit::TimesPrimitives, 1.35, 1.36).is_within_budget());
    }

    #[test]
    fn a_row_over_its_budget_is_marked() {
        let table = write(&[
            row(Unit::WallMillis, 50.0, 20.0),
            row(Unit::Mebibytes, 25.0, 30.0),
        ]);
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(lines.len(), 4);
        assert!(lines[2].contains("20 ms") && lines[2].contains("within"));
        assert!(lines[3].contains("30.0 MiB") && lines[3].contains("**over**"));
    }
}

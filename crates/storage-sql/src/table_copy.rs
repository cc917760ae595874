//! Tables copied as a whole.

use crate::value::{Row, Value};

/// Memory of a value beside its text or bytes, and of a row beside its values.
const VALUE_BYTES: u64 = size_of::<Value>() as u64;
const ROW_BYTES: u64 = size_of::<Row>() as u64;

/// All rows of a table, with the columns in the table's order.
pub(crate) struct TableCopy {
    /// The table.
    pub(crate) name: &'static str,
    /// Its rows.
    pub(crate) rows: Vec<Row>,
}

/// How much more may be copied.
pub(crate) struct Budget {
    most_bytes: u64,
    left_bytes: u64,
}

impl Budget {
    /// So many bytes.
    pub(crate) fn new(most_bytes: u64) -> Self {
        Self {
            most_bytes,
            left_bytes: most_bytes,
        }
    }

    /// Takes a row's size away; `false` when there is not enough left.
    pub(crate) fn spend(&mut self, row: &Row) -> bool {
        let values = row.0.iter().map(|value| VALUE_BYTES + content_bytes(value));
        let left = self.left_bytes.checked_sub(ROW_BYTES + values.sum::<u64>());
        self.left_bytes = left.unwrap_or(0);
        left.is_some()
    }

    /// What was spent.
    pub(crate) fn spent_bytes(&self) -> u64 {
        self.most_bytes - self.left_bytes
    }
}

fn content_bytes(value: &Value) -> u64 {
    match value {
        Value::Text(text) => text.len() as u64,
        Value::Blob(bytes) => bytes.len() as u64,
        Value::Integer(_) | Value::Null => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_is_too_large_is_told_from_one_that_fits() {
        let row = |length| Row(vec![Value::Blob(vec![0; length]), Value::Null]);
        let mut budget = Budget::new(1000);
        assert!(budget.spend(&row(500)));
        let spent = budget.spent_bytes();
        assert!((500..700).contains(&spent), "{spent}");
        assert!(!budget.spend(&row(500)));
    }
}

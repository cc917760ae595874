//! Reading whole tables.

use rusqlite::Connection;

use super::connection::to_value;
use crate::table_copy::{Budget, TableCopy};
use crate::value::Row;

/// Reads all rows of the tables in one transaction, and says how many bytes they take; `None` when
/// that is more than the budget.
pub(super) fn copy_tables(
    connection: &Connection,
    tables: &[&'static str],
    mut budget: Budget,
) -> rusqlite::Result<Option<(Vec<TableCopy>, u64)>> {
    // Undone when it is dropped, which for a transaction that only reads is as good as a commit.
    let _transaction = connection.unchecked_transaction()?;
    let mut copies = Vec::with_capacity(tables.len());
    for name in tables {
        let Some(rows) = copy_table(connection, name, &mut budget)? else {
            return Ok(None);
        };
        copies.push(TableCopy { name, rows });
    }
    Ok(Some((copies, budget.spent_bytes())))
}

fn copy_table(
    connection: &Connection,
    name: &str,
    budget: &mut Budget,
) -> rusqlite::Result<Option<Vec<Row>>> {
    let mut statement = connection.prepare(&format!("SELECT * FROM {name}"))?;
    let width = statement.column_count();
    let mut found = statement.query([])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let values = (0..width).map(|index| Ok(to_value(row.get_ref(index)?)));
        let row = Row(values.collect::<rusqlite::Result<_>>()?);
        if !budget.spend(&row) {
            return Ok(None);
        }
        rows.push(row);
    }
    Ok(Some(rows))
}

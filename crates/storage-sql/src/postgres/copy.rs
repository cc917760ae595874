//! Reading whole tables.

use std::pin::pin;

use deadpool_postgres::Object;
use futures_util::TryStreamExt as _;
use tokio_postgres::types::ToSql;
use tokio_postgres::{IsolationLevel, Transaction};

use super::params::to_row;
use crate::table_copy::{Budget, TableCopy};
use crate::value::Row;

/// Reads all rows of the tables in one transaction that sees one instant, and says how many bytes
/// they take; `None` when that is more than the budget.
pub(super) async fn copy_tables(
    connection: &mut Object,
    tables: &[&'static str],
    mut budget: Budget,
) -> Result<Option<(Vec<TableCopy>, u64)>, tokio_postgres::Error> {
    let transaction = connection
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .read_only(true)
        .start()
        .await?;
    let mut copies = Vec::with_capacity(tables.len());
    for name in tables {
        let Some(rows) = copy_table(&transaction, name, &mut budget).await? else {
            return Ok(None);
        };
        copies.push(TableCopy { name, rows });
    }
    transaction.commit().await?;
    Ok(Some((copies, budget.spent_bytes())))
}

async fn copy_table(
    transaction: &Transaction<'_>,
    name: &str,
    budget: &mut Budget,
) -> Result<Option<Vec<Row>>, tokio_postgres::Error> {
    let no_params: [&(dyn ToSql + Sync); 0] = [];
    let sql = format!("SELECT * FROM {name}");
    let mut found = pin!(transaction.query_raw(&sql, no_params).await?);
    let mut rows = Vec::new();
    while let Some(row) = found.try_next().await? {
        let row = to_row(&row)?;
        if !budget.spend(&row) {
            return Ok(None);
        }
        rows.push(row);
    }
    Ok(Some(rows))
}

//! The store as a whole: emptied, copied and put back.

use async_trait::async_trait;
use poolhouse_model::UserPoolId;
use poolhouse_storage::{Conflict, StorageError, StoreSnapshot, WholeStore};

use crate::SqlStorage;
use crate::migrations::data_tables;
use crate::statement::{Statement, params};
use crate::table_copy::{Budget, TableCopy};
use crate::value::{Row, Value};

type Result<T> = std::result::Result<T, StorageError>;

/// What a pool has beside its users: all other tables go with these.
const NOT_OF_USERS: [&str; 9] = [
    "user_pools",
    "pool_keys",
    "app_clients",
    "client_directory",
    "domains",
    "domain_directory",
    "user_groups",
    "resource_servers",
    "ui_customizations",
];

const POOL_EXISTS: &str = "SELECT 1 FROM user_pools WHERE pool_id = ?1";

/// Rows that one statement inserts: the engines take 32,766 parameters and more.
const ROWS_PER_INSERT: usize = 50;

#[async_trait]
impl WholeStore for SqlStorage {
    async fn remove_all_users(&self, pool: &UserPoolId) -> Result<()> {
        let key = || params![pool.as_str()];
        let tables = data_tables();
        let mut statements: Vec<Statement> = self.db.lock(&tables).into_iter().collect();
        statements.push(Statement::one(POOL_EXISTS, key(), Conflict::Stale));
        let of_users = tables.iter().filter(|name| !NOT_OF_USERS.contains(name));
        statements.extend(of_users.map(|name| {
            let sql = format!("DELETE FROM {name} WHERE pool_id = ?1");
            Statement::any(sql, key())
        }));
        self.db.write(statements).await.map(drop)
    }

    async fn empty_store(&self) -> Result<()> {
        self.db.write(self.emptying()).await.map(drop)
    }

    async fn copy_store(&self, most_bytes: u64) -> Result<Option<StoreSnapshot>> {
        let budget = Budget::new(most_bytes);
        let copied = self.db.copy_tables(data_tables(), budget).await?;
        Ok(copied.map(|(tables, bytes)| StoreSnapshot::new(tables, bytes)))
    }

    async fn put_store_back(&self, snapshot: &StoreSnapshot) -> Result<()> {
        let tables: &Vec<TableCopy> = snapshot.content().ok_or_else(|| {
            StorageError::Unavailable("the snapshot is another engine's".to_owned())
        })?;
        let mut statements = self.emptying();
        for table in tables {
            let rows = table.rows.chunks(ROWS_PER_INSERT);
            statements.extend(rows.map(|rows| insert(table.name, rows)));
        }
        self.db.write(statements).await.map(drop)
    }
}

impl SqlStorage {
    /// Statements that remove everything.
    fn emptying(&self) -> Vec<Statement> {
        let tables = data_tables();
        let lock = self.db.lock(&tables).into_iter();
        let delete = |name: &&str| Statement::any(format!("DELETE FROM {name}"), Vec::new());
        lock.chain(tables.iter().map(delete)).collect()
    }
}

/// Adds rows as they were read: with every column, in the table's order.
fn insert(table: &str, rows: &[Row]) -> Statement {
    let mut number = 0;
    let mut place = |_: &Value| {
        number += 1;
        format!("?{number}")
    };
    let places = rows.iter().map(|row| {
        let places: Vec<String> = row.0.iter().map(&mut place).collect();
        format!("({})", places.join(", "))
    });
    let places: Vec<String> = places.collect();
    let sql = format!("INSERT INTO {table} VALUES {}", places.join(", "));
    let params: Vec<Value> = rows.iter().flat_map(|row| row.0.iter().cloned()).collect();
    Statement::any(sql, params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_inserted_many_at_a_time() {
        let rows = [
            Row(vec![Value::Integer(1), Value::Null]),
            Row(vec![Value::Integer(2), Value::Text("a".to_owned())]),
        ];
        let statement = insert("t", &rows);
        assert_eq!(statement.sql, "INSERT INTO t VALUES (?1, ?2), (?3, ?4)");
        assert_eq!(statement.params.len(), 4);
    }
}

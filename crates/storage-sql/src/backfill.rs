//! The part of a migration that SQL cannot do: it folds values as the program does.

use poolhouse_model::{Attributes, Sub, UserPoolId};
use poolhouse_storage::StorageError;

use crate::entities::searchable_attributes;
use crate::statement::{Statement, params, statements};
use crate::value::{Row, Value};

/// Users whose rows are made at a time.
const USERS_PER_STEP: u32 = 500;

statements! {
    READ = "SELECT pool_id, sub, attributes FROM users \
            WHERE (pool_id, sub) > (?1, ?2) ORDER BY pool_id, sub LIMIT ?3";
}

/// Adds the searchable attributes of users who were there before the index, all pools in turn.
///
/// It runs within the transaction of its migration: a crash leaves neither, and the next start
/// begins again.
#[derive(Default)]
pub(crate) struct Backfill {
    pool_id: String,
    sub: String,
}

impl Backfill {
    /// The statement that reads the next users.
    pub(crate) fn next(&self) -> (&'static str, [Value; 3]) {
        let after = params![self.pool_id.as_str(), self.sub.as_str(), USERS_PER_STEP];
        (READ, after)
    }

    /// Makes the statements for the users that were read, and goes on behind them.
    ///
    /// # Errors
    /// [`StorageError::Unreadable`].
    pub(crate) fn index(&mut self, users: Vec<Row>) -> Result<Vec<Statement>, StorageError> {
        let mut statements = Vec::new();
        for row in users {
            let mut columns = row.read("user");
            (self.pool_id, self.sub) = (columns.text()?, columns.text()?);
            let attributes: Attributes = columns.json()?;
            let (pool_id, sub) = (UserPoolId::new(&*self.pool_id), Sub::new(&*self.sub));
            statements.extend(searchable_attributes::put(&pool_id, &sub, &attributes));
        }
        Ok(statements)
    }
}

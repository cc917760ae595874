//! Guarded statements: the parts of a write.

use std::borrow::Cow;

use poolhouse_storage::Conflict;

use crate::value::Value;

/// How many rows a statement must give back or change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expect {
    /// As many as there are.
    Any,
    /// Exactly so many; anything else is the statement's conflict.
    Exactly(usize),
}

/// One statement of a write.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    /// SQL text in the subset that both engines speak (see `dialect.rs`).
    pub(crate) sql: Cow<'static, str>,
    /// Values of `?1`, `?2` and so on.
    pub(crate) params: Vec<Value>,
    /// The guard.
    pub(crate) expect: Expect,
    /// What a broken guard or a violated unique key means; `None` where neither can be.
    pub(crate) conflict: Option<Conflict>,
}

impl Statement {
    /// A statement that must change (or find) one row, or else it is `conflict`; so is a row that
    /// is already there.
    pub(crate) fn one(
        sql: impl Into<Cow<'static, str>>,
        params: impl Into<Vec<Value>>,
        conflict: Conflict,
    ) -> Self {
        Self {
            sql: sql.into(),
            params: params.into(),
            expect: Expect::Exactly(1),
            conflict: Some(conflict),
        }
    }

    /// A statement without a guard.
    pub(crate) fn any(sql: impl Into<Cow<'static, str>>, params: impl Into<Vec<Value>>) -> Self {
        Self {
            sql: sql.into(),
            params: params.into(),
            expect: Expect::Any,
            conflict: None,
        }
    }

    /// Whether so many rows satisfy the guard.
    pub(crate) fn is_satisfied_by(&self, count: usize) -> bool {
        match self.expect {
            Expect::Any => true,
            Expect::Exactly(expected) => count == expected,
        }
    }
}

/// Makes the parameters of a statement.
macro_rules! params {
    ($($value:expr),* $(,)?) => { [$($crate::value::Value::from($value)),*] };
}

/// Names the SQL texts of an entity and lists them for the test that prepares them all.
macro_rules! statements {
    ($($name:ident = $sql:expr;)*) => {
        $(const $name: &str = $sql;)*

        #[cfg(test)]
        pub(super) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

pub(crate) use {params, statements};

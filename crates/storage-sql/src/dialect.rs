//! Where the two engines differ.
//!
//! Statements are written for SQLite: parameters are `?1`, `?2`; a lock that only PostgreSQL needs
//! (SQLite has one writer) stands in a comment, such as `/* FOR SHARE */`.

/// The statement as PostgreSQL takes it.
pub(crate) fn postgres(sql: &str) -> String {
    sql.replace('?', "$")
        .replace("/* FOR SHARE */", "FOR SHARE")
        .replace("/* FOR KEY SHARE */", "FOR KEY SHARE")
}

/// Locks tables on PostgreSQL against every writer until the end of the transaction; who reads goes
/// on.
pub(crate) fn lock_on_postgres(tables: &[&str]) -> String {
    format!("LOCK TABLE {} IN EXCLUSIVE MODE", tables.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_and_row_locks_are_spelled_for_postgres() {
        assert_eq!(
            postgres("SELECT 1 FROM t WHERE a = ?1 AND b = ?12 /* FOR SHARE */"),
            "SELECT 1 FROM t WHERE a = $1 AND b = $12 FOR SHARE"
        );
    }
}

//! Names that sign users in: each is one user's in a pool.

use poolhouse_model::{SignInName, SignInNameKind, Sub, UserPoolId};
use poolhouse_storage::Conflict;

use super::users;
use crate::statement::{Statement, params, statements};

statements! {
    INSERT = "INSERT INTO sign_in_names (pool_id, kind, folded, sub) VALUES (?1, ?2, ?3, ?4)";
    // No row is changed when the name is another user's.
    CLAIM = "INSERT INTO sign_in_names (pool_id, kind, folded, sub) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (pool_id, kind, folded) DO UPDATE SET sub = excluded.sub \
             WHERE sign_in_names.sub = excluded.sub";
    DELETE = "DELETE FROM sign_in_names WHERE pool_id = ?1 AND kind = ?2 AND folded = ?3 \
              AND sub = ?4";
}

/// Adds a name of a new user.
pub(super) fn insert(pool_id: &UserPoolId, sub: &Sub, name: &SignInName) -> Statement {
    let conflict = match name.kind {
        SignInNameKind::Username | SignInNameKind::Sub => Conflict::UsernameTaken,
        SignInNameKind::Email | SignInNameKind::PhoneNumber | SignInNameKind::PreferredUsername => {
            Conflict::AliasTaken
        }
    };
    let row = params![
        pool_id.as_str(),
        name.kind.as_str(),
        name.folded.as_str(),
        sub.as_str()
    ];
    Statement::one(INSERT, row, conflict)
}

/// Gives a user a name more.
pub(super) fn claim(pool_id: &UserPoolId, sub: &Sub, name: &SignInName) -> Vec<Statement> {
    let row = params![
        pool_id.as_str(),
        name.kind.as_str(),
        name.folded.as_str(),
        sub.as_str()
    ];
    vec![
        users::require(pool_id, sub),
        Statement::one(CLAIM, row, Conflict::AliasTaken),
    ]
}

/// Takes a name from a user.
pub(super) fn delete(pool_id: &UserPoolId, sub: &Sub, name: &SignInName) -> Statement {
    let row = params![
        pool_id.as_str(),
        name.kind.as_str(),
        name.folded.as_str(),
        sub.as_str()
    ];
    Statement::any(DELETE, row)
}

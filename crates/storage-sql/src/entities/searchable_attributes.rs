//! The index of attributes by which users are found: one row per user and attribute, kept by the
//! writes of users themselves, so that no use case can forget it.

use poolhouse_model::{Attributes, SearchableAttribute, Sub, User, UserPoolId};

use crate::statement::{Statement, params, statements};
use crate::value::Value;

statements! {
    // A value that is still the same is not written.
    PUT = "INSERT INTO searchable_attributes (pool_id, sub, attribute, folded) \
           VALUES (?1, ?2, ?3, ?4) \
           ON CONFLICT (pool_id, sub, attribute) DO UPDATE SET folded = excluded.folded \
           WHERE searchable_attributes.folded <> excluded.folded";
    DELETE_OTHERS = "DELETE FROM searchable_attributes WHERE pool_id = ?1 AND sub = ?2 \
           AND attribute NOT IN (?3, ?4, ?5, ?6, ?7, ?8)";
    DELETE = "DELETE FROM searchable_attributes WHERE pool_id = ?1 AND sub = ?2";
}

/// Adds the values that a user has.
pub(crate) fn put(
    pool_id: &UserPoolId,
    sub: &Sub,
    attributes: &Attributes,
) -> impl Iterator<Item = Statement> {
    present(attributes).map(|(attribute, value)| {
        let row = params![
            pool_id.as_str(),
            sub.as_str(),
            attribute.name(),
            SearchableAttribute::fold(value),
        ];
        Statement::any(PUT, row)
    })
}

/// Makes the rows of a user who is there already those of their present attributes.
pub(super) fn replace(user: &User) -> Vec<Statement> {
    let mut key = params![user.pool_id.as_str(), user.sub.as_str()].to_vec();
    let kept = present(&user.attributes).map(|(attribute, _)| attribute.name());
    // No attribute is called by the empty text of the places that are left over.
    let padded = kept.chain(std::iter::repeat(""));
    key.extend(padded.take(SearchableAttribute::ALL.len()).map(Value::from));
    let mut statements = vec![Statement::any(DELETE_OTHERS, key)];
    statements.extend(put(&user.pool_id, &user.sub, &user.attributes));
    statements
}

/// Removes the rows of a user.
pub(super) fn delete(pool_id: &UserPoolId, sub: &Sub) -> Statement {
    Statement::any(DELETE, params![pool_id.as_str(), sub.as_str()])
}

fn present(attributes: &Attributes) -> impl Iterator<Item = (SearchableAttribute, &str)> {
    SearchableAttribute::ALL
        .into_iter()
        .filter_map(|attribute| Some((attribute, attributes.get(attribute.name())?.as_str())))
}

//! Lists of users: every filter is a range of one index, in the order of that index.

use poolhouse_model::{SearchableAttribute, SignInNameKind, TextMatch, UserFilter, UserPoolId};
use poolhouse_storage::{ListedUser, UserPlace};

use super::Result;
use super::users::{columns, from_columns, status_name};
use crate::db::Db;
use crate::statement::{params, statements};
use crate::value::{Row, Value};

const ENTITY: &str = "user";

statements! {
    EVERYONE = concat!("SELECT ", columns!(), ", '' FROM users AS u \
        WHERE u.pool_id = ?1 AND u.sub > ?2 ORDER BY u.sub LIMIT ?3");
    BY_STATUS = concat!("SELECT ", columns!(), ", '' FROM users AS u \
        WHERE u.pool_id = ?1 AND u.status = ?2 AND u.sub > ?3 ORDER BY u.sub LIMIT ?4");
    BY_ENABLED = concat!("SELECT ", columns!(), ", '' FROM users AS u \
        WHERE u.pool_id = ?1 AND u.is_enabled = ?2 AND u.sub > ?3 ORDER BY u.sub LIMIT ?4");

    NAME_EQUALS = concat!("SELECT ", columns!(), ", s.folded FROM sign_in_names AS s \
        JOIN users AS u ON u.pool_id = s.pool_id AND u.sub = s.sub \
        WHERE s.pool_id = ?1 AND s.kind = ?2 AND s.folded = ?3 AND s.sub > ?4 LIMIT ?5");
    NAME_STARTS = concat!("SELECT ", columns!(), ", s.folded FROM sign_in_names AS s \
        JOIN users AS u ON u.pool_id = s.pool_id AND u.sub = s.sub \
        WHERE s.pool_id = ?1 AND s.kind = ?2 AND (s.folded, s.sub) > (?3, ?4) \
        AND s.folded < ?5 ORDER BY s.folded, s.sub LIMIT ?6");
    NAME_ANY = concat!("SELECT ", columns!(), ", s.folded FROM sign_in_names AS s \
        JOIN users AS u ON u.pool_id = s.pool_id AND u.sub = s.sub \
        WHERE s.pool_id = ?1 AND s.kind = ?2 AND (s.folded, s.sub) > (?3, ?4) \
        ORDER BY s.folded, s.sub LIMIT ?5");

    ATTRIBUTE_EQUALS = concat!("SELECT ", columns!(), ", s.folded FROM searchable_attributes AS s \
        JOIN users AS u ON u.pool_id = s.pool_id AND u.sub = s.sub \
        WHERE s.pool_id = ?1 AND s.attribute = ?2 AND s.folded = ?3 AND s.sub > ?4 \
        ORDER BY s.sub LIMIT ?5");
    ATTRIBUTE_STARTS = concat!("SELECT ", columns!(), ", s.folded FROM searchable_attributes AS s \
        JOIN users AS u ON u.pool_id = s.pool_id AND u.sub = s.sub \
        WHERE s.pool_id = ?1 AND s.attribute = ?2 AND (s.folded, s.sub) > (?3, ?4) \
        AND s.folded < ?5 ORDER BY s.folded, s.sub LIMIT ?6");
    ATTRIBUTE_ANY = concat!("SELECT ", columns!(), ", s.folded FROM searchable_attributes AS s \
        JOIN users AS u ON u.pool_id = s.pool_id AND u.sub = s.sub \
        WHERE s.pool_id = ?1 AND s.attribute = ?2 AND (s.folded, s.sub) > (?3, ?4) \
        ORDER BY s.folded, s.sub LIMIT ?5");
}

/// The statements of one index, for each way to compare a text.
struct Index {
    equals: &'static str,
    starts: &'static str,
    any: &'static str,
}

const NAMES: Index = Index {
    equals: NAME_EQUALS,
    starts: NAME_STARTS,
    any: NAME_ANY,
};

const ATTRIBUTES: Index = Index {
    equals: ATTRIBUTE_EQUALS,
    starts: ATTRIBUTE_STARTS,
    any: ATTRIBUTE_ANY,
};

/// Reads the users that a filter admits, after a place.
pub(super) async fn list(
    db: &Db,
    pool_id: &UserPoolId,
    filter: &UserFilter,
    after: Option<&UserPlace>,
    limit: u32,
) -> Result<Vec<ListedUser>> {
    let (sql, params) = statement(pool_id, filter, after, limit);
    let rows = db.query(sql, &params).await?;
    rows.into_iter().map(from_row).collect()
}

fn from_row(row: Row) -> Result<ListedUser> {
    let mut columns = row.read(ENTITY);
    let user = from_columns(&mut columns)?;
    let place = UserPlace {
        folded: columns.text()?,
        sub: user.sub.as_str().to_owned(),
    };
    Ok(ListedUser { user, place })
}

fn statement(
    pool_id: &UserPoolId,
    filter: &UserFilter,
    after: Option<&UserPlace>,
    limit: u32,
) -> (&'static str, Vec<Value>) {
    let pool = pool_id.as_str();
    // Every subject comes after the empty text.
    let sub = after.map_or("", |place| place.sub.as_str());
    match filter {
        UserFilter::Everyone => (EVERYONE, params![pool, sub, limit].to_vec()),
        UserFilter::Status(status) => {
            let status = status_name(*status);
            (BY_STATUS, params![pool, status, sub, limit].to_vec())
        }
        UserFilter::Enabled(is_enabled) => {
            (BY_ENABLED, params![pool, *is_enabled, sub, limit].to_vec())
        }
        UserFilter::Username(text) => {
            let kind = SignInNameKind::Username.as_str();
            NAMES.search(params![pool, kind].to_vec(), text.clone(), after, limit)
        }
        UserFilter::Sub(text) => {
            let kind = SignInNameKind::Sub.as_str();
            NAMES.search(params![pool, kind].to_vec(), text.clone(), after, limit)
        }
        UserFilter::Attribute(attribute, text) => {
            let folded = text.clone().map(SearchableAttribute::fold);
            ATTRIBUTES.search(
                params![pool, attribute.name()].to_vec(),
                folded,
                after,
                limit,
            )
        }
    }
}

impl Index {
    fn search(
        &self,
        mut params: Vec<Value>,
        text: TextMatch,
        after: Option<&UserPlace>,
        limit: u32,
    ) -> (&'static str, Vec<Value>) {
        match text {
            TextMatch::Equals(text) => {
                let sub = after.map_or("", |place| place.sub.as_str());
                params.extend(params![text, sub, limit]);
                (self.equals, params)
            }
            TextMatch::StartsWith(beginning) => {
                let (folded, sub) = match after {
                    Some(place) => (place.folded.as_str(), place.sub.as_str()),
                    None => (beginning.as_str(), ""),
                };
                params.extend(params![folded, sub]);
                if let Some(end) = end_of(&beginning) {
                    params.extend(params![end, limit]);
                    (self.starts, params)
                } else {
                    params.extend(params![limit]);
                    (self.any, params)
                }
            }
        }
    }
}

/// The least text after all that begin so; `None` when there is none. Both engines compare text
/// by the bytes of UTF-8, whose order is that of the characters' numbers.
fn end_of(beginning: &str) -> Option<String> {
    let mut characters: Vec<char> = beginning.chars().collect();
    while let Some(last) = characters.pop() {
        // A range of characters steps over the numbers that are none.
        if let Some(next) = (last..=char::MAX).nth(1) {
            characters.push(next);
            return Some(characters.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod unit_tests {
    use super::*;

    #[test]
    fn a_range_ends_right_after_the_last_text_that_begins_so() {
        for (beginning, end) in [
            ("ab", Some("ac")),
            ("a\u{d7ff}", Some("a\u{e000}")),
            ("a\u{10ffff}", Some("b")),
            ("a\u{10ffff}\u{10ffff}", Some("b")),
            ("\u{10ffff}", None),
            ("", None),
        ] {
            assert_eq!(end_of(beginning).as_deref(), end, "{beginning:?}");
        }
    }
}

//! Settings that no rule obeys yet and that weaken nothing: kept as they came, and given back.

use std::collections::BTreeMap;

use poolhouse_api_model::schema::{Member, Shape};
use poolhouse_api_model::{MemberValue, Operation, member_from_json, member_to_json};
use serde_json::Value;

/// Kept settings by their API member name.
pub(crate) type Kept = BTreeMap<String, Value>;

/// Keeps a member, if it was given.
pub(crate) fn put<T: MemberValue>(kept: &mut Kept, name: &str, value: Option<&T>) {
    if let Some(value) = value.and_then(as_json) {
        kept.insert(name.to_owned(), value);
    }
}

/// A member as it is kept.
pub(crate) fn value<T: MemberValue>(member: Option<&T>) -> Option<Value> {
    member.and_then(as_json)
}

/// Takes a structure apart into its members.
pub(crate) fn members<T: MemberValue>(value: &T) -> Kept {
    match as_json(value) {
        Some(Value::Object(members)) => members.into_iter().collect(),
        _ => Kept::new(),
    }
}

fn as_json<T: MemberValue>(value: &T) -> Option<Value> {
    serde_json::from_str(&member_to_json(value)).ok()
}

/// Gives kept members back, by the shapes they have in the input of one operation.
pub(crate) struct Reader<'a> {
    kept: &'a Kept,
    members: &'static [Member],
}

impl<'a> Reader<'a> {
    /// Reads what was kept of the input of `operation`.
    pub(crate) fn new(kept: &'a Kept, operation: Operation) -> Self {
        Self {
            kept,
            members: operation.input_members(),
        }
    }

    /// Reads what was kept of a member of the input.
    pub(crate) fn of_member(kept: &'a Kept, operation: Operation, member: &str) -> Self {
        let shape = find(operation.input_members(), member);
        Self {
            kept,
            members: shape.map(Shape::members).unwrap_or_default(),
        }
    }

    /// Gives a kept member back.
    pub(crate) fn get<T: MemberValue>(&self, name: &str) -> Option<T> {
        let shape = find(self.members, name)?;
        member_from_json(&self.kept.get(name)?.to_string(), shape)
    }
}

fn find(members: &'static [Member], name: &str) -> Option<&'static Shape> {
    members
        .iter()
        .find(|member| member.name == name)
        .map(|member| member.shape)
}

/// Puts a member of an operation's input together from the members it was taken apart into.
pub(crate) fn structure<T: MemberValue>(
    members: &Kept,
    operation: Operation,
    member: &str,
) -> Option<T> {
    let object = Value::Object(members.clone().into_iter().collect());
    member_from_json(
        &object.to_string(),
        find(operation.input_members(), member)?,
    )
}

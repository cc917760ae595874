//! Groups of users, and what they say in tokens.

use crate::ids::{GroupName, UserPoolId};
use crate::time::Timestamp;

/// A named set of users of a pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The pool.
    pub pool_id: UserPoolId,
    /// Its immutable name.
    pub name: GroupName,
    /// What its owner writes about it.
    pub description: Option<String>,
    /// ARN of the role that its members may take on.
    pub role_arn: Option<String>,
    /// Its rank among the groups of a user: the lowest number comes first, none comes last.
    pub precedence: Option<i32>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed; who its members are does not count.
    pub updated_at: Timestamp,
    /// Rises by one with each change; guards writes.
    pub version: i64,
}

impl Group {
    /// Its rank as a number that can be compared.
    fn rank(&self) -> i64 {
        self.precedence.map_or(i64::MAX, i64::from)
    }
}

/// The groups of one user, in the order in which tokens name them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memberships(Vec<Group>);

impl Memberships {
    /// Orders groups by precedence; those of the same precedence, or of none, by name.
    /// Source: AWS page "Adding groups to a user pool". Inferred: the order within a precedence.
    pub fn of(mut groups: Vec<Group>) -> Self {
        groups.sort_by(|a, b| (a.rank(), &a.name).cmp(&(b.rank(), &b.name)));
        Self(groups)
    }

    /// The groups in order.
    pub fn groups(&self) -> &[Group] {
        &self.0
    }

    /// The groups in order, to keep.
    pub fn into_groups(self) -> Vec<Group> {
        self.0
    }

    /// Names of the groups in order.
    pub fn names(&self) -> Vec<String> {
        let names = self.0.iter().map(|group| group.name.as_str().to_owned());
        names.collect()
    }

    /// Roles of the groups in order, each once.
    pub fn roles(&self) -> Vec<String> {
        let mut roles: Vec<String> = Vec::new();
        for role in self.0.iter().filter_map(|group| group.role_arn.as_ref()) {
            if !roles.contains(role) {
                roles.push(role.clone());
            }
        }
        roles
    }

    /// The role of the group that comes first; none when groups of that precedence have different
    /// roles, as neither comes before the other.
    /// Source: AWS page "Adding groups to a user pool". Inferred: a group without a role has no
    /// say, and groups without precedence are of the same one.
    pub fn preferred_role(&self) -> Option<&str> {
        let mut with_role = self.0.iter().filter(|group| group.role_arn.is_some());
        let first = with_role.next()?;
        let is_alone = with_role
            .take_while(|group| group.rank() == first.rank())
            .all(|group| group.role_arn == first.role_arn);
        first.role_arn.as_deref().filter(|_| is_alone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(name: &str, precedence: Option<i32>, role: Option<&str>) -> Group {
        Group {
            pool_id: UserPoolId::new("us-east-1_a"),
            name: GroupName::new(name),
            description: None,
            role_arn: role.map(str::to_owned),
            precedence,
            created_at: Timestamp::from_secs(1),
            updated_at: Timestamp::from_secs(1),
            version: 1,
        }
    }

    #[test]
    fn groups_come_by_precedence_then_by_name_and_those_without_precedence_last() {
        let memberships = Memberships::of(vec![
            group("none-b", None, None),
            group("ten", Some(10), None),
            group("most", Some(i32::MAX), None),
            group("none-a", None, None),
            group("two-b", Some(2), None),
            group("zero", Some(0), None),
            group("two-a", Some(2), None),
        ]);
        assert_eq!(
            memberships.names(),
            ["zero", "two-a", "two-b", "ten", "most", "none-a", "none-b"]
        );
    }

    #[test]
    fn the_preferred_role_is_that_of_the_first_group_unless_it_is_a_tie() {
        type Row<'a> = (&'a str, Option<i32>, Option<&'a str>);
        let table: [(&[Row<'_>], Option<&str>); 9] = [
            (&[], None),
            (&[("a", Some(1), None)], None),
            (&[("a", None, Some("r1"))], Some("r1")),
            (
                &[("a", Some(2), Some("r2")), ("b", Some(1), Some("r1"))],
                Some("r1"),
            ),
            (
                &[("a", None, Some("r2")), ("b", Some(9), Some("r1"))],
                Some("r1"),
            ),
            (
                &[("a", Some(1), Some("r1")), ("b", Some(1), Some("r2"))],
                None,
            ),
            (&[("a", None, Some("r1")), ("b", None, Some("r2"))], None),
            (
                &[("a", Some(1), Some("r1")), ("b", Some(1), Some("r1"))],
                Some("r1"),
            ),
            (
                &[
                    ("a", Some(0), None),
                    ("b", Some(1), Some("r1")),
                    ("c", Some(2), Some("r2")),
                ],
                Some("r1"),
            ),
        ];
        for (rows, expected) in table {
            let groups = rows
                .iter()
                .map(|(name, rank, role)| group(name, *rank, *role));
            let memberships = Memberships::of(groups.collect());
            assert_eq!(memberships.preferred_role(), expected, "{rows:?}");
        }
    }

    #[test]
    fn a_role_is_named_once() {
        let memberships = Memberships::of(vec![
            group("a", Some(3), Some("r1")),
            group("b", Some(2), Some("r2")),
            group("c", Some(1), Some("r1")),
            group("d", Some(0), None),
        ]);
        assert_eq!(memberships.roles(), ["r1", "r2"]);
    }
}

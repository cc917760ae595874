//! Behaviour of groups and memberships.

use poolhouse_model::{Group, GroupName, Sub, User, UserPoolId};

use super::samples::{self, NOW, pool_id};
use super::{accept, ok, refuse, together, user_pools};
use crate::error::Conflict;
use crate::repositories::{PageRequest, Storage};
use crate::write::Write;

pub(super) async fn run(storage: &dyn Storage) {
    a_group_is_read_as_it_was_written(storage).await;
    an_update_needs_the_version_before(storage).await;
    only_one_of_many_groups_of_a_name_is_made(storage).await;
    groups_are_listed_and_counted_by_pool(storage).await;
    members_come_and_go(storage).await;
    a_membership_needs_its_user_and_its_group(storage).await;
    members_are_listed_by_subject(storage).await;
    a_membership_ends_with_its_group_and_with_its_user(storage).await;
    a_membership_ends_with_its_pool(storage).await;
}

fn create(group: &Group) -> [Write; 1] {
    [Write::CreateGroup(Box::new(group.clone()))]
}

fn add(group: &Group, user: &User) -> [Write; 1] {
    [Write::AddGroupMember {
        pool_id: group.pool_id.clone(),
        name: group.name.clone(),
        sub: user.sub.clone(),
    }]
}

fn remove(group: &Group, user: &User) -> [Write; 1] {
    [Write::RemoveGroupMember {
        pool_id: group.pool_id.clone(),
        name: group.name.clone(),
        sub: user.sub.clone(),
    }]
}

async fn create_user(storage: &dyn Storage, pool: &UserPoolId, name: &str) -> User {
    let user = samples::user(pool, name);
    let create = Write::CreateUser {
        user: Box::new(user.clone()),
        names: Vec::new(),
    };
    accept(storage, [create]).await;
    user
}

async fn create_group(storage: &dyn Storage, pool: &UserPoolId, name: &str) -> Group {
    let group = samples::group(pool, name);
    accept(storage, create(&group)).await;
    group
}

async fn groups_of(storage: &dyn Storage, user: &User) -> Vec<String> {
    let groups = ok(storage.list_groups_of_user(&user.pool_id, &user.sub).await);
    let names = groups.iter().map(|group| group.name.as_str().to_owned());
    names.collect()
}

async fn members_of(storage: &dyn Storage, group: &Group) -> Vec<Sub> {
    let page = PageRequest {
        after: None,
        limit: 100,
    };
    let members = storage
        .list_group_members(&group.pool_id, &group.name, &page)
        .await;
    ok(members).into_iter().map(|user| user.sub).collect()
}

async fn a_group_is_read_as_it_was_written(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "group_read").await;
    let full = samples::group(&pool, "writers");
    let mut bare = samples::group(&pool, "Writers");
    bare.description = None;
    bare.role_arn = None;
    bare.precedence = None;
    for group in [&full, &bare] {
        assert_eq!(ok(storage.find_group(&pool, &group.name).await), None);
        accept(storage, create(group)).await;
        let found = ok(storage.find_group(&pool, &group.name).await);
        assert_eq!(found.as_ref(), Some(group));
    }
    refuse(storage, Conflict::GroupExists, create(&full)).await;
    let elsewhere = pool_id("group_nowhere");
    assert_eq!(ok(storage.find_group(&elsewhere, &full.name).await), None);
    let nowhere = samples::group(&elsewhere, "writers");
    refuse(storage, Conflict::Stale, create(&nowhere)).await;
}

async fn an_update_needs_the_version_before(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "group_update").await;
    let mut group = create_group(storage, &pool, "writers").await;
    let write = |group: &Group| [Write::UpdateGroup(Box::new(group.clone()))];
    group.description = None;
    group.role_arn = Some("arn:aws:iam::1:role/other".to_owned());
    group.precedence = Some(0);
    group.updated_at = NOW;
    group.version = 3;
    refuse(storage, Conflict::Stale, write(&group)).await;
    group.version = 2;
    accept(storage, write(&group)).await;
    refuse(storage, Conflict::Stale, write(&group)).await;
    assert_eq!(
        ok(storage.find_group(&pool, &group.name).await),
        Some(group)
    );
}

async fn only_one_of_many_groups_of_a_name_is_made(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "group_race").await;
    let [create] = create(&samples::group(&pool, "writers"));
    together::only_one_succeeds(storage, Conflict::GroupExists, &create).await;
}

async fn groups_are_listed_and_counted_by_pool(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "group_list").await;
    let other = user_pools::create(storage, "group_list_other").await;
    create_group(storage, &other, "b").await;
    // By bytes: capitals come before small letters.
    let names = ["B", "a", "b", "\u{e4}"].map(GroupName::new);
    for name in names.iter().rev() {
        create_group(storage, &pool, name.as_str()).await;
    }
    let list = async |after: Option<&str>, limit| {
        let after = after.map(str::to_owned);
        let page = PageRequest { after, limit };
        let groups = ok(storage.list_groups(&pool, &page).await);
        groups
            .into_iter()
            .map(|group| group.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(list(None, 10).await, names);
    assert_eq!(list(Some("B"), 2).await, names[1..3]);
    assert_eq!(ok(storage.count_groups(&pool).await), 4);
    assert_eq!(ok(storage.count_groups(&other).await), 1);
    assert_eq!(ok(storage.count_groups(&pool_id("group_none")).await), 0);
}

async fn members_come_and_go(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "group_members").await;
    let (ann, bob) = (
        create_user(storage, &pool, "ann").await,
        create_user(storage, &pool, "bob").await,
    );
    let readers = create_group(storage, &pool, "readers").await;
    let writers = create_group(storage, &pool, "writers").await;
    accept(storage, add(&writers, &ann)).await;
    accept(storage, add(&writers, &ann)).await;
    accept(storage, add(&readers, &ann)).await;
    accept(storage, add(&readers, &bob)).await;
    assert_eq!(groups_of(storage, &ann).await, ["readers", "writers"]);
    let groups = ok(storage.list_groups_of_user(&pool, &ann.sub).await);
    assert_eq!(groups, [readers.clone(), writers.clone()]);
    let both = [ann.sub.clone(), bob.sub.clone()];
    assert_eq!(members_of(storage, &readers).await, both);
    accept(storage, remove(&readers, &ann)).await;
    accept(storage, remove(&readers, &ann)).await;
    assert_eq!(groups_of(storage, &ann).await, ["writers"]);
    assert_eq!(members_of(storage, &readers).await, both[1..]);
}

async fn a_membership_needs_its_user_and_its_group(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "group_guard").await;
    let ann = create_user(storage, &pool, "ann").await;
    let writers = create_group(storage, &pool, "writers").await;
    let nobody = samples::user(&pool, "nobody");
    let nothing = samples::group(&pool, "nothing");
    refuse(storage, Conflict::Stale, add(&writers, &nobody)).await;
    refuse(storage, Conflict::Stale, add(&nothing, &ann)).await;
    assert!(members_of(storage, &writers).await.is_empty());
    assert!(groups_of(storage, &ann).await.is_empty());
    accept(storage, remove(&nothing, &nobody)).await;
}

async fn members_are_listed_by_subject(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "group_pages").await;
    let writers = create_group(storage, &pool, "writers").await;
    let readers = create_group(storage, &pool, "readers").await;
    let mut members = Vec::new();
    for name in ["c", "a", "d", "b"] {
        let user = create_user(storage, &pool, name).await;
        accept(storage, add(&writers, &user)).await;
        members.push(user);
    }
    accept(storage, add(&readers, &members[0])).await;
    members.sort_by(|a, b| a.sub.cmp(&b.sub));
    let list = async |after: Option<&str>, limit| {
        let after = after.map(str::to_owned);
        let page = PageRequest { after, limit };
        ok(storage
            .list_group_members(&pool, &writers.name, &page)
            .await)
    };
    assert_eq!(list(None, 10).await, members);
    assert_eq!(list(Some("sub-a"), 2).await, members[1..3]);
    assert_eq!(list(Some("sub-d"), 2).await, []);
}

async fn a_membership_ends_with_its_group_and_with_its_user(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "group_end").await;
    let (ann, bob) = (
        create_user(storage, &pool, "ann").await,
        create_user(storage, &pool, "bob").await,
    );
    let readers = create_group(storage, &pool, "readers").await;
    let writers = create_group(storage, &pool, "writers").await;
    for group in [&readers, &writers] {
        for user in [&ann, &bob] {
            accept(storage, add(group, user)).await;
        }
    }
    let delete = [Write::DeleteGroup {
        pool_id: pool.clone(),
        name: readers.name.clone(),
    }];
    accept(storage, delete.clone()).await;
    refuse(storage, Conflict::Stale, delete).await;
    assert_eq!(ok(storage.find_group(&pool, &readers.name).await), None);
    assert_eq!(groups_of(storage, &ann).await, ["writers"]);
    // A new group of that name begins without members.
    create_group(storage, &pool, "readers").await;
    assert!(members_of(storage, &readers).await.is_empty());
    let (pool_id, sub) = (pool.clone(), ann.sub.clone());
    accept(storage, [Write::DeleteUser { pool_id, sub }]).await;
    assert_eq!(members_of(storage, &writers).await, [bob.sub]);
    // Somebody else of that subject begins without groups.
    create_user(storage, &pool, "ann").await;
    assert!(groups_of(storage, &ann).await.is_empty());
}

async fn a_membership_ends_with_its_pool(storage: &dyn Storage) {
    for _ in 0..2 {
        let pool = user_pools::create(storage, "group_pool_end").await;
        let ann = create_user(storage, &pool, "ann").await;
        let writers = create_group(storage, &pool, "writers").await;
        assert!(members_of(storage, &writers).await.is_empty());
        accept(storage, add(&writers, &ann)).await;
        accept(storage, [Write::DeleteUserPool(pool)]).await;
    }
}

//! Behaviour of lists of users.

use poolhouse_model::{
    SearchableAttribute, SignInNameKind, TextMatch, User, UserFilter, UserPoolId, UserStatus,
};

use super::samples::{self, name, username};
use super::{accept, ok, user_pools};
use crate::repositories::{Storage, UserPlace};
use crate::write::Write;

pub(super) async fn run(storage: &dyn Storage) {
    a_list_is_ordered_and_continues_after_a_place(storage).await;
    a_text_is_found_by_what_it_is_and_by_how_it_begins(storage).await;
    case_is_told_apart_only_where_the_caller_folds(storage).await;
    the_index_follows_the_users(storage).await;
    an_update_that_is_refused_leaves_the_index_alone(storage).await;
    pages_go_on_among_users_with_the_same_value(storage).await;
    values_of_any_kind_are_kept_and_found(storage).await;
}

fn equals(text: &str) -> TextMatch {
    TextMatch::Equals(text.to_owned())
}

fn starts(text: &str) -> TextMatch {
    TextMatch::StartsWith(text.to_owned())
}

fn email(text: TextMatch) -> UserFilter {
    UserFilter::Attribute(SearchableAttribute::Email, text)
}

fn named(text: TextMatch) -> UserFilter {
    UserFilter::Attribute(SearchableAttribute::Name, text)
}

/// Adds a user whose only attribute is given.
async fn add(
    storage: &dyn Storage,
    pool: &UserPoolId,
    user: &str,
    attribute: (&str, &str),
) -> User {
    let mut user = samples::user(pool, user);
    let (key, value) = attribute;
    user.attributes = [(key.to_owned(), value.to_owned())].into();
    let write = Write::CreateUser {
        names: vec![
            username(user.username.as_str()),
            name(SignInNameKind::Sub, user.sub.as_str()),
        ],
        user: Box::new(user.clone()),
    };
    accept(storage, [write]).await;
    user
}

/// All pages of so many users: their user names in order.
async fn list(
    storage: &dyn Storage,
    pool: &UserPoolId,
    filter: &UserFilter,
    limit: u32,
) -> Vec<String> {
    let (mut names, mut after) = (Vec::new(), None::<UserPlace>);
    loop {
        let page = ok(storage
            .list_users(pool, filter, after.as_ref(), limit)
            .await);
        assert!(page.len() <= limit as usize);
        names.extend(page.iter().map(|listed| listed.user.username.to_string()));
        match page.last() {
            Some(last) if page.len() == limit as usize => after = Some(last.place.clone()),
            _ => return names,
        }
    }
}

async fn find(storage: &dyn Storage, pool: &UserPoolId, filter: UserFilter) -> Vec<String> {
    list(storage, pool, &filter, 60).await
}

async fn a_list_is_ordered_and_continues_after_a_place(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "list_pages").await;
    let other = user_pools::create(storage, "list_pages_2").await;
    assert!(find(storage, &pool, UserFilter::Everyone).await.is_empty());
    for user in ["d", "a", "c", "b", "e"] {
        add(storage, &pool, user, ("email", "same@x.example")).await;
    }
    add(storage, &other, "f", ("email", "same@x.example")).await;
    let everybody = ["a", "b", "c", "d", "e"];
    for filter in [
        UserFilter::Everyone,
        UserFilter::Status(UserStatus::ForceChangePassword),
        UserFilter::Enabled(true),
        email(equals("same@x.example")),
        email(starts("same")),
        email(starts("")),
        UserFilter::Username(starts("")),
        UserFilter::Sub(starts("sub-")),
    ] {
        for limit in [1, 2, 5, 6] {
            let listed = list(storage, &pool, &filter, limit).await;
            assert_eq!(listed, everybody, "{filter:?} by {limit}");
        }
    }
    let whole = ok(storage
        .list_users(&pool, &UserFilter::Everyone, None, 1)
        .await);
    let read = ok(storage.find_user(&pool, &whole[0].user.sub).await);
    assert_eq!(read.as_ref(), Some(&whole[0].user));
}

async fn a_text_is_found_by_what_it_is_and_by_how_it_begins(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "list_texts").await;
    for (user, address) in [
        ("ann", "ann@x.example"),
        ("ann2", "ann@x.example.org"),
        ("bob", "bob@x.example"),
    ] {
        add(storage, &pool, user, ("email", address)).await;
    }
    for (filter, expected) in [
        (email(equals("ann@x.example")), vec!["ann"]),
        (email(equals("ann")), vec![]),
        (email(starts("ann@x.example")), vec!["ann", "ann2"]),
        (email(starts("b")), vec!["bob"]),
        (email(starts("c")), vec![]),
        (email(starts("%")), vec![]),
        (email(starts("a_n")), vec![]),
        (email(equals("' OR '1'='1")), vec![]),
        (named(starts("")), vec![]),
        (UserFilter::Username(equals("ann")), vec!["ann"]),
        (UserFilter::Username(starts("ann")), vec!["ann", "ann2"]),
        (UserFilter::Username(starts("ann\0")), vec![]),
        (UserFilter::Sub(equals("sub-bob")), vec!["bob"]),
        (UserFilter::Sub(equals("bob")), vec![]),
        (UserFilter::Sub(starts("sub-a")), vec!["ann", "ann2"]),
        (UserFilter::Status(UserStatus::Confirmed), vec![]),
        (UserFilter::Enabled(false), vec![]),
    ] {
        assert_eq!(
            find(storage, &pool, filter.clone()).await,
            expected,
            "{filter:?}"
        );
    }
}

async fn case_is_told_apart_only_where_the_caller_folds(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "list_case").await;
    add(storage, &pool, "Ann", ("name", "ÄNN ΣΑΣ")).await;
    for (filter, expected) in [
        (named(equals("änn σας")), vec!["Ann"]),
        (named(starts("ÄN")), vec!["Ann"]),
        (UserFilter::Username(equals("Ann")), vec!["Ann"]),
        (UserFilter::Username(equals("ann")), vec![]),
    ] {
        assert_eq!(
            find(storage, &pool, filter.clone()).await,
            expected,
            "{filter:?}"
        );
    }
}

async fn the_index_follows_the_users(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "list_follows").await;
    let mut ann = add(storage, &pool, "ann", ("email", "old@x.example")).await;
    let bob = add(storage, &pool, "bob", ("email", "old@x.example")).await;
    ann.attributes = [("name".to_owned(), "Ann".to_owned())].into();
    ann.status = UserStatus::Confirmed;
    ann.is_enabled = false;
    ann.version = 2;
    accept(storage, [Write::UpdateUser(Box::new(ann.clone()))]).await;
    for (filter, expected) in [
        (email(equals("old@x.example")), "bob"),
        (named(equals("ann")), "ann"),
        (UserFilter::Status(UserStatus::Confirmed), "ann"),
        (UserFilter::Status(UserStatus::ForceChangePassword), "bob"),
        (UserFilter::Enabled(false), "ann"),
        (UserFilter::Enabled(true), "bob"),
    ] {
        assert_eq!(
            find(storage, &pool, filter.clone()).await,
            [expected],
            "{filter:?}"
        );
    }
    ann.attributes = [("email".to_owned(), "new@x.example".to_owned())].into();
    ann.version = 3;
    accept(storage, [Write::UpdateUser(Box::new(ann.clone()))]).await;
    assert_eq!(
        find(storage, &pool, email(equals("new@x.example"))).await,
        ["ann"]
    );
    assert!(find(storage, &pool, named(starts(""))).await.is_empty());
    for user in [ann, bob] {
        let (pool_id, sub) = (user.pool_id, user.sub);
        accept(storage, [Write::DeleteUser { pool_id, sub }]).await;
    }
    // Who comes again begins with nothing that the former user left.
    add(storage, &pool, "ann", ("phone_number", "+15550100")).await;
    add(storage, &pool, "bob", ("phone_number", "+15550101")).await;
    assert!(find(storage, &pool, email(starts(""))).await.is_empty());
    accept(storage, [Write::DeleteUserPool(pool.clone())]).await;
    user_pools::create(storage, "list_follows").await;
    add(storage, &pool, "ann", ("email", "new@x.example")).await;
    let phone = SearchableAttribute::PhoneNumber;
    let found = find(storage, &pool, UserFilter::Attribute(phone, starts(""))).await;
    assert!(found.is_empty());
}

async fn an_update_that_is_refused_leaves_the_index_alone(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "list_refused").await;
    let mut ann = add(storage, &pool, "ann", ("email", "ann@x.example")).await;
    ann.attributes = [("email".to_owned(), "late@x.example".to_owned())].into();
    // The version is the one that was read, so this is no change after it.
    let late = [Write::UpdateUser(Box::new(ann))];
    super::refuse(storage, crate::error::Conflict::Stale, late).await;
    assert_eq!(find(storage, &pool, email(starts(""))).await, ["ann"]);
    assert_eq!(
        find(storage, &pool, email(equals("ann@x.example"))).await,
        ["ann"]
    );
    assert!(find(storage, &pool, email(starts("late"))).await.is_empty());
}

async fn pages_go_on_among_users_with_the_same_value(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "list_ties").await;
    let mut expected: Vec<String> = Vec::new();
    for value in ["aa", "ab"] {
        for number in 0..7 {
            let user = format!("{value}-{number}");
            add(storage, &pool, &user, ("name", value)).await;
            expected.push(user);
        }
    }
    for limit in [1, 2, 3, 7, 14] {
        let listed = list(storage, &pool, &named(starts("a")), limit).await;
        assert_eq!(listed, expected, "by {limit}");
    }
    let same = list(storage, &pool, &named(equals("ab")), 3).await;
    assert_eq!(same, expected[7..]);
}

async fn values_of_any_kind_are_kept_and_found(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "list_values").await;
    let long = "\u{1f98a}".repeat(2048);
    for (user, value) in [
        ("a", "with \0 nul"),
        ("b", "\u{10ffff}\u{10ffff}"),
        ("c", &*long),
        ("d", ""),
        ("e", "quo\"te \\ 'single' %_"),
    ] {
        add(storage, &pool, user, ("name", value)).await;
    }
    for (filter, expected) in [
        (named(equals("with \0 nul")), vec!["a"]),
        (named(starts("with ")), vec!["a"]),
        (named(starts("\u{10ffff}")), vec!["b"]),
        (named(starts("\u{1f98a}\u{1f98a}")), vec!["c"]),
        (named(equals("")), vec!["d"]),
        (named(starts("QUO\"te \\ 'single' %")), vec!["e"]),
        (named(starts("")), vec!["d", "e", "a", "c", "b"]),
    ] {
        assert_eq!(
            find(storage, &pool, filter.clone()).await,
            expected,
            "{filter:?}"
        );
    }
}

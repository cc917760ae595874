//! Groups, who is in them, and their lists.

use poolhouse_model::{GroupName, Ttl, UserPool, UserPoolId};
use poolhouse_service::{CreateGroup, PageToken, ServiceError, UpdateGroup};
use poolhouse_storage::{Write, WriteBatch, Writer as _};
use poolhouse_testkit::{TestService, on_every_engine};

use crate::facts::fact;

fn name(text: &str) -> GroupName {
    GroupName::new(text)
}

fn change(pool: &UserPool, group: &str) -> UpdateGroup {
    UpdateGroup {
        pool_id: pool.id.clone(),
        name: name(group),
        description: None,
        role_arn: None,
        precedence: None,
    }
}

fn creation(pool_id: &UserPoolId, group: &str) -> CreateGroup {
    CreateGroup {
        pool_id: pool_id.clone(),
        name: name(group),
        description: Some("who writes".to_owned()),
        role_arn: Some("arn:aws:iam::1:role/writer".to_owned()),
        precedence: Some(3),
    }
}

async fn groups_of(kit: &TestService, pool: &UserPool, username: &str) -> Vec<String> {
    let page = kit
        .admin_list_groups_for_user(&pool.id, username, 60, None)
        .await
        .unwrap();
    assert_eq!(page.next_token, None);
    let names = page.groups.iter().map(|g| g.name.as_str().to_owned());
    names.collect()
}

async fn members_of(kit: &TestService, pool: &UserPool, group: &str) -> Vec<String> {
    let page = kit
        .list_users_in_group(&pool.id, &name(group), 60, None)
        .await
        .unwrap();
    let names = page.users.iter().map(|u| u.username.as_str().to_owned());
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn a_group_is_read_as_it_was_made_and_its_name_is_taken() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let made = kit.create_group(creation(&pool.id, "writers")).await;
        let made = made.unwrap();
        assert_eq!((made.created_at, made.updated_at), (kit.now(), kit.now()));
        let read = kit.get_group(&pool.id, &name("writers")).await.unwrap();
        assert_eq!(read, made);
        assert_eq!(read.precedence, Some(3));
        let again = kit.create_group(creation(&pool.id, "writers")).await;
        assert_eq!(fact(&again), "GroupExists");
        // Case counts, and so does the pool.
        kit.group(&pool, "Writers").await;
        let other = kit.pool().await;
        kit.group(&other, "writers").await;
        kit.delete_group(&pool.id, &name("writers")).await.unwrap();
        let gone = kit.get_group(&pool.id, &name("writers")).await;
        assert_eq!(fact(&gone), "GroupNotFound");
        let gone = kit.delete_group(&pool.id, &name("writers")).await;
        assert_eq!(fact(&gone), "GroupNotFound");
    })
    .await;
}

#[tokio::test]
async fn what_a_change_leaves_out_stays() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let made = kit.create_group(creation(&pool.id, "writers")).await;
        let made = made.unwrap();
        kit.clock.advance(Ttl::from_secs(60));
        let changed = kit
            .update_group(UpdateGroup {
                precedence: Some(0),
                ..change(&pool, "writers")
            })
            .await
            .unwrap();
        assert_eq!(changed.precedence, Some(0));
        assert_eq!(changed.description, made.description);
        assert_eq!(changed.role_arn, made.role_arn);
        assert_eq!(changed.created_at, made.created_at);
        assert_eq!(changed.updated_at, kit.now());
        let emptied = UpdateGroup {
            description: Some(String::new()),
            role_arn: Some("arn:aws:iam::1:role/other".to_owned()),
            ..change(&pool, "writers")
        };
        let emptied = kit.update_group(emptied).await.unwrap();
        assert_eq!(emptied.description.as_deref(), Some(""));
        assert_eq!(emptied.precedence, Some(0));
        let read = kit.get_group(&pool.id, &name("writers")).await.unwrap();
        assert_eq!(read, emptied);
    })
    .await;
}

#[tokio::test]
async fn changes_at_the_same_time_do_not_undo_each_other() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.group(&pool, "writers").await;
        let ranked = kit.update_group(UpdateGroup {
            precedence: Some(7),
            ..change(&pool, "writers")
        });
        let described = kit.update_group(UpdateGroup {
            description: Some("who writes".to_owned()),
            ..change(&pool, "writers")
        });
        let (ranked, described) = tokio::join!(ranked, described);
        ranked.unwrap();
        described.unwrap();
        let group = kit.get_group(&pool.id, &name("writers")).await.unwrap();
        assert_eq!(group.precedence, Some(7));
        assert_eq!(group.description.as_deref(), Some("who writes"));
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_is_named() {
    on_every_engine(|kit| async move {
        let (pool, other) = (kit.pool().await, kit.pool().await);
        kit.user(&pool, "alice").await;
        kit.group(&pool, "writers").await;
        let nowhere = UserPoolId::new("us-east-1_nowhere");
        let no_pool = format!("UserPoolNotFound({nowhere:?})");
        let writers = name("writers");
        let refused = kit.create_group(creation(&nowhere, "writers")).await;
        assert_eq!(fact(&refused), no_pool);
        let update = UpdateGroup {
            pool_id: nowhere.clone(),
            ..change(&pool, "writers")
        };
        let update = kit.update_group(update).await;
        let list = kit.list_groups(&nowhere, 60, None).await;
        let members = kit.list_users_in_group(&nowhere, &writers, 60, None).await;
        let of_user = kit
            .admin_list_groups_for_user(&nowhere, "alice", 60, None)
            .await;
        for refused in [
            fact(&update),
            fact(&list),
            fact(&members),
            fact(&of_user),
            fact(&kit.get_group(&nowhere, &writers).await),
            fact(&kit.delete_group(&nowhere, &writers).await),
            fact(
                &kit.admin_add_user_to_group(&nowhere, "alice", &writers)
                    .await,
            ),
            fact(
                &kit.admin_remove_user_from_group(&nowhere, "alice", &writers)
                    .await,
            ),
        ] {
            assert_eq!(refused, no_pool);
        }
        // s66: a group and a user of another pool are not there.
        let foreign = kit.get_group(&other.id, &writers).await;
        assert_eq!(fact(&foreign), "GroupNotFound");
        for (pool, username, group, expected) in [
            (&pool, "alice", "readers", "GroupNotFound"),
            (&pool, "bob", "writers", "UserNotFound"),
            (&pool, "bob", "readers", "UserNotFound"),
            (&other, "alice", "writers", "UserNotFound"),
        ] {
            let group = name(group);
            let add = kit
                .admin_add_user_to_group(&pool.id, username, &group)
                .await;
            assert_eq!(fact(&add), expected);
            let remove = kit
                .admin_remove_user_from_group(&pool.id, username, &group)
                .await;
            assert_eq!(fact(&remove), expected);
        }
        let of_nobody = kit
            .admin_list_groups_for_user(&pool.id, "bob", 60, None)
            .await;
        assert_eq!(fact(&of_nobody), "UserNotFound");
        let members = kit
            .list_users_in_group(&pool.id, &name("readers"), 60, None)
            .await;
        assert_eq!(fact(&members), "GroupNotFound");
    })
    .await;
}

#[tokio::test]
async fn members_come_and_go_and_twice_is_no_error() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let alice = kit.user(&pool, "alice").await;
        kit.user(&pool, "bob").await;
        kit.group_with(&pool, "readers", Some(5), None).await;
        kit.group_with(&pool, "writers", Some(2), None).await;
        kit.group(&pool, "all").await;
        for group in ["all", "readers", "writers", "writers"] {
            kit.join(&pool, "alice", group).await;
        }
        // A subject names the user too, as in other operations of administrators.
        kit.join(&pool, alice.sub.as_str(), "readers").await;
        kit.join(&pool, "bob", "readers").await;
        assert_eq!(
            groups_of(&kit, &pool, "alice").await,
            ["writers", "readers", "all"]
        );
        assert_eq!(members_of(&kit, &pool, "readers").await, ["alice", "bob"]);
        let readers = name("readers");
        for _ in 0..2 {
            kit.admin_remove_user_from_group(&pool.id, "alice", &readers)
                .await
                .unwrap();
        }
        assert_eq!(groups_of(&kit, &pool, "alice").await, ["writers", "all"]);
        kit.delete_group(&pool.id, &name("writers")).await.unwrap();
        assert_eq!(groups_of(&kit, &pool, "alice").await, ["all"]);
        kit.group(&pool, "writers").await;
        assert!(members_of(&kit, &pool, "writers").await.is_empty());
        kit.admin_delete_user(&pool.id, "bob").await.unwrap();
        assert!(members_of(&kit, &pool, "readers").await.is_empty());
        kit.user(&pool, "bob").await;
        assert!(groups_of(&kit, &pool, "bob").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn lists_are_read_page_by_page_and_each_entry_comes_once() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        for number in 0..7 {
            let group = format!("g{number}");
            kit.group_with(&pool, &group, Some(9 - number), None).await;
            kit.join(&pool, "alice", &group).await;
            let member = format!("m{number}");
            kit.user(&pool, &member).await;
            kit.join(&pool, &member, "g0").await;
        }
        for limit in [1, 3, 7, 60] {
            let (mut found, mut token) = (Vec::new(), None);
            loop {
                let page = kit.list_groups(&pool.id, limit, token.as_ref()).await;
                let page = page.unwrap();
                assert!(page.groups.len() <= limit as usize);
                found.extend(page.groups.into_iter().map(|group| group.name));
                token = page.next_token;
                if token.is_none() {
                    break;
                }
            }
            let expected = ["g0", "g1", "g2", "g3", "g4", "g5", "g6"].map(GroupName::new);
            assert_eq!(found, expected, "{limit}");
            let (mut found, mut token) = (Vec::new(), None);
            loop {
                let page = kit
                    .admin_list_groups_for_user(&pool.id, "alice", limit, token.as_ref())
                    .await
                    .unwrap();
                found.extend(page.groups.into_iter().map(|group| group.name));
                token = page.next_token;
                if token.is_none() {
                    break;
                }
            }
            // By precedence, which falls as the number rises.
            assert!(found.iter().eq(expected.iter().rev()), "{limit}: {found:?}");
            let (mut found, mut token) = (Vec::new(), None);
            loop {
                let page = kit
                    .list_users_in_group(&pool.id, &name("g0"), limit, token.as_ref())
                    .await
                    .unwrap();
                found.extend(page.users.into_iter().map(|user| user.username));
                token = page.next_token;
                if token.is_none() {
                    break;
                }
            }
            found.sort_unstable();
            found.dedup();
            assert_eq!(found.len(), 8, "{limit}");
        }
    })
    .await;
}

#[tokio::test]
async fn s60_page_tokens_of_groups_work_for_their_query_alone() {
    on_every_engine(|kit| async move {
        let (pool, other) = (kit.pool().await, kit.pool().await);
        for pool in [&pool, &other] {
            for username in ["alice", "bob", "carol"] {
                kit.user(pool, username).await;
            }
            for group in ["readers", "writers", "all"] {
                kit.group(pool, group).await;
                for username in ["alice", "bob", "carol"] {
                    kit.join(pool, username, group).await;
                }
            }
        }
        let readers = name("readers");
        let groups = kit.list_groups(&pool.id, 1, None).await.unwrap();
        let members = kit
            .list_users_in_group(&pool.id, &readers, 1, None)
            .await
            .unwrap();
        let of_user = kit
            .admin_list_groups_for_user(&pool.id, "alice", 1, None)
            .await
            .unwrap();
        let [groups, members, of_user] =
            [groups.next_token, members.next_token, of_user.next_token].map(Option::unwrap);
        let refused = "InvalidInput(\"Invalid pagination token\")";
        let list = async |pool: &UserPool, token: &PageToken| {
            fact(&kit.list_groups(&pool.id, 1, Some(token)).await)
        };
        let list_members = async |pool: &UserPool, group: &str, token: &PageToken| {
            let group = name(group);
            let page = kit.list_users_in_group(&pool.id, &group, 1, Some(token));
            fact(&page.await)
        };
        let list_of = async |pool: &UserPool, username: &str, token: &PageToken| {
            let page = kit.admin_list_groups_for_user(&pool.id, username, 1, Some(token));
            fact(&page.await)
        };
        assert_eq!(list(&pool, &groups).await, "Ok");
        assert_eq!(list_members(&pool, "readers", &members).await, "Ok");
        assert_eq!(list_of(&pool, "alice", &of_user).await, "Ok");
        for answer in [
            list(&other, &groups).await,
            list(&pool, &members).await,
            list(&pool, &of_user).await,
            list_members(&pool, "writers", &members).await,
            list_members(&other, "readers", &members).await,
            list_members(&pool, "readers", &groups).await,
            list_of(&pool, "bob", &of_user).await,
            list_of(&other, "alice", &of_user).await,
            list_of(&pool, "alice", &groups).await,
            list(&pool, &PageToken("AAAA".to_owned())).await,
        ] {
            assert_eq!(answer, refused);
        }
    })
    .await;
}

#[tokio::test]
async fn a_user_is_in_a_hundred_groups_at_most() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        for number in 0..100 {
            let group = format!("g{number}");
            kit.group(&pool, &group).await;
            kit.join(&pool, "alice", &group).await;
        }
        kit.group(&pool, "more").await;
        let refused = kit
            .admin_add_user_to_group(&pool.id, "alice", &name("more"))
            .await;
        assert_eq!(
            fact(&refused),
            "InvalidInput(\"A user can be in at most 100 groups.\")"
        );
        // One that they are in already is still no error.
        kit.join(&pool, "alice", "g0").await;
    })
    .await;
}

#[tokio::test]
async fn a_pool_has_ten_thousand_groups_at_most() {
    let kit = TestService::start().await;
    let pool = kit.pool().await;
    let first = kit.group(&pool, "first").await;
    let rest = (1..10_000).map(|number| {
        let mut group = first.clone();
        group.name = name(&format!("g{number}"));
        Write::CreateGroup(Box::new(group))
    });
    let batch = WriteBatch::of(rest.collect::<Vec<_>>());
    kit.storage().write(batch).await.unwrap();
    let refused = kit.create_group(creation(&pool.id, "more")).await;
    assert_eq!(fact(&refused), "ResourceLimitExceeded(\"groups\")");
    kit.delete_group(&pool.id, &name("first")).await.unwrap();
    kit.create_group(creation(&pool.id, "more")).await.unwrap();
}

#[tokio::test]
async fn joining_a_group_while_it_is_deleted_leaves_no_membership_behind() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        for _ in 0..20 {
            kit.group(&pool, "writers").await;
            let writers = name("writers");
            let join = kit.admin_add_user_to_group(&pool.id, "alice", &writers);
            let delete = kit.delete_group(&pool.id, &writers);
            let (joined, deleted) = tokio::join!(join, delete);
            deleted.unwrap();
            assert!(matches!(joined, Ok(()) | Err(ServiceError::GroupNotFound)));
            kit.group(&pool, "writers").await;
            assert!(members_of(&kit, &pool, "writers").await.is_empty());
            kit.delete_group(&pool.id, &writers).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn of_many_calls_at_once_one_makes_the_group_and_all_join_it() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let creations = (0..20).map(|_| kit.create_group(creation(&pool.id, "writers")));
        let made = futures_util::future::join_all(creations).await;
        assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1);
        for refused in made.iter().filter(|made| made.is_err()) {
            assert_eq!(fact(refused), "GroupExists");
        }
        let writers = name("writers");
        let joins = (0..20).map(|_| kit.admin_add_user_to_group(&pool.id, "alice", &writers));
        for joined in futures_util::future::join_all(joins).await {
            joined.unwrap();
        }
        assert_eq!(members_of(&kit, &pool, "writers").await, ["alice"]);
    })
    .await;
}

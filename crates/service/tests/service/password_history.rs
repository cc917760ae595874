//! Passwords that were there before do not come again, where the pool remembers them.

use poolhouse_model::{SecretString, Ttl, UserPool};
use poolhouse_service::{AdminSetUserPassword, ChallengeName};
use poolhouse_storage::PasswordHistory as _;
use poolhouse_testkit::{
    PASSWORD, SignInExt, TestClient, TestService, admin_request, attributes, on_every_engine,
};

use crate::facts::{challenge, fact, outcome, tokens};

async fn remembering(kit: &TestService, size: usize) -> (UserPool, TestClient) {
    let pool = kit
        .pool_with(|settings| settings.password_policy.history_size = size)
        .await;
    let client = kit.public_client(&pool).await;
    // The temporary password of the invitation is the first of the history.
    let mut request = admin_request(&pool, "alice");
    request.temporary_password = Some("T3mporary!".into());
    let reachable = [("email", "alice@example.com"), ("email_verified", "true")];
    request.attributes = attributes(&reachable);
    kit.admin_create_user(request).await.unwrap();
    kit.set_password(&pool, "alice", PASSWORD).await;
    (pool, client)
}

fn password(number: usize) -> String {
    format!("Passw0rd!{number}")
}

/// Sets a password by one of the ways there are, from the current one.
async fn set(
    kit: &TestService,
    (pool, client): &(UserPool, TestClient),
    way: &str,
    current: &str,
    next: &str,
) -> String {
    // Limits count by the hour.
    kit.clock.advance(Ttl::from_hours(2));
    match way {
        "admin" | "temporary" => {
            let set = kit.admin_set_user_password(AdminSetUserPassword {
                pool_id: pool.id.clone(),
                username: "alice".into(),
                password: next.into(),
                is_permanent: way == "admin",
            });
            fact(&set.await)
        }
        "change" => {
            let tokens = tokens(kit.sign_in(client, "alice", current).await);
            fact(&kit.change_own_password(&tokens, current, next).await)
        }
        "reset" => {
            kit.forget(client, "alice").await.unwrap();
            let code = kit.code_to("alice@example.com").await;
            fact(&kit.reset(client, "alice", &code, next).await)
        }
        "challenge" => {
            // The temporary password is one of the history, too.
            let (asked, session) = ask(kit, client, current).await;
            let pairs = [("USERNAME", "alice"), ("NEW_PASSWORD", next)];
            let answered = kit.respond(client, asked, Some(&session), &pairs).await;
            match outcome(&answered).as_str() {
                "Tokens" => "Ok".to_owned(),
                other => other.to_owned(),
            }
        }
        way => panic!("{way}"),
    }
}

async fn ask(
    kit: &TestService,
    client: &TestClient,
    current: &str,
) -> (ChallengeName, SecretString) {
    let asked = challenge(kit.sign_in(client, "alice", current).await);
    (asked.name, asked.challenge_session.unwrap())
}

#[tokio::test]
async fn s39_the_current_password_and_those_before_it_are_refused_on_every_path() {
    on_every_engine(|kit| async move {
        for way in ["admin", "change", "reset"] {
            let place = remembering(&kit, 3).await;
            for number in 1..=3 {
                let current = match number {
                    1 => PASSWORD.to_owned(),
                    number => password(number - 1),
                };
                let next = password(number);
                assert_eq!(set(&kit, &place, way, &current, &next).await, "Ok");
            }
            // The current one and two before it.
            for number in [3, 2, 1] {
                let again = password(number);
                let refused = set(&kit, &place, way, &password(3), &again).await;
                assert_eq!(refused, "PasswordReused", "{way}: {again}");
            }
            // The first one is forgotten.
            let taken = set(&kit, &place, way, &password(3), PASSWORD).await;
            assert_eq!(taken, "Ok", "{way}");
            let taken = set(&kit, &place, way, PASSWORD, &password(1)).await;
            assert_eq!(taken, "Ok", "{way}");
        }
    })
    .await;
}

#[tokio::test]
async fn s39_a_temporary_password_is_one_of_the_history() {
    on_every_engine(|kit| async move {
        let place = remembering(&kit, 2).await;
        let refused = set(&kit, &place, "temporary", PASSWORD, PASSWORD).await;
        assert_eq!(refused, "PasswordReused");
        let temporary = password(1);
        let given = set(&kit, &place, "temporary", PASSWORD, &temporary).await;
        assert_eq!(given, "Ok");
        for again in [temporary.as_str(), PASSWORD] {
            let refused = set(&kit, &place, "challenge", &temporary, again).await;
            assert_eq!(refused, "PasswordReused", "{again}");
        }
        let taken = set(&kit, &place, "challenge", &temporary, &password(2)).await;
        assert_eq!(taken, "Ok");
        let refused = set(&kit, &place, "change", &password(2), &temporary).await;
        assert_eq!(refused, "PasswordReused");
    })
    .await;
}

#[tokio::test]
async fn s39_each_remembered_password_costs_one_hash_and_no_history_costs_none() {
    on_every_engine(|kit| async move {
        for size in [0, 1, 4] {
            let place = remembering(&kit, size).await;
            let mut counts = Vec::new();
            for number in 1..=5 {
                let before = kit.password_hash_count();
                let next = password(number);
                assert_eq!(set(&kit, &place, "admin", "", &next).await, "Ok");
                counts.push(kit.password_hash_count() - before);
            }
            // One is the hash of the new password.
            let expected: [u64; 5] = match size {
                0 => [1; 5],
                1 => [2; 5],
                _ => [3, 4, 5, 5, 5],
            };
            assert_eq!(counts, expected, "size {size}");
        }
    })
    .await;
}

#[tokio::test]
async fn no_more_passwords_are_kept_than_are_compared_and_all_go_with_the_user() {
    on_every_engine(|kit| async move {
        for (size, kept) in [(0, 0), (1, 0), (2, 1), (24, 23)] {
            let place = remembering(&kit, size).await;
            let user = kit.admin_get_user(&place.0.id, "alice").await.unwrap();
            for number in 1..=26 {
                let next = password(number);
                assert_eq!(set(&kit, &place, "admin", "", &next).await, "Ok");
            }
            let list = async || {
                let storage = kit.storage();
                let listed = storage.list_former_passwords(&user.pool_id, &user.sub, 100);
                listed.await.unwrap().len()
            };
            assert_eq!(list().await, kept, "size {size}");
            let deleted = kit.admin_delete_user(&user.pool_id, "alice").await;
            deleted.unwrap();
            assert_eq!(list().await, 0);
        }
    })
    .await;
}

#[tokio::test]
async fn s39_changes_at_once_leave_no_gap_in_the_history() {
    on_every_engine(|kit| async move {
        let place = remembering(&kit, 24).await;
        let sets = (1..=3).map(|number| {
            let (kit, place) = (&kit, &place);
            async move { set(kit, place, "admin", "", &password(number)).await }
        });
        let outcomes = futures_util::future::join_all(sets).await;
        let taken = outcomes.iter().filter(|outcome| *outcome == "Ok").count();
        let user = kit.admin_get_user(&place.0.id, "alice").await.unwrap();
        let storage = kit.storage();
        let listed = storage.list_former_passwords(&user.pool_id, &user.sub, 24);
        // What each replaced, after the temporary password.
        assert_eq!(listed.await.unwrap().len(), taken + 1, "{outcomes:?}");
        let refused = set(&kit, &place, "admin", "", PASSWORD).await;
        assert_eq!(refused, "PasswordReused");
    })
    .await;
}

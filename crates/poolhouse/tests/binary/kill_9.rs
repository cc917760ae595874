//! R1: what was acknowledged survives a kill in the middle of writing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use poolhouse_testkit::TestDatabase;
use serde_json::json;

use crate::api;
use crate::http::Connection;
use crate::process::{Place, Server};

const WRITERS: usize = 8;

/// How long the writers write before the kill; a different moment of their work each time.
const ROUNDS: [Duration; 5] = [
    Duration::from_millis(150),
    Duration::from_millis(310),
    Duration::from_millis(470),
    Duration::from_millis(530),
    Duration::from_millis(790),
];

const PASSWORD: &str = "Passw0rd!";

#[test]
fn r1_no_acknowledged_write_is_lost_by_kill_9_on_sqlite() {
    survive_kills(&["--data-dir", "data"]);
}

#[test]
fn r1_no_acknowledged_write_is_lost_by_kill_9_on_postgres() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let Some(database) = runtime.block_on(TestDatabase::make()) else {
        eprintln!("skipped: POOLHOUSE_TEST_POSTGRES is not set");
        return;
    };
    survive_kills(&["--data-dir", "data", "--database", &database.url()]);
    runtime.block_on(database.drop_it());
}

/// A user whose making, and whose password if there is one, was acknowledged.
struct Acknowledged {
    username: String,
    has_password: bool,
}

fn survive_kills(args: &[&str]) {
    let place = Place::new();
    let args = [args, &["--password-hashing", "dev-only"]].concat();
    let mut server = place.serve(&args);
    let (pool_id, client_id) = api::make_pool(&server.url);
    let mut all = Vec::new();
    for (round, length) in ROUNDS.into_iter().enumerate() {
        all.extend(write_until_killed(server, &pool_id, round, length));
        server = place.serve(&args);
        assert_all_there(&server, &pool_id, &client_id, &all);
    }
    server.stop();
    let with_password = all.iter().filter(|user| user.has_password).count();
    eprintln!(
        "{} users, {with_password} passwords acknowledged and there",
        all.len()
    );
    assert!(
        with_password >= ROUNDS.len() * WRITERS,
        "the test must write"
    );
}

fn write_until_killed(
    server: Server,
    pool_id: &str,
    round: usize,
    length: Duration,
) -> Vec<Acknowledged> {
    let is_over = AtomicBool::new(false);
    let url = server.url.clone();
    thread::scope(|scope| {
        let write = |writer| {
            let (url, is_over) = (&url, &is_over);
            let prefix = format!("user-{round}-{writer}");
            move || write_users(url, pool_id, &prefix, is_over)
        };
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| scope.spawn(write(writer)))
            .collect();
        thread::sleep(length);
        server.kill();
        is_over.store(true, Ordering::Relaxed);
        let written = writers
            .into_iter()
            .flat_map(|writer| writer.join().unwrap());
        written.collect()
    })
}

/// Makes users one after the other until the server is gone.
fn write_users(url: &str, pool_id: &str, prefix: &str, is_over: &AtomicBool) -> Vec<Acknowledged> {
    let mut written = Vec::new();
    let Ok(mut connection) = Connection::open(url) else {
        return written;
    };
    while !is_over.load(Ordering::Relaxed) {
        let username = format!("{prefix}-{}", written.len());
        let user = json!({
            "UserPoolId": pool_id,
            "Username": username,
            "MessageAction": "SUPPRESS",
        });
        match api::try_call(&mut connection, "AdminCreateUser", &user) {
            Ok((200, _)) => {}
            Ok(refused) => panic!("{refused:?}"),
            Err(_) => break,
        }
        let password = json!({
            "UserPoolId": pool_id,
            "Username": username,
            "Password": PASSWORD,
            "Permanent": true,
        });
        let outcome = api::try_call(&mut connection, "AdminSetUserPassword", &password);
        written.push(Acknowledged {
            username,
            has_password: outcome.is_ok_and(|(status, _)| status == 200),
        });
    }
    written
}

fn assert_all_there(server: &Server, pool_id: &str, client_id: &str, all: &[Acknowledged]) {
    let mut connection = Connection::open(&server.url).unwrap();
    for user in all {
        let name = &user.username;
        let input = json!({"UserPoolId": pool_id, "Username": name});
        let (status, found) = api::try_call(&mut connection, "AdminGetUser", &input).unwrap();
        assert_eq!(status, 200, "{name} is lost: {found}");
        if user.has_password {
            assert_eq!(
                found["UserStatus"], "CONFIRMED",
                "the password of {name} is lost"
            );
            let input = api::sign_in(client_id, name, PASSWORD);
            let (status, answer) = api::try_call(&mut connection, "InitiateAuth", &input).unwrap();
            assert_eq!(status, 200, "{name} cannot sign in: {answer}");
        }
    }
}

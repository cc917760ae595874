//! R1: what was acknowledged survives a kill in the middle of writing.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use poolhouse_testkit::TestDatabase;
use serde_json::{Value, json};

use crate::api;
use crate::http::Connection;
use crate::process::{Place, Server, wait_for};

const WRITERS: usize = 8;

/// Writes that are acknowledged before the kill; a different moment of the work each time.
const ROUNDS: [usize; 5] = [11, 60, 97, 140, 223];

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
    for (round, calls) in ROUNDS.into_iter().enumerate() {
        let written = write_until_killed(server, &pool_id, round, calls);
        server = place.serve(&args);
        assert_all_there(&server, &pool_id, &client_id, &written);
        all.extend(written);
    }
    assert_all_there(&server, &pool_id, &client_id, &all);
    server.stop();
    let with_password = all.iter().filter(|user| user.has_password).count();
    assert!(all.len() + with_password >= ROUNDS.iter().sum());
}

/// Lets many write, and kills the server once so many `calls` were acknowledged.
fn write_until_killed(
    server: Server,
    pool_id: &str,
    round: usize,
    calls: usize,
) -> Vec<Acknowledged> {
    let acknowledged = AtomicUsize::new(0);
    let url = server.url.clone();
    thread::scope(|scope| {
        let write = |writer| {
            let (url, acknowledged) = (&url, &acknowledged);
            let prefix = format!("user-{round}-{writer}");
            move || write_users(url, pool_id, &prefix, acknowledged)
        };
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| scope.spawn(write(writer)))
            .collect();
        let is_enough = || acknowledged.load(Ordering::Relaxed) >= calls;
        wait_for("the writes", || is_enough().then_some(()));
        server.kill();
        let written = writers
            .into_iter()
            .flat_map(|writer| writer.join().expect("the writer ends well"));
        written.collect()
    })
}

/// Makes users one after the other until the server is gone.
fn write_users(
    url: &str,
    pool_id: &str,
    prefix: &str,
    acknowledged: &AtomicUsize,
) -> Vec<Acknowledged> {
    let mut written = Vec::new();
    let mut connection = Connection::open(url).expect("the server is there");
    let mut write = |operation, input: &Value| {
        loop {
            let (status, answer) = api::try_call(&mut connection, operation, input).ok()?;
            // A machine with more to do than it can is no reason to fail.
            if answer["__type"] != "TooManyRequestsException" {
                assert_eq!(status, 200, "{operation}: {answer}");
                acknowledged.fetch_add(1, Ordering::Relaxed);
                return Some(());
            }
        }
    };
    loop {
        let username = format!("{prefix}-{}", written.len());
        let user = json!({
            "UserPoolId": pool_id,
            "Username": username,
            "MessageAction": "SUPPRESS",
        });
        if write("AdminCreateUser", &user).is_none() {
            return written;
        }
        let password = json!({
            "UserPoolId": pool_id,
            "Username": username,
            "Password": PASSWORD,
            "Permanent": true,
        });
        let has_password = write("AdminSetUserPassword", &password).is_some();
        written.push(Acknowledged {
            username,
            has_password,
        });
        if !has_password {
            return written;
        }
    }
}

fn assert_all_there(server: &Server, pool_id: &str, client_id: &str, all: &[Acknowledged]) {
    let mut connection = Connection::open(&server.url).expect("the server is there");
    let mut ask = |operation, input: &Value| {
        api::try_call(&mut connection, operation, input).expect("an answer")
    };
    for user in all {
        let name = &user.username;
        let input = json!({"UserPoolId": pool_id, "Username": name});
        let (status, found) = ask("AdminGetUser", &input);
        assert_eq!(status, 200, "{name} is lost: {found}");
        if user.has_password {
            assert_eq!(
                found["UserStatus"], "CONFIRMED",
                "the password of {name} is lost"
            );
            let input = api::sign_in(client_id, name, PASSWORD);
            let (status, answer) = ask("InitiateAuth", &input);
            assert_eq!(status, 200, "{name} cannot sign in: {answer}");
        }
    }
}

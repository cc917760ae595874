//! R1, R3: what was acknowledged survives a kill in the middle of writing.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use poolhouse_testkit::TestDatabase;

use crate::http::Connection;
use crate::process::{Place, Server, wait_for};
use crate::written_user::{House, UserWriter, WrittenUser};

const WRITERS: usize = 8;

/// How often the server is killed; by [`ROUNDS`] more often.
const FEW_ROUNDS: usize = 5;

/// Names how often the server is killed, for who has minutes.
const ROUNDS: &str = "POOLHOUSE_TEST_KILLS";

#[test]
fn r1_no_acknowledged_write_is_lost_by_kill_9_on_sqlite() {
    survive_kills(&["--data-dir", "data"]);
}

#[test]
fn r1_no_acknowledged_write_is_lost_by_kill_9_on_postgres() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let Some(database) = runtime.block_on(TestDatabase::make()) else {
        eprintln!("skipped: POOLHOUSE_TEST_POSTGRES is not set");
        return;
    };
    survive_kills(&["--data-dir", "data", "--database", &database.url()]);
    runtime.block_on(database.drop_it());
}

/// How many calls are acknowledged before each kill: a different moment of the work each time.
#[expect(
    clippy::disallowed_methods,
    reason = "it is a setting of the tests, not of the program"
)]
fn rounds() -> Vec<usize> {
    let count = std::env::var(ROUNDS).map_or(FEW_ROUNDS, |count| {
        count.parse().expect("the number of kills")
    });
    (0..count).map(|round| 13 + round * 94 % 411).collect()
}

fn survive_kills(args: &[&str]) {
    let rounds = rounds();
    let place = Place::new();
    let args = [args, &["--password-hashing", "dev-only"]].concat();
    let mut server = place.serve(&args);
    let house = House::make(&server.url);
    let mut all = Vec::new();
    for (round, calls) in rounds.iter().enumerate() {
        let written = write_until_killed(server, &house, round, *calls);
        server = place.serve(&args);
        assert_all_there(&server, &house, &written);
        all.extend(written);
    }
    assert_all_there(&server, &house, &all);
    server.stop();
    let steps: usize = all.iter().map(WrittenUser::steps).sum();
    // Of each writer one call may have been acknowledged that leads to no step: a sign-in whose
    // tokens were not revoked any more.
    let calls: usize = rounds.iter().sum();
    assert!(
        steps + WRITERS * rounds.len() >= calls,
        "{steps} of {calls}"
    );
}

/// Lets many write, and kills the server once so many `calls` were acknowledged.
fn write_until_killed(
    server: Server,
    house: &House,
    round: usize,
    calls: usize,
) -> Vec<WrittenUser> {
    let acknowledged = AtomicUsize::new(0);
    let url = server.url.clone();
    thread::scope(|scope| {
        let write = |writer| {
            let (url, acknowledged) = (&url, &acknowledged);
            move || {
                let acknowledge = || {
                    acknowledged.fetch_add(1, Ordering::Relaxed);
                };
                let mut users = UserWriter::open(url, house, &acknowledge);
                let number_users = |number| {
                    let username = format!("user-{round}-{writer}-{number}");
                    users.write(&username, writer + number)
                };
                (0..).map_while(number_users).collect::<Vec<_>>()
            }
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

fn assert_all_there(server: &Server, house: &House, all: &[WrittenUser]) {
    let mut connection = Connection::open(&server.url).expect("the server is there");
    for user in all {
        user.assert_there(&mut connection, house);
    }
}

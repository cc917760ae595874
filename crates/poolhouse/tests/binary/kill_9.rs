//! R1, R3: what was acknowledged survives a kill in the middle of writing.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use poolhouse_testkit::TestDatabase;

use crate::http::Connection;
use crate::process::{Place, Server, wait_for};
use crate::written_user::{House, UserWriter, WrittenUser};

const WRITERS: usize = 8;

/// Calls that are acknowledged before the kill; a different moment of the work each time.
const ROUNDS: [usize; 5] = [13, 84, 157, 240, 391];

#[test]
fn r1_no_acknowledged_write_is_lost_by_kill_9_on_sqlite() {
    survive_kills(&["--data-dir", "data"], &ROUNDS);
}

#[test]
fn r1_no_acknowledged_write_is_lost_by_kill_9_on_postgres() {
    on_postgres(&ROUNDS);
}

#[test]
#[ignore = "takes minutes"]
fn r1_no_acknowledged_write_is_lost_in_200_rounds_on_sqlite() {
    survive_kills(&["--data-dir", "data"], &many_rounds());
}

#[test]
#[ignore = "takes minutes"]
fn r1_no_acknowledged_write_is_lost_in_200_rounds_on_postgres() {
    on_postgres(&many_rounds());
}

/// Moments that fall everywhere between the first calls and some hundred.
fn many_rounds() -> Vec<usize> {
    (0..200).map(|round| 5 + round * 37 % 211).collect()
}

fn on_postgres(rounds: &[usize]) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let Some(database) = runtime.block_on(TestDatabase::make()) else {
        eprintln!("skipped: POOLHOUSE_TEST_POSTGRES is not set");
        return;
    };
    let args = ["--data-dir", "data", "--database", &database.url()];
    survive_kills(&args, rounds);
    runtime.block_on(database.drop_it());
}

fn survive_kills(args: &[&str], rounds: &[usize]) {
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
    assert!(steps > rounds.iter().sum::<usize>() / 2);
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

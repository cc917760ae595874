//! The master key: made once, kept apart, and missed when it is wrong or gone.

use std::fs;

use crate::api;
use crate::process::{Place, Server, finish};

const OTHER_KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// Makes a store with a pool in `data`, and stops.
fn make_store(place: &Place) {
    let server = place.serve(&["--data-dir", "data"]);
    api::make_pool(&server.url);
    server.stop();
}

fn serve(place: &Place) -> Server {
    place.serve(&["--data-dir", "data"])
}

fn refusal(place: &Place) -> String {
    let args = ["serve", "--data-dir", "data", "--listen", "localhost:0"];
    let (is_good, said) = place.run(&args);
    assert!(!is_good, "{said}");
    said
}

#[cfg(unix)]
#[test]
fn s69_the_data_and_the_key_can_be_read_by_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    make_store(&place);
    let mode = |name: &str| {
        let metadata = fs::metadata(place.path(name)).unwrap();
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode("data"), 0o700);
    assert_eq!(mode("data/master.key"), 0o600);
    assert_eq!(mode("data/poolhouse.db"), 0o600);
}

#[test]
fn s07_the_key_is_not_in_the_database_and_not_in_the_log() {
    let place = Place::new();
    let server = place.start(
        "serve",
        &[
            "--data-dir",
            "data",
            "--listen",
            "localhost:0",
            "--log",
            "trace",
        ],
        &[],
    );
    api::make_pool(&server.url);
    let log = server.log();
    server.stop();
    let key = fs::read_to_string(place.path("data/master.key")).unwrap();
    let key = key.trim();
    assert_eq!(key.len(), 64);
    assert!(!log.contains(key));
    let database = fs::read(place.path("data/poolhouse.db")).unwrap();
    let bytes: Vec<u8> = (0..32)
        .map(|index| u8::from_str_radix(&key[2 * index..2 * index + 2], 16).unwrap())
        .collect();
    assert!(!database.windows(64).any(|window| window == key.as_bytes()));
    assert!(!database.windows(32).any(|window| window == bytes));
}

#[test]
fn a_wrong_key_is_named_and_changes_nothing() {
    let place = Place::new();
    make_store(&place);
    let key = fs::read_to_string(place.path("data/master.key")).unwrap();
    fs::write(place.path("data/master.key"), OTHER_KEY).unwrap();
    let said = refusal(&place);
    assert!(
        said.contains("the master key in data/master.key is not the one"),
        "{said}"
    );
    assert!(!said.contains(OTHER_KEY), "{said}");
    fs::write(place.path("data/master.key"), "not a key").unwrap();
    let said = refusal(&place);
    assert!(
        said.contains("32 random bytes") && !said.contains("not a key"),
        "{said}"
    );
    fs::write(place.path("data/master.key"), key).unwrap();
    serve(&place).stop();
}

#[test]
fn a_key_that_is_gone_is_missed_and_not_made_anew() {
    let place = Place::new();
    make_store(&place);
    fs::rename(place.path("data/master.key"), place.path("kept")).unwrap();
    let said = refusal(&place);
    assert!(said.contains("master.key is missing"), "{said}");
    assert!(!place.path("data/master.key").exists());
    let server = place.serve(&["--data-dir", "data", "--master-key-file", "kept"]);
    server.stop();
}

#[test]
fn r14_a_database_that_is_gone_or_empty_beside_its_key_is_never_replaced() {
    let place = Place::new();
    make_store(&place);
    fs::remove_file(place.path("data/poolhouse.db")).unwrap();
    let said = refusal(&place);
    assert!(said.contains("poolhouse.db is missing or empty"), "{said}");
    fs::write(place.path("data/poolhouse.db"), "").unwrap();
    assert!(refusal(&place).contains("poolhouse.db is missing or empty"));
}

#[test]
fn r14_a_damaged_database_is_named_and_not_opened() {
    let place = Place::new();
    make_store(&place);
    let file = place.path("data/poolhouse.db");
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, bytes).unwrap();
    let said = refusal(&place);
    assert!(said.contains("poolhouse.db is damaged"), "{said}");
}

#[test]
fn the_key_can_come_from_the_environment() {
    let place = Place::new();
    let args = ["--data-dir", "data", "--listen", "localhost:0"];
    let key = [("POOLHOUSE_MASTER_KEY", OTHER_KEY)];
    let server = place.start("serve", &args, &key);
    api::make_pool(&server.url);
    server.stop();
    assert!(!place.path("data/master.key").exists());
    assert!(refusal(&place).contains("master.key is missing"));
    let mut command = place.command(&[&["serve"], &args[..]].concat());
    command.env("POOLHOUSE_MASTER_KEY", OTHER_KEY.replace("00", "ff"));
    let (is_good, said) = finish(command);
    assert!(
        !is_good && said.contains("the master key in POOLHOUSE_MASTER_KEY is not"),
        "{said}"
    );
    place.start("serve", &args, &key).stop();
}

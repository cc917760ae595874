//! Starts that are refused, and what is said then.

use std::fs;
use std::net::TcpListener;

use crate::process::{Place, finish};

/// Runs `serve`, which must fail and say all of this.
fn assert_refused(place: &Place, args: &[&str], texts: &[&str]) {
    let (is_good, said) = place.run(&[&["serve"], args].concat());
    assert!(!is_good, "{said}");
    for text in texts {
        assert!(said.contains(text), "{text:?} is missing in\n{said}");
    }
}

#[test]
fn a_second_process_on_one_data_directory_is_refused() {
    let place = Place::new();
    let server = place.serve(&["--data-dir", "data"]);
    let args = ["--data-dir", "data", "--listen", "localhost:0"];
    assert_refused(&place, &args, &["data is in use by another process"]);
    server.stop();
    place.serve(&["--data-dir", "data"]).stop();
}

#[test]
fn the_production_profile_refuses_to_start_and_says_why() {
    let args = ["--profile", "production", "--ephemeral"];
    let texts = ["production profile is not built yet", "--profile dev"];
    assert_refused(&Place::new(), &args, &texts);
}

#[test]
fn s65_an_address_that_others_reach_needs_two_consents_and_is_logged() {
    let place = Place::new();
    let open = ["--ephemeral", "--listen", "0.0.0.0:0"];
    let texts = ["--listen names 0.0.0.0:0", "POOLHOUSE_ALLOW_REMOTE_DEV=yes"];
    assert_refused(&place, &open, &texts);
    let flagged = [&open[..], &["--allow-remote-dev"]].concat();
    assert_refused(&place, &flagged, &texts);
    let mut command = place.command(&[&["serve"], &open[..]].concat());
    command.env("POOLHOUSE_ALLOW_REMOTE_DEV", "yes");
    assert!(!finish(command).0);
    let consent = [("POOLHOUSE_ALLOW_REMOTE_DEV", "yes")];
    let server = place.start("serve", &flagged, &consent);
    assert!(
        server.log().contains("open to other machines"),
        "{}",
        server.log()
    );
    // A container's health check has the variables of its server, and not its flags.
    let (_, port) = server.url.rsplit_once(':').unwrap();
    let mut health = place.command(&["health"]);
    health.env("POOLHOUSE_LISTEN", format!("0.0.0.0:{port}"));
    let (is_good, text) = finish(health);
    assert!(is_good && text.contains("\"ok\""), "{text}");
    server.stop();
}

#[test]
fn an_unknown_key_in_the_file_is_refused() {
    let place = Place::new();
    fs::write(place.path("poolhouse.toml"), "[server]\nlissen = \"x\"\n").unwrap();
    let args = ["--config", "poolhouse.toml"];
    assert_refused(
        &place,
        &args,
        &["poolhouse.toml", "`server.lissen`", "listen"],
    );
    assert_refused(
        &place,
        &["--config", "none.toml"],
        &["none.toml cannot be read"],
    );
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let args = ["--ephemeral", "--listen", &address];
    assert_refused(&Place::new(), &args, &[&address, "choose another port"]);
}

#[test]
fn s67_settings_that_cannot_be_used_are_named_without_their_passwords() {
    let place = Place::new();
    for (args, text) in [
        (
            ["--smtp-url", "smtp://u:hunter2@mail.example.com"],
            "unencrypted",
        ),
        (["--smtp-url", "smtp://u:hunter2@mail?tls=x"], "tls="),
        (["--database", "mysql://u:hunter2@db"], "--database"),
        (
            ["--database", "postgres://u:hunter2@127.0.0.1:1/d"],
            "127.0.0.1:1/d",
        ),
        (["--mail-from", "@"], "sender"),
        (["--log", "a=b=c"], "log filter"),
        (["--public-url", "http://localhost/x"], "--public-url"),
    ] {
        let (is_good, said) =
            place.run(&[&["serve", "--listen", "localhost:0"], &args[..]].concat());
        assert!(!is_good && said.contains(text), "{args:?}: {said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
    assert!(!place.path("poolhouse-data").exists());
}

#[test]
fn an_unknown_flag_is_refused() {
    assert_refused(&Place::new(), &["--lissen", "x"], &["--lissen"]);
}

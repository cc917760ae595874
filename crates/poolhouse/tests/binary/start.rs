//! Starting, and what is said of it.

use std::fs;

use serde_json::Value;

use crate::http;
use crate::process::{Place, finish};

#[test]
fn the_ready_file_names_an_address_that_is_healthy_on_both_loopback_addresses() {
    let place = Place::new();
    let server = place.serve(&["--ephemeral"]);
    let port = server
        .url
        .strip_prefix("http://localhost:")
        .expect("a port");
    assert_ne!(port, "0");
    let answer = http::get(&server.url, "/_poolhouse/health");
    let health: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(
        (answer.status, health["status"].as_str()),
        (200, Some("ok"))
    );
    assert_eq!(
        http::get(&format!("http://127.0.0.1:{port}"), "/_poolhouse/health").status,
        200
    );
    server.stop();
}

#[test]
fn the_banner_says_profile_storage_issuer_and_what_to_open() {
    let place = Place::new();
    let server = place.serve(&["--data-dir", "data"]);
    let log = server.log();
    for line in [
        "profile    dev",
        "storage    sqlite data",
        &format!("issuer     {}/POOL_ID", server.url),
        &format!("endpoint   {}", server.url),
        &format!("open       {}/_poolhouse/", server.url),
    ] {
        assert!(log.contains(line), "{line} is missing in\n{log}");
    }
    assert_eq!(server.printed(), "");
    assert!(!log.contains('\x1b'), "colour in a file:\n{log}");
    server.stop();
}

#[test]
fn the_public_url_is_what_was_configured() {
    let place = Place::new();
    let server = place.serve(&["--ephemeral", "--public-url", "https://auth.example.com"]);
    assert!(
        server
            .log()
            .contains("issuer     https://auth.example.com/POOL_ID")
    );
    assert!(server.log().contains(&format!("listening  {}", server.url)));
    server.stop();
}

#[test]
fn flags_win_over_the_environment_and_the_environment_over_the_file() {
    let place = Place::new();
    let file = "[server]\nlisten = \"localhost:1\"\n[storage]\ndata_dir = \"from-file\"\n\
                [aws]\nregion = \"eu-west-1\"\n";
    fs::write(place.path("poolhouse.toml"), file).unwrap();
    let environment = [
        ("POOLHOUSE_CONFIG", "poolhouse.toml"),
        ("POOLHOUSE_LISTEN", "127.0.0.1:0"),
        ("POOLHOUSE_DATA_DIR", "from-environment"),
    ];
    let flags = ["--data-dir", "from-flag"];
    let server = place.start("serve", &flags, &environment);
    assert!(
        server.url.starts_with("http://127.0.0.1:"),
        "{}",
        server.url
    );
    assert!(place.path("from-flag").join("poolhouse.db").exists());
    assert!(!place.path("from-environment").exists());
    server.stop();
}

#[test]
fn ephemeral_wins_over_a_data_directory_and_leaves_nothing_behind() {
    let place = Place::new();
    let server = place.serve(&["--data-dir", "data", "--ephemeral"]);
    assert!(server.log().contains("storage    sqlite in memory"));
    server.stop();
    assert!(!place.path("data").exists());
}

#[test]
fn the_help_explains_both_commands_and_names_every_source_of_a_setting() {
    let place = Place::new();
    let (is_good, help) = place.run(&["--help"]);
    assert!(
        is_good && help.contains("serve") && help.contains("quickstart"),
        "{help}"
    );
    for command in ["serve", "quickstart"] {
        let (is_good, help) = place.run(&[command, "--help"]);
        assert!(is_good);
        for text in [
            "--listen",
            "--public-url",
            "--profile",
            "--data-dir",
            "--ephemeral",
            "--database",
            "--config",
            "--ready-file",
            "--allow-remote-dev",
            "--smtp-url",
            "POOLHOUSE_LISTEN",
            "server.listen",
        ] {
            assert!(help.contains(text), "{text} is missing in\n{help}");
        }
    }
}

#[test]
fn the_version_is_told() {
    let (is_good, text) = Place::new().run(&["--version"]);
    assert!(is_good);
    assert_eq!(
        text.trim(),
        concat!("poolhouse ", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn no_command_at_all_shows_the_help_and_fails() {
    let (is_good, text) = finish(Place::new().command(&[]));
    assert!(!is_good && text.contains("Usage"), "{text}");
}

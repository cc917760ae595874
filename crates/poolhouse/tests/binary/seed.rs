//! Seeds, from a file.

use std::fs;

use serde_json::json;

use crate::api;
use crate::http::Connection;
use crate::process::{Place, finish};

const SEED: &str = "\
user_pools:
  - id: us-east-1_Shop00001
    name: shop
    clients:
      - id: shopweb
        name: web
        settings:
          ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
    users:
      - username: jane
        password: Passw0rd!
";

const CREATED: &str = "\
create user pool us-east-1_Shop00001
create app client shopweb of us-east-1_Shop00001
create user jane of us-east-1_Shop00001
";

const FLAGS: [&str; 4] = ["--data-dir", "data", "--password-hashing", "dev-only"];

fn place() -> Place {
    let place = Place::new();
    fs::write(place.path("seed.yaml"), SEED).expect("a file");
    place
}

/// Runs `seed`; gives back its exit code and what it printed, or why it failed.
fn seed(place: &Place, args: &[&str]) -> (Option<i32>, String) {
    let mut command = place.command(&["seed"]);
    command.args(args);
    let output = command.output().expect("the program is there");
    let text = match output.status.code() {
        Some(0 | 2) => output.stdout,
        _ => output.stderr,
    };
    (output.status.code(), String::from_utf8(text).expect("text"))
}

fn is_signed_in(url: &str) -> bool {
    let mut connection = Connection::open(url).expect("the server is there");
    let input = api::sign_in("shopweb", "jane", "Passw0rd!");
    let outcome = api::try_call(&mut connection, "InitiateAuth", &input);
    outcome.expect("an answer").0 == 200
}

#[test]
fn a_plan_makes_nothing_a_run_makes_all_and_a_second_run_nothing() {
    let place = place();
    let plan = [&["seed.yaml", "--plan"], &FLAGS[..]].concat();
    let run = [&["seed.yaml"], &FLAGS[..]].concat();
    assert_eq!(seed(&place, &plan), (Some(2), CREATED.to_owned()));
    assert!(!place.path("data").exists(), "a plan leaves no trace");
    assert_eq!(seed(&place, &run), (Some(0), CREATED.to_owned()));
    let nothing = "nothing to change\n".to_owned();
    assert_eq!(seed(&place, &run), (Some(0), nothing.clone()));
    assert_eq!(seed(&place, &plan), (Some(0), nothing));
    let server = place.serve(&FLAGS);
    assert!(is_signed_in(&server.url));
    server.stop();
}

#[test]
fn a_plan_shows_each_difference_and_a_run_makes_it_go() {
    let place = place();
    let plan = [&["seed.yaml", "--plan"], &FLAGS[..]].concat();
    let run = [&["seed.yaml"], &FLAGS[..]].concat();
    assert_eq!(seed(&place, &run).0, Some(0));
    let changed = SEED
        .replace(
            "name: web",
            "name: site\n        secret: asecretofsomelength0123456789",
        )
        .replace("Passw0rd!", "Passw0rd!2");
    fs::write(place.path("seed.yaml"), changed).expect("a file");
    let told = "\
update app client shopweb of us-east-1_Shop00001
    name: \"web\" -> \"site\"
    secret: changed
update user jane of us-east-1_Shop00001
    password: changed
";
    assert_eq!(seed(&place, &plan), (Some(2), told.to_owned()));
    assert_eq!(seed(&place, &run), (Some(0), told.to_owned()));
    assert_eq!(
        seed(&place, &plan),
        (Some(0), "nothing to change\n".to_owned())
    );
    // A server tells the same.
    fs::write(place.path("seed.yaml"), SEED).expect("a file");
    let server = place.serve(&FLAGS);
    let at_server = ["seed.yaml", "--plan", "--endpoint", &server.url];
    let (code, back) = seed(&place, &at_server);
    assert_eq!(code, Some(2), "{back}");
    assert!(back.contains("\n    name: \"site\" -> \"web\"\n"), "{back}");
    server.stop();
}

#[test]
fn a_server_seeds_itself_at_its_start_and_takes_more_while_it_runs() {
    let place = place();
    let flags = [&["--seed", "seed.yaml"], &FLAGS[..]].concat();
    for _ in 0..2 {
        let server = place.serve(&flags);
        assert!(is_signed_in(&server.url));
        server.stop();
    }
    let server = place.serve(&flags);
    assert!(!server.log().contains("create user"), "{}", server.log());
    // The directory is the server's, which takes the document itself.
    let (code, said) = seed(&place, &[&["seed.yaml"], &FLAGS[..]].concat());
    assert_eq!(code, Some(1));
    assert!(said.contains("--endpoint"), "{said}");
    let more = SEED.replace("jane", "joe");
    fs::write(place.path("more.yaml"), more).expect("a file");
    let at = ["more.yaml", "--endpoint", &server.url];
    let planned = seed(&place, &[&at[..], &["--plan"]].concat());
    let created = "create user joe of us-east-1_Shop00001\n".to_owned();
    assert_eq!(planned, (Some(2), created.clone()));
    assert_eq!(seed(&place, &at), (Some(0), created));
    assert_eq!(seed(&place, &at).1, "nothing to change\n");
    server.stop();
}

#[test]
fn a_quickstart_takes_a_seed_as_well() {
    let place = place();
    let flags = [
        "--ephemeral",
        "--seed",
        "seed.yaml",
        "--password-hashing",
        "dev-only",
    ];
    let server = place.start("quickstart", &flags, &[]);
    assert!(server.printed().contains("public client"));
    assert!(is_signed_in(&server.url));
    server.stop();
}

#[test]
fn what_is_wrong_is_told_with_file_and_line_and_nothing_is_served() {
    let place = place();
    let wrong = SEED.replace("password: Passw0rd!", "passwort: Passw0rd!");
    fs::write(place.path("wrong.yaml"), wrong).expect("a file");
    let flags = [
        "serve",
        "--listen",
        "localhost:0",
        "--ephemeral",
        "--seed",
        "wrong.yaml",
    ];
    let (is_good, said) = finish(place.command(&flags));
    assert!(!is_good);
    assert!(
        said.contains("wrong.yaml: line 11: a user has no \"passwort\""),
        "{said}"
    );
    let (code, said) = seed(&place, &[&["wrong.yaml"], &FLAGS[..]].concat());
    assert_eq!(code, Some(1));
    assert!(said.contains("line 11"), "{said}");
    let server = place.serve(&["--ephemeral"]);
    let (code, said) = seed(&place, &["wrong.yaml", "--endpoint", &server.url]);
    assert_eq!(code, Some(1));
    assert!(said.contains("line 11"), "{said}");
    server.stop();
    for args in [
        &["missing.yaml"][..],
        &["seed.yaml", "--endpoint", "localhost:1"],
        &["seed.yaml", "--endpoint", "https://localhost:1"],
        &["seed.yaml", "--endpoint", "http://127.0.0.1:1"],
        &["seed.yaml", "--ephemeral"],
        &["seed.yaml", "--profile", "production"],
    ] {
        let (code, said) = seed(&place, args);
        assert!(code.is_some_and(|code| code != 0), "{args:?}");
        assert!(!said.is_empty(), "{args:?}");
    }
}

#[test]
fn s57_a_large_document_is_read_and_one_that_is_too_large_is_refused() {
    let place = place();
    let mut large = SEED.to_owned();
    while large.len() < 1024 * 1024 {
        large.push_str(&"# and on, and on, and on, and on, and on, and on, and on\n".repeat(64));
    }
    fs::write(place.path("large.yaml"), large).expect("a file");
    let (code, said) = seed(&place, &[&["large.yaml"], &FLAGS[..]].concat());
    assert_eq!((code, said.as_str()), (Some(0), CREATED));
    let too_large = vec![b'#'; 17 * 1024 * 1024];
    fs::write(place.path("too_large.yaml"), too_large).expect("a file");
    let (code, said) = seed(&place, &[&["too_large.yaml"], &FLAGS[..]].concat());
    assert_eq!(code, Some(1));
    assert!(said.contains("more than 16 MiB"), "{said}");
    let server = place.serve(&["--ephemeral"]);
    let at = ["too_large.yaml", "--endpoint", &server.url];
    assert_eq!(seed(&place, &at).0, Some(1));
    // What the server already has is not harmed by it.
    api::call(&server.url, "CreateUserPool", &json!({"PoolName": "house"}));
    server.stop();
}

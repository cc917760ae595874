//! `poolhouse explain`: tokens, addresses and errors, in words.

use std::process::Stdio;

use crate::process::Place;
use crate::token_pool::{Pool, Run, run};

fn explain(place: &Place, args: &[&str], input: &str) -> Run {
    let mut command = place.command(&["explain"]);
    command.args(args);
    run(command, input)
}

#[test]
fn an_error_is_explained_as_it_is_pasted() {
    let place = Place::new();
    for pasted in [
        &["invalid_grant"][..],
        &["Incorrect", "username", "or", "password."],
        &[r#"{"__type":"NotAuthorizedException","message":"Incorrect username or password."}"#],
    ] {
        let told = explain(&place, pasted, "").ends_with(0);
        assert!(
            told.stdout.contains("cause:") && told.stdout.contains("remedy:"),
            "{told:?}"
        );
    }
    let by_input = explain(&place, &["--json"], "UsernameExistsException\n")
        .ends_with(0)
        .json();
    assert_eq!(by_input["kind"], "error");
    assert_eq!(by_input["entries"][0]["code"], "UsernameExistsException");
    let unknown = explain(&place, &["never heard of it"], "").ends_with(1);
    assert!(unknown.stderr.contains("nothing is known"), "{unknown:?}");
    explain(&place, &[], "").ends_with(1);
}

#[test]
fn a_token_is_told_in_words_and_never_as_verified() {
    let pool = Pool::start("public-url");
    let token = pool.access_token();
    let told = explain(&pool.place, &[], &token).ends_with(0);
    assert!(
        told.stdout.starts_with("An access token: it opens an API."),
        "{told:?}"
    );
    assert!(
        told.stdout.contains("Nothing of this was verified."),
        "{told:?}"
    );
    assert!(
        told.stdout.contains("59 minutes") || told.stdout.contains("in 1 hour"),
        "{told:?}"
    );
    let json = explain(&pool.place, &["--json", "-"], &token)
        .ends_with(0)
        .json();
    assert_eq!(
        (&json["kind"], &json["verified"]),
        (&"token".into(), &false.into())
    );
    let cut = explain(&pool.place, &[&token[..token.len() / 2]], "").ends_with(1);
    assert!(cut.stderr.contains("looks like a token"), "{cut:?}");
    pool.server.stop();
}

#[test]
fn an_address_is_explained_and_its_server_asked() {
    let pool = Pool::start("public-url");
    let address = |redirect_uri: &str| {
        format!(
            "{}/oauth2/authorize?response_type=code&client_id={}&redirect_uri={redirect_uri}&scope=openid",
            pool.server.url, pool.client_id
        )
    };
    let good = explain(&pool.place, &["--check", &address(&pool.redirect_uri)], "").ends_with(0);
    assert!(
        good.stdout
            .contains("it takes the address, and goes on to /login"),
        "{good:?}"
    );
    assert!(!good.stdout.contains("What is wrong"), "{good:?}");
    let bad = explain(
        &pool.place,
        &["--check", &address("http://localhost:1/")],
        "",
    )
    .ends_with(0);
    assert!(
        bad.stdout
            .contains("refuses the address: redirect_mismatch"),
        "{bad:?}"
    );
    let typo = address(&pool.redirect_uri).replace("redirect_uri", "redirect_url");
    let typo = explain(&pool.place, &["--json", &typo], "")
        .ends_with(0)
        .json();
    let faults = typo["faults"].to_string();
    assert!(faults.contains("is written redirect_uri"), "{faults}");
    // An answer is never sent on, not even to ask.
    let answer = format!("{}/?code=abcdefgh-1234-5678&state=s", pool.server.url);
    let answer = explain(&pool.place, &["--check", &answer], "").ends_with(0);
    assert!(answer.stdout.contains("not asked"), "{answer:?}");
    assert!(!answer.stdout.contains("5678"), "{answer:?}");
    pool.server.stop();
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let place = Place::new();
    let mut command = place.command(&["explain", "invalid_request"]);
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    command.stdout(writer).stderr(Stdio::piped());
    let output = command.output().expect("the program is there");
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
}

//! `poolhouse token`: what is not good, by its exit code, and whom it believes.

use serde_json::json;

use crate::api::call;
use crate::http::Connection;
use crate::process::Place;
use crate::token_pool::{PASSWORD, Pool, run};

#[test]
fn each_kind_of_failure_has_its_exit_code() {
    let pool = Pool::start("public-url");
    let token = pool.access_token();
    let (head, signature) = token.rsplit_once('.').expect("a signature");
    let (header, _) = head.split_once('.').expect("a payload");
    let none = format!(
        "eyJhbGciOiJub25lIn0.{}.",
        head.split('.').nth(1).expect("a payload")
    );
    let client = ["verify", "--client-id", &pool.client_id];
    let verify = |more: &[&str], token: &str| pool.run(&[&client[..], more].concat(), token);
    verify(&["--token-use", "access"], &token).ends_with(0);
    verify(&[], "not-a-token").ends_with(3);
    verify(&[], "").ends_with(3);
    let tampered = format!("{header}.eyJzdWIiOiJldmUifQ.{signature}");
    assert!(
        verify(&[], &tampered)
            .ends_with(4)
            .stderr
            .contains("signature_mismatch")
    );
    assert!(verify(&[], &none).ends_with(4).stderr.contains("alg_none"));
    let kind = verify(&["--token-use", "id"], &token).ends_with(5);
    assert!(kind.stderr.contains("token_use_mismatch"), "{kind:?}");
    let other = pool
        .run(&["verify", "--client-id", "other"], &token)
        .ends_with(5);
    assert!(other.stderr.contains("client_mismatch"), "{other:?}");
    pool.run(&["verify"], &token).ends_with(1);
    pool.run(&["verify", "--any-client"], &token).ends_with(0);
    pool.run(&["verify", "--audience", "x"], &token)
        .ends_with(5);
    pool.run(&["verify", "--no-such-flag"], &token).ends_with(2);
    let elsewhere = verify(&["--issuer", "http://127.0.0.1:1/pool"], &token).ends_with(1);
    assert!(
        elsewhere.stderr.contains("does not answer"),
        "{elsewhere:?}"
    );
    let insecure = verify(&["--issuer", "http://example.com/pool"], &token).ends_with(1);
    assert!(insecure.stderr.contains("plain http"), "{insecure:?}");
    let named = format!("{}/", pool.issuer);
    assert!(
        verify(&["--issuer", &named], &token)
            .ends_with(5)
            .stderr
            .contains("letter for letter")
    );
    // Tokens of a server whose clock goes two hours before.
    let mut connection = Connection::open(&pool.server.url).expect("the server is there");
    let moved = connection.send("POST", "/_poolhouse/clock?advance=2h", &[], "");
    assert_eq!(moved.expect("an answer").status, 200);
    let early = verify(&[], &pool.access_token()).ends_with(6);
    assert!(early.stderr.contains("issued_in_future"), "{early:?}");
    pool.server.stop();
}

#[test]
fn what_a_token_says_cannot_steer_the_terminal() {
    let pool = Pool::start("public-url");
    let name = json!({"UserPoolId": pool.id, "Username": "quinn",
        "UserAttributes": [{"Name": "name", "Value": "a\u{9b}31m\u{202e}b"}]});
    call(&pool.server.url, "AdminUpdateUserAttributes", &name);
    let input = crate::api::sign_in(&pool.client_id, "quinn", PASSWORD);
    let answer = call(&pool.server.url, "InitiateAuth", &input);
    let id_token = answer["AuthenticationResult"]["IdToken"]
        .as_str()
        .expect("a token");
    let decoded = pool.run(&["decode", "-"], id_token).ends_with(0);
    assert!(
        !decoded.stdout.contains(['\u{9b}', '\u{202e}']),
        "{decoded:?}"
    );
    assert_eq!(decoded.json()["claims"]["name"], "a\u{9b}31m\u{202e}b");
    pool.server.stop();
}

#[test]
fn a_server_with_a_local_ca_is_believed_by_that_ca_alone() {
    let place = Place::new();
    let flags = ["--data-dir", "data", "--tls", "self-signed"];
    let server = place.start("quickstart", &flags, &[]);
    let printed = server.printed();
    let issuer = printed
        .lines()
        .find_map(|line| line.strip_prefix("issuer "));
    let issuer = issuer.expect("an issuer").trim().to_owned();
    assert!(issuer.starts_with("https://"), "{issuer}");
    let verify = |more: &[&str]| {
        let mut command = place.command(&["token", "verify", "--any-client", "--issuer", &issuer]);
        command.args(more);
        // {"alg":"RS256","kid":"x"} and {}
        run(command, "eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.e30.AAAA")
    };
    let known = verify(&["--ca-file", "data/tls/ca.pem"]).ends_with(4);
    assert!(known.stderr.contains("key_unknown"), "{known:?}");
    let unknown = verify(&[]).ends_with(1);
    assert!(unknown.stderr.contains("does not answer"), "{unknown:?}");
    verify(&["--ca-file", "data/poolhouse.toml"]).ends_with(1);
    server.stop();
}

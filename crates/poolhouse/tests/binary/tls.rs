//! https with the local CA.

use std::fs;
use std::net::TcpStream;
use std::path::PathBuf;

use serde_json::json;

use crate::api;
use crate::http::{self, Answer, Connection};
use crate::process::{Place, Server, stopwatch};

const SELF_SIGNED: [&str; 4] = ["--tls", "self-signed", "--data-dir", "data"];

/// The file that the banner names.
fn ca_file(server: &Server) -> PathBuf {
    let log = server.log();
    let line = log
        .lines()
        .find_map(|line| line.trim().strip_prefix("local CA"));
    let line = line.expect("the banner names the CA").trim();
    line.split(" (").next().expect("a file").into()
}

fn get(server: &Server, name: &str, path: &str) -> Answer {
    let connection = Connection::open_tls(&server.url, &ca_file(server), name);
    let answer = connection.and_then(|mut open| open.send("GET", path, &[], ""));
    answer.expect("the server answers")
}

#[test]
fn what_is_ready_printed_and_issued_is_https_for_who_trusts_the_local_ca() {
    let place = Place::new();
    let server = place.serve(&SELF_SIGNED);
    let port = server
        .url
        .strip_prefix("https://localhost:")
        .expect("https");
    assert_ne!(port, "0");
    for name in ["localhost", "127.0.0.1", "app.auth.localhost"] {
        assert_eq!(
            get(&server, name, "/_poolhouse/health").status,
            200,
            "{name}"
        );
    }
    let log = server.log();
    assert!(
        log.contains(&format!("issuer     {}/POOL_ID", server.url)),
        "{log}"
    );
    assert_eq!(ca_file(&server), place.path("data/tls/ca.pem"));
    server.stop();
}

#[test]
fn s52_strict_transport_is_not_asked_for_on_hosts_of_this_machine() {
    let place = Place::new();
    let server = place.serve(&SELF_SIGNED);
    let answer = get(&server, "localhost", "/error?error=invalid_request");
    assert_eq!(answer.header("strict-transport-security"), None);
    assert_eq!(answer.header("x-frame-options"), Some("DENY"));
    server.stop();
}

#[test]
fn s69_the_ca_outlives_a_restart_and_its_key_is_for_its_owner_alone() {
    let place = Place::new();
    let server = place.serve(&SELF_SIGNED);
    let file = ca_file(&server);
    let first = fs::read_to_string(&file).unwrap();
    server.kill();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let key = fs::metadata(place.path("data/tls/ca-key.pem")).unwrap();
        assert_eq!(key.permissions().mode() & 0o777, 0o600);
    }
    let server = place.serve(&SELF_SIGNED);
    assert_eq!(fs::read_to_string(&file).unwrap(), first);
    assert_eq!(get(&server, "localhost", "/_poolhouse/health").status, 200);
    server.stop();
}

#[test]
fn who_trusts_another_ca_or_asks_for_another_name_is_refused() {
    let place = Place::new();
    let server = place.serve(&SELF_SIGNED);
    let (is_good, stranger) = place.run(&["ca", "--pem", "--data-dir", "other"]);
    assert!(is_good, "{stranger}");
    let stranger = place.path("other/tls/ca.pem");
    let by_stranger = http::tls(&server.url, &stranger, "localhost", &[]);
    let error = by_stranger.expect_err("an unknown issuer").to_string();
    assert!(
        error.contains("UnknownIssuer") || error.contains("BadSignature"),
        "{error}"
    );
    let other_name = http::tls(&server.url, &ca_file(&server), "evil.example", &[]);
    let error = other_name.expect_err("another name").to_string();
    assert!(error.contains("not valid for name"), "{error}");
    server.stop();
}

#[test]
fn http2_is_spoken_to_who_prefers_it() {
    let place = Place::new();
    let server = place.serve(&SELF_SIGNED);
    for (offered, expected) in [
        (&[&b"h2"[..], b"http/1.1"][..], Some(&b"h2"[..])),
        (&[b"http/1.1"], Some(b"http/1.1")),
        (&[], None),
    ] {
        let stream = http::tls(&server.url, &ca_file(&server), "localhost", offered).unwrap();
        assert_eq!(stream.conn.alpn_protocol(), expected);
    }
    server.stop();
}

#[test]
fn plain_http_is_told_to_use_https_and_does_nothing() {
    let place = Place::new();
    let server = place.serve(&SELF_SIGNED);
    let plain = server.url.replace("https://", "http://");
    let mut connection = Connection::open(&plain).unwrap();
    let input = json!({"PoolName": "clear"});
    let headers = [(
        "X-Amz-Target",
        "AWSCognitoIdentityProviderService.CreateUserPool",
    )];
    let answer = connection
        .send("POST", "/", &headers, &input.to_string())
        .unwrap();
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains(&server.url), "{}", answer.body);
    let mut trusting = Connection::open_tls(&server.url, &ca_file(&server), "localhost").unwrap();
    let list = json!({"MaxResults": 60});
    let (status, pools) = api::try_call(&mut trusting, "ListUserPools", &list).unwrap();
    assert_eq!(
        (status, pools["UserPools"].as_array().map(Vec::len)),
        (200, Some(0))
    );
    server.stop();
}

#[test]
fn a_pools_own_domain_has_a_certificate_as_soon_as_it_is_there() {
    let place = Place::new();
    let server = place.serve(&SELF_SIGNED);
    let ca = ca_file(&server);
    let mut connection = Connection::open_tls(&server.url, &ca, "localhost").unwrap();
    let mut call = |operation: &str, input| {
        let (status, body) = api::try_call(&mut connection, operation, &input).unwrap();
        assert_eq!(status, 200, "{body}");
        body
    };
    let before = http::tls(&server.url, &ca, "auth.widget.example", &[]);
    assert!(before.is_err());
    let pool = call("CreateUserPool", json!({"PoolName": "house"}));
    let certificate = "arn:aws:acm:us-east-1:000000000000:certificate/\
                       00000000-0000-0000-0000-000000000000";
    call(
        "CreateUserPoolDomain",
        json!({
            "UserPoolId": pool["UserPool"]["Id"],
            "Domain": "auth.widget.example",
            "CustomDomainConfig": {"CertificateArn": certificate},
        }),
    );
    let page = get(
        &server,
        "auth.widget.example",
        "/error?error=invalid_request",
    );
    assert!(page.body.contains("invalid_request"), "{}", page.body);
    server.stop();
}

#[test]
fn clients_that_never_do_the_handshake_do_not_hold_up_a_stop() {
    let place = Place::new();
    let mut server = place.serve(&SELF_SIGNED);
    let host = server.url.strip_prefix("https://").unwrap();
    let silent = TcpStream::connect(host).unwrap();
    assert_eq!(get(&server, "localhost", "/_poolhouse/health").status, 200);
    let elapsed = stopwatch();
    server.ask_to_stop();
    assert!(server.wait().success());
    assert!(elapsed().as_secs() < 4, "{:?}", elapsed());
    drop(silent);
}

#[test]
fn in_memory_the_ca_goes_with_the_run_and_its_key_is_never_written() {
    let place = Place::new();
    let server = place.serve(&["--ephemeral", "--tls", "self-signed"]);
    assert_eq!(get(&server, "localhost", "/_poolhouse/health").status, 200);
    let file = ca_file(&server);
    let directory = file.parent().unwrap();
    let names: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|one| one.unwrap().file_name())
        .collect();
    assert_eq!(names, ["ca.pem"]);
    assert!(server.log().contains("for this run"), "{}", server.log());
    server.stop();
    assert!(!directory.exists());
    assert!(!place.path("poolhouse-data").exists());
    let (is_good, text) = place.run(&["ca", "--ephemeral"]);
    assert!(!is_good && text.contains("--data-dir"), "{text}");
}

#[test]
fn the_ca_command_names_the_file_and_explains_how_to_trust_it() {
    let place = Place::new();
    let (is_good, text) = place.run(&["ca", "--data-dir", "data"]);
    assert!(is_good, "{text}");
    let file = place.path("data/tls/ca.pem");
    let named = file.display().to_string();
    assert_eq!(text.lines().next(), Some(named.as_str()));
    for way in [
        "curl --cacert",
        "NODE_EXTRA_CA_CERTS",
        "REQUESTS_CA_BUNDLE",
        "AWS_CA_BUNDLE",
        "update-ca-certificates",
        "certutil",
        "Firefox",
        "add-trusted-cert",
        "-addstore",
    ] {
        assert!(text.contains(way), "{way} is missing in\n{text}");
    }
    let (_, pem) = place.run(&["ca", "--pem", "--data-dir", "data"]);
    assert_eq!(pem, fs::read_to_string(&file).unwrap());
    // The server takes the one that was there.
    let server = place.serve(&SELF_SIGNED);
    assert_eq!(fs::read_to_string(ca_file(&server)).unwrap(), pem);
    server.stop();
}

#[test]
fn a_host_that_the_ca_was_not_made_for_is_named_at_the_start() {
    let place = Place::new();
    let (_, _) = place.run(&["ca", "--data-dir", "data"]);
    let with_host = ["--allowed-hosts", "poolhouse"];
    let args = [
        &["serve", "--listen", "localhost:0"][..],
        &SELF_SIGNED,
        &with_host,
    ]
    .concat();
    let (is_good, text) = place.run(&args);
    assert!(
        !is_good && text.contains("cannot vouch for poolhouse"),
        "{text}"
    );
    fs::remove_dir_all(place.path("data/tls")).unwrap();
    let server = place.serve(&[&SELF_SIGNED[..], &with_host].concat());
    assert_eq!(get(&server, "poolhouse", "/_poolhouse/health").status, 200);
    server.stop();
}

#[test]
fn health_is_asked_for_and_a_seed_sent_by_https_with_the_ca_of_the_data_directory() {
    let place = Place::new();
    let server = place.serve(&SELF_SIGNED);
    let listen = server.url.replace("https://", "");
    let health = [&["health", "--listen", listen.as_str()][..], &SELF_SIGNED].concat();
    let (is_good, text) = place.run(&health);
    assert!(is_good && text.contains("\"ok\""), "{text}");
    fs::write(
        place.path("seed.yaml"),
        "user_pools:\n  - id: us-east-1_Shop00001\n    name: shop\n",
    )
    .unwrap();
    let seed = [
        "seed",
        "seed.yaml",
        "--endpoint",
        server.url.as_str(),
        "--data-dir",
    ];
    let (is_good, text) = place.run(&[&seed[..], &["other"]].concat());
    assert!(!is_good && text.contains("is not believed"), "{text}");
    let (is_good, text) = place.run(&[&seed[..], &["data"]].concat());
    assert!(is_good && text.contains("create"), "{text}");
    server.stop();
    let (is_good, text) = place.run(&health);
    assert!(!is_good && text.contains("no server answers"), "{text}");
}

//! What hostile bodies leave behind in memory.

use std::fs;
use std::thread;

use crate::http::Connection;
use crate::process::{Place, Server};

/// A megabyte, which no body may be longer than.
const LIMIT: usize = 1 << 20;

/// Bodies that are sent before memory is looked at: what is allocated once is there then.
const WARM_UP: usize = 3;
const ROUNDS: usize = 5;
const SENDERS: usize = 4;

/// Far less than the 360 MiB that are sent.
const LEFT_BEHIND: u64 = 24 * 1024;

#[test]
fn s57_memory_is_back_at_its_base_line_after_hostile_bodies() {
    let place = Place::new();
    let server = place.serve(&["--ephemeral"]);
    let bodies = bodies();
    send_all(&server, &bodies, WARM_UP);
    let before = resident_kibibytes(&server);
    send_all(&server, &bodies, ROUNDS);
    let after = resident_kibibytes(&server);
    assert!(
        after < before + LEFT_BEHIND,
        "{before} KiB before, {after} KiB after"
    );
    server.stop();
}

/// Bodies just under the limit, each hostile in a way of its own.
fn bodies() -> Vec<String> {
    let many = |unit: &str| unit.repeat((LIMIT - 1024) / unit.len());
    vec![
        format!("{{\"ClientId\":{}}}", many("[")),
        format!("{{\"ClientId\":{}}}", many("{\"a\":")),
        format!("{{\"ClientId\":\"{}\"}}", many("a")),
        format!("{{\"ClientId\":\"{}\"}}", many("\\u0061")),
        format!("{{\"ClientId\":{}}}", many("9")),
        format!("{{{}\"Username\":1}}", many("\"ClientId\":\"a\",")),
        format!("{{\"UserAttributes\":[{}{{}}]}}", many("{\"Name\":\"a\"},")),
        format!("a=b{}", many("&a=b")),
        many("%41"),
    ]
}

/// Each body as often as said, from several connections at once, to the API and the token
/// endpoint.
fn send_all(server: &Server, bodies: &[String], rounds: usize) {
    thread::scope(|scope| {
        for _ in 0..SENDERS {
            scope.spawn(|| {
                for body in (0..rounds).flat_map(|_| bodies) {
                    send(&server.url, "/", body);
                    send(&server.url, "/oauth2/token", body);
                }
            });
        }
    });
}

/// A connection each: a server may end one over a body that it does not like.
fn send(url: &str, path: &str, body: &str) {
    let headers = [
        ("X-Amz-Target", "AWSCognitoIdentityProviderService.SignUp"),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    let mut connection = Connection::open(url).expect("the server is there");
    let answer = connection
        .send("POST", path, &headers, body)
        .expect("an answer");
    let is_refused = (400..500).contains(&answer.status);
    assert!(is_refused, "{path}: {}", answer.status);
}

/// Source: `proc_pid_status(5)`, `VmRSS`.
fn resident_kibibytes(server: &Server) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.pid()));
    let status = status.expect("a status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .expect("VmRSS")
}

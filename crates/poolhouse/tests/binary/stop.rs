//! Stopping gracefully.

use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;

use crate::api;
use crate::http::Connection;
use crate::process::{Place, stopwatch, wait_for};

/// Requests in flight when the stop comes.
const REQUESTS: usize = 100;

#[test]
fn r13_requests_in_flight_are_answered_and_new_connections_refused() {
    let place = Place::new();
    let mut server = place.serve(&["--data-dir", "data", "--password-hashing", "dev-only"]);
    let (pool_id, _) = api::make_pool(&server.url);
    let address = server.url.replace("http://localhost", "127.0.0.1");
    let body = json!({"UserPoolId": pool_id}).to_string();
    let (start, end) = body.split_at(body.len() - 1);
    let headers = [
        ("Content-Type", "application/x-amz-json-1.1"),
        ("X-Amz-Target", "AWSCognitoIdentityProviderService.SignUp"),
        ("Expect", "100-continue"),
    ];
    let mut connections: Vec<Connection> = (0..REQUESTS)
        .map(|_| {
            let mut connection = Connection::open(&server.url).unwrap();
            connection
                .send_head("POST", "/", &headers, body.len())
                .unwrap();
            // The server has begun with the request once it asks for the body.
            assert_eq!(connection.read_answer().unwrap().status, 100);
            connection.send_raw(start.as_bytes()).unwrap();
            connection
        })
        .collect();
    server.ask_to_stop();
    wait_for("the refusal", || TcpStream::connect(&address).err());
    for connection in &mut connections {
        connection.send_raw(end.as_bytes()).unwrap();
        let answer = connection
            .read_answer()
            .expect("an answer after the stop began");
        assert_eq!(answer.status, 400, "{answer:?}");
    }
    assert!(server.wait().success(), "{}", server.log());
    place.serve(&["--data-dir", "data"]).stop();
}

#[test]
fn a_stop_waits_for_a_request_that_never_ends_less_than_five_seconds() {
    let place = Place::new();
    let mut server = place.serve(&["--ephemeral"]);
    let headers = [
        ("X-Amz-Target", "AWSCognitoIdentityProviderService.SignUp"),
        ("Expect", "100-continue"),
    ];
    let mut connection = Connection::open(&server.url).unwrap();
    connection.send_head("POST", "/", &headers, 10).unwrap();
    assert_eq!(connection.read_answer().unwrap().status, 100);
    let elapsed = stopwatch();
    server.ask_to_stop();
    assert!(server.wait().success(), "{}", server.log());
    let took = elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[test]
fn an_idle_connection_does_not_delay_a_stop() {
    let place = Place::new();
    let server = place.serve(&["--ephemeral"]);
    let mut idle = Connection::open(&server.url).unwrap();
    let answer = idle.send("GET", "/_poolhouse/health", &[], "").unwrap();
    assert_eq!(answer.status, 200);
    server.stop();
    assert!(idle.send("GET", "/_poolhouse/health", &[], "").is_err());
}

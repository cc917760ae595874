//! Tools for test suites, at a real server.

use serde_json::{Value, json};

use crate::api;
use crate::http::{self, Connection};
use crate::process::{Place, Server};

const PASSWORD: &str = "Passw0rd!";

/// Calls a tool that must succeed.
fn tool(server: &Server, method: &str, path: &str, body: &str) -> Value {
    let answer = Connection::open(&server.url)
        .and_then(|mut connection| connection.send(method, path, &[], body))
        .expect("the server answers");
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

/// A pool with a user who can sign in; gives back pool and client.
fn make_user(server: &Server) -> (String, String) {
    let (pool_id, client_id) = api::make_pool(&server.url);
    let user = json!({"UserPoolId": pool_id, "Username": "jane"});
    api::call(&server.url, "AdminCreateUser", &user);
    let password = json!({
        "UserPoolId": pool_id, "Username": "jane", "Password": PASSWORD, "Permanent": true,
    });
    api::call(&server.url, "AdminSetUserPassword", &password);
    (pool_id, client_id)
}

fn sign_in_status(server: &Server, client_id: &str) -> u16 {
    let mut connection = Connection::open(&server.url).expect("the server is there");
    let input = api::sign_in(client_id, "jane", PASSWORD);
    let (status, _) = api::try_call(&mut connection, "InitiateAuth", &input).expect("an answer");
    status
}

#[test]
fn a_test_suite_goes_back_and_forth_on_a_data_directory() {
    let place = Place::new();
    let flags = ["--data-dir", "data", "--password-hashing", "dev-only"];
    let server = place.serve(&flags);
    let (_, client_id) = make_user(&server);
    tool(&server, "POST", "/_poolhouse/snapshot?name=ready", "");
    assert_eq!(
        tool(&server, "POST", "/_poolhouse/reset", ""),
        json!({"removed": "everything"})
    );
    assert_eq!(sign_in_status(&server, &client_id), 400);
    tool(&server, "POST", "/_poolhouse/restore?name=ready", "");
    assert_eq!(sign_in_status(&server, &client_id), 200);
    server.stop();
    // What was restored is on disk; the snapshot itself was in memory.
    let server = place.serve(&flags);
    assert_eq!(sign_in_status(&server, &client_id), 200);
    assert_eq!(tool(&server, "GET", "/_poolhouse/snapshot", ""), json!([]));
    server.stop();
}

#[test]
fn the_clock_moves_what_the_server_does_and_is_right_again_after_a_restart() {
    let place = Place::new();
    let flags = ["--data-dir", "data", "--password-hashing", "dev-only"];
    let server = place.serve(&flags);
    let (_, client_id) = make_user(&server);
    let input = api::sign_in(&client_id, "jane", PASSWORD);
    let answer = api::call(&server.url, "InitiateAuth", &input);
    let tokens = json!({"AccessToken": answer["AuthenticationResult"]["AccessToken"]});
    api::call(&server.url, "GetUser", &tokens);
    let moved = tool(&server, "POST", "/_poolhouse/clock?advance=2h", "");
    let ahead = moved["ahead_ms"].as_i64().expect("a number");
    assert_eq!(ahead, 2 * 3_600_000);
    let mut connection = Connection::open(&server.url).expect("the server is there");
    let (status, _) = api::try_call(&mut connection, "GetUser", &tokens).expect("an answer");
    assert_eq!(status, 400);
    let health = http::get(&server.url, "/_poolhouse/health");
    assert!(health.body.contains("7200 s ahead"), "{}", health.body);
    server.stop();
    let server = place.serve(&flags);
    let clock = tool(&server, "GET", "/_poolhouse/clock", "");
    assert_eq!(clock["ahead_ms"], 0);
    assert_eq!(sign_in_status(&server, &client_id), 200);
    server.stop();
}

#[test]
fn resets_under_sign_ups_leave_a_server_that_works() {
    let place = Place::new();
    let server = place.serve(&["--ephemeral", "--password-hashing", "dev-only"]);
    let (pool_id, client_id) = make_user(&server);
    let path = format!("/_poolhouse/reset?pool={pool_id}");
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let (url, client_id) = (&server.url, &client_id);
            scope.spawn(move || {
                let mut connection = Connection::open(url).expect("the server is there");
                for number in 0..10 {
                    let input = json!({
                        "ClientId": client_id,
                        "Username": format!("user-{worker}-{number}"),
                        "Password": PASSWORD,
                    });
                    let outcome = api::try_call(&mut connection, "SignUp", &input);
                    let (status, body) = outcome.expect("an answer");
                    assert_eq!(status, 200, "{body}");
                }
            });
        }
        for _ in 0..5 {
            tool(&server, "POST", &path, "");
        }
    });
    tool(&server, "POST", &path, "");
    for worker in 0..4 {
        let input = json!({
            "ClientId": client_id, "Username": format!("user-{worker}-9"), "Password": PASSWORD,
        });
        api::call(&server.url, "SignUp", &input);
    }
    server.stop();
}

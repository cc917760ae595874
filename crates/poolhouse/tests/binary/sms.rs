//! Text messages that leave by the configured gateway.

use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::api;
use crate::http;
use crate::process::{Place, Server, finish, wait_for};

/// How long a text message may take.
const SMS_TTL: Duration = Duration::from_secs(20);

/// A request as the gateway was sent it.
struct Heard {
    head: String,
    body: Value,
}

/// A gateway that answers with a status; gives back its URL, and each request.
fn gateway(status: &'static str) -> (String, Receiver<Heard>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/sms", listener.local_addr().expect("an address"));
    let (sender, requests) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let sender = sender.clone();
            thread::spawn(move || converse(stream, status, &sender));
        }
    });
    (url, requests)
}

/// Takes one request after the other until the sender hangs up.
fn converse(stream: TcpStream, status: &str, requests: &Sender<Heard>) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if stream.read_line(&mut head)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let lower = head.to_lowercase();
        let length = lower.split("content-length: ").nth(1);
        let length = length.and_then(|rest| rest.lines().next()?.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        stream.read_exact(&mut body)?;
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        // The test may have heard enough.
        let _ = requests.send(Heard { head, body });
        write!(
            stream.get_mut(),
            "HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"
        )?;
    }
}

/// Signs a user up at a pool that verifies phone numbers; gives back the answer.
fn sign_up(server: &Server) -> Value {
    let pool = json!({"PoolName": "house", "AutoVerifiedAttributes": ["phone_number"]});
    let pool = api::call(&server.url, "CreateUserPool", &pool);
    let client = json!({"UserPoolId": pool["UserPool"]["Id"], "ClientName": "app"});
    let client = api::call(&server.url, "CreateUserPoolClient", &client);
    let user = json!({
        "ClientId": client["UserPoolClient"]["ClientId"],
        "Username": "fred",
        "Password": "Passw0rd!",
        "UserAttributes": [{"Name": "phone_number", "Value": "+12065550100"}],
    });
    api::call(&server.url, "SignUp", &user)
}

fn message(server: &Server) -> Value {
    let inbox = http::get(&server.url, "/_poolhouse/inbox?to=%2B12065550100");
    let inbox: Value = serde_json::from_str(&inbox.body).expect("JSON");
    inbox[0].clone()
}

#[test]
fn s67_a_code_leaves_for_the_gateway_with_the_token_of_a_file_and_neither_is_logged() {
    let (url, requests) = gateway("200 OK");
    let place = Place::new();
    fs::write(place.path("token"), "t0ken-of-the-gateway\n").unwrap();
    let gateway = [
        "--sms-gateway-url",
        &url,
        "--sms-gateway-token-file",
        "token",
    ];
    let server = place.serve(&[&["--ephemeral", "--log", "trace"], &gateway[..]].concat());
    let signed_up = sign_up(&server);
    assert_eq!(
        signed_up["CodeDeliveryDetails"],
        json!({
            "AttributeName": "phone_number", "DeliveryMedium": "SMS",
            "Destination": "+*******0100"
        })
    );
    let sent = requests.recv_timeout(SMS_TTL).expect("a text message");
    let head = sent.head.to_lowercase();
    assert!(head.starts_with("post /sms http/1.1"), "{head}");
    assert!(
        head.contains("authorization: bearer t0ken-of-the-gateway"),
        "{head}"
    );
    let message = message(&server);
    let code = message["code"].as_str().expect("a code");
    assert_eq!(sent.body["to"], "+12065550100");
    assert_eq!(
        sent.body["body"],
        format!("Your confirmation code is {code}")
    );
    assert_eq!(sent.body["id"], message["id"]);
    assert!(head.contains(&format!(
        "idempotency-key: {}",
        message["id"].as_str().unwrap()
    )));
    let log = server.log();
    for secret in ["t0ken-of-the-gateway", code] {
        assert!(!log.contains(secret), "the log holds {secret}");
    }
    server.stop();
}

#[test]
fn r15_a_gateway_that_refuses_stops_no_sign_up_and_health_and_inbox_tell_of_it() {
    for (status, count) in [
        ("422 Unprocessable Entity", "given_up"),
        ("503 Busy", "retrying"),
    ] {
        let (url, requests) = gateway(status);
        let place = Place::new();
        let server = place.serve(&["--ephemeral", "--sms-gateway-url", &url]);
        sign_up(&server);
        requests.recv_timeout(SMS_TTL).expect("a text message");
        let failed = wait_for("the failure", || {
            let failed = message(&server)["last_error"].as_str()?.to_owned();
            Some(failed)
        });
        assert!(failed.contains(&status[..3]), "{failed}");
        assert!(server.log().contains(&status[..3]), "{}", server.log());
        let health = http::get(&server.url, "/_poolhouse/health");
        let health: Value = serde_json::from_str(&health.body).unwrap();
        assert_eq!(health["status"], "ok");
        assert_eq!(health["messages"][count], 1, "{health}");
        server.stop();
    }
}

#[test]
fn settings_of_the_gateway_that_cannot_be_used_stop_the_start() {
    let place = Place::new();
    fs::write(place.path("empty"), "\n").unwrap();
    let to = |url: &'static str| vec!["--sms-gateway-url", url];
    for (args, token, text) in [
        (to("ftp://sms.example.com"), "", "--sms-gateway-url"),
        (to("https://user:pw@sms.example.com"), "", "use the token"),
        (to("http://sms.example.com"), "t0ken", "unencrypted"),
        (to("https://sms.example.com"), "a b", "printable"),
        (
            [
                to("https://sms.example.com"),
                vec!["--sms-gateway-token-file", "empty"],
            ]
            .concat(),
            "",
            "empty",
        ),
        (
            [
                to("https://sms.example.com"),
                vec!["--sms-gateway-token-file", "none"],
            ]
            .concat(),
            "",
            "none",
        ),
        (
            [
                to("https://sms.example.com"),
                vec!["--sms-gateway-token-file", "empty"],
            ]
            .concat(),
            "t0ken",
            "which of the two",
        ),
    ] {
        let mut command = place.command(&[&["serve", "--ephemeral"], &args[..]].concat());
        command.args(["--listen", "localhost:0"]);
        if !token.is_empty() {
            command.env("POOLHOUSE_SMS_GATEWAY_TOKEN", token);
        }
        let (is_good, said) = finish(command);
        assert!(!is_good && said.contains(text), "{text}: {said}");
        assert!(
            !said.contains("t0ken") && !said.contains("user:pw"),
            "{said}"
        );
    }
}

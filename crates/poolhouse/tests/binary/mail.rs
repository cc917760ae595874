//! Mail that leaves by the configured server.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::api;
use crate::http;
use crate::process::{Place, Server};

/// How long a mail may take.
const MAIL_TTL: Duration = Duration::from_secs(20);

/// How long a mail may take whose sender was killed: its claim must end first.
const CLAIMED_MAIL_TTL: Duration = Duration::from_secs(90);

/// A mail server that takes everything; gives back its URL, and each mail as it was sent.
fn mail_server() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("smtp://{}", listener.local_addr().expect("an address"));
    let (sender, mails) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let sender = sender.clone();
            thread::spawn(move || converse(stream, &sender));
        }
    });
    (url, mails)
}

/// Speaks until the sender hangs up.
/// Source: RFC 5321 section 3.3.
fn converse(stream: TcpStream, mails: &Sender<String>) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    say(&mut stream, "220 mail.test")?;
    loop {
        if hear(&mut stream)? == "DATA" {
            say(&mut stream, "354 go on")?;
            let mut mail = Vec::new();
            while mail.last().is_none_or(|line| line != ".") {
                mail.push(hear(&mut stream)?);
            }
            // The test may have seen enough.
            let _ = mails.send(mail.join("\n"));
        }
        say(&mut stream, "250 fine")?;
    }
}

fn say(stream: &mut BufReader<TcpStream>, line: &str) -> io::Result<()> {
    write!(stream.get_mut(), "{line}\r\n")
}

fn hear(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    match stream.read_line(&mut line)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(line.trim_end().to_owned()),
    }
}

/// Signs a user up at a pool that verifies addresses.
fn sign_up(server: &Server, address: &str) {
    let pool = json!({"PoolName": "house", "AutoVerifiedAttributes": ["email"]});
    let pool = api::call(&server.url, "CreateUserPool", &pool);
    let client = json!({"UserPoolId": pool["UserPool"]["Id"], "ClientName": "app"});
    let client = api::call(&server.url, "CreateUserPoolClient", &client);
    let user = json!({
        "ClientId": client["UserPoolClient"]["ClientId"],
        "Username": "fred",
        "Password": "Passw0rd!",
        "UserAttributes": [{"Name": "email", "Value": address}],
    });
    api::call(&server.url, "SignUp", &user);
}

#[test]
fn a_code_leaves_at_once_and_is_in_the_inbox_too() {
    let (url, mails) = mail_server();
    let place = Place::new();
    let from = "Accounts <accounts@example.com>";
    let server = place.serve(&["--ephemeral", "--smtp-url", &url, "--mail-from", from]);
    sign_up(&server, "fred@example.com");
    let mail = mails.recv_timeout(MAIL_TTL).expect("a mail");
    assert!(
        mail.contains("From: Accounts <accounts@example.com>"),
        "{mail}"
    );
    assert!(mail.contains("To: fred@example.com"), "{mail}");
    let inbox = http::get(&server.url, "/_poolhouse/inbox?to=fred@example.com");
    let inbox: Value = serde_json::from_str(&inbox.body).unwrap();
    let code = inbox[0]["code"].as_str().expect("a code");
    assert!(
        mail.contains(&format!("confirmation code is {code}")),
        "{mail}"
    );
    server.stop();
}

#[test]
fn a_mail_that_was_on_its_way_at_a_kill_9_leaves_after_the_restart() {
    let place = Place::new();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}", silent.local_addr().unwrap());
    let server = place.serve(&["--data-dir", "data", "--smtp-url", &url]);
    sign_up(&server, "fred@example.com");
    let _sending = silent.accept().expect("the sender comes");
    server.kill();
    let (url, mails) = mail_server();
    let server = place.serve(&["--data-dir", "data", "--smtp-url", &url]);
    let mail = mails.recv_timeout(CLAIMED_MAIL_TTL).expect("a mail");
    assert!(mail.contains("To: fred@example.com"), "{mail}");
    server.stop();
}

#[test]
fn r15_sign_up_does_not_wait_for_a_mail_server_and_the_mail_leaves_after_a_restart() {
    let place = Place::new();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = format!("smtp://{}", silent.local_addr().unwrap());
    let server = place.serve(&["--data-dir", "data", "--smtp-url", &silent]);
    sign_up(&server, "fred@example.com");
    server.stop();
    let (url, mails) = mail_server();
    let server = place.serve(&["--data-dir", "data", "--smtp-url", &url]);
    let mail = mails.recv_timeout(MAIL_TTL).expect("a mail");
    assert!(mail.contains("To: fred@example.com"), "{mail}");
    assert!(
        mails.recv_timeout(Duration::from_millis(300)).is_err(),
        "sent twice"
    );
    server.stop();
}

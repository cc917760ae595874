//! Browsers that come for the answer, and others.

use std::io::{Read as _, Write as _};

use super::*;
use crate::authorization::SignInWish;
use crate::discovery::Provider;

struct Zeros;

impl poolhouse_model::Rng for Zeros {
    fn fill(&self, dest: &mut [u8]) {
        dest.fill(7);
    }
}

fn sign_in(redirect_uri: &str) -> (SignIn, String) {
    let json = r#"{"issuer":"https://i","authorization_endpoint":"https://i/a"}"#;
    let provider: Provider = serde_json::from_str(json).unwrap();
    let wish = SignInWish {
        client_id: "app",
        redirect_uri,
        scope: "openid",
        more: &[],
    };
    let sign_in = SignIn::begin(&provider, &wish, &Zeros).unwrap();
    let mut pairs = sign_in.address.query_pairs();
    let state = pairs
        .find(|(name, _)| name == "state")
        .unwrap()
        .1
        .into_owned();
    (sign_in, state)
}

fn ask(port: u16, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}

/// Listens on a free port, sends requests in order, and gives back what was caught and answered.
fn converse(
    make: impl FnOnce(u16, &str) -> Vec<String> + Send + 'static,
) -> (Result<SecretString, LoopbackError>, Vec<String>, usize) {
    let loopback = Loopback::listen(&Url::parse("http://127.0.0.1:0/back").unwrap()).unwrap();
    let port = Url::parse(loopback.redirect_uri()).unwrap().port().unwrap();
    let (sign_in, state) = sign_in(loopback.redirect_uri());
    let requests = make(port, &state);
    let asking = thread::spawn(move || {
        let answers = requests.iter().map(|request| ask(port, request));
        answers.collect::<Vec<_>>()
    });
    let mut notes = 0;
    let caught = loopback.catch(&sign_in, Duration::from_secs(20), &mut |_| notes += 1);
    (caught, asking.join().unwrap(), notes)
}

#[test]
fn s16_one_answer_is_caught_and_the_page_holds_nothing_of_it() {
    let (caught, answers, notes) = converse(|port, state| {
        let request =
            |target: &str| format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
        vec![
            request("/favicon.ico"),
            request("/back"),
            request("/back?code=forged&state=other"),
            request("/back?code=forged"),
            format!(
                "POST /back?code=forged&state={state} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
            ),
            format!("GET /back?code=rebound&state={state} HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
            format!(
                "GET /back?code=twice&state={state} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: a\r\n\r\n"
            ),
            request(&format!("/back?code=genuine-code&state={state}")),
        ]
    });
    assert_eq!(caught.unwrap().expose(), "genuine-code");
    assert_eq!(notes, 2);
    let statuses: Vec<&str> = answers.iter().map(|answer| &answer[9..12]).collect();
    assert_eq!(
        statuses,
        ["404", "404", "400", "400", "404", "404", "404", "200"]
    );
    let page = answers.last().unwrap();
    assert!(
        page.contains("Back to the terminal") && page.contains("no-store"),
        "{page}"
    );
    assert!(
        answers
            .iter()
            .all(|answer| !answer.contains("genuine-code"))
    );
}

#[test]
fn a_refusal_ends_the_wait() {
    let (caught, answers, _) = converse(|port, state| {
        let target = format!("/back?error=access_denied&state={state}");
        vec![format!(
            "GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        )]
    });
    assert!(matches!(
        caught,
        Err(LoopbackError::Answer(AnswerError::Refused(_)))
    ));
    assert!(answers[0].contains("was refused"), "{answers:?}");
}

#[test]
fn s58_a_browser_that_says_nothing_or_too_much_keeps_nobody_waiting() {
    let loopback = Loopback::listen(&Url::parse("http://localhost:0/").unwrap()).unwrap();
    let port = Url::parse(loopback.redirect_uri()).unwrap().port().unwrap();
    let (sign_in, state) = sign_in(loopback.redirect_uri());
    let silent: Vec<_> = (0..8)
        .map(|_| TcpStream::connect(("127.0.0.1", port)).unwrap())
        .collect();
    let asking = thread::spawn(move || {
        let long = format!("GET /?{} HTTP/1.1\r\n\r\n", "x".repeat(60_000));
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let _ = stream.write_all(long.as_bytes());
        let target = format!("/?code=c&state={state}");
        ask(
            port,
            &format!("GET {target} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
        )
    });
    let caught = loopback.catch(&sign_in, Duration::from_secs(20), &mut |_| {});
    assert_eq!(caught.unwrap().expose(), "c");
    assert!(asking.join().unwrap().starts_with("HTTP/1.1 200"));
    drop(silent);
}

#[test]
fn the_wait_ends_and_a_port_in_use_is_told() {
    let loopback = Loopback::listen(&Url::parse("http://127.0.0.1:0/").unwrap()).unwrap();
    let taken = Url::parse(loopback.redirect_uri()).unwrap();
    let refused = Loopback::listen(&taken).unwrap_err();
    assert!(
        refused
            .to_string()
            .contains(&taken.port().unwrap().to_string()),
        "{refused}"
    );
    let (sign_in, _) = sign_in(loopback.redirect_uri());
    let caught = loopback.catch(&sign_in, Duration::from_millis(50), &mut |_| {});
    assert!(matches!(caught, Err(LoopbackError::TimedOut)));
}

#[test]
fn only_plain_http_to_this_machine_is_caught() {
    for (address, can) in [
        ("http://localhost:3000/", true),
        ("http://127.0.0.1:0/a", true),
        ("http://[::1]:1/", true),
        ("https://localhost:3000/", false),
        ("http://192.168.0.1/", false),
        ("http://localhost.example/", false),
        ("http://localhost/#a", false),
        ("myapp://callback", false),
    ] {
        assert_eq!(can_catch(&Url::parse(address).unwrap()), can, "{address}");
    }
}

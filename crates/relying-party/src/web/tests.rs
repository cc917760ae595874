//! Servers that mean harm.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use super::*;

/// Answers one connection by hand.
fn serve(answer: impl FnOnce(TcpStream) + Send + 'static) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let _ = stream.read(&mut request);
        answer(stream);
    });
    Url::parse(&format!("http://127.0.0.1:{port}/a?secret=b")).unwrap()
}

fn fixed(text: &'static str) -> Url {
    serve(move |mut stream| {
        let _ = stream.write_all(text.as_bytes());
    })
}

fn web(millis: u64) -> Web {
    Web::new(&Trust {
        answer_ttl: Some(Duration::from_millis(millis)),
        ..Trust::default()
    })
    .unwrap()
}

#[test]
fn s57_a_body_without_end_is_not_taken() {
    let address = serve(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        let block = [b'x'; 16_384];
        for _ in 0..4000 {
            if stream.write_all(&block).is_err() {
                return;
            }
        }
    });
    let refused = web(20_000).get(&address, None).unwrap_err();
    assert!(matches!(refused, WebError::TooLong(_)), "{refused}");
}

#[test]
fn s57_an_answer_that_trickles_is_left() {
    let address = serve(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n");
        for _ in 0..100 {
            if stream.write_all(b"x").is_err() {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
    });
    let refused = web(500).get(&address, None).unwrap_err();
    assert!(matches!(refused, WebError::TimedOut(_)), "{refused}");
    assert!(!refused.to_string().contains("secret"), "{refused}");
}

#[test]
fn s61_a_redirect_is_not_followed_and_its_query_not_told() {
    let address = fixed(
        "HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/x?token=c\r\ncontent-length: 0\r\n\r\n",
    );
    let refused = web(5000).get(&address, None).unwrap_err();
    assert!(matches!(refused, WebError::Redirected { .. }), "{refused}");
    let text = refused.to_string();
    assert!(
        text.contains("169.254.169.254/x") && !text.contains("token=c"),
        "{text}"
    );
}

#[test]
fn what_speaks_no_http_or_is_not_there_is_told() {
    for address in [fixed("hello\r\n\r\n"), fixed("")] {
        let refused = web(5000).get(&address, None).unwrap_err();
        assert!(matches!(refused, WebError::Unreachable { .. }), "{refused}");
        assert!(!refused.to_string().contains("secret"), "{refused}");
    }
}

#[test]
fn s61_only_https_and_this_machine_are_asked() {
    let strict = web(1000);
    for good in [
        "https://a.example/",
        "http://localhost:1/",
        "http://127.0.0.9/",
        "http://[::1]/",
        "http://a.localhost/",
    ] {
        assert!(strict.check(&Url::parse(good).unwrap()).is_ok(), "{good}");
    }
    for bad in [
        "http://a.example/",
        "http://192.168.0.1/",
        "http://localhost.example/",
        "http://[::2]/",
    ] {
        let refused = strict.check(&Url::parse(bad).unwrap());
        assert!(
            matches!(refused, Err(WebError::InsecureAddress(_))),
            "{bad}"
        );
    }
    for bad in ["file:///etc/passwd", "gopher://a/", "data:,x"] {
        let refused = strict.check(&Url::parse(bad).unwrap());
        assert!(matches!(refused, Err(WebError::NoAddress(_))), "{bad}");
    }
    let refused = strict
        .check(&Url::parse("https://u:hunter2@a.example/").unwrap())
        .unwrap_err();
    assert!(!refused.to_string().contains("hunter2"), "{refused}");
    let open = Web::new(&Trust {
        allows_http: true,
        ..Trust::default()
    })
    .unwrap();
    assert!(
        open.check(&Url::parse("http://a.example/").unwrap())
            .is_ok()
    );
}

#[test]
fn a_file_without_certificates_is_no_ca() {
    for pem in [
        "",
        "hello",
        "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n",
    ] {
        let trust = Trust {
            ca_pem: Some(pem.as_bytes().to_vec()),
            ..Trust::default()
        };
        assert!(
            matches!(Web::new(&trust), Err(WebError::UnusableCa)),
            "{pem}"
        );
    }
}

#[test]
fn s64_a_token_that_would_break_a_header_is_not_sent_and_not_told() {
    let address = fixed("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    let token = SecretString::from("abc\r\nX-Other: 1");
    let refused = web(1000).get(&address, Some(&token)).unwrap_err();
    assert!(!refused.to_string().contains("abc"), "{refused}");
}

//! Issuers that are what they say, and others.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use super::*;
use crate::web::Trust;

const AWS: &str = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc";

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

#[test]
fn what_is_below_the_issuer_is_fetched_at_the_endpoint_and_nothing_else() {
    let local = url("http://localhost:9229/");
    let moved = |address: &str| at_endpoint(&url(address), AWS, Some(&local)).to_string();
    assert_eq!(
        moved(&format!("{AWS}/.well-known/jwks.json")),
        "http://localhost:9229/eu-west-1_abc/.well-known/jwks.json"
    );
    for other in [
        "https://example.com/oauth2/token",
        "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abcd/jwks",
    ] {
        assert_eq!(moved(other), other);
    }
    assert_eq!(at_endpoint(&url(AWS), AWS, None), url(AWS));
}

#[test]
fn s61_a_document_that_came_by_tls_names_no_plain_http() {
    let json = r#"{"issuer":"https://a","token_endpoint":"http://127.0.0.1/t"}"#;
    let mut provider: Provider = serde_json::from_str(json).unwrap();
    provider.source = Some(url("https://a/"));
    assert!(matches!(
        provider.address(Endpoint::Token),
        Err(DiscoveryError::InsecureEndpoint(_))
    ));
    provider.source = Some(url("http://localhost/"));
    assert!(provider.address(Endpoint::Token).is_ok());
    assert!(matches!(
        provider.address(Endpoint::Revocation),
        Err(DiscoveryError::NoEndpoint("revocation_endpoint"))
    ));
}

#[test]
fn a_name_that_is_no_address_is_refused() {
    let web = Web::new(&crate::web::Trust::default()).unwrap();
    for name in [
        "",
        "example.com",
        "https://a?b",
        "https://a#b",
        "mailto:a@b",
    ] {
        let issuer = Issuer {
            name: name.to_owned(),
            endpoint: None,
        };
        let refused = issuer.discover(&web);
        assert!(matches!(refused, Err(DiscoveryError::Name(_))), "{name}");
    }
}

/// A server that answers every request with a status and a body, in which `HOST` is its own.
fn provider(status: &str, body: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = format!("127.0.0.1:{}", listener.local_addr().unwrap().port());
    let body = body.replace("HOST", &host);
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    format!("http://{host}")
}

fn discover(name: &str) -> Result<Provider, DiscoveryError> {
    let issuer = Issuer {
        name: name.to_owned(),
        endpoint: None,
    };
    issuer.discover(&Web::new(&Trust::default()).unwrap())
}

#[test]
fn s62_a_document_of_another_issuer_is_refused() {
    for told in [
        "https://evil.example",
        "http://HOST/",
        "http://HOST/pool",
        "",
    ] {
        let name = provider("200 OK", &format!(r#"{{"issuer":"{told}"}}"#));
        let refused = discover(&name).unwrap_err();
        assert!(
            matches!(refused, DiscoveryError::OtherIssuer { .. }),
            "{told}: {refused}"
        );
    }
    assert!(discover(&provider("200 OK", r#"{"issuer":"http://HOST"}"#)).is_ok());
}

#[test]
fn s57_what_is_no_document_is_refused() {
    for body in ["", "<html>", "[]", "{}", r#"{"issuer":1}"#] {
        let refused = discover(&provider("200 OK", body)).unwrap_err();
        assert!(
            matches!(refused, DiscoveryError::Malformed(_)),
            "{body}: {refused}"
        );
    }
    let refused = discover(&provider("404 Not Found", "{}")).unwrap_err();
    assert!(matches!(
        refused,
        DiscoveryError::NoDocument { status: 404, .. }
    ));
    let long = format!(
        r#"{{"issuer":"http://HOST","x":"{}"}}"#,
        "x".repeat(2_000_000)
    );
    let refused = discover(&provider("200 OK", &long)).unwrap_err();
    assert!(
        matches!(refused, DiscoveryError::Web(WebError::TooLong(_))),
        "{refused}"
    );
}

#[test]
fn s61_keys_are_fetched_with_bounds_and_where_no_redirect_leads() {
    let web = Web::new(&Trust::default()).unwrap();
    let with_keys = |jwks_uri: &str| {
        let body = format!(r#"{{"issuer":"http://HOST","jwks_uri":"{jwks_uri}"}}"#);
        discover(&provider("200 OK", &body)).unwrap().keys(&web)
    };
    let huge = provider(
        "200 OK",
        &format!(r#"{{"keys":[{}{{}}]}}"#, "{},".repeat(500_000)),
    );
    let many = provider(
        "200 OK",
        &format!(r#"{{"keys":[{}{{}}]}}"#, "{},".repeat(200)),
    );
    let away = provider("302 Found", "");
    let count = |jwks_uri: &str| with_keys(jwks_uri).map(|keys| keys.count());
    assert!(matches!(
        count(&huge),
        Err(DiscoveryError::Web(WebError::TooLong(_)))
    ));
    assert!(matches!(
        count(&many),
        Err(DiscoveryError::Keys(KeySetError::TooMany))
    ));
    assert!(matches!(
        count(&away),
        Err(DiscoveryError::Web(WebError::Redirected { .. }))
    ));
    assert!(matches!(
        count("http://keys.example/"),
        Err(DiscoveryError::Web(WebError::InsecureAddress(_)))
    ));
    assert!(matches!(
        count("file:///etc/passwd"),
        Err(DiscoveryError::Web(WebError::NoAddress(_)))
    ));
    assert!(matches!(
        count(&provider("200 OK", r#"{"keys":[]}"#)),
        Ok(0)
    ));
}

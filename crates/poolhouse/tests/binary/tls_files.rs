//! https with the operator's certificate.

use std::fs;

use rcgen::{CertificateParams, KeyPair, date_time_ymd};

use crate::http::{self, Connection};
use crate::process::{Place, Server, wait_for};

const FILES: [&str; 4] = ["--tls-certificate", "tls.pem", "--tls-key", "tls-key.pem"];

/// A certificate that signs itself, so that it is its own CA; good until the end of a year.
fn write_certificate(place: &Place, last_year: i32) {
    let key = KeyPair::generate().expect("a certificate");
    let mut params = CertificateParams::new(["localhost".to_owned()]).expect("a certificate");
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(last_year, 12, 31);
    let certificate = params.self_signed(&key).expect("a certificate");
    fs::write(place.path("tls.pem"), certificate.pem()).expect("a certificate");
    fs::write(place.path("tls-key.pem"), key.serialize_pem()).expect("a certificate");
}

fn serve(place: &Place) -> Server {
    place.serve(&[&["--ephemeral"][..], &FILES].concat())
}

/// Runs `serve` where it cannot start; gives back what it says.
fn refusal(place: &Place) -> String {
    let args = [
        &["serve", "--ephemeral", "--listen", "localhost:0"][..],
        &FILES,
    ]
    .concat();
    let (is_good, text) = place.run(&args);
    assert!(!is_good, "{text}");
    text
}

/// Whether who trusts the certificate in a file, and no other, believes the server.
fn is_believed(server: &Server, place: &Place, file: &str) -> bool {
    http::tls(&server.url, &place.path(file), "localhost", &[]).is_ok()
}

#[test]
fn the_certificate_of_the_files_is_shown() {
    let place = Place::new();
    write_certificate(&place, 2099);
    let server = serve(&place);
    let connection = Connection::open_tls(&server.url, &place.path("tls.pem"), "localhost");
    let answer = connection.and_then(|mut open| open.send("GET", "/_poolhouse/health", &[], ""));
    assert_eq!(answer.unwrap().status, 200);
    let listen = server.url.replace("https://", "");
    let health = [&["health", "--listen", listen.as_str()][..], &FILES].concat();
    let (is_good, text) = place.run(&health);
    assert!(is_good, "{text}");
    assert!(!server.log().contains("local CA"), "{}", server.log());
    assert!(!server.log().contains("expire"), "{}", server.log());
    server.stop();
}

#[test]
fn a_new_certificate_is_taken_on_sighup_and_a_broken_one_is_not() {
    let place = Place::new();
    write_certificate(&place, 2099);
    let server = serve(&place);
    fs::copy(place.path("tls.pem"), place.path("first.pem")).unwrap();
    write_certificate(&place, 2098);
    assert!(is_believed(&server, &place, "first.pem"));
    server.signal("-HUP");
    wait_for("the new certificate", || {
        is_believed(&server, &place, "tls.pem").then_some(())
    });
    assert!(!is_believed(&server, &place, "first.pem"));
    fs::copy(place.path("tls.pem"), place.path("second.pem")).unwrap();
    fs::write(place.path("tls.pem"), "no certificate").unwrap();
    server.signal("-HUP");
    wait_for("the complaint", || {
        server
            .log()
            .contains("the one before stays in force")
            .then_some(())
    });
    assert!(is_believed(&server, &place, "second.pem"));
    server.stop();
}

#[test]
fn files_that_cannot_be_served_are_named_at_the_start_and_nothing_is_made() {
    let place = Place::new();
    assert!(refusal(&place).contains("the certificate tls.pem: it cannot be read"));
    write_certificate(&place, 2099);
    let (certificate, key) = (place.path("tls.pem"), place.path("tls-key.pem"));
    let (good, good_key) = (fs::read(&certificate).unwrap(), fs::read(&key).unwrap());
    fs::write(&certificate, &good_key).unwrap();
    let text = refusal(&place);
    assert!(text.contains("there is no certificate in it"), "{text}");
    fs::write(&certificate, &good).unwrap();
    fs::write(&key, &good).unwrap();
    let text = refusal(&place);
    assert!(text.contains("there is no private key in it"), "{text}");
    fs::remove_file(&key).unwrap();
    assert!(refusal(&place).contains("the key tls-key.pem: it cannot be read"));
    write_certificate(&place, 2099);
    fs::write(&certificate, &good).unwrap();
    let text = refusal(&place);
    assert!(text.contains("does not belong to"), "{text}");
    let text = String::from_utf8(good).unwrap().replace("MII", "AAA");
    fs::write(&certificate, text).unwrap();
    assert!(refusal(&place).contains("certificate"));
}

#[test]
fn an_expired_certificate_and_one_for_another_host_are_served_with_a_warning() {
    let place = Place::new();
    write_certificate(&place, 2021);
    let url = ["--public-url", "https://auth.widget.example"];
    let server = place.serve(&[&["--ephemeral"][..], &FILES, &url].concat());
    let log = server.log();
    assert!(log.contains("the certificate has expired"), "{log}");
    assert!(log.contains("does not name the public URL's host"), "{log}");
    server.stop();
}

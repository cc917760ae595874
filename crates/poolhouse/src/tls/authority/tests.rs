use std::fs;

use super::*;

const NOW: Timestamp = Timestamp::from_secs(1_800_000_000);

fn authority(hosts: &[&str]) -> Authority {
    let hosts: Vec<String> = hosts.iter().map(ToString::to_string).collect();
    Authority::make(&hosts, NOW).unwrap()
}

fn issue(authority: &Authority, name: &str) -> anyhow::Result<Leaf> {
    authority.issue(&[name.to_owned()], NOW)
}

#[test]
fn it_vouches_for_local_names_and_the_configured_hosts_and_for_nothing_else() {
    let authority = authority(&["poolhouse", "auth.widget.com", "203.0.113.7"]);
    for good in [
        "localhost",
        "app.auth.localhost",
        "auth.widget.example",
        "pool.test",
        "db.internal",
        "127.0.0.1",
        "::1",
        "192.168.1.4",
        "poolhouse",
        "auth.widget.com",
        "203.0.113.7",
    ] {
        issue(&authority, good).unwrap_or_else(|error| panic!("{good}: {error:#}"));
    }
    for bad in [
        "google.com",
        "widget.com",
        "other",
        "203.0.113.8",
        "8.8.8.8",
    ] {
        assert!(issue(&authority, bad).is_err(), "{bad}");
    }
    // One bad name among good ones is not believed either.
    let names = ["localhost".to_owned(), "google.com".to_owned()];
    assert!(authority.issue(&names, NOW).is_err());
}

#[test]
fn hosts_that_it_was_not_made_for_are_named() {
    let hosts = ["localhost".to_owned(), "auth.widget.com".to_owned()];
    let error = authority(&[]).check_hosts(&hosts, NOW).unwrap_err();
    let error = format!("{error:#}");
    assert!(
        error.contains("auth.widget.com") && error.contains("Remove"),
        "{error}"
    );
    authority(&["auth.widget.com"])
        .check_hosts(&hosts, NOW)
        .unwrap();
}

#[test]
fn a_certificate_ends_before_its_ca_does_and_no_two_share_a_serial_number() {
    let authority = authority(&[]);
    let (first, _) = issue(&authority, "localhost").unwrap();
    let (second, _) = issue(&authority, "localhost").unwrap();
    let serial = |leaf: &CertificateDer<'_>| {
        use x509_cert::der::Decode as _;
        let leaf = x509_cert::Certificate::from_der(leaf).unwrap();
        leaf.tbs_certificate().serial_number().clone()
    };
    assert_ne!(serial(&first), serial(&second));
    assert_eq!(validity(&first).unwrap().end, NOW.after(LEAF_TTL));
    let late = Timestamp::from_secs(authority.ends_at().unwrap().as_secs() - 60);
    let (leaf, _) = authority.issue(&["localhost".to_owned()], late).unwrap();
    assert_eq!(validity(&leaf).unwrap().end, authority.ends_at().unwrap());
}

#[test]
fn it_is_made_once_and_its_key_is_for_its_owner_alone() {
    let place = tempfile::tempdir().unwrap();
    let directory = place.path().join("data/tls");
    let made = Authority::open_or_make(&directory, &[], NOW).unwrap();
    let found = Authority::open_or_make(&directory, &[], NOW).unwrap();
    assert_eq!(made.pem(), found.pem());
    issue(&found, "localhost").unwrap();
    let key = fs::metadata(directory.join(KEY_FILE)).unwrap();
    assert!(!private_file::is_open_to_others(&key));
}

#[test]
fn one_that_has_run_out_is_replaced() {
    let place = tempfile::tempdir().unwrap();
    let made = Authority::open_or_make(place.path(), &[], NOW).unwrap();
    let later = NOW.after(CA_TTL).after(CLOCK_SKEW);
    let other = Authority::open_or_make(place.path(), &[], later).unwrap();
    assert_ne!(made.pem(), other.pem());
}

#[test]
fn half_a_ca_and_two_halves_of_different_ones_are_refused() {
    let place = tempfile::tempdir().unwrap();
    let (key, certificate) = (
        place.path().join(KEY_FILE),
        place.path().join(CERTIFICATE_FILE),
    );
    let open = || Authority::open_or_make(place.path(), &[], NOW);
    open().unwrap();
    fs::write(&key, authority(&[]).key.serialize_pem()).unwrap();
    assert!(issue(&open().unwrap(), "localhost").is_err());
    fs::remove_file(&key).unwrap();
    let error = format!("{:#}", open().err().unwrap());
    assert!(error.contains("remove the directory"), "{error}");
    // What an interrupted start leaves is no half.
    fs::write(&key, "unfinished").unwrap();
    fs::remove_file(&certificate).unwrap();
    open().unwrap();
}

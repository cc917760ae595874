use super::*;

/// The proxy that a connection comes from.
const PROXY: &str = "10.0.0.2";

fn read_from(peer: &str, lines: &[(&str, &str)]) -> Result<Forwarded, Contradiction> {
    let proxies = ["10.0.0.0/8", "::1/128"].map(|network| network.parse().unwrap());
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        let name: HeaderName = name.parse().unwrap();
        headers.append(name, value.parse().unwrap());
    }
    read(&headers, peer.parse().unwrap(), &proxies)
}

fn client(peer: &str, lines: &[(&str, &str)]) -> String {
    read_from(peer, lines).unwrap().client.to_string()
}

#[test]
fn s55_headers_of_who_is_no_proxy_say_nothing() {
    let lines = [
        ("x-forwarded-for", "203.0.113.9"),
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "for=203.0.113.8;host=evil.example"),
    ];
    for peer in ["198.51.100.1", "127.0.0.1", "11.0.0.1", "::2"] {
        let forwarded = read_from(peer, &lines).unwrap();
        assert_eq!(forwarded.client.to_string(), peer);
        assert_eq!(forwarded.host, None);
    }
}

#[test]
fn s55_of_a_list_only_what_our_proxies_added_is_believed() {
    for (list, expected) in [
        ("203.0.113.9", "203.0.113.9"),
        ("1.1.1.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1,203.0.113.9, 10.0.0.3", "203.0.113.9"),
        ("1.1.1.1, 10.0.0.4, 203.0.113.9, 10.0.0.3", "203.0.113.9"),
        ("10.0.0.4, 10.0.0.3", "10.0.0.4"),
        ("203.0.113.9:4711", "203.0.113.9"),
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]:4711", "2001:db8::7"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("1.1.1.1, garbage", PROXY),
        ("1.1.1.1, unknown, 10.0.0.3", "10.0.0.3"),
        (" , ,", PROXY),
    ] {
        assert_eq!(
            client(PROXY, &[("x-forwarded-for", list)]),
            expected,
            "{list}"
        );
    }
    assert_eq!(
        client("::ffff:10.0.0.2", &[("x-forwarded-for", "1.1.1.1")]),
        "1.1.1.1"
    );
    let two_lines = [
        ("x-forwarded-for", "1.1.1.1"),
        ("x-forwarded-for", "203.0.113.9"),
    ];
    assert_eq!(client(PROXY, &two_lines), "203.0.113.9");
}

#[test]
fn s55_the_standard_header_is_read_the_same_way() {
    for (value, address, host) in [
        (
            "for=203.0.113.9;host=auth.example",
            "203.0.113.9",
            Some("auth.example"),
        ),
        (
            "For=\"[2001:db8::7]:80\" ; Host=\"auth.example:443\"",
            "2001:db8::7",
            Some("auth.example:443"),
        ),
        (
            "for=1.1.1.1;host=evil.example, for=203.0.113.9",
            "203.0.113.9",
            None,
        ),
        (
            "for=203.0.113.9;host=a.example, for=10.0.0.3;host=inner",
            "203.0.113.9",
            Some("a.example"),
        ),
        ("for=_hidden;host=a.example", PROXY, Some("a.example")),
        ("proto=https", PROXY, None),
    ] {
        let forwarded = read_from(PROXY, &[("forwarded", value)]).unwrap();
        assert_eq!(forwarded.client.to_string(), address, "{value}");
        assert_eq!(forwarded.host.as_deref(), host, "{value}");
    }
}

#[test]
fn s55_two_headers_that_disagree_are_refused_and_two_that_agree_are_not() {
    let older = ("x-forwarded-for", "203.0.113.9");
    let agreeing = [older, ("forwarded", "for=203.0.113.9")];
    assert_eq!(client(PROXY, &agreeing), "203.0.113.9");
    for lines in [
        &[older, ("forwarded", "for=1.1.1.1")][..],
        &[
            ("x-forwarded-host", "a.example"),
            ("forwarded", "for=1.1.1.1;host=b.example"),
        ],
        &[("x-forwarded-host", "a.example, b.example")],
        &[
            ("x-forwarded-host", "a.example"),
            ("x-forwarded-host", "a.example"),
        ],
    ] {
        assert_eq!(read_from(PROXY, lines), Err(Contradiction), "{lines:?}");
    }
}

#[test]
fn a_proxy_that_says_nothing_is_the_client() {
    let forwarded = read_from(PROXY, &[]).unwrap();
    assert_eq!(forwarded.client.to_string(), PROXY);
    assert_eq!(forwarded.host, None);
}

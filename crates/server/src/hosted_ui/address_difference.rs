//! Where two addresses differ that a developer takes for the same.

use poolhouse_templates::MarkedText;
use url::Url;

/// A received address beside a registered one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AddressDifference {
    /// The received one, with the part that differs.
    pub(super) received: MarkedText,
    /// The registered one, with the part that differs.
    pub(super) registered: MarkedText,
    /// What differs, in words: a part of a sentence.
    pub(super) words: String,
}

impl AddressDifference {
    /// Compares two texts that are not equal.
    pub(super) fn between(received: &str, registered: &str) -> Self {
        let (before, after) = shared_ends(received, registered);
        Self {
            received: mark(received, before, after),
            registered: mark(registered, before, after),
            words: describe(received, registered),
        }
    }

    /// How many bytes differ: the nearest of several has the fewest.
    pub(super) fn distance(&self) -> usize {
        self.received.marked.len() + self.registered.marked.len()
    }
}

/// Bytes that two texts share at their beginnings and, of the rest, at their ends; whole
/// characters.
fn shared_ends(a: &str, b: &str) -> (usize, usize) {
    let shared = |pairs: &mut dyn Iterator<Item = (char, char)>| {
        let equal = pairs.take_while(|(a, b)| a == b);
        equal
            .map(|(character, _)| character.len_utf8())
            .sum::<usize>()
    };
    let before = shared(&mut a.chars().zip(b.chars()));
    let (a, b) = (&a[before..], &b[before..]);
    let after = shared(&mut a.chars().rev().zip(b.chars().rev()));
    (before, after)
}

fn mark(text: &str, before: usize, after: usize) -> MarkedText {
    let (rest, after) = text.split_at(text.len() - after);
    let (before, marked) = rest.split_at(before);
    MarkedText {
        before: before.to_owned(),
        marked: marked.to_owned(),
        after: after.to_owned(),
    }
}

/// Says what differs, the received value first.
fn describe(received: &str, registered: &str) -> String {
    if received.trim() == registered.trim() {
        return "a blank stands before or after it".to_owned();
    }
    let (Ok(received_url), Ok(registered_url)) = (Url::parse(received), Url::parse(registered))
    else {
        return "one of them is no whole address".to_owned();
    };
    let parts = differing_parts(&received_url, &registered_url);
    if !parts.is_empty() {
        return parts.join("; ");
    }
    if received.eq_ignore_ascii_case(registered) {
        return "upper and lower case differ".to_owned();
    }
    "they are written in two ways (a default port, a slash or an escape such as %20); the texts are \
     compared, character by character"
        .to_owned()
}

fn differing_parts(received: &Url, registered: &Url) -> Vec<String> {
    let text = |part: Option<&str>| part.map_or_else(|| "none".to_owned(), str::to_owned);
    let port = |url: &Url| {
        text(
            url.port_or_known_default()
                .map(|p| p.to_string())
                .as_deref(),
        )
    };
    let mut parts = Vec::new();
    let mut compare = |name: &str, received: &str, registered: &str| {
        if received != registered {
            parts.push(format!("the {name} is {received}, not {registered}"));
        }
    };
    compare("scheme", received.scheme(), registered.scheme());
    let (host, registered_host) = (text(received.host_str()), text(registered.host_str()));
    compare("host", &host, &registered_host);
    if received.scheme() == registered.scheme() || received.port() != registered.port() {
        compare("port", &port(received), &port(registered));
    }
    let (path, registered_path) = (received.path(), registered.path());
    if path.trim_end_matches('/') == registered_path.trim_end_matches('/') {
        compare_slash(path, registered_path, &mut parts);
    } else {
        parts.push(format!("the path is {path}, not {registered_path}"));
    }
    for (name, received, registered) in [
        ("query", received.query(), registered.query()),
        ("fragment", received.fragment(), registered.fragment()),
    ] {
        if received != registered {
            parts.push(format!(
                "the {name} is {}, not {}",
                text(received),
                text(registered)
            ));
        }
    }
    parts
}

fn compare_slash(received: &str, registered: &str, parts: &mut Vec<String>) {
    match received.len().cmp(&registered.len()) {
        std::cmp::Ordering::Greater => parts.push("a slash too much at the end".to_owned()),
        std::cmp::Ordering::Less => parts.push("the slash at the end is missing".to_owned()),
        std::cmp::Ordering::Equal => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGISTERED: &str = "https://app.example.com/callback";

    fn words(received: &str) -> String {
        AddressDifference::between(received, REGISTERED).words
    }

    #[test]
    fn what_differs_is_said_in_words() {
        for (received, expected) in [
            (
                "http://app.example.com/callback",
                "the scheme is http, not https",
            ),
            (
                "https://www.example.com/callback",
                "the host is www.example.com, not app.example.com",
            ),
            (
                "https://app.example.com:8443/callback",
                "the port is 8443, not 443",
            ),
            (
                "https://app.example.com/callback/",
                "a slash too much at the end",
            ),
            (
                "https://app.example.com/Callback",
                "the path is /Callback, not /callback",
            ),
            (
                "https://app.example.com/callback?a=1",
                "the query is a=1, not none",
            ),
            (
                "https://app.example.com/callback#a",
                "the fragment is a, not none",
            ),
            (
                "https://APP.example.com/callback",
                "upper and lower case differ",
            ),
            (
                " https://app.example.com/callback",
                "a blank stands before or after it",
            ),
            ("/callback", "one of them is no whole address"),
            ("", "one of them is no whole address"),
        ] {
            assert_eq!(words(received), expected, "{received}");
        }
        assert!(words("https://app.example.com:443/callback").contains("a default port"));
        let slash =
            AddressDifference::between("http://localhost:3000/a", "http://localhost:3000/a/");
        assert_eq!(slash.words, "the slash at the end is missing");
    }

    #[test]
    fn the_part_that_differs_is_marked_in_both() {
        let difference =
            AddressDifference::between("http://localhost:3000/", "http://127.0.0.1:3000/");
        assert_eq!(difference.received.marked, "localhost");
        assert_eq!(difference.registered.marked, "127.0.0.1");
        assert_eq!(difference.registered.before, "http://");
        assert_eq!(difference.registered.after, ":3000/");
        let longer = AddressDifference::between("http://a/aa", "http://a/a");
        assert_eq!(
            (longer.received.marked.as_str(), longer.distance()),
            ("a", 1)
        );
    }

    #[test]
    fn any_two_texts_are_taken_apart_whole() {
        for (a, b) in [
            ("", "x"),
            ("ä", "ö"),
            ("aé", "é"),
            ("éé", "é"),
            ("日本", "日"),
            ("%", "\0"),
        ] {
            let difference = AddressDifference::between(a, b);
            for (text, marked) in [(a, difference.received), (b, difference.registered)] {
                let whole = format!("{}{}{}", marked.before, marked.marked, marked.after);
                assert_eq!(whole, text);
            }
        }
    }
}

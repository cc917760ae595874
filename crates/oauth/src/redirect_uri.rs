//! Where an authorization response or a sign-out may go.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

/// Longest redirect URI, in characters.
/// Source: API reference, `RedirectUrlType`.
pub const MAX_REDIRECT_URI_CHARACTERS: usize = 1024;

/// Schemes that make a browser run or read something instead of leaving for an application.
const DANGEROUS_SCHEMES: [&str; 12] = [
    "about",
    "blob",
    "chrome",
    "data",
    "file",
    "filesystem",
    "ftp",
    "javascript",
    "resource",
    "vbscript",
    "view-source",
    "wyciwyg",
];

/// What stays readable in a parameter's value: the unreserved characters of RFC 3986 section 2.3.
const ENCODED_IN_VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A URI that obeys the registration rules, so that a response may be sent there.
/// Source: AWS page "Application-specific settings with app clients".
/// Inferred: `http` on 127.0.0.1 and `[::1]` is allowed like `http` on localhost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectUri(String);

/// The registration rule that a URI breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RedirectUriViolation {
    /// It has no scheme, or nothing after it.
    #[error("it is not an absolute URI")]
    NotAbsolute,
    /// It has more than [`MAX_REDIRECT_URI_CHARACTERS`] characters.
    #[error("it has more than {MAX_REDIRECT_URI_CHARACTERS} characters")]
    TooLong,
    /// It holds white space or a control character.
    #[error("it holds white space or a control character")]
    ForbiddenCharacter,
    /// It has a fragment.
    #[error("it has a fragment")]
    HasFragment,
    /// Its scheme makes a browser run or read something.
    #[error("its scheme is not allowed")]
    DangerousScheme,
    /// It is `http` on a host other than this computer.
    #[error("http is allowed on localhost only")]
    HttpNotLoopback,
    /// Its host is missing, malformed or hidden behind user info or a backslash.
    #[error("its host is missing or malformed")]
    MalformedHost,
}

impl RedirectUri {
    /// Checks the registration rules; the text itself is kept as it is.
    /// # Errors
    /// [`RedirectUriViolation`] names the first broken rule.
    pub fn parse(text: &str) -> Result<Self, RedirectUriViolation> {
        if text.chars().count() > MAX_REDIRECT_URI_CHARACTERS {
            return Err(RedirectUriViolation::TooLong);
        }
        if text.chars().any(is_forbidden) {
            return Err(RedirectUriViolation::ForbiddenCharacter);
        }
        if text.contains('#') {
            return Err(RedirectUriViolation::HasFragment);
        }
        let (scheme, rest) = split_scheme(text).ok_or(RedirectUriViolation::NotAbsolute)?;
        match scheme.as_str() {
            "https" => check_web_host(rest, |_| true)?,
            "http" => check_web_host(rest, is_loopback)?,
            "ws" | "wss" => return Err(RedirectUriViolation::DangerousScheme),
            other if DANGEROUS_SCHEMES.contains(&other) => {
                return Err(RedirectUriViolation::DangerousScheme);
            }
            _ => {}
        }
        Url::parse(text).map_err(|_| RedirectUriViolation::MalformedHost)?;
        Ok(Self(text.to_owned()))
    }

    /// Finds the requested URI among the registered ones, by exact comparison of the text.
    /// A registered text that breaks the rules never matches.
    /// Source: RFC 9700 section 2.1; the service relaxes neither port, case nor trailing slash.
    pub fn find_registered(requested: &str, registered: &[String]) -> Option<Self> {
        let entry = registered.iter().find(|entry| *entry == requested)?;
        Self::parse(entry).ok()
    }

    /// The text as it was registered.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value of a `Location` header: this URI as it is, in ASCII.
    pub fn location(&self) -> String {
        utf8_percent_encode(&self.0, CONTROLS).to_string()
    }

    /// The value of a `Location` header with parameters added to the query.
    /// Inferred: a query that is there already goes on with `&`.
    pub fn with_query(&self, parameters: &[(&str, &str)]) -> String {
        let separator = match self.0.split_once('?') {
            None => "?",
            Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
            Some(_) => "&",
        };
        format!("{}{separator}{}", self.location(), encode(parameters))
    }

    /// The value of a `Location` header with parameters as its fragment.
    pub fn with_fragment(&self, parameters: &[(&str, &str)]) -> String {
        format!("{}#{}", self.location(), encode(parameters))
    }
}

/// Encodes parameters so that form decoders and plain percent decoders read the same: a blank is
/// `%20`, but `+` in `error_description`, where the service writes it so.
fn encode(parameters: &[(&str, &str)]) -> String {
    let pairs = parameters.iter().map(|(name, value)| {
        let value = utf8_percent_encode(value, ENCODED_IN_VALUE).to_string();
        let value = if *name == "error_description" {
            value.replace("%20", "+")
        } else {
            value
        };
        format!("{name}={value}")
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn is_forbidden(character: char) -> bool {
    // U+FEFF and the bidirectional marks are invisible: two URIs would look the same.
    character.is_control()
        || character.is_whitespace()
        || matches!(character, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
}

/// Splits off the scheme, in lower case.
/// Source: RFC 3986 section 3.1.
fn split_scheme(text: &str) -> Option<(String, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    (is_scheme && !rest.is_empty()).then(|| (scheme.to_ascii_lowercase(), rest))
}

/// Checks the raw host of an `http` or `https` URI; browsers read a backslash as a slash, and
/// user info hides the host from a reader's eye.
fn check_web_host(rest: &str, is_allowed: fn(&str) -> bool) -> Result<(), RedirectUriViolation> {
    let malformed = RedirectUriViolation::MalformedHost;
    let authority = rest
        .strip_prefix("//")
        .ok_or(RedirectUriViolation::NotAbsolute)?;
    let authority = authority.split(['/', '?']).next().unwrap_or_default();
    if authority.contains('@') || rest.contains('\\') {
        return Err(malformed);
    }
    let (host, port) = match authority.rfind(']') {
        Some(end) => authority.split_at(end + 1),
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let is_port = |text: &str| text.parse::<u16>().is_ok() && !text.starts_with('+');
    if host.is_empty() || !(port.is_empty() || port.strip_prefix(':').is_some_and(is_port)) {
        return Err(malformed);
    }
    if is_allowed(host) {
        Ok(())
    } else {
        Err(RedirectUriViolation::HttpNotLoopback)
    }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host == "127.0.0.1" || host == "[::1]"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> RedirectUri {
        RedirectUri::parse(text).unwrap()
    }

    #[test]
    fn https_loopback_http_and_custom_schemes_can_be_registered() {
        for text in [
            "https://app.example.com",
            "https://app.example.com:8443/cb?a=1",
            "https://bücher.example/ü",
            "http://localhost",
            "http://localhost:3000/",
            "http://127.0.0.1:5173/cb",
            "http://[::1]:3000/cb",
            "myapp://",
            "myapp://callback",
            "com.example.app:/oauth2redirect",
        ] {
            assert_eq!(
                RedirectUri::parse(text).map(|uri| uri.0),
                Ok(text.to_owned())
            );
        }
    }

    #[test]
    fn s12_what_runs_in_a_browser_or_leaves_in_clear_cannot_be_registered() {
        use RedirectUriViolation as V;
        for (text, violation) in [
            ("javascript:alert(1)", V::DangerousScheme),
            ("JavaScript:alert(1)", V::DangerousScheme),
            (
                "javascript://app.example.com/%0aalert(1)",
                V::DangerousScheme,
            ),
            ("java\nscript:alert(1)", V::ForbiddenCharacter),
            (" javascript:alert(1)", V::ForbiddenCharacter),
            ("\u{1}javascript:alert(1)", V::ForbiddenCharacter),
            ("java%73cript:alert(1)", V::NotAbsolute),
            ("data:text/html,x", V::DangerousScheme),
            ("vbscript:msgbox", V::DangerousScheme),
            ("file:///etc/passwd", V::DangerousScheme),
            ("blob:https://app.example.com/x", V::DangerousScheme),
            ("filesystem:https://app.example.com/x", V::DangerousScheme),
            ("view-source:https://app.example.com", V::DangerousScheme),
            ("about:blank", V::DangerousScheme),
            ("wss://app.example.com", V::DangerousScheme),
            ("http://app.example.com/cb", V::HttpNotLoopback),
            ("http://localhost.evil.example/cb", V::HttpNotLoopback),
            ("http://127.0.0.1.evil.example/cb", V::HttpNotLoopback),
            ("http://127.0.0.2/cb", V::HttpNotLoopback),
            ("http://localhost@evil.example/cb", V::MalformedHost),
            ("http://localhost\\@evil.example/cb", V::MalformedHost),
            ("https://app.example.com\\@evil.example", V::MalformedHost),
            ("https://user:pw@app.example.com/", V::MalformedHost),
            ("https:///cb", V::MalformedHost),
            ("https://", V::MalformedHost),
            ("https://app.example.com:99999/", V::MalformedHost),
            ("https://app.example.com:+80/", V::MalformedHost),
            ("https://[::1/", V::MalformedHost),
            ("https:app.example.com", V::NotAbsolute),
            ("//app.example.com/cb", V::NotAbsolute),
            ("/cb", V::NotAbsolute),
            ("app.example.com", V::NotAbsolute),
            ("myapp:", V::NotAbsolute),
            ("", V::NotAbsolute),
            ("https://app.example.com/#x", V::HasFragment),
            ("https://app.example.com/#", V::HasFragment),
            (
                "https://app.example.com/\r\nSet-Cookie:x",
                V::ForbiddenCharacter,
            ),
            ("https://app.example.com/a b", V::ForbiddenCharacter),
            ("https://app.example.com/\u{a0}", V::ForbiddenCharacter),
            ("https://app.example.com/\u{202e}", V::ForbiddenCharacter),
        ] {
            assert_eq!(RedirectUri::parse(text), Err(violation), "{text:?}");
        }
    }

    #[test]
    fn a_uri_of_1025_characters_is_refused_and_one_of_1024_is_not() {
        let longest = format!("https://a.example/{}", "x".repeat(1006));
        assert!(RedirectUri::parse(&longest).is_ok());
        let longer = RedirectUri::parse(&format!("{longest}x"));
        assert_eq!(longer, Err(RedirectUriViolation::TooLong));
    }

    #[test]
    fn s10_no_mutation_of_a_registered_uri_matches() {
        let registered = ["https://app.example.com/cb".to_owned()];
        assert!(RedirectUri::find_registered(&registered[0], &registered).is_some());
        for requested in [
            "https://app.example.com/cb/evil",
            "https://app.example.com/cb/",
            "https://app.example.com/cb?x=1",
            "https://app.example.com/cb?",
            "https://app.example.com/cb#x",
            "https://app.example.com/cb#",
            "https://user@app.example.com/cb",
            "https://app.example.com/CB",
            "HTTPS://app.example.com/cb",
            "https://APP.example.com/cb",
            "https://app.example.com%2fcb",
            "https://app.example.com/%63b",
            "https://app.example.com/x/../cb",
            "https://app.example.com/./cb",
            "https://app.example.com/cb/..",
            "https://app.example.com:443/cb",
            "https://app.example.com:8443/cb",
            "https://app.example.com./cb",
            "https://evil.app.example.com/cb",
            "https://app.example.com.evil.example/cb",
            "https://app.example.com\\cb",
            "https:\\\\app.example.com/cb",
            "https://app.example.com/cb\\",
            "https://app.example.com@evil.example/cb",
            "https://evil.example/https://app.example.com/cb",
            "http://app.example.com/cb",
            "//app.example.com/cb",
            "https://app.example.com/cb ",
            " https://app.example.com/cb",
            "https://app.example.com/cb\0",
            "https://app.example.com/cb\r\n",
            "https://app.example.com/c",
            "*",
            "",
        ] {
            let found = RedirectUri::find_registered(requested, &registered);
            assert_eq!(found, None, "{requested:?}");
        }
    }

    #[test]
    fn s12_ports_of_loopback_are_not_relaxed() {
        let registered = [
            "http://localhost:3000".to_owned(),
            "javascript:alert(1)".to_owned(),
        ];
        for requested in [
            "http://localhost:3000/",
            "http://localhost:3001",
            "http://127.0.0.1:3000",
        ] {
            assert_eq!(RedirectUri::find_registered(requested, &registered), None);
        }
        assert_eq!(
            RedirectUri::find_registered("javascript:alert(1)", &registered),
            None
        );
    }

    #[test]
    fn parameters_go_after_the_query_that_is_there() {
        let parameters = [("code", "1"), ("state", "a b&c")];
        for (base, expected) in [
            (
                "https://a.example/cb",
                "https://a.example/cb?code=1&state=a%20b%26c",
            ),
            (
                "https://a.example/cb?x=1",
                "https://a.example/cb?x=1&code=1&state=a%20b%26c",
            ),
            (
                "https://a.example/cb?",
                "https://a.example/cb?code=1&state=a%20b%26c",
            ),
            (
                "https://a.example?x&",
                "https://a.example?x&code=1&state=a%20b%26c",
            ),
            ("myapp://", "myapp://?code=1&state=a%20b%26c"),
        ] {
            assert_eq!(uri(base).with_query(&parameters), expected);
        }
        let fragment = uri("https://a.example/cb?x=1").with_fragment(&parameters);
        assert_eq!(fragment, "https://a.example/cb?x=1#code=1&state=a%20b%26c");
    }

    #[test]
    fn a_blank_in_an_error_description_is_a_plus() {
        let location = uri("myapp://cb").with_query(&[("error_description", "Read timed out")]);
        assert_eq!(location, "myapp://cb?error_description=Read+timed+out");
    }

    #[test]
    fn s64_a_location_is_one_line_of_ascii() {
        let base = uri("https://bücher.example/ü");
        let location = base.with_query(&[("state", "\r\nSet-Cookie: a=b\0ü#")]);
        let expected = "https://b%C3%BCcher.example/%C3%BC\
            ?state=%0D%0ASet-Cookie%3A%20a%3Db%00%C3%BC%23";
        assert_eq!(location, expected);
    }
}

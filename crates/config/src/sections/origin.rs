//! Scheme, host and port of a web server.

use std::fmt;

use url::Url;

/// Scheme, host and port, as browsers write it: no slash at the end, no default port.
/// Source: RFC 6454 section 6.2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|error| error.to_string())?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("it begins with http:// or https://".to_owned());
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("it has no user name and no password".to_owned());
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err("it ends after host and port, without a path".to_owned());
        }
        Ok(Self(url.origin().ascii_serialization()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for (text, expected) in [
            ("http://localhost:9229", "http://localhost:9229"),
            ("https://Auth.Example.com/", "https://auth.example.com"),
            ("https://auth.example.com:443", "https://auth.example.com"),
            ("http://[::1]:80/", "http://[::1]"),
        ] {
            assert_eq!(Origin::parse(text).unwrap().as_str(), expected);
        }
    }

    #[test]
    fn what_is_more_or_less_than_an_origin_is_refused() {
        for bad in [
            "",
            "localhost:9229",
            "ftp://example.com",
            "https://example.com/auth",
            "https://example.com?a",
            "https://example.com/#a",
            "https://user@example.com",
            "https://:secret@example.com",
        ] {
            assert!(Origin::parse(bad).is_err(), "{bad}");
        }
    }
}

//! Whether a person or a program asks.

use http::{HeaderMap, header};

/// Whether the caller names `text/html` among what it accepts, as browsers do when they navigate.
pub(super) fn wants_html(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.to_ascii_lowercase().contains("text/html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_names_html_wants_it() {
        let accept = |text: &str| {
            let value = text.parse().unwrap();
            wants_html(&HeaderMap::from_iter([(header::ACCEPT, value)]))
        };
        assert!(accept("text/html,application/xhtml+xml,*/*;q=0.8"));
        assert!(accept("application/json, TEXT/HTML"));
        assert!(!accept("*/*"));
        assert!(!accept("application/json"));
        assert!(!wants_html(&HeaderMap::new()));
    }
}

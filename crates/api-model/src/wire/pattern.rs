//! The regular expressions of the model, which are written for Java.

use std::fmt;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

/// How much memory a pattern may use, for each thread that matches it, to be faster than it has
/// to be: the rest of the texts is matched more slowly, still in linear time.
const CACHE_BYTES: usize = 256 * 1024;

/// A regular expression that a whole text must match, in time linear in the text.
/// It is compiled when it is first needed.
pub struct Pattern {
    text: &'static str,
    /// The same language without what a linear engine cannot do.
    equivalent: Option<&'static str>,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self {
            text,
            equivalent: None,
            compiled: OnceLock::new(),
        }
    }

    /// A pattern that messages show as `text` and that is matched as `equivalent`.
    pub(crate) const fn with_equivalent(text: &'static str, equivalent: &'static str) -> Self {
        Self {
            text,
            equivalent: Some(equivalent),
            compiled: OnceLock::new(),
        }
    }

    /// The pattern as the service prints it.
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// Says whether the whole of `text` matches.
    pub fn matches(&self, text: &str) -> bool {
        self.compiled().is_some_and(|regex| regex.is_match(text))
    }

    /// The compiled form; `None` would mean a pattern that the engine cannot do, and a test
    /// rules that out for all of the model.
    fn compiled(&self) -> Option<&Regex> {
        self.compiled
            .get_or_init(|| compile(self.equivalent.unwrap_or(self.text)))
            .as_ref()
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.text).finish()
    }
}

fn compile(java: &str) -> Option<Regex> {
    RegexBuilder::new(&format!(r"\A(?:{})\z", from_java(java)))
        .dfa_size_limit(CACHE_BYTES)
        .build()
        .ok()
}

/// Writes a Java pattern for the `regex` crate: `\w`, `\s`, `\d` and their opposites are about
/// ASCII in Java, and `.` leaves out five line terminators.
/// Source: documentation of `java.util.regex.Pattern`.
fn from_java(java: &str) -> String {
    let dot_matches_all = java.starts_with("(?s)");
    let mut rust = String::with_capacity(java.len() * 2);
    let mut class_depth = 0_usize;
    let mut characters = java.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => push_escape(&mut rust, characters.next()),
            '.' if class_depth == 0 && !dot_matches_all => {
                rust.push_str(r"[^\n\r\u{85}\u{2028}\u{2029}]");
            }
            _ => {
                match character {
                    '[' => class_depth += 1,
                    ']' => class_depth = class_depth.saturating_sub(1),
                    _ => {}
                }
                rust.push(character);
            }
        }
    }
    rust
}

fn push_escape(rust: &mut String, escaped: Option<char>) {
    match escaped {
        Some('w') => rust.push_str("[0-9A-Za-z_]"),
        Some('W') => rust.push_str("[^0-9A-Za-z_]"),
        Some('d') => rust.push_str("[0-9]"),
        Some('D') => rust.push_str("[^0-9]"),
        Some('s') => rust.push_str(r"[\t\n\x0B\x0C\r ]"),
        Some('S') => rust.push_str(r"[^\t\n\x0B\x0C\r ]"),
        other => {
            rust.push('\\');
            rust.extend(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::generated::patterns;

    use super::*;

    /// Compares what a Java pattern matches with what is expected of it.
    fn assert_matches(java: &'static str, cases: &[(&str, bool)]) {
        let pattern = Pattern::new(java);
        assert!(pattern.compiled().is_some(), "{java}");
        for (text, expected) in cases {
            assert_eq!(pattern.matches(text), *expected, "{java} {text:?}");
        }
    }

    #[test]
    fn every_pattern_of_the_model_compiles() {
        let model = include_str!("../../../../spec/cognito-idp.model.json");
        let model: Value = serde_json::from_str(model).unwrap();
        let shapes = model["shapes"].as_object().unwrap().values();
        let patterns: Vec<_> = shapes
            .filter_map(|shape| shape["pattern"].as_str())
            .collect();
        assert!(patterns.len() > 60, "{}", patterns.len());
        for pattern in patterns {
            let looks_back = pattern.contains("(?<!");
            assert!(looks_back || compile(pattern).is_some(), "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_looks_back_has_an_equivalent() {
        let bucket = &patterns::S3_BUCKET_TYPE;
        assert!(bucket.text().contains("(?<!"));
        for (text, expected) in [
            ("", true),
            ("a.b", true),
            ("a.", false),
            (".", false),
            ("a/", false),
        ] {
            assert_eq!(bucket.matches(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_pattern_matches_the_whole_text() {
        assert_matches(
            "[a-z]+",
            &[
                ("abc", true),
                ("abc1", false),
                ("1abc", false),
                ("a\n", false),
            ],
        );
        assert_matches(
            "^[a-z]+$",
            &[("abc", true), ("abc\n", false), ("a\nb", false)],
        );
        assert_matches("a|b", &[("a", true), ("ab", false)]);
    }

    #[test]
    fn word_space_and_digit_classes_are_ascii_as_in_java() {
        assert_matches(
            r"[\w+]+",
            &[("aZ_9+", true), ("\u{e9}", false), ("\u{661}", false)],
        );
        assert_matches(
            r"[\S]+",
            &[("a\u{a0}b", true), ("a b", false), ("a\u{b}b", false)],
        );
        assert_matches(r"[\w\s]+", &[("a b\tc", true), ("a\u{a0}b", false)]);
        assert_matches(r"\d\D\W", &[("1a-", true), ("\u{661}a-", false)]);
    }

    #[test]
    fn letters_of_all_scripts_are_letters() {
        assert_matches(
            r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+",
            &[
                ("m\u{fc}ller@\u{4f8b}.\u{1f600}", true),
                ("a b", false),
                ("a\u{7f}", false),
            ],
        );
    }

    #[test]
    fn a_dot_stops_at_each_line_terminator_of_java_unless_it_matches_all() {
        for terminator in ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"] {
            assert_matches(".*", &[(terminator, false)]);
            assert_matches("(?s).*", &[(terminator, true)]);
            assert_matches("[.]*", &[(terminator, false), ("...", true), ("a", false)]);
        }
    }

    #[test]
    fn dashes_after_a_range_are_themselves() {
        assert_matches(
            "[A-Za-z0-9-_=.]+",
            &[("a-b_c=.", true), ("a+b", false), (":", false)],
        );
    }
}

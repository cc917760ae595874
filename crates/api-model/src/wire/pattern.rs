//! The regular expressions of the model, which are written for Java.

use std::fmt;
use std::sync::OnceLock;

use regex::Regex;

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
    Regex::new(&format!(r"\A(?:{})\z", from_java(java))).ok()
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

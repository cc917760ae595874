//! Text from elsewhere, made fit for a terminal.

use std::fmt::Write as _;

/// Most characters of one value that are shown.
const MOST_CHARACTERS: usize = 600;

/// Writes text so that it can neither steer a terminal nor turn its direction round: control
/// characters and marks of direction come as `\u{..}`, and what is very long is cut.
pub fn shown(text: &str) -> String {
    let mut safe = String::with_capacity(text.len().min(MOST_CHARACTERS));
    for (count, character) in text.chars().enumerate() {
        if count == MOST_CHARACTERS {
            safe.push('…');
            break;
        }
        if is_harmful(character) {
            // Writing to a String cannot fail.
            let _ = write!(safe, "\\u{{{:x}}}", u32::from(character));
        } else {
            safe.push(character);
        }
    }
    safe
}

/// Writes JSON, indented, so that no value in it can steer a terminal; it stays JSON, and no value
/// is cut.
pub fn shown_json(value: &serde_json::Value) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if character != '\n' && is_harmful(character) {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(character);
        }
    }
    safe
}

/// Control characters of both sets, and those that change the direction of text or are not seen.
/// Source: Unicode Standard Annex 9, section 2.
fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
            | '\u{61c}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s51_nothing_shown_can_steer_a_terminal() {
        let hostile = "a\u{1b}[2Jb\u{9b}31m\u{202e}c\r\n\u{7}";
        assert_eq!(
            shown(hostile),
            "a\\u{1b}[2Jb\\u{9b}31m\\u{202e}c\\u{d}\\u{a}\\u{7}"
        );
        let json = shown_json(&serde_json::json!({ "name": hostile, "é\u{e0001}": "日本" }));
        assert!(json.chars().all(|c| c == '\n' || !is_harmful(c)), "{json}");
        let back: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(back["name"], hostile);
        assert_eq!(back["é\u{e0001}"], "日本");
    }

    #[test]
    fn long_text_is_cut() {
        let text = shown(&"x".repeat(100_000));
        assert_eq!(text.chars().count(), MOST_CHARACTERS + 1);
    }
}

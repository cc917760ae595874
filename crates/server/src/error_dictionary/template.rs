//! Texts with gaps: `{name}` stands for what varies, and so do the digits of a sample.

/// Whether a text is the template with its gaps filled. A template of gaps alone fits nothing.
pub(super) fn fits(template: &str, text: &str) -> bool {
    let fixed = fixed_parts(template.trim());
    if fixed.iter().all(|part| part.trim().is_empty()) {
        return false;
    }
    let (Some(first), Some(last)) = (fixed.first(), fixed.last()) else {
        return false;
    };
    let Some(mut rest) = text.strip_prefix(first.as_str()) else {
        return false;
    };
    if fixed.len() == 1 {
        return rest.is_empty();
    }
    for part in &fixed[1..fixed.len() - 1] {
        let Some(at) = rest.find(part.as_str()) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last.as_str())
}

/// What stands between the gaps, in order; one part more than there are gaps.
pub(super) fn fixed_parts(template: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut rest = template;
    while let Some(character) = rest.chars().next() {
        let gap = gap_length(rest);
        if gap > 0 {
            parts.push(String::new());
            rest = &rest[gap..];
            continue;
        }
        if let Some(part) = parts.last_mut() {
            part.push(character);
        }
        rest = &rest[character.len_utf8()..];
    }
    parts
}

/// Bytes of the gap that a text begins with, or none.
fn gap_length(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return digits;
    }
    let Some(inner) = text.strip_prefix('{') else {
        return 0;
    };
    let is_name = |byte: &u8| byte.is_ascii_lowercase() || *byte == b'_';
    let name = inner.bytes().take_while(is_name).count();
    if name > 0 && inner[name..].starts_with('}') {
        name + 2
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_with_anything_and_the_rest_is_exact() {
        assert!(fits(
            "User pool {pool} does not exist.",
            "User pool x y does not exist."
        ));
        assert!(!fits(
            "User pool {pool} does not exist.",
            "User pool x does not exist"
        ));
        assert!(fits(
            "no shorter than 1 characters",
            "no shorter than 24 characters"
        ));
        assert!(fits("a", "a") && !fits("a", "ab") && !fits("{a}", "ab") && !fits("", ""));
        assert!(fits("type {{name}} here", "type {custom:a} here"));
        assert!(!fits("code is {####}", "code is 123456"));
    }
}

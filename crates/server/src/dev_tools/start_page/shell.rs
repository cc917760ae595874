//! Words of a command line for a POSIX shell.

/// Writes a text so that a shell reads it as one word that is the text.
/// Source: POSIX.1-2024, Shell Command Language, section 2.2.2.
pub(super) fn word(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Whether a text means nothing to a shell, zsh among them.
pub(super) fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.,:/@+%".contains(&byte);
    !text.is_empty() && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_shell_would_read_otherwise_is_quoted() {
        assert_eq!(word("us-east-1_Abc"), "us-east-1_Abc");
        assert_eq!(word(""), "''");
        assert_eq!(word("it's"), r"'it'\''s'");
        for special in ["$HOME", "a b", "~", "*", "=ls", "!1", "a;b", "#a", "`id`"] {
            assert!(word(special).starts_with('\''), "{special}");
        }
    }
}

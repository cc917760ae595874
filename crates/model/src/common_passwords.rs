//! Passwords that are guessed first, recognised without asking anybody.

use std::collections::HashSet;
use std::sync::LazyLock;

/// The embedded list, in lower case; lines that begin with `#` are its notice.
const LIST: &str = include_str!("../data/common_passwords.txt");

/// Characters around a listed password that do not make it another one.
///
/// So many random ones would still leave a password that is found by trying endings.
const MOST_DECORATION: usize = 8;

static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| entries().collect());

fn entries() -> impl Iterator<Item = &'static str> {
    LIST.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_ascii_whitespace)
}

/// Whether a password is a common one, or one in the form that password policies make of it: with
/// capital letters, with look-alikes for letters (`p@ssw0rd`), with some digits and symbols before
/// or behind it.
/// Source: OWASP ASVS 5.0, 6.2.4; NIST SP 800-63B, section 5.1.1.2 (context of the list).
pub fn is_common_password(password: &str) -> bool {
    let lower: Vec<char> = password.to_lowercase().chars().collect();
    let is_decoration = |character: &&char| !character.is_alphabetic();
    let before = lower.iter().take_while(is_decoration).count();
    let behind = lower.iter().rev().take_while(is_decoration).count();
    (0..=before.min(MOST_DECORATION)).any(|start| {
        let most = behind.min(MOST_DECORATION - start);
        (0..=most).any(|end| {
            let inside = lower.get(start..lower.len().saturating_sub(end));
            inside.is_some_and(is_listed)
        })
    })
}

fn is_listed(characters: &[char]) -> bool {
    let listed = |text: String| COMMON.contains(text.as_str());
    // A `1` is an `i` to some and an `l` to others.
    listed(characters.iter().collect())
        || listed(spelled_out(characters, 'i'))
        || listed(spelled_out(characters, 'l'))
}

/// Puts the letters in place of the characters that stand for them.
fn spelled_out(characters: &[char], one: char) -> String {
    characters
        .iter()
        .map(|character| match *character {
            '@' | '4' => 'a',
            '3' => 'e',
            '!' | '1' => one,
            '0' => 'o',
            '$' | '5' => 's',
            '7' => 't',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PasswordPolicy;

    #[test]
    fn s40_the_list_is_ten_thousand_passwords_in_lower_case_each_once() {
        assert!(entries().count() > 9_900);
        assert_eq!(entries().count(), COMMON.len());
        for entry in entries() {
            assert_eq!(entry, entry.to_lowercase());
            assert!(entry.len() >= 4 && entry.trim() == entry, "{entry}");
        }
    }

    #[test]
    fn s40_more_than_three_thousand_passwords_that_fit_the_default_policy_are_common() {
        let policy = PasswordPolicy::default();
        let mut fitting = HashSet::new();
        for entry in entries() {
            let mut letters = entry.chars();
            let first = letters.next().unwrap().to_uppercase();
            let capital: String = first.chain(letters).collect();
            for ending in ["1!", "123!", "2026!"] {
                let password = format!("{capital}{ending}");
                if policy.check(&password).is_ok() {
                    assert!(is_common_password(&password), "{password}");
                    fitting.insert(password);
                }
            }
        }
        assert!(fitting.len() > 3_000, "{}", fitting.len());
    }

    #[test]
    fn s40_a_common_password_stays_one_in_another_dress() {
        for password in [
            "password",
            "Password1!",
            "P@ssw0rd",
            "P@$$w0rd123!",
            "!!Dr4g0n2026!",
            "Letme1n!!",
            "1qaz2wsx",
            "1Qaz2Wsx!!",
            "Baseba11!",
        ] {
            assert!(is_common_password(password), "{password}");
        }
    }

    #[test]
    fn a_password_that_is_merely_like_a_common_one_is_not() {
        for password in [
            "",
            "!!!!!!!!",
            "Correct-Horse-1",
            "Correct-horse-7",
            "Dragon846291573046!",
            "Dragon-Tulip-9",
            "xK7#qLw9$Rt2",
            "日本語のパスワード",
        ] {
            assert!(!is_common_password(password), "{password}");
        }
    }
}

//! Lengths of time as people write them.

use poolhouse_model::Ttl;

/// Milliseconds of each unit.
const UNITS: [(&str, i64); 5] = [
    ("ms", 1),
    ("s", 1000),
    ("m", 60_000),
    ("h", 3_600_000),
    ("d", 86_400_000),
];

/// Reads `90s`, `1h30m`, `500ms`, `30d`.
pub(super) fn parse_duration(text: &str) -> Option<Ttl> {
    let mut millis: i64 = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let (number, after) = split(rest, |character| character.is_ascii_digit());
        let (unit, after) = split(after, |character| character.is_ascii_alphabetic());
        let (_, factor) = UNITS.iter().find(|(name, _)| *name == unit)?;
        let part = number.parse::<i64>().ok()?.checked_mul(*factor)?;
        millis = millis.checked_add(part)?;
        rest = after;
    }
    (!text.is_empty()).then(|| Ttl::from_millis(millis))
}

/// Splits where the characters end that are wanted.
fn split(text: &str, is_wanted: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|character| !is_wanted(character));
    text.split_at(end.unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_numbers_with_units() {
        for (text, millis) in [
            ("90s", 90_000),
            ("1h30m", 5_400_000),
            ("500ms", 500),
            ("30d", 2_592_000_000),
            ("0s", 0),
        ] {
            assert_eq!(parse_duration(text), Some(Ttl::from_millis(millis)));
        }
    }

    #[test]
    fn everything_else_is_none() {
        for text in [
            "",
            "90",
            "s",
            "-1s",
            "+1s",
            "1.5h",
            "1 h",
            "1w",
            "1H",
            "1h-",
            "9223372036854775807s",
            "99999999999999999999s",
            "106751991167d1d",
            "\u{661}s",
        ] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }
}

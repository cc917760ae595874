//! Instants and lengths of time, in words.

use poolhouse_model::Timestamp;
use time::OffsetDateTime;

/// Units of time, longest first, in seconds.
const UNITS: [(i64, &str); 4] = [
    (86_400, "day"),
    (3600, "hour"),
    (60, "minute"),
    (1, "second"),
];

/// Writes an instant in UTC: `2026-01-31 12:00:00 UTC`; its number where it lies outside the
/// calendar.
pub fn in_utc(instant: Timestamp) -> String {
    let Ok(at) = OffsetDateTime::from_unix_timestamp(instant.as_secs()) else {
        return format!("second {}", instant.as_secs());
    };
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

/// Writes an instant and how far it is from now: `..., 5 minutes ago`, `..., in 2 hours`.
pub fn from_now(instant: Timestamp, now: Timestamp) -> String {
    let seconds = instant.as_secs().saturating_sub(now.as_secs());
    let length = length(seconds.unsigned_abs());
    let distance = match seconds {
        0 => "now".to_owned(),
        1.. => format!("in {length}"),
        _ => format!("{length} ago"),
    };
    format!("{}, {distance}", in_utc(instant))
}

/// Writes a length of time in its one or two longest units: `1 hour 5 minutes`.
pub fn length(seconds: u64) -> String {
    let mut rest = i64::try_from(seconds).unwrap_or(i64::MAX);
    let mut parts = Vec::new();
    for (unit, name) in UNITS {
        let count = rest / unit;
        rest %= unit;
        if count > 0 {
            let plural = if count == 1 { "" } else { "s" };
            parts.push(format!("{count} {name}{plural}"));
        } else if !parts.is_empty() {
            break;
        }
        if parts.len() == 2 {
            break;
        }
    }
    if parts.is_empty() {
        return "0 seconds".to_owned();
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_told_in_utc_and_from_now() {
        let now = Timestamp::from_secs(1_767_225_600);
        assert_eq!(in_utc(now), "2026-01-01 00:00:00 UTC");
        for (seconds, distance) in [
            (0, "now"),
            (1, "in 1 second"),
            (-300, "5 minutes ago"),
            (3900, "in 1 hour 5 minutes"),
            (-86_401, "1 day ago"),
        ] {
            let at = Timestamp::from_secs(now.as_secs() + seconds);
            let told = from_now(at, now);
            assert!(told.ends_with(&format!(", {distance}")), "{told}");
        }
    }

    #[test]
    fn extreme_instants_are_told_as_numbers() {
        assert!(in_utc(Timestamp::from_secs(i64::MAX)).starts_with("second "));
        assert!(
            from_now(
                Timestamp::from_millis(i64::MIN),
                Timestamp::from_millis(i64::MAX)
            )
            .ends_with("ago")
        );
    }
}

//! Texts that name a date or an instant.

/// Whether the text is a date, a date with a time of day, or seconds since 1970.
/// Inferred: which forms the service takes. These are ISO 8601's usual ones and `updated_at`'s.
pub(crate) fn is_date_time(text: &str) -> bool {
    if text.len() <= 15 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let (date, time) = match text.split_once(['T', 't', ' ']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    is_date(date) && time.is_none_or(is_time)
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let year = parts.next().and_then(|year| number_of(year, 4));
    let month = parts.next().and_then(|month| number_of(month, 2));
    let day = parts.next().and_then(|day| number_of(day, 2));
    let (Some(year), Some(month), Some(day), None) = (year, month, day, parts.next()) else {
        return false;
    };
    let is_leap_year = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Whether the text is hours and minutes, with seconds, a fraction and an offset if they are there.
fn is_time(text: &str) -> bool {
    let (clock, offset) = match text.find(['Z', 'z', '+', '-']) {
        Some(at) => text.split_at(at),
        None => (text, "Z"),
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let is_fraction =
        (1..=9).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = clock.split(':');
    let mut below = |most| {
        let part = parts.next()?;
        number_of(part, 2).filter(|number| *number < most)
    };
    let is_clock = below(24).is_some() && below(60).is_some();
    let is_second = below(61).is_some() || clock.len() == 5;
    is_clock && is_second && clock.len() <= 8 && is_fraction && is_offset(offset)
}

fn is_offset(text: &str) -> bool {
    if text.eq_ignore_ascii_case("Z") {
        return true;
    }
    let Some(offset) = text.strip_prefix(['+', '-']) else {
        return false;
    };
    let (hours, minutes) = match offset.split_once(':') {
        Some(parts) => parts,
        None if offset.len() == 4 && offset.is_ascii() => offset.split_at(2),
        None => return false,
    };
    number_of(hours, 2).is_some_and(|hours| hours < 24)
        && number_of(minutes, 2).is_some_and(|minutes| minutes < 60)
}

fn number_of(text: &str, digits: usize) -> Option<u32> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_or_an_instant_is_told_from_other_text() {
        for good in [
            "2026-01-31",
            "2024-02-29",
            "2000-02-29",
            "2026-01-31T23:59",
            "2026-01-31T23:59:60Z",
            "2026-01-31 23:59:59.123+05:30",
            "2026-01-31T23:59:59-0800",
            "1477662772",
        ] {
            assert!(is_date_time(good), "{good}");
        }
        for bad in [
            "",
            "yesterday",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-04-31",
            "26-01-31",
            "2026-01-31T",
            "2026-01-31T24:00",
            "2026-01-31T23:60",
            "2026-01-31T23:59:",
            "2026-01-31T23:59:59:01",
            "2026-01-31T23:59:59.Z",
            "2026-01-31T23:59:59+5",
            "2026-01-31T23:59:59+24:00",
            "2026-01-31T23:59:59+aü",
            "2026-01-31-01",
            "+026-01-31",
            "1234567890123456",
        ] {
            assert!(!is_date_time(bad), "{bad}");
        }
    }
}

//! Instants as people and programs read them.

use poolhouse_model::Timestamp;

const DAY_MILLIS: i64 = 86_400_000;

/// Writes an instant in UTC with milliseconds: `2026-01-31T12:00:00.000Z`.
/// Source: RFC 3339 section 5.6.
pub(crate) fn rfc3339(instant: Timestamp) -> String {
    let millis = instant.as_millis();
    let (year, month, day) = civil_date(millis.div_euclid(DAY_MILLIS));
    let of_day = millis.rem_euclid(DAY_MILLIS);
    let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
    let (second, milli) = (of_day / 1000 % 60, of_day % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
}

/// Turns days since 1970-01-01 into year, month and day of the Gregorian calendar.
///
/// Years are counted from March, so that the leap day is the last of its year, in eras of 400
/// years, which all have the same number of days.
fn civil_date(days: i64) -> (i64, i64, i64) {
    const ERA_DAYS: i64 = 146_097;
    let from_march_0000 = days + 719_468;
    let era = from_march_0000.div_euclid(ERA_DAYS);
    let of_era = from_march_0000.rem_euclid(ERA_DAYS);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}

/// Reads an instant: `2026-01-31T12:00:00Z`, with a fraction of a second or another offset
/// (`+01:00`) where there is one. A leap second is none that a clock of ours can show.
/// Source: RFC 3339 section 5.6.
pub(crate) fn parse_rfc3339(text: &str) -> Option<Timestamp> {
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let zone = time.find(['Z', 'z', '+', '-'])?;
    let (time, zone) = time.split_at(zone);
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
    let is_sound = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    let days = days_since_1970(year, month, day);
    // The 31st of a short month is another day when it is written back.
    if !is_sound || civil_date(days) != (year, month, day) {
        return None;
    }
    let of_day = (hour * 60 + minute) * 60 + second;
    let millis = days * DAY_MILLIS + of_day * 1000 + parse_fraction(fraction)?;
    Some(Timestamp::from_millis(millis - parse_offset(zone)?))
}

/// Turns a date of the Gregorian calendar into days since 1970-01-01; see [`civil_date`].
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let from_march = (month + 9) % 12;
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    let of_era = year.rem_euclid(400);
    let of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    year.div_euclid(400) * 146_097 + of_era - 719_468
}

/// Milliseconds of the digits after the point.
fn parse_fraction(digits: &str) -> Option<i64> {
    let is_sound = (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let millis = format!("{digits:0<3}");
    is_sound.then(|| millis[..3].parse().ok()).flatten()
}

/// Milliseconds that a zone is ahead of UTC.
fn parse_offset(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let [hours, minutes] = numbers(&zone[1..], ':', [2, 2])?;
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes) * 60_000)
}

/// Reads numbers of so many digits each.
fn numbers<const COUNT: usize>(
    text: &str,
    separator: char,
    digits: [usize; COUNT],
) -> Option<[i64; COUNT]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; COUNT];
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next()?;
        if part.len() != digits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_in_utc() {
        for (millis, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (1_767_225_600_000, "2026-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(rfc3339(Timestamp::from_millis(millis)), text);
        }
    }

    #[test]
    fn what_was_written_is_read_again() {
        for millis in [
            0,
            951_782_399_999,
            951_782_400_000,
            4_107_542_400_000,
            253_402_300_799_999,
        ] {
            let instant = Timestamp::from_millis(millis);
            assert_eq!(parse_rfc3339(&rfc3339(instant)), Some(instant));
        }
        let noon = parse_rfc3339("2026-01-01T12:00:00Z");
        assert!(noon.is_some());
        for same in [
            "2026-01-01t12:00:00z",
            "2026-01-01 12:00:00.000000Z",
            "2026-01-01T13:30:00+01:30",
            "2025-12-31T23:00:00-13:00",
        ] {
            assert_eq!(parse_rfc3339(same), noon, "{same}");
        }
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in [
            "",
            "now",
            "2026-01-01",
            "2026-01-01T12:00:00",
            "2026-02-29T12:00:00Z",
            "2026-13-01T12:00:00Z",
            "2026-00-01T12:00:00Z",
            "2026-04-31T12:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T23:59:60Z",
            "2026-01-01T12:00:00.Z",
            "2026-01-01T12:00:00+1:00",
            "2026-01-01T12:00:00+24:00",
            "1000000000-01-01T00:00:00Z",
            "-2026-01-01T00:00:00Z",
            "2026-01-01T12:00:00Z and more",
            "2026-01-01T12:00:\u{661}\u{661}Z",
        ] {
            assert_eq!(parse_rfc3339(text), None, "{text}");
        }
    }
}

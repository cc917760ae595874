//! The `TIMESTAMP` of a `PASSWORD_VERIFIER` answer: `Tue Nov 3 04:05:06 UTC 2026`.

use poolhouse_model::Timestamp;

const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

const SECS_PER_DAY: i64 = 86_400;

/// Longest canonical text.
const MAX_LENGTH: usize = "Tue Nov 13 04:05:06 UTC 2026".len();

/// Reads a timestamp in its one canonical form; `None` for every other text.
///
/// The day has no leading zero, hour, minute and second have one, the weekday is the right one.
/// Source: amazon-cognito-identity-js `DateHelper`; the service refuses a zero-padded day and a
/// wrong weekday although the signature over that text is right.
pub fn parse(text: &str) -> Option<Timestamp> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let mut words = text.split(' ');
    let _weekday = words.next()?;
    let month_name = words.next()?;
    let month = (1..).zip(MONTHS).find(|(_, name)| *name == month_name)?.0;
    let day = number(words.next()?)?;
    let mut time = words.next()?.split(':');
    let (hour, minute, second) = (
        number(time.next()?)?,
        number(time.next()?)?,
        number(time.next()?)?,
    );
    let year = words.nth(1).and_then(number)?;
    if hour > 23 || minute > 59 || second > 59 || !(1970..=9999).contains(&year) {
        return None;
    }
    let days = days_since_epoch(year, month, day);
    let at = Timestamp::from_secs(days * SECS_PER_DAY + hour * 3600 + minute * 60 + second);
    (format(at) == text).then_some(at)
}

/// Writes `at` in the canonical form.
pub fn format(at: Timestamp) -> String {
    let days = at.as_secs().div_euclid(SECS_PER_DAY);
    let second_of_day = at.as_secs().rem_euclid(SECS_PER_DAY);
    let (year, month, day) = civil_date(days);
    let weekday = pick(&WEEKDAYS, days.rem_euclid(7));
    let month = pick(&MONTHS, month - 1);
    let (hour, minute, second) = (
        second_of_day / 3600,
        second_of_day / 60 % 60,
        second_of_day % 60,
    );
    format!("{weekday} {month} {day} {hour:02}:{minute:02}:{second:02} UTC {year}")
}

fn pick<'a>(names: &[&'a str], index: i64) -> &'a str {
    usize::try_from(index)
        .ok()
        .and_then(|index| names.get(index))
        .copied()
        .unwrap_or_default()
}

fn number(digits: &str) -> Option<i64> {
    let is_number = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

/// Days from 1970-01-01 to a date of the Gregorian calendar.
///
/// Years are counted from March, so that the leap day comes last; 719,468 is the day number of
/// 1970-01-01 in that count, 146,097 the days of 400 years.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The year, month and day of a day counted from 1970-01-01: the inverse of the above.
fn civil_date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = (shifted_month + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_canonical_form_is_read() {
        let cases = [
            ("Thu Jan 1 00:00:00 UTC 1970", 0),
            ("Tue Nov 3 04:05:06 UTC 2026", 1_793_678_706),
            ("Thu Feb 29 23:59:59 UTC 2024", 1_709_251_199),
            ("Wed Dec 31 00:00:00 UTC 2025", 1_767_139_200),
            ("Tue Feb 29 12:00:00 UTC 2000", 951_825_600),
        ];
        for (text, secs) in cases {
            assert_eq!(parse(text), Some(Timestamp::from_secs(secs)), "{text}");
        }
    }

    #[test]
    fn s42_every_other_form_is_refused() {
        for text in [
            "Tue Nov 03 04:05:06 UTC 2026",
            "Mon Nov 3 04:05:06 UTC 2026",
            "Tue Nov 3 4:05:06 UTC 2026",
            "Tue Nov  3 04:05:06 UTC 2026",
            "Tue Nov 3 04:05:06 GMT 2026",
            "Tue Nov 3 04:05:06 utc 2026",
            "tue nov 3 04:05:06 UTC 2026",
            "Tue Nov 3 04:05:06 UTC 26",
            "Tue Nov 3 04:05:06 UTC 2026 ",
            " Tue Nov 3 04:05:06 UTC 2026",
            "Tue Nov 3 04:05:06 UTC 2026\n",
            "Tue Nov 3 04:05 UTC 2026",
            "Tue Nov 3 24:05:06 UTC 2026",
            "Tue Nov 3 04:60:06 UTC 2026",
            "Tue Nov 3 04:05:60 UTC 2026",
            "Tue Nov 3 04:05:06:07 UTC 2026",
            "Sun Feb 29 00:00:00 UTC 2026",
            "Sun Nov 0 04:05:06 UTC 2026",
            "Tue Nov +3 04:05:06 UTC 2026",
            "Tue Nov -3 04:05:06 UTC 2026",
            "Tue November 3 04:05:06 UTC 2026",
            "Tue, 03 Nov 2026 04:05:06 GMT",
            "2026-11-03T04:05:06Z",
            "Wed Dec 31 23:59:59 UTC 1969",
            "Tue Nov ３ 04:05:06 UTC 2026",
            "",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_second_survives_the_round_trip(secs in 0_i64..253_402_300_800) {
            let at = Timestamp::from_secs(secs);
            prop_assert_eq!(parse(&format(at)), Some(at));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,30}") {
            let _ = parse(&text);
        }
    }
}

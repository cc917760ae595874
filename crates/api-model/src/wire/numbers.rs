//! Numbers of a body as the shapes want them.

use super::fault::Fault;

/// Reads a whole number; a fraction is cut off.
/// # Errors
/// A number outside of `least..=most` is malformed.
/// Inferred: a service with the same front end cuts `1.5` to `1` (measured on Athena).
pub(crate) fn whole(text: &str, least: i64, most: i64) -> Result<i64, Fault> {
    let number = match text.parse::<i64>() {
        Ok(number) => number,
        Err(_) => truncated(text).ok_or(Fault::MALFORMED)?,
    };
    if (least..=most).contains(&number) {
        Ok(number)
    } else {
        Err(Fault::MALFORMED)
    }
}

/// Reads seconds with a fraction as milliseconds.
pub(crate) fn millis(text: &str) -> Result<i64, Fault> {
    let seconds: f64 = text.parse().map_err(|_| Fault::MALFORMED)?;
    from_float((seconds * 1000.0).round()).ok_or(Fault::MALFORMED)
}

fn truncated(text: &str) -> Option<i64> {
    from_float(text.parse::<f64>().ok()?.trunc())
}

/// Converts a float without a fraction, up to where floats still count in ones.
fn from_float(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be a whole number that fits"
    )]
    (number.abs() <= EXACT).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_keep_every_digit() {
        for number in [0, 1, -1, i64::MAX, i64::MIN] {
            assert_eq!(whole(&number.to_string(), i64::MIN, i64::MAX), Ok(number));
        }
    }

    #[test]
    fn fractions_are_cut_off() {
        for (text, expected) in [("1.9", 1), ("-1.9", -1), ("1e3", 1000), ("1e-9", 0)] {
            assert_eq!(whole(text, -1000, 1000), Ok(expected), "{text}");
        }
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        for text in ["128", "-129", "1e3", "1e300", "9223372036854775808"] {
            assert_eq!(whole(text, -128, 127), Err(Fault::MALFORMED), "{text}");
        }
    }

    #[test]
    fn instants_are_rounded_to_milliseconds() {
        assert_eq!(millis("1477662772.2464"), Ok(1_477_662_772_246));
        assert_eq!(millis("-0.0005"), Ok(-1));
        assert_eq!(millis("1e300"), Err(Fault::MALFORMED));
    }
}

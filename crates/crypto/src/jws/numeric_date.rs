//! The instants in a token: `exp`, `iat`, `nbf`, `auth_time`.

use poolhouse_model::Timestamp;
use serde::{Deserialize, Serialize};

/// Seconds that JSON numbers carry exactly in every client: below 2^53.
const LIMIT: u64 = 1 << 53;

/// Seconds since 1970-01-01T00:00:00Z, read strictly: a JSON integer in 0..2^53.
///
/// A string, a fraction, an exponent, a negative number or null is refused; a member of this type
/// is required unless it is an `Option`.
/// Source: RFC 7519 section 2 (`NumericDate`), narrowed to what this server writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct NumericDate(u64);

impl NumericDate {
    /// Rounds an instant down to its second; one before 1970 becomes 0.
    pub fn of(at: Timestamp) -> Self {
        Self(u64::try_from(at.as_secs()).unwrap_or(0))
    }

    /// The instant.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_secs(i64::try_from(self.0).unwrap_or(i64::MAX))
    }

    /// Seconds since the epoch.
    pub fn as_secs(self) -> u64 {
        self.0
    }
}

impl TryFrom<u64> for NumericDate {
    type Error = &'static str;

    fn try_from(secs: u64) -> Result<Self, Self::Error> {
        if secs < LIMIT {
            Ok(Self(secs))
        } else {
            Err("the instant is too far away")
        }
    }
}

impl From<NumericDate> for u64 {
    fn from(date: NumericDate) -> Self {
        date.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Claims {
        exp: NumericDate,
        iat: NumericDate,
    }

    fn read(exp: &str) -> Option<u64> {
        let text = format!(r#"{{"exp":{exp},"iat":1}}"#);
        let claims: Claims = serde_json::from_str(&text).ok()?;
        assert_eq!(claims.iat.as_secs(), 1);
        Some(claims.exp.as_secs())
    }

    #[test]
    fn s04_only_integers_from_zero_to_below_two_to_the_53_are_dates() {
        assert_eq!(read("0"), Some(0));
        assert_eq!(read("1793678706"), Some(1_793_678_706));
        assert_eq!(read("9007199254740991"), Some(LIMIT - 1));
        for refused in [
            "9007199254740992",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "-1",
            "-0",
            "-9223372036854775808",
            "1.0",
            "1793678706.5",
            "1e9",
            "1E400",
            "NaN",
            "Infinity",
            "null",
            "true",
            "\"1793678706\"",
            "\"\"",
            "[1793678706]",
            "{}",
            "0x10",
            "010",
        ] {
            assert_eq!(read(refused), None, "{refused}");
        }
    }

    #[test]
    fn s04_a_missing_or_doubled_date_is_refused() {
        for text in [
            r#"{"exp":1}"#,
            r#"{"iat":1}"#,
            "{}",
            r#"{"exp":1,"iat":1,"exp":9}"#,
        ] {
            assert!(serde_json::from_str::<Claims>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn s04_dates_are_as_strict_when_read_from_a_parsed_value() {
        for value in [
            serde_json::json!(1.5),
            serde_json::json!("1"),
            serde_json::json!(-1),
        ] {
            assert!(serde_json::from_value::<NumericDate>(value).is_err());
        }
    }

    #[test]
    fn an_instant_is_written_as_whole_seconds() {
        let date = NumericDate::of(Timestamp::from_millis(1_793_678_706_999));
        assert_eq!(serde_json::to_string(&date).unwrap(), "1793678706");
        assert_eq!(date.timestamp(), Timestamp::from_secs(1_793_678_706));
        assert_eq!(NumericDate::of(Timestamp::from_millis(-1)).as_secs(), 0);
    }
}

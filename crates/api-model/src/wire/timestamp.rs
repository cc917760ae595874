//! Instants on the wire.

use std::fmt;

/// An instant: milliseconds since the epoch; seconds with a fraction on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Makes an instant from milliseconds since the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Timestamp {
    /// Writes seconds since the epoch with up to three decimals, as on the wire.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let millis = self.0.unsigned_abs();
        write!(f, "{sign}{}", millis / 1000)?;
        match millis % 1000 {
            0 => Ok(()),
            fraction => f.write_str(format!(".{fraction:03}").trim_end_matches('0')),
        }
    }
}

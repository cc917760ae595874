//! The clock of the machine.

use std::time::{SystemTime, UNIX_EPOCH};

use poolhouse_model::{Clock, Timestamp};

/// Tells the machine's time.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that stands for the machine's clock; others are handed a Clock"
    )]
    fn now(&self) -> Timestamp {
        // A clock before 1970 is wrong, and nothing is valid then.
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
        let millis = since_epoch.map_or(0, |elapsed| elapsed.as_millis());
        Timestamp::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_tells_this_century() {
        let now = SystemClock.now();
        assert!(now > Timestamp::from_secs(1_700_000_000));
        assert!(now < Timestamp::from_secs(4_100_000_000));
    }
}

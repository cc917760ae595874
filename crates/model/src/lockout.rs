//! How long wrong passwords lock a name.

use crate::time::{Timestamp, Ttl};

/// Failures that lock nothing.
pub const FREE_FAILURES: i64 = 5;

/// The longest lock.
pub const LONGEST_LOCK: Ttl = Ttl::from_secs(15 * 60);

/// After so long without a failure the count starts anew.
pub const LOCKOUT_MEMORY: Ttl = Ttl::from_hours(24);

/// Failures counted for one name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lockout {
    /// Failures in a row.
    pub failures: i64,
    /// When the last one was; `None` before the first.
    pub last_failure_at: Option<Timestamp>,
}

impl Lockout {
    /// Whether the name is locked at `now`.
    ///
    /// Five failures are free; the fifth locks for one second, each further one for twice as
    /// long, up to about a quarter of an hour.
    /// Source: AWS page "Authentication with Amazon Cognito user pools" (lockout behaviour).
    pub fn is_locked(&self, now: Timestamp) -> bool {
        self.last_failure_at
            .is_some_and(|at| now < at.after(lock_ttl(self.failures)))
    }
}

fn lock_ttl(failures: i64) -> Ttl {
    if failures < FREE_FAILURES {
        return Ttl::from_millis(0);
    }
    let doublings = u32::try_from(failures - FREE_FAILURES)
        .unwrap_or(u32::MAX)
        .min(20);
    Ttl::from_secs(1_i64 << doublings).min(LONGEST_LOCK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s36_five_failures_are_free_then_the_lock_doubles_to_a_quarter_of_an_hour() {
        let seconds: Vec<i64> = (4..18)
            .map(|failures| lock_ttl(failures).as_secs())
            .collect();
        assert_eq!(
            seconds,
            [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]
        );
        assert_eq!(lock_ttl(i64::MAX), LONGEST_LOCK);
    }

    #[test]
    fn a_lock_ends_at_its_instant() {
        let at = Timestamp::from_secs(1000);
        let lockout = Lockout {
            failures: 6,
            last_failure_at: Some(at),
        };
        assert!(lockout.is_locked(at.after(Ttl::from_millis(1999))));
        assert!(!lockout.is_locked(at.after(Ttl::from_secs(2))));
    }
}

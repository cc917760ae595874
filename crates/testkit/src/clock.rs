//! A clock that stands still until it is moved.

use std::sync::atomic::{AtomicI64, Ordering};

use poolhouse_model::{Clock, Timestamp, Ttl};

/// Where a [`TestClock`] starts: 2026-11-03T04:05:06Z.
pub const START: Timestamp = Timestamp::from_secs(1_793_678_706);

/// A clock that shows the same instant until a test moves it.
pub struct TestClock(AtomicI64);

impl TestClock {
    /// Stands at [`START`].
    pub fn new() -> Self {
        Self::at(START)
    }

    /// Stands at an instant.
    pub fn at(instant: Timestamp) -> Self {
        Self(AtomicI64::new(instant.as_millis()))
    }

    /// Moves forward.
    pub fn advance(&self, by: Ttl) {
        self.0.fetch_add(by.as_millis(), Ordering::SeqCst);
    }

    /// Moves back, as a clock that is put right does.
    pub fn turn_back(&self, by: Ttl) {
        self.0.fetch_sub(by.as_millis(), Ordering::SeqCst);
    }

    /// Jumps to an instant.
    pub fn set(&self, instant: Timestamp) {
        self.0.store(instant.as_millis(), Ordering::SeqCst);
    }
}

impl Default for TestClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

//! A clock that can be moved, for people who test what happens later.

use std::sync::{Arc, PoisonError, RwLock};

use crate::time::{Clock, Timestamp, Ttl};

/// Where a clock can be moved to: 1970-01-01T00:00:00Z to 9999-12-31T23:59:59.999Z. RFC 3339 can
/// write no other years, and sums with every lifetime stay far from the end of the numbers.
const FIRST: Timestamp = Timestamp::from_millis(0);
const LAST: Timestamp = Timestamp::from_millis(253_402_300_799_999);

/// Shows another clock's time until it is moved or frozen.
pub struct MovableClock {
    machine: Arc<dyn Clock>,
    stand: RwLock<Stand>,
}

/// How the clock stands to the other one.
#[derive(Clone, Copy)]
enum Stand {
    /// It runs, so many milliseconds ahead; a negative number is behind.
    Running(i64),
    /// It shows one instant.
    Frozen(Timestamp),
}

/// What a clock shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockReading {
    /// The instant it shows.
    pub now: Timestamp,
    /// The instant that the other clock shows.
    pub machine: Timestamp,
    /// Whether it stands still.
    pub is_frozen: bool,
}

/// What is to become of a clock. The parts take effect in their order, together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClockChange {
    /// It jumps to an instant.
    pub set: Option<Timestamp>,
    /// It goes forward.
    pub advance: Option<Ttl>,
    /// From then on it stands still, or runs.
    pub is_frozen: Option<bool>,
}

/// The clock would show a year that it cannot show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the clock can show the years 1970 to 9999")]
pub struct ClockOutOfRange;

impl MovableClock {
    /// Shows the time of another clock.
    pub fn new(machine: Arc<dyn Clock>) -> Self {
        Self {
            machine,
            stand: RwLock::new(Stand::Running(0)),
        }
    }

    /// Reads both clocks.
    pub fn read(&self) -> ClockReading {
        let stand = *self.stand.read().unwrap_or_else(PoisonError::into_inner);
        stand.read(self.machine.now())
    }

    /// Moves, freezes or frees the clock, all that was asked or nothing.
    /// # Errors
    /// [`ClockOutOfRange`].
    pub fn change(&self, change: &ClockChange) -> Result<ClockReading, ClockOutOfRange> {
        let mut stand = self.stand.write().unwrap_or_else(PoisonError::into_inner);
        let machine = self.machine.now();
        let before = stand.read(machine);
        let instant = change.set.unwrap_or(before.now);
        let instant = instant.after(change.advance.unwrap_or(Ttl::from_millis(0)));
        if !(FIRST..=LAST).contains(&instant) {
            return Err(ClockOutOfRange);
        }
        *stand = if change.is_frozen.unwrap_or(before.is_frozen) {
            Stand::Frozen(instant)
        } else {
            Stand::Running(instant.as_millis().saturating_sub(machine.as_millis()))
        };
        Ok(stand.read(machine))
    }

    /// Shows the other clock's time again.
    pub fn put_right(&self) -> ClockReading {
        let mut stand = self.stand.write().unwrap_or_else(PoisonError::into_inner);
        *stand = Stand::Running(0);
        stand.read(self.machine.now())
    }
}

impl Stand {
    fn read(self, machine: Timestamp) -> ClockReading {
        let (now, is_frozen) = match self {
            Self::Running(0) => (machine, false),
            Self::Running(ahead) => {
                let now = machine.as_millis().saturating_add(ahead);
                (Timestamp::from_millis(now).clamp(FIRST, LAST), false)
            }
            Self::Frozen(instant) => (instant, true),
        };
        ClockReading {
            now,
            machine,
            is_frozen,
        }
    }
}

impl ClockReading {
    /// Milliseconds that the clock is ahead of the other one; negative when it is behind.
    pub const fn ahead_millis(&self) -> i64 {
        let machine = self.machine.as_millis();
        self.now.as_millis().saturating_sub(machine)
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Timestamp {
        self.read().now
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    struct Machine(AtomicI64);

    impl Clock for Machine {
        fn now(&self) -> Timestamp {
            Timestamp::from_secs(self.0.load(Ordering::SeqCst))
        }
    }

    fn clock() -> (Arc<Machine>, MovableClock) {
        let machine = Arc::new(Machine(AtomicI64::new(1000)));
        let clock = MovableClock::new(Arc::clone(&machine) as _);
        (machine, clock)
    }

    fn advance(secs: i64) -> ClockChange {
        ClockChange {
            advance: Some(Ttl::from_secs(secs)),
            ..ClockChange::default()
        }
    }

    #[test]
    fn it_shows_the_machines_time_until_it_is_moved_and_after_it_is_put_right() {
        let (machine, clock) = clock();
        assert_eq!(clock.now(), Timestamp::from_secs(1000));
        clock.change(&advance(90)).unwrap();
        machine.0.fetch_add(5, Ordering::SeqCst);
        assert_eq!(clock.now(), Timestamp::from_secs(1095));
        assert_eq!(clock.read().ahead_millis(), 90_000);
        assert_eq!(clock.put_right().now, Timestamp::from_secs(1005));
    }

    #[test]
    fn a_frozen_clock_stands_still_can_be_moved_and_runs_on_from_where_it_stands() {
        let (machine, clock) = clock();
        let freeze = ClockChange {
            set: Some(Timestamp::from_secs(7)),
            is_frozen: Some(true),
            ..ClockChange::default()
        };
        assert!(clock.change(&freeze).unwrap().is_frozen);
        machine.0.fetch_add(50, Ordering::SeqCst);
        assert_eq!(clock.now(), Timestamp::from_secs(7));
        clock.change(&advance(3)).unwrap();
        assert_eq!(clock.now(), Timestamp::from_secs(10));
        let resume = ClockChange {
            is_frozen: Some(false),
            ..ClockChange::default()
        };
        clock.change(&resume).unwrap();
        machine.0.fetch_add(1, Ordering::SeqCst);
        assert_eq!(clock.now(), Timestamp::from_secs(11));
    }

    #[test]
    fn a_year_that_cannot_be_shown_is_refused_and_moves_nothing() {
        let (machine, clock) = clock();
        for change in [
            advance(i64::MAX),
            advance(1_000_000_000 * 31_556_952),
            ClockChange {
                set: Some(Timestamp::from_millis(-1)),
                ..ClockChange::default()
            },
            ClockChange {
                set: Some(LAST),
                advance: Some(Ttl::from_millis(1)),
                ..ClockChange::default()
            },
        ] {
            assert_eq!(clock.change(&change), Err(ClockOutOfRange));
        }
        assert_eq!(clock.now(), Timestamp::from_secs(1000));
        let last = ClockChange {
            set: Some(LAST),
            ..ClockChange::default()
        };
        clock.change(&last).unwrap();
        machine.0.fetch_add(1, Ordering::SeqCst);
        assert_eq!(clock.now(), LAST, "time that passes does not go beyond");
    }
}

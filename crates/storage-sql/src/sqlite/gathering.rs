//! When the writer thread waits a moment for more jobs.

use std::time::Duration;

/// How long a group waits for more jobs before it begins.
///
/// A commit costs the processor as much as several jobs do. Where many clients write, jobs come
/// every few hundred microseconds; one wait gathers several of them, and none waits for long.
pub(super) const GATHERING_TTL: Duration = Duration::from_millis(1);

/// Groups at most that are not waited for after waits were in vain.
const LONGEST_PAUSE: u32 = 64;

/// Decides whether to wait for more jobs, from what waiting brought before.
///
/// A wait that brings a second job is followed by another. One in vain is followed by a pause of
/// groups that are begun at once, twice as many as after the one before: a client that writes alone
/// hardly ever waits.
#[derive(Debug)]
pub(super) struct Gathering {
    /// Groups to begin at once.
    left: u32,
    /// How many the next pause has.
    pause: u32,
}

impl Gathering {
    pub(super) fn new() -> Self {
        Self {
            left: LONGEST_PAUSE,
            pause: LONGEST_PAUSE,
        }
    }

    /// Whether the group that begins should wait. Jobs that came together need no trial.
    pub(super) fn should_wait(&mut self, jobs: usize) -> bool {
        if jobs > 1 {
            self.left = 0;
        }
        if self.left > 0 {
            self.left -= 1;
            return false;
        }
        true
    }

    /// Notes how many jobs there were before a wait and after it.
    pub(super) fn note(&mut self, before: usize, after: usize) {
        if after > before {
            self.pause = 1;
        } else {
            self.left = self.pause;
            self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of a hundred groups wait, where a wait brings so many jobs more.
    fn waits(gathering: &mut Gathering, jobs: usize, more: usize) -> usize {
        let mut waits = 0;
        for _ in 0..100 {
            if gathering.should_wait(jobs) {
                waits += 1;
                gathering.note(jobs, jobs + more);
            }
        }
        waits
    }

    #[test]
    fn a_client_that_writes_alone_hardly_ever_waits() {
        let mut gathering = Gathering::new();
        assert!(waits(&mut gathering, 1, 0) <= 1);
        assert!(waits(&mut gathering, 1, 0) <= 2);
    }

    #[test]
    fn under_load_every_group_waits() {
        let mut gathering = Gathering::new();
        assert_eq!(waits(&mut gathering, 2, 3), 100);
        assert_eq!(
            waits(&mut gathering, 1, 3),
            100,
            "also one that began with one job"
        );
    }

    #[test]
    fn when_the_load_is_over_waits_end_soon() {
        let mut gathering = Gathering::new();
        waits(&mut gathering, 2, 3);
        assert!(waits(&mut gathering, 1, 0) <= 7);
        assert!(waits(&mut gathering, 1, 0) <= 2);
    }
}

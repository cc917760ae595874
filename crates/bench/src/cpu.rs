//! CPU time as the kernel's scheduler counts it, in nanoseconds.
//!
//! Source: Linux `Documentation/scheduler/sched-stats.rst`: the first number of `schedstat` is the
//! time a thread spent on a CPU. The ticks of `/proc/PID/stat` are too coarse for a request.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

/// A pause after which the kernel has booked what this thread used so far.
const BOOKING_PAUSE: Duration = Duration::from_micros(10);

/// CPU time that each thread of a process had used at one moment.
pub(crate) struct ProcessCpu(BTreeMap<String, Duration>);

impl ProcessCpu {
    /// Reads the threads of a process; exact for those that sleep.
    ///
    /// # Errors
    /// When the process is gone or the kernel keeps no such numbers.
    pub(crate) fn read(pid: u32) -> Result<Self> {
        let folder = format!("/proc/{pid}/task");
        let mut threads = BTreeMap::new();
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {folder}"))? {
            let entry = entry?;
            let used = read_schedstat(&entry.path().join("schedstat"))?;
            threads.insert(entry.file_name().to_string_lossy().into_owned(), used);
        }
        Ok(Self(threads))
    }

    /// What was used since an earlier reading.
    ///
    /// # Errors
    /// When a thread has ended meanwhile: what it used is not known.
    pub(crate) fn since(&self, earlier: &Self) -> Result<Duration> {
        let mut total = self.0.values().sum::<Duration>();
        for (thread, used) in &earlier.0 {
            ensure!(
                self.0.contains_key(thread),
                "thread {thread} of the server ended during a measurement"
            );
            total = total.saturating_sub(*used);
        }
        Ok(total)
    }
}

/// Reads the CPU time that the calling thread has used.
///
/// # Errors
/// When the kernel keeps no such numbers.
pub(crate) fn of_this_thread() -> Result<Duration> {
    thread::sleep(BOOKING_PAUSE);
    read_schedstat(Path::new("/proc/thread-self/schedstat"))
}

fn read_schedstat(path: &Path) -> Result<Duration> {
    let text = fs::read_to_string(path)
        .with_context(|| format!("cannot read {} (Linux only)", path.display()))?;
    let nanos = text.split(' ').next().unwrap_or_default();
    let nanos = nanos.parse().with_context(|| format!("bad {text:?}"))?;
    Ok(Duration::from_nanos(nanos))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_costs_cpu_time_and_sleep_does_not() {
        let start = of_this_thread().unwrap();
        thread::sleep(Duration::from_millis(20));
        let after_sleep = of_this_thread().unwrap();
        assert!(after_sleep < start + Duration::from_millis(10));
        let mut number = 1_u64;
        for _ in 0..20_000_000 {
            number = std::hint::black_box(number.wrapping_mul(3));
        }
        let after_work = of_this_thread().unwrap();
        assert!(after_work > after_sleep + Duration::from_millis(1));
    }

    #[test]
    fn a_thread_that_ended_makes_the_difference_unknown() {
        let reading = |threads: &[(&str, u64)]| {
            let entries = threads.iter();
            let entries = entries.map(|(id, ms)| ((*id).to_owned(), Duration::from_millis(*ms)));
            ProcessCpu(entries.collect())
        };
        let (before, after) = (reading(&[("1", 5)]), reading(&[("1", 7), ("2", 1)]));
        assert_eq!(after.since(&before).unwrap(), Duration::from_millis(3));
        assert!(before.since(&after).is_err());
    }
}

//! Resident memory of a process.

use std::fs;

use anyhow::{Context as _, Result};

/// Reads how much memory of a process is resident, in mebibytes.
///
/// # Errors
/// When the process is gone.
/// Source: `proc_pid_status(5)`, `VmRSS`.
pub(crate) fn resident_mebibytes(pid: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    parse(&status).context("the kernel gives no VmRSS")
}

fn parse(status: &str) -> Option<f64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resident_part_is_read() {
        let status = "VmPeak:\t  9000 kB\nVmRSS:\t    2560 kB\n";
        assert_eq!(parse(status), Some(2.5));
        assert_eq!(parse("VmPeak:\t 1 kB\n"), None);
    }
}

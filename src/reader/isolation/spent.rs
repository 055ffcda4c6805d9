//! What a process has taken of the machine, where the system tells (Linux, proc(5)).

use std::time::Duration;

/// Bytes of memory that a process holds: by its number, or `self`.
pub fn memory(process: &str) -> Option<u64> {
    /// Of every system that tells so.
    const PAGE: u64 = 4096;
    let pages = std::fs::read_to_string(format!("/proc/{process}/statm")).ok()?;
    pages.split(' ').nth(1)?.parse::<u64>().ok().map(|pages| pages.saturating_mul(PAGE))
}

/// Time of the processor that a process has had, until it is waited for.
pub fn time(process: &str) -> Option<Duration> {
    /// Ticks in a second of what proc(5) tells, on every system.
    const TICKS: u64 = 100;
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the program, in brackets, may hold anything.
    let fields = stat.rsplit_once(')')?.1;
    let mut numbers = fields.split_ascii_whitespace().skip(11).map(|n| n.parse::<u64>().ok());
    let ticks = numbers.next()??.saturating_add(numbers.next()??);
    Some(Duration::from_millis(ticks.saturating_mul(1000 / TICKS)))
}

/// Returns true if and only if the process is known to have had most of `seconds` of the processor: only then is it the
/// document that takes so long, and not the machine, which may be busy, short of memory or asleep.
pub fn has_worked(process: &str, seconds: u64) -> bool {
    time(process).is_some_and(|time| time.as_secs_f64() >= 0.8 * seconds as f64)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_taken_something() {
        let start = std::time::Instant::now();
        while time("self").is_some_and(|t| t < Duration::from_millis(20)) && start.elapsed().as_secs() < 20 {}
        assert!(time("self").is_some_and(|t| t >= Duration::from_millis(20)));
        assert!(memory("self").is_some_and(|bytes| bytes > 100_000));
        assert!(has_worked("self", 0) && !has_worked("self", 1_000_000));
        assert_eq!((memory("0"), time("0")), (None, None));
    }
}

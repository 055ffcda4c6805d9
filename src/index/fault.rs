//! Fault points: where a test can end the process, to show that no instant is unsafe.

/// Ends the process at once, as a power cut would, when the environment variable `IBID_FAULT` names this point and
/// the program was built with the feature `fault-points`; does nothing otherwise.
#[inline]
pub fn point(_name: &str) {
    #[cfg(feature = "fault-points")]
    if std::env::var("IBID_FAULT").is_ok_and(|wanted| wanted == _name) {
        std::process::abort();
    }
}

/// The names of all fault points.
pub const POINTS: [&str; 6] =
    ["before-commit", "after-commit", "before-move", "before-managed", "before-swap", "after-swap"];

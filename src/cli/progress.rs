//! The progress bar of a long ingest: on a terminal, when it takes more than a moment.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// How long an ingest must run before a bar appears: shorter ones would only flicker.
const PATIENCE: Duration = Duration::from_millis(700);

/// A bar on stderr that appears when an ingest takes long.
pub struct Bar {
    bar: Option<ProgressBar>,
    started: Instant,
    wanted: bool,
}

impl Bar {
    /// A bar that is not drawn yet, and never when stderr is no terminal or `quiet`.
    pub fn new(quiet: bool) -> Bar {
        let wanted = !quiet && std::io::stderr().is_terminal();
        Bar { bar: None, started: Instant::now(), wanted }
    }
}

impl ibid::ingest::Progress for Bar {
    fn advance(&mut self, done: u64, total: u64) {
        if !self.wanted || (self.bar.is_none() && self.started.elapsed() < PATIENCE) {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} documents, {eta} left") {
                bar.set_style(style);
            }
            bar
        });
        bar.set_length(total);
        bar.set_position(done);
    }

    fn finish(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

//! [`Pace`]: keeps readers from running far ahead of a document that takes long, since what they have read waits for it in
//! memory.

use std::sync::{Condvar, Mutex, PoisonError};

/// How many documents are done, in their order, and how far ahead of that one may be read.
pub struct Pace {
    ahead: usize,
    done: Mutex<usize>,
    moved: Condvar,
}

impl Pace {
    /// `ahead` documents may be read while one before them is not done.
    pub fn new(ahead: usize) -> Pace {
        Pace { ahead, done: Mutex::new(0), moved: Condvar::new() }
    }

    /// Waits until the `i`th document may be read.
    pub fn wait_for(&self, i: usize) {
        let done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        let early = |done: &mut usize| i >= done.saturating_add(self.ahead);
        drop(self.moved.wait_while(done, early));
    }

    /// So many documents are done.
    pub fn set(&self, done: usize) {
        *self.done.lock().unwrap_or_else(PoisonError::into_inner) = done;
        self.moved.notify_all();
    }

    /// Lets all go on when the value it gives is dropped.
    pub fn release_at_end(&self) -> impl Drop {
        struct End<'a>(&'a Pace);
        impl Drop for End<'_> {
            fn drop(&mut self) {
                self.0.set(usize::MAX);
            }
        }
        End(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_reader_waits_for_what_is_before_it_and_goes_on_at_the_end() {
        let (pace, read) = (Pace::new(2), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            let reading = scope.spawn(|| {
                for i in 0..9 {
                    pace.wait_for(i);
                    read.store(i + 1, Ordering::SeqCst);
                }
            });
            for done in 0..5 {
                assert!(read.load(Ordering::SeqCst) <= done + 2);
                pace.set(done);
            }
            drop(pace.release_at_end());
            assert!(reading.join().is_ok());
        });
        assert_eq!(read.load(Ordering::SeqCst), 9);
    }
}

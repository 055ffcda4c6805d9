//! [`Pace`]: keeps readers from running far ahead of a document that takes long, since what they have read waits for it in
//! memory.

use std::sync::{Condvar, Mutex, PoisonError};

/// How many documents are done, in their order, and how far ahead of that one may be read.
pub struct Pace {
    ahead: usize,
    most: u64,
    /// The bytes of all documents before each, and of all.
    before: Vec<u64>,
    done: Mutex<usize>,
    moved: Condvar,
}

impl Pace {
    /// `ahead` documents of at most so many bytes together may be read while one before them is not done; `sizes` are those of
    /// all documents in bytes.
    pub fn new(ahead: usize, most: u64, sizes: impl Iterator<Item = u64>) -> Pace {
        let sum = |sum: &mut u64, size: u64| {
            *sum = sum.saturating_add(size);
            Some(*sum)
        };
        let before = std::iter::once(0).chain(sizes.scan(0, sum)).collect();
        Pace { ahead, most, before, done: Mutex::new(0), moved: Condvar::new() }
    }

    /// Returns true if and only if the `i`th document is too far ahead of the one after `done`, which never is.
    fn is_early(&self, i: usize, done: usize) -> bool {
        let sum = |i: usize| self.before.get(i).copied().unwrap_or(u64::MAX);
        i > done && (i >= done.saturating_add(self.ahead) || sum(i + 1).saturating_sub(sum(done)) > self.most)
    }

    /// Waits until the `i`th document may be read.
    pub fn wait_for(&self, i: usize) {
        let done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.moved.wait_while(done, |done| self.is_early(i, *done)));
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
    fn large_documents_are_read_one_after_the_other() {
        let pace = Pace::new(9, 10, [4, 4, 40, 4].into_iter());
        let early = |done| (0..4).map(|i| pace.is_early(i, done)).collect::<Vec<_>>();
        assert_eq!(early(0), [false, false, true, true]);
        assert_eq!(early(1), [false, false, true, true]);
        assert_eq!(early(2), [false, false, false, true]);
        assert_eq!(early(usize::MAX), [false; 4]);
    }

    #[test]
    fn a_reader_waits_for_what_is_before_it_and_goes_on_at_the_end() {
        let (pace, read) = (Pace::new(2, 99, std::iter::repeat_n(1, 9)), AtomicUsize::new(0));
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

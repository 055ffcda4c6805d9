//! What the writer hands to tantivy: fields with their values, which tantivy borrows as they are, and the backlog of
//! what waits for its threads.

use crate::tag::CountryCode;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;
use tantivy::schema::Field;
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Document, Value};

/// Bytes that may wait for the indexing threads. tantivy itself lets ten thousand documents of the user's wait, which would be
/// most of a collection.
const MOST_WAITING: usize = 32 << 20;

/// How long to wait for room before going on all the same: threads that have failed will never make any, and say why
/// when the next is handed over.
const PATIENCE: Duration = Duration::from_secs(10);

/// A value of a field.
#[derive(Debug)]
pub(super) enum Datum {
    Number(u64),
    Year(i32),
    Label(&'static str),
    Code(CountryCode),
    Text(String),
    Shared(Arc<str>),
    Bytes(Vec<u8>),
}

/// One of tantivy's documents: a passage, a source or a part of the table of files.
#[derive(Debug, Default)]
pub(super) struct Addition {
    values: Vec<(Field, Datum)>,
    /// Given back when tantivy is done with it.
    waiting: Option<Waiting>,
}

impl Addition {
    pub(super) fn add(&mut self, field: Field, datum: Datum) {
        self.values.push((field, datum));
    }

    /// Lets it stand for what waits.
    pub(super) fn hold(&mut self, waiting: Waiting) {
        self.waiting = Some(waiting);
    }

    /// About how many bytes it takes.
    pub(super) fn size(&self) -> usize {
        let size = |(_, datum): &(Field, Datum)| match datum {
            Datum::Text(text) => text.len(),
            Datum::Bytes(bytes) => bytes.len(),
            _ => size_of::<Datum>(),
        };
        size_of::<Addition>() + self.values.iter().map(size).sum::<usize>()
    }
}

/// A value while tantivy reads it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lent<'a>(&'a Datum);

impl<'a> Value<'a> for Lent<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match self.0 {
            Datum::Number(number) => ReferenceValueLeaf::U64(*number),
            Datum::Year(year) => ReferenceValueLeaf::I64(i64::from(*year)),
            Datum::Label(text) => ReferenceValueLeaf::Str(text),
            Datum::Code(code) => ReferenceValueLeaf::Str(code.as_str()),
            Datum::Text(text) => ReferenceValueLeaf::Str(text),
            Datum::Shared(text) => ReferenceValueLeaf::Str(text),
            Datum::Bytes(bytes) => ReferenceValueLeaf::Bytes(bytes),
        })
    }
}

impl Document for Addition {
    type Value<'a> = Lent<'a>;
    type FieldsValuesIter<'a> =
        std::iter::Map<std::slice::Iter<'a, (Field, Datum)>, fn(&'a (Field, Datum)) -> (Field, Lent<'a>)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.values.iter().map(|(field, datum)| (*field, Lent(datum)))
    }
}

/// Bytes that wait for the indexing threads.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    bytes: Mutex<usize>,
    less: Condvar,
}

impl Backlog {
    /// Waits until there is room, and counts `bytes` until what it gives is dropped.
    pub(super) fn enter(self: &Arc<Backlog>, bytes: usize) -> Waiting {
        let waiting = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |waiting: &mut usize| *waiting > MOST_WAITING;
        let (mut waiting, _) =
            self.less.wait_timeout_while(waiting, PATIENCE, full).unwrap_or_else(PoisonError::into_inner);
        *waiting += bytes;
        Waiting { backlog: Arc::clone(self), bytes }
    }
}

/// A part of the backlog.
#[derive(Debug)]
pub(super) struct Waiting {
    backlog: Arc<Backlog>,
    bytes: usize,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        *self.backlog.bytes.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.backlog.less.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_late_waits_until_there_is_room() {
        let backlog = Arc::new(Backlog::default());
        let first = backlog.enter(MOST_WAITING + 1);
        std::thread::scope(|scope| {
            let second = scope.spawn(|| backlog.enter(1));
            assert_eq!(*backlog.bytes.lock().unwrap(), MOST_WAITING + 1);
            drop(first);
            let second = second.join().unwrap();
            assert_eq!(*backlog.bytes.lock().unwrap(), 1);
            drop(second);
        });
        assert_eq!(*backlog.bytes.lock().unwrap(), 0);
    }
}

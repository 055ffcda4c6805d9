//! Work that is done for each segment of the index: on several threads when there is enough of it.

use super::statistics::Statistics;
use crate::index::{Error, Index, guard};
use tantivy::SegmentReader;

/// Postings from which another thread is worth its start. Over 1.5 million passages two threads are as quick as one for a
/// query of 50,000 postings, and take four fifths of the time for a question of 2.8 million.
const A_THREAD: u64 = 150_000;

/// Threads at most: segments are few, and the machine is not ours alone.
const MOST: u64 = 4;

/// Does `work` for every segment and gives the results in their order. `statistics` tell how much there is to do: of every
/// word of the query they have been asked how frequent it is.
///
/// # Errors
/// [`Error::Damaged`].
pub fn for_each_segment<T: Send>(
    index: &Index,
    statistics: &Statistics<'_>,
    work: impl Fn(u32, &SegmentReader) -> tantivy::Result<T> + Sync,
) -> Result<Vec<T>, Error> {
    let segments = index.searcher().segment_readers().len() as u64;
    let threads = (1 + statistics.postings() / A_THREAD).min(MOST).min(segments);
    on_threads(index, threads.max(1) as usize, work)
}

fn on_threads<T: Send>(
    index: &Index,
    threads: usize,
    work: impl Fn(u32, &SegmentReader) -> tantivy::Result<T> + Sync,
) -> Result<Vec<T>, Error> {
    let mut shares = shares(index.searcher().segment_readers(), threads).into_iter();
    let own = shares.next().unwrap_or_default();
    let work_on = |share: Vec<u32>| -> Result<Vec<(u32, T)>, Error> {
        let one = |ord| work(ord, index.searcher().segment_reader(ord)).map(|result| (ord, result));
        share.into_iter().map(one).collect::<tantivy::Result<_>>().map_err(|e| index.damaged(e.to_string()))
    };
    let mut results = std::thread::scope(|scope| {
        let others: Vec<_> = shares
            .map(|share| {
                let mine = share.clone();
                let work = || guard(index.dir(), || work_on(share));
                (std::thread::Builder::new().spawn_scoped(scope, work), mine)
            })
            .collect();
        let mut results = work_on(own)?;
        for (other, share) in others {
            results.extend(match other {
                Ok(other) => other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?,
                // Where no thread can be had, this one does its work.
                Err(_) => work_on(share)?,
            });
        }
        Ok::<_, Error>(results)
    })?;
    results.sort_unstable_by_key(|(ord, _)| *ord);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}

/// The segments in shares of about the same number of passages.
fn shares(segments: &[SegmentReader], threads: usize) -> Vec<Vec<u32>> {
    let mut by_size: Vec<(u32, u32)> = segments.iter().map(SegmentReader::max_doc).zip(0..).collect();
    by_size.sort_unstable_by_key(|(size, ord)| (std::cmp::Reverse(*size), *ord));
    let mut shares: Vec<(u64, Vec<u32>)> = vec![Default::default(); threads];
    for (size, ord) in by_size {
        if let Some((load, share)) = shares.iter_mut().min_by_key(|(load, _)| *load) {
            *load += u64::from(size);
            share.push(ord);
        }
    }
    shares.into_iter().map(|(_, share)| share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Budget, FileTable, IndexWriter, PreparedPassage, StoredPassage};
    use crate::passage::{Kind, Ordinal};
    use tantivy::TantivyError;

    /// An index of five segments of different sizes, with too few deletions to be rewritten.
    fn index(dir: &std::path::Path) -> Index {
        let budget = Budget { threads: 1, memory: 15_000_000 };
        for document in 0..5 {
            let writer = match document {
                0 => IndexWriter::build(dir, budget).unwrap(),
                _ => IndexWriter::update(&Index::open(dir).unwrap(), budget).unwrap(),
            };
            let passage = |number| StoredPassage {
                ordinal: Ordinal::Paragraph { number, part: 1 },
                kind: Kind::Body,
                text: "The corridor.".to_owned(),
                section: 0,
                lines: None,
                pages: (0, 0),
                countries: Vec::new(),
                cites: Vec::new(),
                parsed: None,
            };
            let prepared = |number| PreparedPassage::new(number, &passage(number));
            writer.add_passages(document, (0..20 + document as u32).map(prepared).collect(), &[]).unwrap();
            writer.commit(&FileTable::default()).unwrap();
        }
        Index::open(dir).unwrap()
    }

    #[test]
    fn every_segment_is_worked_on_once_however_many_threads_there_are() {
        let dir = tempfile::tempdir().unwrap();
        let index = index(dir.path());
        let sizes: Vec<u32> = index.searcher().segment_readers().iter().map(SegmentReader::max_doc).collect();
        assert_eq!(sizes.len(), 5, "{sizes:?}");
        let expected: Vec<(u32, u32)> = (0..).zip(sizes).collect();
        for threads in 1..=4 {
            let found = on_threads(&index, threads, |ord, segment| Ok((ord, segment.max_doc())));
            assert_eq!(found.unwrap(), expected, "{threads} threads");
            for bad in 0..expected.len() as u32 {
                let failing = |ord: u32, _: &SegmentReader| match ord == bad {
                    true => Err(TantivyError::InternalError("spoilt".to_owned())),
                    false => Ok(()),
                };
                let error = on_threads(&index, threads, failing).unwrap_err();
                assert!(matches!(error, Error::Damaged { .. }), "{error}");
            }
        }
    }
}

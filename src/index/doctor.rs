//! The doctor: is the index whole, and does it agree with the seeds?

use super::{Error, Index};
use serde::Serialize;
use std::path::Path;

/// Something wrong, and the command that mends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What is wrong.
    pub what: String,
    /// The command that mends it.
    pub mend: String,
}

const REBUILD: &str = "ibid ingest --rebuild";

/// Checks the checksums of all files of the index, every record, and the counts. Whether sources agree with their
/// files is for the caller, who can read files.
///
/// # Errors
/// [`Error::Missing`] and [`Error::Foreign`]: there is nothing to check.
pub fn examine_index(dir: &Path) -> Result<Vec<Problem>, Error> {
    let problem = |what: String| Problem { what, mend: REBUILD.to_owned() };
    let index = match Index::open(dir) {
        Ok(index) => index,
        Err(error) if error.is_missing() || matches!(error, Error::Foreign(_)) => return Err(error),
        Err(error) => return Ok(vec![problem(error.to_string())]),
    };
    let mut problems = Vec::new();
    match super::guard(dir, || index.inner().validate_checksum().map_err(|e| index.damaged(e.to_string()))) {
        Ok(damaged) => {
            let mut names: Vec<String> = damaged.iter().map(|p| p.display().to_string()).collect();
            names.sort();
            problems.extend(names.into_iter().map(|n| problem(format!("{n} is not what was written"))));
        }
        Err(error) => problems.push(problem(error.to_string())),
    }
    if let Err(error) = examine_records(&index, &mut problems) {
        problems.push(problem(error.to_string()));
    }
    Ok(problems)
}

/// Reads every record and compares the counts.
fn examine_records(index: &Index, problems: &mut Vec<Problem>) -> Result<(), Error> {
    for entry in index.file_table()?.entries {
        let Some(document) = entry.document else { continue };
        let source = index.source_of_document(document)?;
        let passages = index.passages_of_document(document)?;
        let citable = passages.iter().filter(|p| p.kind.is_citable()).count() as u32;
        if citable != source.passages || citable != entry.passages {
            let what = format!("{}: the index has {citable} of its {} passages", entry.path, source.passages);
            problems.push(Problem { what, mend: REBUILD.to_owned() });
        }
        if source.path != entry.path {
            let what = format!("{}: its source record names {}", entry.path, source.path);
            problems.push(Problem { what, mend: REBUILD.to_owned() });
        }
    }
    Ok(())
}

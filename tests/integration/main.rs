//! The real program, run as a person runs it: one file a concern, see the comments.

// What a test runs the program with: a private folder, arguments, whole output.
mod harness;
// Files made by code.
#[path = "../made/mod.rs"]
mod made;

// The dependency direction of the library, and that external crates stay where they belong.
mod layering;
// The main job: search on the seeds, text and JSON.
mod search;
// Filters, as flags and as fields of the query.
mod filters;
// Bad input of every sort: a clear message, the right exit code, never a panic.
mod bad_input;
// Odd files of every format: read or refused with a reason, soon.
mod odd_files;
// The same for web pages, saved pages and messages.
mod odd_pages;
// Valid but unusual files: read as they are meant.
mod unusual_files;
// A paper in two columns reads as a person reads it.
mod paper;
// `show`, `cite`, `sources`, `countries`, `passages`, `tag`, `refs` on the seeds.
mod commands;
// Documents and their entries in the library file.
mod library_files;
// Which countries every passage of the seeds is about.
mod countries;
// The index follows the seeds, whatever happens.
mod ingest;
// Files that are not what their names or times say.
mod hidden_changes;
// Faults of the machine: nothing that was read is lost by them.
mod machine_faults;
// Keeping up with the seeds.
mod watching;
// An index that is not what was written: never an answer, and mended by the next ingest.
mod damage;
// Folders and files of the seeds that become something else.
mod changed_places;
// Documents of kinds that are easily misread.
mod kinds;
// Words that are spelt in several ways, and what of a query cannot be honoured.
mod spellings;
// The ranking on the seeds, question by question.
mod ranking;
// `check` on drafts of known state, in every syntax.
mod drafts;

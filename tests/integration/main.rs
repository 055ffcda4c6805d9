//! The real program, run as a person runs it: one file a concern, see the comments.

// What a test runs the program with: a private folder, arguments, whole output.
mod harness;

// The dependency direction of the library, and that external crates stay where they belong.
mod layering;
// The main job: search on the seeds, text and JSON.
mod search;
// Bad input of every sort: a clear message, the right exit code, never a panic.
mod bad_input;
// `show`, `cite`, `sources`, `countries`, `passages`, `tag`, `refs` on the seeds.
mod commands;
// Which countries every passage of the seeds is about.
mod countries;
// The index follows the seeds, whatever happens.
mod ingest;
// The ranking on the seeds, question by question.
mod ranking;

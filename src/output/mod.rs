//! Text and JSON on any `io::Write`; text from documents is hostile and sanitised here.

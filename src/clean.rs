//! Repair of text that came out of PDFs and web pages, with positions kept.

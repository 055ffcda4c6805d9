//! The write pipeline and its report.

//! Files made by code, for the tests, the benchmarks and the fuzzer: nothing of them is kept.

pub mod crypt;
pub mod package;
pub mod pdf;

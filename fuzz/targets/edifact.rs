//! See `postorder_fuzz::edifact`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| postorder_fuzz::edifact(data));

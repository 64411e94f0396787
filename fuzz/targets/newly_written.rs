//! See `postorder_fuzz::newly_written`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| postorder_fuzz::newly_written(data));

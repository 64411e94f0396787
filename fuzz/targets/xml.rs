//! See `postorder_fuzz::xml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| postorder_fuzz::xml(data));

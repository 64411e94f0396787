//! See `postorder_fuzz::dates`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| postorder_fuzz::dates(data));

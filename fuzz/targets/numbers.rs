//! See `postorder_fuzz::numbers`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| postorder_fuzz::numbers(data));

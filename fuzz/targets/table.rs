//! See `postorder_fuzz::table`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| postorder_fuzz::table(data));

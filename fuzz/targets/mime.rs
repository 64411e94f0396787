//! See `postorder_fuzz::mime`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| postorder_fuzz::mime(data));

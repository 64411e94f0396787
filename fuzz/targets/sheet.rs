//! See `postorder_fuzz::sheet`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| postorder_fuzz::sheet(data));

//! See `postorder_fuzz::labelled`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| postorder_fuzz::labelled(data));

//! See `postorder_fuzz::prose`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| postorder_fuzz::prose(data));

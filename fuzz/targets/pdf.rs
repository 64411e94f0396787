//! See `postorder_fuzz::pdf`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| postorder_fuzz::pdf(data));

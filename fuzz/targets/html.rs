//! See `postorder_fuzz::html`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| postorder_fuzz::html(data));

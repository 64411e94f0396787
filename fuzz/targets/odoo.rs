//! See `postorder_fuzz::odoo`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| postorder_fuzz::odoo(data));

//! All integration tests, in one binary.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod bad_input;
mod cli;
mod demo;
mod desk;
mod fuzz;
mod hybrid;
mod letters_answered;
mod odoo;
mod road;
mod rules;
mod sandbox;
mod service;
mod smtp_catcher;
mod stand_in;
mod support;
mod systemd;
mod wire;

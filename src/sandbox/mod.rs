//! All that postorder talks to, inside the binary: for the demo, for trying out, and for tests.
//!
//! Everything listens on loopback addresses only.

pub mod odoo;

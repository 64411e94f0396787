//! postorder turns customers' order mails into Odoo orders: by itself, at once, exactly once.
//!
//! ARCHITECTURE.md in the repository holds the map. In one sentence: one pure function
//! decides, one transaction records, workers do, and what they find comes back as an event.

pub mod cli;
pub mod config;
pub mod engine;
pub mod flow;
pub mod letters;
pub mod logging;
pub mod mail;
pub mod odoo;
pub mod reading;
pub mod sandbox;
pub mod store;

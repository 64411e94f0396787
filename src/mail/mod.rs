//! Bytes → [`Mail`]: what a mail says about itself and what its sender newly wrote.
//!
//! No I/O, no clock, no logs, no panics: whatever the bytes are, a [`Mail`] comes out, with
//! [`Fault`]s in it where they were odd.

mod automatic;
mod bounce;
mod decode;
mod header;
mod html;
mod identity;
mod mime;
mod parse;
mod plain;
mod reply;
mod types;
mod words;

pub use bounce::{Bounce, bounce};
pub use parse::{head, parse};
pub use reply::{newly_written, newly_written_html, written};
pub use types::{
    Address, Attachment, Automatic, Fault, Head, Limits, Mail, MailId, OwnAddresses, Text,
};

#[cfg(test)]
mod tests;

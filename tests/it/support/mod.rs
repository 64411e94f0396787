//! What the tests of the whole road share: servers, eyes that are not ours, and the running binary.

pub(crate) mod customer;
pub(crate) mod http;
pub(crate) mod letters;
pub(crate) mod maildir;
pub(crate) mod odoo;
pub(crate) mod sales;
pub(crate) mod servers;
pub(crate) mod shop;
pub(crate) mod smtp;
pub(crate) mod stand_in;
pub(crate) mod valve;
pub(crate) mod wait;

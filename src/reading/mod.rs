//! `Mail` + `Catalog` → [`Reading`]: what a mail means, each field with the words that say so.
//!
//! No I/O, no clock, no logs, no panics: what is wrong with a mail is a [`Problem`] in its reading.

mod catalog;
mod types;

pub use catalog::{Catalog, Packaging, Product};
pub use types::{
    Choice, Evidence, Field, Intent, Lang, Line, Part, Problem, ProblemCode, ProductRef, Read,
    Reading, Unknown,
};

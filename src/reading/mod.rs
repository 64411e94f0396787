//! `Mail` + `Catalog` → [`Reading`]: what a mail means, each field with the words that say so.
//!
//! No I/O, no clock, no logs, no panics: what is wrong with a mail is a [`Problem`] in its reading.
//!
//! | folder | idea |
//! | --- | --- |
//! | `text` | tokens, stretches, languages, numbers, units: what the words of any text are |
//! | `names` | which product of the catalogue some words name |
//! | `dates` | which day some words name, and what the day is for |
//! | `forms` | labelled fields and blocks of them |
//! | `tables` | headings, rows and columns, in text, HTML and sheets |
//! | `prose` | goods, amounts and days in running text and lists |
//! | `files` | attached files, opened to tables, orders in XML and EDIFACT, or lines |
//! | `choice` | the answer to an offer |
//! | `sense` | a learned model that weighs the sentences which no list knows |
//! | `sentences` | what each sentence beside the lines says of them: that they are ordered, or not, or nothing |
//!
//! A `body` is one text, an `attached` one file. `forms`, `tables` and `prose` give the same
//! `draft::Draft`; one common path (`settle`) holds it against catalogue, units and calendar;
//! `verdict` and `meaning` decide what the mail is meant as.

mod attached;
mod body;
mod catalog;
mod choice;
mod dates;
mod draft;
mod files;
mod forms;
mod house;
mod meaning;
mod model;
mod names;
mod passed;
mod prose;
pub mod sense;
mod sentences;
mod settle;
mod tables;
mod text;
mod titled;
mod types;
mod verdict;

pub use attached::Opened;
pub use catalog::{Catalog, CatalogFile, Packaging, Product};
pub use files::{Extract, extract};
pub use meaning::{Context, read, read_opened};
pub use model::{Question, Refusal};
pub use types::{
    Choice, Evidence, Field, Intent, Lang, Line, Part, Problem, ProblemCode, ProductRef, Read,
    Reading, Unknown,
};

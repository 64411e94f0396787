//! `Mail` + `Catalog` → [`Reading`]: what a mail means, each field with the words that say so.
//!
//! No I/O, no clock, no logs, no panics: what is wrong with a mail is a [`Problem`] in its reading.
//!
//! One module per form gives the same [`draft::Draft`]: labelled fields (`fields`, `blocks`),
//! tables (`tables`), running text (`mentions`, `prose`). One common path (`settle`) holds it
//! against catalogue, units and calendar; `meaning` decides what the mail is meant as.

mod accounts;
mod additions;
mod amounts;
mod as_above;
mod asides;
mod attached;
mod bare;
mod bare_ids;
mod beside;
mod bids;
mod blocks;
mod body;
mod catalog;
mod choice;
mod choice_chosen;
mod choice_clauses;
mod choice_doubts;
mod choice_inline;
mod choice_offer;
mod choice_plain;
mod choice_points;
mod choice_rest;
mod choice_words;
mod column_doubts;
mod columns;
mod corrections;
mod counted;
mod cues;
mod date_clauses;
mod date_guards;
mod date_roles;
mod dates;
mod denied;
mod draft;
mod each_day;
mod ellipsis;
mod empty_rows;
mod fields;
mod files;
mod flattened;
mod form_doubts;
mod head_words;
mod headers;
mod headless;
mod house;
mod index;
mod instalments;
mod instructions;
mod kin;
mod labels;
mod lang;
mod leftover_times;
mod leftovers;
mod marked;
mod meaning;
mod mentions;
mod model;
mod names;
mod neighbours;
mod noise;
mod noun_slots;
mod number_words;
mod numbers;
mod one_calendar;
mod pairing;
mod papers_back;
mod passed;
mod perils;
mod phrases;
mod places;
mod plain;
mod plain_beside;
mod plain_words;
mod profile;
mod prose;
mod prose_dates;
mod references;
mod relabel;
mod relations;
mod relative;
mod requests;
mod row_marks;
mod rows;
mod running;
mod said_twice;
mod same_days;
mod sections;
mod settle;
mod several;
mod stacked;
mod strange_rows;
mod strangers;
mod stretches;
mod subject_days;
mod tables;
mod text;
mod ties;
mod times;
mod totals;
mod transposed;
mod turns;
mod types;
mod units;
mod unsaid;
mod values;
mod variants;
mod verdict;
mod wished_days;
mod withdrawn;
mod worded_days;
mod wrapped;

pub use attached::Opened;
pub use catalog::{Catalog, CatalogFile, Packaging, Product};
pub use files::{Extract, extract};
pub use meaning::{Context, read, read_opened};
pub use model::{Question, Refusal};
pub use types::{
    Choice, Evidence, Field, Intent, Lang, Line, Part, Problem, ProblemCode, ProductRef, Read,
    Reading, Unknown,
};

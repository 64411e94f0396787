//! What the sentences of a mail say beside its lines: that they order, that they do not, or nothing of
//! the kind.

pub(super) mod accounts;
pub(super) mod asides;
pub(super) mod below_name;
pub(super) mod beside;
pub(super) mod bids;
pub(super) mod cues;
pub(super) mod drawings;
pub(super) mod governed;
pub(super) mod imprints;
pub(super) mod instructions;
pub(super) mod noun_slots;
pub(super) mod papers_back;
pub(super) mod perils;
pub(super) mod plain;
pub(super) mod plain_beside;
pub(super) mod plain_only;
pub(super) mod plain_words;
pub(super) mod pleas;
pub(super) mod purchase_terms;
pub(super) mod requests;
pub(super) mod set_apart;
pub(super) mod standing_terms;
pub(super) mod subjects;
pub(super) mod ties;
pub(super) mod turns;

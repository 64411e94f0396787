//! The agreed form and what people make of it: labelled fields, blocks of them, and what is said once
//! for several.

pub(super) mod as_above;
pub(super) mod bare_ids;
pub(super) mod blocks;
pub(super) mod counted_days;
pub(super) mod doubts;
pub(super) mod field_values;
pub(super) mod fields;
pub(super) mod flattened;
pub(super) mod for_all;
pub(super) mod headers;
pub(super) mod inner_numbers;
pub(super) mod labels;
pub(super) mod left_empty;
pub(super) mod places;
pub(super) mod references;
pub(super) mod relabel;
pub(super) mod running;
pub(super) mod said_twice;
pub(super) mod sections;
pub(super) mod several;
pub(super) mod stacked;
pub(super) mod trailing_day;
pub(super) mod values;
pub(super) mod withdrawn;
pub(super) mod wrapped;

//! Rows of a form that were left empty: 'Product 3' and 'Quantity 3' without anything behind them.

use std::collections::BTreeMap;

use super::fields::Field;
use super::labels::Label;
use super::text::Scan;

/// Most rows behind the last one that was filled in.
const EMPTY: u32 = 100;

/// Where a form numbers its labels ('Quantity 1', 'Quantity 2'), 'Quantity 3' alone is a row that
/// was left empty, not a quantity of 3.
pub(super) fn leave(scan: &Scan<'_>, fields: &mut Vec<Field>) {
    // The first and the last number of each label that has a value.
    let mut numbered: BTreeMap<Label, (u32, u32)> = BTreeMap::new();
    for field in fields.iter().filter(|f| !f.value.is_empty()) {
        let Some(number) = field.index else { continue };
        let (first, last) = numbered.entry(field.label).or_insert((number, number));
        (*first, *last) = ((*first).min(number), (*last).max(number));
    }
    for field in fields.iter_mut().filter(|f| f.index.is_none() && f.value.len() <= 3) {
        let Some((_, last)) = numbered.get(&field.label) else { continue };
        let said = scan.run(field.value.clone()).trim_matches(|c| "()[]#. ".contains(c));
        let Ok(number) = said.parse::<u32>() else { continue };
        if number > *last && number <= *last + EMPTY {
            field.index = Some(number);
            field.value = field.value.end..field.value.end;
        }
    }
    // A numbered label alone on its line is one where others of its kind have values.
    fields.retain(|field| {
        let first = numbered.get(&field.label).map(|(first, _)| *first);
        let row = field.index.is_none_or(|index| first.is_some_and(|first| first < index));
        !field.value.is_empty() || row
    });
}

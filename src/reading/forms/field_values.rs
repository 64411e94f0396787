//! What stands in a form's fields besides the values that are taken from them: '40 (not yet sure)',
//! 'Project: on hold until May'. A form's field is a sentence of its own.

use std::ops::Range;

use super::fields::Field;
use super::labels::Label;
use super::relabel;
use super::values;
use crate::reading::dates;
use crate::reading::dates::same_days;
use crate::reading::draft::Desk;
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::sentences::perils::{self, Sentence};
use crate::reading::sentences::ties;
use crate::reading::text::{Kind, Scan, Token};

/// Most tokens of a field that are looked at.
const MOST: usize = 400;

/// Whether a field says more than its value, and that may turn what its form orders.
pub(crate) fn turns(scan: &Scan<'_>, field: &Field, desk: &Desk<'_>) -> bool {
    says_more(scan, field.label, field.value.clone(), desk)
}

/// The same of a cell of a table, by the label of its column.
pub(crate) fn says_more(
    scan: &Scan<'_>,
    label: Label,
    value: Range<usize>,
    desk: &Desk<'_>,
) -> bool {
    let value = value.start..value.end.min(value.start + MOST);
    if values::says_none(scan, value.clone()) {
        return false;
    }
    // 'Address: Werk 2, Kiel, and 5 HS-200', 'Order no: 4711 and 5 HS-200'
    let placed = matches!(label, Label::Address | Label::Reference);
    if placed && value.len() >= 3 && relabel::holds_goods(scan, value.clone(), desk) {
        return true;
    }
    let names = &desk.catalog.index().names;
    let goods = label.names_goods();
    let tokens = scan.tokens.get(value.clone()).unwrap_or_default();
    // Streets and firms have names of their own, and goods those of the catalogue.
    let own = |at: usize, token: &Token| match label {
        Label::Address => {
            let begins = at.checked_sub(1).and_then(|at| tokens.get(at));
            !scan.words(token.span).starts_with(char::is_uppercase)
                || begins.is_some_and(|t| t.is_any(".!;("))
        }
        _ => !(is_of_code(tokens, at) || goods && names.knows(token)),
    };
    let day = day_in(scan, label, value.clone(), desk);
    let words = tokens
        .iter()
        .enumerate()
        .filter(|(at, token)| own(*at, token) && !day.contains(&(value.start + at)));
    let words: Vec<&str> = words.map(|(_, token)| token.folded.as_str()).collect();
    let folded = words.join(" ");
    let wished = goods || matches!(label, Label::Quantity | Label::Delivery | Label::Unit);
    let sentence = || Sentence { folded: &folded, lang: desk.lang, priced: !wished, goods: wished };
    // 'Packing: wood, not carton'
    let of_ways = || label == Label::Other && ties::is_of_ways(scan, &value);
    // A 'St?ck' lost its letter.
    let asked = |at: usize| {
        tokens.get(at).is_some_and(|t| t.is('?'))
            && tokens.get(at + 1).is_none_or(|next| !next.glued || !next.is_alnum())
    };
    if wished && (0..tokens.len()).any(asked) {
        return true;
    }
    if perils::is_strong(sentence()) || perils::has(sentence()) && !of_ways() {
        return true;
    }
    let aside = matches!(label, Label::Other | Label::Amount | Label::Position);
    let cues = if aside || wished { cues::of(&folded) } else { Cues::default() };
    let counts = aside && tokens.iter().any(|t| t.kind == Kind::Digits);
    cues.has(Cues::TURNS.and(Cues::STANDING))
        || counts && cues.has(Cues::ORDER) && !names.find(scan, value).is_empty()
}

/// A part of a code or a number: the 'NO' of 'NO-4711'.
fn is_of_code(tokens: &[Token], at: usize) -> bool {
    let joins = |t: &Token| t.is_any("-/_") || t.kind == Kind::Digits;
    let glued = tokens.get(at).is_some_and(|t| t.glued);
    let before = at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(joins);
    let behind = tokens.get(at + 1).is_some_and(|t| t.glued && joins(t));
    glued && before || behind
}

/// The day of a field, with what tells it again: '05/06/2025 (5 June, not 6 May)'.
fn day_in(scan: &Scan<'_>, label: Label, value: Range<usize>, desk: &Desk<'_>) -> Range<usize> {
    let dated = matches!(label, Label::Delivery | Label::OrderDate | Label::AnyDate);
    let day = value.clone().take(if dated { 8 } else { 0 }).find_map(|at| {
        let (when, end) = dates::date_at(scan, at, desk.calendar())?;
        let worded = same_days::worded_before(scan, when, at..end, value.end, desk.calendar());
        let end = worded.unwrap_or(end);
        let again = same_days::told_again(scan, when, end..value.end, desk.calendar());
        Some(at..again.map_or(end, |(_, end)| end))
    });
    day.unwrap_or(value.end..value.end)
}

//! What is said behind the value of a field on its own line: 'Our reference: AK/25. Please send us by 28 May:',
//! 'Delivery address: Hafenstrasse 12, 4057 Basel, by 28 May'. A place or a number ends there, and the
//! rest is a sentence like any other.

use std::ops::Range;

use super::fields::Field;
use super::labels::Label;
use crate::reading::dates;
use crate::reading::draft::Desk;
use crate::reading::sentences::pleas;
use crate::reading::text::stretches::sentence_ends;
use crate::reading::text::{Scan, Token, words};

/// Ends the value of a field where something else is said.
pub(crate) fn end(scan: &Scan<'_>, field: &mut Field, desk: &Desk<'_>) {
    let aside = matches!(field.label, Label::Reference | Label::AnyReference | Label::Other);
    if !aside && field.label != Label::Address {
        return;
    }
    let value = field.value.clone();
    let ends = |at: &usize| {
        sentence_ends(scan, *at)
            && *at > value.start
            && scan.token(*at).is_some_and(|t| t.is('.'))
            && says_more(scan, *at + 1..value.end, desk)
    };
    if let Some(stop) = value.clone().find(ends) {
        field.value.end = stop;
    }
    if field.label == Label::Address
        && let Some(stop) = day_behind(scan, &field.value, desk)
    {
        field.value.end = stop;
    }
}

/// Whether a sentence tells a day ahead, or asks for something to be delivered.
fn says_more(scan: &Scan<'_>, run: Range<usize>, desk: &Desk<'_>) -> bool {
    run.clone().any(|at| {
        dates::is_day_ahead(scan, at, desk.calendar())
            || pleas::bidding(scan, at, run.end, &|_| false).is_some()
    })
}

/// Where the words of a day begin that stands behind a place: with the mark before it, or its
/// preposition.
fn day_behind(scan: &Scan<'_>, value: &Range<usize>, desk: &Desk<'_>) -> Option<usize> {
    let day = value.clone().find(|at| dates::is_day_ahead(scan, *at, desk.calendar()))?;
    let parts = |t: &Token| t.gap || t.is_any(",;(") || t.is_any("-–—") && !t.glued;
    let mark = (value.start + 1..day).rev().find(|at| scan.token(*at).is_some_and(parts));
    let leads = |at: usize| {
        scan.token(at).is_some_and(|t| {
            words!(
                "by for on at the latest delivery until bis am zum zur per auf den fur spatestens pour le d ici au avant plus tard entro il per non \
                 oltre para el antes del tegen op voor uiterlijk"
            )
            .has(&t.folded)
                || t.is('\'')
        })
    };
    let mut start = day;
    while start > value.start && leads(start - 1) {
        start -= 1;
    }
    // '…, 4057 Basel bis 28. Mai' goes on with the place behind its comma; '…, zu bis 28. Mai' does not.
    let small = |at: usize| {
        scan.token(at).is_some_and(|t| scan.words(t.span).starts_with(char::is_lowercase))
    };
    // 'Date de livraison' on the next line, too
    let labels = |at: usize| {
        scan.token(at).is_some_and(|t| {
            dates::clauses::is_delivery(&t.folded)
                || words!("date datum data fecha dt").has(&t.folded)
        })
    };
    let start = match mark {
        Some(mark) if (mark + 1..start).all(small) || (mark + 1..start).any(labels) => mark,
        _ if start < day => start,
        _ => return None,
    };
    (start > value.start).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::draft::at_desk;
    use crate::reading::types::Part;

    fn values(text: &str) -> Vec<String> {
        at_desk(&[("HS-100", "Heat sink")], |desk| {
            let scan = Scan::whole(Part::Text, text);
            let fields = super::super::fields::find(&scan, &|_| true, desk);
            fields.iter().map(|field| scan.run(field.value.clone()).to_owned()).collect()
        })
    }

    #[test]
    fn a_sentence_behind_a_value_is_none_of_it() {
        for (text, want) in [
            ("Our reference: AK/25-114. Please send us by 28 May 2031:", "AK/25-114"),
            ("Incoterms: DAP Leeds. We need it by 28 May 2031.", "DAP Leeds"),
            ("Delivery address: 12 Mill St. Leeds", "12 Mill St. Leeds"),
            ("Delivery address: 12 Mill Lane, Leeds. Please send us:", "12 Mill Lane, Leeds"),
        ] {
            assert_eq!(values(text), [want], "{text}");
        }
    }

    #[test]
    fn a_day_behind_a_place_is_none_of_it() {
        for (text, want) in [
            (
                "Delivery address: Hafenstrasse 12, 4057 Basel, by 28 May 2031",
                "Hafenstrasse 12, 4057 Basel",
            ),
            (
                "Lieferadresse: Hafenstrasse 12, 4057 Basel bis 28. Mai 2031",
                "Hafenstrasse 12, 4057 Basel",
            ),
            (
                "Lieferadresse: Hafenstrasse 12, 4057 Basel, zu bis 28. Mai 2031",
                "Hafenstrasse 12, 4057 Basel",
            ),
            ("Adresse: 5 rue du 8 mai 1945, 1630 Bulle", "5 rue du 8 mai 1945, 1630 Bulle"),
        ] {
            assert_eq!(values(text).first().map(String::as_str), Some(want), "{text}");
        }
    }
}

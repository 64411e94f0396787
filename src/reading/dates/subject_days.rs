//! A day in the subject: 'Order - delivery 12 May 2025'. Where the mail itself tells none, that one
//! is wished, or asked for; the day on which the order was written is no wish.

use super::in_prose::UNEXPLAINED;
use crate::reading::dates::{self, When};
use crate::reading::draft::{Dated, Desk, Draft};
use crate::reading::text::{Scan, words};

/// Takes in the day of a subject where goods have none; where they have others, it is asked for.
pub(crate) fn take(subject: &Scan<'_>, desk: &Desk<'_>, draft: &mut Draft) {
    if draft.wishes.is_empty() {
        return;
    }
    let found = (0..subject.tokens.len()).find_map(|at| {
        let (when, end) = dates::date_at(subject, at, desk.calendar())?;
        Some((when, at..end))
    });
    let Some((when, tokens)) = found else { return };
    let gone = when.day().zip(desk.today).is_some_and(|(day, today)| day <= today);
    let Some(span) = subject.span(tokens.clone()).filter(|_| !gone) else { return };
    let wished = super::clauses::delivers(subject, &(0..subject.tokens.len()))
        || is_led(subject, tokens.start);
    let evidence = |rule| subject.evidence(span, rule);
    let told: Vec<Option<When>> = draft
        .wishes
        .iter()
        .filter_map(|wish| wish.delivery.as_ref())
        .chain(&draft.deliveries)
        .map(|dated| dated.when)
        .collect();
    if !told.is_empty() {
        // 'Order, delivery 4 July' above 'please deliver on 11 July'
        let certain = |when: &Option<When>| when.is_some_and(|when| when.day().is_some());
        if wished && certain(&Some(when)) && told.iter().all(certain) && !told.contains(&Some(when))
        {
            draft.loose.push(evidence(UNEXPLAINED));
        }
    } else if wished {
        draft
            .deliveries
            .push(Dated { when: Some(when), evidence: evidence("subject.delivery_date") });
    } else if matches!(when, When::Day(_) | When::Either(..)) {
        draft.loose.push(evidence(UNEXPLAINED));
    }
}

/// Whether 'by', 'for the' stand before a day.
fn is_led(subject: &Scan<'_>, start: usize) -> bool {
    let word = |back: usize| {
        start.checked_sub(back).and_then(|at| subject.token(at)).map_or("", |t| t.folded.as_str())
    };
    let leads =
        words!("for by until till fur bis per zum pour avant per entro para antes voor tegen");
    let article = words!("the den dem le la il l el de");
    leads.has(word(1)) || article.has(word(1)) && leads.has(word(2))
}

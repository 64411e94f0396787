//! A day in the subject: 'Order - delivery 12 May 2025'. Where the mail itself tells none, that one
//! is wished, or asked for; the day on which the order was written is no wish.

use super::in_prose::UNEXPLAINED;
use crate::reading::dates::{self, When};
use crate::reading::draft::{Dated, Desk, Draft};
use crate::reading::text::{Scan, words};

/// Takes in the day of a subject where goods have none.
pub(crate) fn take(subject: &Scan<'_>, desk: &Desk<'_>, draft: &mut Draft) {
    let dated = !draft.deliveries.is_empty() || draft.wishes.iter().any(|w| w.delivery.is_some());
    if dated || draft.wishes.is_empty() {
        return;
    }
    let found = (0..subject.tokens.len()).find_map(|at| {
        let (when, end) = dates::date_at(subject, at, desk.calendar())?;
        Some((when, at..end))
    });
    let Some((when, tokens)) = found else { return };
    let gone = when.day().zip(desk.today).is_some_and(|(day, today)| day <= today);
    let Some(span) = subject.span(tokens.clone()).filter(|_| !gone) else { return };
    let led = tokens.start.checked_sub(1).and_then(|before| subject.token(before));
    let led = led.is_some_and(|t| {
        words!("for by until till fur bis per zum pour avant per entro para antes voor tegen")
            .has(&t.folded)
    });
    let delivers = super::clauses::delivers(subject, &(0..subject.tokens.len()));
    let evidence = |rule| subject.evidence(span, rule);
    if delivers || led {
        draft
            .deliveries
            .push(Dated { when: Some(when), evidence: evidence("subject.delivery_date") });
    } else if matches!(when, When::Day(_) | When::Either(..)) {
        draft.loose.push(evidence(UNEXPLAINED));
    }
}

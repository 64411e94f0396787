//! The clauses of an answer: up to a comma or a mark, a 'because' or a 'but', or a subject behind
//! 'and'.

use std::ops::Range;

use super::doubts::is_softened;
use crate::reading::text::{Scan, TextLine, words};

/// Most words of a clause on either side of what it is about.
pub(crate) const LONG: usize = 100;

/// From the first word behind a comma, a colon or a dash to the next, on the same line or sentence.
pub(crate) fn clause(scan: &Scan<'_>, claim: &Range<usize>) -> Range<usize> {
    // 'We wait, until the missing 6 are here'
    let until = |at: usize| {
        scan.token(at).is_some_and(|t| {
            words!("bis until till jusqu finche fino hasta tot totdat").has(&t.folded)
        })
    };
    let parts = |at: usize| {
        scan.token(at).is_some_and(|t| {
            !(t.is(',') && until(at + 1)) && t.is_any(",;:()!?–—")
                || t.is('-') && !t.glued
                || t.is('.') && !within_number(scan, at)
        })
    };
    let blank = |at: usize| {
        let lines = scan.token(at).zip(scan.token(at + 1)).map(|(a, b)| (a.line, b.line));
        lines.is_some_and(|(a, b)| b > a && breaks(scan, a, b))
    };
    // Who tells what goes on 'and we wait' may only report.
    let waits = scan.token(claim.start).is_some_and(|t| {
        ["wait", "wart", "attend", "patient", "aspett", "esper", "wacht"]
            .iter()
            .any(|stem| t.folded.starts_with(stem))
    });
    // 'Thanks for telling us but we cancel', 'we got your mail and we wait'
    let joins = |at: usize| {
        let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
        words!("but aber mais ma pero maar").has(word(at)) && !is_softened(scan, at)
            || words!("and und et e y en").has(word(at))
                && is_subject(word(at + 1))
                && (!waits || asks(word(at + 1)))
    };
    let mut from = claim.start;
    while from > 0
        && claim.start - from < LONG
        && !parts(from - 1)
        && !joins(from - 1)
        && !blank(from - 1)
    {
        from -= 1;
    }
    let mut to = claim.end;
    // 'Please cancel because the customer has withdrawn', 'we wait rather than cancel': why, and what
    // else might be done, are clauses of their own.
    let because = |at: usize| {
        at > claim.end.saturating_sub(1)
            && scan.token(at).is_some_and(|t| {
                let next = scan.token(at + 1).map_or("", |t| t.folded.as_str());
                words!("rather plutot piuttosto").has(&t.folded)
                    && words!("than que qu che").has(next)
                    || words!("as da car denn").has(&t.folded) && is_subject(next)
                    || t.folded == "because" && next != "of"
                    || words!("since weil puisque perche poiche porque omdat").has(&t.folded)
            })
    };
    // 'Option 2, and look forward to the goods'
    let thanks = |at: usize| {
        let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
        words!("and und et e y en").has(word(at))
            && words!(
                "look thank thanks await wish freuen danken bedanken danke restons remercions merci restiamo ringraziamo grazie quedamos gracias danken"
            )
            .has(word(at + 1))
    };
    while to < scan.tokens.len()
        && to - claim.end < LONG
        && !parts(to)
        && !thanks(to)
        && !because(to)
        && (to == 0 || !blank(to - 1))
    {
        to += 1;
    }
    from..to
}

fn asks(word: &str) -> bool {
    words!("please kindly bitte merci veuillez prego").has(word)
}

/// A word that a new clause begins with.
fn is_subject(word: &str) -> bool {
    words!(
        "we i it this the our my please kindly wir ich es der die das unser unsere bitte nous je on il la le notre merci veuillez noi io prego il lo i \
         nosotros wij ik"
    )
    .has(word)
}

/// Whether a new line is more than a wrapped one: behind a blank line, or under a short one.
pub(crate) fn breaks(scan: &Scan<'_>, before: usize, line: usize) -> bool {
    const SHORT: usize = 60;
    let blank = (before + 1..line).any(|l| scan.lines.get(l).is_some_and(TextLine::is_blank));
    blank || scan.lines.get(before).is_some_and(|l| scan.words(l.span).len() < SHORT)
}

/// The mark of 'no. 2' and 'n. 2'.
fn within_number(scan: &Scan<'_>, at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| scan.token(before))
        .is_some_and(|t| words!("no nr n num").has(&t.folded))
}

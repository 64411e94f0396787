//! One day that is told twice: 'Freitag nächste Woche (20.3.)', 'the end of next week, i.e. Friday
//! 20 March', 'Thursday (12th)'.

use std::ops::Range;

use chrono::Datelike as _;

use crate::reading::dates::{self, Calendar, When};
use crate::reading::prose::mentions::{Mention, What, take};
use crate::reading::text::{Kind, Scan, words};

/// Most tokens between the two.
const APART: usize = 5;

/// Joins days that are told twice; `found` are mentions in the order of the text.
pub(crate) fn join(scan: &Scan<'_>, taken: &mut [bool], found: &mut Vec<Mention>) {
    found.sort_by_key(|m| m.tokens.start);
    let mut kept: Vec<Mention> = Vec::with_capacity(found.len());
    for mention in found.drain(..) {
        let joined = kept.last().and_then(|last| together(scan, last, &mention));
        match (joined, kept.last_mut()) {
            (Some(when), Some(last)) => {
                last.what = What::Date(when);
                last.tokens.end = mention.tokens.end;
                take(taken, last.tokens.clone());
            }
            _ => kept.push(mention),
        }
    }
    for mention in &mut kept {
        numbered(scan, taken, mention);
    }
    *found = kept;
}

/// The day that two neighbours tell, where it is one.
fn together(scan: &Scan<'_>, one: &Mention, two: &Mention) -> Option<When> {
    let (What::Date(first), What::Date(second)) = (&one.what, &two.what) else { return None };
    let gap = scan.tokens.get(one.tokens.end..two.tokens.start)?;
    let says = |t: &crate::reading::text::Token| {
        words!(
            "i e ie that is ist est namely meaning say so also das heisst d h sprich sagen wir soit c est a dire savoir disons cioe ossia vale dire diciamo \
             es decir dus namelijk donc dunque quindi works passt geht suits ideally preferably liebsten am besten idealement preference preferibilmente the den dem der am le il el on by bis zum fine ok reicht passt"
        )
        .has(&t.folded)
    };
    let marks = |t: &crate::reading::text::Token| t.kind == Kind::Mark && t.is_any("(,-–—.:’'=/");
    let joins = gap.len() <= APART && gap.iter().all(|t| says(t) || marks(t));
    if !joins || gap.is_empty() {
        return None;
    }
    match (first, second) {
        (When::Day(a), When::Day(b)) if a == b => Some(*first),
        // The second says which day of the first is meant.
        (When::Vague, When::Day(_)) => {
            let ideal = scan.token(two.tokens.end).is_some_and(|t| {
                words!("ideally preferably idealerweise idealement idealmente").has(&t.folded)
            });
            let explains = ideal || gap.iter().any(|t| {
                t.is('(')
                    || words!("ie i d that ist namely meaning say also heisst sprich sagen soit dire savoir disons cioe ossia diciamo decir dus namelijk donc dunque quindi so ideally preferably liebsten besten idealement preference preferibilmente")
                        .has(&t.folded)
            });
            explains.then_some(*second)
        }
        _ => None,
    }
}

/// 'Today, 3 March 2025', 'morgen 8.4.': a day in words before the same one in digits, at the beginning
/// of a value; the token behind both.
pub(crate) fn worded_before(
    scan: &Scan<'_>,
    when: When,
    told: Range<usize>,
    end: usize,
    calendar: Calendar,
) -> Option<usize> {
    let day = when.day()?;
    let digits = |run: Range<usize>| {
        scan.tokens.get(run).unwrap_or_default().iter().any(|t| t.kind == Kind::Digits)
    };
    let joint = scan.token(told.end).is_some_and(|t| t.is_any(",-–—/:"));
    let (again, behind) = dates::date_at(scan, told.end + usize::from(joint), calendar)?;
    let same = match again {
        When::Day(again) => again == day,
        When::Either(one, other) => one == day || other == day,
        When::Vague | When::Impossible => false,
    };
    (!digits(told.clone()) && digits(told.end..behind) && same && behind <= end).then_some(behind)
}

/// '05/06/2025 (5 June, not 6 May)', '10/06/2025 (Tuesday)': the same day in other words, which tell which
/// of two days is meant; and the token behind.
pub(crate) fn told_again(
    scan: &Scan<'_>,
    when: When,
    behind: Range<usize>,
    calendar: Calendar,
) -> Option<(When, usize)> {
    let open = scan.token(behind.start).filter(|t| t.is_any("(=") && !behind.is_empty())?;
    let can_be = |day: chrono::NaiveDate| match when {
        When::Day(first) => first == day,
        When::Either(one, other) => one == day || other == day,
        _ => false,
    };
    let at = behind.start + 1;
    let (day, mut end) = match dates::date_at(scan, at, calendar) {
        Some((told, end)) if told.day().is_some_and(can_be) => (told.day()?, end),
        _ => {
            let weekday = dates::weekday_at(scan, at)?;
            let days = match when {
                When::Day(day) => [day, day],
                When::Either(one, other) => [one, other],
                _ => return None,
            };
            let mut fitting = days.iter().filter(|day| day.weekday() == weekday);
            let (first, second) = (fitting.next()?, fitting.next());
            (*first, second.is_none_or(|second| second == first).then_some(at + 1)?)
        }
    };
    // ', not 6 May'
    let comma = usize::from(scan.token(end).is_some_and(|t| t.is(',')));
    if scan.token(end + comma).is_some_and(|t| words!("not nicht pas non no niet").has(&t.folded))
        && let Some((other, behind)) = dates::date_at(scan, end + comma + 1, calendar)
        && other.day().is_some_and(|other| other != day && can_be(other))
    {
        end = behind;
    }
    let closes = scan.token(end).is_some_and(|t| t.is(')'));
    (closes == open.is('(') && end <= behind.end)
        .then_some((When::Day(day), end + usize::from(closes)))
}

/// 'Thursday (12th)', 'Wednesday the 25th': the number is a part of the day, or contradicts it.
fn numbered(scan: &Scan<'_>, taken: &mut [bool], mention: &mut Mention) {
    let What::Date(When::Day(day)) = mention.what else { return };
    let told = scan.tokens.get(mention.tokens.clone()).unwrap_or_default();
    let weekday = told.len() <= 2 && !told.iter().any(|t| t.kind == Kind::Digits);
    let mut at = mention.tokens.end;
    let bracket = scan.token(at).is_some_and(|t| t.is('('));
    at += usize::from(bracket || scan.token(at).is_some_and(|t| t.is(',')));
    let article = scan.token(at).is_some_and(|t| words!("the den der").has(&t.folded));
    at += usize::from(article);
    let number = scan.token(at).filter(|t| t.kind == Kind::Digits && t.folded.len() <= 2);
    let Some(number) = number.filter(|_| weekday && (bracket || article)) else { return };
    let ordinal = scan.token(at + 1).is_some_and(|t| {
        let point = t.is('.') && !scan.token(at + 2).is_some_and(|t| t.glued);
        t.glued && (point || words!("st nd rd th").has(&t.folded))
    });
    let close = at + 1 + usize::from(ordinal);
    let closes = scan.token(close).is_some_and(|t| t.is(')'));
    let month = (at + 1..close + 2).any(|at| dates::is_month(scan, at));
    if month || bracket && !closes || article && !ordinal {
        return;
    }
    if number.folded.parse() != Ok(day.day()) {
        mention.what = What::Date(When::Vague);
    }
    mention.tokens.end = close + usize::from(closes && bracket);
    take(taken, mention.tokens.clone());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn a_day_in_words_stands_before_the_same_in_digits() {
        let today = chrono::NaiveDate::from_ymd_opt(2025, 4, 7);
        let calendar = Calendar { lang: None, today };
        let both = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            let (when, end) = dates::date_at(&scan, 0, calendar)?;
            worded_before(&scan, when, 0..end, scan.tokens.len(), calendar)
        };
        for text in ["today, 7 April 2025", "heute 7. April", "tomorrow - 8 April 2025"] {
            assert!(both(text).is_some(), "{text}");
        }
        for text in ["today, 8 April 2025", "7 April, 7 April", "today or tomorrow", "today"] {
            assert!(both(text).is_none(), "{text}");
        }
    }
}

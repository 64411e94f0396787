//! Days on which nobody takes goods in: 'we are closed from 16 to 27 June', 'Betriebsferien 20.6. - 11.7.'.
//! A wished day among them is asked about.

use std::ops::Range;

use chrono::{Datelike as _, NaiveDate};

use crate::reading::dates;
use crate::reading::dates::barred_days;
use crate::reading::draft::{Desk, Draft};
use crate::reading::sentences::cues::Cues;
use crate::reading::text::stretches::Stretch;
use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::{Evidence, Field, Problem, ProblemCode};

/// The rule of a day without deliveries.
const BARRED: &str = "prose.barred";

/// From a day, until a day; open where no day is said.
#[derive(Debug, Clone)]
pub(crate) struct Closure {
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    words: Evidence,
}

/// The closure that a sentence tells.
pub(crate) fn told(scan: &Scan<'_>, stretch: &Stretch, desk: &Desk<'_>) -> Option<Closure> {
    let run = stretch.tokens.clone();
    if let Some((day, _)) = barred_days::told(scan, &run, desk.calendar()) {
        let words = scan.evidence(scan.span(run)?, BARRED);
        return Some(Closure { from: Some(day), until: Some(day), words });
    }
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let closed = words!(
        "closed closure shutdown holiday feiertag festivo feestdag geschlossen zu betriebsferien werksferien betriebsurlaub ferme fermes fermee fermees fermeture chiuso chiusa chiusi chiuse chiusura cerrado cerrada cerrados gesloten"
    );
    let open = words!("road street bridge lane strasse brucke route rue strada via calle weg");
    if !stretch.cues.has(Cues::AWAY) || run.clone().any(|at| open.has(word(at))) {
        return None;
    }
    // 'We are closed until 9 May, delivery therefore on 23 May'
    // 'Jour férié'; Italian 'ferie' are somebody's leave.
    let ferial =
        |at: usize| word(at) == "ferie" && words!("jour est").has(word(at.wrapping_sub(1)));
    let at = run.clone().find(|at| closed.has(word(*at)) || ferial(*at))?;
    let parts = |at: &usize| scan.token(*at).is_some_and(|t| t.is_any(",;()"));
    let start = (run.start..at).rev().find(parts).map_or(run.start, |mark| mark + 1);
    let end = (at..run.end).find(parts).unwrap_or(run.end);
    let days = days_in(scan, start..end, desk);
    let (first, day) = days.first()?;
    let before = first.checked_sub(1).map_or("", |at| word(at));
    let (from, until) = match days.get(1) {
        Some((_, last)) => (Some(*day), Some(*last)),
        None if words!("until till bis zum jusqu au ' fino al hasta tot to through")
            .has(before) =>
        {
            (None, Some(*day))
        }
        None if words!("from as ab dem vom von des a partir dal da desde vanaf").has(before) => {
            (Some(*day), None)
        }
        None => (Some(*day), Some(*day)),
    };
    let words = scan.evidence(scan.span(run)?, "prose.closed");
    Some(Closure { from, until, words })
}

/// Days of a sentence, with where they stand: whole ones, '20.6.', and the '16' of '16 to 27 June'.
fn days_in(scan: &Scan<'_>, run: Range<usize>, desk: &Desk<'_>) -> Vec<(usize, NaiveDate)> {
    let mut days = Vec::new();
    let mut at = run.start;
    let mut bare: Option<(usize, u32)> = None;
    while at < run.end {
        let digits = scan.token(at).filter(|t| t.kind == Kind::Digits && t.folded.len() <= 2);
        let pair = digits.and_then(|_| day_and_month(scan, at, desk));
        let whole = || {
            let (when, end) = dates::date_at(scan, at, desk.calendar())?;
            Some((when.day()?, end))
        };
        if let Some((day, end)) = pair.or_else(whole).filter(|(_, end)| *end <= run.end) {
            let first =
                bare.take().and_then(|(place, number)| Some((place, day.with_day(number)?)));
            days.extend(first);
            days.push((at, day));
            at = end;
            continue;
        }
        if let Some(number) = digits.and_then(|t| t.folded.parse().ok()) {
            bare = Some((at, number));
        }
        at += 1;
    }
    days
}

/// '20.6.' beside another such day.
fn day_and_month(scan: &Scan<'_>, at: usize, desk: &Desk<'_>) -> Option<(NaiveDate, usize)> {
    let glued = |at: usize| scan.token(at).filter(|t| t.glued);
    let month = glued(at + 2).filter(|t| t.kind == Kind::Digits && t.folded.len() <= 2)?;
    let point = glued(at + 1).filter(|t| t.is('.'))?;
    let year = glued(at + 4).is_some_and(|t| t.kind == Kind::Digits);
    let today = desk.today.filter(|_| !year && point.glued)?;
    let day: u32 = scan.token(at)?.folded.parse().ok()?;
    let month: u32 = month.folded.parse().ok()?;
    let this = NaiveDate::from_ymd_opt(today.year(), month, day)?;
    let end = at + 3 + usize::from(glued(at + 3).is_some_and(|t| t.is('.')));
    let next = || NaiveDate::from_ymd_opt(today.year() + 1, month, day);
    // A closure that has begun is still this one.
    let past = today.signed_duration_since(this).num_days() > 60;
    Some((if past { next()? } else { this }, end))
}

/// That a wished day lies in such a time.
pub(crate) fn conflict(closures: &[Closure], draft: &Draft) -> Option<Problem> {
    let wished = draft.wishes.iter().filter_map(|wish| wish.delivery.as_ref());
    let days = wished.chain(&draft.deliveries).filter_map(|dated| dated.when?.day());
    let days: Vec<NaiveDate> = days.collect();
    // 'No deliveries on Friday', and no wished day: any other, or none yet.
    let barred = closures.iter().find(|closure| closure.words.rule == BARRED);
    if let Some(closure) = barred.filter(|_| days.is_empty() && !draft.wishes.is_empty()) {
        return Some(Problem {
            code: ProblemCode::AmbiguousDate,
            message: format!(
                "\"{}\" bars a day, but no delivery date is wished.",
                closure.words.words
            ),
            words: closure.words.words.clone(),
            block: None,
            field: Some(Field::DeliveryDate),
        });
    }
    let within = |closure: &&Closure| {
        days.iter().any(|day| {
            closure.from.is_none_or(|from| from <= *day)
                && closure.until.is_none_or(|until| *day <= until)
        })
    };
    closures.iter().find(within).map(|closure| Problem {
        code: ProblemCode::Conflict,
        message: format!(
            "The wished day is one on which nobody takes goods in: \"{}\".",
            closure.words.words
        ),
        words: closure.words.words.clone(),
        block: None,
        field: Some(Field::DeliveryDate),
    })
}

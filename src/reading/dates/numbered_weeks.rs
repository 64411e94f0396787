//! A day of a week that is told by its number: 'Thursday of week 38', 'Donnerstag KW 38'. Weeks are
//! numbered as in ISO 8601, as they are on every calendar of offices and works in Europe.

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::Calendar;
use crate::reading::text::{Kind, Scan, words};

/// Such a day behind its weekday, and the token behind.
pub(crate) fn day_behind(
    scan: &Scan<'_>,
    at: usize,
    day: Weekday,
    calendar: Calendar,
) -> Option<(NaiveDate, usize)> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let mut next = at;
    while next < at + 2 && words!("of in der de la della von van").has(word(next)) {
        next += 1;
    }
    if !words!("kw cw wk week woche kalenderwoche semaine settimana semana").has(word(next)) {
        return None;
    }
    next += 1;
    while next < at + 5 && words!(". no nr n °").has(word(next)) {
        next += 1;
    }
    let number = scan.token(next).filter(|t| t.kind == Kind::Digits && t.folded.len() <= 2)?;
    let number: u32 = number.folded.parse().ok()?;
    // 'KW 38/2025'
    let year = scan.token(next + 1).is_some_and(|t| t.is('/'));
    let today = calendar.today.filter(|_| !year)?;
    let of_year = |year: i32| NaiveDate::from_isoywd_opt(year, number, day);
    let this = of_year(today.iso_week().year()).filter(|day| *day >= today);
    Some((this.or_else(|| of_year(today.iso_week().year() + 1))?, next + 1))
}

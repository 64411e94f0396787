//! Dates as people write them, relative to the day that the mail was written.

pub(crate) mod alternatives;
pub(super) mod barred_days;
pub(super) mod clauses;
pub(super) mod closures;
pub(super) mod each_day;
pub(super) mod guards;
pub(super) mod hours;
pub(super) mod in_prose;
pub(super) mod leftover_times;
pub(super) mod numbered_weeks;
pub(super) mod one_calendar;
pub(super) mod open_days;
pub(super) mod relative;
pub(super) mod roles;
pub(super) mod same_days;
pub(super) mod subject_days;
pub(super) mod times;
pub(super) mod wished_days;
pub(super) mod worded_days;
pub(super) mod words;

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use foldhash::HashMap;

use self::worded_days::{behind_month, worded_day};
use crate::reading::text::{Kind, Scan, fold, words};
use crate::reading::types::Lang;

/// What words say about a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// This day.
    Day(NaiveDate),
    /// One of two days.
    Either(NaiveDate, NaiveDate),
    /// A time that is no day: 'the first week of October'.
    Vague,
    /// A day that does not exist.
    Impossible,
}

impl When {
    /// The day, where it is one.
    pub(crate) fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            _ => None,
        }
    }
}

/// How dates are read: the language decides over day and month, the mail's day over the rest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar {
    /// The language of the mail.
    pub(crate) lang: Option<Lang>,
    /// The day that the mail was written.
    pub(crate) today: Option<NaiveDate>,
}

static MONTHS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
    let names: [&str; 12] = [
        "january jan janvier janv januar jaenner janner gennaio gen enero ene januari jän",
        "february feb fevrier fevr fev februar febbraio febb febrero februari febr",
        "march mar mars marz maerz marzo maart mrt mrz mär",
        "april apr avril avr aprile abril abr",
        "may mai maggio mag mayo mei",
        "june jun juin juni giugno giu junio",
        "july jul juillet juil juli luglio lug julio",
        "august aug aout agosto ago augustus",
        "september sept sep septembre settembre sett set septiembre",
        "october oct octobre oktober okt ottobre ott octubre",
        "november nov novembre noviembre",
        "december dec decembre dezember dez dicembre dic diciembre",
    ];
    let mut months = HashMap::default();
    for (number, names) in (1..).zip(names) {
        for name in names.split_whitespace() {
            months.insert(fold(name), number);
        }
    }
    months
});

static WEEKDAYS: LazyLock<HashMap<String, Weekday>> = LazyLock::new(|| {
    let names: [(Weekday, &str); 7] = [
        (Weekday::Mon, "monday mon mondays lundi montag lunedi lunes maandag mo lun"),
        (Weekday::Tue, "tuesday tue tues mardi dienstag martedi martes dinsdag di"),
        (Weekday::Wed, "wednesday wed mercredi mittwoch mercoledi miercoles woensdag mi mer"),
        (Weekday::Thu, "thursday thu thur thurs jeudi donnerstag giovedi jueves donderdag do gio"),
        (Weekday::Fri, "friday fri vendredi freitag venerdi viernes vrijdag fr ven"),
        (Weekday::Sat, "saturday sat samedi samstag sonnabend sabato sabado zaterdag sab"),
        (Weekday::Sun, "sunday sun dimanche sonntag domenica domingo zondag dom"),
    ];
    let mut days = HashMap::default();
    for (day, names) in names {
        for name in names.split_whitespace() {
            days.insert(fold(name), day);
        }
    }
    days
});

/// Whether a day behind the mail's own begins at a token.
pub(crate) fn is_day_ahead(scan: &Scan<'_>, at: usize, calendar: Calendar) -> bool {
    let day = date_at(scan, at, calendar).and_then(|(when, _)| when.day());
    day.zip(calendar.today).is_some_and(|(day, today)| day > today)
}

/// The date that begins at a token, and the token after it.
pub(crate) fn date_at(scan: &Scan<'_>, at: usize, calendar: Calendar) -> Option<(When, usize)> {
    let token = scan.token(at)?;
    let before = at.checked_sub(1).and_then(|i| scan.token(i));
    let runs_on_from = token.glued
        && before.is_some_and(|b| b.is_alnum() || b.is_any("-/.,:'+"))
        && !before.is_some_and(|b| b.is_any(":,") && token.kind == Kind::Digits && b.is(':'));
    if runs_on_from && token.kind == Kind::Digits {
        return None;
    }
    let found = match token.kind {
        Kind::Digits => iso(scan, at)
            .or_else(|| day_month_name(scan, at, calendar))
            .or_else(|| numeric(scan, at, calendar))
            .or_else(|| relative::from_today(scan, at, calendar))
            .or_else(|| relative::day_of_month(scan, at, calendar)),
        Kind::Word => weekday_first(scan, at, calendar)
            .or_else(|| month_name_day(scan, at, calendar))
            .or_else(|| worded_day(scan, at, calendar))
            .or_else(|| relative::relative_at(scan, at, calendar)),
        Kind::Mark => None,
    };
    found.filter(|(_, end)| !parts_cells(scan, at + 1..*end))
}

/// A cell of a row begins there: '40' and 'August' are no day.
fn parts_cells(scan: &Scan<'_>, mut run: Range<usize>) -> bool {
    run.any(|at| {
        scan.token(at)
            .is_some_and(|t| t.gap && scan.lines.get(t.line).is_some_and(|line| line.tabbed))
    })
}

fn digits(scan: &Scan<'_>, at: usize) -> Option<(u32, usize)> {
    let token = scan.token(at)?;
    let words = scan.words(token.span);
    (token.kind == Kind::Digits && words.len() <= 4).then_some(())?;
    Some((words.parse().ok()?, words.len()))
}

fn month_at(scan: &Scan<'_>, at: usize) -> Option<u32> {
    let token = scan.token(at)?;
    (token.kind == Kind::Word).then(|| MONTHS.get(token.folded.as_str()).copied()).flatten()
}

/// The month at a token, in the mail's language where its short form is a word of others: a 'set'
/// is September to Italians only.
fn month_in(scan: &Scan<'_>, at: usize, lang: Option<Lang>) -> Option<u32> {
    let month = month_at(scan, at)?;
    let own: &[Lang] = match scan.token(at)?.folded.as_str() {
        "set" | "sett" | "gen" | "mag" | "ott" | "lug" | "giu" => &[Lang::It],
        "ago" => &[Lang::It, Lang::Es],
        _ => return Some(month),
    };
    lang.is_some_and(|lang| own.contains(&lang)).then_some(month)
}

/// The weekday that a token names. Two-letter forms count only before a date.
pub(crate) fn weekday_at(scan: &Scan<'_>, at: usize) -> Option<Weekday> {
    let token = scan.token(at)?;
    WEEKDAYS.get(token.folded.as_str()).copied()
}

/// Whether a token is the name of a month that is nothing else ('may', 'set', 'mar' are more).
pub(crate) fn is_month(scan: &Scan<'_>, at: usize) -> bool {
    let name = scan.token(at).map(|t| t.folded.as_str());
    month_at(scan, at).is_some()
        && !matches!(
            name,
            Some("may" | "set" | "sett" | "mar" | "dec" | "gen" | "ago" | "mag" | "mai")
        )
}

/// Whether digits run on behind a date, so that it is none.
fn runs_on(scan: &Scan<'_>, at: usize) -> bool {
    let Some(token) = scan.token(at).filter(|t| t.glued) else { return false };
    if token.is_alnum() {
        return true;
    }
    token.is_any("-/.:") && scan.token(at + 1).is_some_and(|t| t.glued && t.is_alnum())
}

fn day(year: u32, month: u32, day: u32) -> When {
    let year = i32::try_from(year).unwrap_or(0);
    NaiveDate::from_ymd_opt(year, month, day).map_or(When::Impossible, When::Day)
}

/// A year of two digits is one of this century.
fn full_year(year: u32, digits: usize) -> Option<u32> {
    match digits {
        2 => Some(2000 + year),
        4 if (1990..=2199).contains(&year) => Some(year),
        _ => None,
    }
}

/// `2025-03-24`, `2025/03/24`, `2025.03.24`, with an optional time behind.
fn iso(scan: &Scan<'_>, at: usize) -> Option<(When, usize)> {
    let (year, 4) = digits(scan, at)? else { return None };
    let year = full_year(year, 4)?;
    let mark = scan.token(at + 1)?;
    let second = scan.token(at + 3)?;
    let same = mark.glued && second.glued && mark.is_any("-/.") && mark.folded == second.folded;
    let (month, m) = digits(scan, at + 2)?;
    let (date, d) = digits(scan, at + 4)?;
    let glued = scan.token(at + 2)?.glued && scan.token(at + 4)?.glued;
    if !same || !glued || m > 2 || d > 2 {
        return None;
    }
    let mut next = at + 5;
    // 2025-03-24T00:00:00
    let time = scan.token(next).is_some_and(|t| t.glued && t.folded == "t");
    if time {
        while scan.token(next).is_some_and(|t| t.glued) {
            next += 1;
        }
    } else if runs_on(scan, next) {
        return None;
    }
    Some((day(year, month, date), next))
}

/// `16.04.2024`, `16/04/24`, `16-4-2024`, `16.4.`
fn numeric(scan: &Scan<'_>, at: usize, calendar: Calendar) -> Option<(When, usize)> {
    let (first, a) = digits(scan, at)?;
    let mark = scan.token(at + 1)?;
    if a > 2 || !mark.is_any("./-") || !mark.glued {
        return None;
    }
    // German writes '15. 5. 2025' too.
    let tight = scan.token(at + 2)?.glued || mark.is('.');
    let (second, b) = digits(scan, at + 2)?;
    if b > 2 || !tight || first == 0 || second == 0 {
        return None;
    }
    let again = scan.token(at + 3).filter(|t| t.glued && t.folded == mark.folded);
    let year = again.and_then(|_| {
        let near = scan.token(at + 4)?.glued || mark.is('.');
        let (year, y) = digits(scan, at + 4)?;
        near.then(|| full_year(year, y)).flatten()
    });
    let (year, next) = match (year, again) {
        (Some(year), _) => (Some(year), at + 5),
        // '12.5.' is a day; '12.5' is a number and '12/5' may be anything.
        (None, Some(_)) if mark.is('.') => (None, at + 4),
        // 'Bis 12.05' and 'livraison le 12/05' are days all the same.
        (None, None)
            if scan.token(at + 2).is_some_and(|t| t.glued)
                && is_led(scan, at)
                && !is_measured(scan, at + 3) =>
        {
            (None, at + 3)
        }
        _ => return None,
    };
    // '6-13 October' is a range.
    if runs_on(scan, next) || month_in(scan, skip_ordinal(scan, next), calendar.lang).is_some() {
        return None;
    }
    let pick = |month: u32, date: u32| match year {
        Some(year) => day(year, month, date),
        None => next_such_day(month, date, calendar.today),
    };
    let day_first = mark.is('.')
        || matches!(calendar.lang, Some(Lang::Fr | Lang::De | Lang::It | Lang::Es | Lang::Nl));
    if day_first || first == second || first > 12 {
        return Some((pick(second, first), next));
    }
    if second > 12 {
        return Some((pick(first, second), next));
    }
    let (one, other) = (pick(second, first).day()?, pick(first, second).day()?);
    Some((When::Either(one.min(other), one.max(other)), next))
}

/// Two words that lead to a day.
const LED: &[&str] = &[
    "para el",
    "pour le",
    "per il",
    "avant le",
    "entro il",
    "bis zum",
    "bis am",
    "livraison le",
    "livrer le",
    "consegna il",
    "entrega el",
    "levering op",
    "leveren op",
    "vor dem",
    "auf den",
    "fur den",
    "lieferung am",
    "lieferung per",
    "lieferung zum",
    "deliver on",
    "delivery on",
    "tard le",
    "plus le",
];

/// Whether the words before a token lead to a day and to nothing else.
fn is_led(scan: &Scan<'_>, at: usize) -> bool {
    let word = |back: usize| {
        let before = at.checked_sub(back).and_then(|i| scan.token(i));
        before.map_or("", |t| t.folded.as_str())
    };
    let colon = usize::from(matches!(word(1), ":" | "." | "="));
    let day = |back: usize| weekday_at_word(word(back));
    let own = |back: usize| {
        words!(
            "bis by until till entro uiterlijk spatestens latest due liefertermin lt termin delivery livraison livr consegna entrega levering              leverdatum lieferdatum wunschtermin liefertag needed required am"
        )
        .has(word(back))
            || day(back)
    };
    let pair = format!("{} {}", word(2), word(1));
    let two = LED.contains(&pair.as_str());
    own(1 + colon) || two || word(1) == "per" && matches!(word(2), "" | "lieferung" | "termin")
}

fn weekday_at_word(word: &str) -> bool {
    word.len() > 3 && WEEKDAYS.contains_key(word)
}

/// Whether a unit or a price stands there: 'by 12.05 m' names no day.
fn is_measured(scan: &Scan<'_>, at: usize) -> bool {
    crate::reading::text::units::unit_at(scan, at).is_some()
        || scan.token(at).is_some_and(|t| {
            t.is_any("%€$£") || words!("chf eur euro euros usd gbp fr sfr mm cm x").has(&t.folded)
        })
}

/// `16 April 2024`, `16. Apr. 24`, `1er avril`, `12th of June, 2025`
fn day_month_name(scan: &Scan<'_>, at: usize, calendar: Calendar) -> Option<(When, usize)> {
    let (date, d) = digits(scan, at)?;
    if d > 2 {
        return None;
    }
    let mut next = skip_ordinal(scan, at + 1);
    if scan.token(next).is_some_and(|t| t.is_any(".-/")) {
        next += 1;
    }
    while scan
        .token(next)
        .is_some_and(|t| matches!(t.folded.as_str(), "of" | "de" | "di" | "d" | "'"))
    {
        next += 1;
    }
    let month = month_in(scan, next, calendar.lang)?;
    // 'the 5 may arrive': a lower-case 'may' needs a year behind it.
    let (year, after) = year_behind(scan, next + 1);
    if year.is_none() && scan.words(scan.token(next)?.span) == "may" {
        return None;
    }
    Some((with_year(year, month, date, calendar), after))
}

/// `April 16, 2024`, `Apr. 4th 2025`
fn month_name_day(scan: &Scan<'_>, at: usize, calendar: Calendar) -> Option<(When, usize)> {
    let month = month_in(scan, at, calendar.lang)?;
    let name = scan.token(at)?;
    if scan.words(name.span) == "may" || (name.glued && at > 0 && scan.token(at - 1)?.is_alnum()) {
        return None;
    }
    let mut next = at + 1;
    if scan.token(next).is_some_and(|t| t.is_any(".-")) {
        next += 1;
    }
    if let Some((date, after)) = behind_month(scan, next) {
        let (year, after) = year_behind(scan, after);
        return Some((with_year(year, month, date, calendar), after));
    }
    if scan.token(next).is_some_and(|t| t.folded == "the") {
        next += 1;
    }
    let (date, d) = digits(scan, next)?;
    if d > 2 || date == 0 {
        return None;
    }
    let after_day = skip_ordinal(scan, next + 1);
    let (year, after) = year_behind(scan, after_day);
    // 'In August' and '20 pieces' below it: the number of the next line is no day.
    let below = scan.token(next).is_some_and(|day| day.line != name.line);
    let cells = scan.lines.get(name.line).is_some_and(|line| line.tabbed);
    if below && (cells || year.is_none() && after_day == next + 1) {
        return None;
    }
    // 'Oktober 12 Stück': a count behind a month's name is no day.
    if year.is_none() {
        if calendar.lang != Some(Lang::En) && after_day == next + 1 {
            return None;
        }
        let counted = crate::reading::text::units::unit_at(scan, after_day).is_some()
            || scan.token(after_day).is_some_and(|t| t.folded == "x");
        if counted || runs_on(scan, after_day) {
            return None;
        }
    }
    Some((with_year(year, month, date, calendar), after))
}

/// Behind `1st`, `2nd`, `3.`, `1er`, `1º`.
fn skip_ordinal(scan: &Scan<'_>, at: usize) -> usize {
    let ordinal = scan.token(at).is_some_and(|t| {
        t.glued
            && (matches!(t.folded.as_str(), "st" | "nd" | "rd" | "th" | "er" | "e" | "re")
                || t.is_any("º°"))
    });
    at + usize::from(ordinal)
}

/// A year behind a day and month, with an optional comma before it.
fn year_behind(scan: &Scan<'_>, at: usize) -> (Option<u32>, usize) {
    let mut next = at;
    let mut comma = false;
    while let Some(token) = scan.token(next) {
        let point = token.is_any(".,-/") && token.glued && !comma;
        let of = matches!(token.folded.as_str(), "de" | "del" | "of");
        if !point && !of {
            break;
        }
        comma |= token.is(',');
        next += 1;
    }
    let apostrophe = scan.token(next).is_some_and(|t| t.is_any("'’"));
    let year_at = next + usize::from(apostrophe);
    let Some((number, length)) = digits(scan, year_at) else {
        return (None, at);
    };
    let year = full_year(number, length);
    // Two digits count as a year where nothing hangs on them: '12 June 20 pcs' has none.
    let line = scan.token(year_at).map(|t| t.line);
    // On its own line: '24 Nov 2025' above 'Item: HS-100' counts no items.
    let counted = scan.token(year_at + 1).is_some_and(|t| Some(t.line) == line && !t.gap)
        && crate::reading::text::units::unit_at(scan, year_at + 1).is_some()
        || scan.token(year_at + 1).is_some_and(|t| t.folded == "x" || (t.glued && t.is_alnum()));
    let joined = next > at && scan.token(year_at).is_some_and(|t| t.glued);
    let alone = scan.token(year_at + 1).is_none_or(|t| {
        t.line != scan.token(year_at).map_or(0, |y| y.line) || t.gap || joined || t.is_any(".,;)")
    });
    match (year, length) {
        (Some(year), 4) if !runs_on(scan, year_at + 1) && !counted => (Some(year), year_at + 1),
        (Some(year), 2) if alone && !counted && !comma => (Some(year), year_at + 1),
        _ => (None, at),
    }
}

fn with_year(year: Option<u32>, month: u32, date: u32, calendar: Calendar) -> When {
    match year {
        Some(year) => day(year, month, date),
        None => next_such_day(month, date, calendar.today),
    }
}

/// A day of the month that is named at a token: 'third of | July'.
pub(crate) fn of_month(
    scan: &Scan<'_>,
    at: usize,
    date: u32,
    calendar: Calendar,
) -> Option<(When, usize)> {
    let month = month_in(scan, at, calendar.lang)?;
    let (year, after) = year_behind(scan, at + 1);
    // 'In der ersten Mai-Woche'
    let goes_on = scan.token(after).is_some_and(|t| t.glued && (t.is_alnum() || t.is_any("-/")));
    (!goes_on).then(|| (with_year(year, month, date, calendar), after))
}

/// The nearest such day that is not long past.
fn next_such_day(month: u32, date: u32, today: Option<NaiveDate>) -> When {
    let Some(today) = today else { return When::Vague };
    // February 29 exists in some year.
    if NaiveDate::from_ymd_opt(2024, month, date).is_none() {
        return When::Impossible;
    }
    let this = NaiveDate::from_ymd_opt(today.year(), month, date);
    let next = NaiveDate::from_ymd_opt(today.year() + 1, month, date);
    match (this, next) {
        (Some(this), _) if this >= today => When::Day(this),
        // A day of the last weeks is an old one, not one of next year.
        (Some(this), _) if (today - this).num_days() <= 120 => When::Day(this),
        (_, Some(next)) => When::Day(next),
        (Some(this), None) => When::Day(this),
        (None, None) => When::Impossible,
    }
}

/// `Friday, 26 September 2025`, `Mo 3.2.`; the weekday must agree. A weekday alone is relative.
fn weekday_first(scan: &Scan<'_>, at: usize, calendar: Calendar) -> Option<(When, usize)> {
    let weekday = weekday_at(scan, at)?;
    let mut next = at + 1;
    while scan.token(next).is_some_and(|t| {
        t.is_any(".,")
            || matches!(
                t.folded.as_str(),
                "the" | "den" | "dem" | "der" | "le" | "il" | "de" | "el"
            )
    }) {
        next += 1;
        if next > at + 4 {
            return None;
        }
    }
    let (when, after) = match scan.token(next)?.kind {
        Kind::Digits => iso(scan, next)
            .or_else(|| day_month_name(scan, next, calendar))
            .or_else(|| numeric(scan, next, calendar))?,
        _ => month_name_day(scan, next, calendar).or_else(|| worded_day(scan, next, calendar))?,
    };
    let agreed = match when {
        When::Day(date) if date.weekday() != weekday => {
            // Without a year the weekday may tell which one; otherwise two days are meant.
            When::Either(date, on_or_after(date, weekday))
        }
        When::Either(one, other) => match (one.weekday() == weekday, other.weekday() == weekday) {
            (true, false) => When::Day(one),
            (false, true) => When::Day(other),
            _ => when,
        },
        other => other,
    };
    Some((agreed, after))
}

/// The first such weekday on or after a day.
pub(crate) fn on_or_after(date: NaiveDate, weekday: Weekday) -> NaiveDate {
    let ahead = (7 + weekday.num_days_from_monday() - date.weekday().num_days_from_monday()) % 7;
    date.checked_add_days(Days::new(ahead.into())).unwrap_or(date)
}

/// A date that is a whole text: ISO, or as people write it. Trailing words are not accepted.
pub(crate) fn whole_date(text: &str, calendar: Calendar) -> Option<When> {
    let scan = Scan::whole(crate::reading::types::Part::Text, text);
    let (when, next) = date_at(&scan, 0, calendar)?;
    (next == scan.tokens.len()).then_some(when)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ymd(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    /// Wednesday, 5 March 2025.
    fn read(text: &str, lang: Option<Lang>) -> Option<When> {
        whole_date(text, Calendar { lang, today: Some(ymd("2025-03-05")) })
    }

    #[test]
    fn the_usual_written_forms() {
        for (lang, text, want) in [
            (Lang::En, "April 16, 2024", "2024-04-16"),
            (Lang::En, "16 Apr, 2024", "2024-04-16"),
            (Lang::En, "16 APRIL 2024", "2024-04-16"),
            (Lang::En, "2024-04-16", "2024-04-16"),
            (Lang::En, "2024/04/16", "2024-04-16"),
            (Lang::En, "31st March 2025", "2025-03-31"),
            (Lang::En, "the 1st", ""),
            (Lang::En, "12th of June, 2025", "2025-06-12"),
            (Lang::En, "Monday, 7 April 2025", "2025-04-07"),
            (Lang::En, "Friday, September\n  26, 2025", "2025-09-26"),
            (Lang::En, "25/04/2025", "2025-04-25"),
            (Lang::En, "04/25/2025", "2025-04-25"),
            (Lang::En, "04/04/2025", "2025-04-04"),
            (Lang::En, "Jun 12", "2025-06-12"),
            (Lang::En, "3 Feb", "2025-02-03"),
            (Lang::En, "3 Oct", "2025-10-03"),
            (Lang::De, "16.04.2024", "2024-04-16"),
            (Lang::De, "16.4.24", "2024-04-16"),
            (Lang::De, "15. Mai 2025", "2025-05-15"),
            (Lang::De, "15. 5. 2025", "2025-05-15"),
            (Lang::De, "3. März", "2025-03-03"),
            (Lang::De, "12.5.", "2025-05-12"),
            (Lang::De, "Freitag, den 6. Juni 2025", "2025-06-06"),
            (Lang::Fr, "16 avril 2024", "2024-04-16"),
            (Lang::Fr, "1er août 2025", "2025-08-01"),
            (Lang::Fr, "03/04/2026", "2026-04-03"),
            (Lang::Fr, "3 févr. 2026", "2026-02-03"),
            (Lang::It, "30 maggio 2025", "2025-05-30"),
            (Lang::It, "10/11/2025", "2025-11-10"),
            (Lang::Es, "5 de junio de 2025", "2025-06-05"),
            (Lang::Nl, "3 maart 2026", "2026-03-03"),
        ] {
            let want = (!want.is_empty()).then(|| When::Day(ymd(want)));
            assert_eq!(read(text, Some(lang)), want, "{text}");
        }
    }

    #[test]
    fn what_can_mean_two_days_or_none() {
        let either = When::Either(ymd("2026-03-04"), ymd("2026-04-03"));
        assert_eq!(read("03/04/2026", Some(Lang::En)), Some(either));
        assert_eq!(read("03/04/2026", None), Some(either));
        assert_eq!(read("February 31, 2026", Some(Lang::En)), Some(When::Impossible));
        assert_eq!(read("31.02.2026", Some(Lang::De)), Some(When::Impossible));
        // 7 April 2025 is a Monday.
        assert!(matches!(read("Friday, 7 April 2025", Some(Lang::En)), Some(When::Either(..))));
    }

    #[test]
    fn numbers_that_are_no_dates() {
        for text in ["12.5", "1/2", "12-14", "192.168.1.1", "2025", "12 pcs", "4-11-2025-7"] {
            assert_eq!(read(text, Some(Lang::De)), None, "{text}");
        }
    }
}

//! Dates relative to the mail's own day: 'tomorrow', 'by Friday', 'in two weeks'; and times that
//! are no day: 'early May', 'calendar week 23'.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use rust_decimal::Decimal;

use super::numbered_weeks;
use super::{Calendar, When, is_month, on_or_after, weekday_at};
use crate::reading::text::number_words;
use crate::reading::text::numbers;
use crate::reading::text::{Kind, Scan, words};

/// The relative date that begins at a token, and the token after it.
pub(crate) fn relative_at(scan: &Scan<'_>, at: usize, calendar: Calendar) -> Option<(When, usize)> {
    fixed(scan, at, calendar)
        .or_else(|| in_so_long(scan, at, calendar))
        .or_else(|| from_today(scan, at, calendar))
        .or_else(|| weekday(scan, at, calendar))
        .or_else(|| vague(scan, at, calendar))
}

fn word<'a>(scan: &'a Scan<'_>, at: usize) -> &'a str {
    scan.token(at).map_or("", |t| t.folded.as_str())
}

/// Whether the tokens from `at` on are these words.
fn says(scan: &Scan<'_>, at: usize, phrase: &str) -> Option<usize> {
    // Hardly any phrase begins as the text does here.
    let first = word(scan, at);
    if first.bytes().next() != phrase.bytes().next() || !phrase.starts_with(first) {
        return None;
    }
    let mut next = at;
    for want in phrase.split(' ') {
        if word(scan, next) != want {
            return None;
        }
        next += 1;
    }
    Some(next)
}

fn ahead(calendar: Calendar, days: u64) -> When {
    let day = calendar.today.and_then(|today| today.checked_add_days(Days::new(days)));
    day.map_or(When::Vague, When::Day)
}

const FIXED: &[(&str, u64)] = &[
    ("morgen in einer woche", 8),
    ("heute in einer woche", 7),
    ("ubermorgen in einer woche", 9),
    ("a week today", 7),
    ("a week tomorrow", 8),
    ("the day after tomorrow", 2),
    ("day after tomorrow", 2),
    ("tomorrow", 1),
    ("ubermorgen", 2),
    ("apres - demain", 2),
    ("apres demain", 2),
    ("demain", 1),
    ("dopodomani", 2),
    ("domani", 1),
    ("pasado manana", 2),
    ("overmorgen", 2),
    ("today", 0),
    ("heute", 0),
    ("aujourd ' hui", 0),
    ("oggi", 0),
    ("vandaag", 0),
];

fn fixed(scan: &Scan<'_>, at: usize, calendar: Calendar) -> Option<(When, usize)> {
    for (phrase, days) in FIXED {
        if let Some(next) = says(scan, at, phrase) {
            // 'Heute in drei Wochen' counts from today; 'tomorrow week' is said too seldom to be sure.
            return Some(match (in_so_long(scan, next, calendar), days) {
                (Some(later), 0) => later,
                (Some((_, end)), _) => (When::Vague, end),
                (None, _) => match in_idiom(scan, next) {
                    Some(end) => (When::Vague, end),
                    None => (ahead(calendar, *days), next),
                },
            });
        }
    }
    // 'Morgen' is also a greeting, and 'mañana' also the morning.
    let before = at.checked_sub(1).map_or("", |i| word(scan, i));
    let greeting = matches!(
        before,
        "guten"
            | "goden"
            | "goede"
            | "schonen"
            | "heute"
            | "am"
            | "jeden"
            | "diesen"
            | "la"
            | "de"
            | "esta"
            | "gode"
            | "buena"
    );
    let leads = scan
        .token(at)
        .is_some_and(|t| scan.lines.get(t.line).is_some_and(|l| l.tokens.start == at));
    match word(scan, at) {
        "morgen" | "manana" if !leads && !greeting => Some((ahead(calendar, 1), at + 1)),
        _ => None,
    }
}

/// A day without its month: 'by the 20th', 'bis zum 20.', 'pour le 20', 'entro il 20'. It is a day
/// where it lies ahead in the mail's own month.
pub(crate) fn day_of_month(
    scan: &Scan<'_>,
    at: usize,
    calendar: Calendar,
) -> Option<(When, usize)> {
    let token = scan.token(at).filter(|t| t.kind == Kind::Digits && t.folded.len() <= 2)?;
    let day: u32 = token.folded.parse().ok().filter(|day| (1..=31).contains(day))?;
    let back = |n: usize| at.checked_sub(n).map_or("", |i| word(scan, i));
    let glued = |at: usize| scan.token(at).is_some_and(|t| t.glued);
    let ends = |at: usize| {
        scan.token(at).is_none_or(|t| {
            t.line != token.line || t.kind == Kind::Mark && !t.is_any("-/(:x*") && !glued(at + 1)
        })
    };
    let ordinal = glued(at + 1) && matches!(word(scan, at + 1), "st" | "nd" | "rd" | "th");
    let english = back(1) == "the"
        && ordinal
        && words!("by on for until till before delivery deliver delivered due").has(back(2));
    let point = glued(at + 1) && word(scan, at + 1) == "." && !glued(at + 2);
    let next = scan.token(at + 2);
    let german = point
        && (matches!(back(1), "am" | "zum")
            || matches!((back(2), back(1)), ("bis" | "auf", "den"))
            || back(1) == "der"
                && words!("lieferung liefertermin lieferdatum termin").has(back(2)))
        && next.is_none_or(|t| t.kind != Kind::Digits);
    let french =
        back(1) == "le" && words!("pour avant ici livraison livrer plus tard").has(back(2));
    let italian = back(1) == "il" && words!("per entro consegna").has(back(2));
    let spanish = back(1) == "el" && words!("para antes entrega").has(back(2));
    let dutch = back(1) == "de" && words!("voor op tegen").has(back(2));
    let named = (english || german, french || italian || spanish || dutch);
    if named == (false, false) {
        return of_this_month(scan, at, calendar.today);
    }
    let after = if named.0 { at + 2 } else { at + 1 + usize::from(word(scan, at + 1) == "e") };
    let month = month_behind(scan, after);
    let end = match (named, month) {
        ((true, _), _) => at + 2,
        ((_, true), Some(_)) => after,
        ((_, true), None) if (french || italian) && ends(at + 1) => at + 1,
        _ => return None,
    };
    let Some(today) = calendar.today else { return Some((When::Vague, end)) };
    if let Some(end) = other_day(scan, end) {
        return Some((When::Vague, end));
    }
    if let Some((months, end)) = month {
        let wished = today.checked_add_months(chrono::Months::new(months))?.with_day(day);
        let ahead = wished.filter(|wished| *wished > today);
        return Some((ahead.map_or(When::Vague, When::Day), end));
    }
    // 'By the 20th of the following month' is another.
    let of_other = (end..end + 4).any(|i| {
        words!(
            "next following nachsten folgenden kommenden prochain prossimo month mois mese volgende"
        )
        .has(word(scan, i))
    });
    let ahead = today.with_day(day).filter(|wished| *wished > today && !of_other);
    Some((ahead.map_or(When::Vague, When::Day), end))
}

/// Behind 'or the 26th', 'oder 26.', 'ou le 26': which of two days, nobody knows.
fn other_day(scan: &Scan<'_>, at: usize) -> Option<usize> {
    if !words!("or oder ou o od of y and und et e en").has(word(scan, at)) {
        return None;
    }
    let joins = words!("and und et e y en").has(word(scan, at));
    let article = words!("the on am den der le il el de zum").has(word(scan, at + 1));
    let day = at + 1 + usize::from(article);
    let number = scan
        .token(day)
        .filter(|t| t.kind == Kind::Digits && t.folded.len() <= 2)
        .and_then(|t| t.folded.parse::<u32>().ok())
        .is_some_and(|day| (1..=31).contains(&day));
    let mark = scan.token(day + 1).filter(|t| t.glued);
    let ordinal = mark.is_some_and(|t| words!("st nd rd th .").has(&t.folded));
    (number && (ordinal || article && !joins) && (!joins || ordinal && article))
        .then_some(day + 1 + usize::from(ordinal))
}

/// 'The 24th of this month', 'der 24. dieses Monats', 'le 25 de ce mois', 'il 25 c.m.': no preposition needs
/// to lead to a day that names its month so.
fn of_this_month(scan: &Scan<'_>, at: usize, today: Option<NaiveDate>) -> Option<(When, usize)> {
    const OWN: &str = "of this month|this month|dieses monats|d . m .|d . m|ds . mts|ds . mts .|de ce mois|courant|du mois courant|du mois en cours|\
         di questo mese|del corrente mese|del mese corrente|corrente mese|c . m|c . m .|de este mes|del mes en curso|van deze maand|dezer";
    let article = at.checked_sub(1).map_or("", |i| word(scan, i));
    if !words!("the der den dem le il el de op am").has(article) {
        return None;
    }
    let day: u32 = word(scan, at).parse().ok()?;
    let glued = scan.token(at + 1).is_some_and(|t| t.glued);
    let ordinal = glued && matches!(word(scan, at + 1), "st" | "nd" | "rd" | "th" | "." | "e");
    let behind = at + 1 + usize::from(ordinal);
    let end = OWN.split('|').filter_map(|phrase| says(scan, behind, phrase)).max()?;
    let ahead = today.and_then(|today| today.with_day(day).filter(|day| *day > today));
    (!is_month(scan, end)).then(|| (ahead.map_or(When::Vague, When::Day), end))
}

/// 'Of this month', 'nächsten Monats', 'du mois prochain', 'del mese': how many months ahead, and
/// the token behind.
fn month_behind(scan: &Scan<'_>, at: usize) -> Option<(u32, usize)> {
    const PHRASES: [(&str, u32); 28] = [
        ("of this month", 0),
        ("this month", 0),
        ("of the month", 0),
        ("of next month", 1),
        ("next month", 1),
        ("dieses monats", 0),
        ("des monats", 0),
        ("d . m", 0),
        ("nachsten monats", 1),
        ("des nachsten monats", 1),
        ("kommenden monats", 1),
        ("des kommenden monats", 1),
        ("de ce mois", 0),
        ("du mois", 0),
        ("du mois prochain", 1),
        ("du mois en cours", 0),
        ("di questo mese", 0),
        ("del mese", 0),
        ("del mese corrente", 0),
        ("c . m", 0),
        ("del mese prossimo", 1),
        ("del prossimo mese", 1),
        ("de este mes", 0),
        ("del mes", 0),
        ("del mes que viene", 1),
        ("del proximo mes", 1),
        ("van deze maand", 0),
        ("van volgende maand", 1),
    ];
    let found = PHRASES.iter().filter_map(|(phrase, months)| {
        let words: Vec<&str> = phrase.split(' ').collect();
        let all = words.iter().enumerate().all(|(n, w)| word(scan, at + n) == *w);
        all.then_some((*months, at + words.len()))
    });
    found.max_by_key(|(_, end)| *end)
}

/// A week or two behind a day: 'Friday week', 'vendredi en huit', 'lunedì a otto', 'today fortnight'.
fn in_idiom(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let english = matches!(word(scan, at), "week" | "fortnight")
        && scan.token(at + 1).is_none_or(|t| t.kind != Kind::Digits);
    let romance = matches!(word(scan, at), "en" | "a" | "ad")
        && matches!(word(scan, at + 1), "huit" | "quinze" | "otto" | "quindici");
    match (english, romance) {
        (true, _) => Some(at + 1),
        (_, true) => Some(at + 2),
        _ => None,
    }
}

/// 'two weeks from today', '10 days from now', 'tre settimane da oggi'.
pub(crate) fn from_today(scan: &Scan<'_>, at: usize, calendar: Calendar) -> Option<(When, usize)> {
    let (count, next) = count_at(scan, at, calendar)?;
    let days = days_of(word(scan, next))?;
    let end = behind_today(scan, next + 1)?;
    let count = u64::try_from(count).ok().filter(|n| *n <= 100)?;
    Some((ahead(calendar, count * days), end))
}

/// Behind 'from today', 'from now', 'ab heute', 'da oggi'.
fn behind_today(scan: &Scan<'_>, at: usize) -> Option<usize> {
    ["from today", "from now", "ab heute", "von heute an", "da oggi", "a partir d ' aujourd ' hui"]
        .iter()
        .find_map(|phrase| says(scan, at, phrase))
}

fn count_at(scan: &Scan<'_>, at: usize, calendar: Calendar) -> Option<(Decimal, usize)> {
    match numbers::digits_at(scan, at) {
        Some((number, next)) => Some((number.plain()?, next)),
        None => match word(scan, at) {
            "a" | "one" | "einer" | "einem" | "une" | "un" | "una" | "een" => {
                Some((Decimal::ONE, at + 1))
            }
            "zwei" | "due" => Some((Decimal::TWO, at + 1)),
            _ => number_words::words_at(scan, at, calendar.lang),
        },
    }
}

fn days_of(unit: &str) -> Option<u64> {
    Some(match unit {
        "day" | "days" | "tag" | "tage" | "tagen" | "jour" | "jours" | "giorno" | "giorni"
        | "dias" | "dia" | "dagen" | "dag" => 1,
        "week" | "weeks" | "woche" | "wochen" | "semaine" | "semaines" | "settimana"
        | "settimane" | "semana" | "semanas" | "weken" => 7,
        "fortnight" => 14,
        _ => return None,
    })
}

/// 'in two weeks', 'in 10 Tagen', 'dans 3 semaines', 'tra due settimane'.
fn in_so_long(scan: &Scan<'_>, at: usize, calendar: Calendar) -> Option<(When, usize)> {
    if !matches!(word(scan, at), "in" | "dans" | "tra" | "fra" | "en" | "over") {
        return None;
    }
    let (count, next) = count_at(scan, at + 1, calendar)?;
    // Eight days are a week to many, and fifteen are two.
    let idiom = matches!(
        (word(scan, at + 1), word(scan, next)),
        ("acht", "tagen") | ("huit" | "quinze", "jours") | ("otto" | "quindici", "giorni")
    );
    let days = match days_of(word(scan, next)) {
        Some(_) if idiom => return Some((When::Vague, next + 1)),
        Some(days) => days,
        None => {
            let longer = words!(
                "working business month months monat monaten mois mese mesi werktagen arbeitstagen maand \
                 maanden mes meses"
            )
            .has(word(scan, next));
            return longer.then_some((When::Vague, next + 1));
        }
    };
    let count = u64::try_from(count).ok().filter(|n| *n <= 100)?;
    // 'in 10 days or so', 'in 2 weeks or 3'
    if matches!(word(scan, next + 1), "or" | "oder" | "ou" | "o" | "of") {
        return Some((When::Vague, next + 1));
    }
    let working = matches!(word(scan, next + 1), "ouvrables" | "ouvres" | "lavorativi");
    if working {
        return Some((When::Vague, next + 2));
    }
    let end = behind_today(scan, next + 1).unwrap_or(next + 1);
    Some((ahead(calendar, count * days), end))
}

const NEXT: &[&str] = &[
    "next",
    "nachsten",
    "nachster",
    "nachste",
    "nachstem",
    "prochain",
    "prochaine",
    "prossimo",
    "prossima",
    "proximo",
    "proxima",
    "volgende",
    "aanstaande",
];
const THIS: &[&str] = &[
    "this",
    "coming",
    "diesen",
    "dieser",
    "kommenden",
    "ce",
    "cette",
    "questo",
    "questa",
    "este",
    "esta",
    "deze",
    "komende",
    "diese",
];
const WEEK: &[&str] = &["week", "woche", "semaine", "settimana", "semana"];

/// 'Friday', 'next Friday', 'Friday next week', 'vendredi prochain', 'Freitag nächster Woche'.
fn weekday(scan: &Scan<'_>, at: usize, calendar: Calendar) -> Option<(When, usize)> {
    let mut next = at;
    let mut said_next = false;
    let mut said_this = false;
    if NEXT.contains(&word(scan, next)) {
        said_next = true;
        next += 1;
    } else if THIS.contains(&word(scan, next)) {
        said_this = true;
        next += 1;
    }
    let Some(day) = weekday_at(scan, next).filter(|_| word(scan, next).len() > 3) else {
        // 'next week', 'this week' are times, but no day.
        let week = (said_next || said_this) && WEEK.contains(&word(scan, next));
        return week.then(|| {
            weekday_of_week(scan, next + 1, said_next, calendar).unwrap_or((When::Vague, next + 1))
        });
    };
    next += 1;
    if let Some((day, end)) = numbered_weeks::day_behind(scan, next, day, calendar) {
        return Some((When::Day(day), end));
    }
    // 'Friday next week', 'vendredi de la semaine prochaine', 'venerdì della prossima settimana'
    let mut look = next;
    let mut week = false;
    let mut later_next = false;
    let mut later_this = false;
    while look < next + 6 {
        let here = word(scan, look);
        if WEEK.contains(&here) {
            week = true;
        } else if NEXT.contains(&here) {
            later_next = true;
        } else if THIS.contains(&here) {
            later_this = true;
        } else if !words!("of in de la della der van the a").has(here) {
            break;
        }
        look += 1;
        if (later_next || later_this) && (week || !WEEK.contains(&word(scan, look))) {
            break;
        }
    }
    let later = later_next || later_this;
    if later {
        next = look;
    }
    if is_or(scan, next) {
        return Some((When::Vague, next + 2));
    }
    // 'Friday week', 'Freitag in einer Woche': of the days that it can be none is sure.
    if let Some(end) =
        in_idiom(scan, next).or_else(|| in_so_long(scan, next, calendar).map(|(_, end)| end))
    {
        return Some((When::Vague, end));
    }
    let Some(today) = calendar.today.filter(|_| !counted_weekday(scan, at)) else {
        return Some((When::Vague, next));
    };
    let monday = on_or_after(today, Weekday::Mon);
    let coming = on_or_after(plus(today, 1), day);
    let when = if later_next && week {
        let from = if monday > today { monday } else { plus(today, 7) };
        When::Day(on_or_after(from, day))
    } else if said_next || later_next {
        next_weekday(today, coming)
    } else if said_this || later_this || coming > today {
        When::Day(coming)
    } else {
        When::Vague
    };
    Some((when, next))
}

/// 'Thursday or Friday'.
fn is_or(scan: &Scan<'_>, at: usize) -> bool {
    matches!(word(scan, at), "or" | "oder" | "ou" | "o") && weekday_at(scan, at + 1).is_some()
}

/// 'The first Monday in June'.
fn counted_weekday(scan: &Scan<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        words!(
            "first second third fourth last ersten erste zweiten zweite dritten dritte letzten letzte \
             premier deuxieme troisieme dernier primo secondo terzo ultimo primer eerste tweede laatste"
        )
        .has(word(scan, before))
    })
}

/// 'next week Friday', 'nächste Woche Freitag'.
fn weekday_of_week(
    scan: &Scan<'_>,
    at: usize,
    of_next: bool,
    calendar: Calendar,
) -> Option<(When, usize)> {
    let on = usize::from(matches!(word(scan, at), "on" | "am" | "le" | "op"));
    let day = weekday_at(scan, at + on).filter(|_| word(scan, at + on).len() > 3)?;
    let today = calendar.today?;
    let monday = on_or_after(today, Weekday::Mon);
    let from = match (of_next, monday > today) {
        (true, true) => monday,
        (true, false) => plus(today, 7),
        (false, _) => today,
    };
    Some((When::Day(on_or_after(from, day)), at + on + 1))
}

fn plus(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}

/// 'Next Friday' said on a Wednesday is the day after tomorrow to some and nine days off to
/// others; said on a Friday or later in the week than that day, all agree.
fn next_weekday(today: NaiveDate, coming: NaiveDate) -> When {
    let same_week = coming.iso_week() == today.iso_week();
    if same_week { When::Either(coming, plus(coming, 7)) } else { When::Day(coming) }
}

/// A time that is no day: 'early May', 'the first week of October', 'end of June', 'week 23'.
fn vague(scan: &Scan<'_>, at: usize, calendar: Calendar) -> Option<(When, usize)> {
    let of = usize::from(word(scan, at + 1) == "of");
    if words!("first ersten erster premier primo eerste").has(word(scan, at))
        && is_month(scan, at + 1 + of)
    {
        return super::of_month(scan, at + 1 + of, 1, calendar);
    }
    let part = words!(
        "early late mid middle end beginning start first second third fourth last anfang \
        mitte ende erste ersten zweite zweiten dritten dritte letzten letzte debut fin \
        mi courant premiere deuxieme troisieme derniere inizio meta fine prima seconda \
        terza ultima principios mediados finales begin midden eind half"
    )
    .has(word(scan, at));
    if part {
        let mut next = at + 1;
        while next < at + 6 {
            let here = word(scan, next);
            if is_month(scan, next)
                || matches!(
                    here,
                    "may" | "mai" | "mag" | "month" | "monats" | "monat" | "mois" | "mese"
                )
            {
                return Some((When::Vague, next + 1));
            }
            let filler = WEEK.contains(&here)
                || words!("of in the de du des di del von la - half this next van or third second oder ou nachsten \
        dieses").has(here);
            if !filler {
                break;
            }
            next += 1;
        }
        return None;
    }
    let week = matches!(
        word(scan, at),
        "kw" | "week" | "woche" | "semaine" | "settimana" | "cw" | "wk" | "sem"
    );
    let number = scan.token(at + 1 + usize::from(word(scan, at + 1) == "."));
    // 'It saved our week.' above '3 x A'
    let line = scan.token(at).map(|t| t.line);
    let number = number.filter(|t| Some(t.line) == line);
    if week && number.is_some_and(|t| t.kind == Kind::Digits && t.folded.len() <= 2) {
        return Some((When::Vague, at + 2 + usize::from(word(scan, at + 1) == ".")));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::dates::whole_date;
    use crate::reading::types::Lang;

    fn ymd(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn relative_days() {
        // 2025-05-09 is a Friday, 2025-05-06 a Tuesday.
        for (lang, today, text, want) in [
            (Lang::En, "2025-05-09", "next Friday", Some("2025-05-16")),
            (Lang::En, "2025-05-06", "Friday next week", Some("2025-05-16")),
            (Lang::En, "2025-05-06", "Friday", Some("2025-05-09")),
            (Lang::En, "2025-05-06", "this Friday", Some("2025-05-09")),
            (Lang::En, "2025-05-06", "next Monday", Some("2025-05-12")),
            (Lang::En, "2025-05-06", "next Friday", None),
            (Lang::En, "2025-05-06", "next week", None),
            (Lang::En, "2025-05-06", "tomorrow", Some("2025-05-07")),
            (Lang::En, "2025-05-06", "in two weeks", Some("2025-05-20")),
            (Lang::En, "2025-05-06", "in 10 days", Some("2025-05-16")),
            (Lang::De, "2025-05-06", "in zwei Wochen", Some("2025-05-20")),
            (Lang::De, "2025-05-06", "heute in drei Wochen", Some("2025-05-27")),
            (Lang::De, "2025-05-06", "in acht Tagen", None),
            (Lang::En, "2025-05-06", "first of June", Some("2025-06-01")),
            (Lang::De, "2025-05-06", "Freitag in einer Woche", None),
            (Lang::En, "2025-05-06", "Friday week", None),
            (Lang::En, "2025-05-06", "two weeks from today", Some("2025-05-20")),
            (Lang::En, "2025-05-06", "10 days from now", Some("2025-05-16")),
            (Lang::En, "2025-05-06", "in a fortnight", Some("2025-05-20")),
            (Lang::Fr, "2025-05-06", "vendredi en huit", None),
            (Lang::It, "2025-05-06", "lunedì a otto", None),
            (Lang::De, "2025-05-06", "Freitag nächster Woche", Some("2025-05-16")),
            (Lang::De, "2025-05-06", "kommenden Montag", Some("2025-05-12")),
            (Lang::De, "2025-05-06", "übermorgen", Some("2025-05-08")),
            (Lang::De, "2025-05-06", "KW 23", None),
            (Lang::De, "2025-05-06", "Anfang Juni", None),
            (Lang::Fr, "2025-05-06", "demain", Some("2025-05-07")),
            (Lang::Fr, "2025-05-06", "dans 3 semaines", Some("2025-05-27")),
            (Lang::Fr, "2025-05-06", "vendredi de la semaine prochaine", Some("2025-05-16")),
            (Lang::Fr, "2025-05-09", "lundi prochain", Some("2025-05-12")),
            (Lang::It, "2025-05-06", "tra due settimane", Some("2025-05-20")),
            (Lang::It, "2025-05-06", "venerdì della prossima settimana", Some("2025-05-16")),
            (Lang::En, "2025-05-06", "first week of October", None),
        ] {
            let calendar = Calendar { lang: Some(lang), today: Some(ymd(today)) };
            let got = whole_date(text, calendar).unwrap_or_else(|| panic!("no date: {text}"));
            assert_eq!(got.day(), want.map(ymd), "{text}");
        }
    }

    #[test]
    fn days_of_this_month() {
        for (text, want) in [
            ("le 25 de ce mois", Some("2025-05-25")),
            ("il 25 c.m.", Some("2025-05-25")),
            ("der 25. dieses Monats", Some("2025-05-25")),
            ("the 25th of this month", Some("2025-05-25")),
            ("the 2nd of this month", None),
        ] {
            let scan = Scan::whole(crate::reading::types::Part::Text, text);
            let today = Some(ymd("2025-05-06"));
            let got = day_of_month(&scan, 1, Calendar { lang: None, today });
            assert_eq!(got.and_then(|(when, _)| when.day()), want.map(ymd), "{text}");
        }
    }
}

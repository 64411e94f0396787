//! Days of a month in words: 'the twenty-second of May', 'le trois juin', 'zum dritten Juni'.

use crate::reading::dates::{self, Calendar, When};
use crate::reading::text::number_words;
use crate::reading::text::{Kind, Scan};
use crate::reading::types::Lang;

const ENGLISH: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// Without their endings.
const GERMAN: [&str; 20] = [
    "erst",
    "zweit",
    "dritt",
    "viert",
    "funft",
    "sechst",
    "siebt",
    "acht",
    "neunt",
    "zehnt",
    "elft",
    "zwolft",
    "dreizehnt",
    "vierzehnt",
    "funfzehnt",
    "sechzehnt",
    "siebzehnt",
    "achtzehnt",
    "neunzehnt",
    "zwanzigst",
];

const GERMAN_ONES: [&str; 9] =
    ["ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"];

fn word<'a>(scan: &'a Scan<'_>, at: usize) -> &'a str {
    scan.token(at).map_or("", |t| t.folded.as_str())
}

/// The day of a month in words that begins at a token, and the token after it.
pub(crate) fn worded_day(scan: &Scan<'_>, at: usize, calendar: Calendar) -> Option<(When, usize)> {
    if let Some((day, next)) = english(scan, at) {
        // 'The second May holiday' is no day.
        return (word(scan, next) == "of")
            .then(|| dates::of_month(scan, next + 1, day, calendar))
            .flatten();
    }
    if let Some((day, next)) = german(scan, at) {
        return dates::of_month(scan, next, day, calendar);
    }
    let counts = matches!(calendar.lang, Some(Lang::Fr | Lang::It | Lang::Es | Lang::Nl));
    let (number, mut next) = number_words::words_at(scan, at, calendar.lang).filter(|_| counts)?;
    let day = u32::try_from(number).ok().filter(|day| (1..=31).contains(day))?;
    next += usize::from(matches!(word(scan, next), "de" | "di"));
    dates::of_month(scan, next, day, calendar)
}

/// A day of some month: 'twenty-fifth', 'fünfundzwanzigsten'.
pub(crate) fn ordinal_at(scan: &Scan<'_>, at: usize) -> Option<(u32, usize)> {
    english(scan, at).or_else(|| german(scan, at))
}

/// 'May the twenty-second', behind the month.
pub(crate) fn behind_month(scan: &Scan<'_>, at: usize) -> Option<(u32, usize)> {
    let the = usize::from(word(scan, at) == "the");
    english(scan, at + the)
}

/// 'Twenty-second', 'twenty second', 'third'.
fn english(scan: &Scan<'_>, at: usize) -> Option<(u32, usize)> {
    let below_twenty = |word: &str| (1..).zip(ENGLISH).find(|(_, o)| *o == word).map(|(n, _)| n);
    let tens = match word(scan, at) {
        "twenty" => 20,
        "thirty" => 30,
        "thirtieth" => return Some((30, at + 1)),
        other => return below_twenty(other).map(|day| (day, at + 1)),
    };
    let next = at + 1 + usize::from(word(scan, at + 1) == "-");
    let ones = below_twenty(word(scan, next)).filter(|ones| *ones < 10)?;
    (tens + ones <= 31).then_some((tens + ones, next + 1))
}

/// 'Dritten', 'zweiundzwanzigster'.
fn german(scan: &Scan<'_>, at: usize) -> Option<(u32, usize)> {
    let token = scan.token(at).filter(|t| t.kind == Kind::Word)?;
    let stem = ["er", "en", "e"].iter().find_map(|ending| token.folded.strip_suffix(ending))?;
    let simple = (1..).zip(GERMAN).find(|(_, o)| *o == stem).map(|(n, _)| n);
    let compound = || {
        let (head, tens) = match stem.strip_suffix("undzwanzigst") {
            Some(head) => (head, 20),
            None => (stem.strip_suffix("unddreissigst")?, 30),
        };
        let ones = (1..).zip(GERMAN_ONES).find(|(_, o)| *o == head).map(|(n, _)| n)?;
        (tens + ones <= 31).then_some(tens + ones)
    };
    let thirty = || (stem == "dreissigst").then_some(30);
    simple.or_else(compound).or_else(thirty).map(|day: u32| (day, at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn days_in_words() {
        let today = "2026-05-05".parse().ok();
        for (lang, text, want) in [
            (Lang::En, "twenty second of May 2026", Some("2026-05-22")),
            (Lang::En, "thirty-first of May", Some("2026-05-31")),
            (Lang::En, "third of June", Some("2026-06-03")),
            (Lang::En, "May the twenty-second", Some("2026-05-22")),
            (Lang::En, "second May holiday", None),
            (Lang::En, "second half of May", None),
            (Lang::De, "dritten Juni", Some("2026-06-03")),
            (Lang::De, "zweiundzwanzigsten Mai 2026", Some("2026-05-22")),
            (Lang::De, "ersten Mai-Woche", None),
            (Lang::Fr, "trois juin", Some("2026-06-03")),
            (Lang::Fr, "vingt-deux mai", Some("2026-05-22")),
            (Lang::It, "otto giugno", Some("2026-06-08")),
            (Lang::It, "primo giugno", Some("2026-06-01")),
            (Lang::Es, "tres de junio", Some("2026-06-03")),
            (Lang::Nl, "drie juni", Some("2026-06-03")),
        ] {
            let scan = Scan::whole(Part::Text, text);
            let calendar = Calendar { lang: Some(lang), today };
            let got = dates::date_at(&scan, 0, calendar).and_then(|(when, _)| when.day());
            assert_eq!(got, want.and_then(|day| day.parse().ok()), "{text}");
        }
    }
}

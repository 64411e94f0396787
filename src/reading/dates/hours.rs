//! The hours of a day behind it: '7 February, between 8 and 12', 'dalle 8 alle 12', '8-12 Uhr'.

use std::ops::Range;

use crate::reading::text::{Kind, Scan, words};

/// The tokens of such hours within a run, where there are any. Two bare numbers are hours only behind a word
/// that begins a stretch of time, and nothing that they count stands behind them.
pub(crate) fn of(scan: &Scan<'_>, run: Range<usize>) -> Range<usize> {
    let found = run.clone().find_map(|at| stretch_at(scan, at, run.end));
    found.unwrap_or(run.end..run.end)
}

fn stretch_at(scan: &Scan<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let word = |at: usize| scan.token(at).filter(|_| at < end).map_or("", |t| t.folded.as_str());
    // 'From 14 to 18' may be days.
    let between = words!("between zwischen entre dalle tra fra tussen").has(word(at));
    let begins = between || words!("from von ab de des van desde las").has(word(at));
    let first = hour_at(scan, at + usize::from(begins), end)?;
    let goes_on = words!("and to till until und bis et a alle e en tot y las - –").has(word(first));
    let second = hour_at(scan, first + 1, end).filter(|_| goes_on)?;
    let told = is_clock(word(second - 1));
    let ends = second >= end || scan.token(second).is_some_and(|t| t.is_any(",;.)"));
    (told || between && ends).then_some(at..second)
}

/// The end of an hour: '8', '8.30', '8:30', '8 Uhr', '8h'.
fn hour_at(scan: &Scan<'_>, at: usize, end: usize) -> Option<usize> {
    let digits = |at: usize| scan.token(at).filter(|t| at < end && t.kind == Kind::Digits);
    let hour: u32 = digits(at)?.folded.parse().ok()?;
    if hour > 24 {
        return None;
    }
    let mut behind = at + 1;
    let minutes = digits(behind + 1).is_some_and(|t| t.glued && t.folded.len() == 2);
    if minutes && scan.token(behind).is_some_and(|t| t.is_any(":.h") && t.glued) {
        behind += 2;
    }
    let clock = scan.token(behind).is_some_and(|t| behind < end && is_clock(&t.folded));
    Some(behind + usize::from(clock))
}

fn is_clock(word: &str) -> bool {
    words!("h uhr am pm hrs hours heures ore horas uur").has(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    fn hours(text: &str) -> String {
        let scan = Scan::whole(Part::Text, text);
        let found = of(&scan, 0..scan.tokens.len());
        scan.run(found).to_owned()
    }

    #[test]
    fn hours_are_told_by_their_words() {
        for (text, want) in [
            (", between 8 and 12, gate 3", "between 8 and 12"),
            (", dalle 8 alle 12, rampa 3", "dalle 8 alle 12"),
            (", 8-12 h, ramp 3", "8-12 h"),
            ("zwischen 8 und 12 Uhr", "zwischen 8 und 12 Uhr"),
            ("(7.30 - 15.00 Uhr)", "7.30 - 15.00 Uhr"),
        ] {
            assert_eq!(hours(text), want, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_hours() {
        for text in [
            ", 8 and 12",
            "between 8 and 12 April",
            "from 8 to 12 pieces",
            "or 18",
            "8-12",
            "from 14 to 18",
        ] {
            assert_eq!(hours(text), "", "{text}");
        }
    }
}

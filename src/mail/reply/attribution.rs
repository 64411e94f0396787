//! The line that introduces a quote: 'On Monday, Ann Smith <ann@example.com> wrote:'.

use std::cell::Cell;
use std::sync::LazyLock;

use regex::bytes::Regex;

use super::lines::Line;
use super::words::{ByLetter, ON, QUOTING, WEEKDAYS, WROTE};

/// Lines that one introduction may be wrapped over.
const MAX_LINES: usize = 4;
/// Longest introduction, in bytes.
const MAX_LENGTH: usize = 500;

/// How sure it is that a line introduces a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    /// Whatever follows is quoted.
    Sure,
    /// Only if what follows is marked as a quote.
    IfQuoted,
}

/// A year, a time, or day and month.
#[expect(clippy::expect_used, reason = "the pattern is fixed, and tests compile it")]
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)\b(?:19|20)\d\d\b|\d{1,2}[:.h]\d\d|\b\d{1,2}[./-]\d{1,2}\b|\d ?(?:年|월)")
        .expect("a fixed pattern, which tests compile")
});

/// A time of day.
#[expect(clippy::expect_used, reason = "the pattern is fixed, and tests compile it")]
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)(?:^|[^\d.])\d{1,2}(?::\d\d|[.h]\d\d(?:[^\d.]|$))")
        .expect("a fixed pattern, which tests compile")
});

static WROTE_BY_LAST: LazyLock<ByLetter> =
    LazyLock::new(|| ByLetter::new(WROTE, |verb| verb.chars().next_back()));
static WEEKDAYS_BY_FIRST: LazyLock<ByLetter> =
    LazyLock::new(|| ByLetter::new(WEEKDAYS, |day| day.chars().next()));

/// The text holds a year, a time, or day and month.
pub(super) fn has_date(text: &str) -> bool {
    DATE.is_match(text.as_bytes())
}

/// How many lines of one text are still looked at closely. No mail that a person wrote needs so
/// many, and one that was made to cost time gets no more.
#[derive(Debug)]
pub(super) struct Patience(Cell<u32>);

impl Patience {
    /// For a text.
    pub(super) fn new() -> Self {
        Self(Cell::new(5_000))
    }

    /// One more close look; false where there were too many.
    fn look(&self) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(1));
        left > 0
    }
}

/// Whether an introduction begins at line `at`, and over how many lines it goes.
pub(super) fn at(lines: &[Line<'_>], at: usize, patience: &Patience) -> Option<(usize, Certainty)> {
    within(lines, at, patience, MAX_LINES)
}

/// As [`at`]; `depth` bounds how many lines below are asked whether they begin one themselves.
fn within(
    lines: &[Line<'_>],
    at: usize,
    patience: &Patience,
    depth: usize,
) -> Option<(usize, Certainty)> {
    let first = bare(lines.get(at)?.trimmed());
    let opens = opens(first);
    if first.is_empty() || first.len() > MAX_LENGTH || !(opens || may_end(first)) {
        return None;
    }
    let most = if opens { MAX_LINES } else { 1 };
    let mut joined = String::new();
    for (count, line) in lines.iter().skip(at).take(most).enumerate() {
        if line.is_blank() || line.is_quoted() {
            return None;
        }
        if count > 0 {
            joined.push(' ');
        }
        joined.push_str(bare(line.trimmed()));
        if joined.len() > MAX_LENGTH {
            return None;
        }
        if may_end(bare(line.trimmed()))
            && patience.look()
            && let Some(certainty) = judge(&joined, opens)
        {
            // Where a later line is one by itself, this one stands before it as text.
            let below = depth.checked_sub(1).map(|depth| (at + 1..=at + count, depth));
            let later = below.is_some_and(|(mut below, depth)| {
                below.any(|later| begins_by_itself(lines, later, patience, depth))
            });
            return (!later).then_some((count + 1, certainty));
        }
    }
    None
}

/// An introduction begins at this line, not only its wrapped end.
fn begins_by_itself(lines: &[Line<'_>], at: usize, patience: &Patience, depth: usize) -> bool {
    let first = lines.get(at).map(|line| bare(line.trimmed())).unwrap_or_default();
    opens(first) && DATE.is_match(first.as_bytes()) && within(lines, at, patience, depth).is_some()
}

/// Without the signs that programs set around the line.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| matches!(c, '-' | '_' | '*' | '=' | ' ' | '\t' | '[' | ']'))
}

/// The line begins as introductions do: with 'On', a day, a date, a name in quotes.
fn opens(line: &str) -> bool {
    let has_digit = || line.bytes().any(|b| b.is_ascii_digit());
    let mut chars = line.chars();
    match chars.next() {
        Some('"' | '<' | '\u{201c}' | '\u{201e}') => true,
        Some(first) if first.is_ascii_digit() => true,
        Some(first) if !first.is_alphabetic() => false,
        Some(_) if !has_digit() => false,
        Some(_) => {
            let word = line.split([' ', ',', '.', '\t', '(']).next().unwrap_or_default();
            let word = word.to_lowercase();
            let days = || WEEKDAYS_BY_FIRST.of(word.chars().next());
            let day = || days().iter().any(|day| word.starts_with(day));
            ON.contains(&word.as_str()) || day() || line.contains('@') || starts_wide(line)
        }
        None => false,
    }
}

/// Chinese, Japanese and Korean set no spaces.
fn starts_wide(line: &str) -> bool {
    line.starts_with(|c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'))
}

/// The line may be the last of an introduction.
fn may_end(line: &str) -> bool {
    line.ends_with([':', '\u{ff1a}', '>'])
        || line.rsplit(' ').next().is_some_and(|word| word.contains('@'))
        || ends_with_verb(&line.to_lowercase())
}

pub(super) fn ends_with_verb(line: &str) -> bool {
    WROTE_BY_LAST.of(line.chars().next_back()).iter().any(|verb| {
        line.strip_suffix(verb).is_some_and(|before| {
            let wide = !verb.is_ascii() && starts_wide(verb);
            wide || !before.ends_with(char::is_alphanumeric)
        })
    })
}

/// A verb of writing stands somewhere in the line, as a word of its own.
fn holds_verb(line: &str) -> bool {
    WROTE.iter().filter(|verb| line.contains(**verb)).any(|verb| {
        line.match_indices(verb).any(|(at, _)| {
            let (before, rest) = line.split_at(at);
            let after = rest.get(verb.len()..).unwrap_or_default();
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
        })
    })
}

/// The writer speaks of a person that the mail is to, not of a quote.
fn has_pronoun(line: &str) -> bool {
    const PRONOUNS: [&str; 12] = [
        "you wrote",
        "i wrote",
        "we wrote",
        "they wrote",
        "you said",
        "i said",
        "as said",
        "vous avez écrit",
        "sie schrieb",
        "ich schrieb",
        "wie geschrieben",
        "come scritto",
    ];
    PRONOUNS.iter().any(|pronoun| line.contains(pronoun))
}

fn judge(line: &str, opens: bool) -> Option<Certainty> {
    let text = line.trim_end_matches([' ', '-', '_', '*']);
    let colon = text.ends_with([':', '\u{ff1a}']);
    let text = text.trim_end_matches([':', '\u{ff1a}', ' ', '\u{a0}']).to_lowercase();
    let address = text.contains('@');
    let date = DATE.is_match(text.as_bytes());
    if ends_with_verb(&text) {
        return match (colon, date, address) {
            (_, true, true) => Some(Certainty::Sure),
            (true, _, _) if (date || address) && !has_pronoun(&text) => Some(Certainty::Sure),
            (true, _, _) => Some(Certainty::IfQuoted),
            (false, true, false) if opens => Some(Certainty::IfQuoted),
            _ => None,
        };
    }
    if (colon || address && opens) && (date || address) && holds_verb(&text) {
        let sure = date && (address || opens) && !has_pronoun(&text);
        return Some(if sure { Certainty::Sure } else { Certainty::IfQuoted });
    }
    if colon && address && QUOTING.iter().any(|words| text.starts_with(words)) {
        return Some(Certainty::Sure);
    }
    // Date, time, name and address, and no verb at all.
    let time = colon && TIME.is_match(text.as_bytes());
    let last = text.rsplit(' ').next().unwrap_or_default();
    let address_last = last.contains('@') || text.ends_with(['>', ')', ']', '"']);
    if opens && address && address_last && time && text.split_whitespace().count() <= 18 {
        return Some(Certainty::Sure);
    }
    // A language that is not known here, or no words at all: '2011/4/7 Ann <ann@example.com>'.
    let bare = || {
        let starts_so = text.starts_with(|c: char| c.is_ascii_digit()) && address_last;
        starts_so && text.split_whitespace().count() <= 8
    };
    (date && (colon && (address || time) || address && bare())).then_some(Certainty::IfQuoted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::reply::lines::split;

    fn found(text: &str) -> Option<(usize, Certainty)> {
        at(&split(text, &[]), 0, &Patience::new())
    }

    #[test]
    fn introductions_are_known_in_many_languages() {
        for line in [
            "On Tue, 4 Mar 2025 at 10:12, Ann Smith <ann@example.com> wrote:",
            "On 04/03/2025 10:12, Ann Smith wrote:",
            "Am Di., 4. März 2025 um 10:12 Uhr schrieb Anna Schmid <anna@example.com>:",
            "Am 04.03.25 um 10:12 schrieb Anna Schmid:",
            "Le mar. 4 mars 2025 à 10:12, Anne Favre <anne@example.com> a écrit :",
            "Il giorno mar 4 mar 2025 alle ore 10:12 Anna Bianchi <anna@example.com> ha scritto:",
            "Il 04/03/2025 10:12, Anna Bianchi ha scritto:",
            "El mar, 4 mar 2025 a las 10:12, Ana Ruiz (<ana@example.com>) escribió:",
            "Em ter., 4 de mar. de 2025 às 10:12, Ana Melo <ana@example.com> escreveu:",
            "Op di 4 mrt 2025 om 10:12 schreef Anna de Vries <anna@example.com>:",
            "Den tis 4 mars 2025 kl 10:12 skrev Anna Berg <anna@example.com>:",
            "tir. 4. mar. 2025 kl. 10.12 skrev Anna Dahl <anna@example.com>:",
            "ti 4. maalisk. 2025 klo 10.12 Anna Virtanen (anna@example.com) kirjoitti:",
            "wt., 4 mar 2025 o 10:12 Anna Nowak <anna@example.com> napisał(a):",
            "вт, 4 мар. 2025 г. в 10:12, Анна <anna@example.com>:",
            "Ann Smith <ann@example.com>, 4 Mar 2025 Sal, 10:12 tarihinde şunu yazdı:",
            "2025年3月4日(火) 10:12 山田花子 <hanako@example.com>:",
            "Anna <anna@example.com> 于2025年3月4日周二 10:12写道：",
            "---- On Tue, 04 Mar 2025 10:12:00 +0100 Ann Smith <ann@example.com> wrote ----",
        ] {
            assert_eq!(found(line), Some((1, Certainty::Sure)), "{line}");
        }
    }

    #[test]
    fn an_introduction_may_be_wrapped() {
        let wrapped = "On Tue, Mar 4, 2025 at 10:12 AM The Purchasing Department <\n\
                       purchasing.department@example.com> wrote:";
        assert_eq!(found(wrapped), Some((2, Certainty::Sure)));
    }

    #[test]
    fn text_is_no_introduction() {
        for line in [
            "See https://example.com/2025/what-she-wrote for more.",
            "On Monday we need:",
            "2024-01-15 14:30:25",
            "Please send 20 pieces to Ann <ann@example.com>",
        ] {
            assert_eq!(found(line), None, "{line}");
        }
    }

    #[test]
    fn what_may_be_text_introduces_only_what_is_marked_as_a_quote() {
        for line in [
            "On 12.03.2025 please deliver to Ann <ann@example.com>:",
            "We need 20 pieces by 14:00:",
            "As you wrote on 12 March 2025:",
            "Ann wrote:",
            "2011/4/7 Ann Smith <ann@example.com>",
        ] {
            assert_eq!(found(line), Some((1, Certainty::IfQuoted)), "{line}");
        }
    }

    #[test]
    fn a_text_that_was_made_to_cost_time_gets_no_more_than_its_share() {
        let line = "On 3 May 2025 at 10:12 we need so many pieces as these:\n";
        let text = line.repeat(20_000);
        let (lines, patience) = (split(&text, &[]), Patience::new());
        for from in 0..lines.len() {
            at(&lines, from, &patience);
        }
        assert_eq!(patience.0.get(), 0);
        let wrote = split("On 3 May 2025, Ann <ann@example.com> wrote:", &[]);
        assert_eq!(at(&wrote, 0, &patience), None, "all that is left is the sender's own");
        // A long order above a quote is far from that.
        let text = "12 HG-4 hinges, 20 pcs, 03.05.2025\n".repeat(2_000);
        let (lines, patience) = (split(&text, &[]), Patience::new());
        for from in 0..lines.len() {
            at(&lines, from, &patience);
        }
        assert_eq!(at(&wrote, 0, &patience), Some((1, Certainty::Sure)));
    }

    #[test]
    fn text_before_an_introduction_is_not_taken_into_it() {
        let text = "On 3 May 2025 I need 5 more\nOn 2 May 2025, Ann <ann@example.com> wrote:";
        assert_eq!(found(text), None);
    }
}

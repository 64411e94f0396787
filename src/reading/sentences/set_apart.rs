//! The sender's own words that look like another mail's: behind a '>' that quotes nobody, in a
//! `<blockquote>` that only indents, under '-----Original Message-----' without a heading, or as a
//! remark '[Paul:] …' within what is quoted.

use std::ops::Range;

use super::below_name;
use super::subjects::is_reply;
use crate::mail::{Mail, Text};
use crate::reading::text::Scan;
use crate::reading::types::{Evidence, Lang, Part};

/// Lines in which a heading is looked for.
const HEADING: usize = 5;

/// Such words that may turn the order.
pub(crate) fn turns(mail: &Mail, lang: Option<Lang>) -> Option<Evidence> {
    let fresh =
        mail.in_reply_to.is_empty() && mail.references.is_empty() && !is_reply(&mail.subject);
    let html = mail.html_text.as_ref().map(|text| (Part::Html, text));
    let mut texts = std::iter::once((Part::Text, &mail.text)).chain(html);
    texts.find_map(|(part, text)| {
        let own = own_words(text, fresh, &mail.from.name);
        let scan = Scan::new(part, &text.full, &own);
        let run = below_name::paragraphs(&scan)
            .into_iter()
            .find(|run| below_name::turns_order(&scan, run, lang))?;
        Some(scan.evidence(scan.span(run)?, "set.apart"))
    })
}

/// The pieces of what was cut that are the sender's own.
fn own_words(text: &Text, fresh: bool, sender: &str) -> Vec<Range<usize>> {
    let mut own = Vec::new();
    for run in cut(text) {
        let told = |line: &&Range<usize>| {
            let line = text.full.get((*line).clone()).unwrap_or_default();
            let drawn = line.trim_start().starts_with("--") && line.trim_end().ends_with("--");
            !drawn && !line.trim_matches(is_mark).is_empty()
        };
        let lines: Vec<&Range<usize>> = run.iter().filter(told).collect();
        let heads =
            |line: &&&Range<usize>| is_heading(text.full.get((**line).clone()).unwrap_or_default());
        let another = lines.iter().take(HEADING).any(|line| heads(&line));
        for line in lines {
            let shown = text.full.get(line.clone()).unwrap_or_default();
            if fresh && !another {
                own.push(behind_mark(shown, line));
            } else if let Some(remark) = remark(shown, sender) {
                own.push(line.end.saturating_sub(remark.len())..line.end);
            }
        }
    }
    own
}

/// Runs of lines that are neither newly written, nor a signature, nor forwarded. Own lines part them.
pub(crate) fn cut(text: &Text) -> Vec<Vec<Range<usize>>> {
    let mut kept: Vec<&Range<usize>> = text.new.iter().chain(&text.signature).collect();
    kept.extend(text.forwarded.as_ref());
    kept.sort_unstable_by_key(|range| range.start);
    let mut kept = kept.into_iter().peekable();
    let mut runs: Vec<Vec<Range<usize>>> = Vec::new();
    let mut open = false;
    let mut start = 0;
    for line in text.full.split('\n') {
        let here = start..start + line.len();
        start = here.end + 1;
        while kept.next_if(|range| range.end <= here.start).is_some() {}
        if line.trim().is_empty() {
            continue;
        }
        let own = kept.peek().is_some_and(|range| range.start < here.end);
        match runs.last_mut().filter(|_| open && !own) {
            Some(run) => run.push(here),
            None if !own => runs.push(vec![here]),
            None => {}
        }
        open = !own;
    }
    runs
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '>' | '|' | '-' | '_' | '*' | '=')
}

fn behind_mark(line: &str, at: &Range<usize>) -> Range<usize> {
    let bare = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    at.end.saturating_sub(bare.len())..at.end
}

/// A line that says whose words follow: 'On Monday Paul wrote:', 'From: …'.
fn is_heading(line: &str) -> bool {
    let line = line.trim_matches(is_mark);
    let colon = line.ends_with(':') && line.contains(char::is_whitespace);
    let label = line.split_once(':').is_some_and(|(label, said)| {
        !said.trim().is_empty()
            && label.split_whitespace().count() <= 2
            && label.chars().count() <= 20
            && label.starts_with(char::is_uppercase)
            && !label.contains('[')
    });
    colon || label || line.contains('@')
}

/// What stands behind the sender's name: '[Paul:] we need 60', 'Paul: we need 60'.
pub(crate) fn remark<'a>(line: &'a str, sender: &str) -> Option<&'a str> {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    let boxed = line.strip_prefix(['[', '(', '<', '*']);
    let (name, said) = boxed.unwrap_or(line).split_once([':', ']', ')'])?;
    let known = |word: &str| {
        sender
            .split_whitespace()
            .any(|own| own.chars().count() > 1 && own.eq_ignore_ascii_case(word))
    };
    let mut words = name.split_whitespace();
    let own = words.clone().count() <= 3 && words.all(known) && !name.trim().is_empty();
    let said = said.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | ']' | ')' | '>' | '*')
    });
    (own && !said.is_empty()).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_names_nobody_else_is_the_senders_own() {
        let words = |full: &str, fresh: bool| {
            let text = Text {
                full: full.to_owned(),
                new: std::iter::once(0..6).collect(),
                ..Text::default()
            };
            let own = own_words(&text, fresh, "Paul Hartmann").into_iter();
            own.map(|range| full[range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(words("4 of A\n\n> not 4 but 6", true), ["not 4 but 6"]);
        assert_eq!(words("4 of A\n\n> not 4 but 6", false), [""; 0]);
        assert_eq!(words("4 of A\nOn Monday Jo wrote:\n> not 4 but 6", true), [""; 0]);
        assert_eq!(words("4 of A\n-----Original Message-----\nnot 4", true), ["not 4"]);
        assert_eq!(words("4 of A\n> How many?\n> [Paul:] 6", false), ["6"]);
        assert_eq!(words("4 of A\n> How many?\n> [Anna:] 6", false), [""; 0]);
    }
}

//! The heading of a quoted mail: 'From: … Sent: … To: … Subject: …', and the lines that
//! announce it.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use foldhash::HashMap;

use super::attribution;
use super::labels::{LABELS, Label};
use super::lines::Line;
use super::words::{FORWARD_LINES, FORWARDED, MESSAGE, ORIGINAL};

/// Longest label, in bytes.
const MAX_LABEL: usize = 40;
/// Longest heading, in lines.
const MAX_LINES: usize = 20;

static BY_NAME: LazyLock<HashMap<&str, Label>> = LazyLock::new(|| LABELS.iter().copied().collect());

/// What a separator line announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// The mail that is answered.
    Original,
    /// A mail that is passed on.
    Forwarded,
}

/// What stands above a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Above {
    /// Nothing of the sender's own.
    Nothing,
    /// Own text.
    Text,
    /// A separator, or an element of the HTML that announces a heading.
    Separator,
}

/// Reads '----- Original Message -----' and its like.
pub(super) fn separator(line: &str) -> Option<Separator> {
    let rule = |c: char| matches!(c, '-' | '_' | '=' | '*' | '\u{2013}' | '\u{2014}' | ' ' | '~');
    let begun = line.trim_start_matches(rule);
    let inner = begun.trim_end_matches(rule);
    if inner.is_empty() || inner.len() > 200 {
        return None;
    }
    if line.starts_with(">>>") && line.ends_with(">>>") && line.bytes().any(|b| b.is_ascii_digit())
    {
        // GroupWise: '>>> Ann Smith <ann@example.com> 04.03.2025 10:12 >>>'
        return Some(Separator::Original);
    }
    let is_rule = |text: &str| text.chars().filter(|c| rule(*c) && *c != ' ').count() >= 2;
    let before = line.get(..line.len() - begun.len())?;
    let rest = begun.get(inner.len()..)?;
    let ruled = is_rule(before);
    if !ruled && !line.ends_with([':', '\u{ff1a}']) {
        return None;
    }
    let text = inner.trim_end_matches([':', '\u{ff1a}', ' ']).to_lowercase();
    if FORWARD_LINES.iter().any(|words| *words == text) {
        return Some(Separator::Forwarded);
    }
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let short = text.split_whitespace().count() <= 6;
    if !ruled {
        return None;
    }
    if has(FORWARDED) && (is_rule(rest) || has(MESSAGE)) {
        Some(Separator::Forwarded)
    } else if short && has(MESSAGE) && has(ORIGINAL)
        // QQ: '------------------ Original ------------------'
        || is_rule(rest) && text == "original"
        // Notes: '-----Ann Smith/Example wrote: -----'
        || is_rule(rest) && attribution::ends_with_verb(&text)
    {
        Some(Separator::Original)
    } else {
        None
    }
}

/// The frame that older Notes draw around the sender of the mail that is answered:
/// '|---------+---------------------------->'.
pub(super) fn is_frame(line: &str) -> bool {
    line.len() >= 20
        && line.starts_with("|--")
        && line.ends_with("->")
        && line.contains("-+-")
        && line.chars().all(|c| matches!(c, '|' | '-' | '+' | '>'))
}

/// Nothing but a line drawn, at least this long: dashes, underscores, equal signs.
pub(super) fn is_rule(line: &str, least: usize) -> bool {
    line.len() >= least
        && line.chars().all(|c| matches!(c, '-' | '_' | '=' | '*' | '\u{2014}' | ' '))
}

/// What programs write for 'answer above here'.
pub(super) fn is_reply_marker(line: &str) -> bool {
    // Building fails only for absurd sizes.
    static FINDER: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::builder().prefilter(false).build(MARKERS).ok());
    let line = line.to_lowercase();
    line.len() <= 160 && FINDER.as_ref().is_some_and(|finder| finder.is_match(&line))
}

const MARKERS: [&str; 9] = [
    "reply above this line",
    "write above this line",
    "your reply above",
    "type your reply",
    "oberhalb dieser linie",
    "über dieser linie",
    "au-dessus de cette ligne",
    "sopra questa riga",
    "encima de esta línea",
];

/// The label that a line begins with, and the value that follows on the line.
fn label(line: &str) -> Option<(Label, &str)> {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '|'));
    let head = line.char_indices().take_while(|(at, _)| *at <= MAX_LABEL);
    let colon = head.into_iter().find(|(_, c)| matches!(c, ':' | '\u{ff1a}'))?;
    let (name, value) = line.split_at(colon.0);
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
    let label = BY_NAME.get(name.to_lowercase().as_str())?;
    Some((*label, value))
}

/// Number of lines of the heading that begins at line `at`.
///
/// A heading names the sender and, of day, recipient and subject, two; one where a separator
/// has `announced` it. Below own text two fields are enough, too, where they hold a day and a
/// mail address.
pub(super) fn at(lines: &[Line<'_>], at: usize, above: Above) -> Option<usize> {
    let (first, _) = label(lines.get(at)?.text)?;
    if first == Label::Other {
        return None;
    }
    let mut seen: Vec<Label> = Vec::new();
    let mut dated = false;
    let mut addressed = false;
    let mut length = 0;
    // Lines since the last label: a wrapped value, a blank line.
    let mut between = 0;
    for (count, line) in lines.iter().skip(at).take(MAX_LINES).enumerate() {
        if line.is_quoted() {
            break;
        }
        if let Some((label, value)) = label(line.text) {
            dated |= label == Label::Sent && attribution::has_date(value);
            addressed |= matches!(label, Label::From | Label::To) && value.contains('@');
            if label != Label::Other {
                if seen.contains(&label) {
                    break;
                }
                seen.push(label);
            }
            between = 0;
            length = count + 1;
        } else {
            between += 1;
            if between > 2 {
                break;
            }
        }
    }
    let enough = if above == Above::Separator { 2 } else { 3 };
    let named = seen.contains(&Label::From) && seen.len() >= enough;
    (named || dated && addressed && above == Above::Text).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::reply::lines::split;

    #[test]
    fn headings_are_known_in_many_languages() {
        for text in [
            "From: Ann\nSent: Monday\nTo: Bob\nSubject: Order",
            "Von: Anna <a@example.com>\nGesendet: Montag, 3. März 2025\nAn: Bob\nBetreff: AW: x",
            "De : Anne\nEnvoyé : lundi 3 mars 2025 10:12\nÀ : Bob\nObjet : Commande",
            "Da: Anna\nInviato: lunedì 3 marzo 2025\nA: Bob\nOggetto: Ordine",
            "*Van:* Anna\n*Verzonden:* maandag\n*Aan:* Bob\n*Onderwerp:* Bestelling",
            "Från: Anna\nSkickat: den 3 mars\nTill: Bob\nÄmne: Order",
            "发件人: Anna\n发送时间: 2025年3月3日\n收件人: Bob\n主题: x",
            "From:\tAnn\nTo:\tBob\nDate:\t03.03.2025\nSubject:\tOrder",
            "From: The Purchasing Department\n<purchasing@example.com>\nSent: Monday\nTo: Bob\nSubject: x",
        ] {
            let lines = split(text, &[]);
            assert_eq!(at(&lines, 0, Above::Nothing), Some(lines.len()), "{text}");
        }
    }

    #[test]
    fn an_order_form_is_no_heading() {
        for text in [
            "Date: 3 March 2025\nTo: Dock 2, Bern\nProduct ID: 5\nQuantity: 2",
            "Address: Bern\nOrder Date: April 1, 2025\nDelivery Date: April 9, 2025",
            "Pour : Atelier 3\nDate : 3 mars 2025\nRéférence : HS-100",
        ] {
            assert_eq!(at(&split(text, &[]), 0, Above::Text), None, "{text}");
        }
    }

    #[test]
    fn separators_are_known() {
        for (line, what) in [
            ("-----Original Message-----", Separator::Original),
            ("----- Ursprüngliche Nachricht -----", Separator::Original),
            ("-------- Message d'origine --------", Separator::Original),
            ("-----Messaggio originale-----", Separator::Original),
            ("------------------ 原始邮件 ------------------", Separator::Original),
            ("---------- Forwarded message ---------", Separator::Forwarded),
            ("-------- Weitergeleitete Nachricht --------", Separator::Forwarded),
            ("Begin forwarded message:", Separator::Forwarded),
            (
                "----- Forwarded by Ann Smith/Example on 03.03.2025 10:12 -----",
                Separator::Forwarded,
            ),
        ] {
            assert_eq!(separator(line), Some(what), "{line}");
        }
        for line in ["----", "---- Order ----", "original message", "message:", "-- "] {
            assert_eq!(separator(line), None, "{line}");
        }
    }
}

//! What the sender newly wrote, apart from what is quoted, forwarded, or signature.
//!
//! Each line is looked at once, in order: quoted by sign or by the HTML's elements; the line
//! that introduces a quote; the heading or separator from which on all is another mail. What is
//! left is the sender's own; its signatures are taken off at the end of each piece.

mod attribution;
mod closings;
mod heading;
mod labels;
mod lines;
mod signature;
mod words;

use std::ops::Range;

use attribution::{Certainty, Patience};
use heading::{Above, Separator};
use lines::Line;

use super::html::Mark;
use super::types::Text;

/// What the rest of the mail tells about its text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hints<'a> {
    /// The sender's display name.
    pub(super) sender: &'a str,
    /// The subject says that the mail is passed on ('Fwd:').
    pub(super) forward: bool,
    /// It answers another mail.
    pub(super) reply: bool,
}

/// Finds the newly written pieces of a text. `marks`, one for each line, is what HTML told.
pub(super) fn split(full: String, marks: &[Mark], hints: &Hints<'_>) -> Text {
    let lines = lines::split(&full, marks);
    let cut = Cut::find(&lines, hints);
    let mut keep: Vec<bool> = cut.own.clone();
    for range in runs(&lines, &cut.own) {
        let (Some(part), Some(kept)) = (lines.get(range.clone()), keep.get_mut(range)) else {
            continue;
        };
        signature::strip(part, kept, hints, !cut.found);
    }
    let new = pieces(&lines, &keep);
    let dropped: Vec<bool> = cut.own.iter().zip(&keep).map(|(own, kept)| *own && !kept).collect();
    let signature = pieces(&lines, &dropped);
    let forwarded = cut.forwarded.and_then(|at| {
        let rest = lines.get(at..)?;
        let first = rest.iter().find(|line| !line.is_blank())?;
        let last = rest.iter().rfind(|line| !line.is_blank())?;
        Some(first.start..last.end())
    });
    Text { full, new, signature, forwarded }
}

/// Which lines are the sender's own, and where another mail begins.
struct Cut {
    /// One for each line. Blank lines are nobody's.
    own: Vec<bool>,
    /// Something is quoted or forwarded.
    found: bool,
    /// First line of the text of a forwarded mail.
    forwarded: Option<usize>,
}

/// What begins at a line.
enum Begins {
    /// Own text of this many lines.
    Own(usize),
    /// A quote of this many lines.
    Quote(usize),
    /// All the rest is another mail, whose text begins this many lines on.
    Rest { text: usize, forwarded: bool },
}

impl Cut {
    fn find(lines: &[Line<'_>], hints: &Hints<'_>) -> Self {
        let mut cut = Self { own: vec![false; lines.len()], found: false, forwarded: None };
        let mut at = 0;
        let mut own_above = false;
        let patience = Patience::new();
        while let Some(line) = lines.get(at) {
            if line.is_blank() {
                at += 1;
                continue;
            }
            let above = if own_above { Above::Text } else { Above::Nothing };
            match begins(lines, at, hints, above, &patience) {
                Begins::Own(length) => {
                    own_above = true;
                    for (own, line) in cut.own.iter_mut().zip(lines).skip(at).take(length) {
                        *own = !line.is_blank();
                    }
                    at += length.max(1);
                }
                Begins::Quote(length) => {
                    cut.found = true;
                    at += length.max(1);
                }
                Begins::Rest { text, forwarded } => {
                    cut.found = true;
                    cut.forwarded = forwarded.then_some(at + text);
                    cut.drop_rule(lines, at);
                    break;
                }
            }
        }
        cut
    }

    /// A line drawn just above another mail belongs to it.
    fn drop_rule(&mut self, lines: &[Line<'_>], at: usize) {
        let above = lines.iter().zip(&mut self.own).take(at).rev();
        for (line, own) in above {
            if !line.is_blank() {
                if !heading::is_rule(line.trimmed(), 3) {
                    return;
                }
                *own = false;
            }
        }
    }
}

fn begins(
    lines: &[Line<'_>],
    at: usize,
    hints: &Hints<'_>,
    above: Above,
    patience: &Patience,
) -> Begins {
    let Some(line) = lines.get(at) else { return Begins::Own(1) };
    if line.mark.cut || heading::is_reply_marker(line.trimmed()) {
        let text = heading::at(lines, at, Above::Separator).unwrap_or_default();
        return Begins::Rest { text, forwarded: hints.forward };
    }
    if line.is_quoted() && !line.trimmed().starts_with(">>>") {
        return Begins::Quote(1);
    }
    if heading::is_frame(line.trimmed()) {
        return Begins::Rest { text: 1, forwarded: hints.forward };
    }
    if let Some(separator) = heading::separator(line.trimmed()) {
        let next = next_filled(lines, at + 1);
        let announced =
            next.and_then(|next| Some(next + heading::at(lines, next, Above::Separator)?));
        let text = announced.unwrap_or(at + 1) - at;
        let forwarded = separator == Separator::Forwarded || hints.forward;
        return Begins::Rest { text, forwarded };
    }
    if line.is_quoted() {
        return Begins::Quote(1);
    }
    if let Some(text) = heading::at(lines, at, above) {
        // Above all text of a mail that neither answers nor passes on, it heads an order: 'From:
        // Buyer Ltd, To: Maker AG, Date: …'.
        let letterhead = above == Above::Nothing && !hints.reply && !hints.forward;
        return if letterhead {
            Begins::Own(text)
        } else {
            Begins::Rest { text, forwarded: hints.forward }
        };
    }
    if let Some((length, certainty)) = attribution::at(lines, at, patience) {
        let next = next_filled(lines, at + length).and_then(|next| lines.get(next));
        return match (next, certainty) {
            (Some(next), _) if next.is_quoted() => Begins::Quote(length),
            (_, Certainty::Sure) => Begins::Rest { text: length, forwarded: hints.forward },
            (_, Certainty::IfQuoted) => Begins::Own(1),
        };
    }
    if is_torn_off(lines, at) { Begins::Quote(1) } else { Begins::Own(1) }
}

/// The end of a quoted line that was wrapped without its sign: a few words that go on in the
/// middle of a sentence, directly between a long quoted line and another; or a link.
fn is_torn_off(lines: &[Line<'_>], at: usize) -> bool {
    let quoted = |line: Option<&Line<'_>>| line.is_some_and(Line::is_quoted);
    let before = at.checked_sub(1).and_then(|before| lines.get(before));
    let long = before.is_some_and(|line| line.text.chars().count() >= 55);
    let here = lines.get(at).map(Line::trimmed).unwrap_or_default();
    let link = here.starts_with("(http") || here.starts_with("<http");
    let goes_on = long && here.starts_with(char::is_lowercase);
    quoted(before)
        && quoted(lines.get(at + 1))
        && (goes_on && here.split_whitespace().count() <= 6 || link)
}

fn next_filled(lines: &[Line<'_>], from: usize) -> Option<usize> {
    lines.iter().enumerate().skip(from).find(|(_, line)| !line.is_blank()).map(|(at, _)| at)
}

/// Runs of own lines; blank lines do not part them.
fn runs(lines: &[Line<'_>], own: &[bool]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (at, (line, own)) in lines.iter().zip(own).enumerate() {
        if *own {
            match runs.last_mut() {
                Some(last) if open => last.end = at + 1,
                _ => runs.push(at..at + 1),
            }
            open = true;
        } else if !line.is_blank() {
            open = false;
        }
    }
    runs
}

/// Byte ranges of the kept lines, without the blank lines around them.
fn pieces(lines: &[Line<'_>], keep: &[bool]) -> Vec<Range<usize>> {
    let ranges = runs(lines, keep).into_iter();
    let bytes = ranges.filter_map(|range| {
        let first = lines.get(range.start)?;
        let last = lines.get(range.end.checked_sub(1)?)?;
        Some(first.start..last.end())
    });
    bytes.filter(|range| !range.is_empty()).collect()
}

/// The newly written text of a plain-text body, for those who have no mail around it.
///
/// Where the sender wrote nothing above a mail that the text begins with, that mail's text.
#[must_use]
pub fn newly_written(text: &str) -> String {
    all_written(super::plain::clean(text), &[])
}

/// The newly written text of an HTML body. See [`newly_written`].
#[must_use]
pub fn newly_written_html(html: &str) -> String {
    let page = super::html::read(html);
    all_written(page.text, &page.marks)
}

/// Where the newly written pieces of a clean text are, for a mail that was passed on as text.
#[must_use]
pub fn written(text: &str) -> Vec<Range<usize>> {
    split(text.to_owned(), &[], &Hints::default()).new
}

fn all_written(full: String, marks: &[Mark]) -> String {
    // A text that begins with a heading is a mail passed on without a word.
    let forward = heading::at(&lines::split(&full, marks), 0, Above::Nothing).is_some();
    let text = split(full, marks, &Hints { sender: "", forward, reply: !forward });
    let forwarded = text.forwarded.clone().and_then(|range| text.full.get(range));
    match forwarded {
        Some(forwarded) if forward && text.new.is_empty() => {
            split(forwarded.to_owned(), &[], &Hints::default()).newly_written()
        }
        _ => text.newly_written(),
    }
}

#[cfg(test)]
mod tests;

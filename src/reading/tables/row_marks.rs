//! Rows of a list that are marked otherwise than their neighbours: a box that is not ticked, brackets or
//! dashes around the whole row, a sign of a comment before it.

use crate::reading::prose::mentions::Mention;
use crate::reading::text::stretches;
use crate::reading::text::{Scan, TextLine};
use crate::reading::types::Evidence;

/// Whether a row is meant, by its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// It has none.
    Plain,
    /// A box that is ticked.
    Ticked,
    /// Its box is empty, or it is put aside.
    Aside,
}

/// The first row that its marks put aside, where others are not.
pub(crate) fn aside(scan: &Scan<'_>, free: &[bool], found: &[Mention]) -> Option<Evidence> {
    let mut other = false;
    let mut aside = None;
    for (number, line) in scan.lines.iter().enumerate() {
        let first = line.tokens.start;
        if line.is_blank()
            || free.get(first) != Some(&true)
            || !stretches::goods(scan, number, found)
        {
            continue;
        }
        match mark_of(scan.words(line.span)) {
            Mark::Aside => aside = aside.or_else(|| Some(span_of(scan, line))),
            Mark::Plain | Mark::Ticked => other = true,
        }
    }
    aside.filter(|_| other)
}

fn span_of(scan: &Scan<'_>, line: &TextLine) -> Evidence {
    scan.evidence(line.span, "prose.unaccounted")
}

fn mark_of(line: &str) -> Mark {
    const OPEN: [&str; 6] = ["[ ]", "[]", "( )", "☐", "□", "❏"];
    const TICKED: [&str; 9] = ["[x]", "[X]", "(x)", "(X)", "☑", "☒", "✓", "✔", "✅"];
    const STRUCK: [&str; 4] = ["~~", "--", "//", "#"];
    let bare = line.trim().trim_start_matches(['*', '•', '·']).trim_start();
    let bare = bare.strip_prefix("- ").unwrap_or(bare).trim();
    let bracketed = bare.starts_with('(') && bare.ends_with(')') && !bare.starts_with("(x)")
        || bare.starts_with('[') && bare.ends_with(']');
    if OPEN.iter().any(|open| bare.starts_with(open) || bare.ends_with(open)) {
        Mark::Aside
    } else if TICKED.iter().any(|tick| bare.starts_with(tick)) {
        Mark::Ticked
    } else if bracketed || STRUCK.iter().any(|struck| bare.starts_with(struck)) {
        Mark::Aside
    } else {
        Mark::Plain
    }
}

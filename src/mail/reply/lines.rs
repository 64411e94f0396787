//! The lines of a text, each with what can be told of it alone.

use crate::mail::html::Mark;

/// A line of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Byte offset of its first byte.
    pub(super) start: usize,
    /// Without its line end.
    pub(super) text: &'a str,
    pub(super) mark: Mark,
}

impl<'a> Line<'a> {
    /// Without white space around it.
    pub(super) fn trimmed(&self) -> &'a str {
        self.text.trim()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.trimmed().is_empty()
    }

    /// Quoted by a sign, or by an element of the HTML.
    pub(super) fn is_quoted(&self) -> bool {
        self.mark.quote || self.trimmed().starts_with('>')
    }

    /// Byte offset after its last byte that is no white space.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.trim_end().len()
    }
}

/// Splits a text into lines. Without marks, or with too few, lines are unmarked.
pub(super) fn split<'a>(text: &'a str, marks: &[Mark]) -> Vec<Line<'a>> {
    let mut start = 0;
    let mut marks = marks.iter().copied();
    let line = |text: &'a str| {
        let line = Line { start, text, mark: marks.next().unwrap_or_default() };
        start += text.len() + 1;
        line
    };
    text.split('\n').map(line).collect()
}

//! Lines of text as a page shows them.

use crate::mail::plain;

/// What a line is, as far as the HTML tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::mail) struct Mark {
    /// Quoted from another mail.
    pub(in crate::mail) quote: bool,
    /// In an element that the sender's program made for the signature.
    pub(in crate::mail) signature: bool,
    /// The heading of a quoted mail begins here; all that follows is that mail.
    pub(in crate::mail) cut: bool,
}

/// A line of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) mark: Mark,
}

impl Line {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Text that flows: lines that are done, and the one that is being written.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) lines: Vec<Line>,
    current: String,
    mark: Mark,
    /// White space was met and not yet written.
    space: bool,
    /// A paragraph has ended: an empty line comes before the next text.
    gap: bool,
    /// Stands before the next text.
    bullet: String,
}

impl Flow {
    /// Appends text; white space collapses unless `pre`.
    pub(super) fn write(&mut self, text: &str, pre: bool, mark: Mark) {
        for c in text.chars() {
            match c {
                '\n' if pre => self.break_line(mark),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' if !pre => self.space = true,
                _ if plain::is_invisible(c) => {}
                _ => {
                    if self.current.is_empty() {
                        self.start(mark);
                    } else if self.space {
                        self.current.push(' ');
                    }
                    self.space = false;
                    self.current.push(c);
                }
            }
        }
    }

    /// A line begins.
    fn start(&mut self, mark: Mark) {
        if self.gap && self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(Line { text: String::new(), mark });
        }
        self.gap = false;
        self.mark = mark;
        self.current.push_str(&std::mem::take(&mut self.bullet));
    }

    /// The next text is a list item that begins like this.
    pub(super) fn set_bullet(&mut self, bullet: String) {
        self.end_line();
        self.bullet = bullet;
    }

    /// Ends the line, empty or not.
    pub(super) fn break_line(&mut self, mark: Mark) {
        if self.current.is_empty() {
            self.gap = false;
            self.mark = mark;
        }
        self.space = false;
        let text = plain::with_spaces(self.current.trim());
        self.current.clear();
        self.lines.push(Line { text, mark: self.mark });
    }

    /// Ends the line if anything stands on it.
    pub(super) fn end_line(&mut self) {
        if !self.current.is_empty() {
            self.break_line(self.mark);
        }
        self.space = false;
    }

    /// What follows goes on in the line that ended last, behind a colon.
    pub(super) fn join_line(&mut self) {
        self.end_line();
        if !self.gap
            && let Some(line) = self.lines.pop_if(|line| !line.is_empty())
        {
            self.mark = line.mark;
            line.text.trim_end_matches(':').clone_into(&mut self.current);
            self.current.push_str(": ");
        }
    }

    /// Ends the line; whatever follows is set apart by an empty line.
    pub(super) fn end_paragraph(&mut self) {
        self.end_line();
        self.gap = true;
    }

    /// Appends lines that are done.
    pub(super) fn append(&mut self, lines: impl IntoIterator<Item = Line>) {
        self.end_line();
        let mut lines = lines.into_iter().peekable();
        if let Some(first) = lines.peek() {
            self.start(first.mark);
        }
        self.lines.extend(lines);
    }

    /// All lines, without empty ones at both ends.
    pub(super) fn finish(mut self) -> Vec<Line> {
        self.end_line();
        while self.lines.last().is_some_and(Line::is_empty) {
            self.lines.pop();
        }
        let leading = self.lines.iter().take_while(|line| line.is_empty()).count();
        self.lines.drain(..leading);
        self.lines
    }
}

//! Tables: one line for each row, cells apart by a tab; layout tables as the text that they hold.

use super::page::{Line, Mark};

/// Most columns that one cell may span.
const MAX_COLSPAN: usize = 30;
/// Most rows that one cell may span.
const MAX_ROWSPAN: usize = 200;
/// Bytes that spanning cells of one table may repeat in all.
const MAX_REPEATED: usize = 64 << 10;
/// A cell with more lines than this, or longer than `LONG_CELL` bytes, is a piece of a page.
const MANY_LINES: usize = 8;
const LONG_CELL: usize = 400;

/// A cell that is done.
#[derive(Debug, Clone, Default)]
struct Cell {
    lines: Vec<Line>,
}

impl Cell {
    fn filled(&self) -> usize {
        self.lines.iter().filter(|line| !line.is_empty()).count()
    }

    /// Its lines as one: parts of an address, or a remark below a name.
    fn joined(&self) -> String {
        let mut text = String::new();
        for line in self.lines.iter().filter(|line| !line.is_empty()) {
            if !text.is_empty() {
                text.push_str(if text.ends_with([',', ':', ';']) { " " } else { ", " });
            }
            text.push_str(&line.text);
        }
        text
    }

    /// More than a value: paragraphs, or a table of its own.
    fn is_page(&self) -> bool {
        let length = || self.lines.iter().map(|line| line.text.len()).sum::<usize>();
        self.lines.iter().any(|line| line.text.contains('\t'))
            || self.filled() > MANY_LINES
            || self.filled() > 1 && length() > LONG_CELL
            || self.filled() > 3 && self.lines.iter().any(Line::is_empty)
    }

    /// Nothing but numbers, each perhaps with a unit.
    fn is_numbers(&self) -> bool {
        let number = |line: &&Line| {
            let text = line.text.as_str();
            let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || ".,' ".contains(c));
            unit.len() < text.len() && unit.chars().count() <= 5 && !unit.contains(' ')
        };
        self.filled() > 0 && self.lines.iter().filter(|line| !line.is_empty()).all(|l| number(&l))
    }
}

/// A cell that reaches into rows below.
#[derive(Debug, Clone)]
struct Span {
    column: usize,
    rows_left: usize,
    cell: Cell,
}

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<Cell>>,
    row: Option<Vec<Cell>>,
    spans: Vec<Span>,
    /// Spans that begin in the open row.
    new_spans: Vec<Span>,
    repeated: usize,
}

impl Table {
    pub(super) fn open_row(&mut self) {
        self.close_row();
        self.row = Some(Vec::new());
    }

    pub(super) fn close_row(&mut self) {
        let Some(mut row) = self.row.take() else { return };
        self.fill_spans(&mut row, usize::MAX);
        self.spans.append(&mut self.new_spans);
        self.spans.retain(|span| span.rows_left > 0);
        self.rows.push(row);
    }

    /// Puts the cells from rows above in where their columns come up, up to `column`.
    fn fill_spans(&mut self, row: &mut Vec<Cell>, column: usize) {
        while let Some(span) =
            self.spans.iter_mut().find(|span| span.rows_left > 0 && span.column == row.len())
        {
            if row.len() >= column {
                return;
            }
            span.rows_left -= 1;
            self.repeated += span.cell.lines.iter().map(|line| line.text.len() + 1).sum::<usize>();
            if self.repeated > MAX_REPEATED {
                // Enough: from here on spans are not followed.
                self.spans.clear();
                return;
            }
            row.push(span.cell.clone());
        }
    }

    pub(super) fn push_cell(&mut self, lines: Vec<Line>, colspan: usize, rowspan: usize) {
        let mut row = self.row.take().unwrap_or_default();
        self.fill_spans(&mut row, usize::MAX);
        let cell = Cell { lines };
        if rowspan > 1 && self.new_spans.len() + self.spans.len() < 100 {
            let rows_left = rowspan.min(MAX_ROWSPAN) - 1;
            self.new_spans.push(Span { column: row.len(), rows_left, cell: cell.clone() });
        }
        row.push(cell);
        let fits = self.repeated <= MAX_REPEATED;
        let padding = if fits { colspan.clamp(1, MAX_COLSPAN) - 1 } else { 0 };
        self.repeated += padding;
        row.extend(std::iter::repeat_n(Cell::default(), padding));
        self.row = Some(row);
    }

    /// The table as lines, and whether it holds data, not layout.
    pub(super) fn finish(mut self) -> (Vec<Line>, bool) {
        self.close_row();
        let data = self.rows.iter().any(|row| row.iter().filter(|c| c.filled() > 0).count() > 1);
        let mut lines = Vec::new();
        for row in self.rows {
            write_row(row, data, &mut lines);
        }
        (lines, data)
    }
}

fn write_row(mut row: Vec<Cell>, data: bool, lines: &mut Vec<Line>) {
    while row.last().is_some_and(|cell| cell.filled() == 0) {
        row.pop();
    }
    let filled = row.iter().filter(|cell| cell.filled() > 0).count();
    let one_line_each = row.iter().all(|cell| cell.filled() <= 1);
    if filled == 0 {
        // An empty row of a layout is a gap in the page.
        if !data && lines.last().is_some_and(|line: &Line| !line.is_empty()) {
            lines.push(Line::default());
        }
    } else if row.iter().any(Cell::is_page) {
        for cell in row {
            lines.extend(cell.lines);
        }
    } else if one_line_each && data {
        lines.push(joined_row(&row));
    } else if filled == 1 {
        lines.extend(row.into_iter().flat_map(|cell| cell.lines));
    } else if let Some(height) = zipped_height(&row) {
        for at in 0..height {
            let nth = |cell: &Cell| {
                let line = cell.lines.iter().filter(|line| !line.is_empty()).nth(at);
                Cell { lines: line.cloned().into_iter().collect() }
            };
            lines.push(joined_row(&row.iter().map(nth).collect::<Vec<_>>()));
        }
    } else {
        lines.push(joined_row(&row));
    }
}

/// Several rows in one, as people make them with line breaks: each cell has as many lines, and
/// one column is numbers.
fn zipped_height(row: &[Cell]) -> Option<usize> {
    let mut heights = row.iter().map(Cell::filled).filter(|height| *height > 0);
    let height = heights.next().filter(|height| *height > 1)?;
    (heights.all(|other| other == height) && row.iter().any(Cell::is_numbers)).then_some(height)
}

fn joined_row(row: &[Cell]) -> Line {
    let mut text = String::new();
    let mut mark: Option<Mark> = None;
    for (column, cell) in row.iter().enumerate() {
        if column > 0 {
            text.push('\t');
        }
        text.push_str(&cell.joined());
        mark = mark.or_else(|| cell.lines.iter().find(|line| !line.is_empty()).map(|l| l.mark));
    }
    Line { text, mark: mark.unwrap_or_default() }
}

//! Tables: a row of headings, and rows below it; or headings in the first column and one column
//! per product. Cells are parted by tabs, bars, semicolons or wide gaps.

pub(super) mod column_doubts;
pub(super) mod columns;
pub(super) mod dated_below;
pub(super) mod empty_rows;
pub(super) mod head_words;
pub(super) mod headless;
pub(super) mod marked;
pub(super) mod profile;
pub(super) mod relations;
pub(super) mod row_details;
pub(super) mod row_marks;
pub(super) mod rows;
pub(super) mod schedule;
pub(super) mod sheet_words;
pub(super) mod squeezed;
pub(super) mod strange_rows;
pub(super) mod totals;
pub(super) mod transposed;
pub(super) mod unsaid;

use std::collections::BTreeSet;
use std::ops::Range;

use self::column_doubts::Table;
use self::columns as by_columns;
use self::dated_below::Below;
use self::empty_rows::Explained;
use self::row_details::Detail;
use self::rows::{
    doubted_below, doubted_cell, doubted_mark, doubted_name, doubted_number, wish_of,
};
use self::totals::{is_total, is_total_row};
use crate::reading::draft::{Amount, Desk, Draft, Wish};
use crate::reading::forms::flattened;
use crate::reading::forms::labels::Label;
use crate::reading::forms::sections::{self, Section};
use crate::reading::text::units::Unit;
use crate::reading::text::{Kind, Scan, TextLine, words};
use crate::reading::types::{Part, Problem, ProblemCode};

/// Most rows that one table may have.
const MAX_ROWS: usize = crate::reading::files::MAX_ROWS + 1;

/// A cell: where it begins on its line, and its tokens.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    column: usize,
    width: usize,
    /// What stands in it.
    pub(crate) tokens: Range<usize>,
}

impl Cell {
    /// A cell that stands under its heading whatever its place.
    pub(crate) fn of(tokens: Range<usize>) -> Self {
        Self { column: 0, width: 0, tokens }
    }
}

/// What a table was read as, with the lines that it covers.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    /// The rows.
    pub(crate) draft: Draft,
    /// Lines that belong to tables.
    pub(crate) lines: BTreeSet<usize>,
    /// A table with headings orders something.
    pub(crate) headed: bool,
    /// What the text says of rows without a quantity.
    pub(crate) explained: Explained,
    /// Quantities stand in the last column of each table.
    pub(crate) last: bool,
    /// Tables that order nothing, and say nothing of the order beside them.
    aside: Vec<profile::Aside>,
    /// Days that stand above tables, or between rows.
    sections: Vec<Section>,
    /// Lines that go on with the rows above them, each behind its row's.
    notes: Vec<(usize, usize)>,
    /// Codes of ours that stand below rows.
    details: Vec<Detail>,
    /// What stands below the rows of a table in hand.
    below: Vec<Below>,
    /// The line of each wish, and that of its table's headings.
    rows: Vec<(usize, usize)>,
}

impl Tables {
    /// Takes in what stands below a row; the line behind it.
    fn take_detail(&mut self, detail: Detail) -> usize {
        let end = detail.lines.end;
        self.lines.extend(detail.lines.clone());
        self.details.push(detail);
        end
    }

    /// Leaves out the rows of a table, from its first wish on, that are not wished.
    fn keep(&mut self, first: usize, kept: &[bool]) {
        let keep = |place: usize| place < first || kept.get(place - first) != Some(&false);
        let mut place = 0..;
        self.draft.wishes.retain(|_| place.next().is_some_and(keep));
        let mut place = 0..;
        self.rows.retain(|_| place.next().is_some_and(keep));
    }

    /// Takes in the line of a wish that was just added.
    pub(crate) fn add(&mut self, line: usize, head_line: usize) {
        self.lines.insert(line);
        self.rows.push((line, head_line));
    }
}

/// Reads all tables of a text.
pub(crate) fn read(scan: &Scan<'_>, desk: &Desk<'_>) -> Tables {
    let explained = Explained::by(scan);
    let mut tables = Tables { explained, last: true, ..Tables::default() };
    let mut line = 0;
    while line < scan.lines.len() {
        if let Some(next) = schedule::read(scan, line, desk, &mut tables) {
            line = next;
        } else if let Some(heads) = headings(scan, line, desk) {
            line = rows(scan, line, &heads, desk, &mut tables);
        } else if let Some(next) = profile::price_list(scan, line, &mut tables.aside) {
            line = next;
        } else if let Some(next) = transposed::read(scan, line, desk, &mut tables) {
            line = next;
        } else if let Some(next) = flattened::read(scan, line, desk, &mut tables) {
            line = next;
        } else if let Some(next) = marked::read(scan, line, desk, &mut tables) {
            line = next;
        } else if let Some(next) = squeezed::read(scan, line, desk, &mut tables) {
            line = next;
        } else if let Some(next) = headless::read(scan, line, desk, &mut tables) {
            line = next;
        } else {
            line += 1;
        }
    }
    let orders = !tables.draft.wishes.is_empty();
    for aside in std::mem::take(&mut tables.aside) {
        if orders {
            tables.lines.extend(aside.lines);
        } else {
            tables.draft.problems.extend(aside.problem);
        }
    }
    tables.draft.problems.extend(profile::two_sheets(scan, &tables.draft.wishes, &tables.rows));
    sections::date(&mut tables.draft, &tables.rows, &tables.sections, &mut tables.lines);
    tables
}

/// The cells of a line.
pub(crate) fn cells(scan: &Scan<'_>, line: usize) -> Vec<Cell> {
    let Some(line) = scan.lines.get(line) else { return Vec::new() };
    let text = scan.words(line.span);
    if !line.tabbed && is_one_cell(text) {
        return one_cell(scan, line, text).into_iter().collect();
    }
    let is_bar = |c: char| matches!(c, '|' | '│' | '¦');
    let bars = text.chars().filter(|c| is_bar(*c)).count();
    let semicolons = text.bytes().filter(|b| *b == b';').count();
    let parts: Vec<(usize, &str)> = if line.tabbed {
        split(text, |c| c == '\t')
    } else if bars >= 1 {
        split(text, is_bar)
    } else if semicolons >= 2 || semicolons == 1 && !text.trim().contains(char::is_whitespace) {
        split(text, |c| c == ';')
    } else {
        wide(text)
    };
    let framed = bars >= 1 && !line.tabbed;
    let last = parts.len().saturating_sub(1);
    parts
        .into_iter()
        .enumerate()
        .filter(|(place, (_, part))| {
            // '| a | b |' has no cells outside its bars.
            !(framed && (*place == 0 || *place == last) && part.trim().is_empty())
        })
        .map(|(_, (offset, part))| {
            let (start, end) = (line.span.start + offset, line.span.start + offset + part.len());
            let tokens = scan.tokens.get(line.tokens.clone()).unwrap_or_default();
            let from = tokens.partition_point(|t| t.span.start < start);
            let to = tokens.partition_point(|t| t.span.start < end);
            // 'Product ID │ : 9'
            let colon = tokens.get(from).is_some_and(|t| t.is(':')) && from + 1 < to;
            let from = from + usize::from(colon);
            let column = text.get(..offset).map_or(0, |t| t.chars().count());
            Cell {
                column,
                width: part.trim_end().chars().count(),
                tokens: line.tokens.start + from..line.tokens.start + to,
            }
        })
        .collect()
}

/// Whether a line is plainly one cell: letters and single blanks, and no mark that parts cells.
fn is_one_cell(text: &str) -> bool {
    let bytes = text.as_bytes();
    let blank = |byte: u8| char::from(byte).is_whitespace();
    let parts = |byte: &u8| !byte.is_ascii() || matches!(byte, b'|' | b';');
    !bytes.iter().any(parts) && !bytes.windows(2).any(|pair| pair.iter().all(|byte| blank(*byte)))
}

/// The cell of a line that has no others; `None` where it is blank.
fn one_cell(scan: &Scan<'_>, line: &TextLine, text: &str) -> Option<Cell> {
    let said = text.trim();
    let column = text.len() - text.trim_start().len();
    let colon = line.tokens.len() > 1 && scan.token(line.tokens.start).is_some_and(|t| t.is(':'));
    let tokens = line.tokens.start + usize::from(colon)..line.tokens.end;
    (!said.is_empty()).then_some(Cell { column, width: said.len(), tokens })
}

fn split(text: &str, at: impl Fn(char) -> bool) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (offset, c) in text.char_indices() {
        if at(c) {
            parts.push((start, text.get(start..offset).unwrap_or_default()));
            start = offset + c.len_utf8();
        }
    }
    parts.push((start, text.get(start..).unwrap_or_default()));
    parts
}

/// Parts at two spaces and more.
fn wide(text: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut start: Option<usize> = None;
    let mut blanks = 0;
    let mut end = 0;
    for (offset, c) in text.char_indices() {
        if c.is_whitespace() {
            blanks += 1;
            continue;
        }
        if let Some(from) = start.filter(|_| blanks >= 2) {
            parts.push((from, text.get(from..end).unwrap_or_default()));
            start = None;
        }
        start.get_or_insert(offset);
        blanks = 0;
        end = offset + c.len_utf8();
    }
    if let Some(from) = start {
        parts.push((from, text.get(from..end).unwrap_or_default()));
    }
    parts
}

/// A cell of the first row.
#[derive(Debug, Clone)]
pub(crate) struct Heading {
    /// What its column holds, where the heading says it.
    pub(crate) label: Option<Label>,
    /// The unit of its numbers, where the heading says it: 'Menge (kg)'.
    pub(crate) unit: Option<Unit>,
    column: usize,
    width: usize,
}

/// Whether a column names products: in a row, unlike in a form, a reference is that of the goods.
pub(crate) fn names(label: Label) -> bool {
    label.names_goods() || label == Label::AnyReference
}

/// The headings of a line, if it is a row of them: a product, a quantity, and no values.
fn headings(scan: &Scan<'_>, line: usize, desk: &Desk<'_>) -> Option<Vec<Heading>> {
    let cells = cells(scan, line);
    if cells.len() < 2 || cells.len() > 40 {
        return None;
    }
    // 'Quantity: 25' is a field, however its neighbours are parted.
    let said = |cell: &Cell| {
        let mut tokens = scan.tokens.get(cell.tokens.clone()).unwrap_or_default().iter();
        tokens.any(|t| t.is_any(":=")) && tokens.any(crate::reading::text::Token::is_alnum)
    };
    // A number is no heading.
    let number = |cell: &Cell| {
        let tokens = scan.tokens.get(cell.tokens.clone()).unwrap_or_default();
        !tokens.is_empty() && tokens.iter().all(|t| t.kind == Kind::Digits || t.is_any(".,'"))
    };
    if cells.iter().any(|cell| said(cell) || number(cell)) {
        return None;
    }
    let mut heads = labelled(scan, &cells);
    let quantity = |h: &Heading| matches!(h.label, Some(Label::Quantity | Label::Packs));
    by_columns::order_column(scan, &cells, &mut heads);
    by_columns::own_references(&mut heads);
    // 'Stock code │ Ordered': which of them names the goods, their cells tell.
    let some = heads.iter().filter(|h| h.label.is_some()).count() * 2 >= heads.len();
    if some && !heads.iter().any(quantity) {
        profile::products(scan, line, &mut heads, desk);
        by_columns::order_column(scan, &cells, &mut heads);
        profile::counts(scan, line, &mut heads);
    }
    if !heads.iter().any(quantity) {
        return None;
    }
    // 'Stk' heads a column, and stands in one.
    let value = |(head, cell): (&Heading, &Cell)| {
        let first = scan.token(cell.tokens.start);
        head.label.is_none() && first.is_some_and(|t| t.kind == Kind::Digits)
            || profile::is_code(scan, cell, desk)
    };
    if !heads.iter().zip(&cells).any(value) {
        profile::products(scan, line, &mut heads, desk);
    }
    let product = heads.iter().any(|h| h.label.is_some_and(names));
    let labelled = heads.iter().filter(|h| h.label.is_some()).count();
    (product && labelled * 2 >= heads.len()).then_some(heads)
}

/// Cells as headings, with what their words say.
pub(crate) fn labelled(scan: &Scan<'_>, cells: &[Cell]) -> Vec<Heading> {
    let heading = |cell: &Cell| {
        let (label, unit) = head_words::label(scan, cell.tokens.clone());
        Heading { label, unit, column: cell.column, width: cell.width }
    };
    cells.iter().map(heading).collect()
}

/// Which heading each cell of a row stands under.
pub(crate) fn columns(cells: &[Cell], heads: &[Heading], tabbed: bool) -> Vec<usize> {
    if tabbed || cells.len() == heads.len() {
        return (0..cells.len()).collect();
    }
    cells
        .iter()
        .map(|cell| {
            let (start, end) = (cell.column, cell.column + cell.width.max(1));
            let near = |head: &Heading| {
                let (from, to) = (head.column, head.column + head.width.max(1));
                let overlap = end.min(to).saturating_sub(start.max(from));
                let distance = start.abs_diff(from).min(end.abs_diff(to));
                (std::cmp::Reverse(overlap), distance)
            };
            let best = heads.iter().enumerate().min_by_key(|(_, head)| near(head));
            best.map_or(0, |(place, _)| place)
        })
        .collect()
}

/// The lines below headings that have cells, and the line behind them.
fn below(
    scan: &Scan<'_>,
    head_line: usize,
    desk: &Desk<'_>,
    tables: &mut Tables,
) -> (Vec<(usize, Vec<Cell>)>, usize) {
    let mut body: Vec<(usize, Vec<Cell>)> = Vec::new();
    let mut line = head_line + 1;
    let mut blanks = 0;
    tables.below = dated_below::find(scan, head_line, desk);
    while line < scan.lines.len() && body.len() < MAX_ROWS {
        let Some(here) = scan.lines.get(line) else { break };
        if here.is_blank() || row_details::is_rule(scan, here) {
            // One blank line may stand between rows; a second one ends the table.
            blanks += usize::from(here.is_blank());
            if blanks > 1 {
                break;
            }
            line += 1;
            continue;
        }
        if tables.below.iter().any(|below| below.lines.contains(&line)) {
            tables.lines.insert(line);
            line += 1;
            continue;
        }
        let cells = cells(scan, line);
        let goes_on = |next: usize| next < scan.lines.len() && is_data(scan, next, desk);
        let one = cells.iter().filter(|cell| has_alnum(scan, cell)).count() == 1;
        if let Some(section) = sections::at(scan, line, desk).filter(|_| one)
            && goes_on(sections::below(scan, line))
        {
            tables.sections.push(section.of(head_line));
            blanks = 0;
            line += 1;
            continue;
        }
        if one
            && blanks == 0
            && let Some((row, _)) = body.last()
            && let Some(detail) = row_details::at(scan, *row, line, desk)
        {
            line = tables.take_detail(detail);
            continue;
        }
        if row_details::end_table(scan, line, &cells) {
            break;
        }
        if cells.len() < 2 || headings(scan, line, desk).is_some() {
            // One cell may go on with the description of the row above.
            let below = cells.len() == 1 && !body.is_empty() && blanks == 0;
            let goes_on = below && row_details::only_words(scan, &cells);
            let indented = here.indented || cells.first().is_some_and(|c| c.column > 0);
            // The pages of a file have no indentation.
            let described = matches!(scan.part, Part::Attachment(_))
                && cells.len() == 1
                && by_columns::only_describes(scan, line, body.last().map(|(row, _)| *row), desk)
                && (line + 1..line + 4).any(|next| is_data(scan, next, desk));
            if goes_on && indented || below && described {
                tables.lines.insert(line);
                tables.notes.extend(body.last().map(|(row, _)| (*row, line)));
                line += 1;
                continue;
            }
            // A page of a file may end within the table.
            if cells.len() < 2
                && let Some(next) = profile::next_page(scan, line, &body, desk)
            {
                let totals = (line..next).filter(|at| is_total(scan, &self::cells(scan, *at)));
                tables.lines.extend(totals);
                line = next;
                continue;
            }
            break;
        }
        blanks = 0;
        body.push((line, cells));
        line += 1;
    }
    (body, line)
}

/// A line of cells that are no headings.
fn is_data(scan: &Scan<'_>, line: usize, desk: &Desk<'_>) -> bool {
    cells(scan, line).len() >= 2 && headings(scan, line, desk).is_none()
}

/// The headings with what the cells below them tell of their columns.
fn roles(
    scan: &Scan<'_>,
    head_line: usize,
    body: &mut [(usize, Vec<Cell>)],
    heads: &[Heading],
    desk: &Desk<'_>,
    tables: &mut Tables,
) -> Vec<Heading> {
    let tabbed = scan.lines.get(head_line).is_some_and(|l| l.tabbed);
    let mut heads = heads.to_vec();
    profile::part_units(scan, body, &heads, desk);
    profile::units(scan, head_line, body, &mut heads, tabbed);
    profile::positions(scan, body, &mut heads, tabbed);
    profile::own_codes(scan, body, &mut heads, tabbed, desk);
    let cells = cells(scan, head_line);
    let undated = by_columns::dates(scan, &cells, body, &mut heads, tabbed, desk);
    tables.draft.problems.extend(undated);
    tables.draft.problems.extend(profile::checked(scan, body, &heads, tabbed));
    tables.draft.problems.extend(unsaid::find(scan, &cells, body, &heads, tabbed, desk));
    heads
}

/// Reads the rows below headings; the line behind the table.
fn rows(
    scan: &Scan<'_>,
    head_line: usize,
    heads: &[Heading],
    desk: &Desk<'_>,
    tables: &mut Tables,
) -> usize {
    let tabbed = scan.lines.get(head_line).is_some_and(|l| l.tabbed);
    let last_head = head_words::second_line(scan, head_line);
    let (mut body, line) = below(scan, last_head, desk, tables);
    if body.is_empty() {
        return head_line + 1;
    }
    let told = no_order(scan, head_line, desk);
    if let Some(aside) = profile::history(scan, head_line, &body, told.is_some(), desk) {
        tables.aside.push(aside);
        return line;
    }
    tables.headed = true;
    tables.sections.extend(sections::above(scan, head_line, desk));
    tables.draft.problems.extend(told);
    let heads = roles(scan, head_line, &mut body, heads, desk, tables);
    let head_cells = cells(scan, head_line);
    let table = Table { scan, head_cells: &head_cells, heads: &heads, body: &body, tabbed };
    tables.draft.problems.extend(table.doubts());
    sections::take_head(scan, head_line, tabbed, tables);
    tables.lines.insert(last_head);
    let stock = by_columns::has_stock(scan, &cells(scan, head_line));
    let states = profile::states(scan, &body, &heads, tabbed);
    let mut left_out = Vec::new();
    let first = tables.draft.wishes.len();
    let mut block = tables.draft.wishes.len();
    let mut rows = 0;
    for (line, cells) in &body {
        let places = columns(cells, &heads, tabbed);
        let label = |place: &usize| heads.get(*place).and_then(|h| h.label);
        let mut row: Vec<(Option<Label>, &Cell)> =
            places.iter().map(label).zip(cells.iter()).collect();
        let detail = row_details::code_below(*line, &tables.details);
        row_details::take_in(scan, &mut row, detail.as_ref(), desk);
        let total = is_total_row(scan, &row, desk) || row_details::is_label(scan, &row);
        if total || !is_row(scan, &row) {
            if total || rows > 0 {
                tables.lines.insert(*line);
                tables.draft.problems.extend(totals::turned(scan, cells, desk.lang));
            }
            continue;
        }
        tables.lines.insert(*line);
        rows += 1;
        if states.as_ref().is_some_and(|states| states.is_cancelled(scan, cells, &places)) {
            continue;
        }
        block += 1;
        let mut wish = wish_of(scan, &row, u32::try_from(block).unwrap_or(u32::MAX), desk);
        dated_below::date(&mut wish, *line, &tables.below);
        let doubts = doubts(scan, &row, *line, &wish, tables, desk);
        tables.draft.problems.extend(doubts);
        if by_columns::has_foreign_comma(scan, &row, desk) {
            wish.amount = Some(Amount::Bad);
        }
        let under =
            cells.iter().zip(&places).filter_map(|(cell, at)| Some((heads.get(*at)?, cell)));
        relations::settle(scan, &under.collect::<Vec<_>>(), desk, &mut wish);
        left_out.push(by_columns::left_out(scan, &row));
        tables.draft.wishes.push(wish);
        tables.rows.push((*line, head_line));
    }
    let kept = by_columns::kept(scan, &tables.draft.wishes, first, &left_out, stock);
    let last = heads.last().is_some_and(|head| head.label == Some(Label::Quantity));
    tables.last &= last;
    let wished = tables.draft.wishes.get(first..).unwrap_or_default();
    let kept = tables.explained.kept(wished, kept, last);
    tables.keep(first, &kept);
    let undated = column_doubts::day_for_rows_below(&heads, tables.draft.wishes.get(first..));
    tables.draft.problems.extend(undated);
    line
}

/// What stands beside the goods of a row, or below it, and may turn it.
fn doubts(
    scan: &Scan<'_>,
    row: &[(Option<Label>, &Cell)],
    line: usize,
    wish: &Wish,
    tables: &Tables,
    desk: &Desk<'_>,
) -> Vec<Problem> {
    if wish.amount.is_none() {
        return rows::doubted_alone(scan, row, wish).into_iter().collect();
    }
    let from = tables.notes.partition_point(|(row, _)| *row < line);
    let notes = tables.notes.iter().skip(from).take_while(|(row, _)| *row == line);
    let below = notes.filter_map(|(_, note)| doubted_below(scan, line, *note, wish, desk));
    let mut doubts: Vec<Problem> =
        by_columns::doubted(scan, row, usize::try_from(wish.block).unwrap_or(usize::MAX))
            .into_iter()
            .chain(doubted_name(scan, row, wish, desk))
            .chain(doubted_cell(scan, row, wish, desk))
            .chain(doubted_mark(scan, row, wish))
            .chain(doubted_number(scan, row, wish, desk))
            .chain(below)
            .chain(by_columns::dated_remark(scan, row, wish, desk))
            .collect();
    // Of one cell, one word is enough.
    doubts.dedup_by(|one, other| one.words == other.words);
    doubts
}

/// A row names a product or a quantity.
pub(crate) fn is_row(scan: &Scan<'_>, row: &[(Option<Label>, &Cell)]) -> bool {
    let filled = |wanted: &dyn Fn(Label) -> bool| {
        row.iter().any(|(label, cell)| label.is_some_and(wanted) && has_alnum(scan, cell))
    };
    let coded = filled(&|l| names(l) && l != Label::Name);
    let quantity = filled(&|l| l == Label::Quantity);
    let name = filled(&|l| l == Label::Name);
    quantity
        || coded
        || (name && row.iter().any(|(l, c)| *l == Some(Label::Delivery) && has_alnum(scan, c)))
}

/// Whether there is a letter or a digit in a cell.
pub(crate) fn has_alnum(scan: &Scan<'_>, cell: &Cell) -> bool {
    cell.tokens.clone().any(|i| scan.token(i).is_some_and(crate::reading::text::Token::is_alnum))
}

/// What speaks against a table that has products and quantities.
pub(crate) fn no_order(scan: &Scan<'_>, head_line: usize, desk: &Desk<'_>) -> Option<Problem> {
    let told =
        reports(scan, &cells(scan, head_line)) || sections::is_no_order(scan, head_line, desk);
    told.then(|| is_none(scan, head_line))
}

/// That the table below some headings orders nothing.
pub(crate) fn is_none(scan: &Scan<'_>, head_line: usize) -> Problem {
    let words = scan.lines.get(head_line).map_or("", |l| scan.words(l.span));
    Problem {
        code: ProblemCode::NotAnOrder,
        message: "The table tells what became of orders, or is one of several to choose from."
            .into(),
        words: crate::reading::text::clip(words, 80),
        block: None,
        field: None,
    }
}

/// Whether headings are those of a report on orders, not of an order: 'delivered', 'open'.
fn reports(scan: &Scan<'_>, cells: &[Cell]) -> bool {
    cells.iter().any(|cell| {
        let tokens = scan.tokens.get(cell.tokens.clone()).unwrap_or_default();
        let back = |t: &crate::reading::text::Token| {
            words!("return returned retour rucksendung reklamation reso motivo").has(&t.folded)
        };
        tokens.len() <= 5 && tokens.iter().any(back) || tokens.len() <= 2
            && tokens.iter().any(|t| {
                words!(
                    "revised old new change servido leveren defect reason return alt neu alte neue ancien ancienne nouveau nouvelle vecchio nuovo planned delivered shipped received open outstanding backlog accepted rejected result returned geliefert offen ausgeliefert restmenge \
                     rucksstand ruckstand erhalten ergebnis livre livree recu reste reliquat solde evaso evasa residuo ricevuto consegnato spedito \
                     entregado pendiente recibido geleverd openstaand ontvangen"
                )
                .has(&t.folded)
            })
    })
}

//! HTML as a person reads it: hidden and struck-through text left out, tables row by row, and
//! what the sender's program marked as a quote or a signature marked.

mod colour;
mod elements;
mod page;
mod style;
mod table;
mod token;

pub(super) use page::Mark;

use elements::{Element, Kind};
use page::Flow;
use style::{Sheet, Style};
use table::Table;
use token::{Tag, Token, Tokens};

/// Deepest nesting of elements that is followed; what lies deeper is read as if it were there.
const MAX_DEPTH: usize = 500;
/// Deepest nesting of tables; deeper ones are read as plain blocks.
const MAX_TABLES: usize = 20;
/// How far up an end tag looks for its element.
const MAX_SEARCH: usize = 100;

/// HTML as text.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// LF line endings; cells of a row apart by a tab.
    pub(super) text: String,
    /// One for each line of the text.
    pub(super) marks: Vec<Mark>,
    /// Text that the page holds out of sight.
    pub(super) unseen: String,
}

/// Most bytes that are kept of what a page holds out of sight.
const MAX_UNSEEN: usize = 20_000;

/// Reads a page.
pub(super) fn read(html: &str) -> Page {
    let mut reader = Reader::default();
    reader.flows.push(Flow::default());
    for token in Tokens::new(html) {
        match token {
            Token::Text(text) => reader.text(text),
            Token::Open(tag) => reader.open(&tag),
            Token::Close(name) => reader.close(&elements::lower(name)),
            Token::Style(css) => reader.sheet.read(css),
        }
    }
    reader.finish()
}

/// Where a cell's text goes, and what it was opened on.
struct OpenCell {
    /// Elements that were open outside the cell.
    elements: usize,
    colspan: usize,
    rowspan: usize,
}

/// A table that is being read, with its open cell.
struct OpenTable {
    table: Table,
    /// Elements that were open outside the table, the table itself not counted.
    elements: usize,
    cell: Option<OpenCell>,
}

#[derive(Default)]
struct Reader {
    sheet: Sheet,
    /// Innermost last; each ends in the state that its children inherit.
    elements: Vec<Element>,
    /// Elements beyond [`MAX_DEPTH`].
    too_deep: usize,
    tables: Vec<OpenTable>,
    /// One for the page, one for each open cell.
    flows: Vec<Flow>,
    /// The next text begins the heading of a quoted mail.
    cut: bool,
    unseen: String,
}

impl Reader {
    fn state(&self) -> elements::State {
        self.elements.last().map(|element| element.state).unwrap_or_default()
    }

    fn mark(&self) -> Mark {
        let state = self.state();
        Mark { quote: state.quote, signature: state.signature, cut: self.cut }
    }

    fn flow(&mut self) -> &mut Flow {
        if self.flows.is_empty() {
            self.flows.push(Flow::default());
        }
        let last = self.flows.len() - 1;
        // There is one: pushed above where there was none.
        #[expect(clippy::indexing_slicing, reason = "the index is the length less one")]
        &mut self.flows[last]
    }

    fn text(&mut self, text: &str) {
        let state = self.state();
        if state.is_unseen() && self.unseen.len() + text.len() <= MAX_UNSEEN {
            self.unseen.push_str(&token::unescape(text));
            self.unseen.push('\n');
        }
        if text.is_empty() || !state.is_shown() {
            return;
        }
        let text = token::unescape(text);
        let mark = self.mark();
        self.flow().write(&text, state.pre, mark);
        if self.cut && text.contains(|c: char| !c.is_whitespace()) {
            self.cut = false;
        }
    }

    /// Writes something that the page shows without it being text.
    fn show(&mut self, text: &str) {
        if self.state().is_shown() {
            let mark = self.mark();
            self.flow().write(text, true, mark);
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let name = elements::lower(tag.name);
        let kind = Kind::of(&name);
        let found = elements::Attributes::read(tag);
        let style = self.sheet.style(&name, found.class, found.id).and(found.style);
        match kind {
            Kind::Break => {
                if self.state().is_shown() {
                    let mark = self.mark();
                    self.flow().break_line(mark);
                }
                return;
            }
            Kind::Rule => {
                self.cut |= elements::is_cut(&found);
                self.flow().end_line();
                self.show("________________________________");
                self.flow().end_line();
                return;
            }
            Kind::Void => {
                let shown = self.state().child(kind, &name, &found, style).is_shown();
                if let Some(typed) = found.typed().filter(|_| shown && name == "input") {
                    self.text(&format!(" {typed} "));
                }
                return;
            }
            Kind::Inline if name.contains(':') && tag.self_closing() => return,
            _ => {}
        }
        self.close_implied(kind, &name);
        let tight = style.tight || found.class.starts_with("Mso");
        let set_apart = kind == Kind::Paragraph && !tight;
        match kind {
            Kind::Inline => {}
            Kind::Definition => self.flow().join_line(),
            Kind::Table => self.open_table(),
            Kind::Row => self.open_row(),
            Kind::Cell => self.open_cell(found.colspan, found.rowspan),
            _ if set_apart => self.flow().end_paragraph(),
            _ => self.flow().end_line(),
        }
        self.cut |= elements::is_cut(&found);
        self.push(kind, &name, &found, style, set_apart);
        if kind == Kind::Item {
            self.bullet(found.value);
        }
    }

    /// Opens an element whose children inherit what it is.
    fn push(
        &mut self,
        kind: Kind,
        name: &str,
        found: &elements::Attributes<'_>,
        style: Style,
        set_apart: bool,
    ) {
        if self.elements.len() >= MAX_DEPTH {
            self.too_deep += 1;
            return;
        }
        let state = self.state().child(kind, name, found, style);
        let number = (name == "ol").then_some(found.start.unwrap_or(1));
        self.elements.push(Element { name: name.into(), kind, state, number, set_apart });
    }

    /// Writes what stands before a list item.
    fn bullet(&mut self, value: Option<u32>) {
        let list = self.elements.iter_mut().rev().find(|element| element.kind == Kind::List);
        let number = list.and_then(|list| {
            let number = value.or(list.number)?;
            list.number = Some(number.saturating_add(1));
            Some(number)
        });
        if self.state().is_shown() {
            let bullet = number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
            self.flow().set_bullet(bullet);
        }
    }

    /// Closes what the writer left open and this element cannot be in.
    fn close_implied(&mut self, kind: Kind, name: &str) {
        let in_paragraph = self.elements.last().is_some_and(|top| top.name.as_ref() == "p");
        match kind {
            Kind::Item => {
                let base = self.base();
                let inner = self.elements.get(base..).unwrap_or_default().iter().rev().take(20);
                let mut until_list = inner.take_while(|element| element.kind != Kind::List);
                if until_list.any(|element| element.kind == Kind::Item) {
                    self.close(name);
                }
            }
            Kind::Inline | Kind::Cell | Kind::Row => {}
            _ if in_paragraph => self.close("p"),
            _ => {}
        }
    }

    /// Elements that are open outside the innermost cell or table.
    fn base(&self) -> usize {
        self.tables
            .last()
            .map_or(0, |open| open.cell.as_ref().map_or(open.elements + 1, |cell| cell.elements))
    }

    fn close(&mut self, name: &str) {
        let kind = Kind::of(name);
        match kind {
            Kind::Break => return self.open_break(),
            Kind::Rule | Kind::Void => return,
            Kind::Table => return self.close_table(),
            Kind::Row => return self.close_row(),
            Kind::Cell => return self.close_cell(),
            _ => {}
        }
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let base = self.base();
        let open = self.elements.get(base..).unwrap_or_default();
        let mut near = open.iter().enumerate().rev().take(MAX_SEARCH);
        let Some((at, element)) = near.find(|(_, element)| element.name.as_ref() == name) else {
            return;
        };
        let set_apart = element.set_apart;
        self.elements.truncate(base + at);
        match kind {
            Kind::Inline => {}
            _ if set_apart => self.flow().end_paragraph(),
            _ => self.flow().end_line(),
        }
    }

    /// `</br>` is read as `<br>`.
    fn open_break(&mut self) {
        let mark = self.mark();
        self.flow().break_line(mark);
    }

    fn open_table(&mut self) {
        self.flow().end_line();
        if self.tables.len() < MAX_TABLES && self.elements.len() < MAX_DEPTH {
            let elements = self.elements.len();
            self.tables.push(OpenTable { table: Table::default(), elements, cell: None });
        }
    }

    fn open_row(&mut self) {
        self.close_row();
        match self.tables.last_mut() {
            Some(open) => open.table.open_row(),
            None => self.flow().end_line(),
        }
    }

    fn open_cell(&mut self, colspan: usize, rowspan: usize) {
        self.close_cell();
        let elements = self.elements.len();
        if let Some(open) = self.tables.last_mut() {
            open.cell = Some(OpenCell { elements, colspan, rowspan });
            self.flows.push(Flow::default());
        } else {
            self.flow().end_line();
        }
    }

    fn close_cell(&mut self) {
        let Some(open) = self.tables.last_mut() else { return };
        let Some(cell) = open.cell.take() else { return };
        self.elements.truncate(cell.elements);
        self.too_deep = 0;
        if let Some(flow) = self.flows.pop() {
            open.table.push_cell(flow.finish(), cell.colspan, cell.rowspan);
        }
    }

    fn close_row(&mut self) {
        self.close_cell();
        if let Some(open) = self.tables.last_mut() {
            open.table.close_row();
            // Of the open elements only the table and what groups its rows stay.
            let keep = open.elements + 1;
            let groups = self.elements.get(keep..).unwrap_or_default().iter();
            let groups = groups.take_while(|element| element.kind == Kind::RowGroup).count();
            self.elements.truncate(keep + groups);
        }
    }

    fn close_table(&mut self) {
        self.close_row();
        let Some(open) = self.tables.pop() else { return };
        self.elements.truncate(open.elements);
        let (lines, data) = open.table.finish();
        if data {
            self.flow().end_paragraph();
        }
        self.flow().append(lines);
        if data {
            self.flow().end_paragraph();
        }
    }

    fn finish(mut self) -> Page {
        while !self.tables.is_empty() {
            self.close_table();
        }
        let mut page = Page { unseen: self.unseen, ..Page::default() };
        for line in self.flows.into_iter().flat_map(Flow::finish) {
            if !page.marks.is_empty() {
                page.text.push('\n');
            }
            page.text.push_str(line.text.trim_end());
            page.marks.push(line.mark);
        }
        page
    }
}

#[cfg(test)]
mod tests;

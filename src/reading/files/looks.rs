//! What a person sees of a spreadsheet beside the values of its cells: rows that are struck out or
//! hidden, white letters, number formats with words, comments, text boxes, headers and footers.

use std::collections::BTreeSet;
use std::io::Read as _;

use flate2::read::DeflateDecoder;
use foldhash::HashMap;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::formats::{self, Format};
use super::sheet::{self, Entry};
use super::xml::{self, Node};

/// Most bytes of one part of the archive, unpacked.
const MAX_PART: u64 = 32 << 20;
/// Most remarks that are kept, and letters of each.
const MAX_REMARKS: usize = 200;
const MAX_REMARK: usize = 2_000;

/// How a workbook looks.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// Of each sheet, by name.
    pub(super) sheets: HashMap<String, SheetLook>,
    /// What it says outside of its cells.
    pub(super) remarks: Vec<String>,
    /// What leaves open what is ordered.
    pub(super) doubts: Vec<String>,
}

/// How a sheet looks.
#[derive(Debug, Default)]
pub(super) struct SheetLook {
    /// Rows that are struck out as a whole, from 0.
    pub(super) struck: BTreeSet<u32>,
    /// What is written behind the number of a cell: 'box'.
    pub(super) units: HashMap<(u32, u32), String>,
}

/// How a cell looks.
#[derive(Debug, Default, Clone)]
struct Style {
    struck: bool,
    white: bool,
    format: Format,
}

/// How an XLSX file looks; nothing where it is none.
pub(super) fn of(bytes: &[u8]) -> Looks {
    let Some(entries) = sheet::entries(bytes) else { return Looks::default() };
    let part = |name: &str| {
        let entry = entries.iter().find(|entry| entry.name == name)?;
        unpacked(bytes, entry)
    };
    let tree = |name: &str| xml::parse(&part(name)?).ok();
    let mut looks = Looks::default();
    let (Some(book), Some(links)) = (tree("xl/workbook.xml"), tree("xl/_rels/workbook.xml.rels"))
    else {
        return looks;
    };
    let styles = tree("xl/styles.xml").map(|root| styles(&root)).unwrap_or_default();
    // What is hidden is not read.
    let seen = |sheet: &&Node| sheet.attribute("state").is_none_or(|state| state == "visible");
    let sheets = book.child("sheets").into_iter().flat_map(|sheets| sheets.all("sheet"));
    let sheets: Vec<&Node> = sheets.filter(seen).collect();
    for sheet in &sheets {
        let (Some(name), Some(id)) = (sheet.attribute("name"), sheet.attribute("id")) else {
            continue;
        };
        // An 'archive' may lie beside an order.
        if sheets.len() == 1 {
            looks.remarks.push(name.to_owned());
        }
        let link = links.children.iter().find(|link| link.attribute("Id") == Some(id));
        let target = link.and_then(|link| link.attribute("Target")).unwrap_or_default();
        let target = target.trim_start_matches('/').trim_start_matches("xl/");
        let Some(text) = part(&format!("xl/{target}")) else { continue };
        let look = rows(&text, &styles, &mut looks);
        looks.sheets.insert(name.to_owned(), look);
    }
    let struck = |name| part(name).is_some_and(|text| text.contains("<strike"));
    if struck("xl/sharedStrings.xml") {
        looks.doubts.push("words are struck out".to_owned());
    }
    said(&entries, &tree, &mut looks);
    if looks.remarks.len() > MAX_REMARKS {
        looks.doubts.push("more remarks than are read".to_owned());
    }
    looks.remarks.truncate(MAX_REMARKS);
    looks
}

/// Comments, text boxes, and the document's own title.
fn said(entries: &[Entry], tree: &dyn Fn(&str) -> Option<Node>, looks: &mut Looks) {
    for entry in entries {
        let comment = entry.name.starts_with("xl/")
            && (entry.name.contains("comments") || entry.name.contains("threadedComments"));
        let drawing = entry.name.starts_with("xl/drawings/drawing");
        if !comment && !drawing && entry.name != "docProps/core.xml" {
            continue;
        }
        let Some(root) = tree(&entry.name) else { continue };
        for node in pieces(&root, if comment { "comment" } else { "txBody" }) {
            let words = all_text(node);
            if comment && words.contains(|c: char| c.is_ascii_digit()) {
                looks.doubts.push(clipped(&words));
            }
            looks.remarks.push(clipped(&words));
        }
        let told = ["title", "subject", "description", "keywords"];
        let told = told.into_iter().filter_map(|name| root.text_at(&[name]));
        looks.remarks.extend(told.map(clipped));
    }
}

fn clipped(words: &str) -> String {
    words.chars().take(MAX_REMARK).collect()
}

/// Elements of a name, wherever they stand.
fn pieces<'a>(root: &'a Node, name: &str) -> Vec<&'a Node> {
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if node.name == name || name == "comment" && node.name == "threadedComment" {
            found.push(node);
        } else {
            open.extend(&node.children);
        }
    }
    found
}

fn all_text(node: &Node) -> String {
    let mut words = node.text.clone();
    for child in &node.children {
        let inner = all_text(child);
        if !inner.is_empty() {
            words.push(' ');
            words.push_str(&inner);
        }
    }
    words
}

fn unpacked(bytes: &[u8], entry: &Entry) -> Option<String> {
    let packed = bytes.get(entry.start..entry.start.checked_add(entry.length)?)?;
    let mut text = Vec::new();
    if entry.deflated {
        DeflateDecoder::new(packed).take(MAX_PART).read_to_end(&mut text).ok()?;
    } else {
        text.extend_from_slice(packed);
    }
    Some(super::csv::decode(&text, None))
}

/// The looks of cells by the number that cells state (ECMA-376, 18.8.10).
fn styles(root: &Node) -> Vec<Style> {
    let list = |name: &str| root.child(name).map(|n| n.children.as_slice()).unwrap_or_default();
    let formats: HashMap<&str, String> = list("numFmts")
        .iter()
        .filter_map(|f| {
            Some((f.attribute("numFmtId")?, f.attribute("formatCode")?.replace("&quot;", "\"")))
        })
        .collect();
    let (fonts, fills) = (list("fonts"), list("fills"));
    let style = |xf: &Node| {
        let at = |name: &str| xf.attribute(name).and_then(|n| n.parse::<usize>().ok());
        let font = at("fontId").and_then(|at| fonts.get(at));
        let fill = at("fillId").and_then(|at| fills.get(at));
        let format = xf.attribute("numFmtId").unwrap_or_default();
        Style {
            struck: font.and_then(|f| f.child("strike")).is_some_and(is_on),
            white: font.and_then(|f| f.child("color")).is_some_and(is_white)
                && !fill.is_some_and(is_dark),
            format: formats::of(format, formats.get(format).map(String::as_str)),
        }
    };
    list("cellXfs").iter().map(style).collect()
}

fn is_on(node: &Node) -> bool {
    !matches!(node.attribute("val"), Some("0" | "false"))
}

fn is_white(color: &Node) -> bool {
    color.attribute("rgb").is_some_and(|rgb| rgb.to_ascii_uppercase().ends_with("FFFFFF"))
        || color.attribute("theme") == Some("0") && color.attribute("tint").is_none()
        || matches!(color.attribute("indexed"), Some("1" | "9"))
}

/// A cell with a colour behind its letters.
fn is_dark(fill: &Node) -> bool {
    let Some(pattern) = fill.child("patternFill") else { return true };
    !matches!(pattern.attribute("patternType"), None | Some("none"))
        && !pattern.child("fgColor").is_some_and(is_white)
}

/// A row of a sheet while it is read.
#[derive(Debug, Default)]
struct Row {
    number: u32,
    hidden: bool,
    /// Column, look, and whether a number, of each cell with something in it.
    cells: Vec<(u32, usize, bool)>,
    open: Option<(u32, usize, bool)>,
}

fn rows(text: &str, styles: &[Style], looks: &mut Looks) -> SheetLook {
    let mut reader = Reader::from_str(text);
    let (mut look, mut row) = (SheetLook::default(), Row::default());
    let (mut first, mut footer) = (true, None::<String>);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => match start.local_name().as_ref() {
                "row" => row.begin(&start),
                "c" => row.cell(&start),
                "v" | "t" => row.cells.extend(row.open.take()),
                "strike" if row.number > 0 => looks.doubts.push("words are struck out".into()),
                "headerFooter" => footer = Some(String::new()),
                _ => {}
            },
            Ok(Event::Empty(start)) => match start.local_name().as_ref() {
                "row" => row.begin(&start),
                "strike" if row.number > 0 => looks.doubts.push("words are struck out".into()),
                _ => {}
            },
            Ok(Event::Text(text)) => {
                if let Some(footer) = &mut footer {
                    footer.push_str(&text.xml_content(XmlVersion::Implicit1_0));
                }
            }
            // '&amp;' before the sign of a part.
            Ok(Event::GeneralRef(_)) => footer.iter_mut().for_each(|footer| footer.push('&')),
            Ok(Event::End(end)) => match end.local_name().as_ref() {
                "row" => {
                    row.end(styles, &mut first, &mut look, &mut looks.doubts);
                }
                "headerFooter" => {
                    let said = footer.take().map(|said| clipped(&formats::without_codes(&said)));
                    looks.remarks.extend(said);
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    look
}

impl Row {
    fn begin(&mut self, start: &BytesStart<'_>) {
        let number = attribute(start, "r").and_then(|r| r.parse().ok());
        let hidden = attribute(start, "hidden").is_some_and(|h| matches!(h.as_str(), "1" | "true"));
        let number = number.unwrap_or(self.number.saturating_add(1));
        *self = Self { number, hidden, ..Self::default() };
    }

    fn cell(&mut self, start: &BytesStart<'_>) {
        let after = self.cells.last().map_or(0, |(column, ..)| column.saturating_add(1));
        let column = attribute(start, "r").and_then(|r| column(&r)).unwrap_or(after);
        let style = attribute(start, "s").and_then(|s| s.parse().ok()).unwrap_or(0);
        let number = attribute(start, "t").is_none_or(|t| t == "n");
        self.open = Some((column, style, number));
    }

    fn end(
        &self,
        styles: &[Style],
        first: &mut bool,
        look: &mut SheetLook,
        doubts: &mut Vec<String>,
    ) {
        let style = |at: usize| styles.get(at);
        let is = |of: fn(&Style) -> bool| {
            move |(_, at, _): &(u32, usize, bool)| style(*at).is_some_and(of)
        };
        if self.cells.is_empty() {
            return;
        }
        let line = self.number.saturating_sub(1);
        let (struck, white) = (is(|s| s.struck), is(|s| s.white));
        if self.cells.iter().all(&struck) {
            look.struck.insert(line);
        } else if self.cells.iter().any(&struck) {
            doubts.push(format!("row {} is struck out in part", self.number));
        } else if self.hidden && self.cells.len() > 1 {
            doubts.push(format!("row {} is hidden", self.number));
        } else if !*first && self.cells.iter().all(&white) {
            doubts.push(format!("row {} is white", self.number));
        }
        *first = false;
        for (column, at, _) in self.cells.iter().filter(|(_, _, number)| *number) {
            match style(*at).map(|style| &style.format) {
                Some(Format::Unit(unit)) => {
                    look.units.insert((line, *column), unit.clone());
                }
                Some(Format::Odd(code)) if !look.struck.contains(&line) => {
                    doubts.push(format!("row {}: number format {code}", self.number));
                }
                _ => {}
            }
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes().take(50).flatten();
    let found = attributes.find(|a| a.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

/// The column of 'B12', from 0.
fn column(reference: &str) -> Option<u32> {
    let letters = reference.bytes().take_while(u8::is_ascii_uppercase);
    let number = letters.fold(0_u32, |n, c| {
        n.saturating_mul(26).saturating_add(u32::from(c.saturating_sub(b'A')) + 1)
    });
    number.checked_sub(1)
}

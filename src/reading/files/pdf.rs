//! The text of a PDF, laid out as on its pages: one line per baseline, a tab where a wide gap is.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Encoding, LoadOptions, Object, ObjectId};

use super::Extract;

/// Most pages that are read.
const MAX_PAGES: usize = 60;
/// Most that one stream may unpack to, in bytes.
const MAX_STREAM: usize = 8 << 20;
/// Most files within the file that are read.
const MAX_EMBEDDED: usize = 5;
/// Most bytes of what a file says of itself.
const MAX_TITLE: usize = 1_000;
/// Most pieces of text on a page.
const MAX_PIECES: usize = 40_000;

/// A piece of text with its place, in points.
struct Piece {
    x: f32,
    y: f32,
    end: f32,
    size: f32,
    text: String,
}

/// The text of all pages, and XML files in it. No text where the file cannot be read or holds
/// none: a scan.
pub(super) fn extract(bytes: &[u8]) -> Extract {
    // A belt over the braces: the bytes are a stranger's, and the library is not ours.
    let opened = catch_unwind(AssertUnwindSafe(|| {
        let document = open(bytes)?;
        let (text, embedded, remarks) = (pages(&document), embedded(&document), titles(&document));
        Some(Extract { text, embedded, remarks, ..Extract::default() })
    }));
    let mut extract = opened.ok().flatten().unwrap_or_default();
    let letters = |text: &String| text.chars().filter(|c| c.is_alphanumeric()).count();
    // A few words on a page are no order, but may say what becomes of one.
    if let Some(few) = extract.text.take_if(|text| letters(text) < 20) {
        extract.remarks.push(few);
    }
    extract
}

fn open(bytes: &[u8]) -> Option<Document> {
    let options = LoadOptions { max_decompressed_size: Some(MAX_STREAM), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).ok()?;
    (!document.is_encrypted()).then_some(document)
}

/// Files within the file (PDF 32000-1, 7.11.4) that are XML.
fn embedded(document: &Document) -> Vec<String> {
    let stream = |object: &Object| {
        let file = object.as_dict().ok()?.get(b"EF").ok()?;
        let file = document.dereference(file).ok()?.1.as_dict().ok()?;
        let stream = file.get(b"F").or_else(|_| file.get(b"UF")).ok()?;
        let stream = document.dereference(stream).ok()?.1.as_stream().ok()?;
        let bytes = stream.get_plain_content_with_limit(MAX_STREAM).ok()?;
        let text = super::csv::decode(&bytes, None);
        text.trim_start().starts_with('<').then_some(text)
    };
    document.objects.values().filter_map(stream).take(MAX_EMBEDDED).collect()
}

/// What the file says of itself (PDF 32000-1, 14.3.3).
fn titles(document: &Document) -> Vec<String> {
    let info = document.trailer.get(b"Info").and_then(|info| document.dereference(info));
    let Some(info) = info.ok().and_then(|(_, info)| info.as_dict().ok()) else { return Vec::new() };
    let told = |key: &&[u8]| {
        let words = info.get(key).ok()?;
        let words = document.dereference(words).ok()?.1.as_str().ok()?;
        let text = super::csv::decode(words, None);
        (text.len() <= MAX_TITLE).then_some(text)
    };
    [b"Title".as_slice(), b"Subject", b"Keywords"].iter().filter_map(told).collect()
}

fn pages(document: &Document) -> Option<String> {
    let mut text = String::new();
    let pages = document.get_pages();
    if pages.len() > MAX_PAGES {
        return None;
    }
    for page in pages.into_values() {
        text.push_str(&layout(pieces(document, page)?));
        text.push('\n');
    }
    Some(text)
}

/// Widths of the letters from the blank to the tilde (Adobe Core 14, Helvetica).
const HELVETICA: [i16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// A font as far as widths and letters need it.
struct Font<'a> {
    encoding: Option<Encoding<'a>>,
    first: i64,
    widths: Vec<f32>,
    two_bytes: bool,
}

impl<'a> Font<'a> {
    fn new(document: &'a Document, font: &'a Dictionary) -> Self {
        let widths = font.get(b"Widths").ok().and_then(|w| document.dereference(w).ok());
        let widths = widths.and_then(|(_, w)| w.as_array().ok().cloned()).unwrap_or_default();
        let widths: Vec<f32> = widths.iter().map(|w| w.as_float().unwrap_or(500.0)).collect();
        let first = font.get(b"FirstChar").and_then(Object::as_i64).unwrap_or(0);
        // The fonts that each reader has of its own come without widths.
        let named = font.get(b"BaseFont").and_then(Object::as_name).unwrap_or_default();
        let own =
            widths.is_empty() && (named.starts_with(b"Helvetica") || named.starts_with(b"Arial"));
        let (first, widths) =
            if own { (32, HELVETICA.map(f32::from).to_vec()) } else { (first, widths) };
        Self {
            encoding: font.get_font_encoding_with_limit(document, MAX_STREAM).ok(),
            first,
            widths,
            two_bytes: font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Type0"),
        }
    }

    fn decode(&self, bytes: &[u8]) -> String {
        let decoded = self.encoding.as_ref().and_then(|e| Document::decode_text(e, bytes).ok());
        decoded.unwrap_or_else(|| bytes.iter().map(|b| char::from(*b)).collect())
    }

    /// Width of some bytes, in thousandths of the font's size.
    fn width(&self, bytes: &[u8]) -> f32 {
        if self.two_bytes {
            #[expect(clippy::cast_precision_loss, reason = "a piece of text is short")]
            let count = (bytes.len() / 2) as f32;
            return count * 500.0;
        }
        bytes
            .iter()
            .map(|b| {
                let place = usize::try_from(i64::from(*b) - self.first).ok();
                place.and_then(|p| self.widths.get(p)).copied().unwrap_or(500.0)
            })
            .sum()
    }
}

type Matrix = [f32; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: Matrix, b: Matrix) -> Matrix {
    let [a0, a1, a2, a3, a4, a5] = a;
    let [b0, b1, b2, b3, b4, b5] = b;
    [
        a0 * b0 + a1 * b2,
        a0 * b1 + a1 * b3,
        a2 * b0 + a3 * b2,
        a2 * b1 + a3 * b3,
        a4 * b0 + a5 * b2 + b4,
        a4 * b1 + a5 * b3 + b5,
    ]
}

/// Six numbers as a matrix.
fn matrix(numbers: &[f32]) -> Matrix {
    let mut matrix = IDENTITY;
    for (slot, number) in matrix.iter_mut().zip(numbers) {
        *slot = *number;
    }
    matrix
}

/// The text state of PDF 32000-1, 9.3 and 9.4.
struct State {
    page: Matrix,
    saved: Vec<Matrix>,
    text: Matrix,
    line: Matrix,
    leading: f32,
    size: f32,
    spacing: f32,
    word_spacing: f32,
    font: Vec<u8>,
    hidden: bool,
}

fn pieces(document: &Document, page: ObjectId) -> Option<Vec<Piece>> {
    let content = document.get_page_content_with_limit(page, MAX_STREAM).ok()?;
    let content = Content::decode(&content).ok()?;
    let fonts = document.get_page_fonts(page).unwrap_or_default();
    let fonts: BTreeMap<Vec<u8>, Font<'_>> =
        fonts.into_iter().map(|(name, font)| (name, Font::new(document, font))).collect();
    let mut state = State {
        page: IDENTITY,
        saved: Vec::new(),
        text: IDENTITY,
        line: IDENTITY,
        leading: 0.0,
        size: 10.0,
        spacing: 0.0,
        word_spacing: 0.0,
        font: Vec::new(),
        hidden: false,
    };
    let mut pieces = Vec::new();
    for operation in &content.operations {
        if pieces.len() >= MAX_PIECES {
            return None;
        }
        let numbers: Vec<f32> =
            operation.operands.iter().filter_map(|o| o.as_float().ok()).collect();
        state.step(&operation.operator, &operation.operands, &numbers, &fonts, &mut pieces);
    }
    Some(pieces)
}

impl State {
    fn step(
        &mut self,
        operator: &str,
        operands: &[Object],
        numbers: &[f32],
        fonts: &BTreeMap<Vec<u8>, Font<'_>>,
        pieces: &mut Vec<Piece>,
    ) {
        match (operator, numbers) {
            ("q", _) if self.saved.len() < 100 => self.saved.push(self.page),
            ("Q", _) => self.page = self.saved.pop().unwrap_or(self.page),
            ("cm", [..]) if numbers.len() == 6 => self.page = times(matrix(numbers), self.page),
            ("BT", _) => (self.text, self.line) = (IDENTITY, IDENTITY),
            ("Tm", [..]) if numbers.len() == 6 => {
                self.line = matrix(numbers);
                self.text = self.line;
            }
            ("Td", [x, y]) => self.move_by(*x, *y),
            ("TD", [x, y]) => {
                self.leading = -y;
                self.move_by(*x, *y);
            }
            ("TL", [leading]) => self.leading = *leading,
            ("T*", _) => self.move_by(0.0, -self.leading),
            ("Tc", [spacing]) => self.spacing = *spacing,
            ("Tw", [spacing]) => self.word_spacing = *spacing,
            ("Tr", [mode]) => self.hidden = (*mode - 3.0).abs() < 0.1,
            ("Tf", _) => {
                if let Some(Object::Name(name)) = operands.first() {
                    self.font.clone_from(name);
                }
                self.size = numbers.first().copied().unwrap_or(self.size);
            }
            ("Tj", _) => self.show_all(operands, fonts, pieces),
            ("'", _) => {
                self.move_by(0.0, -self.leading);
                self.show_all(operands, fonts, pieces);
            }
            ("\"", _) => {
                self.move_by(0.0, -self.leading);
                self.show_all(operands.get(2..).unwrap_or_default(), fonts, pieces);
            }
            ("TJ", _) => {
                if let Some(Object::Array(parts)) = operands.first() {
                    self.show_all(parts, fonts, pieces);
                }
            }
            _ => {}
        }
    }

    fn move_by(&mut self, x: f32, y: f32) {
        self.line = times([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn show_all(
        &mut self,
        parts: &[Object],
        fonts: &BTreeMap<Vec<u8>, Font<'_>>,
        pieces: &mut Vec<Piece>,
    ) {
        for part in parts {
            match part {
                Object::String(bytes, _) => self.show(bytes, fonts, pieces),
                other => {
                    if let Ok(back) = other.as_float() {
                        self.text =
                            times([1.0, 0.0, 0.0, 1.0, -back / 1000.0 * self.size, 0.0], self.text);
                    }
                }
            }
        }
    }

    fn show(&mut self, bytes: &[u8], fonts: &BTreeMap<Vec<u8>, Font<'_>>, pieces: &mut Vec<Piece>) {
        let font = fonts.get(&self.font);
        let text = font
            .map_or_else(|| bytes.iter().map(|b| char::from(*b)).collect(), |f| f.decode(bytes));
        #[expect(clippy::cast_precision_loss, reason = "a piece of text is short")]
        let (count, blanks) = (bytes.len() as f32, text.matches(' ').count() as f32);
        let wide = font.map_or(count * 500.0, |f| f.width(bytes));
        let advance = wide / 1000.0 * self.size + count * self.spacing + blanks * self.word_spacing;
        let [_, _, _, _, x, y] = times(self.text, self.page);
        self.text = times([1.0, 0.0, 0.0, 1.0, advance, 0.0], self.text);
        let [a, b, _, _, end, _] = times(self.text, self.page);
        let scale = (a * a + b * b).sqrt();
        if !self.hidden && !text.is_empty() && x.is_finite() && y.is_finite() {
            pieces.push(Piece { x, y, end, size: self.size * scale, text });
        }
    }
}

/// Where cells begin behind wide gaps. A long word before may leave a narrow one on another line.
fn columns(lines: &[Vec<Piece>]) -> Vec<f32> {
    let pairs = lines.iter().flat_map(|line| line.windows(2));
    let begins = pairs.filter_map(|pair| match pair {
        [one, two] => (two.x - one.end > 0.9 * two.size).then_some(two.x),
        _ => None,
    });
    begins.collect()
}

/// Lines from the top down, pieces from left to right; a gap wider than a letter and a half parts
/// cells.
fn layout(mut pieces: Vec<Piece>) -> String {
    pieces.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let same = lines.last().and_then(|l| l.first()).is_some_and(|first| {
            (first.y - piece.y).abs() < 0.35 * first.size.max(piece.size).max(4.0)
        });
        match lines.last_mut().filter(|_| same) {
            Some(line) => line.push(piece),
            None => lines.push(vec![piece]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    let columns = columns(&lines);
    let mut text = String::new();
    let mut before: Option<(f32, f32)> = None;
    for line in lines {
        if let (Some((y, size)), Some(first)) = (before, line.first())
            && y - first.y > 2.2 * size.max(first.size)
        {
            text.push('\n');
        }
        before = line.first().map(|p| (p.y, p.size));
        let mut end: Option<f32> = None;
        for piece in &line {
            let gap = end.map_or(0.0, |end| piece.x - end);
            let aligned = || columns.iter().filter(|x| (**x - piece.x).abs() < 0.6).count() >= 2;
            if end.is_some() && (gap > 0.9 * piece.size || gap > 0.15 * piece.size && aligned()) {
                text.push('\t');
            } else if end.is_some() && gap > 0.15 * piece.size && !text.ends_with(' ') {
                text.push(' ');
            }
            text.push_str(&piece.text.replace(['\t', '\n', '\r'], " "));
            end = Some(piece.end);
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(x: f32, y: f32, text: &str) -> Piece {
        #[expect(clippy::cast_precision_loss, reason = "short")]
        let end = x + text.len() as f32 * 5.0;
        Piece { x, y, end, size: 10.0, text: text.into() }
    }

    #[test]
    fn pieces_become_lines_and_cells() {
        let text = layout(vec![
            piece(10.0, 700.0, "SKU"),
            piece(200.0, 700.2, "Qty"),
            piece(10.0, 686.0, "A-1"),
            piece(200.0, 686.0, "12"),
            piece(10.0, 640.0, "Hello"),
            piece(37.0, 640.0, "there"),
        ]);
        assert_eq!(text, "SKU\tQty\nA-1\t12\n\nHello there\n");
    }

    #[test]
    fn what_is_no_pdf_is_not_read() {
        assert_eq!(extract(b"%PDF-1.4 nothing"), Extract::default());
    }
}

//! Attached files: each becomes a text with one row per line and a tab between cells, which the
//! common forms then read. Offsets of evidence count in that text.

mod csv;
mod edifact;
mod orders;
mod pdf;
mod sheet;
mod xml;

use serde::{Deserialize, Serialize};

use super::cues::{self, Cues};
use super::perils::{self, Sentence};
use super::text::Scan;
use super::types::Part;
use crate::mail::Attachment;

/// Largest file that is read, in bytes; larger ones are for a person.
const MAX_FILE: usize = 8 << 20;
/// Longest text that a file may become, in bytes.
const MAX_TEXT: usize = 4 << 20;

/// Most rows of a file; one with more is for a person.
pub(super) const MAX_ROWS: usize = 12_000;

/// A blank line between two sheets.
pub(super) const NEXT_SHEET: &str = "\u{c}\n";

/// What an attached file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// Rows of cells, or lines.
    Text(String),
    /// A document with a schema that is an order, as rows, and whom it names as the seller.
    Order(String, Option<String>),
    /// A document that is none: an invoice, a quotation, an order response.
    NoOrder,
    /// A change of an order.
    Change,
    /// May hold an order, but cannot be read.
    Unreadable,
    /// A file that holds no order: a logo, a signature, a calendar entry.
    Nothing,
    /// A file of a foreign format, to be opened by [`extract`].
    Closed(Vec<u8>),
}

/// What [`extract`] found in a file of a foreign format.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extract {
    /// Its text: one row per line, a tab between cells. `None` where it cannot be read.
    text: Option<String>,
    /// XML files within it.
    embedded: Vec<String>,
}

/// Opens a PDF or a spreadsheet.
///
/// What opens them is large code of others, and who sends the file chooses what it does: a stack
/// that overflows ends the process. So whoever must not end calls this in a process of its own,
/// and gives what it returns to [`Opened::fill`](super::Opened::fill).
#[must_use]
pub fn extract(bytes: &[u8]) -> Extract {
    let mut extract = if leading(bytes).starts_with(b"%PDF") {
        pdf::extract(bytes)
    } else {
        Extract { text: sheet::text(bytes), embedded: Vec::new() }
    };
    extract.text = extract.text.filter(|text| text.len() <= MAX_TEXT);
    extract
}

/// What an opened file is, and the pages of one whose data counts: of a PDF with an order as XML
/// in it, the XML.
pub(super) fn of_extract(extract: Extract) -> (Content, Option<String>) {
    let mut embedded = extract.embedded.iter().map(|xml| of_text(xml, "xml"));
    let known = |c: &Content| matches!(c, Content::Order(..) | Content::NoOrder | Content::Change);
    match embedded.find(known) {
        Some(data) => (data, extract.text),
        None => (extract.text.map_or(Content::Unreadable, Content::Text), None),
    }
}

/// Reads an attached file by its bytes; its name and type are hints only.
pub(super) fn read(file: &Attachment) -> Content {
    let bytes = file.bytes.as_slice();
    let ending = file.name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
    let ending = ending.as_str();
    if harmless(file, ending) {
        return Content::Nothing;
    }
    if bytes.len() > MAX_FILE {
        return Content::Unreadable;
    }
    let content = if is_foreign(bytes) {
        Content::Closed(bytes.to_vec())
    } else if is_image(bytes) {
        // A picture that is not part of the HTML may be a scanned order.
        Content::Unreadable
    } else {
        of_text(&csv::decode(bytes, file.charset.as_deref()), ending)
    };
    match content {
        Content::Text(text) | Content::Order(text, _) if text.len() > MAX_TEXT => {
            Content::Unreadable
        }
        other => other,
    }
}

/// A PDF, a ZIP archive (XLSX, ODS), or an OLE file (XLS).
fn is_foreign(bytes: &[u8]) -> bool {
    leading(bytes).starts_with(b"%PDF")
        || bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

fn leading(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
    bytes.get(start..).unwrap_or_default()
}

fn is_image(bytes: &[u8]) -> bool {
    [b"\x89PNG".as_slice(), b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF"]
        .iter()
        .any(|magic| bytes.starts_with(magic))
}

/// Files that come with mails and hold no order.
fn harmless(file: &Attachment, ending: &str) -> bool {
    let small_picture =
        file.media_type.starts_with("image/") && (file.inline || file.bytes.len() < 20_000);
    small_picture
        || matches!(
            ending,
            "vcf"
                | "ics"
                | "p7s"
                | "asc"
                | "sig"
                | "html"
                | "htm"
                | "css"
                | "gif"
                | "ico"
                | "svg"
                | "eml"
        )
        || matches!(
            file.media_type.as_str(),
            "text/calendar"
                | "text/vcard"
                | "text/x-vcard"
                | "application/pgp-signature"
                | "application/pkcs7-signature"
                | "application/x-pkcs7-signature"
                | "text/html"
                | "message/rfc822"
                | "message/delivery-status"
        )
        || file.bytes.is_empty()
}

fn of_text(text: &str, ending: &str) -> Content {
    let start = text.trim_start();
    if start.starts_with('<') {
        return match xml::parse(start) {
            Ok(root) => orders::read(&root),
            Err(_) => Content::Unreadable,
        };
    }
    if start.starts_with("UNA") || start.starts_with("UNB+") || start.starts_with("UNH+") {
        return edifact::read(start);
    }
    let control = text.chars().take(4_000).filter(|c| c.is_control() && !c.is_whitespace()).count();
    if control > 4 || matches!(ending, "json" | "zip" | "rar" | "7z" | "exe" | "doc") {
        return Content::Unreadable;
    }
    if start.is_empty() {
        return Content::Nothing;
    }
    csv::rows(text).map_or(Content::Unreadable, Content::Text)
}

/// Whether a remark in a document with a schema may say that it is no order, or another one: 'test,
/// do not process', 'line cancelled'. What it says of terms of business says nothing of this order.
fn is_perilous(remark: &str) -> bool {
    const TERMS: [&str; 6] =
        ["conditions", "terms", "bedingungen", "condizioni", "condiciones", "voorwaarden"];
    let cues = Cues::CANCEL.and(Cues::CHANGE).and(Cues::STANDING).and(Cues::QUOTE);
    remark.split(['.', ';', '\n']).any(|sentence| {
        let scan = Scan::whole(Part::Text, sentence);
        let folded = scan.folded(0..scan.tokens.len());
        let sentence = Sentence { folded: &folded, lang: None, priced: true, goods: false };
        let told = cues::of(&folded).has(cues) || perils::has(sentence);
        told && !TERMS.iter().any(|terms| folded.contains(terms))
    })
}

/// A cell's text: on one line and without tabs.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

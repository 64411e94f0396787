//! Attached files: each becomes a text with one row per line and a tab between cells, which the
//! common forms then read. Offsets of evidence count in that text.

mod csv;
mod edifact;
mod formats;
mod looks;
mod orders;
mod pdf;
mod remarks;
mod sheet;
mod xml;

use serde::{Deserialize, Serialize};

use crate::mail::{self, Attachment, Fault};

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
    /// What it says outside of its rows: comments, footers, text boxes.
    #[serde(default)]
    pub(super) remarks: Vec<String>,
    /// What a person sees that leaves open what is ordered: a row that is struck out in part.
    #[serde(default)]
    pub(super) doubts: Vec<String>,
}

/// Opens a PDF or a spreadsheet.
///
/// What opens them is large code of others, and who sends the file chooses what it does: a stack
/// that overflows ends the process. So whoever must not end calls this in a process of its own,
/// and gives what it returns to [`Opened::fill`](crate::reading::Opened::fill).
#[must_use]
pub fn extract(bytes: &[u8]) -> Extract {
    let mut extract = if leading(bytes).starts_with(b"%PDF") {
        pdf::extract(bytes)
    } else {
        sheet::extract(bytes)
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
    } else if is_page(file, ending) {
        page(bytes)
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
            "vcf" | "ics" | "p7s" | "asc" | "sig" | "css" | "gif" | "ico" | "svg" | "eml"
        )
        || matches!(
            file.media_type.as_str(),
            "text/calendar"
                | "text/vcard"
                | "text/x-vcard"
                | "application/pgp-signature"
                | "application/pkcs7-signature"
                | "application/x-pkcs7-signature"
                | "message/rfc822"
                | "message/delivery-status"
        )
        || file.bytes.is_empty()
}

fn is_page(file: &Attachment, ending: &str) -> bool {
    file.media_type == "text/html" || matches!(ending, "html" | "htm")
}

/// A page as a person sees it, read as the HTML of a mail is.
fn page(bytes: &[u8]) -> Content {
    let mut mail = b"Content-Type: text/html\r\n\r\n".to_vec();
    mail.extend_from_slice(bytes);
    let mail = mail::parse(&mail, &mail::Limits::default(), &mail::OwnAddresses::default());
    match mail.html_text.filter(|_| mail.faults.iter().all(|f| *f == Fault::NoSender)) {
        Some(text) if text.full.trim().is_empty() => Content::Nothing,
        Some(text) => Content::Text(text.full),
        None => Content::Unreadable,
    }
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

/// A cell's text: on one line and without tabs.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! Attached files: each becomes a text with one row per line and a tab between cells, which the
//! common forms then read. Offsets of evidence count in that text.

mod csv;
mod edifact;
mod orders;
mod pdf;
mod sheet;
mod xml;

use crate::mail::Attachment;

/// Largest file that is read, in bytes; larger ones are for a person.
const MAX_FILE: usize = 8 << 20;
/// Longest text that a file may become, in bytes.
const MAX_TEXT: usize = 4 << 20;

/// What an attached file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// Rows of cells, or lines.
    Text(String),
    /// A document with a schema that is an order, as rows.
    Order(String),
    /// A document that is none: an invoice, a quotation, an order response.
    NoOrder,
    /// A change of an order.
    Change,
    /// May hold an order, but cannot be read.
    Unreadable,
    /// A file that holds no order: a logo, a signature, a calendar entry.
    Nothing,
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
    let content = if bytes.starts_with(b"%PDF") || leading(bytes).starts_with(b"%PDF") {
        pdf::text(bytes).map_or(Content::Unreadable, Content::Text)
    } else if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        sheet::text(bytes).map_or(Content::Unreadable, Content::Text)
    } else if is_image(bytes) {
        // A picture that is not part of the HTML may be a scanned order.
        Content::Unreadable
    } else {
        of_text(&csv::decode(bytes, file.charset.as_deref()), ending)
    };
    match content {
        Content::Text(text) | Content::Order(text) if text.len() > MAX_TEXT => Content::Unreadable,
        other => other,
    }
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
    if start.is_empty() { Content::Nothing } else { Content::Text(csv::rows(text)) }
}

/// A cell's text: on one line and without tabs.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

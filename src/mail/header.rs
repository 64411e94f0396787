//! The header section: fields as they stand, decoded where a person or the rest of us reads them.

use std::borrow::Cow;

use mail_parser::{HeaderName, Message, MessageParser};

use super::decode;
use super::types::Address;
use super::words;

/// Addresses of one field that are read.
const MAX_ADDRESSES: usize = 100;
/// Message-IDs of one field that are read.
const MAX_IDS: usize = 100;
/// Longest Message-ID, in bytes (RFC 5322 section 2.1.1: the longest line).
const MAX_ID: usize = 998;

/// A field as it stands in the mail.
#[derive(Debug, Clone, Copy)]
struct Field<'a> {
    name: &'a [u8],
    /// After the colon, folded, with its line ends.
    value: &'a [u8],
}

/// The header section of a mail or of one of its parts.
#[derive(Debug, Default)]
pub(super) struct Header<'a> {
    fields: Vec<Field<'a>>,
    /// The section was longer than allowed and was cut.
    pub(super) cut: bool,
}

impl<'a> Header<'a> {
    /// Splits `bytes` at the first empty line into header and body.
    ///
    /// Lines that are no field (mbox `From ` lines, junk) are passed over. A section beyond
    /// `limit` bytes is cut there.
    pub(super) fn split(bytes: &'a [u8], limit: usize) -> (Self, &'a [u8]) {
        let mut header = Self::default();
        let mut rest = skip_empty_lines(bytes);
        let mut open: Option<(&'a [u8], usize)> = None;
        let section = rest;
        let at = |rest: &[u8]| section.len() - rest.len();
        loop {
            let start = at(rest);
            let (line, next) = split_line(rest);
            let folded = line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
            let empty = trim_line_end(line).is_empty();
            if !folded || empty {
                if start > limit {
                    header.cut = true;
                    return (header, after_empty_line(rest));
                }
                if let Some((name, value_start)) = open.take() {
                    let value = section.get(value_start..start).unwrap_or_default();
                    header.fields.push(Field { name, value });
                }
                if empty {
                    return (header, next);
                }
                open = field_name(line).map(|name| (name, start + colon(line) + 1));
            }
            rest = next;
        }
    }

    /// No field at all.
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The first field of this name, folded, byte by byte.
    pub(super) fn bytes(&self, name: &str) -> Option<&'a [u8]> {
        let named = |field: &&Field<'_>| field.name.eq_ignore_ascii_case(name.as_bytes());
        self.fields.iter().find(named).map(|field| field.value)
    }

    /// The first field of this name, unfolded, otherwise as it stands.
    pub(super) fn raw(&self, name: &str) -> Option<Cow<'a, str>> {
        self.raw_all(name).next()
    }

    /// All fields of this name, unfolded, otherwise as they stand.
    pub(super) fn raw_all(&self, name: &str) -> impl Iterator<Item = Cow<'a, str>> {
        self.fields
            .iter()
            .filter(move |field| field.name.eq_ignore_ascii_case(name.as_bytes()))
            .map(|field| unfold(field.value))
    }

    /// The names of all fields.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a [u8]> {
        self.fields.iter().map(|field| field.name)
    }

    /// The first field of this name with its encoded words decoded, on one line.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.raw(name).map(|value| one_line(&words::decode(&value)))
    }

    /// Message-IDs of the first field of this name, without angle brackets; the last
    /// [`MAX_IDS`] where there are more, since the latest say most.
    pub(super) fn ids(&self, name: &str) -> Vec<String> {
        let mut ids = self.raw(name).map(|value| message_ids(&value)).unwrap_or_default();
        if ids.len() > MAX_IDS {
            ids.drain(..ids.len() - MAX_IDS);
        }
        ids
    }

    /// The structured fields, read by the parser.
    pub(super) fn structured(&self) -> Structured {
        const READ: [&str; 8] = [
            "From",
            "Reply-To",
            "To",
            "Cc",
            "Date",
            "Content-Type",
            "Content-Disposition",
            "Content-Transfer-Encoding",
        ];
        let mut section = String::new();
        for name in READ {
            if let Some(value) = self.raw(name) {
                section.push_str(name);
                section.push_str(": ");
                section.push_str(&one_line(&words::normalise(&value)));
                section.push('\n');
            }
        }
        section.push('\n');
        Structured(section)
    }
}

/// Fields that only a parser should read, cleaned for it.
pub(super) struct Structured(String);

impl Structured {
    /// Reads them; `None` where there is none.
    pub(super) fn parse(&self) -> Option<Message<'_>> {
        MessageParser::default().parse_headers(self.0.as_str())
    }
}

/// The addresses of one field, those that are none left out.
pub(super) fn addresses(message: &Message<'_>, name: HeaderName<'static>) -> Vec<Address> {
    let Some(list) = message.header(name).and_then(|value| value.as_address()) else {
        return Vec::new();
    };
    let read = |addr: &mail_parser::Addr<'_>| {
        let email = clean_email(addr.address()?)?;
        let name = one_line(addr.name().unwrap_or_default());
        let name = name
            .trim_matches(|c| matches!(c, '"' | '\'' | '<' | '>' | ' '))
            .chars()
            .take(200)
            .collect();
        Some(Address { name, email })
    };
    list.iter().take(MAX_ADDRESSES).filter_map(read).collect()
}

/// `local@domain` in lower case; `None` where the text is no address.
pub(super) fn clean_email(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(|c| matches!(c, '<' | '>' | '\'' | '"')).trim();
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let (local, domain) = text.rsplit_once('@')?;
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';');
    let sound = !local.is_empty()
        && !domain.is_empty()
        && text.len() <= 254
        && !text.contains(odd)
        && !domain.contains(['@', '"', '(', ')', ':', '\\']);
    sound.then(|| text.to_lowercase())
}

/// The text with every run of white space and control characters made one space, trimmed.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if !word.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    line
}

/// Everything that looks like `<local@domain>`, or like `local@domain` where nothing is bracketed.
fn message_ids(value: &str) -> Vec<String> {
    let sound = |id: &&str| !id.is_empty() && id.len() <= MAX_ID && id.contains('@');
    let clean = |id: &str| id.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    if value.contains('<') {
        // A bracket that is never closed ends at the next one that opens.
        let pieces = value.split('<').skip(1);
        let ids = pieces.map(|piece| piece.split('>').next().unwrap_or_default());
        ids.map(clean).filter(|id| sound(&id.as_str())).collect()
    } else {
        value.split([' ', '\t', ',', ';']).filter(sound).map(str::to_owned).collect()
    }
}

/// A field's value on one line: line ends removed, as RFC 5322 section 2.2.3 unfolds.
fn unfold(value: &[u8]) -> Cow<'_, str> {
    let value = value.trim_ascii();
    let text = decode::utf8_or_1252(value);
    if text.contains(['\r', '\n']) { text.replace(['\r', '\n'], "").into() } else { text }
}

/// The name, if the line is a field.
fn field_name(line: &[u8]) -> Option<&[u8]> {
    let name = line.get(..colon(line))?.trim_ascii_end();
    let printable = |byte: &u8| matches!(byte, 33..=126);
    (!name.is_empty() && name.len() <= 100 && name.iter().all(printable)).then_some(name)
}

/// Offset of the first colon, or of the line's end.
fn colon(line: &[u8]) -> usize {
    line.iter().position(|&byte| byte == b':').unwrap_or(usize::MAX - 1)
}

/// The first line with its line end, and what follows it.
pub(super) fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |at| at + 1);
    bytes.split_at(end)
}

/// The line without its line end.
pub(super) fn trim_line_end(line: &[u8]) -> &[u8] {
    let mut line = line.strip_suffix(b"\n").unwrap_or(line);
    while let Some(shorter) = line.strip_suffix(b"\r") {
        line = shorter;
    }
    line
}

fn skip_empty_lines(mut bytes: &[u8]) -> &[u8] {
    while let Some(rest) = bytes.strip_prefix(b"\n").or_else(|| bytes.strip_prefix(b"\r\n")) {
        bytes = rest;
    }
    bytes
}

/// What follows the first empty line.
fn after_empty_line(mut bytes: &[u8]) -> &[u8] {
    while !bytes.is_empty() {
        let (line, rest) = split_line(bytes);
        if trim_line_end(line).is_empty() {
            return rest;
        }
        bytes = rest;
    }
    bytes
}

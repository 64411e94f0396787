//! The parts of a mail (RFC 2046), in one pass over its lines, bounded in depth and number.
//!
//! Own code rather than the parser's, because its time and memory must stay linear in the size
//! of whatever a stranger sends, and because what is malformed should still be read.

use mail_parser::{ContentType, HeaderName, MimeHeaders as _};

use super::decode::Transfer;
use super::header::{Header, one_line, split_line, trim_line_end};
use super::types::{Fault, Limits};

/// Longest boundary that is believed (RFC 2046 section 5.1.1 allows 70).
const MAX_BOUNDARY: usize = 200;

/// What a part's header says about its content.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each on its own")]
pub(super) struct Kind {
    /// In lower case; `text/plain` where nothing sound is stated.
    pub(super) media_type: String,
    pub(super) charset: Option<String>,
    /// File name as stated, without any path; empty where none is stated.
    pub(super) name: String,
    pub(super) transfer: Transfer,
    /// Meant as a file.
    pub(super) attachment: bool,
    /// Meant to be shown.
    pub(super) inline: bool,
    /// Something may refer to it.
    pub(super) has_content_id: bool,
    /// `format=flowed` (RFC 3676).
    pub(super) flowed: bool,
    /// `delsp=yes` (RFC 3676).
    pub(super) delsp: bool,
    /// A calendar's `method` parameter, in lower case.
    pub(super) method: Option<String>,
    /// The `report-type` of a `multipart/report`, in lower case.
    pub(super) report_type: Option<String>,
    boundary: Option<String>,
}

impl Kind {
    pub(super) fn of(header: &Header<'_>) -> Self {
        let structured = header.structured();
        let message = structured.parse();
        let content_type = message.as_ref().and_then(|message| {
            message.header(HeaderName::ContentType).and_then(|value| value.as_content_type())
        });
        let disposition = message.as_ref().and_then(|message| message.content_disposition());
        let attribute =
            |name: &str| content_type.and_then(|kind| attribute(kind, name)).map(str::to_owned);
        let lower = |name: &str| attribute(name).map(|value| value.trim().to_ascii_lowercase());
        let name = disposition
            .and_then(|kind| self::attribute(kind, "filename"))
            .map(str::to_owned)
            .or_else(|| attribute("name"))
            .map(|name| file_name(&name))
            .unwrap_or_default();
        let is = |wanted: &str| {
            disposition.is_some_and(|kind| kind.ctype().eq_ignore_ascii_case(wanted))
        };
        Self {
            media_type: content_type.and_then(media_type).unwrap_or_else(|| "text/plain".into()),
            charset: attribute("charset"),
            name,
            transfer: header
                .raw("Content-Transfer-Encoding")
                .map_or(Transfer::Plain, |value| Transfer::named(&value)),
            attachment: is("attachment"),
            inline: is("inline"),
            has_content_id: header.bytes("Content-ID").is_some(),
            flowed: lower("format").as_deref() == Some("flowed"),
            delsp: lower("delsp").as_deref() == Some("yes"),
            method: lower("method"),
            report_type: lower("report-type"),
            boundary: attribute("boundary").filter(|text| (1..=MAX_BOUNDARY).contains(&text.len())),
        }
    }

    /// A body that is read as the mail's own text, not a file.
    pub(super) fn is_body(&self) -> bool {
        matches!(self.media_type.as_str(), "text/plain" | "text/html")
            && !self.attachment
            && self.name.is_empty()
    }
}

/// The value of a parameter, whose name may be in any case.
fn attribute<'a>(kind: &'a ContentType<'_>, name: &str) -> Option<&'a str> {
    let named = |attribute: &&mail_parser::Attribute<'_>| attribute.name.eq_ignore_ascii_case(name);
    kind.attributes()?.iter().find(named).map(|attribute| attribute.value.as_ref())
}

fn media_type(kind: &ContentType<'_>) -> Option<String> {
    let sound = |token: &str| {
        !token.is_empty() && token.len() <= 100 && token.bytes().all(|b| b.is_ascii_graphic())
    };
    let subtype = kind.subtype()?;
    (sound(kind.ctype()) && sound(subtype))
        .then(|| format!("{}/{subtype}", kind.ctype()).to_ascii_lowercase())
}

/// The last segment of a stated path, on one line, at most 200 characters.
fn file_name(stated: &str) -> String {
    let name = stated.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = one_line(name).chars().take(200).collect();
    if matches!(name.as_str(), "." | "..") { String::new() } else { name }
}

/// A part that holds content.
#[derive(Debug)]
pub(super) struct Leaf<'a> {
    pub(super) kind: Kind,
    /// As it stands, transfer encoding not undone.
    pub(super) body: &'a [u8],
    /// Number of the `multipart/alternative` that it is in, if any.
    pub(super) alternative: Option<usize>,
    /// Lies within a `multipart/related`.
    pub(super) related: bool,
}

/// A mail taken apart.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    /// What the mail as a whole says it is.
    pub(super) root: Kind,
    pub(super) leaves: Vec<Leaf<'a>>,
    pub(super) faults: Vec<Fault>,
}

impl Tree<'_> {
    fn fault(&mut self, fault: Fault) {
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }
}

/// An open multipart.
struct Frame {
    boundary: Vec<u8>,
    alternative: Option<usize>,
    related: bool,
}

/// Where in the mail a line stands.
enum At {
    /// Between parts: before the first, after the last, or in one that is not read.
    Outside,
    /// In the header of a part that began at this offset.
    Header(usize),
    /// In the content of a leaf that began at this offset.
    Body(usize, Box<Kind>),
}

/// Takes the body of a mail apart.
pub(super) fn walk<'a>(header: &Header<'_>, body: &'a [u8], limits: &Limits) -> Tree<'a> {
    let root = Kind::of(header);
    let mut walk = Walk {
        tree: Tree { root: root.clone(), leaves: Vec::new(), faults: Vec::new() },
        frames: Vec::new(),
        at: At::Outside,
        alternatives: 0,
        parts: 0,
        body,
        limits,
    };
    walk.open(root, 0);
    let mut rest = body;
    while !rest.is_empty() && (!walk.frames.is_empty()) {
        let start = body.len() - rest.len();
        let (line, next) = split_line(rest);
        let after = body.len() - next.len();
        if let Some((depth, last)) = walk.delimiter(line) {
            walk.close(start);
            walk.frames.truncate(if last { depth } else { depth + 1 });
            walk.at = if last { At::Outside } else { At::Header(after) };
            walk.parts += 1;
            if walk.parts > limits.parts {
                walk.tree.fault(Fault::TooManyParts);
                return walk.tree;
            }
        } else if let At::Header(from) = walk.at
            && trim_line_end(line).is_empty()
        {
            let (header, _) =
                Header::split(body.get(from..after).unwrap_or_default(), limits.header);
            if header.cut {
                walk.tree.fault(Fault::HeaderCut);
            }
            walk.open(Kind::of(&header), after);
        }
        rest = next;
    }
    walk.close(body.len());
    walk.tree
}

struct Walk<'a, 'l> {
    tree: Tree<'a>,
    frames: Vec<Frame>,
    at: At,
    alternatives: usize,
    /// Delimiters met, so at least as many as there are parts.
    parts: usize,
    body: &'a [u8],
    limits: &'l Limits,
}

impl Walk<'_, '_> {
    /// A part's header has ended, its content begins at `start`.
    fn open(&mut self, kind: Kind, start: usize) {
        let multipart = kind.media_type.strip_prefix("multipart/");
        let (Some(subtype), Some(boundary)) = (multipart, kind.boundary.as_deref()) else {
            // A multipart that nothing parts can only be read as one text.
            let media_type = multipart.map(|_| "text/plain".to_owned());
            let media_type = media_type.unwrap_or_else(|| kind.media_type.clone());
            self.at = At::Body(start, Box::new(Kind { media_type, ..kind }));
            return;
        };
        self.at = At::Outside;
        if self.frames.len() >= self.limits.depth {
            self.tree.fault(Fault::TooDeep);
            return;
        }
        let outer = self.frames.last();
        let mut alternative = outer.and_then(|frame| frame.alternative);
        if subtype == "alternative" && alternative.is_none() {
            self.alternatives += 1;
            alternative = Some(self.alternatives);
        }
        let related = subtype == "related" || outer.is_some_and(|frame| frame.related);
        let boundary = boundary.trim_end().as_bytes().to_vec();
        self.frames.push(Frame { boundary, alternative, related });
        if subtype == "encrypted" {
            self.tree.fault(Fault::Encrypted);
        }
    }

    /// The part that is open ends before `end`.
    fn close(&mut self, end: usize) {
        if let At::Body(start, kind) = std::mem::replace(&mut self.at, At::Outside) {
            let mut body = self.body.get(start..end).unwrap_or_default();
            if !self.frames.is_empty() && end < self.body.len() {
                // The line break before a delimiter belongs to it.
                body = trim_line_end(body);
            }
            let frame = self.frames.last();
            self.tree.leaves.push(Leaf {
                kind: *kind,
                body,
                alternative: frame.and_then(|frame| frame.alternative),
                related: frame.is_some_and(|frame| frame.related),
            });
        }
    }

    /// The open multipart, counted from the outermost, that the line delimits, and whether the
    /// line is its last.
    fn delimiter(&self, line: &[u8]) -> Option<(usize, bool)> {
        let text = line.strip_prefix(b"--")?.trim_ascii_end();
        self.frames.iter().enumerate().rev().find_map(|(depth, frame)| {
            match text.strip_prefix(frame.boundary.as_slice())? {
                b"" => Some((depth, false)),
                b"--" => Some((depth, true)),
                _ => None,
            }
        })
    }
}

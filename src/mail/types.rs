//! What a parsed mail holds.

use std::fmt;
use std::ops::Range;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// Identity of a mail, the same however often and through whatever route the mail arrives.
///
/// The first 128 bits, as 32 lower-case hexadecimal digits, of a SHA-256 over Message-ID, From,
/// Date, Subject and the body with line endings normalised. Trace headers (`Received`,
/// `Delivered-To`, `Return-Path`, `X-…`) are left out, since every fetch may add its own. Two
/// mails that share a Message-ID but differ in content are two mails.
///
/// Odoo's external ids derive from it, so it must never change between versions.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MailId(String);

impl MailId {
    /// Takes the first 16 bytes of a digest.
    #[must_use]
    pub fn from_digest(digest: &[u8]) -> Self {
        use std::fmt::Write as _;
        let mut hex = String::with_capacity(32);
        for byte in digest.iter().take(16) {
            let _ = write!(hex, "{byte:02x}");
        }
        Self(hex)
    }

    /// Reads an id back from its 32 hexadecimal digits; `None` if it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let ok = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        ok.then(|| Self(text.to_owned()))
    }

    /// The 32 hexadecimal digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MailId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for MailId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MailId({})", self.0)
    }
}

/// A mail address with its display name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// Display name, without quotes; empty where there is none.
    pub name: String,
    /// `local@domain`, trimmed and in lower case, as Odoo's `email_normalized` has it.
    pub email: String,
}

impl Address {
    /// The part after the last `@`; empty where there is none.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.email.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The address as logs may show it: `j…@example.com`.
    #[must_use]
    pub fn masked(&self) -> String {
        let first = self.email.chars().next().map(String::from).unwrap_or_default();
        format!("{first}…@{}", self.domain())
    }
}

/// Why no letter may ever answer a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Automatic {
    /// `Auto-Submitted` other than `no` (RFC 3834 section 5), or a vendor's equivalent.
    AutoReply,
    /// A delivery status notification or another bounce (RFC 3464), or a null return path.
    Bounce,
    /// A read receipt (RFC 8098).
    Receipt,
    /// `List-*` headers (RFC 2369, RFC 2919) or `Precedence: list`.
    List,
    /// `Precedence: bulk` or `junk`, `X-Auto-Response-Suppress`, newsletters.
    Bulk,
    /// A calendar invitation or answer (RFC 6047).
    Calendar,
    /// A mail of our own that came back.
    Own,
}

/// Something odd about the bytes, met while parsing. None of them stops the parse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The bytes have no usable header at all.
    NotAMail,
    /// No `From`, or one without an address.
    NoSender,
    /// Parts nest deeper than [`Limits::depth`]; what lies deeper was not read.
    TooDeep,
    /// More parts than [`Limits::parts`]; the rest was not read.
    TooManyParts,
    /// Text longer than [`Limits::text`] bytes; the rest was not read.
    TextCut,
    /// Longer than [`Limits::size`]; what lies behind was not read.
    TooLarge,
    /// A header section longer than [`Limits::header`]; the rest was not read.
    HeaderCut,
    /// The mail is encrypted (RFC 3156, RFC 8551); nothing to read.
    Encrypted,
    /// The parser gave up on these bytes.
    Broken,
}

/// Bounds on what one mail may cost. Sizes in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Whole mail.
    pub size: usize,
    /// Nesting of MIME parts.
    pub depth: usize,
    /// Number of MIME parts.
    pub parts: usize,
    /// Decoded text of all bodies.
    pub text: usize,
    /// Header section of the mail or of one part.
    pub header: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { size: 25 << 20, depth: 16, parts: 200, text: 2 << 20, header: 256 << 10 }
    }
}

/// The addresses that our own letters come from, so that a letter of ours that comes back is
/// known as ours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnAddresses {
    /// Whole addresses, in lower case. A mail from one of them is our own.
    pub addresses: Vec<String>,
    /// Domains, in lower case. A mail from there is not our own (colleagues forward orders), but
    /// a Message-ID of ours in it is, and a list there is our own shared mailbox, not a list.
    pub domains: Vec<String>,
    /// What our house is called, as far as it is known.
    pub names: Vec<String>,
}

impl OwnAddresses {
    /// Takes addresses in any case; their domains become our own domains.
    #[must_use]
    pub fn new<S: AsRef<str>>(addresses: impl IntoIterator<Item = S>) -> Self {
        let mut own = Self::default();
        for address in addresses {
            let address = address.as_ref().trim().to_lowercase();
            if let Some((_, domain)) = address.rsplit_once('@')
                && !own.domains.iter().any(|known| known == domain)
            {
                own.domains.push(domain.to_owned());
            }
            own.addresses.push(address);
        }
        own
    }

    /// With a name of our house; an empty one says nothing.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.names.extend(Some(name.trim().to_owned()).filter(|name| !name.is_empty()));
        self
    }

    /// What our house may be called by others: its names, and the names of its domains. Nothing
    /// where no name is known: a domain alone is often an abbreviation.
    #[must_use]
    pub fn house(&self) -> Vec<String> {
        let label = |domain: &String| domain.split('.').next().unwrap_or_default().to_owned();
        let domains = self.domains.iter().map(label).filter(|_| !self.names.is_empty());
        self.names.iter().cloned().chain(domains).collect()
    }

    /// Whether an address is ours, or of our domain.
    pub(super) fn has(&self, address: &Address) -> bool {
        self.addresses.contains(&address.email)
            || self.domains.iter().any(|domain| domain == address.domain())
    }
}

/// A body as text, split into what is new and what is not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The whole text, LF line endings.
    pub full: String,
    /// Byte range of the newly written text within `full`: no quoted mail, no signature. Where a
    /// reply is written between quotes, there is one range for each piece. The ranges are in
    /// order, do not touch, and lie on character boundaries.
    pub new: Vec<Range<usize>>,
    /// Byte ranges of what was taken for a signature, small print, or the note of a telephone:
    /// the sender's own, but not written for this mail. Whoever knows the catalogue can make
    /// sure that no order hides there.
    pub signature: Vec<Range<usize>>,
    /// Byte range within `full` of a mail that was forwarded inline, without its header block.
    /// It is never part of `new`: whoever forwards says in `new` what is meant with it.
    pub forwarded: Option<Range<usize>>,
}

impl Text {
    /// The newly written text, its pieces joined by a line break.
    #[must_use]
    pub fn newly_written(&self) -> String {
        let pieces = self.new.iter().filter_map(|range| self.full.get(range.clone()));
        pieces.collect::<Vec<_>>().join("\n")
    }
}

/// A file that came with the mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// File name as stated, without any path; empty where none is stated.
    pub name: String,
    /// Media type as stated, in lower case, such as `text/csv`.
    pub media_type: String,
    /// Content, transfer encoding undone.
    pub bytes: Vec<u8>,
    /// Charset as stated in its Content-Type, if any.
    pub charset: Option<String>,
    /// Shown within the HTML (a logo), not offered as a file.
    pub inline: bool,
}

/// A parsed mail.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Identity over content.
    pub id: MailId,
    /// Message-ID without angle brackets.
    pub message_id: Option<String>,
    /// Message-IDs of `In-Reply-To`, without angle brackets.
    pub in_reply_to: Vec<String>,
    /// Message-IDs of `References`, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// `From`. An empty address where the mail has none.
    pub from: Address,
    /// `Reply-To`, where it is another address than `From`.
    pub reply_to: Option<Address>,
    /// `To` and `Cc`.
    pub to: Vec<Address>,
    /// We have a copy only: another house stands in `To`, and we in `Cc`.
    pub copied: bool,
    /// Decoded, on one line.
    pub subject: String,
    /// `Date`, with its offset; `None` where it is absent or unreadable.
    pub date: Option<DateTime<FixedOffset>>,
    /// The plain-text body, or the HTML body as text where there is no other.
    pub text: Text,
    /// The HTML body as it came, if any.
    pub html: Option<String>,
    /// The same HTML body as text, if any.
    pub html_text: Option<Text>,
    /// What the HTML body holds out of sight: white on white, moved off the page.
    pub unseen: String,
    /// What else came with it.
    pub attachments: Vec<Attachment>,
    /// Why it must not be answered, where that is so.
    pub automatic: Option<Automatic>,
    /// `Content-Language` or `Accept-Language` as stated.
    pub stated_language: Option<String>,
    /// What was odd about it.
    pub faults: Vec<Fault>,
}

/// What a mail is filed under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Identity over content.
    pub id: MailId,
    /// Message-ID without angle brackets.
    pub message_id: Option<String>,
    /// `From`. An empty address where the mail has none.
    pub from: Address,
    /// Decoded, on one line.
    pub subject: String,
}

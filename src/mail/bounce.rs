//! What a bounce tells of the letter that came back: a delivery report (RFC 3464), or the words
//! and the copied header that older servers send instead.

use super::types::{Attachment, Automatic, Mail};

/// No more of one part is looked through, in bytes.
const MOST: usize = 256 << 10;
/// No more parts are looked through.
const PARTS: usize = 20;
/// No more Message-IDs are taken out.
const IDS: usize = 20;
/// Longest explanation, in characters.
const WORDS: usize = 300;

/// How servers say, without a report, that they go on trying. In lower case.
const STILL_TRYING: &[&str] = &[
    "delayed",
    "verzögert",
    "retardé",
    "ritardat",
    "will be retried",
    "will keep trying",
    "will continue to try",
    "continuing to try",
    "not yet been delivered",
    "do not need to resend",
    "warning message only",
];

/// What a bounce says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// Message-IDs of mails that it is about, without angle brackets.
    pub about: Vec<String>,
    /// Who could not be reached, where it says so; in lower case.
    pub recipient: Option<String>,
    /// It was given up; else it is still being tried.
    pub failed: bool,
    /// What the other server said, on one line.
    pub message: String,
}

/// What a mail tells of a mail that came back; `None` if it is no bounce, or names no mail.
#[must_use]
pub fn bounce(mail: &Mail) -> Option<Bounce> {
    if mail.automatic != Some(Automatic::Bounce) {
        return None;
    }
    let report = mail.attachments.iter().take(PARTS).find_map(report);
    let mut about = Vec::new();
    for part in mail.attachments.iter().take(PARTS).filter(|part| holds_header(part)) {
        ids(&text_of(&part.bytes), &mut about);
    }
    ids(head(&mail.text.full), &mut about);
    if report.is_some() {
        // An answer to our letter from nobody may be a note of absence; a report is none.
        about.extend(mail.in_reply_to.iter().take(IDS).cloned());
    }
    about.dedup();
    if about.is_empty() {
        return None;
    }
    Some(match report {
        Some(Report { recipient, failed, message }) => Bounce { about, recipient, failed, message },
        None => in_words(mail, about),
    })
}

fn holds_header(part: &Attachment) -> bool {
    part.media_type.starts_with("message/") || part.media_type == "text/rfc822-headers"
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.get(..MOST.min(bytes.len())).unwrap_or(bytes)).into_owned()
}

/// The beginning of a text.
fn head(text: &str) -> &str {
    let mut end = MOST.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// The Message-IDs of lines that begin with `Message-ID:`, quoted or not, folded or not.
fn ids(text: &str, found: &mut Vec<String>) {
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let bare = line.trim_start_matches(['>', ' ', '\t', '|']);
        let name = bare.get(..11).unwrap_or_default();
        let original = bare.get(..22).unwrap_or_default();
        let rest = if name.eq_ignore_ascii_case("message-id:") {
            bare.get(11..)
        } else if original.eq_ignore_ascii_case("x-original-message-id:") {
            bare.get(22..)
        } else {
            continue;
        };
        let rest = rest.unwrap_or_default().trim();
        let folded = lines.peek().copied().unwrap_or_default();
        let value = if rest.is_empty() { folded } else { rest };
        let id = value.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
        if let Some((id, _)) = id
            && found.len() < IDS
            && id.len() <= 250
            && !found.iter().any(|known| known == id)
        {
            found.push(id.to_owned());
        }
    }
}

/// One delivery report.
struct Report {
    recipient: Option<String>,
    failed: bool,
    message: String,
}

/// The report of the first recipient who was given up; of the first of all where none was.
fn report(part: &Attachment) -> Option<Report> {
    let kind = part.media_type.as_str();
    if !matches!(kind, "message/delivery-status" | "message/global-delivery-status") {
        return None;
    }
    let text = text_of(&part.bytes).replace("\r\n", "\n");
    let mut all = text.split("\n\n").filter_map(recipient).take(100);
    let first = all.next()?;
    if first.failed {
        return Some(first);
    }
    Some(all.find(|report| report.failed).unwrap_or(first))
}

/// The fields about one recipient (RFC 3464 section 2.3).
fn recipient(group: &str) -> Option<Report> {
    let unfolded = group.replace("\n ", " ").replace("\n\t", " ");
    let field = |wanted: &str| {
        unfolded.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.trim().eq_ignore_ascii_case(wanted).then(|| value.trim().to_owned())
        })
    };
    let action = field("Action")?.to_ascii_lowercase();
    // 'rfc822; ada@buyer.example'
    let typed = |value: String| value.split_once(';').map_or(value.clone(), |(_, v)| v.to_owned());
    let address = field("Original-Recipient").or_else(|| field("Final-Recipient")).map(typed);
    let address = address.map(|a| a.trim().trim_matches(['<', '>']).to_lowercase());
    let said = field("Diagnostic-Code").map(typed);
    let words = [field("Status"), said].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Some(Report {
        recipient: address.filter(|address| address.contains('@') && address.len() <= 254),
        failed: action.starts_with("failed"),
        message: one_line(&words),
    })
}

/// A bounce without a report. One that does not say that it goes on trying has given up.
fn in_words(mail: &Mail, about: Vec<String>) -> Bounce {
    let text = head(&mail.text.full);
    // Behind the copied header stands our own letter.
    let own = text.lines().take_while(|line| {
        let bare = line.trim_start_matches(['>', ' ', '\t', '|']);
        !bare.get(..11).unwrap_or_default().eq_ignore_ascii_case("message-id:")
    });
    let own: Vec<&str> = own.map(str::trim).filter(|line| !line.is_empty()).take(200).collect();
    let lower = format!("{}\n{}", mail.subject, own.join("\n")).to_lowercase();
    let failed = !STILL_TRYING.iter().any(|words| lower.contains(words));
    let code = |line: &&str| {
        let mut words = line.split(|c: char| !(c.is_ascii_digit() || c == '.'));
        words.any(|word| word.len() >= 3 && word.starts_with(['4', '5']))
    };
    let said = own.iter().copied().find(code).or_else(|| own.first().copied());
    Bounce { about, recipient: None, failed, message: one_line(said.unwrap_or(&mail.subject)) }
}

fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = plain.split_whitespace().take(WORDS).collect();
    words.join(" ").chars().take(WORDS).collect()
}

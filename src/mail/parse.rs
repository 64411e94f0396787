//! Puts a [`Mail`] together.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, FixedOffset, NaiveDate};
use mail_parser::HeaderName;

use super::decode;
use super::header::{self, Header};
use super::html;
use super::mime::{self, Leaf, Tree};
use super::reply::{self, Hints};
use super::types::{Address, Attachment, Fault, Head, Limits, Mail, OwnAddresses, Text};
use super::{automatic, identity, plain};

/// Longest subject, in characters.
const MAX_SUBJECT: usize = 1000;

/// Reads a mail. Whatever the bytes are, a [`Mail`] comes out; what was odd is in its faults.
#[must_use]
pub fn parse(bytes: &[u8], limits: &Limits, own: &OwnAddresses) -> Mail {
    // A belt over the braces: the libraries below had panics on odd input before.
    let read = AssertUnwindSafe(|| read(bytes, limits, own));
    catch_unwind(read).unwrap_or_else(|_| {
        let (header, body) = Header::split(bytes, limits.header);
        let mut mail = empty(&header, body);
        mail.faults.push(Fault::Broken);
        mail
    })
}

/// Reads no more of a mail than what it is filed under; costs little whatever its body holds.
#[must_use]
pub fn head(bytes: &[u8], limits: &Limits) -> Head {
    let cut = bytes.get(..limits.size.min(bytes.len())).unwrap_or(bytes);
    let (header, body) = Header::split(cut, limits.header);
    let mail = empty(&header, body);
    let from = AssertUnwindSafe(|| {
        let structured = header.structured();
        let message = structured.parse()?;
        header::addresses(&message, HeaderName::From).into_iter().next()
    });
    let from = catch_unwind(from).ok().flatten().filter(|from| !from.email.is_empty());
    Head {
        id: mail.id,
        message_id: mail.message_id,
        from: from.or_else(|| bare_address(&header)).unwrap_or_default(),
        subject: mail.subject,
    }
}

fn read(bytes: &[u8], limits: &Limits, own: &OwnAddresses) -> Mail {
    let cut = bytes.get(..limits.size.min(bytes.len())).unwrap_or(bytes);
    let (header, body) = Header::split(cut, limits.header);
    let mut mail = empty(&header, body);
    if cut.len() < bytes.len() {
        mail.faults.push(Fault::TooLarge);
    }
    if header.cut {
        mail.faults.push(Fault::HeaderCut);
    }
    if header.is_empty() {
        mail.faults.push(Fault::NotAMail);
        return mail;
    }
    let structured = header.structured();
    if let Some(message) = structured.parse() {
        let first = |name| header::addresses(&message, name).into_iter().next();
        mail.from = first(HeaderName::From).unwrap_or_default();
        mail.reply_to = first(HeaderName::ReplyTo).filter(|to| to.email != mail.from.email);
        mail.to = header::addresses(&message, HeaderName::To);
        let copies = header::addresses(&message, HeaderName::Cc);
        // Who writes to a colleague with a copy to us may well order from us.
        let other = |to: &Address| to.domain() != mail.from.domain();
        mail.copied = copies.iter().any(|to| own.has(to))
            && !mail.to.iter().any(|to| own.has(to))
            && mail.to.iter().any(other);
        mail.to.extend(copies);
        mail.date = message.date().and_then(date);
    }
    if mail.from.email.is_empty() {
        mail.from = bare_address(&header).unwrap_or_default();
    }
    if mail.from.email.is_empty() {
        mail.faults.push(Fault::NoSender);
    }
    let mut tree = mime::walk(&header, body, limits);
    mail.automatic = automatic::detect(&header, &tree, &mail.from, &mail.to, own);
    mail.faults.append(&mut tree.faults);
    fill_bodies(&mut mail, &tree, limits);
    fill_attachments(&mut mail, &tree);
    mail
}

/// A mail with what the header says without a parser.
fn empty(header: &Header<'_>, body: &[u8]) -> Mail {
    let language = |name| {
        let value = header.raw(name)?;
        let first = value.split([',', ';']).next()?.trim().to_owned();
        (!first.is_empty() && first.len() <= 35).then_some(first)
    };
    Mail {
        id: identity::of(header, body),
        message_id: header.ids("Message-ID").into_iter().next(),
        in_reply_to: header.ids("In-Reply-To"),
        references: header.ids("References"),
        from: Address::default(),
        reply_to: None,
        to: Vec::new(),
        copied: false,
        subject: header.text("Subject").unwrap_or_default().chars().take(MAX_SUBJECT).collect(),
        date: None,
        text: Text::default(),
        html: None,
        html_text: None,
        unseen: String::new(),
        attachments: Vec::new(),
        automatic: None,
        stated_language: language("Content-Language").or_else(|| language("Accept-Language")),
        faults: Vec::new(),
    }
}

/// The first word of a broken `From` that is an address.
fn bare_address(header: &Header<'_>) -> Option<Address> {
    let value = header.text("From")?;
    let email = value.split([' ', '<', '>', '(', ')', ',']).find_map(header::clean_email)?;
    Some(Address { name: String::new(), email })
}

fn date(read: &mail_parser::DateTime) -> Option<DateTime<FixedOffset>> {
    let seconds = i32::from(read.tz_hour) * 3600 + i32::from(read.tz_minute) * 60;
    let offset = FixedOffset::east_opt(if read.tz_before_gmt { -seconds } else { seconds })?;
    let (year, month, day) = (i32::from(read.year), read.month.into(), read.day.into());
    // A leap second (60) is read as the second before it.
    let second = read.second.min(59).into();
    NaiveDate::from_ymd_opt(year, month, day)?
        .and_hms_opt(read.hour.into(), read.minute.into(), second)?
        .and_local_timezone(offset)
        .single()
}

/// The bodies of the mail: what a person would see without opening a file.
fn fill_bodies(mail: &mut Mail, tree: &Tree<'_>, limits: &Limits) {
    let mut left = limits.text;
    let mut bodies = Bodies::default();
    for leaf in tree.leaves.iter().filter(|leaf| leaf.kind.is_body()) {
        let (body, cut) = body(leaf, &mut left);
        if cut && !mail.faults.contains(&Fault::TextCut) {
            mail.faults.push(Fault::TextCut);
        }
        bodies.add(leaf, &body);
    }
    if bodies.text.contains("-----BEGIN PGP MESSAGE-----") {
        mail.faults.push(Fault::Encrypted);
    }
    let sender = mail.from.name.clone();
    let threaded = !mail.in_reply_to.is_empty() || !mail.references.is_empty();
    let reply = threaded || subject_begins(&mail.subject, ANSWERS);
    let hints = Hints { sender: &sender, forward: subject_begins(&mail.subject, FORWARDS), reply };
    let mut page = (!bodies.html.is_empty()).then(|| html::read(&bodies.html));
    if bodies.text.trim().is_empty()
        && let Some(page) = &page
    {
        mail.text = reply::split(page.text.clone(), &page.marks, &hints);
    } else {
        mail.text = reply::split(bodies.text, &[], &hints);
    }
    mail.unseen = page.as_mut().map(|page| std::mem::take(&mut page.unseen)).unwrap_or_default();
    mail.html_text = page.map(|page| reply::split(page.text, &page.marks, &hints));
    mail.html = (!bodies.html.is_empty()).then_some(bodies.html);
}

/// Text and HTML of the mail's bodies, each in the order of its parts.
#[derive(Default)]
struct Bodies {
    text: String,
    html: String,
}

impl Bodies {
    fn add(&mut self, leaf: &Leaf<'_>, body: &str) {
        let target = if is_html(leaf, body) { &mut self.html } else { &mut self.text };
        if !target.is_empty() && !target.ends_with('\n') {
            target.push('\n');
        }
        target.push_str(body);
    }
}

/// How subjects begin that say that a mail is passed on. In lower case.
const FORWARDS: &[&str] = &[
    "fw",
    "fwd",
    "wg",
    "tr",
    "i",
    "rv",
    "enc",
    "doorst",
    "vs",
    "vb",
    "vl",
    "pd",
    "ynt",
    "ilt",
    "fs",
    "res fwd",
    "redir",
    "inoltro",
    "továbbítás",
    "转发",
    "轉寄",
    "転送",
];

/// How subjects begin that say that a mail answers another. In lower case.
const ANSWERS: &[&str] = &[
    "re", "aw", "antw", "antwort", "sv", "r", "rif", "res", "odp", "vá", "ynt", "ре", "rép",
    "回复", "回覆", "答复", "返信",
];

/// The subject begins with one of these words and a colon, behind marks such as `[EXT]`.
fn subject_begins(subject: &str, words: &[&str]) -> bool {
    let mut subject = subject.trim_start();
    while let Some((_, rest)) = subject.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        subject = rest.trim_start();
    }
    let Some((prefix, _)) = subject.split_once([':', '\u{ff1a}']) else { return false };
    // 'Re[2]:', 'AW (2):'
    let prefix = prefix.split(['[', '(']).next().unwrap_or_default().trim().to_lowercase();
    words.contains(&prefix.as_str())
}

/// The content of a body as clean text, no longer than `left`, and whether it was cut.
fn body(leaf: &Leaf<'_>, left: &mut usize) -> (String, bool) {
    let raw = leaf.body.get(..leaf.body.len().min(*left * 4)).unwrap_or(leaf.body);
    let bytes = leaf.kind.transfer.decode(raw);
    let bytes_kept = bytes.get(..bytes.len().min(*left)).unwrap_or(&bytes);
    let text = decode::charset(bytes_kept, leaf.kind.charset.as_deref());
    let cut = raw.len() < leaf.body.len() || bytes_kept.len() < bytes.len();
    let text = if leaf.kind.media_type == "text/html" {
        text.into_owned()
    } else {
        plain::unflow(plain::clean(&text), &leaf.kind)
    };
    *left -= text.len().min(*left);
    (text, cut)
}

/// HTML as stated, or HTML that calls itself plain text.
fn is_html(leaf: &Leaf<'_>, text: &str) -> bool {
    let start = || text.trim_start().get(..9).unwrap_or_default().to_ascii_lowercase();
    leaf.kind.media_type == "text/html"
        || leaf.alternative.is_none()
            && matches!(start().as_str(), "<!doctype" | "<html>\n<he" | "<html><he")
}

fn fill_attachments(mail: &mut Mail, tree: &Tree<'_>) {
    for leaf in tree.leaves.iter().filter(|leaf| !leaf.kind.is_body()) {
        let kind = &leaf.kind;
        if kind.media_type.ends_with("pkcs7-mime") && !mail.faults.contains(&Fault::Encrypted) {
            mail.faults.push(Fault::Encrypted);
        }
        let shown = kind.inline || leaf.related && kind.has_content_id;
        mail.attachments.push(Attachment {
            name: kind.name.clone(),
            media_type: kind.media_type.clone(),
            bytes: kind.transfer.decode(leaf.body).into_owned(),
            charset: kind.charset.clone(),
            inline: shown && !kind.attachment && kind.media_type.starts_with("image/"),
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn agrees(bytes: &[u8]) {
        let mail = parse(bytes, &Limits::default(), &OwnAddresses::default());
        let Mail { id, message_id, from, subject, .. } = mail;
        assert_eq!(head(bytes, &Limits::default()), Head { id, message_id, from, subject });
    }

    #[test]
    fn head_and_parse_file_a_mail_under_the_same() {
        for mail in [
            "From: Ann <ann@example.com>\nMessage-ID: <1@example.com>\nSubject: =?utf-8?q?M=C3=BCller?=\n\nText\n",
            "From: \"broken <ann@example.com\n\nText",
            "Subject: nobody\n\nText",
            "no header at all",
            "",
        ] {
            agrees(mail.as_bytes());
        }
    }

    proptest! {
        #[test]
        fn head_and_parse_agree_on_anything(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            agrees(&bytes);
        }
    }
}

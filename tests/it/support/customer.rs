//! A customer: writes mails, and answers letters.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{Days, NaiveDate, Utc};

use super::letters::Letter;

/// A mail as it is written.
#[derive(Debug, Clone)]
pub(crate) struct NewMail {
    /// `Anna Muster <anna@…>`.
    pub(crate) from: String,
    pub(crate) subject: String,
    pub(crate) body: String,
    /// RFC 5322.
    pub(crate) date: String,
    /// Without angle brackets.
    pub(crate) message_id: String,
    /// The letter that it answers.
    pub(crate) answers: Option<Letter>,
    /// Further header fields, each a whole line.
    pub(crate) header: Vec<String>,
}

/// Somebody with a mail address.
#[derive(Debug, Clone)]
pub(crate) struct Customer {
    pub(crate) name: String,
    pub(crate) email: String,
}

impl Customer {
    /// A first mail.
    pub(crate) fn mail(&self, subject: &str, body: &str) -> NewMail {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let moment = Utc::now().timestamp_millis();
        let domain = self.email.rsplit('@').next().unwrap_or_default();
        NewMail {
            from: format!("{} <{}>", encoded(&self.name), self.email),
            subject: subject.to_owned(),
            body: body.to_owned(),
            date: Utc::now().to_rfc2822(),
            message_id: format!("{moment}.{number}@{domain}"),
            answers: None,
            header: Vec::new(),
        }
    }

    /// An answer to a letter, as mail clients write it: the letter is quoted below.
    pub(crate) fn answer(&self, letter: &Letter, body: &str) -> NewMail {
        let quoted = letter.quoted();
        let body =
            format!("{body}\n\nOn Mon, Apr 1, 2024 at 9:00 AM {} wrote:\n\n{quoted}", letter.from);
        let mail = self.mail(&format!("Re: {}", letter.subject), &body);
        NewMail { answers: Some(letter.clone()), ..mail }
    }
}

impl NewMail {
    /// The mail as a mail server leaves it in a maildir.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut text = format!(
            "Return-Path: <{}>\nFrom: {}\nTo: orders@shop.example\nDate: {}\nMessage-ID: <{}>\n",
            self.email(),
            self.from,
            self.date,
            self.message_id,
        );
        let _ = writeln!(text, "Subject: {}", encoded(&self.subject));
        if let Some(letter) = &self.answers {
            let mut references = letter.references.clone();
            references.push(letter.message_id.clone());
            let _ = writeln!(text, "In-Reply-To: <{}>", letter.message_id);
            let _ = writeln!(text, "References: <{}>", references.join(">\n <"));
        }
        for line in &self.header {
            let _ = writeln!(text, "{line}");
        }
        text.push_str("MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n");
        text.push_str("Content-Transfer-Encoding: 8bit\n\n");
        text.push_str(&self.body);
        text.push('\n');
        text.into_bytes()
    }

    /// The bare address of the sender.
    pub(crate) fn email(&self) -> &str {
        let inner = self.from.rsplit('<').next().unwrap_or_default();
        inner.trim_end_matches('>')
    }
}

/// A header text that may hold any character (RFC 2047, base64).
fn encoded(text: &str) -> String {
    use base64::Engine as _;
    if text.is_ascii() {
        return text.to_owned();
    }
    let encode = |part: &[char]| {
        let part: String = part.iter().collect();
        format!("=?utf-8?B?{}?=", base64::engine::general_purpose::STANDARD.encode(part))
    };
    let chars: Vec<char> = text.chars().collect();
    chars.chunks(12).map(encode).collect::<Vec<_>>().join("\n ")
}

/// A day from now on.
pub(crate) fn in_days(days: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(days)
}

/// One block of an order in the agreed form.
pub(crate) fn block(product: impl std::fmt::Display, quantity: &str, date: NaiveDate) -> String {
    format!(
        "- Order Date: {}\n- Delivery Date: {}\n- Product ID: {product}\n- Quantity: {quantity}\n\n",
        in_days(0).format("%B %-d, %Y"),
        date.format("%B %-d, %Y"),
    )
}

/// An order mail's text.
pub(crate) fn order(address: Option<&str>, blocks: &[String]) -> String {
    let address = address.map(|line| format!("- Address: {line}\n")).unwrap_or_default();
    format!(
        "Hello, this is my order below,\n{address}{}Thank you,\nBest regards\n",
        blocks.concat()
    )
}

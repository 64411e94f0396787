//! Letters as a third party caught them.

use std::fmt::Write as _;
use std::sync::Arc;

use mail_parser::{HeaderValue, MessageParser};
use postorder::sandbox::smtp::{CaughtLetter, SmtpCatcher};
use serde_json::Value;

use super::http;
use super::servers::MailDev;

/// A letter that went out.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
    /// Without angle brackets, as the next two.
    pub(crate) message_id: String,
    pub(crate) in_reply_to: String,
    pub(crate) references: Vec<String>,
    pub(crate) auto_submitted: String,
}

impl Letter {
    /// `offer` of `<offer.0123-1@shop.example>`.
    pub(crate) fn kind(&self) -> &str {
        self.message_id.split('.').next().unwrap_or_default()
    }

    /// The text with quotes' marks, as a reply repeats it.
    pub(crate) fn quoted(&self) -> String {
        self.text.lines().fold(String::new(), |mut quoted, line| {
            let _ = writeln!(quoted, "> {line}");
            quoted
        })
    }
}

/// Who catches the letters.
#[derive(Debug, Clone)]
pub(crate) enum Catcher {
    /// MailDev, by its HTTP API.
    MailDev(MailDev),
    /// The sandbox's own mail server.
    Sandbox(Arc<SmtpCatcher>),
}

impl Catcher {
    /// `127.0.0.1:PORT`, where letters are sent to.
    pub(crate) fn smtp(&self) -> String {
        match self {
            Self::MailDev(maildev) => maildev.smtp.clone(),
            Self::Sandbox(catcher) => catcher.address().to_string(),
        }
    }

    /// All letters from this address, in the order they came.
    pub(crate) fn letters_from(&self, address: &str) -> Vec<Letter> {
        match self {
            Self::MailDev(maildev) => {
                let url = format!("{}/email?from.address={address}", maildev.web);
                let caught = http::json("GET", &url, None);
                caught.as_array().expect("a list").iter().map(of_maildev).collect()
            }
            Self::Sandbox(catcher) => {
                let all = catcher.letters().into_iter().filter(|letter| letter.from == address);
                all.map(|letter| of_sandbox(&letter)).collect()
            }
        }
    }
}

fn of_maildev(caught: &Value) -> Letter {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let header = |name: &str| text(&caught["headers"][name]);
    Letter {
        from: text(&caught["from"][0]["address"]),
        to: text(&caught["to"][0]["address"]),
        subject: text(&caught["subject"]),
        text: text(&caught["text"]),
        html: text(&caught["html"]),
        message_id: bare(&header("message-id")),
        in_reply_to: bare(&header("in-reply-to")),
        references: header("references").split_whitespace().map(bare).collect(),
        auto_submitted: header("auto-submitted"),
    }
}

fn of_sandbox(caught: &CaughtLetter) -> Letter {
    let mail = MessageParser::default().parse(&caught.data).expect("a mail");
    let address = |value: Option<&mail_parser::Address<'_>>| {
        let first = value.and_then(|list| list.first()).and_then(|one| one.address());
        first.unwrap_or_default().to_owned()
    };
    let list = |value: &HeaderValue<'_>| match value {
        HeaderValue::Text(text) => vec![text.to_string()],
        HeaderValue::TextList(list) => list.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    };
    Letter {
        from: address(mail.from()),
        to: address(mail.to()),
        subject: mail.subject().unwrap_or_default().to_owned(),
        text: mail.body_text(0).unwrap_or_default().into_owned(),
        html: mail.body_html(0).unwrap_or_default().into_owned(),
        message_id: mail.message_id().unwrap_or_default().to_owned(),
        in_reply_to: list(mail.in_reply_to()).concat(),
        references: list(mail.references()),
        auto_submitted: mail.header("Auto-Submitted").map(list).unwrap_or_default().concat(),
    }
}

fn bare(id: &str) -> String {
    id.trim().trim_start_matches('<').trim_end_matches('>').to_owned()
}

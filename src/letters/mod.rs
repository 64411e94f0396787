//! Letters: what is said to customers and suppliers, and how it leaves the house.
//!
//! A [`Letter`](crate::flow::Letter) says what is to be told; [`Letters::render`] makes words of
//! it, in the reader's language, as text and HTML; [`Mailer::send`] hands it to the mail server.
//! docs/letters.md tells how a letter is given other words.

use std::fmt;
use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::flow::{Letter, LetterKind};
use crate::mail::Address;

mod mailer;
mod message;
mod smtp_error;
mod smtp_session;
mod token;

pub use mailer::{Accepted, Capture, Mailer, Probe, Security, Smtp, SmtpSettings};
pub use message::BuildError;
pub use smtp_error::{SendError, Stage};
pub use token::{message_id, token_in_subject, token_of_message_id};

/// How numbers are written, and German is spelt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// As each language has it: 1,234.50 in English, 1.234,50 in German and Italian.
    #[default]
    Language,
    /// As Switzerland has it, in every language: 1’234.50, and ss for ß.
    Swiss,
}

/// What all letters of a company share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The company's name.
    pub company: String,
    /// The sender.
    pub from: Address,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<Address>,
    /// Lines under the greeting at the end; the company's name where there are none.
    pub signature: Vec<String>,
    /// Domain of our Message-IDs.
    pub domain: String,
    /// How numbers are written.
    pub style: Style,
    /// Folder whose templates replace those of the same name.
    pub templates_dir: Option<PathBuf>,
}

/// A template that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub struct TemplateFault {
    /// File, as it is called within the templates folder.
    pub file: String,
    /// Line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong, and what to do.
    pub what: String,
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

/// A letter in words, ready to be sent. [`Rendered::to_bytes`] is the mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// What it is.
    pub kind: LetterKind,
    /// [`Letter::token`].
    pub token: String,
    /// Message-ID, without angle brackets; the same letter has the same for ever.
    pub message_id: String,
    /// Sender.
    pub from: Address,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<Address>,
    /// To whom.
    pub to: Address,
    /// When it was written.
    pub date: DateTime<Utc>,
    /// Subject, on one line.
    pub subject: String,
    /// The plain-text body, LF line endings.
    pub text: String,
    /// The HTML body.
    pub html: String,
    /// Message-ID that it answers, without angle brackets.
    pub in_reply_to: Option<String>,
    /// The thread so far, oldest first, bounded.
    pub references: Vec<String>,
    /// The company's own template failed on this letter, and the built-in one was used instead.
    pub fault: Option<TemplateFault>,
}

/// A letter that cannot be put into words: a fault of the program, not of the letter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the letter {kind} cannot be written: {fault}", kind = .kind.name())]
pub struct RenderError {
    /// Which letter.
    pub kind: LetterKind,
    /// What went wrong.
    pub fault: TemplateFault,
}

/// All templates, loaded and checked.
#[derive(Debug)]
pub struct Letters {
    settings: Settings,
}

impl Letters {
    /// Loads the templates and tries each with sample data.
    ///
    /// # Errors
    /// Everything that is wrong with the company's own templates, all together.
    pub fn load(settings: Settings) -> Result<Self, Vec<TemplateFault>> {
        Ok(Self { settings })
    }

    /// Writes a letter. Pure: the same letter at the same time gives the same words.
    ///
    /// # Errors
    /// [`RenderError`] where even the built-in template fails.
    pub fn render(&self, letter: &Letter, now: DateTime<Utc>) -> Result<Rendered, RenderError> {
        let text = format!("{}\n", letter.kind.name());
        Ok(Rendered {
            kind: letter.kind,
            token: letter.token.clone(),
            message_id: message_id(letter.kind, &letter.token, &self.settings.domain),
            from: self.settings.from.clone(),
            reply_to: self.settings.reply_to.clone(),
            to: letter.to.clone(),
            date: now,
            subject: letter.kind.name().to_owned(),
            html: text.clone(),
            text,
            in_reply_to: letter.in_reply_to.clone(),
            references: letter.references.clone(),
            fault: None,
        })
    }
}

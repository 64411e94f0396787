//! Letters: what is said to customers and suppliers, and how it leaves the house.
//!
//! A [`Letter`](crate::flow::Letter) says what is to be told; [`Letters::render`] makes words of
//! it, in the reader's language, as text and HTML; [`Mailer::send`] hands it to the mail server.
//! docs/letters.md tells how a letter is given other words.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use chrono::{DateTime, FixedOffset, Utc};

use crate::flow::{Letter, LetterKind};
use crate::mail::Address;
use crate::reading::Lang;

mod clean;
mod format;
mod mailer;
mod message;
mod own;
pub mod samples;
mod shape;
mod smtp_connect;
mod smtp_error;
mod smtp_session;
mod subject;
mod templates;
mod token;
mod view;

use templates::{LANGS, Templates};
use view::View;

pub use mailer::{Accepted, Capture, Mailer, Probe, Security, Smtp, SmtpSettings};
pub use message::BuildError;
pub use smtp_error::{SendError, Stage};
pub use token::{message_id, token_in_subject, token_of_message_id};

/// Longest display name in a header, in characters.
const MAX_NAME: usize = 80;

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The company's name.
    pub company: String,
    /// The sender.
    pub from: Address,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<Address>,
    /// Lines under each letter, after the company's name.
    pub signature: Vec<String>,
    /// Domain of our Message-IDs.
    pub domain: String,
    /// How numbers are written.
    pub style: Style,
    /// Languages that letters are written in, of English, French, German and Italian; all four
    /// where there are none.
    pub languages: Vec<Lang>,
    /// In place of any other language.
    pub default_language: Lang,
    /// Dates are of this zone.
    pub time_zone: chrono_tz::Tz,
    /// Folder whose templates replace those of the same name.
    pub templates_dir: Option<PathBuf>,
}

impl Settings {
    /// Settings with nothing but the company's name and address: a sender's domain for
    /// Message-IDs, all languages, UTC.
    #[must_use]
    pub fn new(company: impl Into<String>, from: Address) -> Self {
        Self {
            company: company.into(),
            domain: from.domain().to_owned(),
            from,
            reply_to: None,
            signature: Vec::new(),
            style: Style::default(),
            languages: Vec::new(),
            default_language: Lang::En,
            time_zone: chrono_tz::UTC,
            templates_dir: None,
        }
    }

    /// The language in which a letter meant in `lang` is written. Spanish and Dutch are read, not
    /// written.
    fn written(&self, lang: Lang) -> Lang {
        let able = |lang| LANGS.contains(&lang);
        let allowed =
            |lang| able(lang) && (self.languages.is_empty() || self.languages.contains(&lang));
        match lang {
            lang if allowed(lang) => lang,
            _ if able(self.default_language) => self.default_language,
            _ => Lang::En,
        }
    }
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
    /// When it was written, in the company's time zone.
    pub date: DateTime<FixedOffset>,
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
    templates: Templates,
    /// What the company's own templates fall back to; `None` where it has none.
    built_in: Option<Templates>,
}

impl Letters {
    /// No more Message-IDs than this in `References`: the oldest one and the newest.
    pub const MAX_REFERENCES: usize = 10;

    /// Loads the templates and tries the company's own with sample letters of every kind.
    ///
    /// # Errors
    /// Everything that is wrong with the company's own templates, all together.
    pub fn load(settings: Settings) -> Result<Self, Vec<TemplateFault>> {
        let (own, mut faults) = match &settings.templates_dir {
            Some(folder) => own::read(folder),
            None => (BTreeMap::new(), Vec::new()),
        };
        let (templates, unusable) = Templates::new(settings.style, &own);
        faults.extend(unusable);
        let built_in =
            (!own.is_empty()).then(|| Templates::new(settings.style, &BTreeMap::new()).0);
        let letters = Self { settings, templates, built_in };
        if letters.built_in.is_some() {
            faults.extend(letters.try_samples());
        }
        faults.sort();
        faults.dedup();
        if faults.is_empty() { Ok(letters) } else { Err(faults) }
    }

    /// Writes sample letters of every kind in every language, and says what fails.
    fn try_samples(&self) -> Vec<TemplateFault> {
        let mut faults = Vec::new();
        for lang in LANGS {
            for (_, letter) in samples::letters(lang) {
                let view = self.view(&letter, lang, samples::now());
                faults.extend(self.templates.write(letter.kind, lang, &view).err());
            }
        }
        faults
    }

    fn view(&self, letter: &Letter, lang: Lang, now: DateTime<Utc>) -> View {
        let today = now.with_timezone(&self.settings.time_zone).date_naive();
        View::new(&self.settings, letter, lang, today)
    }

    /// Writes a letter. Pure: the same letter at the same time gives the same words.
    ///
    /// Where a template of the company's own fails on this letter, the built-in one is used and
    /// [`Rendered::fault`] says why: a letter is never lost for a template's sake.
    ///
    /// # Errors
    /// [`RenderError`] where even the built-in template fails.
    pub fn render(&self, letter: &Letter, now: DateTime<Utc>) -> Result<Rendered, RenderError> {
        let lang = self.settings.written(letter.lang);
        let view = self.view(letter, lang, now);
        let mut fault = None;
        let mut written = self.templates.write(letter.kind, lang, &view);
        if let (Err(failed), Some(built_in)) = (&written, &self.built_in) {
            fault = Some(failed.clone());
            written = built_in.write(letter.kind, lang, &view);
        }
        let written = written.map_err(|fault| RenderError { kind: letter.kind, fault })?;
        let settings = &self.settings;
        let named = |address: &Address| Address {
            name: clean::header(&address.name, MAX_NAME),
            email: address.email.clone(),
        };
        Ok(Rendered {
            kind: letter.kind,
            token: letter.token.clone(),
            message_id: message_id(letter.kind, &letter.token, &settings.domain),
            from: named(&settings.from),
            reply_to: settings.reply_to.as_ref().map(named),
            to: named(&letter.to),
            date: now.with_timezone(&settings.time_zone).fixed_offset(),
            subject: subject::whole(letter.kind, &written.subject, &letter.token),
            text: written.text,
            html: written.html,
            in_reply_to: letter.in_reply_to.as_deref().and_then(sound_id),
            references: bounded_references(&letter.references),
            fault,
        })
    }
}

/// A Message-ID fit for a header; others' ids come from outside (RFC 5322 section 3.6.4).
fn sound_id(id: &str) -> Option<String> {
    let id = id.trim().trim_start_matches('<').trim_end_matches('>');
    let sound = (3..=250).contains(&id.len())
        && id.contains('@')
        && id.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>'));
    // An encoded word would be decoded by readers that it is not meant for.
    (sound && !id.contains("=?")).then(|| id.to_owned())
}

/// The first Message-ID of the thread and the newest ones (RFC 5322 allows to leave some out).
fn bounded_references(references: &[String]) -> Vec<String> {
    let sound: Vec<String> = references.iter().filter_map(|id| sound_id(id)).collect();
    let skipped = sound.len().saturating_sub(Letters::MAX_REFERENCES);
    let kept = sound.into_iter().enumerate();
    kept.filter(|(index, _)| *index == 0 || *index > skipped).map(|(_, id)| id).collect()
}

#[cfg(test)]
mod mailer_tests;
#[cfg(test)]
mod own_tests;
#[cfg(test)]
mod tests;

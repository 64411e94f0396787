//! Mails that are passed on: attached as a whole, or below a heading in the text ('please
//! process, see below').

use std::ops::Range;

use chrono::{DateTime, NaiveDate};

use crate::mail::{self, Attachment, Limits, Mail, OwnAddresses, Text};
use crate::reading::body::{self, Body, Doubt};
use crate::reading::dates::{self, Calendar};
use crate::reading::draft::{Desk, Draft};
use crate::reading::sentences::bids;
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::sentences::instructions;
use crate::reading::settle;
use crate::reading::text::stretches::sentence_ends;
use crate::reading::text::{Scan, clip, fold};
use crate::reading::types::{Evidence, Part};

/// Most lines of a heading above a forwarded mail.
const MAX_HEADING: usize = 14;
/// A mail that is passed on without a word within so many days is news, later it may be a reminder.
const NEWS: i64 = 7;

/// A mail that was passed on.
#[derive(Debug, Default)]
pub(super) struct Passed {
    /// Its subject.
    subject: String,
    /// Domain of its sender, where it is known.
    domain: Option<String>,
    /// The day that it was written.
    day: Option<NaiveDate>,
    /// Its newly written text, as HTML first, as plain text then.
    texts: Vec<Written>,
    /// No person wrote it for us: a newsletter, a bounce.
    automatic: bool,
}

#[derive(Debug)]
struct Written {
    part: Part,
    full: String,
    new: Vec<Range<usize>>,
}

/// What a mail that was passed on is.
#[derive(Debug)]
pub(super) enum Is {
    /// An order.
    Order(Box<Draft>),
    /// A change of an order.
    Change,
    /// Something else that names products.
    NoOrder,
    /// Words of a person that take an order back, or change one, whatever else is ordered.
    Turned(Evidence),
    /// Of another house than the one that passes it on.
    Strange,
    /// It orders nothing by its own text; its files may.
    Nothing,
}

/// Whether an attached file is a mail.
pub(super) fn is_mail(file: &Attachment) -> bool {
    let ending = file.name.rsplit_once('.').map(|(_, e)| e.to_lowercase());
    file.media_type == "message/rfc822" || ending.as_deref() == Some("eml")
}

/// The mail in an attached file.
pub(super) fn open(file: &Attachment) -> Mail {
    mail::parse(&file.bytes, &Limits::default(), &OwnAddresses::default())
}

impl Passed {
    /// An attached mail, opened.
    pub(super) fn attached(mail: &Mail, part: Part) -> Self {
        let written =
            |text: &Text| Written { part, full: text.full.clone(), new: text.new.clone() };
        let html = mail.html_text.iter().map(written);
        let texts = html.chain(std::iter::once(written(&mail.text)));
        let domain = mail.from.domain().to_owned();
        Self {
            subject: mail.subject.clone(),
            domain: (!domain.is_empty()).then_some(domain),
            day: mail.date.as_ref().map(DateTime::date_naive),
            texts: texts.filter(|w| !w.new.is_empty()).collect(),
            automatic: mail.automatic.is_some(),
        }
    }

    /// The mail below a heading in the mail's own text.
    pub(super) fn inline(mail: &Mail) -> Option<Self> {
        let html = mail.html_text.as_ref().map(|text| (Part::Html, text));
        let both = html.into_iter().chain([(Part::Text, &mail.text)]);
        let mut passed = Self { subject: mail.subject.clone(), ..Self::default() };
        for (part, text) in both {
            let Some(range) = text.forwarded.clone() else { continue };
            let Some(forwarded) = text.full.get(range.clone()) else { continue };
            if passed.texts.is_empty() {
                let above = text.full.get(..range.start).unwrap_or_default();
                let heading = Heading::above(above);
                passed.domain = heading.domain();
                passed.day = heading.day();
            }
            let shift = |r: &Range<usize>| r.start + range.start..r.end + range.start;
            let new = mail::written(forwarded).iter().map(shift).collect();
            passed.texts.push(Written { part, full: text.full.clone(), new });
        }
        (!passed.texts.is_empty()).then_some(passed)
    }

    /// Its text, to be heard for the language of the mail.
    pub(super) fn scan(&self) -> Option<Scan<'_>> {
        self.texts.first().map(Written::scan)
    }

    /// What it is, for whom it was passed on by.
    pub(super) fn read(&self, desk: &Desk<'_>) -> Is {
        let own = Desk { today: self.day, ..*desk };
        let mut bodies = self.texts.iter().map(|w| body::read(&w.scan(), 0..0, &own));
        let Some(body) = bodies.next() else { return Is::Nothing };
        if self.automatic || self.texts.iter().any(|w| w.scan().cut) {
            return Is::NoOrder;
        }
        let subject = Scan::whole(Part::Subject, &self.subject);
        let cues = body::subject_cues(&subject);
        let doubt = body::doubt(&body, cues, cues, false);
        let turns = Cues::CANCEL.and(Cues::COMPLAINT).and(Cues::CORRECTION).and(Cues::UNSURE);
        if doubt.is_no_order()
            && body.prose.cues.and(cues).has(turns)
            && let Some(scan) = self.scan()
            && let Some(span) = scan.span(0..scan.tokens.len())
        {
            return Is::Turned(scan.evidence(span, "passed.turned"));
        }
        match doubt {
            Doubt::Change => return Is::Change,
            doubt if doubt.is_no_order() && !body.draft.wishes.is_empty() => return Is::NoOrder,
            _ => {}
        }
        // Whose order it would be, a person says.
        if self.domain.as_deref().is_some_and(|domain| !domain.eq_ignore_ascii_case(desk.domain)) {
            return Is::Strange;
        }
        if body.draft.wishes.is_empty() {
            return Is::Nothing;
        }
        if bodies.next().is_some_and(|other| contradict(&body, other, desk)) {
            return Is::NoOrder;
        }
        Is::Order(Box::new(body.draft))
    }

    /// Whether it is as fresh as news.
    pub(super) fn is_news(&self, today: Option<NaiveDate>) -> bool {
        let age = self.day.zip(today).map(|(day, today)| (today - day).num_days());
        age.is_some_and(|age| (-1..=NEWS).contains(&age))
    }
}

impl Written {
    fn scan(&self) -> Scan<'_> {
        Scan::new(self.part, &self.full, &self.new)
    }
}

/// Text and HTML of one mail order different things.
fn contradict(body: &Body, other: Body, desk: &Desk<'_>) -> bool {
    let one = settle::settle(body.draft.clone(), desk);
    let other = settle::settle(other.draft, desk);
    one.is_sound() && other.is_sound() && !crate::reading::attached::agree(&one, &other)
}

/// Words that ask for what is passed on to be done, folded.
const INSTRUCTIONS: &str = "please process|pls process|for processing|to be processed|please handle|please enter|\
     please place|please book|please execute|please arrange|please action|for your action|\
     please take care of|please see below|see below|order below|below order|order attached|\
     attached order|order enclosed|please deliver|please supply|please proceed|\
     bitte bearbeiten|bitte ausfuhren|bitte erledigen|bitte erfassen|zur bearbeitung|\
     zur weiteren bearbeitung|zur ausfuhrung|zur erledigung|bitte um bearbeitung|\
     bitte um ausfuhrung|bitte um erledigung|siehe unten|s . unten|bestellung unten|\
     untenstehende bestellung|untenstehende|unten stehende|nachfolgende bestellung|\
     bestellung anbei|anbei die bestellung|bitte bestellen|bitte liefern|bitte ubernehmen|\
     bitte umsetzen|merci de traiter|veuillez traiter|a traiter|pour traitement|\
     pour execution|pour suite a donner|voir ci - dessous|ci - dessous|commande ci - jointe|\
     commande en annexe|merci de livrer|veuillez livrer|merci d ' executer|da evadere|\
     da elaborare|per evasione|vedi sotto|si prega di evadere|prego evadere|ordine in calce|\
     ordine qui sotto|ordine allegato|qui sotto|por favor procesar|ver abajo|\
     gelieve te verwerken|graag verwerken|zie onder|zie hieronder";

/// 'Please process', 'siehe unten', 'à traiter s.v.p.', 'da evadere': and nothing that doubts it.
pub(super) fn is_instruction(said: &Scan<'_>) -> bool {
    let sentences = sentences(said);
    let astray = |run: &Range<usize>| instructions::went_astray(said, run.clone(), &[]);
    let kept = sentences.iter().filter(|run| !astray(run));
    let kept: Vec<String> = kept.map(|run| said.folded(run.clone())).collect();
    let folded = kept.join(" ");
    let padded = format!(" {folded} ");
    let bids = sentences.iter().any(|run| bids::are_in(said, run.clone(), &[]));
    let doubts = Cues::COMPLAINT
        .and(Cues::REPEAT)
        .and(Cues::CANCEL)
        .and(Cues::CHANGE)
        .and(Cues::UNSURE)
        .and(Cues::CONDITION)
        .and(Cues::CORRECTION)
        .and(Cues::PAST)
        .and(Cues::CALL)
        .and(Cues::PRICE);
    let asked = |run: &Range<usize>| {
        said.tokens.get(run.clone()).unwrap_or_default().iter().any(|t| t.is('?'))
            && !bids::are_in(said, run.clone(), &[])
    };
    !sentences.iter().any(asked)
        && !cues::of(&folded).has(doubts)
        && (bids || INSTRUCTIONS.split('|').any(|words| padded.contains(&format!(" {words} "))))
}

fn sentences(said: &Scan<'_>) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for at in 0..said.tokens.len() {
        let lines = said.token(at).zip(said.token(at + 1)).map(|(a, b)| (a.line, b.line));
        let blank = lines.is_some_and(|(a, b)| {
            (a + 1..b)
                .any(|l| said.lines.get(l).is_some_and(crate::reading::text::TextLine::is_blank))
        });
        if sentence_ends(said, at) || blank || at + 1 == said.tokens.len() {
            sentences.push(start..at + 1);
            start = at + 1;
        }
    }
    sentences
}

/// The heading of a forwarded mail, line by line.
struct Heading<'a>(Vec<&'a str>);

impl<'a> Heading<'a> {
    fn above(text: &'a str) -> Self {
        let mut lines: Vec<&str> = text.lines().rev().take(MAX_HEADING).collect();
        lines.reverse();
        Self(lines)
    }

    /// The value of the last line with one of these labels.
    fn value(&self, labels: &[&str]) -> Option<&'a str> {
        self.0.iter().rev().find_map(|line| {
            let (label, value) = line.split_once(':')?;
            let label = fold(label.trim_matches(|c: char| !c.is_alphanumeric()));
            labels.contains(&label.as_str()).then_some(value)
        })
    }

    fn domain(&self) -> Option<String> {
        let from = ["from", "von", "de", "da", "van", "expediteur", "mittente", "absender"];
        // Without labels it is a line such as 'On Monday, Ann <ann@example.com> wrote:'.
        let line =
            self.value(&from).or_else(|| self.0.iter().rev().find(|l| l.contains('@')).copied())?;
        let domain = line.split('@').nth(1)?;
        let end = domain.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-')));
        let domain = domain.get(..end.unwrap_or(domain.len()))?.trim_end_matches('.');
        (!domain.is_empty()).then(|| domain.to_lowercase())
    }

    fn day(&self) -> Option<NaiveDate> {
        let labels = [
            "sent",
            "date",
            "gesendet",
            "datum",
            "envoye",
            "envoye le",
            "inviato",
            "data",
            "fecha",
            "enviado",
            "verzonden",
        ];
        let line = self.value(&labels).or_else(|| self.0.last().copied())?;
        let line = clip(line, 120);
        let scan = Scan::whole(Part::Text, &line);
        let calendar = Calendar { lang: None, today: None };
        (0..scan.tokens.len()).find_map(|at| dates::date_at(&scan, at, calendar)?.0.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_tell_sender_and_day() {
        for (text, domain, day) in [
            (
                "Please process\n\nFrom: Ann <ann@Buyer.example>\nSent: Friday, 2 May 2025 15:40\nTo: us@b.example\nSubject: x\n\n",
                Some("buyer.example"),
                Some((2025, 5, 2)),
            ),
            (
                "Von: Ann\nGesendet: Dienstag, 24. März 2026 16:12\nAn: x@b.example\n",
                None,
                Some((2026, 3, 24)),
            ),
            (
                "*De :* ann@buyer.example\n*Envoyé :* mardi 3 février 2026\n",
                Some("buyer.example"),
                Some((2026, 2, 3)),
            ),
            ("nothing", None, None),
        ] {
            let heading = Heading::above(text);
            assert_eq!(heading.domain().as_deref(), domain, "{text}");
            let day = day.and_then(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d));
            assert_eq!(heading.day(), day, "{text}");
        }
    }

    #[test]
    fn instructions_are_plain_words() {
        for (text, want) in [
            ("Please process the order below.", true),
            ("Bitte um Bearbeitung, danke!", true),
            ("Merci de traiter", true),
            ("Did you ever get this one? See below.", false),
            ("See below, but only if it is in stock", false),
            ("FYI", false),
            ("Bitte bearbeiten, aber die Menge bitte ändern", false),
        ] {
            assert_eq!(is_instruction(&Scan::whole(Part::Text, text)), want, "{text}");
        }
    }

    const ORDER: &str = "From: Bob <bob@buyer.example>\nTo: ann@buyer.example\n\
        Subject: order rings\nDate: Fri, 6 Jun 2025 08:00:00 +0200\n\n\
        Hello,\n\nplease send 5 AB-10 by Friday next week.\n\nBob\n";

    fn reading(mail: &str) -> crate::reading::Reading {
        let product = serde_json::json!({
            "id": 1, "default_code": "AB-10", "name": "Ring 10", "uom": "Units"
        });
        let file = serde_json::json!({ "products": [product] }).to_string();
        let catalog = crate::reading::CatalogFile::parse(&file).expect("a catalogue").catalog;
        let mail = mail::parse(mail.as_bytes(), &Limits::default(), &OwnAddresses::default());
        crate::reading::read(&mail, &catalog, &crate::reading::Context::default())
    }

    /// Ann passes Bob's order on, as a file or below her own words.
    fn passed_on(words: &str, inner: &str, inline: bool) -> crate::reading::Reading {
        let head = "From: Ann <ann@buyer.example>\nTo: sales@maker.example\n\
            Subject: FW: order rings\nDate: Mon, 9 Jun 2025 08:41:12 +0200\nMIME-Version: 1.0\n";
        if inline {
            let inner =
                inner.replacen("From:", "________________\nFrom:", 1).replace("Date:", "Sent:");
            return reading(&format!("{head}\n{words}\n\n{inner}"));
        }
        reading(&format!(
            "{head}Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{words}\n\
             --b\nContent-Type: message/rfc822\n\n{inner}\n--b--\n"
        ))
    }

    #[test]
    fn an_order_that_is_passed_on_with_a_plain_word_is_one() {
        for inline in [false, true] {
            for words in ["Please process, see below.", "Bitte bearbeiten"] {
                let read = passed_on(words, ORDER, inline);
                assert_eq!(read.intent, crate::reading::Intent::Order, "{words} {inline} {read:?}");
                let day = read.lines.first().and_then(|line| line.delivery_date);
                assert_eq!(day, NaiveDate::from_ymd_opt(2025, 6, 13), "{words} {inline}");
            }
        }
    }

    #[test]
    fn other_words_leave_it_to_a_person() {
        for inline in [false, true] {
            for words in ["Did you ever get this?", "FYI", "Please process if you can deliver"] {
                let read = passed_on(words, ORDER, inline);
                assert_eq!(
                    read.intent,
                    crate::reading::Intent::Review,
                    "{words} {inline} {read:?}"
                );
            }
        }
    }

    #[test]
    fn mails_of_other_houses_and_other_meaning_are_for_a_person() {
        let stranger = ORDER.replace("bob@buyer", "bob@other");
        let question = ORDER.replace("please send 5", "what would be the price of 5");
        for inner in [stranger, question] {
            for inline in [false, true] {
                let read = passed_on("Please process", &inner, inline);
                assert_eq!(
                    read.intent,
                    crate::reading::Intent::Review,
                    "{inner} {inline} {read:?}"
                );
            }
        }
    }

    #[test]
    fn own_words_that_order_something_else_contradict() {
        let read = passed_on("Please process: 7 AB-10", ORDER, false);
        assert_ne!(read.intent, crate::reading::Intent::Order, "{read:?}");
    }
}

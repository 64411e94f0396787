//! What a mail is meant as: an order, an answer to an offer, or something for a person.

use std::borrow::Cow;
use std::cell::LazyCell;

use chrono::{DateTime, Utc};

use crate::mail::{Fault, Mail, Text};
use crate::reading::attached::{self, Attached, Opened};
use crate::reading::body::{self, Body, Doubt};
use crate::reading::catalog::Catalog;
use crate::reading::choice;
use crate::reading::dates;
use crate::reading::dates::subject_days;
use crate::reading::draft::{Desk, Named};
use crate::reading::files;
use crate::reading::forms::labels::Label;
use crate::reading::forms::references;
use crate::reading::forms::values;
use crate::reading::house;
use crate::reading::passed::{self, Passed};
use crate::reading::prose::bare;
use crate::reading::sentences::below_name;
use crate::reading::sentences::cues::Cues;
use crate::reading::sentences::plain_only;
use crate::reading::sentences::set_apart;
use crate::reading::sentences::subjects;
use crate::reading::settle::{self, Settled};
use crate::reading::text::lang::Vote;
use crate::reading::text::{Scan, clip, words};
use crate::reading::titled;
use crate::reading::types::{
    Choice, Evidence, Field, Intent, Lang, Part, ProblemCode, Read, Reading,
};
use crate::reading::verdict::{Weighed, decide, fill, problem};

/// What is known about a mail beside its own content.
#[derive(Debug, Clone)]
pub struct Context {
    /// It answers an offer of ours, as its case knows.
    pub offered: bool,
    /// Percent of certainty below which a person decides.
    pub certainty_bar: u8,
    /// Stands in for the mail's own date where it has none.
    pub now: Option<DateTime<Utc>>,
    /// Most lines that an order may have; one with more is for a person.
    pub max_lines: usize,
    /// What our house is called by others; empty where that is not known.
    pub house: Vec<String>,
}

impl Default for Context {
    fn default() -> Self {
        Self { offered: false, certainty_bar: 80, now: None, max_lines: 5000, house: Vec::new() }
    }
}

/// Reads a mail with the files that came with it, in this process. See [`files::extract`] for
/// where that is too bold.
#[must_use]
pub fn read(mail: &Mail, catalog: &Catalog, context: &Context) -> Reading {
    let mut opened = Opened::of(mail);
    while let Some((number, bytes)) = opened.take_closed() {
        opened.fill(number, files::extract(&bytes));
    }
    read_opened(mail, &opened, catalog, context)
}

/// Reads a mail whose files were opened. Never fails and never panics: what cannot be read is a
/// problem in the reading.
#[must_use]
pub fn read_opened(mail: &Mail, opened: &Opened, catalog: &Catalog, context: &Context) -> Reading {
    if mail.automatic.is_some() {
        return Reading::empty(Intent::Ignore);
    }
    if let Some(message) = read_in_part(mail) {
        return review(ProblemCode::UnreadableAttachment, message, &mail.subject, None);
    }
    let texts = texts(mail);
    if texts.iter().any(|scan| scan.cut || scan.tokens.len() > MAX_TOKENS) {
        return review(ProblemCode::UnreadableAttachment, TOO_LONG, &mail.subject, None);
    }
    let subject = Scan::whole(Part::Subject, &mail.subject);
    let mut vote = Vote::default();
    vote.hear(&subject);
    if let Some(scan) = texts.first() {
        vote.hear(scan);
    }
    let inline = Passed::inline(mail);
    for scan in opened.passed.iter().chain(&inline).filter_map(Passed::scan) {
        vote.hear(&scan);
    }
    let sheets = opened.scans();
    for sheet in &sheets {
        vote.hear(&sheet.scan);
    }
    let lang = vote.winner().or_else(|| stated(mail));
    let today = mail.date.map(|d| d.date_naive()).or_else(|| context.now.map(|n| n.date_naive()));
    let answers = context.offered || answers_offer(mail);
    let desk = Desk { catalog, domain: mail.from.domain(), lang, today, answers };
    let offered = answers;
    let fresh = offered && !texts.is_empty() && texts.iter().all(says_new_order);
    let mut reading = if offered && !fresh {
        answer(mail, !opened.is_empty(), &texts, &desk)
    } else {
        let mut attached = attached::read(opened, &sheets, &desk);
        let news = opened.passed.iter().chain(&inline).all(|passed| passed.is_news(today));
        if let Some(passed) = &inline {
            attached.take_inline(passed, &desk);
        }
        order(mail, &texts, attached, news, &desk, &subject, context)
    };
    reading.lang = lang;
    reading
}

/// Whether a reply to an offer answers nothing, and says that it is a new order.
fn says_new_order(scan: &Scan<'_>) -> bool {
    const NEW: [&str; 8] = [
        " new order ",
        " neue bestellung ",
        " neuen auftrag ",
        " neuer auftrag ",
        " nouvelle commande ",
        " nuovo ordine ",
        " nuevo pedido ",
        " nieuwe bestelling ",
    ];
    let folded = scan.padded(0..scan.tokens.len());
    NEW.iter().any(|words| folded.contains(words)) && !choice::is_told(scan)
}

/// Most words, numbers and marks that a mail's own text may have. Files may have more.
const MAX_TOKENS: usize = 120_000;
const TOO_LONG: &str = "The mail is longer than is read.";

/// A mail of which only a part was read is for a person: the rest may say anything.
fn read_in_part(mail: &Mail) -> Option<&'static str> {
    mail.faults.iter().find_map(|fault| match fault {
        Fault::Encrypted => Some("The mail is encrypted."),
        Fault::TooLarge | Fault::TextCut => Some(TOO_LONG),
        Fault::TooDeep | Fault::TooManyParts => Some("The mail has more parts than are read."),
        Fault::NotAMail | Fault::NoSender | Fault::HeaderCut | Fault::Broken => None,
    })
}

/// The newly written texts: HTML first, since that is what the sender saw.
pub(super) fn texts(mail: &Mail) -> Vec<Scan<'_>> {
    let scan = |part, text: &'_ Text| -> Option<(Part, Vec<std::ops::Range<usize>>)> {
        let written =
            text.new.iter().any(|r| text.full.get(r.clone()).is_some_and(|t| !t.trim().is_empty()));
        written.then(|| (part, text.new.clone()))
    };
    let html = mail.html_text.as_ref().and_then(|t| Some((t, scan(Part::Html, t)?)));
    let plain = scan(Part::Text, &mail.text).map(|found| (&mail.text, found));
    html.into_iter()
        .chain(plain)
        .map(|(text, (part, ranges))| Scan::new(part, &text.full, &ranges))
        .collect()
}

/// The language that the mail's header states.
pub(super) fn stated(mail: &Mail) -> Option<Lang> {
    let tag = mail.stated_language.as_deref()?.get(..2)?.to_lowercase();
    Some(match tag.as_str() {
        "en" => Lang::En,
        "fr" => Lang::Fr,
        "de" => Lang::De,
        "it" => Lang::It,
        "es" => Lang::Es,
        "nl" => Lang::Nl,
        _ => return None,
    })
}

/// Whether a mail answers an offer by its thread: our offers' Message-IDs begin with `offer.`.
pub(super) fn answers_offer(mail: &Mail) -> bool {
    answers(mail, "offer.")
}

/// Whether a mail answers a letter of ours whose Message-ID begins so.
pub(super) fn answers(mail: &Mail, kind: &str) -> bool {
    let last = mail.references.last();
    mail.in_reply_to.iter().chain(last).any(|id| id.starts_with(kind))
}

fn review(code: ProblemCode, message: &str, words: &str, field: Option<Field>) -> Reading {
    Reading {
        problems: vec![problem(code, message, words, field)],
        ..Reading::empty(Intent::Review)
    }
}

/// A text with some of its words blank, if any are.
fn retold<'a>(scan: &'a Scan<'a>, text: Option<&'a str>) -> Cow<'a, Scan<'a>> {
    text.map_or(Cow::Borrowed(scan), |text| Cow::Owned(scan.of(text)))
}

/// A reply to an offer.
fn answer(mail: &Mail, filed: bool, texts: &[Scan<'_>], desk: &Desk<'_>) -> Reading {
    let unclear = |words: &str| {
        review(
            ProblemCode::NoChoice,
            "The answer to the offer is not clearly 1, 2 or 3.",
            words,
            Some(Field::Choice),
        )
    };
    let told: Vec<Option<String>> =
        texts.iter().map(|scan| choice::doubts::without_replaced(scan, desk.lang)).collect();
    let texts: Vec<Cow<'_, Scan<'_>>> =
        texts.iter().zip(&told).map(|(scan, text)| retold(scan, text.as_deref())).collect();
    let Some(scan) = texts.first() else { return unclear("") };
    let shown = clip(
        scan.words(
            scan.span(0..scan.tokens.len())
                .unwrap_or(crate::reading::text::Span { start: 0, end: 0 }),
        ),
        80,
    );
    // What leads to new lines is no part of them.
    let unframed: Vec<Option<String>> =
        texts.iter().map(|scan| choice::frames::without_frames(scan)).collect();
    let framed: Vec<Cow<'_, Scan<'_>>> =
        texts.iter().zip(&unframed).map(|(scan, text)| retold(scan, text.as_deref())).collect();
    // Where nothing leads to lines, the text itself has been read.
    let lined = |at: usize| {
        let scan = framed.get(at).filter(|scan| matches!(scan, Cow::Owned(_)))?;
        choice::read(scan, desk).filter(|found| found.choice == Choice::Available)
    };
    let read = |at: usize| choice::read(texts.get(at)?, desk).or_else(|| lined(at));
    let Some(found) = read(0) else { return unclear(&shown) };
    // Text and HTML must not answer differently.
    if texts.len() > 1 && read(1).is_none_or(|o| o.choice != found.choice) {
        return unclear(&shown);
    }
    if let Some(turn) = choice::beside::turn(mail, found.choice, desk.lang) {
        return unclear(&clip(&turn, 80));
    }
    // What a file says of the answer nobody has read.
    if filed {
        return unclear(&shown);
    }
    let evidence = scan.evidence(found.span, "choice");
    let chosen = Read { value: found.choice, evidence };
    match found.choice {
        Choice::Available => {
            let promised = choice::bounds::promises(scan)
                || choice::amounts::states_other(scan, &found.tokens, mail, desk.lang);
            let framed = framed.first().unwrap_or(scan);
            let own = || choice::frames::runs_in(scan, framed, &found.tokens);
            let runs = match framed {
                Cow::Owned(_) => lined(0).map_or_else(own, |found| found.tokens),
                Cow::Borrowed(_) => found.tokens,
            };
            let runs: Vec<_> =
                runs.into_iter().map(|run| choice::frames::led(framed, run)).collect();
            let body = body::read_beside(framed, &runs, desk);
            available(body, desk, chosen, &Beside { scan, promised, shown: &shown })
        }
        choice => {
            let body = body::read_beside(scan, &found.tokens, desk);
            // New lines in the agreed form beside 2 are an oversight; other words are a wish.
            let told = body.prose.about.has(Cues::CHANGE.and(Cues::CORRECTION));
            let lines = !body.draft.wishes.is_empty();
            if (lines && !body.formal) || told || (lines && choice == Choice::Cancel) {
                return unclear(&shown);
            }
            Reading { choice: Some(chosen), ..Reading::empty(Intent::Choice) }
        }
    }
}

/// What stands beside a choice 1.
struct Beside<'a> {
    /// The answer.
    scan: &'a Scan<'a>,
    /// It promises lines, or counts what the offer does not.
    promised: bool,
    /// Words to show.
    shown: &'a str,
}

/// Choice 1: alone, or with new lines.
fn available(
    body: Body,
    desk: &Desk<'_>,
    chosen: Read<Choice>,
    &Beside { scan, promised, shown }: &Beside<'_>,
) -> Reading {
    if body.draft.wishes.is_empty() && body.draft.loose.is_empty() {
        let wishes_more = body.prose.about.has(Cues::CHANGE.and(Cues::CORRECTION));
        if wishes_more || promised {
            return review(
                ProblemCode::NoChoice,
                "The answer asks for a change, but names no new lines.",
                shown,
                Some(Field::Choice),
            );
        }
        let mut reading = Reading { choice: Some(chosen), ..Reading::empty(Intent::Choice) };
        fill(&mut reading, settle::settle(body.draft, desk));
        reading.problems.clear();
        return reading;
    }
    // New lines below a 1 are an order.
    let doubt = body::doubt(&body, Cues::ORDER, Cues::default(), true);
    // '22 A or 60 B'
    let either = choice::bounds::says_either(scan);
    let turned = !body.formal && body.draft.wishes.len() > 1 && either;
    let corrected = body.prose.about.has(Cues::CORRECTION) || turned;
    let settled = settle::settle(body.draft, desk);
    let sound = settled.is_sound() && settled.problems.is_empty();
    let left_out = choice::amounts::leaves_out(scan, &settled.lines, desk)
        || choice::amounts::counts_reason(scan, &settled.lines);
    let mut reading = Reading::empty(Intent::Choice);
    if sound && doubt == Doubt::None && !corrected && !left_out {
        reading.choice = Some(chosen);
        fill(&mut reading, settled);
        return reading;
    }
    reading.intent = if sound { Intent::Review } else { Intent::Incomplete };
    fill(&mut reading, settled);
    reading.lines.clear();
    if sound {
        reading.problems.push(problem(
            ProblemCode::NoChoice,
            "The new lines are not certain.",
            shown,
            Some(Field::Choice),
        ));
    }
    reading
}

/// Whether a subject is the name of a product, and nothing else.
fn names_product(subject: &Scan<'_>, desk: &Desk<'_>) -> bool {
    let all = 0..subject.tokens.len();
    matches!(values::product(subject, all, Label::Product, desk).0, Named::One(_))
}

/// The body of a mail, of the HTML before the plain text; and the other of them, which must not say
/// something else.
fn body_of<'t, 's>(
    mail: &Mail,
    texts: &'t [Scan<'s>],
    subject: &Scan<'_>,
    desk: &Desk<'_>,
) -> (Body, Option<&'t Scan<'s>>) {
    let mut texts_left = texts.iter();
    let first = texts_left.next().map(|scan| body::read(scan, 0..0, desk));
    let mut body = first.unwrap_or_default();
    // 'See subject', and the order stands there.
    let empty = |text: &Text| text.full.trim().is_empty();
    let silent = mail.attachments.is_empty()
        && empty(&mail.text)
        && mail.html_text.as_ref().is_none_or(empty)
        && mail.unseen.is_empty()
        && !mail.html.as_deref().is_some_and(|page| page.to_ascii_lowercase().contains("<img"));
    let points = body.draft.wishes.is_empty()
        && !subjects::is_reply(&mail.subject)
        && subjects::begins_order(subject)
        && (silent || texts.first().is_some_and(|text| subjects::is_pointed_to(text, desk)));
    if points {
        let mut body = body::read(subject, 0..0, desk);
        let stated = texts
            .first()
            .and_then(|text| references::find(text, &vec![true; text.tokens.len()], desk));
        // Two numbers are one too many.
        let own = body.draft.references.first().map(|read| read.value.clone());
        let other =
            |stated: &references::Stated| own.is_some_and(|own| own != stated.reference.value);
        body.prose.condition |= stated.as_ref().is_some_and(other);
        body::take_reference(&mut body.draft, stated);
        return (body, None);
    }
    // 'See subject', and more goods below: of both a person knows.
    let both = !body.draft.wishes.is_empty()
        && !subjects::is_reply(&mail.subject)
        && texts.first().is_some_and(subjects::points_to_subject)
        && !body::read(subject, 0..0, desk).draft.wishes.is_empty();
    body.prose.condition |= both;
    (body, texts_left.next())
}

/// 'With reference to your quotation we order' under the subject 'Your quotation'.
fn takes_up_offer(body: &Body, texts: &[Scan<'_>], subject: &Scan<'_>) -> bool {
    // 'Before we order 10 A', 'all but 5 A'
    let bound = |t: &crate::reading::text::Token| {
        words!("before when once if unless but except bevor ehe wenn falls sobald ausser avant si lorsque quand sauf prima se quando tranne antes cuando excepto als voordat behalve")
            .has(&t.folded)
    };
    !texts.iter().any(|text| text.tokens.iter().any(bound))
        && body.prose.cues.has(Cues::ACCORDING)
        && body.prose.cues.has(Cues::ORDER)
        && subjects::names_our_offer(subject)
}

/// What the subject says, beside what the body does.
fn subject_cues(
    mail: &Mail,
    body: &Body,
    takes_up: bool,
    subject: &Scan<'_>,
    desk: &Desk<'_>,
) -> Cues {
    let mut cues = body::subject_cues(subject);
    // What answers a confirmation of ours bears the placed order's subject.
    if house::has_confirmed(mail) {
        cues = cues.without(Cues::ORDER);
    }
    if takes_up {
        cues = cues.without(Cues::QUOTE.and(Cues::PRICE)).and(Cues::ACCORDING);
    }
    if body.prose.list && (bare::is_silent(subject) || names_product(subject, desk)) {
        cues = cues.and(Cues::ORDER);
    }
    cues
}

/// A mail that answers no offer.
fn order(
    mail: &Mail,
    texts: &[Scan<'_>],
    mut attached: Attached,
    news: bool,
    desk: &Desk<'_>,
    subject: &Scan<'_>,
    context: &Context,
) -> Reading {
    let said = texts.first().filter(|scan| !scan.tokens.is_empty());
    let told = LazyCell::new(|| said.map(passed::is_instruction));
    let (mut body, other) = body_of(mail, texts, subject, desk);
    let takes_up = takes_up_offer(&body, texts, subject);
    let subject_cues = subject_cues(mail, &body, takes_up, subject, desk);
    if body.draft.references.is_empty() && !subjects::is_reply(&mail.subject) {
        let free = vec![true; subject.tokens.len()];
        body::take_reference(&mut body.draft, references::find(subject, &free, desk));
    }
    let own = !body.draft.wishes.is_empty() || !body.draft.loose.is_empty();
    if own && attached.holds_inline() && *told != Some(true) {
        attached.leave_inline();
    }
    if let Some(reading) = unusable(&attached, own) {
        return reading;
    }
    let filed = attached.leave_goodless(&body.draft);
    let reply = subjects::is_reply(&mail.subject);
    if filed {
        body.follow_file();
    } else if !reply {
        subject_days::take(subject, desk, &mut body.draft);
    }
    let topic = if reply { Cues::default() } else { subject_cues };
    // The subject of a reply is an old one; but what answers our question goes on with its order, and
    // what is passed on has its own.
    let asked_back = answers(mail, "incomplete.");
    // 'Sorry, we forgot the quantity' is what was asked for.
    if asked_back {
        body.prose.cues = body.prose.cues.without(Cues::CORRECTION);
    }
    let heard = if reply && !asked_back && !attached.passed_on { topic } else { subject_cues };
    let mut doubt = body::doubt(&body, heard, topic, false);
    if doubt == Doubt::None && !reply && !takes_up && subjects::names_document(subject) {
        doubt = Doubt::NoOrder;
    }
    let asked = body.prose.cues.and(subject_cues).has(Cues::ORDER) || attached.titled;
    if filed && doubt == Doubt::None && !asked {
        doubt = Doubt::NoOrder;
    }
    // Passed on, but not with a plain word that it is to be done: an old mail, a question.
    let undone = attached.passed_on && !(*told).unwrap_or(news)
        || changes_confirmed(mail, reply, subject, texts);
    if doubt == Doubt::None && (undone || attached.strange && !own || hides_products(mail, desk)) {
        doubt = Doubt::NoOrder;
    }
    let turned = subjects::is_turned(mail, subject, subject_cues, desk);
    let ours = house::is_meant(mail, texts, &attached.sellers, &context.house);
    if doubt == Doubt::None && (own || filed) && (turned || !ours) {
        doubt = Doubt::NoOrder;
    }
    let below = turned_beside(mail, texts, desk.lang).filter(|_| own || filed);
    if doubt == Doubt::None && below.is_some() {
        doubt = Doubt::NoOrder;
    }
    body.prose.account.peril = body.prose.account.peril.take().or(below);
    let open = body.prose.account.open().filter(|_| doubt.is_no_order());
    let loose = body.draft.loose.first().or(open).or(body.prose.odd.as_ref()).cloned();
    let draft = std::mem::take(&mut body.draft);
    let counted = filed || draft.wishes.iter().any(|wish| wish.amount.is_some());
    let wishes = own || filed;
    let mut settled = attached::settle(&mut attached, draft, desk);
    if let Some(other) = other.filter(|_| own) {
        agree(&mut settled, other, strikes_out(mail), desk);
    }
    if own && !reply {
        titled::agree(subject, &mut settled, desk);
    }
    decide(mail, &body, settled, Weighed { doubt, topic, wishes, counted, loose }, context)
}

/// Words that turn the order and stand where nothing of it is read from.
fn turned_beside(mail: &Mail, texts: &[Scan<'_>], lang: Option<Lang>) -> Option<Evidence> {
    below_name::turns(mail, lang)
        .or_else(|| set_apart::turns(mail, lang))
        .or_else(|| plain_only::turns(texts, lang).filter(|_| !strikes_out(mail)))
}

/// 'We need 25' behind a confirmed order may be that one, changed.
fn changes_confirmed(mail: &Mail, reply: bool, subject: &Scan<'_>, texts: &[Scan<'_>]) -> bool {
    // What answers our question is the order that it asked about.
    !answers(mail, "incomplete.")
        && (house::has_confirmed(mail) || reply && subjects::is_confirmation(subject))
        && !texts.iter().any(names_order)
}

/// Whether a text calls anything an order.
fn names_order(text: &Scan<'_>) -> bool {
    text.tokens.iter().any(|t| {
        ["order", "bestell", "auftrag", "command", "ordin", "pedi", "bestel"]
            .iter()
            .any(|beginning| t.folded.starts_with(beginning))
    })
}

/// Whether what was left aside as a signature, as a quote in a mail that answers none, or because the
/// page holds it out of sight, names products: it may be a part of the order.
pub(super) fn hides_products(mail: &Mail, desk: &Desk<'_>) -> bool {
    let fresh = mail.in_reply_to.is_empty()
        && mail.references.is_empty()
        && !subjects::is_reply(&mail.subject);
    let names = |scan: &Scan<'_>| {
        (0..scan.tokens.len()).any(|at| {
            let hit = desk.catalog.index().code_at(scan, at, desk.domain);
            hit.is_some_and(|hit| {
                let words = scan.run(at..hit.end);
                let digits = words.bytes().filter(u8::is_ascii_digit).count();
                digits >= 8 || digits > 0 && words.chars().any(char::is_alphabetic)
            })
        })
    };
    // '>> 6 March 2025' above rows: no mail is quoted.
    let dates = |text: &Text| {
        let scan = Scan::new(Part::Text, &text.full, &quoted(text));
        (0..scan.tokens.len()).any(|at| dates::is_day_ahead(&scan, at, desk.calendar()))
    };
    if fresh && std::iter::once(&mail.text).chain(mail.html_text.as_ref()).any(dates) {
        return true;
    }
    let unseen = !mail.unseen.is_empty() && names(&Scan::whole(Part::Html, &mail.unseen));
    unseen
        || std::iter::once(&mail.text).chain(mail.html_text.as_ref()).any(|text| {
            let mut aside = text.signature.clone();
            if fresh {
                aside.extend(quoted(text));
            }
            names(&Scan::new(Part::Text, &text.full, &aside))
        })
}

/// Lines behind a mark of quotation that are no part of a forwarded mail.
fn quoted(text: &Text) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut attributed = false;
    for line in text.full.split('\n') {
        let forwarded = text.forwarded.as_ref().is_some_and(|f| f.contains(&start));
        let mark = line.trim_start().starts_with('>');
        if mark && !forwarded && !attributed {
            ranges.push(start..start + line.len());
        }
        if !mark && !line.trim().is_empty() {
            attributed = line.trim_end().ends_with([':', '>'])
                && ["@", "wrote", "schrieb", "crit", "scritto", "schreef", "escribi"]
                    .iter()
                    .any(|word| line.contains(word));
        }
        start += line.len() + 1;
    }
    ranges
}

/// What attached files decide alone.
fn unusable(attached: &Attached, own: bool) -> Option<Reading> {
    let filed = !attached.orders.is_empty();
    let file = Some(Field::Attachment);
    if let Some(name) = &attached.change {
        let message = "The attached file changes an order that was placed.";
        return Some(review(ProblemCode::ChangeRequest, message, name, file));
    }
    if let Some(name) =
        attached.unreadable.as_ref().filter(|_| attached.important || !(own || filed))
    {
        let message = "An attached file that may hold the order could not be read.";
        return Some(review(ProblemCode::UnreadableAttachment, message, name, file));
    }
    if let Some(words) = attached.turned.as_ref().filter(|_| own || filed) {
        let message = "Words in an attached file may turn what is ordered.";
        return Some(review(ProblemCode::NotAnOrder, message, words, file));
    }
    let other = attached.no_order.as_ref().filter(|_| !own && !filed)?;
    let message = "The attached file is another document than an order.";
    Some(review(ProblemCode::NotAnOrder, message, other, file))
}

/// Whether the HTML strikes words out.
fn strikes_out(mail: &Mail) -> bool {
    let page = mail.html.as_deref().unwrap_or_default();
    ["line-through", "<del", "<s>", "<s ", "<strike", "<S>", "<DEL", "<STRIKE"]
        .iter()
        .any(|mark| page.contains(mark))
}

/// The plain text must not order something else than the HTML; but it may hold rows that the HTML
/// strikes out. Beside lines that are not sound it need not be read.
fn agree(settled: &mut Settled, other: &Scan<'_>, struck: bool, desk: &Desk<'_>) {
    if !settled.is_sound() {
        return;
    }
    let plain = settle::settle(body::read(other, 0..0, desk).draft, desk);
    let both = plain.is_sound() && plain.problems.is_empty();
    let agreed =
        attached::agree(settled, &plain) || struck && attached::is_part_of(settled, &plain);
    if both && (!agreed || !struck && goes_elsewhere(settled, &plain)) {
        settled.problems.push(problem(
            ProblemCode::Conflict,
            "The text and the HTML of the mail order different things.",
            "",
            None,
        ));
    }
}

/// Whether two readings name addresses of which none is a part of the other.
fn goes_elsewhere(one: &Settled, other: &Settled) -> bool {
    let bare = |settled: &Settled| {
        let address = settled.address.as_ref()?;
        Some(
            address
                .value
                .to_lowercase()
                .chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>(),
        )
    };
    bare(one)
        .zip(bare(other))
        .is_some_and(|(one, other)| !one.contains(other.as_str()) && !other.contains(one.as_str()))
}

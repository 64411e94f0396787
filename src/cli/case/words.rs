//! States, events and effects in plain words, for the clerk.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::flow::{
    Availability, Effect, Event, Folder, HoldReason, Item, Letter, LetterKind, LookedUp, MailRead,
    Outcome, PlacedOrder, Purpose, Resume, Short, State,
};
use crate::reading::{Choice, Intent, Line, Problem, ProblemCode, Reading, Unknown};

/// Most lines that one list of a story shows.
const MANY: usize = 20;

/// Text from outside on one line of a terminal, at most `max` characters: no control characters,
/// and none that turn the direction of writing.
pub(in crate::cli) fn clean(text: &str, max: usize) -> String {
    let harmless = |c: char| {
        let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c.is_control() || turns { ' ' } else { c }
    };
    let mut short: String = text.chars().map(harmless).take(max).collect();
    if text.chars().nth(max).is_some() {
        short.push('…');
    }
    short
}

/// A time in the company's zone.
pub(in crate::cli) fn time(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string()
}

fn day(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%d").to_string()
}

/// A quantity without needless zeros.
fn quantity(number: Decimal) -> String {
    number.normalize().to_string()
}

fn on(date: Option<NaiveDate>) -> String {
    date.map(|date| format!(", for {date}")).unwrap_or_default()
}

/// `1 line`, `2 lines`.
pub(in crate::cli) fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// Where a case stands.
pub(in crate::cli) fn state(state: &State, zone: Tz) -> String {
    match state {
        State::New => "just begun".into(),
        State::LookingUp(purpose) => format!("asking Odoo {}", asking(purpose)),
        State::Placing(placing) => {
            format!("placing {} in Odoo", count(placing.orders.len(), "order"))
        }
        State::Incomplete(incomplete) => {
            format!("waits for the corrected order, asked on {}", day(incomplete.asked_at, zone))
        }
        State::Offered(offered) => {
            format!("waits for the answer to our offer of {}", day(offered.offered_at, zone))
        }
        State::AwaitingStock(awaiting) => format!(
            "waits for replenishment of {} since {}",
            count(awaiting.items.len(), "line"),
            day(awaiting.since, zone)
        ),
        State::Held { reason, .. } => format!("held: {}", hold(reason)),
        State::Ended(outcome) => outcome_words(*outcome).into(),
    }
}

fn asking(purpose: &Purpose) -> &'static str {
    match purpose {
        Purpose::Order(_) => "about products and stock",
        Purpose::TakeAvailable { .. } => "what there is of the short lines",
        Purpose::Wait { .. } => "who supplies the short lines",
        Purpose::Replenished(_) => "whether the stock has come",
        Purpose::Introduce { .. } => "whether it knows the sender",
    }
}

fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Ordered => "done: ordered, and the customer told",
        Outcome::Cancelled => "ended: cancelled by the customer",
        Outcome::Expired => "ended: no answer by the deadline",
        Outcome::NotMade => "ended: nothing of it is made here",
        Outcome::Rejected => "ended: rejected by a person",
        Outcome::Handled => "ended: dealt with by hand",
        Outcome::Ignored => "ended: an automatic mail, not answered",
    }
}

/// Why a case waits for a person.
pub(in crate::cli) fn hold(reason: &HoldReason) -> String {
    match reason {
        HoldReason::Review { problems } if problems.is_empty() => {
            "the mail needs a person's understanding".into()
        }
        HoldReason::Review { problems } => {
            format!("the mail needs a person's understanding: {}", all_problems(problems))
        }
        HoldReason::Unreadable { message } => {
            format!("the mail cannot be read: {}", clean(message, 200))
        }
        HoldReason::UnclearAnswer => "the answer to our offer stayed unclear".into(),
        HoldReason::NoSuchOffer => "it answers an offer that is not to be found, or that went to \
                                    another address"
            .into(),
        HoldReason::AfterEnd => "a mail came after the case had ended".into(),
        HoldReason::NotReserved { orders } => format!(
            "Odoo did not reserve all of {}, or holds other lines than asked",
            clean(&orders.join(", "), 100)
        ),
        HoldReason::Refused { message } => {
            format!("Odoo refused the order: {}", clean(message, 300))
        }
        HoldReason::NoSupplier { products } => format!(
            "neither Odoo nor the configuration (policy.supplier) names a supplier of {}",
            clean(&products.join(", "), 200)
        ),
        HoldReason::WaitedTooLong => "replenishment has not come for too long".into(),
        HoldReason::LetterRefused { message } => {
            format!("a letter could not be delivered: {}", clean(message, 300))
        }
        HoldReason::TooManyLetters => "the cap on letters is reached".into(),
        HoldReason::TooManyOffers => "the cap on offers is reached".into(),
        HoldReason::Repeated => {
            "the same words came again; perhaps a machine answers our letters, so \
                                 no more are written to it"
                .into()
        }
        HoldReason::TooManyQuestions => {
            "the customer was asked several times, and the order is still not complete".into()
        }
        HoldReason::TooManyLines { lines } => {
            format!("the mail orders {lines} lines: more than are placed without a person's word")
        }
        HoldReason::TooManyMails => "more mails came than may wait for one case".into(),
        HoldReason::Failed { what, message } => {
            format!("{} failed: {}", clean(what, 40), clean(message, 300))
        }
    }
}

fn all_problems(problems: &[Problem]) -> String {
    let all: Vec<_> = problems.iter().take(MANY).map(|p| clean(&p.message, 200)).collect();
    all.join("; ")
}

/// What it means that an effect is parked, and what to do about it.
pub(in crate::cli) fn advice(effect: &Effect) -> &'static str {
    match effect {
        Effect::LookUp(_) => "Nothing was ordered in this step; retry when Odoo answers.",
        Effect::Place(_) => {
            "See in Odoo whether the order is there; retrying makes it once, however often."
        }
        Effect::Annotate(_) => {
            "The order stands; only the mail is missing in its chatter. Retry, or leave it."
        }
        Effect::Send(_) => {
            "The letter was not sent: tell them in another way, or retry when the cause is gone."
        }
        Effect::File(_) => {
            "Only the file's place in the mailbox is concerned: move it by hand, or retry."
        }
    }
}

/// What a person can do about a case: command words with what they do.
pub(in crate::cli) fn ways(state: &State) -> Vec<(&'static str, &'static str)> {
    let reject = ("reject", "ends it; with --tell the customer gets a letter");
    match state {
        State::Held { resume, .. } => vec![("approve", resumes(resume.as_ref())), reject],
        State::AwaitingStock(_) => vec![("approve", "looks at the stock now"), reject],
        State::Offered(_) | State::Incomplete(_) => vec![reject],
        State::New | State::LookingUp(_) | State::Placing(_) | State::Ended(_) => Vec::new(),
    }
}

fn resumes(resume: Option<&Resume>) -> &'static str {
    match resume {
        None => "closes it as dealt with by hand",
        Some(Resume::LookUp(_)) => "asks Odoo again and goes on from there",
        Some(Resume::Place(placing)) if placing.accepted => {
            "accepts the orders as Odoo has them, and tells the customer"
        }
        Some(Resume::Place(_)) => "places the orders",
        Some(Resume::Offer(_)) => "waits for the answer to the offer again",
        Some(Resume::Correct(_)) => "waits for the corrected order again",
        Some(Resume::Await(_)) => "waits for the stock again",
    }
}

/// What happened: a heading, and lines under it.
pub(in crate::cli) fn event(event: &Event) -> Vec<String> {
    match event {
        Event::MailRead(mail) => mail_read(mail),
        Event::MailFailed { from, subject, reason, .. } => vec![
            format!("A mail of {} came: “{}”", clean(&from.email, 80), clean(subject, 120)),
            format!("It cannot be read: {}", clean(reason, 200)),
        ],
        Event::LookedUp(found) => looked_up(found),
        Event::Placed { orders, .. } => {
            let mut lines = vec!["Odoo holds:".to_owned()];
            lines.extend(orders.iter().take(MANY).flat_map(order));
            lines
        }
        Event::PlaceRefused(refused) => {
            vec![format!("Odoo refused the order: {}", clean(&refused.message, 300))]
        }
        Event::LetterSent { kind, to, message_id } => vec![
            format!("The letter “{}” went to {}", letter(*kind), clean(to, 120)),
            format!("Message-ID {}", clean(message_id, 200)),
        ],
        Event::LetterFailed { kind, to, failure } => vec![
            format!("The letter “{}” to {} was refused:", letter(*kind), clean(to, 120)),
            clean(&failure.message, 300),
        ],
        Event::LetterBounced { kind, to, failed, message, .. } => {
            let what = if *failed { "came back" } else { "is not delivered yet" };
            vec![
                format!("The letter “{}” to {} {what}:", letter(*kind), clean(to, 120)),
                clean(message, 300),
            ]
        }
        Event::Annotated => vec!["The mail stands in the order's chatter in Odoo".into()],
        Event::Filed { folder, .. } => vec![format!("The mail was put into {}", place(*folder))],
        Event::Due => vec!["The time was up: looked at it again".into()],
        Event::Approved { by } => vec![format!("{} approved it", clean(by, 60))],
        Event::Rejected { by, tell } => {
            let told = if *tell { ", and the customer is told" } else { "" };
            vec![format!("{} rejected it{told}", clean(by, 60))]
        }
        Event::EffectFailed { effect, failure } => {
            vec![format!("Given up: {}", effect_name(effect)), clean(&failure.message, 300)]
        }
    }
}

fn mail_read(mail: &MailRead) -> Vec<String> {
    let reading = &mail.reading;
    let from = clean(&mail.from.email, 80);
    let mut lines = vec![format!("A mail of {from} came: “{}”", clean(&mail.subject, 120))];
    lines.push(match (reading.intent, reading.choice.as_ref().map(|read| read.value)) {
        (Intent::Order, _) => {
            format!("Understood: an order of {}", count(reading.lines.len(), "line"))
        }
        (Intent::Choice, Some(Choice::Available)) if reading.lines.is_empty() => {
            "Understood: 1, what is available of the short lines".into()
        }
        (Intent::Choice, Some(Choice::Available)) => {
            format!("Understood: 1, and {} instead", count(reading.lines.len(), "line"))
        }
        (Intent::Choice, Some(Choice::Wait)) => "Understood: 2, to wait for replenishment".into(),
        (Intent::Choice, Some(Choice::Cancel)) => "Understood: 3, to cancel".into(),
        (Intent::Choice, None) => "Understood: an answer, but not which".into(),
        (Intent::Incomplete, _) if only_unknown(reading) => {
            "Understood: an order of what we do not make".into()
        }
        (Intent::Incomplete, _) => "Understood: an order that is not complete".into(),
        (Intent::Review, _) => "Not understood with certainty: for a person".into(),
        (Intent::Ignore, _) => "An automatic mail: no letter answers it".into(),
    });
    lines.extend(reading.lines.iter().take(MANY).map(wanted_line));
    lines.extend(reading.unknown.iter().take(MANY).map(not_made));
    lines.extend(
        reading.problems.iter().take(MANY).map(|p| format!("! {}", clean(&p.message, 240))),
    );
    if let Some(reference) = &reading.reference {
        lines.push(format!("Their order number: {}", clean(&reference.value, 60)));
    }
    lines
}

/// Nothing is wrong with the mail but that we do not make what it orders.
pub(in crate::cli) fn only_unknown(reading: &Reading) -> bool {
    let unknown = |problem: &Problem| problem.code == ProblemCode::UnknownProduct;
    reading.lines.is_empty() && !reading.unknown.is_empty() && reading.problems.iter().all(unknown)
}

fn wanted_line(line: &Line) -> String {
    let code = product(&line.product.default_code, line.product.id);
    format!("- {} × {code}{}", quantity(line.quantity), on(line.delivery_date))
}

fn not_made(unknown: &Unknown) -> String {
    let many = unknown.quantity.map(|q| format!("{} × ", quantity(q))).unwrap_or_default();
    format!("- {many}“{}”: we do not make that", clean(&unknown.words, 80))
}

fn product(code: &str, id: i64) -> String {
    if code.is_empty() { format!("product {id}") } else { clean(code, 40) }
}

fn looked_up(found: &LookedUp) -> Vec<String> {
    let who = match &found.partner {
        Some(partner) => format!("the customer is partner {}", partner.id),
        None => "the customer is new to it".into(),
    };
    let mut lines = vec![format!("Odoo answered: {who}")];
    lines.extend(found.stock.iter().take(MANY).map(|(id, stock)| {
        let name = clean(&stock.name, 60);
        match stock.availability {
            Availability::Stock(number) => {
                format!("- {name} ({id}): {} {} available", quantity(number), clean(&stock.uom, 20))
            }
            Availability::Untracked => format!("- {name} ({id}): not kept in stock, always there"),
            Availability::Inactive => format!("- {name} ({id}): not sold any more"),
        }
    }));
    for order in found.already.iter().take(MANY) {
        lines.push(format!("- order {} stands already", clean(&order.number, 40)));
    }
    lines
}

/// An order with its lines.
pub(super) fn order(order: &PlacedOrder) -> Vec<String> {
    let standing = match (order.cancelled, order.confirmed) {
        (true, _) => "cancelled in Odoo",
        (false, true) => "confirmed",
        (false, false) => "a quotation",
    };
    let date = order.delivery_date.map(|date| format!(", delivery {date}")).unwrap_or_default();
    let total = format!("{} {}", clean(&order.currency, 8), order.total.round_dp(2));
    let mut lines = vec![format!("- {} ({standing}), {total}{date}", clean(&order.number, 40))];
    lines.extend(order.lines.iter().take(MANY).map(|line| {
        let code = product(&line.default_code, line.product_id);
        let reserved = match line.reserved {
            Some(reserved) if reserved < line.quantity => {
                format!(", only {} reserved", quantity(reserved))
            }
            _ => String::new(),
        };
        format!("  {} {} × {code}{reserved}", quantity(line.quantity), clean(&line.uom, 20))
    }));
    lines
}

/// Lines that are short, or that are waited for.
pub(super) fn open_lines(state: &State) -> Vec<String> {
    let short = |lines: &[Short]| -> Vec<String> {
        let line = |line: &Short| {
            let wanted = &line.item.wanted;
            let code = product(&wanted.product.default_code, wanted.product.id);
            let (have, want) = (quantity(line.available), quantity(wanted.quantity));
            format!("- {want} × {code}{}: {have} available", on(wanted.date))
        };
        lines.iter().take(MANY).map(line).collect()
    };
    let item = |item: &Item| {
        let wanted = &item.wanted;
        let code = product(&wanted.product.default_code, wanted.product.id);
        format!("- {} × {code}{}", quantity(wanted.quantity), on(wanted.date))
    };
    match state {
        State::Offered(offered) => short(&offered.short),
        State::AwaitingStock(awaiting) => awaiting.items.iter().take(MANY).map(item).collect(),
        State::Incomplete(incomplete) => {
            let problem = |p: &Problem| format!("! {}", clean(&p.message, 240));
            incomplete.problems.iter().take(MANY).map(problem).collect()
        }
        _ => Vec::new(),
    }
}

/// A kind of letter, as a clerk would call it.
pub(in crate::cli) fn letter(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Confirmation => "order confirmation",
        LetterKind::Incomplete => "what is missing in your order",
        LetterKind::NotMade => "we do not make that",
        LetterKind::Offer => "insufficient stock: 1, 2 or 3?",
        LetterKind::Replenishment => "replenishment is on its way",
        LetterKind::Request => "request for replenishment",
        LetterKind::Cancelled => "cancelled",
        LetterKind::AskedAgain => "1, 2 or 3, please?",
        LetterKind::Reminder => "reminder",
        LetterKind::Expired => "closed without an answer",
        LetterKind::Held => "a colleague looks at it",
    }
}

fn place(folder: Folder) -> String {
    format!("the folder {}", folder.dir_name())
}

/// What is to be done.
pub(super) fn effect(effect: &Effect) -> String {
    match effect {
        Effect::LookUp(ask) => format!("ask Odoo about {}", count(ask.products.len(), "product")),
        Effect::Place(place) => format!("place {} in Odoo", count(place.orders.len(), "order")),
        Effect::Annotate(_) => "put the mail into the order's chatter".into(),
        Effect::Send(send) => send_words(send),
        Effect::File(file) => format!("put the mail into {}", place(file.folder)),
    }
}

fn send_words(send: &Letter) -> String {
    format!("send the letter “{}” to {}", letter(send.kind), clean(&send.to.email, 120))
}

/// What is to be done, from an effect's name alone.
fn effect_name(name: &str) -> &'static str {
    match name {
        "look_up" => "asking Odoo",
        "place" => "placing the order in Odoo",
        "annotate" => "putting the mail into the order's chatter",
        "send" => "sending a letter",
        "file" => "filing the mail",
        _ => "something else",
    }
}

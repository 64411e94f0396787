//! The story of one order, in plain words.

use std::fmt::Write as _;

use chrono_tz::Tz;

use super::words::{self, clean, time};
use crate::flow::begins_anew;
use crate::store::{CaseRow, DeadLetter, EventRow, MailRow, MailState, Waiting, Waits};

/// All that is remembered of a case.
pub(super) struct Known {
    /// The case.
    pub(super) row: CaseRow,
    /// Its events, oldest first.
    pub(super) events: Vec<EventRow>,
    /// Its mails, oldest first.
    pub(super) mails: Vec<MailRow>,
    /// What is not done yet.
    pub(super) waiting: Vec<Waiting>,
    /// What is parked for a person.
    pub(super) parked: Vec<DeadLetter>,
}

/// Tells the story; times are of the company's zone.
pub(super) fn story(known: &Known, zone: Tz) -> String {
    let mut text = String::new();
    head(&mut text, known, zone);
    what_happened(&mut text, known, zone);
    what_waits(&mut text, known, zone);
    what_can_be_done(&mut text, known);
    text
}

fn head(text: &mut String, known: &Known, zone: Tz) {
    let case = &known.row.case;
    let from = &case.customer.from;
    let who = if from.name.is_empty() {
        clean(&from.email, 120)
    } else {
        format!("{} <{}>", clean(&from.name, 60), clean(&from.email, 120))
    };
    let _ = writeln!(text, "Case {}", case.key);
    field(text, "From", &who);
    if case.customer.reply_to.email != from.email && !case.customer.reply_to.email.is_empty() {
        field(text, "Answers to", &clean(&case.customer.reply_to.email, 120));
    }
    field(text, "Subject", &clean(&case.subject, 200));
    if let Some(reference) = &case.reference {
        field(text, "Their number", &clean(reference, 60));
    }
    field(text, "State", &words::state(&case.state, zone));
    for line in words::open_lines(&case.state) {
        field(text, "", &line);
    }
    for order in &case.orders {
        let mut lines = words::order(order).into_iter();
        field(text, "Order", lines.next().unwrap_or_default().trim_start_matches("- "));
    }
    for mail in &known.mails {
        let at = format!("{}/{}", mail.maildir.display(), mail.file);
        let failed = if mail.state == MailState::Failed { " (cannot be read)" } else { "" };
        field(text, "Mail", &format!("{}{failed}", clean(&at, 300)));
    }
    if let Some(at) = known.row.wake_at {
        field(text, "Looked at next", &time(at, zone));
    }
}

fn field(text: &mut String, name: &str, value: &str) {
    let _ = writeln!(text, "  {name:<15} {value}");
}

fn what_happened(text: &mut String, known: &Known, zone: Tz) {
    text.push('\n');
    for row in &known.events {
        let mut lines = words::event(&row.event).into_iter();
        let _ = writeln!(text, "{}  {}", time(row.at, zone), lines.next().unwrap_or_default());
        for line in lines {
            let _ = writeln!(text, "{:21}{line}", "");
        }
    }
    if known.events.is_empty() {
        text.push_str("Nothing has happened yet.\n");
    }
}

fn what_waits(text: &mut String, known: &Known, zone: Tz) {
    if !known.waiting.is_empty() {
        text.push_str("\nStill to be done:\n");
    }
    for waiting in &known.waiting {
        let when = match waiting.waits {
            Waits::Ready => "ready".to_owned(),
            Waits::Until(at) => format!("again at {}", time(at, zone)),
            Waits::Leased(_) => "under way".to_owned(),
        };
        let _ = writeln!(text, "- {} ({when})", words::effect(&waiting.effect));
        if let Some(error) = &waiting.error {
            let _ = writeln!(text, "  tried {}: {}", times(waiting.attempts), clean(error, 300));
        }
    }
    if !known.parked.is_empty() {
        text.push_str("\nParked for a person:\n");
    }
    for parked in &known.parked {
        let _ =
            writeln!(text, "- {}, since {}", words::effect(&parked.effect), time(parked.at, zone));
        let _ =
            writeln!(text, "  tried {}: {}", times(parked.attempts), clean(&parked.reason, 300));
        let _ = writeln!(text, "  {}", words::advice(&parked.effect));
    }
}

/// `once`, `3 times`.
fn times(number: u32) -> String {
    if number == 1 { "once".into() } else { format!("{number} times") }
}

fn what_can_be_done(text: &mut String, known: &Known) {
    let case = &known.row.case;
    let mut ways = words::ways(&case.state);
    if !known.parked.is_empty() {
        ways.push(("retry", "tries again what is parked"));
    }
    if !ways.is_empty() {
        text.push_str("\nWhat you can do:\n");
    }
    for (command, does) in ways {
        let line = format!("postorder case {command} {}", case.key);
        let _ = writeln!(text, "  {line:<42} {does}");
    }
    let anew =
        |mail: &&MailRow| mail.state == MailState::Failed || begins_anew(&known.row.case, &mail.id);
    if let Some(mail) = known.mails.iter().find(anew) {
        let line = format!("postorder mail replay {}", mail.id);
        let _ = writeln!(text, "  {line:<42} reads the mail anew, after an upgrade, say");
    }
}

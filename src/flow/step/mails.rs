//! A mail was read.

use rust_decimal::Decimal;

use super::turn::{Turn, resume_of};
use crate::flow::{
    Awaiting, Case, CaseKey, Content, Folder, HoldReason, LetterKind, MailRead, Offered, Outcome,
    Purpose, Request, Resume, Short, State,
};
use crate::mail::MailId;
use crate::reading::{Choice, Intent, Lang, ProblemCode, Reading};

/// Whether a mail of this case's thread goes on with the case; else it begins a case of its own.
///
/// Another sender's mail never does: an offer is answered only from the address that it went to.
/// A fresh order in an old thread is a fresh order.
#[must_use]
pub fn joins(case: &Case, mail: &MailRead) -> bool {
    let customer = &case.customer;
    let same = [&customer.from, &customer.reply_to]
        .into_iter()
        .any(|known| !known.email.is_empty() && known.email == mail.from.email);
    let fresh = matches!(mail.reading.intent, Intent::Order | Intent::Incomplete);
    let over = matches!(case.state, State::Ended(_) | State::AwaitingStock(_));
    same && !(fresh && over)
}

/// The mail that began a case is read anew, after an upgrade, say: where nothing came of the case
/// but that a person must understand it, it begins as if the mail had just come.
#[must_use]
pub fn begins_anew(case: &Case, mail: &MailId) -> bool {
    let State::Held { reason, .. } = &case.state else { return false };
    let not_understood = matches!(
        reason,
        HoldReason::Unreadable { .. } | HoldReason::Review { .. } | HoldReason::Repeated
    );
    not_understood && case.orders.is_empty() && case.key == CaseKey::of(mail)
}

pub(super) fn read(turn: &mut Turn<'_>, mail: &MailRead) {
    if begins_anew(&turn.case, &mail.mail) {
        turn.case.state = State::New;
    }
    take(turn, mail);
}

fn take(turn: &mut Turn<'_>, mail: &MailRead) {
    if mail.reading.intent == Intent::Ignore {
        ignore(turn, mail);
        return;
    }
    if turn.case.state.in_flight() {
        defer(turn, mail);
        return;
    }
    remember(turn, mail);
    if mail.recent_letters >= turn.policy.letters_per_sender_hour {
        let resume = resume_of(&turn.case.state);
        turn.hold(HoldReason::TooManyLetters, resume);
        turn.file(&mail.mail, Folder::Review);
        return;
    }
    if mail.repeated && !understood(&turn.case.state, &mail.reading) {
        if !matches!(turn.case.state, State::Held { .. }) {
            let resume = resume_of(&turn.case.state);
            turn.hold(HoldReason::Repeated, resume);
        }
        turn.file(&mail.mail, Folder::Review);
        return;
    }
    match turn.case.state.clone() {
        State::New => first(turn, mail),
        State::Incomplete(_) => corrected(turn, mail),
        State::Offered(offered) => answered(turn, mail, offered),
        State::AwaitingStock(awaiting) => while_waiting(turn, mail, awaiting),
        State::Ended(_) => introduce(turn, mail, HoldReason::AfterEnd, None),
        // A person is looking at the case already, and finds the new mail beside the old one.
        State::Held { .. } | State::LookingUp(_) | State::Placing(_) => {
            turn.file(&mail.mail, Folder::Review);
        }
    }
}

/// The mail says something that can be done; else a letter would have to ask what it means.
fn understood(state: &State, reading: &Reading) -> bool {
    let open = matches!(state, State::Offered(_) | State::AwaitingStock(_));
    match reading.intent {
        Intent::Order => true,
        Intent::Choice => open,
        Intent::Incomplete | Intent::Review | Intent::Ignore => false,
    }
}

/// Reads what came while Odoo was being asked, now that it has answered.
pub(super) fn deferred(turn: &mut Turn<'_>) {
    while !turn.case.state.in_flight() && !turn.case.deferred.is_empty() {
        let mail = turn.case.deferred.remove(0);
        take(turn, &mail);
    }
    if turn.case.overflowed && !turn.case.state.in_flight() {
        turn.case.overflowed = false;
        let resume = resume_of(&turn.case.state);
        turn.hold(HoldReason::TooManyMails, resume);
    }
}

fn defer(turn: &mut Turn<'_>, mail: &MailRead) {
    if turn.case.deferred.len() < Case::MAX_DEFERRED {
        turn.case.deferred.push(mail.clone());
    } else {
        turn.case.overflowed = true;
        turn.file(&mail.mail, Folder::Review);
    }
}

fn ignore(turn: &mut Turn<'_>, mail: &MailRead) {
    turn.file(&mail.mail, Folder::Ignored);
    if matches!(turn.case.state, State::New) {
        turn.case.customer.from = mail.from.clone();
        turn.case.subject.clone_from(&mail.subject);
        turn.end(Outcome::Ignored);
    }
}

/// Keeps what later letters need: whom to write to, in which language, in which thread.
fn remember(turn: &mut Turn<'_>, mail: &MailRead) {
    let case = &mut turn.case;
    if matches!(case.state, State::New) {
        case.customer.from = mail.from.clone();
        case.customer.lang = turn.policy.default_lang;
        case.subject.clone_from(&mail.subject);
    }
    case.customer.reply_to = mail.reply_to.clone();
    if let Some(lang) = mail.reading.lang
        && (!case.customer.lang_from_mail || says_much(&mail.reading))
    {
        case.customer.lang = written(lang);
        case.customer.lang_from_mail = true;
    }
    if let Some(reference) = &mail.reading.reference {
        case.reference = Some(reference.value.clone());
    }
    let known = mail.references.iter().chain(mail.message_id.iter());
    for id in known {
        if !case.thread.contains(id) {
            case.thread.push(id.clone());
        }
    }
    let surplus = case.thread.len().saturating_sub(Case::MAX_THREAD);
    case.thread.drain(..surplus);
}

/// A language is taken over from a later mail only where there is enough text to tell.
fn says_much(reading: &Reading) -> bool {
    matches!(reading.intent, Intent::Order | Intent::Incomplete | Intent::Review)
}

/// The language that a letter is written in.
fn written(lang: Lang) -> Lang {
    match lang {
        Lang::Es | Lang::Nl => Lang::En,
        other => other,
    }
}

fn first(turn: &mut Turn<'_>, mail: &MailRead) {
    let reading = &mail.reading;
    match reading.intent {
        Intent::Order => order(turn, mail),
        Intent::Incomplete => ask(turn, mail),
        Intent::Choice => introduce(turn, mail, HoldReason::NoSuchOffer, None),
        Intent::Review | Intent::Ignore => review(turn, mail),
    }
}

fn order(turn: &mut Turn<'_>, mail: &MailRead) {
    let request = Request::of(&mail.mail, &mail.reading);
    let lines = request.lines.len();
    if lines > turn.policy.lines_per_mail {
        introduce(turn, mail, HoldReason::TooManyLines { lines }, Some(request));
    } else if lines > 0 {
        turn.case.questions = 0;
        turn.look_up(Purpose::Order(request));
    } else if !request.unknown.is_empty() {
        not_made(turn, mail);
    } else {
        review(turn, mail);
    }
}

/// The case waits for a corrected order. Only what the customer can mend is asked.
fn ask(turn: &mut Turn<'_>, mail: &MailRead) {
    let reading = &mail.reading;
    let only_unknown = !reading.unknown.is_empty()
        && reading.problems.iter().all(|p| p.code == ProblemCode::UnknownProduct);
    if only_unknown && reading.lines.is_empty() {
        not_made(turn, mail);
    } else {
        turn.ask(reading.problems.clone(), reading.unknown.clone());
        let held = matches!(turn.case.state, State::Held { .. });
        turn.file(&mail.mail, if held { Folder::Review } else { Folder::Done });
    }
}

fn not_made(turn: &mut Turn<'_>, mail: &MailRead) {
    let content = Content { unknown: mail.reading.unknown.clone(), ..Content::default() };
    turn.send(LetterKind::NotMade, content);
    turn.file(&mail.mail, Folder::Done);
    turn.end(Outcome::NotMade);
}

/// A person must look at the mail; what it orders, if anything, is placed when they approve.
fn review(turn: &mut Turn<'_>, mail: &MailRead) {
    let reason = HoldReason::Review { problems: mail.reading.problems.clone() };
    let request = Request::of(&mail.mail, &mail.reading);
    let request = (!request.lines.is_empty()).then_some(request);
    introduce(turn, mail, reason, request);
}

/// Asks Odoo whether we know the sender, before a stranger could get a letter.
fn introduce(turn: &mut Turn<'_>, mail: &MailRead, reason: HoldReason, request: Option<Request>) {
    turn.look_up(Purpose::Introduce { mail: mail.mail.clone(), reason, request });
}

fn corrected(turn: &mut Turn<'_>, mail: &MailRead) {
    match mail.reading.intent {
        Intent::Order => order(turn, mail),
        Intent::Incomplete => ask(turn, mail),
        Intent::Choice | Intent::Review | Intent::Ignore => review(turn, mail),
    }
}

fn answered(turn: &mut Turn<'_>, mail: &MailRead, offered: Offered) {
    let reading = &mail.reading;
    let choice = reading.choice.as_ref().map(|read| read.value);
    match (reading.intent, choice) {
        (Intent::Choice, Some(choice)) => chosen(turn, mail, choice, offered.short),
        (Intent::Order, _) if offered.correcting => order(turn, mail),
        (Intent::Incomplete, _) if offered.correcting || choice == Some(Choice::Available) => {
            correct_choice(turn, mail, offered);
        }
        _ if offered.asked_again => {
            let reason = HoldReason::UnclearAnswer;
            turn.tell_held();
            turn.hold(reason, Some(Resume::Offer(offered)));
            turn.file(&mail.mail, Folder::Review);
        }
        _ => ask_again(turn, mail, offered),
    }
}

/// Choice 1 with new lines that are not complete: the offer stays open for the corrected ones.
fn correct_choice(turn: &mut Turn<'_>, mail: &MailRead, offered: Offered) {
    let content = Content {
        problems: mail.reading.problems.clone(),
        unknown: mail.reading.unknown.clone(),
        about_offer: true,
        deadline: Some(turn.policy.last_day(turn.now)),
        ..Content::default()
    };
    turn.send(LetterKind::Incomplete, content);
    turn.file(&mail.mail, Folder::Done);
    let offered = Offered { correcting: true, offered_at: turn.now, reminded_at: None, ..offered };
    turn.case.state = State::Offered(offered);
}

fn ask_again(turn: &mut Turn<'_>, mail: &MailRead, offered: Offered) {
    let content = Content {
        short: offered.short.clone(),
        about_offer: true,
        deadline: Some(turn.policy.last_day(turn.now)),
        ..Content::default()
    };
    turn.send(LetterKind::AskedAgain, content);
    turn.file(&mail.mail, Folder::Done);
    let offered = Offered { asked_again: true, offered_at: turn.now, reminded_at: None, ..offered };
    turn.case.state = State::Offered(offered);
}

/// 1, 2 or 3 for these short lines.
fn chosen(turn: &mut Turn<'_>, mail: &MailRead, choice: Choice, short: Vec<Short>) {
    match choice {
        Choice::Available if has_lines(&mail.reading) => order(turn, mail),
        Choice::Available => {
            turn.look_up(Purpose::TakeAvailable { mail: mail.mail.clone(), short });
        }
        Choice::Wait => turn.look_up(Purpose::Wait { mail: mail.mail.clone(), short }),
        Choice::Cancel => {
            turn.send(LetterKind::Cancelled, Content { short, ..Content::default() });
            turn.file(&mail.mail, Folder::Done);
            turn.end(Outcome::Cancelled);
        }
    }
}

fn has_lines(reading: &Reading) -> bool {
    !reading.lines.is_empty() || !reading.unknown.is_empty()
}

/// A customer who waits may still take what there is, or cancel.
fn while_waiting(turn: &mut Turn<'_>, mail: &MailRead, awaiting: Awaiting) {
    let choice = mail.reading.choice.as_ref().map(|read| read.value);
    match (mail.reading.intent, choice) {
        (Intent::Choice, Some(Choice::Wait)) => turn.file(&mail.mail, Folder::Done),
        (Intent::Choice, Some(choice)) => {
            let none = |item| Short { item, available: Decimal::ZERO };
            chosen(turn, mail, choice, awaiting.items.into_iter().map(none).collect());
        }
        _ => {
            turn.tell_held();
            let reason = HoldReason::Review { problems: mail.reading.problems.clone() };
            turn.hold(reason, Some(Resume::Await(awaiting)));
            turn.file(&mail.mail, Folder::Review);
        }
    }
}

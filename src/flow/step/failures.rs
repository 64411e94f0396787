//! Something outside failed for good.

use super::turn::{Turn, resume_of};
use crate::flow::{ErrorClass, Failure, Folder, HoldReason, LetterKind, Placing, Purpose, State};
use crate::mail::{Address, MailId};

/// A letter was refused: a person must reach the customer, or the supplier, in another way.
pub(super) fn letter(turn: &mut Turn<'_>, kind: LetterKind, to: &str, failure: &Failure) {
    let already = matches!(turn.case.state, State::Held { .. }) || turn.case.state.in_flight();
    if already || kind == LetterKind::Held {
        return;
    }
    let message = format!("{} to {to}: {}", kind.name(), failure.message);
    let resume = resume_of(&turn.case.state);
    turn.hold(HoldReason::LetterRefused { message }, resume);
}

/// A letter came back: as if it had been refused at once. A bounce that only tells of a delay is
/// kept for the story.
pub(super) fn bounce(
    turn: &mut Turn<'_>,
    mail: &MailId,
    kind: LetterKind,
    to: &str,
    failed: Option<&String>,
) {
    let held = matches!(turn.case.state, State::Held { .. });
    if let Some(message) = failed {
        let failure = Failure { class: ErrorClass::Permanent, message: message.clone() };
        letter(turn, kind, to, &failure);
    }
    let newly = !held && matches!(turn.case.state, State::Held { .. });
    turn.file(mail, if newly { Folder::Review } else { Folder::Ignored });
}

/// A look-up or an order that cannot be done holds the case. A note in the chatter or the place of
/// a file is no reason to: those become dead letters alone.
pub(super) fn effect(turn: &mut Turn<'_>, effect: &str, failure: &Failure) {
    let mail = match &turn.case.state {
        State::LookingUp(purpose) if effect == "look_up" => purpose.mail().clone(),
        State::Placing(Placing { mail, .. }) if effect == "place" => mail.clone(),
        _ => return,
    };
    let stranger = matches!(turn.case.state, State::LookingUp(Purpose::Introduce { .. }));
    let resume = resume_of(&turn.case.state);
    if !stranger {
        turn.tell_held();
    }
    let reason = HoldReason::Failed { what: effect.to_owned(), message: failure.message.clone() };
    turn.hold(reason, resume);
    turn.file(&mail, Folder::Review);
}

/// A mail that cannot be read makes a case of its own, for a person; nobody gets a letter.
pub(super) fn mail(
    turn: &mut Turn<'_>,
    mail: &MailId,
    from: &Address,
    subject: &str,
    reason: &str,
) {
    turn.file(mail, Folder::Failed);
    if matches!(turn.case.state, State::New) {
        turn.case.customer.from = from.clone();
        subject.clone_into(&mut turn.case.subject);
        turn.hold(HoldReason::Unreadable { message: reason.to_owned() }, None);
    }
}

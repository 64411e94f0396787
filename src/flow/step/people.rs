//! A person decided.

use super::NoPlace;
use super::turn::Turn;
use crate::flow::{
    Awaiting, Content, Folder, LetterKind, Offered, Outcome, Purpose, Resume, State,
};

/// A held case goes on; a case that waits for stock looks at it now.
pub(super) fn approved(turn: &mut Turn<'_>) -> Result<(), NoPlace> {
    match turn.case.state.clone() {
        State::Held { resume, .. } => resumed(turn, resume),
        State::AwaitingStock(awaiting) => turn.look_up(Purpose::Replenished(awaiting)),
        _ => return Err(NoPlace),
    }
    Ok(())
}

/// Deadlines begin anew: the customer could not have met them while the case was held.
fn resumed(turn: &mut Turn<'_>, resume: Option<Resume>) {
    let now = turn.now;
    match resume {
        None => turn.end(Outcome::Handled),
        Some(Resume::LookUp(purpose)) => turn.look_up(purpose),
        Some(Resume::Place(placing)) => turn.place(placing),
        Some(Resume::Offer(offered)) => {
            turn.case.state =
                State::Offered(Offered { offered_at: now, reminded_at: None, ..offered });
        }
        Some(Resume::Correct(mut incomplete)) => {
            incomplete.asked_at = now;
            incomplete.reminded_at = None;
            turn.case.state = State::Incomplete(incomplete);
        }
        Some(Resume::Await(awaiting)) => {
            turn.case.state =
                State::AwaitingStock(Awaiting { since: now, check_at: now, ..awaiting });
        }
    }
}

/// Ends a case that waits for anybody. Orders that stand in Odoo stay there.
pub(super) fn rejected(turn: &mut Turn<'_>, tell: bool) -> Result<(), NoPlace> {
    let none = Content::default();
    let (lapses, mail) = match &turn.case.state {
        State::Held { .. } | State::Incomplete(_) => (none, None),
        State::Offered(offered) => {
            (Content { short: offered.short.clone(), ..none }, Some(offered.mail.clone()))
        }
        State::AwaitingStock(awaiting) => {
            (Content { items: awaiting.items.clone(), ..none }, Some(awaiting.mail.clone()))
        }
        _ => return Err(NoPlace),
    };
    if tell {
        turn.send(LetterKind::Cancelled, Content { by_us: true, ..lapses });
    }
    if let Some(mail) = mail {
        turn.file(&mail, Folder::Done);
    }
    turn.end(Outcome::Rejected);
    Ok(())
}

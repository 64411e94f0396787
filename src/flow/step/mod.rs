//! The state machine: [`step`] decides what an event means for a case.
//!
//! One module per kind of event: mails, Odoo's answers, time, people, failures.

mod answers;
mod failures;
mod mails;
mod partition;
mod people;
mod time;
mod turn;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Case, Effect, Event, Policy, State};
pub use mails::{begins_anew, joins};
pub use time::{Peek, peek};
use turn::Turn;

/// What an event leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// The case as it is from now on.
    pub case: Case,
    /// What is to be done outside, in this order.
    pub effects: Vec<Effect>,
    /// When [`Event::Due`] is wanted; `None`: not at all.
    pub wake_at: Option<DateTime<Utc>>,
}

/// An event that the case's state has no place for. It becomes a dead letter; the case stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("a case that is {state} cannot take the event {event}")]
pub struct Illegal {
    /// [`State::name`](super::State::name).
    pub state: String,
    /// [`Event::name`].
    pub event: String,
}

/// Decides what an event means for a case.
///
/// # Errors
/// [`Illegal`] where the case's state has no place for the event.
pub fn step(
    case: &Case,
    event: &Event,
    policy: &Policy,
    now: DateTime<Utc>,
) -> Result<Transition, Illegal> {
    let mut turn = Turn::new(case.clone(), policy, now);
    dispatch(&mut turn, event).map_err(|NoPlace| Illegal {
        state: case.state.name().into(),
        event: event.name().into(),
    })?;
    Ok(turn.finish())
}

/// The state has no place for the event.
struct NoPlace;

fn dispatch(turn: &mut Turn<'_>, event: &Event) -> Result<(), NoPlace> {
    let begins = matches!(event, Event::MailRead(_) | Event::MailFailed { .. });
    if matches!(turn.case.state, State::New) && !begins {
        return Err(NoPlace);
    }
    match event {
        Event::MailRead(mail) => mails::read(turn, mail),
        Event::MailFailed { mail, from, subject, reason } => {
            failures::mail(turn, mail, from, subject, reason);
        }
        Event::LookedUp(found) => answers::looked_up(turn, found)?,
        Event::Placed { partner_id, orders } => answers::placed(turn, *partner_id, orders)?,
        Event::PlaceRefused(refused) => answers::place_refused(turn, refused)?,
        // These are the record of what was done; the decision behind them has been made.
        Event::LetterSent { .. } | Event::Annotated | Event::Filed { .. } => {}
        Event::LetterFailed { kind, to, failure } => failures::letter(turn, *kind, to, failure),
        Event::LetterBounced { mail, kind, to, failed, message } => {
            failures::bounce(turn, mail, *kind, to, failed.then_some(message));
        }
        Event::Due => time::due(turn),
        Event::Approved { .. } => people::approved(turn)?,
        Event::Rejected { tell, .. } => people::rejected(turn, *tell)?,
        Event::EffectFailed { effect, failure } => failures::effect(turn, effect, failure),
    }
    mails::deferred(turn);
    Ok(())
}

//! The time has come.

use super::turn::{Turn, next_deadline};
use crate::flow::{Content, LetterKind, Outcome, Purpose, State};

/// A state that waits for nothing ignores the event: it was overtaken by another one.
pub(super) fn due(turn: &mut Turn<'_>) {
    match turn.case.state.clone() {
        State::Offered(mut offered) => {
            let deadline = next_deadline(offered.offered_at, offered.reminded_at, turn.policy);
            if turn.now < deadline {
                return;
            }
            let short = offered.short.clone();
            let content = Content { short, about_offer: true, ..Content::default() };
            if offered.reminded_at.is_some() {
                expire(turn, content);
                return;
            }
            offered.reminded_at = Some(turn.now);
            let closes = next_deadline(offered.offered_at, offered.reminded_at, turn.policy);
            turn.case.state = State::Offered(offered);
            let deadline = Some(closes.date_naive());
            turn.send(LetterKind::Reminder, Content { deadline, ..content });
        }
        State::Incomplete(mut incomplete) => {
            let deadline = next_deadline(incomplete.asked_at, incomplete.reminded_at, turn.policy);
            if turn.now < deadline {
                return;
            }
            let content = Content { problems: incomplete.problems.clone(), ..Content::default() };
            if incomplete.reminded_at.is_some() {
                expire(turn, content);
                return;
            }
            incomplete.reminded_at = Some(turn.now);
            let closes = next_deadline(incomplete.asked_at, incomplete.reminded_at, turn.policy);
            turn.case.state = State::Incomplete(incomplete);
            let deadline = Some(closes.date_naive());
            turn.send(LetterKind::Reminder, Content { deadline, ..content });
        }
        State::AwaitingStock(awaiting) if turn.now >= awaiting.check_at => {
            turn.look_up(Purpose::Replenished(awaiting));
        }
        _ => {}
    }
}

fn expire(turn: &mut Turn<'_>, content: Content) {
    let earlier = turn.case.orders.clone();
    turn.send(LetterKind::Expired, Content { earlier, ..content });
    turn.end(Outcome::Expired);
}

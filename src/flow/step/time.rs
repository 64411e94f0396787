//! The time has come.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use super::turn::{Turn, next_deadline, question};
use crate::flow::{
    Availability, Awaiting, Case, Content, LetterKind, LookUp, LookedUp, Outcome, Policy, Purpose,
    State,
};

/// An end that is noticed so much later than it was due is not believed: the clock is wrong, or was
/// wrong at the reminder, which then counts as sent now. (Less may be a machine that sleeps, or that
/// runs once a week.)
const LATE: TimeDelta = TimeDelta::days(30);

/// A state that waits for nothing ignores the event: it was overtaken by another one. A time that
/// lies ahead was told by a clock that was wrong, and counts as now.
pub(super) fn due(turn: &mut Turn<'_>) {
    match turn.case.state.clone() {
        State::Offered(mut offered) => {
            let (asked, reminded) = (&mut offered.offered_at, &mut offered.reminded_at);
            if !has_come(asked, reminded, turn) {
                turn.case.state = State::Offered(offered);
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
            let deadline = Some(turn.policy.day(closes));
            turn.send(LetterKind::Reminder, Content { deadline, ..content });
        }
        State::Incomplete(mut incomplete) => {
            let (asked, reminded) = (&mut incomplete.asked_at, &mut incomplete.reminded_at);
            if !has_come(asked, reminded, turn) {
                turn.case.state = State::Incomplete(incomplete);
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
            let deadline = Some(turn.policy.day(closes));
            turn.send(LetterKind::Reminder, Content { deadline, ..content });
        }
        State::AwaitingStock(awaiting) => {
            let ahead = awaiting.check_at - turn.now;
            if ahead <= TimeDelta::zero() || ahead > turn.policy.stock_check_every {
                let since = awaiting.since.min(turn.now);
                turn.look_up(Purpose::Replenished(Awaiting { since, ..awaiting }));
            }
        }
        _ => {}
    }
}

/// Whether the next deadline has come, counted from times that have passed.
fn has_come(
    asked: &mut DateTime<Utc>,
    reminded: &mut Option<DateTime<Utc>>,
    turn: &Turn<'_>,
) -> bool {
    let now = turn.now;
    *asked = (*asked).min(now);
    *reminded = reminded.map(|at| at.min(now));
    let deadline = next_deadline(*asked, *reminded, turn.policy);
    if reminded.is_some() && now - deadline > LATE {
        *reminded = Some(now);
        return false;
    }
    now >= deadline
}

fn expire(turn: &mut Turn<'_>, content: Content) {
    turn.send(LetterKind::Expired, content);
    turn.end(Outcome::Expired);
}

/// A look at the stock for a case that waits for it, without an event: it is asked every quarter
/// of an hour for weeks, and nothing would be gained by remembering each time.
#[derive(Debug, Clone)]
pub struct Peek {
    /// What to ask Odoo.
    pub look_up: LookUp,
    /// When to look again, if nothing has come.
    pub check_at: DateTime<Utc>,
}

/// What to look at for a case that waits for stock; `None` where [`Event::Due`] is to be recorded
/// in any case.
///
/// [`Event::Due`]: crate::flow::Event::Due
#[must_use]
pub fn peek(case: &Case, policy: &Policy, now: DateTime<Utc>) -> Option<Peek> {
    let State::AwaitingStock(awaiting) = &case.state else { return None };
    if now - awaiting.since >= policy.stock_wait_limit {
        return None;
    }
    let look_up = question(case, &Purpose::Replenished(awaiting.clone()));
    Some(Peek { look_up, check_at: now + policy.stock_check_every })
}

impl Peek {
    /// Something that the case waits for may have come, or has gone for good.
    #[must_use]
    pub fn has_news(&self, found: &LookedUp, case: &Case) -> bool {
        let State::AwaitingStock(awaiting) = &case.state else { return true };
        let news = |item: &crate::flow::Item| {
            let stock = found.stock.get(&item.wanted.product.id).map(|stock| stock.availability);
            match stock {
                Some(Availability::Stock(free)) => {
                    free >= item.wanted.quantity && free > Decimal::ZERO
                }
                Some(Availability::Untracked | Availability::Inactive) | None => true,
            }
        };
        awaiting.items.iter().any(news)
    }
}

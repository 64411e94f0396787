//! Customers, who write and answer; and a clerk, who approves and rejects.

use chrono::TimeDelta;

use super::mails::{Draft, Harm, Lines, Says, Written};
use super::odoo::PRODUCTS;
use super::weather::Fault;
use super::world::{Inner, World};
use crate::flow::{Case, Event, LetterKind, Policy, State, step};
use crate::store::{CaseFilter, CaseRow, Decision, Store as _};

/// How many people write.
pub(super) const CUSTOMERS: usize = 5;

impl Inner {
    /// Somebody writes a first mail.
    pub(super) fn write_first(&mut self) {
        let from = format!("buyer{}@b{0}.example", self.rng.usize(0..CUSTOMERS));
        if self.rng.bool() {
            self.odoo.know(&from);
        }
        let says = match self.rng.u8(0..20) {
            0..14 => Says::Order,
            14..17 => Says::Incomplete,
            17..19 => Says::Unknown,
            _ => Says::Away,
        };
        let lines = match says {
            Says::Order | Says::Incomplete => self.some_lines(),
            _ => Lines::new(),
        };
        let number = self.written.len();
        let after = self.seconds(0..60);
        self.write(number, &from, says, lines, None, after);
        let harm = if self.strikes(Fault::DeadlyMail) {
            Some(Harm::Kills)
        } else if self.strikes(Fault::Poison) {
            Some(Harm::Breaks)
        } else {
            None
        };
        self.written[number].harm = harm;
    }

    fn some_lines(&mut self) -> Lines {
        let kinds = self.rng.usize(1..4);
        (0..kinds).map(|_| (PRODUCTS[self.rng.usize(0..5)].0, self.rng.u32(1..12))).collect()
    }

    fn write(
        &mut self,
        thread: usize,
        from: &str,
        says: Says,
        lines: Lines,
        answers: Option<&str>,
        after: TimeDelta,
    ) {
        let now = self.now();
        let number = self.written.len();
        let mail = Draft { number, from, says, lines, now, answers }.write();
        let due = now + after;
        self.note(format_args!("writes {} {:?} {:?} {from}", mail.id, mail.says, mail.lines));
        self.written.push(Written { thread, due, ..mail });
    }

    /// The recipients of new letters read them, and some answer. A letter that comes twice is
    /// read once.
    pub(super) fn answer(&mut self, read: &mut usize) {
        while *read < self.sent.len() {
            let sent = self.sent[*read].clone();
            let again = self.sent[..*read].iter().any(|earlier| earlier.id == sent.id);
            *read += 1;
            let thread = self.written.iter().find(|mail| {
                let key = sent.letter.token.split('-').next().unwrap_or_default();
                mail.id.as_str().starts_with(key)
            });
            let Some(thread) = thread.map(|mail| mail.thread) else { continue };
            if !again && sent.letter.kind != LetterKind::Request {
                self.answer_one(thread, sent.letter.kind, &sent.letter.to.email, &sent.id);
            }
        }
    }

    fn answer_one(&mut self, thread: usize, kind: LetterKind, who: &str, letter: &str) {
        let soon = self.seconds(1..120);
        if self.rng.u8(0..10) == 0 {
            self.write(thread, who, Says::Away, Lines::new(), Some(letter), TimeDelta::seconds(1));
        }
        let says = match (kind, self.rng.u8(0..10)) {
            (LetterKind::Offer | LetterKind::AskedAgain, 0..3) | (LetterKind::Replenishment, 1) => {
                Says::Choice(1)
            }
            (LetterKind::Offer | LetterKind::AskedAgain, 3..5) => Says::Choice(2),
            (LetterKind::Offer | LetterKind::Reminder | LetterKind::AskedAgain, 5) => {
                Says::Choice(3)
            }
            (LetterKind::Offer, 6) => Says::Others,
            (LetterKind::Offer | LetterKind::AskedAgain, 7) | (LetterKind::Confirmation, 0) => {
                Says::Unclear
            }
            (LetterKind::Incomplete, 0..7) => Says::Corrected,
            (LetterKind::Replenishment, 0) => Says::Choice(3),
            _ => return,
        };
        let lines = match &says {
            Says::Corrected => self.written[thread].lines.clone(),
            Says::Others => self.some_lines(),
            _ => Lines::new(),
        };
        // Some press the button twice.
        if matches!(says, Says::Choice(_)) && self.rng.u8(0..6) == 0 {
            let after = soon + self.seconds(0..30);
            self.write(thread, who, says.clone(), Lines::new(), Some(letter), after);
        }
        self.write(thread, who, says, lines, Some(letter), soon);
    }
}

/// How the clerk does their work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clerk {
    /// A case here and there.
    Glances,
    /// Every case.
    Decides,
    /// No to every case.
    Rejects,
}

impl World {
    /// The clerk looks at the cases that wait for a person.
    pub(super) async fn clerk(&self, policy: &Policy, clerk: Clerk) {
        for row in self.rows().await {
            let waits = matches!(row.case.state, State::Held { .. });
            let (acts, approves, tell) = {
                let mut world = self.lock();
                let acts = clerk != Clerk::Glances || world.rng.u8(0..4) == 0;
                (acts, world.rng.bool() && clerk != Clerk::Rejects, world.rng.bool())
            };
            if waits && acts {
                let by = "clerk".to_owned();
                let event =
                    if approves { Event::Approved { by } } else { Event::Rejected { by, tell } };
                self.decide(&row, event, policy).await;
            }
        }
    }

    /// As the command line does it, beside the running process.
    async fn decide(&self, row: &CaseRow, event: Event, policy: &Policy) {
        let at = {
            let world = self.lock();
            world.now() + world.skew
        };
        let Ok(next) = step(&row.case, &event, policy, at) else { return };
        self.note(format_args!("clerk: {} {}", row.case.key, event.name()));
        let decision = Decision {
            case: next.case,
            expected: row.version,
            event,
            at,
            unchanged: false,
            effects: next.effects,
            taken: Vec::new(),
            wake_at: next.wake_at,
            finishes: None,
            reads: None,
            moved: None,
        };
        self.store.record(decision).await.unwrap();
    }

    /// All cases, by name.
    pub(super) async fn rows(&self) -> Vec<CaseRow> {
        let all = CaseFilter { ended: true, limit: 10_000, ..CaseFilter::default() };
        let mut rows = self.store.cases(all).await.unwrap();
        rows.sort_by(|one, other| one.case.key.cmp(&other.case.key));
        rows
    }
}

/// Where a case stands, for the judge's messages.
pub(super) fn stands(case: &Case) -> String {
    match &case.state {
        State::Held { reason, .. } => format!("{} held: {reason:?}", case.key),
        State::Ended(outcome) => format!("{} ended: {outcome:?}", case.key),
        other => format!("{} {}", case.key, other.name()),
    }
}

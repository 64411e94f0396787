//! One turn of the machine: the case in hand, and what it has asked for so far.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use super::Transition;
use crate::flow::{
    Awaiting, Case, Content, Effect, File, Folder, HoldReason, Incomplete, Letter, LetterKind,
    LookUp, Offered, Outcome, Place, Placing, Policy, Purpose, Resume, Short, State, Wanted,
};
use crate::mail::{Address, MailId};
use crate::reading::{Lang, Problem, Unknown};

/// The case in hand while an event is dealt with.
pub(super) struct Turn<'a> {
    pub(super) case: Case,
    pub(super) policy: &'a Policy,
    pub(super) now: DateTime<Utc>,
    effects: Vec<Effect>,
    /// A letter was due and the cap on letters forbade it.
    silenced: bool,
}

impl<'a> Turn<'a> {
    pub(super) fn new(case: Case, policy: &'a Policy, now: DateTime<Utc>) -> Self {
        Self { case, policy, now, effects: Vec::new(), silenced: false }
    }

    /// Closes the turn. Whatever time the new state waits for follows from the state alone.
    pub(super) fn finish(mut self) -> Transition {
        let settled =
            !matches!(self.case.state, State::Held { .. }) && !self.case.state.in_flight();
        if self.silenced && settled {
            let resume = resume_of(&self.case.state);
            self.case.state = State::Held { reason: HoldReason::TooManyLetters, resume };
        }
        let wake_at = wake_at(&self.case.state, self.policy);
        Transition { case: self.case, effects: self.effects, wake_at }
    }

    pub(super) fn file(&mut self, mail: &MailId, folder: Folder) {
        self.effects.push(Effect::File(File { mail: mail.clone(), folder }));
    }

    pub(super) fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub(super) fn end(&mut self, outcome: Outcome) {
        self.case.state = State::Ended(outcome);
    }

    /// Asks Odoo.
    pub(super) fn look_up(&mut self, purpose: Purpose) {
        self.effects.push(Effect::LookUp(question(&self.case, &purpose)));
        self.case.state = State::LookingUp(purpose);
    }

    /// Tells Odoo.
    pub(super) fn place(&mut self, placing: Placing) {
        self.effects.push(Effect::Place(Place {
            customer: self.case.customer.clone(),
            orders: placing.orders.clone(),
            confirm: self.policy.confirm,
        }));
        self.case.state = State::Placing(placing);
    }

    /// Makes the case wait for a person. The customer is told by the caller, where they may be.
    pub(super) fn hold(&mut self, reason: HoldReason, resume: Option<Resume>) {
        self.case.state = State::Held { reason, resume };
    }

    /// Tells the customer that a colleague looks at it.
    pub(super) fn tell_held(&mut self) {
        self.send(LetterKind::Held, Content::default());
    }

    /// Asks the customer to complete the order.
    pub(super) fn ask(&mut self, problems: Vec<Problem>, unknown: Vec<Unknown>) {
        if self.case.questions >= self.policy.questions_per_case {
            let asked = Incomplete { problems, asked_at: self.now, reminded_at: None };
            self.tell_held();
            self.hold(HoldReason::TooManyQuestions, Some(Resume::Correct(asked)));
            return;
        }
        self.case.questions += 1;
        let content = Content {
            problems: problems.clone(),
            unknown,
            deadline: Some(self.policy.last_day(self.now)),
            ..Content::default()
        };
        self.send(LetterKind::Incomplete, content);
        self.case.state =
            State::Incomplete(Incomplete { problems, asked_at: self.now, reminded_at: None });
    }

    /// Offers 1, 2 and 3 for short lines, in one letter with `content`'s orders.
    pub(super) fn offer(&mut self, mail: &MailId, short: Vec<Short>, content: Content) {
        let offered = Offered {
            mail: mail.clone(),
            short: short.clone(),
            offered_at: self.now,
            reminded_at: None,
            asked_again: false,
            correcting: false,
        };
        if self.case.offers >= self.policy.offers_per_case {
            self.tell_held();
            self.hold(HoldReason::TooManyOffers, Some(Resume::Offer(offered)));
            return;
        }
        self.case.offers += 1;
        let deadline = Some(self.policy.last_day(self.now));
        self.send(LetterKind::Offer, Content { short, deadline, about_offer: true, ..content });
        self.case.state = State::Offered(offered);
    }

    /// Sends the customer a letter. Whatever else was ordered in this case it names as standing,
    /// so that no letter says that nothing was ordered where something was.
    pub(super) fn send(&mut self, kind: LetterKind, content: Content) {
        let told = |id: i64| content.orders.iter().any(|order| order.id == id);
        let earlier = self.case.orders.iter().filter(|order| !told(order.id)).cloned();
        let content = Content {
            earlier: earlier.collect(),
            reference: self.case.reference.clone(),
            confirmed: self.policy.confirm,
            ..content
        };
        let letter = Letter {
            token: String::new(),
            kind,
            to: self.case.customer.reply_to.clone(),
            lang: self.case.customer.lang,
            subject: self.case.subject.clone(),
            in_reply_to: self.case.thread.last().cloned(),
            references: self.case.thread.clone(),
            content,
        };
        self.post(letter);
    }

    /// Sends a supplier the request for replenishment.
    pub(super) fn send_supplier(&mut self, to: Address, lang: Lang, content: Content) {
        self.post(Letter {
            token: String::new(),
            kind: LetterKind::Request,
            to,
            lang,
            subject: String::new(),
            in_reply_to: None,
            references: Vec::new(),
            content,
        });
    }

    /// Gives the letter its number, unless there is nobody to send it to or the cap is reached.
    fn post(&mut self, mut letter: Letter) {
        if letter.to.email.is_empty() {
            return;
        }
        if self.case.letters >= self.policy.letters_per_case {
            self.silenced = true;
            return;
        }
        self.case.letters += 1;
        letter.token = format!("{}-{}", self.case.key, self.case.letters);
        self.effects.push(Effect::Send(Box::new(letter)));
    }
}

/// What a look-up must ask for this purpose.
pub(super) fn question(case: &Case, purpose: &Purpose) -> LookUp {
    let wanted: Vec<&Wanted> = match purpose {
        Purpose::Order(request) => request.lines.iter().collect(),
        Purpose::TakeAvailable { short, .. } | Purpose::Wait { short, .. } => {
            short.iter().map(|line| &line.item.wanted).collect()
        }
        Purpose::Replenished(awaiting) => awaiting.items.iter().map(|i| &i.wanted).collect(),
        Purpose::Introduce { .. } => Vec::new(),
    };
    let mut sums: Vec<(i64, Decimal)> = Vec::new();
    for line in wanted {
        match sums.iter_mut().find(|(id, _)| *id == line.product.id) {
            Some((_, sum)) => *sum = sum.saturating_add(line.quantity),
            None => sums.push((line.product.id, line.quantity)),
        }
    }
    LookUp {
        mail: purpose.mail().clone(),
        from: case.customer.from.clone(),
        lang: case.customer.lang,
        products: sums,
        vendors: matches!(purpose, Purpose::Wait { .. }),
    }
}

/// How a held case goes on from the state that it was in.
pub(super) fn resume_of(state: &State) -> Option<Resume> {
    match state {
        State::LookingUp(purpose) => Some(Resume::LookUp(purpose.clone())),
        State::Placing(placing) => Some(Resume::Place(placing.clone())),
        State::Incomplete(incomplete) => Some(Resume::Correct(incomplete.clone())),
        State::Offered(offered) => Some(Resume::Offer(offered.clone())),
        State::AwaitingStock(awaiting) => Some(Resume::Await(awaiting.clone())),
        State::Held { resume, .. } => resume.clone(),
        State::New | State::Ended(_) => None,
    }
}

/// When a state wants to be woken.
fn wake_at(state: &State, policy: &Policy) -> Option<DateTime<Utc>> {
    match state {
        State::Incomplete(Incomplete { asked_at, reminded_at, .. }) => {
            Some(next_deadline(*asked_at, *reminded_at, policy))
        }
        State::Offered(Offered { offered_at, reminded_at, .. }) => {
            Some(next_deadline(*offered_at, *reminded_at, policy))
        }
        State::AwaitingStock(Awaiting { check_at, .. }) => Some(*check_at),
        _ => None,
    }
}

/// The reminder, then the end. The end keeps its distance from the reminder, so that a clock that
/// was wrong, or a long outage, never closes a case that nobody was reminded of.
pub(super) fn next_deadline(
    asked: DateTime<Utc>,
    reminded: Option<DateTime<Utc>>,
    policy: &Policy,
) -> DateTime<Utc> {
    match reminded {
        None => asked + policy.remind_after,
        Some(at) => {
            let gap = (policy.expire_after - policy.remind_after).max(TimeDelta::zero());
            (asked + policy.expire_after).max(at + gap)
        }
    }
}

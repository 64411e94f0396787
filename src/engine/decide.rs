//! Events in, decisions recorded: the only place that moves a case.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::{Notify, watch};

use super::asking::Asking;
use super::claims::Claims;
use super::echo::Echoes;
use super::gate::Gate;
use super::in_hand::InHand;
use super::ports::{Clock, Desk, Erp, Post};
use super::pulse::Pulse;
use super::{Left, Ports, Settings};
use crate::flow::{Case, CaseKey, Effect, Event, Target, Transition, step};
use crate::mail::MailId;
use crate::reading::Catalog;
use crate::store::{CaseRow, Decision, EffectId, Store, StoreError};

/// What all loops share.
pub(super) struct Shared {
    pub(super) store: Arc<dyn Store>,
    pub(super) erp: Arc<dyn Erp>,
    pub(super) post: Arc<dyn Post>,
    pub(super) desk: Arc<dyn Desk>,
    clock: Arc<dyn Clock>,
    pub(super) settings: Settings,
    pub(super) catalog: watch::Sender<Option<Arc<Catalog>>>,
    pub(super) claims: Claims,
    pub(super) echoes: Echoes,
    pub(super) in_hand: InHand,
    pub(super) asking: Asking,
    pub(super) wakes: Wakes,
    pub(super) pulse: Pulse,
    gates: [Gate; 3],
    fatal: watch::Sender<Option<StoreError>>,
}

/// Hints that there is work; the query is the truth.
#[derive(Debug, Default)]
pub(super) struct Wakes {
    pub(super) reader: Notify,
    pub(super) look_up: Notify,
    pub(super) place: Notify,
    pub(super) annotate: Notify,
    pub(super) letters: Notify,
    pub(super) files: Notify,
    pub(super) timers: Notify,
}

impl Wakes {
    /// Everybody looks.
    pub(super) fn all(&self) {
        for lane in
            [&self.reader, &self.look_up, &self.place, &self.annotate, &self.letters, &self.files]
        {
            lane.notify_one();
        }
    }
}

/// What became of an event.
#[derive(Debug)]
pub(super) enum Decided {
    /// Recorded; the case as it is now.
    Recorded(Box<Case>),
    /// It was dealt with before.
    Stale,
    /// The case has no place for it; it is parked, where an effect brought it.
    Illegal,
}

/// How often a decision is made anew because the case moved on meanwhile.
const CONFLICTS: u32 = 64;
/// How long a full disk or a locked store is waited for, between two tries.
pub(super) const ROOM: Duration = Duration::from_secs(2);

impl Shared {
    pub(super) fn new(ports: Ports, settings: Settings) -> Self {
        Self {
            store: ports.store,
            erp: ports.erp,
            post: ports.post,
            desk: ports.desk,
            clock: ports.clock,
            settings,
            catalog: watch::Sender::new(None),
            claims: Claims::default(),
            echoes: Echoes::default(),
            in_hand: InHand::default(),
            asking: Asking::default(),
            wakes: Wakes::default(),
            pulse: Pulse::default(),
            gates: [Target::Odoo, Target::Smtp, Target::Maildir].map(Gate::new),
            fatal: watch::Sender::new(None),
        }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(super) fn gate(&self, target: Target) -> &Gate {
        let [odoo, smtp, maildir] = &self.gates;
        match target {
            Target::Odoo => odoo,
            Target::Smtp => smtp,
            Target::Maildir => maildir,
        }
    }

    /// A store error that a loop met: what must end the process ends it, the rest was said.
    pub(super) fn store_failed(&self, error: &StoreError) {
        if error.ends_process() {
            self.fatal.send_if_modified(|fatal| {
                let first = fatal.is_none();
                if first {
                    *fatal = Some(error.clone());
                }
                first
            });
        } else if !matches!(error, StoreError::Closed) {
            tracing::error!(error = %error, "the store could not do it");
        }
    }

    /// Resolves when the process must end.
    pub(super) async fn fatal(&self) -> StoreError {
        let mut seen = self.fatal.subscribe();
        loop {
            if let Some(error) = seen.borrow_and_update().clone() {
                return error;
            }
            if seen.changed().await.is_err() {
                return StoreError::Closed;
            }
        }
    }

    /// What is not done yet, and whether any of it can be done now.
    pub(super) async fn left(&self) -> Result<(Left, bool), StoreError> {
        // In this order: a mail that is read in between shows as the effects that it had.
        let now = !self.store.unread(self.now(), 1).await?.is_empty();
        let undone = self.store.undone().await?;
        let shut = |target| self.gate(target).is_shut();
        let busy = undone.effects.keys().any(|target| !shut(*target));
        let readable = self.catalog.borrow().is_some() || !shut(Target::Odoo);
        let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let waiting = number(undone.later + undone.effects.values().sum::<u64>());
        let unread = number(undone.mails);
        Ok((Left { waiting, unread }, busy || (now && readable) || !self.asking.is_idle()))
    }

    /// Decides what an event means for a case, and records it.
    ///
    /// `finishes`: the effect whose outcome the event is. `reads`: the mail that it reads.
    pub(super) async fn decide(
        &self,
        key: &CaseKey,
        event: Event,
        finishes: Option<EffectId>,
        reads: Option<MailId>,
    ) -> Result<Decided, StoreError> {
        let mut conflicts = 0;
        while conflicts < CONFLICTS {
            let row = self.store.case(key.clone()).await?;
            let (case, version) = row.map_or_else(
                || (Case::new(key.clone()), 0),
                |CaseRow { case, version, .. }| (case, version),
            );
            let now = self.now();
            let Transition { case, effects, wake_at } =
                match step(&case, &event, &self.settings.policy, now) {
                    Ok(transition) => transition,
                    Err(illegal) => {
                        return self.park(key, finishes, &illegal.to_string()).await;
                    }
                };
            let woken: Vec<&'static str> = effects.iter().map(Effect::name).collect();
            let decision = Decision {
                case: case.clone(),
                expected: version,
                event: event.clone(),
                at: now,
                effects,
                wake_at,
                finishes,
                reads: reads.clone(),
            };
            match self.store.record(decision).await {
                Ok(_) => {
                    tell(&case, &event);
                    self.wake(&woken, wake_at.is_some());
                    return Ok(Decided::Recorded(Box::new(case)));
                }
                Err(StoreError::Conflict { .. }) => conflicts += 1,
                Err(StoreError::Stale(_)) => return Ok(Decided::Stale),
                // Decided anew afterwards: by then the machine may have slept for days.
                Err(error) if error.passes() => {
                    tracing::error!(error = %error, case = %key, "waiting for the store");
                    tokio::time::sleep(ROOM).await;
                }
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Conflict { case: key.clone(), expected: -1 })
    }

    /// An event that the case has no place for: its effect becomes a dead letter.
    async fn park(
        &self,
        key: &CaseKey,
        finishes: Option<EffectId>,
        reason: &str,
    ) -> Result<Decided, StoreError> {
        tracing::error!(case = %key, reason, "an event came that the case has no place for");
        if let Some(id) = finishes {
            self.store.bury(id, self.now(), reason.to_owned()).await?;
        }
        Ok(Decided::Illegal)
    }

    fn wake(&self, effects: &[&'static str], timed: bool) {
        for name in effects {
            match *name {
                "look_up" => self.wakes.look_up.notify_one(),
                "place" => self.wakes.place.notify_one(),
                "annotate" => self.wakes.annotate.notify_one(),
                "send" => self.wakes.letters.notify_one(),
                _ => self.wakes.files.notify_one(),
            }
        }
        if timed {
            self.wakes.timers.notify_one();
        }
    }
}

/// One line a step of a case: with these lines alone its story can be followed.
fn tell(case: &Case, event: &Event) {
    let (key, state, what) = (&case.key, case.state.name(), event.name());
    match event {
        Event::MailRead(mail) => {
            tracing::info!(case = %key, event = what, state, mail = %mail.mail, from = mail.from.masked(), intent = ?mail.reading.intent, lines = mail.reading.lines.len(), certainty = mail.reading.certainty, "mail read");
        }
        Event::MailFailed { mail, .. } => {
            tracing::warn!(case = %key, event = what, state, mail = %mail, "mail could not be read");
        }
        Event::Placed { orders, partner_id } => {
            for order in orders {
                tracing::info!(case = %key, event = what, state, order = order.number, order_id = order.id, partner = partner_id, "order placed");
            }
        }
        Event::LetterSent { kind, message_id, .. } => {
            tracing::info!(case = %key, event = what, state, letter = kind.name(), message_id, "letter sent");
        }
        Event::LetterFailed { kind, failure, .. } => {
            tracing::warn!(case = %key, event = what, state, letter = kind.name(), reason = failure.message, "letter refused");
        }
        Event::LetterBounced { kind, failed, message, .. } => {
            tracing::warn!(case = %key, event = what, state, letter = kind.name(), failed, reason = message, "letter bounced");
        }
        Event::PlaceRefused(refused) => {
            tracing::warn!(case = %key, event = what, state, reason = refused.message, "Odoo refused the order");
        }
        Event::EffectFailed { effect, failure } => {
            tracing::error!(case = %key, event = what, state, effect, class = ?failure.class, reason = failure.message, "given up");
        }
        Event::Filed { mail, folder } => {
            tracing::debug!(case = %key, event = what, state, mail = %mail, folder = folder.dir_name(), "mail filed");
        }
        _ => tracing::info!(case = %key, event = what, state, "case moved"),
    }
}

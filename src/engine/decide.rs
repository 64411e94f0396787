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
use super::inbox::{Inboxes, Room};
use super::ports::{Clock, Desk, Erp, Post};
use super::pulse::Pulse;
use super::recent::Recent;
use super::{Left, Ports, Settings};
use crate::flow::{Case, CaseKey, Effect, Event, Target, Transition, step};
use crate::mail::MailId;
use crate::reading::Catalog;
use crate::store::{CaseRow, Decision, EffectId, Leased, Store, StoreError};

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
    pub(super) inboxes: Inboxes,
    recent: Recent,
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
    pub(super) timers: Notify,
    /// Orders are placed as fast as they are looked up again.
    pub(super) placed: Notify,
}

/// What is settled by an event, in the same transaction.
#[derive(Debug, Clone, Default)]
pub(super) struct Settles {
    /// The effect whose outcome it is.
    pub(super) effect: Option<EffectId>,
    /// The mail that it reads.
    pub(super) mail: Option<MailId>,
    /// The mail whose file it moved, and where to.
    pub(super) file: Option<(MailId, String)>,
}

/// What became of an event.
#[derive(Debug)]
pub(super) enum Decided {
    /// Recorded; the case as it is now.
    Recorded(Arc<Case>),
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
            inboxes: Inboxes::default(),
            recent: Recent::default(),
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
    pub(super) async fn decide(
        &self,
        key: &CaseKey,
        event: Event,
        settles: Settles,
    ) -> Result<Decided, StoreError> {
        let mut known = self.known(key, &settles);
        let mut conflicts = 0;
        while conflicts < CONFLICTS {
            let (read, (case, version)) = match known.take() {
                Some(known) => (false, known),
                None => (true, self.stored(key).await?),
            };
            let now = self.now();
            let next = match step(&case, &event, &self.settings.policy, now) {
                Ok(next) => next,
                // What was known may be old.
                Err(_) if !read => continue,
                Err(illegal) => return self.park(key, settles.effect, &illegal.to_string()).await,
            };
            let unchanged = version > 0 && next.case == *case;
            match self.record(version, next, unchanged, &event, &settles, now).await {
                Ok(case) => return Ok(Decided::Recorded(case)),
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

    /// A case as it most likely is, without reading it; if it is not so, the store refuses what is
    /// decided on it.
    fn known(&self, key: &CaseKey, settles: &Settles) -> Option<(Arc<Case>, i64)> {
        // A mail's own case is hardly ever there before the mail is read.
        let begins = settles.mail.as_ref().is_some_and(|mail| CaseKey::of(mail) == *key);
        let new = || begins.then(|| (Arc::new(Case::new(key.clone())), 0));
        self.recent.get(key).or_else(new)
    }

    async fn stored(&self, key: &CaseKey) -> Result<(Arc<Case>, i64), StoreError> {
        let row = self.store.case(key.clone()).await?;
        Ok(row.map_or_else(
            || (Arc::new(Case::new(key.clone())), 0),
            |CaseRow { case, version, .. }| (Arc::new(case), version),
        ))
    }

    /// Records what was decided on a version of a case, and hands over what is to be done.
    async fn record(
        &self,
        version: i64,
        next: Transition,
        unchanged: bool,
        event: &Event,
        settles: &Settles,
        at: DateTime<Utc>,
    ) -> Result<Arc<Case>, StoreError> {
        let Transition { case, effects, wake_at } = next;
        let rooms = self.rooms(&effects);
        let decision = Decision {
            case: case.clone(),
            expected: version,
            event: event.clone(),
            at,
            unchanged,
            effects: effects.clone(),
            taken: rooms.iter().map(|room| (room.kind, room.lease)).collect(),
            wake_at,
            finishes: settles.effect,
            reads: settles.mail.clone(),
            moved: settles.file.clone(),
        };
        let case = Arc::new(case);
        let recording = self.store.record(decision);
        // Before it is durable: the case's next event is decided on it, and follows it into the
        // same commit; if this one fails, that one is refused.
        self.recent.keep(&case, version + 1);
        let recorded = recording.await.inspect_err(|_| self.recent.forget(&case.key))?;
        tell(&case, event);
        let effects = recorded.effects.into_iter().zip(effects);
        self.hand_over(
            effects.map(|(id, effect)| {
                let (case, error) = (case.key.clone(), None);
                Leased { id, case, effect, attempts: 0, decided_at: at, error }
            }),
            rooms,
        );
        if wake_at.is_some() {
            self.wakes.timers.notify_one();
        }
        Ok(case)
    }

    /// To the lanes that have room for it, since it is leased for them; the rest has its turn.
    fn hand_over(&self, effects: impl Iterator<Item = Leased>, mut rooms: Vec<Room>) {
        for effect in effects {
            let kind = effect.effect.name();
            let inbox = self.inboxes.of(kind);
            match rooms.iter_mut().find(|room| room.kind == kind) {
                Some(room) => inbox.hand_over(effect, &self.in_hand, room),
                None => inbox.left_in_store(),
            }
        }
    }

    /// Room in the lanes that can take these effects at once.
    fn rooms(&self, effects: &[Effect]) -> Vec<Room> {
        let mut rooms: Vec<Room> = Vec::new();
        for effect in effects {
            let kind = effect.name();
            if rooms.iter().any(|room| room.kind == kind) || !self.gate(effect.target()).is_open() {
                continue;
            }
            let count = effects.iter().filter(|other| other.name() == kind).count();
            let lease = match effect.target() {
                Target::Smtp => self.settings.letter_lease,
                Target::Odoo | Target::Maildir => self.settings.lease,
            };
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            rooms.extend(self.inboxes.of(kind).reserve(kind, count, lease));
        }
        rooms
    }

    /// More waits for Odoo than it takes: reading on would only make that longer. While Odoo is
    /// away this does not count, since not every mail needs it.
    pub(super) fn crowded(&self) -> bool {
        self.place_crowded() || (self.inboxes.look_up.is_behind() && self.odoo_open())
    }

    /// More orders wait to be placed than Odoo takes: looking up more would not help.
    pub(super) fn place_crowded(&self) -> bool {
        self.inboxes.place.is_behind() && self.odoo_open()
    }

    fn odoo_open(&self) -> bool {
        self.gate(Target::Odoo).is_open()
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

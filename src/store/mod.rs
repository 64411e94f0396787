//! What is remembered: mails, cases, events (append-only: the audit trail) and effects (the
//! outbox), behind one trait that is fit for `SQLite` and, later, `PostgreSQL`.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::flow::{Case, CaseKey, Effect, Event, Folder, Target};
use crate::mail::MailId;

/// What every operation of a [`Store`] returns.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The case has moved on since the decision was made: decide again on the new version.
    #[error("case {case} has moved on since version {expected}")]
    Conflict {
        /// Which case.
        case: CaseKey,
        /// The version that the decision was made on.
        expected: i64,
    },
    /// The disk is full: take nothing in until there is room.
    #[error("no room left for the store: {0}; free some space, postorder goes on by itself")]
    Full(String),
    /// The file was written by a newer postorder.
    #[error(
        "the store has schema {found}, this postorder knows up to {known}: install the newer postorder again"
    )]
    Newer {
        /// Schema of the file.
        found: i64,
        /// Newest schema known here.
        known: i64,
    },
    /// Another process works with this store.
    #[error("another postorder works with the store {0}: stop it first")]
    Taken(String),
    /// The file is damaged.
    #[error(
        "the store is damaged: {0}; restore a copy, or move it away: replaying the mails makes no order twice"
    )]
    Damaged(String),
    /// An fsync or write failed: what is durable is not known, so the process must end.
    #[error("the store cannot be written safely: {0}; the process ends, a restart recovers")]
    Fatal(String),
}

/// A mail to take in.
#[derive(Debug, Clone)]
pub struct NewMail {
    /// Identity.
    pub id: MailId,
    /// When it was found.
    pub received_at: DateTime<Utc>,
    /// Its maildir.
    pub maildir: PathBuf,
    /// Its file, relative to the maildir: `cur/NAME:2,S`, where it will be moved.
    pub file: String,
    /// The bytes, as they came.
    pub raw: Vec<u8>,
    /// Message-ID, without angle brackets.
    pub message_id: Option<String>,
    /// Sender's address.
    pub from: String,
    /// Subject.
    pub subject: String,
}

/// What taking in made of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenIn {
    /// It is new, and durable now.
    New,
    /// It is known already, from another file.
    Known,
}

/// Where a mail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailState {
    /// Durable, not read yet.
    Received,
    /// Part of a case.
    Read,
    /// Set aside with a reason: it could not be read.
    Failed,
}

/// A mail as remembered, without its bytes.
#[derive(Debug, Clone)]
pub struct MailRow {
    /// Identity.
    pub id: MailId,
    /// When it was taken in.
    pub received_at: DateTime<Utc>,
    /// Its maildir.
    pub maildir: PathBuf,
    /// Its file, relative to the maildir, as far as we know.
    pub file: String,
    /// Message-ID, without angle brackets.
    pub message_id: Option<String>,
    /// Sender's address.
    pub from: String,
    /// Subject.
    pub subject: String,
    /// State.
    pub state: MailState,
    /// How often reading it was begun.
    pub attempts: u32,
    /// Its case, once read.
    pub case: Option<CaseKey>,
    /// Why it was set aside.
    pub reason: Option<String>,
}

/// A case with the version that decisions are made on.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// The case.
    pub case: Case,
    /// Counts its events; 0 for a case that is not stored yet.
    pub version: i64,
    /// First event.
    pub opened_at: DateTime<Utc>,
    /// Last event.
    pub changed_at: DateTime<Utc>,
    /// When it wants [`Event::Due`].
    pub wake_at: Option<DateTime<Utc>>,
}

/// An event as recorded.
#[derive(Debug, Clone)]
pub struct EventRow {
    /// Its number within the case, from 1.
    pub number: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub event: Event,
    /// State of the case after it.
    pub state: String,
}

/// Number of an effect in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EffectId(pub i64);

/// An effect that a worker has leased.
#[derive(Debug, Clone)]
pub struct Leased {
    /// Number in the outbox.
    pub id: EffectId,
    /// Its case.
    pub case: CaseKey,
    /// What is to be done.
    pub effect: Effect,
    /// How often it was tried before.
    pub attempts: u32,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
}

/// An effect parked for a person.
#[derive(Debug, Clone)]
pub struct DeadLetter {
    /// Number in the outbox.
    pub id: EffectId,
    /// Its case.
    pub case: CaseKey,
    /// What was to be done.
    pub effect: Effect,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was parked.
    pub at: DateTime<Utc>,
    /// Why, and what to do.
    pub reason: String,
}

/// One decision, recorded in one transaction: the event, the case after it, and its effects.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The case after the event.
    pub case: Case,
    /// Version that the decision was made on; 0: the case must not exist yet.
    pub expected: i64,
    /// The event.
    pub event: Event,
    /// When.
    pub at: DateTime<Utc>,
    /// What is to be done outside.
    pub effects: Vec<Effect>,
    /// When [`Event::Due`] is wanted.
    pub wake_at: Option<DateTime<Utc>>,
    /// The effect whose outcome the event is: done in the same transaction.
    pub finishes: Option<EffectId>,
    /// The mail that the event read: becomes part of the case in the same transaction.
    pub reads: Option<MailId>,
}

/// Which cases to list.
#[derive(Debug, Clone, Default)]
pub struct CaseFilter {
    /// Only those in this state ([`State::name`](crate::flow::State::name)).
    pub state: Option<String>,
    /// Those that have ended too.
    pub ended: bool,
    /// Only those of this sender address.
    pub from: Option<String>,
    /// At most so many, newest first.
    pub limit: usize,
}

/// How much lies where, for logs, `check` and metrics.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Mails not read yet.
    pub mails_received: u64,
    /// All mails.
    pub mails: u64,
    /// Cases by state name.
    pub cases: std::collections::BTreeMap<String, u64>,
    /// Effects not done yet, by target.
    pub outbox: std::collections::BTreeMap<Target, u64>,
    /// Effects parked for a person.
    pub dead_letters: u64,
}

/// What postorder remembers. All times are given by the caller: the store has no clock.
///
/// Every method that writes returns only when its change is durable.
pub trait Store: Send + Sync {
    /// Takes a mail in, once; a known id changes nothing.
    fn take_in(&self, mail: NewMail) -> Answer<'_, TakenIn>;
    /// Mails not read yet, oldest first, without marking them.
    fn unread(&self, limit: usize) -> Answer<'_, Vec<MailRow>>;
    /// Marks that reading these mails begins: a mail that kills the process is found by its count.
    fn begin_reading(&self, ids: Vec<MailId>) -> Answer<'_, ()>;
    /// Sets a mail aside with a reason.
    fn fail_mail(&self, id: MailId, reason: String) -> Answer<'_, ()>;
    /// Makes a mail that was set aside unread again (attempts 0); false if there is none.
    fn replay_mail(&self, id: MailId) -> Answer<'_, bool>;
    /// One mail.
    fn mail(&self, id: MailId) -> Answer<'_, Option<MailRow>>;
    /// A mail's bytes; `None` if it is unknown, or its bytes were pruned.
    fn raw(&self, id: MailId) -> Answer<'_, Option<Vec<u8>>>;
    /// Remembers where a mail's file lies now.
    fn moved(&self, id: MailId, file: String) -> Answer<'_, ()>;

    /// A case.
    fn case(&self, key: CaseKey) -> Answer<'_, Option<CaseRow>>;
    /// The case that one of these Message-IDs (of mails taken in) belongs to, newest case first.
    fn case_of_message(&self, message_ids: Vec<String>) -> Answer<'_, Option<CaseKey>>;
    /// Cases.
    fn cases(&self, filter: CaseFilter) -> Answer<'_, Vec<CaseRow>>;
    /// A case's events, oldest first.
    fn events(&self, key: CaseKey) -> Answer<'_, Vec<EventRow>>;
    /// A case's mails, oldest first.
    fn mails_of(&self, key: CaseKey) -> Answer<'_, Vec<MailRow>>;
    /// Cases that want [`Event::Due`] by now, most overdue first.
    fn due(&self, now: DateTime<Utc>, limit: usize) -> Answer<'_, Vec<CaseKey>>;
    /// Records a decision; returns the new version.
    fn record(&self, decision: Decision) -> Answer<'_, i64>;

    /// Leases up to `limit` effects of a target that are ready, fairly between senders, oldest
    /// first. `kinds`: only effects with these [`Effect::name`]s; empty: all.
    fn lease(
        &self,
        target: Target,
        kinds: &'static [&'static str],
        limit: usize,
        now: DateTime<Utc>,
        lease: Duration,
    ) -> Answer<'_, Vec<Leased>>;
    /// Gives leased effects back, to be tried again at their time; `error` is kept for the story.
    fn retry(&self, ids: Vec<EffectId>, not_before: DateTime<Utc>, error: String)
    -> Answer<'_, ()>;
    /// Gives leases back at once, uncounted (shutdown, paused target).
    fn release(&self, ids: Vec<EffectId>) -> Answer<'_, ()>;
    /// At start: every lease is void, since no worker lives (single node).
    fn release_all(&self) -> Answer<'_, u64>;
    /// Parks an effect for a person.
    fn bury(&self, id: EffectId, at: DateTime<Utc>, reason: String) -> Answer<'_, ()>;
    /// Parked effects, newest first; of one case, or all.
    fn dead_letters(&self, key: Option<CaseKey>, limit: usize) -> Answer<'_, Vec<DeadLetter>>;
    /// Makes parked effects of a case ready again; how many.
    fn revive(&self, key: CaseKey, now: DateTime<Utc>) -> Answer<'_, u64>;
    /// Earliest time at which an effect becomes ready or a case due; `None`: nothing waits.
    fn next_wake(&self) -> Answer<'_, Option<DateTime<Utc>>>;

    /// How many letters went, or are about to go, to this address since then.
    fn letters_to(&self, address: String, since: DateTime<Utc>) -> Answer<'_, u32>;
    /// How much lies where.
    fn counts(&self) -> Answer<'_, Counts>;
    /// Drops bytes of mails whose cases ended before then, and done effects; how many mails.
    fn prune(&self, before: DateTime<Utc>) -> Answer<'_, u64>;
}

/// A mail's folder in the maildir, for a state of the desk that any IMAP client shows.
#[must_use]
pub fn folder_of(file: &str) -> Option<Folder> {
    let dir = file.split('/').next()?;
    [Folder::Done, Folder::Review, Folder::Failed, Folder::Ignored]
        .into_iter()
        .find(|folder| folder.dir_name() == dir)
}

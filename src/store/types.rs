//! What the store takes and gives.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::flow::{Case, CaseKey, Effect, Event, Target};
use crate::mail::MailId;

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
    /// The bytes, as they came; empty where they are not kept (larger than allowed).
    pub raw: Vec<u8>,
    /// Message-ID, without angle brackets.
    pub message_id: Option<String>,
    /// Sender's address.
    pub from: String,
    /// Subject.
    pub subject: String,
    /// Why it cannot be read at all (too large, empty): kept as its reason, for its case.
    pub unreadable: Option<String>,
    /// Why it is set aside in the same moment, so that nobody reads it.
    pub failed: Option<String>,
}

/// What taking in made of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakenIn {
    /// It is new, and durable now.
    New,
    /// It was known already; nothing was changed. Where the known one's file lies, as far as the
    /// store knows: another name means that the mail exists twice.
    Known {
        /// Its maildir.
        maildir: PathBuf,
        /// Its file, relative to the maildir.
        file: String,
    },
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
    /// How often reading it was begun since it was taken in or replayed.
    pub attempts: u32,
    /// Its case, once read.
    pub case: Option<CaseKey>,
    /// Why it was set aside, or cannot be read.
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
    /// How often it was leased before and not released: tries that failed, or that the process
    /// did not live to finish.
    pub attempts: u32,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// What went wrong the last time.
    pub error: Option<String>,
}

/// Where an effect of the outbox stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// For a worker.
    Ready,
    /// For its time.
    Until(DateTime<Utc>),
    /// For the worker that has leased it, until then at most.
    Leased(DateTime<Utc>),
}

/// An effect that is not done yet, for people.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Number in the outbox.
    pub id: EffectId,
    /// Its case.
    pub case: CaseKey,
    /// What is to be done.
    pub effect: Effect,
    /// How often it was leased and not released.
    pub attempts: u32,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// What it waits for.
    pub waits: Waits,
    /// What went wrong the last time.
    pub error: Option<String>,
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
    /// The event left the case as it was: what is stored of it stays, and only its version counts on.
    pub unchanged: bool,
    /// What is to be done outside.
    pub effects: Vec<Effect>,
    /// Effects of these [`Effect::name`]s are leased in the same transaction, for so long, by
    /// whoever records.
    pub taken: Vec<(&'static str, Duration)>,
    /// When [`Event::Due`] is wanted.
    pub wake_at: Option<DateTime<Utc>>,
    /// The effect whose outcome the event is: done in the same transaction. If it is done
    /// already, nothing is recorded: [`StoreError::Stale`](super::StoreError::Stale).
    pub finishes: Option<EffectId>,
    /// The mail that the event read: becomes part of the case in the same transaction. If it was
    /// read already, nothing is recorded: [`StoreError::Stale`](super::StoreError::Stale).
    pub reads: Option<MailId>,
    /// A mail of the case whose file lies at a new place now; see [`MailRow::file`].
    pub moved: Option<(MailId, String)>,
}

/// What recording a decision gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The case's new version.
    pub version: i64,
    /// Numbers of its effects in the outbox, in their order.
    pub effects: Vec<EffectId>,
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
    /// Only those whose key begins so.
    pub key: Option<String>,
    /// At most so many, newest first.
    pub limit: usize,
}

/// What is left to do; cheap to ask for, however much it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undone {
    /// Mails not read yet.
    pub mails: u64,
    /// Effects that are ready or under way, by target; targets with none are left out.
    pub effects: BTreeMap<Target, u64>,
    /// Effects that wait for a later time.
    pub later: u64,
}

/// The longest that anything waits by itself; what is said to wait longer was told so by a clock
/// that was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Longest {
    /// An effect, between two tries.
    pub retry: Duration,
    /// A worker, for what it has leased.
    pub lease: Duration,
    /// A case, for its next look at the stock.
    pub stock: Duration,
    /// A case, for anything else.
    pub case: Duration,
}

/// How much lies where, for logs, `check` and metrics.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Mails not read yet.
    pub mails_received: u64,
    /// Mails set aside.
    pub mails_failed: u64,
    /// All mails.
    pub mails: u64,
    /// Cases by state name.
    pub cases: BTreeMap<String, u64>,
    /// Effects not done yet, by target.
    pub outbox: BTreeMap<Target, u64>,
    /// Effects parked for a person.
    pub dead_letters: u64,
}

/// From so many tries on that ended with the whole process, and not one with an answer, an effect
/// is suspected to end it. It is tried alone from then on.
pub const SUSPECT: u32 = 3;

/// How long a suspect lies apart before its next try: 1, 2, 4, … seconds, a minute at most. If the
/// process ends meanwhile, with no suspect in hand, the reason is another.
#[must_use]
pub fn apart(attempts: u32) -> std::time::Duration {
    std::time::Duration::from_secs(1 << attempts.saturating_sub(SUSPECT).min(6)).min(A_MINUTE)
}

const A_MINUTE: std::time::Duration = std::time::Duration::from_secs(60);

//! What is remembered: mails, cases, events (append-only: the audit trail) and effects (the
//! outbox), behind one trait that is fit for `SQLite` and, later, `PostgreSQL`.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::flow::{CaseKey, Folder, Target};
use crate::mail::MailId;

mod error;
pub mod sqlite;
#[cfg(test)]
pub(crate) mod suite;
mod types;

pub use error::StoreError;
pub use types::{
    CaseFilter, CaseRow, Counts, DeadLetter, Decision, EffectId, EventRow, Leased, Longest,
    MailRow, MailState, NewMail, Recorded, SUSPECT, TakenIn, Undone, Waiting, Waits, apart,
};

/// What every operation of a [`Store`] returns.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// What postorder remembers. All times are given by the caller: the store has no clock.
///
/// Every method that writes returns only when its change is durable.
pub trait Store: Send + Sync {
    /// Takes a mail in, once; a known id changes nothing.
    fn take_in(&self, mail: NewMail) -> Answer<'_, TakenIn>;
    /// Mails to be read now, fairly between senders, each sender's oldest first, without marking
    /// them. Those that were put off to a later time are not among them.
    fn unread(&self, now: DateTime<Utc>, limit: usize) -> Answer<'_, Vec<MailRow>>;
    /// Whether an unread mail is here that will begin this case ([`CaseKey::of`]).
    fn begins(&self, case: CaseKey) -> Answer<'_, bool>;
    /// Puts an unread mail off until the case that it answers has begun, at most until then
    /// (attempts 0). False, and nothing is changed, if that case is here by now.
    fn put_off(&self, id: MailId, case: CaseKey, until: DateTime<Utc>) -> Answer<'_, bool>;
    /// Marks that reading these mails begins: a mail that kills the process is found by its count.
    /// One that has attempts already is best begun alone, so that it marks no other.
    fn begin_reading(&self, ids: Vec<MailId>) -> Answer<'_, ()>;
    /// Sets an unread mail aside with a reason.
    fn fail_mail(&self, id: MailId, reason: String) -> Answer<'_, ()>;
    /// Makes a mail unread again (attempts 0) that was set aside, or that began a case which is
    /// held; false if there is none whose bytes are still here.
    fn replay_mail(&self, id: MailId) -> Answer<'_, bool>;
    /// Mails set aside, newest first.
    fn failed_mails(&self, limit: usize) -> Answer<'_, Vec<MailRow>>;
    /// One mail.
    fn mail(&self, id: MailId) -> Answer<'_, Option<MailRow>>;
    /// Those of these mails that are known.
    fn mails(&self, ids: Vec<MailId>) -> Answer<'_, Vec<MailRow>>;
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
    /// Cases that want [`Event::Due`](crate::flow::Event::Due) by now, most overdue first.
    fn due(&self, now: DateTime<Utc>, limit: usize) -> Answer<'_, Vec<CaseKey>>;
    /// Moves the time at which a case wants [`Event::Due`](crate::flow::Event::Due), if it is still of this version; no event
    /// is recorded. False if it has moved on.
    fn wake_later(&self, key: CaseKey, version: i64, at: DateTime<Utc>) -> Answer<'_, bool>;
    /// Records a decision.
    fn record(&self, decision: Decision) -> Answer<'_, Recorded>;

    /// Leases up to `limit` effects of a target that are ready, fairly between senders, each
    /// sender's oldest first. `kinds`: only effects with these
    /// [`Effect::name`](crate::flow::Effect::name)s; empty: all.
    ///
    /// A lease that is neither finished nor given back in time is ready again.
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
    /// At start: every lease is void, since no worker lives (single node); how many. Their tries
    /// stay counted, so that an effect that kills the process is found: from [`SUSPECT`] tries on
    /// that came back with nothing it lies [`apart`] for a while. Those that lay apart while the
    /// process ended with no suspect in hand are acquitted: their count begins anew. A wait that ends later
    /// than `now + longest_wait` comes from a clock that was wrong, and is cut to that. Mails that
    /// were put off are unread again.
    fn release_all(&self, now: DateTime<Utc>, longest_wait: Duration) -> Answer<'_, u64>;
    /// The clock was set back: what is said to wait for longer than anything waits is cut to that,
    /// such cases are due now, and mails that were put off are looked at anew; how many effects
    /// and cases.
    fn set_back(&self, now: DateTime<Utc>, longest: Longest) -> Answer<'_, u64>;
    /// Parks an effect for a person.
    fn bury(&self, id: EffectId, at: DateTime<Utc>, reason: String) -> Answer<'_, ()>;
    /// Effects not done yet, oldest first; of one case, or all.
    fn waiting(&self, key: Option<CaseKey>, limit: usize) -> Answer<'_, Vec<Waiting>>;
    /// Parked effects, newest first; of one case, or all.
    fn dead_letters(&self, key: Option<CaseKey>, limit: usize) -> Answer<'_, Vec<DeadLetter>>;
    /// Makes parked effects of a case ready again, untried and decided now; how many.
    fn revive(&self, key: CaseKey, now: DateTime<Utc>) -> Answer<'_, u64>;
    /// Earliest time at which a waiting or leased effect becomes ready, or a case due; `None`:
    /// nothing waits. Effects that are ready now do not count.
    fn next_wake(&self) -> Answer<'_, Option<DateTime<Utc>>>;

    /// How many letters went, or are about to go, to this address since then.
    fn letters_to(&self, address: String, since: DateTime<Utc>) -> Answer<'_, u32>;
    /// What is left to do.
    fn undone(&self) -> Answer<'_, Undone>;
    /// How much lies where.
    fn counts(&self) -> Answer<'_, Counts>;
    /// Drops the bytes of mails whose cases ended, or that were set aside, before then, and the
    /// done effects of those cases; how many mails.
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

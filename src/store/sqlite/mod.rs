//! The store in one `SQLite` file: nothing to install, nothing to run beside it.
//!
//! One thread writes and commits together whatever waits ([`writer`]); two threads read. All of
//! it is durable before it is answered (write-ahead log, `synchronous=FULL`). One process owns
//! the store; others may look and decide as guests, through `SQLite`'s own locks, and the owner
//! finds what they decided when it next looks.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::{
    Answer, CaseFilter, CaseRow, Counts, DeadLetter, Decision, EffectId, EventRow, Leased, Longest,
    MailRow, NewMail, Recorded, Store, StoreError, TakenIn, Undone, Waiting,
};
use crate::flow::{CaseKey, Target};
use crate::mail::MailId;

mod cases;
mod codec;
mod effects;
mod fair;
#[cfg(test)]
mod inline;
mod mails;
mod open;
mod prune;
mod reader;
mod schema;
#[cfg(test)]
mod tests;
mod writer;

use codec::Trouble;
use open::Opened;
use reader::Question;
use writer::{Operation, Pending, Writer};

/// How many operations may wait for the writer; further ones wait in their callers.
const WRITES: usize = 512;
/// How many questions may wait for the readers.
const READS: usize = 512;
/// How many readers there are: a long list must not hold up a short question.
const READERS: usize = 2;
/// Free space that taking in leaves, in bytes: what was begun can still be recorded.
const RESERVE: u64 = 32 << 20;

/// The store in a file. Dropping it finishes what waits, and closes the file.
#[derive(Debug)]
pub struct SqliteStore {
    folder: PathBuf,
    reserve: AtomicU64,
    /// `None` only while dropping.
    writes: Option<mpsc::Sender<Box<dyn Operation>>>,
    reads: Option<mpsc::Sender<Question>>,
    writer: Option<JoinHandle<()>>,
    readers: Vec<JoinHandle<()>>,
    #[cfg(test)]
    inline: Option<inline::Inline>,
}

impl SqliteStore {
    /// Opens the store as its one owner; makes it where there is none, and brings an older
    /// schema to today's.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if another owner runs; [`StoreError::Newer`],
    /// [`StoreError::Damaged`], [`StoreError::Unusable`], [`StoreError::Full`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::start(path, open::as_owner(path)?)
    }

    /// Opens the store beside an owner that may be running: to look, and to record decisions.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none, [`StoreError::Older`] if an owner with an older
    /// schema runs, and as [`Self::open`].
    pub fn guest(path: &Path) -> Result<Self, StoreError> {
        Self::start(path, open::as_guest(path)?)
    }

    /// How much free space on the disk taking mails in leaves, in bytes (32 MiB unless set), so
    /// that what was begun can still be recorded.
    pub fn set_reserve(&self, bytes: u64) {
        self.reserve.store(bytes, Ordering::Relaxed);
    }

    fn start(path: &Path, opened: Opened) -> Result<Self, StoreError> {
        let Opened { writer, identity, lock } = opened;
        let (ask, questions) = mpsc::channel(READS);
        let questions = Arc::new(Mutex::new(questions));
        let connections: Vec<_> =
            (0..READERS).map(|_| open::reader(path)).collect::<Result<_, _>>()?;
        let writer = Writer::new(writer, identity, lock)?;
        let (write, operations) = mpsc::channel(WRITES);
        let mut store = Self {
            folder: path.parent().unwrap_or(Path::new("")).to_owned(),
            reserve: AtomicU64::new(RESERVE),
            writes: Some(write),
            reads: Some(ask),
            writer: Some(spawn("store-writer", move || writer.run(operations))?),
            readers: Vec::new(),
            #[cfg(test)]
            inline: None,
        };
        for conn in connections {
            let questions = Arc::clone(&questions);
            let thread = spawn("store-reader", move || reader::run(&conn, &questions))?;
            store.readers.push(thread);
        }
        Ok(store)
    }

    /// Has the writer do it, with others in one commit.
    fn write<T, F>(&self, work: F) -> Answer<'_, T>
    where
        T: Send + 'static,
        F: Fn(&Connection) -> Result<T, Trouble> + Send + 'static,
    {
        #[cfg(test)]
        if let Some(inline) = &self.inline {
            return Box::pin(async move { inline.write(work) });
        }
        Box::pin(async move {
            let (operation, outcome) = Pending::pair(work);
            let writes = self.writes.as_ref().ok_or(StoreError::Closed)?;
            // A writer that is gone while we are here has met what it must never meet.
            let gone = || StoreError::Fatal("its writer has ended".into());
            writes.send(operation).await.map_err(|_| gone())?;
            outcome.await.map_err(|_| gone())?
        })
    }

    /// Has a reader do it.
    fn read<T, F>(&self, work: F) -> Answer<'_, T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Trouble> + Send + 'static,
    {
        #[cfg(test)]
        if let Some(inline) = &self.inline {
            return Box::pin(async move { inline.read(work) });
        }
        Box::pin(async move {
            let (to, outcome) = oneshot::channel();
            let question: Question = Box::new(move |conn| {
                let _ = to.send(work(conn).map_err(StoreError::from));
            });
            let reads = self.reads.as_ref().ok_or(StoreError::Closed)?;
            let gone = || StoreError::Fatal("its readers have ended".into());
            reads.send(question).await.map_err(|_| gone())?;
            outcome.await.map_err(|_| gone())?
        })
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        // Readers first: the last checkpoint needs the log to itself.
        self.reads = None;
        for reader in self.readers.drain(..) {
            let _ = reader.join();
        }
        self.writes = None;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, StoreError> {
    let thread = thread::Builder::new().name(name.into()).spawn(run);
    thread.map_err(|error| StoreError::Unusable(format!("no thread for it: {error}")))
}

impl Store for SqliteStore {
    fn take_in(&self, mail: NewMail) -> Answer<'_, TakenIn> {
        let (folder, reserve) = (self.folder.clone(), self.reserve.load(Ordering::Relaxed));
        self.write(move |conn| {
            mails::room(&folder, reserve, mail.raw.len())?;
            mails::take_in(conn, &mail)
        })
    }

    fn unread(&self, now: DateTime<Utc>, limit: usize) -> Answer<'_, Vec<MailRow>> {
        self.read(move |conn| mails::unread(conn, now, limit))
    }

    fn begins(&self, case: CaseKey) -> Answer<'_, bool> {
        self.read(move |conn| mails::begins(conn, &case))
    }

    fn put_off(&self, id: MailId, case: CaseKey, until: DateTime<Utc>) -> Answer<'_, bool> {
        self.write(move |conn| mails::put_off(conn, &id, &case, until))
    }

    fn begin_reading(&self, ids: Vec<MailId>) -> Answer<'_, ()> {
        self.write(move |conn| mails::begin_reading(conn, &ids))
    }

    fn fail_mail(&self, id: MailId, reason: String) -> Answer<'_, ()> {
        self.write(move |conn| mails::fail(conn, &id, &reason))
    }

    fn replay_mail(&self, id: MailId) -> Answer<'_, bool> {
        self.write(move |conn| mails::replay(conn, &id))
    }

    fn failed_mails(&self, limit: usize) -> Answer<'_, Vec<MailRow>> {
        self.read(move |conn| mails::failed(conn, limit))
    }

    fn mail(&self, id: MailId) -> Answer<'_, Option<MailRow>> {
        self.read(move |conn| mails::mail(conn, &id))
    }

    fn mails(&self, ids: Vec<MailId>) -> Answer<'_, Vec<MailRow>> {
        self.read(move |conn| {
            let found = ids.iter().map(|id| mails::mail(conn, id));
            found.filter_map(Result::transpose).collect()
        })
    }

    fn raw(&self, id: MailId) -> Answer<'_, Option<Vec<u8>>> {
        self.read(move |conn| mails::raw(conn, &id))
    }

    fn moved(&self, id: MailId, file: String) -> Answer<'_, ()> {
        self.write(move |conn| mails::moved(conn, &id, &file))
    }

    fn case(&self, key: CaseKey) -> Answer<'_, Option<CaseRow>> {
        self.read(move |conn| cases::case(conn, &key))
    }

    fn case_of_message(&self, message_ids: Vec<String>) -> Answer<'_, Option<CaseKey>> {
        self.read(move |conn| cases::of_message(conn, &message_ids))
    }

    fn cases(&self, filter: CaseFilter) -> Answer<'_, Vec<CaseRow>> {
        self.read(move |conn| cases::list(conn, &filter))
    }

    fn events(&self, key: CaseKey) -> Answer<'_, Vec<EventRow>> {
        self.read(move |conn| cases::events(conn, &key))
    }

    fn mails_of(&self, key: CaseKey) -> Answer<'_, Vec<MailRow>> {
        self.read(move |conn| mails::of_case(conn, &key))
    }

    fn due(&self, now: DateTime<Utc>, limit: usize) -> Answer<'_, Vec<CaseKey>> {
        self.read(move |conn| cases::due(conn, now, limit))
    }

    fn wake_later(&self, key: CaseKey, version: i64, at: DateTime<Utc>) -> Answer<'_, bool> {
        self.write(move |conn| cases::wake_later(conn, &key, version, at))
    }

    fn record(&self, decision: Decision) -> Answer<'_, Recorded> {
        // Put into JSON here, by the caller: the writer has enough to do.
        let record = match cases::Record::new(decision) {
            Ok(record) => record,
            Err(error) => return Box::pin(std::future::ready(Err(error))),
        };
        self.write(move |conn| record.write(conn))
    }

    fn lease(
        &self,
        target: Target,
        kinds: &'static [&'static str],
        limit: usize,
        now: DateTime<Utc>,
        lease: Duration,
    ) -> Answer<'_, Vec<Leased>> {
        let kinds = if kinds.is_empty() { effects::kinds(target) } else { kinds };
        self.write(move |conn| effects::lease(conn, kinds, limit, now, lease))
    }

    fn retry(
        &self,
        ids: Vec<EffectId>,
        not_before: DateTime<Utc>,
        error: String,
    ) -> Answer<'_, ()> {
        self.write(move |conn| effects::retry(conn, &ids, not_before, &error))
    }

    fn release(&self, ids: Vec<EffectId>) -> Answer<'_, ()> {
        self.write(move |conn| effects::release(conn, &ids))
    }

    fn release_all(&self, now: DateTime<Utc>, longest_wait: Duration) -> Answer<'_, u64> {
        self.write(move |conn| {
            mails::call_all_back(conn)?;
            effects::release_all(conn, now, longest_wait)
        })
    }

    fn set_back(&self, now: DateTime<Utc>, longest: Longest) -> Answer<'_, u64> {
        self.write(move |conn| {
            mails::call_all_back(conn)?;
            let effects = effects::set_back(conn, now, longest)?;
            Ok(effects + cases::set_back(conn, now, longest)?)
        })
    }

    fn bury(&self, id: EffectId, at: DateTime<Utc>, reason: String) -> Answer<'_, ()> {
        self.write(move |conn| effects::bury(conn, id, at, &reason))
    }

    fn waiting(&self, key: Option<CaseKey>, limit: usize) -> Answer<'_, Vec<Waiting>> {
        self.read(move |conn| effects::waiting(conn, key.as_ref(), limit))
    }

    fn dead_letters(&self, key: Option<CaseKey>, limit: usize) -> Answer<'_, Vec<DeadLetter>> {
        self.read(move |conn| effects::dead_letters(conn, key.as_ref(), limit))
    }

    fn revive(&self, key: CaseKey, now: DateTime<Utc>) -> Answer<'_, u64> {
        self.write(move |conn| effects::revive(conn, &key, now))
    }

    fn next_wake(&self) -> Answer<'_, Option<DateTime<Utc>>> {
        self.read(effects::next_wake)
    }

    fn letters_to(&self, address: String, since: DateTime<Utc>) -> Answer<'_, u32> {
        self.read(move |conn| effects::letters_to(conn, &address, since))
    }

    fn undone(&self) -> Answer<'_, Undone> {
        self.read(effects::undone)
    }

    fn counts(&self) -> Answer<'_, Counts> {
        self.read(cases::counts)
    }

    fn prune(&self, before: DateTime<Utc>) -> Answer<'_, u64> {
        Box::pin(async move {
            let mut pruned = 0;
            loop {
                // A slice at a time: others write in between.
                let slice = self.write(move |conn| prune::slice(conn, before)).await?;
                pruned += slice.mails;
                if !slice.more {
                    return Ok(pruned);
                }
            }
        })
    }
}

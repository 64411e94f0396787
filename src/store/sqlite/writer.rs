//! The one writer: a thread that commits together whatever waits.

use std::fs::File;
use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::hooks::Wal;
use rusqlite::wal::CheckpointMode;
use tokio::sync::{mpsc, oneshot};

use super::codec::Trouble;
use crate::store::StoreError;

/// Most operations in one commit: bounds how long the first of them waits for the last.
const GROUP: usize = 256;
/// Pages in the write-ahead log from which it is copied into the database: 8 MiB. A page that was
/// written many times is copied once.
const CHECKPOINT_PAGES: i64 = 2048;
/// Pages from which readers are waited for, so that the log starts anew: 64 MiB.
const TRUNCATE_PAGES: i64 = 16 * 1024;

/// An operation that waits for the writer. It can be run again, should its group fail.
pub(super) trait Operation: Send {
    /// Nobody waits for it any more, and it was not begun.
    fn abandoned(&self) -> bool;
    /// Does it within the open transaction and keeps its outcome.
    fn run(&mut self, conn: &Connection) -> Result<(), StoreError>;
    /// Answers, once the outcome is durable, or with the error that undid it.
    fn answer(self: Box<Self>, undone: Option<StoreError>);
}

/// An operation and who waits for its outcome.
pub(super) struct Pending<T, F> {
    work: F,
    outcome: Option<Result<T, StoreError>>,
    to: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Pending<T, F>
where
    T: Send + 'static,
    F: Fn(&Connection) -> Result<T, Trouble> + Send + 'static,
{
    /// The operation, and where its outcome will come.
    pub(super) fn pair(work: F) -> (Box<dyn Operation>, oneshot::Receiver<Result<T, StoreError>>) {
        let (to, from) = oneshot::channel();
        (Box::new(Self { work, outcome: None, to }), from)
    }
}

impl<T, F> Operation for Pending<T, F>
where
    T: Send,
    F: Fn(&Connection) -> Result<T, Trouble> + Send,
{
    fn abandoned(&self) -> bool {
        self.to.is_closed()
    }

    fn run(&mut self, conn: &Connection) -> Result<(), StoreError> {
        let outcome = (self.work)(conn).map_err(StoreError::from);
        let seen = outcome.as_ref().map(|_| ()).map_err(Clone::clone);
        self.outcome = Some(outcome);
        seen
    }

    fn answer(self: Box<Self>, undone: Option<StoreError>) {
        let outcome = match (self.outcome, undone) {
            // Its own error says more than the group's.
            (Some(Err(error)), _) | (_, Some(error)) => Err(error),
            (Some(Ok(value)), None) => Ok(value),
            (None, None) => Err(StoreError::Closed),
        };
        // Whoever asked may have gone: what was recorded stays recorded.
        let _ = self.to.send(outcome);
    }
}

/// The file that the connection has open, to notice when another one lies at its path.
#[derive(Debug)]
pub(super) struct Identity {
    path: PathBuf,
    device: u64,
    inode: u64,
}

impl Identity {
    /// Of the file that lies at this path now.
    pub(super) fn of(path: PathBuf) -> std::io::Result<Self> {
        let found = std::fs::metadata(&path)?;
        Ok(Self { path, device: found.dev(), inode: found.ino() })
    }

    /// The same file still lies there. Else everything written from now on would be lost with
    /// the last open descriptor.
    fn check(&self) -> Result<(), StoreError> {
        let path = self.path.display();
        match std::fs::metadata(&self.path) {
            Ok(found) if (found.dev(), found.ino()) == (self.device, self.inode) => Ok(()),
            Ok(_) => Err(StoreError::Fatal(format!("{path} was replaced while in use"))),
            Err(error) => Err(StoreError::Fatal(format!("{path} is gone: {error}"))),
        }
    }
}

/// The writing side of an open store; lives in its own thread.
pub(super) struct Writer {
    conn: Connection,
    identity: Identity,
    /// Pages in the log after the last commit.
    wal_pages: Arc<AtomicI64>,
    /// Pages at which it is copied next.
    checkpoint_at: i64,
    /// Why nothing is written any more.
    dead: Option<StoreError>,
    /// Held until the last write is done; `None` for a guest, who leaves the log to the owner.
    lock: Option<File>,
}

impl Writer {
    /// A writer on this connection. `lock` is let go when it ends.
    pub(super) fn new(
        mut conn: Connection,
        identity: Identity,
        lock: Option<File>,
    ) -> Result<Self, Trouble> {
        let wal_pages = Arc::new(AtomicI64::new(0));
        let seen = Arc::clone(&wal_pages);
        conn.wal_hook(Some(move |_: &mut Wal, pages| {
            seen.store(i64::from(pages), Ordering::Relaxed);
            Ok(())
        }))?;
        conn.set_prepared_statement_cache_capacity(128);
        Ok(Self { conn, identity, wal_pages, checkpoint_at: CHECKPOINT_PAGES, dead: None, lock })
    }

    /// Works until every sender is gone, then closes the store.
    pub(super) fn run(mut self, mut queue: mpsc::Receiver<Box<dyn Operation>>) {
        while let Some(first) = queue.blocking_recv() {
            let mut group = vec![first];
            while group.len() < GROUP {
                match queue.try_recv() {
                    Ok(next) => group.push(next),
                    Err(_) => break,
                }
            }
            group.retain(|operation| !operation.abandoned());
            self.serve(group);
        }
        self.close();
    }

    /// Commits a group and answers it.
    fn serve(&mut self, mut group: Vec<Box<dyn Operation>>) {
        let failed = match &self.dead {
            Some(error) => Some(error.clone()),
            None => self.commit(&mut group).err(),
        };
        match &failed {
            // There was no room for all of them together: there may be for some.
            Some(StoreError::Full(_)) if group.len() > 1 => {
                for operation in group {
                    self.serve(vec![operation]);
                }
                return;
            }
            Some(error) if error.ends_process() && self.dead.is_none() => self.die(error),
            _ => {}
        }
        for operation in group {
            operation.answer(failed.clone());
        }
        if self.dead.is_none() {
            self.checkpoint();
        }
    }

    /// One transaction for the group; an operation that fails undoes only itself. Nearly always
    /// none does: so first all are run without the savepoints that would be needed for that.
    fn commit(&mut self, group: &mut [Box<dyn Operation>]) -> Result<(), StoreError> {
        self.identity.check()?;
        match self.transaction(group, |writer, operation| operation.run(&writer.conn)) {
            Err(error) if !error.ends_process() && !error.passes() => {
                self.transaction(group, Self::apply)
            }
            done => done,
        }
    }

    fn transaction(
        &self,
        group: &mut [Box<dyn Operation>],
        run: impl Fn(&Self, &mut dyn Operation) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.sql("BEGIN IMMEDIATE")?;
        let done = group.iter_mut().try_for_each(|operation| run(self, &mut **operation));
        let done = done.and_then(|()| self.sql("COMMIT"));
        // SQLite itself may have rolled back: then there is no transaction to end.
        if done.is_err() && !self.conn.is_autocommit() {
            self.sql("ROLLBACK").map_err(|error| StoreError::Fatal(error.to_string()))?;
        }
        done
    }

    fn apply(&self, operation: &mut dyn Operation) -> Result<(), StoreError> {
        self.sql("SAVEPOINT operation")?;
        match operation.run(&self.conn) {
            Ok(()) => self.sql("RELEASE operation"),
            // These concern the whole group.
            Err(error) if error.ends_process() || self.conn.is_autocommit() => Err(error),
            Err(_) => {
                self.sql("ROLLBACK TO operation")?;
                self.sql("RELEASE operation")
            }
        }
    }

    fn sql(&self, sql: &str) -> Result<(), StoreError> {
        let run = |sql| self.conn.prepare_cached(sql)?.execute([]);
        run(sql).map(|_| ()).map_err(|error| Trouble::from(error).into())
    }

    /// From now on nothing is written: not even the checkpoint that closing would make.
    fn die(&mut self, error: &StoreError) {
        tracing::error!(%error, "the store is given up");
        let _ = self.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        self.dead = Some(error.clone());
    }

    /// Keeps the log short. Done here rather than by `SQLite` after a commit, since there an
    /// fsync that failed would go unnoticed. A guest leaves it to the owner.
    fn checkpoint(&mut self) {
        let pages = self.wal_pages.load(Ordering::Relaxed);
        if pages + CHECKPOINT_PAGES < self.checkpoint_at {
            // The log began anew.
            self.checkpoint_at = CHECKPOINT_PAGES;
        }
        if self.lock.is_none() || pages < self.checkpoint_at {
            return;
        }
        self.checkpoint_at = pages + CHECKPOINT_PAGES;
        let long = pages >= TRUNCATE_PAGES;
        self.copy_log(if long { CheckpointMode::TRUNCATE } else { CheckpointMode::PASSIVE });
    }

    fn copy_log(&mut self, mode: CheckpointMode) {
        let done = self.conn.wal_checkpoint_v2(None::<&str>, mode);
        match done.map_err(|error| StoreError::from(Trouble::from(error))) {
            // A reader still needs the log: later, then.
            Ok(_) | Err(StoreError::Busy(_)) => {}
            Err(error) if error.ends_process() => self.die(&error),
            Err(error) => tracing::warn!(%error, "the store's log could not be shortened"),
        }
    }

    fn close(mut self) {
        if self.dead.is_none() && self.lock.is_some() {
            self.copy_log(CheckpointMode::TRUNCATE);
        }
        let Self { conn, lock, .. } = self;
        drop(conn);
        // Only now may another process begin.
        drop(lock);
    }
}

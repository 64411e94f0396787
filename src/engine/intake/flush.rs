//! Moves of files, made durable together.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::Maildir;
use crate::engine::aside::aside;

/// Directories that files were moved in since they were last flushed. A flush costs the disk as
/// much for one move as for a hundred: whoever comes while one is under way shares the next.
#[derive(Debug, Default)]
pub(super) struct Flush {
    moved: Mutex<HashSet<(Maildir, PathBuf)>>,
    turn: tokio::sync::Mutex<()>,
}

impl Flush {
    /// Returns once what was moved in these directories of a maildir is durable.
    ///
    /// # Errors
    /// For one of those who share a flush that failed; to the others it is as if it had not.
    pub(super) async fn durable(
        &self,
        maildir: &Maildir,
        directories: [PathBuf; 2],
    ) -> io::Result<()> {
        self.moved().extend(directories.map(|directory| (maildir.clone(), directory)));
        let _turn = self.turn.lock().await;
        // Empty, where whoever had the turn flushed ours too.
        let moved = std::mem::take(&mut *self.moved());
        if moved.is_empty() {
            return Ok(());
        }
        let flushed = aside(move || {
            let mut flushed = Ok(());
            for (maildir, directory) in moved {
                let directories: [&Path; 1] = [&directory];
                flushed = flushed.and(maildir.sync(&directories));
            }
            flushed
        });
        flushed.await.unwrap_or_else(|panic| Err(io::Error::other(panic)))
    }

    fn moved(&self) -> std::sync::MutexGuard<'_, HashSet<(Maildir, PathBuf)>> {
        self.moved.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn everybody_is_answered_and_nothing_is_left_to_flush() {
        let folder = tempfile::tempdir().unwrap();
        let maildir = Maildir::new(folder.path());
        let flush = Arc::new(Flush::default());
        let mut waits = tokio::task::JoinSet::new();
        for number in 0..200 {
            let directories = ["new", "cur"].map(|part| PathBuf::from(format!("{part}{number}")));
            let (flush, maildir) = (Arc::clone(&flush), maildir.clone());
            waits.spawn(async move { flush.durable(&maildir, directories).await });
        }
        for done in waits.join_all().await {
            done.unwrap();
        }
        assert!(flush.moved().is_empty());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_flush_that_fails_is_told_and_the_next_is_another() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("new"), "no directory").unwrap();
        let (maildir, flush) = (Maildir::new(folder.path()), Flush::default());
        let below = ["new/below", "cur"].map(PathBuf::from);
        flush.durable(&maildir, below).await.unwrap_err();
        flush.durable(&maildir, ["cur", "tmp"].map(PathBuf::from)).await.unwrap();
    }
}

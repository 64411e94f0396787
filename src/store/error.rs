//! Why the store could not do it.

use crate::flow::CaseKey;

/// Why the store could not do it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The case has moved on since the decision was made: decide again on the new version.
    #[error("case {case} has moved on since version {expected}")]
    Conflict {
        /// Which case.
        case: CaseKey,
        /// The version that the decision was made on.
        expected: i64,
    },
    /// What the decision finishes or reads was finished or read before: drop it.
    #[error("{0} was dealt with already")]
    Stale(String),
    /// The disk is full: take nothing in until there is room.
    #[error("no room left for the store: {0}; free some space, postorder goes on by itself")]
    Full(String),
    /// Another process keeps the store locked: try again later.
    #[error("the store is locked by another process: {0}")]
    Busy(String),
    /// What is stored cannot be understood; other rows are not concerned.
    #[error("{what} cannot be understood as it is stored: {why}")]
    Unreadable {
        /// Which row.
        what: String,
        /// What is wrong with it.
        why: String,
    },
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
    /// The file was written by an older postorder that is still running.
    #[error(
        "the store has schema {found}, this postorder needs {known}, and the older postorder is still running: restart it with this version"
    )]
    Older {
        /// Schema of the file.
        found: i64,
        /// Schema needed here.
        known: i64,
    },
    /// Another process works with this store.
    #[error("another postorder works with the store {0}: stop it first")]
    Taken(String),
    /// There is no store yet.
    #[error("there is no store at {0}: has postorder run yet, and with this configuration?")]
    Missing(String),
    /// The file cannot be opened.
    #[error("the store cannot be opened: {0}")]
    Unusable(String),
    /// The file is damaged.
    #[error(
        "the store is damaged: {0}; restore a copy, or move it away: replaying the mails makes no order twice"
    )]
    Damaged(String),
    /// An fsync or write failed: what is durable is not known, so the process must end.
    #[error("the store cannot be written safely: {0}; the process ends, a restart recovers")]
    Fatal(String),
    /// Something that should not be possible: that operation alone is given up.
    #[error("a fault of postorder itself, met by the store: {0}")]
    Fault(String),
    /// The store was closed: the process is about to end.
    #[error("the store is closed")]
    Closed,
}

impl StoreError {
    /// The process must end: nothing that it writes from now on could be relied on.
    #[must_use]
    pub fn ends_process(&self) -> bool {
        matches!(self, Self::Fatal(_) | Self::Damaged(_))
    }

    /// The same operation works later, when there is room or the lock is free.
    #[must_use]
    pub fn passes(&self) -> bool {
        matches!(self, Self::Full(_) | Self::Busy(_))
    }
}

//! Readers: threads with connections that cannot write.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::mpsc;

/// A question for whichever reader is free; it answers by itself.
pub(super) type Question = Box<dyn FnOnce(&Connection) + Send>;

/// Answers questions until nobody can ask any more.
pub(super) fn run(conn: &Connection, queue: &Arc<Mutex<mpsc::Receiver<Question>>>) {
    loop {
        // The lock is held while waiting: the other readers queue up behind it.
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        match next {
            Some(question) => question(conn),
            None => return,
        }
    }
}

//! The same store without its threads: whoever asks does it, at once, in memory. For simulations,
//! whose order of things must follow from their seed alone.

use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;

use super::codec::Trouble;
use super::{SqliteStore, schema};
use crate::store::StoreError;

/// A connection that is used by one caller at a time.
#[derive(Debug)]
pub(super) struct Inline(Mutex<Connection>);

impl SqliteStore {
    /// An empty store in memory.
    pub(crate) fn in_memory() -> Self {
        let mut conn = Connection::open_in_memory().unwrap();
        conn.pragma_update(None, "foreign_keys", true).unwrap();
        conn.set_prepared_statement_cache_capacity(128);
        schema::migrate(&mut conn).unwrap();
        Self {
            folder: PathBuf::new(),
            reserve: AtomicU64::new(0),
            writes: None,
            reads: None,
            writer: None,
            readers: Vec::new(),
            inline: Some(Inline(Mutex::new(conn))),
        }
    }

    /// Does what no caller of the store could do.
    pub(crate) fn tamper(&self, sql: &str) {
        let Some(inline) = &self.inline else { return };
        inline.write(|conn| Ok(conn.execute_batch(sql)?)).unwrap();
    }
}

impl Inline {
    /// Does it in a transaction of its own.
    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Trouble>,
    ) -> Result<T, StoreError> {
        let conn = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sql = |sql: &str| conn.prepare_cached(sql).and_then(|mut run| run.execute([])).unwrap();
        sql("BEGIN");
        let done = work(&conn);
        sql(if done.is_ok() { "COMMIT" } else { "ROLLBACK" });
        done.map_err(StoreError::from)
    }

    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Trouble>,
    ) -> Result<T, StoreError> {
        let conn = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        work(&conn).map_err(StoreError::from)
    }
}

//! Tables, indices, and how a file of an older schema becomes one of today's.

use rusqlite::{Connection, TransactionBehavior};

use super::codec::Trouble;
use crate::store::StoreError;

/// `application_id` of our files, "post" in ASCII: no other program's database is taken for ours.
const APPLICATION_ID: i64 = 0x706f_7374;

/// One step each, in order; the schema's number is how many were taken. Never change a step that
/// was released: add another.
const MIGRATIONS: &[&str] = &[include_str!("001_begin.sql")];

/// Newest schema known here.
#[expect(clippy::cast_possible_wrap, reason = "a handful of steps")]
pub(super) const KNOWN: i64 = MIGRATIONS.len() as i64;

/// What a file holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing yet.
    Empty,
    /// Our tables, of this schema.
    Ours(i64),
}

/// Looks at a file's schema.
///
/// # Errors
/// [`StoreError::Newer`]; [`StoreError::Unusable`] if the database is another program's.
pub(super) fn look(conn: &Connection) -> Result<Found, Trouble> {
    let number = |pragma| conn.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let found = number("user_version")?;
    let application = number("application_id")?;
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application == 0 && tables == 0 {
        return Ok(Found::Empty);
    }
    if application != APPLICATION_ID {
        let why = "the file is another program's database".to_owned();
        return Err(StoreError::Unusable(why).into());
    }
    if found > KNOWN {
        return Err(StoreError::Newer { found, known: KNOWN }.into());
    }
    Ok(Found::Ours(found))
}

/// Brings a file to today's schema; each step is one transaction.
///
/// # Errors
/// As [`look`], and whatever writing meets.
pub(super) fn migrate(conn: &mut Connection) -> Result<(), Trouble> {
    look(conn)?;
    for (number, step) in (1_i64..).zip(MIGRATIONS) {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let now: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if now < number {
            tx.execute_batch(step)?;
            tx.pragma_update(None, "application_id", APPLICATION_ID)?;
            tx.pragma_update(None, "user_version", number)?;
        }
        tx.commit()?;
    }
    Ok(())
}

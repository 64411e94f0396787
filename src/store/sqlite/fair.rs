//! Fair turns between senders.
//!
//! What waits is served in the order of its rank. A sender's next item ranks one behind the same
//! sender's last that waits, and never before the first that waits at all (start-time fair
//! queueing, with every item of the same size). So a thousand mails of one sender stand behind
//! each other, and another sender's mail stands beside the first of them. Everything is read from
//! indices, so that it costs the same with a hundred thousand waiting.

use rusqlite::{Connection, OptionalExtension as _};

use super::codec::Trouble;

/// The rank of a sender's next unread mail.
pub(super) fn mail_rank(conn: &Connection, sender: &str) -> Result<i64, Trouble> {
    let first = conn
        .prepare_cached(
            "SELECT rank FROM mails WHERE state = 'received' ORDER BY rank, seq LIMIT 1",
        )?
        .query_row([], |row| row.get::<_, i64>(0))
        .optional()?;
    let last = conn
        .prepare_cached(
            "SELECT rank FROM mails WHERE state = 'received' AND sender = ?1
             ORDER BY rank DESC LIMIT 1",
        )?
        .query_row([sender], |row| row.get::<_, i64>(0))
        .optional()?;
    Ok(next(first, last))
}

/// The rank of a sender's next ready effect of a kind, as SQL: the kind is its first value, the
/// sender its second.
pub(super) const EFFECT_RANK: &str = "max(
    coalesce((SELECT rank FROM effects WHERE state = 'ready' AND kind = ?1
              ORDER BY rank, id LIMIT 1), 0),
    coalesce((SELECT rank + 1 FROM effects WHERE state = 'ready' AND kind = ?1 AND sender = ?2
              ORDER BY rank DESC LIMIT 1), 0))";

fn next(first: Option<i64>, last: Option<i64>) -> i64 {
    first.unwrap_or(0).max(last.map_or(0, |last| last.saturating_add(1)))
}

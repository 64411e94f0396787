//! Forgetting what nobody needs any more, a slice at a time.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::codec::{self, Trouble};

/// How many cases, or mails set aside, one slice looks at.
const SLICE: i64 = 100;
/// How many free pages are given back to the disk after a slice.
const PAGES: i64 = 2000;

/// What one slice did.
pub(super) struct Pruned {
    /// Mails whose bytes were dropped.
    pub(super) mails: u64,
    /// There may be more.
    pub(super) more: bool,
}

/// Drops the bytes of mails and the done effects of some cases that ended before then, and the
/// bytes of some mails that were set aside before then.
pub(super) fn slice(conn: &Connection, before: DateTime<Utc>) -> Result<Pruned, Trouble> {
    let before = codec::micros(before);
    let cases: Vec<i64> = conn
        .prepare_cached(
            "SELECT seq FROM cases INDEXED BY cases_prune WHERE state = 'ended' AND pruned = 0 AND changed_at < ?1
             ORDER BY changed_at LIMIT ?2",
        )?
        .query_map(params![before, SLICE], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut mails = 0;
    for seq in &cases {
        mails += conn
            .prepare_cached(
                "DELETE FROM raws WHERE seq IN (SELECT seq FROM mails WHERE case_seq = ?1)",
            )?
            .execute([seq])?;
        conn.prepare_cached("DELETE FROM effects WHERE case_seq = ?1 AND state = 'done'")?
            .execute([seq])?;
        conn.prepare_cached("UPDATE cases SET pruned = 1 WHERE seq = ?1")?.execute([seq])?;
    }
    let failed = conn
        .prepare_cached(
            "DELETE FROM raws WHERE seq IN (
                 SELECT seq FROM mails WHERE state = 'failed' AND received_at < ?1
                   AND EXISTS (SELECT 1 FROM raws WHERE raws.seq = mails.seq)
                 ORDER BY received_at LIMIT ?2)",
        )?
        .execute(params![before, SLICE])?;
    let more = codec::limit(cases.len()) == SLICE || codec::limit(failed) == SLICE;
    if !more {
        give_back(conn)?;
    }
    Ok(Pruned { mails: (mails + failed) as u64, more })
}

/// Gives free pages at the end of the file back to the disk. They are many after a first pruning,
/// and the rest will be used again.
fn give_back(conn: &Connection) -> Result<(), Trouble> {
    let mut vacuum = conn.prepare_cached(&format!("PRAGMA incremental_vacuum({PAGES})"))?;
    let mut rows = vacuum.query([])?;
    while rows.next()?.is_some() {}
    Ok(())
}

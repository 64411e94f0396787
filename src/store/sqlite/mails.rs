//! Mails and their bytes.

use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::codec::{self, PathColumn, Trouble};
use super::fair;
use crate::flow::CaseKey;
use crate::mail::MailId;
use crate::store::{MailRow, MailState, NewMail, StoreError, TakenIn};

const COLUMNS: &str = "id, received_at, maildir, file, message_id, sender, subject, state, \
                       attempts, (SELECT key FROM cases WHERE cases.seq = case_seq) AS case_key, \
                       reason";

/// There is room for a mail of this size, and what was begun can still be recorded after it.
pub(super) fn room(folder: &Path, reserve: u64, size: usize) -> Result<(), StoreError> {
    if reserve == 0 {
        return Ok(());
    }
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    // Where it cannot be told, writing will tell.
    let Ok(disk) = rustix::fs::statvfs(here) else { return Ok(()) };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    // Once in the log, once in the database.
    let wanted = reserve.saturating_add(2 * size as u64);
    if free >= wanted {
        return Ok(());
    }
    Err(StoreError::Full(format!(
        "{} MiB free at {}, {} MiB wanted",
        free >> 20,
        here.display(),
        wanted.div_ceil(1 << 20)
    )))
}

pub(super) fn take_in(conn: &Connection, mail: &NewMail) -> Result<TakenIn, Trouble> {
    let known = conn
        .prepare_cached("SELECT maildir, file FROM mails WHERE id = ?1")?
        .query_and_then([mail.id.as_str()], |row| {
            let maildir = codec::path(row, "maildir")?;
            Ok::<_, Trouble>(TakenIn::Known { maildir, file: row.get("file")? })
        })?
        .next();
    if let Some(known) = known {
        return known;
    }
    let (state, rank) = match mail.failed {
        Some(_) => ("failed", 0),
        None => ("received", fair::mail_rank(conn, &mail.from)?),
    };
    conn.prepare_cached(
        "INSERT INTO mails (id, received_at, maildir, file, message_id, sender, subject, state,
                            rank, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        mail.id.as_str(),
        codec::micros(mail.received_at),
        PathColumn(&mail.maildir),
        mail.file,
        mail.message_id,
        mail.from,
        mail.subject,
        state,
        rank,
        mail.failed.as_ref().or(mail.unreadable.as_ref()),
    ])?;
    if !mail.raw.is_empty() {
        conn.prepare_cached("INSERT INTO raws (seq, bytes) VALUES (?1, ?2)")?
            .execute(params![conn.last_insert_rowid(), mail.raw])?;
    }
    Ok(TakenIn::New)
}

pub(super) fn unread(
    conn: &Connection,
    now: DateTime<Utc>,
    limit: usize,
) -> Result<Vec<MailRow>, Trouble> {
    let sql = format!(
        "SELECT {COLUMNS} FROM mails WHERE state = 'received' AND not_before <= ?1
         ORDER BY rank, seq LIMIT ?2"
    );
    let values = params![codec::micros(now), codec::limit(limit)];
    conn.prepare_cached(&sql)?.query_and_then(values, mail_row)?.collect()
}

pub(super) fn begins(conn: &Connection, key: &CaseKey) -> Result<bool, Trouble> {
    // Keys are the beginning of ids, and ids are hexadecimal: `g` comes after all of them.
    Ok(conn
        .prepare_cached(
            "SELECT 1 FROM mails WHERE id >= ?1 AND id < ?1 || 'g' AND state = 'received'
             AND waits_for IS NULL",
        )?
        .exists([key.as_str()])?)
}

pub(super) fn put_off(
    conn: &Connection,
    id: &MailId,
    case: &CaseKey,
    until: DateTime<Utc>,
) -> Result<bool, Trouble> {
    let put_off = conn
        .prepare_cached(
            "UPDATE mails SET waits_for = ?2, not_before = ?3, attempts = 0
             WHERE id = ?1 AND state = 'received'
               AND NOT EXISTS (SELECT 1 FROM cases WHERE key = ?2)",
        )?
        .execute(params![id.as_str(), case.as_str(), codec::micros(until)])?;
    Ok(put_off == 1)
}

/// At start: whoever was put off is looked at anew.
pub(super) fn call_all_back(conn: &Connection) -> Result<(), Trouble> {
    conn.prepare_cached(
        "UPDATE mails SET waits_for = NULL, not_before = 0 WHERE waits_for IS NOT NULL",
    )?
    .execute([])?;
    Ok(())
}

/// A case was begun: what waited for it is read.
pub(super) fn call_back(conn: &Connection, case: &CaseKey) -> Result<(), Trouble> {
    // Hardly ever does any: and looking is much cheaper than changing none.
    let waits = conn
        .prepare_cached("SELECT 1 FROM mails WHERE waits_for = ?1 LIMIT 1")?
        .exists([case.as_str()])?;
    if !waits {
        return Ok(());
    }
    conn.prepare_cached("UPDATE mails SET waits_for = NULL, not_before = 0 WHERE waits_for = ?1")?
        .execute([case.as_str()])?;
    Ok(())
}

pub(super) fn begin_reading(conn: &Connection, ids: &[MailId]) -> Result<(), Trouble> {
    let mut mark = conn.prepare_cached("UPDATE mails SET attempts = attempts + 1 WHERE id = ?1")?;
    for id in ids {
        mark.execute([id.as_str()])?;
    }
    Ok(())
}

pub(super) fn fail(conn: &Connection, id: &MailId, reason: &str) -> Result<(), Trouble> {
    let failed = conn
        .prepare_cached(
            "UPDATE mails SET state = 'failed', reason = ?2 WHERE id = ?1 AND state = 'received'",
        )?
        .execute(params![id.as_str(), reason])?;
    one(failed, id)
}

pub(super) fn replay(conn: &Connection, id: &MailId) -> Result<bool, Trouble> {
    let sender = conn
        .prepare_cached(
            "SELECT sender FROM mails WHERE id = ?1
               AND (state = 'failed' OR state = 'read' AND EXISTS (
                    SELECT 1 FROM cases WHERE cases.seq = case_seq AND key = substr(id, 1, 16)
                      AND cases.state = 'held'))
               AND EXISTS (SELECT 1 FROM raws WHERE raws.seq = mails.seq)",
        )?
        .query_row([id.as_str()], |row| row.get::<_, String>(0))
        .optional()?;
    let Some(sender) = sender else { return Ok(false) };
    let rank = fair::mail_rank(conn, &sender)?;
    conn.prepare_cached(
        "UPDATE mails SET state = 'received', attempts = 0, reason = NULL, rank = ?2
         WHERE id = ?1",
    )?
    .execute(params![id.as_str(), rank])?;
    Ok(true)
}

/// Makes an unread mail part of a case.
pub(super) fn read(conn: &Connection, id: &MailId, case_seq: i64) -> Result<(), Trouble> {
    let read = conn
        .prepare_cached(
            "UPDATE mails SET state = 'read', case_seq = ?2 WHERE id = ?1 AND state = 'received'",
        )?
        .execute(params![id.as_str(), case_seq])?;
    one(read, id)
}

pub(super) fn failed(conn: &Connection, limit: usize) -> Result<Vec<MailRow>, Trouble> {
    let sql = format!(
        "SELECT {COLUMNS} FROM mails WHERE state = 'failed'
         ORDER BY received_at DESC, seq DESC LIMIT ?1"
    );
    conn.prepare_cached(&sql)?.query_and_then([codec::limit(limit)], mail_row)?.collect()
}

pub(super) fn mail(conn: &Connection, id: &MailId) -> Result<Option<MailRow>, Trouble> {
    let sql = format!("SELECT {COLUMNS} FROM mails WHERE id = ?1");
    conn.prepare_cached(&sql)?.query_and_then([id.as_str()], mail_row)?.next().transpose()
}

pub(super) fn raw(conn: &Connection, id: &MailId) -> Result<Option<Vec<u8>>, Trouble> {
    let raw = conn
        .prepare_cached("SELECT bytes FROM raws WHERE seq = (SELECT seq FROM mails WHERE id = ?1)")?
        .query_row([id.as_str()], |row| row.get(0))
        .optional()?;
    Ok(raw)
}

pub(super) fn moved(conn: &Connection, id: &MailId, file: &str) -> Result<(), Trouble> {
    let moved = conn
        .prepare_cached("UPDATE mails SET file = ?2 WHERE id = ?1")?
        .execute(params![id.as_str(), file])?;
    one(moved, id)
}

pub(super) fn of_case(conn: &Connection, key: &CaseKey) -> Result<Vec<MailRow>, Trouble> {
    let sql = format!(
        "SELECT {COLUMNS} FROM mails WHERE case_seq = (SELECT seq FROM cases WHERE key = ?1) ORDER BY seq"
    );
    conn.prepare_cached(&sql)?.query_and_then([key.as_str()], mail_row)?.collect()
}

/// Exactly one row was changed; else it is not in the state that was expected.
fn one(changed: usize, id: &MailId) -> Result<(), Trouble> {
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale(format!("mail {id}")).into()) }
}

fn mail_row(row: &Row<'_>) -> Result<MailRow, Trouble> {
    let state: String = row.get("state")?;
    let case = row.get::<_, Option<String>>("case_key")?;
    Ok(MailRow {
        id: codec::mail_id(row, "id")?,
        received_at: codec::time(row, "received_at")?,
        maildir: codec::path(row, "maildir")?,
        file: row.get("file")?,
        message_id: row.get("message_id")?,
        from: row.get("sender")?,
        subject: row.get("subject")?,
        state: match state.as_str() {
            "read" => MailState::Read,
            "failed" => MailState::Failed,
            _ => MailState::Received,
        },
        attempts: codec::count(row, "attempts")?,
        case: case.is_some().then(|| codec::case_key(row, "case_key")).transpose()?,
        reason: row.get("reason")?,
    })
}

//! Cases and their events.

use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, Row, params, params_from_iter};

use super::codec::{self, Trouble};
use super::effects::{self, after};
use super::mails;
use crate::flow::CaseKey;
use crate::mail::MailId;
use crate::store::{
    CaseFilter, CaseRow, Counts, Decision, EffectId, EventRow, Longest, Recorded, StoreError,
};

const COLUMNS: &str = "key, version, opened_at, changed_at, wake_at, body";

/// A decision, ready to be written.
pub(super) struct Record {
    key: CaseKey,
    expected: i64,
    state: &'static str,
    sender: String,
    /// JSON of the case; `None` where the stored one stays.
    case: Option<String>,
    event_name: &'static str,
    event: String,
    at: DateTime<Utc>,
    wake_at: Option<DateTime<Utc>>,
    effects: Vec<effects::NewEffect>,
    finishes: Option<EffectId>,
    reads: Option<MailId>,
    moved: Option<(MailId, String)>,
}

impl Record {
    /// Puts a decision into the form in which it is written.
    pub(super) fn new(decision: Decision) -> Result<Self, StoreError> {
        let case = &decision.case;
        // A case without a customer (none is known yet) has its turn to itself.
        let from = &case.customer.from.email;
        let sender = if from.is_empty() { case.key.to_string() } else { from.clone() };
        Ok(Self {
            state: case.state.name(),
            case: if decision.unchanged { None } else { Some(codec::to_json(case)?) },
            event_name: decision.event.name(),
            event: codec::to_json(&decision.event)?,
            effects: decision
                .effects
                .iter()
                .map(|effect| effects::NewEffect::new(effect, &decision.taken))
                .collect::<Result<_, _>>()?,
            sender,
            key: decision.case.key,
            expected: decision.expected,
            at: decision.at,
            wake_at: decision.wake_at,
            finishes: decision.finishes,
            reads: decision.reads,
            moved: decision.moved,
        })
    }

    /// Writes all of it.
    pub(super) fn write(&self, conn: &Connection) -> Result<Recorded, Trouble> {
        let (seq, version) = self.write_case(conn)?;
        conn.prepare_cached(
            "INSERT INTO events (case_seq, number, at, kind, state, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            seq,
            version,
            codec::micros(self.at),
            self.event_name,
            self.state,
            self.event
        ])?;
        let mut effects = Vec::with_capacity(self.effects.len());
        for effect in &self.effects {
            effects.push(effect.write(conn, seq, &self.sender, self.at)?);
        }
        if let Some(id) = self.finishes {
            effects::finish(conn, id, self.at)?;
        }
        if let Some(mail) = &self.reads {
            mails::read(conn, mail, seq)?;
        }
        if let Some((mail, file)) = &self.moved {
            mails::moved(conn, mail, file)?;
        }
        Ok(Recorded { version, effects })
    }

    /// Returns the case's number and its new version.
    fn write_case(&self, conn: &Connection) -> Result<(i64, i64), Trouble> {
        let seq = if self.expected == 0 { self.begin(conn)? } else { self.move_on(conn)? };
        match seq {
            Some(seq) => Ok((seq, self.expected + 1)),
            None => {
                Err(StoreError::Conflict { case: self.key.clone(), expected: self.expected }.into())
            }
        }
    }

    /// A new case; `None` if there is one of this key.
    fn begin(&self, conn: &Connection) -> Result<Option<i64>, Trouble> {
        let begun = conn
            .prepare_cached(
                "INSERT INTO cases (key, version, state, sender, opened_at, changed_at, wake_at,
                                    body)
                 VALUES (?1, 1, ?2, ?3, ?4, ?4, ?5, ?6) ON CONFLICT (key) DO NOTHING",
            )?
            .execute(params![
                self.key.as_str(),
                self.state,
                self.sender,
                codec::micros(self.at),
                self.wake_at.map(codec::micros),
                self.case,
            ])?;
        if begun == 0 {
            return Ok(None);
        }
        let seq = conn.last_insert_rowid();
        mails::call_back(conn, &self.key)?;
        Ok(Some(seq))
    }

    /// A case that moves on; `None` if it is not at the version that was expected.
    fn move_on(&self, conn: &Connection) -> Result<Option<i64>, Trouble> {
        let seq = conn
            .prepare_cached("SELECT seq FROM cases WHERE key = ?1 AND version = ?2")?
            .query_row(params![self.key.as_str(), self.expected], |row| row.get::<_, i64>(0))
            .optional()?;
        let Some(seq) = seq else { return Ok(None) };
        let (version, at) = (self.expected + 1, codec::micros(self.at));
        let wake_at = self.wake_at.map(codec::micros);
        match &self.case {
            None => conn
                .prepare_cached(
                    "UPDATE cases SET version = ?2, changed_at = ?3, wake_at = ?4, pruned = 0
                     WHERE seq = ?1",
                )?
                .execute(params![seq, version, at, wake_at])?,
            Some(case) => conn
                .prepare_cached(
                    "UPDATE cases SET version = ?2, state = ?3, sender = ?4, changed_at = ?5,
                                      wake_at = ?6, body = ?7, pruned = 0
                     WHERE seq = ?1",
                )?
                .execute(params![seq, version, self.state, self.sender, at, wake_at, case])?,
        };
        Ok(Some(seq))
    }
}

pub(super) fn case(conn: &Connection, key: &CaseKey) -> Result<Option<CaseRow>, Trouble> {
    let sql = format!("SELECT {COLUMNS} FROM cases WHERE key = ?1");
    conn.prepare_cached(&sql)?.query_and_then([key.as_str()], case_row)?.next().transpose()
}

/// How many Message-IDs are looked for; a mail may claim any number of them.
const MOST_IDS: usize = 200;

pub(super) fn of_message(conn: &Connection, ids: &[String]) -> Result<Option<CaseKey>, Trouble> {
    let mut find = conn.prepare_cached(
        "SELECT cases.key, cases.opened_at FROM mails JOIN cases ON cases.seq = mails.case_seq
         WHERE mails.message_id = ?1 LIMIT 100",
    )?;
    let mut newest: Option<(i64, CaseKey)> = None;
    for id in ids.iter().rev().take(MOST_IDS) {
        let mut rows = find.query([id])?;
        while let Some(row) = rows.next()? {
            let opened: i64 = row.get("opened_at")?;
            if newest.as_ref().is_none_or(|(other, _)| *other < opened) {
                newest = Some((opened, codec::case_key(row, "key")?));
            }
        }
    }
    Ok(newest.map(|(_, key)| key))
}

pub(super) fn list(conn: &Connection, filter: &CaseFilter) -> Result<Vec<CaseRow>, Trouble> {
    let (sql, values) = list_query(filter);
    let mut listing = conn.prepare_cached(&sql)?;
    let rows = listing.query_and_then(params_from_iter(values), case_row)?;
    let mut found = Vec::new();
    for row in rows {
        match row {
            Ok(row) => found.push(row),
            // One sick case must not hide the others.
            Err(Trouble::Store(error)) => tracing::error!(%error, "a case is left out of the list"),
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// The query of a filter, and its values. Only the parts asked for, so that an index serves it.
pub(super) fn list_query(filter: &CaseFilter) -> (String, Vec<Value>) {
    let mut parts = Vec::new();
    let mut values = Vec::new();
    let mut ask = |part: &str, value: String| {
        parts.push(part.to_owned());
        values.push(Value::Text(value));
    };
    if let Some(state) = &filter.state {
        ask("state = ?", state.clone());
    }
    if let Some(from) = &filter.from {
        ask("sender = ?", from.clone());
    }
    if let Some(key) = &filter.key {
        ask("key >= ?", key.clone());
        // No digit of a key comes after `f`.
        ask("key < ?", format!("{key}g"));
    }
    if filter.state.is_none() && !filter.ended {
        parts.push("state <> 'ended'".into());
    }
    let filter_sql =
        if parts.is_empty() { String::new() } else { format!("WHERE {}", parts.join(" AND ")) };
    values.push(Value::Integer(codec::limit(filter.limit)));
    let sql = format!(
        "SELECT {COLUMNS} FROM cases {filter_sql} ORDER BY opened_at DESC, seq DESC LIMIT ?"
    );
    (sql, values)
}

pub(super) fn events(conn: &Connection, key: &CaseKey) -> Result<Vec<EventRow>, Trouble> {
    conn.prepare_cached(
        "SELECT number, at, state, body FROM events
         WHERE case_seq = (SELECT seq FROM cases WHERE key = ?1) ORDER BY number",
    )?
    .query_and_then([key.as_str()], |row| {
        let number: i64 = row.get("number")?;
        Ok(EventRow {
            number,
            at: codec::time(row, "at")?,
            event: codec::from_json(row, &format!("event {number} of case {key}"))?,
            state: row.get("state")?,
        })
    })?
    .collect()
}

pub(super) fn due(
    conn: &Connection,
    now: DateTime<Utc>,
    limit: usize,
) -> Result<Vec<CaseKey>, Trouble> {
    conn.prepare_cached(
        "SELECT key FROM cases WHERE wake_at IS NOT NULL AND wake_at <= ?1
         ORDER BY wake_at LIMIT ?2",
    )?
    .query_and_then(params![codec::micros(now), codec::limit(limit)], |row| {
        codec::case_key(row, "key")
    })?
    .collect()
}

pub(super) fn wake_later(
    conn: &Connection,
    key: &CaseKey,
    version: i64,
    at: DateTime<Utc>,
) -> Result<bool, Trouble> {
    let moved = conn
        .prepare_cached("UPDATE cases SET wake_at = ?3 WHERE key = ?1 AND version = ?2")?
        .execute(params![key.as_str(), version, codec::micros(at)])?;
    Ok(moved == 1)
}

pub(super) fn set_back(
    conn: &Connection,
    now: DateTime<Utc>,
    longest: Longest,
) -> Result<u64, Trouble> {
    let mut woken = 0;
    for (awaiting, most) in [(true, longest.stock), (false, longest.case)] {
        woken += conn
            .prepare_cached(
                "UPDATE cases SET wake_at = ?1
                 WHERE wake_at > ?2 AND (state = 'awaiting_stock') = ?3",
            )?
            .execute(params![codec::micros(now), codec::micros(after(now, most)), awaiting])?;
    }
    Ok(woken as u64)
}

pub(super) fn counts(conn: &Connection) -> Result<Counts, Trouble> {
    let number = |sql| -> Result<u64, Trouble> {
        let rows: i64 = conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(u64::try_from(rows).unwrap_or(0))
    };
    let mut counts = Counts {
        mails_received: number("SELECT count(*) FROM mails WHERE state = 'received'")?,
        mails_failed: number("SELECT count(*) FROM mails WHERE state = 'failed'")?,
        mails: number("SELECT count(*) FROM mails")?,
        dead_letters: number("SELECT count(*) FROM effects WHERE state = 'dead'")?,
        ..Counts::default()
    };
    let mut by_state = conn.prepare_cached("SELECT state, count(*) FROM cases GROUP BY state")?;
    let mut rows = by_state.query([])?;
    while let Some(row) = rows.next()? {
        counts.cases.insert(row.get(0)?, u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0));
    }
    counts.outbox = effects::outbox(conn)?;
    Ok(counts)
}

fn case_row(row: &Row<'_>) -> Result<CaseRow, Trouble> {
    let key: String = row.get("key")?;
    Ok(CaseRow {
        case: codec::from_json(row, &format!("case {key}"))?,
        version: row.get("version")?,
        opened_at: codec::time(row, "opened_at")?,
        changed_at: codec::time(row, "changed_at")?,
        wake_at: codec::time_or_none(row, "wake_at")?,
    })
}

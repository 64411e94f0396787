//! The outbox: effects, from decided to done.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::codec::{self, Trouble};
use super::fair::EFFECT_RANK;
use crate::flow::{CaseKey, Effect, Target};
use crate::store::{
    DeadLetter, EffectId, Leased, Longest, SUSPECT, StoreError, Undone, Waiting, Waits, apart,
};

/// How many effects whose time has come are made ready at once: bounds the work of one lease.
const WOKEN: i64 = 500;

const COLUMNS: &str = "id, (SELECT key FROM cases WHERE seq = case_seq) AS case_key, state, attempts, \
                       decided_at, timed_at, error, body";

/// The case of this key, as SQL: its first value.
const OF_CASE: &str = "case_seq = (SELECT seq FROM cases WHERE key = ?1)";

/// Names of the effects of a target.
pub(super) const fn kinds(target: Target) -> &'static [&'static str] {
    match target {
        Target::Odoo => &["look_up", "place", "annotate"],
        Target::Smtp => &["send"],
        Target::Maildir => &["file"],
    }
}

/// An effect, ready to be written.
pub(super) struct NewEffect {
    kind: &'static str,
    letter_to: Option<String>,
    body: String,
    /// It is leased at once, for so long.
    lease: Option<Duration>,
}

impl NewEffect {
    pub(super) fn new(
        effect: &Effect,
        taken: &[(&'static str, Duration)],
    ) -> Result<Self, StoreError> {
        let letter_to = match effect {
            Effect::Send(letter) => Some(letter.to.email.clone()),
            _ => None,
        };
        let kind = effect.name();
        let lease = taken.iter().find(|(name, _)| *name == kind).map(|(_, lease)| *lease);
        Ok(Self { kind, letter_to, body: codec::to_json(effect)?, lease })
    }

    /// Returns its number.
    pub(super) fn write(
        &self,
        conn: &Connection,
        case_seq: i64,
        sender: &str,
        at: DateTime<Utc>,
    ) -> Result<EffectId, Trouble> {
        let decided_at = codec::micros(at);
        let (to, body) = (&self.letter_to, &self.body);
        match self.lease {
            None => conn
                .prepare_cached(&format!(
                    "INSERT INTO effects (kind, sender, case_seq, letter_to, state, rank,
                                          decided_at, timed_at, body)
                     VALUES (?1, ?2, ?3, ?4, 'ready', {EFFECT_RANK}, ?5, ?5, ?6)"
                ))?
                .execute(params![self.kind, sender, case_seq, to, decided_at, body])?,
            Some(lease) => {
                let until = codec::micros(after(at, lease));
                conn.prepare_cached(
                    "INSERT INTO effects (kind, sender, case_seq, letter_to, state, rank,
                                          attempts, decided_at, timed_at, body)
                     VALUES (?1, ?2, ?3, ?4, 'leased', 0, 1, ?5, ?6, ?7)",
                )?
                .execute(params![self.kind, sender, case_seq, to, decided_at, until, body])?
            }
        };
        Ok(EffectId(conn.last_insert_rowid()))
    }
}

/// Done; only once.
pub(super) fn finish(conn: &Connection, id: EffectId, at: DateTime<Utc>) -> Result<(), Trouble> {
    let finished = conn
        .prepare_cached(
            "UPDATE effects SET state = 'done', timed_at = ?2
             WHERE id = ?1 AND state IN ('ready', 'waiting', 'leased')",
        )?
        .execute(params![id.0, codec::micros(at)])?;
    if finished == 1 {
        return Ok(());
    }
    Err(StoreError::Stale(format!("effect {}", id.0)).into())
}

pub(super) fn lease(
    conn: &Connection,
    kinds: &[&str],
    limit: usize,
    now: DateTime<Utc>,
    lease: Duration,
) -> Result<Vec<Leased>, Trouble> {
    wake(conn, now)?;
    let mut turns: Vec<(i64, i64)> = Vec::new();
    let mut first = conn.prepare_cached(
        "SELECT rank, id FROM effects WHERE state = 'ready' AND kind = ?1
         ORDER BY rank, id LIMIT ?2",
    )?;
    for kind in kinds {
        let rows = first.query_map(params![kind, codec::limit(limit)], |row| {
            Ok((row.get("rank")?, row.get("id")?))
        })?;
        for turn in rows {
            turns.push(turn?);
        }
    }
    turns.sort_unstable();
    turns.truncate(limit);
    let until = codec::micros(after(now, lease));
    let mut leased = Vec::with_capacity(turns.len());
    for (_, id) in turns {
        match take(conn, EffectId(id), until) {
            Ok(effect) => leased.push(effect),
            Err(Trouble::Store(StoreError::Unreadable { what, why })) => {
                tracing::error!(effect = id, %why, "an effect cannot be read: set aside");
                bury(conn, EffectId(id), now, &format!("{what} cannot be read: {why}"))?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(leased)
}

/// Leases one effect that is ready. Two statements: `RETURNING` makes a table of its own each time.
fn take(conn: &Connection, id: EffectId, until: i64) -> Result<Leased, Trouble> {
    let sql = format!("SELECT {COLUMNS} FROM effects WHERE id = ?1");
    let mut read = conn.prepare_cached(&sql)?;
    let mut rows = read.query([id.0])?;
    let Some(row) = rows.next()? else {
        return Err(codec::unreadable(&format!("effect {}", id.0), "it is gone"));
    };
    let leased = Leased {
        id,
        case: codec::case_key(row, "case_key")?,
        effect: codec::from_json(row, &format!("effect {}", id.0))?,
        attempts: codec::count(row, "attempts")?,
        decided_at: codec::time(row, "decided_at")?,
        error: row.get("error")?,
    };
    drop(rows);
    conn.prepare_cached(
        "UPDATE effects SET state = 'leased', attempts = attempts + 1, timed_at = ?2
         WHERE id = ?1",
    )?
    .execute(params![id.0, until])?;
    Ok(leased)
}

/// Makes effects ready whose time has come, or whose lease has run out.
fn wake(conn: &Connection, now: DateTime<Utc>) -> Result<(), Trouble> {
    let due: Vec<i64> = conn
        .prepare_cached(
            "SELECT id FROM effects WHERE state IN ('waiting', 'leased') AND timed_at <= ?1
             ORDER BY timed_at LIMIT ?2",
        )?
        .query_map(params![codec::micros(now), WOKEN], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    due.into_iter().try_for_each(|id| make_ready(conn, EffectId(id)))
}

/// Puts an effect behind its sender's others that are ready.
fn make_ready(conn: &Connection, id: EffectId) -> Result<(), Trouble> {
    let lane = conn
        .prepare_cached("SELECT kind, sender FROM effects WHERE id = ?1")?
        .query_row([id.0], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
        .optional()?;
    let Some((kind, sender)) = lane else { return Ok(()) };
    conn.prepare_cached(&format!(
        "UPDATE effects SET state = 'ready', rank = {EFFECT_RANK} WHERE id = ?3"
    ))?
    .execute(params![kind, sender, id.0])?;
    Ok(())
}

pub(super) fn retry(
    conn: &Connection,
    ids: &[EffectId],
    not_before: DateTime<Utc>,
    error: &str,
) -> Result<(), Trouble> {
    let mut wait = conn.prepare_cached(
        "UPDATE effects SET state = 'waiting', timed_at = ?2, error = ?3
         WHERE id = ?1 AND state = 'leased'",
    )?;
    for id in ids {
        wait.execute(params![id.0, codec::micros(not_before), error])?;
    }
    Ok(())
}

pub(super) fn release(conn: &Connection, ids: &[EffectId]) -> Result<(), Trouble> {
    let mut uncount = conn.prepare_cached(
        "UPDATE effects SET attempts = max(attempts - 1, 0) WHERE id = ?1 AND state = 'leased'",
    )?;
    for id in ids {
        if uncount.execute([id.0])? == 1 {
            make_ready(conn, *id)?;
        }
    }
    Ok(())
}

pub(super) fn release_all(
    conn: &Connection,
    now: DateTime<Utc>,
    longest_wait: Duration,
) -> Result<u64, Trouble> {
    let leased: Vec<(EffectId, u32)> = conn
        .prepare_cached(
            "SELECT id, iif(error IS NULL, attempts, 0) AS lost FROM effects
             WHERE state IN ('waiting', 'leased') AND state = 'leased' ORDER BY timed_at, id",
        )?
        .query_and_then([], |row| Ok((EffectId(row.get("id")?), codec::count(row, "lost")?)))?
        .collect::<Result<_, Trouble>>()?;
    if !leased.is_empty() && leased.iter().all(|(_, lost)| *lost <= SUSPECT) {
        acquit(conn)?;
    }
    for (id, lost) in &leased {
        if *lost >= SUSPECT {
            set_apart(conn, *id, after(now, apart(*lost)))?;
        } else {
            make_ready(conn, *id)?;
        }
    }
    conn.prepare_cached(
        "UPDATE effects SET timed_at = ?1
         WHERE state IN ('waiting', 'leased') AND timed_at > ?1 AND state = 'waiting'",
    )?
    .execute([codec::micros(after(now, longest_wait))])?;
    Ok(leased.len() as u64)
}

/// What waits without an error lies apart; it is none of those that end the process.
fn acquit(conn: &Connection) -> Result<(), Trouble> {
    conn.prepare_cached(
        "UPDATE effects SET attempts = 0
         WHERE state IN ('waiting', 'leased') AND state = 'waiting' AND error IS NULL",
    )?
    .execute([])?;
    Ok(())
}

fn set_apart(conn: &Connection, id: EffectId, until: DateTime<Utc>) -> Result<(), Trouble> {
    conn.prepare_cached("UPDATE effects SET state = 'waiting', timed_at = ?2 WHERE id = ?1")?
        .execute(params![id.0, codec::micros(until)])?;
    Ok(())
}

pub(super) fn set_back(
    conn: &Connection,
    now: DateTime<Utc>,
    longest: Longest,
) -> Result<u64, Trouble> {
    let mut cut = 0;
    for (state, most) in [("waiting", longest.retry), ("leased", longest.lease)] {
        cut += conn
            .prepare_cached(
                "UPDATE effects SET timed_at = ?1
                 WHERE state IN ('waiting', 'leased') AND timed_at > ?1 AND state = ?2",
            )?
            .execute(params![codec::micros(after(now, most)), state])?;
    }
    Ok(cut as u64)
}

pub(super) fn bury(
    conn: &Connection,
    id: EffectId,
    at: DateTime<Utc>,
    reason: &str,
) -> Result<(), Trouble> {
    let buried = conn
        .prepare_cached(
            "UPDATE effects SET state = 'dead', timed_at = ?2, error = ?3
             WHERE id = ?1 AND state IN ('ready', 'waiting', 'leased')",
        )?
        .execute(params![id.0, codec::micros(at), reason])?;
    if buried == 1 {
        return Ok(());
    }
    Err(StoreError::Stale(format!("effect {}", id.0)).into())
}

pub(super) fn revive(conn: &Connection, key: &CaseKey, now: DateTime<Utc>) -> Result<u64, Trouble> {
    let dead: Vec<i64> = conn
        .prepare_cached(&format!(
            "SELECT id FROM effects WHERE {OF_CASE} AND state = 'dead' ORDER BY id"
        ))?
        .query_map([key.as_str()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for id in &dead {
        // Its age counts from now: the limit that buried it must not bury it again at once.
        conn.prepare_cached(
            "UPDATE effects SET attempts = 0, decided_at = ?2, timed_at = ?2 WHERE id = ?1",
        )?
        .execute(params![id, codec::micros(now)])?;
        make_ready(conn, EffectId(*id))?;
    }
    Ok(dead.len() as u64)
}

pub(super) fn waiting(
    conn: &Connection,
    key: Option<&CaseKey>,
    limit: usize,
) -> Result<Vec<Waiting>, Trouble> {
    let of = if key.is_some() { OF_CASE } else { "?1 IS NULL" };
    let sql = format!(
        "SELECT {COLUMNS} FROM effects
         WHERE state IN ('ready', 'waiting', 'leased') AND {of} ORDER BY id LIMIT ?2"
    );
    conn.prepare_cached(&sql)?
        .query_and_then(params![key.map(CaseKey::as_str), codec::limit(limit)], |row| {
            let state: String = row.get("state")?;
            let timed_at = codec::time(row, "timed_at")?;
            let common = dead_letter(row)?;
            Ok(Waiting {
                id: common.id,
                case: common.case,
                effect: common.effect,
                attempts: common.attempts,
                decided_at: codec::time(row, "decided_at")?,
                waits: match state.as_str() {
                    "waiting" => Waits::Until(timed_at),
                    "leased" => Waits::Leased(timed_at),
                    _ => Waits::Ready,
                },
                error: row.get("error")?,
            })
        })?
        .collect()
}

pub(super) fn dead_letters(
    conn: &Connection,
    key: Option<&CaseKey>,
    limit: usize,
) -> Result<Vec<DeadLetter>, Trouble> {
    let (of, order) = match key {
        Some(_) => (OF_CASE, "id DESC"),
        None => ("?1 IS NULL", "timed_at DESC, id DESC"),
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM effects WHERE state = 'dead' AND {of} ORDER BY {order} LIMIT ?2"
    );
    let mut found: Vec<DeadLetter> = conn
        .prepare_cached(&sql)?
        .query_and_then(params![key.map(CaseKey::as_str), codec::limit(limit)], dead_letter)?
        .collect::<Result<_, _>>()?;
    found.sort_by_key(|dead| std::cmp::Reverse((dead.at, dead.id)));
    Ok(found)
}

fn dead_letter(row: &Row<'_>) -> Result<DeadLetter, Trouble> {
    let id: i64 = row.get("id")?;
    Ok(DeadLetter {
        id: EffectId(id),
        case: codec::case_key(row, "case_key")?,
        effect: codec::from_json(row, &format!("effect {id}"))?,
        attempts: codec::count(row, "attempts")?,
        at: codec::time(row, "timed_at")?,
        reason: row.get::<_, Option<String>>("error")?.unwrap_or_default(),
    })
}

pub(super) fn next_wake(conn: &Connection) -> Result<Option<DateTime<Utc>>, Trouble> {
    let earliest = |sql| -> Result<Option<DateTime<Utc>>, Trouble> {
        conn.prepare_cached(sql)?
            .query_and_then([], |row| codec::time(row, "at"))?
            .next()
            .transpose()
    };
    let effect = earliest(
        "SELECT timed_at AS at FROM effects WHERE state IN ('waiting', 'leased')
         ORDER BY timed_at LIMIT 1",
    )?;
    let case = earliest(
        "SELECT wake_at AS at FROM cases WHERE wake_at IS NOT NULL ORDER BY wake_at LIMIT 1",
    )?;
    Ok(effect.into_iter().chain(case).min())
}

pub(super) fn letters_to(
    conn: &Connection,
    address: &str,
    since: DateTime<Utc>,
) -> Result<u32, Trouble> {
    let letters: i64 = conn
        .prepare_cached(
            "SELECT count(*) FROM effects
             WHERE letter_to IS NOT NULL AND letter_to = ?1 AND decided_at >= ?2
               AND state <> 'dead'",
        )?
        .query_row(params![address, codec::micros(since)], |row| row.get(0))?;
    Ok(u32::try_from(letters).unwrap_or(u32::MAX))
}

/// What is left to do.
pub(super) fn undone(conn: &Connection) -> Result<Undone, Trouble> {
    let count = |sql: &str, kind: Option<&str>| -> Result<u64, Trouble> {
        let mut counting = conn.prepare_cached(sql)?;
        let number: i64 = match kind {
            Some(kind) => counting.query_row([kind], |row| row.get(0))?,
            None => counting.query_row([], |row| row.get(0))?,
        };
        Ok(u64::try_from(number).unwrap_or(0))
    };
    let mut undone = Undone {
        mails: count("SELECT count(*) FROM mails WHERE state = 'received'", None)?,
        later: count(
            "SELECT count(*) FROM effects
             WHERE state IN ('waiting', 'leased') AND state = 'waiting'",
            None,
        )?,
        ..Undone::default()
    };
    for target in [Target::Odoo, Target::Smtp, Target::Maildir] {
        let mut number = 0;
        for kind in kinds(target) {
            number += count(
                "SELECT count(*) FROM effects WHERE state = 'ready' AND kind = ?1",
                Some(kind),
            )?;
            number += count(
                "SELECT count(*) FROM effects
                 WHERE state IN ('waiting', 'leased') AND state = 'leased' AND kind = ?1",
                Some(kind),
            )?;
        }
        if number > 0 {
            undone.effects.insert(target, number);
        }
    }
    Ok(undone)
}

/// Effects not done yet, by target.
pub(super) fn outbox(conn: &Connection) -> Result<BTreeMap<Target, u64>, Trouble> {
    let mut outbox = BTreeMap::new();
    let mut by_kind = conn.prepare_cached(
        "SELECT kind, count(*) FROM effects WHERE state IN ('ready', 'waiting', 'leased')
         GROUP BY kind",
    )?;
    let mut rows = by_kind.query([])?;
    while let Some(row) = rows.next()? {
        let (kind, number): (String, i64) = (row.get(0)?, row.get(1)?);
        let of = |target: &Target| kinds(*target).contains(&kind.as_str());
        if let Some(target) = [Target::Odoo, Target::Smtp, Target::Maildir].iter().find(|t| of(t)) {
            *outbox.entry(*target).or_default() += u64::try_from(number).unwrap_or(0);
        }
    }
    Ok(outbox)
}

pub(super) fn after(now: DateTime<Utc>, wait: Duration) -> DateTime<Utc> {
    let wait = TimeDelta::from_std(wait).unwrap_or(TimeDelta::MAX);
    now.checked_add_signed(wait).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

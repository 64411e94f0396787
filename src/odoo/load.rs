//! `load`: records made exactly once, by external ids that Odoo's own database keeps unique.
//!
//! With the context `noupdate` and `mode: update`, an id that is known changes nothing and gives
//! the record that it named before, whatever a person has made of that record since. A call
//! stores all of its records or none; so what is bad is taken out, and the rest sent again.

use std::ops::Range;
use std::time::Duration;

use serde_json::Value;

use super::error::{OdooError, classify_load};
use super::rpc::{Call, Rpc};
use crate::flow::ErrorClass;

/// Most records in one call.
const MOST_RECORDS: usize = 50;
/// Most rows in one call, unless one group alone has more.
const MOST_ROWS: usize = 600;
/// Most bytes of cells in one call, unless one group alone has more.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// How often a call that lost against a concurrent one is repeated at once.
const TRIES: u32 = 4;

/// One record: its rows, of which all but the first hold only lines.
pub(super) type Record = Vec<Vec<String>>;

/// Records that stand or fall together.
pub(super) type Group = Vec<Record>;

/// What came of each group: its records' ids, in their order.
type Loaded = Vec<Result<Vec<i64>, OdooError>>;

/// What one call came to.
enum Answer {
    /// Ids of all records, in their order.
    Stored(Vec<i64>),
    /// Nothing was stored; the rows that Odoo blames, with its words.
    Blamed(Vec<(Option<usize>, OdooError)>),
}

impl Rpc {
    /// Loads groups of records of one model. A bad group fails alone.
    pub(super) async fn load(
        &self,
        model: &'static str,
        fields: &[&str],
        groups: &[Group],
        context: &[(&'static str, Value)],
    ) -> Loaded {
        let mut done: Vec<Option<Result<Vec<i64>, OdooError>>> = vec![None; groups.len()];
        let mut waiting: Vec<Vec<usize>> = chunks(groups).into_iter().map(Vec::from_iter).collect();
        waiting.reverse();
        while let Some(chunk) = waiting.pop() {
            let answer = self.load_once(model, fields, groups, &chunk, context).await;
            for next in settle(groups, &chunk, answer, &mut done).into_iter().rev() {
                waiting.push(next);
            }
        }
        let lost = || Err(OdooError::odd(model, "load", "a group without an outcome"));
        done.into_iter().map(|outcome| outcome.unwrap_or_else(lost)).collect()
    }

    /// One call, repeated while it loses against concurrent ones.
    async fn load_once(
        &self,
        model: &'static str,
        fields: &[&str],
        groups: &[Group],
        chunk: &[usize],
        context: &[(&'static str, Value)],
    ) -> Result<Answer, OdooError> {
        let (count, rows) = rows(groups, chunk);
        let mut call = Call::new(model, "load")
            .arg("fields", fields.to_vec())
            .arg("data", rows)
            .with("noupdate", true)
            .with("mode", "update");
        for (key, value) in context {
            call = call.with(key, value.clone());
        }
        let mut tried = 0;
        loop {
            let answer = self.call(call.clone()).await?;
            let answer = self.loaded(model, count, &answer)?;
            tried += 1;
            match answer {
                Answer::Blamed(blamed) => {
                    let passing = blamed.iter().find(|(_, error)| {
                        matches!(error.class, ErrorClass::Transient) && !error.of_records
                    });
                    match passing {
                        Some((_, error)) if tried == TRIES => return Err(error.clone()),
                        Some(_) => {
                            let pause = fastrand::u64(20..100) << tried;
                            tokio::time::sleep(Duration::from_millis(pause)).await;
                        }
                        None => return Ok(Answer::Blamed(blamed)),
                    }
                }
                stored @ Answer::Stored(_) => return Ok(stored),
            }
        }
    }

    /// Reads an answer of `load`.
    fn loaded(&self, model: &str, count: usize, answer: &Value) -> Result<Answer, OdooError> {
        let ids = answer.get("ids").and_then(Value::as_array);
        if let Some(ids) = ids {
            let ids: Vec<i64> = ids.iter().filter_map(Value::as_i64).collect();
            if ids.len() == count {
                return Ok(Answer::Stored(ids));
            }
        }
        let asked = self.asked(model, "load");
        let messages = answer.get("messages").and_then(Value::as_array);
        let errors = messages
            .into_iter()
            .flatten()
            .filter(|message| message.get("type").and_then(Value::as_str) == Some("error"));
        let blamed: Vec<_> = errors
            .map(|message| {
                let text = message.get("message").and_then(Value::as_str).unwrap_or_default();
                let row = message.get("rows").and_then(|rows| rows.get("from")?.as_u64());
                let row = row.and_then(|row| usize::try_from(row).ok());
                (row, classify_load(&self.http.scrub(text), asked))
            })
            .collect();
        if blamed.is_empty() {
            return Err(OdooError::odd(model, "load", "neither ids nor errors").of_records());
        }
        Ok(Answer::Blamed(blamed))
    }
}

/// How many records a chunk has, and their rows.
fn rows(groups: &[Group], chunk: &[usize]) -> (usize, Vec<Value>) {
    let chosen = chunk.iter().filter_map(|index| groups.get(*index));
    let records: Vec<&Record> = chosen.flatten().collect();
    let rows = records.iter().flat_map(|record| record.iter()).cloned().map(Value::from);
    (records.len(), rows.collect())
}

/// Cuts groups into calls of bounded size.
fn chunks(groups: &[Group]) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let (mut from, mut records, mut rows, mut bytes) = (0, 0, 0, 0);
    for (index, group) in groups.iter().enumerate() {
        let group_rows: usize = group.iter().map(Vec::len).sum();
        let group_bytes: usize = group.iter().flatten().flatten().map(String::len).sum();
        let full = records + group.len() > MOST_RECORDS
            || rows + group_rows > MOST_ROWS
            || bytes + group_bytes > MOST_BYTES;
        if full && index > from {
            chunks.push(from..index);
            (from, records, rows, bytes) = (index, 0, 0, 0);
        }
        records += group.len();
        rows += group_rows;
        bytes += group_bytes;
    }
    if from < groups.len() {
        chunks.push(from..groups.len());
    }
    chunks
}

/// Notes what is settled by an answer, and returns the chunks to try next.
fn settle(
    groups: &[Group],
    chunk: &[usize],
    answer: Result<Answer, OdooError>,
    done: &mut [Option<Result<Vec<i64>, OdooError>>],
) -> Vec<Vec<usize>> {
    let mut set = |index: usize, outcome: Result<Vec<i64>, OdooError>| {
        if let Some(slot) = done.get_mut(index) {
            *slot = Some(outcome);
        }
    };
    let blamed = match answer {
        Ok(Answer::Stored(ids)) => {
            let mut ids = ids.into_iter();
            for index in chunk {
                let count = groups.get(*index).map_or(0, Vec::len);
                set(*index, Ok(ids.by_ref().take(count).collect()));
            }
            return Vec::new();
        }
        Ok(Answer::Blamed(blamed)) => blamed,
        Err(error) => vec![(None, error)],
    };
    // The whole call is refused: nobody's row is to blame.
    if let Some((_, error)) = blamed.iter().find(|(_, error)| !error.of_records) {
        for index in chunk {
            set(*index, Err(error.clone()));
        }
        return Vec::new();
    }
    if let [index] = chunk {
        let error = blamed.into_iter().next().map(|(_, error)| error);
        set(*index, Err(error.unwrap_or_else(|| OdooError::odd("", "load", "no words"))));
        return Vec::new();
    }
    // Those named are tried alone, for their own words; the others together.
    let named: Vec<usize> = chunk
        .iter()
        .zip(spans(groups, chunk))
        .filter(|(_, span)| {
            blamed.iter().any(|(row, _)| row.is_some_and(|row| span.contains(&row)))
        })
        .map(|(index, _)| *index)
        .collect();
    if named.is_empty() {
        let (left, right) = chunk.split_at(chunk.len() / 2);
        return vec![left.to_vec(), right.to_vec()];
    }
    let rest: Vec<usize> = chunk.iter().copied().filter(|index| !named.contains(index)).collect();
    let mut next = if rest.is_empty() { Vec::new() } else { vec![rest] };
    next.extend(named.into_iter().map(|index| vec![index]));
    next
}

/// The rows of a call that each of its groups takes.
fn spans(groups: &[Group], chunk: &[usize]) -> Vec<Range<usize>> {
    let mut from = 0;
    let span = |index: &usize| {
        let rows: usize = groups.get(*index).map_or(0, |group| group.iter().map(Vec::len).sum());
        from += rows;
        from - rows..from
    };
    chunk.iter().map(span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(rows: &[usize]) -> Vec<Group> {
        rows.iter().map(|rows| vec![vec![vec!["x".to_owned()]; *rows]]).collect()
    }

    #[test]
    fn calls_are_bounded() {
        assert!(chunks(&[]).is_empty());
        assert_eq!(chunks(&groups(&[1; 120])), vec![0..50, 50..100, 100..120]);
        assert_eq!(chunks(&groups(&[500, 200, 900, 1])), vec![0..1, 1..2, 2..3, 3..4]);
    }

    #[test]
    fn the_blamed_are_tried_alone_and_the_rest_together() {
        let groups = groups(&[1, 2, 1, 1]);
        let mut done = vec![None; 4];
        let bad = OdooError::permanent("bad").of_records();
        let answer = Ok(Answer::Blamed(vec![(Some(2), bad.clone())]));
        let next = settle(&groups, &[0, 1, 2, 3], answer, &mut done);
        assert_eq!(next, vec![vec![0, 2, 3], vec![1]]);
        let next =
            settle(&groups, &[1], Ok(Answer::Blamed(vec![(Some(0), bad.clone())])), &mut done);
        assert!(next.is_empty());
        assert_eq!(done[1], Some(Err(bad.clone())));
        let next = settle(&groups, &[0, 2, 3], Ok(Answer::Stored(vec![7, 8, 9])), &mut done);
        assert!(next.is_empty());
        assert_eq!(done[2], Some(Ok(vec![8])));
        // Without a name, halves are tried.
        let next = settle(&groups, &[0, 1, 2, 3], Err(bad), &mut vec![None; 4]);
        assert_eq!(next, vec![vec![0, 1], vec![2, 3]]);
    }

    #[test]
    fn what_is_nobodys_fault_fails_all() {
        let groups = groups(&[1, 1]);
        let mut done = vec![None; 2];
        let next = settle(&groups, &[0, 1], Err(OdooError::uncertain("gone")), &mut done);
        assert!(next.is_empty());
        assert!(done.iter().all(|outcome| matches!(outcome, Some(Err(error))
            if error.class == ErrorClass::Uncertain)));
    }
}

//! The stand-in's tables: rows, indexes, translations, and the undo log that makes a call all or
//! nothing.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Version;
use super::schema::{Field, Model, Schema, Source, schema};
use super::value::{Key, Val};

/// More records than this are not kept: it is a sandbox.
const MAX_RECORDS: usize = 4_000_000;

/// Nor more bytes of attachments.
const MAX_ATTACHED: usize = 1024 * 1024 * 1024;

/// A stored row.
pub(super) type Row = Arc<[Val]>;

/// One model's records.
#[derive(Debug)]
struct Table {
    model: Arc<Model>,
    rows: BTreeMap<i64, Row>,
    next_id: i64,
    /// By place in the row: which records hold a value. Ids ascend.
    indexes: HashMap<usize, HashMap<Key, Vec<i64>>>,
}

impl Table {
    fn new(model: &Arc<Model>) -> Self {
        let indexed = model.fields.iter().filter(|field| field.indexed).filter_map(Field::slot);
        Self {
            model: model.clone(),
            rows: BTreeMap::new(),
            next_id: 1,
            indexes: indexed.map(|slot| (slot, HashMap::new())).collect(),
        }
    }

    fn put(&mut self, id: i64, row: &Row) -> Option<Row> {
        let old = self.rows.insert(id, Arc::clone(row));
        self.index(id, old.as_ref(), Some(row));
        old
    }

    fn take(&mut self, id: i64) -> Option<Row> {
        let old = self.rows.remove(&id)?;
        self.index(id, Some(&old), None);
        Some(old)
    }

    /// Keeps the indexes to what changed. Ids ascend, so each is found by halves.
    fn index(&mut self, id: i64, old: Option<&Row>, new: Option<&Row>) {
        let key = |row: Option<&Row>, slot: usize| row?.get(slot)?.key();
        for (slot, index) in &mut self.indexes {
            let (before, after) = (key(old, *slot), key(new, *slot));
            if before == after {
                continue;
            }
            if let Some(before) = before
                && let Some(ids) = index.get_mut(&before)
            {
                if let Ok(at) = ids.binary_search(&id) {
                    ids.remove(at);
                }
                if ids.is_empty() {
                    index.remove(&before);
                }
            }
            if let Some(after) = after {
                let ids = index.entry(after).or_default();
                if let Err(at) = ids.binary_search(&id) {
                    ids.insert(at, id);
                }
            }
        }
    }
}

/// Where a savepoint was.
#[derive(Debug, Clone, Copy)]
pub(super) struct Savepoint(usize);

#[derive(Debug)]
struct Undo {
    model: &'static str,
    id: i64,
    /// What was there; `None`: nothing, the record is new.
    before: Option<Row>,
}

/// Key of a translation: model, field, record, language.
type TermKey = (&'static str, &'static str, i64, Arc<str>);

/// All records of one database.
#[derive(Debug)]
pub(super) struct Db {
    pub(super) version: Version,
    tables: HashMap<&'static str, Table>,
    terms: HashMap<TermKey, Arc<str>>,
    sequences: HashMap<&'static str, i64>,
    undo: Vec<Undo>,
    /// Bytes of all attachments that were ever made.
    attached: usize,
    /// Counts calls that changed something: tells which loads overlapped.
    pub(super) commits: u64,
    /// Total of stock and of what is reserved, by product.
    pub(super) stock: HashMap<i64, super::stock::Level>,
}

impl Db {
    pub(super) fn new(version: Version) -> Self {
        let schema: Schema = schema(version);
        Self {
            version,
            tables: schema.iter().map(|(name, model)| (*name, Table::new(model))).collect(),
            terms: HashMap::new(),
            sequences: HashMap::new(),
            undo: Vec::new(),
            attached: 0,
            commits: 0,
            stock: HashMap::new(),
        }
    }

    pub(super) fn model(&self, name: &str) -> Option<Arc<Model>> {
        self.tables.get(name).map(|table| table.model.clone())
    }

    pub(super) fn row(&self, model: &str, id: i64) -> Option<&Row> {
        self.tables.get(model)?.rows.get(&id)
    }

    pub(super) fn exists(&self, model: &str, id: i64) -> bool {
        self.row(model, id).is_some()
    }

    /// All ids, ascending.
    pub(super) fn ids(&self, model: &str) -> Vec<i64> {
        self.tables.get(model).map(|table| table.rows.keys().copied().collect()).unwrap_or_default()
    }

    pub(super) fn count(&self, model: &str) -> usize {
        self.tables.get(model).map_or(0, |table| table.rows.len())
    }

    /// A stored or delegated field's value; computed fields are not here.
    pub(super) fn get(&self, model: &str, id: i64, field: &str) -> Val {
        let Some(table) = self.tables.get(model) else { return Val::Null };
        let Some(found) = table.model.field(field) else { return Val::Null };
        match found.source {
            Source::Stored(slot) => {
                table.rows.get(&id).and_then(|row| row.get(slot)).cloned().unwrap_or_default()
            }
            Source::Related(through, target) => {
                let Some(other) = self.get(model, id, through).as_id() else { return Val::Null };
                let relation = table.model.field(through).and_then(|by| by.kind.relation());
                relation.map_or(Val::Null, |relation| self.get(relation, other, target))
            }
            Source::Computed if field == "id" => Val::Int(id),
            Source::Computed => Val::Null,
        }
    }

    /// The id that a many2one points to.
    pub(super) fn one(&self, model: &str, id: i64, field: &str) -> Option<i64> {
        self.get(model, id, field).as_id()
    }

    /// The records whose indexed field has the value, ids ascending; `None` where the field has no
    /// index.
    pub(super) fn indexed(&self, model: &str, field: &str, value: &Val) -> Option<Vec<i64>> {
        let table = self.tables.get(model)?;
        let index = table.indexes.get(&table.model.slot(field)?)?;
        Some(value.key().and_then(|key| index.get(&key)).cloned().unwrap_or_default())
    }

    /// As [`Self::indexed`], for fields known to have an index.
    pub(super) fn by(&self, model: &str, field: &str, value: impl Into<Val>) -> Vec<i64> {
        self.indexed(model, field, &value.into()).unwrap_or_default()
    }

    /// Adds a record; unknown fields are left out. Returns its id.
    pub(super) fn insert(&mut self, model: &str, values: &[(&str, Val)]) -> i64 {
        let id = self.tables.get(model).map_or(1, |table| table.next_id);
        self.insert_as(model, id, values);
        id
    }

    /// Adds a record under a given id.
    pub(super) fn insert_as(&mut self, model: &str, id: i64, values: &[(&str, Val)]) {
        let Some(table) = self.tables.get_mut(model) else { return };
        let mut row = vec![Val::Null; table.model.slots];
        fill(&table.model, &mut row, values);
        table.next_id = table.next_id.max(id + 1);
        let before = table.put(id, &row.into());
        let model = table.model.name;
        self.undo.push(Undo { model, id, before });
    }

    /// Changes stored fields of a record, and delegated ones where they are stored.
    pub(super) fn update(&mut self, model: &str, id: i64, values: &[(&str, Val)]) {
        let Some(table) = self.tables.get_mut(model) else { return };
        let Some(old) = table.rows.get(&id) else { return };
        let mut row = old.to_vec();
        let elsewhere = fill(&table.model, &mut row, values);
        let definition = table.model.clone();
        let before = table.put(id, &row.into());
        self.undo.push(Undo { model: definition.name, id, before });
        for (through, target, value) in elsewhere {
            let relation = definition.field(through).and_then(|by| by.kind.relation());
            let (Some(relation), Some(other)) = (relation, self.one(definition.name, id, through))
            else {
                continue;
            };
            self.update(relation, other, &[(target, value)]);
        }
    }

    /// Removes a record.
    pub(super) fn delete(&mut self, model: &str, id: i64) {
        let Some(table) = self.tables.get_mut(model) else { return };
        let before = table.take(id);
        if before.is_some() {
            let model = table.model.name;
            self.undo.push(Undo { model, id, before });
        }
    }

    /// There is room for one more record, with so many bytes attached.
    pub(super) fn has_room(&mut self, bytes: usize) -> bool {
        self.attached = self.attached.saturating_add(bytes);
        let records: usize = self.tables.values().map(|table| table.rows.len()).sum();
        self.attached <= MAX_ATTACHED && records < MAX_RECORDS
    }

    pub(super) fn savepoint(&self) -> Savepoint {
        Savepoint(self.undo.len())
    }

    /// Takes back all since then. Numbers drawn from sequences stay drawn, as in PostgreSQL.
    pub(super) fn roll_back(&mut self, savepoint: Savepoint) {
        while self.undo.len() > savepoint.0 {
            let Some(undo) = self.undo.pop() else { break };
            let Some(table) = self.tables.get_mut(undo.model) else { continue };
            match undo.before {
                Some(row) => drop(table.put(undo.id, &row)),
                None => drop(table.take(undo.id)),
            }
            if undo.model == "stock.move" || undo.model == "stock.quant" {
                self.stock.clear();
            }
        }
    }

    /// What was done stays.
    pub(super) fn commit(&mut self) {
        if !self.undo.is_empty() {
            self.undo.clear();
            self.commits += 1;
        }
    }

    /// The next number of a sequence, from 1.
    pub(super) fn next(&mut self, sequence: &'static str) -> i64 {
        let number = self.sequences.entry(sequence).or_insert(0);
        *number += 1;
        *number
    }

    pub(super) fn translate(
        &mut self,
        model: &'static str,
        field: &'static str,
        id: i64,
        lang: &str,
        term: &str,
    ) {
        self.terms.insert((model, field, id, lang.into()), term.into());
    }

    /// A translated field in a language, else as it was written.
    pub(super) fn term(&self, model: &str, field: &str, id: i64, lang: Option<&str>) -> Val {
        let Some(table) = self.tables.get(model) else { return Val::Null };
        let Some(found) = table.model.field(field) else { return Val::Null };
        if let Source::Related(through, target) = found.source
            && let Some(other) = self.one(model, id, through)
            && let Some(relation) = table.model.field(through).and_then(|by| by.kind.relation())
        {
            return self.term(relation, target, other, lang);
        }
        lang.filter(|_| found.translated)
            .and_then(|lang| self.terms.get(&(table.model.name, found.name, id, lang.into())))
            .map_or_else(|| self.get(model, id, field), |term| Val::Text(term.clone()))
    }
}

/// Writes values into a row; returns those that belong to another record: through which field, to
/// which field, what.
fn fill<'a>(
    model: &Model,
    row: &mut [Val],
    values: &'a [(&'a str, Val)],
) -> Vec<(&'static str, &'static str, Val)> {
    let mut elsewhere = Vec::new();
    for (name, value) in values {
        match model.field(name).map(|field| field.source) {
            Some(Source::Stored(slot)) => {
                if let Some(place) = row.get_mut(slot) {
                    *place = value.clone();
                }
            }
            Some(Source::Related(through, target)) => {
                elsewhere.push((through, target, value.clone()));
            }
            Some(Source::Computed) | None => {}
        }
    }
    elsewhere
}

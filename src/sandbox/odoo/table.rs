//! The table of a `load`: columns, and rows cut into records.

use serde_json::Value as Json;

use super::Version;
use super::db::Db;
use super::env::is_true;
use super::error::{Fault, Outcome};
use super::schema::{Kind, Model};

/// One column: the way from the record to the field, cut at `/`.
pub(super) type Path = Vec<String>;

/// A raw cell, or the raw records of a relation.
#[derive(Debug, Clone)]
pub(super) enum Raw {
    Cell(Json),
    Records(Vec<RawRecord>),
}

pub(super) type RawRecord = Vec<(String, Raw)>;

/// `a/b`, with the older ways to write ids: `a.id` and `a:id`.
pub(super) fn path(name: &str) -> Path {
    let mut parts: Vec<String> = name.split('/').map(str::to_owned).collect();
    let Some(last) = parts.pop() else { return parts };
    for (ending, id) in [(".id", ".id"), (":id", "id")] {
        if let Some(field) = last.strip_suffix(ending).filter(|field| !field.is_empty()) {
            parts.extend([field.to_owned(), id.to_owned()]);
            return parts;
        }
    }
    parts.push(last);
    parts
}

/// All columns name fields, or Odoo's complaint.
pub(super) fn known_fields(
    version: Version,
    db: &Db,
    model: &Model,
    paths: &[Path],
) -> Outcome<()> {
    for path in paths {
        let mut at = db.model(model.name);
        for name in path {
            if name == "id" || name == ".id" {
                break;
            }
            let Some(field) = at.as_ref().and_then(|model| model.field(name)) else {
                return Err(match version {
                    Version::V14 => Fault::key(name),
                    Version::V19 => Fault::value(format!("Invalid field name '{name}'")),
                });
            };
            at = field.kind.relation().and_then(|other| db.model(other));
        }
    }
    Ok(())
}

/// Cuts rows into records: a row that holds only lines continues the record above it. Gives each
/// with its first and last row.
pub(super) fn extract(
    db: &Db,
    model: &Model,
    paths: &[Path],
    rows: &[&[Json]],
) -> Vec<(RawRecord, usize, usize)> {
    let kind = |path: &Path| path.first().and_then(|name| model.field(name)).map(|f| f.kind);
    let of_lines = |path: &Path| matches!(kind(path), Some(Kind::One2many(..)));
    let only_lines = |row: &[Json]| {
        let filled = |lines: bool| {
            paths.iter().zip(row).any(|(path, cell)| of_lines(path) == lines && is_true(cell))
        };
        filled(true) && !filled(false)
    };
    let mut records = Vec::new();
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let mut end = at;
        while rows.get(end + 1).is_some_and(|row| only_lines(row)) {
            end += 1;
        }
        let span = rows.get(at..=end).unwrap_or_default();
        let mut record: RawRecord = Vec::new();
        for (path, cell) in paths.iter().zip(*row) {
            let Some(name) = path.first() else { continue };
            if record.iter().any(|(other, _)| other == name) {
                continue;
            }
            let relation = model.field(name).and_then(|field| field.kind.relation());
            let raw = match relation.and_then(|other| db.model(other)) {
                Some(other) => Raw::Records(extract_relation(db, &other, name, paths, span)),
                None => Raw::Cell(cell.clone()),
            };
            record.push((name.clone(), raw));
        }
        records.push((record, at, end));
        at = end + 1;
    }
    records
}

fn extract_relation(
    db: &Db,
    other: &Model,
    name: &str,
    paths: &[Path],
    span: &[&[Json]],
) -> Vec<RawRecord> {
    let mut sub_paths = Vec::new();
    let mut columns = Vec::new();
    for (column, path) in paths.iter().enumerate() {
        if path.first().is_some_and(|first| first == name) {
            let rest: Path = path.iter().skip(1).cloned().collect();
            sub_paths.push(if rest.is_empty() { vec![String::new()] } else { rest });
            columns.push(column);
        }
    }
    let cells: Vec<Vec<Json>> = span
        .iter()
        .map(|row| columns.iter().filter_map(|column| row.get(*column).cloned()).collect())
        .filter(|cells: &Vec<Json>| cells.iter().any(is_true))
        .collect();
    let rows: Vec<&[Json]> = cells.iter().map(Vec::as_slice).collect();
    extract(db, other, &sub_paths, &rows).into_iter().map(|(record, _, _)| record).collect()
}

//! Takes a configuration file: every key checked, every fault with its line.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::fault::{Fault, Place};
use super::keys::{self, GROUPS, Key, SECRETS};
use super::nearest::nearest;
use super::types::Config;
use super::value::Given;

/// Where each key that is set was set.
pub(super) type Origins = BTreeMap<&'static str, Place>;

/// A configuration on its way, with what is wrong so far.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) config: Config,
    pub(super) origins: Origins,
    pub(super) faults: Vec<Fault>,
    /// The file is not TOML throughout: what is missing from it cannot be told.
    pub(super) broken: bool,
}

impl Draft {
    /// Sets a key, or notes why not.
    pub(super) fn set(&mut self, key: &'static Key, given: &Given, place: Place) {
        if let Err(expected) = (key.set)(&mut self.config, given) {
            let found = shown(key.name, given);
            self.fault(place.clone(), format!("{} is {found}; expected {expected}", key.name));
        }
        self.origins.insert(key.name, place);
    }

    /// Notes a fault.
    pub(super) fn fault(&mut self, place: Place, message: String) {
        self.faults.push(Fault { place, message });
    }
}

/// A value as a message may show it: no password that was put into the wrong place.
fn shown(name: &str, given: &Given) -> String {
    let text = given.shown();
    let hidden = (name.ends_with("_file") || text.contains('@')) && !name.contains("address");
    let hidden = hidden && !matches!(name, "policy.supplier" | "company.reply_to");
    if hidden && text.starts_with('"') { "something else (not shown)".into() } else { text }
}

/// Takes the text of a file. All defaults are set in `draft` already.
pub(super) fn take(text: &str, draft: &mut Draft) {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let (line, column) = position(text, error.span().map_or(0, |span| span.start));
        // The message alone: the line itself may hold a secret.
        let message = format!("not TOML from column {column} on: {}", error.message());
        draft.fault(Place::Line(line), message);
    }
    draft.broken = !errors.is_empty();
    let bad: Vec<Place> = draft.faults.iter().map(|fault| fault.place.clone()).collect();
    for (name, value) in table.get_ref() {
        let place = Place::Line(position(text, name.span().start).0);
        match value.get_ref() {
            DeValue::Table(keys) => take_group(text, name.get_ref(), keys, &place, &bad, draft),
            _ if bad.contains(&place) => {}
            _ => draft.fault(place, stray(name.get_ref())),
        }
    }
}

/// Takes the keys of one group; what stands on a line that is no TOML is passed over.
fn take_group(
    text: &str,
    group: &str,
    table: &DeTable<'_>,
    place: &Place,
    bad: &[Place],
    draft: &mut Draft,
) {
    if !GROUPS.iter().any(|known| known.name == group) {
        draft.fault(place.clone(), unknown_group(group));
        return;
    }
    for (name, value) in table {
        let place = Place::Line(position(text, name.span().start).0);
        if bad.contains(&place) {
            continue;
        }
        let full = format!("{group}.{}", name.get_ref());
        if let DeValue::Table(inner) = value.get_ref()
            && GROUPS.iter().any(|known| known.name == full)
        {
            take_group(text, &full, inner, &place, bad, draft);
        } else if let Some(key) = keys::find(&full) {
            draft.set(key, &Given::of(value.get_ref()), place);
        } else if let Some(secret) = SECRETS.iter().find(|secret| secret.name == full) {
            let message = format!(
                "{full}: a secret does not belong into this file; write it into a file of its \
                 own and name that in {}",
                secret.file_key
            );
            draft.fault(place, message);
        } else {
            draft.fault(place, unknown_key(&full));
        }
    }
}

/// Message for a key outside any group.
fn stray(name: &str) -> String {
    if GROUPS.iter().any(|group| group.name == name) {
        return format!("{name} is a group; expected [{name}] on a line of its own");
    }
    let home = keys::all().find(|key| keys::parted(key.name).1 == name);
    match home {
        Some(key) => format!("{name}: no such key outside a group; did you mean {}?", key.name),
        None => format!("{name}: no such key; `postorder config` prints all"),
    }
}

/// Message for a group that is unknown.
fn unknown_group(group: &str) -> String {
    match nearest(group, GROUPS.iter().map(|known| known.name)) {
        Some(near) => format!("[{group}]: no such group; did you mean [{near}]?"),
        None => format!("[{group}]: no such group; `postorder config` prints all"),
    }
}

/// Message for a key that is unknown, with the one that was most likely meant: a longer name that
/// begins alike, the nearest of the group, the same in another group, the nearest of all.
pub(super) fn unknown_key(full: &str) -> String {
    let names = || keys::all().map(|key| key.name).chain(SECRETS.iter().map(|key| key.name));
    let (group, name) = keys::parted(full);
    let within = || names().filter(|known| keys::parted(known).0 == group);
    let own = |known: &'static str| keys::parted(known).1;
    let longer = || within().find(|known| own(known).starts_with(&format!("{name}_")));
    let near = nearest(name, within().map(own)).and_then(|near| within().find(|k| own(k) == near));
    let elsewhere = || names().find(|known| own(known) == name);
    let meant = longer().or(near).or_else(elsewhere).or_else(|| nearest(full, names()));
    match meant.map(|name| SECRETS.iter().find(|secret| secret.name == name).ok_or(name)) {
        Some(Ok(secret)) => format!("{full}: no such key; did you mean {}?", secret.file_key),
        Some(Err(name)) => format!("{full}: no such key; did you mean {name}?"),
        None => format!("{full}: no such key; `postorder config` prints all"),
    }
}

/// Line and column of a byte, both counted from 1.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    (line, column)
}

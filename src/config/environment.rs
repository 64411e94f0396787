//! Takes the environment: `POSTORDER_ODOO__URL` overrides `odoo.url`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::fault::Place;
use super::file::{Draft, unknown_key};
use super::keys::{self, SECRETS};
use super::nearest::nearest;
use super::value::Given;

/// The variables of a process that concern postorder.
#[derive(Clone, Default)]
pub struct Environment {
    variables: BTreeMap<String, String>,
    /// Variables whose value is not UTF-8.
    unreadable: Vec<String>,
    /// Where systemd put credentials.
    pub(super) credentials: Option<PathBuf>,
}

impl std::fmt::Debug for Environment {
    /// Names only: values may be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.variables.keys()).finish()
    }
}

/// Variables that begin like ours and are not keys.
const NOT_KEYS: [&str; 1] = ["POSTORDER_CONFIG"];

impl Environment {
    /// That of this process.
    #[must_use]
    pub fn of_process() -> Self {
        let mut environment = Self::default();
        for (name, value) in std::env::vars_os() {
            let Ok(name) = name.into_string() else { continue };
            if name == "CREDENTIALS_DIRECTORY" {
                environment.credentials = Some(PathBuf::from(value));
            } else if name.starts_with("POSTORDER_") {
                match value.into_string() {
                    Ok(value) => drop(environment.variables.insert(name, value)),
                    Err(_) => environment.unreadable.push(name),
                }
            }
        }
        environment
    }

    /// These variables only.
    pub fn of<N: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut environment = Self::default();
        for (name, value) in pairs {
            let (name, value) = (name.into(), value.into());
            if name == "CREDENTIALS_DIRECTORY" {
                environment.credentials = Some(PathBuf::from(value));
            } else {
                environment.variables.insert(name, value);
            }
        }
        environment
    }

    /// The value of a variable, where it is set and not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

/// Overrides what the file says. Runs after the file was checked, so that its faults keep their
/// lines. A variable that is set but empty counts as not set.
pub(super) fn overlay(environment: &Environment, draft: &mut Draft) {
    for name in &environment.unreadable {
        draft.fault(Place::Variable(name.clone()), "not UTF-8".into());
    }
    let secrets: Vec<String> = SECRETS.iter().map(|secret| keys::variable(secret.name)).collect();
    for name in environment.variables.keys() {
        let Some(value) = environment.get(name) else { continue };
        if NOT_KEYS.contains(&name.as_str()) || secrets.contains(name) {
            continue;
        }
        let place = Place::Variable(name.clone());
        if let Some(key) = keys::all().find(|key| keys::variable(key.name) == *name) {
            draft.set(key, &Given::Variable(value.to_owned()), place);
        } else if let Some(message) = unknown(name) {
            draft.fault(place, message);
        }
    }
}

/// Message for a variable that is no key; `None` if it is none of our business.
fn unknown(name: &str) -> Option<String> {
    let all = keys::all().map(|key| key.name).chain(SECRETS.iter().map(|secret| secret.name));
    let names: Vec<String> = all.map(keys::variable).collect();
    if let Some(near) = nearest(name, names.iter().map(String::as_str)) {
        return Some(format!("no such key; did you mean {near}?"));
    }
    let full = name.strip_prefix("POSTORDER_")?.replace("__", ".").to_lowercase();
    full.contains('.').then(|| unknown_key(&full))
}

//! What the operator decides: a TOML file, overridden by the environment, with the secrets apart.
//!
//! One table ([`keys`]) holds every key with its default and its explanation; the printed
//! default, the check of a file, the overlay of the environment and the messages come from it.
//! All faults are reported together, each with its line, and no message ever holds a secret.

mod coherence;
mod convert;
mod environment;
mod fault;
mod file;
mod keys;
mod nearest;
mod print;
mod secret;
mod types;
mod value;

use std::path::Path;

use toml::de::DeValue;

pub use environment::Environment;
pub use fault::{Fault, Faults, Place};
pub use print::default_text;
pub use secret::{OdooSecret, Secrets};
pub use types::{
    Company, Config, Intake, Letters, Log, LogFormat, Maildir, Model, NumberStyle, Odoo, Policy,
    Protocol, Reading, Security, Smtp, StockRule, Store, Watch,
};

use file::Draft;
use keys::Usual;
use value::Given;

/// Where the configuration is, unless said otherwise.
pub const DEFAULT_PATH: &str = "/etc/postorder/postorder.toml";

/// Largest file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// Reads a configuration file with the environment over it, and all secrets.
///
/// # Errors
/// Everything that is wrong with the file, the environment and the secrets.
pub fn load(path: &Path, environment: &Environment) -> Result<(Config, Secrets), Faults> {
    let name = path.display().to_string();
    let text = read(path).map_err(|message| single(&name, message))?;
    let mut draft = take(&text, environment);
    let secrets = secret::take(environment, &mut draft);
    match (Faults::new(&name, draft.faults), secrets) {
        (Some(faults), _) => Err(faults),
        (None, Some(secrets)) => Ok((draft.config, secrets)),
        (None, None) => Err(single(&name, "the secrets cannot be read".into())),
    }
}

/// Reads a configuration file with the environment over it, without the secrets: for those who
/// may not read them.
///
/// # Errors
/// Everything that is wrong with the file and the environment.
pub fn load_open(path: &Path, environment: &Environment) -> Result<Config, Faults> {
    let name = path.display().to_string();
    let text = read(path).map_err(|message| single(&name, message))?;
    parse(&name, &text, environment)
}

/// Reads the text of a configuration file, called `name` in messages, with the environment over
/// it, without the secrets.
///
/// # Errors
/// Everything that is wrong with the text and the environment.
pub fn parse(name: &str, text: &str, environment: &Environment) -> Result<Config, Faults> {
    let draft = take(text, environment);
    Faults::new(name, draft.faults).map_or(Ok(draft.config), Err)
}

/// Sets the defaults, then the file, then the environment, and checks the whole.
fn take(text: &str, environment: &Environment) -> Draft {
    let mut draft = Draft::default();
    for key in keys::all() {
        if let Usual::Default(value) = key.usual {
            let value = DeValue::parse(value).map(|value| Given::of(value.get_ref()));
            let set = value.map(|value| (key.set)(&mut draft.config, &value).is_ok());
            debug_assert!(matches!(set, Ok(true)), "the default of {} is sound", key.name);
        }
    }
    file::take(text, &mut draft);
    environment::overlay(environment, &mut draft);
    coherence::check(&mut draft);
    draft
}

/// Reads a file of bounded size; a file that is missing at the default path counts as empty, so
/// that the environment alone is enough.
fn read(path: &Path) -> Result<String, String> {
    use std::io::Read as _;

    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error)
            if error.kind() == std::io::ErrorKind::NotFound && path == Path::new(DEFAULT_PATH) =>
        {
            return Ok(String::new());
        }
        Err(error) => return Err(format!("cannot be read: {error}")),
    };
    let mut bytes = Vec::new();
    let read = file.take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| format!("cannot be read: {error}"))?;
    if bytes.len() as u64 > LARGEST {
        return Err("is larger than a configuration can be (1 MiB)".into());
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(good).filter(|byte| **byte == b'\n').count() + 1;
        format!("is not UTF-8 (line {line}); expected a text file in UTF-8")
    })
}

fn single(name: &str, message: String) -> Faults {
    Faults::one(name, Fault { place: Place::Absent, message })
}

#[cfg(test)]
mod tests;

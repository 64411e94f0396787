//! Every key that can be configured: its name, what it does unless told otherwise, how it is
//! explained, and how it is taken. The printed default, the reading of a file, the environment
//! and the messages all come from these tables.

mod mails;
mod odoo;
mod rules;
mod smtp;

use super::types::Config;
use super::value::{Expected, Given};

/// What a key is while nobody sets it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Usual {
    /// This value, as TOML.
    Default(&'static str),
    /// A fault; with an example, as TOML.
    Required(&'static str),
    /// Unset; with an example, as TOML.
    Unset(&'static str),
}

/// One key.
pub(super) struct Key {
    /// Name with its group: `odoo.url`.
    pub(super) name: &'static str,
    /// While nobody sets it.
    pub(super) usual: Usual,
    /// For the person who sets it; line breaks as printed.
    pub(super) about: &'static str,
    /// Takes a value.
    pub(super) set: fn(&mut Config, &Given) -> Result<(), Expected>,
}

/// A key's group and its name within it: `reading.model.url` is `url` of `reading.model`.
pub(super) fn parted(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or(("", name))
}

/// Some keys under one heading.
pub(super) struct Group {
    /// Its name in the file.
    pub(super) name: &'static str,
    /// For the person who sets it.
    pub(super) about: &'static str,
    /// Its keys, in the order printed.
    pub(super) keys: &'static [Key],
}

/// All groups, in the order printed.
pub(super) const GROUPS: [&Group; 11] = [
    &mails::MAILDIR,
    &mails::STORE,
    &odoo::ODOO,
    &smtp::SMTP,
    &smtp::COMPANY,
    &smtp::LETTERS,
    &rules::POLICY,
    &rules::READING,
    &rules::MODEL,
    &mails::INTAKE,
    &rules::LOG,
];

/// A secret: never in the file.
pub(super) struct SecretKey {
    /// Name with its group.
    pub(super) name: &'static str,
    /// The key that names its file.
    pub(super) file_key: &'static str,
    /// Its systemd credential.
    pub(super) credential: &'static str,
}

/// All secrets.
pub(super) const SECRETS: [SecretKey; 4] = [
    SecretKey {
        name: "odoo.password",
        file_key: "odoo.password_file",
        credential: "odoo-password",
    },
    SecretKey { name: "odoo.api_key", file_key: "odoo.api_key_file", credential: "odoo-api-key" },
    SecretKey {
        name: "smtp.password",
        file_key: "smtp.password_file",
        credential: "smtp-password",
    },
    SecretKey {
        name: "reading.model.key",
        file_key: "reading.model.key_file",
        credential: "model-key",
    },
];

/// All keys, in the order printed.
pub(super) fn all() -> impl Iterator<Item = &'static Key> {
    GROUPS.iter().flat_map(|group| group.keys)
}

/// The key of this name.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    all().find(|key| key.name == name)
}

/// `odoo.url` → `POSTORDER_ODOO__URL`.
pub(super) fn variable(name: &str) -> String {
    format!("POSTORDER_{}", name.replace('.', "__").to_uppercase())
}

/// Puts a value into its place.
fn put<T>(slot: &mut T, value: Result<T, Expected>) -> Result<(), Expected> {
    *slot = value?;
    Ok(())
}

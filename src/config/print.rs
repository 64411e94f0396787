//! The commented default, made from the tables of keys.

use std::fmt::Write as _;

use super::keys::{self, GROUPS, Key, Usual};

const HEAD: &str = "\
# postorder: configuration (TOML). Lines that begin with `#key =` show what holds unless set.
# Every key can be set by the environment too: odoo.url by POSTORDER_ODOO__URL.
# `postorder config --check --config FILE` names all faults; `postorder check --config FILE`
# tries the whole road.
";

/// The commented default configuration: required keys hold examples, the others are commented out
/// with their defaults. It is itself a sound configuration file.
#[must_use]
pub fn default_text() -> String {
    let mut text = HEAD.to_owned();
    for group in GROUPS {
        text.push('\n');
        comment(&mut text, group.about);
        let _ = writeln!(text, "[{}]", group.name);
        for key in group.keys {
            text.push('\n');
            print_key(&mut text, key);
        }
    }
    text
}

fn print_key(text: &mut String, key: &Key) {
    comment(text, key.about);
    let (_, name) = keys::parted(key.name);
    let _ = match key.usual {
        Usual::Required(example) => writeln!(text, "{name} = {example}"),
        Usual::Default(value) => writeln!(text, "#{name} = {value}"),
        Usual::Unset(example) => writeln!(text, "# Unset; for example:\n#{name} = {example}"),
    };
}

fn comment(text: &mut String, about: &str) {
    for line in about.lines() {
        let _ = writeln!(text, "# {line}");
    }
}

//! What must hold between keys.

use super::fault::Place;
use super::file::Draft;
use super::keys::{self, Usual};
use super::types::Security;

/// Notes required keys that are missing, and keys that contradict each other.
pub(super) fn check(draft: &mut Draft) {
    if !draft.broken {
        check_required(draft);
    }
    check_days(draft);
    check_languages(draft);
    check_clear_password(draft);
    check_maildirs(draft);
    check_model(draft);
}

/// Where a key was set; `Absent` while it has its default.
fn place(draft: &Draft, key: &str) -> Place {
    draft.origins.get(key).cloned().unwrap_or(Place::Absent)
}

fn check_required(draft: &mut Draft) {
    for key in keys::all() {
        let Usual::Required(example) = key.usual else { continue };
        if draft.origins.contains_key(key.name) {
            continue;
        }
        let (group, name) = keys::parted(key.name);
        let variable = keys::variable(key.name);
        let message = format!(
            "{} is missing; expected for example {name} = {example} under [{group}], or {variable} \
             in the environment",
            key.name
        );
        draft.fault(Place::Absent, message);
    }
}

fn check_days(draft: &mut Draft) {
    let (remind, expire) = (draft.config.policy.remind_days, draft.config.policy.expire_days);
    if expire <= remind {
        let at = match place(draft, "policy.expire_days") {
            Place::Absent => place(draft, "policy.remind_days"),
            set => set,
        };
        let message = format!(
            "policy.expire_days is {expire}; expected more than policy.remind_days, which is {remind}"
        );
        draft.fault(at, message);
    }
}

fn check_languages(draft: &mut Draft) {
    let company = &draft.config.company;
    if !company.languages.contains(&company.default_language) {
        let at = match place(draft, "company.default_language") {
            Place::Absent => place(draft, "company.languages"),
            set => set,
        };
        draft.fault(
            at,
            "company.default_language is none of company.languages; expected one".into(),
        );
    }
}

/// A password over an unencrypted connection only within this machine.
fn check_clear_password(draft: &mut Draft) {
    let smtp = &draft.config.smtp;
    let local = smtp.host == "localhost"
        || smtp.host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    if smtp.login.is_some() && smtp.security == Security::None && !local {
        let message = "smtp.security is \"none\", and the password would travel readable; expected \
                       \"starttls\" or \"tls\"";
        draft.fault(place(draft, "smtp.security"), message.into());
    }
}

fn check_maildirs(draft: &mut Draft) {
    let mut seen = std::collections::BTreeSet::new();
    let twice = draft.config.maildir.paths.iter().find(|path| !seen.insert((*path).clone()));
    if let Some(path) = twice {
        let message = format!("maildir.paths names {} twice; expected each once", path.display());
        draft.fault(place(draft, "maildir.paths"), message);
    }
}

/// A server without a model's name, or the other way round, is asked nothing.
fn check_model(draft: &mut Draft) {
    let given = |key: &str| draft.origins.contains_key(key);
    let (given, missing) = match (given("reading.model.url"), given("reading.model.name")) {
        (true, false) => ("reading.model.url", "reading.model.name"),
        (false, true) => ("reading.model.name", "reading.model.url"),
        _ => return,
    };
    let message = format!("{given} is given without {missing}; expected both, or none");
    draft.fault(place(draft, given), message);
}

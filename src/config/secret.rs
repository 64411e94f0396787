//! Passwords and keys: from a file of their own, from systemd, or from the environment; never
//! from the configuration file, and never printed.

use std::io::Read as _;
use std::path::Path;

use secrecy::zeroize::Zeroize as _;
use secrecy::{ExposeSecret as _, SecretString};

use super::environment::Environment;
use super::fault::Place;
use super::file::Draft;
use super::keys::{SECRETS, SecretKey, variable};
use super::types::Protocol;

/// How Odoo knows us.
#[derive(Debug, Clone)]
pub enum OdooSecret {
    /// The user's password.
    Password(SecretString),
    /// The user's API key.
    ApiKey(SecretString),
}

/// All secrets.
#[derive(Debug, Clone)]
pub struct Secrets {
    /// For Odoo.
    pub odoo: OdooSecret,
    /// For the mail server, where it wants one.
    pub smtp: Option<SecretString>,
    /// For the model, where it wants one.
    pub model: Option<SecretString>,
}

/// Longest secret that is taken, in bytes.
const LONGEST: u64 = 16 * 1024;

/// Reads all secrets and notes what is wrong with them; `None` if Odoo has none.
pub(super) fn take(environment: &Environment, draft: &mut Draft) -> Option<Secrets> {
    let [password, key, smtp, model] = SECRETS.map(|secret| find(&secret, environment, draft));
    check_smtp(draft, smtp.is_some());
    let odoo = match (password.found(), key.found()) {
        (Some(_), Some(_)) => {
            let message = "odoo: both a password and an API key are given; expected one of them";
            draft.fault(Place::Absent, message.into());
            None
        }
        (Some(password), None) => {
            check_password_user(draft);
            Some(OdooSecret::Password(password))
        }
        (None, Some(key)) => Some(OdooSecret::ApiKey(key)),
        (None, None) => {
            if !draft.broken && !password.is_faulty() && !key.is_faulty() {
                draft.fault(Place::Absent, NO_ODOO_SECRET.into());
            }
            None
        }
    };
    if matches!(odoo, Some(OdooSecret::ApiKey(_)))
        && draft.config.odoo.protocol == Protocol::JsonRpc
    {
        check_login(
            draft,
            "odoo.login is missing; expected the user's log-in: JSON-RPC asks for it",
        );
    }
    odoo.map(|odoo| Secrets { odoo, smtp: smtp.found(), model: model.found() })
}

const NO_ODOO_SECRET: &str = "odoo: neither a password nor an API key is given; expected \
     odoo.password_file or odoo.api_key_file, or the systemd credential odoo-password or \
     odoo-api-key, or $POSTORDER_ODOO__PASSWORD or $POSTORDER_ODOO__API_KEY";

/// What looking for a secret gave.
enum Found {
    Nothing,
    Faulty,
    Secret(SecretString),
}

impl Found {
    fn found(&self) -> Option<SecretString> {
        match self {
            Self::Secret(secret) => Some(secret.clone()),
            _ => None,
        }
    }

    fn is_some(&self) -> bool {
        !matches!(self, Self::Nothing)
    }

    fn is_faulty(&self) -> bool {
        matches!(self, Self::Faulty)
    }
}

/// Looks into the environment, then into the file that the configuration names, then among the
/// systemd credentials.
fn find(secret: &SecretKey, environment: &Environment, draft: &mut Draft) -> Found {
    let name = variable(secret.name);
    if let Some(value) = environment.get(&name) {
        return Found::Secret(SecretString::from(value.to_owned()));
    }
    let file = match secret.file_key {
        "odoo.password_file" => &draft.config.odoo.password_file,
        "odoo.api_key_file" => &draft.config.odoo.api_key_file,
        "reading.model.key_file" => &draft.config.reading.model.key_file,
        _ => &draft.config.smtp.password_file,
    };
    let (path, place) = if let Some(path) = file {
        let place = draft.origins.get(secret.file_key).cloned().unwrap_or(Place::Absent);
        (path.clone(), place)
    } else if tried(draft, secret.file_key) {
        return Found::Faulty;
    } else {
        let credential = environment.credentials.as_ref().map(|dir| dir.join(secret.credential));
        match credential {
            Some(path) if path.exists() => {
                (path, Place::Variable("CREDENTIALS_DIRECTORY".to_owned()))
            }
            _ => return Found::Nothing,
        }
    };
    match read(&path) {
        Ok(secret) => Found::Secret(secret),
        Err(reason) => {
            let message = format!("{}: {} {reason}", secret.file_key, path.display());
            draft.fault(place, message);
            Found::Faulty
        }
    }
}

/// Reads a file that holds nothing but one secret on one line.
fn read(path: &Path) -> Result<SecretString, String> {
    let mut text = String::new();
    let file = std::fs::File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
    if let Err(error) = file.take(LONGEST + 1).read_to_string(&mut text) {
        return Err(format!("cannot be read: {error}"));
    }
    let secret = SecretString::from(text.trim_end_matches(['\r', '\n']).to_owned());
    text.zeroize();
    let exposed = secret.expose_secret();
    if exposed.is_empty() {
        return Err("is empty; expected the secret on its only line".into());
    }
    if exposed.contains(['\r', '\n']) || exposed.len() as u64 > LONGEST {
        return Err("holds more than one line; expected nothing but the secret".into());
    }
    Ok(secret)
}

/// A password needs its user, and never goes over JSON-2.
fn check_password_user(draft: &mut Draft) {
    check_login(draft, "odoo.login is missing; expected the log-in that the password belongs to");
    if draft.config.odoo.protocol == Protocol::Json2 {
        let place = draft.origins.get("odoo.protocol").cloned().unwrap_or(Place::Absent);
        let message = "odoo.protocol is \"json-2\", which takes no password; expected an API key \
                       in odoo.api_key_file, or another protocol";
        draft.fault(place, message.into());
    }
}

/// Notes that the log-in is missing.
fn check_login(draft: &mut Draft, message: &str) {
    if draft.config.odoo.login.is_none() && !draft.broken && !tried(draft, "odoo.login") {
        draft.fault(Place::Absent, message.into());
    }
}

/// The key was given, soundly or not.
fn tried(draft: &Draft, key: &str) -> bool {
    draft.origins.contains_key(key)
}

/// A log-in needs its password, and a password its log-in.
fn check_smtp(draft: &mut Draft, password: bool) {
    if draft.broken {
        return;
    }
    let login = tried(draft, "smtp.login");
    if login && !password {
        let place = draft.origins.get("smtp.login").cloned().unwrap_or(Place::Absent);
        let message = "smtp.login is given without a password; expected smtp.password_file, the \
                       systemd credential smtp-password, or $POSTORDER_SMTP__PASSWORD";
        draft.fault(place, message.into());
    }
    if password && !login {
        let message = "smtp.login is missing; expected the log-in that the password belongs to";
        draft.fault(Place::Absent, message.into());
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(bytes).expect("written");
        file
    }

    #[test]
    fn a_file_holds_one_line() {
        let sound = file(b"  s3cret word \n");
        let secret = read(sound.path()).expect("sound");
        assert_eq!(secret.expose_secret(), "  s3cret word ");
        assert!(!format!("{secret:?}").contains("s3cret"));
        let long = vec![b'x'; 20_000];
        for bytes in [&b""[..], b"\n", b"one\ntwo\n", &long, b"\xff\xfe"] {
            let bad = file(bytes);
            assert!(read(bad.path()).is_err(), "{} bytes", bytes.len());
        }
    }
}

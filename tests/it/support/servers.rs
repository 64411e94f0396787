//! Real servers, through the scripts that bring them up.

use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use super::odoo::Database;

/// A script's last line of output, as JSON; panics with what it said where it fails.
fn script<T: serde::de::DeserializeOwned>(name: &str, args: &[&str]) -> T {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts").join(name);
    let output = Command::new(&script).args(args).output().expect("the script starts");
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name} {args:?}: {}\n{err}", output.status);
    let line = out.lines().last().unwrap_or_default();
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{name} {args:?}: {error}: {line}"))
}

/// A fresh database of a real Odoo. One of the same name is replaced, so the name is of this
/// checkout and of this use of it.
pub(crate) fn fresh_odoo(version: &str, usage: &str) -> Database {
    let checkout = env!("CARGO_MANIFEST_DIR")
        .bytes()
        .fold(0_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(u32::from(byte)));
    script("real-odoo", &["fresh", version, &format!("test_{usage}_{checkout:08x}")])
}

/// A running MailDev.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct MailDev {
    /// `127.0.0.1:PORT`.
    pub(crate) smtp: String,
    /// `http://127.0.0.1:PORT`.
    pub(crate) web: String,
}

/// Brings MailDev up, unless it runs.
pub(crate) fn maildev() -> MailDev {
    script("test-servers", &["maildev", "up"])
}

/// An OpenSMTPD that delivers into a maildir; stopped when dropped.
#[derive(Debug)]
pub(crate) struct OpenSmtpd {
    port: u16,
}

impl OpenSmtpd {
    /// Brings one up that takes mail for every address at `domain`.
    pub(crate) fn up(maildir: &Path, domain: &str) -> Self {
        let port = super::valve::free_port();
        let maildir = maildir.to_str().expect("UTF-8");
        let _: serde_json::Value =
            script("test-servers", &["smtpd", "up", maildir, &port.to_string(), domain]);
        Self { port }
    }

    /// `127.0.0.1:PORT`.
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }
}

impl Drop for OpenSmtpd {
    fn drop(&mut self) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/test-servers");
        let port = self.port.to_string();
        let _ = Command::new(script).args(["smtpd", "down", &port]).output();
    }
}

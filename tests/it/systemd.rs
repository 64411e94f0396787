//! The unit: what it promises to systemd, and how little of the machine it leaves open.

use std::path::{Path, PathBuf};
use std::process::Command;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("systemd").join(name)
}

/// Highest exposure that `systemd-analyze security` may find; 10 is all of the machine.
const MOST: f64 = 1.5;

#[test]
fn the_unit_leaves_little_open() {
    let unit = file("postorder.service");
    let mut command = Command::new("systemd-analyze");
    command.args(["security", "--offline=true", "--no-pager"]).arg(&unit);
    let Ok(output) = command.output() else {
        eprintln!("NOT RUN: there is no systemd-analyze here");
        return;
    };
    let text = String::from_utf8_lossy(&output.stdout);
    let last = text.lines().rev().find(|line| line.contains("Overall exposure level"));
    let last = last.unwrap_or_else(|| panic!("no level in {text}"));
    let level = last.rsplit(": ").next().and_then(|rest| rest.split(' ').next());
    let level: f64 = level.and_then(|number| number.parse().ok()).expect("a number");
    assert!(level <= MOST, "{last}");
}

/// The directories that the unit lets postorder write to are those that tmpfiles makes, and the
/// user is the one that sysusers makes.
#[test]
fn unit_user_and_folders_fit_each_other() {
    let read = |name| std::fs::read_to_string(file(name)).expect("readable");
    let (unit, users) = (read("postorder.service"), read("postorder.sysusers"));
    let folders = read("postorder.tmpfiles");
    for line in ["Type=notify", "WatchdogSec=60", "User=postorder", "StateDirectory=postorder"] {
        assert!(unit.lines().any(|known| known == line), "{line}");
    }
    assert!(users.contains("\nu postorder - "));
    for dir in ["new", "cur", "tmp"] {
        let wanted = format!("d /var/lib/postorder/Maildir/{dir} 0700 postorder postorder -");
        assert!(folders.lines().any(|line| line == wanted), "{wanted}");
    }
    for credential in ["odoo-password", "odoo-api-key", "smtp-password", "model-key"] {
        let line = format!("LoadCredential={credential}:postorder.{credential}");
        assert!(unit.lines().any(|known| known == line), "{line}");
    }
}

//! A maildir, filled as a mail server fills it.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A maildir of the sandbox.
#[derive(Debug, Clone)]
pub struct Maildir {
    path: PathBuf,
}

impl Maildir {
    /// Opens the maildir, and makes what it lacks: `cur`, `new` and `tmp`.
    ///
    /// # Errors
    /// A directory cannot be made.
    pub fn open(path: &Path) -> io::Result<Self> {
        for room in ["cur", "new", "tmp"] {
            fs::create_dir_all(path.join(room))?;
        }
        Ok(Self { path: path.to_owned() })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts a mail into `new/`: written and synced in `tmp/`, then renamed, so that nobody ever
    /// sees half of it. Lines end in LF there. Returns the file.
    ///
    /// # Errors
    /// Nothing was delivered: the disk is full, say.
    pub fn deliver(&self, mail: &[u8]) -> io::Result<PathBuf> {
        let name = unique_name();
        let draft = self.path.join("tmp").join(&name);
        let place = self.path.join("new").join(&name);
        let written = write_synced(&draft, &with_bare_newlines(mail))
            .and_then(|()| fs::rename(&draft, &place))
            .and_then(|()| File::open(self.path.join("new"))?.sync_all());
        if written.is_err() {
            // What is left in tmp is nobody's mail; the sender is told to try again.
            let _ = fs::remove_file(&draft);
        }
        written.map(|()| place)
    }
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// `<seconds>.M<microseconds>P<process>Q<delivery>.<host>`, as maildirs want it: never twice.
fn unique_name() -> String {
    static DELIVERIES: AtomicU64 = AtomicU64::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!(
        "{}.M{}P{}Q{}.sandbox",
        now.as_secs(),
        now.subsec_micros(),
        std::process::id(),
        DELIVERIES.fetch_add(1, Ordering::Relaxed)
    )
}

/// CRLF becomes LF; a CR by itself stays.
fn with_bare_newlines(mail: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(mail.len());
    let mut bytes = mail.iter().peekable();
    while let Some(byte) = bytes.next() {
        if *byte != b'\r' || bytes.peek() != Some(&&b'\n') {
            text.push(*byte);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_whole_in_new_and_nothing_is_left_in_tmp() {
        let room = tempfile::tempdir().expect("a directory");
        let maildir = Maildir::open(&room.path().join("box")).expect("a maildir");
        let first = maildir.deliver(b"A: b\r\n\r\none\rtwo\r\n").expect("delivered");
        let second = maildir.deliver(b"A: c\r\n").expect("delivered");
        assert_ne!(first, second);
        assert_eq!(fs::read(&first).expect("a file"), b"A: b\n\none\rtwo\n");
        let names = |room: &str| fs::read_dir(maildir.path().join(room)).expect("a room").count();
        assert_eq!((names("new"), names("tmp"), names("cur")), (2, 0, 0));
    }

    #[test]
    fn a_delivery_that_fails_leaves_nothing() {
        let room = tempfile::tempdir().expect("a directory");
        let maildir = Maildir::open(room.path()).expect("a maildir");
        fs::remove_dir(room.path().join("new")).expect("removed");
        assert!(maildir.deliver(b"A: b\r\n").is_err());
        assert_eq!(fs::read_dir(room.path().join("tmp")).expect("tmp").count(), 0);
    }
}

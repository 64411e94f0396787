//! PDFs and spreadsheets are opened by a process of their own: what opens them is large code of
//! others, a stranger chooses the bytes, and a stack that overflows, or memory that runs out, ends
//! a process and cannot be caught.

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;
use tokio::sync::Semaphore;

use crate::reading::{self, Extract, Opened};

/// The hidden subcommand that reads a file from standard input and prints its [`Extract`].
pub const READ_FILE: &str = "read-file";
/// Processes at once.
const AT_ONCE: usize = 2;
/// Longest time for one file.
const PATIENCE: Duration = Duration::from_secs(20);
/// Most that a process may say, in bytes.
const MAX_ANSWER: u64 = 32 << 20;

/// Opens files of foreign formats.
#[derive(Debug, Clone)]
pub struct Opener {
    program: Option<PathBuf>,
    patience: Duration,
    slots: Arc<Semaphore>,
}

impl Opener {
    /// Opens files within this process: for tests, and where nothing is lost with the process.
    #[must_use]
    pub fn in_process() -> Self {
        Self { program: None, patience: PATIENCE, slots: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Opens each file with `program read-file`.
    #[must_use]
    pub fn with(program: PathBuf) -> Self {
        Self { program: Some(program), ..Self::in_process() }
    }

    /// Opens each file with a copy of this program, even if its file was replaced meanwhile.
    #[must_use]
    pub fn of_this_program() -> Self {
        Self::with(PathBuf::from("/proc/self/exe"))
    }

    /// Opens what is still closed of a mail's files.
    pub async fn open(&self, mut opened: Opened) -> Opened {
        while let Some((number, bytes)) = opened.take_closed() {
            opened.fill(number, self.extract(bytes).await);
        }
        opened
    }

    /// What a file holds; nothing where it cannot be opened.
    async fn extract(&self, bytes: Vec<u8>) -> Extract {
        let Some(program) = &self.program else {
            let read = tokio::task::spawn_blocking(move || reading::extract(&bytes));
            return read.await.unwrap_or_default();
        };
        // The semaphore is never closed.
        let _slot = self.slots.acquire().await;
        let size = bytes.len();
        let answer = tokio::time::timeout(self.patience, ask(program, bytes));
        let reason = match answer.await {
            Ok(Ok(extract)) => return extract,
            Ok(Err(reason)) => reason,
            Err(_) => "it took too long".to_owned(),
        };
        tracing::warn!(size, reason, "an attached file could not be opened");
        Extract::default()
    }
}

async fn ask(program: &PathBuf, bytes: Vec<u8>) -> Result<Extract, String> {
    let mut child = Command::new(program)
        .arg(READ_FILE)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| format!("no process for it: {error}"))?;
    let (Some(mut to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("no pipes to its process".to_owned());
    };
    let ask = async move {
        // A process that wants no more of it still answers, or tells by its end.
        let _ = to.write_all(&bytes).await;
        drop(to);
    };
    let mut answer = Vec::new();
    let hear = async { from.take(MAX_ANSWER).read_to_end(&mut answer).await };
    let ((), heard) = tokio::join!(ask, hear);
    heard.map_err(|error| error.to_string())?;
    let status = child.wait().await.map_err(|error| error.to_string())?;
    if !status.success() {
        return Err(format!("its process ended with {status}"));
    }
    serde_json::from_slice(&answer).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    async fn asked(script: &str, patience: Duration) -> Extract {
        let folder = tempfile::tempdir().expect("a folder");
        let program = folder.path().join("reader");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("a script");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).expect("mode");
        let opener = Opener { patience, ..Opener::with(program) };
        opener.extract(vec![b'x'; 1 << 20]).await
    }

    #[tokio::test]
    async fn an_answer_is_taken() {
        let script = r#"cat >/dev/null; echo '{"text":"a row","embedded":[]}'"#;
        let read = serde_json::to_value(asked(script, PATIENCE).await).expect("json");
        assert_eq!(read["text"], "a row");
    }

    #[tokio::test]
    async fn whatever_the_process_does_the_file_is_only_unreadable() {
        for script in ["kill -SEGV $$", "exit 3", "echo garbage", "true", "exec sleep 60"] {
            let read = asked(script, Duration::from_millis(300)).await;
            assert_eq!(read, Extract::default(), "{script}");
        }
    }

    #[tokio::test]
    async fn a_program_that_is_not_there_leaves_the_file_unread() {
        let opener = Opener::with(PathBuf::from("/nonexistent/postorder"));
        assert_eq!(opener.extract(b"%PDF".to_vec()).await, Extract::default());
    }
}

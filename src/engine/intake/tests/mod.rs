//! Intake on real directories: nothing lost, nothing twice, nothing waited for.

use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use tempfile::TempDir;
use tokio::task::JoinHandle;

use super::*;
use crate::engine::ports::{Desk as _, Fault, SystemClock};
use crate::flow::Folder;
use crate::store::MailRow;
use crate::store::sqlite::SqliteStore;

mod files;
mod killed;
mod running;

/// A store, maildirs, and their intake.
struct World {
    folder: TempDir,
    store: Arc<dyn Store>,
    sqlite: Arc<SqliteStore>,
    settings: IntakeSettings,
    rung: Arc<AtomicUsize>,
}

impl World {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let store = Arc::new(SqliteStore::open(&folder.path().join("postorder.db")).unwrap());
        let settings = IntakeSettings {
            maildirs: vec![folder.path().join("maildir")],
            poll: Duration::from_millis(20),
            retry: Duration::from_millis(20),
            ..IntakeSettings::default()
        };
        make(&folder.path().join("maildir"));
        let sqlite = Arc::clone(&store);
        Self { folder, store, sqlite, settings, rung: Arc::default() }
    }

    fn path(&self, file: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join("maildir").join(file)
    }

    /// A settled file in the maildir.
    fn put(&self, file: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path(file);
        fs::write(&path, bytes).unwrap();
        settle(&path);
    }

    /// Delivers as a mail server does: written in `tmp`, renamed into `new`.
    fn deliver(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path("tmp").join(name), bytes).unwrap();
        fs::rename(self.path("tmp").join(name), self.path("new").join(name)).unwrap();
    }

    fn intake(&self) -> Intake {
        let rung = Arc::clone(&self.rung);
        let on_mail = move || {
            rung.fetch_add(1, Ordering::Relaxed);
        };
        Intake::new(Arc::clone(&self.store), Arc::new(SystemClock), self.settings.clone(), on_mail)
    }

    async fn drain(&self) -> Taken {
        self.intake().drain(CancellationToken::new()).await.unwrap()
    }

    fn run(&self) -> Running {
        let (intake, stop) = (Arc::new(self.intake()), CancellationToken::new());
        let (runs, ended) = (Arc::clone(&intake), stop.clone());
        Running { intake, stop, task: tokio::spawn(async move { runs.run(ended).await }) }
    }

    async fn mails(&self) -> Vec<MailRow> {
        self.store.unread(chrono::Utc::now(), 100_000).await.unwrap()
    }

    /// Waits until so many mails are in.
    async fn until(&self, mails: usize) {
        eventually(|| async { self.mails().await.len() == mails }).await;
    }

    fn files(&self, directory: &str) -> Vec<String> {
        let Ok(files) = fs::read_dir(self.path(directory)) else { return Vec::new() };
        let mut names: Vec<_> =
            files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

struct Running {
    intake: Arc<Intake>,
    stop: CancellationToken,
    task: JoinHandle<Result<(), StoreError>>,
}

impl Running {
    async fn stop(self) -> Result<(), StoreError> {
        self.stop.cancel();
        self.task.await.unwrap()
    }
}

async fn eventually<F: Future<Output = bool>>(mut holds: impl FnMut() -> F) {
    for _ in 0..2000 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it did not come to pass");
}

/// Files one mail.
async fn filed(row: MailRow, folder: Folder) -> Result<Option<String>, Fault> {
    MaildirDesk.file(vec![(row, folder)]).await.remove(0)
}

fn make(maildir: &Path) {
    for part in ["new", "cur", "tmp"] {
        fs::create_dir_all(maildir.join(part)).unwrap();
    }
}

/// Makes a file look as if it was written long ago.
fn settle(path: &Path) {
    let file = fs::File::open(path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
}

fn mail(number: usize) -> String {
    format!(
        "From: Ann <ann@example.com>\r\nMessage-ID: <{number}@example.com>\r\n\
         Subject: order {number}\r\n\r\n{number} pieces\r\n"
    )
}

const TAKEN: fn(u64, u64, u64) -> Taken = |new, known, left| Taken { new, known, left };

//! One maildir's lookout: finds the files that are to be taken in, oldest first.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::sync::{Notify, mpsc};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::notices::Notices;
use super::scan::{self, Entry, Slice};
use super::watch::{self, Hint, Unwatched, Watching};
use super::{IntakeSettings, Maildir, name};
use crate::engine::aside::aside;

/// How many files of a directory are remembered at a time.
const SLICE: usize = 8192;
/// After which time a file that may have been half written is looked at again.
const SETTLE: Duration = Duration::from_secs(1);
/// How often a lookout makes sure that its maildir is still the same.
const SAME: Duration = Duration::from_secs(2);
/// How often files that may be half written are waited for when draining.
const DRAINS: usize = 10;

/// A file that is to be taken in. As long as it lives, the file is not found again.
#[derive(Debug)]
pub(super) struct Found {
    /// The maildir.
    pub(super) maildir: Maildir,
    /// The file, relative to it.
    pub(super) file: PathBuf,
    /// Its size when it was found, in bytes.
    pub(super) size: u64,
    /// Has the lookout list the maildir again soon.
    again: Arc<Notify>,
    busy: Busy,
}

impl Found {
    /// The file is not ready: it is to be found again soon.
    pub(super) fn again(&self) {
        self.again.notify_one();
    }
}

impl Drop for Found {
    fn drop(&mut self) {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.file);
    }
}

/// Files that were found and are not dealt with yet; few, since finding waits for taking in.
type Busy = Arc<Mutex<HashSet<PathBuf>>>;

/// What became of a look at a whole maildir.
#[derive(Debug, PartialEq, Eq)]
enum Looked {
    /// All of it was seen.
    All,
    /// Some files may still be written to.
    Unsettled,
    /// It could not be listed, or it is time to stop.
    Broken,
}

/// Looks after one maildir.
pub(super) struct Lookout {
    maildir: Maildir,
    settings: Arc<IntakeSettings>,
    found: mpsc::Sender<Found>,
    notices: Arc<Notices>,
    again: Arc<Notify>,
    busy: Busy,
    missing: bool,
}

impl Lookout {
    pub(super) fn new(
        maildir: Maildir,
        settings: Arc<IntakeSettings>,
        found: mpsc::Sender<Found>,
        notices: Arc<Notices>,
    ) -> Self {
        Self {
            maildir,
            settings,
            found,
            notices,
            again: Arc::default(),
            busy: Busy::default(),
            missing: false,
        }
    }

    /// Finds files until `stop`.
    pub(super) async fn run(mut self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let Some(identity) = self.present().await else {
                wait(self.settings.retry, &stop).await;
                continue;
            };
            // Whatever came before the watch began is found by the first listing.
            let mut watching = self.watch();
            while self.turn(&mut watching, identity, &stop).await {}
        }
    }

    /// Finds what is there now, and waits for what may be half written.
    pub(super) async fn once(mut self, stop: CancellationToken) {
        for _ in 0..DRAINS {
            let here = self.present().await.is_some();
            if !here || self.look(&mut None, &stop).await != Looked::Unsettled {
                return;
            }
            wait(SETTLE, &stop).await;
        }
    }

    /// Lists the maildir once, then follows hints until it is time to list it again. False if the
    /// maildir must be found and watched anew.
    async fn turn(
        &mut self,
        watching: &mut Option<Watching>,
        identity: (u64, u64),
        stop: &CancellationToken,
    ) -> bool {
        let looked = self.look(watching, stop).await;
        let listed = if watching.is_some() { self.settings.rescan } else { self.settings.poll };
        let pause = match looked {
            Looked::All => listed,
            Looked::Unsettled => listed.min(SETTLE),
            Looked::Broken => self.settings.retry,
        };
        let mut listing = Instant::now() + pause;
        let again = Arc::clone(&self.again);
        loop {
            tokio::select! {
                biased;
                () = stop.cancelled() => return false,
                () = tokio::time::sleep_until(listing) => return self.same(identity).await,
                () = tokio::time::sleep(SAME) => if !self.same(identity).await { return false },
                () = again.notified() => listing = listing.min(Instant::now() + SETTLE),
                hint = next(watching.as_mut()) => match hint {
                    Some(hint) if self.follow(&hint, stop).await => {}
                    Some(_) => again.notify_one(),
                    None => return self.same(identity).await,
                },
            }
        }
    }

    /// The maildir that is watched is the one that lies at its path.
    async fn same(&self, identity: (u64, u64)) -> bool {
        self.identity().await.is_ok_and(|now| now == identity)
    }

    /// Off the runtime's threads: a network file system that is away makes this wait for long.
    async fn identity(&self) -> std::io::Result<(u64, u64)> {
        let maildir = self.maildir.clone();
        let looking = aside(move || maildir.identity());
        looking.await.unwrap_or_else(|panic| Err(std::io::Error::other(panic)))
    }

    /// The maildir's identity while it is there; says when it goes and when it comes back.
    async fn present(&mut self) -> Option<(u64, u64)> {
        let found = self.identity().await;
        let maildir = self.maildir.root().display();
        match found {
            Ok(identity) => {
                if std::mem::take(&mut self.missing) {
                    tracing::info!(%maildir, "the maildir is back");
                }
                Some(identity)
            }
            Err(error) => {
                if !std::mem::replace(&mut self.missing, true) {
                    tracing::error!(%maildir, %error, "the maildir cannot be reached; it is awaited");
                }
                None
            }
        }
    }

    fn watch(&self) -> Option<Watching> {
        let maildir = self.maildir.root().display();
        match watch::watch(&self.maildir, self.settings.watch) {
            Ok(watching) => Some(watching),
            Err(unwatched) => {
                let every = self.settings.poll.as_secs_f32();
                let why = unwatched.to_string();
                if self.notices.first(self.maildir.root(), &why) {
                    if matches!(unwatched, Unwatched::Impossible(_)) {
                        tracing::warn!(%maildir, why, "the maildir is listed every {every} s");
                    } else {
                        tracing::info!(%maildir, why, "the maildir is listed every {every} s");
                    }
                }
                None
            }
        }
    }

    /// Lists the whole maildir, slice by slice; hints that come meanwhile go first.
    async fn look(&mut self, watching: &mut Option<Watching>, stop: &CancellationToken) -> Looked {
        let mut looked = Looked::All;
        for part in ["new", "cur"] {
            let mut after: Option<Entry> = None;
            loop {
                let Some(slice) = self.slice(part, after.take()).await else {
                    return Looked::Broken;
                };
                for (name, kind) in &slice.oddities {
                    self.report(&Path::new(part).join(name), kind);
                }
                if slice.unsettled {
                    looked = Looked::Unsettled;
                }
                after = slice.entries.last().cloned();
                for entry in slice.entries {
                    while let Some(hint) = watching.as_mut().and_then(Watching::waiting) {
                        if !self.follow(&hint, stop).await {
                            looked = Looked::Unsettled;
                        }
                    }
                    if !self.offer(Path::new(part).join(entry.name), entry.size, stop).await {
                        return Looked::Broken;
                    }
                }
                if !slice.more {
                    break;
                }
            }
        }
        looked
    }

    async fn slice(&self, part: &'static str, after: Option<Entry>) -> Option<Slice> {
        let directory = self.maildir.path(part);
        // In `cur` lies what we have taken in, and what a reader has dealt with.
        let wanted = move |name: &OsStr| part == "new" || !name::touched(name);
        let listing = aside(move || {
            scan::slice(&directory, after.as_ref(), SLICE, SystemTime::now(), wanted)
        });
        match listing.await {
            Ok(Ok(slice)) => Some(slice),
            Ok(Err(error)) => {
                self.report(Path::new(part), &format!("not listable: {error}"));
                None
            }
            Err(_) => None,
        }
    }

    /// Looks at a file that the kernel hinted at; false if it may still be written to.
    pub(super) async fn follow(&self, hint: &Hint, stop: &CancellationToken) -> bool {
        if hint.name.as_bytes().starts_with(b".") {
            return true;
        }
        let file = Path::new("new").join(&hint.name);
        // Gone already, or no file: the listing says what is to be said.
        let Ok(found) = fs::symlink_metadata(self.maildir.path(&file)) else { return true };
        if !hint.whole && !linked(&found) && scan::unsettled(&found, SystemTime::now()) {
            return false;
        }
        if found.is_file() {
            self.offer(file, found.len(), stop).await;
        } else if let Err(super::inspect::Unfit::NotAFile(kind)) = super::inspect::plain(&found) {
            self.report(&file, kind);
        }
        true
    }

    /// Hands a file on, unless it is in hand already; false if it is time to stop.
    async fn offer(&self, file: PathBuf, size: u64, stop: &CancellationToken) -> bool {
        if !self.busy.lock().unwrap_or_else(PoisonError::into_inner).insert(file.clone()) {
            return true;
        }
        let found = Found {
            maildir: self.maildir.clone(),
            file,
            size,
            again: Arc::clone(&self.again),
            busy: Arc::clone(&self.busy),
        };
        tokio::select! {
            biased;
            () = stop.cancelled() => false,
            sent = self.found.send(found) => sent.is_ok(),
        }
    }

    fn report(&self, file: &Path, what: &str) {
        let path = self.maildir.path(file);
        if self.notices.first(&path, what) {
            tracing::warn!(file = %path.display(), what, "left alone: this is no mail file");
        }
    }
}

/// Put there by a second name for a file that was written elsewhere (as some delivery programs
/// do): changed before it got its name here.
fn linked(found: &fs::Metadata) -> bool {
    found.nlink() > 1 || (found.ctime(), found.ctime_nsec()) > (found.mtime(), found.mtime_nsec())
}

async fn next(watching: Option<&mut Watching>) -> Option<Hint> {
    match watching {
        Some(watching) => watching.next().await,
        None => std::future::pending().await,
    }
}

async fn wait(time: Duration, stop: &CancellationToken) {
    tokio::select! {
        biased;
        () = stop.cancelled() => {}
        () = tokio::time::sleep(time) => {}
    }
}

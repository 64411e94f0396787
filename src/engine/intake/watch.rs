//! The kernel's hints: a file has come. They may be late, doubled or missing; listing the
//! directory is what counts.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::{Notify, mpsc};

use super::{Maildir, Watch};

/// How many hints wait; beyond, the directory is listed instead.
const HINTS: usize = 1024;

/// File systems that do not tell what other machines do on them (statfs(2), `f_type`).
const REMOTE: [u64; 9] = [
    0x6969,      // NFS
    0x517B,      // SMB
    0xFF53_4D42, // CIFS
    0xFE53_4D42, // SMB2
    0x6573_5546, // FUSE
    0x0102_1997, // 9P
    0x00C3_6400, // Ceph
    0x5346_414F, // AFS
    0x7461_636F, // OCFS2
];

/// A file of `new` that something happened to.
#[derive(Debug)]
pub(super) struct Hint {
    /// Its name.
    pub(super) name: OsString,
    /// It was put there whole: renamed into place, or closed after writing.
    pub(super) whole: bool,
}

/// A watched directory; dropping it ends the watch.
pub(super) struct Watching {
    _watcher: RecommendedWatcher,
    hints: mpsc::Receiver<Hint>,
    missed: Arc<Notify>,
}

impl Watching {
    /// The next hint; `None` where some were missed, and the directory must be listed.
    pub(super) async fn next(&mut self) -> Option<Hint> {
        tokio::select! {
            biased;
            () = self.missed.notified() => None,
            hint = self.hints.recv() => hint,
        }
    }

    /// A hint that waits already.
    pub(super) fn waiting(&mut self) -> Option<Hint> {
        self.hints.try_recv().ok()
    }
}

/// Why a directory is not watched.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unwatched {
    /// The configuration says so.
    #[error("as configured")]
    Unwanted,
    /// The kernel would not tell what other machines do.
    #[error("it lies on a network file system")]
    Remote,
    /// The kernel cannot.
    #[error("the kernel cannot watch it: {0}; fs.inotify.max_user_instances may be too low")]
    Impossible(notify::Error),
}

/// Watches a maildir's `new`, if that is wanted and possible.
pub(super) fn watch(maildir: &Maildir, how: Watch) -> Result<Watching, Unwatched> {
    let new = maildir.path("new");
    match how {
        Watch::Poll => return Err(Unwatched::Unwanted),
        Watch::Auto if remote(&new) => return Err(Unwatched::Remote),
        Watch::Auto | Watch::Inotify => {}
    }
    let (hint, hints) = mpsc::channel(HINTS);
    let missed = Arc::new(Notify::new());
    let lost = Arc::clone(&missed);
    let directory = new.clone();
    let handler = move |event: notify::Result<Event>| {
        let all_told = event.is_ok_and(|event| tell(&event, &directory, &hint));
        if !all_told {
            lost.notify_one();
        }
    };
    let watcher = notify::recommended_watcher(handler).and_then(|mut watcher| {
        watcher.watch(&new, RecursiveMode::NonRecursive)?;
        Ok(watcher)
    });
    match watcher {
        Ok(watcher) => Ok(Watching { _watcher: watcher, hints, missed }),
        Err(error) => Err(Unwatched::Impossible(error)),
    }
}

/// Passes on what an event hints at; false if the directory must be listed.
fn tell(event: &Event, directory: &Path, hint: &mpsc::Sender<Hint>) -> bool {
    if event.need_rescan() {
        return false;
    }
    let whole = match event.kind {
        EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both))
        | EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        // Written here, or linked here as a whole.
        EventKind::Create(_) => false,
        // The directory itself goes: the listing finds out.
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
            return !event.paths.iter().any(|path| path == directory);
        }
        _ => return true,
    };
    // Of a rename within the directory, the new name comes last.
    let file: Option<&PathBuf> = event.paths.last();
    let Some(name) = file.and_then(|path| path.file_name()) else { return true };
    hint.try_send(Hint { name: name.to_owned(), whole }).is_ok()
}

fn remote(directory: &Path) -> bool {
    let kind = |found: rustix::fs::StatFs| u64::try_from(found.f_type).unwrap_or(0);
    rustix::fs::statfs(directory).map(kind).is_ok_and(|kind| REMOTE.contains(&kind))
}

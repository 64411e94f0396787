//! Taking one file in: recorded first, moved afterwards.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::flush::Flush;
use super::inspect::{self, Content, Unfit};
use super::lookout::Found;
use super::maildir::parts;
use super::notices::Notices;
use super::pause::Pause;
use super::{IntakeSettings, Maildir, name};
use crate::engine::aside::aside;
use crate::engine::ports::Clock;
use crate::flow::Folder;
use crate::mail::{self, Address, Head, MailId};
use crate::store::{NewMail, Store, StoreError, TakenIn};

/// Unit in which memory is shared out, in bytes.
const GRAIN: usize = 64 << 10;
/// How often a file is sought that a reader moves while we look at it.
const CHASES: usize = 3;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A new mail, recorded.
    New,
    /// A mail that was recorded before.
    Known,
    /// Not there any more.
    Gone,
    /// Left where it is, and reported.
    Left,
}

/// Takes files in.
pub(super) struct Taker {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    settings: Arc<IntakeSettings>,
    on_mail: Box<dyn Fn() + Send + Sync>,
    /// Bytes of mails in memory, in grains.
    memory: Semaphore,
    grains: usize,
    pause: Pause,
    flush: Flush,
    notices: Arc<Notices>,
}

impl Taker {
    pub(super) fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        settings: Arc<IntakeSettings>,
        on_mail: Box<dyn Fn() + Send + Sync>,
    ) -> Self {
        let grains = (settings.memory / GRAIN).clamp(1, 1 << 20);
        Self {
            store,
            clock,
            settings,
            on_mail,
            memory: Semaphore::new(grains),
            grains,
            pause: Pause::default(),
            flush: Flush::default(),
            notices: Arc::default(),
        }
    }

    pub(super) fn notices(&self) -> Arc<Notices> {
        Arc::clone(&self.notices)
    }

    #[cfg(test)]
    pub(super) fn paused(&self) -> bool {
        self.pause.paused()
    }

    /// Takes a file in; waits as long as the store has no room.
    pub(super) async fn take(
        &self,
        found: &Found,
        stop: &CancellationToken,
    ) -> Result<Outcome, StoreError> {
        // A file is read three times over at most: its bytes, the store's copy, and parsing.
        let size = usize::try_from(found.size.min(self.settings.max_size)).unwrap_or(usize::MAX);
        let wanted = (size / GRAIN + 1).min(self.grains);
        let wanted = u32::try_from(wanted).unwrap_or(u32::MAX);
        let Ok(_memory) = self.memory.acquire_many(wanted).await else { return Ok(Outcome::Left) };
        loop {
            match self.try_take(found).await {
                Err(error) if error.passes() => {
                    if !self.pause.wait(&error, self.settings.retry, stop).await {
                        return Ok(Outcome::Left);
                    }
                }
                Err(error) if error.ends_process() => return Err(error),
                Err(error) => {
                    self.report(found, &error.to_string());
                    return Ok(Outcome::Left);
                }
                Ok(outcome) => {
                    self.pause.over();
                    return Ok(outcome);
                }
            }
        }
    }

    async fn try_take(&self, found: &Found) -> Result<Outcome, StoreError> {
        let mut file = found.file.clone();
        for _ in 0..CHASES {
            match self.read(&found.maildir, &file).await {
                Ok(mail) => return self.record(found, file, mail).await,
                Err(Unfit::Gone) => match elsewhere(&found.maildir, &file).await {
                    Some(moved) => file = moved,
                    None => return Ok(Outcome::Gone),
                },
                Err(Unfit::NotAFile(kind)) => {
                    self.report(found, kind);
                    return Ok(Outcome::Left);
                }
                Err(Unfit::Growing) => {
                    found.again();
                    return Ok(Outcome::Gone);
                }
                Err(Unfit::Unreadable(error)) => {
                    self.report(found, &format!("unreadable: {error}"));
                    return Ok(Outcome::Left);
                }
            }
        }
        // Somebody moves it about: the next listing finds it at rest.
        Ok(Outcome::Gone)
    }

    /// The mail in a file.
    async fn read(&self, maildir: &Maildir, file: &Path) -> Result<NewMail, Unfit> {
        let (maildir, file) = (maildir.clone(), file.to_owned());
        let settings = Arc::clone(&self.settings);
        let received_at = self.clock.now();
        let read = aside(move || {
            let content = inspect::read(&maildir.path(&file), settings.max_size)?;
            let (_, name) = parts(&file);
            let (head, raw, unreadable) = understand(content, name, &settings);
            Ok(NewMail {
                id: head.id,
                received_at,
                maildir: maildir.root().to_owned(),
                file: format!("cur/{}", name::seen(name)),
                raw,
                message_id: head.message_id,
                from: head.from.email,
                subject: head.subject,
                unreadable,
                failed: None,
            })
        });
        read.await.unwrap_or_else(|panic| Err(Unfit::Unreadable(std::io::Error::other(panic))))
    }

    /// Has the store remember the mail; only then its file leaves `new`.
    async fn record(
        &self,
        found: &Found,
        file: PathBuf,
        mail: NewMail,
    ) -> Result<Outcome, StoreError> {
        let (id, size, ours) = (mail.id.clone(), mail.raw.len(), mail.file.clone());
        let from = Address { name: String::new(), email: mail.from.clone() };
        match self.store.take_in(mail).await? {
            TakenIn::New => {
                (self.on_mail)();
                tracing::info!(mail = %id, from = from.masked(), size, "mail taken in");
                self.put_away(found, file, Some(id), Away::At(ours)).await?;
                Ok(Outcome::New)
            }
            TakenIn::Known { maildir, file: place } => {
                let same = maildir == found.maildir.root() && same_name(&place, &ours);
                let away = if same { Away::Back(place) } else { Away::Double };
                if matches!(away, Away::Double) {
                    tracing::info!(mail = %id, file = %file.display(), "the same mail once more");
                }
                self.put_away(found, file, None, away).await?;
                Ok(Outcome::Known)
            }
        }
    }

    /// Moves a file whose mail is recorded. Whatever goes wrong here loses nothing: the file is
    /// found again, and its mail is known.
    async fn put_away(
        &self,
        found: &Found,
        file: PathBuf,
        new: Option<MailId>,
        away: Away,
    ) -> Result<(), StoreError> {
        let maildir = found.maildir.clone();
        let recorded = match &away {
            Away::At(place) => Some(place.clone()),
            Away::Back(_) | Away::Double => None,
        };
        let moving = aside(move || away.go(&maildir, &file));
        let moved = match moving.await.unwrap_or_else(|panic| Err(std::io::Error::other(panic))) {
            Ok((place, touched)) => {
                self.flush.durable(&found.maildir, touched).await.map(|()| place)
            }
            Err(error) => Err(error),
        };
        match moved {
            Ok(place) => {
                self.notices.forget(&found.maildir.path(&found.file));
                if let (Some(id), Some(_)) = (new, recorded.filter(|recorded| *recorded != place)) {
                    self.store.moved(id, place).await?;
                }
            }
            // Filed already, or moved by a reader.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => self.report(found, &format!("recorded, but not movable: {error}")),
        }
        Ok(())
    }

    fn report(&self, found: &Found, what: &str) {
        let path = found.maildir.path(&found.file);
        if self.notices.first(&path, what) {
            tracing::warn!(file = %path.display(), what, "a file is left where it is");
        }
    }
}

/// Where the file of a recorded mail goes. Places are relative to the maildir.
enum Away {
    /// To this place.
    At(String),
    /// To where its mail's file is said to be, unless one lies there: then it is a double.
    Back(String),
    /// Out of the way: its mail has another file.
    Double,
}

impl Away {
    /// Moves the file; returns its new place, and the directories of which that is not durable yet.
    fn go(self, maildir: &Maildir, file: &Path) -> std::io::Result<(String, [PathBuf; 2])> {
        let (from, name) = parts(file);
        let done = format!("{}/cur", Folder::Done.dir_name());
        let place = match self {
            Self::At(place) => place,
            Self::Back(place) if !occupied(maildir, &place) => place,
            Self::Back(_) | Self::Double => format!("{done}/{}", name::seen(name)),
        };
        if place.starts_with(Folder::Done.dir_name()) {
            maildir.ensure(Folder::Done)?;
        }
        let (to, name) = place.rsplit_once('/').unwrap_or(("cur", &place));
        let place = maildir.shift(file, to, name)?;
        Ok((place, [from.to_owned(), PathBuf::from(to)]))
    }
}

fn occupied(maildir: &Maildir, place: &str) -> bool {
    maildir.path(place).symlink_metadata().is_ok()
}

/// The unique parts of two places' names are the same.
fn same_name(one: &str, other: &str) -> bool {
    let base = |place: &str| {
        let (_, name) = parts(Path::new(place));
        name::base(name).to_owned()
    };
    base(one) == base(other)
}

/// Where a file went that is not where it was found: to be taken in from there, if it is still
/// unseen in the inbox.
async fn elsewhere(maildir: &Maildir, file: &Path) -> Option<PathBuf> {
    let (maildir, was) = (maildir.clone(), file.to_owned());
    let seek = aside(move || {
        let (_, name) = parts(&was);
        let moved = maildir.find_in_inbox(name::base(name))?;
        let (_, name) = parts(&moved);
        (moved != was && !name::touched(name)).then_some(moved)
    });
    seek.await.ok().flatten()
}

/// What a file's mail is filed under, the bytes to keep, and why it cannot be read.
fn understand(
    content: Content,
    name: &OsStr,
    settings: &IntakeSettings,
) -> (Head, Vec<u8>, Option<String>) {
    match content {
        // Empty files have nothing else to tell them apart by.
        Content::Whole(bytes) if bytes.is_empty() => {
            let digest = Sha256::new()
                .chain_update(b"an empty file\n")
                .chain_update(name::base(name).as_bytes())
                .finalize();
            let mut head = mail::head(&[], &settings.limits);
            head.id = MailId::from_digest(&digest);
            (head, bytes, Some("the file is empty".to_owned()))
        }
        Content::Whole(bytes) => (mail::head(&bytes, &settings.limits), bytes, None),
        Content::TooLarge { size, head } => {
            let (size, most) = (size >> 20, settings.max_size >> 20);
            let reason = format!("it is too large: {size} MiB, and {most} MiB are allowed");
            (mail::head(&head, &settings.limits), Vec::new(), Some(reason))
        }
    }
}

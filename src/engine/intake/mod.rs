//! Takes mails in: from the files of maildirs into the store, each once, none lost.
//!
//! [`lookout`] finds files (the kernel's hints make it quick, listing makes it certain), [`take`]
//! records them and only then moves them to `cur`, [`desk`] later files them into folders.
//!
//! A mail is ours to take while it lies in `new`, and in `cur` while it has not been seen, since
//! some mail servers move mails there as soon as anybody opens the mailbox.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::ports::Clock;
use super::pulse::Pulse;
use crate::mail::Limits;
use crate::store::{Store, StoreError};

mod desk;
mod flush;
mod inspect;
mod lookout;
mod maildir;
mod name;
mod notices;
mod pause;
mod scan;
mod take;
#[cfg(test)]
mod tests;
mod watch;

pub use desk::MaildirDesk;
pub use maildir::Maildir;

use lookout::{Found, Lookout};
use take::{Outcome, Taker};

/// How many found files wait for being taken in; the lookouts wait behind them.
const WAITING: usize = 64;
/// A beat though nothing was found.
const BEAT: Duration = Duration::from_secs(1);

/// How new files are noticed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Watch {
    /// The kernel tells; on network file systems, and where it cannot, the directory is listed.
    #[default]
    Auto,
    /// The kernel tells.
    Inotify,
    /// The directory is listed every few seconds.
    Poll,
}

/// Where mails come from, and how they are taken in.
#[derive(Debug, Clone)]
pub struct IntakeSettings {
    /// The maildirs.
    pub maildirs: Vec<PathBuf>,
    /// How new files are noticed.
    pub watch: Watch,
    /// How often a maildir is listed that the kernel tells nothing of.
    pub poll: Duration,
    /// How often every maildir is listed, whatever the kernel tells.
    pub rescan: Duration,
    /// Larger files are set aside unread. Bytes.
    pub max_size: u64,
    /// Bounds on what is read of a mail.
    pub limits: Limits,
    /// How many files are taken in at once: they share the store's commits.
    pub parallel: usize,
    /// How many bytes of mails are held at once; one mail is always.
    pub memory: usize,
    /// How long to wait with a store that is full, or a maildir that has disappeared.
    pub retry: Duration,
}

impl Default for IntakeSettings {
    fn default() -> Self {
        Self {
            maildirs: Vec::new(),
            watch: Watch::Auto,
            poll: Duration::from_secs(5),
            rescan: Duration::from_secs(60),
            max_size: 25 << 20,
            limits: Limits::default(),
            parallel: 64,
            memory: 64 << 20,
            retry: Duration::from_secs(5),
        }
    }
}

/// What became of the files that were found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// Mails that are new.
    pub new: u64,
    /// Files of mails that were known.
    pub known: u64,
    /// Files left where they are, each reported.
    pub left: u64,
}

/// Takes mails in from maildirs.
pub struct Intake {
    taker: Arc<Taker>,
    settings: Arc<IntakeSettings>,
    pulse: Option<Pulse>,
}

impl Intake {
    /// An intake into this store. `on_mail` is called whenever a mail was recorded.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        settings: IntakeSettings,
        on_mail: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let settings = Arc::new(settings);
        let taker = Taker::new(store, clock, Arc::clone(&settings), Box::new(on_mail));
        Self { taker: Arc::new(taker), settings, pulse: None }
    }

    /// Beats this pulse as long as the intake turns.
    #[must_use]
    pub fn with_pulse(mut self, pulse: Pulse) -> Self {
        self.pulse = Some(pulse);
        self
    }

    /// Takes in what lies in the maildirs, and what comes, until `shutdown`. What is under way is
    /// finished; what is not begun stays in its maildir.
    ///
    /// # Errors
    /// A [`StoreError`] after which the process must end.
    pub async fn run(&self, shutdown: CancellationToken) -> Result<(), StoreError> {
        let (found, files) = mpsc::channel(WAITING);
        let stop = shutdown.child_token();
        let mut lookouts = JoinSet::new();
        for lookout in self.lookouts(&found) {
            lookouts.spawn(lookout.run(stop.clone()));
        }
        drop(found);
        let taken = self.consume(files, &stop).await;
        stop.cancel();
        while lookouts.join_next().await.is_some() {}
        if let Some(pulse) = &self.pulse {
            pulse.stop("intake");
        }
        taken.map(|_| ())
    }

    /// Takes in what lies in the maildirs now.
    ///
    /// # Errors
    /// A [`StoreError`] after which the process must end.
    pub async fn drain(&self, shutdown: CancellationToken) -> Result<Taken, StoreError> {
        let (found, files) = mpsc::channel(WAITING);
        let stop = shutdown.child_token();
        let mut lookouts = JoinSet::new();
        for lookout in self.lookouts(&found) {
            lookouts.spawn(lookout.once(stop.clone()));
        }
        drop(found);
        let taken = self.consume(files, &stop).await;
        stop.cancel();
        while lookouts.join_next().await.is_some() {}
        taken
    }

    fn lookouts(&self, found: &mpsc::Sender<Found>) -> Vec<Lookout> {
        let notices = self.taker.notices();
        let make = |root: &PathBuf| {
            let maildir = Maildir::new(root.clone());
            Lookout::new(maildir, Arc::clone(&self.settings), found.clone(), Arc::clone(&notices))
        };
        self.settings.maildirs.iter().map(make).collect()
    }

    /// Takes files in side by side until there are no more, or `stop`.
    async fn consume(
        &self,
        mut files: mpsc::Receiver<Found>,
        stop: &CancellationToken,
    ) -> Result<Taken, StoreError> {
        let places = Arc::new(Semaphore::new(self.settings.parallel.max(1)));
        let mut under_way: JoinSet<Result<Outcome, StoreError>> = JoinSet::new();
        let mut taken = Taken::default();
        loop {
            if let Some(pulse) = &self.pulse {
                pulse.beat("intake");
            }
            tokio::select! {
                biased;
                Some(ended) = under_way.join_next() => count(&mut taken, ended)?,
                () = stop.cancelled() => break,
                next = next(&mut files, &places) => {
                    let Some((file, place)) = next else { break };
                    let (hand, stop) = (Arc::clone(&self.taker), stop.clone());
                    under_way.spawn(async move {
                        let outcome = hand.take(&file, &stop).await;
                        drop(place);
                        outcome
                    });
                }
                () = tokio::time::sleep(BEAT) => {}
            }
        }
        while let Some(ended) = under_way.join_next().await {
            count(&mut taken, ended)?;
        }
        Ok(taken)
    }
}

/// The next file, once there is a place for it.
async fn next(
    files: &mut mpsc::Receiver<Found>,
    places: &Arc<Semaphore>,
) -> Option<(Found, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    files.recv().await.map(|file| (file, place))
}

type Ended = Result<Result<Outcome, StoreError>, tokio::task::JoinError>;

fn count(taken: &mut Taken, ended: Ended) -> Result<(), StoreError> {
    match ended {
        Ok(Ok(Outcome::New)) => taken.new += 1,
        Ok(Ok(Outcome::Known)) => taken.known += 1,
        Ok(Ok(Outcome::Left)) => taken.left += 1,
        Ok(Ok(Outcome::Gone)) => {}
        Ok(Err(error)) => return Err(error),
        Err(panic) => {
            // Its file is still there: the next listing finds it.
            tracing::error!(%panic, "postorder broke on taking a file in; please report it");
            taken.left += 1;
        }
    }
    Ok(())
}

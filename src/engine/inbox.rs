//! Effects that are taken in hand with the decision that they come from.
//!
//! A lane for which nothing waits in the store need not look there for what was decided this very
//! moment: the effect is leased in the decision's own transaction, and handed over here. That
//! spares a commit, and reading back what was just written.
//!
//! What is handed over overtakes nothing: as soon as something of a lane waits in the store,
//! whatever is decided later waits behind it, in its sender's turn.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use super::in_hand::{Hand, InHand};
use crate::store::Leased;

/// Most effects of a lane that are handed over and not begun yet.
const MOST: usize = 128;

/// Work of one lane.
#[derive(Debug)]
pub(super) struct Inbox {
    room: Arc<Semaphore>,
    handed: Mutex<VecDeque<(Leased, Hand, OwnedSemaphorePermit)>>,
    /// Something may wait in the store.
    behind: AtomicBool,
    wake: Notify,
}

/// Room for the effects of one kind that are about to be decided.
#[derive(Debug)]
pub(super) struct Room {
    /// Their [`Effect::name`](crate::flow::Effect::name).
    pub(super) kind: &'static str,
    /// For how long they are leased.
    pub(super) lease: Duration,
    places: OwnedSemaphorePermit,
}

impl Default for Inbox {
    fn default() -> Self {
        Self {
            room: Arc::new(Semaphore::new(MOST)),
            handed: Mutex::default(),
            // Whatever the last run left.
            behind: AtomicBool::new(true),
            wake: Notify::new(),
        }
    }
}

impl Inbox {
    fn handed(&self) -> MutexGuard<'_, VecDeque<(Leased, Hand, OwnedSemaphorePermit)>> {
        self.handed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Room for so many effects; none while others wait in the store.
    pub(super) fn reserve(&self, kind: &'static str, count: u32, lease: Duration) -> Option<Room> {
        if self.is_behind() {
            return None;
        }
        let places = Arc::clone(&self.room).try_acquire_many_owned(count).ok()?;
        Some(Room { kind, lease, places })
    }

    /// Hands an effect over that was recorded as leased.
    pub(super) fn hand_over(&self, leased: Leased, in_hand: &InHand, room: &mut Room) {
        let Some(place) = room.places.split(1) else { return };
        let hand = in_hand.hold(leased.id);
        self.handed().push_back((leased, hand, place));
        self.wake.notify_one();
    }

    /// An effect was recorded that waits in the store.
    pub(super) fn left_in_store(&self) {
        self.behind.store(true, Ordering::SeqCst);
        self.wake.notify_one();
    }

    /// What was handed over, oldest first.
    pub(super) fn take(&self, limit: usize) -> Vec<(Leased, Hand)> {
        let mut handed = self.handed();
        let count = handed.len().min(limit);
        handed.drain(..count).map(|(leased, hand, _)| (leased, hand)).collect()
    }

    /// Something may wait in the store.
    pub(super) fn is_behind(&self) -> bool {
        self.behind.load(Ordering::SeqCst)
    }

    /// The store is about to be looked at: what is recorded from now on says so itself. Whether
    /// something was thought to wait there.
    pub(super) fn looks(&self) -> bool {
        self.behind.swap(false, Ordering::SeqCst)
    }

    /// Resolves when there may be work.
    pub(super) async fn woken(&self) {
        self.wake.notified().await;
    }
}

/// The inboxes of all lanes.
#[derive(Debug, Default)]
pub(super) struct Inboxes {
    pub(super) look_up: Inbox,
    pub(super) place: Inbox,
    annotate: Inbox,
    letters: Inbox,
    files: Inbox,
}

impl Inboxes {
    /// Of the lane that does effects of this name.
    pub(super) fn of(&self, kind: &str) -> &Inbox {
        match kind {
            "look_up" => &self.look_up,
            "place" => &self.place,
            "annotate" => &self.annotate,
            "send" => &self.letters,
            _ => &self.files,
        }
    }

    /// Every lane looks at the store.
    pub(super) fn all_look(&self) {
        for inbox in [&self.look_up, &self.place, &self.annotate, &self.letters, &self.files] {
            inbox.left_in_store();
        }
    }
}

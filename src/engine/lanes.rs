//! A lane: one kind of work, its workers, and when they look for more.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::decide::Shared;
use super::gate::Pass;
use super::in_hand::Hand;
use super::inbox::Inbox;
use super::ports::Fault;
use super::work;
use crate::flow::{Effect, ErrorClass, Target};
use crate::store::{EffectId, Leased, SUSPECT};

/// An effect that was taken so often and never came back, not even with an error, kills whoever
/// takes it.
const DEADLY: u32 = 8;

/// One kind of work.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    pub(super) name: &'static str,
    pub(super) target: Target,
    /// [`Effect::name`](crate::flow::Effect::name) of what it does.
    pub(super) kinds: &'static [&'static str; 1],
    /// How many effects one worker takes at once.
    pub(super) batch: usize,
    /// How many workers.
    pub(super) parallel: usize,
    /// A worker's claim on what it took ends after this time. Longer than any time-out of the
    /// target, so that nothing is taken twice while its first worker lives.
    pub(super) lease: Duration,
}

impl Lane {
    fn inbox<'s>(&self, shared: &'s Shared) -> &'s Inbox {
        let [kind] = self.kinds;
        shared.inboxes.of(kind)
    }
}

/// Works until shutdown, and then until what is in flight has ended.
pub(super) async fn run(shared: Arc<Shared>, lane: Lane, shutdown: CancellationToken) {
    let places = Arc::new(Semaphore::new(lane.parallel.max(1)));
    let mut workers = JoinSet::new();
    let mut looked = None;
    while !shutdown.is_cancelled() {
        shared.pulse.beat(lane.name);
        while workers.try_join_next().is_some() {}
        let place = tokio::select! {
            biased;
            () = shutdown.cancelled() => break,
            // A beat while all workers are busy: their own time-outs bound them.
            () = tokio::time::sleep(shared.settings.poll) => continue,
            place = Arc::clone(&places).acquire_owned() => place,
        };
        if lane.name == "look_up" && shared.place_crowded() {
            tokio::select! {
                biased;
                () = shutdown.cancelled() => break,
                () = shared.wakes.placed.notified() => {}
                () = tokio::time::sleep(shared.settings.poll) => {}
            }
        }
        let pass = shared.gate(lane.target).enter(Instant::now());
        let batch = match pass {
            // Each letter is a call of its own; all else of a batch shares one.
            Pass::Paced if lane.target == Target::Smtp => 1,
            Pass::Free | Pass::Paced => lane.batch,
            Pass::Probe => 1,
            Pass::Wait(wait) => {
                drop(place);
                give_back(&shared, &lane).await;
                rest(&shutdown, wait.min(shared.settings.poll)).await;
                continue;
            }
        };
        let (taken, mut hands) = take(&shared, &lane, batch, &mut looked).await;
        if taken.is_empty() {
            drop(place);
            shared.gate(lane.target).unused(Instant::now());
            tokio::select! {
                biased;
                () = shutdown.cancelled() => break,
                () = lane.inbox(&shared).woken() => {}
                () = tokio::time::sleep(shared.settings.poll) => {}
            }
            continue;
        }
        let shared = Arc::clone(&shared);
        workers.spawn(async move {
            work_off(&shared, taken, &mut hands).await;
            let_go(&shared, hands).await;
            drop(place);
        });
    }
    // Whatever is decided from now on waits for the next start.
    lane.inbox(&shared).left_in_store();
    give_back(&shared, &lane).await;
    while !workers.is_empty() {
        shared.pulse.beat(lane.name);
        let _ = tokio::time::timeout(shared.settings.poll, workers.join_next()).await;
    }
    shared.pulse.stop(lane.name);
}

async fn rest(shutdown: &CancellationToken, wait: Duration) {
    tokio::select! {
        biased;
        () = shutdown.cancelled() => {}
        () = tokio::time::sleep(wait) => {}
    }
}

/// What was handed over, then what waits in the store, where something is thought to wait there.
/// Now and then that is looked at in any case, and first: the store is the truth.
async fn take(
    shared: &Shared,
    lane: &Lane,
    batch: usize,
    looked: &mut Option<Instant>,
) -> (Vec<Leased>, Vec<Hand>) {
    let inbox = lane.inbox(shared);
    let overdue = looked.is_none_or(|at| at.elapsed() >= shared.settings.poll);
    let (mut taken, mut hands): (Vec<_>, Vec<_>) =
        inbox.take(if overdue { 0 } else { batch }).into_iter().unzip();
    if overdue || (taken.len() < batch && inbox.is_behind()) {
        *looked = Some(Instant::now());
        let (leased, hand) = lease(shared, lane, batch - taken.len()).await;
        taken.extend(leased);
        hands.push(hand);
    }
    if overdue {
        let (more, others): (Vec<_>, Vec<_>) = inbox.take(batch - taken.len()).into_iter().unzip();
        taken.extend(more);
        hands.extend(others);
    }
    (taken, hands)
}

/// Takes what waits in the store.
async fn lease(shared: &Shared, lane: &Lane, limit: usize) -> (Vec<Leased>, Hand) {
    let inbox = lane.inbox(shared);
    let was_behind = inbox.looks();
    let now = shared.now();
    let leased = match shared.store.lease(lane.target, lane.kinds, limit, now, lane.lease).await {
        Ok(leased) => leased,
        Err(error) => {
            inbox.left_in_store();
            shared.store_failed(&error);
            tokio::time::sleep(shared.settings.poll).await;
            Vec::new()
        }
    };
    if leased.len() == limit {
        inbox.left_in_store();
    } else if was_behind && !inbox.is_behind() {
        // For whoever waits until this lane has caught up.
        shared.wakes.reader.notify_one();
        if lane.name == "place" {
            shared.wakes.placed.notify_one();
        }
    }
    shared.in_hand.take(leased)
}

/// What was handed over waits in the store instead.
async fn give_back(shared: &Shared, lane: &Lane) {
    let inbox = lane.inbox(shared);
    let (back, hands): (Vec<_>, Vec<_>) = inbox.take(usize::MAX).into_iter().unzip();
    if back.is_empty() {
        return;
    }
    release(shared, back.into_iter().map(|leased| leased.id).collect()).await;
    let_go(shared, hands).await;
    inbox.left_in_store();
}

/// Lets go of what a worker had. What it gave back, and was leased again before it let go, would
/// else wait in nobody's hand until that lease ends. Where it was leased again because the clock
/// was set, it is done or waits by now, and nothing is released.
pub(super) async fn let_go(shared: &Shared, hands: Vec<Hand>) {
    release(shared, hands.into_iter().flat_map(Hand::let_go).collect()).await;
}

async fn release(shared: &Shared, ids: Vec<EffectId>) {
    if ids.is_empty() {
        return;
    }
    if let Err(error) = shared.store.release(ids).await {
        shared.store_failed(&error);
    }
}

/// Does a batch. One that was taken before and never came back goes alone, or not at all; all that
/// was taken with it is given back uncounted, or it would be blamed for the next end of the process
/// without having been begun. The worker lets go of it at once too: what another takes meanwhile
/// would be in nobody's hand until the suspect ends, and counted when it ends the process.
pub(super) async fn work_off(shared: &Arc<Shared>, mut taken: Vec<Leased>, hands: &mut [Hand]) {
    let lost = |leased: &Leased| leased.error.is_none() && leased.attempts >= SUSPECT;
    let Some(at) = taken.iter().position(lost) else { return all(shared, taken).await };
    let suspect = taken.swap_remove(at);
    let inbox = shared.inboxes.of(suspect.effect.name());
    release(shared, taken.into_iter().map(|leased| leased.id).collect()).await;
    let kept = Some(suspect.id);
    release(shared, hands.iter_mut().flat_map(|hand| hand.let_go_all_but(kept)).collect()).await;
    inbox.left_in_store();
    if suspect.attempts >= DEADLY {
        let message = "every try ended with the whole process; see the log of its last runs";
        work::failed(shared, &suspect, Fault::new(ErrorClass::Sick, message)).await;
    } else {
        guarded(shared, vec![suspect]).await;
    }
}

/// Letters each by itself, side by side; of what shares a call, all at once.
async fn all(shared: &Arc<Shared>, taken: Vec<Leased>) {
    let (letters, others): (Vec<_>, Vec<_>) =
        taken.into_iter().partition(|leased| matches!(leased.effect, Effect::Send(_)));
    let mut sending = JoinSet::new();
    for letter in letters {
        let shared = Arc::clone(shared);
        sending.spawn(async move { guarded(&shared, vec![letter]).await });
    }
    if !others.is_empty() {
        guarded(shared, others).await;
    }
    sending.join_all().await;
}

/// Catches a panic, and finds out whose it was by doing each effect alone.
async fn guarded(shared: &Arc<Shared>, batch: Vec<Leased>) {
    let batch = Arc::new(batch);
    if attempt(shared, Arc::clone(&batch)).await {
        return;
    }
    let alone = batch.len() == 1;
    for leased in batch.iter() {
        if alone || !attempt(shared, Arc::new(vec![leased.clone()])).await {
            let fault = Fault::new(ErrorClass::Sick, "postorder broke on it; please report it");
            work::failed(shared, leased, fault).await;
        }
    }
}

/// True unless it panicked. Ends with whoever waits for it, so that nothing is left behind by a
/// stop that could wait no longer.
async fn attempt(shared: &Arc<Shared>, batch: Arc<Vec<Leased>>) -> bool {
    let shared = Arc::clone(shared);
    let work = tokio::spawn(async move { work::run(&shared, &batch).await });
    tokio_util::task::AbortOnDropHandle::new(work).await.is_ok()
}

//! A lane: one kind of work, its workers, and when they look for more.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::decide::Shared;
use super::gate::Pass;
use super::in_hand::Hand;
use super::ports::Fault;
use super::work;
use crate::flow::{Effect, ErrorClass, Target};
use crate::store::Leased;

/// An effect that was taken so often and never came back, not even with an error, kills whoever
/// takes it.
const DEADLY: u32 = 8;
/// From so many such tries on it is taken alone, so that it takes no others with it.
const SUSPECT: u32 = 3;

/// One kind of work.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    pub(super) name: &'static str,
    pub(super) target: Target,
    /// [`Effect::name`](crate::flow::Effect::name)s; empty: all of the target.
    pub(super) kinds: &'static [&'static str],
    /// How many effects one worker takes at once.
    pub(super) batch: usize,
    /// How many workers.
    pub(super) parallel: usize,
    /// A worker's claim on what it took ends after this time. Longer than any time-out of the
    /// target, so that nothing is taken twice while its first worker lives.
    pub(super) lease: Duration,
}

/// Works until shutdown, and then until what is in flight has ended.
pub(super) async fn run(shared: Arc<Shared>, lane: Lane, shutdown: CancellationToken) {
    let places = Arc::new(Semaphore::new(lane.parallel.max(1)));
    let mut workers = JoinSet::new();
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
        let pass = shared.gate(lane.target).enter(Instant::now());
        let batch = match pass {
            // Each letter is a call of its own; all else of a batch shares one.
            Pass::Paced if lane.target == Target::Smtp => 1,
            Pass::Free | Pass::Paced => lane.batch,
            Pass::Probe => 1,
            Pass::Wait(wait) => {
                drop(place);
                rest(&shutdown, wait.min(shared.settings.poll)).await;
                continue;
            }
        };
        let (taken, hand) = shared.in_hand.take(take(&shared, &lane, batch).await);
        if taken.is_empty() {
            drop(place);
            shared.gate(lane.target).unused(Instant::now());
            let more = wake(&shared, lane.name);
            tokio::select! {
                biased;
                () = shutdown.cancelled() => break,
                () = more.notified() => {}
                () = tokio::time::sleep(shared.settings.poll) => {}
            }
            continue;
        }
        let shared = Arc::clone(&shared);
        workers.spawn(async move {
            work_off(&shared, taken).await;
            let_go(&shared, hand).await;
            drop(place);
        });
    }
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

fn wake<'s>(shared: &'s Shared, lane: &str) -> &'s Notify {
    match lane {
        "look_up" => &shared.wakes.look_up,
        "place" => &shared.wakes.place,
        "annotate" => &shared.wakes.annotate,
        "letters" => &shared.wakes.letters,
        _ => &shared.wakes.files,
    }
}

async fn take(shared: &Shared, lane: &Lane, batch: usize) -> Vec<Leased> {
    let now = shared.now();
    match shared.store.lease(lane.target, lane.kinds, batch, now, lane.lease).await {
        Ok(taken) => taken,
        Err(error) => {
            shared.store_failed(&error);
            tokio::time::sleep(shared.settings.poll).await;
            Vec::new()
        }
    }
}

/// Lets go of what a worker had. What it gave back, and was leased again before it let go, would
/// else wait in nobody's hand until that lease ends. Where it was leased again because the clock
/// was set, it is done or waits by now, and nothing is released.
pub(super) async fn let_go(shared: &Shared, hand: Hand) {
    let again = hand.let_go();
    if again.is_empty() {
        return;
    }
    if let Err(error) = shared.store.release(again).await {
        shared.store_failed(&error);
    }
}

/// Does a batch. One that was taken before and never came back goes alone, or not at all; all that
/// was taken with it is given back uncounted, or it would be blamed for the next end of the process
/// without having been begun.
async fn work_off(shared: &Arc<Shared>, mut taken: Vec<Leased>) {
    let lost = |leased: &Leased| leased.error.is_none() && leased.attempts >= SUSPECT;
    let Some(at) = taken.iter().position(lost) else { return all(shared, taken).await };
    let suspect = taken.swap_remove(at);
    let others = taken.into_iter().map(|leased| leased.id).collect();
    if let Err(error) = shared.store.release(others).await {
        shared.store_failed(&error);
    }
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
    if attempt(shared, batch.clone()).await {
        return;
    }
    let alone = batch.len() == 1;
    for leased in batch {
        if alone || !attempt(shared, vec![leased.clone()]).await {
            let fault = Fault::new(ErrorClass::Sick, "postorder broke on it; please report it");
            work::failed(shared, &leased, fault).await;
        }
    }
}

/// True unless it panicked. Ends with whoever waits for it, so that nothing is left behind by a
/// stop that could wait no longer.
async fn attempt(shared: &Arc<Shared>, batch: Vec<Leased>) -> bool {
    let shared = Arc::clone(shared);
    let work = tokio::spawn(async move { work::run(&shared, batch).await });
    tokio_util::task::AbortOnDropHandle::new(work).await.is_ok()
}

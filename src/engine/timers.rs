//! Cases whose time has come.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::decide::{Settles, Shared};
use super::gate::Pass;
use super::work::called;
use crate::flow::{CaseKey, Event, Peek, Target, peek};
use crate::store::{CaseRow, StoreError};

/// Due cases dealt with in one go.
const BATCH: usize = 100;
/// The longest sleep: a clock that is set forward is noticed within this time.
const LONGEST: Duration = Duration::from_secs(15);

/// Less than this is no setting of the clock, but its correction.
const CORRECTION: TimeDelta = TimeDelta::seconds(5);

/// Wakes cases until shutdown.
pub(super) async fn run(shared: Arc<Shared>, shutdown: CancellationToken) {
    let mut watch = Watch::new(&shared);
    while !shutdown.is_cancelled() {
        shared.pulse.beat("timers");
        let wait = match look_up_time(&shared, &mut watch).await {
            Ok(wait) => wait,
            Err(error) => {
                shared.store_failed(&error);
                LONGEST
            }
        };
        tokio::select! {
            biased;
            () = shutdown.cancelled() => {}
            () = shared.wakes.timers.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
    shared.pulse.stop("timers");
}

/// The clock, beside one that nobody can set.
struct Watch {
    said: DateTime<Utc>,
    at: Instant,
}

impl Watch {
    fn new(shared: &Shared) -> Self {
        Self { said: shared.now(), at: Instant::now() }
    }

    /// The clock was set back by more than a correction.
    fn set_back(&self, now: DateTime<Utc>) -> bool {
        let passed = TimeDelta::from_std(self.at.elapsed()).unwrap_or_default();
        now - self.said < passed - CORRECTION
    }
}

/// Looks at the clock, then at what is due.
async fn look_up_time(shared: &Arc<Shared>, watch: &mut Watch) -> Result<Duration, StoreError> {
    let now = shared.now();
    if watch.set_back(now) {
        let cut = shared.store.set_back(now, shared.settings.longest()).await?;
        tracing::warn!(%now, cut, "the clock was set back; what waited for its old time waits less");
        shared.inboxes.all_look();
        shared.wakes.reader.notify_one();
    }
    *watch = Watch::new(shared);
    turn(shared).await
}

/// One look; how long to sleep after it.
async fn turn(shared: &Arc<Shared>) -> Result<Duration, StoreError> {
    let due = shared.store.due(shared.now(), BATCH).await?;
    let full = due.len() == BATCH;
    let mut peeks = Vec::new();
    for key in due {
        let Some(row) = shared.store.case(key.clone()).await? else { continue };
        match peek(&row.case, &shared.settings.policy, shared.now()) {
            Some(peek) => peeks.push((row, peek)),
            None => wake(shared, &key).await?,
        }
    }
    look(shared, peeks).await?;
    if full {
        return Ok(Duration::ZERO);
    }
    let next = shared.store.next_wake().await?;
    let wait = next.map_or(LONGEST, |at| (at - shared.now()).to_std().unwrap_or(LONGEST));
    // Not less than a moment: a case that stays due must not make the loop spin.
    Ok(wait.clamp(Duration::from_millis(50), LONGEST))
}

async fn wake(shared: &Shared, key: &CaseKey) -> Result<(), StoreError> {
    shared.decide(key, Event::Due, Settles::default()).await.map(|_| ())
}

/// Looks at the stock for all cases that wait for some, with shared calls; only news are events.
/// While Odoo is away nothing is asked, and the cases look again at their next time.
async fn look(shared: &Arc<Shared>, peeks: Vec<(CaseRow, Peek)>) -> Result<(), StoreError> {
    for chunk in peeks.chunks(shared.settings.odoo_batch.max(1)) {
        let answers = if admitted(shared).await {
            let jobs = chunk.iter().map(|(_, peek)| peek.look_up.clone()).collect();
            let answers = shared.erp.look_up(jobs).await;
            called(shared, Target::Odoo, &answers);
            answers
        } else {
            Vec::new()
        };
        let answers = answers.into_iter().map(Some).chain(std::iter::repeat_with(|| None));
        for ((row, peek), answer) in chunk.iter().zip(answers) {
            let found = answer.and_then(Result::ok);
            let news = found.is_some_and(|found| peek.has_news(&found, &row.case));
            if news {
                wake(shared, &row.case.key).await?;
            } else {
                let key = row.case.key.clone();
                shared.store.wake_later(key, row.version, peek.check_at).await?;
            }
        }
    }
    Ok(())
}

/// Waits for leave to ask Odoo; false while it is away.
async fn admitted(shared: &Shared) -> bool {
    let gate = shared.gate(Target::Odoo);
    loop {
        match gate.enter(Instant::now()) {
            Pass::Free | Pass::Paced | Pass::Probe => return true,
            Pass::Wait(_) if gate.is_shut() => return false,
            Pass::Wait(wait) => {
                shared.pulse.beat("timers");
                tokio::time::sleep(wait).await;
            }
        }
    }
}

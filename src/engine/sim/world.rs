//! The world outside of the process: one clock, one pair of dice, and all that outlives a crash.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::mails::Written;
use super::odoo::Odoo;
use super::weather::{Fault, Weather};
use crate::engine::ports::Clock;
use crate::flow::{CaseKey, Letter};
use crate::mail::MailId;
use crate::store::EffectId;
use crate::store::sqlite::SqliteStore;

/// A part of the world that lies, to see whether the judge finds out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Liar {
    /// Odoo makes another order when it is asked again.
    OdooDoubles,
    /// The mail server says that it took a letter, and did not.
    PostForgets,
    /// The store says that it recorded, and did not.
    StoreForgets,
    /// The store gives effects out again that are done.
    StoreRepeats,
    /// Odoo says that it reserved, and did not.
    OdooPromises,
    /// The store says that it took a mail in, and did not.
    IntakeForgets,
}

/// A letter that the mail server accepted.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    pub(super) id: String,
    pub(super) letter: Letter,
}

/// The world of one seed.
pub(super) struct World {
    inner: Mutex<Inner>,
    pub(super) store: SqliteStore,
    pub(super) maildir: PathBuf,
    pub(super) liar: Option<Liar>,
}

pub(super) struct Inner {
    pub(super) rng: Rng,
    pub(super) weather: Weather,
    /// True time at the beginning of the running life.
    then: DateTime<Utc>,
    began: Option<Instant>,
    /// What the clock is wrong by.
    pub(super) skew: TimeDelta,
    steps: u64,
    /// The step at which the process dies.
    pub(super) dies_at: Option<u64>,
    death: CancellationToken,
    pub(super) odoo: Odoo,
    pub(super) sent: Vec<Sent>,
    /// Letters that the store knows were accepted.
    pub(super) recorded: BTreeSet<String>,
    /// What became of cases: which, by what event, what state, and when, truly.
    pub(super) moves: Vec<(CaseKey, &'static str, &'static str, DateTime<Utc>)>,
    /// How often a letter may have been accepted beyond the first time, and nobody knew.
    pub(super) unknown: BTreeMap<String, u32>,
    /// Until when, truly, our credentials are refused.
    pub(super) odoo_shut: Option<DateTime<Utc>>,
    pub(super) smtp_shut: Option<DateTime<Utc>>,
    /// Until when, truly, nothing can be written to the store, and why.
    pub(super) store_shut: Option<(DateTime<Utc>, Fault)>,
    pub(super) written: Vec<Written>,
    /// What this life of the process has leased and not let go, and when.
    pub(super) leases: BTreeMap<EffectId, Instant>,
    /// What was seen on the way that must not be.
    pub(super) wrong: Vec<String>,
    pub(super) trace: Vec<String>,
    pub(super) lied: bool,
    /// Somebody else sold what we had looked at.
    pub(super) oversold: bool,
}

/// When every world begins.
fn beginning() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_442_000, 0).unwrap()
}

impl World {
    pub(super) fn new(seed: u64, weather: Option<Weather>, maildir: PathBuf) -> Self {
        let mut rng = Rng::with_seed(seed);
        let drawn = Weather::draw(&mut rng);
        let odoo = Odoo::new(&mut rng);
        let inner = Inner {
            weather: weather.unwrap_or(drawn),
            then: beginning(),
            began: None,
            skew: TimeDelta::zero(),
            steps: 0,
            dies_at: None,
            death: CancellationToken::new(),
            odoo,
            sent: Vec::new(),
            recorded: BTreeSet::new(),
            moves: Vec::new(),
            unknown: BTreeMap::new(),
            odoo_shut: None,
            smtp_shut: None,
            store_shut: None,
            written: Vec::new(),
            leases: BTreeMap::new(),
            wrong: Vec::new(),
            trace: Vec::new(),
            lied: false,
            oversold: false,
            rng,
        };
        Self { inner: Mutex::new(inner), store: SqliteStore::in_memory(), maildir, liar: None }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A step of the process. One that has died takes none any more.
    pub(super) async fn step(&self, what: &'static str) {
        let pause = {
            let mut inner = self.lock();
            inner.steps += 1;
            if inner.dies_at == Some(inner.steps) {
                inner.die(format_args!("dies at: {what}"));
            }
            inner.rng.u64(0..20)
        };
        // Who comes first is the dice's choice.
        match pause {
            0..12 => {}
            12..16 => tokio::task::yield_now().await,
            ms => tokio::time::sleep(Duration::from_millis(ms)).await,
        }
        if self.lock().death.is_cancelled() {
            std::future::pending::<()>().await;
        }
    }

    /// The process of the last life is gone; another begins, in this runtime.
    pub(super) fn begin_life(&self) -> CancellationToken {
        let mut inner = self.lock();
        inner.began = Some(Instant::now());
        inner.death = CancellationToken::new();
        inner.steps = 0;
        inner.leases.clear();
        inner.dies_at = None;
        inner.death.clone()
    }

    pub(super) fn end_life(&self) {
        let mut inner = self.lock();
        inner.then = inner.now();
        inner.began = None;
    }

    pub(super) fn note(&self, what: fmt::Arguments<'_>) {
        self.lock().note(what);
    }

    /// Whether this lie is to be told now; each world tells one.
    pub(super) fn lies(&self, liar: Liar) -> bool {
        if self.liar != Some(liar) {
            return false;
        }
        let mut inner = self.lock();
        let lies = !inner.lied;
        if lies {
            inner.lied = true;
            inner.note(format_args!("lie {liar:?}"));
        }
        lies
    }
}

impl Inner {
    /// The true time.
    pub(super) fn now(&self) -> DateTime<Utc> {
        let lived = self.began.map_or(Duration::ZERO, |began| began.elapsed());
        self.then + TimeDelta::from_std(lived).unwrap()
    }

    /// Time passes in which nobody runs.
    pub(super) fn sleep(&mut self, time: TimeDelta) {
        self.then += time;
        self.note(format_args!("sleeps for {time}"));
    }

    pub(super) fn die(&mut self, how: fmt::Arguments<'_>) {
        self.note(how);
        self.death.cancel();
    }

    pub(super) fn strikes(&mut self, fault: Fault) -> bool {
        let strikes = self.weather.strikes(fault, &mut self.rng);
        if strikes {
            self.note(format_args!("fault {fault:?}"));
        }
        strikes
    }

    pub(super) fn seconds(&mut self, range: std::ops::Range<i64>) -> TimeDelta {
        TimeDelta::seconds(self.rng.i64(range))
    }

    pub(super) fn note(&mut self, what: fmt::Arguments<'_>) {
        let at = (self.now() - beginning()).num_milliseconds();
        self.trace.push(format!("{}.{:03} {what}", at / 1000, at % 1000));
    }

    /// The mail with this id.
    pub(super) fn mail(&self, id: &MailId) -> Option<&Written> {
        self.written.iter().find(|mail| mail.id == *id)
    }
}

/// The clock that the process reads.
pub(super) struct SimClock(pub(super) Arc<World>);

impl Clock for SimClock {
    fn now(&self) -> DateTime<Utc> {
        let inner = self.0.lock();
        inner.now() + inner.skew
    }
}

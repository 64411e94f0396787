//! Lives of the process, one after the other, and what happens meanwhile.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::runtime::Builder;
use tokio_util::sync::CancellationToken;

use super::odoo::{LATEST, PRODUCTS};
use super::people::Clerk;
use super::post::SimPost;
use super::store::SimStore;
use super::weather::Fault;
use super::world::{Inner, SimClock, World};
use super::{maildir, now};
use crate::engine::intake::{IntakeSettings, MaildirDesk, Watch};
use crate::engine::sim::odoo::SimErp;
use crate::engine::{Daemon, Ports, Settings};
use crate::flow::{Partial, Policy};
use crate::mail::OwnAddresses;
use crate::store::Store as _;

/// So many lives must be enough to come to rest.
const LIVES: u32 = 20;
/// The longest that a calm world may take to come to rest.
const PATIENCE: TimeDelta = TimeDelta::hours(3);

/// A world and the people in it, from life to life.
pub(super) struct Play {
    pub(super) world: Arc<World>,
    pub(super) settings: Settings,
    /// How many letters their recipients have read.
    read: usize,
    /// How many first mails are still to be written.
    pub(super) mails: u32,
    /// Until when, truly, the clock is wrong.
    wrong: DateTime<Utc>,
}

/// What a life is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// It lasts so long, and ends in good order, or not.
    Time(TimeDelta, bool),
    /// Nothing is left to do.
    Rest,
}

impl Play {
    pub(super) fn new(world: Arc<World>) -> Self {
        let (together, supplier, mails, wrong) = {
            let mut world = world.lock();
            let supplier = world.rng.bool().then(|| crate::mail::Address {
                name: "Dispo".into(),
                email: "dispo@supplier.example".into(),
            });
            (world.rng.u8(0..4) == 0, supplier, world.rng.u32(2..7), world.now())
        };
        let partial = if together { Partial::Together } else { Partial::Split };
        let settings = Settings {
            policy: Policy { partial, supplier, ..Policy::default() },
            own: OwnAddresses::new(["orders@shop.example"]),
            poll: Duration::from_secs(5),
            ..Settings::default()
        };
        Self { world, settings, read: 0, mails, wrong }
    }

    /// Lives, until nothing is left to do: a mail may still kill some of them.
    pub(super) fn rest(&mut self) -> Result<(), String> {
        for _ in 0..LIVES {
            self.live(Until::Rest, None)?;
            if now(self.rests()) {
                return Ok(());
            }
        }
        Err(format!("{LIVES} lives, and no rest"))
    }

    /// One life of the process, up to its end or its death.
    pub(super) fn live(&mut self, until: Until, dies_at: Option<u64>) -> Result<(), String> {
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let world = Arc::clone(&self.world);
        let lived = runtime.block_on(async {
            let death = world.begin_life();
            world.lock().dies_at = dies_at;
            let lived = self.lived(until, &death).await;
            world.end_life();
            lived
        });
        // Whatever still ran is gone at the step where it was.
        drop(runtime);
        let mut world = self.world.lock();
        let unrecorded = |id: &String| !world.recorded.contains(id);
        let mut lost: Vec<String> =
            world.sent.iter().map(|sent| sent.id.clone()).filter(unrecorded).collect();
        lost.dedup();
        for id in lost {
            *world.unknown.entry(id).or_default() += 1;
        }
        lived
    }

    async fn lived(&mut self, until: Until, death: &CancellationToken) -> Result<(), String> {
        let stop = CancellationToken::new();
        let daemon = self.daemon();
        let token = stop.clone();
        let mut running = tokio::spawn(async move { daemon.run(token).await });
        let began = self.world.lock().now();
        loop {
            let pause = Duration::from_millis(self.world.lock().rng.u64(500..12_000));
            tokio::select! {
                biased;
                () = death.cancelled() => return Ok(()),
                ended = &mut running => return Err(format!("it ended by itself: {ended:?}")),
                () = tokio::time::sleep(pause) => {}
            }
            let lived = self.world.lock().now() - began;
            match until {
                Until::Time(time, _) if lived >= time => break,
                Until::Rest if self.rests().await => break,
                Until::Rest if lived >= PATIENCE => return Err(self.unrest().await),
                _ => self.happens().await,
            }
        }
        if until == Until::Rest || matches!(until, Until::Time(_, true)) {
            stop.cancel();
            tokio::select! {
                biased;
                () = death.cancelled() => {}
                ended = tokio::time::timeout(Duration::from_secs(90), &mut running) => match ended {
                    Ok(Ok(Ok(()))) => {}
                    other => return Err(format!("it did not stop in good order: {other:?}")),
                },
            }
        }
        Ok(())
    }

    fn daemon(&self) -> Daemon {
        let world = &self.world;
        let ports = Ports {
            store: Arc::new(SimStore(Arc::clone(world))),
            erp: Arc::new(SimErp(Arc::clone(world))),
            post: Arc::new(SimPost(Arc::clone(world))),
            desk: Arc::new(MaildirDesk),
            clock: Arc::new(SimClock(Arc::clone(world))),
        };
        let intake = IntakeSettings {
            maildirs: vec![world.maildir.clone()],
            watch: Watch::Poll,
            poll: Duration::from_secs(5),
            ..IntakeSettings::default()
        };
        Daemon::new(ports, self.settings.clone(), intake)
    }

    /// A moment passes in the world.
    async fn happens(&mut self) {
        let clerk = {
            let mut world = self.world.lock();
            world.ripen();
            world.trade();
            if self.mails > 0 && world.rng.u8(0..3) == 0 {
                self.mails -= 1;
                world.write_first();
            }
            if world.weather.lasts() {
                world.answer(&mut self.read);
            }
            world.shut_store();
            self.wrong = world.turn_clock(self.wrong);
            world.weather.lasts() && world.rng.u8(0..15) == 0
        };
        self.world.deliver();
        self.world.meddle();
        if clerk {
            self.world.clerk(&self.settings.policy, Clerk::Glances).await;
        }
    }

    /// No faults any more, and nobody writes.
    pub(super) fn calm(&mut self) {
        let mut world = self.world.lock();
        world.weather.clear();
        world.skew = TimeDelta::zero();
        world.store_shut = None;
        let late = world.now() + LATEST;
        for mail in world.written.iter_mut().filter(|mail| !mail.delivered) {
            mail.due = mail.due.min(late);
        }
        world.note(format_args!("calm"));
    }

    /// Goods for everybody.
    pub(super) fn fill_stock(&self) {
        let mut world = self.world.lock();
        for (id, ..) in PRODUCTS.iter().filter(|product| product.3) {
            world.odoo.free.insert(*id, 1_000.into());
        }
    }

    async fn rests(&self) -> bool {
        {
            let world = self.world.lock();
            let undelivered = world.written.iter().any(|mail| !mail.delivered);
            if undelivered || world.odoo.is_late() {
                return false;
            }
        }
        let store = &self.world.store;
        let placing = |row: &crate::store::CaseRow| row.case.state.in_flight();
        maildir::files(&self.world.maildir, "new").is_empty()
            && store.unread(DateTime::<Utc>::MAX_UTC, 1).await.unwrap().is_empty()
            && store.waiting(None, 1).await.unwrap().is_empty()
            && !self.world.rows().await.iter().any(placing)
    }

    async fn unrest(&self) -> String {
        let store = &self.world.store;
        let mut left: Vec<String> = Vec::new();
        for one in store.waiting(None, 5).await.unwrap() {
            let (name, waits) = (one.effect.name(), one.waits);
            left.push(format!("{} {name} {waits:?} {:?}", one.case, one.error));
        }
        let unread = store.unread(DateTime::<Utc>::MAX_UTC, 5).await.unwrap();
        left.extend(unread.iter().map(|row| format!("unread {} {}", row.id, row.attempts)));
        let rows = self.world.rows().await;
        let placing = rows.iter().filter(|row| row.case.state.in_flight());
        left.extend(placing.map(|row| super::people::stands(&row.case)));
        let new = maildir::files(&self.world.maildir, "new");
        left.extend(new.iter().map(|file| format!("{file:?}")));
        format!("never comes to rest: {}", left.join("; "))
    }
}

impl Inner {
    /// Now and then nothing can be written for a while.
    fn shut_store(&mut self) {
        let busy = self.strikes(Fault::StoreBusy);
        if busy || self.strikes(Fault::StoreFull) {
            let until = self.now() + self.seconds(5..200);
            self.store_shut = Some((until, if busy { Fault::StoreBusy } else { Fault::StoreFull }));
        }
    }

    /// Now and then the clock is a year wrong for a while, or the machine sleeps.
    fn turn_clock(&mut self, wrong: DateTime<Utc>) -> DateTime<Utc> {
        // A clock that is wrong for days cannot be told from one that is right.
        if self.skew.is_zero() && self.strikes(Fault::Sleep) {
            let time = self.seconds(3_600..400_000);
            self.sleep(time);
        }
        let now = self.now();
        if !self.skew.is_zero() {
            if now >= wrong {
                self.skew = TimeDelta::zero();
                self.note(format_args!("the clock is right again"));
            }
            return wrong;
        }
        if self.strikes(Fault::ClockForth) {
            self.skew = TimeDelta::days(365);
        } else if self.strikes(Fault::ClockBack) {
            self.skew = TimeDelta::days(-365);
        } else {
            return wrong;
        }
        now + self.seconds(5..300)
    }
}

//! The whole daemon in simulated time, from a seed: intake, reader, flow, lanes, gates and timers
//! as they are, between an Odoo, a mail server, a clock, a disk and people that misbehave.
//!
//! # What is real, and what is not
//!
//! [`Daemon`](super::Daemon) is the real one, on a real maildir (in memory), and on the real
//! tables of the store (in memory, without their threads). Odoo and the mail server are replaced
//! at their [`ports`](super::ports): the clients behind these have tests of their own, on wires
//! that break. So do the store's threads, its fsync, and inotify.
//!
//! # Why so, and not by turmoil
//!
//! The engine's seams lie above the network: what could go wrong there comes back as one of five
//! classes of errors, before or after it was done. turmoil simulates hosts and their TCP; it would
//! spend most of a seed on HTTP, TLS and SMTP, and would still not decide when the process dies.
//! tokio's own paused clock on one thread gives the same determinism for everything above: time
//! moves only when nobody can, tasks run in the order in which they were woken, and the dice
//! ([`world::World::step`]) choose who is slow. Three things keep it so: the engine takes its
//! moments from tokio's clock, its `select!`s are biased, and what it does
//! [`aside`](super::aside) is done by a task there.
//!
//! # One seed
//!
//! Half of the kinds of [`weather::Fault`], each at a rate of its own; customers who order,
//! correct, answer and do not answer; a clerk; some lives of the process, each ended in good
//! order, by a kill, or by a death between any two steps. Then the world is calm, and the
//! [`judge`] looks at it when it has come to rest, again when every deadline has passed, and again
//! when a person has dealt with what was held.

mod judge;
mod life;
mod maildir;
mod mails;
mod odoo;
mod people;
mod post;
mod proof;
mod scenarios;
mod store;
mod weather;
mod world;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;
use tokio::runtime::Builder;

use judge::Judge;
use life::{Play, Until};
use people::Clerk;
use weather::{Fault, Weather};
use world::{Liar, World};

/// What a seed led to.
#[derive(Debug)]
struct Run {
    seed: u64,
    trace: Vec<String>,
    weather: Weather,
    mails: usize,
    orders: usize,
    letters: usize,
    doubled: usize,
    wrong: Vec<String>,
}

impl Run {
    fn hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.trace.hash(&mut hasher);
        hasher.finish()
    }

    /// What is wrong, and how to see it again.
    fn verdict(&self) -> Option<String> {
        if self.wrong.is_empty() {
            return None;
        }
        let (seed, wrong) = (self.seed, self.wrong.join("\n  "));
        Some(format!(
            "seed {seed}:\n  {wrong}\nagain: POSTORDER_SEED={seed} cargo test --lib \
             engine::sim::proof::one_seed -- --nocapture"
        ))
    }
}

/// A folder for one world: in memory where there is some.
fn folder() -> tempfile::TempDir {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}

/// A world, in a folder that lives as long as it is needed.
fn begin(seed: u64, weather: Option<Weather>, liar: Option<Liar>) -> (Play, tempfile::TempDir) {
    // The engine's own jitter too.
    fastrand::seed(seed);
    let folder = folder();
    let root = folder.path().join("maildir");
    maildir::make(&root);
    let mut world = World::new(seed, weather, root);
    world.liar = liar;
    (Play::new(Arc::new(world)), folder)
}

/// Runs a seed from beginning to end.
fn run(seed: u64, weather: Option<Weather>, liar: Option<Liar>) -> Run {
    let (mut play, _folder) = begin(seed, weather, liar);
    let mut judge = Judge::default();
    if let Err(error) = acts(&mut play, &mut judge) {
        judge.wrong.push(error);
    }
    let world = play.world.lock();
    let mut letters: Vec<&str> = world.sent.iter().map(|sent| sent.id.as_str()).collect();
    letters.sort_unstable();
    letters.dedup();
    Run {
        seed,
        weather: world.weather.clone(),
        mails: world.written.len(),
        orders: world.odoo.orders.len(),
        letters: world.sent.len(),
        doubled: world.sent.len() - letters.len(),
        trace: world.trace.clone(),
        wrong: judge.wrong,
    }
}

/// A storm, a calm, and the times after it.
fn acts(play: &mut Play, judge: &mut Judge) -> Result<(), String> {
    storm(play)?;
    play.calm();
    play.rest()?;
    look(judge, play);
    pass(play)?;
    play.fill_stock();
    play.world.lock().sleep(play.settings.policy.stock_check_every * 2);
    play.rest()?;
    look(judge, play);
    now(judge.all_over(play, false));
    // What a person approves may have to wait once more, or need them again.
    now(play.world.clerk(&play.settings.policy, Clerk::Decides));
    play.rest()?;
    pass(play)?;
    now(play.world.clerk(&play.settings.policy, Clerk::Rejects));
    play.rest()?;
    look(judge, play);
    now(judge.all_over(play, true));
    Ok(())
}

/// All deadlines pass: the reminder's, the end's, and the end's of what was reminded last.
fn pass(play: &mut Play) -> Result<(), String> {
    let policy = &play.settings.policy;
    let (remind, expire) = (policy.remind_after, policy.expire_after);
    for time in [remind, expire - remind, TimeDelta::days(1)] {
        play.world.lock().sleep(time + TimeDelta::hours(1));
        play.rest()?;
    }
    Ok(())
}

fn storm(play: &mut Play) -> Result<(), String> {
    let lives = play.world.lock().rng.u8(2..5);
    let mut died = false;
    for _ in 0..lives {
        let (until, dies_at) = {
            let mut world = play.world.lock();
            let time = world.seconds(40..300);
            let good = world.rng.bool();
            let dies_at = if died && world.strikes(Fault::CrashInRecovery) {
                Some(world.rng.u64(1..30))
            } else if world.strikes(Fault::Crash) {
                Some(world.rng.u64(1..250))
            } else {
                None
            };
            died = dies_at.is_some();
            (Until::Time(time, good), dies_at)
        };
        play.live(until, dies_at)?;
        let mut world = play.world.lock();
        if world.skew.is_zero() && world.strikes(Fault::Sleep) {
            let time = world.seconds(60..400_000);
            world.sleep(time);
        }
    }
    Ok(())
}

fn look(judge: &mut Judge, play: &Play) {
    now(judge.look(play));
}

/// Does what needs no time: the store answers at once.
fn now<T>(work: impl Future<Output = T>) -> T {
    Builder::new_current_thread().build().unwrap().block_on(work)
}

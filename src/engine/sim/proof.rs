//! Many seeds, one seed, and the lies that the judge must find out.

use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::weather::Fault;
use super::world::Liar;
use super::{Run, run};

/// How many seeds every test run tries.
const SEEDS: u64 = 1_000;

fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Sums over seeds.
#[derive(Debug, Default)]
struct Sums {
    mails: usize,
    orders: usize,
    letters: usize,
    doubled: usize,
    struck: Vec<u32>,
    failures: Vec<String>,
}

impl Sums {
    fn add(&mut self, run: &Run) {
        self.mails += run.mails;
        self.orders += run.orders;
        self.letters += run.letters;
        self.doubled += run.doubled;
        self.struck.resize(Fault::ALL.len(), 0);
        for (sum, fault) in self.struck.iter_mut().zip(Fault::ALL) {
            *sum += run.weather.struck(*fault);
        }
        self.failures.extend(run.verdict());
    }
}

/// `POSTORDER_SEEDS=10000` runs more than usual, `POSTORDER_FIRST_SEED` others.
#[test]
fn a_thousand_seeds() {
    let seeds = asked("POSTORDER_SEEDS").unwrap_or(SEEDS);
    let first = asked("POSTORDER_FIRST_SEED").unwrap_or(1);
    let (next, sums) = (AtomicU64::new(0), Mutex::new(Sums::default()));
    let workers = thread::available_parallelism().map_or(2, std::num::NonZero::get);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= seeds {
                        break;
                    }
                    let run = run(first + number, None, None);
                    sums.lock().unwrap().add(&run);
                }
            });
        }
    });
    let sums = sums.into_inner().unwrap();
    let mut kinds = String::new();
    for (fault, struck) in Fault::ALL.iter().zip(&sums.struck) {
        let _ = write!(kinds, " {fault:?} {struck}");
    }
    let faults: u32 = sums.struck.iter().sum();
    println!(
        "seeds {seeds} faults {faults} mails {} orders {} letters {} letters doubled {} failing {}\n{kinds}",
        sums.mails,
        sums.orders,
        sums.letters,
        sums.doubled,
        sums.failures.len()
    );
    let shown: Vec<&str> = sums.failures.iter().map(String::as_str).take(20).collect();
    assert!(shown.is_empty(), "{} of {seeds} fail\n{}", sums.failures.len(), shown.join("\n"));
    if seeds >= SEEDS {
        let idle: Vec<_> =
            Fault::ALL.iter().zip(&sums.struck).filter(|(_, struck)| **struck == 0).collect();
        assert!(idle.is_empty(), "these faults never struck: {idle:?}");
    }
}

/// `POSTORDER_SEED=123` runs that one, and tells all of it.
#[test]
fn one_seed() {
    let asked = asked("POSTORDER_SEED");
    let run = run(asked.unwrap_or(1), None, None);
    if asked.is_some() {
        println!("{}\n{}", run.trace.join("\n"), run.weather);
    }
    assert!(run.verdict().is_none(), "{}", run.verdict().unwrap_or_default());
}

#[test]
fn a_seed_leads_to_the_same_world_every_time() {
    let mut told = 0;
    for seed in 1..=12 {
        let (one, other) = (run(seed, None, None), run(seed, None, None));
        let differs = one.trace.iter().zip(&other.trace).position(|(one, other)| one != other);
        assert_eq!(one.hash(), other.hash(), "seed {seed}, from line {differs:?}");
        told += one.trace.len();
    }
    assert!(told > 1_000, "twelve worlds in {told} lines: they tell nothing");
}

/// The judge finds a lie out with some seed of many; `says` is what it then says.
fn finds_out(liar: Liar, says: &str) {
    let found = (1..=60).any(|seed| {
        let run = run(seed, None, Some(liar));
        run.wrong.iter().any(|wrong| wrong.contains(says))
    });
    assert!(found, "{liar:?} was never found out");
}

#[test]
fn an_odoo_that_orders_twice_is_found_out() {
    finds_out(Liar::OdooDoubles, "is doubled");
}

#[test]
fn an_odoo_that_reserves_nothing_is_found_out() {
    finds_out(Liar::OdooPromises, "promises what is not reserved");
}

#[test]
fn a_mail_server_that_forgets_is_found_out() {
    finds_out(Liar::PostForgets, "is lost");
}

#[test]
fn a_store_that_forgets_an_event_is_found_out() {
    finds_out(Liar::StoreForgets, "its story");
}

#[test]
fn a_store_that_gives_a_letter_out_twice_is_found_out() {
    finds_out(Liar::StoreRepeats, "arrived 2 times");
}

#[test]
fn a_store_that_forgets_a_mail_is_found_out() {
    finds_out(Liar::IntakeForgets, "is lost");
}

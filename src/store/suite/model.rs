//! Whatever is done to a store, in whatever order: it behaves as a simple list in memory does.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;

/// One thing done to the store. Numbers choose among what there is.
#[derive(Debug, Clone)]
pub(crate) enum Op {
    TakeIn { mail: u64, sender: u64 },
    BeginReading { mail: u64 },
    Fail { mail: u64 },
    Replay { mail: u64 },
    Record(Recording),
    WakeLater { case: u64, late: bool, after: i64 },
    Lease { target: usize, limit: usize },
    Retry { pick: usize, after: i64 },
    Release { pick: usize },
    ReleaseAll { longest: u64 },
    Bury { pick: usize },
    Revive { case: u64 },
    Pass { seconds: i64 },
}

#[derive(Debug, Clone)]
pub(crate) struct Recording {
    case: u64,
    /// Made on a version that is gone.
    late: bool,
    effects: Vec<usize>,
    wake: Option<i64>,
    ends: bool,
    finishes: Option<usize>,
    reads: Option<u64>,
    /// Its effects are taken at once.
    takes: bool,
}

/// Sequences of things to do.
pub(crate) fn ops() -> impl Strategy<Value = Vec<Op>> {
    let (mail, case, pick) = (0..6_u64, 0..4_u64, 0..20_usize);
    let recording = (
        case.clone(),
        prop::bool::weighted(0.1),
        prop::collection::vec(0..4_usize, 0..4),
        prop::option::of(0..100_i64),
        prop::bool::weighted(0.2),
        prop::option::of(pick.clone()),
        prop::option::weighted(0.3, mail.clone()),
        prop::bool::weighted(0.3),
    )
        .prop_map(|(case, late, effects, wake, ends, finishes, reads, takes)| {
            Op::Record(Recording { case, late, effects, wake, ends, finishes, reads, takes })
        });
    let op = prop_oneof![
        3 => (mail.clone(), 0..3_u64).prop_map(|(mail, sender)| Op::TakeIn { mail, sender }),
        1 => mail.clone().prop_map(|mail| Op::BeginReading { mail }),
        1 => mail.clone().prop_map(|mail| Op::Fail { mail }),
        1 => mail.prop_map(|mail| Op::Replay { mail }),
        6 => recording,
        1 => (case.clone(), prop::bool::ANY, 0..100_i64)
            .prop_map(|(case, late, after)| Op::WakeLater { case, late, after }),
        5 => (0..3_usize, 1..5_usize).prop_map(|(target, limit)| Op::Lease { target, limit }),
        2 => (pick.clone(), 0..100_i64).prop_map(|(pick, after)| Op::Retry { pick, after }),
        1 => pick.clone().prop_map(|pick| Op::Release { pick }),
        1 => (0..60_u64).prop_map(|longest| Op::ReleaseAll { longest }),
        1 => pick.prop_map(|pick| Op::Bury { pick }),
        1 => case.prop_map(|case| Op::Revive { case }),
        2 => (0..90_i64).prop_map(|seconds| Op::Pass { seconds }),
    ];
    prop::collection::vec(op, 1..60)
}

/// Where an effect stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Waits(Waits),
    Done,
    Dead,
}

#[derive(Debug, Clone)]
struct ModelEffect {
    case: u64,
    effect: Effect,
    stand: Stand,
    attempts: u32,
    /// A try came back with an error.
    answered: bool,
    decided: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ModelMail {
    Unread(u32),
    Read,
    Failed,
}

#[derive(Debug, Default)]
struct Model {
    seconds: i64,
    mails: BTreeMap<u64, ModelMail>,
    /// Version, wake time, ended.
    cases: BTreeMap<u64, (i64, Option<DateTime<Utc>>, bool)>,
    effects: BTreeMap<EffectId, ModelEffect>,
}

/// Does these things to an empty store, and looks at all of it after each.
pub(crate) async fn behaves_like_the_model(store: &dyn Store, ops: Vec<Op>) {
    let mut model = Model::default();
    for op in ops {
        model.apply(store, op).await;
        model.compare(store).await;
    }
}

fn effect(kind: usize, case: u64) -> Effect {
    match kind {
        0 => look_up(case),
        1 => file(case),
        2 => letter("t-1", "one@example.com"),
        _ => letter("t-2", "two@example.com"),
    }
}

impl Model {
    fn now(&self) -> DateTime<Utc> {
        at(self.seconds)
    }

    async fn apply(&mut self, store: &dyn Store, op: Op) {
        let now = self.now();
        match op {
            Op::TakeIn { mail, sender } => {
                let from = format!("{sender}@example.com");
                let taken = store.take_in(new_mail(mail, &from)).await.unwrap();
                assert_eq!(taken == TakenIn::New, !self.mails.contains_key(&mail));
                self.mails.entry(mail).or_insert(ModelMail::Unread(0));
            }
            Op::BeginReading { mail } => {
                store.begin_reading(vec![mail_id(mail)]).await.unwrap();
                if let Some(ModelMail::Unread(attempts)) = self.mails.get_mut(&mail) {
                    *attempts += 1;
                }
            }
            Op::Fail { mail } => {
                let unread = matches!(self.mails.get(&mail), Some(ModelMail::Unread(_)));
                let failed = store.fail_mail(mail_id(mail), "odd".into()).await;
                assert_eq!(failed.is_ok(), unread);
                if unread {
                    self.mails.insert(mail, ModelMail::Failed);
                }
            }
            Op::Replay { mail } => {
                let failed = self.mails.get(&mail) == Some(&ModelMail::Failed);
                assert_eq!(store.replay_mail(mail_id(mail)).await.unwrap(), failed);
                if failed {
                    self.mails.insert(mail, ModelMail::Unread(0));
                }
            }
            Op::Record(recording) => self.record(store, recording).await,
            Op::WakeLater { case, late, after } => {
                let version = self.cases.get(&case).map_or(0, |known| known.0);
                let wake = now + TimeDelta::seconds(after);
                let asked = version - i64::from(late);
                let moved = store.wake_later(key(case), asked, wake).await.unwrap();
                assert_eq!(moved, version > 0 && !late);
                if let Some(known) = self.cases.get_mut(&case).filter(|_| moved) {
                    known.1 = Some(wake);
                }
            }
            Op::Pass { seconds } => self.seconds += seconds,
            other => self.work(store, other).await,
        }
    }

    /// The process has ended with what was leased, and starts anew.
    fn release_all(&mut self, now: DateTime<Utc>, longest: u64) -> u64 {
        let lost = |known: &ModelEffect| if known.answered { 0 } else { known.attempts };
        let leased =
            |known: &&mut ModelEffect| matches!(known.stand, Stand::Waits(Waits::Leased(_)));
        let (ended, others): (Vec<_>, Vec<_>) = self.effects.values_mut().partition(leased);
        let no_suspect = ended.iter().all(|known| lost(known) <= SUSPECT);
        let latest = now + TimeDelta::seconds(i64::try_from(longest).unwrap());
        for known in others {
            if let Stand::Waits(Waits::Until(until)) = known.stand {
                known.stand = Stand::Waits(Waits::Until(until.min(latest)));
                if no_suspect && !ended.is_empty() && !known.answered {
                    known.attempts = 0;
                }
            }
        }
        let released = ended.len() as u64;
        for known in ended {
            known.stand = Stand::Waits(match lost(known) {
                0..SUSPECT => Waits::Ready,
                tries => Waits::Until(latest.min(now + apart(tries))),
            });
        }
        released
    }

    async fn work(&mut self, store: &dyn Store, op: Op) {
        let now = self.now();
        match op {
            Op::Lease { target, limit } => self.lease(store, target, limit).await,
            Op::Retry { pick, after } => {
                let Some(id) = self.pick(pick) else { return };
                let until = now + TimeDelta::seconds(after);
                store.retry(vec![id], until, "away".into()).await.unwrap();
                let known = self.effects.get_mut(&id).unwrap();
                if matches!(known.stand, Stand::Waits(Waits::Leased(_))) {
                    known.stand = Stand::Waits(Waits::Until(until));
                    known.answered = true;
                }
            }
            Op::Release { pick } => {
                let Some(id) = self.pick(pick) else { return };
                store.release(vec![id]).await.unwrap();
                let known = self.effects.get_mut(&id).unwrap();
                if matches!(known.stand, Stand::Waits(Waits::Leased(_))) {
                    known.stand = Stand::Waits(Waits::Ready);
                    known.attempts -= 1;
                }
            }
            Op::ReleaseAll { longest } => {
                let released = self.release_all(now, longest);
                let longest = Duration::from_secs(longest);
                assert_eq!(store.release_all(now, longest).await.unwrap(), released);
            }
            Op::Bury { pick } => {
                let Some(id) = self.pick(pick) else { return };
                let buried = store.bury(id, now, "never".into()).await;
                let known = self.effects.get_mut(&id).unwrap();
                assert_eq!(buried.is_ok(), matches!(known.stand, Stand::Waits(_)));
                if buried.is_ok() {
                    known.stand = Stand::Dead;
                    known.answered = true;
                }
            }
            Op::Revive { case } => {
                let mut revived = 0;
                for known in self.effects.values_mut() {
                    if known.case == case && known.stand == Stand::Dead {
                        known.stand = Stand::Waits(Waits::Ready);
                        (known.attempts, known.decided) = (0, now);
                        revived += 1;
                    }
                }
                assert_eq!(store.revive(key(case), now).await.unwrap(), revived);
            }
            _ => {}
        }
    }

    fn pick(&self, pick: usize) -> Option<EffectId> {
        self.effects.keys().nth(pick % self.effects.len().max(1)).copied()
    }

    async fn lease(&mut self, store: &dyn Store, target: usize, limit: usize) {
        let now = self.now();
        let target = [Target::Odoo, Target::Smtp, Target::Maildir][target];
        let leased = store.lease(target, &[], limit, now, MINUTE).await.unwrap();
        for known in self.effects.values_mut() {
            if let Stand::Waits(Waits::Until(until) | Waits::Leased(until)) = known.stand
                && until <= now
            {
                known.stand = Stand::Waits(Waits::Ready);
            }
        }
        let ready = |known: &&ModelEffect| {
            known.stand == Stand::Waits(Waits::Ready) && known.effect.target() == target
        };
        let expected = self.effects.values().filter(ready).count().min(limit);
        assert_eq!(leased.len(), expected);
        for one in leased {
            let known = self.effects.get_mut(&one.id).unwrap();
            assert!(ready(&&*known), "{one:?}");
            assert_eq!((one.case, one.effect), (key(known.case), known.effect.clone()));
            assert_eq!((one.attempts, one.decided_at), (known.attempts, known.decided));
            known.stand = Stand::Waits(Waits::Leased(now + TimeDelta::minutes(1)));
            known.attempts += 1;
        }
    }

    async fn record(&mut self, store: &dyn Store, recording: Recording) {
        let now = self.now();
        let Recording { case, late, effects, wake, ends, finishes, reads, takes } = recording;
        let version = self.cases.get(&case).map_or(0, |known| known.0);
        let effects: Vec<_> = effects.into_iter().map(|kind| effect(kind, case)).collect();
        let mut decision = opening(case, "a@example.com", effects.clone());
        decision.expected = if late { version + 1 } else { version };
        decision.at = now;
        decision.wake_at = wake.map(|after| now + TimeDelta::seconds(after));
        decision.finishes = finishes.and_then(|pick| self.pick(pick));
        decision.reads = reads.map(mail_id);
        if takes {
            decision.taken = effects.iter().map(|effect| (effect.name(), MINUTE)).collect();
        }
        if ends {
            decision.case.state = State::Ended(Outcome::Ordered);
        }
        let (wake_at, finishes) = (decision.wake_at, decision.finishes);
        let open = |id| matches!(self.effects[&id].stand, Stand::Waits(_));
        let unread = |mail| matches!(self.mails.get(&mail), Some(ModelMail::Unread(_)));
        let fits = finishes.is_none_or(open) && reads.is_none_or(unread);
        let before: BTreeSet<_> = self.effects.keys().copied().collect();
        match store.record(decision).await {
            Ok(recorded) => assert!(!late && fits && recorded.version == version + 1),
            Err(StoreError::Conflict { .. }) => return assert!(late),
            Err(StoreError::Stale(_)) => return assert!(!late && !fits),
            Err(error) => panic!("{error}"),
        }
        self.cases.insert(case, (version + 1, wake_at, ends));
        if let Some(known) = finishes.and_then(|id| self.effects.get_mut(&id)) {
            known.stand = Stand::Done;
        }
        if let Some(mail) = reads {
            self.mails.insert(mail, ModelMail::Read);
        }
        let waiting = store.waiting(None, 10_000).await.unwrap();
        let fresh: Vec<_> = waiting.iter().filter(|one| !before.contains(&one.id)).collect();
        assert_eq!(
            fresh.iter().map(|one| &one.effect).collect::<Vec<_>>(),
            effects.iter().collect::<Vec<_>>()
        );
        for one in fresh {
            let taken = Waits::Leased(now + TimeDelta::minutes(1));
            let stand = Stand::Waits(if takes { taken } else { Waits::Ready });
            let (effect, attempts) = (one.effect.clone(), u32::from(takes));
            let answered = false;
            let known = ModelEffect { case, effect, stand, attempts, answered, decided: now };
            self.effects.insert(one.id, known);
        }
    }

    async fn compare(&self, store: &dyn Store) {
        let unread: BTreeMap<_, _> = store
            .unread(at(0), 1000)
            .await
            .unwrap()
            .into_iter()
            .map(|row| (row.id, row.attempts))
            .collect();
        let expected = self.mails.iter().filter_map(|(mail, stand)| match stand {
            ModelMail::Unread(attempts) => Some((mail_id(*mail), *attempts)),
            _ => None,
        });
        assert_eq!(unread, expected.collect());
        self.compare_effects(store).await;
        self.compare_counts(store).await;
        for (case, (version, wake, _)) in &self.cases {
            let row = store.case(key(*case)).await.unwrap().unwrap();
            assert_eq!((row.version, row.wake_at), (*version, *wake));
        }
        let mut due: Vec<_> = self
            .cases
            .iter()
            .filter_map(|(case, known)| {
                known.1.filter(|wake| *wake <= self.now()).map(|wake| (wake, key(*case)))
            })
            .collect();
        due.sort();
        let wakes: Vec<_> = due.iter().map(|one| one.0).collect();
        let mut listed = Vec::new();
        for key in store.due(self.now(), 1000).await.unwrap() {
            listed.push(due.iter().find(|one| one.1 == key).unwrap().0);
        }
        assert_eq!(listed, wakes);
    }

    async fn compare_effects(&self, store: &dyn Store) {
        let waiting: Vec<_> = store
            .waiting(None, 10_000)
            .await
            .unwrap()
            .into_iter()
            .map(|one| (one.id, Stand::Waits(one.waits), one.attempts))
            .collect();
        let open = self.effects.iter().filter(|(_, known)| matches!(known.stand, Stand::Waits(_)));
        let expected: Vec<_> = open.map(|(id, known)| (*id, known.stand, known.attempts)).collect();
        assert_eq!(waiting, expected);
        let timed = self.effects.values().filter_map(|known| match known.stand {
            Stand::Waits(Waits::Until(time) | Waits::Leased(time)) => Some(time),
            _ => None,
        });
        let wakes = self.cases.values().filter_map(|known| known.1);
        assert_eq!(store.next_wake().await.unwrap(), timed.chain(wakes).min());
        let since = self.now() - TimeDelta::seconds(100);
        let to_one = self.effects.values().filter(|known| {
            known.effect == effect(2, 0) && known.stand != Stand::Dead && known.decided >= since
        });
        let counted = store.letters_to("one@example.com".into(), since).await.unwrap();
        assert_eq!(counted as usize, to_one.count());
    }

    async fn compare_counts(&self, store: &dyn Store) {
        let mails = |wanted: fn(&ModelMail) -> bool| {
            self.mails.values().filter(|mail| wanted(mail)).count() as u64
        };
        let mut expected = Counts {
            mails_received: mails(|mail| matches!(mail, ModelMail::Unread(_))),
            mails_failed: mails(|mail| *mail == ModelMail::Failed),
            mails: self.mails.len() as u64,
            ..Counts::default()
        };
        for (_, _, ended) in self.cases.values() {
            let state = if *ended { "ended" } else { "new" };
            *expected.cases.entry(state.into()).or_default() += 1;
        }
        for known in self.effects.values() {
            match known.stand {
                Stand::Waits(_) => {
                    *expected.outbox.entry(known.effect.target()).or_default() += 1;
                }
                Stand::Dead => expected.dead_letters += 1,
                Stand::Done => {}
            }
        }
        assert_eq!(store.counts().await.unwrap(), expected);
    }
}

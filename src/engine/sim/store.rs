//! The store, which may be locked or full for a while, and between whose steps the process dies.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::Instant;

use super::mails::Harm;
use super::weather::Fault;
use super::world::{Inner, Liar, World};
use crate::flow::{CaseKey, Effect, Event, LetterKind, Target};
use crate::mail::MailId;
use crate::store::{
    Answer, CaseFilter, CaseRow, Counts, DeadLetter, Decision, EffectId, EventRow, Leased, Longest,
    MailRow, NewMail, Recorded, Store, StoreError, TakenIn, Undone, Waiting,
};

/// The store, as the engine sees it.
pub(super) struct SimStore(pub(super) Arc<World>);

impl SimStore {
    /// Before a write: it may not be possible now.
    async fn before(&self, what: &'static str) -> Result<(), StoreError> {
        self.0.step(what).await;
        let mut world = self.0.lock();
        let now = world.now();
        if world.store_shut.is_some_and(|(until, _)| now >= until) {
            world.store_shut = None;
        }
        match world.store_shut {
            Some((_, Fault::StoreFull)) => Err(StoreError::Full("no space left".into())),
            Some(_) => Err(StoreError::Busy("another process".into())),
            None => Ok(()),
        }
    }
}

macro_rules! passed_on {
    ($($kind:ident $name:ident($($arg:ident: $of:ty),*) -> $to:ty;)*) => {
        $(passed_on!(@$kind $name($($arg: $of),*) -> $to);)*
    };
    (@reads $name:ident($($arg:ident: $of:ty),*) -> $to:ty) => {
        fn $name(&self, $($arg: $of),*) -> Answer<'_, $to> {
            Box::pin(async move {
                self.0.step(stringify!($name)).await;
                self.0.store.$name($($arg),*).await
            })
        }
    };
    (@writes $name:ident($($arg:ident: $of:ty),*) -> $to:ty) => {
        fn $name(&self, $($arg: $of),*) -> Answer<'_, $to> {
            Box::pin(async move {
                self.before(stringify!($name)).await?;
                let done = self.0.store.$name($($arg),*).await;
                self.0.step(concat!(stringify!($name), " done")).await;
                done
            })
        }
    };
}

impl Store for SimStore {
    fn take_in(&self, mail: NewMail) -> Answer<'_, TakenIn> {
        Box::pin(async move {
            self.before("take_in").await?;
            let id = mail.id.clone();
            let taken = if self.0.lies(Liar::IntakeForgets) {
                Ok(TakenIn::New)
            } else {
                self.0.store.take_in(mail).await
            };
            self.0.note(format_args!("mail {id} {}", matches!(taken, Ok(TakenIn::New))));
            self.0.step("take_in done").await;
            taken
        })
    }

    fn raw(&self, id: MailId) -> Answer<'_, Option<Vec<u8>>> {
        Box::pin(async move {
            self.0.step("raw").await;
            let harm = self.0.lock().mail(&id).and_then(|mail| mail.harm);
            match harm {
                Some(Harm::Breaks) => std::panic::resume_unwind(Box::new("a poison mail")),
                Some(Harm::Kills) => {
                    self.0.lock().die(format_args!("killed by mail {id}"));
                    std::future::pending().await
                }
                None => self.0.store.raw(id).await,
            }
        })
    }

    fn record(&self, decision: Decision) -> Answer<'_, Recorded> {
        Box::pin(async move {
            self.before("record").await?;
            let (key, event) = (decision.case.key.clone(), decision.event.clone());
            let state = decision.case.state.name();
            let reminds = decision.effects.iter().any(|effect| {
                matches!(effect, Effect::Send(letter) if letter.kind == LetterKind::Reminder)
            });
            let finishes = decision.finishes;
            let lease_of =
                |effect: &Effect| decision.taken.iter().any(|(kind, _)| *kind == effect.name());
            let taken: Vec<bool> = decision.effects.iter().map(lease_of).collect();
            let sent = finishes.filter(|_| matches!(event, Event::LetterSent { .. }));
            let done = self.0.store.record(decision).await;
            if let (Ok(_), Some(id)) = (&done, sent)
                && self.0.lies(Liar::StoreRepeats)
            {
                let sql = format!("UPDATE effects SET state = 'ready' WHERE id = {}", id.0);
                self.0.store.tamper(&sql);
            }
            if let Ok(Recorded { version: number, .. }) = &done
                && self.0.lies(Liar::StoreForgets)
            {
                let key = &key;
                self.0.store.tamper(&format!(
                    "DROP TRIGGER events_stay; DELETE FROM events WHERE case_seq = (SELECT seq FROM cases WHERE key = '{key}') AND number = {number}"
                ));
            }
            if done.is_ok() {
                let mut world = self.0.lock();
                world.moved(&key, &event, state, reminds);
                world.let_go(finishes.as_slice());
            }
            if let Ok(Recorded { effects, .. }) = &done {
                let taken = effects.iter().zip(taken).filter(|(_, taken)| *taken);
                let leases = taken.map(|(id, _)| (*id, Instant::now()));
                self.0.lock().leases.extend(leases);
            }
            self.0.step("record done").await;
            done
        })
    }

    fn lease(
        &self,
        target: Target,
        kinds: &'static [&'static str],
        limit: usize,
        now: DateTime<Utc>,
        lease: Duration,
    ) -> Answer<'_, Vec<Leased>> {
        Box::pin(async move {
            self.before("lease").await?;
            let leased = self.0.store.lease(target, kinds, limit, now, lease).await?;
            for one in &leased {
                let (name, number) = (one.effect.name(), one.attempts);
                self.0.note(format_args!("{} takes {name} {} try {number}", one.case, one.id.0));
                self.0.lock().leased(one, lease);
            }
            if !leased.is_empty() {
                self.0.step("lease done").await;
            }
            Ok(leased)
        })
    }

    fn retry(
        &self,
        ids: Vec<EffectId>,
        not_before: DateTime<Utc>,
        error: String,
    ) -> Answer<'_, ()> {
        Box::pin(async move {
            self.before("retry").await?;
            let done = self.0.store.retry(ids.clone(), not_before, error).await;
            self.0.lock().let_go(&ids);
            self.0.step("retry done").await;
            done
        })
    }

    fn release(&self, ids: Vec<EffectId>) -> Answer<'_, ()> {
        Box::pin(async move {
            self.before("release").await?;
            let done = self.0.store.release(ids.clone()).await;
            self.0.lock().let_go(&ids);
            self.0.step("release done").await;
            done
        })
    }

    fn bury(&self, id: EffectId, at: DateTime<Utc>, reason: String) -> Answer<'_, ()> {
        Box::pin(async move {
            self.before("bury").await?;
            let done = self.0.store.bury(id, at, reason).await;
            self.0.lock().let_go(&[id]);
            self.0.step("bury done").await;
            done
        })
    }

    passed_on! {
        reads unread(now: DateTime<Utc>, limit: usize) -> Vec<MailRow>;
        reads begins(case: CaseKey) -> bool;
        writes put_off(id: MailId, case: CaseKey, until: DateTime<Utc>) -> bool;
        writes begin_reading(ids: Vec<MailId>) -> ();
        writes fail_mail(id: MailId, reason: String) -> ();
        writes replay_mail(id: MailId) -> bool;
        reads failed_mails(limit: usize) -> Vec<MailRow>;
        reads mail(id: MailId) -> Option<MailRow>;
        reads mails(ids: Vec<MailId>) -> Vec<MailRow>;
        writes moved(id: MailId, file: String) -> ();
        reads case(key: CaseKey) -> Option<CaseRow>;
        reads case_of_message(message_ids: Vec<String>) -> Option<CaseKey>;
        reads cases(filter: CaseFilter) -> Vec<CaseRow>;
        reads events(key: CaseKey) -> Vec<EventRow>;
        reads mails_of(key: CaseKey) -> Vec<MailRow>;
        reads due(now: DateTime<Utc>, limit: usize) -> Vec<CaseKey>;
        writes wake_later(key: CaseKey, version: i64, at: DateTime<Utc>) -> bool;
        writes release_all(now: DateTime<Utc>, longest_wait: Duration) -> u64;
        writes set_back(now: DateTime<Utc>, longest: Longest) -> u64;
        reads waiting(key: Option<CaseKey>, limit: usize) -> Vec<Waiting>;
        reads dead_letters(key: Option<CaseKey>, limit: usize) -> Vec<DeadLetter>;
        writes revive(key: CaseKey, now: DateTime<Utc>) -> u64;
        reads undone() -> Undone;
        reads next_wake() -> Option<DateTime<Utc>>;
        reads letters_to(address: String, since: DateTime<Utc>) -> u32;
        reads counts() -> Counts;
        writes prune(before: DateTime<Utc>) -> u64;
    }
}

impl Inner {
    /// An effect is leased. If this life has leased it before, and neither ended it nor given it
    /// back, nobody had it in hand: no work takes as long as a lease, but for a clock that is set.
    fn leased(&mut self, one: &Leased, lease: Duration) {
        let before = self.leases.insert(one.id, Instant::now());
        if before.is_some_and(|at| at.elapsed() >= lease) {
            let (case, name) = (&one.case, one.effect.name());
            self.wrong.push(format!("{case}: nobody had {name} {} in hand", one.id.0));
        }
    }

    /// Effects are done, or given back.
    fn let_go(&mut self, ids: &[EffectId]) {
        for id in ids {
            self.leases.remove(id);
        }
    }

    /// A decision is recorded.
    fn moved(&mut self, key: &CaseKey, event: &Event, state: &'static str, reminds: bool) {
        if let Event::LetterSent { message_id, .. } = event {
            self.recorded.insert(message_id.clone());
        }
        self.note(format_args!("{key} {} -> {state}", told(event)));
        let now = self.now();
        let name = if reminds { "reminded" } else { event.name() };
        self.moves.push((key.clone(), name, state, now));
    }
}

/// An event in few words, for the trace.
fn told(event: &Event) -> String {
    match event {
        Event::MailRead(mail) => format!("mail_read {} {:?}", mail.mail, mail.reading.intent),
        Event::LetterSent { message_id, .. } => format!("letter_sent {message_id}"),
        Event::LetterFailed { kind, failure, .. } => {
            format!("letter_failed {} {:?}", kind.name(), failure.class)
        }
        other => other.name().to_owned(),
    }
}

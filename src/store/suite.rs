//! What every store must do, whatever it is made of: run on each by [`suite!`].

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::flow::{Case, Effect, Event, File, Letter, LetterKind, LookUp, Outcome, State};
use crate::mail::Address;
use crate::reading::Lang;

/// Names the tests of this file once; `$open` makes an empty store, which lives as long as its
/// second part.
macro_rules! suite {
    ($open:expr) => {
        $crate::store::suite::suite!(@ $open;
            takes_a_mail_in_once
            remembers_a_mail_as_it_came
            sets_a_mail_aside_in_the_same_moment
            sets_aside_and_replays
            marks_attempts_to_read
            unread_mails_take_turns_between_senders
            records_a_decision_whole
            refuses_a_decision_on_an_old_version
            reads_a_mail_once
            finishes_an_effect_once
            a_refused_decision_leaves_nothing_behind
            leases_once
            leases_the_kinds_asked_for
            effects_take_turns_between_senders
            a_lease_runs_out
            retries_at_their_time
            waking_keeps_turns
            release_does_not_count
            release_all_counts_and_cuts_waits
            buries_and_revives
            tells_what_waits
            lists_due_cases_most_overdue_first
            a_case_may_be_woken_later
            next_wake_is_the_earliest
            finds_the_case_of_a_message
            lists_cases_by_filter
            counts_letters_to_an_address
            counts_what_lies_where
            prunes_what_ended
            many_writers_at_once
        );
    };
    (@ $open:expr; $($name:ident)*) => {
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            let (store, _keep) = $open;
            $crate::store::suite::$name(&store).await;
        })*
    };
}
pub(crate) use suite;

/// A moment, in seconds after an arbitrary one.
pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_713_340_800 + seconds, 0).unwrap()
}

/// A mail's id by number; the numbers' keys differ too.
pub(crate) fn mail_id(number: u64) -> MailId {
    MailId::parse(&format!("{:016x}{number:016x}", number + 1)).unwrap()
}

pub(crate) fn key(number: u64) -> CaseKey {
    CaseKey::of(&mail_id(number))
}

pub(crate) fn new_mail(number: u64, from: &str) -> NewMail {
    NewMail {
        id: mail_id(number),
        received_at: at(i64::try_from(number).unwrap()),
        maildir: "/var/mail/orders".into(),
        file: format!("cur/{number}:2,S"),
        raw: format!("Subject: order {number}\r\n\r\nText of {number}\0\u{ff}").into_bytes(),
        message_id: Some(format!("{number}@example.com")),
        from: from.into(),
        subject: format!("order {number}"),
        failed: None,
    }
}

pub(crate) fn look_up(number: u64) -> Effect {
    Effect::LookUp(LookUp {
        mail: mail_id(number),
        from: Address { name: String::new(), email: "a@example.com".into() },
        lang: Lang::default(),
        products: vec![(7, 3.into())],
        vendors: false,
    })
}

pub(crate) fn file(number: u64) -> Effect {
    Effect::File(File { mail: mail_id(number), folder: Folder::Done })
}

pub(crate) fn letter(token: &str, to: &str) -> Effect {
    Effect::Send(Box::new(Letter {
        token: token.into(),
        kind: LetterKind::Confirmation,
        to: Address { name: String::new(), email: to.into() },
        lang: Lang::default(),
        subject: "order".into(),
        in_reply_to: None,
        references: Vec::new(),
        content: crate::flow::Content::default(),
    }))
}

/// A first decision on a case of this customer.
pub(crate) fn opening(number: u64, from: &str, effects: Vec<Effect>) -> Decision {
    let mut case = Case::new(key(number));
    case.customer.from.email = from.into();
    case.subject = format!("order {number}");
    Decision {
        case,
        expected: 0,
        event: Event::Due,
        at: at(i64::try_from(number).unwrap()),
        effects,
        wake_at: None,
        finishes: None,
        reads: None,
    }
}

/// The decision that ends a case.
pub(crate) fn ending(number: u64, expected: i64, when: DateTime<Utc>) -> Decision {
    let mut decision = opening(number, "a@example.com", Vec::new());
    decision.case.state = State::Ended(Outcome::Ordered);
    decision.expected = expected;
    decision.at = when;
    decision
}

const MINUTE: Duration = Duration::from_secs(60);
/// Long after everything that is decided here.
fn later() -> DateTime<Utc> {
    at(1_000_000)
}

async fn lease_all(store: &dyn Store, target: Target, now: DateTime<Utc>) -> Vec<Leased> {
    store.lease(target, &[], 1000, now, MINUTE).await.unwrap()
}

pub(crate) async fn takes_a_mail_in_once(store: &dyn Store) {
    assert_eq!(store.take_in(new_mail(1, "a@example.com")).await.unwrap(), TakenIn::New);
    let mut again = new_mail(1, "a@example.com");
    again.file = "cur/other:2,S".into();
    again.raw = b"other bytes".to_vec();
    let known = TakenIn::Known { maildir: "/var/mail/orders".into(), file: "cur/1:2,S".into() };
    assert_eq!(store.take_in(again).await.unwrap(), known);
    assert_eq!(store.raw(mail_id(1)).await.unwrap().unwrap(), new_mail(1, "").raw);
    assert_eq!(store.unread(10).await.unwrap().len(), 1);
}

pub(crate) async fn remembers_a_mail_as_it_came(store: &dyn Store) {
    let given = new_mail(1, "a@example.com");
    store.take_in(given.clone()).await.unwrap();
    let row = store.mail(mail_id(1)).await.unwrap().unwrap();
    assert_eq!(row.id, given.id);
    assert_eq!(row.received_at, given.received_at);
    assert_eq!((row.maildir, row.file), (given.maildir, given.file));
    assert_eq!(
        (row.message_id, row.from, row.subject),
        (given.message_id, given.from, given.subject)
    );
    assert_eq!(
        (row.state, row.attempts, row.case, row.reason),
        (MailState::Received, 0, None, None)
    );
    store.moved(mail_id(1), ".Done/cur/1:2,S".into()).await.unwrap();
    assert_eq!(store.mail(mail_id(1)).await.unwrap().unwrap().file, ".Done/cur/1:2,S");
    assert!(store.mail(mail_id(2)).await.unwrap().is_none());
    assert!(store.raw(mail_id(2)).await.unwrap().is_none());
    assert!(matches!(store.moved(mail_id(2), String::new()).await, Err(StoreError::Stale(_))));
}

pub(crate) async fn sets_a_mail_aside_in_the_same_moment(store: &dyn Store) {
    let mut mail = new_mail(1, "a@example.com");
    mail.raw = Vec::new();
    mail.failed = Some("too large".into());
    assert_eq!(store.take_in(mail).await.unwrap(), TakenIn::New);
    assert!(store.unread(10).await.unwrap().is_empty());
    let row = store.mail(mail_id(1)).await.unwrap().unwrap();
    assert_eq!((row.state, row.reason.as_deref()), (MailState::Failed, Some("too large")));
    // Without bytes there is nothing to replay.
    assert!(!store.replay_mail(mail_id(1)).await.unwrap());
}

pub(crate) async fn sets_aside_and_replays(store: &dyn Store) {
    for number in [1, 2] {
        store.take_in(new_mail(number, "a@example.com")).await.unwrap();
        store.begin_reading(vec![mail_id(number)]).await.unwrap();
        store.fail_mail(mail_id(number), format!("reason {number}")).await.unwrap();
    }
    let failed = store.failed_mails(10).await.unwrap();
    assert_eq!(
        failed.iter().map(|row| row.id.clone()).collect::<Vec<_>>(),
        [mail_id(2), mail_id(1)]
    );
    assert_eq!(failed[0].reason.as_deref(), Some("reason 2"));
    assert!(matches!(store.fail_mail(mail_id(1), "again".into()).await, Err(StoreError::Stale(_))));
    assert!(store.replay_mail(mail_id(1)).await.unwrap());
    assert!(!store.replay_mail(mail_id(1)).await.unwrap());
    assert!(!store.replay_mail(mail_id(9)).await.unwrap());
    let unread = store.unread(10).await.unwrap();
    assert_eq!(unread.len(), 1);
    assert_eq!((unread[0].attempts, unread[0].reason.as_ref()), (0, None));
}

pub(crate) async fn marks_attempts_to_read(store: &dyn Store) {
    for number in [1, 2] {
        store.take_in(new_mail(number, "a@example.com")).await.unwrap();
    }
    store.begin_reading(vec![mail_id(1), mail_id(2)]).await.unwrap();
    store.begin_reading(vec![mail_id(2)]).await.unwrap();
    let attempts: Vec<_> =
        store.unread(10).await.unwrap().into_iter().map(|row| row.attempts).collect();
    assert_eq!(attempts, [1, 2]);
}

pub(crate) async fn unread_mails_take_turns_between_senders(store: &dyn Store) {
    for number in 0..50 {
        store.take_in(new_mail(number, "flood@example.com")).await.unwrap();
    }
    store.take_in(new_mail(100, "b@example.com")).await.unwrap();
    store.take_in(new_mail(101, "c@example.com")).await.unwrap();
    store.take_in(new_mail(102, "b@example.com")).await.unwrap();
    let order: Vec<_> = store.unread(6).await.unwrap().into_iter().map(|row| row.id).collect();
    let expected: Vec<_> = [0, 100, 101, 1, 102, 2].into_iter().map(mail_id).collect();
    assert_eq!(order, expected);
    // In the middle of the flood, a newcomer stands right behind the first that waits.
    for number in 0..20 {
        let mut read = opening(number, "flood@example.com", Vec::new());
        read.reads = Some(mail_id(number));
        store.record(read).await.unwrap();
    }
    store.take_in(new_mail(103, "d@example.com")).await.unwrap();
    let order: Vec<_> = store.unread(4).await.unwrap().into_iter().map(|row| row.id).collect();
    assert_eq!(order, [mail_id(100), mail_id(101), mail_id(103), mail_id(102)]);
}

pub(crate) async fn records_a_decision_whole(store: &dyn Store) {
    store.take_in(new_mail(1, "a@example.com")).await.unwrap();
    let mut first = opening(1, "a@example.com", vec![look_up(1), file(1)]);
    first.reads = Some(mail_id(1));
    first.wake_at = Some(at(500));
    let case = first.case.clone();
    assert_eq!(store.record(first).await.unwrap(), 1);

    let row = store.case(key(1)).await.unwrap().unwrap();
    assert_eq!((row.case, row.version, row.wake_at), (case, 1, Some(at(500))));
    assert_eq!((row.opened_at, row.changed_at), (at(1), at(1)));
    assert!(store.unread(10).await.unwrap().is_empty());
    let mail = store.mail(mail_id(1)).await.unwrap().unwrap();
    assert_eq!((mail.state, mail.case), (MailState::Read, Some(key(1))));
    assert_eq!(store.mails_of(key(1)).await.unwrap().len(), 1);

    let leased = lease_all(store, Target::Odoo, at(2)).await;
    assert_eq!(leased.len(), 1);
    assert_eq!((&leased[0].effect, leased[0].decided_at), (&look_up(1), at(1)));
    assert_eq!((leased[0].case.clone(), leased[0].attempts), (key(1), 0));
    let mut second = ending(1, 1, at(9));
    second.finishes = Some(leased[0].id);
    assert_eq!(store.record(second).await.unwrap(), 2);

    let row = store.case(key(1)).await.unwrap().unwrap();
    assert_eq!((row.version, row.wake_at), (2, None));
    assert_eq!((row.opened_at, row.changed_at), (at(1), at(9)));
    let events = store.events(key(1)).await.unwrap();
    let told: Vec<_> =
        events.iter().map(|event| (event.number, event.at, event.state.as_str())).collect();
    assert_eq!(told, [(1, at(1), "new"), (2, at(9), "ended")]);
    assert_eq!(events[0].event, Event::Due);
    assert!(lease_all(store, Target::Odoo, later()).await.is_empty());
}

pub(crate) async fn refuses_a_decision_on_an_old_version(store: &dyn Store) {
    store.record(opening(1, "a@example.com", Vec::new())).await.unwrap();
    let begun = store.record(opening(1, "a@example.com", vec![file(1)])).await;
    assert!(matches!(begun, Err(StoreError::Conflict { expected: 0, .. })), "{begun:?}");
    store.record(ending(1, 1, at(2))).await.unwrap();
    let old = store.record(ending(1, 1, at(3))).await;
    assert!(matches!(old, Err(StoreError::Conflict { expected: 1, .. })), "{old:?}");
    let unknown = store.record(ending(2, 1, at(3))).await;
    assert!(matches!(unknown, Err(StoreError::Conflict { .. })), "{unknown:?}");
    assert_eq!(store.events(key(1)).await.unwrap().len(), 2);
    assert!(lease_all(store, Target::Maildir, later()).await.is_empty());
}

pub(crate) async fn reads_a_mail_once(store: &dyn Store) {
    store.take_in(new_mail(1, "a@example.com")).await.unwrap();
    let mut first = opening(1, "a@example.com", Vec::new());
    first.reads = Some(mail_id(1));
    store.record(first).await.unwrap();
    let mut again = opening(2, "a@example.com", Vec::new());
    again.reads = Some(mail_id(1));
    assert!(matches!(store.record(again).await, Err(StoreError::Stale(_))));
    assert!(store.case(key(2)).await.unwrap().is_none());
}

pub(crate) async fn finishes_an_effect_once(store: &dyn Store) {
    store.record(opening(1, "a@example.com", vec![file(1)])).await.unwrap();
    let leased = lease_all(store, Target::Maildir, at(2)).await;
    let mut done = ending(1, 1, at(3));
    done.finishes = Some(leased[0].id);
    store.record(done.clone()).await.unwrap();
    done.expected = 2;
    assert!(matches!(store.record(done).await, Err(StoreError::Stale(_))));
    assert_eq!(store.case(key(1)).await.unwrap().unwrap().version, 2);
    // Nor does a late worker bring it back.
    store.retry(vec![leased[0].id], at(4), "late".into()).await.unwrap();
    store.release(vec![leased[0].id]).await.unwrap();
    assert!(lease_all(store, Target::Maildir, later()).await.is_empty());
}

pub(crate) async fn a_refused_decision_leaves_nothing_behind(store: &dyn Store) {
    // Written in one group with good ones, the bad one alone is undone.
    let good = |number| store.record(opening(number, "a@example.com", vec![file(number)]));
    let mut bad = opening(9, "a@example.com", vec![file(9), look_up(9)]);
    bad.finishes = Some(EffectId(12345));
    let (one, refused, two) = tokio::join!(good(1), store.record(bad), good(2));
    assert!(one.is_ok() && two.is_ok());
    assert!(matches!(refused, Err(StoreError::Stale(_))));
    assert!(store.case(key(9)).await.unwrap().is_none());
    assert_eq!(store.waiting(None, 10).await.unwrap().len(), 2);
}

pub(crate) async fn leases_once(store: &dyn Store) {
    for number in 0..40 {
        let from = format!("{number}@example.com");
        store.record(opening(number, &from, vec![file(number)])).await.unwrap();
    }
    let lease = || store.lease(Target::Maildir, &[], 7, at(100), MINUTE);
    let parts = tokio::join!(lease(), lease(), lease(), lease(), lease(), lease(), lease());
    let parts = [parts.0, parts.1, parts.2, parts.3, parts.4, parts.5, parts.6];
    let leased: Vec<_> = parts.into_iter().flat_map(Result::unwrap).map(|one| one.id).collect();
    assert_eq!(leased.len(), 40);
    assert_eq!(leased.iter().collect::<BTreeSet<_>>().len(), 40);
    assert!(lease().await.unwrap().is_empty());
}

pub(crate) async fn leases_the_kinds_asked_for(store: &dyn Store) {
    let annotate = Effect::Annotate(crate::flow::Annotate { mail: mail_id(1), orders: vec![1] });
    let effects = vec![look_up(1), annotate.clone(), file(1), letter("t-1", "a@example.com")];
    store.record(opening(1, "a@example.com", effects)).await.unwrap();
    let kinds: &'static [&'static str] = &["annotate", "place"];
    let leased = store.lease(Target::Odoo, kinds, 10, at(2), MINUTE).await.unwrap();
    assert_eq!(leased.iter().map(|one| &one.effect).collect::<Vec<_>>(), [&annotate]);
    assert_eq!(lease_all(store, Target::Odoo, at(2)).await[0].effect, look_up(1));
    assert_eq!(lease_all(store, Target::Smtp, at(2)).await.len(), 1);
    assert_eq!(lease_all(store, Target::Maildir, at(2)).await.len(), 1);
}

pub(crate) async fn effects_take_turns_between_senders(store: &dyn Store) {
    for number in 0..50 {
        store.record(opening(number, "flood@example.com", vec![file(number)])).await.unwrap();
    }
    store.record(opening(100, "b@example.com", vec![file(100), file(100)])).await.unwrap();
    store.record(opening(101, "c@example.com", vec![file(101)])).await.unwrap();
    let lease = |limit| store.lease(Target::Maildir, &[], limit, at(200), MINUTE);
    let cases: Vec<_> = lease(5).await.unwrap().into_iter().map(|one| one.case).collect();
    assert_eq!(cases, [key(0), key(100), key(101), key(1), key(100)]);
    lease(20).await.unwrap();
    store.record(opening(102, "d@example.com", vec![file(102)])).await.unwrap();
    let cases: Vec<_> = lease(2).await.unwrap().into_iter().map(|one| one.case).collect();
    assert!(cases.contains(&key(102)), "{cases:?}");
}

pub(crate) async fn a_lease_runs_out(store: &dyn Store) {
    store.record(opening(1, "a@example.com", vec![file(1)])).await.unwrap();
    let first = lease_all(store, Target::Maildir, at(10)).await;
    assert!(lease_all(store, Target::Maildir, at(69)).await.is_empty());
    let second = lease_all(store, Target::Maildir, at(70)).await;
    assert_eq!((second[0].id, second[0].attempts), (first[0].id, 1));
}

pub(crate) async fn retries_at_their_time(store: &dyn Store) {
    store.record(opening(1, "a@example.com", vec![file(1)])).await.unwrap();
    let leased = lease_all(store, Target::Maildir, at(2)).await;
    store.retry(vec![leased[0].id], at(100), "refused".into()).await.unwrap();
    assert!(lease_all(store, Target::Maildir, at(99)).await.is_empty());
    let again = lease_all(store, Target::Maildir, at(100)).await;
    assert_eq!((again[0].attempts, again[0].error.as_deref()), (1, Some("refused")));
    assert_eq!(again[0].decided_at, at(1));
}

pub(crate) async fn waking_keeps_turns(store: &dyn Store) {
    for number in 0..20 {
        store.record(opening(number, "flood@example.com", vec![file(number)])).await.unwrap();
    }
    let ids = lease_all(store, Target::Maildir, at(50)).await.into_iter().map(|one| one.id);
    store.retry(ids.collect(), at(60), "away".into()).await.unwrap();
    store.record(opening(100, "b@example.com", vec![file(100)])).await.unwrap();
    let first = store.lease(Target::Maildir, &[], 2, at(61), MINUTE).await.unwrap();
    assert!(first.iter().any(|one| one.case == key(100)), "{first:?}");
}

pub(crate) async fn release_does_not_count(store: &dyn Store) {
    store.record(opening(1, "a@example.com", vec![file(1)])).await.unwrap();
    let leased = lease_all(store, Target::Maildir, at(2)).await;
    store.release(vec![leased[0].id]).await.unwrap();
    let again = lease_all(store, Target::Maildir, at(2)).await;
    assert_eq!((again[0].id, again[0].attempts), (leased[0].id, 0));
}

pub(crate) async fn release_all_counts_and_cuts_waits(store: &dyn Store) {
    store.record(opening(1, "a@example.com", vec![file(1)])).await.unwrap();
    store.record(opening(2, "b@example.com", vec![file(2)])).await.unwrap();
    store.record(opening(3, "c@example.com", vec![file(3)])).await.unwrap();
    let leased = lease_all(store, Target::Maildir, at(10)).await;
    let of = |number| leased.iter().find(|one| one.case == key(number)).unwrap().id;
    // Decided while the clock was a year ahead.
    store.retry(vec![of(2)], at(31_000_000), "away".into()).await.unwrap();
    store.retry(vec![of(3)], at(15), "away".into()).await.unwrap();
    assert_eq!(store.release_all(at(11), MINUTE).await.unwrap(), 1);
    let now = lease_all(store, Target::Maildir, at(11)).await;
    assert_eq!(now.iter().map(|one| (one.id, one.attempts)).collect::<Vec<_>>(), [(of(1), 1)]);
    assert_eq!(lease_all(store, Target::Maildir, at(15)).await[0].id, of(3));
    assert!(lease_all(store, Target::Maildir, at(70)).await.is_empty());
    assert!(lease_all(store, Target::Maildir, at(71)).await.iter().any(|one| one.id == of(2)));
}

pub(crate) async fn buries_and_revives(store: &dyn Store) {
    store.record(opening(1, "a@example.com", vec![file(1), look_up(1)])).await.unwrap();
    store.record(opening(2, "a@example.com", vec![file(2)])).await.unwrap();
    for leased in lease_all(store, Target::Maildir, at(2)).await {
        store.bury(leased.id, at(3), format!("no such folder {}", leased.case)).await.unwrap();
    }
    assert!(lease_all(store, Target::Maildir, later()).await.is_empty());
    assert_eq!(store.dead_letters(None, 10).await.unwrap().len(), 2);
    let dead = store.dead_letters(Some(key(1)), 10).await.unwrap();
    assert_eq!((dead.len(), &dead[0].effect, dead[0].attempts), (1, &file(1), 1));
    assert_eq!(
        (dead[0].at, dead[0].reason.as_str()),
        (at(3), &*format!("no such folder {}", key(1)))
    );
    // Only once, and no decision finishes what is parked.
    assert!(matches!(store.bury(dead[0].id, at(4), "x".into()).await, Err(StoreError::Stale(_))));
    let mut late = ending(1, 1, at(4));
    late.finishes = Some(dead[0].id);
    assert!(matches!(store.record(late).await, Err(StoreError::Stale(_))));

    assert_eq!(store.revive(key(1), at(5)).await.unwrap(), 1);
    let again = lease_all(store, Target::Maildir, at(5)).await;
    assert_eq!((again.len(), again[0].attempts, again[0].decided_at), (1, 0, at(5)));
    assert_eq!(store.revive(key(1), at(6)).await.unwrap(), 0);
    assert_eq!(store.dead_letters(None, 10).await.unwrap().len(), 1);
}

pub(crate) async fn tells_what_waits(store: &dyn Store) {
    let effects = vec![look_up(1), file(1), letter("t-1", "a@example.com")];
    store.record(opening(1, "a@example.com", effects)).await.unwrap();
    store.record(opening(2, "b@example.com", vec![look_up(2)])).await.unwrap();
    let leased = lease_all(store, Target::Smtp, at(2)).await;
    store.retry(vec![leased[0].id], at(90), "451 later".into()).await.unwrap();
    lease_all(store, Target::Maildir, at(3)).await;
    let waiting = store.waiting(Some(key(1)), 10).await.unwrap();
    let told: Vec<_> = waiting.iter().map(|one| (one.effect.name(), one.waits)).collect();
    assert_eq!(
        told,
        [
            ("look_up", Waits::Ready),
            ("file", Waits::Leased(at(63))),
            ("send", Waits::Until(at(90)))
        ]
    );
    assert_eq!(waiting[2].error.as_deref(), Some("451 later"));
    assert_eq!(store.waiting(None, 10).await.unwrap().len(), 4);
    assert_eq!(store.waiting(None, 1).await.unwrap().len(), 1);
}

pub(crate) async fn lists_due_cases_most_overdue_first(store: &dyn Store) {
    for (number, wake) in [(1, Some(300)), (2, Some(100)), (3, None), (4, Some(200))] {
        let mut decision = opening(number, "a@example.com", Vec::new());
        decision.wake_at = wake.map(at);
        store.record(decision).await.unwrap();
    }
    assert_eq!(store.due(at(200), 10).await.unwrap(), [key(2), key(4)]);
    assert_eq!(store.due(at(200), 1).await.unwrap(), [key(2)]);
    store.record(ending(2, 1, at(201))).await.unwrap();
    assert_eq!(store.due(at(300), 10).await.unwrap(), [key(4), key(1)]);
}

pub(crate) async fn a_case_may_be_woken_later(store: &dyn Store) {
    let mut decision = opening(1, "a@example.com", Vec::new());
    decision.wake_at = Some(at(100));
    store.record(decision).await.unwrap();
    assert!(store.wake_later(key(1), 1, at(200)).await.unwrap());
    assert!(!store.wake_later(key(1), 2, at(300)).await.unwrap());
    assert!(!store.wake_later(key(2), 1, at(300)).await.unwrap());
    assert_eq!(store.due(at(199), 10).await.unwrap(), []);
    assert_eq!(store.due(at(200), 10).await.unwrap(), [key(1)]);
    let row = store.case(key(1)).await.unwrap().unwrap();
    assert_eq!((row.version, store.events(key(1)).await.unwrap().len()), (1, 1));
}

pub(crate) async fn next_wake_is_the_earliest(store: &dyn Store) {
    assert_eq!(store.next_wake().await.unwrap(), None);
    let mut decision = opening(1, "a@example.com", vec![file(1)]);
    decision.wake_at = Some(at(300));
    store.record(decision).await.unwrap();
    // What is ready now does not count.
    assert_eq!(store.next_wake().await.unwrap(), Some(at(300)));
    let leased = lease_all(store, Target::Maildir, at(10)).await;
    assert_eq!(store.next_wake().await.unwrap(), Some(at(70)));
    store.retry(vec![leased[0].id], at(200), "x".into()).await.unwrap();
    assert_eq!(store.next_wake().await.unwrap(), Some(at(200)));
}

pub(crate) async fn finds_the_case_of_a_message(store: &dyn Store) {
    for number in [1, 2, 3] {
        store.take_in(new_mail(number, "a@example.com")).await.unwrap();
        if number < 3 {
            let mut decision = opening(number, "a@example.com", Vec::new());
            decision.reads = Some(mail_id(number));
            store.record(decision).await.unwrap();
        }
    }
    let find = |ids: &[&str]| store.case_of_message(ids.iter().map(ToString::to_string).collect());
    assert_eq!(find(&["1@example.com"]).await.unwrap(), Some(key(1)));
    assert_eq!(find(&["2@example.com", "1@example.com"]).await.unwrap(), Some(key(2)));
    assert_eq!(find(&["x@example.com", "1@example.com"]).await.unwrap(), Some(key(1)));
    // Taken in, but not part of a case yet.
    assert_eq!(find(&["3@example.com"]).await.unwrap(), None);
    assert_eq!(find(&[]).await.unwrap(), None);
}

pub(crate) async fn lists_cases_by_filter(store: &dyn Store) {
    for number in 1..=4 {
        let from = if number % 2 == 0 { "even@example.com" } else { "odd@example.com" };
        store.record(opening(number, from, Vec::new())).await.unwrap();
    }
    let mut end = ending(4, 1, at(50));
    end.case.customer.from.email = "even@example.com".into();
    store.record(end).await.unwrap();
    let list = async |filter: CaseFilter| {
        let rows = store.cases(filter).await.unwrap();
        rows.into_iter().map(|row| row.case.key).collect::<Vec<_>>()
    };
    let all = CaseFilter { limit: 10, ..CaseFilter::default() };
    assert_eq!(list(all.clone()).await, [key(3), key(2), key(1)]);
    assert_eq!(list(CaseFilter { limit: 2, ..all.clone() }).await, [key(3), key(2)]);
    let ended = CaseFilter { ended: true, ..all.clone() };
    assert_eq!(list(ended.clone()).await, [key(4), key(3), key(2), key(1)]);
    let state = CaseFilter { state: Some("ended".into()), ..all.clone() };
    assert_eq!(list(state).await, [key(4)]);
    let even = CaseFilter { from: Some("even@example.com".into()), ..ended };
    assert_eq!(list(even).await, [key(4), key(2)]);
    let prefix = CaseFilter { key: Some(key(2).as_str().to_owned()), ..all.clone() };
    assert_eq!(list(prefix).await, [key(2)]);
    let prefix = CaseFilter { key: Some("00000".into()), ..all.clone() };
    assert_eq!(list(prefix).await.len(), 3);
    let none = CaseFilter { key: Some("' OR 1 --%".into()), ..all };
    assert_eq!(list(none).await, []);
}

pub(crate) async fn counts_letters_to_an_address(store: &dyn Store) {
    let to = "a@example.com";
    let letters = vec![letter("1-1", to), letter("1-2", "other@example.com")];
    store.record(opening(1, to, letters)).await.unwrap();
    store.record(opening(2, to, vec![letter("2-1", to)])).await.unwrap();
    assert_eq!(store.letters_to(to.into(), at(0)).await.unwrap(), 2);
    assert_eq!(store.letters_to(to.into(), at(2)).await.unwrap(), 1);
    assert_eq!(store.letters_to("nobody@example.com".into(), at(0)).await.unwrap(), 0);
    // Sent ones count, parked ones do not.
    let leased = lease_all(store, Target::Smtp, at(3)).await;
    let of = |number| leased.iter().filter(move |one| one.case == key(number));
    let mut done = ending(2, 1, at(4));
    done.finishes = of(2).next().map(|one| one.id);
    store.record(done).await.unwrap();
    for one in of(1) {
        store.bury(one.id, at(5), "no".into()).await.unwrap();
    }
    assert_eq!(store.letters_to(to.into(), at(0)).await.unwrap(), 1);
}

pub(crate) async fn counts_what_lies_where(store: &dyn Store) {
    assert_eq!(store.counts().await.unwrap(), Counts::default());
    for number in 1..=4 {
        store.take_in(new_mail(number, "a@example.com")).await.unwrap();
    }
    store.fail_mail(mail_id(4), "odd".into()).await.unwrap();
    let mut decision = opening(1, "a@example.com", vec![look_up(1), file(1), file(1)]);
    decision.reads = Some(mail_id(1));
    store.record(decision).await.unwrap();
    store.record(opening(2, "a@example.com", vec![letter("2-1", "a@example.com")])).await.unwrap();
    store.record(ending(2, 1, at(3))).await.unwrap();
    let leased = lease_all(store, Target::Maildir, at(5)).await;
    store.bury(leased[0].id, at(5), "no".into()).await.unwrap();
    let counts = store.counts().await.unwrap();
    assert_eq!((counts.mails_received, counts.mails_failed, counts.mails), (2, 1, 4));
    assert_eq!(counts.cases, [("new".to_owned(), 1), ("ended".to_owned(), 1)].into());
    let outbox = [(Target::Odoo, 1), (Target::Maildir, 1), (Target::Smtp, 1)];
    assert_eq!(counts.outbox, outbox.into());
    assert_eq!(counts.dead_letters, 1);
}

pub(crate) async fn prunes_what_ended(store: &dyn Store) {
    // More than one slice of ended cases, one that is open, one that ended too late.
    for number in 1..=230 {
        store.take_in(new_mail(number, "a@example.com")).await.unwrap();
        let mut decision = opening(number, "a@example.com", vec![file(number)]);
        decision.reads = Some(mail_id(number));
        store.record(decision).await.unwrap();
    }
    for leased in lease_all(store, Target::Maildir, at(300)).await {
        let number = (1..=230).find(|number| key(*number) == leased.case).unwrap();
        if number == 1 {
            continue;
        }
        let when = if number == 2 { at(900) } else { at(400) };
        let mut done = ending(number, 1, when);
        done.finishes = Some(leased.id);
        store.record(done).await.unwrap();
    }
    store.take_in(new_mail(500, "a@example.com")).await.unwrap();
    store.fail_mail(mail_id(500), "odd".into()).await.unwrap();
    assert_eq!(store.prune(at(800)).await.unwrap(), 229);
    assert_eq!(store.prune(at(800)).await.unwrap(), 0);
    for (number, here) in [(1, true), (2, true), (3, false), (230, false), (500, false)] {
        assert_eq!(store.raw(mail_id(number)).await.unwrap().is_some(), here, "{number}");
    }
    // What was pruned is still known: the same mail is not taken in again.
    assert!(matches!(
        store.take_in(new_mail(3, "a@example.com")).await.unwrap(),
        TakenIn::Known { .. }
    ));
    assert_eq!(store.events(key(3)).await.unwrap().len(), 2);
}

pub(crate) async fn many_writers_at_once(store: &dyn Store) {
    // Eight chains of decisions, each on the version before, and one fight for a single case.
    let chain = async |number: u64| {
        store.record(opening(number, "a@example.com", vec![file(number)])).await.unwrap();
        for version in 1..30 {
            let mut next = opening(number, "a@example.com", vec![file(number)]);
            next.expected = version;
            next.at = at(100) + TimeDelta::seconds(version);
            assert_eq!(store.record(next).await.unwrap(), version + 1);
            // Read your writes.
            assert_eq!(store.case(key(number)).await.unwrap().unwrap().version, version + 1);
        }
    };
    let fight = async || {
        let mut won = 0;
        for _ in 0..20 {
            let version = store.case(key(99)).await.unwrap().map_or(0, |row| row.version);
            let mut next = opening(99, "b@example.com", Vec::new());
            next.expected = version;
            match store.record(next).await {
                Ok(_) => won += 1,
                Err(StoreError::Conflict { .. }) => {}
                Err(error) => panic!("{error}"),
            }
        }
        won
    };
    let ((), (), (), (), one, two, three) =
        tokio::join!(chain(1), chain(2), chain(3), chain(4), fight(), fight(), fight());
    let won: i64 = one + two + three;
    assert_eq!(store.case(key(99)).await.unwrap().unwrap().version, won);
    assert_eq!(store.events(key(99)).await.unwrap().len(), usize::try_from(won).unwrap());
    assert_eq!(store.waiting(None, 1000).await.unwrap().len(), 120);
}

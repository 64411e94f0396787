//! The outbox.

use std::collections::BTreeSet;

use super::*;

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

pub(crate) async fn leases_what_is_taken_with_its_decision(store: &dyn Store) {
    let effects = vec![file(1), look_up(1), file(2)];
    let mut decision = opening(1, "a@example.com", effects.clone());
    decision.taken = vec![("file", MINUTE)];
    let numbers = store.record(decision).await.unwrap().effects;
    let stand: Vec<_> = store.waiting(None, 10).await.unwrap();
    assert_eq!(stand.iter().map(|one| one.id).collect::<Vec<_>>(), numbers);
    assert_eq!(stand.iter().map(|one| one.effect.clone()).collect::<Vec<_>>(), effects);
    let leased = Waits::Leased(at(61));
    let waits: Vec<_> = stand.iter().map(|one| (one.waits, one.attempts)).collect();
    assert_eq!(waits, [(leased, 1), (Waits::Ready, 0), (leased, 1)]);
    assert!(lease_all(store, Target::Maildir, at(60)).await.is_empty());
    // Given back, and run out, as any lease.
    store.release(vec![numbers[2]]).await.unwrap();
    let again = lease_all(store, Target::Maildir, at(60)).await;
    assert_eq!((again[0].id, again[0].attempts), (numbers[2], 0));
    let late = store.lease(Target::Maildir, &[], 9, at(61), MINUTE).await.unwrap();
    assert_eq!((late[0].id, late[0].attempts), (numbers[0], 1));
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

/// The process ends with whatever is ready now in hand, and starts anew.
async fn ends_and_starts(store: &dyn Store, now: i64) {
    lease_all(store, Target::Maildir, at(now)).await;
    store.release_all(at(now), MINUTE).await.unwrap();
}

pub(crate) async fn what_ends_the_process_lies_apart_and_is_found(store: &dyn Store) {
    store.record(opening(1, "a@example.com", vec![file(1)])).await.unwrap();
    for now in 1..=3 {
        ends_and_starts(store, now).await;
    }
    // Longer after each try, and its tries stay counted where nothing else ends the process.
    let mut now = 3;
    for (attempts, wait) in [(3, 1), (4, 2), (5, 4), (6, 8)] {
        assert!(lease_all(store, Target::Maildir, at(now + wait - 1)).await.is_empty());
        now += wait;
        let tried = lease_all(store, Target::Maildir, at(now)).await;
        assert_eq!(tried.iter().map(|one| one.attempts).collect::<Vec<_>>(), [attempts]);
        store.release_all(at(now), MINUTE).await.unwrap();
    }
}

pub(crate) async fn whoever_lies_apart_while_the_process_ends_is_acquitted(store: &dyn Store) {
    store.record(opening(1, "a@example.com", vec![file(1)])).await.unwrap();
    for now in 1..=3 {
        ends_and_starts(store, now).await;
    }
    // A start with nothing in hand tells nothing; an end with something else in hand does.
    store.release_all(at(3), MINUTE).await.unwrap();
    assert_eq!(store.waiting(None, 10).await.unwrap()[0].attempts, 3);
    store.record(opening(2, "b@example.com", vec![file(2)])).await.unwrap();
    ends_and_starts(store, 3).await;
    let acquitted = store.waiting(Some(key(1)), 10).await.unwrap();
    assert_eq!(acquitted[0].attempts, 0);
    // A suspect in hand is reason enough: whoever lies apart meanwhile stays what it is.
    for now in [10, 11, 12] {
        ends_and_starts(store, now).await;
    }
    let suspect = lease_all(store, Target::Maildir, at(13)).await;
    assert_eq!(suspect.iter().map(|one| &one.case).collect::<Vec<_>>(), [&key(1)]);
    store.release_all(at(13), MINUTE).await.unwrap();
    assert_eq!(store.waiting(Some(key(2)), 10).await.unwrap()[0].attempts, 4);
}

pub(crate) async fn a_clock_set_back_keeps_nothing_waiting(store: &dyn Store) {
    let day = at(86_400);
    for (number, state) in [(1, "awaiting"), (2, "asked"), (3, "soon")] {
        let mut decision = opening(number, "a@example.com", vec![file(number)]);
        let wake = if state == "soon" { at(100) } else { at(31_000_000) };
        decision.wake_at = Some(wake);
        store.record(decision).await.unwrap();
    }
    let leased = lease_all(store, Target::Maildir, at(31_000_000)).await;
    store.retry(vec![leased[0].id], at(31_000_300), "away".into()).await.unwrap();
    let hour = Duration::from_secs(3600);
    let longest = Longest { retry: MINUTE, lease: hour, stock: MINUTE, case: hour * 24 };
    assert_eq!(store.set_back(at(50), longest).await.unwrap(), 5);
    assert_eq!(store.due(at(50), 10).await.unwrap().len(), 2, "the third is due soon, as it was");
    assert_eq!(store.next_wake().await.unwrap(), Some(at(50)));
    assert_eq!(lease_all(store, Target::Maildir, at(110)).await[0].id, leased[0].id);
    assert_eq!(lease_all(store, Target::Maildir, at(50 + 3600)).await.len(), 3);
    assert_eq!(store.set_back(day, longest).await.unwrap(), 0);
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

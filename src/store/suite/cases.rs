//! Cases, their events, and decisions on them.

use chrono::TimeDelta;

use super::*;

pub(crate) async fn records_a_decision_whole(store: &dyn Store) {
    store.take_in(new_mail(1, "a@example.com")).await.unwrap();
    let mut first = opening(1, "a@example.com", vec![look_up(1), file(1)]);
    first.reads = Some(mail_id(1));
    first.wake_at = Some(at(500));
    let case = first.case.clone();
    assert_eq!(store.record(first).await.unwrap().version, 1);

    let row = store.case(key(1)).await.unwrap().unwrap();
    assert_eq!((row.case, row.version, row.wake_at), (case, 1, Some(at(500))));
    assert_eq!((row.opened_at, row.changed_at), (at(1), at(1)));
    assert!(store.unread(at(0), 10).await.unwrap().is_empty());
    let mail = store.mail(mail_id(1)).await.unwrap().unwrap();
    assert_eq!((mail.state, mail.case), (MailState::Read, Some(key(1))));
    assert_eq!(store.mails_of(key(1)).await.unwrap().len(), 1);

    let leased = lease_all(store, Target::Odoo, at(2)).await;
    assert_eq!(leased.len(), 1);
    assert_eq!((&leased[0].effect, leased[0].decided_at), (&look_up(1), at(1)));
    assert_eq!((leased[0].case.clone(), leased[0].attempts), (key(1), 0));
    let mut second = ending(1, 1, at(9));
    second.finishes = Some(leased[0].id);
    assert_eq!(store.record(second).await.unwrap().version, 2);

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

pub(crate) async fn an_event_that_changes_nothing_keeps_the_case(store: &dyn Store) {
    let mut first = opening(1, "a@example.com", Vec::new());
    first.wake_at = Some(at(500));
    let case = first.case.clone();
    store.record(first).await.unwrap();
    let mut second = opening(1, "a@example.com", vec![file(1)]);
    (second.expected, second.unchanged, second.at) = (1, true, at(9));
    assert_eq!(store.record(second.clone()).await.unwrap().version, 2);
    let row = store.case(key(1)).await.unwrap().unwrap();
    assert_eq!((row.case, row.version, row.wake_at), (case, 2, None));
    assert_eq!((row.opened_at, row.changed_at), (at(1), at(9)));
    assert_eq!(store.events(key(1)).await.unwrap().len(), 2);
    // It is a decision on a version like any other.
    assert!(matches!(store.record(second).await, Err(StoreError::Conflict { expected: 1, .. })));
}

pub(crate) async fn remembers_where_a_decision_put_a_file(store: &dyn Store) {
    store.take_in(new_mail(1, "a@example.com")).await.unwrap();
    let mut first = opening(1, "a@example.com", Vec::new());
    first.moved = Some((mail_id(1), ".Done/cur/1:2,S".into()));
    let late = Decision { expected: 7, ..first.clone() };
    assert!(store.record(late).await.is_err());
    assert_eq!(store.mail(mail_id(1)).await.unwrap().unwrap().file, "cur/1:2,S");
    store.record(first).await.unwrap();
    assert_eq!(store.mail(mail_id(1)).await.unwrap().unwrap().file, ".Done/cur/1:2,S");
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

pub(crate) async fn many_writers_at_once(store: &dyn Store) {
    // Eight chains of decisions, each on the version before, and one fight for a single case.
    let chain = async |number: u64| {
        store.record(opening(number, "a@example.com", vec![file(number)])).await.unwrap();
        for version in 1..30 {
            let mut next = opening(number, "a@example.com", vec![file(number)]);
            next.expected = version;
            next.at = at(100) + TimeDelta::seconds(version);
            assert_eq!(store.record(next).await.unwrap().version, version + 1);
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

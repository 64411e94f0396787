//! Counting and forgetting.

use super::*;

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

pub(crate) async fn tells_what_is_left_to_do(store: &dyn Store) {
    assert_eq!(store.undone().await.unwrap(), Undone::default());
    store.take_in(new_mail(1, "a@example.com")).await.unwrap();
    store.take_in(new_mail(2, "a@example.com")).await.unwrap();
    let effects = vec![look_up(3), file(3), file(3), letter("t-1", "a@example.com")];
    store.record(opening(3, "a@example.com", effects)).await.unwrap();
    let leased = store.lease(Target::Maildir, &[], 1, at(10), MINUTE).await.unwrap();
    let sent = store.lease(Target::Smtp, &[], 1, at(10), MINUTE).await.unwrap();
    store.retry(vec![sent[0].id], at(100), "refused".into()).await.unwrap();
    let all = [(Target::Odoo, 1), (Target::Maildir, 2)];
    let left = Undone { mails: 2, effects: all.into(), later: 1 };
    assert_eq!(store.undone().await.unwrap(), left);
    store.bury(leased[0].id, at(11), "x".into()).await.unwrap();
    assert_eq!(store.undone().await.unwrap().effects[&Target::Maildir], 1);
}

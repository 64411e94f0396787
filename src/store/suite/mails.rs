//! Mails and their bytes.

use super::*;

pub(crate) async fn takes_a_mail_in_once(store: &dyn Store) {
    assert_eq!(store.take_in(new_mail(1, "a@example.com")).await.unwrap(), TakenIn::New);
    let mut again = new_mail(1, "a@example.com");
    again.file = "cur/other:2,S".into();
    again.raw = b"other bytes".to_vec();
    let known = TakenIn::Known { maildir: "/var/mail/orders".into(), file: "cur/1:2,S".into() };
    assert_eq!(store.take_in(again).await.unwrap(), known);
    assert_eq!(store.raw(mail_id(1)).await.unwrap().unwrap(), new_mail(1, "").raw);
    assert_eq!(store.unread(at(0), 10).await.unwrap().len(), 1);
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

pub(crate) async fn keeps_why_a_mail_cannot_be_read(store: &dyn Store) {
    let mut mail = new_mail(1, "a@example.com");
    mail.raw = Vec::new();
    mail.unreadable = Some("too large".into());
    assert_eq!(store.take_in(mail).await.unwrap(), TakenIn::New);
    let unread = store.unread(at(0), 10).await.unwrap();
    assert_eq!(unread[0].reason.as_deref(), Some("too large"));
    assert!(store.raw(mail_id(1)).await.unwrap().is_none());
    store.fail_mail(mail_id(1), "too large".into()).await.unwrap();
    // Without bytes there is nothing to replay.
    assert!(!store.replay_mail(mail_id(1)).await.unwrap());
}

pub(crate) async fn sets_a_mail_aside_in_the_same_moment(store: &dyn Store) {
    let mut mail = new_mail(1, "a@example.com");
    mail.failed = Some("odd".into());
    assert_eq!(store.take_in(mail).await.unwrap(), TakenIn::New);
    assert!(store.unread(at(0), 10).await.unwrap().is_empty());
    let row = store.mail(mail_id(1)).await.unwrap().unwrap();
    assert_eq!((row.state, row.reason.as_deref()), (MailState::Failed, Some("odd")));
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
    let unread = store.unread(at(0), 10).await.unwrap();
    assert_eq!(unread.len(), 1);
    assert_eq!((unread[0].attempts, unread[0].reason.as_ref()), (0, None));
}

pub(crate) async fn replays_what_began_a_held_case(store: &dyn Store) {
    for number in [1, 2, 3] {
        store.take_in(new_mail(number, "a@example.com")).await.unwrap();
        let mut read = opening(number, "a@example.com", Vec::new());
        if number != 2 {
            let reason = crate::flow::HoldReason::Unreadable { message: "odd".into() };
            read.case.state = State::Held { reason, resume: None };
        }
        // The third belongs to the first one's case.
        read.reads = Some(mail_id(number));
        if number == 3 {
            read.case.key = key(1);
            read.expected = 1;
        }
        store.record(read).await.unwrap();
    }
    assert!(store.replay_mail(mail_id(1)).await.unwrap());
    assert!(!store.replay_mail(mail_id(2)).await.unwrap(), "its case goes on by itself");
    assert!(!store.replay_mail(mail_id(3)).await.unwrap(), "it did not begin its case");
    let unread: Vec<_> =
        store.unread(at(0), 9).await.unwrap().into_iter().map(|row| row.id).collect();
    assert_eq!(unread, [mail_id(1)]);
    let mails = store.mails_of(key(1)).await.unwrap();
    assert_eq!(mails.len(), 2, "it stays with its case meanwhile");
}

pub(crate) async fn marks_attempts_to_read(store: &dyn Store) {
    for number in [1, 2] {
        store.take_in(new_mail(number, "a@example.com")).await.unwrap();
    }
    store.begin_reading(vec![mail_id(1), mail_id(2)]).await.unwrap();
    store.begin_reading(vec![mail_id(2)]).await.unwrap();
    let attempts: Vec<_> =
        store.unread(at(0), 10).await.unwrap().into_iter().map(|row| row.attempts).collect();
    assert_eq!(attempts, [1, 2]);
}

pub(crate) async fn unread_mails_take_turns_between_senders(store: &dyn Store) {
    for number in 0..50 {
        store.take_in(new_mail(number, "flood@example.com")).await.unwrap();
    }
    store.take_in(new_mail(100, "b@example.com")).await.unwrap();
    store.take_in(new_mail(101, "c@example.com")).await.unwrap();
    store.take_in(new_mail(102, "b@example.com")).await.unwrap();
    let order: Vec<_> =
        store.unread(at(0), 6).await.unwrap().into_iter().map(|row| row.id).collect();
    let expected: Vec<_> = [0, 100, 101, 1, 102, 2].into_iter().map(mail_id).collect();
    assert_eq!(order, expected);
    // In the middle of the flood, a newcomer stands right behind the first that waits.
    for number in 0..20 {
        let mut read = opening(number, "flood@example.com", Vec::new());
        read.reads = Some(mail_id(number));
        store.record(read).await.unwrap();
    }
    store.take_in(new_mail(103, "d@example.com")).await.unwrap();
    let order: Vec<_> =
        store.unread(at(0), 4).await.unwrap().into_iter().map(|row| row.id).collect();
    assert_eq!(order, [mail_id(100), mail_id(101), mail_id(103), mail_id(102)]);
}

pub(crate) async fn an_answer_waits_for_its_case(store: &dyn Store) {
    for number in [1, 2] {
        store.take_in(new_mail(number, "a@example.com")).await.unwrap();
    }
    assert!(store.begins(key(1)).await.unwrap());
    assert!(!store.begins(key(3)).await.unwrap());
    store.begin_reading(vec![mail_id(2)]).await.unwrap();
    assert!(store.put_off(mail_id(2), key(1), at(60)).await.unwrap());
    let read = |at| async move {
        let rows = store.unread(at, 10).await.unwrap();
        rows.into_iter().map(|row| (row.id, row.attempts)).collect::<Vec<_>>()
    };
    assert_eq!(read(at(59)).await, [(mail_id(1), 0)]);
    let mut begun = opening(1, "a@example.com", Vec::new());
    begun.reads = Some(mail_id(1));
    store.record(begun).await.unwrap();
    assert_eq!(read(at(0)).await, [(mail_id(2), 0)], "its case is here");
    assert!(!store.begins(key(1)).await.unwrap(), "it has begun");
    assert!(!store.put_off(mail_id(2), key(1), at(90)).await.unwrap());
    assert_eq!(read(at(0)).await, [(mail_id(2), 0)]);
}

pub(crate) async fn an_answer_does_not_wait_for_ever(store: &dyn Store) {
    for (number, other) in [(1, 2), (2, 1)] {
        store.take_in(new_mail(number, "a@example.com")).await.unwrap();
        assert!(store.put_off(mail_id(number), key(other), at(60)).await.unwrap());
    }
    assert!(store.unread(at(59), 10).await.unwrap().is_empty());
    assert!(!store.begins(key(1)).await.unwrap(), "who waits for each other begins nothing");
    assert_eq!(store.unread(at(60), 10).await.unwrap().len(), 2);
    store.put_off(mail_id(1), key(7), at(1_000_000)).await.unwrap();
    store.release_all(at(61), Duration::from_secs(60)).await.unwrap();
    assert_eq!(store.unread(at(62), 10).await.unwrap().len(), 2, "a start looks at all of them");
}

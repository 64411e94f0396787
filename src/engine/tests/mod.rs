//! The engine between a real store and a world that misbehaves.

mod hands;
mod model;
mod world;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use world::{DEADLY, Outside, World, Wrong};

use super::Settings;
use crate::flow::{CaseKey, HoldReason, LetterKind, Outcome, State};
use crate::mail::{self, OwnAddresses};
use crate::store::NewMail;

fn stock(world: &World, product: i64, free: i64) {
    world.outside.odoo.lock().unwrap().free.insert(product, free.into());
}

fn ordered(outside: &Outside) -> Decimal {
    let odoo = outside.odoo.lock().unwrap();
    odoo.orders.values().flat_map(|order| &order.lines).map(|line| line.quantity).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_placed_told_shown_and_filed_once() {
    let world = World::start();
    stock(&world, 1, 10);
    let key = world.order("ada@buyer.example", &[(1, 4)]).await;
    let row = world.until(&key, &["ended"]).await;
    world.drained().await;
    assert_eq!(row.case.state, State::Ended(Outcome::Ordered));
    assert_eq!(world.kinds(), [LetterKind::Confirmation]);
    assert_eq!(ordered(&world.outside), 4.into());
    assert_eq!(world.outside.odoo.lock().unwrap().notes.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_cases_share_calls_and_never_the_same_stock() {
    let world = World::start();
    stock(&world, 1, 100);
    let mut keys = Vec::new();
    for n in 0..50 {
        keys.push(world.order(&format!("b{n}@buyer.example"), &[(1, 4)]).await);
    }
    let (mut placed, mut offered) = (0, 0);
    for key in &keys {
        match world.until(key, &["ended", "offered", "held"]).await.case.state {
            State::Ended(Outcome::Ordered) => placed += 1,
            State::Offered(_) => offered += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((placed, offered), (25, 25), "all that was there, and nothing twice");
    assert_eq!(ordered(&world.outside), 100.into());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_asked_again_and_orders_once() {
    let world = World::start();
    stock(&world, 1, 10);
    world.outside.odoo.lock().unwrap().wrong.extend([Wrong::Down, Wrong::AnswerLost]);
    // The look-up is refused, asked again, and answered; then the order's answer is lost.
    let key = world.order("ada@buyer.example", &[(1, 4)]).await;
    world.until(&key, &["ended"]).await;
    {
        let mut odoo = world.outside.odoo.lock().unwrap();
        odoo.wrong.clear();
    }
    let key = world.order("ada@buyer.example", &[(1, 4)]).await;
    world.until(&key, &["ended"]).await;
    assert_eq!(ordered(&world.outside), 8.into());
    assert_eq!(world.outside.odoo.lock().unwrap().orders.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_final_dot_repeats_the_letter_with_the_same_token() {
    let world = World::start();
    stock(&world, 1, 10);
    world.outside.letters.lock().unwrap().wrong.push_back(Wrong::AnswerLost);
    let key = world.order("ada@buyer.example", &[(1, 4)]).await;
    world.until(&key, &["ended"]).await;
    world.drained().await;
    for _ in 0..500 {
        if world.kinds().len() == 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let sent = world.outside.letters.lock().unwrap().sent.clone();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0], sent[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_parks_its_own_case_alone() {
    let world = World::start();
    stock(&world, 1, 10);
    world.outside.odoo.lock().unwrap().wrong.push_back(Wrong::Panic);
    let bad = world.order("bad@buyer.example", &[(1, 1)]).await;
    let row = world.until(&bad, &["held"]).await;
    assert!(matches!(
        row.case.state,
        State::Held { reason: HoldReason::Failed { .. }, resume: Some(_) }
    ));
    world.outside.odoo.clear_poison();
    let good = world.order("good@buyer.example", &[(1, 1)]).await;
    world.until(&good, &["ended"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_recipient_holds_the_case() {
    let world = World::start();
    stock(&world, 1, 10);
    world.outside.letters.lock().unwrap().wrong.push_back(Wrong::Refuse);
    let key = world.order("gone@buyer.example", &[(1, 1)]).await;
    let row = world.until(&key, &["held"]).await;
    assert!(matches!(row.case.state, State::Held { reason: HoldReason::LetterRefused { .. }, .. }));
    assert_eq!(ordered(&world.outside), 1.into());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_pauses_and_costs_no_flood_of_calls() {
    let world = World::start();
    stock(&world, 1, 100);
    world.outside.odoo.lock().unwrap().always = Some(Wrong::Password);
    let mut keys = Vec::new();
    for n in 0..20 {
        keys.push(world.order(&format!("b{n}@buyer.example"), &[(1, 1)]).await);
    }
    for _ in 0..50 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let calls = world.outside.odoo.lock().unwrap().calls;
    assert!(calls <= 3, "{calls} calls while paused");
    for key in &keys {
        assert_eq!(world.row(key).await.case.state.name(), "looking_up");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_goes_on_where_it_was() {
    let world = World::start();
    stock(&world, 1, 100);
    world.outside.odoo.lock().unwrap().always = Some(Wrong::AnswerLost);
    let mut keys = Vec::new();
    for n in 0..10 {
        keys.push(world.order(&format!("b{n}@buyer.example"), &[(1, 2)]).await);
    }
    let (dir, outside) = world.stop().await;
    outside.odoo.lock().unwrap().always = None;
    let world = World::start_in(dir, Arc::clone(&outside), World::settings());
    for key in &keys {
        world.until(key, &["ended"]).await;
    }
    world.drained().await;
    assert_eq!(ordered(&outside), 20.into());
    assert_eq!(world.kinds().len(), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_does_not_wait_for_a_server_that_hangs() {
    let settings = Settings { stop_within: Duration::from_millis(100), ..World::settings() };
    let world = World::start_in(tempfile::tempdir().unwrap(), Arc::default(), settings.clone());
    stock(&world, 1, 100);
    world.outside.odoo.lock().unwrap().wrong.push_back(Wrong::Hang);
    let key = world.order("a@buyer.example", &[(1, 2)]).await;
    while world.outside.odoo.lock().unwrap().calls == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let stopping = tokio::time::timeout(Duration::from_secs(30), world.stop());
    let (dir, outside) = stopping.await.expect("it waits for Odoo for ever");
    let world = World::start_in(dir, Arc::clone(&outside), settings);
    world.until(&key, &["ended"]).await;
    assert_eq!(ordered(&outside), 2.into());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_lies_beside_what_kills_the_process_is_not_blamed_for_it() {
    let mut world = World::start();
    stock(&world, 1, 100);
    let deadly = world.order("bad@buyer.example", &[(DEADLY, 1)]).await;
    let mut keys = Vec::new();
    for n in 0..10 {
        keys.push(world.order(&format!("b{n}@buyer.example"), &[(1, 2)]).await);
    }
    while world.row(&deadly).await.case.state.name() != "held" {
        tokio::select! {
            () = world.outside.deadly.notified() => {
                // What other lanes are at has nothing to do with it: however slow, it ends first.
                world.still_for(Duration::from_millis(500)).await;
                world.killed().await;
            }
            () = tokio::time::sleep(std::time::Duration::from_millis(10)) => {}
        }
    }
    for key in &keys {
        let row = world.until(key, &["ended", "held"]).await;
        assert_eq!(row.case.state, State::Ended(Outcome::Ordered));
    }
    assert_eq!(ordered(&world.outside), 20.into());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_odoo_refuses_is_held_and_the_rest_goes_on() {
    let world = World::start();
    stock(&world, 1, 100);
    let first = world.order("a@buyer.example", &[(1, 1)]).await;
    world.until(&first, &["ended"]).await;
    world.outside.odoo.lock().unwrap().always = Some(Wrong::Refuse);
    // A look-up that is refused for good holds the case too.
    let second = world.order("b@buyer.example", &[(1, 1)]).await;
    world.until(&second, &["held"]).await;
    world.outside.odoo.lock().unwrap().always = None;
    let third = world.order("c@buyer.example", &[(1, 1)]).await;
    world.until(&third, &["ended"]).await;
    assert_eq!(ordered(&world.outside), 2.into());
}

/// A mail as its bytes came: the reader reads it.
fn raw_mail(raw: &str, received_at: DateTime<Utc>) -> NewMail {
    let mail = mail::parse(raw.as_bytes(), &mail::Limits::default(), &OwnAddresses::default());
    NewMail {
        id: mail.id.clone(),
        received_at,
        maildir: "/nowhere".into(),
        file: format!("cur/{}:2,S", mail.id),
        raw: raw.as_bytes().to_vec(),
        message_id: mail.message_id,
        from: mail.from.email,
        subject: mail.subject,
        unreadable: None,
        failed: None,
    }
}

fn question(name: &str) -> String {
    format!(
        "From: {name}@buyer.example\nSubject: Rings\nMessage-ID: <q-{name}@x>\n\nYou know which.\n"
    )
}

fn answer(name: &str, case: &CaseKey) -> String {
    format!(
        "From: {name}@buyer.example\nSubject: Re: Rings\nMessage-ID: <a-{name}@x>\n\
         In-Reply-To: <offer.{case}-1@shop.example>\n\nOption 2 please.\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_found_before_its_case_waits_for_it() {
    let world = World::start();
    let now = Utc::now();
    let mut pairs = Vec::new();
    for n in 0..20 {
        let name = format!("b{n}");
        let first = raw_mail(&question(&name), now);
        let key = CaseKey::of(&first.id);
        let second = raw_mail(&answer(&name, &key), now);
        world.store.take_in(second.clone()).await.unwrap();
        pairs.push((key, first, second.id));
    }
    // All answers were looked at before the first case begins.
    while !world.store.unread(now, 100).await.unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    for (_, first, _) in &pairs {
        world.store.take_in(first.clone()).await.unwrap();
    }
    world.engine.mail_arrived()();
    world.drained().await;
    for (key, first, second) in pairs {
        let mails = world.store.mails_of(key.clone()).await.unwrap();
        let ids: Vec<_> = mails.into_iter().map(|row| row.id).collect();
        assert_eq!(ids.len(), 2, "case {key}: {ids:?}");
        assert!(ids.contains(&first.id) && ids.contains(&second));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_whose_case_never_comes_is_read_on_its_own() {
    let world = World::start();
    let lost = CaseKey::parse("00000000000000aa").unwrap();
    let long_ago = Utc::now() - chrono::TimeDelta::minutes(6);
    let mail = raw_mail(&answer("ada", &lost), long_ago);
    let key = CaseKey::of(&mail.id);
    world.store.take_in(mail).await.unwrap();
    world.engine.mail_arrived()();
    world.drained().await;
    let row = world.row(&key).await;
    assert!(matches!(row.case.state, State::Held { .. } | State::Ended(_)), "{:?}", row.case.state);
}

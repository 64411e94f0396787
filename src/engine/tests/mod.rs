//! The engine between a real store and a world that misbehaves.

mod world;

use std::sync::Arc;

use rust_decimal::Decimal;
use world::{Outside, World, Wrong};

use crate::flow::{HoldReason, LetterKind, Outcome, State};

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

//! What a worker has in hand, and what becomes of it when it lets go.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::world::{DEADLY, World};
use crate::engine::in_hand::Hand;
use crate::engine::lanes::{let_go, work_off};
use crate::flow::Target;
use crate::store::{Leased, SUSPECT};

/// One worker looks for work.
async fn look(world: &World) -> (Vec<Leased>, Hand) {
    look_for(world, 1, Utc::now()).await
}

async fn look_for(world: &World, limit: usize, now: DateTime<Utc>) -> (Vec<Leased>, Hand) {
    let shared = &world.engine.shared;
    let minute = Duration::from_secs(60);
    let leased = shared.store.lease(Target::Odoo, &["look_up"], limit, now, minute);
    shared.in_hand.take(leased.await.unwrap())
}

#[tokio::test]
async fn what_is_leased_again_before_its_worker_lets_go_waits_for_no_lease_to_end() {
    let world = World::at_rest().await;
    world.order("ada@buyer.example", &[(1, 4)]).await;
    let (first, hand) = look(&world).await;
    assert_eq!(first.len(), 1);
    // Its worker gives it back, and before that one lets go another looks for work.
    world.store.release(vec![first[0].id]).await.unwrap();
    let (second, nothing) = look(&world).await;
    assert!(second.is_empty(), "two workers at one effect");
    let_go(&world.engine.shared, vec![hand]).await;
    let_go(&world.engine.shared, vec![nothing]).await;
    let (third, _hand) = look(&world).await;
    assert_eq!(third.len(), 1, "it is leased, and nobody has it");
    assert_eq!(third[0].attempts, 0, "nobody has tried it");
}

#[tokio::test]
async fn what_a_set_clock_leases_again_stays_done() {
    let world = World::at_rest().await;
    world.order("ada@buyer.example", &[(1, 4)]).await;
    let (first, hand) = look(&world).await;
    let shared = &world.engine.shared;
    let (day, minute) = (TimeDelta::days(1), Duration::from_secs(60));
    let again = shared.store.lease(Target::Odoo, &["look_up"], 1, Utc::now() + day, minute).await;
    assert!(shared.in_hand.take(again.unwrap()).0.is_empty(), "two workers at one effect");
    world.store.bury(first[0].id, Utc::now(), "given up".into()).await.unwrap();
    let_go(shared, vec![hand]).await;
    assert!(look(&world).await.0.is_empty(), "what was ended is taken up again");
}

#[tokio::test]
async fn a_suspect_keeps_nobody_waiting_in_its_hand() {
    let world = World::at_rest().await;
    world.order("bad@buyer.example", &[(DEADLY, 1)]).await;
    world.order("ada@buyer.example", &[(1, 4)]).await;
    for _ in 0..SUSPECT {
        let (both, hand) = look_for(&world, 2, Utc::now()).await;
        assert_eq!(both.len(), 2);
        world.store.release_all(Utc::now(), Duration::ZERO).await.unwrap();
        drop(hand);
    }
    let (both, hand) = look_for(&world, 2, Utc::now() + TimeDelta::minutes(1)).await;
    assert!(both.iter().all(|one| one.attempts == SUSPECT), "{both:?}");
    let innocent = both[1].id;
    let shared = world.engine.shared.clone();
    let ends = tokio::spawn(async move { work_off(&shared, both, &mut [hand]).await });
    world.outside.deadly.notified().await;
    // The suspect's worker never ends: whoever was taken with it is free all the same.
    let (other, _hand) = look(&world).await;
    assert_eq!(other.iter().map(|one| one.id).collect::<Vec<_>>(), [innocent]);
    ends.abort();
}

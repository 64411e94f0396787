//! The state diagram is checked against the machine: a random walk finds every edge that is drawn,
//! and no other.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::play::{Play, choice, line, mail_id, order, placed, troubled};
use crate::flow::{
    EDGES, ErrorClass, Event, Failure, LetterKind, LookedUp, Refused, State, diagram, step,
};
use crate::mail::Address;
use crate::reading::{Choice, Intent, ProblemCode, Reading};

/// Something that may happen next, whether or not it makes sense.
#[derive(Debug, Clone, Copy)]
struct Move(u8, u8);

fn reading(n: u8) -> Reading {
    match n % 13 {
        0 => order(&[line(1, 2, 4)]),
        1 => order(&[line(1, 2, 4), line(4, 9, 4)]),
        2 => order(&[line(3, 2, 4)]),
        3 => order(&[line(99, 2, 4)]),
        4 => choice(Choice::Available, &[]),
        5 => choice(Choice::Available, &[line(2, 3, 4)]),
        6 | 7 => choice(Choice::Wait, &[]),
        8 => choice(Choice::Cancel, &[]),
        9 => troubled(Intent::Incomplete, ProblemCode::BadQuantity),
        10 => troubled(Intent::Review, ProblemCode::NoChoice),
        11 => Reading { intent: Intent::Review, ..order(&[line(1, 2, 4)]) },
        _ => Reading::empty(Intent::Ignore),
    }
}

fn event(play: &mut Play, n: u8) -> Event {
    let failure = Failure { class: ErrorClass::Permanent, message: "no".into() };
    let to = "ada@buyer.example".to_owned();
    match n % 13 {
        0 => Event::Approved { by: "clerk".into() },
        1 => Event::Rejected { by: "clerk".into(), tell: true },
        2 => Event::EffectFailed { effect: "look_up".into(), failure },
        3 => Event::EffectFailed { effect: "place".into(), failure },
        4 => Event::LetterFailed { kind: LetterKind::Confirmation, to, failure },
        5 => Event::PlaceRefused(Refused { message: "no".into() }),
        6 => Event::LookedUp(LookedUp::default()),
        7 => Event::Placed { partner_id: 1, orders: vec![placed("x", 1, Vec::new())] },
        8 => Event::Annotated,
        9 => {
            play.stock.insert(3, 50);
            play.stock.insert(4, 50);
            play.now += play.policy.stock_check_every;
            Event::Due
        }
        10 => {
            // Past a deadline, and not so late that it is put off.
            let gap = play.policy.expire_after - play.policy.remind_after;
            play.now += gap + chrono::TimeDelta::hours(12);
            Event::Due
        }
        11 => {
            let (mail, kind, message) = (mail_id(8), LetterKind::Offer, String::new());
            Event::LetterBounced { mail, kind, to, failed: true, message }
        }
        _ => Event::MailFailed {
            mail: mail_id(9),
            from: Address::default(),
            subject: String::new(),
            reason: "no".into(),
        },
    }
}

type Edge = (&'static str, &'static str, &'static str);

/// Plays the moves; the edges that were seen.
fn walk(moves: &[Move], seen: &mut BTreeSet<Edge>) {
    let mut play = Play::new();
    for Move(kind, n) in moves {
        match kind % 4 {
            0 => {
                match n {
                    160..200 => {
                        play.again();
                    }
                    200..220 => play.supplied.clear(),
                    220..240 => play.policy.letters_per_case = 2,
                    240.. => play.policy.letters_per_sender_hour = 0,
                    _ => {}
                }
                let (before, asked) = (play.case.state.name(), play.effects.clone());
                play.mail_only(reading(*n));
                note(seen, before, "mail_read", play.case.state.name());
                if play.case.state.in_flight() && play.effects.is_empty() {
                    play.effects = asked;
                }
            }
            1 | 2 => answer(&mut play, seen),
            _ => {
                let event = event(&mut play, *n);
                let before = play.case.state.name();
                if let Ok(next) = step(&play.case, &event, &play.policy, play.now) {
                    note(seen, before, event.name(), next.case.state.name());
                    play.case = next.case;
                    play.effects = next.effects;
                }
            }
        }
    }
}

/// Odoo answers what it was asked last.
fn answer(play: &mut Play, seen: &mut BTreeSet<Edge>) {
    let before = play.case.state.name();
    let event = match play.case.state {
        State::LookingUp(_) => "looked_up",
        State::Placing(_) => "placed",
        _ => return,
    };
    if play.effects.iter().any(|effect| matches!(effect.name(), "look_up" | "place")) {
        play.odoo_once();
        note(seen, before, event, play.case.state.name());
    }
}

fn note(seen: &mut BTreeSet<Edge>, from: &'static str, event: &'static str, to: &'static str) {
    if from != to || event == "mail_read" {
        seen.insert((from, event, to));
    }
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    prop::collection::vec((any::<u8>(), any::<u8>()).prop_map(|(a, b)| Move(a, b)), 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn no_walk_leaves_the_diagram(moves in moves()) {
        let mut seen = BTreeSet::new();
        walk(&moves, &mut seen);
        for edge in seen {
            prop_assert!(EDGES.contains(&edge), "{edge:?} is not drawn");
        }
    }
}

#[test]
fn every_drawn_edge_can_be_walked() {
    let mut seen = BTreeSet::new();
    let mut random: u64 = 7;
    for _ in 0..400_000 {
        let mut moves = Vec::new();
        for _ in 0..14 {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let [_, _, _, _, _, a, b, _] = random.to_le_bytes();
            moves.push(Move(a, b));
        }
        walk(&moves, &mut seen);
        if EDGES.iter().all(|edge| seen.contains(edge)) {
            return;
        }
    }
    let missing: Vec<_> = EDGES.iter().filter(|edge| !seen.contains(edge)).collect();
    panic!("drawn, and never walked: {missing:?}");
}

#[test]
fn architecture_shows_the_diagram() {
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/ARCHITECTURE.md")).unwrap();
    assert!(page.contains(&diagram()), "ARCHITECTURE.md should hold this:\n{}", diagram());
}

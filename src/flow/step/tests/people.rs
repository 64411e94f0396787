//! Approve and reject.

use super::play::{Play, choice, line, order, troubled};
use crate::flow::{Event, LetterKind, Outcome, State, step};
use crate::reading::{Choice, Intent, ProblemCode, Reading};

fn approved() -> Event {
    Event::Approved { by: "clerk".into() }
}

fn rejected(tell: bool) -> Event {
    Event::Rejected { by: "clerk".into(), tell }
}

#[test]
fn approving_an_uncertain_order_places_it() {
    let mut play = Play::new();
    let uncertain = Reading { intent: Intent::Review, ..order(&[line(1, 2, 4)]) };
    play.mail(uncertain);
    assert_eq!(play.state(), "held");
    assert!(play.odoo.is_empty());
    play.event(&approved()).odoo();
    assert_eq!(play.case.state, State::Ended(Outcome::Ordered));
    assert_eq!(play.odoo.len(), 1);
}

#[test]
fn approving_what_orders_nothing_closes_it() {
    let mut play = Play::new();
    play.mail(troubled(Intent::Review, ProblemCode::NotAnOrder)).event(&approved());
    assert_eq!(play.case.state, State::Ended(Outcome::Handled));
    assert!(play.letters().is_empty());
}

#[test]
fn rejecting_tells_the_customer_only_if_asked_to() {
    for tell in [true, false] {
        let mut play = Play::new();
        play.mail(troubled(Intent::Review, ProblemCode::NotAnOrder)).event(&rejected(tell));
        assert_eq!(play.case.state, State::Ended(Outcome::Rejected));
        assert_eq!(play.kinds() == [LetterKind::Cancelled], tell);
    }
}

#[test]
fn a_person_may_end_whatever_waits_but_not_what_is_over() {
    let mut play = Play::new();
    play.mail(order(&[line(4, 9, 4)]));
    assert!(step(&play.case, &rejected(true), &play.policy, play.now).is_ok());
    assert!(step(&play.case, &approved(), &play.policy, play.now).is_err());
    play.mail(choice(Choice::Wait, &[]));
    assert!(step(&play.case, &rejected(true), &play.policy, play.now).is_ok());
    play.mail(choice(Choice::Cancel, &[]));
    for event in [approved(), rejected(true)] {
        let illegal = step(&play.case, &event, &play.policy, play.now).unwrap_err();
        assert!(illegal.to_string().contains("ended"), "{illegal}");
    }
}

#[test]
fn a_held_offer_gets_its_full_time_again() {
    let mut play = Play::new();
    let unclear = || troubled(Intent::Review, ProblemCode::NoChoice);
    play.mail(order(&[line(4, 9, 4)])).mail(unclear()).mail(unclear());
    play.now += chrono::TimeDelta::days(30);
    play.event(&approved());
    assert_eq!(play.state(), "offered");
    assert_eq!(play.wake_at, Some(play.now + play.policy.remind_after));
}

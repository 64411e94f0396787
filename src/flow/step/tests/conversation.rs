//! Orders, offers, and the answers 1, 2 and 3.

use std::collections::BTreeMap;

use super::play::{Play, choice, line, order, problem, troubled};
use crate::flow::{Folder, LetterKind, Outcome, Partial, State};
use crate::reading::{Choice, Intent, Lang, ProblemCode, Reading, Unknown};

#[test]
fn an_order_with_stock_is_placed_confirmed_and_told_in_its_language() {
    let mut play = Play::new();
    play.mail(order(&[line(1, 2, 4), line(2, 3, 4)]));
    assert_eq!(play.case.state, State::Ended(Outcome::Ordered));
    assert_eq!(play.ordered(), BTreeMap::from([(1, 2), (2, 3)]));
    assert_eq!(play.letter(LetterKind::Confirmation).orders.len(), 1);
    assert_eq!(play.letters()[0].lang, Lang::De);
    assert_eq!(play.letters()[0].in_reply_to.as_deref(), Some("m1@buyer.example"));
    assert_eq!(play.filed(), [Folder::Done]);
}

#[test]
fn one_order_for_each_date_and_address() {
    let mut play = Play::new();
    let mut elsewhere = line(2, 1, 4);
    elsewhere.address = Some("Dock 4, Hull".into());
    play.mail(order(&[line(1, 2, 4), line(1, 3, 5), line(2, 1, 4), elsewhere]));
    assert_eq!(play.odoo.len(), 3);
    assert_eq!(play.letter(LetterKind::Confirmation).orders.len(), 3);
}

#[test]
fn short_lines_are_offered_and_the_others_ordered() {
    let mut play = Play::new();
    play.mail(order(&[line(1, 2, 4), line(4, 9, 4)]));
    assert_eq!(play.state(), "offered");
    assert_eq!(play.ordered(), BTreeMap::from([(1, 2)]));
    let offer = play.letter(LetterKind::Offer);
    assert_eq!(offer.orders.len(), 1);
    assert_eq!(offer.short.len(), 1);
    assert_eq!(offer.short[0].available, 4.into());
    assert!(offer.deadline.is_some());
}

#[test]
fn lines_of_one_product_share_its_stock() {
    let mut play = Play::new();
    play.mail(order(&[line(1, 6, 4), line(1, 6, 5)]));
    assert_eq!(play.ordered(), BTreeMap::from([(1, 6)]));
    assert_eq!(play.letter(LetterKind::Offer).short[0].available, 4.into());
}

#[test]
fn together_places_nothing_while_a_line_is_short() {
    let mut play = Play::new();
    play.policy.partial = Partial::Together;
    play.mail(order(&[line(1, 2, 4), line(4, 9, 4)]));
    assert!(play.odoo.is_empty());
    assert_eq!(play.letter(LetterKind::Offer).short.len(), 2);
    play.mail(choice(Choice::Available, &[]));
    assert_eq!(play.ordered(), BTreeMap::from([(1, 2), (4, 4)]));
}

#[test]
fn choice_1_alone_takes_what_there_is() {
    let mut play = Play::new();
    play.mail(order(&[line(4, 9, 4)])).mail(choice(Choice::Available, &[]));
    assert_eq!(play.case.state, State::Ended(Outcome::Ordered));
    assert_eq!(play.ordered(), BTreeMap::from([(4, 4)]));
    let letter = play.letter(LetterKind::Confirmation);
    assert_eq!(letter.short.len(), 1, "what is not delivered is said");
}

#[test]
fn choice_1_alone_with_nothing_there_is_offered_again_and_not_for_ever() {
    let mut play = Play::new();
    play.mail(order(&[line(3, 9, 4)]));
    for _ in 1..play.policy.offers_per_case {
        play.mail(choice(Choice::Available, &[]));
        assert_eq!(play.state(), "offered");
    }
    play.mail(choice(Choice::Available, &[]));
    assert_eq!(play.state(), "held");
    assert_eq!(play.filed(), [Folder::Review]);
}

#[test]
fn choice_1_with_new_lines_orders_those() {
    let mut play = Play::new();
    play.mail(order(&[line(3, 9, 4)])).mail(choice(Choice::Available, &[line(1, 7, 9)]));
    assert_eq!(play.case.state, State::Ended(Outcome::Ordered));
    assert_eq!(play.ordered(), BTreeMap::from([(1, 7)]));
}

#[test]
fn choice_1_with_incomplete_lines_is_asked_and_corrected_without_the_number() {
    let mut play = Play::new();
    let mut half = choice(Choice::Available, &[]);
    half.intent = Intent::Incomplete;
    half.problems = vec![problem(ProblemCode::MissingQuantity)];
    play.mail(order(&[line(3, 9, 4)])).mail(half);
    play.letter(LetterKind::Incomplete);
    assert_eq!(play.state(), "offered");
    play.mail(order(&[line(1, 2, 9)]));
    assert_eq!(play.case.state, State::Ended(Outcome::Ordered));
    assert_eq!(play.ordered(), BTreeMap::from([(1, 2)]));
}

#[test]
fn choice_2_asks_the_supplier_and_orders_when_stock_has_come() {
    let mut play = Play::new();
    play.mail(order(&[line(4, 9, 4)])).mail(choice(Choice::Wait, &[]));
    assert_eq!(play.state(), "awaiting_stock");
    assert_eq!(play.kinds(), [LetterKind::Request, LetterKind::Replenishment]);
    assert_eq!(play.letters()[0].to.email, "parts@supplier.example");
    assert_eq!(play.letters()[0].content.items[0].wanted.quantity, 5.into(), "what is missing");
    assert!(play.odoo.is_empty());

    let interval = play.policy.stock_check_every;
    play.wait(interval);
    assert_eq!(play.state(), "awaiting_stock");
    play.stock.insert(4, 20);
    play.wait(interval);
    assert_eq!(play.case.state, State::Ended(Outcome::Ordered));
    assert_eq!(play.ordered(), BTreeMap::from([(4, 9)]));
    play.letter(LetterKind::Confirmation);
}

#[test]
fn awaited_lines_are_placed_as_they_come_each_once() {
    let mut play = Play::new();
    play.mail(order(&[line(3, 5, 4), line(4, 9, 4)])).mail(choice(Choice::Wait, &[]));
    assert_eq!(play.kinds(), [LetterKind::Request, LetterKind::Replenishment]);
    let interval = play.policy.stock_check_every;
    play.stock.insert(3, 5);
    play.wait(interval);
    assert_eq!(play.state(), "awaiting_stock");
    assert_eq!(play.ordered(), BTreeMap::from([(3, 5)]));
    play.stock.insert(3, 50);
    play.stock.insert(4, 50);
    play.wait(interval);
    assert_eq!(play.ordered(), BTreeMap::from([(3, 5), (4, 9)]));
    assert_eq!(play.case.state, State::Ended(Outcome::Ordered));
}

#[test]
fn choice_2_with_stock_come_meanwhile_is_ordered_at_once() {
    let mut play = Play::new();
    play.mail(order(&[line(4, 9, 4)]));
    play.stock.insert(4, 9);
    play.mail(choice(Choice::Wait, &[]));
    assert_eq!(play.case.state, State::Ended(Outcome::Ordered));
    assert_eq!(play.kinds(), [LetterKind::Confirmation]);
}

#[test]
fn choice_2_without_a_supplier_is_held_until_there_is_one() {
    let mut play = Play::new();
    play.supplied.clear();
    play.mail(order(&[line(4, 9, 4)])).mail(choice(Choice::Wait, &[]));
    assert_eq!(play.state(), "held");
    play.supplied.push(4);
    play.event(&crate::flow::Event::Approved { by: "clerk".into() }).odoo();
    assert_eq!(play.state(), "awaiting_stock");
}

#[test]
fn a_customer_who_waits_may_cancel_or_take_what_there_is() {
    for (answer, outcome) in
        [(Choice::Cancel, Outcome::Cancelled), (Choice::Available, Outcome::Ordered)]
    {
        let mut play = Play::new();
        play.mail(order(&[line(4, 9, 4)])).mail(choice(Choice::Wait, &[]));
        play.mail(choice(answer, &[]));
        assert_eq!(play.case.state, State::Ended(outcome));
    }
}

#[test]
fn choice_3_cancels_what_was_short_and_names_what_stands() {
    let mut play = Play::new();
    play.mail(order(&[line(1, 2, 4), line(4, 9, 4)])).mail(choice(Choice::Cancel, &[]));
    assert_eq!(play.case.state, State::Ended(Outcome::Cancelled));
    let letter = play.letter(LetterKind::Cancelled);
    assert_eq!((letter.short.len(), letter.earlier.len()), (1, 1));
    assert_eq!(play.ordered(), BTreeMap::from([(1, 2)]));
}

#[test]
fn every_later_letter_names_what_stands() {
    let mut play = Play::new();
    play.mail(order(&[line(1, 2, 4), line(4, 9, 4)]));
    let offer = play.letter(LetterKind::Offer);
    assert_eq!((offer.orders.len(), offer.earlier.len()), (1, 0), "told once");
    play.mail(troubled(Intent::Review, ProblemCode::NoChoice));
    assert_eq!(play.letter(LetterKind::AskedAgain).earlier.len(), 1);
    play.mail(choice(Choice::Wait, &[]));
    let letters = play.letters();
    let customer = letters.iter().find(|letter| letter.kind == LetterKind::Replenishment);
    assert_eq!(customer.unwrap().content.earlier.len(), 1);
}

#[test]
fn an_unclear_answer_is_asked_once_and_then_held() {
    let mut play = Play::new();
    let unclear = || troubled(Intent::Review, ProblemCode::NoChoice);
    play.mail(order(&[line(4, 9, 4)])).mail(unclear());
    play.letter(LetterKind::AskedAgain);
    assert_eq!(play.state(), "offered");
    play.mail(unclear());
    play.letter(LetterKind::Held);
    assert_eq!(play.state(), "held");
    assert_eq!(play.filed(), [Folder::Review]);
}

#[test]
fn an_incomplete_order_is_asked_and_its_correction_placed() {
    let mut play = Play::new();
    play.mail(troubled(Intent::Incomplete, ProblemCode::MissingQuantity));
    assert_eq!(play.letter(LetterKind::Incomplete).problems.len(), 1);
    assert_eq!(play.state(), "incomplete");
    play.mail(order(&[line(1, 2, 4)]));
    assert_eq!(play.case.state, State::Ended(Outcome::Ordered));
}

#[test]
fn products_that_we_do_not_make_are_said_beside_the_order_or_alone() {
    let unknown = vec![Unknown { words: "X-9".into(), quantity: Some(1.into()) }];
    let mut play = Play::new();
    let mixed = Reading { unknown: unknown.clone(), ..order(&[line(1, 1, 4)]) };
    play.mail(mixed);
    assert_eq!(play.letter(LetterKind::Confirmation).unknown, unknown);

    let mut play = Play::new();
    let alone = Reading {
        unknown: unknown.clone(),
        ..troubled(Intent::Incomplete, ProblemCode::UnknownProduct)
    };
    play.mail(alone);
    assert_eq!(play.letter(LetterKind::NotMade).unknown, unknown);
    assert_eq!(play.case.state, State::Ended(Outcome::NotMade));
}

#[test]
fn an_archived_product_is_not_made_and_a_service_needs_no_stock() {
    let mut play = Play::new();
    play.stock.insert(8, -1);
    play.stock.insert(9, -2);
    play.mail(order(&[line(8, 1, 4), line(9, 500, 4)]));
    let letter = play.letter(LetterKind::Confirmation);
    assert_eq!(letter.unknown[0].words, "P-8");
    assert_eq!(play.ordered(), BTreeMap::from([(9, 500)]));
}

#[test]
fn an_automatic_mail_is_filed_and_nothing_else_happens() {
    let mut play = Play::new();
    play.mail(Reading::empty(Intent::Ignore));
    assert_eq!(play.case.state, State::Ended(Outcome::Ignored));
    assert_eq!(play.filed(), [Folder::Ignored]);
    assert_eq!(play.effects.len(), 1);

    let mut play = Play::new();
    play.mail(order(&[line(4, 9, 4)]));
    let before = play.case.clone();
    play.mail(Reading::empty(Intent::Ignore));
    assert_eq!(play.case, before);
}

#[test]
fn a_stranger_without_an_order_gets_no_letter() {
    for (known, letters) in [(true, 1), (false, 0)] {
        let mut play = Play::new();
        play.known = known;
        play.mail(troubled(Intent::Review, ProblemCode::NotAnOrder));
        assert_eq!(play.state(), "held");
        assert_eq!(play.letters().len(), letters);
        assert_eq!(play.filed(), [Folder::Review]);
    }
}

#[test]
fn the_partners_language_serves_where_the_mail_tells_none() {
    let mut play = Play::new();
    play.mail(Reading { lang: None, ..order(&[line(1, 1, 4)]) });
    assert_eq!(play.letters()[0].lang, Lang::Fr);
}

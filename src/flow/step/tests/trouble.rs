//! What goes wrong outside, and what must not go wrong inside.

use super::play::{Play, choice, line, mail_id, order, troubled};
use crate::flow::{
    Case, ErrorClass, Event, Failure, Folder, HoldReason, LetterKind, Outcome, Refused, State,
};
use crate::mail::Address;
use crate::reading::{Choice, Intent, ProblemCode, Reading};

fn failure() -> Failure {
    Failure { class: ErrorClass::Transient, message: "no answer for five days".into() }
}

fn approved() -> Event {
    Event::Approved { by: "clerk".into() }
}

#[test]
fn what_odoo_did_not_reserve_is_not_confirmed() {
    let mut play = Play::new();
    play.mail_only(order(&[line(1, 9, 4)])).odoo_once();
    // Between the look-up and the order somebody else takes six.
    play.stock.insert(1, 4);
    play.odoo();
    assert!(matches!(
        &play.case.state,
        State::Held { reason: HoldReason::NotReserved { orders }, .. } if orders.len() == 1
    ));
    play.letter(LetterKind::Held);
    // The clerk finds that it will do: the customer is told, and nothing is ordered twice.
    play.event(&approved()).odoo();
    assert_eq!(play.case.state, State::Ended(Outcome::Ordered));
    assert_eq!(play.odoo.len(), 1);
    play.letter(LetterKind::Confirmation);
}

#[test]
fn a_refused_order_is_held_with_odoos_words_and_can_be_tried_again() {
    let mut play = Play::new();
    play.mail_only(order(&[line(1, 2, 4)])).odoo_once();
    assert_eq!(play.state(), "placing");
    play.event(&Event::PlaceRefused(Refused { message: "the pricelist is archived".into() }));
    assert!(matches!(
        &play.case.state,
        State::Held { reason: HoldReason::Refused { message }, .. } if message.contains("pricelist")
    ));
    play.event(&approved()).odoo();
    assert_eq!(play.case.state, State::Ended(Outcome::Ordered));
}

#[test]
fn a_lost_database_makes_no_second_order() {
    let mut play = Play::new();
    play.mail(order(&[line(1, 6, 4), line(4, 9, 4)]));
    assert_eq!(play.state(), "offered");
    play.mail(choice(Choice::Available, &[]));
    let orders = play.odoo.clone();
    assert_eq!(orders.len(), 2);

    let mut replay = Play::new();
    replay.odoo = orders.clone();
    replay.stock = play.stock.clone();
    replay.stock.insert(4, 100);
    replay.mail(order(&[line(1, 6, 4), line(4, 9, 4)]));
    assert_eq!(replay.state(), "offered");
    assert_eq!(replay.letter(LetterKind::Offer).orders.len(), 1);
    replay.mail(choice(Choice::Available, &[]));
    assert_eq!(replay.case.state, State::Ended(Outcome::Ordered));
    assert_eq!(replay.odoo, orders);
}

#[test]
fn a_replayed_wait_finds_its_order() {
    let mut play = Play::new();
    play.mail(order(&[line(3, 5, 4), line(4, 9, 4)])).mail(choice(Choice::Wait, &[]));
    play.stock.insert(3, 5);
    let interval = play.policy.stock_check_every;
    play.wait(interval);
    let orders = play.odoo.clone();
    assert_eq!(orders.len(), 1);

    let mut replay = Play::new();
    replay.odoo = orders.clone();
    replay.mail(order(&[line(3, 5, 4), line(4, 9, 4)])).mail(choice(Choice::Wait, &[]));
    assert_eq!(replay.state(), "awaiting_stock");
    assert_eq!(replay.odoo, orders);
    replay.stock.insert(4, 9);
    replay.wait(interval);
    assert_eq!(replay.odoo.len(), 2);
    assert_eq!(replay.case.state, State::Ended(Outcome::Ordered));
}

#[test]
fn given_up_look_ups_hold_the_case_and_a_retry_goes_on() {
    let mut play = Play::new();
    play.mail_only(order(&[line(1, 2, 4)]));
    play.event(&Event::EffectFailed { effect: "look_up".into(), failure: failure() });
    assert_eq!(play.state(), "held");
    play.event(&approved()).odoo();
    assert_eq!(play.case.state, State::Ended(Outcome::Ordered));
}

#[test]
fn a_note_that_cannot_be_written_does_not_stop_an_order() {
    let mut play = Play::new();
    play.mail(order(&[line(1, 2, 4)]));
    let before = play.case.clone();
    play.event(&Event::EffectFailed { effect: "annotate".into(), failure: failure() });
    assert_eq!(play.case, before);
}

#[test]
fn a_refused_letter_calls_a_person() {
    let mut play = Play::new();
    play.mail(order(&[line(4, 9, 4)]));
    let to = "ada@buyer.example".to_owned();
    play.event(&Event::LetterFailed { kind: LetterKind::Offer, to, failure: failure() });
    assert!(matches!(
        play.case.state,
        State::Held { reason: HoldReason::LetterRefused { .. }, .. }
    ));
    play.event(&approved());
    assert_eq!(play.state(), "offered");
}

#[test]
fn mails_that_come_while_odoo_is_asked_wait_their_turn() {
    let mut play = Play::new();
    play.mail_only(order(&[line(4, 9, 4)]));
    let asked = play.effects.clone();
    play.mail_only(choice(Choice::Cancel, &[]));
    assert_eq!(play.case.deferred.len(), 1);
    play.effects = asked;
    play.odoo();
    assert_eq!(play.kinds(), [LetterKind::Offer, LetterKind::Cancelled]);
    assert_eq!(play.case.state, State::Ended(Outcome::Cancelled));
}

#[test]
fn a_flood_into_one_case_is_bounded_and_loses_no_mail() {
    let mut play = Play::new();
    play.mail_only(order(&[line(4, 9, 4)]));
    let asked = play.effects.clone();
    let mut filed = 0;
    for _ in 0..50 {
        play.mail_only(troubled(Intent::Review, ProblemCode::NoChoice));
        filed += play.filed().len();
    }
    assert_eq!(play.case.deferred.len(), Case::MAX_DEFERRED);
    assert_eq!(filed, 50 - Case::MAX_DEFERRED);
    play.effects = asked;
    play.odoo();
    assert_eq!(play.state(), "held");
    assert_eq!(play.filed().len(), 1 + Case::MAX_DEFERRED);
}

#[test]
fn letters_have_a_cap_for_each_case() {
    let mut play = Play::new();
    play.policy.letters_per_case = 4;
    play.policy.questions_per_case = 9;
    for _ in 0..10 {
        play.mail(troubled(Intent::Incomplete, ProblemCode::BadDate));
    }
    assert_eq!(play.case.letters, 4);
    assert!(matches!(play.case.state, State::Held { reason: HoldReason::TooManyLetters, .. }));
}

#[test]
fn a_mail_without_a_sender_gets_no_letter() {
    let mut play = Play::new();
    play.mail_only(Reading::empty(Intent::Review));
    let mut nameless = Play::new();
    nameless.mail_only(troubled(Intent::Incomplete, ProblemCode::BadDate));
    assert_eq!(nameless.letters().len(), 1);
    nameless.case.customer.reply_to = Address::default();
    nameless.now += chrono::TimeDelta::days(4);
    nameless.event(&Event::Due);
    assert!(nameless.letters().is_empty());
}

#[test]
fn an_unreadable_mail_is_a_case_for_a_person() {
    let mut play = Play::new();
    play.event(&Event::MailFailed {
        mail: mail_id(1),
        from: Address::default(),
        subject: String::new(),
        reason: "no header".into(),
    });
    assert_eq!(play.filed(), [Folder::Failed]);
    assert!(play.letters().is_empty());
    play.event(&approved());
    assert_eq!(play.case.state, State::Ended(Outcome::Handled));
}

#[test]
fn a_mail_after_the_end_is_for_a_person() {
    let mut play = Play::new();
    play.mail(order(&[line(1, 1, 4)])).mail(troubled(Intent::Review, ProblemCode::ChangeRequest));
    assert!(matches!(play.case.state, State::Held { reason: HoldReason::AfterEnd, .. }));
    play.letter(LetterKind::Held);
}

#[test]
fn letters_are_numbered_the_same_way_every_time() {
    let run = || {
        let mut play = Play::new();
        play.mail(order(&[line(1, 2, 4), line(4, 9, 4)]));
        play.letters().iter().map(|l| l.token.clone()).collect::<Vec<_>>()
    };
    assert_eq!(run(), run());
    assert_eq!(run(), [format!("{}-1", Play::new().case.key)]);
}

#[test]
fn a_letter_that_comes_back_calls_a_person_and_a_late_one_does_not() {
    let mut play = Play::new();
    play.mail(order(&[line(4, 9, 4)]));
    let (to, message) = ("ada@buyer.example".to_owned(), "550 no such user".to_owned());
    let bounce = |failed| Event::LetterBounced {
        mail: mail_id(9),
        kind: LetterKind::Offer,
        to: to.clone(),
        failed,
        message: message.clone(),
    };
    play.event(&bounce(false));
    assert_eq!(play.state(), "offered");
    play.event(&bounce(true));
    let State::Held { reason: HoldReason::LetterRefused { message }, .. } = &play.case.state else {
        panic!("{:?}", play.case.state)
    };
    assert!(message.contains("no such user"), "{message}");
    assert!(play.letters().is_empty(), "nobody is answered");
    play.event(&approved());
    assert_eq!(play.state(), "offered");
}

#[test]
fn the_same_words_again_get_no_letter() {
    for reading in [
        troubled(Intent::Review, ProblemCode::NoChoice),
        troubled(Intent::Incomplete, ProblemCode::BadQuantity),
        choice(Choice::Wait, &[]),
    ] {
        let mut play = Play::new();
        play.repeated = true;
        play.mail(reading);
        assert!(play.letters().is_empty(), "{:?}", play.letters());
        assert!(matches!(play.case.state, State::Held { reason: HoldReason::Repeated, .. }));
    }
    // What can be done is done, however often the same is said.
    let mut play = Play::new();
    play.repeated = true;
    play.mail(order(&[line(4, 9, 4)])).mail(choice(Choice::Cancel, &[]));
    assert_eq!(play.state(), "ended");
}

#[test]
fn questions_without_end_end_with_a_person() {
    let mut play = Play::new();
    for _ in 0..play.policy.questions_per_case {
        play.mail(troubled(Intent::Incomplete, ProblemCode::BadQuantity));
        assert_eq!(play.state(), "incomplete");
    }
    play.mail(troubled(Intent::Incomplete, ProblemCode::BadQuantity));
    assert!(matches!(play.case.state, State::Held { reason: HoldReason::TooManyQuestions, .. }));
    play.event(&approved());
    play.mail(order(&[line(1, 2, 4)]));
    assert_eq!(play.state(), "ended");
}

#[test]
fn a_mail_that_was_not_understood_may_be_read_anew() {
    let mut play = Play::new();
    play.mail(troubled(Intent::Review, ProblemCode::NoChoice));
    assert_eq!(play.state(), "held");
    play.again().mail(order(&[line(1, 2, 4)]));
    assert_eq!(play.case.state, State::Ended(Outcome::Ordered));
    let orders = play.odoo.len();
    // Once more, now that it is ordered: a person sees it, and nothing is ordered again.
    play.again().mail(order(&[line(1, 2, 4)]));
    assert_eq!(play.odoo.len(), orders);
}

#[test]
fn more_lines_than_anybody_orders_by_mail_wait_for_a_person() {
    let mut play = Play::new();
    play.policy.lines_per_mail = 3;
    play.mail(order(&[line(1, 1, 4), line(1, 1, 5), line(2, 1, 4), line(2, 1, 5)]));
    assert!(matches!(
        play.case.state,
        State::Held { reason: HoldReason::TooManyLines { lines: 4 }, .. }
    ));
    play.event(&approved()).odoo();
    assert_eq!(play.case.state, State::Ended(Outcome::Ordered));
    assert_eq!(play.ordered().values().sum::<i64>(), 4);
}

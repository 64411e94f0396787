//! Reminders, ends, and clocks that are wrong.

use chrono::TimeDelta;

use super::play::{Play, choice, line, order, troubled};
use crate::flow::{LetterKind, Outcome, State};
use crate::reading::{Choice, Intent, Lang, ProblemCode, Reading};

#[test]
fn an_unanswered_offer_is_reminded_and_then_closed() {
    let mut play = Play::new();
    play.mail(order(&[line(1, 1, 4), line(4, 9, 4)]));
    let offered = play.now;
    assert_eq!(play.wake_at, Some(offered + TimeDelta::days(3)));
    play.wait(TimeDelta::days(3));
    assert!(play.letter(LetterKind::Reminder).about_offer);
    assert_eq!(play.wake_at, Some(offered + TimeDelta::days(10)));
    play.wait(TimeDelta::days(7));
    assert_eq!(play.letter(LetterKind::Expired).earlier.len(), 1, "orders that stand are named");
    assert_eq!(play.case.state, State::Ended(Outcome::Expired));
    assert_eq!(play.wake_at, None);
}

#[test]
fn an_incomplete_order_is_reminded_and_then_closed() {
    let mut play = Play::new();
    play.mail(troubled(Intent::Incomplete, ProblemCode::BadDate));
    play.wait(TimeDelta::days(3));
    assert!(!play.letter(LetterKind::Reminder).about_offer);
    play.wait(TimeDelta::days(7));
    play.letter(LetterKind::Expired);
}

#[test]
fn a_clock_a_year_ahead_reminds_before_it_closes() {
    let mut play = Play::new();
    play.mail(order(&[line(4, 9, 4)]));
    play.wait(TimeDelta::days(365));
    play.letter(LetterKind::Reminder);
    play.wait(TimeDelta::days(1));
    assert!(play.letters().is_empty());
    play.wait(TimeDelta::days(6));
    play.letter(LetterKind::Expired);
}

/// Found by the simulation: only what was not reminded yet was safe.
#[test]
fn a_clock_a_year_ahead_closes_nothing_that_was_reminded() {
    let mut play = Play::new();
    play.mail(order(&[line(4, 9, 4)]));
    play.wait(TimeDelta::days(3));
    play.letter(LetterKind::Reminder);
    play.wait(TimeDelta::days(365));
    assert!(play.letters().is_empty());
    assert_eq!(play.state(), "offered");
    play.wait(TimeDelta::days(7));
    play.letter(LetterKind::Expired);
}

/// Found by the simulation: the clock stood a year behind for a minute, and the case was closed.
#[test]
fn a_clock_a_year_behind_for_a_while_closes_nothing_early() {
    let mut play = Play::new();
    play.mail(order(&[line(4, 9, 4)]));
    play.wait(TimeDelta::days(3));
    play.letter(LetterKind::Reminder);
    play.wait(-TimeDelta::days(365));
    play.wait(TimeDelta::days(365));
    play.wait(TimeDelta::days(6));
    assert_eq!(play.state(), "offered");
    play.wait(TimeDelta::days(1));
    play.letter(LetterKind::Expired);
}

/// Found by the simulation: what was asked by a clock a year ahead waited for a year.
#[test]
fn a_question_asked_in_the_future_is_reminded_and_closed_as_if_it_were_asked_now() {
    for reminded in [false, true] {
        let mut play = Play::new();
        play.mail(troubled(Intent::Incomplete, ProblemCode::BadDate));
        if reminded {
            play.wait(TimeDelta::days(3));
        }
        play.now -= TimeDelta::days(365);
        play.wait(TimeDelta::zero());
        assert!(play.letters().is_empty());
        let wake = play.wake_at.expect("a deadline");
        assert!(wake - play.now <= TimeDelta::days(10), "{reminded}: {wake}");
        play.wait(TimeDelta::days(10));
        play.wait(TimeDelta::days(10));
        play.wait(TimeDelta::days(1));
        assert_eq!(play.case.state, State::Ended(Outcome::Expired), "{reminded}");
    }
}

/// Found by the simulation: stock that had come was not looked at for a year.
#[test]
fn stock_is_looked_at_again_after_the_clock_was_set_back() {
    let mut play = Play::new();
    play.mail(order(&[line(3, 9, 4)])).mail(choice(Choice::Wait, &[]));
    play.now -= TimeDelta::days(365);
    play.wait(TimeDelta::zero());
    let wake = play.wake_at.expect("a time to look");
    assert!(wake - play.now <= TimeDelta::minutes(15), "{wake}");
}

#[test]
fn a_timer_that_was_overtaken_does_nothing() {
    let mut play = Play::new();
    play.mail(order(&[line(1, 1, 4)]));
    let before = play.case.clone();
    play.wait(TimeDelta::days(30));
    assert_eq!(play.case, before);
    assert!(play.effects.is_empty());
}

#[test]
fn stock_that_never_comes_is_handed_to_a_person() {
    let mut play = Play::new();
    play.mail(order(&[line(3, 9, 4)])).mail(choice(Choice::Wait, &[]));
    play.wait(TimeDelta::days(91));
    assert_eq!(play.state(), "held");
    play.letter(LetterKind::Held);
}

#[test]
fn days_and_language_are_the_companys_where_the_customer_says_nothing() {
    let mut play = Play::new();
    play.policy.time_zone = chrono_tz::Europe::Zurich;
    play.policy.default_lang = Lang::It;
    play.known = false;
    // A quarter to midnight in Greenwich: the next day has begun in Zurich.
    play.now = "2026-03-02T23:45:00Z".parse().expect("a time");
    play.mail(Reading { lang: None, ..order(&[line(4, 9, 4)]) });
    assert_eq!(play.case.customer.lang, Lang::It);
    let closes = play.letter(LetterKind::Offer).deadline;
    assert_eq!(closes, chrono::NaiveDate::from_ymd_opt(2026, 3, 13));
}

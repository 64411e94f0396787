//! What the simulation found, distilled: each was a fault of ours once.

use chrono::TimeDelta;

use super::life::Until;
use super::weather::{Fault, Weather};
use super::{begin, run};

/// Some seeds in which nothing goes wrong but these, and these at every chance.
fn only(faults: &[Fault]) {
    for seed in 1..=4 {
        let weather = faults.iter().fold(Weather::calm(), |calm, fault| calm.always(*fault));
        let run = run(seed, Some(weather), None);
        assert_eq!(run.wrong, Vec::<String>::new(), "seed {seed}");
        assert!(faults.iter().all(|fault| run.weather.struck(*fault) > 0), "seed {seed}");
    }
}

#[test]
fn nothing_goes_wrong_where_nothing_goes_wrong() {
    only(&[]);
}

/// The process ended instead, until somebody had made room.
#[test]
fn a_start_on_a_full_disk_waits_for_room() {
    let (mut play, _folder) = begin(1, Some(Weather::calm()), None);
    let until = play.world.lock().now() + TimeDelta::minutes(3);
    play.world.lock().store_shut = Some((until, Fault::StoreFull));
    play.live(Until::Time(TimeDelta::minutes(10), true), None).unwrap();
    play.rest().unwrap();
    assert!(play.world.lock().sent.len() > 1);
}

/// Its lease ended at once by the clock, and another worker sent the letter again.
#[test]
fn a_letter_on_its_way_is_not_sent_again_when_the_clock_is_set_forth() {
    only(&[Fault::ClockForth, Fault::SmtpSlow]);
}

/// What was to be tried again, looked at or closed a minute later was so a year later.
#[test]
fn nothing_waits_for_a_year_after_the_clock_was_a_year_ahead() {
    only(&[Fault::ClockForth, Fault::SmtpDotLost]);
}

/// What had failed once was given up for its age, and its order came late, told to nobody.
#[test]
fn nothing_is_given_up_at_its_first_failure_because_the_clock_was_set_forth() {
    let (mut play, _folder) = begin(1, Some(Weather::calm().always(Fault::SmtpBusy)), None);
    play.live(Until::Time(TimeDelta::minutes(2), false), None).unwrap();
    play.world.lock().skew = TimeDelta::days(365);
    play.live(Until::Time(TimeDelta::minutes(1), false), None).unwrap();
    play.calm();
    play.rest().unwrap();
    let world = play.world.lock();
    assert!(!world.sent.is_empty(), "letters go out when they can");
    assert!(world.moves.iter().all(|(_, event, ..)| *event != "letter_failed"));
}

#[test]
fn nothing_is_lost_under_a_clock_a_year_behind() {
    only(&[Fault::ClockBack, Fault::DeliveredTwice]);
}

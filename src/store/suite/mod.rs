//! What every store must do, whatever it is made of: run on each by [`suite!`].

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::*;
use crate::flow::{Case, Effect, Event, File, Letter, LetterKind, LookUp, Outcome, State};
use crate::mail::Address;
use crate::reading::Lang;

pub(crate) mod cases;
pub(crate) mod effects;
pub(crate) mod mails;
pub(crate) mod model;
pub(crate) mod upkeep;

/// Makes a test of every function named here; `$open` makes an empty store, which lives as long as
/// its second part.
macro_rules! suite {
    ($open:expr) => {
        $crate::store::suite::suite!(@ $open;
            mails {
                takes_a_mail_in_once
                remembers_a_mail_as_it_came
                keeps_why_a_mail_cannot_be_read
                sets_a_mail_aside_in_the_same_moment
                sets_aside_and_replays
                replays_what_began_a_held_case
                marks_attempts_to_read
                unread_mails_take_turns_between_senders
                an_answer_waits_for_its_case
                an_answer_does_not_wait_for_ever
            }
            cases {
                records_a_decision_whole
                an_event_that_changes_nothing_keeps_the_case
                remembers_where_a_decision_put_a_file
                refuses_a_decision_on_an_old_version
                reads_a_mail_once
                finishes_an_effect_once
                a_refused_decision_leaves_nothing_behind
                lists_due_cases_most_overdue_first
                a_case_may_be_woken_later
                next_wake_is_the_earliest
                finds_the_case_of_a_message
                lists_cases_by_filter
                many_writers_at_once
            }
            effects {
                leases_once
                leases_what_is_taken_with_its_decision
                leases_the_kinds_asked_for
                effects_take_turns_between_senders
                a_lease_runs_out
                retries_at_their_time
                waking_keeps_turns
                release_does_not_count
                release_all_counts_and_cuts_waits
                what_ends_the_process_lies_apart_and_is_found
                whoever_lies_apart_while_the_process_ends_is_acquitted
                a_clock_set_back_keeps_nothing_waiting
                buries_and_revives
                tells_what_waits
                counts_letters_to_an_address
            }
            upkeep {
                counts_what_lies_where
                tells_what_is_left_to_do
                prunes_what_ended
            }
        );
    };
    (@ $open:expr; $($room:ident { $($name:ident)* })*) => {
        $($(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let (store, _keep) = $open;
                $crate::store::suite::$room::$name(&store).await;
            }
        )*)*

        proptest::proptest! {
            #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]
            #[test]
            fn behaves_like_the_model(ops in $crate::store::suite::model::ops()) {
                let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
                runtime.block_on(async {
                    let (store, _keep) = $open;
                    $crate::store::suite::model::behaves_like_the_model(&store, ops).await;
                });
            }
        }
    };
}
pub(crate) use suite;

/// Says what was not tried, past the test runner's own capture.
pub(crate) fn loudly(what: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{what}");
}

/// A moment, in seconds after an arbitrary one.
pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_713_340_800 + seconds, 0).unwrap()
}

/// A mail's id by number; the numbers' keys differ too.
pub(crate) fn mail_id(number: u64) -> MailId {
    MailId::parse(&format!("{:016x}{number:016x}", number + 1)).unwrap()
}

pub(crate) fn key(number: u64) -> CaseKey {
    CaseKey::of(&mail_id(number))
}

pub(crate) fn new_mail(number: u64, from: &str) -> NewMail {
    NewMail {
        id: mail_id(number),
        received_at: at(i64::try_from(number).unwrap()),
        maildir: "/var/mail/orders".into(),
        file: format!("cur/{number}:2,S"),
        raw: format!("Subject: order {number}\r\n\r\nText of {number}\0\u{ff}").into_bytes(),
        message_id: Some(format!("{number}@example.com")),
        from: from.into(),
        subject: format!("order {number}"),
        unreadable: None,
        failed: None,
    }
}

pub(crate) fn look_up(number: u64) -> Effect {
    Effect::LookUp(LookUp {
        mail: mail_id(number),
        from: Address { name: String::new(), email: "a@example.com".into() },
        lang: Lang::default(),
        products: vec![(7, 3.into())],
        vendors: false,
    })
}

pub(crate) fn file(number: u64) -> Effect {
    Effect::File(File { mail: mail_id(number), folder: Folder::Done })
}

pub(crate) fn letter(token: &str, to: &str) -> Effect {
    Effect::Send(Box::new(Letter {
        token: token.into(),
        kind: LetterKind::Confirmation,
        to: Address { name: String::new(), email: to.into() },
        lang: Lang::default(),
        subject: "order".into(),
        in_reply_to: None,
        references: Vec::new(),
        content: crate::flow::Content::default(),
    }))
}

/// A first decision on a case of this customer.
pub(crate) fn opening(number: u64, from: &str, effects: Vec<Effect>) -> Decision {
    let mut case = Case::new(key(number));
    case.customer.from.email = from.into();
    case.subject = format!("order {number}");
    Decision {
        case,
        expected: 0,
        event: Event::Due,
        at: at(i64::try_from(number).unwrap()),
        unchanged: false,
        effects,
        taken: Vec::new(),
        wake_at: None,
        finishes: None,
        reads: None,
        moved: None,
    }
}

/// The decision that ends a case.
pub(crate) fn ending(number: u64, expected: i64, when: DateTime<Utc>) -> Decision {
    let mut decision = opening(number, "a@example.com", Vec::new());
    decision.case.state = State::Ended(Outcome::Ordered);
    decision.expected = expected;
    decision.at = when;
    decision
}

const MINUTE: Duration = Duration::from_secs(60);
/// Long after everything that is decided here.
fn later() -> DateTime<Utc> {
    at(1_000_000)
}

async fn lease_all(store: &dyn Store, target: Target, now: DateTime<Utc>) -> Vec<Leased> {
    store.lease(target, &[], 1000, now, MINUTE).await.unwrap()
}

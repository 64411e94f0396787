//! Stories of orders, told from what the flow itself decides.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rust_decimal::Decimal;

use super::story::{Known, story};
use crate::flow::{
    Availability, Case, CaseKey, Effect, ErrorClass, Event, Failure, Folder, LetterKind, LookedUp,
    MailRead, OrderDraft, PlacedLine, PlacedOrder, Policy, Stock, Vendor, step,
};
use crate::mail::{Address, MailId};
use crate::reading::{
    Choice, Evidence, Intent, Line, Part, Problem, ProblemCode, ProductRef, Read, Reading, Unknown,
};
use crate::store::{CaseRow, DeadLetter, EffectId, EventRow, MailRow, MailState, Waiting, Waits};

/// A case on its way through the flow, with all that it asked for.
struct Road {
    known: Known,
    effects: Vec<Effect>,
    now: DateTime<Utc>,
}

fn mail_id(number: u8) -> MailId {
    MailId::from_digest(&[number; 16])
}

impl Road {
    fn new() -> Self {
        let now = DateTime::from_timestamp(1_776_322_347, 0).expect("a time");
        let case = Case::new(CaseKey::of(&mail_id(0x3f)));
        let row = CaseRow { case, version: 0, opened_at: now, changed_at: now, wake_at: None };
        let known = Known {
            row,
            events: Vec::new(),
            mails: Vec::new(),
            waiting: Vec::new(),
            parked: Vec::new(),
        };
        Self { known, effects: Vec::new(), now }
    }

    /// An event happens so many seconds later.
    fn then(&mut self, seconds: i64, event: Event) {
        self.now += TimeDelta::seconds(seconds);
        let row = &mut self.known.row;
        let next = step(&row.case, &event, &Policy::default(), self.now).expect("a legal event");
        row.case = next.case;
        row.version += 1;
        row.wake_at = next.wake_at;
        row.changed_at = self.now;
        let state = row.case.state.name().to_owned();
        self.known.events.push(EventRow { number: row.version, at: self.now, event, state });
        self.effects = next.effects;
    }

    fn mail(&mut self, seconds: i64, number: u8, reading: Reading) {
        let from =
            Address { name: "Anna Keller".into(), email: "a.keller@hofladen.example".into() };
        let subject = String::from("Our order 4711\u{1b}[31m");
        self.known.mails.push(MailRow {
            id: mail_id(number),
            received_at: self.now,
            maildir: "/var/mail/orders".into(),
            file: format!("cur/17{number:02}.M1P1.mx:2,S"),
            message_id: Some(format!("m{number}@hofladen.example")),
            from: from.email.clone(),
            subject: subject.clone(),
            state: MailState::Read,
            attempts: 1,
            case: Some(self.known.row.case.key.clone()),
            reason: None,
        });
        self.then(
            seconds,
            Event::MailRead(Box::new(MailRead {
                mail: mail_id(number),
                message_id: Some(format!("m{number}@hofladen.example")),
                references: Vec::new(),
                from: from.clone(),
                reply_to: from,
                subject,
                answers_us: number > 0x3f,
                reading,
                recent_letters: 0,
                repeated: false,
            })),
        );
    }

    fn told(&self) -> String {
        story(&self.known, chrono_tz::Europe::Zurich)
    }
}

fn evidence() -> Evidence {
    Evidence { part: Part::Text, start: 0, end: 0, words: String::new(), rule: "test".into() }
}

fn line(id: i64, code: &str, quantity: i64) -> Line {
    Line {
        product: ProductRef { id, default_code: code.into() },
        quantity: Decimal::from(quantity),
        delivery_date: NaiveDate::from_ymd_opt(2026, 4, 28),
        address: None,
        stated_price: None,
        evidence: vec![evidence()],
        certainty: 100,
    }
}

fn stock(name: &str, quantity: i64) -> Stock {
    let address = Address { name: "Castfix".into(), email: "dispo@castfix.example".into() };
    Stock {
        availability: Availability::Stock(Decimal::from(quantity)),
        name: name.into(),
        uom: "Units".into(),
        vendor: Some(Vendor { address, lang: None, lead_days: Some(10) }),
    }
}

fn placed(draft: &OrderDraft, number: &str, reserved: i64) -> PlacedOrder {
    let lines = draft.lines.iter().map(|line| PlacedLine {
        product_id: line.product_id,
        default_code: "AB-10".into(),
        name: "Clamp ring 10 mm".into(),
        quantity: line.quantity,
        uom: "Units".into(),
        reserved: Some(Decimal::from(reserved)),
        unit_price: Decimal::new(32, 1),
        discount: Decimal::ZERO,
        subtotal: Decimal::new(64, 1),
        taxes: Vec::new(),
    });
    PlacedOrder {
        key: draft.key.clone(),
        id: 12,
        number: number.into(),
        confirmed: true,
        cancelled: false,
        lines: lines.collect(),
        untaxed: Decimal::new(64, 1),
        tax: Decimal::new(52, 2),
        total: Decimal::new(692, 2),
        currency: "CHF".into(),
        delivery_date: draft.date,
        address: None,
        reference: None,
    }
}

/// An order of two lines, one of them short.
fn offered() -> Road {
    let mut road = Road::new();
    let mut reading = Reading::empty(Intent::Order);
    reading.lines = vec![line(101, "AB-10", 2), line(112, "HG-6-GV", 12)];
    reading.unknown = vec![Unknown { words: "gate bell".into(), quantity: Some(Decimal::ONE) }];
    reading.reference = Some(Read { value: "4711".into(), evidence: evidence() });
    road.mail(0, 0x3f, reading);
    let mut found = LookedUp::default();
    found.stock.insert(101, stock("Clamp ring 10 mm", 240));
    found.stock.insert(112, stock("Strap hinge 600 mm, galvanised", 3));
    road.then(1, Event::LookedUp(found));
    let Some(Effect::Place(place)) = road.effects.first().cloned() else { panic!("no order") };
    let orders = place.orders.iter().map(|draft| placed(draft, "S00012", 2)).collect();
    road.then(1, Event::Placed { partner_id: 40, orders });
    let message_id = format!("offer.{}-1@mycompany.example", road.known.row.case.key);
    let to = "a.keller@hofladen.example".into();
    road.then(1, Event::LetterSent { kind: LetterKind::Offer, message_id, to });
    road
}

#[test]
fn the_story_of_an_offer_that_waits() {
    insta::assert_snapshot!(offered().told());
}

#[test]
fn the_story_of_an_answer_2_whose_letter_is_parked() {
    let mut road = offered();
    let mut reading = Reading::empty(Intent::Choice);
    reading.choice = Some(Read { value: Choice::Wait, evidence: evidence() });
    road.mail(86_400, 0x40, reading);
    let mut found = LookedUp::default();
    found.stock.insert(112, stock("Strap hinge 600 mm, galvanised", 3));
    road.then(1, Event::LookedUp(found));
    let sends: Vec<Effect> =
        road.effects.iter().filter(|effect| matches!(effect, Effect::Send(_))).cloned().collect();
    let [request, told] = sends.as_slice() else { panic!("{sends:?}") };
    let case = road.known.row.case.key.clone();
    road.known.parked.push(DeadLetter {
        id: EffectId(7),
        case: case.clone(),
        effect: request.clone(),
        attempts: 41,
        at: road.now,
        reason: "the mail server mail.example.com does not answer: check that it runs".into(),
    });
    road.known.waiting.push(Waiting {
        id: EffectId(8),
        case,
        effect: told.clone(),
        attempts: 1,
        decided_at: road.now,
        waits: Waits::Until(road.now + TimeDelta::seconds(30)),
        error: Some("connection refused".into()),
    });
    insta::assert_snapshot!(road.told());
}

#[test]
fn the_story_of_a_mail_that_a_person_must_understand() {
    let mut road = Road::new();
    let mut reading = Reading::empty(Intent::Review);
    reading.problems = vec![Problem {
        code: ProblemCode::ChangeRequest,
        message: "the mail wants a placed order changed: “instead of 2 send 3”".into(),
        words: "instead of 2 send 3".into(),
        block: None,
        field: None,
    }];
    road.mail(0, 0x3f, reading);
    road.then(1, Event::LookedUp(LookedUp::default()));
    let mail = mail_id(0x3f);
    road.then(0, Event::Filed { mail, folder: Folder::Review });
    road.then(3600, Event::Rejected { by: "maria".into(), tell: true });
    let failure = Failure { class: ErrorClass::Permanent, message: "550 no such user".into() };
    let to = "a.keller@hofladen.example".into();
    road.then(2, Event::LetterFailed { kind: LetterKind::Cancelled, to, failure });
    insta::assert_snapshot!(road.told());
}

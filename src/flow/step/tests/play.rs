//! A case on a stage: mails, Odoo's stock and the clerk are lines of a script.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rust_decimal::Decimal;

use crate::flow::testing::placed_line;
use crate::flow::{
    Availability, Case, CaseKey, Content, Effect, Event, Folder, Letter, LetterKind, LookUp,
    LookedUp, MailRead, Partner, Place, PlacedLine, PlacedOrder, Policy, Stock, Vendor, step,
};
use crate::mail::{Address, MailId};
use crate::reading::{
    Choice, Evidence, Intent, Lang, Line, Part, Problem, ProblemCode, ProductRef, Read, Reading,
};

pub(super) struct Play {
    pub(super) case: Case,
    pub(super) policy: Policy,
    pub(super) now: DateTime<Utc>,
    pub(super) wake_at: Option<DateTime<Utc>>,
    /// Free stock by product.
    pub(super) stock: BTreeMap<i64, i64>,
    /// Products whose supplier Odoo knows.
    pub(super) supplied: Vec<i64>,
    /// Odoo knows the customer.
    pub(super) known: bool,
    /// What the last event asked for.
    pub(super) effects: Vec<Effect>,
    /// Orders in Odoo, by key.
    pub(super) odoo: BTreeMap<String, PlacedOrder>,
    /// The next mails say what was said before.
    pub(super) repeated: bool,
    mails: u8,
}

pub(super) fn mail_id(n: u8) -> MailId {
    MailId::from_digest(&[n; 16])
}

pub(super) fn customer() -> Address {
    Address { name: "Ada Buyer".into(), email: "ada@buyer.example".into() }
}

pub(super) fn evidence() -> Evidence {
    Evidence { part: Part::Text, start: 0, end: 0, words: String::new(), rule: "test".into() }
}

pub(super) fn line(product: i64, quantity: i64, day: u32) -> Line {
    Line {
        product: ProductRef { id: product, default_code: format!("P-{product}") },
        quantity: quantity.into(),
        delivery_date: NaiveDate::from_ymd_opt(2026, 12, day),
        address: None,
        stated_price: None,
        evidence: vec![evidence()],
        certainty: 100,
    }
}

pub(super) fn order(lines: &[Line]) -> Reading {
    Reading { lines: lines.to_vec(), lang: Some(Lang::De), ..Reading::empty(Intent::Order) }
}

pub(super) fn choice(choice: Choice, lines: &[Line]) -> Reading {
    Reading {
        lines: lines.to_vec(),
        choice: Some(Read { value: choice, evidence: evidence() }),
        ..Reading::empty(Intent::Choice)
    }
}

pub(super) fn problem(code: ProblemCode) -> Problem {
    Problem { code, message: "…".into(), words: String::new(), block: None, field: None }
}

pub(super) fn troubled(intent: Intent, code: ProblemCode) -> Reading {
    Reading { problems: vec![problem(code)], ..Reading::empty(intent) }
}

impl Play {
    pub(super) fn new() -> Self {
        Self {
            case: Case::new(CaseKey::of(&mail_id(1))),
            policy: Policy::default(),
            now: DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
            wake_at: None,
            stock: BTreeMap::from([(1, 10), (2, 10), (3, 0), (4, 4)]),
            supplied: vec![1, 2, 3, 4],
            known: true,
            effects: Vec::new(),
            odoo: BTreeMap::new(),
            repeated: false,
            mails: 0,
        }
    }

    pub(super) fn event(&mut self, event: &Event) -> &mut Self {
        let transition = step(&self.case, event, &self.policy, self.now).unwrap();
        self.case = transition.case;
        self.effects = transition.effects;
        self.wake_at = transition.wake_at;
        self
    }

    /// The next mail is the first one, read anew.
    pub(super) fn again(&mut self) -> &mut Self {
        self.mails = 0;
        self
    }

    /// A mail, without letting Odoo answer.
    pub(super) fn mail_only(&mut self, reading: Reading) -> &mut Self {
        self.mails += 1;
        let mail = MailRead {
            mail: mail_id(self.mails),
            message_id: Some(format!("m{}@buyer.example", self.mails)),
            references: Vec::new(),
            from: customer(),
            reply_to: customer(),
            subject: "Order".into(),
            answers_us: self.mails > 1,
            reading,
            recent_letters: 0,
            repeated: self.repeated,
        };
        self.event(&Event::MailRead(Box::new(mail)))
    }

    /// A mail, and Odoo answers until nothing is asked of it any more.
    pub(super) fn mail(&mut self, reading: Reading) -> &mut Self {
        self.mail_only(reading).odoo()
    }

    /// Odoo answers all that it is asked.
    pub(super) fn odoo(&mut self) -> &mut Self {
        let mut all = std::mem::take(&mut self.effects);
        let mut at = 0;
        while at < all.len() {
            let event = match &all[at] {
                Effect::LookUp(job) => Some(self.look_up(job)),
                Effect::Place(job) => Some(self.place(job)),
                _ => None,
            };
            if let Some(event) = event {
                self.event(&event);
                all.append(&mut self.effects);
            }
            at += 1;
        }
        self.effects = all;
        self
    }

    /// Odoo answers the first thing that it is asked; what follows from it stays open.
    pub(super) fn odoo_once(&mut self) -> &mut Self {
        let asked = std::mem::take(&mut self.effects);
        let event = asked.iter().find_map(|effect| match effect {
            Effect::LookUp(job) => Some(self.look_up(job)),
            Effect::Place(job) => Some(self.place(&job.clone())),
            _ => None,
        });
        match event {
            Some(event) => self.event(&event),
            None => self,
        }
    }

    pub(super) fn wait(&mut self, time: TimeDelta) -> &mut Self {
        self.now += time;
        self.event(&Event::Due).odoo()
    }

    fn look_up(&self, job: &LookUp) -> Event {
        let stock = job.products.iter().filter_map(|(id, _)| {
            let free = *self.stock.get(id)?;
            let vendor = self.supplied.contains(id).then(|| Vendor {
                address: Address { name: String::new(), email: "parts@supplier.example".into() },
                lang: None,
                lead_days: Some(14),
            });
            let availability = match free {
                -1 => Availability::Inactive,
                -2 => Availability::Untracked,
                free => Availability::Stock(free.into()),
            };
            Some((*id, Stock { availability, name: format!("N{id}"), uom: "Units".into(), vendor }))
        });
        let mail = format!("{}_", job.mail);
        let already = self.odoo.values().filter(|order| order.key.starts_with(&mail));
        Event::LookedUp(LookedUp {
            partner: self.known.then_some(Partner { id: 77, lang: Some(Lang::Fr) }),
            stock: stock.collect(),
            already: already.cloned().collect(),
        })
    }

    fn place(&mut self, job: &Place) -> Event {
        let mut orders = Vec::new();
        for draft in &job.orders {
            let id = i64::try_from(self.odoo.len()).unwrap() + 1;
            if !self.odoo.contains_key(&draft.key) {
                let mut lines = Vec::new();
                for line in &draft.lines {
                    let free = self.stock.entry(line.product_id).or_default();
                    let reserved = if *free == -2 {
                        line.quantity
                    } else {
                        line.quantity.min(Decimal::from(*free))
                    };
                    if *free > 0 {
                        *free -= i64::try_from(reserved).unwrap();
                    }
                    lines.push(placed_line(line.product_id, line.quantity, reserved));
                }
                self.odoo.insert(draft.key.clone(), placed(&draft.key, id, lines));
            }
            orders.push(self.odoo[&draft.key].clone());
        }
        Event::Placed { partner_id: 77, orders }
    }

    pub(super) fn state(&self) -> &'static str {
        self.case.state.name()
    }

    pub(super) fn letters(&self) -> Vec<&Letter> {
        let mut letters = Vec::new();
        for effect in &self.effects {
            if let Effect::Send(letter) = effect {
                letters.push(&**letter);
            }
        }
        letters
    }

    pub(super) fn kinds(&self) -> Vec<LetterKind> {
        self.letters().iter().map(|letter| letter.kind).collect()
    }

    /// The only letter that the last event caused.
    pub(super) fn letter(&self, kind: LetterKind) -> &Content {
        let letters = self.letters();
        assert_eq!(self.kinds(), [kind]);
        &letters[0].content
    }

    pub(super) fn filed(&self) -> Vec<Folder> {
        let folder = |effect: &Effect| match effect {
            Effect::File(file) => Some(file.folder),
            _ => None,
        };
        self.effects.iter().filter_map(folder).collect()
    }

    /// Quantities ordered in Odoo, by product.
    pub(super) fn ordered(&self) -> BTreeMap<i64, i64> {
        let mut sums = BTreeMap::new();
        for line in self.odoo.values().flat_map(|order| &order.lines) {
            *sums.entry(line.product_id).or_default() += i64::try_from(line.quantity).unwrap();
        }
        sums
    }
}

pub(super) fn placed(key: &str, id: i64, lines: Vec<PlacedLine>) -> PlacedOrder {
    PlacedOrder {
        key: key.into(),
        id,
        number: format!("S{id:05}"),
        confirmed: true,
        cancelled: false,
        lines,
        untaxed: Decimal::ONE,
        tax: Decimal::ZERO,
        total: Decimal::ONE,
        currency: "EUR".into(),
        delivery_date: None,
        address: None,
        reference: None,
    }
}

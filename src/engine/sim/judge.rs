//! The judge: what must be true of a world that has come to rest.
//!
//! It asks the world (what customers wrote, what Odoo holds, what the mail server accepted) and
//! the audit trail, which it plays again from its first event: what the outbox made of it must be
//! what [`step`] decides.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use super::life::Play;
use super::maildir;
use super::mails::{Says, Written};
use super::people::stands;
use super::weather::Fault;
use super::world::{Inner, Sent};
use crate::flow::{
    Case, CaseKey, Effect, Event, HoldReason, Letter, LetterKind, Outcome, State, step,
};
use crate::letters;
use crate::store::{CaseRow, EventRow, MailState, Store as _};

/// What an account of a case says.
#[derive(Debug)]
struct Account {
    row: CaseRow,
    events: Vec<EventRow>,
    letters: Vec<Letter>,
}

impl Account {
    fn happened(&self, name: &str) -> bool {
        self.events.iter().any(|row| row.event.name() == name)
    }

    /// It read this mail.
    fn read(&self, id: &str) -> bool {
        let of = |event: &Event| matches!(event, Event::MailRead(mail) if mail.mail.as_str() == id);
        self.events.iter().any(|row| of(&row.event))
    }

    /// A person has it in hand, or had.
    fn with_a_person(&self) -> bool {
        let held = matches!(self.row.case.state, State::Held { .. });
        held || self.happened("approved") || self.happened("rejected")
    }
}

/// The judge's notes.
#[derive(Debug, Default)]
pub(super) struct Judge {
    pub(super) wrong: Vec<String>,
}

impl Judge {
    fn see(&mut self, right: bool, what: impl FnOnce() -> String) {
        if !right {
            self.wrong.push(what());
        }
    }

    /// Looks at everything.
    pub(super) async fn look(&mut self, play: &Play) {
        let mut accounts = BTreeMap::new();
        for row in play.world.rows().await {
            let account = self.account(play, row).await;
            accounts.insert(account.row.case.key.clone(), account);
        }
        self.mails(play, &accounts).await;
        self.outbox(play).await;
        let mut world = play.world.lock();
        self.wrong.append(&mut world.wrong);
        self.letters(&world, &accounts);
        self.orders(&world, &accounts);
        self.told(&world, &accounts);
        for account in accounts.values() {
            self.stands(&world, account);
        }
        self.deadlines(&world, play);
    }

    /// Plays the audit trail again.
    async fn account(&mut self, play: &Play, row: CaseRow) -> Account {
        let key = row.case.key.clone();
        let events = play.world.store.events(key.clone()).await.unwrap();
        let mut case = Case::new(key.clone());
        let mut sends = Vec::new();
        for event in &events {
            match step(&case, &event.event, &play.settings.policy, event.at) {
                Err(illegal) => self.wrong.push(format!("{key}: its story breaks off: {illegal}")),
                Ok(next) => {
                    let before = sends.len();
                    case = next.case;
                    sends.extend(next.effects.into_iter().filter_map(|effect| match effect {
                        Effect::Send(letter) => Some(*letter),
                        _ => None,
                    }));
                    let ignored = matches!(&event.event, Event::MailRead(mail)
                        if mail.reading.intent == crate::reading::Intent::Ignore);
                    self.see(!ignored || sends.len() == before, || {
                        format!("{key}: an automatic mail was answered")
                    });
                }
            }
        }
        self.see(case == row.case, || format!("{key}: its story ends elsewhere: {case:?}"));
        Account { row, events, letters: sends }
    }

    /// Every mail is remembered, read once, and its file put away.
    async fn mails(&mut self, play: &Play, accounts: &BTreeMap<CaseKey, Account>) {
        let written = play.world.lock().written.clone();
        for mail in written.iter().filter(|mail| mail.delivered) {
            let id = &mail.id;
            let Some(row) = play.world.store.mail(id.clone()).await.unwrap() else {
                self.wrong.push(format!("mail {id} is lost"));
                continue;
            };
            self.see(row.state != MailState::Received, || format!("mail {id} is unread"));
            let of = |event: &Event| match event {
                Event::MailRead(read) => read.mail == *id,
                Event::MailFailed { mail, .. } => mail == id,
                _ => false,
            };
            let events = accounts.values().flat_map(|account| &account.events);
            let times = events.filter(|row| of(&row.event)).count();
            let parked = row.state == MailState::Failed && row.reason.is_some();
            self.see(times == 1 || parked, || format!("mail {id} was read {times} times"));
            let first = mail.answers.is_none() && mail.says != Says::Away;
            let account = accounts.get(&CaseKey::of(id));
            let told = account.is_some_and(|a| !a.letters.is_empty() || a.with_a_person());
            self.see(!first || told, || format!("mail {id} got no answer"));
        }
        for part in ["new", "cur"] {
            for file in maildir::files(&play.world.maildir, part) {
                self.wrong.push(format!("{file:?} was not put away"));
            }
        }
    }

    /// Nothing lies in the outbox that nobody will do.
    async fn outbox(&mut self, play: &Play) {
        for one in play.world.store.waiting(None, 100).await.unwrap() {
            self.wrong.push(format!("{} {} was left", one.case, one.effect.name()));
        }
        for dead in play.world.store.dead_letters(None, 100).await.unwrap() {
            let known = !dead.reason.is_empty() && !dead.reason.contains("cannot take the event");
            let minor = matches!(dead.effect, Effect::Annotate(_) | Effect::File(_));
            self.see(known && minor, || {
                format!("{} {} is parked: {}", dead.case, dead.effect.name(), dead.reason)
            });
        }
    }

    /// Every letter that was decided arrived, once; twice only where the mail server's answer was
    /// lost, and then as the same letter. No other letter did.
    fn letters(&mut self, world: &Inner, accounts: &BTreeMap<CaseKey, Account>) {
        let mut arrived: BTreeMap<&str, Vec<&Sent>> = BTreeMap::new();
        for sent in &world.sent {
            arrived.entry(&sent.id).or_default().push(sent);
        }
        let id_of =
            |letter: &Letter| letters::message_id(letter.kind, &letter.token, "shop.example");
        for account in accounts.values() {
            let key = &account.row.case.key;
            let mut missing: BTreeMap<LetterKind, usize> = BTreeMap::new();
            for letter in &account.letters {
                match arrived.remove(id_of(letter).as_str()) {
                    None => *missing.entry(letter.kind).or_default() += 1,
                    Some(copies) => {
                        let id = &copies[0].id;
                        let most = 1 + world.unknown.get(id).map_or(0, |n| *n as usize);
                        let times = copies.len();
                        self.see(times <= most, || format!("letter {id} arrived {times} times"));
                        let same = copies.iter().all(|copy| copy.letter == *letter);
                        self.see(same, || format!("letter {id} is not the one decided"));
                    }
                }
            }
            for (kind, times) in missing {
                let failed = account.events.iter().filter(
                    |row| matches!(&row.event, Event::LetterFailed { kind: of, .. } if *of == kind),
                );
                let failed = failed.count();
                self.see(times <= failed, || format!("{key}: a letter {kind:?} is lost"));
            }
        }
        for id in arrived.keys() {
            self.wrong.push(format!("letter {id} was never decided"));
        }
        let machines: Vec<&Written> =
            world.written.iter().filter(|mail| mail.says == Says::Away).collect();
        for sent in &world.sent {
            let to = sent.letter.in_reply_to.as_deref();
            let automatic = machines.iter().any(|mail| Some(mail.message_id.as_str()) == to);
            self.see(!automatic, || format!("letter {} answers an automatic mail", sent.id));
        }
    }

    /// No order twice, by its external id or by what it means; and none that nobody asked for.
    fn orders(&mut self, world: &Inner, accounts: &BTreeMap<CaseKey, Account>) {
        let mut allowed: BTreeMap<(usize, i64), Decimal> = BTreeMap::new();
        for mail in world.written.iter().filter(|mail| mail.says != Says::Incomplete) {
            for (product, quantity) in &mail.lines {
                let sum = allowed.entry((mail.thread, *product)).or_default();
                *sum += Decimal::from(*quantity);
            }
        }
        let mut keys = Vec::new();
        for order in &world.odoo.orders {
            self.see(!keys.contains(&&order.key), || format!("order {} is doubled", order.key));
            keys.push(&order.key);
            let mail = order.key.split('_').next().unwrap_or_default();
            let Some(mail) = world.written.iter().find(|known| known.id.as_str() == mail) else {
                self.wrong.push(format!("order {} is of no mail", order.key));
                continue;
            };
            for line in &order.lines {
                let left = allowed.entry((mail.thread, line.product_id)).or_default();
                *left -= line.quantity;
                let (left, product) = (*left, line.product_id);
                self.see(left >= Decimal::ZERO, || {
                    format!("order {} has more of {product} than was wanted", order.number)
                });
            }
        }
        let held = |account: &&Account| {
            let reason = HoldReason::NotReserved { orders: Vec::new() };
            let reason = std::mem::discriminant(&reason);
            matches!(&account.row.case.state, State::Held { reason: of, .. }
                if std::mem::discriminant(of) == reason)
        };
        let struck = |fault| world.weather.struck(fault) > 0;
        // Whoever has given an order up claims no stock for it any more, and Odoo may make it yet.
        let given_up = struck(Fault::OdooInvalid) || struck(Fault::OdooPanic);
        if !world.oversold && !given_up {
            for account in accounts.values().filter(held) {
                let key = &account.row.case.key;
                self.wrong.push(format!("{key} was told of stock that others had been told of"));
            }
        }
    }

    /// What a letter promises is reserved; and every order was told, or is in a person's hands.
    fn told(&mut self, world: &Inner, accounts: &BTreeMap<CaseKey, Account>) {
        let mut told = Vec::new();
        for Sent { id, letter, .. } in &world.sent {
            let key = letter.token.split('-').next().and_then(CaseKey::parse);
            let account = key.as_ref().and_then(|key| accounts.get(key));
            let accepted = account.is_some_and(|account| account.happened("approved"));
            for order in &letter.content.orders {
                told.push(order.id);
                let real = world.odoo.orders.iter().find(|real| real.id == order.id);
                let kept = real.is_some_and(|real| {
                    let firm = real.lines.iter().all(|line| line.reserved >= Some(line.quantity));
                    real.key == order.key && (firm || accepted)
                });
                self.see(kept, || format!("letter {id} promises what is not reserved"));
            }
        }
        for order in world.odoo.orders.iter().filter(|order| !told.contains(&order.id)) {
            let of = |account: &&Account| {
                let orders = &account.row.case.orders;
                let knows = orders.iter().any(|known| known.key == order.key);
                knows || account.read(order.key.split('_').next().unwrap_or_default())
            };
            let excused = accounts
                .values()
                .filter(of)
                .any(|account| account.with_a_person() || account.happened("letter_failed"));
            self.see(excused, || format!("nobody was told of order {}", order.number));
        }
    }

    /// A case has ended, or waits for a reason that it can name, and will be woken.
    fn stands(&mut self, world: &Inner, account: &Account) {
        let case = &account.row.case;
        let woken = account.row.wake_at.is_some();
        let right = match &case.state {
            State::New | State::LookingUp(_) | State::Placing(_) => false,
            State::Incomplete(_) | State::Offered(_) | State::AwaitingStock(_) => woken,
            State::Held { .. } => true,
            State::Ended(outcome) => ended_rightly(world, account, *outcome),
        };
        self.see(right, || format!("{} for no good reason", stands(case)));
    }

    /// Nobody's case is closed sooner after its reminder than was promised, whatever the clock
    /// said.
    fn deadlines(&mut self, world: &Inner, play: &Play) {
        let policy = &play.settings.policy;
        let gap = policy.expire_after - policy.remind_after;
        let mut reminded: BTreeMap<&CaseKey, DateTime<Utc>> = BTreeMap::new();
        let mut before: BTreeMap<&CaseKey, &str> = BTreeMap::new();
        for (key, event, state, at) in &world.moves {
            let over = before.insert(key, *state) == Some("ended");
            if *event == "reminded" {
                reminded.insert(key, *at);
            } else if *event == "due" && *state == "ended" && !over {
                let since = reminded.get(key).map(|reminded| *at - *reminded);
                let slack = TimeDelta::minutes(10);
                self.see(since.is_some_and(|since| since + slack >= gap), || {
                    format!("{key} was closed {since:?} after its reminder")
                });
            }
        }
    }

    /// After all that is awaited has come, no case waits for anything but a person.
    pub(super) async fn all_over(&mut self, play: &Play, held_too: bool) {
        for row in play.world.rows().await {
            let held = matches!(row.case.state, State::Held { .. }) && !held_too;
            let over = matches!(row.case.state, State::Ended(_)) || held;
            self.see(over, || format!("{} still waits, till {:?}", stands(&row.case), row.wake_at));
        }
    }
}

fn ended_rightly(world: &Inner, account: &Account, outcome: Outcome) -> bool {
    let case = &account.row.case;
    let first = world.written.iter().find(|mail| CaseKey::of(&mail.id) == case.key);
    let Some(first) = first else { return false };
    let says = |says: Says| {
        let thread = |mail: &&Written| mail.thread == first.thread && mail.delivered;
        world.written.iter().filter(thread).any(|mail| mail.says == says)
    };
    match outcome {
        Outcome::Ordered => !case.orders.is_empty(),
        Outcome::Cancelled => says(Says::Choice(3)),
        Outcome::Expired => account.letters.iter().any(|l| l.kind == LetterKind::Reminder),
        Outcome::NotMade => says(Says::Unknown),
        Outcome::Rejected => account.happened("rejected"),
        Outcome::Handled => account.happened("approved"),
        Outcome::Ignored => first.says == Says::Away,
    }
}

//! A world in memory around a real engine and a real store: an ERP that does what it is told to,
//! and a mail server that keeps what it gets.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use tokio_util::sync::CancellationToken;

use crate::engine::decide::Settles;
use crate::engine::{Clock, Desk, Engine, Erp, Fault, Fut, Ports, Post, Settings, SystemClock};
use crate::flow::testing::placed_line;
use crate::flow::{
    Availability, CaseKey, ErrorClass, Event, Folder, Letter, LetterKind, LookUp, LookedUp,
    MailRead, Place, PlacedLine, PlacedOrder, Refused, Stock,
};
use crate::mail::{Address, MailId};
use crate::odoo::{CatalogPage, Note, Placement};
use crate::reading::{Intent, Line, Product, ProductRef, Reading};
use crate::store::{CaseRow, MailRow, NewMail, Store, sqlite::SqliteStore};

/// What goes wrong at the next call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// Refused before anything was done.
    Down,
    /// Done, and the answer lost.
    AnswerLost,
    /// Our password is wrong.
    Password,
    /// The code breaks.
    Panic,
    /// Odoo does not like the order.
    Refuse,
    /// No answer, ever.
    Hang,
}

#[derive(Debug, Default)]
pub(super) struct Odoo {
    pub(super) free: BTreeMap<i64, Decimal>,
    pub(super) orders: BTreeMap<String, PlacedOrder>,
    pub(super) loads: BTreeMap<String, u32>,
    pub(super) notes: Vec<MailId>,
    pub(super) wrong: VecDeque<Wrong>,
    /// Every call fails with this.
    pub(super) always: Option<Wrong>,
    pub(super) calls: u32,
}

#[derive(Debug, Default)]
pub(super) struct Letters {
    pub(super) sent: Vec<Letter>,
    pub(super) wrong: VecDeque<Wrong>,
}

/// Both ends of the outside.
#[derive(Default)]
pub(super) struct Outside {
    pub(super) odoo: Mutex<Odoo>,
    pub(super) letters: Mutex<Letters>,
    /// The catalogue.
    pub(super) products: Mutex<Vec<Product>>,
    pub(super) filed: Mutex<Vec<(MailId, Folder)>>,
    /// Told when somebody asks for [`DEADLY`]: that call never ends.
    pub(super) deadly: tokio::sync::Notify,
}

/// A product that whoever looks it up does not survive.
pub(super) const DEADLY: i64 = 666;

impl Odoo {
    fn trouble(&mut self) -> Option<Wrong> {
        self.calls += 1;
        self.always.or_else(|| self.wrong.pop_front())
    }

    fn look(&self, job: &LookUp) -> LookedUp {
        let prefix = format!("{}_", job.mail);
        let stock = job.products.iter().filter_map(|(id, _)| {
            let availability = Availability::Stock(*self.free.get(id)?);
            let (name, uom) = (format!("N{id}"), "Units".to_owned());
            Some((*id, Stock { availability, name, uom, vendor: None }))
        });
        let already = self.orders.values().filter(|order| order.key.starts_with(&prefix));
        LookedUp { partner: None, stock: stock.collect(), already: already.cloned().collect() }
    }

    fn place(&mut self, job: &Place) -> Placement {
        let mut orders = Vec::new();
        for draft in &job.orders {
            *self.loads.entry(draft.key.clone()).or_default() += 1;
            let id = i64::try_from(self.orders.len()).unwrap() + 1;
            if !self.orders.contains_key(&draft.key) {
                let mut lines = Vec::new();
                for line in &draft.lines {
                    let free = self.free.entry(line.product_id).or_default();
                    let reserved = line.quantity.min((*free).max(Decimal::ZERO));
                    *free -= reserved;
                    lines.push(placed_line(line.product_id, line.quantity, reserved));
                }
                self.orders.insert(draft.key.clone(), placed_order(&draft.key, id, lines));
            }
            orders.push(self.orders[&draft.key].clone());
        }
        Placement::Placed { partner_id: 7, orders }
    }
}

fn placed_order(key: &str, id: i64, lines: Vec<PlacedLine>) -> PlacedOrder {
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

fn fault(wrong: Wrong) -> Fault {
    match wrong {
        Wrong::Down => Fault::new(ErrorClass::Transient, "refused"),
        Wrong::AnswerLost => Fault::new(ErrorClass::Uncertain, "no answer"),
        Wrong::Password => Fault::new(ErrorClass::Credentials, "wrong password"),
        Wrong::Refuse => Fault::new(ErrorClass::Permanent, "no such mailbox"),
        Wrong::Panic => panic!("on purpose"),
        Wrong::Hang => panic!("what hangs has no fault"),
    }
}

impl Erp for Outside {
    fn catalog(&self, _: Option<DateTime<Utc>>) -> Fut<'_, Result<CatalogPage, Fault>> {
        let products = self.products.lock().unwrap().clone();
        let page = CatalogPage { products, inactive: Vec::new(), as_of: Utc::now() };
        Box::pin(async { Ok(page) })
    }

    fn look_up(&self, jobs: Vec<LookUp>) -> Fut<'_, Vec<Result<LookedUp, Fault>>> {
        Box::pin(async move {
            if jobs.iter().any(|job| job.products.iter().any(|(id, _)| *id == DEADLY)) {
                self.deadly.notify_one();
                std::future::pending::<()>().await;
            }
            let trouble = self.odoo.lock().unwrap_or_else(PoisonError::into_inner).trouble();
            if trouble == Some(Wrong::Hang) {
                std::future::pending::<()>().await;
            }
            let odoo = self.odoo.lock().unwrap_or_else(PoisonError::into_inner);
            jobs.iter()
                .map(|job| match trouble {
                    Some(wrong) => Err(fault(wrong)),
                    None => Ok(odoo.look(job)),
                })
                .collect()
        })
    }

    fn place(&self, jobs: Vec<Place>) -> Fut<'_, Vec<Result<Placement, Fault>>> {
        Box::pin(async move {
            let mut odoo = self.odoo.lock().unwrap_or_else(PoisonError::into_inner);
            let trouble = odoo.trouble();
            let mut answers = Vec::new();
            for job in &jobs {
                answers.push(match trouble {
                    None => Ok(odoo.place(job)),
                    Some(Wrong::AnswerLost) => {
                        odoo.place(job);
                        Err(fault(Wrong::AnswerLost))
                    }
                    Some(Wrong::Refuse) => Ok(Placement::Refused(Refused { message: "no".into() })),
                    Some(wrong) => Err(fault(wrong)),
                });
            }
            answers
        })
    }

    fn annotate(&self, jobs: Vec<Note>) -> Fut<'_, Vec<Result<(), Fault>>> {
        Box::pin(async move {
            let mut odoo = self.odoo.lock().unwrap();
            odoo.notes.extend(jobs.iter().map(|job| job.mail.clone()));
            jobs.iter().map(|_| Ok(())).collect()
        })
    }
}

impl Post for Outside {
    fn send(&self, letter: Letter, _: DateTime<Utc>) -> Fut<'_, Result<String, Fault>> {
        Box::pin(async move {
            let mut letters = self.letters.lock().unwrap();
            match letters.wrong.pop_front() {
                Some(Wrong::AnswerLost) => {
                    letters.sent.push(letter);
                    Err(fault(Wrong::AnswerLost))
                }
                Some(wrong) => Err(fault(wrong)),
                None => {
                    let id = format!("{}.{}@example", letter.kind.name(), letter.token);
                    letters.sent.push(letter);
                    Ok(id)
                }
            }
        })
    }
}

impl Desk for Outside {
    fn file(&self, mails: Vec<(MailRow, Folder)>) -> Fut<'_, Vec<Result<Option<String>, Fault>>> {
        let done = mails.iter().map(|_| Ok(None)).collect();
        self.filed.lock().unwrap().extend(mails.into_iter().map(|(mail, to)| (mail.id, to)));
        Box::pin(async { done })
    }
}

/// A running engine.
pub(super) struct World {
    pub(super) outside: Arc<Outside>,
    pub(super) store: Arc<dyn Store>,
    pub(super) engine: Arc<Engine>,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<()>,
    number: AtomicU32,
    dir: tempfile::TempDir,
}

impl World {
    pub(super) fn start() -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), Arc::default(), Self::settings())
    }

    pub(super) fn settings() -> Settings {
        let poll = Duration::from_millis(10);
        Settings { poll, longest_wait: Duration::from_millis(50), ..Settings::default() }
    }

    pub(super) fn start_in(
        dir: tempfile::TempDir,
        outside: Arc<Outside>,
        settings: Settings,
    ) -> Self {
        let store: Arc<dyn Store> =
            Arc::new(SqliteStore::open(&dir.path().join("store.sqlite")).unwrap());
        let stop = CancellationToken::new();
        let (engine, task) = Self::run(&store, &outside, settings, &stop);
        Self { outside, store, engine, stop, task, number: AtomicU32::new(1), dir }
    }

    fn run(
        store: &Arc<dyn Store>,
        outside: &Arc<Outside>,
        settings: Settings,
        stop: &CancellationToken,
    ) -> (Arc<Engine>, tokio::task::JoinHandle<()>) {
        let ports = Ports {
            store: Arc::clone(store),
            erp: outside.clone(),
            post: outside.clone(),
            desk: outside.clone(),
            clock: Arc::new(SystemClock) as Arc<dyn Clock>,
        };
        let engine = Arc::new(Engine::new(ports, settings));
        let (running, token) = (Arc::clone(&engine), stop.clone());
        (engine, tokio::spawn(async move { running.run(token).await.unwrap() }))
    }

    /// With all loops at rest: what is done, the test does.
    pub(super) async fn at_rest() -> Self {
        let mut world = Self::start();
        world.stop.cancel();
        (&mut world.task).await.unwrap();
        world
    }

    /// Ends the engine as a kill does, in the middle of whatever it does, and starts another.
    pub(super) async fn killed(&mut self) {
        self.task.abort();
        let ended = (&mut self.task).await;
        assert!(ended.is_err_and(|error| error.is_cancelled()));
        (self.engine, self.task) =
            Self::run(&self.store, &self.outside, Self::settings(), &self.stop);
    }

    /// Waits until nothing has come into a hand or left one for so long.
    pub(super) async fn still_for(&self, long: Duration) {
        let mut before = self.engine.shared.in_hand.all();
        let mut since = tokio::time::Instant::now();
        while since.elapsed() < long {
            tokio::time::sleep(Duration::from_millis(5)).await;
            let now = self.engine.shared.in_hand.all();
            if now != before {
                (before, since) = (now, tokio::time::Instant::now());
            }
        }
    }

    /// Stops in good order, and lets go of the store; what it leaves behind.
    pub(super) async fn stop(self) -> (tempfile::TempDir, Arc<Outside>) {
        self.stop.cancel();
        self.task.await.unwrap();
        drop((self.engine, self.store));
        let path = self.dir.path().join("store.sqlite");
        while SqliteStore::open(&path).is_err() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        (self.dir, self.outside)
    }

    /// Begins a case as the reader would.
    pub(super) async fn order(&self, from: &str, lines: &[(i64, i64)]) -> CaseKey {
        let n = self.number.fetch_add(1, Ordering::Relaxed);
        let mail = MailId::from_digest(format!("{n:04} {from} padding").as_bytes());
        let key = CaseKey::of(&mail);
        let file = NewMail {
            id: mail.clone(),
            received_at: Utc::now(),
            maildir: self.dir.path().to_owned(),
            file: "cur/x:2,S".into(),
            raw: b"Subject: Order\n\n".to_vec(),
            message_id: None,
            from: from.into(),
            subject: "Order".into(),
            unreadable: None,
            // Out of the reader's way: the test says what was read.
            failed: Some("by the test".into()),
        };
        self.store.take_in(file).await.unwrap();
        let event = Event::MailRead(Box::new(mail_read(mail, from, lines)));
        self.engine.shared.decide(&key, event, Settles::default()).await.unwrap();
        key
    }

    pub(super) async fn row(&self, key: &CaseKey) -> CaseRow {
        self.store.case(key.clone()).await.unwrap().unwrap()
    }

    /// Waits until a case is in one of these states.
    pub(super) async fn until(&self, key: &CaseKey, states: &[&str]) -> CaseRow {
        for _ in 0..2_000 {
            let row = self.row(key).await;
            if states.contains(&row.case.state.name()) {
                return row;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let row = self.row(key).await;
        panic!("still {:?}, not one of {states:?}", row.case.state);
    }

    pub(super) async fn drained(&self) {
        let limit = Duration::from_secs(60);
        tokio::time::timeout(limit, self.engine.drained(&self.stop)).await.unwrap().unwrap();
    }

    pub(super) fn kinds(&self) -> Vec<LetterKind> {
        self.outside.letters.lock().unwrap().sent.iter().map(|letter| letter.kind).collect()
    }
}

fn mail_read(mail: MailId, from: &str, lines: &[(i64, i64)]) -> MailRead {
    let from = Address { name: String::new(), email: from.into() };
    let line = |&(id, quantity): &(i64, i64)| Line {
        product: ProductRef { id, default_code: format!("P-{id}") },
        quantity: quantity.into(),
        delivery_date: None,
        address: None,
        stated_price: None,
        evidence: Vec::new(),
        certainty: 100,
    };
    let reading =
        Reading { lines: lines.iter().map(line).collect(), ..Reading::empty(Intent::Order) };
    MailRead {
        mail,
        message_id: None,
        references: Vec::new(),
        reply_to: from.clone(),
        from,
        subject: "Order".into(),
        answers_us: false,
        reading,
        recent_letters: 0,
        repeated: false,
    }
}

//! An Odoo stand-in: the models and methods that postorder uses, with Odoo's own semantics, over
//! HTTP on a loopback address.
//!
//! It answers as a real server does, in both protocols, down to the forms of errors; what it does
//! was compared with Odoo 14.0 and 19.0. It keeps all in memory. It leaves out, on purpose, what
//! postorder does not touch: deliveries are never made, no mail is sent, a line added to a
//! confirmed order moves no stock, and of access rights there are three users.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::{HeaderMap, header};
use serde_json::{Map, Value as Json};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::{CancellationToken, DropGuard};

mod chatter;
mod compute;
mod convert;
mod crud;
mod db;
mod domain;
mod env;
mod error;
mod fault;
mod http;
mod import;
mod inspect;
mod json2;
mod jsonrpc;
mod load;
mod methods;
mod partner;
mod plant;
mod query;
mod rights;
mod sale;
mod schema;
mod seed;
mod stock;
mod table;
mod value;

pub use fault::{Injection, WireFault};
pub use inspect::{SeenAttachment, SeenLine, SeenMove, SeenNote, SeenOrder, SeenPartner};
pub use seed::{Seed, SeedCompany, SeedPackaging, SeedProduct, SeedSupplier};

use db::Db;
use env::Env;
use error::Outcome;
use methods::Call;
use rights::Role;

/// Which Odoo the stand-in presents itself as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Version {
    /// 14.0: JSON-RPC only.
    V14,
    /// 19.0: JSON-RPC and JSON-2.
    #[default]
    V19,
}

impl Version {
    /// As Odoo writes it.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::V14 => "14.0",
            Self::V19 => "19.0",
        }
    }
}

/// How a stand-in behaves.
#[derive(Debug, Clone)]
pub struct OdooOptions {
    /// Which version it presents itself as.
    pub version: Version,
    /// Port on 127.0.0.1; 0: any free one.
    pub port: u16,
    /// Name of its database.
    pub database: String,
    /// Each call takes at least so long.
    pub latency: Duration,
    /// So many calls are worked on at once, as a server has workers; the rest wait.
    pub workers: usize,
    /// The server has other databases too. Then 14 answers every error of JSON-RPC outside a
    /// session with a bare HTML page and status 500, and 19 does not take a JSON-2 call without
    /// `X-Odoo-Database`.
    pub several_databases: bool,
}

impl Default for OdooOptions {
    fn default() -> Self {
        Self {
            version: Version::V19,
            port: 0,
            database: "sandbox".into(),
            latency: Duration::ZERO,
            workers: 8,
            several_databases: false,
        }
    }
}

/// What a client needs to log in as a user of the stand-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogIn {
    /// Log-in name.
    pub login: &'static str,
    /// Password; the API key is taken in its place too.
    pub password: &'static str,
    /// API key.
    pub api_key: &'static str,
    /// `res.users` id.
    pub uid: i64,
}

/// Sales (all leads) and contacts: what postorder needs.
const SALES: LogIn = LogIn {
    login: "postorder",
    password: "postorder-secret",
    api_key: "sandbox-api-key-of-postorder",
    uid: plant::SALES,
};

/// An ordinary employee, who may not sell.
const LOW: LogIn = LogIn {
    login: "low",
    password: "low-secret",
    api_key: "sandbox-api-key-of-low",
    uid: plant::LOW,
};

/// An administrator.
const ADMIN: LogIn = LogIn {
    login: "admin",
    password: "admin",
    api_key: "sandbox-api-key-of-admin",
    uid: plant::ADMIN,
};

const LOG_INS: [(LogIn, Role); 3] = [(SALES, Role::Sales), (LOW, Role::Low), (ADMIN, Role::Admin)];

/// Connections beyond this wait until another one ends.
const MAX_CONNECTIONS: usize = 256;

/// What the server's tasks share.
#[derive(Debug)]
struct Shared {
    options: OdooOptions,
    db: Mutex<Db>,
    /// Mirrors [`Db::commits`], to be read without waiting for the database.
    commits: AtomicU64,
    injections: Mutex<Vec<Injection>>,
    calls: Mutex<BTreeMap<String, u64>>,
    workers: Semaphore,
    /// Which sessions are known: those begun since they were last forgotten.
    sessions: AtomicU64,
}

/// A running stand-in; stops when dropped.
#[derive(Debug)]
pub struct OdooStandIn {
    shared: Arc<Shared>,
    address: SocketAddr,
    _stop: DropGuard,
}

impl OdooStandIn {
    /// Starts a stand-in with these contents on 127.0.0.1.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn start(seed: &Seed, options: OdooOptions) -> std::io::Result<Self> {
        let mut db = Db::new(options.version);
        plant::fill(&mut db, seed);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            workers: Semaphore::new(options.workers.max(1)),
            commits: AtomicU64::new(db.commits),
            options,
            db: Mutex::new(db),
            injections: Mutex::default(),
            sessions: AtomicU64::new(1),
            calls: Mutex::default(),
        });
        let stop = CancellationToken::new();
        http::serve(listener, MAX_CONNECTIONS, shared.clone(), stop.clone());
        Ok(Self { shared, address, _stop: stop.drop_guard() })
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The version that it presents itself as.
    #[must_use]
    pub fn version(&self) -> Version {
        self.shared.options.version
    }

    /// Name of its database.
    #[must_use]
    pub fn database(&self) -> &str {
        &self.shared.options.database
    }

    /// The user whom postorder is to be: sales and contacts.
    #[must_use]
    pub fn user(&self) -> LogIn {
        SALES
    }

    /// A user who may not sell.
    #[must_use]
    pub fn low_user(&self) -> LogIn {
        LOW
    }

    /// An administrator.
    #[must_use]
    pub fn admin(&self) -> LogIn {
        ADMIN
    }

    /// Lets the next calls go wrong.
    pub fn inject(&self, injection: Injection) {
        lock(&self.shared.injections).push(injection);
    }

    /// Takes back what was injected and did not happen yet.
    pub fn heal(&self) {
        lock(&self.shared.injections).clear();
    }

    /// Forgets all sessions, as a server that was set up anew.
    pub fn forget_sessions(&self) {
        self.shared.sessions.fetch_add(1, Ordering::AcqRel);
    }

    /// How often each method was called: `sale.order.load` → 3. Log-ins and version questions
    /// stand there under their own names.
    #[must_use]
    pub fn calls(&self) -> BTreeMap<String, u64> {
        lock(&self.shared.calls).clone()
    }
}

/// Who calls.
#[derive(Debug, Clone, Copy)]
struct Caller {
    uid: i64,
    role: Role,
}

impl Caller {
    fn by(found: impl Fn(&LogIn) -> bool) -> Option<Self> {
        let (log_in, role) = LOG_INS.iter().find(|(log_in, _)| found(log_in))?;
        Some(Self { uid: log_in.uid, role: *role })
    }
}

impl Shared {
    /// How many changes were made so far: taken when a call arrives, to know what overlapped it.
    fn arrived(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// The cookie of a session of this database.
    fn session(&self) -> String {
        format!("sandbox-{}", self.sessions.load(Ordering::Acquire))
    }

    /// The request belongs to such a session.
    fn knows_session(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get(header::COOKIE).and_then(|value| value.to_str().ok());
        let wanted = format!("session_id={}", self.session());
        cookies.into_iter().flat_map(|all| all.split(';')).any(|cookie| cookie.trim() == wanted)
    }

    fn next_fault(&self, method: &str) -> Option<WireFault> {
        fault::next(&mut lock(&self.injections), method)
    }

    fn count(&self, what: String) {
        *lock(&self.calls).entry(what).or_insert(0) += 1;
    }

    /// Runs a call in a transaction of its own.
    fn execute(
        &self,
        caller: Caller,
        arrived: u64,
        context: &Map<String, Json>,
        call: &Call,
    ) -> Outcome<Option<Json>> {
        let mut db = lock(&self.db);
        let env = Env::new(&db, caller.uid, caller.role, arrived, context)?;
        let start = db.savepoint();
        let answer = methods::call(&mut db, &env, call);
        if answer.is_err() {
            db.roll_back(start);
        }
        db.commit();
        self.commits.store(db.commits, Ordering::Release);
        answer
    }
}

/// A lock that a panic of another holder does not close: the undo log keeps the rows whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

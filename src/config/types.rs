//! What can be configured, by group, as the rest of postorder takes it: units resolved, values
//! checked. [`keys`](super::keys) holds the names, defaults and explanations.

use std::path::PathBuf;
use std::time::Duration;

use crate::flow::Partial;
use crate::mail::Address;
use crate::reading::Lang;

/// Everything that can be configured, without the secrets.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Config {
    /// Where order mails come in.
    pub maildir: Maildir,
    /// Where postorder remembers.
    pub store: Store,
    /// The ERP.
    pub odoo: Odoo,
    /// The mail server that takes letters.
    pub smtp: Smtp,
    /// Who writes the letters.
    pub company: Company,
    /// How letters look.
    pub letters: Letters,
    /// Rules.
    pub policy: Policy,
    /// How mails are understood.
    pub reading: Reading,
    /// Logs.
    pub log: Log,
    /// How much is done at the same time.
    pub intake: Intake,
}

/// How new files are noticed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Watch {
    /// inotify, and polling on network file systems.
    #[default]
    Auto,
    /// The kernel tells.
    Inotify,
    /// The directory is listed every few seconds.
    Poll,
}

/// Group `[maildir]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Maildir {
    /// The maildirs; each holds `new`, `cur` and `tmp`.
    pub paths: Vec<PathBuf>,
    /// How new files are noticed.
    pub watch: Watch,
    /// How often a polled maildir is listed.
    pub poll: Duration,
    /// How often each maildir is listed in full, whatever the watcher says.
    pub rescan: Duration,
    /// Larger files are set aside unread, for a person. Bytes.
    pub max_size: u64,
}

/// Group `[store]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Store {
    /// The database file.
    pub path: PathBuf,
    /// How long the bytes of a mail are kept after its case ended.
    pub retention: Duration,
}

/// How Odoo is spoken to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Protocol {
    /// As the server's version and the kind of credential ask.
    #[default]
    Auto,
    /// `/jsonrpc`, Odoo 14 to 19.
    JsonRpc,
    /// `/json/2`, Odoo 19 and later, API key only.
    Json2,
}

/// Which quantity counts as available.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StockRule {
    /// What nobody has reserved (`free_qty`).
    #[default]
    Free,
    /// What lies in the warehouse (`qty_available`).
    OnHand,
}

/// Group `[odoo]`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Odoo {
    /// Address of the server, without a trailing slash.
    pub url: String,
    /// Name of the database.
    pub database: String,
    /// User's log-in; not needed with JSON-2.
    pub login: Option<String>,
    /// File that holds the password.
    pub password_file: Option<PathBuf>,
    /// File that holds the API key.
    pub api_key_file: Option<PathBuf>,
    /// Protocol.
    pub protocol: Protocol,
    /// Longest wait for one answer.
    pub timeout: Duration,
    /// Calls in flight at the same time.
    pub workers: usize,
    /// Orders in one call.
    pub batch: usize,
    /// Company, by name or database id; `None`: the user's own.
    pub company: Option<String>,
    /// Warehouse, by name, short name or database id; `None`: as Odoo chooses.
    pub warehouse: Option<String>,
    /// Which quantity counts as available.
    pub stock: StockRule,
    /// Orders are confirmed.
    pub confirm: bool,
    /// How often changes of the catalogue are fetched.
    pub catalog_refresh: Duration,
}

/// Encryption of the connection to the mail server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Security {
    /// None at all: for a server on the same machine.
    None,
    /// Plain at first, then TLS; refused if the server does not offer it.
    #[default]
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// Group `[smtp]`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Smtp {
    /// Host name or address.
    pub host: String,
    /// Port; `None`: 25, 587 or 465, as `security` asks.
    pub port: Option<u16>,
    /// Encryption.
    pub security: Security,
    /// User name, where the server wants one.
    pub login: Option<String>,
    /// File that holds the password.
    pub password_file: Option<PathBuf>,
    /// Certificates (PEM) to trust besides the system's.
    pub ca_file: Option<PathBuf>,
    /// Longest wait for one answer.
    pub timeout: Duration,
    /// Name to greet with; `None`: the machine's.
    pub helo: Option<String>,
    /// Connections open at the same time.
    pub connections: usize,
}

impl Smtp {
    /// The port, chosen by `security` where none is given.
    #[must_use]
    pub fn effective_port(&self) -> u16 {
        self.port.unwrap_or(match self.security {
            Security::None => 25,
            Security::StartTls => 587,
            Security::Tls => 465,
        })
    }
}

/// Group `[company]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Company {
    /// Its name, as letters sign.
    pub name: String,
    /// Sender of the letters.
    pub address: Address,
    /// Further addresses of ours: mails from them are never answered.
    pub own_addresses: Vec<String>,
    /// Where customers' answers go; `None`: to `address`.
    pub reply_to: Option<Address>,
    /// Lines under each letter.
    pub signature: String,
    /// Right side of the letters' Message-IDs; `None`: the domain of `address`.
    pub domain: Option<String>,
    /// Languages that letters are written in.
    pub languages: Vec<Lang>,
    /// Where the customer's language is none of them.
    pub default_language: Lang,
    /// Dates in letters and deadlines are of this zone.
    pub time_zone: chrono_tz::Tz,
}

impl Default for Company {
    fn default() -> Self {
        Self {
            name: String::new(),
            address: Address::default(),
            own_addresses: Vec::new(),
            reply_to: None,
            signature: String::new(),
            domain: None,
            languages: Vec::new(),
            default_language: Lang::default(),
            time_zone: chrono_tz::UTC,
        }
    }
}

impl Company {
    /// Right side of the letters' Message-IDs.
    #[must_use]
    pub fn message_id_domain(&self) -> &str {
        self.domain.as_deref().unwrap_or_else(|| self.address.domain())
    }

    /// All addresses whose mails are our own, each once.
    #[must_use]
    pub fn all_own_addresses(&self) -> Vec<String> {
        let mut all = vec![self.address.email.clone()];
        all.extend(self.reply_to.iter().map(|address| address.email.clone()));
        all.extend(self.own_addresses.iter().cloned());
        all.sort();
        all.dedup();
        all
    }
}

/// How numbers are written in letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NumberStyle {
    /// As each language has it.
    #[default]
    Language,
    /// As Switzerland has it, in every language.
    Swiss,
}

/// Group `[letters]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letters {
    /// How numbers are written, and German is spelt.
    pub style: NumberStyle,
    /// Folder with templates that replace the built-in ones of the same name.
    pub templates: Option<PathBuf>,
}

/// Group `[policy]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// Available lines beside short ones.
    pub partial: Partial,
    /// Days until a reminder.
    pub remind_days: u32,
    /// Days until an unanswered question is closed.
    pub expire_days: u32,
    /// How often waiting cases look at the stock. Minutes.
    pub stock_check_minutes: u32,
    /// How long a case waits for replenishment. Days.
    pub stock_wait_days: u32,
    /// Who is asked where Odoo knows no vendor.
    pub supplier: Option<Address>,
    /// Days after which what fails again and again is given up and shown to a person.
    pub give_up_days: u32,
    /// Cap on letters in one case.
    pub letters_per_case: u32,
    /// Cap on letters to one address within an hour.
    pub letters_per_sender_hour: u32,
    /// Cap on offers in one case.
    pub offers_per_case: u32,
}

/// Group `[reading]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// A reading less certain than this, in percent, goes to a person.
    pub certainty: u8,
    /// An order with more lines goes to a person.
    pub max_lines: usize,
    /// Who is asked about what is not understood.
    pub model: Model,
}

/// Group `[reading.model]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Model {
    /// Address of the server, without a trailing slash; `None`: nobody is asked.
    pub url: Option<String>,
    /// Name of the model.
    pub name: Option<String>,
    /// File that holds the key.
    pub key_file: Option<PathBuf>,
    /// Longest wait for one answer.
    pub timeout: Duration,
    /// Questions in flight at the same time.
    pub at_once: usize,
}

/// Form of the logs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// Human on a terminal, else JSON.
    #[default]
    Auto,
    /// Lines for people.
    Human,
    /// One JSON object a line.
    Json,
}

/// Group `[log]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// Form.
    pub format: LogFormat,
    /// What is logged: a level, or directives such as `info,postorder::odoo=debug`.
    pub level: String,
}

/// Group `[intake]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intake {
    /// Mails read in one go.
    pub batch: usize,
}

//! What the client must be told.

use std::time::Duration;

use secrecy::SecretString;

/// What proves who we are. Never printed: [`SecretString`] redacts itself.
#[derive(Debug, Clone)]
pub enum Credential {
    /// The user's password; JSON-RPC only.
    Password(SecretString),
    /// An API key of the user (14.0 and later); both protocols.
    ApiKey(SecretString),
}

/// How to talk to the server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Protocol {
    /// JSON-2 where the server has it (19.0 and later) and the credential is an API key, else
    /// JSON-RPC.
    #[default]
    Auto,
    /// `/jsonrpc`: 14.0 to 19.0.
    JsonRpc,
    /// `/json/2/<model>/<method>`: 19.0 and later, API key only.
    Json2,
}

impl Protocol {
    /// As configuration and messages write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::JsonRpc => "jsonrpc",
            Self::Json2 => "json2",
        }
    }
}

/// Which quantity counts as available.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StockKind {
    /// `free_qty`: on hand and reserved by nobody.
    #[default]
    Free,
    /// `qty_available`: on hand, whoever reserved it.
    OnHand,
}

/// Where Odoo is, who we are there, and what may be spent on a call.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Base address, `http://` or `https://`, without a path of Odoo's own.
    pub url: String,
    /// Database name.
    pub database: String,
    /// Log-in of our user; JSON-2 does not need it, but `check` compares it.
    pub login: String,
    /// Password or API key.
    pub credential: Credential,
    /// Protocol.
    pub protocol: Protocol,
    /// Limit for a TCP and TLS connection to stand.
    pub connect_timeout: Duration,
    /// Limit for one call from sending to the last byte of its answer.
    pub timeout: Duration,
    /// Largest answer accepted, in bytes.
    pub max_response: usize,
    /// Most calls in flight at once: as many as Odoo has workers for us.
    pub workers: usize,
    /// Company, by name or database id; `None`: the user's own.
    pub company: Option<String>,
    /// Warehouse, by name, short name or database id; `None`: Odoo's choice, stock of all.
    pub warehouse: Option<String>,
    /// Which stock counts.
    pub stock: StockKind,
}

impl Settings {
    /// Defaults for everything but where and who.
    #[must_use]
    pub fn new(url: &str, database: &str, login: &str, credential: Credential) -> Self {
        Self {
            url: url.to_owned(),
            database: database.to_owned(),
            login: login.to_owned(),
            credential,
            protocol: Protocol::Auto,
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(60),
            max_response: 32 * 1024 * 1024,
            workers: 2,
            company: None,
            warehouse: None,
            stock: StockKind::Free,
        }
    }
}

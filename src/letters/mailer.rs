//! Sending over SMTP.
//!
//! One connection serves one letter at a time and is kept for the next. Every step of the
//! protocol is taken here rather than by lettre's transport, because what an error means depends
//! on the step: a 550 for the recipient is about one letter, a 550 for the sender is about all.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::transport::smtp::client::{
    AsyncSmtpConnection, Certificate, TlsParameters, TlsParametersBuilder,
};
use lettre::transport::smtp::extension::ClientId;
use secrecy::SecretString;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::Rendered;
use super::message::envelope_address;
use super::smtp_error::{SendError, Stage, no_address};
use super::smtp_session::{log_in, transaction};
use crate::flow::ErrorClass;
use crate::mail::Address;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// Not at all: for a mail server on the same machine.
    None,
    /// Begins in clear text and must become TLS before anything else is said.
    #[default]
    StartTls,
    /// TLS from the first byte.
    Tls,
}

impl Security {
    /// The port that belongs to it.
    #[must_use]
    pub fn default_port(self) -> u16 {
        match self {
            Self::None => 25,
            Self::StartTls => 587,
            Self::Tls => 465,
        }
    }
}

/// Where letters are handed in.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// Host name or address.
    pub host: String,
    /// Port; [`Security::default_port`] where none is given.
    pub port: Option<u16>,
    /// How the connection is protected.
    pub security: Security,
    /// User name, where the server wants a log-in.
    pub login: Option<String>,
    /// Its password.
    pub password: Option<SecretString>,
    /// Certificates (PEM) to trust besides the system's.
    pub ca_file: Option<PathBuf>,
    /// What we call ourselves to the server; this machine's name where none is given.
    pub helo: Option<String>,
    /// Limit for connecting and for each answer of the server.
    pub timeout: Duration,
    /// Limit for the answer to a whole letter; servers scan it first.
    pub accept_timeout: Duration,
    /// No more connections than this at a time; at least one.
    pub connections: usize,
}

impl SmtpSettings {
    /// These settings with everything but host and security at its default.
    #[must_use]
    pub fn new(host: impl Into<String>, security: Security) -> Self {
        Self {
            host: host.into(),
            port: None,
            security,
            login: None,
            password: None,
            ca_file: None,
            helo: None,
            timeout: Duration::from_secs(30),
            accept_timeout: Duration::from_secs(300),
            connections: 4,
        }
    }

    /// `host:port`, for messages.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}:{}", self.host, self.port.unwrap_or_else(|| self.security.default_port()))
    }
}

/// The mail server has taken the letter: from here on it is theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Message-ID of the letter, without angle brackets.
    pub message_id: String,
    /// What the server said, often with its queue's name for the letter; at most 200 characters.
    pub answer: String,
}

/// What a look at the mail server found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// `host:port`.
    pub server: String,
    /// The connection is encrypted.
    pub encrypted: bool,
    /// The server took our log-in.
    pub logged_in: bool,
}

/// A connection that waits for its next letter.
pub(super) struct Idle {
    pub(super) connection: AsyncSmtpConnection,
    pub(super) sent: u32,
    pub(super) since: Instant,
}

/// The way to one mail server.
pub struct Smtp {
    pub(super) settings: SmtpSettings,
    tls: Option<TlsParameters>,
    pub(super) hello: ClientId,
    slots: Semaphore,
    idle: Mutex<Vec<Idle>>,
}

/// Keeps letters in memory instead of sending them, newest last: for tests and for trying out.
#[derive(Debug, Clone, Default)]
pub struct Capture {
    letters: Arc<Mutex<VecDeque<Rendered>>>,
}

impl Capture {
    /// No more letters than this are kept; the oldest go first.
    pub const MAX: usize = 1000;

    /// What was sent so far.
    #[must_use]
    pub fn letters(&self) -> Vec<Rendered> {
        let letters = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
        letters.iter().cloned().collect()
    }

    fn keep(&self, letter: &Rendered) {
        let mut letters = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
        if letters.len() >= Self::MAX {
            letters.pop_front();
        }
        letters.push_back(letter.clone());
    }
}

/// Where letters go.
pub enum Mailer {
    /// To a mail server.
    Smtp(Box<Smtp>),
    /// Into memory.
    Capture(Capture),
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Smtp(smtp) => write!(f, "Mailer({})", smtp.settings.address()),
            Self::Capture(_) => f.write_str("Mailer(capture)"),
        }
    }
}

impl Mailer {
    /// A mailer for this server. Does not connect yet.
    ///
    /// # Errors
    /// Settings that cannot work: an unreadable certificate file, or a user without a password.
    pub fn smtp(settings: SmtpSettings) -> Result<Self, SendError> {
        Ok(Self::Smtp(Box::new(Smtp::new(settings)?)))
    }

    /// Sends a letter. `Ok` means that the server has taken responsibility for it.
    ///
    /// # Errors
    /// [`SendError`], its class as the design's table of errors has it. After
    /// [`ErrorClass::Uncertain`] the letter may or may not be out; sent again, it has the same
    /// Message-ID.
    pub async fn send(&self, letter: &Rendered) -> Result<Accepted, SendError> {
        let message = letter.message().map_err(|error| no_address(&error))?;
        let answer = match self {
            Self::Capture(capture) => {
                capture.keep(letter);
                "kept in memory".to_owned()
            }
            Self::Smtp(smtp) => smtp.deliver(message.envelope(), &message.formatted()).await?,
        };
        Ok(Accepted { message_id: letter.message_id.clone(), answer })
    }

    /// Takes leave of the server, at the end of a run. Sending goes on to work.
    pub async fn close(&self) {
        let Self::Smtp(smtp) = self else { return };
        while let Some(mut idle) = smtp.take_idle() {
            super::smtp_session::leave(smtp, &mut idle.connection).await;
        }
    }

    /// Looks whether the server can be reached, logs us in, and takes `from` as a sender. Sends
    /// nothing.
    ///
    /// # Errors
    /// What is wrong and what to do about it.
    pub async fn probe(&self, from: &Address) -> Result<Probe, SendError> {
        match self {
            Self::Capture(_) => {
                Ok(Probe { server: "memory".to_owned(), encrypted: true, logged_in: false })
            }
            Self::Smtp(smtp) => smtp.probe(from).await,
        }
    }
}

impl Smtp {
    /// A kept connection is not used again after this long; servers close theirs after minutes.
    const MAX_IDLE: Duration = Duration::from_secs(30);
    /// A connection is closed after so many letters; some servers count.
    const MAX_LETTERS: u32 = 100;

    fn new(settings: SmtpSettings) -> Result<Self, SendError> {
        if settings.login.is_some() != settings.password.is_some() {
            return Err(SendError::configuration(
                "smtp.login and its password belong together: give both or neither",
            ));
        }
        let tls = match settings.security {
            Security::None => None,
            Security::StartTls | Security::Tls => Some(tls_parameters(&settings)?),
        };
        let hello = match &settings.helo {
            Some(name) => ClientId::Domain(name.clone()),
            None => ClientId::default(),
        };
        let slots = Semaphore::new(settings.connections.clamp(1, 64));
        Ok(Self { settings, tls, hello, slots, idle: Mutex::new(Vec::new()) })
    }

    async fn deliver(
        &self,
        envelope: &lettre::address::Envelope,
        mail: &[u8],
    ) -> Result<String, SendError> {
        // Closed never: the semaphore lives as long as we do.
        let _slot = self.slots.acquire().await.ok();
        if let Some(mut idle) = self.take_idle() {
            match transaction(self, &mut idle.connection, envelope, mail).await {
                // The server closed it while it waited: not an error, a new one is made.
                Err(failed) if failed.stage == Stage::Mail && failed.lost => {}
                outcome => return self.finish(idle, outcome).await,
            }
        }
        let connection = self.connect().await?;
        let mut fresh = Idle { connection, sent: 0, since: Instant::now() };
        let outcome = transaction(self, &mut fresh.connection, envelope, mail).await;
        self.finish(fresh, outcome).await
    }

    /// Keeps the connection for the next letter where it is fit for that.
    async fn finish(
        &self,
        mut used: Idle,
        outcome: Result<String, SendError>,
    ) -> Result<String, SendError> {
        let reusable = match &outcome {
            Ok(_) => true,
            Err(error) => !error.lost,
        };
        used.sent += 1;
        if reusable && used.sent >= Self::MAX_LETTERS {
            super::smtp_session::leave(self, &mut used.connection).await;
        } else if reusable {
            used.since = Instant::now();
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(used);
        }
        outcome
    }

    fn take_idle(&self) -> Option<Idle> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|kept| kept.since.elapsed() < Self::MAX_IDLE);
        idle.pop()
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        let settings = &self.settings;
        let opening = super::smtp_connect::open(settings, self.tls.as_ref(), &self.hello);
        let mut connection = match tokio::time::timeout(settings.timeout, opening).await {
            Ok(opened) => opened?,
            Err(_) => return Err(SendError::timed_out(settings, Stage::Connect)),
        };
        let starttls = self.tls.clone().filter(|_| settings.security == Security::StartTls);
        log_in(self, &mut connection, starttls).await?;
        Ok(connection)
    }

    async fn probe(&self, from: &Address) -> Result<Probe, SendError> {
        let mut connection = self.connect().await?;
        let sender = envelope_address(from)
            .ok_or_else(|| SendError::configuration("company.address is no valid mail address"))?;
        super::smtp_session::try_sender(self, &mut connection, sender).await?;
        Ok(Probe {
            server: self.settings.address(),
            encrypted: connection.is_encrypted(),
            logged_in: self.settings.login.is_some(),
        })
    }
}

fn tls_parameters(settings: &SmtpSettings) -> Result<TlsParameters, SendError> {
    let mut builder = TlsParametersBuilder::new(settings.host.clone());
    if let Some(path) = &settings.ca_file {
        let shown = path.display();
        let pem = std::fs::read(path).map_err(|error| {
            SendError::configuration(format!("cannot read smtp.ca_file {shown}: {error}"))
        })?;
        // lettre takes a file without any certificate for one with none to add.
        let holds_one = String::from_utf8_lossy(&pem).contains("-----BEGIN CERTIFICATE-----");
        let certificate = Certificate::from_pem(&pem).ok().filter(|_| holds_one);
        let certificate = certificate.ok_or_else(|| {
            SendError::configuration(format!("smtp.ca_file {shown} holds no PEM certificate"))
        })?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build().map_err(|error| SendError {
        class: ErrorClass::Credentials,
        stage: Stage::Connect,
        code: None,
        lost: true,
        message: format!("TLS cannot be set up: {error}: are the system's CA certificates there?"),
    })
}

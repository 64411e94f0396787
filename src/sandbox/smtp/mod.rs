//! A capturing SMTP server (RFC 5321) on a loopback address: mail to the company's own address is
//! delivered into a maildir, everything else is caught and readable.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::maildir::Maildir;

mod fault;
mod letters;
mod reader;
mod session;

pub use fault::{SmtpFault, SmtpInjection, SmtpStage};
pub use letters::CaughtLetter;

use letters::Letterbox;

/// How the server behaves.
#[derive(Debug, Clone)]
pub struct SmtpOptions {
    /// Port on 127.0.0.1; 0: any free one.
    pub port: u16,
    /// Addresses whose mail goes into the maildir.
    pub inbox: Vec<String>,
    /// The maildir; without one all mail is caught.
    pub maildir: Option<PathBuf>,
    /// Caught letters are written here too, as `.eml` files.
    pub folder: Option<PathBuf>,
    /// Who must log in, with which password; `None`: nobody.
    pub log_in: Option<(String, String)>,
    /// Largest mail, in bytes.
    pub max_size: usize,
    /// So many letters are kept at most; older ones are forgotten.
    pub max_letters: usize,
    /// A silent client is left after so long.
    pub timeout: Duration,
    /// So many conversations at once; more are told to come later.
    pub max_connections: usize,
}

impl Default for SmtpOptions {
    fn default() -> Self {
        Self {
            port: 0,
            inbox: Vec::new(),
            maildir: None,
            folder: None,
            log_in: None,
            max_size: 25 * 1024 * 1024,
            max_letters: 1000,
            timeout: Duration::from_secs(60),
            max_connections: 64,
        }
    }
}

/// Of all letters together, so much is kept at most.
const MAX_KEPT_BYTES: usize = 64 * 1024 * 1024;

/// What the conversations share.
#[derive(Debug)]
struct Shared {
    options: SmtpOptions,
    inbox: Vec<String>,
    maildir: Option<Maildir>,
    letters: Letterbox,
    injections: Mutex<Vec<SmtpInjection>>,
}

impl Shared {
    fn fault(&self, stage: SmtpStage, line: &str) -> Option<SmtpFault> {
        let mut injections = self.injections.lock().unwrap_or_else(PoisonError::into_inner);
        fault::next(&mut injections, stage, line)
    }
}

/// A running server; stops when dropped.
#[derive(Debug)]
pub struct SmtpCatcher {
    shared: Arc<Shared>,
    address: SocketAddr,
    _stop: DropGuard,
}

impl SmtpCatcher {
    /// Starts a server on 127.0.0.1.
    ///
    /// # Errors
    /// The port is taken, or the maildir or the folder cannot be made.
    pub async fn start(options: SmtpOptions) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let maildir = options.maildir.as_deref().map(Maildir::open).transpose()?;
        if let Some(folder) = &options.folder {
            std::fs::create_dir_all(folder)?;
        }
        let shared = Arc::new(Shared {
            inbox: options.inbox.iter().map(|address| address.to_lowercase()).collect(),
            maildir,
            letters: Letterbox::new(options.folder.clone(), options.max_letters, MAX_KEPT_BYTES),
            injections: Mutex::default(),
            options,
        });
        let stop = CancellationToken::new();
        tokio::spawn(listen(listener, shared.clone(), stop.clone()));
        Ok(Self { shared, address, _stop: stop.drop_guard() })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Addresses whose mail goes into the maildir, in lower case.
    #[must_use]
    pub fn inbox(&self) -> &[String] {
        &self.shared.inbox
    }

    /// The letters that were caught, oldest first.
    #[must_use]
    pub fn letters(&self) -> Vec<Arc<CaughtLetter>> {
        self.shared.letters.all()
    }

    /// One letter by its number.
    #[must_use]
    pub fn letter(&self, id: u64) -> Option<Arc<CaughtLetter>> {
        self.shared.letters.one(id)
    }

    /// How many were caught since the start, forgotten ones too.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.shared.letters.count()
    }

    /// Waits until so many were caught since the start, at most so long. Says whether they were.
    pub async fn wait_for(&self, count: u64, most: Duration) -> bool {
        self.shared.letters.wait_for(count, most).await
    }

    /// Forgets the caught letters; their numbers are not used again.
    pub fn clear(&self) {
        self.shared.letters.clear();
    }

    /// Lets the next conversations go wrong.
    pub fn inject(&self, injection: SmtpInjection) {
        let mut list = self.shared.injections.lock().unwrap_or_else(PoisonError::into_inner);
        list.push(injection);
    }

    /// Takes back what was injected and did not happen yet.
    pub fn heal(&self) {
        self.shared.injections.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

async fn listen(listener: TcpListener, shared: Arc<Shared>, stop: CancellationToken) {
    let permits = Arc::new(Semaphore::new(shared.options.max_connections.max(1)));
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, peer)) = accepted else {
            // No file descriptors left, or the peer has gone already: wait a little.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(permit) = permits.clone().try_acquire_owned() else {
            turn_away(&stream);
            continue;
        };
        let (shared, stop) = (shared.clone(), stop.clone());
        tokio::spawn(async move {
            let talk = session::run(stream, peer, shared);
            // A conversation that breaks off is the client's affair: nothing was promised.
            tokio::select! {
                () = stop.cancelled() => {}
                _ = talk => {}
            }
            drop(permit);
        });
    }
}

fn turn_away(stream: &TcpStream) {
    let reply = b"421 4.3.2 Too many conversations, try again later\r\n";
    let _ = stream.try_write(reply);
}

//! All that postorder talks to, inside the binary: for the demo, for trying out, and for tests.
//!
//! An Odoo stand-in, a mail server that catches what is sent, a maildir that it delivers into, and
//! a page to look at it all. Everything listens on loopback addresses only.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_util::sync::{CancellationToken, DropGuard};

pub mod maildir;
pub mod odoo;
pub mod smtp;
mod view;

use maildir::Maildir;
use odoo::{OdooOptions, OdooStandIn, Seed};
use smtp::{SmtpCatcher, SmtpOptions};

/// What a sandbox is made of.
#[derive(Debug, Clone)]
pub struct SandboxOptions {
    /// First contents of the Odoo stand-in.
    pub seed: Seed,
    /// How the Odoo stand-in behaves.
    pub odoo: OdooOptions,
    /// How the mail server behaves; its `maildir` and, where empty, its `inbox` are set to this
    /// sandbox's.
    pub smtp: SmtpOptions,
    /// Where the maildir is; `None`: a new directory that goes with the sandbox.
    pub maildir: Option<PathBuf>,
    /// Port of the page on 127.0.0.1; 0: any free one.
    pub view_port: u16,
}

impl Default for SandboxOptions {
    fn default() -> Self {
        Self {
            seed: Seed::fixtures(),
            odoo: OdooOptions::default(),
            smtp: SmtpOptions::default(),
            maildir: None,
            view_port: 0,
        }
    }
}

/// A running sandbox; all of it stops when dropped.
#[derive(Debug)]
pub struct Sandbox {
    odoo: Arc<OdooStandIn>,
    smtp: Arc<SmtpCatcher>,
    maildir: Maildir,
    view: SocketAddr,
    _stop: DropGuard,
    _room: Option<Room>,
}

impl Sandbox {
    /// Starts everything.
    ///
    /// # Errors
    /// A port is taken, or the maildir cannot be made.
    pub async fn start(options: SandboxOptions) -> io::Result<Self> {
        let room = if options.maildir.is_none() { Some(Room::make()?) } else { None };
        let own = room.as_ref().map(|room| room.path.join("maildir"));
        let path = options.maildir.or(own).unwrap_or_default();
        let mut smtp = options.smtp;
        if smtp.inbox.is_empty() {
            smtp.inbox = vec![options.seed.company.sales.clone()];
        }
        smtp.maildir = Some(path.clone());
        let maildir = Maildir::open(&path)?;
        let odoo = Arc::new(OdooStandIn::start(&options.seed, options.odoo).await?);
        let smtp = Arc::new(SmtpCatcher::start(smtp).await?);
        let stop = CancellationToken::new();
        let view = view::start(options.view_port, smtp.clone(), odoo.clone(), stop.clone()).await?;
        Ok(Self { odoo, smtp, maildir, view, _stop: stop.drop_guard(), _room: room })
    }

    /// The Odoo stand-in.
    #[must_use]
    pub fn odoo(&self) -> &OdooStandIn {
        &self.odoo
    }

    /// The mail server.
    #[must_use]
    pub fn smtp(&self) -> &SmtpCatcher {
        &self.smtp
    }

    /// The maildir that postorder is to read.
    #[must_use]
    pub fn maildir(&self) -> &Maildir {
        &self.maildir
    }

    /// Where the maildir is.
    #[must_use]
    pub fn maildir_path(&self) -> &Path {
        self.maildir.path()
    }

    /// Addresses whose mail goes into the maildir.
    #[must_use]
    pub fn inbox(&self) -> &[String] {
        self.smtp.inbox()
    }

    /// The page with letters and orders: `http://127.0.0.1:PORT/`.
    #[must_use]
    pub fn view_url(&self) -> String {
        format!("http://{}/", self.view)
    }

    /// Where the page is.
    #[must_use]
    pub fn view_address(&self) -> SocketAddr {
        self.view
    }
}

/// A directory of its own, removed with the sandbox.
#[derive(Debug)]
struct Room {
    path: PathBuf,
}

impl Room {
    fn make() -> io::Result<Self> {
        let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
        // The name is hard to guess, and a directory that is there already is not taken.
        for _ in 0..16 {
            let name = format!("postorder-sandbox-{:016x}", fastrand::u64(..));
            let path = std::env::temp_dir().join(name);
            match make_private(&path) {
                Ok(()) => return Ok(Self { path }),
                Err(error) => last = error,
            }
        }
        Err(last)
    }
}

fn make_private(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

impl Drop for Room {
    fn drop(&mut self) {
        // A temporary directory that could not be removed is the machine's to clean.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

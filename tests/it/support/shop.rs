//! One installation of postorder: the built binary with a configuration, a maildir and a store of
//! its own, between an Odoo and a mail server that may be cut off.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use super::customer::{Customer, NewMail};
use super::letters::{Catcher, Letter};
use super::maildir::Maildir;
use super::odoo::{Database, LogIn, NewProduct};
use super::valve::Valve;
use super::wait::{LONG, until, within_time};

/// What an installation works with; shared by the tests of one kind.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// `real-19-json-2`, part of mail addresses.
    pub(crate) name: &'static str,
    /// As the configuration has it.
    pub(crate) protocol: &'static str,
    pub(crate) odoo: Database,
    pub(crate) catcher: Catcher,
}

/// One installation.
pub(crate) struct Shop {
    pub(crate) target: Target,
    pub(crate) maildir: Maildir,
    /// In the line to Odoo.
    pub(crate) odoo_line: Valve,
    /// In the line to the mail server.
    pub(crate) smtp_line: Valve,
    /// Whom postorder logs in as.
    pub(crate) log_in: LogIn,
    /// Further keys of the configuration, as TOML, each with its table.
    pub(crate) extra: Vec<(&'static str, String)>,
    scenario: &'static str,
    folder: tempfile::TempDir,
    child: Option<Child>,
}

impl Shop {
    /// A new installation, not running yet.
    pub(crate) fn new(target: &Target, scenario: &'static str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let line_to = |address: &str| Valve::before(address.parse().expect("host and port"));
        let odoo = target.odoo.url.trim_start_matches("http://").trim_end_matches('/');
        Self {
            maildir: Maildir::make(folder.path().join("Maildir")),
            odoo_line: line_to(odoo),
            smtp_line: line_to(&target.catcher.smtp()),
            log_in: target.odoo.user.clone(),
            extra: Vec::new(),
            target: target.clone(),
            scenario,
            folder,
            child: None,
        }
    }

    /// As [`Shop::new`], and running.
    pub(crate) fn open(target: &Target, scenario: &'static str) -> Self {
        let mut shop = Self::new(target, scenario);
        shop.start();
        shop
    }

    /// Where its letters come from: another address in each run, since a mail server that stays up
    /// keeps the letters of runs before.
    pub(crate) fn address(&self) -> String {
        let (scenario, run) = (self.scenario.replace('_', "-"), std::process::id());
        format!("orders@{scenario}.{}.run{run}.shop.example", self.target.name)
    }

    /// Its database.
    pub(crate) fn store(&self) -> PathBuf {
        self.folder.path().join("postorder.db")
    }

    /// A folder for what a test needs beside.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A customer of this shop's; the mail domain is this scenario's alone.
    pub(crate) fn customer(&self, name: &str) -> Customer {
        let local = name.to_lowercase().replace(' ', ".").replace('ü', "ue");
        let domain = self.customer_domain();
        Customer { name: name.to_owned(), email: format!("{local}@{domain}") }
    }

    /// The mail domain of its customers.
    pub(crate) fn customer_domain(&self) -> String {
        format!("{}.{}.example", self.scenario.replace('_', "-"), self.target.name)
    }

    /// Makes a product in Odoo, with so much in stock. To be called before the start: the
    /// catalogue is read then.
    pub(crate) fn product(&self, name: &str, stock: f64) -> i64 {
        let vendor = format!("vendor@{}.{}.example", self.scenario.replace('_', "-"), "supply");
        let code = self.code(name);
        let vendor = Some(vendor.as_str());
        self.target.odoo.product(&NewProduct { code: &code, name, price: 12.5, stock, vendor })
    }

    /// The internal reference of a product made by [`Shop::product`].
    pub(crate) fn code(&self, name: &str) -> String {
        format!("{}-{}", self.scenario, name).to_uppercase().replace([' ', '_'], "-")
    }

    // ---- the binary ------------------------------------------------------------------------------------

    fn configuration(&self) -> PathBuf {
        let folder = self.folder.path();
        let secret = folder.join("odoo-secret");
        let (secret_key, value) = match (self.target.protocol, &self.log_in.api_key) {
            ("json-2", Some(key)) => ("api_key_file", key),
            _ => ("password_file", &self.log_in.password),
        };
        let _ = fs::remove_file(&secret);
        let mut file = fs::OpenOptions::new();
        let mut file = file.write(true).create_new(true).mode(0o600).open(&secret).expect("made");
        writeln!(file, "{value}").expect("written");
        let smtp = self.smtp_line.address();
        let text = format!(
            "[maildir]\npaths = ['{maildir}']\n\
             [store]\npath = '{store}'\n\
             [odoo]\nurl = 'http://{odoo}'\ndatabase = '{database}'\nlogin = '{login}'\n\
             {secret_key} = '{secret}'\nprotocol = '{protocol}'\n\
             [smtp]\nhost = '{host}'\nport = {port}\nsecurity = 'none'\n\
             [company]\nname = 'Test Shop'\naddress = 'Test Shop <{address}>'\n\
             [policy]\nstock_check_minutes = 1\n\
             [log]\nformat = 'human'\nlevel = 'info,postorder=debug'\n",
            maildir = self.maildir.path().display(),
            store = self.store().display(),
            odoo = self.odoo_line.address(),
            database = self.target.odoo.name,
            login = self.log_in.login,
            secret = secret.display(),
            protocol = self.target.protocol,
            host = smtp.ip(),
            port = smtp.port(),
            address = self.address(),
        );
        let mut tables: toml::Table = text.parse().expect("TOML");
        for (name, line) in &self.extra {
            let keys: toml::Table = line.parse().expect("TOML");
            let table = tables.entry(*name).or_insert_with(|| toml::Table::new().into());
            table.as_table_mut().expect("a table").extend(keys);
        }
        let path = folder.join("postorder.toml");
        fs::write(&path, tables.to_string()).expect("written");
        path
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postorder"));
        for (name, _) in std::env::vars() {
            if name.starts_with("POSTORDER_") || name == "CREDENTIALS_DIRECTORY" {
                command.env_remove(name);
            }
        }
        command.args(args).arg("--config").arg(self.configuration());
        command
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// What it has logged so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    /// Starts `postorder run` and waits until it tells systemd that it is ready.
    pub(crate) fn start(&mut self) {
        let socket = self.folder.path().join("notify");
        let _ = fs::remove_file(&socket);
        let notices = UnixDatagram::bind(&socket).expect("a socket");
        notices.set_nonblocking(true).expect("non-blocking");
        let log = fs::OpenOptions::new().create(true).append(true).open(self.log_file());
        let log = log.expect("a log file");
        let mut command = self.command(&["run"]);
        command.env("NOTIFY_SOCKET", &socket).stdin(Stdio::null());
        command.stdout(log.try_clone().expect("a second handle")).stderr(log);
        self.child = Some(command.spawn().expect("the binary starts"));
        let ready = within_time(LONG, || {
            let mut buffer = [0; 1024];
            let length = notices.recv(&mut buffer).unwrap_or(0);
            let text = String::from_utf8_lossy(&buffer[..length]).into_owned();
            let ended = self.child.as_mut().and_then(|child| child.try_wait().ok().flatten());
            assert!(ended.is_none(), "postorder ended: {ended:?}");
            text.lines().any(|line| line == "READY=1").then_some(())
        });
        assert!(ready.is_some(), "postorder did not become ready");
    }

    /// Ends it with SIGKILL.
    pub(crate) fn kill(&mut self) {
        let mut child = self.child.take().expect("it runs");
        child.kill().expect("killed");
        child.wait().expect("its end");
    }

    /// Ends it with SIGTERM, as systemd does; it must stop in good order.
    pub(crate) fn stop(&mut self) {
        let mut child = self.child.take().expect("it runs");
        let status = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
        assert!(status.is_ok_and(|status| status.success()), "SIGTERM could not be sent");
        let ended = until("the end of postorder", LONG, || child.try_wait().expect("a child"));
        assert!(ended.success(), "it ended with {ended}");
    }

    /// It runs.
    pub(crate) fn runs(&mut self) -> bool {
        self.child.as_mut().is_some_and(|child| child.try_wait().expect("a child").is_none())
    }

    /// Runs another command of the command line, beside the running postorder.
    pub(crate) fn cli(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the binary starts")
    }

    /// As [`Shop::cli`], for a command that prints JSON and must be done.
    pub(crate) fn cli_json(&self, args: &[&str]) -> serde_json::Value {
        let output = self.cli(args);
        let text = String::from_utf8_lossy(&output.stdout);
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{args:?}: {err}");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{args:?}: {error}: {text}"))
    }

    // ---- mails in, letters out -------------------------------------------------------------------------

    /// Delivers a mail into the maildir.
    pub(crate) fn deliver(&self, mail: &NewMail) {
        let name = format!("{}.test", mail.message_id.split('@').next().unwrap_or_default());
        self.maildir.deliver(&name, &mail.bytes());
    }

    /// Waits until the mail lies in this folder.
    pub(crate) fn wait_filed(&self, mail: &NewMail, folder: &str) {
        self.wait_filed_within(mail, folder, LONG);
    }

    /// As [`Shop::wait_filed`], with a time of its own.
    pub(crate) fn wait_filed_within(&self, mail: &NewMail, folder: &str, within: Duration) {
        let mut place = None;
        let filed = within_time(within, || {
            place = self.maildir.place_of(&mail.message_id);
            (place == Some(folder)).then_some(())
        });
        assert!(filed.is_some(), "the mail lies in {place:?}, not in {folder}");
    }

    /// All letters so far.
    pub(crate) fn letters(&self) -> Vec<Letter> {
        self.target.catcher.letters_from(&self.address())
    }

    /// The letters of a kind to an address so far.
    pub(crate) fn letters_to(&self, to: &str, kind: &str) -> Vec<Letter> {
        let wanted = |letter: &Letter| letter.to == to && letter.kind() == kind;
        self.letters().into_iter().filter(wanted).collect()
    }

    /// Waits for the one letter of this kind to this address.
    pub(crate) fn wait_letter(&self, to: &str, kind: &str) -> Letter {
        let found = within_time(LONG, || self.letters_to(to, kind).into_iter().next());
        found.unwrap_or_else(|| {
            let all = self.letters();
            let all: Vec<String> =
                all.iter().map(|l| format!("{} to {}", l.kind(), l.to)).collect();
            panic!("no {kind} to {to}; there are {all:?}")
        })
    }

    /// Waits for the letter of this kind that answers this mail.
    pub(crate) fn wait_answer(&self, mail: &NewMail, kind: &str) -> Letter {
        let answers =
            |letter: &Letter| letter.in_reply_to == mail.message_id && letter.kind() == kind;
        let found = within_time(LONG, || self.letters().into_iter().find(answers));
        found.unwrap_or_else(|| {
            let kinds = self.kinds_to(mail.email());
            panic!("no {kind} answers the mail; its sender got {kinds:?}")
        })
    }

    /// So many letters went to an address, and none is left to be sent.
    pub(crate) fn letters_all_sent(&self, to: &str, number: usize) -> bool {
        let waiting = |case: &serde_json::Value| {
            let key = case["key"].as_str().unwrap_or_default();
            let shown = self.cli_json(&["case", "show", key, "--json"]);
            shown["waiting"].as_array().is_some_and(|effects| {
                effects.iter().any(|waiting| waiting["effect"].get("send").is_some())
            })
        };
        let cases = self.cli_json(&["case", "list", "--json"]);
        !cases.as_array().is_some_and(|all| all.iter().any(waiting))
            && self.kinds_to(to).len() == number
    }

    /// The kinds of all letters to an address so far, in their order.
    pub(crate) fn kinds_to(&self, to: &str) -> Vec<String> {
        let mine = self.letters().into_iter().filter(|letter| letter.to == to);
        mine.map(|letter| letter.kind().to_owned()).collect()
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
        if std::thread::panicking() {
            eprintln!("---- log of {} on {}\n{}----", self.scenario, self.target.name, self.log());
        }
    }
}

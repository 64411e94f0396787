//! The real binary as a child process.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Where a child works.
pub(crate) struct Place {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) maildir: PathBuf,
    pub(crate) config: PathBuf,
}

/// How to reach an Odoo.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) database: String,
    pub(crate) login: String,
    /// Password, or API key where `key` is set.
    pub(crate) secret: String,
    pub(crate) key: bool,
}

impl Place {
    /// A maildir, and a configuration for it.
    pub(crate) fn new(server: &Server, smtp: u16, confirm: bool) -> std::io::Result<Self> {
        let dir = tempfile::tempdir()?;
        let maildir = dir.path().join("Maildir");
        for folder in ["new", "cur", "tmp"] {
            std::fs::create_dir_all(maildir.join(folder))?;
        }
        let secret = dir.path().join("secret");
        std::fs::write(&secret, &server.secret)?;
        let config = dir.path().join("postorder.toml");
        let text = format!(
            "[maildir]\npaths = [\"{maildir}\"]\n[store]\npath = \"{store}\"\n[odoo]\nurl = {url:?}\n\
             database = {database:?}\nlogin = {login:?}\n{kind} = \"{secret}\"\nworkers = 2\n\
             confirm = {confirm}\n[smtp]\nhost = \"127.0.0.1\"\nport = {smtp}\nsecurity = \"none\"\n\
             [company]\nname = \"Company\"\naddress = \"Company <orders@company.example>\"\n\
             [log]\nlevel = \"warn\"\n",
            maildir = maildir.display(),
            store = dir.path().join("postorder.db").display(),
            secret = secret.display(),
            url = server.url,
            database = server.database,
            login = server.login,
            kind = if server.key { "api_key_file" } else { "password_file" },
        );
        std::fs::write(&config, text)?;
        Ok(Self { dir, maildir, config })
    }

    /// Starts `postorder COMMAND --config …`.
    pub(crate) fn start(&self, command: &str) -> std::io::Result<Running> {
        let log = std::fs::File::create(self.dir.path().join("log"))?;
        let child = Command::new(binary())
            .args([command, "--config"])
            .arg(&self.config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()?;
        Ok(Running(child))
    }

    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.dir.path().join("log")).unwrap_or_default()
    }

    /// Files left in `new/`.
    pub(crate) fn left(&self) -> usize {
        std::fs::read_dir(self.maildir.join("new")).map_or(0, Iterator::count)
    }

    pub(crate) fn done(&self) -> usize {
        std::fs::read_dir(self.maildir.join(".Done/cur")).map_or(0, Iterator::count)
    }
}

/// The binary that is measured.
pub(crate) fn binary() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_postorder"))
}

/// A child that ends with us.
pub(crate) struct Running(Child);

impl Running {
    /// Largest resident memory so far, in MiB.
    pub(crate) fn peak_memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kib / 1024.0)
    }

    /// Descriptors that are open now.
    pub(crate) fn open_files(&self) -> Option<usize> {
        Some(std::fs::read_dir(format!("/proc/{}/fd", self.0.id())).ok()?.count())
    }

    /// Processor time so far, in seconds.
    pub(crate) fn processor_time(&self) -> Option<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0.id())).ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks: f64 =
            fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
        Some(ticks / 100.0)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

//! `run`, `once` and `check` as systemd, scripts and operators meet them: the built binary beside a
//! sandbox in this process.

use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use postorder::sandbox::{Sandbox, SandboxOptions};
use serde_json::Value;

use crate::cli::{err, out, postorder};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);

const ORDER: &[u8] = include_bytes!("../../maildir-fixtures/01-order-three-blocks.eml");

/// A sandbox with a configuration that fits it.
struct Lab {
    dir: tempfile::TempDir,
    sandbox: Sandbox,
}

impl Lab {
    async fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let maildir = Some(dir.path().join("maildir"));
        let options = SandboxOptions { maildir, ..SandboxOptions::default() };
        let sandbox = Sandbox::start(options).await.expect("the sandbox starts");
        let (smtp, odoo) = (sandbox.smtp().address(), sandbox.odoo());
        let config = format!(
            "[maildir]\npaths = [\"{}\"]\n[store]\npath = \"{}\"\n[odoo]\nurl = \"{}\"\ndatabase = \
             \"{}\"\nlogin = \"{}\"\n[smtp]\nhost = \"{}\"\nport = {}\nsecurity = \"none\"\n\
             [company]\nname = \"My Company\"\naddress = \"sales@mycompany.example\"\n",
            dir.path().join("maildir").display(),
            dir.path().join("postorder.db").display(),
            odoo.url(),
            odoo.database(),
            odoo.user().login,
            smtp.ip(),
            smtp.port(),
        );
        std::fs::write(dir.path().join("postorder.toml"), config).expect("written");
        Self { dir, sandbox }
    }

    fn config(&self) -> PathBuf {
        self.dir.path().join("postorder.toml")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = postorder(args);
        command.arg("--config").arg(self.config());
        command.env("POSTORDER_ODOO__API_KEY", self.sandbox.odoo().user().api_key);
        command
    }

    /// Runs the binary to its end, while the sandbox goes on answering.
    async fn run(&self, args: &[&str], variables: &[(&str, &str)]) -> Output {
        let mut command = self.command(args);
        command.envs(variables.iter().copied());
        let output = tokio::task::spawn_blocking(move || command.output());
        output.await.expect("not broken").expect("the binary starts")
    }
}

/// A postorder that ends with the test, whatever happens.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The socket that systemd would listen on, with all that was said so far.
struct Systemd {
    socket: UnixDatagram,
    said: Vec<String>,
}

impl Systemd {
    fn listen(path: &Path) -> Self {
        let socket = UnixDatagram::bind(path).expect("a socket");
        socket.set_read_timeout(Some(Duration::from_millis(50))).expect("a time limit");
        Self { socket, said: Vec::new() }
    }

    /// Waits until this line was said; true if it was in time.
    fn hears(&mut self, line: &str) -> bool {
        let begun = Instant::now();
        let mut buffer = [0; 4096];
        while begun.elapsed() < PATIENCE {
            if self.said.iter().any(|said| said.starts_with(line)) {
                return true;
            }
            if let Ok(length) = self.socket.recv(&mut buffer) {
                let text = String::from_utf8_lossy(&buffer[..length]).into_owned();
                self.said.extend(text.lines().map(str::to_owned));
            }
        }
        false
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn run_keeps_what_the_unit_promises_to_systemd() {
    let lab = Lab::new().await;
    let path = lab.dir.path().join("notify");
    let mut systemd = Systemd::listen(&path);
    let mut command = lab.command(&["run"]);
    command.env("NOTIFY_SOCKET", &path).env("WATCHDOG_USEC", "300000").stderr(Stdio::piped());
    let mut running = Running(command.spawn().expect("the binary starts"));

    assert!(systemd.hears("READY=1"), "{:?}", systemd.said);
    assert!(systemd.hears("WATCHDOG=1"), "{:?}", systemd.said);
    systemd.said.retain(|said| said != "WATCHDOG=1");
    assert!(systemd.hears("WATCHDOG=1"), "the watchdog is fed again");
    assert!(systemd.hears("STATUS=0 mails, 0 cases open"), "{:?}", systemd.said);

    lab.sandbox.maildir().deliver(ORDER).expect("delivered");
    assert!(lab.sandbox.smtp().wait_for(1, PATIENCE).await, "no letter came");
    assert_eq!(lab.sandbox.odoo().order_count(), 2);

    let pid = running.0.id().to_string();
    Command::new("kill").args(["-HUP", &pid]).status().expect("signalled");
    Command::new("kill").args(["-TERM", &pid]).status().expect("signalled");
    assert!(systemd.hears("STOPPING=1"), "{:?}", systemd.said);
    let status = running.0.wait().expect("ended");
    assert_eq!(status.code(), Some(0));

    let mut log = String::new();
    let stderr = running.0.stderr.as_mut().expect("a pipe");
    std::io::Read::read_to_string(stderr, &mut log).expect("UTF-8");
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        assert!(line["timestamp"].is_string() && line["message"].is_string(), "{line}");
    }
    for private in ["camille.rochat@", "Chemin des Vignes", lab.sandbox.odoo().user().api_key] {
        assert!(!log.contains(private), "{private} in the log:\n{log}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn once_does_what_can_be_done_and_says_what_waits() {
    let lab = Lab::new().await;
    lab.sandbox.maildir().deliver(ORDER).expect("delivered");
    let away = [("POSTORDER_ODOO__URL", "http://127.0.0.1:1")];
    let output = lab.run(&["once"], &away).await;
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("0 steps and 1 mails wait for a later try"), "{}", err(&output));
    assert_eq!(lab.sandbox.smtp().count(), 0);

    let output = lab.run(&["once"], &[]).await;
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).starts_with("0 new mails taken in"), "{}", out(&output));
    assert_eq!(lab.sandbox.odoo().order_count(), 2);
    assert_eq!(lab.sandbox.smtp().count(), 1);

    let output = lab.run(&["once"], &[]).await;
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(lab.sandbox.odoo().order_count(), 2, "done once, done for good");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_one_postorder_works_with_a_store() {
    let lab = Lab::new().await;
    let path = lab.dir.path().join("notify");
    let mut systemd = Systemd::listen(&path);
    let mut command = lab.command(&["run"]);
    command.env("NOTIFY_SOCKET", &path).stderr(Stdio::null());
    let _running = Running(command.spawn().expect("the binary starts"));
    assert!(systemd.hears("READY=1"), "{:?}", systemd.said);
    let output = lab.run(&["once"], &[]).await;
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("another postorder works with the store"), "{}", err(&output));
    let output = lab.run(&["check", "--json"], &[]).await;
    assert_eq!(output.status.code(), Some(0), "check works beside it: {}", out(&output));
}

/// The faults of `check --json`, name and message.
fn faults(output: &Output) -> Vec<(String, String)> {
    let all: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let items = all["items"].as_array().expect("items").iter();
    let text = |item: &Value, key: &str| item[key].as_str().expect("text").to_owned();
    items
        .filter(|item| item["ok"] == false)
        .map(|item| (text(item, "name"), text(item, "message")))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn check_is_content_with_a_sound_road() {
    let lab = Lab::new().await;
    let output = lab.run(&["check"], &[]).await;
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
    assert!(out(&output).ends_with("All is ready: `postorder run` can start.\n"));
    assert!(!out(&output).contains(lab.sandbox.odoo().user().api_key));
    assert_eq!(lab.sandbox.smtp().count(), 0, "nothing is sent");
    assert!(!lab.dir.path().join("postorder.db").exists(), "nothing is made");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn check_names_each_fault_and_what_to_do() {
    let lab = Lab::new().await;
    let missing = lab.dir.path().join("missing");
    let missing = missing.to_str().expect("UTF-8");
    for (variable, value, name, words) in [
        ("POSTORDER_MAILDIR__PATHS", missing, "maildir ", "the directory new is missing"),
        ("POSTORDER_STORE__PATH", "/proc/x/y.db", "store ", "let the user that runs postorder"),
        ("POSTORDER_SMTP__PORT", "1", "mail server", "127.0.0.1:1"),
        ("POSTORDER_ODOO__API_KEY", "wrong", "odoo log-in", ""),
        ("POSTORDER_ODOO__DATABASE", "nowhere", "odoo log-in", "nowhere"),
        ("POSTORDER_ODOO__URL", "http://127.0.0.1:1", "odoo log-in", "127.0.0.1:1"),
        ("POSTORDER_ODOO__WAREHOUSE", "Moon", "odoo set-up", "Moon"),
        ("POSTORDER_LETTERS__TEMPLATES", missing, "templates", "missing"),
        ("POSTORDER_POLICY__REMIND_DAYS", "x", "configuration", "policy.remind_days"),
    ] {
        let output = lab.run(&["check", "--json"], &[(variable, value)]).await;
        assert_eq!(output.status.code(), Some(1), "{variable}: {}", out(&output));
        let faults = faults(&output);
        let named = |(n, m): &(String, String)| n.starts_with(name) && m.contains(words);
        assert!(faults.iter().any(named), "{variable}={value}: {faults:?}");
        assert_eq!(faults.len(), 1, "{variable}={value}: {faults:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn check_names_the_right_that_is_missing() {
    let lab = Lab::new().await;
    let low = lab.sandbox.odoo().low_user();
    let variables =
        [("POSTORDER_ODOO__LOGIN", low.login), ("POSTORDER_ODOO__API_KEY", low.api_key)];
    let output = lab.run(&["check", "--json"], &variables).await;
    assert_eq!(output.status.code(), Some(1));
    let faults = faults(&output);
    assert!(faults.iter().any(|(name, _)| name.contains("sale.order create")), "{faults:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn check_finds_a_secret_that_everybody_may_read() {
    use std::os::unix::fs::PermissionsExt as _;

    let lab = Lab::new().await;
    let file = lab.dir.path().join("key");
    std::fs::write(&file, lab.sandbox.odoo().user().api_key).expect("written");
    let path = file.to_str().expect("UTF-8");
    let variables = [("POSTORDER_ODOO__API_KEY_FILE", path), ("POSTORDER_ODOO__API_KEY", "")];
    for (mode, code) in [(0o644, 1), (0o640, 0)] {
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).expect("set");
        let output = lab.run(&["check", "--json"], &variables).await;
        assert_eq!(output.status.code(), Some(code), "{mode:o}: {}", out(&output));
    }
}

//! `postorder sandbox`: an Odoo stand-in, a mail server and a maildir to try things out with.

use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::{Done, Failed, print, service, shown};
use crate::config::{self, Config, Environment, OdooSecret, Secrets};
use crate::sandbox::odoo::{OdooOptions, Version};
use crate::sandbox::smtp::SmtpOptions;
use crate::sandbox::{Sandbox, SandboxOptions};

/// Options of `postorder sandbox`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Everything listens on 127.0.0.1 only and is gone when it ends (Ctrl-C), but for what lies in --dir.
In another terminal:
  postorder run --config sandbox/postorder.toml
Then send orders to sales@mycompany.example over the sandbox's mail server with any mail program:
they land in the maildir, and all other mail is caught, to be read on the page. What the stand-in
sells is in maildir-fixtures/catalog.json of the source.")]
pub(super) struct Args {
    /// Folder for the maildir, the store and a configuration that fits; it is made.
    #[arg(long, value_name = "DIR", default_value = "sandbox")]
    dir: PathBuf,
    /// Port of the mail server; 0: any free one.
    #[arg(long, value_name = "PORT", default_value_t = 1025)]
    smtp_port: u16,
    /// Port of the Odoo stand-in; 0: any free one.
    #[arg(long, value_name = "PORT", default_value_t = 8069)]
    odoo_port: u16,
    /// Port of the page that shows letters and orders; 0: any free one.
    #[arg(long, value_name = "PORT", default_value_t = 1080)]
    page_port: u16,
    /// Version of Odoo that the stand-in presents.
    #[arg(long, value_name = "VERSION", default_value = "19", value_parser = ["14", "19"])]
    odoo: String,
}

/// Keeps the stand-ins running.
pub(super) fn run(args: &Args) -> Done {
    super::run::runtime()?.block_on(serve(args))
}

async fn serve(args: &Args) -> Done {
    let dir = std::path::absolute(&args.dir)?;
    let mut stop = service::Stop::listen()?;
    let version = if args.odoo == "14" { Version::V14 } else { Version::V19 };
    let options = SandboxOptions {
        odoo: OdooOptions { version, port: args.odoo_port, ..OdooOptions::default() },
        smtp: SmtpOptions { port: args.smtp_port, ..SmtpOptions::default() },
        maildir: Some(dir.join("maildir")),
        view_port: args.page_port,
        ..SandboxOptions::default()
    };
    let sandbox = Sandbox::start(options).await.map_err(|error| {
        Failed(format!("the sandbox cannot start: {error}; other ports: see --help"))
    })?;
    let config = dir.join("postorder.toml");
    write(&config, &dir, &sandbox)
        .map_err(|error| Failed(format!("{} cannot be written: {error}", shown(&config))))?;
    print(&format!("{}\n  postorder run --config {}\n\n", addresses(&sandbox), shown(&config)))?;
    print("It runs until Ctrl-C.\n")?;
    stop.asked().await;
    Ok(())
}

/// Writes the configuration, and the key beside it. The user is the stand-in's own: no secret.
fn write(config: &Path, dir: &Path, sandbox: &Sandbox) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;

    let key = dir.join("odoo-api-key");
    let mut file = std::fs::OpenOptions::new();
    let mut file = file.write(true).create(true).truncate(true).mode(0o600).open(&key)?;
    std::io::Write::write_all(&mut file, sandbox.odoo().user().api_key.as_bytes())?;
    let text = settings(sandbox, &dir.join("postorder.db"), Some(&key));
    std::fs::write(config, text)
}

/// Where everything is.
pub(super) fn addresses(sandbox: &Sandbox) -> String {
    let odoo = sandbox.odoo();
    let user = odoo.user();
    format!(
        "  maildir        {}\n  mail server    {} (mail to {} goes into the maildir, all other \
         is caught)\n  page           {}\n  Odoo {}      {}, database {}, user {}, password {}\n",
        shown(sandbox.maildir_path()),
        sandbox.smtp().address(),
        sandbox.inbox().join(", "),
        sandbox.view_url(),
        odoo.version().text(),
        odoo.url(),
        odoo.database(),
        user.login,
        user.password,
    )
}

/// A configuration for postorder that works with the sandbox.
fn settings(sandbox: &Sandbox, store: &Path, key: Option<&Path>) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let path = |path: &Path| quoted(&shown(path));
    let (odoo, smtp) = (sandbox.odoo(), sandbox.smtp().address());
    let sales = sandbox.inbox().first().map_or("sales@mycompany.example", String::as_str);
    let key = key.map(|key| format!("api_key_file = {}\n", path(key))).unwrap_or_default();
    format!(
        "# A configuration that works with the sandbox.\n[maildir]\npaths = [{}]\n\n[store]\npath \
         = {}\n\n[odoo]\nurl = {}\ndatabase = {}\nlogin = {}\n{key}\n[smtp]\nhost = {}\nport = {}\n\
         security = \"none\"\n\n[company]\nname = \"My Company\"\naddress = {}\ntime_zone = \
         \"Europe/Zurich\"\n\n[policy]\nsupplier = \"dispo@castfix.example\"\n",
        path(sandbox.maildir_path()),
        path(store),
        quoted(&odoo.url()),
        quoted(odoo.database()),
        quoted(odoo.user().login),
        quoted(&smtp.ip().to_string()),
        smtp.port(),
        quoted(sales),
    )
}

/// The configuration for a postorder in this process.
pub(super) fn configuration(sandbox: &Sandbox, store: &Path) -> Result<(Config, Secrets), Failed> {
    let text = settings(sandbox, store, None);
    let config = config::parse("sandbox", &text, &Environment::default())?;
    let key = SecretString::from(sandbox.odoo().user().api_key.to_owned());
    Ok((config, Secrets { odoo: OdooSecret::ApiKey(key), smtp: None, model: None }))
}

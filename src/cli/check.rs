//! `postorder check`: the whole road, tried without sending or ordering anything.

use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::json;

use super::{ConfigArg, Done, Failed, daemon, print, shown};
use crate::config::{self, Config, Environment, Secrets};
use crate::engine::Model;
use crate::engine::intake::Maildir;
use crate::letters::{Letters, Mailer};
use crate::odoo::Odoo;
use crate::store::sqlite::SqliteStore;
use crate::store::{Store as _, StoreError};

/// Options of `postorder check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Looks at the configuration, the secrets' files, the maildirs, the store, the templates, the mail
server (log-in and sender, nothing is sent) and Odoo (version, log-in, rights, modules). Each line
is ok, or says what to do. Exits with 1 if anything is not ok. It may run beside postorder; run it
as the same user:
  sudo -u postorder postorder check")]
pub(super) struct Args {
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigArg,
}

/// One thing that was looked at.
struct Item {
    name: String,
    ok: bool,
    message: String,
}

impl Item {
    fn of(name: impl Into<String>, found: Result<String, String>) -> Self {
        let ok = found.is_ok();
        let (Ok(message) | Err(message)) = found;
        Self { name: name.into(), ok, message }
    }
}

/// Looks at everything.
pub(super) fn run(args: &Args) -> Done {
    let name = shown(&args.config.config);
    let items = match config::load(&args.config.config, &Environment::of_process()) {
        Err(faults) => vec![Item::of("configuration", Err(faults.to_string()))],
        Ok((config, secrets)) => {
            let mut items = vec![Item::of("configuration", Ok(name))];
            super::run::runtime()?.block_on(look(&config, &secrets, &mut items));
            items
        }
    };
    let ok = items.iter().all(|item| item.ok);
    print(&if args.json { as_json(&items, ok)? } else { as_text(&items) })?;
    if ok { Ok(()) } else { Err(Failed(String::new())) }
}

fn as_json(items: &[Item], ok: bool) -> Result<String, Failed> {
    let all = items
        .iter()
        .map(|item| json!({ "name": item.name, "ok": item.ok, "message": item.message }));
    let object = json!({ "ok": ok, "items": all.collect::<Vec<_>>() });
    Ok(format!("{}\n", serde_json::to_string_pretty(&object)?))
}

fn as_text(items: &[Item]) -> String {
    let mut text = String::new();
    for item in items {
        let mark = if item.ok { "ok   " } else { "FAULT" };
        let message = item.message.replace('\n', "\n        ");
        let _ = writeln!(text, "{mark}   {}: {message}", item.name);
    }
    let faults = items.iter().filter(|item| !item.ok).count();
    let _ = match faults {
        0 => writeln!(text, "All is ready: `postorder run` can start."),
        1 => writeln!(text, "1 thing is to be put right."),
        more => writeln!(text, "{more} things are to be put right."),
    };
    text
}

async fn look(config: &Config, secrets: &Secrets, items: &mut Vec<Item>) {
    secret_files(config, items);
    let zone = config.company.time_zone;
    let clock = chrono::Utc::now().with_timezone(&zone).format("%Y-%m-%d %H:%M");
    items.push(Item::of("time zone", Ok(format!("{zone}, where it is {clock}"))));
    for path in &config.maildir.paths {
        let wrong = Maildir::new(path).check();
        let fine = || "files can be taken in and filed".to_owned();
        let found = if wrong.is_empty() { Ok(fine()) } else { Err(wrong.join("\n")) };
        items.push(Item::of(format!("maildir {}", shown(path)), found));
    }
    items.push(Item::of(format!("store {}", shown(&config.store.path)), store(config).await));
    items.push(Item::of("templates", templates(config)));
    items.push(Item::of("mail server", mail_server(config, secrets).await));
    let odoo = Odoo::check(&config.odoo_settings(secrets)).await;
    items.extend(odoo.into_iter().map(|item| {
        let found = if item.ok { Ok(item.message) } else { Err(item.message) };
        Item::of(item.name, found)
    }));
    if let Some(settings) = config.model_settings(secrets) {
        let found = match Model::new(settings) {
            Ok(model) => model.probe().await,
            Err(reason) => Err(reason),
        };
        items.push(Item::of("model", found));
    }
}

/// Secrets' files that others than their owner may read.
fn secret_files(config: &Config, items: &mut Vec<Item>) {
    let files = [
        &config.odoo.password_file,
        &config.odoo.api_key_file,
        &config.smtp.password_file,
        &config.reading.model.key_file,
    ];
    for path in files.into_iter().flatten() {
        let found = match std::fs::metadata(path) {
            Ok(data) if data.permissions().mode() % 0o10 == 0 => {
                Ok("not readable for everybody".to_owned())
            }
            Ok(_) => Err(format!("everybody may read it: chmod 640 {}", shown(path))),
            Err(error) => Err(format!("cannot be looked at: {error}")),
        };
        items.push(Item::of(format!("secret {}", shown(path)), found));
    }
}

/// Looks beside a running postorder; where there is no store yet, whether one can be made.
async fn store(config: &Config) -> Result<String, String> {
    let path = &config.store.path;
    match SqliteStore::guest(path) {
        Ok(store) => {
            let counts = store.counts().await.map_err(|error| error.to_string())?;
            Ok(daemon::in_one_line(&counts))
        }
        Err(StoreError::Missing(_)) => {
            let folder = path.parent().unwrap_or(Path::new("."));
            match writable(folder) {
                Ok(()) => Ok("not there yet; the first start makes it".into()),
                Err(error) => Err(format!(
                    "not there yet, and the first start cannot make it: {}: {error}; make the \
                     folder, or let the user that runs postorder write to it",
                    shown(folder)
                )),
            }
        }
        Err(error) => Err(error.to_string()),
    }
}

/// A file can be made in the folder.
fn writable(folder: &Path) -> std::io::Result<()> {
    let name = folder.join(format!(".postorder-check-{}", std::process::id()));
    std::fs::OpenOptions::new().write(true).create_new(true).open(&name)?;
    std::fs::remove_file(&name)
}

fn templates(config: &Config) -> Result<String, String> {
    Letters::load(config.letter_settings())
        .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    Ok(match &config.letters.templates {
        Some(folder) => {
            format!("built-in, and those of {}; all write sound letters", shown(folder))
        }
        None => "built-in".into(),
    })
}

async fn mail_server(config: &Config, secrets: &Secrets) -> Result<String, String> {
    let mailer = Mailer::smtp(config.smtp_settings(secrets)).map_err(|error| error.to_string())?;
    let probe = mailer.probe(&config.company.address).await.map_err(|error| error.to_string())?;
    let encrypted = if probe.encrypted { "encrypted" } else { "not encrypted" };
    let who = if probe.logged_in { "logged in" } else { "no log-in" };
    let sender = &config.company.address.email;
    Ok(format!("{} ({encrypted}, {who}) takes letters from {sender}", probe.server))
}

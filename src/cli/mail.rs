//! `postorder mail`: mails that could not be read, or are not read yet.

use std::io::Write as _;

use chrono::{DateTime, Utc};
use clap::Subcommand;
use serde_json::json;

use super::case::words::{clean, time};
use super::{ConfigArg, Done, Failed, block_on, open_store, print, table};
use crate::mail::MailId;
use crate::store::{MailRow, MailState};

/// Options of `postorder mail`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the mails that could not be read, and those that wait to be read.
    List(ListArgs),
    /// Show what is remembered of a mail, or print the mail itself.
    Show(ShowArgs),
    /// Read a mail anew that could not be read or not be understood, after an upgrade, say.
    Replay(ReplayArgs),
}

#[derive(Debug, clap::Args)]
struct ListArgs {
    /// At most so many of each.
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    limit: usize,
    /// Print a JSON array.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigArg,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  \
    postorder mail show --raw ID | postorder parse -      see what postorder understands of it")]
struct ShowArgs {
    #[command(flatten)]
    which: MailArg,
    /// Print the mail itself, byte for byte.
    #[arg(long)]
    raw: bool,
}

#[derive(Debug, clap::Args)]
struct ReplayArgs {
    #[command(flatten)]
    which: MailArg,
}

#[derive(Debug, clap::Args)]
struct MailArg {
    /// Id of the mail, as `mail list` and `case show` print it.
    id: String,
    #[command(flatten)]
    config: ConfigArg,
}

impl MailArg {
    fn id(&self) -> Result<MailId, Failed> {
        let bad = || Failed(format!("{:?} is no mail id: 32 digits and letters a to f", self.id));
        MailId::parse(self.id.trim()).ok_or_else(bad)
    }

    fn unknown(&self) -> Failed {
        Failed(format!("there is no mail {}", self.id.trim()))
    }
}

/// Runs one of the commands.
pub(super) fn run(args: &Args) -> Done {
    match &args.command {
        Command::List(args) => block_on(list(args)),
        Command::Show(args) => block_on(show(args)),
        Command::Replay(args) => block_on(replay(args)),
    }
}

async fn list(args: &ListArgs) -> Done {
    let config = args.config.load_open()?;
    let store = open_store(&config)?;
    let limit = args.limit.min(10_000);
    let mut rows = store.failed_mails(limit).await?;
    rows.extend(store.unread(DateTime::<Utc>::MAX_UTC, limit).await?);
    if args.json {
        let all: Vec<_> = rows.iter().map(as_json).collect();
        return print(&format!("{}\n", serde_json::to_string_pretty(&all)?));
    }
    if rows.is_empty() {
        return print("All mails are read.\n");
    }
    let lines = rows.iter().map(|row| {
        vec![
            row.id.to_string(),
            time(row.received_at, config.company.time_zone),
            clean(&row.from, 40),
            clean(&row.subject, 40),
            standing(row),
        ]
    });
    print(&table(&["Mail", "Came", "From", "Subject", "State"], lines))
}

fn standing(row: &MailRow) -> String {
    match row.state {
        MailState::Received => "waits to be read".into(),
        MailState::Read => "read".into(),
        MailState::Failed => {
            let reason = row.reason.as_deref().unwrap_or("unknown");
            format!("cannot be read: {}", clean(reason, 200))
        }
    }
}

fn as_json(row: &MailRow) -> serde_json::Value {
    let state = match row.state {
        MailState::Received => "received",
        MailState::Read => "read",
        MailState::Failed => "failed",
    };
    json!({
        "id": row.id, "received_at": row.received_at, "maildir": row.maildir, "file": row.file,
        "message_id": row.message_id, "from": row.from, "subject": row.subject, "state": state,
        "attempts": row.attempts, "case": row.case, "reason": row.reason,
    })
}

async fn show(args: &ShowArgs) -> Done {
    let config = args.which.config.load_open()?;
    let store = open_store(&config)?;
    let id = args.which.id()?;
    if args.raw {
        let raw = store.raw(id).await?.ok_or_else(|| {
            Failed(format!("the text of mail {} is not kept (any more)", args.which.id.trim()))
        })?;
        std::io::stdout().lock().write_all(&raw)?;
        return Ok(());
    }
    let row = store.mail(id).await?.ok_or_else(|| args.which.unknown())?;
    let case = row.case.as_ref().map_or("none".into(), ToString::to_string);
    print(&format!(
        "Mail {}\n  Came     {}\n  From     {}\n  Subject  {}\n  File     {}\n  State    {}\n  \
         Case     {case}\n",
        row.id,
        time(row.received_at, config.company.time_zone),
        clean(&row.from, 120),
        clean(&row.subject, 200),
        clean(&format!("{}/{}", row.maildir.display(), row.file), 300),
        standing(&row),
    ))
}

async fn replay(args: &ReplayArgs) -> Done {
    let config = args.which.config.load_open()?;
    let store = open_store(&config)?;
    let id = args.which.id()?;
    if store.replay_mail(id.clone()).await? {
        return print(&format!("Mail {id} is read anew\n"));
    }
    let row = store.mail(id).await?.ok_or_else(|| args.which.unknown())?;
    Err(Failed(match row.state {
        MailState::Failed => "the text of this mail is not kept any more; put its file into the \
                              maildir's new/ again"
            .into(),
        MailState::Read => {
            "this mail is read; read anew is one that began a case which still waits \
                            for a person, and whose text is still kept"
                .into()
        }
        MailState::Received => "this mail waits to be read already".into(),
    }))
}

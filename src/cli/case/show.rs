//! `postorder case show`.

use serde_json::json;

use super::CaseArg;
use super::find::find;
use super::story::{Known, story};
use crate::cli::{Done, open_store, print};
use crate::store::Waits;

/// Options of `postorder case show`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    postorder case show 3f2a9c01\n  \
    postorder case show S00042\n  \
    postorder case show offer.3f2a9c01b7d4e6f8-1@example.com")]
pub(super) struct Args {
    #[command(flatten)]
    which: CaseArg,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Most effects that a story lists.
const MANY: usize = 100;

/// Shows.
pub(super) async fn run(args: &Args) -> Done {
    let config = args.which.config.load_open()?;
    let store = open_store(&config)?;
    let row = find(&*store, &args.which.case).await?;
    let key = row.case.key.clone();
    let known = Known {
        events: store.events(key.clone()).await?,
        mails: store.mails_of(key.clone()).await?,
        waiting: store.waiting(Some(key.clone()), MANY).await?,
        parked: store.dead_letters(Some(key), MANY).await?,
        row,
    };
    if args.json {
        let text = serde_json::to_string_pretty(&as_json(&known))?;
        return print(&format!("{text}\n"));
    }
    print(&story(&known, config.company.time_zone))
}

fn as_json(known: &Known) -> serde_json::Value {
    let events = known.events.iter().map(
        |row| json!({ "number": row.number, "at": row.at, "event": row.event, "state": row.state }),
    );
    let mails = known.mails.iter().map(|mail| {
        json!({
            "id": mail.id, "received_at": mail.received_at, "maildir": mail.maildir,
            "file": mail.file, "message_id": mail.message_id, "from": mail.from,
            "subject": mail.subject, "reason": mail.reason,
        })
    });
    let waiting = known.waiting.iter().map(|waiting| {
        let not_before = match waiting.waits {
            Waits::Until(at) => Some(at),
            Waits::Ready | Waits::Leased(_) => None,
        };
        json!({
            "effect": waiting.effect, "attempts": waiting.attempts, "error": waiting.error,
            "decided_at": waiting.decided_at, "not_before": not_before,
            "under_way": matches!(waiting.waits, Waits::Leased(_)),
        })
    });
    let parked = known.parked.iter().map(|parked| {
        json!({
            "effect": parked.effect, "attempts": parked.attempts, "at": parked.at,
            "reason": parked.reason,
        })
    });
    json!({
        "case": known.row.case,
        "state": known.row.case.state.name(),
        "opened_at": known.row.opened_at,
        "changed_at": known.row.changed_at,
        "next_at": known.row.wake_at,
        "events": events.collect::<Vec<_>>(),
        "mails": mails.collect::<Vec<_>>(),
        "waiting": waiting.collect::<Vec<_>>(),
        "parked": parked.collect::<Vec<_>>(),
    })
}

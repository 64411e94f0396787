//! `postorder case approve`, `reject` and `retry`: a person decides.
//!
//! The decision is recorded in the store, beside a running postorder, which then does what
//! follows from it; where none runs, the next start does.

use chrono::Utc;

use super::CaseArg;
use super::find::find;
use super::words;
use crate::cli::{Done, Failed, open_store, print};
use crate::flow::{Event, HoldReason, Policy, State, step};
use crate::store::{CaseRow, Decision, Store, StoreError};

/// Options of `postorder case approve`.
#[derive(Debug, clap::Args)]
#[command(after_help = "`postorder case show CASE` says what approving does.")]
pub(super) struct ApproveArgs {
    #[command(flatten)]
    which: CaseArg,
    #[command(flatten)]
    who: WhoArg,
}

/// Options of `postorder case reject`.
#[derive(Debug, clap::Args)]
pub(super) struct RejectArgs {
    #[command(flatten)]
    which: CaseArg,
    /// Tell the customer by a letter.
    #[arg(long)]
    tell: bool,
    #[command(flatten)]
    who: WhoArg,
}

/// Options of `postorder case retry`.
#[derive(Debug, clap::Args)]
pub(super) struct RetryArgs {
    #[command(flatten)]
    which: CaseArg,
    #[command(flatten)]
    who: WhoArg,
}

#[derive(Debug, clap::Args)]
struct WhoArg {
    /// Who decides, for the story; unless given, your user name.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

impl WhoArg {
    fn name(&self) -> String {
        let of = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let name = self.by.clone().or_else(|| of("SUDO_USER")).or_else(|| of("USER"));
        words::clean(&name.unwrap_or_else(|| "a person".into()), 60)
    }
}

/// How often a decision is made anew because the case moved on meanwhile.
const TRIES: usize = 5;

/// Approves.
pub(super) async fn approve(args: &ApproveArgs) -> Done {
    decide(&args.which, &Event::Approved { by: args.who.name() }, "approved").await
}

/// Rejects.
pub(super) async fn reject(args: &RejectArgs) -> Done {
    decide(&args.which, &Event::Rejected { by: args.who.name(), tell: args.tell }, "rejected").await
}

async fn decide(which: &CaseArg, event: &Event, done: &str) -> Done {
    let config = which.config.load_open()?;
    let policy = Policy::from(&config);
    let store = open_store(&config)?;
    let mut row = find(&*store, &which.case).await?;
    for _ in 0..TRIES {
        match record(&*store, &row, event, &policy).await? {
            Some(state) => {
                let words = words::state(&state, config.company.time_zone);
                return print(&format!("Case {} is {done}; now: {words}\n", row.case.key));
            }
            None => row = find(&*store, row.case.key.as_str()).await?,
        }
    }
    Err(Failed(format!("case {} is changing all the time; try again", row.case.key)))
}

/// Records the decision on this version of the case; `None` if it has moved on.
pub(in crate::cli) async fn record(
    store: &dyn Store,
    row: &CaseRow,
    event: &Event,
    policy: &Policy,
) -> Result<Option<State>, Failed> {
    let now = Utc::now();
    let next = step(&row.case, event, policy, now).map_err(|_| {
        let state = words::state(&row.case.state, chrono_tz::UTC);
        let can: Vec<_> = words::ways(&row.case.state).iter().map(|(way, _)| *way).collect();
        let can = if can.is_empty() { "nothing".into() } else { can.join(", ") };
        Failed(format!("case {}: {state}; what you can do now: {can}", row.case.key))
    })?;
    let state = next.case.state.clone();
    let decision = Decision {
        case: next.case,
        expected: row.version,
        event: event.clone(),
        at: now,
        unchanged: false,
        effects: next.effects,
        taken: Vec::new(),
        wake_at: next.wake_at,
        finishes: None,
        reads: None,
        moved: None,
    };
    match store.record(decision).await {
        Ok(_) => Ok(Some(state)),
        Err(StoreError::Conflict { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Revives what is parked; of a case that is held because something failed, tries that again.
pub(super) async fn retry(args: &RetryArgs) -> Done {
    let config = args.which.config.load_open()?;
    let store = open_store(&config)?;
    let row = find(&*store, &args.which.case).await?;
    let key = row.case.key.clone();
    let failed = matches!(
        row.case.state,
        State::Held { reason: HoldReason::Failed { .. }, resume: Some(_) }
    );
    match store.revive(key.clone(), Utc::now()).await? {
        0 if failed => {
            decide(&args.which, &Event::Approved { by: args.who.name() }, "tried again").await
        }
        0 => Err(Failed(format!("nothing of case {key} is parked"))),
        1 => print(&format!("Case {key}: 1 parked step is tried again\n")),
        number => print(&format!("Case {key}: {number} parked steps are tried again\n")),
    }
}

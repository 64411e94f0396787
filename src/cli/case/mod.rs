//! `postorder case`: the clerk's desk.

mod decide;
mod find;
mod list;
mod show;
mod story;
pub(super) mod words;

#[cfg(test)]
mod tests;

pub(super) use decide::record;

use clap::Subcommand;

use super::{ConfigArg, Done, block_on};

/// Options of `postorder case`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the cases that are not over, newest first.
    List(list::Args),
    /// Tell the story of one case.
    Show(show::Args),
    /// Let a held case go on, or look at the stock now.
    Approve(decide::ApproveArgs),
    /// End a case; what stands in Odoo stays there.
    Reject(decide::RejectArgs),
    /// Try again what failed too often.
    Retry(decide::RetryArgs),
}

/// A case by any of its names.
#[derive(Debug, clap::Args)]
struct CaseArg {
    /// Case key or its beginning, a letter's token, a mail's id, or an Odoo order number.
    #[arg(value_name = "CASE")]
    case: String,
    #[command(flatten)]
    config: ConfigArg,
}

/// Runs one of the commands.
pub(super) fn run(args: &Args) -> Done {
    match &args.command {
        Command::List(args) => block_on(list::run(args)),
        Command::Show(args) => block_on(show::run(args)),
        Command::Approve(args) => block_on(decide::approve(args)),
        Command::Reject(args) => block_on(decide::reject(args)),
        Command::Retry(args) => block_on(decide::retry(args)),
    }
}

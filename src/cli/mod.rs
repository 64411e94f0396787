//! The command line: what scripts and operators rely on.
//!
//! Exit codes: 0 done, 1 failed, 2 usage.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod parse;

/// Turns customers' order mails into Odoo orders.
#[derive(Debug, Parser)]
#[command(name = "postorder", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show what postorder understands of a mail, with no effect at all.
    Parse(parse::Args),
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Parse(args) => parse::run(&args),
    }
}

/// The path as messages show it.
fn shown(path: &PathBuf) -> String {
    path.display().to_string()
}

//! The command line: what scripts and operators rely on.
//!
//! Exit codes: 0 done, 1 failed, 2 usage. What was asked for goes to standard output, everything
//! else to standard error.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::config::{self, Config, Environment, Secrets};
use crate::store::Store;
use crate::store::sqlite::SqliteStore;

mod case;
mod check;
mod config_cmd;
mod daemon;
mod demo;
mod mail;
mod manual;
mod parse;
mod read_file;
mod run;
mod sandbox;
mod service;

/// Turns customers' order mails into Odoo orders: by itself, at once, exactly once.
#[derive(Debug, Parser)]
#[command(
    name = "postorder",
    version,
    about,
    after_help = "First steps:\n  \
        postorder demo                          see all of it at work; needs nothing installed\n  \
        postorder config > postorder.toml       begin a configuration\n  \
        postorder check --config postorder.toml see what is still missing\n  \
        postorder run --config postorder.toml   work\n\n\
        Exit codes: 0 done, 1 failed, 2 wrong usage."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// See the whole road at work; needs nothing installed.
    Demo(demo::Args),
    /// Work: take order mails in, place the orders, answer.
    Run(run::RunArgs),
    /// Do all that can be done now, then exit.
    Once(run::OnceArgs),
    /// Try the whole road without effect: each line ok, or what to do.
    Check(check::Args),
    /// Show what postorder understands of a mail, with no effect at all.
    Parse(parse::Args),
    /// See and decide what waits for a person: the clerk's desk.
    Case(case::Args),
    /// See mails that could not be read, and have them read anew.
    Mail(mail::Args),
    /// Keep an Odoo stand-in and a mail server running, to try things out with.
    Sandbox(sandbox::Args),
    /// Print the commented default configuration, or check one.
    Config(config_cmd::Args),
    /// Print the completions for a shell.
    Completions(manual::CompletionsArgs),
    /// Open one attached file within limits (what the daemon calls itself).
    #[command(name = crate::engine::READ_FILE, hide = true)]
    ReadFile,
    /// Print the manual page, or write all of them into a folder.
    Man(manual::ManArgs),
}

/// Which configuration to use.
#[derive(Debug, clap::Args)]
struct ConfigArg {
    /// Configuration file; `postorder config` prints one to begin with.
    #[arg(long, value_name = "FILE", env = "POSTORDER_CONFIG", default_value = config::DEFAULT_PATH)]
    config: PathBuf,
}

impl ConfigArg {
    /// The configuration with its secrets.
    fn load(&self) -> Result<(Config, Secrets), Failed> {
        Ok(config::load(&self.config, &Environment::of_process())?)
    }

    /// The configuration without its secrets, for those who may not read them.
    fn load_open(&self) -> Result<Config, Failed> {
        Ok(config::load_open(&self.config, &Environment::of_process())?)
    }
}

/// Why a command failed, for the person who must act.
#[derive(Debug)]
struct Failed(String);

/// What every command returns.
type Done = Result<(), Failed>;

impl<E: std::error::Error> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Parse(args) => return parse::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Run(args) => run::run(&args),
        Command::Once(args) => run::once(&args),
        Command::Check(args) => check::run(&args),
        Command::Sandbox(args) => sandbox::run(&args),
        Command::Case(args) => case::run(&args),
        Command::Mail(args) => mail::run(&args),
        Command::Config(args) => config_cmd::run(&args),
        Command::Completions(args) => manual::completions(&args, Cli::command()),
        Command::ReadFile => read_file::run(),
        Command::Man(args) => manual::man(&args, Cli::command()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed(message)) => {
            if !message.is_empty() {
                // Standard error may be closed; the exit code still tells.
                let _ = writeln!(std::io::stderr(), "{message}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Prints to standard output; a reader that has gone away (`| head`) is no failure.
fn print(text: &str) -> Done {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failed(format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Runs a command that looks at the store.
fn block_on(work: impl Future<Output = Done>) -> Done {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}

/// Opens the store beside a postorder that may be running.
fn open_store(config: &Config) -> Result<Box<dyn Store>, Failed> {
    Ok(Box::new(SqliteStore::guest(&config.store.path)?))
}

/// A table; on a terminal as wide as that, else as wide as its text.
fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    use comfy_table::{ContentArrangement, Table, presets};

    let mut table = Table::new();
    table.load_style(presets::UTF8_BORDERS_ONLY);
    if let Some((terminal_size::Width(width), _)) = terminal_size::terminal_size() {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width.max(60));
    }
    table.set_header(head.to_vec());
    for row in rows {
        table.add_row(row);
    }
    format!("{}\n", table.trim_fmt())
}

/// The path as messages show it.
fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}

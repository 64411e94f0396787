//! `postorder demo`: the whole road before your eyes, with nothing installed.

mod fixtures;
mod play;
mod summary;

use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::daemon::Daemon;
use super::{Done, Failed, print, sandbox, service};
use crate::config::{Config, Log, LogFormat};
use crate::logging;
use crate::sandbox::{Sandbox, SandboxOptions};

use play::Stage;

/// Options of `postorder demo`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Starts an Odoo stand-in, a mail server and a maildir in this process, on loopback addresses and in
a temporary folder, and plays a dozen mails: orders in four languages, the three answers to an
offer, a faulty order and its correction, an unknown product, an out-of-office. Nothing leaves this
machine, and nothing is left behind.")]
pub(super) struct Args {
    /// Leave everything running afterwards, and print where it is.
    #[arg(long)]
    keep: bool,
    /// Print the letters in full.
    #[arg(long)]
    letters: bool,
    /// Log what happens inside, to standard error.
    #[arg(long)]
    log: bool,
}

/// No mail may take longer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Plays.
pub(super) fn run(args: &Args) -> Done {
    let level = if args.log { "info" } else { "error" };
    logging::init(&Log { format: LogFormat::Human, level: level.into() });
    super::run::runtime()?.block_on(play(args))
}

async fn play(args: &Args) -> Done {
    let mut stop = service::Stop::listen()?;
    let sandbox = Sandbox::start(SandboxOptions::default())
        .await
        .map_err(|error| Failed(format!("the sandbox cannot start: {error}")))?;
    let room = sandbox.maildir_path().parent().unwrap_or(sandbox.maildir_path()).to_owned();
    let (config, secrets) = sandbox::configuration(&sandbox, &room.join("postorder.db"))?;
    let daemon = Daemon::new(&config, &secrets)?;
    let shutdown = CancellationToken::new();
    tokio::select! {
        ended = daemon.run(shutdown.clone()) => {
            ended?;
            Err(Failed("postorder ended before the play did".into()))
        }
        played = scenes(args, &sandbox, &daemon, &config, &mut stop) => {
            shutdown.cancel();
            played
        }
    }
}

async fn scenes(
    args: &Args,
    sandbox: &Sandbox,
    daemon: &Daemon,
    config: &Config,
    stop: &mut service::Stop,
) -> Done {
    let begun = Instant::now();
    let mut stage = Stage::new(sandbox, &*daemon.store, config, args.letters);
    for fixture in &fixtures::FIXTURES {
        tokio::select! {
            played = stage.mail(fixture) => print(&played?)?,
            _ = stop.asked() => return Err(Failed("stopped".into())),
        }
    }
    print(&stage.stock_comes().await?)?;
    print(&stage.summary(begun.elapsed()))?;
    if args.keep {
        print(&format!(
            "\nEverything goes on running until Ctrl-C:\n{}\nWrite to {} over that mail server \
             with any mail program, and watch the page.\n",
            sandbox::addresses(sandbox),
            sandbox.inbox().join(", "),
        ))?;
        stop.asked().await;
    }
    Ok(())
}

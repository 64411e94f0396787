//! `postorder run` and `postorder once`.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::daemon::{Daemon, in_one_line};
use super::{ConfigArg, Done, Failed, print, service};
use crate::config::{Config, Secrets};
use crate::engine::Drained;
use crate::logging;

/// Options of `postorder run`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
It works until SIGTERM or SIGINT, then finishes what is under way (30 seconds at most); a second
signal ends it at once. It may be ended at any moment, also by force: the next start takes up what
was left, and nothing is done twice. Configuration and templates are read at the start.

Under systemd it tells when it is ready, what it is doing, and that it is alive (Type=notify,
WatchdogSec=). Logs go to standard error, as JSON where that is no terminal.")]
pub(super) struct RunArgs {
    #[command(flatten)]
    config: ConfigArg,
}

/// Options of `postorder once`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Takes in what lies in the maildirs, does all that can be done now, and exits: 0 if nothing is left
to do, 1 if something waits for a later try.")]
pub(super) struct OnceArgs {
    #[command(flatten)]
    config: ConfigArg,
}

/// How long threads that are reading or writing a file may take to end, after all else has.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// How often `systemctl status` gets a new line.
const STATUS_EVERY: Duration = Duration::from_secs(15);

/// Works until it is asked to end.
pub(super) fn run(args: &RunArgs) -> Done {
    let (config, secrets) = args.config.load()?;
    logging::init(&config.log);
    let runtime = runtime()?;
    let done = runtime.block_on(work(&config, &secrets));
    // A thread that hangs on a file system must not keep the process from ending in time.
    runtime.shutdown_timeout(LAST_WORDS);
    done
}

/// All threads that there are processors for.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failed> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

async fn work(config: &Config, secrets: &Secrets) -> Done {
    let mut stop = service::Stop::listen()?;
    let daemon = Daemon::new(config, secrets)?;
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        maildirs = config.maildir.paths.len(),
        odoo = config.odoo.url,
        smtp = config.smtp.host,
        "postorder works"
    );
    let shutdown = CancellationToken::new();
    tokio::spawn(service::watchdog(daemon.pulse(), shutdown.clone()));
    tokio::spawn(service::hang_ups());
    service::ready();
    let asked = async {
        let signal = stop.asked().await;
        tracing::info!(signal, "asked to stop: finishing what is under way");
        service::stopping();
        shutdown.cancel();
        stop.asked().await;
    };
    tokio::select! {
        ended = daemon.run(shutdown.clone()) => {
            ended.inspect_err(|error| tracing::error!(%error, "postorder must end"))?;
            tracing::info!("stopped");
            Ok(())
        }
        () = asked => Err(Failed("stopped at once; the next start takes up what was left".into())),
        () = report(&daemon, &shutdown) => Err(Failed(String::new())),
    }
}

/// Keeps the line of `systemctl status` fresh; does not end.
async fn report(daemon: &Daemon, shutdown: &CancellationToken) {
    while !shutdown.is_cancelled() {
        if let Ok(counts) = daemon.store.counts().await {
            service::status(&in_one_line(&counts));
        }
        tokio::select! {
            () = tokio::time::sleep(STATUS_EVERY) => {}
            () = shutdown.cancelled() => {}
        }
    }
    std::future::pending::<()>().await;
}

/// Does all that can be done now.
pub(super) fn once(args: &OnceArgs) -> Done {
    let (config, secrets) = args.config.load()?;
    logging::init(&config.log);
    runtime()?.block_on(async {
        let mut stop = service::Stop::listen()?;
        let daemon = Daemon::new(&config, &secrets)?;
        let shutdown = CancellationToken::new();
        let asked = async {
            stop.asked().await;
            shutdown.cancel();
            stop.asked().await;
        };
        let Drained { taken, left } = tokio::select! {
            ended = daemon.once(shutdown.clone()) => ended?,
            () = asked => return Err(Failed("stopped at once".into())),
        };
        let counts = daemon.store.counts().await?;
        print(&format!("{} new mails taken in; now: {}\n", taken.new, in_one_line(&counts)))?;
        if left.waiting + left.unread > 0 {
            let (steps, mails) = (left.waiting, left.unread);
            return Err(Failed(format!(
                "{steps} steps and {mails} mails wait for a later try; `postorder case list` and \
                 the log say why"
            )));
        }
        Ok(())
    })
}

//! `postorder config`: the commented default, and the check of a file.

use super::{ConfigArg, Done, print, shown};

/// Options of `postorder config`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    postorder config > /etc/postorder/postorder.toml\n  \
    postorder config --check --config /etc/postorder/postorder.toml\n\n\
    Every key can be set by the environment too: odoo.url by POSTORDER_ODOO__URL.")]
pub(super) struct Args {
    /// Check the configuration file, the environment and the secrets; nothing is connected to.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    config: ConfigArg,
}

/// Prints or checks.
pub(super) fn run(args: &Args) -> Done {
    if !args.check {
        return print(&crate::config::default_text());
    }
    args.config.load()?;
    print(&format!("{}: ok\n", shown(&args.config.config)))
}

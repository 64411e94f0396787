//! `postorder parse`: what postorder understands of a mail, with no effect at all.

use std::path::PathBuf;
use std::process::ExitCode;

/// Options of `postorder parse`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Catalogue file (JSON); without it no product is known.
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// The mail, as a mail server leaves it in a maildir; `-` for standard input.
    mail: PathBuf,
}

/// Reads the mail and prints its reading.
pub(super) fn run(args: &Args) -> ExitCode {
    eprintln!("parse: {} cannot be read yet", super::shown(&args.mail));
    let _ = (&args.catalog, args.json);
    ExitCode::FAILURE
}

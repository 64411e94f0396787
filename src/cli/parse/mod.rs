//! `postorder parse`: what postorder understands of a mail, with no effect at all.

use std::fs::File;
use std::io::{IsTerminal as _, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::engine::Opener;
use crate::mail::{self, Limits, OwnAddresses};
use crate::reading::{self, CatalogFile, Context, Opened};

mod human;
mod json;
mod painted;

/// Largest catalogue file, in bytes.
const MAX_CATALOG: u64 = 512 << 20;

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
    match parse(args) {
        Ok(text) => {
            // A reader that went away wants no more; nothing else can be told to anybody.
            let written = std::io::stdout().lock().write_all(text.as_bytes());
            if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(message) => {
            let _ = writeln!(std::io::stderr(), "{message}");
            ExitCode::FAILURE
        }
    }
}

fn parse(args: &Args) -> Result<String, String> {
    let limits = Limits::default();
    let file = match &args.catalog {
        Some(path) => catalog(path)?,
        None => CatalogFile::default(),
    };
    let bytes = mail_bytes(&args.mail, &limits)?;
    let own = OwnAddresses::new(&file.own_addresses).named(&file.own_name);
    let mail = mail::parse(&bytes, &limits, &own);
    let context = Context { house: own.house(), ..Context::default() };
    let opened = open(Opened::of(&mail))
        .map_err(|error| format!("the attached files cannot be opened: {error}"))?;
    let reading = reading::read_opened(&mail, &opened, &file.catalog, &context);
    if args.json {
        return json::print(&reading)
            .map_err(|error| format!("the reading cannot be printed: {error}"));
    }
    let coloured = std::io::stdout().is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let mut text = human::print(&reading, &file.catalog, coloured);
    if coloured {
        text.push_str(&painted::print(&mail, &reading));
    }
    Ok(text)
}

/// Opens PDFs and spreadsheets in a process of their own, as the daemon does.
fn open(opened: Opened) -> std::io::Result<Opened> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(Opener::of_this_program().open(opened)))
}

fn catalog(path: &Path) -> Result<CatalogFile, String> {
    let shown = path.display();
    let bytes = File::open(path)
        .and_then(|file| bounded(file, MAX_CATALOG))
        .map_err(|error| format!("the catalogue {shown} cannot be read: {error}"))?;
    let text =
        String::from_utf8(bytes).map_err(|_| format!("the catalogue {shown} is not UTF-8 text"))?;
    CatalogFile::parse(&text)
        .map_err(|error| format!("the catalogue {shown} is not as expected: {error}"))
}

fn mail_bytes(path: &Path, limits: &Limits) -> Result<Vec<u8>, String> {
    // One byte more, so that the mail module sees that it is too large.
    let most = u64::try_from(limits.size).unwrap_or(u64::MAX).saturating_add(1);
    if path.as_os_str() == "-" {
        return bounded(std::io::stdin().lock(), most)
            .map_err(|error| format!("the mail on standard input cannot be read: {error}"));
    }
    File::open(path)
        .and_then(|file| bounded(file, most))
        .map_err(|error| format!("the mail {} cannot be read: {error}", path.display()))
}

fn bounded(reader: impl Read, most: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

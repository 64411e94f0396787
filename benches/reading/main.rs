//! How fast mails are read, in this process and on one thread, by its processor time:
//! `cargo bench --bench reading`.
//!
//! `mails`: the corpus without attachments, again and again. `size`: one mail, ever longer; what it
//! takes per KiB must not grow. `catalogue`: 100,000 products against few.
//!
//! Folders beside the repository's own: `cargo bench --bench reading -- mails CATALOG=FOLDER`.

mod products;
mod sizes;

use std::path::{Path, PathBuf};
use std::time::Duration;

use postorder::mail::{self, Limits, OwnAddresses};
use postorder::reading::{self, Catalog, CatalogFile, Context, Intent};

/// As the binary has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Done = Result<(), Box<dyn std::error::Error>>;

/// Mails that are read with one catalogue.
struct Folder {
    name: String,
    file: CatalogFile,
    mails: Vec<Vec<u8>>,
}

fn main() -> std::process::ExitCode {
    // Cargo passes `--bench`; the rest is ours.
    let asked: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let (folders, parts): (Vec<&String>, Vec<&String>) =
        asked.iter().partition(|word| word.contains('='));
    let mut failed = false;
    for (name, run) in [
        ("mails", mails as fn(&[&String]) -> Done),
        ("size", |_| sizes::run()),
        ("catalogue", |_| catalogue()),
    ] {
        if !parts.is_empty() && !parts.iter().any(|part| *part == name) {
            continue;
        }
        println!("== {name}");
        if let Err(error) = run(&folders) {
            println!("{name}: FAILED: {error}");
            failed = true;
        }
    }
    if failed { std::process::ExitCode::FAILURE } else { std::process::ExitCode::SUCCESS }
}

/// Processor time of this thread so far: others on the machine do not count.
fn used() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = text.split(' ').next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanos.unwrap_or_default())
}

fn own() -> Vec<(PathBuf, PathBuf)> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let folder = |author: &str, part: &str| {
        let home = corpus.join(author);
        (home.join("catalog.json"), home.join(part))
    };
    vec![folder("a", "dev"), folder("a", "held"), folder("b", "dev"), folder("b", "held")]
}

/// The mails of a folder that have no attachments.
fn load(catalog: &Path, folder: &Path) -> Result<Folder, Box<dyn std::error::Error>> {
    let file = CatalogFile::parse(&std::fs::read_to_string(catalog)?)?;
    let own = OwnAddresses::new(&file.own_addresses);
    let mut mails = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "eml") {
            let bytes = std::fs::read(path)?;
            if mail::parse(&bytes, &Limits::default(), &own).attachments.is_empty() {
                mails.push(bytes);
            }
        }
    }
    Ok(Folder { name: folder.display().to_string(), file, mails })
}

/// Parses and reads a mail.
fn read(bytes: &[u8], own: &OwnAddresses, catalog: &Catalog) -> Intent {
    let mail = mail::parse(bytes, &Limits::default(), own);
    reading::read(&mail, catalog, &Context::default()).intent
}

/// Reads mails again and again for a while: how many a second, and how many of them order.
fn pace(folders: &[Folder], catalog: Option<&Catalog>) -> (f64, f64) {
    let all: Vec<_> =
        folders.iter().map(|f| (f, OwnAddresses::new(&f.file.own_addresses))).collect();
    let (mut read_mails, mut orders) = (0_u32, 0_u32);
    // What is built at its first use is no part of the pace.
    let mut start = used();
    let mut warm = false;
    while !warm || used().saturating_sub(start) < Duration::from_secs(4) {
        for (folder, own) in &all {
            for bytes in &folder.mails {
                let intent = read(bytes, own, catalog.unwrap_or(&folder.file.catalog));
                read_mails += 1;
                orders += u32::from(intent == Intent::Order);
            }
        }
        if !warm {
            (warm, read_mails, orders, start) = (true, 0, 0, used());
        }
    }
    let seconds = used().saturating_sub(start).as_secs_f64();
    (f64::from(read_mails) / seconds, f64::from(orders) / f64::from(read_mails.max(1)))
}

fn mails(more: &[&String]) -> Done {
    let mut folders = Vec::new();
    for (catalog, folder) in own() {
        folders.push(load(&catalog, &folder)?);
    }
    let count: usize = folders.iter().map(|f| f.mails.len()).sum();
    let (pace_of_own, _) = pace(&folders, None);
    println!(
        "{count} mails of tests/corpus without attachments: {pace_of_own:.0} mails/s on one core"
    );
    for pair in more {
        let (catalog, folder) = pair.split_once('=').unwrap_or_default();
        let folder = load(Path::new(catalog), Path::new(folder))?;
        let (name, count) = (folder.name.clone(), folder.mails.len());
        let (pace_of_it, _) = pace(&[folder], None);
        println!(
            "{count} mails of {name} without attachments: {pace_of_it:.0} mails/s on one core"
        );
    }
    Ok(())
}

fn catalogue() -> Done {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/a");
    let folder = load(&corpus.join("catalog.json"), &corpus.join("dev"))?;
    let few: Vec<_> = folder.file.catalog.products().to_vec();
    let many = products::beside(&few, 100_000);
    let number = many.len();
    let start = used();
    let large = Catalog::new(many);
    println!("index of {number} products: {:.2} s", used().saturating_sub(start).as_secs_f64());
    let (count, folders) = (few.len(), [folder]);
    let (with_few, orders_few) = pace(&folders, None);
    let (with_many, orders_many) = pace(&folders, Some(&large));
    println!("{count} products: {with_few:.0} mails/s, {:.0} % orders", orders_few * 100.0);
    println!("{number} products: {with_many:.0} mails/s, {:.0} % orders", orders_many * 100.0);
    println!("slower by a factor of {:.2}", with_few / with_many);
    Ok(())
}

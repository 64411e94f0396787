//! The rules that the code keeps as a whole: which module may use which, what the pure modules
//! must not touch, and what no file may hold.

mod source;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The rooms of the crate, and what each may use. ARCHITECTURE.md shows the same map.
const MAY_USE: &[(&str, &[&str])] = &[
    ("mail", &[]),
    ("reading", &["mail"]),
    ("flow", &["mail", "reading"]),
    ("letters", &["flow", "mail", "reading"]),
    ("odoo", &["flow", "mail", "reading"]),
    ("store", &["flow", "mail", "reading"]),
    ("engine", &["flow", "letters", "mail", "odoo", "reading", "store"]),
    ("sandbox", &[]),
    ("config", &["engine", "flow", "letters", "mail", "odoo", "reading", "store"]),
    ("logging", &["config"]),
    (
        "cli",
        &[
            "config", "engine", "flow", "letters", "logging", "mail", "odoo", "reading", "sandbox",
            "store",
        ],
    ),
];

/// Rooms that do no I/O, hold no clock and log nothing.
const PURE: &[&str] = &["mail", "reading", "flow"];

/// What the pure rooms must not name, at the beginning of a path.
const OUTSIDE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::io::stderr",
    "std::io::stdin",
    "std::io::stdout",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "fastrand",
    "getrandom",
    "lettre",
    "libc",
    "notify",
    "reqwest",
    "rusqlite",
    "rustix",
    "tokio",
    "tokio_util",
    "tracing",
];

/// What the pure rooms must not call, wherever in a path.
const CLOCKS: &[&str] = &["Instant::now", "Local::now", "SystemTime::now", "Utc::now"];

/// Macros that the pure rooms must not call.
const PRINTS: &[&str] = &["dbg", "eprint", "eprintln", "print", "println"];

/// Files beyond this want to be two rooms. Most have less than half of it; lists of words have more.
const MAX_LINES: usize = 700;

/// The hosts that files may point at, beside the names and addresses reserved for examples.
const HOSTS: &[&str] = &[
    // Names of formats in the mails that programs write.
    "schemas.microsoft.com",
    "cr.yp.to",
    "crates.io",
    "docs.rs",
    "github.com",
    "keepachangelog.com",
    "schemas.openxmlformats.org",
    "semver.org",
    "www.odoo.com",
    "www.rfc-editor.org",
    "www.w3.org",
];

/// Where people and build machines keep their checkouts.
const HOMES: &[&str] = &["/home/", "/Users/", "/root/", "/work/"];

/// One file of the crate.
struct SourceFile {
    /// Relative to the checkout.
    path: PathBuf,
    text: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder`, relative to the checkout; what is not text is left out.
fn files(folder: &str) -> Vec<SourceFile> {
    let skipped = [".git", ".servers", "target", "node_modules"];
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the checkout") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_symlink() || skipped.contains(&name) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let path = path.strip_prefix(root()).expect("below the checkout").to_path_buf();
                found.push(SourceFile { path, text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn rust_files(folder: &str) -> Vec<SourceFile> {
    let rust = |file: &SourceFile| file.path.extension().is_some_and(|ext| ext == "rs");
    files(folder).into_iter().filter(rust).collect()
}

/// `src/mail/mime.rs` is the module `mail::mime`; `src/lib.rs` is the root.
fn module_of(path: &Path) -> Vec<String> {
    let inner = path.strip_prefix("src").unwrap_or(path).with_extension("");
    let mut names: Vec<String> =
        inner.iter().map(|name| name.to_string_lossy().into_owned()).collect();
    if matches!(names.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        names.pop();
    }
    names
}

/// Every breach of the module rules in these files, each with its place.
fn module_breaches(sources: &[SourceFile]) -> Vec<String> {
    let named: BTreeMap<Vec<String>, (&Path, source::Named)> = sources
        .iter()
        .map(|file| {
            let module = module_of(&file.path);
            let named = source::read(&file.text, &module);
            (module, (file.path.as_path(), named))
        })
        .collect();
    let tests: Vec<Vec<String>> = named
        .iter()
        .flat_map(|(module, (_, named))| {
            named
                .test_modules
                .iter()
                .map(|test| [module.as_slice(), std::slice::from_ref(test)].concat())
        })
        .collect();
    let mut breaches = Vec::new();
    for (module, (path, named)) in &named {
        let Some(room) = module.first() else { continue };
        if tests.iter().any(|test| module.starts_with(test)) {
            continue;
        }
        let Some((_, may_use)) = MAY_USE.iter().find(|(name, _)| name == room) else {
            breaches.push(format!("{}: the map has no room '{room}'", path.display()));
            continue;
        };
        for (line, used) in &named.paths {
            let place = format!("{}:{line}", path.display());
            breaches.extend(breach(room, may_use, used).map(|what| format!("{place}: {what}")));
        }
        for (line, name) in &named.macros {
            if PURE.contains(&room.as_str()) && PRINTS.contains(&name.as_str()) {
                breaches.push(format!("{}:{line}: '{room}' must not print", path.display()));
            }
        }
    }
    breaches
}

/// What is wrong with this room's naming this path.
fn breach(room: &str, may_use: &[&str], used: &[String]) -> Option<String> {
    let path = used.join("::");
    if let [first, other, ..] = used
        && first == "crate"
    {
        let fine = other == room || may_use.contains(&other.as_str());
        return (!fine).then(|| format!("'{room}' must not use '{other}' ({path})"));
    }
    if !PURE.contains(&room) {
        return None;
    }
    let begins = |banned: &&&str| path == **banned || path.starts_with(&format!("{banned}::"));
    let outside = OUTSIDE.iter().find(begins);
    let clock = CLOCKS.iter().find(|call| format!("::{path}::").contains(&format!("::{call}::")));
    let banned = outside.or(clock)?;
    Some(format!("'{room}' does no I/O, holds no clock and logs nothing, but names {banned}"))
}

/// The places where a text points at a host that is neither public nor reserved, or at a folder of
/// some machine.
fn strange_places(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let urls = line.match_indices("://").map(|(at, sign)| &line[at + sign.len()..]);
        for url in urls {
            let host = host_of(url);
            if !is_public(&host) {
                found.push(format!("{}: the host '{host}'", number + 1));
            }
        }
        for home in HOMES {
            // Not as a later part of a path, as in `$ROOT/root/`.
            let begins = |at: usize| {
                !line[..at].ends_with(|c: char| c.is_alphanumeric() || "}]_-./~".contains(c))
            };
            if line.match_indices(home).any(|(at, _)| begins(at)) {
                found.push(format!("{}: a path below {home}", number + 1));
            }
        }
    }
    found
}

/// The host of what follows `://`, without user and port.
fn host_of(url: &str) -> String {
    let authority: String =
        url.chars().take_while(|c| c.is_alphanumeric() || "@:.-_[]".contains(*c)).collect();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = if host.starts_with('[') { host } else { host.split(':').next().unwrap_or(host) };
    host.trim_end_matches(['.', '-', '_']).to_lowercase()
}

/// Public, reserved for examples (RFC 2606, RFC 6761, loopback), or put in at run time.
fn is_public(host: &str) -> bool {
    let reserved = ["example", "test", "invalid", "localhost"];
    let labels: Vec<&str> = host.split('.').collect();
    host.is_empty()
        || host.starts_with("127.")
        || host.starts_with('[')
        || HOSTS.contains(&host)
        || labels.last().is_some_and(|last| reserved.contains(last))
        || matches!(labels.as_slice(), [.., "example", "com" | "org" | "net"])
}

#[test]
fn modules_use_only_what_the_map_allows() {
    let breaches = module_breaches(&rust_files("src"));
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

#[test]
fn every_module_is_documented() {
    for file in rust_files("src").iter().chain(&rust_files("tests")) {
        assert!(file.text.starts_with("//!"), "{} does not say what it is", file.path.display());
    }
}

#[test]
fn files_stay_readable() {
    for file in rust_files("src").iter().chain(&rust_files("tests")).chain(&files("scripts")) {
        let lines = file.text.lines().count();
        assert!(lines <= MAX_LINES, "{}: {lines} lines", file.path.display());
    }
}

#[test]
fn nothing_points_at_a_private_host_or_folder() {
    let checkout = root().display().to_string();
    let mut found = Vec::new();
    for file in files(".") {
        if file.path.ends_with("tests/it/rules.rs") {
            continue; // It must name what it looks for.
        }
        let places = strange_places(&file.text).into_iter();
        found.extend(places.map(|place| format!("{}:{place}", file.path.display())));
        if file.text.contains(&checkout) {
            found.push(format!("{}: the path of this checkout", file.path.display()));
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

// ---- The checks themselves, on made-up input ------------------------------------------------------------

fn made_up(path: &str, text: &str) -> Vec<String> {
    module_breaches(&[SourceFile { path: path.into(), text: text.into() }])
}

#[test]
fn a_forbidden_use_is_found_however_it_is_written() {
    for text in [
        "use crate::store::Store;",
        "use crate::{mail::Mail, store};",
        "use crate::{\n    mail::{Mail, Part as P},\n    store::{self, types::MailRow},\n};",
        "fn f() -> crate::store::Row { todo() }",
        "fn f() { let x = Vec::<crate::store::Row>::new(); }",
        "use super::super::store::Store;",
        "use super::{super::store::Store, dates};",
        "mod inner { use super::super::super::store::Store; }",
        "fn f() { g!(crate::store::TABLE) }",
        "const Q: char = '\"'; use crate::store::Store; // \"",
        "const Q: &str = r#\" \"# ; use crate::store::Store;",
    ] {
        let found = made_up("src/reading/blocks.rs", text);
        assert!(!found.is_empty(), "{text}");
        let what = "'reading' must not use 'store'";
        assert!(found.iter().all(|found| found.contains(what)), "{text}: {found:?}");
    }
}

#[test]
fn what_is_allowed_or_only_spoken_of_is_not_found() {
    for text in [
        "use crate::mail::Mail;",
        "use super::dates::Date;",
        "pub(crate) fn f() {}",
        "// use crate::store::Store;\n/* use crate::store; /* nested */ */",
        "/// As [`crate::store::Store`] has it.\nfn f() {}",
        "const A: &str = \"use crate::store::Store; \\\" std::fs\";",
        "const A: &[u8] = br##\"crate::store::Store\"# \"##;",
        "#[cfg(test)]\nmod tests { use crate::store::Store; use std::fs; }",
        "#[cfg(test)]\nuse crate::store::Store;",
        "fn f<'a>(c: char) -> bool { c == '\\'' || c == ':' }",
        "use std::io::Read; use std::time::Duration; use chrono::{DateTime, Utc};",
    ] {
        assert_eq!(made_up("src/reading/blocks.rs", text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn tests_in_files_of_their_own_are_left_out_and_nothing_else() {
    let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.into() };
    let found = module_breaches(&[
        file("src/flow/mod.rs", "#[cfg(test)]\nmod tests;\nmod step;"),
        file("src/flow/tests.rs", "use crate::store::Store;"),
        file("src/flow/tests/play.rs", "use std::fs;"),
        file("src/flow/step.rs", "use std::fs;"),
    ]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("src/flow/step.rs:1:"), "{found:?}");
}

#[test]
fn io_clocks_and_prints_are_found_in_pure_rooms_only() {
    for text in [
        "use std::fs;",
        "use std::{fs::File, io::Read};",
        "fn f() { std::env::var(\"X\"); }",
        "fn f() { let now = chrono::Utc::now(); }",
        "use chrono::Utc;\nfn f() { Utc::now() }",
        "use tokio::sync::Notify;",
        "fn f() { tracing::info!(\"x\") }",
        "fn f() { println!(\"x\") }",
    ] {
        let found = made_up("src/flow/step.rs", text);
        assert!(!found.is_empty(), "{text}");
        assert_eq!(made_up("src/engine/lanes.rs", text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(made_up("src/cellar/wine.rs", "").len(), 1, "a room that the map does not have");
}

#[test]
fn private_hosts_and_folders_are_found() {
    for text in [
        "registry = \"https://artifacts.bigcorp.io/cargo\"",
        "see http://user:secret@10.1.2.3:8080/x",
        "include_str!(\"/home/maria/postorder/x\")",
        "cd /work/postorder",
    ] {
        assert_eq!(strange_places(text).len(), 1, "{text}");
    }
    for text in [
        "http://127.0.0.1:8069/jsonrpc and https://odoo.example.com, https://x.mail.example/y",
        "https://$HOST/x, http://{address}, http://[::1]:25",
        "https://github.com/rust-lang/crates.io-index",
        "\"$ROOT/root/x\" and out/work/x",
    ] {
        assert_eq!(strange_places(text), Vec::<String>::new(), "{text}");
    }
}

//! The company's own templates: a folder whose files replace the built-in ones of the same name.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use super::TemplateFault;
use super::templates::built_in;

/// No template is longer than this, in bytes.
const MAX_FILE: u64 = 64 * 1024;
/// No folder has more files than this.
const MAX_FILES: usize = 500;

/// Reads the folder and the folders in it that the built-in templates have too.
///
/// Files with other endings than templates have are left alone, and so are hidden ones: editors
/// and people leave notes and copies behind.
pub(super) fn read(folder: &Path) -> (BTreeMap<String, String>, Vec<TemplateFault>) {
    let mut own = BTreeMap::new();
    let mut faults = Vec::new();
    let known = built_in();
    let mut folders: Vec<&str> =
        known.keys().filter_map(|name| name.split_once('/')).map(|(folder, _)| folder).collect();
    folders.dedup();
    for prefix in std::iter::once("").chain(folders) {
        let path = if prefix.is_empty() { folder.to_owned() } else { folder.join(prefix) };
        if !prefix.is_empty() && !path.exists() {
            continue;
        }
        let names = match file_names(&path) {
            Ok(names) => names,
            Err(error) => {
                let file = if prefix.is_empty() { "." } else { prefix };
                faults.push(fault(file, format!("cannot read {}: {error}", path.display())));
                continue;
            }
        };
        for name in names {
            let file = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            if !known.contains_key(file.as_str()) {
                faults.push(fault(&file, unknown_name(&file, known.keys().copied())));
                continue;
            }
            match read_file(&folder.join(&file)) {
                Ok(source) => drop(own.insert(file, source)),
                Err(what) => faults.push(fault(&file, what)),
            }
        }
    }
    (own, faults)
}

/// Names of what may be meant as templates, in order.
fn file_names(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)?.take(MAX_FILES) {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let ending = Path::new(&name).extension().and_then(|ending| ending.to_str());
        let template = matches!(ending, Some("j2" | "txt" | "html" | "toml"));
        if template && !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn read_file(path: &Path) -> Result<String, String> {
    // Looked at before it is opened: opening a FIFO would wait for ever.
    let about = fs::metadata(path).map_err(|error| format!("cannot be read: {error}"))?;
    if !about.is_file() {
        return Err("is not a plain file".to_owned());
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
    file.take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("cannot be read: {error}"))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(format!("is longer than {} KiB", MAX_FILE / 1024));
    }
    String::from_utf8(bytes).map_err(|_| "is not UTF-8 text".to_owned())
}

fn fault(file: &str, what: String) -> TemplateFault {
    TemplateFault { file: file.to_owned(), line: None, what }
}

/// Says which name may have been meant.
fn unknown_name<'a>(file: &str, known: impl Iterator<Item = &'a str>) -> String {
    let folder = file.split_once('/').map_or("", |(folder, _)| folder);
    let beside = known.filter(|name| name.split_once('/').map_or("", |(f, _)| f) == folder);
    let names: Vec<&str> = beside.collect();
    format!("replaces nothing; the names are {}", names.join(", "))
}

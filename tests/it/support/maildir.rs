//! A maildir as a mail server and an IMAP client see it.

use std::fs;
use std::path::{Path, PathBuf};

/// A maildir.
#[derive(Debug, Clone)]
pub(crate) struct Maildir(PathBuf);

impl Maildir {
    /// Makes one.
    pub(crate) fn make(path: PathBuf) -> Self {
        let maildir = Self(path);
        maildir.make_folders();
        maildir
    }

    /// `new/`, `cur/` and `tmp/`.
    pub(crate) fn make_folders(&self) {
        for folder in ["new", "cur", "tmp"] {
            fs::create_dir_all(self.0.join(folder)).expect("a folder of the maildir");
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Delivers a mail as a mail server does: written to `tmp/`, then renamed into `new/`.
    pub(crate) fn deliver(&self, name: &str, mail: &[u8]) {
        let (tmp, new) = (self.0.join("tmp").join(name), self.0.join("new").join(name));
        fs::write(&tmp, mail).expect("written to tmp/");
        fs::rename(&tmp, &new).expect("renamed into new/");
    }

    /// The files of a folder: `new`, `cur`, or `.Done` and the like (there new and cur together).
    pub(crate) fn list(&self, folder: &str) -> Vec<PathBuf> {
        let folders = if folder.starts_with('.') {
            vec![self.0.join(folder).join("new"), self.0.join(folder).join("cur")]
        } else {
            vec![self.0.join(folder)]
        };
        let mut files: Vec<PathBuf> = folders
            .iter()
            .filter_map(|folder| fs::read_dir(folder).ok())
            .flat_map(|entries| entries.filter_map(|entry| entry.ok().map(|e| e.path())))
            .filter(|path| path.is_file())
            .collect();
        files.sort();
        files
    }

    /// Where the mail with this text lies now: `new`, `cur`, `.Done`, …
    pub(crate) fn place_of(&self, text: &str) -> Option<&'static str> {
        let holds = |path: &PathBuf| {
            let bytes = fs::read(path).unwrap_or_default();
            bytes.windows(text.len()).any(|window| window == text.as_bytes())
        };
        let folders = ["new", "cur", ".Done", ".Review", ".Failed", ".Ignored"];
        folders.into_iter().find(|folder| self.list(folder).iter().any(holds))
    }

    /// Moves every mail of every folder back into `new/`, as a person who starts over would.
    pub(crate) fn start_over(&self) {
        for folder in ["cur", ".Done", ".Review", ".Failed", ".Ignored"] {
            for file in self.list(folder) {
                let name = file.file_name().expect("a name").to_string_lossy().into_owned();
                let name = name.split(":2,").next().unwrap_or_default().to_owned();
                fs::rename(&file, self.0.join("new").join(name)).expect("moved back");
            }
        }
    }
}

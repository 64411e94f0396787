//! Says a thing once, not at every look.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Most things remembered; beyond, those that are gone are forgotten.
const MOST: usize = 10_000;

/// What was said already about which file.
#[derive(Debug, Default)]
pub(super) struct Notices {
    said: Mutex<HashSet<(PathBuf, String)>>,
}

impl Notices {
    /// True if this was not said about this file before. Of very many files at once, only the
    /// first are told.
    pub(super) fn first(&self, file: &Path, what: &str) -> bool {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let new = (file.to_owned(), what.to_owned());
        if said.contains(&new) {
            return false;
        }
        if said.len() >= MOST {
            said.retain(|(file, _)| file.symlink_metadata().is_ok());
        }
        said.len() < MOST && said.insert(new)
    }

    /// Whatever was said about this file may be said again.
    pub(super) fn forget(&self, file: &Path) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        said.retain(|(other, _)| other != file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_is_said_once_and_memory_is_bounded() {
        let notices = Notices::default();
        let file = Path::new("/nowhere/new/1");
        assert!(notices.first(file, "a FIFO"));
        assert!(!notices.first(file, "a FIFO"));
        assert!(notices.first(file, "a directory"));
        notices.forget(file);
        assert!(notices.first(file, "a FIFO"));
        for number in 0..MOST + 100 {
            notices.first(Path::new(&format!("/nowhere/{number}")), "gone");
        }
        assert!(notices.said.lock().unwrap().len() <= MOST);
    }
}

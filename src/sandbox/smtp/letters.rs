//! The letters that were caught, the newest of them kept.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::watch;

/// A letter that somebody wanted to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaughtLetter {
    /// Number, from 1.
    pub id: u64,
    /// When it was taken.
    pub at: DateTime<Utc>,
    /// Envelope sender; empty for the null return path.
    pub from: String,
    /// Envelope recipients.
    pub to: Vec<String>,
    /// Who had logged in.
    pub user: Option<String>,
    /// The letter, as it came.
    pub data: Vec<u8>,
}

impl CaughtLetter {
    /// The letter as text, for a look at its headers and words.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.data).into_owned()
    }
}

/// What is kept, and how much of it.
#[derive(Debug)]
pub(super) struct Letterbox {
    kept: Mutex<Kept>,
    taken: watch::Sender<u64>,
    folder: Option<PathBuf>,
    most: usize,
    most_bytes: usize,
}

#[derive(Debug, Default)]
struct Kept {
    letters: VecDeque<Arc<CaughtLetter>>,
    bytes: usize,
    last: u64,
}

impl Letterbox {
    pub(super) fn new(folder: Option<PathBuf>, most: usize, most_bytes: usize) -> Self {
        let taken = watch::Sender::new(0);
        Self { kept: Mutex::default(), taken, folder, most, most_bytes }
    }

    /// Keeps a letter, and writes it into the folder where there is one.
    pub(super) fn keep(
        &self,
        from: &str,
        to: Vec<String>,
        user: Option<String>,
        data: Vec<u8>,
    ) -> std::io::Result<()> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let id = kept.last + 1;
        if let Some(folder) = &self.folder {
            std::fs::write(folder.join(format!("{id:05}.eml")), &data)?;
        }
        kept.last = id;
        kept.bytes += data.len();
        let letter = CaughtLetter { id, at: Utc::now(), from: from.to_owned(), to, user, data };
        kept.letters.push_back(Arc::new(letter));
        while kept.letters.len() > self.most || kept.bytes > self.most_bytes {
            let Some(oldest) = kept.letters.pop_front() else { break };
            kept.bytes -= oldest.data.len();
        }
        drop(kept);
        self.taken.send_replace(id);
        Ok(())
    }

    pub(super) fn all(&self) -> Vec<Arc<CaughtLetter>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.letters.iter().cloned().collect()
    }

    pub(super) fn one(&self, id: u64) -> Option<Arc<CaughtLetter>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.letters.iter().find(|letter| letter.id == id).cloned()
    }

    pub(super) fn count(&self) -> u64 {
        *self.taken.borrow()
    }

    pub(super) fn clear(&self) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.letters.clear();
        kept.bytes = 0;
    }

    /// Waits until so many were taken since the start, at most so long.
    pub(super) async fn wait_for(&self, count: u64, most: Duration) -> bool {
        let mut taken = self.taken.subscribe();
        tokio::time::timeout(most, taken.wait_for(|taken| *taken >= count)).await.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_letters_are_kept_and_all_are_counted() {
        let letters = Letterbox::new(None, 2, 1000);
        for text in ["one", "two", "three"] {
            letters.keep("a@a.example", Vec::new(), None, text.into()).expect("kept");
        }
        let kept: Vec<String> = letters.all().iter().map(|letter| letter.text()).collect();
        assert_eq!((kept, letters.count()), (vec!["two".into(), "three".into()], 3));
        letters.keep("a@a.example", Vec::new(), None, vec![b'x'; 999]).expect("kept");
        assert_eq!(letters.all().len(), 1, "bytes are bounded too");
    }
}

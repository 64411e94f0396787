//! Whose words come again: an answering machine that does not say that it is one.
//!
//! A machine answers every letter with the same words, give or take a number or a date. That the
//! words came before is told to the flow, which then asks nothing more of whoever wrote them.
//! Known only while the process lives: a restart costs one more exchange at most.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest as _, Sha256};

use crate::mail::{Mail, MailId};

/// The same words count as repeated within this time.
const MEMORY: TimeDelta = TimeDelta::hours(24);
/// So many words of others are remembered at most.
const MOST: usize = 20_000;

/// The words of the last day.
#[derive(Debug, Default)]
pub(super) struct Echoes {
    heard: Mutex<HashMap<Words, (MailId, DateTime<Utc>)>>,
}

/// Digest of a sender and what they wrote.
type Words = [u8; 16];

impl Echoes {
    /// Whether another mail of this sender's said the same a short while ago.
    pub(super) fn heard_before(&self, mail: &Mail, now: DateTime<Utc>) -> bool {
        let Some(words) = words(mail) else { return false };
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        if heard.len() >= MOST {
            heard.retain(|_, (_, at)| now.signed_duration_since(*at).abs() < MEMORY);
            if heard.len() >= MOST {
                // A flood: what is forgotten costs a letter, which the caps bound.
                heard.clear();
            }
        }
        let (first, at) = heard.entry(words).or_insert_with(|| (mail.id.clone(), now));
        // A clock that is set back must not make anybody a machine for ever.
        if now.signed_duration_since(*at).abs() >= MEMORY {
            (*first, *at) = (mail.id.clone(), now);
        }
        *first != mail.id
    }
}

/// Sender and words, without what a machine changes: numbers, dates, spaces. `None` where there
/// are none.
fn words(mail: &Mail) -> Option<Words> {
    let text = mail.text.newly_written();
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase);
    let mut digest = Sha256::new().chain_update(mail.from.email.as_bytes()).chain_update(b"\n");
    let first = letters.next()?;
    let mut buffer = [0; 4];
    digest.update(first.encode_utf8(&mut buffer).as_bytes());
    for letter in letters {
        digest.update(letter.encode_utf8(&mut buffer).as_bytes());
    }
    let digest = digest.finalize();
    let mut key = [0; 16];
    key.copy_from_slice(digest.get(..16)?);
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{Limits, OwnAddresses, parse};

    fn mail(from: &str, n: u32, text: &str) -> Mail {
        let mail = format!("From: {from}\nMessage-ID: <{n}@x.example>\nSubject: x\n\n{text}\n");
        parse(mail.as_bytes(), &Limits::default(), &OwnAddresses::default())
    }

    #[test]
    fn the_same_words_with_another_number_are_heard_again() {
        let (echoes, now) = (Echoes::default(), Utc::now());
        let first = mail("a@x.example", 1, "Your ticket has the number 4711.");
        assert!(!echoes.heard_before(&first, now));
        assert!(!echoes.heard_before(&first, now), "the same mail, read again after a crash");
        let second = mail("a@x.example", 2, "Your ticket has the number 4712.");
        assert!(echoes.heard_before(&second, now));
        assert!(!echoes.heard_before(&mail("b@x.example", 3, "Your ticket has the number"), now));
        assert!(!echoes.heard_before(&mail("a@x.example", 4, "Three nuts, please"), now));
        let later = now + TimeDelta::hours(25);
        assert!(!echoes.heard_before(&mail("a@x.example", 5, "Your ticket has the number"), later));
    }

    #[test]
    fn a_mail_without_words_repeats_nothing() {
        let (echoes, now) = (Echoes::default(), Utc::now());
        for n in 0..3 {
            assert!(!echoes.heard_before(&mail("a@x.example", n, "1"), now));
        }
    }
}

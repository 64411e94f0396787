//! What the model sees of a sentence: its words, pairs of them, and the beginnings, ends and insides of
//! the longer ones, each as the number of a bucket.

use crate::reading::text::{Kind, Scan, Token};
use crate::reading::types::Part;

/// Number of buckets.
pub const SIZE: usize = 1 << 17;

/// Lengths of the pieces of words, in bytes.
const PIECES: [usize; 2] = [4, 5];

/// Words that are cut in pieces are longer than this.
const SHORT: usize = 3;

/// Most words of a sentence that are looked at.
const MOST: usize = 80;

/// The features of a sentence.
pub(super) struct Found {
    /// Their buckets, each once.
    pub(super) hashes: Vec<usize>,
    /// How many words it has.
    pub(super) words: usize,
}

/// The buckets of a text.
pub fn of_text(text: &str) -> Vec<usize> {
    of(&Scan::whole(Part::Text, text).tokens).hashes
}

/// The features of some tokens.
pub(super) fn of(tokens: &[Token]) -> Found {
    let mut found = Found { hashes: Vec::with_capacity(8 * tokens.len().min(MOST)), words: 0 };
    let (mut last, mut one_before): (Option<&str>, Option<&str>) = (None, None);
    for token in tokens.iter().take(MOST) {
        let word = match token.kind {
            Kind::Word => token.folded.as_str(),
            // Which number it is says nothing.
            Kind::Digits => "#",
            Kind::Mark if token.is_any("?!:") => token.folded.as_str(),
            Kind::Mark => continue,
        };
        found.words += usize::from(token.kind == Kind::Word);
        found.add(b'u', &[word]);
        match last {
            Some(last) => found.add(b'b', &[last, word]),
            None => found.add(b'e', &[word]),
        }
        if let Some(one_before) = one_before {
            found.add(b's', &[one_before, word]);
        }
        if word.len() > SHORT {
            found.add_pieces(word);
        }
        one_before = last.replace(word);
    }
    if let Some(last) = last {
        found.add(b'z', &[last]);
    }
    found.hashes.sort_unstable();
    found.hashes.dedup();
    found
}

impl Found {
    fn add(&mut self, kind: u8, words: &[&str]) {
        let mut hash = Hash::of(kind);
        for word in words {
            word.bytes().for_each(|byte| hash.take(byte));
            hash.take(b' ');
        }
        self.hashes.push(hash.bucket());
    }

    fn add_pieces(&mut self, word: &str) {
        let bytes = || [b'<'].into_iter().chain(word.bytes()).chain([b'>']);
        for length in PIECES {
            for start in 0..=(word.len() + 2).saturating_sub(length) {
                let mut hash = Hash::of(b'c');
                bytes().skip(start).take(length).for_each(|byte| hash.take(byte));
                self.hashes.push(hash.bucket());
            }
        }
    }
}

/// FNV-1a, 32 bits.
struct Hash(u32);

impl Hash {
    fn of(kind: u8) -> Self {
        let mut hash = Self(0x811c_9dc5);
        hash.take(kind);
        hash
    }

    fn take(&mut self, byte: u8) {
        self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }

    fn bucket(&self) -> usize {
        // The upper bits of FNV are mixed better than the lower ones alone.
        (self.0 ^ (self.0 >> 15)) as usize % SIZE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_and_not_how_they_are_written() {
        assert_eq!(of_text("Déjà commandé le 12."), of_text("deja  COMMANDE le 7"));
        assert_ne!(of_text("not now"), of_text("now not"));
        assert_ne!(of_text("that is all"), of_text("that is all?"));
        assert!(of_text("").is_empty());
        assert!(of_text(&"word ".repeat(10_000)).len() < 40, "bounded");
    }
}

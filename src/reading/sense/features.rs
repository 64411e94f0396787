//! What the model sees of a sentence: its words, pairs of them, and the beginnings, ends and insides of
//! the longer ones, each as the number of a bucket.

use crate::reading::text::{Kind, Token};

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

/// The features of some tokens.
pub(super) fn of(tokens: &[Token]) -> Found {
    let mut bag = Bag::default();
    for token in tokens.iter().take(MOST) {
        bag.take(token);
    }
    bag.found()
}

/// Collects the features of a sentence, word by word.
#[derive(Debug, Default)]
pub(super) struct Bag<'a> {
    hashes: Vec<usize>,
    words: usize,
    last: Option<&'a str>,
    one_before: Option<&'a str>,
}

impl<'a> Bag<'a> {
    /// Takes in a token.
    pub(super) fn take(&mut self, token: &'a Token) {
        self.words += usize::from(token.kind == Kind::Word);
        match token.kind {
            Kind::Word => self.put(token.folded.as_str()),
            // Which number it is says nothing.
            Kind::Digits => self.put("#"),
            Kind::Mark if token.is_any("?!:") => self.put(token.folded.as_str()),
            Kind::Mark => {}
        }
    }

    /// Takes in a word.
    pub(super) fn put(&mut self, word: &'a str) {
        self.add(b'u', &[word]);
        match self.last {
            Some(last) => self.add(b'b', &[last, word]),
            None => self.add(b'e', &[word]),
        }
        if let Some(one_before) = self.one_before {
            self.add(b's', &[one_before, word]);
        }
        if word.len() > SHORT {
            self.add_pieces(word);
        }
        self.one_before = self.last.replace(word);
    }

    /// What was collected.
    pub(super) fn found(mut self) -> Found {
        if let Some(last) = self.last {
            self.add(b'z', &[last]);
        }
        self.hashes.sort_unstable();
        self.hashes.dedup();
        Found { hashes: self.hashes, words: self.words }
    }

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
    use crate::reading::text::Scan;
    use crate::reading::types::Part;

    fn of_text(text: &str) -> Vec<usize> {
        of(&Scan::whole(Part::Text, text).tokens).hashes
    }

    #[test]
    fn words_count_and_not_how_they_are_written() {
        assert_eq!(of_text("Déjà commandé le 12."), of_text("deja  COMMANDE le 7"));
        assert_ne!(of_text("not now"), of_text("now not"));
        assert_ne!(of_text("that is all"), of_text("that is all?"));
        assert!(of_text("").is_empty());
        assert!(of_text(&"word ".repeat(10_000)).len() < 40, "bounded");
    }
}

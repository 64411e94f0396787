//! Lists of words that a mail's words are looked up in, thousands of times a mail.

use std::sync::OnceLock;

use foldhash::HashSet;

use super::{Token, fold};

/// A list of words, built at its first use.
pub(crate) struct WordList {
    words: &'static str,
    built: OnceLock<WordSet>,
}

impl WordList {
    /// Words parted by white space.
    pub(crate) const fn new(words: &'static str) -> Self {
        Self { words, built: OnceLock::new() }
    }

    /// Whether a folded word is on the list. As the words of a text its own are folded: 'does' is
    /// 'dos' in both.
    #[inline]
    pub(crate) fn has(&self, word: &str) -> bool {
        self.built().has(word)
    }

    /// Whether a token is on the list, which is known sooner than of its word alone.
    #[inline]
    pub(crate) fn has_token(&self, token: &Token) -> bool {
        self.built().has_token(token)
    }

    #[inline]
    fn built(&self) -> &WordSet {
        self.built.get_or_init(|| self.words.split_whitespace().map(fold).collect())
    }
}

/// A [`WordList`] at the place of its use.
macro_rules! words {
    ($words:expr) => {{
        static LIST: crate::reading::text::WordList = crate::reading::text::WordList::new($words);
        &LIST
    }};
}
pub(crate) use words;

/// Folded words, and the signs of them by which most others are told without comparing.
#[derive(Debug, Clone)]
pub(crate) struct WordSet {
    signs: [u64; 64],
    words: HashSet<String>,
}

impl WordSet {
    /// Whether a folded word is one of them.
    #[inline]
    pub(crate) fn has(&self, word: &str) -> bool {
        self.may_have(Sign::of(word)) && self.words.contains(word)
    }

    /// Whether a token is one of them, which is known sooner than of its word alone.
    #[inline]
    pub(crate) fn has_token(&self, token: &Token) -> bool {
        self.may_have(token.sign) && self.words.contains(token.folded.as_str())
    }

    #[inline]
    fn may_have(&self, sign: Sign) -> bool {
        let (cell, bit) = sign.place();
        self.signs.get(cell).is_some_and(|signs| signs & bit != 0)
    }

    /// One more word.
    pub(crate) fn add(&mut self, word: &str) {
        if self.has(word) {
            return;
        }
        let (cell, bit) = Sign::of(word).place();
        if let Some(signs) = self.signs.get_mut(cell) {
            *signs |= bit;
        }
        self.words.insert(word.to_owned());
    }
}

impl Default for WordSet {
    fn default() -> Self {
        Self { signs: [0; 64], words: HashSet::default() }
    }
}

impl<W: AsRef<str>> FromIterator<W> for WordSet {
    fn from_iter<I: IntoIterator<Item = W>>(words: I) -> Self {
        let mut set = Self::default();
        words.into_iter().for_each(|word| set.add(word.as_ref()));
        set
    }
}

/// What most words differ in: their length, their first, their second and their last byte.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign(u16);

impl Sign {
    /// Of a folded word.
    #[inline]
    pub(super) fn of(word: &str) -> Self {
        let bytes = word.as_bytes();
        let byte = |at: Option<&u8>| u16::from(at.copied().unwrap_or_default());
        let ends = byte(bytes.first())
            .wrapping_mul(37)
            .wrapping_add(byte(bytes.last()).wrapping_mul(11))
            .wrapping_add(byte(bytes.get(1)).wrapping_mul(151));
        Self(ends.wrapping_add(u16::try_from(bytes.len()).unwrap_or_default()))
    }

    /// Its place in a table of 64 times 64 bits.
    #[inline]
    fn place(self) -> (usize, u64) {
        (usize::from(self.0 / 64 % 64), 1 << (self.0 % 64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::text::Scan;
    use crate::reading::types::Part;

    #[test]
    fn words_and_tokens_are_looked_up_alike() {
        let list = words!("kühl does 20");
        let scan = Scan::whole(Part::Text, "Kühl kuehl dos 20 kuhle d");
        let found: Vec<bool> = scan.tokens.iter().map(|t| list.has_token(t)).collect();
        assert_eq!(found, [true, true, true, true, false, false]);
        assert!(scan.tokens.iter().zip(found).all(|(t, found)| list.has(&t.folded) == found));
    }

    #[test]
    fn a_word_is_added_once() {
        let mut set = WordSet::default();
        assert!(!set.has("a"));
        set.add("a");
        set.add("a");
        assert!(set.has("a") && set.words.len() == 1);
    }
}

//! Lists of phrases that are looked for in every sentence of every mail.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{WordSet, fold_phrase};

/// Phrases, found in a text by one pass over it however many they are.
pub(crate) struct Phrases {
    list: &'static [&'static str],
    /// Each is found between blanks only.
    whole: bool,
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl Phrases {
    /// Found as they stand, also within a word.
    pub(crate) const fn within(list: &'static [&'static str]) -> Self {
        Self { list, whole: false, automaton: OnceLock::new() }
    }

    /// Found as whole words, in a text that has a blank before and after each word.
    pub(crate) const fn whole(list: &'static [&'static str]) -> Self {
        Self { list, whole: true, automaton: OnceLock::new() }
    }

    /// Whether a text has one of them.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        match self.automaton.get_or_init(|| self.build()) {
            Some(automaton) => automaton.is_match(text),
            // Building fails only for absurd sizes.
            None => self.patterns().iter().any(|pattern| text.contains(pattern)),
        }
    }

    /// Where the first of them stands.
    pub(crate) fn find(&self, text: &str) -> Option<Range<usize>> {
        match self.automaton.get_or_init(|| self.build()) {
            Some(automaton) => automaton.find(text).map(|at| at.range()),
            None => self
                .patterns()
                .iter()
                .find_map(|pattern| text.find(pattern.as_str()).map(|at| at..at + pattern.len())),
        }
    }

    fn build(&self) -> Option<AhoCorasick> {
        // The texts are sentences: to look ahead for rare letters takes longer than to read them.
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .prefilter(false)
            .build(self.patterns())
            .ok()
    }

    fn patterns(&self) -> Vec<String> {
        let pattern = |phrase: &&str| {
            if self.whole { format!(" {} ", fold_phrase(phrase)) } else { fold_phrase(phrase) }
        };
        self.list.iter().map(pattern).collect()
    }
}

/// Phrases of several words that a text may end in.
pub(crate) struct Endings {
    list: &'static [&'static str],
    /// The last word of each: most texts end in another.
    last: OnceLock<WordSet>,
}

impl Endings {
    /// Folded phrases, each of two words at least.
    pub(crate) const fn new(list: &'static [&'static str]) -> Self {
        Self { list, last: OnceLock::new() }
    }

    /// What stands before the first of them that a text ends in.
    pub(crate) fn before<'t>(&self, text: &'t str) -> Option<&'t str> {
        let last = self.last.get_or_init(|| self.list.iter().copied().map(last_word).collect());
        if !last.has(last_word(text)) {
            return None;
        }
        self.list.iter().find_map(|phrase| text.strip_suffix(phrase))
    }
}

fn last_word(text: &str) -> &str {
    let blank = text.bytes().rposition(|byte| byte == b' ');
    blank.and_then(|blank| text.get(blank + 1..)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_phrases_end_where_words_do() {
        static PHRASES: Phrases = Phrases::whole(&["can you", "you send"]);
        assert!(PHRASES.are_in(" can you send it "));
        assert!(PHRASES.are_in(" do you send it "));
        assert!(!PHRASES.are_in(" can young people "));
        assert!(!PHRASES.are_in(""));
    }

    #[test]
    fn endings_leave_what_stands_before() {
        static ENDINGS: Endings = Endings::new(&["for all", "pour tout"]);
        assert_eq!(ENDINGS.before("delivery date for all"), Some("delivery date "));
        assert_eq!(ENDINGS.before("date pour tout"), Some("date "));
        assert_eq!(ENDINGS.before("not at all"), None);
        assert_eq!(ENDINGS.before("for"), None);
    }

    #[test]
    fn others_stand_in_words_too() {
        static PHRASES: Phrases = Phrases::within(&["order"]);
        assert!(PHRASES.are_in("reordering"));
        assert!(!PHRASES.are_in("ord er"));
    }
}

//! Where a text names products by the words of their names.

use std::ops::Range;

use super::{MAX_WORDS, NameHit, Names, is_filler, stem};
use crate::reading::text::{Kind, Scan, words};

impl Names {
    /// All names among the tokens of a range, longest first choice, in the order of the text.
    pub(in crate::reading) fn find(&self, scan: &Scan<'_>, range: Range<usize>) -> Vec<NameHit> {
        let mut hits = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let run = self.run_at(scan, at, range.end);
            match run.last() {
                Some((last, _)) => {
                    self.find_in_run(scan, &run, &mut hits);
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        hits.sort_by_key(|hit: &NameHit| hit.tokens.start);
        hits
    }

    /// The words of names from a token on, with nothing but fillers between.
    fn run_at(&self, scan: &Scan<'_>, at: usize, end: usize) -> Vec<(usize, u32)> {
        let mut run: Vec<(usize, u32)> = Vec::new();
        let mut gap = 0;
        for place in at..end {
            let Some(token) = scan.token(place) else { break };
            let mut filler = is_filler(token) && !is_letter(scan, place);
            let mut stems = if filler { Vec::new() } else { self.stems_of(token) };
            if stems.is_empty() && !filler {
                stems = self.spelled(scan, place);
                // 'Right-hand housings'
                filler = stems.is_empty()
                    && words!("hand handed side sided seitig handig").has(&token.folded);
            }
            if stems.is_empty() && !filler {
                stems.extend(self.compound_of(token));
            }
            if stems.is_empty() {
                if run.is_empty() {
                    return run;
                }
                gap += 1;
                if !filler || gap > 3 {
                    break;
                }
                continue;
            }
            gap = 0;
            run.extend(stems.into_iter().map(|s| (place, s)));
            if run.len() >= 400 {
                break;
            }
        }
        run
    }

    fn find_in_run(&self, scan: &Scan<'_>, run: &[(usize, u32)], hits: &mut Vec<NameHit>) {
        // Whole names first, the longest before the shorter, each word once.
        let mut taken = vec![false; run.len()];
        for length in (1..=MAX_WORDS.min(run.len())).rev() {
            for from in 0..=run.len() - length {
                let window = run.get(from..from + length).unwrap_or_default();
                let free = taken.get(from..from + length).is_some_and(|t| !t.contains(&true));
                if !free {
                    continue;
                }
                let products = self.whole_names(scan, window);
                if products.is_empty() || (length == 1 && !long_word(scan, window)) {
                    continue;
                }
                for flag in taken.iter_mut().skip(from).take(length) {
                    *flag = true;
                }
                if let Some(mut hit) = hit(window, products, true) {
                    // 'A380 ingots': the letter is no word of its own.
                    let letter = is_of_code(scan, hit.tokens.start)
                        && scan.token(hit.tokens.start).is_some_and(|t| t.kind == Kind::Digits)
                        && scan.token(hit.tokens.start).is_some_and(|t| t.glued);
                    hit.tokens.start -= usize::from(letter);
                    hits.push(hit);
                }
            }
        }
        self.parts_in_run(run, &taken, hits);
    }

    /// Products that have just the words of a window for a name. Numbers keep their order, and
    /// stand in front only where the name has one there: '12 valve covers' is no 'Valve cover 12'.
    fn whole_names(&self, scan: &Scan<'_>, window: &[(usize, u32)]) -> Vec<u32> {
        let stems: Vec<u32> = window.iter().map(|(_, s)| *s).collect();
        let mut sorted = stems.clone();
        sorted.sort_unstable();
        let Some(names) = self.whole.get(&sorted) else { return Vec::new() };
        let numbers = |stems: &[u32]| -> Vec<u32> {
            stems.iter().copied().filter(|s| self.numbers.contains(s)).collect()
        };
        let leads = |stems: &[u32]| stems.first().is_some_and(|s| self.numbers.contains(s));
        // '5-blade impellers': a number that is joined to a word counts nothing.
        let joined = window.first().is_some_and(|(place, _)| {
            is_joined(scan, *place) || self.is_measure(scan, window) || is_of_code(scan, *place)
        });
        let mut products: Vec<u32> = names
            .iter()
            .filter_map(|name| self.entries.get(usize::try_from(*name).ok()?))
            .filter(|name| numbers(&name.stems) == numbers(&stems))
            .filter(|name| joined || !leads(&stems) || leads(&name.stems))
            .map(|name| name.product)
            .collect();
        products.sort_unstable();
        products.dedup();
        products
    }

    /// '100 mm heat sinks': a number with its unit, which the name has as well, counts nothing.
    fn is_measure(&self, scan: &Scan<'_>, window: &[(usize, u32)]) -> bool {
        let [(number, stem), (unit, _), ..] = window else { return false };
        self.numbers.contains(stem)
            && *unit == number + 1
            && scan.token(*unit).is_some_and(|t| words!("mm cm inch zoll").has(&t.folded))
    }

    /// Parts of names among the words that no whole name took.
    fn parts_in_run(&self, run: &[(usize, u32)], taken: &[bool], hits: &mut Vec<NameHit>) {
        let mut from = 0;
        while from < run.len() {
            let number = run.get(from).is_some_and(|(_, s)| self.numbers.contains(s));
            if number || taken.get(from) != Some(&false) {
                from += 1;
                continue;
            }
            let mut names: Option<Vec<u32>> = None;
            let mut to = from;
            while to < run.len() && taken.get(to) == Some(&false) {
                let window = run.get(from..=to).unwrap_or_default();
                let narrowed = self.names_with(window, names.as_deref());
                if narrowed.is_empty() {
                    break;
                }
                names = Some(narrowed);
                to += 1;
            }
            let window = run.get(from..to).unwrap_or_default();
            let mut products: Vec<u32> = names
                .unwrap_or_default()
                .iter()
                .filter_map(|name| self.entries.get(usize::try_from(*name).ok()?))
                .map(|name| name.product)
                .collect();
            products.sort_unstable();
            products.dedup();
            if let Some(hit) = hit(window, products, false) {
                hits.push(hit);
            }
            from = to.max(from + 1);
        }
    }

    /// Names that have all words of a window; its last word narrows the names that have the rest.
    fn names_with(&self, window: &[(usize, u32)], before: Option<&[u32]>) -> Vec<u32> {
        let Some((_, last)) = window.last() else { return Vec::new() };
        let empty = Vec::new();
        let place = usize::try_from(*last).unwrap_or(usize::MAX);
        let list = self.postings.get(place).unwrap_or(&empty);
        match before {
            None => list.clone(),
            Some(before) => {
                let times = window.iter().filter(|(_, s)| s == last).count();
                let enough = |name: &u32| {
                    usize::try_from(*name)
                        .ok()
                        .and_then(|n| self.entries.get(n))
                        .is_some_and(|n| n.stems.iter().filter(|s| *s == last).count() >= times)
                };
                before
                    .iter()
                    .copied()
                    .filter(|name| list.binary_search(name).is_ok() && enough(name))
                    .collect()
            }
        }
    }
}

/// The 'A' of '7 A'.
fn is_letter(scan: &Scan<'_>, at: usize) -> bool {
    let behind_digits =
        at.checked_sub(1).and_then(|at| scan.token(at)).is_some_and(|t| t.kind == Kind::Digits);
    behind_digits && scan.token(at).is_some_and(|t| scan.words(t.span) == "A")
}

/// 'three-blade', '48-pin', 'dreiflügelig': a number and a word in one.
fn is_joined(scan: &Scan<'_>, at: usize) -> bool {
    let glued = |at: usize| scan.token(at).is_some_and(|t| t.glued);
    let hyphen = scan.token(at + 1).is_some_and(|t| t.is('-')) && glued(at + 1) && glued(at + 2);
    hyphen && scan.token(at + 2).is_some_and(|t| t.kind == Kind::Word)
        || scan.token(at).is_some_and(|t| t.kind == Kind::Word && !hyphen)
}

/// '7/A', 'A380': a number with a letter that belongs to it.
fn is_of_code(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).is_some_and(|t| t.kind == Kind::Word);
    let glued = |at: usize| scan.token(at).is_some_and(|t| t.glued);
    let slash = scan.token(at + 1).is_some_and(|t| t.is('/'));
    let before = at.checked_sub(1).is_some_and(|before| {
        word(before)
            && glued(at)
            && !glued(before)
            && scan.token(before).is_some_and(|t| t.folded.chars().count() <= 2 && t.folded != "x")
    });
    before || slash && glued(at + 1) && glued(at + 2) && word(at + 2)
}

/// A number that words of names are joined to, and its digits.
const SPELLED: [(&str, &str); 16] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("eight", "8"),
    ("zwei", "2"),
    ("drei", "3"),
    ("vier", "4"),
    ("funf", "5"),
    ("sechs", "6"),
    ("acht", "8"),
    ("trois", "3"),
    ("cinq", "5"),
    ("tre", "3"),
    ("cinque", "5"),
];

impl Names {
    /// The stems of a word of names, or of one that a number is joined to.
    pub(in crate::reading) fn words_at(&self, scan: &Scan<'_>, at: usize) -> Vec<u32> {
        let Some(token) = scan.token(at).filter(|t| !is_filler(t)) else { return Vec::new() };
        let mut stems = self.stems_of(token);
        if stems.is_empty() {
            stems = self.spelled(scan, at);
        }
        if stems.is_empty() {
            stems.extend(self.compound_of(token));
        }
        stems
    }

    /// Whether one name of a product has all these words.
    pub(in crate::reading) fn has_all(&self, place: u32, told: &[u32]) -> bool {
        let from = self.entries.partition_point(|n| n.product < place);
        let own = self.entries.iter().skip(from).take_while(|n| n.product == place);
        own.into_iter().any(|name| told.iter().all(|s| name.stems.contains(s)))
    }

    /// The stems of 'three' in 'three-blade', and of 'dreiflügelig'.
    fn spelled(&self, scan: &Scan<'_>, at: usize) -> Vec<u32> {
        let Some(token) = scan.token(at).filter(|t| t.kind == Kind::Word) else {
            return Vec::new();
        };
        let digits = |digits: &str| self.vocabulary.get(digits).copied();
        if is_joined(scan, at)
            && scan.token(at + 1).is_some_and(|t| t.is('-'))
            && let Some((_, number)) = SPELLED.iter().find(|(word, _)| token.folded == *word)
        {
            return digits(number).into_iter().collect();
        }
        let stem = stem(&token.folded);
        SPELLED
            .iter()
            .find_map(|(word, number)| {
                let rest = stem.strip_prefix(word).filter(|rest| rest.chars().count() >= 4)?;
                Some(vec![digits(number)?, *self.vocabulary.get(rest)?])
            })
            .unwrap_or_default()
    }
}

/// A name of one word counts only where the word is long.
fn long_word(scan: &Scan<'_>, window: &[(usize, u32)]) -> bool {
    window
        .first()
        .and_then(|(place, _)| scan.token(*place))
        .is_some_and(|t| t.kind == Kind::Word && t.folded.chars().count() >= 7)
}

fn hit(window: &[(usize, u32)], products: Vec<u32>, full: bool) -> Option<NameHit> {
    let (first, last) = (window.first()?, window.last()?);
    if products.is_empty() {
        return None;
    }
    Some(NameHit { tokens: first.0..last.0 + 1, products, full, words: window.len() })
}

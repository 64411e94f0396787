//! Where a text names products by the words of their names.

use std::ops::Range;

use super::{MAX_WORDS, NameHit, Names, is_filler};
use crate::reading::text::{Kind, Scan};

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
            let filler = is_filler(token);
            let mut stems = if filler { Vec::new() } else { self.stems_of(token) };
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
                let products = self.whole_names(window);
                if products.is_empty() || (length == 1 && !long_word(scan, window)) {
                    continue;
                }
                for flag in taken.iter_mut().skip(from).take(length) {
                    *flag = true;
                }
                if let Some(hit) = hit(window, products, true) {
                    hits.push(hit);
                }
            }
        }
        self.parts_in_run(run, &taken, hits);
    }

    /// Products that have just the words of a window for a name. Numbers keep their order, and
    /// stand in front only where the name has one there: '12 valve covers' is no 'Valve cover 12'.
    fn whole_names(&self, window: &[(usize, u32)]) -> Vec<u32> {
        let stems: Vec<u32> = window.iter().map(|(_, s)| *s).collect();
        let mut sorted = stems.clone();
        sorted.sort_unstable();
        let Some(names) = self.whole.get(&sorted) else { return Vec::new() };
        let numbers = |stems: &[u32]| -> Vec<u32> {
            stems.iter().copied().filter(|s| self.numbers.contains(s)).collect()
        };
        let leads = |stems: &[u32]| stems.first().is_some_and(|s| self.numbers.contains(s));
        let mut products: Vec<u32> = names
            .iter()
            .filter_map(|name| self.entries.get(usize::try_from(*name).ok()?))
            .filter(|name| numbers(&name.stems) == numbers(&stems))
            .filter(|name| !leads(&stems) || leads(&name.stems))
            .map(|name| name.product)
            .collect();
        products.sort_unstable();
        products.dedup();
        products
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

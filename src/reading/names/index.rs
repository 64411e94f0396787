//! Everything that a mail may call a product, indexed once: ids, codes, barcodes, customers' own
//! codes, and the words of names.

use foldhash::HashMap;

use super::Names;
use crate::reading::catalog::Product;
use crate::reading::text::{Kind, Scan, Token, WordSet, fold, tokens_of};

/// Longest code that is looked for, in tokens.
const MAX_CODE_TOKENS: usize = 12;

/// Most products that are known by the beginning of a code.
const MOST_BEGUN: usize = 50;

/// What a code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeKind {
    /// Our internal reference.
    Reference,
    /// A barcode.
    Barcode,
    /// The customer's own item code.
    Customer,
}

/// A code found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodeHit {
    /// Places of the products with that code; several where it cannot be told.
    pub(crate) products: Vec<u32>,
    /// What the code is.
    pub(crate) kind: CodeKind,
    /// Index of the token after the code.
    pub(crate) end: usize,
}

#[derive(Debug, Clone)]
struct Entry {
    product: u32,
    kind: CodeKind,
    /// The code as the catalogue has it.
    code: String,
}

/// The index of a catalogue.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    ids: HashMap<i64, u32>,
    codes: HashMap<String, Vec<Entry>>,
    /// The words that codes begin with, but for digits: hardly any word of a text is one.
    first: WordSet,
    /// First words of longer codes: `gh 20` of `GH-20-L`.
    beginnings: HashMap<String, Vec<u32>>,
    /// Mail domain → code → products.
    customers: HashMap<String, HashMap<String, Vec<Entry>>>,
    /// The words of names.
    pub(crate) names: Names,
}

/// How a code is looked up.
#[derive(Debug, Default)]
struct Key {
    /// Its folded letters and digits, with one space between runs.
    text: String,
    /// Where each run ends.
    ends: Vec<usize>,
}

impl Key {
    /// Of a code that is short enough to be one. `tokens` is room for what it is made of.
    fn of(code: &str, tokens: &mut Vec<Token>) -> Option<Self> {
        if !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit()) {
            return Some(Self { text: code.to_owned(), ends: vec![code.len()] });
        }
        tokens_of(code, tokens);
        let mut key = Self { text: String::with_capacity(code.len() + 4), ends: Vec::new() };
        for token in tokens.iter().filter(|token| token.is_alnum()) {
            if !key.text.is_empty() {
                key.text.push(' ');
            }
            key.text.push_str(&token.folded);
            key.ends.push(key.text.len());
        }
        (1..=MAX_CODE_TOKENS).contains(&key.ends.len()).then_some(key)
    }
}

/// Puts a value under a key, which is copied only where it is new; most keys have one value.
fn put<V>(map: &mut HashMap<String, Vec<V>>, key: &str, value: V) {
    match map.get_mut(key) {
        Some(values) => values.push(value),
        None => {
            map.insert(key.to_owned(), vec![value]);
        }
    }
}

impl Index {
    /// Indexes products.
    pub(crate) fn new(products: &[Product]) -> Self {
        let mut index = Self { names: Names::new(products), ..Self::default() };
        let mut tokens = Vec::new();
        index.ids.reserve(products.len());
        index.codes.reserve(products.len() * 2);
        for (place, product) in (0_u32..).zip(products) {
            index.ids.insert(product.id, place);
            index.add_code(place, CodeKind::Reference, &product.default_code, &mut tokens);
            if let Some(barcode) = &product.barcode {
                index.add_code(place, CodeKind::Barcode, barcode, &mut tokens);
            }
            for (domain, code) in &product.customer_codes {
                let Some(key) = Key::of(code, &mut tokens) else { continue };
                index.add_first(&key.text, &key.ends);
                let codes = index.customers.entry(domain.to_lowercase()).or_default();
                let entry = Entry { product: place, kind: CodeKind::Customer, code: code.clone() };
                put(codes, &key.text, entry);
            }
        }
        index
    }

    fn add_first(&mut self, key: &str, ends: &[usize]) {
        let first = ends.first().and_then(|end| key.get(..*end)).unwrap_or_default();
        if !first.bytes().all(|b| b.is_ascii_digit()) {
            self.first.add(first);
        }
    }

    fn add_code(&mut self, product: u32, kind: CodeKind, code: &str, tokens: &mut Vec<Token>) {
        let Some(Key { text, ends }) = Key::of(code, tokens) else { return };
        for end in ends.iter().take(ends.len() - 1).skip(1) {
            let beginning = text.get(..*end).unwrap_or_default();
            if self.beginnings.get(beginning).is_none_or(|places| places.len() < MOST_BEGUN) {
                put(&mut self.beginnings, beginning, product);
            }
        }
        self.add_first(&text, &ends);
        let entry = Entry { product, kind, code: code.to_owned() };
        match self.codes.get_mut(&text) {
            Some(entries) => entries.push(entry),
            None => {
                self.codes.insert(text, vec![entry]);
            }
        }
    }

    /// The product with this database id.
    pub(crate) fn id(&self, id: i64) -> Option<u32> {
        self.ids.get(&id).copied()
    }

    /// The longest code that begins at a token: the customer's own before ours.
    pub(crate) fn code_at(&self, scan: &Scan<'_>, at: usize, domain: &str) -> Option<CodeHit> {
        let first = scan.token(at)?;
        let known = first.kind == Kind::Digits || self.first.has_token(first);
        if !known || !begins_apart(scan, at) {
            return None;
        }
        let customer = self.customers.get(domain);
        let mut key = String::new();
        let mut best = None;
        let mut next = at;
        let mut spaced = false;
        for _ in 0..MAX_CODE_TOKENS {
            let token = scan.token(next)?;
            if !token.is_alnum() {
                break;
            }
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&token.folded);
            next += 1;
            if ends_apart(scan, next) && (!spaced || upper(scan, at, next)) {
                let run = scan.run(at..next);
                let own = customer.and_then(|codes| codes.get(&key));
                if let Some(entries) = own.or_else(|| self.codes.get(&key)) {
                    best = Some(hit(entries, run, next));
                }
            }
            // On to the next run of letters or digits, over at most one joining mark.
            let Some(after) = scan.token(next) else { break };
            let first_line = scan.token(at).map(|t| t.line);
            if Some(after.line) != first_line {
                break;
            }
            if after.is_alnum() {
                spaced |= !after.glued;
            } else if after.is_any("-/._–—‑‐+") && after.glued {
                let Some(beyond) = scan.token(next + 1) else { break };
                if !beyond.glued {
                    break;
                }
                next += 1;
            } else {
                break;
            }
        }
        best
    }

    /// Products whose code begins with the code-like words of a run of tokens.
    pub(crate) fn beginning(&self, scan: &Scan<'_>, from: usize, to: usize) -> &[u32] {
        let mut key = String::new();
        for token in scan.tokens.get(from..to).unwrap_or_default() {
            if token.is_alnum() {
                if !key.is_empty() {
                    key.push(' ');
                }
                key.push_str(&token.folded);
            }
        }
        self.beginnings.get(&key).map_or(&[], Vec::as_slice)
    }
}

/// Which products the entries under one key are; the exact spelling decides between several.
fn hit(entries: &[Entry], words: &str, end: usize) -> CodeHit {
    let spelled = |e: &&Entry| fold(&e.code) == fold(words);
    let mut products: Vec<u32> = entries.iter().filter(spelled).map(|e| e.product).collect();
    if products.is_empty() {
        products = entries.iter().map(|e| e.product).collect();
    }
    products.sort_unstable();
    products.dedup();
    let kind = entries.first().map_or(CodeKind::Reference, |e| e.kind);
    CodeHit { products, kind, end }
}

/// Whether nothing hangs on the front of a token that would make it part of a longer word.
pub(crate) fn begins_apart(scan: &Scan<'_>, at: usize) -> bool {
    let Some(token) = scan.token(at) else { return false };
    if !token.glued {
        return true;
    }
    let Some(before) = at.checked_sub(1).and_then(|i| scan.token(i)) else { return true };
    if before.is_alnum() {
        // '3xAB-1': the x multiplies.
        let times = before.folded == "x" && before.glued;
        return times && at >= 2 && scan.token(at - 2).is_some_and(|t| t.kind == Kind::Digits);
    }
    // 'quantity=3' has its own number; 'shop.example/?id=3' is an address.
    let joins = before.glued
        && if before.is('=') {
            is_address(scan, at)
        } else {
            before.is_any("-/._–—‑‐+@&#")
        };
    !(joins && at >= 2 && scan.token(at - 2).is_some_and(crate::reading::text::Token::is_alnum))
}

/// Whether what is glued to the front of a token makes it a part of a web address.
fn is_address(scan: &Scan<'_>, at: usize) -> bool {
    let glued = |i: &usize| scan.token(*i).is_some_and(|t| t.glued);
    (at.saturating_sub(40)..=at)
        .rev()
        .take_while(glued)
        .any(|i| i.checked_sub(1).and_then(|i| scan.token(i)).is_some_and(|t| t.is_any("?&/")))
}

/// Whether nothing hangs on behind.
pub(crate) fn ends_apart(scan: &Scan<'_>, next: usize) -> bool {
    let Some(after) = scan.token(next).filter(|t| t.glued) else { return true };
    if after.is_alnum() {
        let times = after.folded == "x";
        return times && scan.token(next + 1).is_some_and(|t| t.glued && t.kind == Kind::Digits);
    }
    let joins = after.is_any("-/._–—‑‐+@&");
    !(joins && scan.token(next + 1).is_some_and(|t| t.glued && t.is_alnum()))
}

/// Whether the letters of a run are capitals, as codes written with spaces must be.
fn upper(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    let words = scan.run(from..to);
    !words.chars().any(char::is_lowercase)
}

/// The end of a code-like word that begins at a token: letters and digits joined, as `HS-300`,
/// `4500-A`, that is no date, size or unit.
pub(crate) fn code_like(scan: &Scan<'_>, at: usize) -> Option<usize> {
    if !begins_apart(scan, at) || !scan.token(at)?.is_alnum() {
        return None;
    }
    let mut next = at;
    let (mut capitals, mut digits, mut marks) = (false, false, false);
    while let Some(token) = scan.token(next) {
        if next > at && !token.glued {
            break;
        }
        match token.kind {
            Kind::Digits => digits = true,
            Kind::Word => capitals |= scan.words(token.span).starts_with(char::is_uppercase),
            Kind::Mark => {
                let goes_on = token.is_any("-/._–‑+")
                    && scan.token(next + 1).is_some_and(|t| t.glued && t.is_alnum());
                if !goes_on {
                    break;
                }
                marks |= token.is_any("-/._–‑");
            }
        }
        next += 1;
    }
    let length = scan.run(at..next).len();
    let starts_with_letters = scan.token(at).is_some_and(|t| t.kind == Kind::Word);
    let like = digits
        && capitals
        && length >= 3
        && (starts_with_letters && (marks || length >= 4) || (marks && length >= 5));
    like.then_some(next)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::reading::types::Part;

    fn product(id: i64, code: &str, barcode: &str, customer: &str) -> Product {
        let mut customer_codes = BTreeMap::new();
        if !customer.is_empty() {
            customer_codes.insert("cust.example".to_owned(), customer.to_owned());
        }
        Product {
            id,
            default_code: code.into(),
            name: format!("Product {id}"),
            names: BTreeMap::new(),
            barcode: (!barcode.is_empty()).then(|| barcode.to_owned()),
            uom: "Units".into(),
            packagings: Vec::new(),
            customer_codes,
        }
    }

    fn index() -> Index {
        Index::new(&[
            product(1, "AB-10", "2099000001016", "NB 0010"),
            product(2, "AB-100", "", ""),
            product(3, "AB-10-S", "", ""),
            product(4, "SP 40", "", ""),
            product(5, "30210", "", ""),
            product(6, "KB-M8/120", "", ""),
        ])
    }

    fn found(text: &str, at: usize, domain: &str) -> Option<(Vec<u32>, String)> {
        let scan = Scan::whole(Part::Text, text);
        let hit = index().code_at(&scan, at, domain)?;
        Some((hit.products, scan.run(at..hit.end).to_owned()))
    }

    #[test]
    fn the_longest_code_at_token_boundaries() {
        for (text, at, want) in [
            ("AB-10", 0, Some((0, "AB-10"))),
            ("AB-100", 0, Some((1, "AB-100"))),
            ("AB-10-S", 0, Some((2, "AB-10-S"))),
            ("ab-10-s", 0, Some((2, "ab-10-s"))),
            ("AB 10 S", 0, Some((2, "AB 10 S"))),
            ("AB10", 0, Some((0, "AB10"))),
            ("AB–10.", 0, Some((0, "AB–10"))),
            ("AB-10, 5 pcs", 0, Some((0, "AB-10"))),
            ("AB-10x20", 0, Some((0, "AB-10"))),
            ("3xAB-10", 2, Some((0, "AB-10"))),
            ("SP 40", 0, Some((3, "SP 40"))),
            ("SP40", 0, Some((3, "SP40"))),
            ("KB-M8/120", 0, Some((5, "KB-M8/120"))),
            ("2099000001016", 0, Some((0, "2099000001016"))),
            ("AB-10-X", 0, None),
            ("AB-1001", 0, None),
            ("X-AB-10", 2, None),
            ("ab 10", 0, None),
            ("302101", 0, None),
        ] {
            let want = want.map(|(place, words): (u32, &str)| (vec![place], words.to_owned()));
            assert_eq!(found(text, at, ""), want, "{text}");
        }
    }

    #[test]
    fn a_customers_code_counts_for_that_customer_only() {
        assert_eq!(found("NB-0010", 0, "cust.example").map(|f| f.0), Some(vec![0]));
        assert_eq!(found("NB-0010", 0, "other.example"), None);
    }

    #[test]
    fn code_like_words() {
        for (text, want) in [
            ("HS-300", true),
            ("SO0231", true),
            ("AP-7782", true),
            ("M8", false),
            ("10mm", false),
            ("2025-03-04", false),
            ("hello", false),
            ("5G", false),
        ] {
            assert_eq!(code_like(&Scan::whole(Part::Text, text), 0).is_some(), want, "{text}");
        }
    }

    #[test]
    fn beginnings_of_codes() {
        let scan = Scan::whole(Part::Text, "AB-10");
        assert_eq!(index().beginning(&scan, 0, 3), [2]);
    }
}

//! Products by the words of their names, whatever their order and ending: 'left gearbox housings'
//! names 'Gearbox housing left'.

pub(super) mod belongings;
pub(super) mod index;
pub(super) mod kin;
pub(super) mod neighbours;
pub(super) mod own_nouns;
pub(super) mod strangers;
pub(super) mod variants;

mod find;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use foldhash::HashMap;

use crate::reading::catalog::Product;
use crate::reading::draft::Named;
use crate::reading::text::{Kind, Scan, Token, tokens_of, words};
use crate::reading::types::{Lang, Part};

/// Most words of a name that count.
const MAX_WORDS: usize = 12;

/// Most words with the same end that are known.
const MOST_TAILS: usize = 500;

/// Most names that are looked through for one that differs in few words.
const MOST_KIN: usize = 2_000;

/// A name found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameHit {
    /// Tokens from the first to the last word of the name.
    pub(super) tokens: Range<usize>,
    /// Places of the products that the words can name.
    pub(super) products: Vec<u32>,
    /// All words of the name are there.
    pub(super) full: bool,
    /// How many words of names it has.
    pub(super) words: usize,
}

#[derive(Debug, Clone)]
struct Name {
    product: u32,
    /// Stems, in the order of the name.
    stems: Vec<u32>,
}

/// The words of all names.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    vocabulary: HashMap<String, u32>,
    entries: Vec<Name>,
    /// Stem → names that have it, ascending.
    postings: Vec<Vec<u32>>,
    /// Sorted stems → names that consist of just these.
    whole: HashMap<Vec<u32>, Vec<u32>>,
    /// Two neighbouring stems written as one word → the two.
    joined: HashMap<String, (u32, u32)>,
    /// Stems that are numbers.
    numbers: BTreeSet<u32>,
    /// The last letters of the long words of languages that join words → these words.
    tails: HashMap<String, Vec<(String, u32)>>,
}

/// Words that stand between the words of a name without being part of it.
fn is_filler(token: &Token) -> bool {
    match token.kind {
        Kind::Mark => token.is_any(",-–—/'’()\"«»“”.:®™°º"),
        Kind::Digits => false,
        // Whose stem is that of 'alloy'.
        Kind::Word if words!("all alle alles aller allem allen alla allo").has(&token.folded) => {
            true
        }
        // The 'A' of '7/A'
        Kind::Word if token.glued && token.folded == "a" => false,
        Kind::Word => words!(
            "of the for with de du des d l la le les a a' di del della per il lo in en fur mit von \
        der die das den el los las para con van voor met pour avec version type typ modele modell modello model size \
        grosse taille misura da aus degree degrees deg grad gradi degres"
        )
        .has(&token.folded),
    }
}

/// The last four letters of a word.
fn tail(word: &str) -> &str {
    let from = word.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
    word.get(from..).unwrap_or(word)
}

/// A word without its ending, so that plural and gender do not matter.
pub(super) fn stem(folded: &str) -> Cow<'_, str> {
    if !folded.chars().all(char::is_alphabetic) {
        return Cow::Borrowed(folded);
    }
    let mut word = match folded {
        "aluminum" => "aluminium",
        "gray" => "grey",
        other => other,
    };
    if let Some(head) = word.strip_suffix("ized").or_else(|| word.strip_suffix("ised")) {
        return Cow::Owned(format!("{head}is"));
    }
    let long = |rest: &str| rest.chars().count() >= 3;
    // The plural first, so that what is left ends as the singular does: 'carters', 'carter'.
    if let Some(rest) = word.strip_suffix(['s', 'x']).filter(|rest| long(rest)) {
        word = rest;
    }
    if let Some(rest) = ["ern", "en", "er", "em"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .filter(|rest| rest.chars().count() >= 4)
    {
        word = rest;
    } else if word.ends_with("ln") {
        word = word.strip_suffix('n').unwrap_or(word);
    }
    while let Some(rest) = word.strip_suffix(['e', 'i', 'a', 'o', 'y']).filter(|rest| long(rest)) {
        word = rest;
    }
    // 'lunga', 'lunghe'
    Cow::Borrowed(word.strip_suffix('h').filter(|rest| long(rest)).unwrap_or(word))
}

impl Names {
    /// Indexes the names of products.
    pub(super) fn new(products: &[Product]) -> Self {
        let mut index = Self::default();
        let mut seen: Vec<Vec<u32>> = Vec::new();
        let mut tokens = Vec::new();
        index.entries.reserve(products.len() * 2);
        index.whole.reserve(products.len() * 2);
        for (place, product) in (0_u32..).zip(products) {
            seen.clear();
            for (lang, name) in product.all_names() {
                let stems = index.learn(name, matches!(lang, Lang::De | Lang::Nl), &mut tokens);
                if stems.is_empty() || stems.len() > MAX_WORDS || seen.contains(&stems) {
                    continue;
                }
                index.add(place, &stems);
                // 'Heat sink 100' says as much as 'Heat sink 100 mm'.
                let mm = index.vocabulary.get("mm").copied();
                let short: Vec<u32> = stems.iter().copied().filter(|s| Some(*s) != mm).collect();
                if short.len() < stems.len() && short.len() >= 2 && !seen.contains(&short) {
                    index.add(place, &short);
                    seen.push(short);
                }
                seen.push(stems);
            }
        }
        index
    }

    /// Learns the words of a name; also by their ends, where its language `joins` words.
    /// `tokens` is room for them.
    fn learn(&mut self, name: &str, joins: bool, tokens: &mut Vec<Token>) -> Vec<u32> {
        tokens_of(name, tokens);
        tokens.retain(|t| t.is_alnum() && !is_filler(t));
        let words: &[Token] = tokens;
        let mut ids = Vec::with_capacity(words.len());
        for token in words {
            let word = stem(&token.folded);
            let id = self.id_of(&word);
            if token.kind == Kind::Digits {
                self.numbers.insert(id);
            } else if joins && token.folded.len() >= 7 {
                self.learn_tail(&word, id);
            }
            ids.push(id);
        }
        let mut pair_of = String::new();
        for (pair, ids) in words.windows(2).zip(ids.windows(2)) {
            let ([one, two], [a, b]) = (pair, ids) else { continue };
            if one.kind == Kind::Word && two.kind == Kind::Word && two.folded.len() >= 3 {
                pair_of.clear();
                pair_of.push_str(&one.folded);
                pair_of.push_str(&two.folded);
                let joined = stem(&pair_of);
                if !self.joined.contains_key(&*joined) {
                    self.joined.insert(joined.into_owned(), (*a, *b));
                }
            }
        }
        ids
    }

    /// The number of a stem, which is given to it where it has none.
    fn id_of(&mut self, word: &str) -> u32 {
        if let Some(id) = self.vocabulary.get(word) {
            return *id;
        }
        let id = u32::try_from(self.vocabulary.len()).unwrap_or(u32::MAX);
        self.vocabulary.insert(word.to_owned(), id);
        id
    }

    /// Learns a long word by its end.
    fn learn_tail(&mut self, word: &str, id: u32) {
        let known = self.tails.get_mut(tail(word));
        let Some(words) = known else {
            self.tails.insert(tail(word).to_owned(), vec![(word.to_owned(), id)]);
            return;
        };
        if words.len() < MOST_TAILS && !words.iter().any(|(_, other)| *other == id) {
            words.push((word.to_owned(), id));
        }
    }

    /// The one compound word of names that a word is the end of ('Muttern' of 'Sechskantmutter') or
    /// a shorter form of ('Alubarren' of 'Aluminiumbarren').
    fn compound_of(&self, token: &Token) -> Option<u32> {
        let plain = token.kind == Kind::Word
            && token.folded.chars().count() >= 5
            && !crate::reading::text::lang::is_common(&token.folded)
            && crate::reading::text::units::unit_of(&token.folded).is_none();
        let word = stem(&token.folded);
        let words = self.tails.get(tail(&word)).filter(|_| plain)?;
        let shared = |other: &str| {
            let same = |(a, b): &(char, char)| a == b;
            let from_front = word.chars().zip(other.chars()).take_while(same).count();
            let from_back = word.chars().rev().zip(other.chars().rev()).take_while(same).count();
            from_front >= 3 && from_back >= 4 && from_front + from_back >= word.chars().count()
        };
        let mut fits = words
            .iter()
            .filter(|(other, _)| other.len() > word.len())
            .filter(|(other, _)| other.ends_with(&*word) || shared(other));
        let (_, only) = fits.next()?;
        fits.next().is_none().then_some(*only)
    }

    fn add(&mut self, product: u32, stems: &[u32]) {
        let name = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(Name { product, stems: stems.to_vec() });
        let mut sorted = stems.to_vec();
        sorted.sort_unstable();
        for (nth, stem) in sorted.iter().enumerate() {
            // Each once.
            if nth > 0 && sorted.get(nth - 1) == Some(stem) {
                continue;
            }
            let place = usize::try_from(*stem).unwrap_or(usize::MAX);
            if self.postings.len() <= place {
                self.postings.resize(place + 1, Vec::new());
            }
            if let Some(list) = self.postings.get_mut(place) {
                list.push(name);
            }
        }
        self.whole.entry(sorted).or_insert_with(|| Vec::with_capacity(1)).push(name);
    }

    /// The stems of a token: one, two where two words are written as one, or none.
    fn stems_of(&self, token: &Token) -> Vec<u32> {
        if !token.is_alnum() {
            return Vec::new();
        }
        let stem = stem(&token.folded);
        if let Some(id) = self.vocabulary.get(&*stem) {
            return vec![*id];
        }
        match self.joined.get(&*stem) {
            Some((one, two)) if token.kind == Kind::Word => vec![*one, *two],
            _ => Vec::new(),
        }
    }

    /// The stems of a token that names have.
    pub(super) fn stems(&self, token: &Token) -> Vec<u32> {
        if is_filler(token) { Vec::new() } else { self.stems_of(token) }
    }

    /// Products that are told by the words that they have and another product's name has not, or,
    /// where `head` can be several, those of them that have the words; the plainest before its kin.
    pub(super) fn told_apart(&self, head: &Named, told: &[u32]) -> Vec<u32> {
        let lists =
            told.iter().map(|s| usize::try_from(*s).ok().and_then(|s| self.postings.get(s)));
        let Some(shortest) = lists.flatten().min_by_key(|list| list.len()) else {
            return Vec::new();
        };
        let mut fits: Vec<&Name> = shortest
            .iter()
            .take(MOST_KIN)
            .filter_map(|name| self.entries.get(usize::try_from(*name).ok()?))
            .filter(|name| told.iter().all(|s| name.stems.contains(s)))
            .filter(|name| match head {
                Named::One(place) => *place != name.product && self.differs_by(*place, name, told),
                Named::Several(places) => places.contains(&name.product),
                _ => false,
            })
            .collect();
        if matches!(head, Named::Several(_)) {
            let plain = fits.iter().copied().find(|plain| {
                fits.iter().all(|other| {
                    other.product == plain.product
                        || plain.stems.iter().all(|s| other.stems.contains(s))
                })
            });
            fits.retain(|name| plain.is_none_or(|plain| plain.product == name.product));
        }
        let mut products: Vec<u32> = fits.into_iter().map(|name| name.product).collect();
        products.sort_unstable();
        products.dedup();
        products
    }

    /// Whether a word is the noun of a product's name: the first of Romance names, the last before a
    /// size or comma of others.
    pub(super) fn is_head(&self, product: &Product, token: &Token) -> bool {
        let mut own = self.stems_of(token);
        if own.is_empty() {
            own.extend(self.compound_of(token));
        }
        product.all_names().any(|(lang, name)| {
            let scan = Scan::whole(Part::Text, name);
            let until = |t: &&Token| t.kind == Kind::Word || t.is('-') && t.glued;
            // 'NLGI', 'HLP', 'DN' are sizes and kinds, and no nouns.
            let kind = |t: &Token| !scan.words(t.span).chars().any(char::is_lowercase);
            let words = scan.tokens.iter().take_while(until).filter(|t| t.is_alnum());
            let words: Vec<&Token> = words.filter(|t| !kind(t)).collect();
            let romance = matches!(lang, Lang::Fr | Lang::It | Lang::Es);
            let whole = scan.tokens.iter().all(|t| until(&t));
            let head = match words.as_slice() {
                [only] => Some(*only),
                [first, ..] if romance => Some(*first),
                // 'Pump body smooth', 'Torriegel links': which word is the noun cannot be told.
                [.., last] if !whole => Some(*last),
                _ => None,
            };
            head.is_some_and(|head| !own.is_empty() && self.stems_of(head) == own)
        })
    }

    /// Whether a name has all words of a product's name but those that are told in their place.
    fn differs_by(&self, place: u32, name: &Name, told: &[u32]) -> bool {
        let from = self.entries.partition_point(|n| n.product < place);
        let of = self.entries.iter().skip(from).take_while(|n| n.product == place);
        of.into_iter().any(|other| {
            let mut own = name.stems.iter().filter(|s| !other.stems.contains(s)).peekable();
            let kin = |s: &&u32| other.stems.contains(s) && !self.numbers.contains(s);
            let head = name.stems.iter().find(|s| kin(s) && !told.contains(s));
            own.peek().is_some() && own.all(|s| told.contains(s)) && head.is_some()
        })
    }

    /// Whether other names have all words of one of this product's names and more, and none has fewer
    /// of them: 'Pump body 55' beside 'Pump body 55 smooth'.
    pub(super) fn is_plainest(&self, product: &Product) -> bool {
        product.all_names().any(|(_, name)| {
            let scan = Scan::whole(Part::Text, name);
            let words = scan.tokens.iter().filter(|t| t.is_alnum() && !is_filler(t));
            let own: Vec<u32> = words.flat_map(|t| self.stems_of(t)).collect();
            own.len() >= 2 && self.having(&own).len() >= 2
        })
    }

    /// The one product whose name has some of the words of this one's name, and no other.
    pub(super) fn plainer(&self, place: u32) -> Option<u32> {
        let from = self.entries.partition_point(|n| n.product < place);
        let own = self.entries.iter().skip(from).take_while(|n| n.product == place);
        let mut plain: BTreeSet<u32> = BTreeSet::new();
        for name in own {
            let first = name.stems.first().and_then(|s| usize::try_from(*s).ok());
            let list = first.and_then(|s| self.postings.get(s)).into_iter().flatten();
            let others =
                list.take(MOST_KIN).filter_map(|n| self.entries.get(usize::try_from(*n).ok()?));
            let fewer = others.filter(|other| {
                other.product != place
                    && other.stems.len() >= 2
                    && other.stems.len() < name.stems.len()
                    && other.stems.iter().all(|s| name.stems.contains(s))
            });
            plain.extend(fewer.map(|other| other.product));
        }
        let mut plain = plain.into_iter();
        plain.next().filter(|_| plain.next().is_none())
    }

    /// Products whose name has all these stems.
    pub(super) fn having(&self, told: &[u32]) -> Vec<u32> {
        let lists =
            told.iter().map(|s| usize::try_from(*s).ok().and_then(|s| self.postings.get(s)));
        let Some(shortest) = lists.flatten().min_by_key(|list| list.len()) else {
            return Vec::new();
        };
        let mut products: Vec<u32> = shortest
            .iter()
            .take(MOST_KIN)
            .filter_map(|name| self.entries.get(usize::try_from(*name).ok()?))
            .filter(|name| told.iter().all(|s| name.stems.contains(s)))
            .map(|name| name.product)
            .collect();
        products.sort_unstable();
        products.dedup();
        products
    }

    /// Whether a word is a word of some name but for a slip or two of the keyboard.
    pub(super) fn resembles(&self, folded: &str) -> bool {
        let stem: Vec<char> = stem(folded).chars().collect();
        let most = match stem.len() {
            0..=3 => return false,
            4..=6 => 1,
            _ => 2,
        };
        self.vocabulary.keys().any(|other| {
            let near = other.len().abs_diff(folded.len()) <= 6;
            near && other.chars().count() >= 4
                && crate::reading::forms::labels::distance(
                    &other.chars().collect::<Vec<_>>(),
                    &stem,
                    most,
                )
                .is_some()
        })
    }

    /// Whether a token is a word of some product's name.
    pub(super) fn knows(&self, token: &Token) -> bool {
        token.kind == Kind::Word && !is_filler(token) && !self.stems_of(token).is_empty()
    }

    /// Whether words belong to a product's name in some language, or to no name of its kin: where
    /// they are words of a sibling's name that this product lacks, they contradict it.
    pub(super) fn contradicts(
        &self,
        product: &Product,
        siblings: &[&Product],
        token: &Token,
    ) -> bool {
        let stems = self.stems_of(token);
        if stems.is_empty() || is_filler(token) {
            return false;
        }
        let has = |p: &Product| {
            std::iter::once(&p.name).chain(p.names.values()).any(|name| {
                let words = Scan::whole(Part::Text, name);
                words.tokens.iter().any(|t| self.stems_of(t).iter().any(|s| stems.contains(s)))
            })
        };
        !has(product) && siblings.iter().any(|sibling| has(sibling))
    }

    /// Products that share a word of their name with this one.
    pub(super) fn siblings<'a>(
        &self,
        products: &'a [Product],
        product: &Product,
    ) -> Vec<&'a Product> {
        let scan = Scan::whole(Part::Text, &product.name);
        let mut places: BTreeSet<u32> = BTreeSet::new();
        for token in scan.tokens.iter().filter(|t| t.kind == Kind::Word && t.folded.len() > 2) {
            for stem in self.stems_of(token) {
                let list = usize::try_from(stem).ok().and_then(|s| self.postings.get(s));
                for name in list.into_iter().flatten().take(200) {
                    if let Some(name) =
                        usize::try_from(*name).ok().and_then(|n| self.entries.get(n))
                    {
                        places.insert(name.product);
                    }
                }
            }
        }
        places
            .into_iter()
            .filter_map(|place| products.get(usize::try_from(place).ok()?))
            .filter(|other| other.id != product.id)
            .collect()
    }
}
#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::reading::types::Lang;

    fn names() -> Names {
        let product = |id: i64, name: &str, de: &str, it: &str| Product {
            id,
            default_code: String::new(),
            name: name.into(),
            names: BTreeMap::from([(Lang::De, de.into()), (Lang::It, it.into())]),
            barcode: None,
            uom: "Units".into(),
            packagings: Vec::new(),
            customer_codes: BTreeMap::new(),
        };
        Names::new(&[
            product(0, "Clamp ring 10 mm", "Klemmring 10 mm", "Anello di serraggio 10 mm"),
            product(1, "Clamp ring 12 mm", "Klemmring 12 mm", "Anello di serraggio 12 mm"),
            product(
                2,
                "Clamp ring 10 mm, stainless",
                "Klemmring 10 mm, rostfrei",
                "Anello di serraggio 10 mm, inox",
            ),
            product(3, "Gate latch, left", "Torriegel links", "Chiavistello sinistro"),
            product(4, "Gate latch, right", "Torriegel rechts", "Chiavistello destro"),
            product(
                5,
                "Spacer sleeve 20 x 10",
                "Distanzhülse 20 x 10",
                "Bussola distanziale 20 x 10",
            ),
            product(6, "Machine guard", "Maschinenschutz", "Protezione macchina"),
        ])
    }

    fn found(text: &str) -> Vec<(Vec<u32>, bool, String)> {
        let scan = Scan::whole(Part::Text, text);
        let hits = names().find(&scan, 0..scan.tokens.len());
        hits.into_iter()
            .map(|hit| (hit.products, hit.full, scan.run(hit.tokens).to_owned()))
            .collect()
    }

    #[test]
    fn whole_names_in_any_order_and_number() {
        for (text, want, words) in [
            ("Clamp rings 10 mm", 0, "Clamp rings 10 mm"),
            ("10 clamp rings 12mm", 1, "clamp rings 12mm"),
            ("stainless clamp ring, 10 mm", 2, "stainless clamp ring, 10 mm"),
            ("5 of the left gate latches", 3, "left gate latches"),
            ("Torriegel (rechts)", 4, "Torriegel (rechts"),
            ("anelli di serraggio 12 mm", 1, "anelli di serraggio 12 mm"),
            ("linke Torriegel", 3, "linke Torriegel"),
            ("Klemmringe 10 mm rostfreie", 2, "Klemmringe 10 mm rostfreie"),
            ("clamp ring 12", 1, "clamp ring 12"),
            ("Distanzhuelsen 20 x 10", 5, "Distanzhuelsen 20 x 10"),
            ("Maschinenschutz", 6, "Maschinenschutz"),
            ("gatelatch left", 3, "gatelatch left"),
        ] {
            assert_eq!(found(text), [(vec![want], true, words.to_owned())], "{text}");
        }
    }

    #[test]
    fn parts_of_names_name_all_that_have_them() {
        assert_eq!(found("12 clamp rings"), [(vec![0, 1, 2], false, "clamp rings".to_owned())]);
        assert_eq!(found("gate latches"), [(vec![3, 4], false, "gate latches".to_owned())]);
        assert_eq!(found("hello there"), []);
    }

    #[test]
    fn neighbours_are_told_apart() {
        let hits = found("Torriegel links und Torriegel rechts");
        assert_eq!(hits.iter().map(|h| h.0.clone()).collect::<Vec<_>>(), [vec![3], vec![4]]);
    }
}

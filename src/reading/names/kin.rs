//! Words behind a product that tell it from its kin: '14 pump bodies 55 - the ordinary ones, not the
//! smooth ones', '20 Kühlkörper 100 mm (nicht eloxiert)'. They belong to its name.

use crate::reading::catalog::Product;
use crate::reading::draft::{Desk, Named};
use crate::reading::prose::mentions::{Mention, What, is_free, take};
use crate::reading::text::{Kind, Scan, words};

/// Most words of what is said behind a product.
const MOST: usize = 24;

/// Adds such words to the products that they stand behind.
pub(crate) fn tell(scan: &Scan<'_>, taken: &mut [bool], found: &mut [Mention], desk: &Desk<'_>) {
    for mention in found {
        let What::Product(Named::One(place), _) = mention.what else { continue };
        let Some(product) = desk.catalog.product(place) else { continue };
        let names = &desk.catalog.index().names;
        let kin = names.siblings(desk.catalog.products(), product);
        let aside = Aside { scan, taken, desk, product, kin: &kin };
        let start = mention.tokens.end;
        let end = aside.end(start);
        if end > start {
            take(taken, start..end);
            mention.tokens.end = end;
        }
    }
}

/// What stands behind one product.
struct Aside<'a> {
    scan: &'a Scan<'a>,
    taken: &'a [bool],
    desk: &'a Desk<'a>,
    product: &'a Product,
    kin: &'a [&'a Product],
}

impl Aside<'_> {
    fn word(&self, at: usize) -> &str {
        self.scan.token(at).map_or("", |t| t.folded.as_str())
    }

    /// Where the words end that tell the product from its kin.
    fn end(&self, start: usize) -> usize {
        let bracket = self.scan.token(start).is_some_and(|t| t.is('('));
        let mut end = start;
        let mut at = start;
        while let Some(next) = self.part(at).filter(|next| *next <= start + MOST) {
            end = next;
            at = next;
        }
        let closes = self.scan.token(end).is_some_and(|t| t.is(')'));
        match (bracket, closes) {
            (true, true) => end + 1,
            (true, false) => start,
            _ if self.stops(end) => end,
            _ => start,
        }
    }

    /// The words must be all of their clause.
    fn stops(&self, at: usize) -> bool {
        let Some(token) = self.scan.token(at) else { return true };
        let before = at.checked_sub(1).and_then(|at| self.scan.token(at));
        before.is_none_or(|b| b.line != token.line)
            || token.kind == Kind::Mark
            || words!("and und et e ed y en plus sowie please bitte svp by bis for fur")
                .has(&token.folded)
    }

    /// One of 'the ordinary one', 'not the smooth one', with the marks and joints before it.
    fn part(&self, from: usize) -> Option<usize> {
        let mut at = from;
        let lead = |at: usize| {
            self.scan.token(at).is_some_and(|t| {
                t.is_any(",(-–—:") || words!("and und et e aber but also i e d h").has(&t.folded)
            })
        };
        while at < from + 4 && lead(at) && self.is_open(at) {
            at += 1;
        }
        let denies = self.is_open(at)
            && words!("not nicht non pas keine kein no without ohne sans senza niet")
                .has(self.word(at));
        let mut at = self.behind_articles(at + usize::from(denies));
        if words!("version ausfuhrung modele versione variante").has(self.word(at))
            && self.is_open(at)
        {
            at += 1;
        }
        let end = if denies { self.other(at)? } else { self.plain(at)? };
        // 'Ones', 'version', 'either'.
        let mut end = end;
        while words!(
            "one ones kind kinds sort sorts art sorte genre tipo version versions either ausfuhrung variante modell model type finish those"
        )
        .has(self.word(end))
            && self.is_open(end)
            && end < at + 6
        {
            end += 1;
        }
        Some(end)
    }

    fn is_open(&self, at: usize) -> bool {
        is_free(self.taken, at..at + 1)
    }

    fn behind_articles(&self, from: usize) -> usize {
        let mut at = from;
        while at < from + 3
            && (words!("the a die das den der dem le la les l il lo gli i el los las de het of in any quelli quelle ceux celles")
                .has(self.word(at))
                || self.scan.token(at).is_some_and(|t| t.is_any("'’")))
        {
            at += 1;
        }
        at
    }

    /// The words that other products of its kin have, and it has not.
    fn other(&self, from: usize) -> Option<usize> {
        let names = &self.desk.catalog.index().names;
        let mut at = from;
        while let Some(token) = self.scan.token(at).filter(|t| t.kind == Kind::Word) {
            if !self.is_open(at) || !names.contradicts(self.product, self.kin, token) {
                break;
            }
            at += 1;
        }
        (at > from).then_some(at)
    }

    /// 'Ordinary', of the product whose name has no word that its kin lack.
    fn plain(&self, from: usize) -> Option<usize> {
        let plainest = is_plain_kind(self.word(from))
            && self.is_open(from)
            && self.desk.catalog.index().names.is_plainest(self.product);
        plainest.then_some(from + 1)
    }
}

/// Words for the kind of a product that has nothing special.
pub(crate) fn is_plain_kind(word: &str) -> bool {
    words!(
        "plain ordinary standard normal regular normale normalen gewohnliche gewohnlichen einfache einfachen ordinaire ordinaires \
         normaux normali semplice semplici standaard gewone normales"
    )
    .has(word)
}

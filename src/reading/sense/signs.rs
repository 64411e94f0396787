//! What stands for goods and days in a sentence about them: which they are says nothing of whether they
//! are ordered.

use std::ops::Range;

use super::features::{Bag, Found};
use crate::reading::prose::mentions::{Mention, What};
use crate::reading::text::{Kind, Scan, Token, words};
use crate::reading::types::Part;

/// Most tokens of a sentence that are looked at.
const MOST: usize = 160;

/// A sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// Goods with their amount.
    Goods,
    /// Goods alone.
    Product,
    /// An amount alone.
    Amount,
    /// A day.
    Day,
    /// The rows of goods that the sentence leads to.
    List,
}

impl Sign {
    /// As the examples name it.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "G" => Self::Goods,
            "P" => Self::Product,
            "A" => Self::Amount,
            "D" => Self::Day,
            "L" => Self::List,
            _ => return None,
        })
    }

    fn of(mention: &Mention) -> Self {
        match mention.what {
            What::Product(..) => Self::Product,
            What::Amount { .. } => Self::Amount,
            What::Date(_) => Self::Day,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Goods => "[g]",
            Self::Product => "[p]",
            Self::Amount => "[a]",
            Self::Day => "[d]",
            Self::List => "[l]",
        }
    }

    /// What two signs beside one another are: '20 pcs' and 'HS-100' are goods, and so are rows of them.
    fn with(self, next: Self) -> Option<Self> {
        match (self, next) {
            (Self::Product | Self::Amount | Self::Goods, Self::Goods)
            | (Self::Goods, Self::Product | Self::Amount)
            | (Self::Product, Self::Amount)
            | (Self::Amount, Self::Product) => Some(Self::Goods),
            (one, other) => (one == other).then_some(one),
        }
    }
}

/// Puts signs and words together.
#[derive(Default)]
struct Signed<'a> {
    bag: Bag<'a>,
    /// The sign before, and a word that may join the next one to it.
    open: Option<(Sign, Option<&'a Token>)>,
}

impl<'a> Signed<'a> {
    fn sign(&mut self, sign: Sign) {
        let joined = self.open.and_then(|(open, _)| open.with(sign));
        if joined.is_none() {
            self.close();
        }
        self.open = Some((joined.unwrap_or(sign), None));
    }

    fn token(&mut self, token: &'a Token) {
        match &mut self.open {
            Some((_, joint @ None)) if joins(token) => *joint = Some(token),
            Some(_) if token.kind == Kind::Mark && !token.is_any("?!:") => {}
            _ => {
                self.close();
                self.bag.take(token);
            }
        }
    }

    fn close(&mut self) {
        if let Some((sign, joint)) = self.open.take() {
            self.bag.put(sign.word());
            if let Some(token) = joint {
                self.bag.take(token);
            }
        }
    }

    fn found(mut self) -> Found {
        self.close();
        self.bag.found()
    }
}

/// '20 of A', '20 x A'.
fn joins(token: &Token) -> bool {
    words!("x of de di d von van a al").has(&token.folded)
}

/// The features of a sentence with what it mentions; whether it leads to rows of goods.
pub(super) fn of(scan: &Scan<'_>, run: &Range<usize>, told: &[Mention], leads: bool) -> Found {
    let mut signed = Signed::default();
    let mut told = told.iter().peekable();
    let mut at = run.start;
    while at < run.end.min(run.start + MOST) {
        if told.next_if(|m| m.tokens.start < at).is_some() {
            continue;
        }
        if let Some(mention) = told.next_if(|m| m.tokens.start == at) {
            signed.sign(Sign::of(mention));
            at = mention.tokens.end.max(at + 1);
            continue;
        }
        if let Some(token) = scan.token(at) {
            signed.token(token);
        }
        at += 1;
    }
    if leads {
        signed.sign(Sign::List);
    }
    signed.found()
}

/// The buckets of a text with signs in it, as the examples are written: 'Please send us [G] by [D].'
pub fn of_signed_text(text: &str) -> Vec<usize> {
    let mut parts = Vec::new();
    for part in text.split_inclusive(']') {
        let signed = part
            .rsplit_once('[')
            .and_then(|(words, rest)| Some((words, Sign::named(rest.strip_suffix(']')?)?)));
        let (words, sign) = signed.map_or((part, None), |(words, sign)| (words, Some(sign)));
        parts.push((Scan::whole(Part::Text, words).tokens, sign));
    }
    let mut signed = Signed::default();
    for (tokens, sign) in &parts {
        for token in tokens {
            signed.token(token);
        }
        if let Some(sign) = sign {
            signed.sign(*sign);
        }
    }
    signed.found().hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goods_are_goods_however_they_are_put() {
        let one = of_signed_text("Please send us [G] by [D].");
        assert_eq!(one, of_signed_text("please send us [A] x [P], [P] by [D]"));
        assert_eq!(one, of_signed_text("please send us [G], [G]; by [D]"));
        assert_ne!(one, of_signed_text("please send us [P] by [D]"));
        assert_ne!(one, of_signed_text("please send us [A] by [D]"));
    }
}

//! Kinds of sentences that are told by their words alone. Some words must be there and some others
//! may; one word that is on no list, and the sentence is another, to be weighed as all are. So it is
//! known whole what such a sentence says, and each kind is no more than its lists.
//!
//! The lists have one line or more for each language, in the order en, de, fr, it, es, nl.

use std::ops::Range;

use crate::reading::text::{Kind, Token, WordList, words};

/// One kind of sentences.
#[derive(Clone, Copy)]
pub(crate) struct Closed {
    /// A word of each of these must be there.
    pub(crate) needs: &'static [&'static WordList],
    /// Any word of these may be there.
    pub(crate) beside: &'static [&'static WordList],
    /// Which numbers may be there.
    pub(crate) numbers: Numbers,
    /// Which marks may be there.
    pub(crate) marks: Marks,
    /// Whether an e-mail address may be there.
    pub(crate) addresses: bool,
    /// Most tokens of one.
    pub(crate) most: usize,
}

/// Numbers of a closed kind of sentences.
#[derive(Clone, Copy)]
pub(crate) enum Numbers {
    /// None at all.
    Never,
    /// Of so many digits at most.
    UpTo(usize),
    /// Of two digits at most, and before a word of these: 'within 3 days', 'a 48-hour notice'.
    Counting(&'static WordList),
    /// Any.
    Any,
}

/// Marks of a closed kind of sentences.
#[derive(Clone, Copy)]
pub(crate) enum Marks {
    /// All but these.
    AllBut(&'static str),
    /// These only.
    Only(&'static str),
}

impl Closed {
    /// A statement without numbers.
    pub(crate) const STATEMENT: Self = Self {
        needs: &[],
        beside: &[],
        numbers: Numbers::Never,
        marks: Marks::AllBut("?"),
        addresses: false,
        most: usize::MAX,
    };

    /// Whether some tokens say this and nothing else.
    pub(crate) fn is_said(&self, tokens: &[Token]) -> bool {
        self.is_said_with(tokens, |_| false)
    }

    /// The same, where some tokens are known by more than their words: a greeted person, the name of
    /// a program.
    pub(crate) fn is_said_with(&self, tokens: &[Token], known: impl Fn(usize) -> bool) -> bool {
        let address = if self.addresses { address(tokens) } else { 0..0 };
        tokens.len() <= self.most
            && self.needs.iter().all(|list| has(tokens, list))
            && tokens.iter().enumerate().all(|(at, token)| {
                address.contains(&at) || self.takes(tokens, at, token) || known(at)
            })
    }

    fn takes(&self, tokens: &[Token], at: usize, token: &Token) -> bool {
        let digits = token.folded.len();
        match (token.kind, self.numbers, self.marks) {
            (Kind::Word, ..) => {
                self.needs.iter().chain(self.beside).any(|list| list.has_token(token))
            }
            (Kind::Digits, Numbers::Never, _) => false,
            (Kind::Digits, Numbers::UpTo(most), _) => digits <= most,
            (Kind::Digits, Numbers::Counting(what), _) => {
                let next = tokens.get(at + 1);
                digits <= 2 && next.is_some_and(|t| t.is('-') || what.has_token(t))
            }
            (Kind::Digits, Numbers::Any, _) => true,
            (Kind::Mark, _, Marks::AllBut(marks)) => !token.is_any(marks),
            (Kind::Mark, _, Marks::Only(marks)) => token.is_any(marks),
        }
    }
}

/// Whether some token is a word of a list.
pub(crate) fn has(tokens: &[Token], list: &WordList) -> bool {
    tokens.iter().any(|token| list.has_token(token))
}

/// The first e-mail address: from the '@', what is glued together on both sides of it.
fn address(tokens: &[Token]) -> Range<usize> {
    let Some(sign) = tokens.iter().position(|t| t.is('@')) else { return 0..0 };
    let glued = |at: usize| tokens.get(at).is_some_and(|t| t.glued);
    let mut start = sign;
    while start > 0 && glued(start) {
        start -= 1;
    }
    let end = (sign + 1..tokens.len()).find(|at| !glued(*at)).unwrap_or(tokens.len());
    start..end
}

/// Articles, and 'of': they stand in sentences of any kind and say nothing in them.
pub(crate) static ARTICLES: &WordList = words!(
    "the a an of \
     der die das den dem des ein eine einer eines einem einen von \
     le la les l un une de d du des \
     il lo la gli l un una di del della dello dell dei delle degli \
     el los las un una de del \
     het de een van"
);

/// Whose something is: those who order.
pub(crate) static OURS: &WordList = words!(
    "our \
     unser unsere unserer unseres unserem unseren \
     notre nos \
     nostro nostra nostri nostre \
     nuestro nuestra nuestros nuestras \
     ons onze"
);

/// That something is or will be so, in rules that hold for any order.
pub(crate) static IS: &WordList = words!(
    "is are be will \
     ist sind wird werden \
     est sont etre sera seront \
     e sono essere sara saranno verra verranno \
     es son ser sera seran \
     is zijn worden wordt"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::text::Scan;
    use crate::reading::types::Part;

    /// 'The gate opens at …'.
    static GATE: Closed = Closed {
        needs: &[words!("gate door"), words!("opens closes")],
        beside: &[ARTICLES, words!("at in hours mail")],
        ..Closed::STATEMENT
    };

    fn said(kind: Closed, text: &str) -> bool {
        kind.is_said(&Scan::whole(Part::Text, text).tokens)
    }

    #[test]
    fn each_list_must_be_met_and_no_other_word_may_stand() {
        assert!(said(GATE, "The gate opens."));
        assert!(said(GATE, "Opens the door, closes the gate!"));
        assert!(!said(GATE, "The gate."), "a list that nothing is of");
        assert!(!said(GATE, "The gate opens late."), "an unknown word");
        assert!(!said(GATE, "The gate opens?"), "a question");
        assert!(!said(GATE, ""));
        assert!(!said(Closed { most: 3, ..GATE }, "The gate opens."));
    }

    #[test]
    fn numbers_stand_where_they_may() {
        let with = |numbers| Closed { numbers, ..GATE };
        let hours = with(Numbers::Counting(words!("hours")));
        assert!(!said(GATE, "The gate opens at 7"));
        assert!(said(with(Numbers::UpTo(2)), "The gate opens at 07:30"));
        assert!(!said(with(Numbers::UpTo(2)), "The gate opens at 0730"));
        assert!(said(with(Numbers::Any), "The gate opens at 0730"));
        assert!(said(hours, "The gate opens in 48 hours"));
        assert!(said(hours, "The gate opens in 2-3 hours"));
        assert!(!said(hours, "The gate opens in 480 hours"));
        assert!(!said(hours, "The gate opens at 7"));
    }

    #[test]
    fn marks_and_addresses_stand_where_they_may() {
        let only = Closed { marks: Marks::Only("."), ..GATE };
        assert!(said(only, "The gate opens."));
        assert!(!said(only, "The gate, opens."));
        let mailed = Closed { addresses: true, ..GATE };
        assert!(said(mailed, "The gate opens, mail in-box.2@night-watch.example"));
        assert!(!said(GATE, "The gate opens, mail inbox@watch.example"));
        assert!(!said(mailed, "The gate opens, mail us inbox@watch.example"));
        assert!(!said(mailed, "The gate opens, mail inbox@watch.example soon"));
    }

    #[test]
    fn some_words_are_known_otherwise() {
        let scan = Scan::whole(Part::Text, "The gate opens, Anna.");
        let anna = |at: usize| scan.token(at).is_some_and(|t| t.folded == "anna");
        assert!(GATE.is_said_with(&scan.tokens, anna));
        assert!(!GATE.is_said(&scan.tokens));
    }
}

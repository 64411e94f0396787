//! What our offer says, as the reply quotes it: how many were ordered, how many are there, and how
//! long the rest takes. A number of the answer that the offer has named tells nothing new: 'we take
//! the 8', 'we wait for the missing 12'.

use std::cell::OnceCell;
use std::ops::Deref;

use crate::reading::text::number_words;
use crate::reading::text::{Kind, Scan, Token, words};
use crate::reading::types::{Lang, Part};

/// The figures of a quoted offer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Offer {
    /// How many were ordered and are there, of each product that is short.
    short: Vec<(u32, u32)>,
    /// Days that our supplier needs.
    days: Option<u32>,
    /// Codes of the products that are short, as folded words.
    codes: Vec<String>,
    /// Digits of the order's number, as in 'S00145'.
    order: Option<String>,
}

/// The offer that an answer quotes, looked for when it is first asked for: few sentences ask.
pub(crate) struct Quoted<'s, 't> {
    scan: &'s Scan<'t>,
    offer: OnceCell<Offer>,
}

impl<'s, 't> Quoted<'s, 't> {
    /// The one beside what is newly written of a text.
    pub(crate) const fn beside(scan: &'s Scan<'t>) -> Self {
        Self { scan, offer: OnceCell::new() }
    }
}

impl Deref for Quoted<'_, '_> {
    type Target = Offer;

    fn deref(&self) -> &Offer {
        self.offer.get_or_init(|| Offer::quoted(self.scan))
    }
}

/// Most bytes of a text that are searched for a quote.
const MOST: usize = 200_000;

impl Offer {
    /// The offer that stands in a text beside what is newly written of it.
    pub(crate) fn quoted(scan: &Scan<'_>) -> Self {
        let mut offer = Self::default();
        let new = |at: usize| scan.lines.iter().any(|l| l.span.start <= at && at < l.span.end);
        let mut at = 0;
        for line in scan.text.get(..MOST).unwrap_or(scan.text).split('\n') {
            if line.bytes().any(|b| b.is_ascii_digit()) && !new(at) {
                offer.take(line);
            }
            at += line.len() + 1;
        }
        offer
    }

    fn take(&mut self, line: &str) {
        let line = Scan::whole(Part::Text, line);
        let behind = |is: fn(&str) -> bool| {
            let at = line.tokens.iter().position(|t| is(&t.folded))?;
            let colon = usize::from(line.token(at + 1).is_some_and(|t| t.is(':')));
            whole(&line, at + 1 + colon)
        };
        if let (Some(ordered), Some(available)) = (behind(is_ordered), behind(is_available)) {
            self.short.push((ordered, available));
            let mark = |mark: char| line.tokens.iter().position(|t| t.is(mark));
            if let (Some(from), Some(to)) = (mark('['), mark(']')) {
                self.codes.push(line.folded(from + 1..to));
            }
        }
        let lettered = |at: usize| {
            let letters =
                line.token(at).is_some_and(|t| t.kind == Kind::Word && t.folded.len() <= 3);
            letters && line.token(at + 1).is_some_and(is_order_number)
        };
        if let Some(at) = (0..line.tokens.len()).find(|at| lettered(*at)) {
            self.order =
                self.order.take().or_else(|| line.token(at + 1).map(|t| t.folded.to_string()));
        }
        let first = line.tokens.iter().find(|t| !t.is_any(">*-•")).map(|t| t.folded.as_str());
        let lasting =
            (0..line.tokens.len()).find_map(|at| Some(whole(&line, at)? * days(&line, at + 1)?));
        if first == Some("2") {
            self.days = self.days.or(lasting);
        }
    }

    /// Figures of the one product that is short.
    fn only(&self) -> Option<(u32, u32)> {
        let [only] = self.short.as_slice() else { return None };
        Some(*only)
    }

    /// Whether a token is the number of the order that the offer is about, behind its letter.
    pub(crate) fn is_about(&self, token: &Token) -> bool {
        is_order_number(token) && self.order.as_deref() == Some(token.folded.as_str())
    }

    /// Whether one product is short.
    pub(crate) fn is_one(&self) -> bool {
        self.only().is_some()
    }

    /// Whether so many are there.
    pub(crate) fn has(&self, number: u32) -> bool {
        number > 0 && self.only().is_some_and(|(_, available)| available == number)
    }

    /// Whether some of the one product that is short are there.
    pub(crate) fn has_any(&self) -> bool {
        self.only().is_some_and(|(_, available)| available > 0)
    }

    /// The end of the code of the one product that is short, where it stands at a token.
    pub(crate) fn names(&self, scan: &Scan<'_>, at: usize) -> Option<usize> {
        let [code] = self.codes.as_slice() else { return None };
        let end = at + code.split(' ').count();
        let goes_on = scan.token(end).is_some_and(|t| t.glued && (t.is_alnum() || t.is('-')));
        (self.is_one() && !goes_on && scan.says(at, code)).then_some(end)
    }

    /// Whether so many are waited for: what was ordered, or what is missing of it.
    pub(crate) fn awaits(&self, number: u32) -> bool {
        self.only().is_some_and(|(ordered, _)| ordered == number) || self.lacks(number)
    }

    /// Whether digits are how many were ordered of the one product that is short.
    pub(crate) fn is_whole(&self, digits: &str) -> bool {
        self.only().is_some_and(|(ordered, _)| digits.parse() == Ok(ordered))
    }

    /// Whether so many are missing.
    pub(crate) fn lacks(&self, number: u32) -> bool {
        self.only().is_some_and(|(ordered, has)| ordered.checked_sub(has) == Some(number))
    }

    /// Whether a wait as long as this is what was offered, or more; `None` where that is not known.
    pub(crate) fn bears(&self, days: u32) -> Option<bool> {
        self.days.map(|offered| offered <= days)
    }
}

/// 'S00145': digits that a letter leads.
fn is_order_number(token: &Token) -> bool {
    token.kind == Kind::Digits && token.glued && token.folded.len() >= 4
}

/// A whole number in digits.
fn whole(scan: &Scan<'_>, at: usize) -> Option<u32> {
    let token = scan.token(at).filter(|t| t.kind == Kind::Digits)?;
    let goes_on = scan.token(at + 1).is_some_and(|t| {
        t.glued && t.is_any(".,'/-") && scan.token(at + 2).is_some_and(|t| t.glued && t.is_alnum())
    });
    let begun = token.glued
        && scan.token(at.wrapping_sub(1)).is_some_and(|t| t.is_any(".,'/-") || t.is_alnum());
    (!goes_on && !begun).then(|| token.folded.parse().ok()).flatten()
}

/// A whole number in digits or words, and the token behind it.
pub(crate) fn number_at(scan: &Scan<'_>, at: usize, lang: Option<Lang>) -> Option<(u32, usize)> {
    if let Some(number) = whole(scan, at) {
        return Some((number, at + 1));
    }
    let (number, end) = number_words::words_at(scan, at, lang)?;
    let number = u32::try_from(number).ok()?;
    Some((number, end))
}

/// Days of a unit of time.
pub(crate) fn days(scan: &Scan<'_>, at: usize) -> Option<u32> {
    let token = scan.token(at)?;
    let day = words!("day days tag tage tagen jour jours giorno giorni dia dias dag dagen");
    let week =
        words!("week weeks woche wochen semaine semaines settimana settimane semana semanas weken");
    if day.has(&token.folded) {
        return Some(1);
    }
    if words!("fortnight fortnights quinzaine").has(&token.folded) {
        return Some(14);
    }
    if words!("month months monat monate monaten mois mese mesi maand maanden").has(&token.folded) {
        return Some(30);
    }
    week.has(&token.folded).then_some(7)
}

fn is_ordered(word: &str) -> bool {
    words!("ordered bestellt commande commandee ordinato ordinata pedido besteld").has(word)
}

fn is_available(word: &str) -> bool {
    words!("available verfugbar lieferbar disponible disponibile beschikbaar").has(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUOTE: &str = "we take the 8\n\n> - [HS-200] Heat sink: ordered 20, available 8\n\
        > 2) Wait: we order the missing pieces (about 14 days)\n";

    #[test]
    fn the_quote_tells_its_figures() {
        let new = 0..14;
        let offer = Offer::quoted(&Scan::new(Part::Text, QUOTE, std::slice::from_ref(&new)));
        assert!(offer.has(8) && !offer.has(20) && !offer.has(12));
        assert!(offer.awaits(12) && offer.awaits(20) && !offer.awaits(8));
        assert!(offer.lacks(12) && !offer.lacks(20));
        let named = Scan::whole(Part::Text, "HS-200 and HS-2001");
        assert!(offer.has_any() && offer.names(&named, 0).is_some());
        assert!((1..named.tokens.len()).all(|at| offer.names(&named, at).is_none()));
        assert_eq!((offer.bears(7), offer.bears(14)), (Some(false), Some(true)));
    }

    #[test]
    fn what_is_newly_written_is_no_quote() {
        let offer = Offer::quoted(&Scan::whole(Part::Text, QUOTE));
        assert!(!offer.has(8) && !offer.awaits(20));
        assert_eq!(offer.bears(14), None);
    }

    #[test]
    fn several_short_products_explain_no_number() {
        let quote = format!("{QUOTE}> - [HS-100] Heat sink: ordered 5, available 1\n");
        let new = 0..14;
        let offer = Offer::quoted(&Scan::new(Part::Text, &quote, std::slice::from_ref(&new)));
        assert!(!offer.has(8) && !offer.has(1) && !offer.awaits(5));
    }
}

//! The amount that a text says: '20', '20 pcs', '2 boxes of 25', 'half a dozen'.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::reading::draft::{Amount, Desk};
use crate::reading::names::index::begins_apart;
use crate::reading::text::number_words;
use crate::reading::text::numbers::{self, Number};
use crate::reading::text::units::{self, Unit};
use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::Lang;

/// An amount found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AmountHit {
    /// What it says.
    pub(crate) amount: Amount,
    /// Index of the token after it.
    pub(crate) end: usize,
    /// It has a unit or a multiplication sign, so that it can hardly be anything else.
    pub(crate) marked: bool,
}

/// Words that make a number unsure.
pub(crate) fn is_approximate(word: &str) -> bool {
    words!(
        "about approx approximately around roughly circa ca some maximum max minimum min least \
        most up ish maybe perhaps etwa ungefahr rund zirka mindestens hochstens maximal minimal \
        vielleicht environ approximativement quelque quelques minimo massimo almeno forse peut \
        several mehrere einige plusieurs alcuni alcune unos aprox ongeveer over under good gute guten gutes gut knapp knappe bonne bon petite buona buon buena goed goede krap"
    )
    .has(word)
}

/// The amount that begins at a token: `20`, `20 pcs`, `a dozen`, `2 boxes of 25`, `3 x`.
pub(crate) fn amount_at(scan: &Scan<'_>, at: usize, desk: &Desk<'_>) -> Option<AmountHit> {
    amount_within(scan, at, usize::MAX, desk)
}

/// 'The plain one (HS-100)', 'this one': a word for the goods, and no number of them.
fn stands_for_goods(scan: &Scan<'_>, at: usize) -> bool {
    let word = |back: usize| {
        at.checked_sub(back)
            .and_then(|at| scan.token(at))
            .filter(|t| t.kind == Kind::Word)
            .map_or("", |t| t.folded.as_str())
    };
    let points = |back: usize| words!("the this that these those each every").has(word(back));
    let parts = |back: usize| words!("and or with by for of in plus").has(word(back));
    scan.token(at).is_some_and(|t| t.folded == "one")
        && (points(1) || points(2) && !word(1).is_empty() && !parts(1))
}

/// The same, with no look at the tokens from `limit` on.
pub(crate) fn amount_within(
    scan: &Scan<'_>,
    at: usize,
    limit: usize,
    desk: &Desk<'_>,
) -> Option<AmountHit> {
    let first = scan.token(at)?;
    let digits = first.kind == Kind::Digits;
    let apart = begins_apart(scan, at) || digits && after_times(scan, at);
    if !apart || stands_for_goods(scan, at) {
        return None;
    }
    let (number, mut end) = match number_at(scan, at, desk) {
        Some(found) => found,
        None => article_before_unit(scan, at)?,
    };
    let mut number = number;
    if digits && end < limit && hangs_on(scan, end) {
        return None;
    }
    let mut unit = None;
    let mut content = None;
    let mut marked = false;
    if end >= limit {
        let amount = Amount::Of { number, unit, content };
        return (end == limit).then_some(AmountHit { amount, end, marked });
    }
    // '20-30', '10 or 12', '10 to 12'
    let mut bad = is_range(scan, end, desk);
    if scan.token(end).is_some_and(|t| t.is_any("+~")) && digits {
        bad |= scan.token(end).is_some_and(|t| t.glued);
    }
    let times = |at: usize| scan.token(at).is_some_and(|t| matches!(t.folded.as_str(), "x" | "*"));
    if times(end) {
        end += 1;
        marked = true;
    }
    if let Some((found, next)) = units::unit_at(scan, end).filter(|(_, next)| *next <= limit) {
        marked = true;
        // A Dutch 'dozen' is a number of boxes, an English one twelve.
        let dozen = scan.token(end).is_some_and(|t| t.folded == "dozen");
        let found = match desk.lang {
            Some(Lang::Nl) if dozen => Unit::Pack(units::Pack::Box),
            Some(Lang::En) => found,
            _ => {
                bad |= dozen;
                found
            }
        };
        bad |= is_few(scan, end);
        unit = Some(found);
        end = next;
        // 'Une tonne et demie'
        if let (Some(after), Some(value)) = (and_a_half(scan, end), number.plain()) {
            number = Number::Plain(value + Decimal::new(5, 1));
            end = after;
        }
        if let Unit::Pack(_) = found {
            if let Some((held, next)) = content_at(scan, end).filter(|(_, next)| *next <= limit) {
                content = Some(held);
                end = next;
            }
        } else if found == Unit::Pieces(1) && scan.token(end).is_some_and(|t| t.folded == "x") {
            end += 1;
        }
    }
    if let Some(ish) = scan.token(end).filter(|t| t.is('-') && t.glued) {
        let _ = ish;
        bad |= scan.token(end + 1).is_some_and(|t| t.glued && is_approximate(&t.folded));
    }
    let amount = if bad { Amount::Bad } else { Amount::Of { number, unit, content } };
    Some(AmountHit { amount, end, marked })
}

/// The digits of 'x2' and '×2'.
fn after_times(scan: &Scan<'_>, at: usize) -> bool {
    at >= 1 && scan.token(at - 1).is_some_and(|t| matches!(t.folded.as_str(), "x" | "*"))
}

fn number_at(scan: &Scan<'_>, at: usize, desk: &Desk<'_>) -> Option<(Number, usize)> {
    if let Some(found) = numbers::digits_at(scan, at) {
        // '2 dozen' is a unit's matter; '24 (twenty-four)' says it twice.
        return Some(found);
    }
    if let Some(half) = with_half(scan, at) {
        return Some(half);
    }
    let (value, end) = number_words::words_at(scan, at, desk.lang)
        .or_else(|| number_words::words_at(scan, at, None))?;
    match and_a_half(scan, end) {
        Some(after) => Some((Number::Plain(value + Decimal::new(5, 1)), after)),
        None => Some((Number::Plain(value), end)),
    }
}

/// 'One and a half', 'une tonne et demie', 'una tonnellata e mezza': where the half ends.
fn and_a_half(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    match (word(at), word(at + 1), word(at + 2)) {
        ("and", "a", "half") => Some(at + 3),
        ("et", "demi" | "demie", _) | ("e", "mezzo" | "mezza", _) | ("y", "medio" | "media", _) => {
            Some(at + 2)
        }
        _ => None,
    }
}

/// 'Anderthalb', 'zweieinhalb', before a unit.
fn with_half(scan: &Scan<'_>, at: usize) -> Option<(Number, usize)> {
    let halves = match scan.token(at)?.folded.trim_end_matches('e') {
        "anderthalb" | "eineinhalb" => 15,
        "zweieinhalb" => 25,
        "dreieinhalb" => 35,
        "viereinhalb" => 45,
        _ => return None,
    };
    units::unit_at(scan, at + 1)?;
    Some((Number::Plain(Decimal::new(halves, 1)), at + 1))
}

/// 'Ein paar' are some, where 'ein Paar' are two; so are 'un paio di'.
fn is_few(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let before = at.checked_sub(1).map_or("", word);
    let small = scan.token(at).is_some_and(|t| scan.words(t.span).starts_with(char::is_lowercase));
    match word(at) {
        "paar" => {
            small
                && !before.bytes().any(|b| b.is_ascii_digit())
                && words!("ein einem die een").has(before)
        }
        "paio" => before == "un" && word(at + 1) == "di",
        _ => false,
    }
}

/// 'a dozen', 'ein Karton', 'une paire': one of a unit.
fn article_before_unit(scan: &Scan<'_>, at: usize) -> Option<(Number, usize)> {
    let word = scan.token(at)?.folded.as_str();
    let article = words!("a an one ein eine einen un une una uno een").has(word);
    let one = Number::Plain(Decimal::ONE);
    if let Some(end) = half_before_dozen(scan, at) {
        return Some((Number::Plain(Decimal::new(5, 1)), end));
    }
    if article {
        let (unit, _) = units::unit_at(scan, at + 1)?;
        // 'A m' is hardly one metre.
        let long = scan.token(at + 1).is_some_and(|t| t.folded.chars().count() >= 4);
        let counts = matches!(unit, Unit::Pieces(_) | Unit::Pack(_))
            || long && matches!(unit, Unit::Weight(_) | Unit::Length(_));
        return counts.then_some((one, at + 1));
    }
    // 'dozen' alone; 'a couple of dozen' are some
    let (unit, _) = units::unit_at(scan, at)?;
    let some = at.checked_sub(1).and_then(|at| scan.token(at)).is_some_and(|t| {
        words!("of de di d couple few several some many paar einige mehrere wenige viele quelques plusieurs alcune diverse unas algunas enkele").has(&t.folded)
    });
    (matches!(unit, Unit::Pieces(12)) && !some).then_some((one, at))
}

/// 'half a dozen', 'ein halbes Dutzend', 'une demi-tonne', 'mezza dozzina': the token of dozen or tonne.
fn half_before_dozen(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let from = at + usize::from(matches!(word(at), "a" | "ein" | "une" | "una" | "un" | "een"));
    let half = matches!(
        word(from),
        "half" | "halbes" | "halbe" | "halb" | "demi" | "mezza" | "media" | "halve"
    );
    let skip = usize::from(matches!(word(from + 1), "a" | "-"));
    let end = from + 1 + skip;
    // 'Half a box' is no number of pieces for sure.
    let parted = match units::unit_at(scan, end) {
        Some((Unit::Pieces(12 | 144), _)) => true,
        Some((Unit::Weight(_) | Unit::Length(_), _)) => word(end).chars().count() >= 4,
        _ => false,
    };
    (half && parted).then_some(end)
}

/// How many a package holds: 'of 25', 'à 100', 'zu je 50'.
pub(crate) fn content_at(scan: &Scan<'_>, at: usize) -> Option<(Decimal, usize)> {
    let mut next = at;
    while scan.token(next).is_some_and(|t| {
        words!("of a zu je de da with mit con x van per").has(&t.folded) || t.is_any("(@")
    }) {
        next += 1;
    }
    if next == at || next > at + 3 {
        return None;
    }
    let (number, mut end) = numbers::digits_at(scan, next)?;
    let held = number.plain()?;
    // 'boxes of 40117' or 'of 100 mm rings': a code or a size, not a content.
    if hangs_on(scan, end) {
        return None;
    }
    match units::unit_at(scan, end) {
        Some((unit, after)) if units::is_base(unit) => end = after,
        Some((Unit::Length(_), _)) => return None,
        _ => {}
    }
    if scan.token(end).is_some_and(|t| t.is(')')) && scan.run(at..next).contains('(') {
        end += 1;
    }
    Some((held, end))
}

/// Whether letters or joining marks hang on digits so that they are no number: `5G`, `48-pin`,
/// `14:30`, `5%`, `2nd`.
fn hangs_on(scan: &Scan<'_>, end: usize) -> bool {
    let Some(after) = scan.token(end).filter(|t| t.glued) else {
        return scan.token(end).is_some_and(|t| t.is('%'));
    };
    match after.kind {
        Kind::Digits => true,
        Kind::Word => after.folded != "x" && units::unit_at(scan, end).is_none(),
        Kind::Mark => {
            after.is('%')
                || (after.is_any("-/:._–°")
                    && scan.token(end + 1).is_some_and(|t| t.glued && t.is_alnum())
                    && !ishy(scan, end))
        }
    }
}

fn ishy(scan: &Scan<'_>, end: usize) -> bool {
    let range = scan.token(end).is_some_and(|t| t.is_any("-–"))
        && scan.token(end + 1).is_some_and(|t| t.kind == Kind::Digits);
    range || scan.token(end + 1).is_some_and(|t| t.folded == "ish")
}

fn is_range(scan: &Scan<'_>, end: usize, desk: &Desk<'_>) -> bool {
    let Some(joint) = scan.token(end) else { return false };
    // The dash of the next line is its bullet.
    let leads = scan.lines.get(joint.line).is_some_and(|l| l.tokens.start == end);
    if leads && joint.kind == Kind::Mark {
        return false;
    }
    let joins =
        joint.is_any("-–/~") || words!("or to oder bis ou a o oppure of tot").has(&joint.folded);
    if !joins {
        return false;
    }
    let dash = joint.is_any("-–/~");
    let after = end + 1;
    let number = numbers::digits_at(scan, after).is_some()
        || number_words::words_at(scan, after, desk.lang).is_some();
    // '10 - 12 pcs' is a range, '10 - HS-100' is not; '2 of 5' is no range of English.
    let apart = !dash || scan.token(after).is_some_and(|t| t.glued || t.kind == Kind::Digits);
    let english_of = joint.folded == "of" && desk.lang != Some(crate::reading::types::Lang::Nl);
    let a = joint.folded == "a" && scan.words(joint.span) != "a";
    number && apart && !english_of && !a
}

/// The quantity that a whole value says.
pub(crate) fn quantity(scan: &Scan<'_>, value: Range<usize>, desk: &Desk<'_>) -> Option<Amount> {
    let mut at = value.start;
    while at < value.end && scan.token(at).is_some_and(|t| t.is_any("(:=*~\"'")) {
        at += 1;
    }
    if at >= value.end {
        return None;
    }
    let negative = scan.token(at).is_some_and(|t| t.is_any("-–−"));
    if negative {
        return Some(Amount::Bad);
    }
    // 'x 20', 'each 20'
    if scan.token(at).is_some_and(|t| matches!(t.folded.as_str(), "x" | "je" | "each")) {
        at += 1;
    }
    // 'n. 8', 'nr. 12': so many, in Italian and German forms.
    let numbered =
        scan.token(at).is_some_and(|t| words!("n nr num").has(&t.folded) && t.kind == Kind::Word);
    if numbered && scan.token(at + 1).is_some_and(|t| t.is('.') && t.glued) && at + 2 < value.end {
        at += 2;
    }
    let unit_first =
        units::unit_at(scan, at).filter(|_| scan.token(at).is_some_and(|t| t.kind == Kind::Word));
    if scan.token(at).is_some_and(|t| scan.words(t.span) == "paar") {
        return Some(Amount::Bad);
    }
    if let Some((unit, next)) = unit_first.filter(|(u, _)| !matches!(u, Unit::Pieces(12))) {
        // 'pcs 20'
        let hit = amount_within(scan, next, value.end, desk).filter(|hit| hit.end >= value.end)?;
        return match hit.amount {
            Amount::Of { number, unit: None, content } => {
                Some(Amount::Of { number, unit: Some(unit), content })
            }
            _ => Some(Amount::Bad),
        };
    }
    let Some(hit) = amount_within(scan, at, value.end, desk) else {
        return Some(Amount::Bad);
    };
    if harmless(scan, hit.end..value.end, hit.amount, desk) {
        Some(hit.amount)
    } else {
        Some(Amount::Bad)
    }
}

/// Whether what stands behind a quantity takes nothing of its meaning.
fn harmless(scan: &Scan<'_>, rest: Range<usize>, amount: Amount, desk: &Desk<'_>) -> bool {
    let mut at = rest.start;
    let mut depth = 0_u32;
    while at < rest.end {
        let Some(token) = scan.token(at) else { break };
        match token.kind {
            Kind::Mark if token.is_any("([") => depth += 1,
            Kind::Mark if token.is_any(")]") => depth = depth.saturating_sub(1),
            Kind::Mark => {
                if token.is_any("?~") {
                    return false;
                }
            }
            Kind::Digits => return same_number(scan, at, amount, desk),
            Kind::Word => {
                // '20 off': so many pieces, in English workshops.
                if token.folded == "off" && at == rest.start && !token.glued {
                    at += 1;
                    continue;
                }
                // '2 (boxes)', '20 per week'
                let packs = matches!(units::unit_at(scan, at), Some((Unit::Pack(_), _)))
                    && matches!(amount, Amount::Of { unit: None, .. });
                if packs || is_time(&token.folded) {
                    return false;
                }
                if let Some((value, next)) = number_words::words_at(scan, at, desk.lang)
                    .or_else(|| number_words::words_at(scan, at, None))
                {
                    let same =
                        matches!(amount, Amount::Of { number: Number::Plain(n), .. } if n == value);
                    if !same {
                        return false;
                    }
                    at = next;
                    continue;
                }
                let polite = words!("please only bitte nur svp s il vous plait total in pro insgesamt gesamt au per favore \
        pcs pieces stuck pezzi and of the each merci danke thanks loose lose einzeln sfusi sciolti vrac").has(&token.folded);
                let unsure = is_approximate(&token.folded)
                    || matches!(token.folded.as_str(), "or" | "oder" | "ou" | "oppure" | "so");
                if unsure || (depth == 0 && !polite && units::unit_at(scan, at).is_none()) {
                    return false;
                }
            }
        }
        at += 1;
    }
    true
}

fn is_time(word: &str) -> bool {
    words!(
        "day week month quarter year tag woche monat quartal jahr jour semaine mois trimestre an giorno settimana mese anno dia semana mes ano dag maand jaar"
    )
    .has(word)
}

/// '2 (two)' says the same twice; '2 (= 50 pcs)' does not.
fn same_number(scan: &Scan<'_>, at: usize, amount: Amount, _: &Desk<'_>) -> bool {
    let again = numbers::digits_at(scan, at).and_then(|(n, _)| n.plain());
    matches!(amount, Amount::Of { number: Number::Plain(n), unit: None | Some(Unit::Pieces(1)), .. } if Some(n) == again)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::draft::at_desk;
    use crate::reading::types::Part;

    fn count(value: &str) -> Option<String> {
        at_desk(&[("HS-100", "Heat sink")], |desk| {
            let scan = Scan::whole(Part::Text, value);
            match quantity(&scan, 0..scan.tokens.len(), desk)? {
                Amount::Of { number: Number::Plain(n), .. } => Some(n.to_string()),
                _ => Some("bad".to_owned()),
            }
        })
    }

    #[test]
    fn a_value_says_how_many() {
        for (value, want) in [
            ("8", "8"),
            ("n. 8", "8"),
            ("nr. 12", "12"),
            ("x 20", "20"),
            ("25 ex.", "25"),
            ("25 nos.", "25"),
            ("20 off", "20"),
            ("pcs 20", "20"),
            ("n. 8 o 9", "bad"),
            ("-3", "bad"),
            ("nr. tbd", "bad"),
            ("n.", "bad"),
        ] {
            assert_eq!(count(value).as_deref(), Some(want), "{value}");
        }
    }
}

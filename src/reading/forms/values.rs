//! The value of one field or table cell: a product or a date.

use std::ops::Range;

use chrono::Datelike as _;

use super::labels::Label;
use crate::reading::dates::{self, Calendar, When};
use crate::reading::dates::{hours, same_days};
use crate::reading::draft::{Desk, Named};
use crate::reading::names::NameHit;
use crate::reading::names::index::{CodeKind, code_like};
use crate::reading::prose::amounts::is_approximate;
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::text::noise;
use crate::reading::text::{Kind, Scan, words};

/// What a date's value says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateValue {
    /// A date, or words that try to be one.
    When(When),
    /// 'As soon as possible': no day is wished.
    Soon,
    /// No date in it.
    Unreadable,
    /// Empty.
    Nothing,
}

const SOON: &[&str] = &[
    "asap",
    "as soon as possible",
    "soonest",
    "immediately",
    "urgent",
    "urgently",
    "at once",
    "so rasch wie moglich",
    "so schnell wie moglich",
    "schnellstmoglich",
    "sofort",
    "dringend",
    "baldmoglichst",
    "raschmoglichst",
    "so bald wie moglich",
    "so bald als moglich",
    "sobald wie moglich",
    "sobald als moglich",
    "umgehend",
    "ab lager",
    "des que possible",
    "au plus vite",
    "le plus vite possible",
    "le plus rapidement possible",
    "al piu presto",
    "appena possibile",
    "il prima possibile",
    "urgente",
    "subito",
    "lo antes posible",
    "zo snel mogelijk",
    "zsm",
    "no rush",
    "no hurry",
    "any time",
    "anytime",
    "open",
    "flexible",
    "egal",
    "keine eile",
    "pas urgent",
    "nicht dringend",
];

/// The date that a whole value says, and whether it is said to hold for all lines.
pub(crate) fn date(scan: &Scan<'_>, value: Range<usize>, desk: &Desk<'_>) -> (DateValue, bool) {
    if value.is_empty() {
        return (DateValue::Nothing, false);
    }
    let folded = scan.folded(value.clone());
    if SOON.iter().any(|soon| folded.starts_with(soon)) {
        return (DateValue::Soon, false);
    }
    if let Some(day) = digits_of_day(scan, value.clone()) {
        return (DateValue::When(When::Day(day)), false);
    }
    let calendar = desk.calendar();
    let Some((at, when, end)) = first_day(scan, value.clone(), calendar) else {
        let dashes = value.clone().all(|i| scan.token(i).is_some_and(|t| t.is_any("-–/.")));
        return if dashes { (DateValue::Nothing, false) } else { (DateValue::Unreadable, false) };
    };
    // A number before the date that is no part of it makes it unsure.
    let before = value.start..at;
    let digits = before.clone().any(|i| scan.token(i).is_some_and(|t| t.kind == Kind::Digits));
    let week = names_week_of(scan, before.clone(), when);
    let mut vague = digits && !week;
    let mut all = false;
    let aside = past_behind(scan, end.min(value.end)..value.end, calendar);
    let hours = hours::of(scan, end.min(value.end)..value.end);
    let beside = |place: &usize| !aside.contains(place) && !hours.contains(place);
    for place in (end.min(value.end)..value.end).filter(beside) {
        let Some(token) = scan.token(place) else { continue };
        let word = token.folded.as_str();
        all |= words!("all everything alle alles tout tous toutes tutti tutto tutte todo gesamt")
            .has(word);
        vague |= words!("or oder ou oppure latest_ ish maybe perhaps vielleicht confirmed confirm bestatigt bestatigen confirmer confermare tbc tbd").has(word)
            || token.is('?');
        let time = token.kind == Kind::Digits
            && (scan.token(place + 1).is_some_and(|t| {
                t.is_any(":h") || matches!(t.folded.as_str(), "h" | "uhr" | "am" | "pm" | "heures")
            }) || scan.token(place.saturating_sub(1)).is_some_and(|t| t.is(':')));
        // ', Anlieferung Tor 3'
        let of_noun = place > end + 1
            && scan
                .token(place - 1)
                .is_some_and(|t| crate::reading::text::noise::is_role(&t.folded));
        if token.kind == Kind::Digits && !time && !of_noun {
            vague = true;
        }
    }
    let approximate = before
        .clone()
        .any(|i| scan.token(i).is_some_and(|t| is_approximate(&t.folded) && t.folded != "latest"));
    vague |= approximate;
    vague |= is_of_else(scan, &value, &(at..end), desk);
    // The first day that would do, or the day of a part.
    let outside = |run: Range<usize>| scan.tokens.get(run).unwrap_or_default().iter();
    vague |= outside(before).any(|t| {
        words!("not before nicht vor earliest fruhestens after nach pas avant apres partir non prima dopo dal from")
            .has(&t.folded)
            && !matches!(t.folded.as_str(), "avant" | "before" | "vor" | "prima")
    });
    vague |= outside(end.min(value.end)..value.end).any(|t| {
        words!("half later rest halfte spater moitie reste meta resto teil part partie parte then")
            .has(&t.folded)
    });
    let rest = end.min(value.end)..value.end;
    vague |= takes_back(scan, rest.clone()) && !is_overruled(scan, rest);
    let when = if vague && !matches!(when, When::Impossible) { When::Vague } else { when };
    (DateValue::When(when), all)
}

/// The day that a value says first, with what tells it again: where it stands, and the token behind.
fn first_day(
    scan: &Scan<'_>,
    value: Range<usize>,
    calendar: Calendar,
) -> Option<(usize, When, usize)> {
    let (at, when, end) = (value.start..value.end).take(8).find_map(|at| {
        let (when, end) = dates::date_at(scan, at, calendar)?;
        Some((at, when, end))
    })?;
    // 'KW 39, spätestens Freitag 26.09.2025': the day goes before its week.
    let later = (end..value.end).take(8).filter(|_| when == When::Vague).find_map(|from| {
        let (day, end) = dates::date_at(scan, from, calendar)?;
        names_week_of(scan, value.start..from, day).then_some((from, day, end))
    });
    let (at, when, end) = later.unwrap_or((at, when, end));
    let end = same_days::worded_before(scan, when, at..end, value.end, calendar).unwrap_or(end);
    let told = same_days::told_again(scan, when, end..value.end, calendar);
    told.map(|(when, end)| (at, when, end)).or(Some((at, when, end)))
}

/// '20250704', as programs write days.
fn digits_of_day(scan: &Scan<'_>, value: Range<usize>) -> Option<chrono::NaiveDate> {
    let token = scan.token(value.start).filter(|t| t.kind == Kind::Digits && value.len() == 1)?;
    let whole = token.folded.len() == 8 && token.folded.starts_with("20");
    chrono::NaiveDate::parse_from_str(&token.folded, "%Y%m%d").ok().filter(|_| whole)
}

/// 'Bis 11. Mai haben wir Betriebsferien', 'Delivery of the pump bodies on 12 May': the day of something
/// else, or of some of the goods.
fn is_of_else(scan: &Scan<'_>, value: &Range<usize>, day: &Range<usize>, desk: &Desk<'_>) -> bool {
    const SHORT: usize = 4;
    let names = &desk.catalog.index().names;
    // 'Levering van de pomphuizen op 12 mei'
    let of = scan
        .token(value.start)
        .is_some_and(|t| words!("of von van du des della dei delle del").has(&t.folded));
    let named = of && value.start + 2 < day.start;
    named || value.clone().filter(|at| !day.contains(at)).any(|at| {
        let Some(token) = scan.token(at).filter(|t| t.kind == Kind::Word) else { return false };
        let said = token.folded.as_str();
        let article = at > value.start
            && scan.token(at - 1).is_some_and(|t| {
                words!("the der die das den des le la les l des i il gli le dei delle los las de het").has(&t.folded)
            });
        crate::reading::dates::guards::is_feast(said) || words!("ferien betriebsferien urlaub holiday holidays vacances ferie vacaciones vakantie closed geschlossen ferme chiuso cerrado gesloten confirmed bald gauw bientot messe fair")
            .has(said)
            || (article || at < day.start)
                && said.chars().count() >= SHORT
                && names.knows(token)
                && !crate::reading::text::lang::is_common(said)
    })
}

/// 'KW 39, spätestens Freitag 26.09.2025': the number of the week that the day is in.
fn names_week_of(scan: &Scan<'_>, before: Range<usize>, when: When) -> bool {
    let mut digits =
        before.clone().filter(|at| scan.token(*at).is_some_and(|t| t.kind == Kind::Digits));
    let (Some(at), None) = (digits.next(), digits.next()) else { return false };
    let week = at > before.start
        && scan.token(at - 1).is_some_and(|t| {
            words!("kw cw wk week woche kalenderwoche semaine sem settimana sett semana")
                .has(&t.folded)
        });
    let number = scan.token(at).and_then(|t| t.folded.parse().ok());
    week && when.day().is_some_and(|day| Some(day.iso_week().week()) == number)
}

/// A day that is gone, behind the wished one: '4 July, same terms as your delivery of 20 February'.
fn past_behind(scan: &Scan<'_>, run: Range<usize>, calendar: Calendar) -> Range<usize> {
    let mut gone = run.clone().filter(|at| {
        let of = at.checked_sub(1).and_then(|at| scan.token(at));
        of.is_some_and(|t| words!("of from vom du del dal van").has(&t.folded))
    });
    let past = |(when, end): (When, usize)| {
        let (day, today) = (when.day()?, calendar.today?);
        (day < today).then_some(end)
    };
    gone.find_map(|at| Some(at..dates::date_at(scan, at, calendar).and_then(past)?))
        .unwrap_or(run.end..run.end)
}

/// Whether a value says that there is none: nothing but dashes, or a word for it.
pub(crate) fn says_none(scan: &Scan<'_>, value: Range<usize>) -> bool {
    if value.clone().all(|i| scan.token(i).is_some_and(|t| t.is_any("-–—/."))) {
        return true;
    }
    let folded = scan.folded(value);
    [
        "none",
        "nil",
        "nothing",
        "n / a",
        "na",
        "not needed",
        "keine",
        "keiner",
        "keines",
        "kein",
        "nichts",
        "entfallt",
        "leer",
        "empty",
        "( empty )",
        "( leer )",
        "( vide )",
        "vide",
        "( vuoto )",
        "vuoto",
        "keine angabe",
        "( keine angabe )",
        "not specified",
        "not given",
        "non renseigne",
        "non specificato",
        "aucun",
        "aucune",
        "rien",
        "neant",
        "nessuno",
        "nessuna",
        "niente",
        "ninguno",
        "nada",
        "geen",
        "niets",
    ]
    .contains(&folded.trim_end_matches([' ', '.']))
}

/// How sure a named product is.
pub(crate) const BY_CODE: u8 = 99;
/// By its whole name.
pub(crate) const BY_NAME: u8 = 95;
/// By a part of its name that no other product has.
pub(crate) const BY_PART: u8 = 85;

/// The product that a whole value names, with its certainty.
pub(crate) fn product(
    scan: &Scan<'_>,
    mut value: Range<usize>,
    label: Label,
    desk: &Desk<'_>,
) -> (Named, u8) {
    // '#21': the sign says that a number follows.
    value.start += usize::from(noise::is_number_sign(scan, &value));
    if !value.clone().any(|i| scan.token(i).is_some_and(crate::reading::text::Token::is_alnum)) {
        return (Named::Nothing, 0);
    }
    let index = desk.catalog.index();
    let mut coded: Vec<Vec<u32>> = Vec::new();
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut at = value.start;
    while at < value.end {
        let hit = index.code_at(scan, at, desk.domain).filter(|hit| hit.end <= value.end);
        // A number inside words is a size, not a code.
        let number =
            scan.run(at..hit.as_ref().map_or(at, |h| h.end)).bytes().all(|b| b.is_ascii_digit());
        let fits = |hit: &crate::reading::names::index::CodeHit| match label {
            Label::Name => hit.kind == CodeKind::Reference && !number,
            Label::Barcode => hit.kind == CodeKind::Barcode,
            _ => {
                !number
                    || at == value.start
                    || hit.kind == CodeKind::Barcode
                    || in_brackets(scan, at)
                    || labelled(scan, value.start, at)
            }
        };
        match hit.filter(fits) {
            Some(hit) => {
                taken.push(at..hit.end);
                at = hit.end;
                coded.push(hit.products);
            }
            None => at += 1,
        }
    }
    let first = scan.token(value.start);
    let number = first.filter(|t| t.kind == Kind::Digits && alone(scan, value.clone()));
    if let Some(token) = number.filter(|_| label == Label::Product) {
        let by_id = scan.words(token.span).parse().ok().and_then(|id| index.id(id));
        let leading_zero = token.folded.starts_with('0');
        if let Some(place) = by_id.filter(|_| !leading_zero) {
            if taken.first().is_some_and(|t| t.start == value.start) {
                // The number is an id and a code: of one product, or it cannot be told.
                if let Some(codes) = coded.first_mut().filter(|codes| !codes.contains(&place)) {
                    codes.push(place);
                }
            } else {
                taken.push(value.start..value.start + 1);
                coded.push(vec![place]);
            }
        }
    }
    let second = number.is_some() && names_two(scan, value.clone());
    // 'Product ID: 2 BV-25' is a number too many.
    let stray = number.is_none()
        && first.is_some_and(|t| t.kind == Kind::Digits)
        && taken.iter().any(|t| t.start == value.start + 1)
        && !taken.iter().any(|t| t.start == value.start);
    if stray || second {
        return (Named::Contradiction, 0);
    }
    let names = names_outside(scan, value.clone(), &taken, desk);
    match judge(scan, value.clone(), &coded, &taken, &names, desk) {
        // 'HS-100 (cancelled)', 'HS-100 if in stock'
        (Named::One(place), _)
            if says_otherwise(&beside_name(scan, value.clone(), place, desk)) =>
        {
            (Named::Several(vec![place]), 0)
        }
        named => named,
    }
}

/// 'Montagewinkel lang, Artikelnummer: 40118': a label within a value says that a code follows.
fn labelled(scan: &Scan<'_>, start: usize, at: usize) -> bool {
    let colon =
        at.checked_sub(1).filter(|c| *c > start && scan.token(*c).is_some_and(|t| t.is(':')));
    let parts =
        |at: &usize| scan.token(*at).is_some_and(|t| t.is_any(",;(-–—") && !t.glued || t.is(','));
    colon.is_some_and(|colon| {
        let from = (start..colon).rev().find(parts).map_or(start, |mark| mark + 1);
        let said: String = scan.run(from..colon).chars().filter(|c| c.is_alphanumeric()).collect();
        words!(
            "artikelnummer artikelnr artnr sku itemno itemnumber partno partnumber articleno articlenumber productcode itemcode codearticle codicearticolo \
             codart codearticolo artikelcode"
        )
        .has(&crate::reading::text::fold(&said))
    })
}

/// A bare number under 'our item no.' that the catalogue does not know as the customer's: it counts
/// in the customer's own books, even where one of our codes is the same number.
pub(crate) fn is_number_of_theirs(scan: &Scan<'_>, value: Range<usize>, desk: &Desk<'_>) -> bool {
    let digits = |at: usize| scan.token(at).is_some_and(|t| t.kind == Kind::Digits);
    value.len() == 1 && digits(value.start) && {
        let hit = desk.catalog.index().code_at(scan, value.start, desk.domain);
        hit.is_none_or(|hit| hit.kind == CodeKind::Reference)
    }
}

/// 'Unless another date is given with the item': a line's own date goes before that for all.
fn is_overruled(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let has = |words: &crate::reading::text::WordList| {
        run.clone().any(|at| scan.token(at).is_some_and(|t| words.has(&t.folded)))
    };
    has(words!("unless except sofern wenn falls ausser sauf excepte salvo tranne"))
        && has(words!(
            "item items line lines otherwise stated given noted specified indicated position positionen artikel \
             zeile angegeben vermerkt anders ligne article indique indiquee contraire mention riga articolo indicato \
             indicata diversamente"
        ))
        && !has(words!("stock lager magazzino price preis prix prezzo"))
}

/// Whether words in a value take it back or set it a condition.
fn takes_back(scan: &Scan<'_>, run: Range<usize>) -> bool {
    run.len() >= 2 && says_otherwise(&scan.folded(run))
}

fn says_otherwise(folded: &str) -> bool {
    cues::of(folded).has(Cues::CANCEL.and(Cues::CONDITION).and(Cues::CORRECTION))
        || crate::reading::names::belongings::are_meant(folded)
}

/// The folded words of a value beside those of the product's own names: a 'cancello' is a gate.
pub(crate) fn beside_name(
    scan: &Scan<'_>,
    value: Range<usize>,
    place: u32,
    desk: &Desk<'_>,
) -> String {
    let names = desk.catalog.product(place).map(|product| {
        product.all_names().map(|(_, name)| crate::reading::text::fold(name)).collect::<Vec<_>>()
    });
    let names = names.unwrap_or_default();
    let own = |word: &str| names.iter().any(|name| name.contains(word));
    let tokens = scan.tokens.get(value).unwrap_or_default();
    let words = tokens.iter().map(|t| if own(&t.folded) { "_" } else { t.folded.as_str() });
    words.collect::<Vec<_>>().join(" ")
}

/// 'Product ID: 21, 22' names two.
fn names_two(scan: &Scan<'_>, value: Range<usize>) -> bool {
    let digits = |at: usize| scan.token(at).is_some_and(|t| t.kind == Kind::Digits);
    let joins = |at: usize| {
        scan.token(at).is_some_and(|t| {
            t.is_any(",;/&+") || words!("and und et e y en or oder ou o oppure of").has(&t.folded)
        })
    };
    let ends = |at: usize| at >= value.end || joins(at);
    (value.start + 1..value.end).any(|at| digits(at) && joins(at - 1) && ends(at + 1))
}

fn in_brackets(scan: &Scan<'_>, at: usize) -> bool {
    at >= 1 && scan.token(at - 1).is_some_and(|t| t.is_any("(["))
}

/// Whether the number that begins a value stands by itself: nothing behind it, or a bracket,
/// dash or comma.
fn alone(scan: &Scan<'_>, value: Range<usize>) -> bool {
    let Some(next) = scan.token(value.start + 1).filter(|_| value.start + 1 < value.end) else {
        return true;
    };
    !next.glued && next.is_any("(-–:,/[")
        || next.is_any("(:,;.)")
            && !scan
                .token(value.start + 2)
                .is_some_and(|t| t.glued && t.kind == Kind::Digits && value.start + 2 < value.end)
}

/// Names in a value, outside the codes.
pub(crate) fn names_outside(
    scan: &Scan<'_>,
    value: Range<usize>,
    taken: &[Range<usize>],
    desk: &Desk<'_>,
) -> Vec<NameHit> {
    let mut hits = Vec::new();
    let mut from = value.start;
    let mut sorted: Vec<Range<usize>> = taken.to_vec();
    sorted.sort_by_key(|r| r.start);
    for code in sorted.into_iter().chain(std::iter::once(value.end..value.end)) {
        if from < code.start {
            hits.extend(desk.catalog.index().names.find(scan, from..code.start));
        }
        from = from.max(code.end);
    }
    hits
}

/// One product out of codes and names, or why not.
fn judge(
    scan: &Scan<'_>,
    value: Range<usize>,
    coded: &[Vec<u32>],
    taken: &[Range<usize>],
    names: &[NameHit],
    desk: &Desk<'_>,
) -> (Named, u8) {
    if let Some((first, rest)) = coded.split_first() {
        let mut candidates = first.clone();
        for other in rest {
            let both: Vec<u32> = candidates.iter().copied().filter(|p| other.contains(p)).collect();
            if both.is_empty() {
                return (Named::Contradiction, 0);
            }
            candidates = both;
        }
        // A name may tell which of several is meant.
        if candidates.len() > 1 {
            let full = names.iter().filter(|n| n.full);
            for name in full {
                candidates.retain(|p| name.products.contains(p));
            }
        }
        return match candidates.as_slice() {
            [] => (Named::Contradiction, 0),
            [one] => {
                if contradicted(scan, *one, names, desk) {
                    (Named::Contradiction, 0)
                } else {
                    (Named::One(*one), BY_CODE)
                }
            }
            _ => (Named::Several(candidates), 0),
        };
    }
    by_name(scan, value, taken, names, desk)
}

/// Whether a name beside a product's code is another product's.
pub(crate) fn contradicted(
    scan: &Scan<'_>,
    place: u32,
    names: &[NameHit],
    desk: &Desk<'_>,
) -> bool {
    let Some(product) = desk.catalog.product(place) else { return true };
    let mut siblings = None;
    names.iter().any(|name| {
        if name.products.contains(&place) {
            return false;
        }
        if name.full || name.words >= 2 {
            return true;
        }
        let index = desk.catalog.index();
        let siblings =
            siblings.get_or_insert_with(|| index.names.siblings(desk.catalog.products(), product));
        name.tokens
            .clone()
            .any(|at| scan.token(at).is_some_and(|t| index.names.contradicts(product, siblings, t)))
    })
}

fn by_name(
    scan: &Scan<'_>,
    value: Range<usize>,
    taken: &[Range<usize>],
    names: &[NameHit],
    desk: &Desk<'_>,
) -> (Named, u8) {
    let full: Vec<&NameHit> = names.iter().filter(|n| n.full).collect();
    let unknown_code = value
        .clone()
        .find_map(|at| Some((at, code_like(scan, at).filter(|end| *end <= value.end)?)))
        .filter(|(at, _)| !full.iter().any(|n| n.tokens.contains(at)));
    if let Some((at, end)) = unknown_code {
        let beginnings = desk.catalog.index().beginning(scan, at, end);
        return match beginnings {
            [] => (Named::Unknown, 0),
            some => (Named::Several(some.to_vec()), 0),
        };
    }
    let best = full.first().copied().or_else(|| names.iter().max_by_key(|n| n.words));
    let Some(best) = best else { return (Named::Unknown, 0) };
    let [one] = best.products.as_slice() else {
        let enough = best.full || best.words >= 2 || names.len() == 1;
        return if enough {
            (Named::Several(best.products.clone()), 0)
        } else {
            (Named::Unknown, 0)
        };
    };
    if full.iter().any(|other| !other.products.contains(one)) {
        return (Named::Contradiction, 0);
    }
    let others: Vec<NameHit> = names.iter().filter(|n| *n != best).cloned().collect();
    if contradicted(scan, *one, &others, desk) {
        return (Named::Contradiction, 0);
    }
    if strange_words(scan, value, best, taken, desk) {
        return (Named::Several(best.products.clone()), 0);
    }
    match (best.full, best.words) {
        (true, _) => (Named::One(*one), BY_NAME),
        (false, 2..) => (Named::One(*one), BY_PART),
        _ => (Named::Several(best.products.clone()), 0),
    }
}

/// Whether a value has words beside a name that could make it another product: 'heat sink 100 mm
/// black' is perhaps none of ours.
fn strange_words(
    scan: &Scan<'_>,
    value: Range<usize>,
    name: &NameHit,
    taken: &[Range<usize>],
    desk: &Desk<'_>,
) -> bool {
    let mut depth = 0_u32;
    for at in value {
        let Some(token) = scan.token(at) else { break };
        if token.is_any("([") {
            depth += 1;
        } else if token.is_any(")]") {
            depth = depth.saturating_sub(1);
        }
        let known = name.tokens.contains(&at)
            || taken.iter().any(|t| t.contains(&at))
            || desk.catalog.index().names.knows(token);
        if depth == 0 && !known && token.is_alnum() && !is_small(&token.folded) {
            return true;
        }
    }
    false
}

/// Words that add nothing to a product's name.
pub(crate) fn is_small(word: &str) -> bool {
    words!(
        "the a of our your x no nr n art item product article artikel produkt articolo prodotto \
        id ref type typ code der die das den le la les de du des d l il lo di del per for fur \
        und and et e please bitte new neu same as see above ihr ihre vos votre vostro mm with \
        mit avec con pcs stk stuck pz pieces pezzi ean gtin sku"
    )
    .has(word)
}

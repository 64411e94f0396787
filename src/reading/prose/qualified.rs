//! Goods that a few words in brackets, or behind the last comma of their line, qualify: '4 x VC-12
//! (boxes)', 'PB-55 (for June)', 'HS-100, optional', 'GH-20-L (L+R)'. Such words leave open how many
//! are meant, when, whether, or which, where no rule has read them.

use std::ops::Range;

use crate::reading::dates;
use crate::reading::draft::{Desk, Form, Named, Wish};
use crate::reading::text::numbers;
use crate::reading::text::units::{self, Unit};
use crate::reading::text::{Kind, Scan, Token, WordList, words};
use crate::reading::types::Evidence;

/// Most words that qualify.
const MOST: usize = 5;

/// The words that leave a line open, for each line that has some.
pub(crate) fn open(scan: &Scan<'_>, wishes: &[Wish], desk: &Desk<'_>) -> Vec<Evidence> {
    let mut open = Vec::new();
    for wish in wishes {
        let Named::One(place) = wish.named else { continue };
        let told: Vec<Range<usize>> = [&wish.product_words, &wish.amount_words]
            .into_iter()
            .flatten()
            .map(|words| tokens(scan, words))
            .collect();
        let mut lines: Vec<usize> =
            told.iter().filter_map(|run| scan.token(run.start)).map(|t| t.line).collect();
        lines.dedup();
        for line in lines {
            let Some(line) = scan.lines.get(line) else { continue };
            // A field's value and a cell are read whole, with what stands in brackets there.
            let told = if wish.form == Form::Prose { told.as_slice() } else { &[] };
            let own = |letter: &str| is_own(scan, told, letter);
            let bracketed = brackets(scan, &line.tokens, told).into_iter().find(|run| {
                qualifies(scan, run, &own)
                    || names_kin(scan, run, place, desk)
                    || sizes_otherwise(scan, run, place, desk)
            });
            let said = bracketed
                .or_else(|| tail(scan, &line.tokens, told).filter(|run| only_qualifies(scan, run)));
            let words = said.and_then(|run| scan.span(run));
            open.extend(words.map(|span| scan.evidence(span, "prose.qualified")));
        }
    }
    open
}

fn tokens(scan: &Scan<'_>, words: &Evidence) -> Range<usize> {
    let from = scan.tokens.partition_point(|t| t.span.start < words.start);
    let to = scan.tokens.partition_point(|t| t.span.start < words.end);
    from..to
}

/// What stands in brackets in a line.
fn brackets(scan: &Scan<'_>, line: &Range<usize>, told: &[Range<usize>]) -> Vec<Range<usize>> {
    let is = |at: usize, mark: char| scan.token(at).is_some_and(|t| t.is(mark));
    let mut found = Vec::new();
    for open in line.clone().filter(|at| is(*at, '(')) {
        let close = (open + 1..line.end).find(|at| is(*at, ')'));
        // 'Quantity (boxes): 4' is a heading.
        if !close.is_some_and(|close| is(close + 1, ':')) {
            found.push(open + 1..close.unwrap_or(line.end));
        }
    }
    found.retain(|run| is_short(scan, run, told));
    found
}

/// What stands behind the last comma or dash of a line.
fn tail(scan: &Scan<'_>, line: &Range<usize>, told: &[Range<usize>]) -> Option<Range<usize>> {
    let is = |at: usize, marks: &str| scan.token(at).is_some_and(|t| t.is_any(marks));
    let dash = |at: usize| is(at, "-\u{2013}\u{2014}") && scan.token(at).is_some_and(|t| !t.glued);
    let comma = line.clone().rev().find(|at| is(*at, ",;") || dash(*at))?;
    let end = if is(line.end.wrapping_sub(1), ".") { line.end - 1 } else { line.end };
    let run = comma + 1..end;
    is_short(scan, &run, told).then_some(run)
}

/// Some words, and none of them read.
fn is_short(scan: &Scan<'_>, run: &Range<usize>, told: &[Range<usize>]) -> bool {
    let read = |at: usize| told.iter().any(|run| run.contains(&at));
    let words = run.clone().filter(|at| scan.token(*at).is_some_and(Token::is_alnum)).count();
    (1..=MOST).contains(&words) && !run.clone().any(read)
}

/// The same, with not a word beside: what stands behind a comma may be any other thing.
fn only_qualifies(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let leads = words!("for in fur im pour en per a voor para bei al au only nur if");
    let known = |at: usize| {
        dates::is_month(scan, at)
            || [PACKS, WHOLE, SEASONS, OPTIONS, leads].iter().any(|list| list.has(word(at)))
    };
    let told = |at: usize| {
        dates::is_month(scan, at) || [PACKS, SEASONS, OPTIONS].iter().any(|list| list.has(word(at)))
    };
    run.clone().all(known) && run.clone().any(told)
}

/// Whether words say how many, when, whether or which.
fn qualifies(scan: &Scan<'_>, run: &Range<usize>, own: &dyn Fn(&str) -> bool) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let alnum = || run.clone().filter(|at| scan.token(*at).is_some_and(Token::is_alnum));
    if alnum().any(|at| scan.token(at).is_some_and(|t| t.kind == Kind::Digits)) {
        return false;
    }
    let packs = alnum().any(|at| PACKS.has(word(at)))
        && alnum().all(|at| PACKS.has(word(at)) || WHOLE.has(word(at)));
    let season = |at: usize| {
        dates::is_month(scan, at) && word(at).chars().count() > 3 || SEASONS.has(word(at))
    };
    let letters = alnum().all(|at| {
        word(at).chars().count() == 1 && word(at).chars().all(char::is_alphabetic)
            || words!("and und et ed en oder or ou").has(word(at))
    });
    packs
        || alnum().any(season)
        || alnum().any(|at| OPTIONS.has(word(at)) || EACH.has(word(at)))
        || letters && !alnum().all(|at| own(word(at)))
}

/// Whether a letter is one that ends the words of the goods: the 'L' of 'GH-20-L'.
fn is_own(scan: &Scan<'_>, told: &[Range<usize>], letter: &str) -> bool {
    told.iter().any(|run| run.clone().any(|at| scan.token(at).is_some_and(|t| t.folded == letter)))
}

/// Whether words are of another product that is near to this one: 'GH-20-L (right)'.
fn names_kin(scan: &Scan<'_>, run: &Range<usize>, place: u32, desk: &Desk<'_>) -> bool {
    let names = &desk.catalog.index().names;
    let Some(product) = desk.catalog.product(place) else { return false };
    // 'For pump 12' is a purpose.
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    if words!("for fur pour per para voor").has(word(run.start)) {
        return false;
    }
    let known = |at: &usize| scan.token(*at).is_some_and(|t| t.is_alnum() && names.knows(t));
    let mut kin = None;
    run.clone().filter(known).any(|at| {
        let Some(token) = scan.token(at) else { return false };
        let kin = kin.get_or_insert_with(|| names.siblings(desk.catalog.products(), product));
        names.contradicts(product, kin, token)
    })
}

/// '(200 mm)' behind a product whose names have no 200.
fn sizes_otherwise(scan: &Scan<'_>, run: &Range<usize>, place: u32, desk: &Desk<'_>) -> bool {
    let Some(product) = desk.catalog.product(place) else { return false };
    let Some((_, end)) = numbers::digits_at(scan, run.start) else { return false };
    let small = |unit| matches!(unit, Unit::Length(tenths) if tenths < 10_000);
    let sized =
        units::unit_at(scan, end).is_some_and(|(unit, next)| small(unit) && next == run.end);
    let said = scan.run(run.start..end);
    let named = |text: &str| {
        text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).any(|n| n == said)
    };
    sized && !named(&product.default_code) && !product.all_names().any(|(_, name)| named(name))
}

/// What goods are packed in or counted by.
static PACKS: &WordList = words!(
    "box boxes carton cartons case cases bag bags pack packs packet packets pallet pallets dozen dozens pair pairs set sets roll rolls \
     karton kartons schachtel schachteln beutel packung packungen paket pakete palette paletten dutzend paar paare satz satze gebinde ve vpe \
     boite boites sachet sachets caisse caisses paquet paquets palette palettes douzaine paire paires \
     scatola scatole sacchetto sacchetti cartone cartoni confezione confezioni bancale bancali dozzina paio paia coppia coppie \
     caja cajas bolsa bolsas paquete paquetes docena par pares \
     doos dozen zak zakken pak pakken dozijn paren"
);

static WHOLE: &WordList = words!(
    "full whole per a of in the volle ganze pro je im in par de en pleins intere intera piene per di a llenas por volle hele"
);

/// When, but no day.
static SEASONS: &WordList = words!(
    "spring summer autumn winter easter christmas fruhling fruhjahr sommer herbst winter ostern weihnachten printemps ete automne hiver paques noel rentree \
     primavera estate autunno inverno pasqua natale verano otono invierno navidad lente zomer herfst winter pasen kerst"
);

/// Not surely, not now, or not to be bought.
static OPTIONS: &WordList = words!(
    "optional option optionally alternative alternatively eventually maybe perhaps possibly doubtful tbc pending exchange tender discussion rent hire removal deletion estimate estimated \
     optional wahlweise alternativ eventuell evtl vielleicht bedarf ansicht abruf austausch schatzung geschatzt pendent vorerst \
     facultatif facultative optionnel optionnelle eventuellement besoin memoire avis devis attente estimation confirmer \
     facoltativo facoltativa opzionale eventuale eventualmente bisogno visione attesa stima preventivo confermare \
     opcional eventual pendiente presupuesto \
     optioneel eventueel misschien"
);

/// As many for each of several.
static EACH: &WordList = words!(
    "each every both jede jeder jedes jeden beide beiden chaque chacun chacune ogni ciascuno ciascuna entrambi entrambe cada ambos ambas elke elk ieder beide"
);

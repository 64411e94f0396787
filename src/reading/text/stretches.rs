//! Running text parted into stretches: sentences, paragraphs and the rows of lists.

use std::ops::Range;

use super::gist::Text;
use super::{Kind, Scan, WordList, words};
use crate::reading::draft::Desk;
use crate::reading::forms::list_marks;
use crate::reading::names::strangers;
use crate::reading::prose::by_turns;
use crate::reading::prose::each_below;
use crate::reading::prose::instalments;
use crate::reading::prose::mentions::{Mention, What, within};
use crate::reading::sentences::accounts;
use crate::reading::sentences::asides::{self, Aside};
use crate::reading::sentences::cues::Cues;
use crate::reading::sentences::requests;
use crate::reading::sentences::turns;

/// A stretch of text within which mentions belong together: a sentence, or a row of a list.
#[derive(Debug, Clone)]
pub(crate) struct Stretch {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// What it is for.
    pub(crate) cues: Cues,
    /// It asks something.
    pub(crate) question: bool,
    /// It asks for goods in polite words: 'Could you let us have 20 …?', 'Bitte 5 Rollen'.
    pub(crate) polite: bool,
    /// It speaks of something else than the order.
    pub(crate) aside: Option<Aside>,
    /// A run of tokens, its own or what it was a part of, and whether that says nothing but what is
    /// polite.
    pub(crate) idle: (Range<usize>, bool),
    /// How much speaks for it that it turns the order (`sense`); nothing of one with goods in it.
    pub(crate) weight: Option<f32>,
    /// How much speaks for it that it orders the goods that it names, or leads to (`sense`).
    pub(crate) ordering: Option<f32>,
}

impl Stretch {
    /// Whether it says nothing but what is polite.
    pub(crate) fn is_idle(&self, scan: &Scan<'_>) -> bool {
        let (run, idle) = &self.idle;
        if *run == self.tokens { *idle } else { accounts::is_idle(scan, self.tokens.clone()) }
    }
}

/// Parts the free tokens into stretches: at the ends of sentences, at blank lines, and between the
/// rows of a list.
pub(crate) fn stretches(
    scan: &Scan<'_>,
    free: &[bool],
    found: &[Mention],
    desk: &Desk<'_>,
) -> Vec<Stretch> {
    let strange = strangers::lines(scan, found, desk);
    let text = Text { scan, free, found, desk, strange: &strange };
    let mut stretches = Vec::new();
    let mut start: Option<usize> = None;
    let mut close = |from: Option<usize>, to: usize| {
        if let Some(from) = from.filter(|from| *from < to) {
            let stretch = text.gist(from..to, &stretches);
            stretches.push(stretch);
        }
    };
    for at in 0..scan.tokens.len() {
        if free.get(at) != Some(&true) {
            close(start.take(), at);
            continue;
        }
        if start.is_some() && (parts(scan, at, found) || strangers::part(scan, at, &strange)) {
            close(start.replace(at), at);
        }
        start.get_or_insert(at);
    }
    close(start, scan.tokens.len());
    stretches
}

/// The cues of a run with what it says of orders that are placed, or does not.
pub(super) fn of_placed(
    scan: &Scan<'_>,
    run: &Range<usize>,
    found: &[Mention],
    asks: bool,
    mut cues: Cues,
) -> Cues {
    if moves(scan, run.clone(), found)
        || asks && moves_day(scan, run, found)
        || adds_to_placed(scan, run)
    {
        cues = cues.and(Cues::CHANGE);
    }
    let as_ever = run.clone().any(|at| turns::ever_to_place(scan, at, run.end).is_some());
    if as_ever && within(found, run).iter().any(is_amount)
        || names_no_goods(scan, run.clone(), found)
    {
        cues = cues.without(Cues::REPEAT);
    }
    // 'According to your offer we confirm the order of 20 A' is no seller's.
    if cues.has(Cues::ACCORDING) && requests::confirms_own_order(scan, run) {
        cues = cues.without(Cues::SELLER).and(Cues::ORDER);
    }
    cues
}

/// 'Could we have', ten rows below 'all by 27 March?': the mark is that of the polite question above
/// the list.
pub(super) fn closes_request(
    scan: &Scan<'_>,
    run: &Range<usize>,
    before: &[Stretch],
    found: &[Mention],
) -> bool {
    let inside: Vec<&Mention> = within(found, run).iter().collect();
    let dated = inside.iter().any(|m| matches!(m.what, What::Date(_)));
    let all = |at: usize| {
        scan.token(at).is_some_and(|t| {
            words!("all both everything alles beides tout tous toutes tutto tutti todo")
                .has(&t.folded)
        })
    };
    let goods = |said: &Stretch| {
        let inside = within(found, &said.tokens);
        inside.iter().any(is_product) && inside.iter().any(is_amount)
    };
    let lead = before.iter().rev().find(|said| !goods(said));
    let open = |said: &Stretch| {
        let last = said.tokens.end.checked_sub(1).and_then(|at| scan.token(at));
        said.polite && last.is_some_and(|t| !t.is_any(".!?"))
    };
    dated
        && lead.is_some_and(open)
        && run.clone().all(|at| all(at) || joins_goods(scan, at, &inside))
}

/// 'Please add 12 A to our order of last week': an order that is placed.
fn adds_to_placed(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let adds = words!(
        "add adding include including erganzen hinzufugen erganze ajouter ajoutez rajouter aggiungere aggiungete aggiungi anadir anadan toevoegen"
    );
    let leads = words!("to with in into zu zur an a al alla con avec dans met aan mit");
    let order = words!("order orders bestellung auftrag commande ordine pedido bestelling");
    let placed = words!(
        "of from last previous next earlier open vom von letzten letzter vorigen nachsten du d derniere prochaine precedente del ultimo precedente prossimo van vorige volgende"
    );
    let first = run.clone().find(|at| adds.has(word(*at)));
    first.is_some_and(|first| {
        (first + 1..run.end).any(|at| {
            let near = at + 1..run.end.min(at + 5);
            leads.has(word(at))
                && near.clone().any(|at| order.has(word(at)))
                && (at + 1..run.end.min(at + 7)).any(|at| placed.has(word(at)))
        })
    })
}

/// 'Bring the quantity from 120 to 160', 'TH-1 von 120 auf 160 setzen'.
fn moves(scan: &Scan<'_>, run: Range<usize>, found: &[Mention]) -> bool {
    let inside: Vec<&Mention> = within(found, &run).iter().collect();
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let led = |m: &Mention| {
        m.tokens.start > run.start
            && matches!(word(m.tokens.start - 1), "from" | "von" | "de" | "da" | "van")
    };
    let on = |one: &Mention, other: &Mention| {
        let gap = one.tokens.end..other.tokens.start;
        // '120 to' may be read as the beginning of a range.
        let last = [gap.start.wrapping_sub(1), gap.end.wrapping_sub(1)];
        gap.len() <= 2
            && last.iter().any(|at| matches!(word(*at), "to" | "auf" | "a" | "op" | "naar"))
    };
    let pair = inside.windows(2).any(|pair| {
        matches!(pair, [one, two] if is_amount(one) && is_amount(two) && led(one) && on(one, two))
    });
    let counts = run.clone().any(|at| {
        words!("quantity quantities menge stuckzahl anzahl quantite quantita cantidad aantal")
            .has(word(at))
    });
    pair && (counts || inside.iter().any(|m| is_product(m)))
}

/// 'Could the five HS-200 come on 10 June instead of 20 May?': goods have a day already.
fn moves_day(scan: &Scan<'_>, run: &Range<usize>, found: &[Mention]) -> bool {
    const NEAR: usize = 4;
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let days: Vec<&Mention> =
        within(found, run).iter().filter(|m| matches!(m.what, What::Date(_))).collect();
    let near = |at: usize| {
        let stands = |m: &&&Mention| m.tokens.start > at && m.tokens.start <= at + NEAR;
        days.iter().any(|m| stands(&m))
            || (at + 1..run.end.min(at + NEAR))
                .any(|at| scan.token(at).is_some_and(|t| t.kind == Kind::Digits))
    };
    let instead = |at: &usize| {
        words!("instead statt anstatt anstelle invece lieu lugar plaats").has(word(*at))
            && near(*at)
    };
    let moved = |at: &usize| {
        words!(
            "postpone reschedule verschieben vorziehen repousser reporter decaler avancer rinviare posticipare spostare anticipare aplazar adelantar verplaatsen uitstellen"
        )
        .has(word(*at))
    };
    !days.is_empty() && run.clone().any(|at| instead(&at) || moved(&at))
}

/// 'Delivery address as always', 'conditions as before': what is repeated is not the goods.
fn names_no_goods(scan: &Scan<'_>, run: Range<usize>, found: &[Mention]) -> bool {
    let has =
        |list: &WordList| run.clone().any(|at| scan.token(at).is_some_and(|t| list.has(&t.folded)));
    let beside = words!(
        "number numbers customer kundennummer client cliente account konto compte conto klantnummer centre center kostenstelle \
         address lieferadresse adresse anschrift lieferanschrift indirizzo direccion adres terms conditions \
         konditionen bedingungen zahlungsbedingungen condizioni condiciones voorwaarden payment zahlung paiement \
         pagamento pago betaling packing packaging verpackung emballage imballo embalaje verpakking invoice rechnung \
         facture fattura factura factuur atelier workshop werkstatt rampe ramp gate tor lager kranzeiten zeiten anlieferzeiten offnungszeiten hours horaires orari horario cle schlussel franco franko porto domicile domicilio stabilimento incoterms dap ddp exw bestatigen confirm confirmer confermare"
    );
    let goods = words!(
        "quantity quantities menge mengen stuckzahl quantite quantites quantita cantidad hoeveelheid item items goods \
         articles artikel ware article articolo articoli products produkte produits prodotti order bestellung \
         commande ordine pedido bestelling rest remainder reste resto"
    );
    // 'Au quai 2'
    let door = |m: &Mention| {
        let before = m.tokens.start.checked_sub(1).and_then(|at| scan.token(at));
        m.tokens.len() == 1 && before.is_some_and(|t| asides::is_way(&t.folded))
    };
    let counts = |m: &&Mention| is_product(m) || is_amount(m) && !door(m);
    let way = run.clone().any(|at| scan.token(at).is_some_and(|t| asides::is_way(&t.folded)));
    // 'Lieferung wie immer an die Werkstatt'
    let as_ever = |at: usize| {
        let said = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
        let to_us = (at + 1..run.end.min(at + 4)).take_while(|at| {
            words!("to us our here an uns zu bei hier chez nous ici da noi qui a nosotros aqui naar bij ons")
                .has(said(*at))
        });
        let ever = to_us.last().unwrap_or(at) + 1;
        words!("delivery shipping lieferung anlieferung zustellung livraison consegna spedizione entrega levering deliver liefern livrer consegnare spedire leveren").has(said(at))
            && words!("as wie comme come como zoals like").has(said(ever))
    };
    let dated = within(found, &run).iter().any(|m| matches!(m.what, What::Date(_)));
    let delivery = !dated && run.clone().any(as_ever);
    (has(beside) || way || delivery)
        && !has(goods)
        && !within(found, &run).iter().any(|m| counts(&m))
}

/// 'Please 20 pcs by Friday', 'Bitte 5 Rollen': goods are all that is asked for. 'Bitte 5 Rollen
/// umtauschen' asks for something else, and any word that is not known may do that.
pub(super) fn pleads(scan: &Scan<'_>, run: Range<usize>, found: &[Mention]) -> bool {
    let inside: Vec<&Mention> = within(found, &run).iter().collect();
    let asked = inside.iter().find(|m| {
        is_amount(m) && m.tokens.start > run.start && asks_nicely(scan, m.tokens.start - 1)
    });
    let plain = |from: usize| (from..run.end).all(|at| joins_goods(scan, at, &inside));
    // '20 pcs A by Friday please'
    let behind = || {
        let last = inside.iter().map(|m| m.tokens.end).max().unwrap_or(run.end);
        let goods = inside.iter().any(|m| is_product(m)) && inside.iter().any(|m| is_amount(m));
        let question = run.clone().any(|at| scan.token(at).is_some_and(|t| t.is('?')));
        goods && !question && (run.start..run.end.min(last + 1)).any(|at| asks_nicely(scan, at))
    };
    asked.is_some_and(|m| plain(m.tokens.start))
        || plain(run.start) && behind()
        || thanks_for_goods(scan, &run, &inside) && plain(run.start)
}

/// Goods with their amounts, or a greeting: no word of what the goods are.
pub(super) fn lists(scan: &Scan<'_>, run: &Range<usize>, found: &[Mention]) -> bool {
    let inside: Vec<&Mention> = within(found, run).iter().collect();
    let goods = inside.iter().any(|m| is_product(m)) && inside.iter().any(|m| is_amount(m));
    let greets = |at: usize| {
        scan.token(at).is_none_or(|t| {
            t.kind == Kind::Mark && !t.is(':')
                || accounts::is_courtesy(&t.folded)
                || run.len() <= 4
                    && scan.words(t.span).starts_with(char::is_uppercase)
                    && !super::lang::is_common(&t.folded)
        })
    };
    goods && run.clone().all(|at| joins_goods(scan, at, &inside)) || run.clone().all(greets)
}

/// 'By 20 March please', 'as soon as possible pls': a plea for nothing but the day.
pub(super) fn hurries(scan: &Scan<'_>, run: Range<usize>, found: &[Mention]) -> bool {
    const MOST: usize = 16;
    let soon = |word: &str| {
        words!(
            "soon asap possible urgent urgently earliest schnellstmoglich schnell rasch bald moglich dringend umgehend vite tot urgence subito presto \
             possibile urgente pronto posible snel mogelijk spoed"
        )
        .has(word)
    };
    let inside = within(found, &run);
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let dated = inside.iter().any(|m| matches!(m.what, What::Date(_)));
    run.len() <= MOST
        && run.clone().any(|at| {
            asks_nicely(scan, at) || matches!(word(at), "plait" | "merci" | "grazie" | "gracias")
        })
        && (dated || run.clone().any(|at| soon(word(at))))
        && inside.iter().all(|m| matches!(m.what, What::Date(_)))
        && run.clone().all(|at| {
            let mentioned = inside.iter().any(|m| m.tokens.contains(&at));
            let mark = scan.token(at).is_none_or(|t| t.kind == Kind::Mark && !t.is('?'));
            mentioned
                || mark
                || soon(word(at))
                || accounts::is_courtesy(word(at))
                || words!(
                    "by for on until at before the latest as s il vous plait svp bis auf zum fur am spatestens so wie pour le avant d ici au plus tard des que appena \
                     per entro il al piu tardi prima del para el antes lo mas favor tegen voor op uiterlijk zo aub alstublieft favore pls plz"
                )
                .has(word(at))
        })
}

/// 'Please', and 'bitte je', before an amount.
fn asks_nicely(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let each = words!("je jeweils").has(word(at));
    let at = if each { at.wrapping_sub(1) } else { at };
    words!("bitte please pls plz kindly favore favor alsjeblieft alstublieft svp").has(word(at))
}

/// '20 pcs A for 3 June, thank you': thanks behind goods and their day.
fn thanks_for_goods(scan: &Scan<'_>, run: &Range<usize>, inside: &[&Mention]) -> bool {
    let has = |is: fn(&Mention) -> bool| inside.iter().any(|m| is(m));
    let dated = |m: &Mention| matches!(m.what, What::Date(_));
    let last = inside.iter().map(|m| m.tokens.end).max().unwrap_or(run.end);
    has(is_product)
        && has(is_amount)
        && has(dated)
        && (last..run.end).any(|at| {
            scan.token(at).is_some_and(|t| {
                words!("thanks thank thx danke dank merci grazie gracias bedankt cheers")
                    .has(&t.folded)
            })
        })
}

/// Whether a token is a part of some goods, their amount or their day, or only joins them.
pub(crate) fn joins_goods(scan: &Scan<'_>, at: usize, inside: &[&Mention]) -> bool {
    let told = |m: &&Mention| {
        matches!(m.what, What::Product(..) | What::Amount { .. } | What::Date(_))
            && m.tokens.contains(&at)
    };
    let joins = |word: &str| {
        words!(
            "anlieferung zustellung x weitere weiteren further another autres altri altre and plus und sowie et e ed y en of de di von a an the je jeweils each chacun chacune ciascuno ciascuna elk elke both beiden entrambi entrambe by on for until till \
             before latest bis zum am per auf den der die das le la les pour avant au plus tard \
             entro il lo para el antes del voor op tegen tot spatestens delivery lieferung \
             liefertermin livraison consegna needed required please pls plz thanks thank you thx \
             asap urgent urgently express expresso espresso dazu zudem ausserdem zusatzlich further also aussi anche \
             inoltre egalement ook bitte danke besten vielen dank dringend svp s vous plait merci \
             grazie urgente gracias por favor favore graag alsjeblieft livrable livrables \
             as soon possible you can so rasch schnell bald wie moglich des que possible piu presto appena possibile snel mogelijk"
        )
        .has(word)
    };
    inside.iter().any(told)
        || scan.token(at).is_none_or(|t| t.kind != Kind::Word || joins(&t.folded))
}

/// The folded words of a run beside its products: what a product is called says nothing of what
/// the sentence is for.
pub(crate) fn folded_beside(scan: &Scan<'_>, run: Range<usize>, found: &[Mention]) -> String {
    let from = found.partition_point(|m| m.tokens.end <= run.start);
    let mut folded = String::new();
    let mut at = run.start;
    let inside = found.iter().skip(from).take_while(|m| m.tokens.start < run.end);
    for mention in inside.filter(|m| is_product(m)) {
        let end = behind_more(scan, mention.tokens.start, found);
        folded.push_str(&scan.folded(at..end.max(at)));
        folded.push_str(" _ ");
        at = mention.tokens.end.min(run.end).max(at);
    }
    folded.push_str(&scan.folded(at..run.end));
    folded
}

/// Where 'more' of '2 more pump bodies' begins, or the product itself: so many are ordered, not a change of
/// what was.
fn behind_more(scan: &Scan<'_>, product: usize, found: &[Mention]) -> usize {
    let Some(before) = product.checked_sub(1) else { return product };
    let more = scan.token(before).is_some_and(|t| words!("more extra").has(&t.folded));
    let counted = || {
        let behind = found.partition_point(|m| m.tokens.start < before);
        let last = behind.checked_sub(1).and_then(|at| found.get(at));
        last.is_some_and(|m| is_amount(m) && m.tokens.end == before)
    };
    if more && counted() { before } else { product }
}

/// Whether a stretch begins at a token.
fn parts(scan: &Scan<'_>, at: usize, found: &[Mention]) -> bool {
    let (Some(token), Some(before)) = (scan.token(at), scan.token(at - 1)) else { return false };
    if token.line != before.line {
        let blank = (before.line + 1..token.line)
            .any(|l| scan.lines.get(l).is_some_and(super::TextLine::is_blank));
        let bullet =
            token.is_any("-*•·–—>‣▪●→") && scan.token(at + 1).is_some_and(|t| t.line == token.line);
        let dated = within(found, &(at..at + 1)).iter().any(|m| matches!(m.what, What::Date(_)));
        if instalments::goes_on(scan, before.line, token.line, found)
            || each_below::goes_on(scan, before.line, token.line, found)
        {
            return false;
        }
        if let Some(parted) = by_turns::part(scan, before.line, token.line, found) {
            return parted;
        }
        if instalments::begins(scan, token.line, found) {
            return true;
        }
        // A row of cells says what it says by itself.
        let cells = |line: usize| scan.lines.get(line).is_some_and(|l| l.tabbed);
        if cells(token.line) || cells(before.line) {
            return true;
        }
        let sums = words!("total totale totaal gesamt insgesamt summe").has(&token.folded);
        if blank || bullet || sums || before.is(':') || list_marks::numbers(scan, at) && !dated {
            return true;
        }
        // 'and 5 B' in a new line goes on with the sentence.
        let joins = |t: &super::Token| {
            words!("and und et e ed plus sowie y en piu ainsi nonche nebst").has(&t.folded)
                || t.is_any("&+")
        };
        // '20 heat sinks 100 mm' and '(HS-100) and 4 B' below it
        let bracket = token.is('(')
            && scan
                .token(scan.lines.get(before.line).map_or(at, |l| l.tokens.start))
                .is_some_and(|t| t.kind == Kind::Word);
        let goes_on = bracket
            || (joins(token) || token.folded == "as")
                && scan.words(token.span).starts_with(char::is_lowercase)
            || joins(before);
        // 'A and B, 2 each' is a row, too.
        let is_row = |line| {
            row(scan, line, found)
                || shares(scan, line, found)
                || instalments::is_row(scan, line, found)
        };
        if !goes_on && is_row(token.line) && is_row(before.line) {
            return true;
        }
        // A row under a line without any product is a row of its own: '20 June:\n3 x A'.
        // 'Please send 6', 'A and two', 'B' is wrapped.
        let heads = !line_has(scan, before.line, found, is_product)
            && !line_has(scan, before.line, found, is_amount)
            && row(scan, token.line, found);
        let short = scan.lines.get(before.line).is_some_and(|l| l.tokens.len() <= 3);
        if heads && (short || before.is_any(",!")) {
            return true;
        }
        if ends_list(scan, before.line, token.line, found) {
            return true;
        }
        // '10 x A' and nothing else on its line: a capital below it begins something new.
        let capital = scan.words(token.span).starts_with(char::is_uppercase);
        if capital && is_bare_row(scan, before.line, found) {
            return true;
        }
    }
    // '9. Mai' holds together.
    let before = found.partition_point(|m| m.tokens.start < at);
    let joined = before.checked_sub(1).and_then(|last| found.get(last));
    sentence_ends(scan, at - 1) && !joined.is_some_and(|m| m.tokens.contains(&at))
}

/// Whether a line without product or amount stands behind the rows of a list: 'all by 18 June', 'and
/// by 26 June:'.
fn ends_list(scan: &Scan<'_>, last: usize, line: usize, found: &[Mention]) -> bool {
    let is_row = |line: usize| row(scan, line, found);
    let rows = is_row(last) && last.checked_sub(1).is_some_and(is_row);
    // 'The PB-55 by 12 May' below '5 PB-55' is no row.
    let dated = |m: &Mention| matches!(m.what, What::Date(_));
    let unnamed = !line_has(scan, line, found, is_product) || line_has(scan, line, found, dated);
    rows && unnamed && !line_has(scan, line, found, is_amount)
}

fn line_has(scan: &Scan<'_>, line: usize, found: &[Mention], is: fn(&Mention) -> bool) -> bool {
    let Some(tokens) = scan.lines.get(line).map(|l| l.tokens.clone()) else { return false };
    within(found, &tokens).iter().any(is)
}

/// Products and amounts of a line, if all are whole on it and the line has at most so many tokens.
fn counted(scan: &Scan<'_>, line: usize, found: &[Mention], most: usize) -> Option<(usize, usize)> {
    let tokens = scan.lines.get(line).map(|l| l.tokens.clone())?;
    let inside = within(found, &tokens);
    let whole = tokens.len() <= most && inside.iter().all(|m| m.tokens.end <= tokens.end);
    let of = |is: fn(&Mention) -> bool| inside.iter().filter(|m| is(m)).count();
    whole.then(|| (of(is_product), of(is_amount)))
}

/// A line with a product and its amount, both whole on it.
pub(crate) fn row(scan: &Scan<'_>, line: usize, found: &[Mention]) -> bool {
    counted(scan, line, found, 30) == Some((1, 1))
}

/// A row on whose line nothing else stands.
pub(crate) fn is_bare_row(scan: &Scan<'_>, line: usize, found: &[Mention]) -> bool {
    let Some(tokens) = scan.lines.get(line).map(|l| l.tokens.clone()) else { return false };
    let inside = within(found, &tokens);
    let named = |at: usize| inside.iter().any(|m| m.tokens.contains(&at));
    let ends = scan.token(tokens.end.wrapping_sub(1)).is_some_and(|t| t.is_any(",-–&+/"));
    row(scan, line, found)
        && !ends
        && tokens.into_iter().all(|at| {
            named(at) || scan.token(at).is_some_and(|t| t.kind == Kind::Mark || t.folded == "x")
        })
}

/// A line with products and as many amounts, all whole on it.
pub(crate) fn goods(scan: &Scan<'_>, line: usize, found: &[Mention]) -> bool {
    let Some((products, amounts)) = counted(scan, line, found, 40) else { return false };
    products >= 1 && (products == amounts || shares(scan, line, found))
}

/// '4 each of A and B, plus 2 C': a line whose products share an amount.
fn shares(scan: &Scan<'_>, line: usize, found: &[Mention]) -> bool {
    let Some((products, amounts)) = counted(scan, line, found, 40) else { return false };
    let each = |m: &Mention| matches!(m.what, What::Amount { each: true, .. });
    amounts >= 1 && products > amounts && line_has(scan, line, found, each)
}

/// Whether a sentence ends with this token.
pub(crate) fn sentence_ends(scan: &Scan<'_>, at: usize) -> bool {
    let (Some(token), Some(next)) = (scan.token(at), scan.token(at + 1)) else { return false };
    if !token.is_any(".!?;") || next.glued {
        return false;
    }
    if token.is_any("!?;") {
        return true;
    }
    let before = at.checked_sub(1).and_then(|i| scan.token(i));
    // The 'G' of 'EN-5G.' shortens nothing.
    let of_code = at
        .checked_sub(2)
        .and_then(|i| scan.token(i))
        .is_some_and(|t| before.is_some_and(|b| b.glued) && (t.kind == Kind::Digits || t.is('-')));
    let short = before.is_some_and(|b| {
        b.kind == Kind::Word
            && (b.folded.chars().count() == 1 && !of_code
                || words!("nr no nos ex pos stk pcs pc art ca approx st tel resp inkl incl bzw ref qty mr mrs ms dr z b ggf \
        evtl max min cons livr liv lief lieferg del dely deliv entr ea pz ud uds cad num best ns pce ltd inc co str ul rd ave av bd bld blvd pl rte via").has(&b.folded))
    });
    let ordinal = before.is_some_and(|b| b.kind == Kind::Digits)
        && (crate::reading::dates::is_month(scan, at + 1)
            || next.kind == Kind::Digits
                && next.folded.len() <= 2
                && scan.token(at + 2).is_some_and(|t| t.glued && t.is('.')));
    let lower = scan.words(next.span).starts_with(char::is_lowercase);
    !(short || ordinal || (lower && next.line == token.line))
}

/// The sentences of a run of tokens.
pub(crate) fn sentences(scan: &Scan<'_>, run: &Range<usize>) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = run.start;
    for at in run.clone() {
        if at + 1 == run.end || sentence_ends(scan, at) {
            sentences.push(start..at + 1);
            start = at + 1;
        }
    }
    sentences
}

pub(crate) fn is_product(mention: &Mention) -> bool {
    matches!(mention.what, What::Product(..))
}

pub(crate) fn is_amount(mention: &Mention) -> bool {
    matches!(mention.what, What::Amount { .. })
}

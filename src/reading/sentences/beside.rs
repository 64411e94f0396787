//! Sentences beside an order's lines that speak of its goods: 'these were ordered by phone', 'our
//! boss still has to release it', 'the second item only when there is stock'. There is no end of
//! what they may say, so each word of such a sentence must be known to change nothing.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashSet;

use super::asides::{self, is_ours};
use super::cues::Cues;
use super::perils;
use super::plain;
use super::plain_words;
use super::turns;
use crate::reading::prose::mentions::Mention;
use crate::reading::text::stretches::Stretch;
use crate::reading::text::{Kind, Scan, fold, words};
use crate::reading::types::Lang;

/// A word of a sentence about the goods that may say anything.
pub(crate) fn odd(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    lang: Option<Lang>,
) -> Option<usize> {
    let run = stretch.tokens.clone();
    let thanks = run.clone().take(4).any(|at| {
        scan.token(at).is_some_and(|t| {
            words!("thank thanks danke dank merci grazie gracias bedankt").has(&t.folded)
        })
    });
    // The 'goods-in' is a door.
    let apart = |at: usize| scan.token(at + 1).is_none_or(|t| !t.is('-'));
    let named = !thanks
        && run.clone().any(|at| {
            scan.token(at).is_some_and(|t| refers(&t.folded)) && apart(at) && !is_machine(scan, at)
        })
        || inside.iter().any(|m| is_ours(m));
    let according = stretch.cues.has(Cues::ACCORDING);
    let speaks = named && !tells_purpose(scan, &run, inside);
    if !speaks {
        return None;
    }
    changed(scan, run.clone()).or_else(|| unknown(scan, run, inside, lang, according))
}

/// 'The bottling line': a line of machines, and none of an order.
fn is_machine(scan: &Scan<'_>, at: usize) -> bool {
    let line = scan.token(at).is_some_and(|t| words!("line linie").has(&t.folded));
    let numbered = scan.token(at + 1).is_some_and(|t| t.kind == Kind::Digits);
    let named = at.checked_sub(1).is_some_and(|at| {
        super::ties::is_own(scan, at)
            && !scan.token(at).is_some_and(|t| {
                words!(
                    "first second third fourth last next upper lower other both each every same whole order item this that which erste zweite dritte letzte"
                )
                .has(&t.folded)
            })
    });
    // 'Goods in has moved', 'the goods lift'.
    let door = scan.token(at).is_some_and(|t| t.folded == "goods")
        && scan.token(at + 1).is_some_and(|t| {
            words!("inwards lift entrance receiving receipt").has(&t.folded)
                || t.folded == "in"
                    && scan
                        .token(at + 2)
                        .is_some_and(|t| words!("has is have closes opens at").has(&t.folded))
        });
    line && named && !numbered || door
}

/// 'Quantity x2 for both': a number beside a word for how many.
fn changed(scan: &Scan<'_>, clause: Range<usize>) -> Option<usize> {
    let many = |at: usize| {
        scan.token(at).is_some_and(|t| {
            words!("quantity quantities amounts menge mengen quantite quantites quantita cantidad cantidades aantal aantallen").has(&t.folded)
        })
    };
    let digit =
        |at: &usize| scan.token(*at).is_some_and(|t| t.folded.bytes().any(|b| b.is_ascii_digit()));
    clause.clone().any(many).then(|| clause.clone().find(digit)).flatten()
}

/// A word that may say anything in a sentence that calls ordered goods by their names: 'the pump bodies came
/// yesterday'. `ours` tells which words are those.
pub(crate) fn odd_of_goods(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    lang: Option<Lang>,
    ours: &dyn Fn(usize) -> bool,
) -> Option<usize> {
    let run = stretch.tokens.clone();
    let according = stretch.cues.has(Cues::ACCORDING);
    if !run.clone().any(ours) || tells_purpose(scan, &run, inside) {
        return None;
    }
    let mut from = run.start;
    while let Some(at) = unknown(scan, from..run.end, inside, lang, according) {
        if !ours(at) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// 'It's for the repair on line 4': a line of machines, in what the goods are for.
fn tells_purpose(scan: &Scan<'_>, run: &Range<usize>, inside: &[&Mention]) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let opens = |at: &usize| {
        words!("it this these they all is are ' s re das es sie die ist sind c est sont ce ils sono servono e questi dit het dat zijn").has(word(*at))
    };
    let leads = words!("for fur pour per voor");
    let Some(at) = run.clone().find(|at| !opens(at)).filter(|at| leads.has(word(*at))) else {
        return false;
    };
    let article = words!(
        "the our der die das den unsere unseren la le les l notre il lo i nostro nostra de het onze"
    );
    let on = words!(
        "on at of in an auf in der des von sur de du dans sulla della del di nella op van aan"
    );
    let line = words!("line linie strasse ligne linea lijn position pos");
    let whole = (at + 1..run.end).all(|i| {
        let plain = !refers(word(i)) || line.has(word(i)) && on.has(word(i - 1));
        // 'For the repair of', but not 'for repair'.
        let work = plain_words::is_no_purpose(word(i))
            && words!("repair reparatur").has(word(i))
            && article.has(word(i - 1))
            && on.has(word(i + 1));
        let ends = scan.token(i).is_some_and(|t| t.is_any(",;:?"));
        plain && !ends && (work || !plain_words::is_no_purpose(word(i)))
    });
    at > run.start && article.has(word(at + 1)) && whole && !inside.iter().any(|m| is_ours(m))
}

fn unknown(
    scan: &Scan<'_>,
    run: Range<usize>,
    inside: &[&Mention],
    lang: Option<Lang>,
    according: bool,
) -> Option<usize> {
    let mut at = run.start;
    while at < run.end {
        if let Some(end) = turns::end_at(scan, at, run.end) {
            at = end;
            continue;
        }
        let known = scan.token(at).is_none_or(|t| {
            let capital = scan.words(t.span).starts_with(char::is_uppercase);
            t.kind != Kind::Word
                || inside.iter().any(|m| m.tokens.contains(&at))
                || refers(&t.folded)
                || plain_words::helps(&t.folded)
                || super::accounts::is_courtesy(&t.folded)
                || HARMLESS.contains(t.folded.as_str())
                || capital && at > run.start && lang != Some(Lang::De)
                || plain::near_order(&t.folded)
                || is_shut(scan, at)
                || asides::is_way(&t.folded)
                || according && (perils::names_offer(&t.folded) || is_agreed(&t.folded))
                || crate::reading::text::noise::is_role(&t.folded)
                || crate::reading::dates::weekday_at(scan, at).is_some()
                || crate::reading::dates::is_month(scan, at)
                || crate::reading::text::units::unit_at(scan, at).is_some()
                || super::noun_slots::is_noun(scan, at, lang)
        });
        if !known {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// 'Closed until 2 January': a door, and no line of an order.
fn is_shut(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    words!("closed geschlossen ferme fermes fermee chiuso chiusi cerrado cerrados gesloten open offen ouvert aperto abierto").has(word(at))
        && words!("from until till on between for during von bis vom am du jusqu ' dal fino del hasta van tot op entre zwischen").has(word(at + 1))
}

fn is_agreed(word: &str) -> bool {
    words!("besprochen vereinbart abgemacht agreed discussed quoted offered convenu discute concordato discusso acordado besproken afgesproken")
        .has(word)
}

/// Words for the goods, their lines and the order.
fn refers(word: &str) -> bool {
    words!(
        "ones these those goods parts pieces items item line lines position positions quantity quantities order amounts \
         everything ware teile artikel position positionen pos zeile menge mengen bestellung auftrag alles \
         pieces articles marchandise marchandises ligne lignes quantites commande pezzi articoli merce riga righe \
         quantita ordine tutto piezas articulos mercancia linea lineas cantidades pedido todo onderdelen artikelen goederen regel regels \
         aantallen bestelling"
    )
    .has(word)
}

static HARMLESS: LazyLock<HashSet<String>> =
    LazyLock::new(|| WORDS.split_whitespace().map(fold).collect());

/// What is said of goods without changing them: how they are packed and marked, what paper goes
/// with them, who takes them in.
const WORDS: &str = "despatch dispatch undermentioned mentioned under earliest against discussions discussion reference nos dt usual offs ublichen ublicher gewohnten habituel habituelle solito solita habitual gebruikelijke confirm confirmation acknowledge acknowledgement receipt receive invoice invoices pack packed packing packaging label labels labelled mark marked box \
     boxes pallet pallets carton cartons certificate certificates note notes quote mention state address gate door dock hours open phone call whole possible if \
     correct complete check here again separately separate careful carefully wrapped warehouse stores site workshop building reach fragile handle care unloaded unload \
     uber tor sud nord ost west wenn bestatigen bestatigung erhalt rechnung verpacken verpackt verpackung beschriften beschriftung karton kartons palette paletten lieferschein zeugnis zeugnisse angeben \
     adresse tor anliefern angeliefert anlieferung richten kontrolle nochmals getrennt sorgfaltig halle magazin montag sein beschrieben angeboten offeriert genannt zur abladen ankommen eintreffen haus gerne \
     confirmer confirmation accuse reception facture emballer emballage etiqueter etiquette carton cartons palette bon certificat certificats indiquer mentionner rappeler \
     adresse quai livree livrees livrer receptionnee receptionnees atelier depot soigneusement separement sera seront ensemble si possible encore fois arriver \
     confermare conferma ricevuta fattura imballare imballo etichetta etichettare scatola scatole bancale bolla certificato certificati indicare citare indirizzo \
     magazzino nuovo nuova va vanno consegnata consegnate consegnati insieme mandarmi separatamente capannone se possibile arrivare \
     confirmar confirmacion acuse factura embalar embalaje etiqueta caja palet albaran certificado indicar direccion almacen juntos junto si posible llegar \
     bevestigen bevestiging ontvangst factuur verpakken verpakking etiket doos pallet pakbon certificaat vermelden adres magazijn samen als mogelijk";

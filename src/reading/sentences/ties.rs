//! What ties a sentence to an order: the words of buying and of deciding, and the small ones that
//! stand for goods. There are few of them, unlike what else people write about. A sentence that
//! has none speaks of lifts and floors: what it denies, counts or dates is nothing of the order.

use std::ops::Range;

use super::accounts::is_courtesy;
use super::perils::{self, Sentence};
use super::plain_words;
use crate::reading::dates;
use crate::reading::draft::Desk;
use crate::reading::prose::mentions::{Mention, What};
use crate::reading::text::number_words;
use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::Lang;

/// Fewest words that a sentence must have of its own to speak of something else: 'better not' has
/// none, and means what stands beside it.
const OWN: usize = 2;

/// Whether a sentence has nothing to do with the order: no clause of it is tied to one, it has words
/// of its own, and its numbers stand beside these.
pub(crate) fn is_free(
    scan: &Scan<'_>,
    run: &Range<usize>,
    inside: &[Mention],
    desk: &Desk<'_>,
) -> bool {
    let own = |at: usize| is_own(scan, at);
    let counts = |at: usize| {
        scan.token(at).is_some_and(|t| t.kind == Kind::Digits)
            || number_words::words_at(scan, at, None).is_some()
    };
    let dated = |at: usize| {
        inside.iter().any(|m| matches!(m.what, What::Date(_)) && m.tokens.contains(&at))
    };
    let names = &desk.catalog.index().names;
    let goods = |at: usize| scan.token(at).is_some_and(|t| names.knows(t));
    // The words that might turn an order around say nothing else.
    let says = |at: &usize| {
        own(*at)
            && scan.token(*at).is_some_and(|t| {
                !perils::has(Sentence {
                    folded: &t.folded,
                    lang: None,
                    priced: false,
                    goods: false,
                })
            })
    };
    // A German noun has a capital: 'es müssen 30 sein' counts nothing of its own.
    let noun = |at: usize| {
        own(at)
            && says(&at)
            && (desk.lang != Some(Lang::De)
                || scan
                    .token(at)
                    .is_some_and(|t| scan.words(t.span).starts_with(char::is_uppercase)))
    };
    let counted = |at: usize| noun(at + 1) || dated(at) || at > run.start && noun(at - 1);
    run.clone().filter(|at| own(*at)).count() >= OWN
        && !run.clone().any(goods)
        && (tells_past(scan, run) || !run.clone().any(|at| is_time(scan, at)))
        && run.clone().filter(|at| counts(*at)).all(counted)
        && clauses(scan, run).iter().all(|clause| !is_tied(scan, clause))
        && run.clone().filter(says).count() >= OWN
}

/// Whether some words that turn an order around may mean this one, by the clauses of a sentence.
pub(crate) fn is_tied_where(
    scan: &Scan<'_>,
    run: &Range<usize>,
    turns: &dyn Fn(&str) -> bool,
) -> bool {
    let mut turned = clauses(scan, run).into_iter().filter(|c| turns(&scan.folded(c.clone())));
    // The words that turn it around say nothing else.
    let own = |at: &usize| is_own(scan, *at) && !scan.token(*at).is_some_and(|t| turns(&t.folded));
    let dated = !tells_past(scan, run) && run.clone().any(|at| is_time(scan, at));
    let opens = run.clone().find(|at| scan.token(*at).is_some_and(|t| t.kind == Kind::Word));
    let opens = opens.and_then(|at| scan.token(at)).is_some_and(|t| turns(&t.folded));
    let mut any = false;
    let empty = turned.any(|clause| {
        any = true;
        clause.filter(own).count() < OWN
    });
    // 'Not while the crane is down.' Words that only together turn it around stand in several clauses.
    dated || opens || empty || !any || clauses(scan, run).iter().any(|c| is_tied(scan, c))
}

/// Whether a sentence speaks of papers, vehicles and doors: behind the goods, only those are
/// nothing of the order.
pub(crate) fn is_of_ways(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    run.clone().any(|at| {
        scan.token(at).is_some_and(|t| {
            is_paper(&t.folded) || super::asides::is_way(&t.folded) || is_carrier_or_wrap(&t.folded)
        })
    })
}

/// Who brings goods, and what they are wrapped in.
fn is_carrier_or_wrap(word: &str) -> bool {
    words!(
        "phone telephone reachable telefon telefonisch erreichbar joignable telefono raggiungibile carrier haulier courier postman dpd dhl ups fedex planzer tnt gls film foil wrap bubble polystyrene styrofoam peanuts packaging packing lunch break \
         spediteur spedition kurier folie folien styropor verpackung verpacken fullmaterial mittagspause pause mittag \
         transporteur transporteurs livreur film emballage emballages emballer polystyrene dejeuner \
         corriere spedizioniere vettore trasportatore pellicola imballo imballi imballaggio imballate imballare polistirolo pranzo \
         transportista mensajero plastico embalaje vervoerder koerier folie verpakking piepschuim"
    )
    .has(word)
}

/// 'How was the wedding?': a question for what was, with no word that is tied to an order.
pub(crate) fn asks_idly(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    const SHORT: usize = 8;
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let how = run.clone().take(2).any(|at| words!("how wie comment come hoe").has(word(at)));
    let was = run.clone().take(4).any(|at| {
        words!("was were war waren etait etaient era erano stata stato ete").has(word(at))
    });
    run.len() <= SHORT
        && how
        && was
        && !run.clone().any(|at| is_participle(word(at)) && word(at).len() > 4)
        && run.clone().any(|at| is_own(scan, at))
        && clauses(scan, run).iter().all(|clause| !is_tied(scan, clause))
}

/// The parts of a sentence between its marks.
fn clauses(scan: &Scan<'_>, run: &Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = run.start;
    for at in run.clone() {
        if scan
            .token(at)
            .is_some_and(|t| t.is_any(",;:.!?()\u{2013}\u{2014}") || t.is('-') && !t.glued)
        {
            parts.push(start..at);
            start = at + 1;
        }
    }
    parts.push(start..run.end);
    parts.retain(|part| !part.is_empty());
    parts
}

/// Whether a clause may speak of the order, or says nothing by itself but may turn one around.
fn is_tied(scan: &Scan<'_>, clause: &Range<usize>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    if !clause.clone().any(|at| is_own(scan, at)) {
        let folded = scan.folded(clause.clone());
        return perils::has(Sentence { folded: &folded, lang: None, priced: false, goods: false });
    }
    let paper = clause.clone().any(|at| is_paper(word(at)));
    clause.clone().any(|at| {
        let said = word(at);
        stands_for_goods(said)
            || !(paper && handles(said)) && acts(said) && !is_name_of_order(scan, at)
            || decides(said)
    })
}

/// 'The order number', 'PO 4711': what an order is called by.
fn is_name_of_order(scan: &Scan<'_>, at: usize) -> bool {
    let next = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    words!("order commande bestellung ordine pedido bestelling").has(next(at))
        && words!("number no nr reference ref confirmation n numero form").has(next(at + 1))
}

/// Whether a word is more than the small ones of a language.
pub(crate) fn is_own(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at).is_some_and(|t| t.kind == Kind::Word && !is_small(&t.folded))
}

fn is_small(word: &str) -> bool {
    word.len() <= 2
        || is_courtesy(word)
        || plain_words::helps(word)
        || crate::reading::text::lang::is_common(word)
}

/// Whether a sentence tells of what came of earlier goods: in the past, with a day that is gone, a
/// 'last' or a paper's number, and no word of wanting, denying or having more of them.
pub(crate) fn tells_of_earlier(
    scan: &Scan<'_>,
    run: &Range<usize>,
    inside: &[Mention],
    desk: &Desk<'_>,
) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let gone = |m: &Mention| match &m.what {
        What::Date(when) => when.day().zip(desk.today).map(|(day, today)| day < today),
        _ => None,
    };
    let days: Vec<Option<bool>> =
        inside.iter().filter(|m| matches!(m.what, What::Date(_))).map(gone).collect();
    let last = run.clone().any(|at| {
        words!("last previous letzte letzten letzter derniere dernier dernieres ultima ultimo scorso scorsa ultimas vorige laatste").has(word(at))
            && words!(
                "delivery order time lot batch shipment consignment lieferung bestellung sendung mal livraison commande fois envoi consegna fornitura \
                 spedizione volta entrega levering bestelling keer"
            )
            .has(word(at + 1))
    });
    let paper = || run.clone().any(|at| is_paper_number(scan, at));
    let marked = days.contains(&Some(true)) || last || paper();
    marked
        && !days.contains(&Some(false))
        && (days.iter().all(Option::is_some) || paper())
        && (is_past(scan, run) || is_arrived(scan, run))
        && run
            .clone()
            .all(|at| !names_goods(scan, at, desk) || is_of_earlier(scan, run, at, inside))
        && !run.clone().any(|at| scan.token(at).is_some_and(|t| t.is_any("?:")) || wants(word(at)))
        && {
            // What is 'already' here has come.
            let folded: Vec<&str> = run
                .clone()
                .map(word)
                .filter(|said| !words!("already schon bereits deja gia").has(said))
                .collect();
            let folded = folded.join(" ");
            !perils::has(Sentence { folded: &folded, lang: None, priced: false, goods: false })
        }
}

/// Whether a word names goods, or an order without its number.
fn names_goods(scan: &Scan<'_>, at: usize, desk: &Desk<'_>) -> bool {
    scan.token(at).is_some_and(|t| {
        desk.catalog.index().names.knows(t)
            || t.kind == Kind::Word && desk.catalog.index().code_at(scan, at, desk.domain).is_some()
            || stands_for_goods(&t.folded)
                && !words!("all both everything alles tout tous toutes tutto tutti tutte todo")
                    .has(&t.folded)
            || acts(&t.folded) && !is_delivery(&t.folded) && !is_paper_number(scan, at + 1)
    })
}

/// 'Delivery' and 'shipment' come, and are none of the goods above.
fn is_delivery(word: &str) -> bool {
    words!("delivery deliveries delivered shipment consignment lieferung lieferungen sendung geliefert livraison livraisons livre livres consegna consegne consegnato spedizione entrega levering")
        .has(word)
}

/// 'The pump bodies of SO0211', 'of 15 January'.
fn is_of_earlier(scan: &Scan<'_>, run: &Range<usize>, at: usize, inside: &[Mention]) -> bool {
    const NEAR: usize = 5;
    let of = |at: usize| {
        scan.token(at).is_some_and(|t| {
            words!("of from vom von aus de du d del della dell di da van uit").has(&t.folded)
        })
    };
    let earlier = |at: usize| {
        is_paper_number(scan, at)
            || inside.iter().any(|m| matches!(m.what, What::Date(_)) && m.tokens.start == at)
    };
    (at + 1..run.end.min(at + NEAR)).any(|at| of(at) && (earlier(at + 1) || earlier(at + 2)))
}

/// 'SO0419 is here', 'les cartons sont là'.
fn is_arrived(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    run.clone().any(|at| {
        words!("is are ist sind est sont e sono").has(word(at))
            && words!("here in da hier la ici qui arrivati arrivate").has(word(at + 1))
    })
}

/// Words that ask for goods, or have some of those that came wanted again.
fn wants(word: &str) -> bool {
    const STEMS: [&str; 14] = [
        "need", "want", "requir", "brauch", "benotig", "besoin", "bisogn", "servon", "necesit",
        "replac", "ersatz", "ersetz", "remplac", "sostitu",
    ];
    STEMS.iter().any(|stem| word.starts_with(stem))
        || words!(
            "please pls bitte merci veuillez prego favore favor graag again more another same like make sorry actually rather correction moment halt pardon scusate would could should must now today instead except \
             nochmals wieder mehr weitere gleiche gleichen mochten sollen bestellen jetzt nun heute statt ausser encore autre memes voudrions commander maintenant sauf \
             ancora altro altri stesso stessi vorremmo ordinare ordiniamo adesso ora oggi nuovo otra mas mismo queremos ahora opnieuw meer zelfde nu missing fehlen fehlte fehlten manque \
             manquait mancava mancano short wrong broken damaged defective falsch kaputt defekt casse defectueux rotto difettoso"
        )
        .has(word)
}

/// 'SO0419', 'LS-5520': the number of a paper.
fn is_paper_number(scan: &Scan<'_>, at: usize) -> bool {
    let token = |at: usize| scan.token(at);
    let letters =
        token(at).is_some_and(|t| t.folded.starts_with(|c: char| c.is_ascii_alphabetic()));
    let whole = letters
        && super::asides::names_paper(scan, at)
        && token(at).is_some_and(|t| t.folded.bytes().filter(u8::is_ascii_digit).count() >= 4);
    let named = token(at).is_some_and(|t| t.kind == Kind::Digits && t.folded.len() >= 4)
        && token(at.wrapping_sub(1)).is_some_and(|t| {
            words!(
                "so order note invoice bestellung lieferschein rechnung auftrag commande bulletin facture ordine bolla fattura ddt ls ab bl"
            )
            .has(&t.folded)
        });
    whole || named
}

/// 'On Sunday', 'am Sonntag': of what was, it is the one before.
pub(crate) fn is_last_weekday(scan: &Scan<'_>, mention: &Mention) -> bool {
    let said = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let digits =
        mention.tokens.clone().any(|at| scan.token(at).is_some_and(|t| t.kind == Kind::Digits));
    let before = mention.tokens.start.checked_sub(1).map_or("", said);
    let led = words!("on last am letzten").has(before)
        || words!("on last am letzten").has(said(mention.tokens.start));
    !digits && led
}

/// Whether a sentence tells of what was.
pub(crate) fn tells_past(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    // 'Passed', 'retired': English tells so by an ending.
    let ends = |at: usize| {
        is_own(scan, at)
            && scan.token(at).is_some_and(|t| t.folded.len() >= 5 && t.folded.ends_with("ed"))
    };
    is_past(scan, run) || run.clone().any(ends)
}

/// The same, by a verb.
fn is_past(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let was = |at: &usize| {
        words!(
            "was were had came went took broke stopped ran got fell met saw won lost found left kept made sent told gave heard thought knew began brought \
             built bought caught felt held paid said sold spent stood taught wrote drove flew froze rose burned war waren hatte hatten kam kamen ging gingen lief fiel wurde wurden \
             etait etaient avait avaient fut eut era erano aveva avevano fu estaba estaban fue tuvo was waren had hadden kwam ging"
        )
        .has(word(*at))
    };
    let has = |at: &usize| {
        words!("have has haben hat ist sind a ont avons est sont ha hanno abbiamo e sono ha han hemos hebben heeft is zijn ve s")
            .has(word(*at))
            && (at + 1..run.end.min(at + 8)).any(|at| is_participle(word(at)))
    };
    run.clone().any(|at| was(&at) || has(&at))
}

fn is_participle(word: &str) -> bool {
    const ENDINGS: [&str; 9] = ["ed", "ato", "ata", "ati", "ate", "uto", "ito", "ado", "ido"];
    let long = word.len() >= 5;
    long && ENDINGS.iter().any(|end| word.ends_with(end))
        || long && word.starts_with("ge") && (word.ends_with('t') || word.ends_with("en"))
        || words!(
            "been come gone got had done made left run broken stopped ete eu fait ferme casse stato stata stati rotto chiuso fatto venuto"
        )
        .has(word)
}

/// Papers that go with orders, and are none.
fn is_paper(word: &str) -> bool {
    words!(
        "invoice invoices bill statement note notes certificate certificates catalogue catalogues brochure datasheet label labels reminder paper papers calendar \
         rechnung rechnungen gutschrift gutschriften lieferschein lieferscheine zeugnis zeugnisse katalog etikett etiketten papier papiere mahnung kalender \
         facture factures avoir bulletin certificat certificats catalogue etiquette etiquettes papier papiers rappel calendrier \
         fattura fatture bolla bolle ddt certificato certificati catalogo etichetta etichette carta sollecito calendario \
         factura facturas albaran certificado certificados catalogo factuur facturen pakbon certificaat catalogus papier"
    )
    .has(word)
}

/// Words for how long and in which month.
fn is_time(scan: &Scan<'_>, at: usize) -> bool {
    dates::is_month(scan, at)
        || scan.token(at).is_some_and(|t| {
            words!(
                "day days hour hours week weeks month months quarter year end tag tage tagen stunden woche wochen monat monaten quartal jahr ende frist \
                 easter christmas ostern weihnachten paques noel pasqua natale jour jours heures semaine semaines mois trimestre fin delai giorno giorni ore settimana settimane mese mesi trimestre fine termine \
                 dia dias horas semana semanas mes meses fin plazo dag dagen uren week weken maand maanden kwartaal einde termijn"
            )
            .has(&t.folded)
        })
}

/// What is done with goods, and with papers too.
fn handles(word: &str) -> bool {
    const STEMS: [&str; 12] = [
        "send", "deliver", "need", "want", "liefer", "schick", "brauch", "livr", "envo", "besoin",
        "mand", "invi",
    ];
    STEMS.iter().any(|stem| word.starts_with(stem))
}

/// Words for buying and handing over.
fn acts(word: &str) -> bool {
    const STEMS: [&str; 41] = [
        "ausliefer",
        "anliefer",
        "verschick",
        "order",
        "deliver",
        "suppl",
        "dispatch",
        "purchas",
        "requir",
        "bestell",
        "liefer",
        "auftrag",
        "benotig",
        "brauch",
        "commande",
        "command",
        "livr",
        "besoin",
        "ordin",
        "conseg",
        "spedi",
        "fornit",
        "bisogn",
        "servon",
        "pedid",
        "entreg",
        "necesit",
        "lever",
        "bestel",
        "produ",
        "need",
        "want",
        "ship",
        "send",
        "schick",
        "envo",
        "mand",
        "invi",
        "expedi",
        "fabriqu",
        "herstell",
    ];
    STEMS.iter().any(|stem| word.starts_with(stem))
        || words!(
            "sent buy buys bought take takes taken keep process processed enter entered place placed make made go goes consignment shipment stock \
             wollen will kaufen kauf nehmen nimmt nehme behalten erfassen buchen lager sendung \
             vouloir veux voulons veut acheter achat prendre prenons prend garder saisir marchandise marchandises faut stock \
             vogliamo voglio vuole comprare acquisto acquistare prendere prendiamo tenere merce magazzino serve \
             queremos quiero enviar comprar compra tomar mercancia willen wil sturen kopen nemen houden goederen voorraad"
        )
        .has(word)
}

/// Words for deciding, and for what is decided.
fn decides(word: &str) -> bool {
    const STEMS: [&str; 19] = [
        "confirm",
        "approv",
        "decid",
        "decision",
        "bestatig",
        "genehmig",
        "entscheid",
        "entschied",
        "approuv",
        "valid",
        "decis",
        "conferm",
        "aprob",
        "releas",
        "freigeb",
        "freigab",
        "cancel",
        "annul",
        "storn",
    ];
    STEMS.iter().any(|stem| word.starts_with(stem))
        || words!(
            "boss management board owner bank banks financing permit tender job pay pays idea sense point keen convinced firm company business serious hacked bankrupt broke shelf shelves \
             architect chef geschaftsleitung besitzer finanzierung bewilligung baubewilligung zuschlag bezahlen idee sinn begeistert uberzeugt firma betrieb ernst gehackt pleite konkurs \
             regal regale architekt patron direction conseil banque financement permis payer sens convaincu convaincue societe entreprise serieux piratee faillite etageres architecte \
             titolare capo direzione banca finanziamento permesso gara pagare senso convinto convinta ditta azienda serio violata fallito scaffali architetto jefe direccion banco concurso \
             empresa convencido baas bestuur aanbesteding bedrijf overtuigd idee failliet \
             ready binding final official serious meant mean sure certain agree agreed agreement sign signed go-ahead budget contract project customer client \
             count counts apply applies include included first before until till yet rest remainder already duplicate copy \
             bereit verbindlich definitiv endgultig sicher einverstanden unterschrieben vertrag budget projekt kunde zahlt gilt gelten enthalten zuerst vorher noch bis bevor rest \
             pret definitif definitive officiel certain accord signe signer contrat projet client comprend compte abord avant encore jusqu reste \
             pronto pronti definitivo definitiva ufficiale sicuro certo accordo firmato firma contratto progetto cliente compreso conta vale prima ancora finche resto \
             listo definitivo oficial seguro acuerdo firmado contrato proyecto cliente antes todavia hasta resto \
             klaar definitief officieel zeker akkoord getekend contract klant nog tot voordat"
        )
        .has(word)
}

/// Words that stand for goods, their lines and how many they are.
fn stands_for_goods(word: &str) -> bool {
    const STEMS: [&str; 4] = ["quantit", "artik", "artic", "cantidad"];
    STEMS.iter().any(|stem| word.starts_with(stem))
        || words!(
            "davon dont waarvan hiervan it them they these those ones both all everything anything each another same goods part parts piece pieces item items line lines position positions \
             product products material materials list table amount amounts number numbers figure figures date dates \
             diese dieser diesen dieses alles alle beide beides ware waren teil teile stuck posten position positionen menge mengen liste tabelle zahl zahlen anzahl termin \
             cela ca ceci celui celle ceux celles tout tous toute toutes memes piece pieces poste postes ligne lignes liste tableau chiffre chiffres \
             cui questo questa questi queste quello quella tutto tutti tutte stesso pezzo pezzi righe riga voce voci lista tabella cifra cifre data \
             esto este esta estos estas todo todos todas mismo pieza piezas linea lineas unidades lista fecha \
             dit deze alles beide zelfde stuk stuks regel regels lijst tabel aantal aantallen datum"
        )
        .has(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    fn turns(text: &str) -> bool {
        let scan = Scan::whole(Part::Text, text);
        let all = 0..scan.tokens.len();
        let perilous = |folded: &str| {
            perils::has(Sentence { folded, lang: None, priced: false, goods: false })
        };
        perilous(&scan.folded(all.clone())) && is_tied_where(&scan, &all, &perilous)
    }

    #[test]
    fn what_is_denied_of_lifts_and_floors_is_not_the_order() {
        for text in [
            "The lifts run again and nobody has to climb the floors any more.",
            "The forklift does not start, so I have time to write.",
            "Monsieur Perrin rappelle que la rampe n'accepte pas les camions.",
            "Mein Nachbar hat sich nicht beschwert.",
            "No need to send the credit note on paper.",
        ] {
            assert!(!turns(text), "{text}");
        }
    }

    #[test]
    fn what_is_denied_of_the_order_is() {
        for text in [
            "Better not.",
            "The ferry has gone, so we do not need them.",
            "Der Umbau kommt, aber die Ware brauchen wir nicht.",
            "Le directeur n'a pas approuvé.",
            "Il capo non ha ancora deciso.",
            "The museum has not signed.",
            "Niet meer leveren, de kas is dicht.",
        ] {
            assert!(turns(text), "{text}");
        }
    }
}

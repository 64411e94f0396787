//! Words around a day that make it something else than the day on which goods are wished: a talk on
//! Friday, the invoice by 12 May, a week before the fair, the first part only.
//!
//! Such a day is asked for: what a customer meant by it a clerk could say, and these words alone
//! do not.

use std::ops::Range;

use super::wished_days;
use crate::reading::prose::mentions::{Mention, What};
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::text::stretches::is_product;
use crate::reading::text::{Kind, Scan, words};

/// What the words around a day make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guard {
    /// Nothing.
    Free,
    /// The day of something else, perhaps.
    Foreign,
    /// A time that is counted from the day, or a part of the goods.
    Shifted,
    /// The day of the mail, on which it orders.
    Written,
}

/// What the words of a clause make of its day.
pub(crate) fn of(
    scan: &Scan<'_>,
    clause: &Range<usize>,
    inside: &[&Mention],
    day: &Mention,
    (own, soon): (bool, bool),
) -> Guard {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let free = |at: &usize| {
        !day.tokens.contains(at) && !inside.iter().any(|m| is_product(m) && m.tokens.contains(at))
    };
    let from = near(clause, inside, day);
    let around = (from..clause.end).filter(free);
    if own
        && around.clone().any(|at| orders(word(at)))
        && !around.clone().any(|at| brings(word(at)))
    {
        return Guard::Written;
    }
    let named = scan.tokens.get(day.tokens.clone()).unwrap_or_default();
    let weekday = !named.iter().any(|t| t.kind == Kind::Digits);
    if weekday && is_of_week_beside(scan, day) || word(day.tokens.end) == "after" {
        return Guard::Shifted;
    }
    let shifted = around
        .clone()
        .any(|at| is_part(word(at)) || weekday && (is_week(word(at)) || is_feast(word(at))))
        || is_counted_from(scan, clause.start, day);
    if shifted {
        return Guard::Shifted;
    }
    let accompanied = |at: usize| {
        (at.saturating_sub(2)..at).any(|i| {
            words!("with mit avec con met incl inkl including inklusive and und et e y en plus")
                .has(word(i))
        })
    };
    // 'As agreed on 12 May', which is still to come: it is what was agreed.
    let agreed = |at: usize| soon && !weekday && at != day.tokens.end && is_as_agreed(scan, at);
    // 'And let me know by Friday': what stands between the goods and their day.
    let goods = from > clause.start;
    let asks = goods
        && cues::of(&scan.folded(from..day.tokens.start.max(from)))
            .has(Cues::ANSWER.and(Cues::AWAY));
    let foreign = asks
        || around.clone().any(|at| {
            is_talk(word(at)) && !agreed(at)
                || is_paper(word(at)) && !accompanied(at)
                || is_no(word(at)) && !is_bound(scan, at)
                || is_numbered_line(scan, at)
                || is_yours(scan, at)
                || is_empties(word(at))
                || is_to_order(scan, at)
        });
    let of_latter = clause.clone().any(|at| {
        words!("latter former letztere letzterer letzteres letzteren erstere ersteres ersteren")
            .has(word(at))
    });
    if foreign || of_latter || stands_alone(scan, clause, inside, day) {
        return Guard::Foreign;
    }
    Guard::Free
}

/// 'Please send 10 A, on 27 October we take stock': a clause behind the goods that has a day and words
/// which no wish for goods has.
fn stands_alone(
    scan: &Scan<'_>,
    clause: &Range<usize>,
    inside: &[&Mention],
    day: &Mention,
) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let goods = |m: &&&Mention| is_product(m) || matches!(m.what, What::Amount { .. });
    let behind = inside.iter().any(|m| is_product(m) && m.tokens.end <= clause.start);
    let own = inside.iter().filter(goods).any(|m| clause.contains(&m.tokens.start));
    // 'By', 'für' and 'pour' lead to the day of a wish, whatever stands beside.
    let before = day.tokens.start.checked_sub(1).map_or("", word);
    let weak = words!("on am le il el op der den dem ist is").has(before);
    let mentioned = |at: usize| inside.iter().any(|m| m.tokens.contains(&at));
    behind
        && !own
        && weak
        && !super::clauses::delivers(scan, clause)
        && clause.clone().any(|at| {
            let said = scan.token(at).is_some_and(|t| t.kind == Kind::Word);
            said && !mentioned(at) && !wished_days::is_word(scan, at)
        })
}

/// 'La semaine prochaine, mercredi': a week on the other side of a comma.
fn is_of_week_beside(scan: &Scan<'_>, day: &Mention) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let (start, end) = (day.tokens.start, day.tokens.end);
    let before = start.checked_sub(1).filter(|at| word(*at) == ",");
    let coming = words!(
        "next coming prochaine prochain prossima prossimo proxima volgende nachste nachster nachsten kommende kommender kommenden"
    );
    let of_week = |mut run: Range<usize>| {
        run.clone().any(|at| is_week(word(at))) && run.any(|at| coming.has(word(at)))
    };
    before.is_some_and(|comma| of_week(comma.saturating_sub(4)..comma))
        || word(end) == "," && of_week(end + 1..end + 5)
}

/// What the seller does, or the buyer for the seller: 'let me have your delivery date by 2 May', 'you will get
/// our order by Friday'.
fn is_yours(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let yours = words!("your ihr ihre ihren ihrem votre vos vostra vostro vostri su uw");
    let told = words!(
        "date dates termin liefertermin lieferdatum delai data fecha datum answer antwort reponse risposta respuesta antwoord"
    );
    let get = words!(
        "get receive have hear erhalten bekommen recevez recevrez riceverete ricevete recibira recibiran ontvangt krijgt"
    );
    let you = words!("you sie ihr vous u will then dann");
    yours.has(word(at)) && (told.has(word(at + 1)) || told.has(word(at + 2)))
        || get.has(word(at)) && you.has(word(at.wrapping_sub(1))) && word(at) != "have"
        || words!("erhalten bekommen").has(word(at)) && word(at + 1) == "sie"
        || words!("recevrez riceverete recibiran ontvangt").has(word(at))
}

/// 'We will order the following on 12 May': the order is still to come.
fn is_to_order(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let before = |n: usize| at.checked_sub(n).map_or("", &word);
    words!("order buy purchase").has(word(at))
        && (words!("will shall ll").has(before(1)) || before(1) == "to" && before(2) == "going")
}

/// What goes back to the seller.
fn is_empties(word: &str) -> bool {
    words!("empty empties leergut leere leeren vides vuoti vacios lege retouren").has(word)
}

/// Where the words begin that stand near a day: behind the goods before it, or at its clause.
fn near(clause: &Range<usize>, inside: &[&Mention], day: &Mention) -> usize {
    let goods = |m: &&&Mention| {
        matches!(m.what, What::Product(..) | What::Amount { .. })
            && m.tokens.end <= day.tokens.start
    };
    let last = inside.iter().filter(goods).map(|m| m.tokens.end).max();
    last.map_or(clause.start, |end| end.max(clause.start))
}

/// 'A week before the fair on 19 May', 'two days after', 'la veille du'.
fn is_counted_from(scan: &Scan<'_>, from: usize, day: &Mention) -> bool {
    let start = day.tokens.start;
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let mut before = from.max(start.saturating_sub(8))..start;
    if before.clone().any(|at| words!("veille vigilia vispera vooravond eve").has(word(at))) {
        return true;
    }
    let counted = before.clone().any(|at| {
        words!(
            "day days week weeks tag tage tagen woche wochen jour jours semaine semaines giorno giorni settimana settimane dia dias \
             semana semanas dag dagen weken"
        )
        .has(word(at))
    });
    before.any(|at| {
        // 'In the days following 12 May'; 'the following by 12 May' is a list.
        let list = word(at.wrapping_sub(1)) == "the"
            && words!("for by on to with until before , : items item goods parts articles products order lines quantities materials")
                .has(word(at + 1));
        let following = word(at) == "following" && !list;
        words!("before vor avant prima antes voor ahead").has(word(at)) && counted
            || words!("after nach apres dopo despues na").has(word(at))
            || following
    })
}

/// 'No later than', 'non oltre': no denial.
fn is_bound(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    words!("later spater oltre").has(word(at + 1))
        || words!("plus").has(word(at + 1)) && word(at + 2) == "tard"
        || word(at + 1) == "after"
        || words!("no nr n").has(word(at))
            && scan.token(at + 1).is_some_and(|t| t.is_any(".:°") || t.kind == Kind::Digits)
}

/// 'Item 2', 'Pos. 1': the day is of that line only.
fn is_numbered_line(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let number = (at + 1..at + 3).find(|i| !scan.token(*i).is_none_or(|t| t.is('.')));
    words!("item pos position ligne riga linea regel zeile").has(word(at))
        && number.is_some_and(|i| {
            scan.token(i).is_some_and(|t| t.kind == Kind::Digits && t.folded.len() <= 2)
        })
}

fn orders(word: &str) -> bool {
    ["order", "bestell", "command", "ordin", "pedi", "bestel"].iter().any(|b| word.starts_with(b))
        || words!("auftrag hereby hiermit hierbij").has(word)
}

fn brings(word: &str) -> bool {
    words!(
        "send ship deliver delivered delivery need needed supply by until latest liefern lieferung senden schicken brauchen benotigen bis spatestens livrer \
         livraison envoyer besoin faut consegna consegnare spedire servono entro entrega entregar enviar necesitamos leveren levering sturen nodig"
    )
    .has(word)
}

/// Part of the goods, or as many as can be.
fn is_part(word: &str) -> bool {
    words!(
        "part partial partly teil teilweise teillieferung partie parte gedeeltelijk half halfte moitie meta mitad helft many erste ersten erster first \
         premiere prima primera eerste final remainder remaining reste resto restliche restlichen rest"
    )
    .has(word)
}

fn is_week(word: &str) -> bool {
    words!("week weeks woche wochen semaine semaines settimana settimane semana semanas weken fortnight").has(word)
        || word.starts_with("ubernachst")
        || words!("last letzten letzter vergangenen dernier passe scorso passata pasado afgelopen vorige").has(word)
}

pub(crate) fn is_feast(word: &str) -> bool {
    words!(
        "christmas xmas easter whitsun pentecost ascension weihnachten ostern pfingsten auffahrt himmelfahrt fronleichnam noel paques pentecote \
         natale pasqua pentecoste navidad pascua kerst pasen pinksteren hemelvaart"
    )
    .has(word)
}

/// A talk, an approval, what happened before.
fn is_talk(word: &str) -> bool {
    words!(
        "discussed agreed approved spoke spoken talked telephoned phoned meeting call conversation visit visited ran \
         besprochen telefonisch telefonat gesprach besuch vereinbart abgemacht genehmigt freigegeben discute convenu entretien visite telephone \
         discusso concordato parlato visita telefonata approvato hablamos hablado acordado visita conversacion besproken afgesproken gesproken bezoek"
    )
    .has(word)
}

/// 'As agreed', 'wie besprochen', 'comme convenu'.
pub(crate) fn is_as_agreed(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let as_said = words!("as wie comme come como zoals").has(word(at.wrapping_sub(1)));
    as_said
        && words!(
            "discussed agreed besprochen vereinbart abgemacht convenu discute concordato discusso acordado hablado afgesproken besproken"
        )
        .has(word(at))
}

/// Papers, payments and prices.
fn is_paper(word: &str) -> bool {
    words!(
        "invoice invoices payment payable paid certificate certificates drawing drawings confirmation acknowledgement offer quotation quote price prices valid \
         rechnung zahlung zahlbar zeugnis werkszeugnis zertifikat zeichnung auftragsbestatigung bestatigung angebot offerte preis preise gultig \
         facture paiement payable certificat plan confirmation devis prix valable fattura pagamento certificato disegno conferma offerta prezzo valido \
         factura pago certificado plano confirmacion oferta precio valido factuur betaling certificaat tekening bevestiging prijs geldig \
         customer customers kunde kunden client clients cliente clienti klant klanten fair messe salon fiera beurs birthday geburtstag auditor audit \
         machine maschine macchina colleague kollege holiday feiertag"
    )
    .has(word)
}

fn is_no(word: &str) -> bool {
    words!(
        "no not never except impossible nobody closed shut betriebsferien betriebsurlaub ferien urlaub vacances vacaciones vakantie ferie kein keine keinen nicht nie ausser unmoglich niemand geschlossen pas aucune sauf impossible \
         ferme fermee fermes fermees personne non nessuna tranne impossibile chiuso chiusa chiusi chiuse sin ninguna salvo excepto imposible cerrado cerrada cerrados cerradas geen niet behalve onmogelijk gesloten"
    )
    .has(word)
}

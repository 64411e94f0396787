//! Pleas: a word that asks, with the verb of what is asked for, or with what the mail is to be taken
//! for. Which verb and in which form does not matter, if nothing else is asked for.

use std::ops::Range;

use super::plain::word;
use super::plain_words::helps;
use crate::reading::text::{Kind, Scan, words};

/// 'Bitte heute in drei Wochen liefern', 'vi prego di consegnarci': a plea and a verb of handing over,
/// with nothing between them but when and how.
/// `told` says which tokens name goods, amounts and days.
pub(crate) fn bidding(
    scan: &Scan<'_>,
    at: usize,
    end: usize,
    told: &dyn Fn(usize) -> bool,
) -> Option<Range<usize>> {
    const APART: usize = 9;
    let pleads = words!(
        "please pls plz kindly bitte graag gelieve merci veuillez prie prions prego pregasi preghiamo prega favor rogamos ruego"
    );
    if !pleads.has(word(scan, at)) {
        return None;
    }
    // 'Bitte 10 A nochmals zustellen', 'Bitte für die 6 A die Lieferscheine schicken': goods that came.
    let came = |at: usize| {
        let said = word(scan, at);
        words!("again nochmals nochmal erneut wieder nouveau nuovamente ancora nuevo opnieuw")
            .has(said)
            || words!("for fur pour per para voor").has(said)
                && words!("the die les i gli los las de unsere our nos nostri onze")
                    .has(word(scan, at + 1))
    };
    if (at + 1..end).any(told) && (at + 1..end).any(came) {
        return None;
    }
    // 'Bitte 6 Stück A und 2 B auf morgen liefern': goods stand between as they like.
    let near = (at + 1..end).filter(|at| !told(*at)).take(APART);
    let last = near.into_iter().find(|verb| hands_over(word(scan, *verb)))?;
    let harmless = |between: usize| {
        scan.token(between).is_some_and(|t| {
            t.kind == Kind::Digits
                || t.is_any(".,'\u{2019}-")
                || helps(&t.folded)
                || words!("heute morgen ubermorgen tagen wochen today tomorrow days weeks demain jours semaines oggi domani giorni settimane")
                    .has(&t.folded)
                || crate::reading::dates::is_month(scan, between)
                || crate::reading::dates::weekday_at(scan, between).is_some()
                || crate::reading::text::number_words::words_at(scan, between, None).is_some()
        }) || told(between)
    };
    // 'Fournir le poids de': goods, a list or nothing come next.
    let object = (last + 1..end).take_while(|i| {
        scan.token(*i).is_some_and(|t| t.kind == Kind::Word)
            && crate::reading::text::number_words::words_at(scan, *i, None).is_none()
            && crate::reading::text::units::unit_at(scan, *i).is_none()
    });
    let plain = object.clone().all(|i| {
        helps(word(scan, i))
            || crate::reading::dates::weekday_at(scan, i).is_some()
            || scan.token(i).is_some_and(|t| {
                scan.words(t.span).chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
            })
    });
    (plain && (at + 1..last).all(harmless)).then_some(at..last + 1)
}

/// 'Please accept this as our order', 'bitte betrachten Sie diese Nachricht als unsere Bestellung'.
pub(crate) fn declaring(scan: &Scan<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    const APART: usize = 9;
    const NEAR: usize = 5;
    let pleads =
        words!("please kindly bitte veuillez merci prego vogliate preghiamo graag gelieve");
    let takes = words!(
        "accept treat take consider regard view book enter nehmen betrachten ansehen verstehen behandeln considerer traiter prendre considerare trattare \
         considerate beschouwen"
    );
    let order = words!("order bestellung auftrag commande ordine pedido bestelling");
    if !pleads.has(word(scan, at)) {
        return None;
    }
    let near = at + 1..end.min(at + APART);
    let known = |i: usize| {
        takes.has(word(scan, i))
            || helps(word(scan, i))
            || words!("nachricht diese dieses dieser schreiben bedarf untenstehenden folgenden nachstehenden messaggio questa bericht dit deze")
                .has(word(scan, i))
    };
    let role = near.clone().find(|i| words!("as als comme come").has(word(scan, *i)))?;
    let named = (role + 1..end.min(role + NEAR)).find(|i| order.has(word(scan, *i)))?;
    let verb = near.start..end.min(named + 3);
    // 'As our order in principle', 'as the order of yesterday'.
    let ends = scan.token(named + 1).filter(|_| named + 1 < end).is_none_or(|t| {
        t.kind != Kind::Word
            || words!("no nr number n numero nummer against below for fur uber pour per para voor")
                .has(&t.folded)
            || t.folded == "auf" && scan.token(named + 2).is_none_or(|t| t.is_any(".:,("))
            || scan.words(t.span).chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
    });
    let ours = (role + 1..named).all(|i| {
        words!("our my an a new firm official binding unsere unser eine als neue verbindliche notre une ma nouvelle ferme ufficiale nostro un nuovo nuestro un onze een definitive definitief")
            .has(word(scan, i))
    });
    (ends
        && ours
        && verb.into_iter().any(|i| takes.has(word(scan, i)))
        && (at + 1..role).all(known))
    .then_some(at..named + 1)
}

/// Verbs that hand goods over, as one asks or is asked to.
pub(crate) fn hands_over(word: &str) -> bool {
    const STEMS: [&str; 24] = [
        "liefer",
        "schick",
        "send",
        "zusend",
        "zuschick",
        "bereitstell",
        "zustell",
        "anliefer",
        "deliver",
        "ship",
        "dispatch",
        "supply",
        "suppl",
        "envoy",
        "livr",
        "expedi",
        "fourn",
        "consegn",
        "sped",
        "invia",
        "manda",
        "forni",
        "lever",
        "stur",
    ];
    // 'Geliefert', 'delivered', 'livré' and the nouns ask for nothing.
    const OTHERS: [&str; 12] =
        ["ed", "ung", "ungen", "er", "aison", "ato", "ata", "ati", "ate", "one", "ura", "ing"];
    const NOUNS: [&str; 9] = [
        "lieferschein",
        "lieferant",
        "lieferpapier",
        "liefertermin",
        "lieferdat",
        "lieferzeit",
        "lieferadress",
        "lieferumfang",
        "sendungs",
    ];
    let infinitive = words!("livrer envoyer liefer schicker").has(word);
    STEMS.iter().any(|stem| word.starts_with(stem))
        && (infinitive || !OTHERS.iter().any(|end| word.ends_with(end)))
        && !NOUNS.iter().any(|noun| word.starts_with(noun))
        && !words!("livre livres livree livrees envoye envoyes envoyee expedie expedies lieferschein lieferant lieferadresse liefertermin lieferdatum lieferbar sendung delivery deliveries supplier suppliers shipment leverancier").has(word)
        || words!("livrer envoyer expedier fournir consegnare inviare mandare fornire spedire parvenir zukommen").has(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    fn found(text: &str, is: fn(&Scan<'_>, usize, usize) -> Option<Range<usize>>) -> bool {
        let scan = Scan::whole(Part::Text, text);
        (0..scan.tokens.len()).any(|at| is(&scan, at, scan.tokens.len()).is_some())
    }

    #[test]
    fn a_plea_hands_over_goods_and_nothing_else() {
        for text in [
            "Bitte heute in drei Wochen liefern:",
            "Vi prego di consegnarci lunedì 250 kg",
            "Merci de nous livrer 20 pièces",
            "Please ship 20 pcs",
        ] {
            assert!(found(text, |s, at, end| bidding(s, at, end, &|_| false)), "{text}");
        }
        for text in [
            "Je vous prie de nous fournir le poids de 20 pièces",
            "Vi prego di mandarci le misure di 20 pezzi",
            "Bitte die gelieferten 20 Stück prüfen",
            "Please find the delivered 20 pcs",
        ] {
            assert!(!found(text, |s, at, end| bidding(s, at, end, &|_| false)), "{text}");
        }
    }

    #[test]
    fn a_mail_is_declared_to_be_an_order_and_no_former_one() {
        for text in [
            "Please treat this mail as our firm order:",
            "Bitte betrachten Sie diese Nachricht als unsere Bestellung.",
            "vogliate considerare questo messaggio come nostro ordine:",
            "Bitte nehmen Sie den untenstehenden Bedarf als verbindliche Bestellung auf.",
        ] {
            assert!(found(text, declaring), "{text}");
        }
        for text in [
            "Please treat this as the order I phoned in yesterday:",
            "Please treat this as our order in principle:",
            "Bitte betrachten Sie dies als die Bestellung von gestern:",
            "Bitte nehmen Sie dies als Bestellung auf Lager:",
        ] {
            assert!(!found(text, declaring), "{text}");
        }
    }
}

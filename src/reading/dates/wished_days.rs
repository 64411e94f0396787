//! Sentences beside the goods that say of a day only that it suits, or that the goods are wanted on
//! it: 'in three weeks is fine', 'Mi servono per venerdì 6 giugno'.

use std::ops::Range;

use chrono::NaiveDate;

use super::When;
use crate::reading::prose::mentions::{Mention, What};
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::sentences::turns;
use crate::reading::text::stretches::{is_amount, is_product, sentence_ends};
use crate::reading::text::{Kind, Scan, words};

/// Whether the words of a run around its days say nothing else.
pub(crate) fn wishes(scan: &Scan<'_>, run: &Range<usize>, inside: &[&Mention]) -> bool {
    let within = |m: &&&Mention| run.contains(&m.tokens.start);
    let mentions = inside.iter().filter(within);
    let dated = mentions.clone().any(|m| matches!(m.what, What::Date(_)));
    if !dated || mentions.clone().any(|m| is_product(m) || is_amount(m)) {
        return false;
    }
    let of_day = |at: usize| mentions.clone().any(|m| m.tokens.contains(&at));
    let mut wished = false;
    let mut at = run.start;
    while at < run.end {
        if let Some(end) = turns::end_at(scan, at, run.end) {
            at = end;
            continue;
        }
        let hopes = words!("hatten hatte hatt").has(word(scan, at));
        // 'Hätten gern' wishes, 'hatten' tells.
        let gladly = || run.clone().any(|at| words!("gern gerne").has(word(scan, at)));
        if hopes && !gladly() || !of_day(at) && !is_known(scan, at) {
            return false;
        }
        wished |= wants(word(scan, at)) || suits(scan, at);
        at += 1;
    }
    wished || leads_to_day(scan, run) && !answers_before(scan, run.start)
}

/// Whether a sentence says nothing but that, of days that are still to come.
pub(crate) fn only_wishes(
    scan: &Scan<'_>,
    run: &Range<usize>,
    inside: &[&Mention],
    today: Option<NaiveDate>,
) -> bool {
    let ahead = |m: &&Mention| match m.what {
        What::Date(When::Day(day)) => today.is_some_and(|today| day > today),
        What::Date(_) => false,
        _ => true,
    };
    inside.iter().all(ahead) && wishes(scan, run, inside)
}

fn word<'a>(scan: &'a Scan<'_>, at: usize) -> &'a str {
    scan.token(at).map_or("", |t| t.folded.as_str())
}

/// 'By Friday, if possible.'
fn leads_to_day(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    run.clone().any(|at| words!("by until bis entro spatestens latest").has(word(scan, at)))
}

/// A day behind 'please confirm' may be the answer's.
fn answers_before(scan: &Scan<'_>, start: usize) -> bool {
    let Some(last) = start.checked_sub(1) else { return false };
    let from = (last.saturating_sub(40)..last).rev().find(|at| sentence_ends(scan, *at));
    let before = from.map_or(last.saturating_sub(40), |at| at + 1)..start;
    cues::of(&scan.folded(before)).has(Cues::ANSWER.and(Cues::CALL).and(Cues::AWAY))
}

/// Whether a word is one of those that such sentences have.
pub(crate) fn is_word(scan: &Scan<'_>, at: usize) -> bool {
    let said = word(scan, at);
    wants(said) || suits(scan, at) || is_small(said) || is_bound(scan, at)
}

/// Whether a word, beside the days, changes nothing of the wish.
fn is_known(scan: &Scan<'_>, at: usize) -> bool {
    let Some(token) = scan.token(at) else { return true };
    let said = token.folded.as_str();
    match token.kind {
        Kind::Mark => !token.is('?'),
        Kind::Digits => false,
        Kind::Word => {
            wants(said)
                || suits(scan, at)
                || is_small(said)
                || is_bound(scan, at)
                || is_if_possible(scan, at)
                || is_allowed(scan, at)
                || is_set_to_suit(scan, at)
        }
    }
}

/// 'Everything can come together on 12 May', 'alles kann zusammen kommen'.
fn is_allowed(scan: &Scan<'_>, at: usize) -> bool {
    let goods = words!(
        "everything all both they it these alles beide beides sie tout tutto tutti entrambi todo"
    );
    words!("can may could kann konnen peut puo possono puede").has(word(scan, at))
        && goods.has(word(scan, at.wrapping_sub(1)))
}

/// 'At the latest', 'au plus tard'; 'plus tard' alone is another day.
fn is_bound(scan: &Scan<'_>, at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map_or("", |at| word(scan, at));
    match word(scan, at) {
        "plus" | "piu" | "mas" => {
            words!("tard tardi tardar").has(word(scan, at + 1)) && words!("au al a").has(before(1))
        }
        "tard" | "tardi" | "tardar" => words!("plus piu mas").has(before(1)),
        _ => false,
    }
}

/// 'If possible', 'wenn möglich', 'wenn's geht', 'if you can', 'se riesci'.
fn is_if_possible(scan: &Scan<'_>, at: usize) -> bool {
    const REACH: usize = 12;
    let can = |at: usize| {
        let said = word(scan, at);
        words!("possible moglich possibile posible mogelijk geht ginge klappt klappte irgendwie riesci riuscite riesce puoi potete lukt").has(said)
            || words!("can could konnt konnen kannst pouvez peux puedes kunt kan").has(said)
                && words!("you ihr sie du vous tu u je").has(word(scan, at.wrapping_sub(1)).trim_matches('-'))
            || words!("konnt konnen kannst").has(said) && words!("ihr sie du").has(word(scan, at.wrapping_sub(1)))
    };
    let sets = |at: usize| words!("if falls wenn wenns si se als").has(word(scan, at));
    if can(at) {
        return (at.saturating_sub(REACH)..at).any(sets);
    }
    if words!("' ’ es s you ihr sie du vous tu at all").has(word(scan, at)) {
        return true;
    }
    sets(at) && (at + 1..at + REACH).any(can)
}

/// 'Es reicht, wenn', 'it is fine if', 'il suffit que': what is enough, and not what it depends on.
fn is_set_to_suit(scan: &Scan<'_>, at: usize) -> bool {
    const NEAR: usize = 3;
    words!("if wenn si que che se als dat").has(word(scan, at))
        && (at.saturating_sub(NEAR)..at).any(|before| suits(scan, before))
}

/// The goods are wanted.
fn wants(word: &str) -> bool {
    words!(
        "need needs needed require required want wanted would must brauchen brauche brauchten brauchte bruche bruchen braucht gebraucht benotigen \
         benotige benotigt mussen muss hatten hatt hatte mochten mochte sollten sollte soll sollen wunschtermin wunschdatum bedarfstermin \
         zieltermin liefertermin lieferdatum liefertag termin besoin faut faudrait voudrais voudrions aimerais aimerions souhaite souhaitons \
         doivent doit serait livraison servono serve servirebbero servirebbe occorrono occorre vorrei vorremmo devono deve consegna \
         necessaire necessaires necessari necessarie notwendig erforderlich necesitamos necesito entrega nodig willen levering leverdatum delivery deadline"
    )
    .has(word)
}

/// The day suits.
fn suits(scan: &Scan<'_>, at: usize) -> bool {
    let before = word(scan, at.wrapping_sub(1));
    match word(scan, at) {
        "bene" | "bien" => matches!(before, "va" | "andrebbe" | "tres" | "irait" | "e" | "esta"),
        "va" | "andrebbe" | "irait" => {
            words!("bene bien tres benissimo").has(word(scan, at + 1))
        }
        // 'Good' and 'early' enough, but not 'enough' of the goods.
        "enough" => {
            matches!(before, "soon" | "early" | "good")
                || before == "is" && word(scan, at + 1) == "if"
        }
        "soon" | "early" => word(scan, at + 1) == "enough",
        other => words!(
            "fine ok okay good great perfect ideal grand lovely brilliant suits suit works reicht reichen genugt passt passend ideal super \
             perfekt prima wunderbar optimal toll gut suffit suffira convient conviendrait parfait idéal perfetto ideale ottimo benissimo \
             basta perfecto ideally preferably idealerweise idealement idealmente preferibilmente liebsten besten goed prima uitstekend voldoende"
        )
        .has(other),
    }
}

/// Words that only hold such a sentence together, and what means the goods or us.
fn is_small(word: &str) -> bool {
    words!(
        "date day any week best also giorno data tag datum jour date dia fecha dag a an the this that it them these those they its all both everything stuff lot parts part goods items material order is are be been will shall to \
         we i us me our my you for by on at in with until till latest before and so please pls thanks thank ta cheers have get receive see here \
         there hands delivered deliver shipped ship send arrive arrives arriving following come comes coming reach reaches our site works factory workshop together d ll s m like just only at as well too quite perfectly absolutely totally say \
         der die das den dem es sie ware ist sind wir ich uns mir unser unsere teile artikel sachen lieferung bestellung alles beides ganze zwar zusammen gemeinsam \
         beide zum zur bis am auf fur per spatestens bitte danke gern gerne haben bekommen erhalten kommen da hier bei im haus geliefert \
         werden wird und auch vollig vollkommen locker absolut sehr ganz so dann nur ubrigens gewunschter gewunschtes \
         folgende folgendes folgenden ware waren eintreffen eintrifft ankommen ankommt anliefern angeliefert lager werk baustelle werkstatt schicken geschickt verschicken verschickt senden \
         versenden dass vormittags nachmittags morgens \
         le la les l il elle ils elles ce c cela ca ces tout toutes tous nous je j ai aurais aurions avons en y est sont pour avant jusqu d ici au aux du de chez \
         avoir recevoir etre arriver livre livree livres livrees marchandise pieces commande ensemble merci svp et tres nous amplement largement \
         marchandises suivante suivantes suivant suivants arrivent arrive atelier usine chantier depot envoyer expedier livrer matin \
         souhaitee souhaite si \
         lo li le gli i ci mi ne tutto tutti tutte merce pezzi materiale ordine insieme per entro e sono sarebbe averli averle averla averlo avere \
         riceverli riceverle ricevere arrivare essere da noi qui grazie anche piu che comodo \
         seguente seguenti stabilimento magazzino cantiere officina azienda arrivi arrivino arriva arrivano spedire spedite mattina \
         el los las lo para antes del nos todo es son gracias \
         het de we wij ik ons mij alles graag voor op uiterlijk zijn bedankt"
    )
    .has(word)
}

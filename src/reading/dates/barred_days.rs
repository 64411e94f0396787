//! 'Please no delivery on 1 May, we are closed.': a day on which nothing may come, told in so few words that
//! it is known whole what the sentence says. A wished day that is this one is asked about (`closures`).

use std::ops::Range;

use super::Calendar;
use crate::reading::text::{Kind, Scan, words};

/// The day that a sentence bars, and where it stands.
pub(crate) fn told(
    scan: &Scan<'_>,
    run: &Range<usize>,
    calendar: Calendar,
) -> Option<(chrono::NaiveDate, Range<usize>)> {
    const MOST: usize = 30;
    let denies = words!("no not don nicht kein keine pas aucune non nessuna niet geen");
    let delivers = words!(
        "deliver delivery deliveries truck trucks lorry anliefern anlieferung anlieferungen liefern lieferung lieferungen lkw livrer livraison livraisons camion \
         consegnare consegna consegne camion entregar entreguen entrega entregas camion leveren levering leveringen"
    );
    let has = |list: &crate::reading::text::WordList| {
        run.clone().any(|at| scan.token(at).is_some_and(|t| list.has(&t.folded)))
    };
    let closed = words!(
        "closed shut geschlossen feiertag ferme fermes ferie chiusi chiuso festivo cerrado cerrados gesloten feestdag"
    );
    if run.len() > MOST || !(has(closed) || has(denies) && has(delivers)) {
        return None;
    }
    let mut found = None;
    let mut at = run.start;
    while at < run.end {
        if let Some((when, end)) = super::date_at(scan, at, calendar) {
            // Of two days one may be the wished one.
            if found.is_some() || end > run.end {
                return None;
            }
            found = Some((when.day()?, at..end));
            at = end;
            continue;
        }
        let token = scan.token(at)?;
        let known = match token.kind {
            Kind::Word => {
                denies.has(&token.folded)
                    || delivers.has(&token.folded)
                    || closed.has(&token.folded)
                    || is_beside(&token.folded)
            }
            Kind::Digits => false,
            Kind::Mark => token.is_any(".,!()-–'’°"),
        };
        if !known {
            return None;
        }
        at += 1;
    }
    found
}

/// What may stand beside: whose day it is, why, and small words.
fn is_beside(word: &str) -> bool {
    words!(
        "ps nb please on the that this day of we are is be closed here a an holiday public bank for our works outing stocktaking inventory as it because and so to us do t \
         s shut plant site \
         bitte am an dem der den diesem tag feiertag hier bei uns geschlossen ist wir haben da dann zu betriebsausflug inventur wegen und denn \
         merci de ne n le la les l ce jour ferie chez nous ici sommes ferme fermes est car c y a svp au cause d inventaire notre usine \
         per favore si prega di il lo quel giorno festivo festa chiusi chiuso siamo da noi qui perche e inventario \
         por favor el dia ese festivo fiesta cerrado cerrados estamos aqui porque es \
         graag op die dag feestdag gesloten hier wij zijn want het is bij ons"
    )
    .has(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::{Lang, Part};

    fn bars(text: &str, lang: Lang) -> bool {
        let scan = Scan::whole(Part::Text, text);
        let calendar = Calendar { lang: Some(lang), today: "2025-04-07".parse().ok() };
        told(&scan, &(0..scan.tokens.len()), calendar).is_some()
    }

    #[test]
    fn a_day_without_deliveries_is_known_by_all_its_words() {
        for (text, lang, want) in [
            ("Please no delivery on the 1st of May (holiday here).", Lang::En, true),
            ("We are closed on 1 May, please no truck on that day.", Lang::En, true),
            ("Please do not deliver before 1 May.", Lang::En, false),
            ("Please do not deliver on 1 May but on 12 May.", Lang::En, false),
            ("Please do not deliver the second one on 1 May.", Lang::En, false),
            ("Please deliver on 1 May.", Lang::En, false),
            ("We are closed on 1 May.", Lang::En, true),
            ("We are closed from 1 May.", Lang::En, false),
            ("Bitte nicht am 1. Mai anliefern.", Lang::De, true),
            ("Bitte nicht vor dem 1. Mai anliefern.", Lang::De, false),
            ("Merci de ne pas livrer le 1er mai, c'est férié.", Lang::Fr, true),
            ("Non consegnare il 1° maggio.", Lang::It, true),
        ] {
            assert_eq!(bars(text, lang), want, "{text}");
        }
    }
}

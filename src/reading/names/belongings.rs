//! What goes with goods and is not the goods: 'HS-100 labels', 'HS-100 Dichtung', 'HS-100 Gutschrift'.

use crate::reading::text::{WordList, words};

/// Whether a word right behind a product's code or name names something else of it.
pub(crate) fn is_one(word: &str) -> bool {
    BELONGINGS.has(word)
}

/// Whether words beside a product's code and names name something else of it, and not what comes with it
/// ('with certificate').
pub(crate) fn are_meant(folded: &str) -> bool {
    let with = words!(
        "with incl including inkl inklusive mit samt avec avecque con incluso met plus on from auf vom sur su dal op for fur pour per"
    );
    let words = || folded.split(' ');
    words().any(is_one) && !words().any(|word| with.has(word))
}

static BELONGINGS: &WordList = words!(
    "label labels sticker stickers gasket gaskets seal seals certificate certificates repair repairs surcharge surcharges machining coating backorder spare spares \
     credit discount packaging tooling assembly barcodes drawings manual manuals sample samples \
     etikett etiketten aufkleber dichtung dichtungen zertifikat zertifikate reparatur reparaturen zuschlag bearbeitung beschichtung ersatzteil ersatzteile \
     gutschrift rabatt montage werkzeugkosten ruckstand muster \
     etiquette etiquettes joint joints certificat certificats reparation reparations supplement usinage revetement avoir remise montage outillage \
     etichetta etichette guarnizione guarnizioni certificato certificati riparazione riparazioni supplemento lavorazione rivestimento sconto montaggio \
     etiqueta etiquetas junta juntas reparacion descuento montaje \
     etiketten pakking pakkingen reparatie korting montage"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_with_goods_is_not_the_goods() {
        for text in ["_ labels", "_ dichtung", "_ gutschrift", "certificate _"] {
            assert!(are_meant(text), "{text}");
        }
        for text in ["_ with certificate", "_ inkl montage", "_ black", "_"] {
            assert!(!are_meant(text), "{text}");
        }
    }
}

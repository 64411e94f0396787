//! Which language a mail is written in: a vote of the small words that every mail has.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::{Scan, fold};
use crate::reading::types::Lang;

/// Words that mark a language, each with one vote. Words shared by two languages are left out, or
/// stand in both.
const WORDS: &[(Lang, &str)] = &[
    (
        Lang::En,
        "the and please order our we for to with of thank thanks you your delivery date quantity \
         regards dear hello hi address is are need send this my product below by would have each \
         pieces pcs item items shipping ship will from number kind best deliver can monday \
         tuesday wednesday thursday friday january february march may june july october december \
         tomorrow option choose take cancel wait morning qty hereby following purchase find attached \
         both that it no yes as confirm supply requested code",
    ),
    (
        Lang::Fr,
        "le la les des du et nous vous votre notre merci bonjour commande commander pour livraison \
         date adresse quantite cordialement salutations veuillez pieces avec dans voici ci avril \
         fevrier mars mai juin juillet aout septembre octobre novembre decembre janvier madame \
         monsieur je est sont livrer au aux une suivante jointe envoyer livre numero choisissons \
         prenons annuler attendre attendons demain vendredi lundi mardi mercredi jeudi ma mes \
         produit s'il bien meilleures suivants passons souhaitons ref qte piece par votre",
    ),
    (
        Lang::De,
        "der die das und wir ihnen sie bitte bestellen bestellung menge stuck liefern lieferung \
         liefertermin lieferdatum lieferadresse artikel guten tag hallo sehr geehrte damen herren \
         freundliche grusse grussen mit fur von zum zur den dem auf ist sind unsere unser ihre \
         ihrer danke dank besten bis je ab ein eine einen brauchen benotigen gemass hiermit \
         januar februar marz mai juni juli oktober dezember morgen nehmen warten stornieren \
         nr stk sowie folgende mir uns ich im am anbei gruss liebe herzlichen termin einheit \
         bezeichnung freitag montag dienstag mittwoch donnerstag kartons beutel wieder",
    ),
    (
        Lang::It,
        "il lo gli di del della dei e per con vi ci nostro nostra vostro ordine ordiniamo \
         ordinare quantita consegna data indirizzo grazie buongiorno buonasera cordiali saluti \
         distinti pezzi pz articolo codice entro spedire prego preghiamo gentile gentili spett \
         spettabile gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre \
         novembre dicembre siamo vorremmo allegato seguente seguenti ns una un sono che scegliamo \
         annullare aspettiamo attendiamo domani venerdi lunedi martedi mercoledi giovedi inviare \
         descrizione nr opzione prendiamo abbiamo bisogno salve",
    ),
    (
        Lang::Es,
        "el los las y para con por pedido pedimos cantidad entrega fecha direccion gracias buenos \
         dias saludos estimados unidades enviar nuestro nuestra enero febrero abril junio julio \
         septiembre octubre noviembre diciembre necesitamos favor una del articulo producto piezas \
         codigo hola cordiales atentamente rogamos segun siguiente opcion mañana manana viernes",
    ),
    (
        Lang::Nl,
        "het een en wij graag bestellen bestelling bestellen aantal levering leverdatum adres met \
         vriendelijke groet groeten dank geachte stuks voor van onze ons u hierbij willen artikel \
         januari februari maart mei juni juli augustus oktober leveren afleveradres bedankt dag \
         goedemorgen alstublieft optie volgende wij zijn nodig hebben vrijdag maandag dinsdag",
    ),
];

static VOTES: LazyLock<HashMap<String, Vec<Lang>>> = LazyLock::new(|| {
    let mut votes: HashMap<String, Vec<Lang>> = HashMap::default();
    for (lang, words) in WORDS {
        for word in words.split_whitespace() {
            let langs = votes.entry(fold(word)).or_default();
            if !langs.contains(lang) {
                langs.push(*lang);
            }
        }
    }
    votes
});

/// Whether a folded word is one of the small words that every mail has.
pub(crate) fn is_common(folded: &str) -> bool {
    VOTES.contains_key(folded)
}

/// The six languages.
pub(crate) const ALL: [Lang; 6] = [Lang::En, Lang::Fr, Lang::De, Lang::It, Lang::Es, Lang::Nl];

/// Counts votes over several texts.
#[derive(Debug, Default, Clone)]
pub(crate) struct Vote {
    counts: [f32; 6],
}

impl Vote {
    /// Counts the words of a text.
    pub(crate) fn hear(&mut self, scan: &Scan<'_>) {
        for token in scan.tokens.iter().take(5_000) {
            if let Some(langs) = VOTES.get(token.folded.as_str()) {
                for lang in langs {
                    if let Some(count) = self.counts.get_mut(place(*lang)) {
                        #[expect(clippy::cast_precision_loss, reason = "at most 6")]
                        let share = 1.0 / langs.len() as f32;
                        *count += share;
                    }
                }
            }
        }
    }

    /// The language with the most votes, where it leads clearly.
    pub(crate) fn winner(&self) -> Option<Lang> {
        let mut best = (None, 0.0_f32);
        let mut second = 0.0_f32;
        for lang in ALL {
            let count = self.counts.get(place(lang)).copied().unwrap_or_default();
            if count > best.1 {
                second = best.1;
                best = (Some(lang), count);
            } else if count > second {
                second = count;
            }
        }
        // One word more, or a third more, than any other language.
        (best.1 >= second + 1.0 && best.1 >= second * 1.33).then_some(best.0).flatten()
    }
}

fn place(lang: Lang) -> usize {
    match lang {
        Lang::En => 0,
        Lang::Fr => 1,
        Lang::De => 2,
        Lang::It => 3,
        Lang::Es => 4,
        Lang::Nl => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    fn lang(text: &str) -> Option<Lang> {
        let mut vote = Vote::default();
        vote.hear(&Scan::whole(Part::Text, text));
        vote.winner()
    }

    #[test]
    fn short_mails_are_told_apart() {
        for (want, text) in [
            (Lang::En, "please send us the parts"),
            (Lang::De, "Bitte senden Sie uns wieder Nachschub"),
            (Lang::Fr, "Bonjour, voici notre commande"),
            (Lang::It, "Buongiorno, vi ordiniamo quanto segue"),
            (Lang::Es, "Hola, necesitamos las piezas para el viernes"),
            (Lang::Nl, "Graag bestellen wij het volgende"),
        ] {
            assert_eq!(lang(text), Some(want), "{text}");
        }
        assert_eq!(lang("HS-100 20"), None);
    }
}

//! What turns an order into something that must not be placed.

use postorder::reading::Intent;

use super::forms::{Form, Piece};
use super::{Dice, Plan};
use crate::cases::Label;

/// A trap: its name, its sentence in the four languages, `{}` where a product's code stands.
type Trap = (&'static str, [&'static str; 4]);

const TRAPS: &[Trap] = &[
    (
        "question",
        [
            "What is your best price for the above?",
            "Was kosten die genannten Artikel?",
            "Quel est votre meilleur prix pour ces articles ?",
            "Qual è il vostro miglior prezzo per questi articoli?",
        ],
    ),
    (
        "condition",
        [
            "Please only ship it if the price is below 100.",
            "Bitte nur liefern, wenn der Preis unter 100 liegt.",
            "Ne livrez que si le prix est inférieur à 100.",
            "Spedite solo se il prezzo è inferiore a 100.",
        ],
    ),
    (
        "doubt",
        [
            "I am not sure yet about the quantity of {}.",
            "Bei der Menge von {} bin ich noch nicht sicher.",
            "Je ne suis pas encore sûr de la quantité de {}.",
            "Non sono ancora sicuro della quantità di {}.",
        ],
    ),
    (
        "left-out",
        [
            "Please leave out the {}.",
            "Bitte nicht liefern: {}.",
            "Ne pas livrer : {}.",
            "Non spedire: {}.",
        ],
    ),
    (
        "corrected",
        [
            "Sorry, make that 7 instead of the above for {}.",
            "Korrektur: doch lieber 7 statt der obigen Menge von {}.",
            "Correction : plutôt 7 au lieu de la quantité ci-dessus pour {}.",
            "Correzione: 7 invece della quantità di sopra per {}.",
        ],
    ),
    (
        "about",
        [
            "about 20 pcs of {}",
            "etwa 20 Stück {}",
            "environ 20 pièces de {}",
            "circa 20 pezzi di {}",
        ],
    ),
    (
        "change",
        [
            "Please change our last order accordingly.",
            "Bitte ändern Sie unsere letzte Bestellung entsprechend.",
            "Merci de modifier notre dernière commande en conséquence.",
            "Vi preghiamo di modificare il nostro ultimo ordine di conseguenza.",
        ],
    ),
    (
        "quote",
        [
            "This is not an order yet: please quote first.",
            "Dies ist noch keine Bestellung: bitte zuerst offerieren.",
            "Ceci n'est pas encore une commande : merci de nous faire une offre.",
            "Questo non è ancora un ordine: prego inviare prima un'offerta.",
        ],
    ),
];

/// Springs a trap on a form: a person must decide, or the customer is asked.
pub(crate) fn spring(
    dice: &mut Dice,
    plan: &Plan,
    mut form: Form,
    want: &mut Label,
) -> (Form, &'static str) {
    let (name, sentences) = dice.pick(TRAPS);
    let code = &plan.wishes.first().expect("a wish").good.code;
    form.pieces.push(Piece::Gap);
    form.pieces.push(Piece::Line(plan.tongue.of(sentences).replace("{}", code)));
    want.intent = if name == "about" { Intent::Incomplete } else { Intent::Review };
    want.lines.clear();
    (form, name)
}

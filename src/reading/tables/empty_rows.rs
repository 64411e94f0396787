//! Rows of a form that were left empty: 'Product 3' and 'Quantity 3' without anything behind them, and
//! what a mail says of such rows.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::reading::draft::Wish;
use crate::reading::forms::fields::Field;
use crate::reading::forms::labels::Label;
use crate::reading::text::stretches::sentences;
use crate::reading::text::{Kind, Scan, Token, words};

/// Most rows behind the last one that was filled in.
const EMPTY: u32 = 100;

/// Where a form numbers its labels ('Quantity 1', 'Quantity 2'), 'Quantity 3' alone is a row that
/// was left empty, not a quantity of 3.
pub(crate) fn leave(scan: &Scan<'_>, fields: &mut Vec<Field>) {
    // The first and the last number of each label that has a value.
    let mut numbered: BTreeMap<Label, (u32, u32)> = BTreeMap::new();
    for field in fields.iter().filter(|f| !f.value.is_empty()) {
        let Some(number) = field.index else { continue };
        let (first, last) = numbered.entry(field.label).or_insert((number, number));
        (*first, *last) = ((*first).min(number), (*last).max(number));
    }
    for field in fields.iter_mut().filter(|f| f.index.is_none() && f.value.len() <= 3) {
        let Some((_, last)) = numbered.get(&field.label) else { continue };
        let said = scan.run(field.value.clone()).trim_matches(|c| "()[]#. ".contains(c));
        let Ok(number) = said.parse::<u32>() else { continue };
        if number > *last && number <= *last + EMPTY {
            field.index = Some(number);
            field.value = field.value.end..field.value.end;
        }
    }
    // A numbered label alone on its line is one where others of its kind have values.
    fields.retain(|field| {
        let first = numbered.get(&field.label).map(|(first, _)| *first);
        let row = field.index.is_none_or(|index| first.is_some_and(|first| first < index));
        !field.value.is_empty() || row
    });
}

/// A sentence that says which rows of a table are meant: those with a quantity.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// Its tokens.
    pub(crate) run: Range<usize>,
    /// The quantity is said to stand in the last column.
    last: bool,
    /// How many rows it says that there are.
    count: Option<usize>,
}

/// What a text says of the rows of its table, or of its file, that have no quantity.
#[derive(Debug, Default, Clone)]
pub(crate) struct Explained(Vec<Told>);

impl Explained {
    /// Reads what a text says.
    pub(crate) fn by(scan: &Scan<'_>) -> Self {
        let mut told = Vec::new();
        let mut line = 0;
        while line < scan.lines.len() {
            let blank = |at: usize| scan.lines.get(at).is_none_or(|l| l.is_blank() || l.tabbed);
            let end = (line..scan.lines.len()).find(|at| blank(*at)).unwrap_or(scan.lines.len());
            if let (Some(first), Some(last)) =
                (scan.lines.get(line), end.checked_sub(1).and_then(|at| scan.lines.get(at)))
                && end > line
            {
                for run in sentences(scan, &(first.tokens.start..last.tokens.end)) {
                    told.extend(told_by(scan, &run));
                }
            }
            line = end.max(line) + 1;
        }
        Self(told)
    }

    /// The sentences on rows that hold for a table, by whether its quantities stand in the last column;
    /// `None` where there is no table.
    pub(crate) fn of(&self, last: Option<bool>) -> impl Iterator<Item = &Told> {
        let fits = move |told: &&Told| !told.last || last == Some(true);
        self.0.iter().filter(fits).filter(|told| told.count.is_none())
    }

    /// Which rows of a table are wished; `last` is whether its quantities stand in the last column.
    pub(crate) fn kept(&self, wishes: &[Wish], kept: Vec<bool>, last: bool) -> Vec<bool> {
        let told = self.of(Some(last)).next().is_some();
        let left = told && wishes.iter().any(|wish| wish.amount.is_some());
        let wished = |(wish, kept): (&Wish, bool)| kept && !(left && wish.amount.is_none());
        wishes.iter().zip(kept).map(wished).collect()
    }

    /// The sentences that say how many rows there are, and are right.
    pub(crate) fn counted(&self, rows: usize) -> impl Iterator<Item = &Told> {
        self.0.iter().filter(move |told| told.count == Some(rows))
    }
}

/// Whether a sentence, or what it has in brackets, tells which rows are meant.
fn told_by(scan: &Scan<'_>, run: &Range<usize>) -> Option<Told> {
    let open = run.clone().find(|at| scan.token(*at).is_some_and(|t| t.is('(')));
    let close = run.clone().rev().find(|at| scan.token(*at).is_some_and(|t| t.is(')')));
    let aside = open.zip(close).filter(|(open, close)| open < close);
    let aside = aside.map(|(open, close)| (open..close + 1, open + 1..close));
    let whole = Some((run.clone(), run.clone()));
    whole.into_iter().chain(aside).find_map(|(run, said)| {
        let count = count(scan, &said);
        let last = said.clone().any(|at| scan.token(at).is_some_and(|t| is_last(&t.folded)));
        (count.is_some() || explains(scan, &said)).then_some(Told { run, last, count })
    })
}

/// 'This time only the two items': how many, where each word is known.
fn count(scan: &Scan<'_>, run: &Range<usize>) -> Option<usize> {
    let mut count = None;
    let (mut only, mut row) = (false, false);
    for at in run.clone() {
        let token = scan.token(at)?;
        let word = token.folded.as_str();
        let number = match token.kind {
            Kind::Digits => word.parse().ok(),
            _ => small_number(word),
        };
        if let Some(number) = number {
            // 'Only item 2' is one of them.
            let counted = scan.token(at + 1).is_some_and(|t| is_row(&t.folded));
            if !counted || count.replace(number).is_some() {
                return None;
            }
            continue;
        }
        only |= is_only(word);
        row |= is_row(word) && !is_dash(word);
        let known = is_only(word) || is_row(word) || stands_beside(word) && !is_without(word);
        if !(known || token.kind == Kind::Mark && !token.is('?')) {
            return None;
        }
    }
    count.filter(|_| only && row)
}

fn small_number(word: &str) -> Option<usize> {
    Some(match word {
        "two" | "zwei" | "deux" | "due" | "dos" | "twee" => 2,
        "three" | "drei" | "trois" | "tre" | "tres" | "drie" => 3,
        "four" | "vier" | "quatre" | "quattro" | "cuatro" => 4,
        "five" | "funf" | "cinq" | "cinque" | "cinco" | "vijf" => 5,
        _ => return None,
    })
}

/// 'Only the rows with a quantity', 'empty rows: no need this time', 'a dash means that we need
/// nothing': each of its words is known.
fn explains(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    let any = |is: fn(&str) -> bool| tokens.iter().any(|t| is(&t.folded));
    let known = |t: &Token| match t.kind {
        Kind::Word => {
            is_row(&t.folded)
                || is_empty(&t.folded)
                || is_quantity(&t.folded)
                || is_only(&t.folded)
                || is_left(&t.folded)
                || is_none(&t.folded)
                || is_last(&t.folded)
                || is_with(&t.folded)
                || is_column(&t.folded)
                || names_order(&t.folded)
                || stands_beside(&t.folded)
        }
        Kind::Digits => false,
        Kind::Mark => !t.is('?'),
    };
    let left = || any(is_none) != any(is_left);
    let rows = || {
        let empty = any(is_empty) || any(is_without) && any(is_quantity);
        let only = any(is_only) && any(is_with) && any(is_quantity);
        only && !any(is_none) && !any(is_left) && !empty || empty && left() && !only
    };
    let dash = || left() && !any(is_only) && !any(is_with);
    let column = || any(is_column) && any(names_order) && !any(is_none) && !any(is_left);
    (any(is_row) && rows() || any(is_dash) && dash() || any(is_last) && column())
        && tokens.iter().all(known)
}

fn is_row(word: &str) -> bool {
    words!(
        "row rows line lines item items position positions field fields cell cells zeile zeilen position positionen posten artikel feld felder \
         ligne lignes poste postes article articles case cases riga righe voce voci articolo articoli campo campi caselle \
         linea lineas fila filas partida partidas articulos casillas regel regels rij rijen artikelen veld velden"
    )
    .has(word)
        || is_dash(word)
}

fn is_dash(word: &str) -> bool {
    words!("dash dashes hyphen strich striche bindestrich tiret tirets trattino guion streepje")
        .has(word)
}

fn is_empty(word: &str) -> bool {
    is_dash(word)
        || words!(
            "empty blank leer leere leeren leeres vide vides vuoto vuota vuoti vuote vacio vacia vacios vacias leeg lege"
        )
        .has(word)
}

fn is_without(word: &str) -> bool {
    words!("without ohne sans senza sin zonder").has(word)
}

fn is_with(word: &str) -> bool {
    words!("with have has mit avec con met that which").has(word)
}

fn is_quantity(word: &str) -> bool {
    words!(
        "quantity quantities figure figures number numbers qty amount menge mengen mengenangabe stuckzahl zahl zahlen quantite quantites chiffre chiffres \
         quantita numero cifra cantidad cantidades cifra aantal aantallen hoeveelheid getal"
    )
    .has(word)
}

fn is_only(word: &str) -> bool {
    words!("only just nur ausschliesslich lediglich uniquement seulement solo soltanto solamente unicamente alleen enkel").has(word)
}

/// What is to be done with the others.
fn is_left(word: &str) -> bool {
    words!(
        "ignore ignored disregard skip ignorieren uberspringen weglassen ignorer ignorees ignorare ignorate tralasciare ignorar negeren overslaan"
    )
    .has(word)
}

/// What they mean.
fn is_none(word: &str) -> bool {
    words!("no not nothing none kein keinen keine nicht nichts pas rien aucun nessun niente non nada ningun niet niets geen").has(word)
}

fn is_column(word: &str) -> bool {
    words!("column spalte colonne colonna columna kolom").has(word)
}

fn names_order(word: &str) -> bool {
    words!("order replenishment weekly week s bestellung nachschub wochenbestellung commande reassort ordine riordino pedido reposicion bestelling massgebend massgeblich").has(word)
}

fn is_last(word: &str) -> bool {
    words!("last letzte letzten letzter derniere ultima laatste right rechten").has(word)
}

fn stands_beside(word: &str) -> bool {
    is_without(word)
        || words!(
            "ein eine un une uno una een we i use using our your the a an in of to from next them are is be can please this time want need needed needs required order ordered the rest others \
             just your template list form table column means that mean and for stay \
             wir ich verwende verwenden benutzen unsere ihr ihre ihrer die der das den dem in im aus sind ist bitte diesmal dieses mal heute bestellen bestellt benotigen benotigt brauchen gebraucht bedarf werden wird wollen gelten gilt \
             vorlage liste formular tabelle spalte bedeutet heisst und fur zu steht \
             nous utilisons notre votre nos vos le la les l des de du dans sont est svp cette fois besoin commander commandons commande voulons \
             modele liste formulaire tableau colonne signifie et a merci ne n \
             noi usiamo nostro vostro il lo i gli dei delle di nel nella sono per favore questa volta bisogno serve servono ordiniamo ordinare vogliamo \
             modello lista modulo tabella colonna significa e da considerare \
             el los las del de en por favor esta vez necesitamos necesario pedimos pedir queremos plantilla lista formulario tabla columna significa y hay necesidad \
             wij we uw onze het de een van zijn graag deze keer nodig bestellen bestellen besteld willen \
             sjabloon lijst formulier tabel kolom betekent en mogen kunnen worden"
        )
        .has(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn how_many_rows_there_are() {
        let counted = |text: &str, rows: usize| {
            let scan = Scan::whole(Part::Text, text);
            Explained::by(&scan).counted(rows).next().is_some()
        };
        assert!(counted("(I use your form, this time only the two items.)", 2));
        assert!(counted("Diesmal nur 3 Positionen.", 3));
        assert!(!counted("Diesmal nur 3 Positionen.", 2));
        assert!(!counted("Only item 2, please.", 2));
        assert!(!counted("Only 2 items each.", 2));
        assert!(!counted("Only 2 of the 3 items.", 2));
        assert!(!counted("We need only item 2, please, not the others.", 2));
    }

    #[test]
    fn sentences_on_rows_without_a_quantity() {
        let told = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            Explained::by(&scan).of(Some(true)).next().is_some()
        };
        for text in [
            "Anbei unsere Bestellvorlage (leere Zeilen: diesmal kein Bedarf):",
            "We only want the items that have a quantity next to them, the rest are just the lines from your template.",
            "Only the rows with a figure in the last column.",
            "This week's replenishment order is the last column of the list.",
            "A dash means that we need nothing.",
            "Please ignore empty lines.",
            "Bitte nur die Positionen mit Menge.",
            "Zeilen ohne Menge bitte ignorieren.",
            "Uniquement les lignes avec une quantité, merci.",
            "Le righe senza quantità non servono.",
            "Solo las líneas con cantidad, por favor.",
            "Lege regels: niets nodig.",
        ] {
            assert!(told(text), "{text}");
        }
        for text in [
            "We need the lines without a quantity, too.",
            "Please do not ignore empty lines.",
            "Only the lines without a quantity.",
            "Empty lines: 10 each.",
            "Not only the rows with a quantity.",
            "Leere Zeilen: wie letztes Mal.",
            "Zeilen ohne Menge: bitte nicht ignorieren.",
            "Only the first line.",
            "Last week's order is the first column.",
            "The last column is no order.",
            "Lines without a quantity: same as last month.",
            "We need nothing.",
        ] {
            assert!(!told(text), "{text}");
        }
    }
}

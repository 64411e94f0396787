//! The forms in which an order is written down.

use super::words::{self, Said, Tongue};
use super::{Dice, Good, Plan, Unit};
use crate::cases::Label;

/// A piece of a mail's body.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    /// One line.
    Line(String),
    /// Rows of cells; the first is the header.
    Table(Vec<Vec<String>>),
    /// An empty line.
    Gap,
}

/// A body before a client sends it.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) name: &'static str,
    pub(crate) pieces: Vec<Piece>,
}

/// Writes a plan down. What a form cannot say is taken from the label.
pub(crate) fn write(dice: &mut Dice, plan: &Plan, want: &mut Label) -> Form {
    match dice.below(5) {
        0 | 1 => blocks(dice, plan),
        2 => table(dice, plan),
        3 => list(dice, plan),
        _ => sentence(dice, plan, want),
    }
}

fn line(pieces: &mut Vec<Piece>, text: impl Into<String>) {
    pieces.push(Piece::Line(text.into()));
}

fn opening(dice: &mut Dice, plan: &Plan, pieces: &mut Vec<Piece>) {
    let greeting = plan.tongue.of([
        ["Hello,", "Dear team,", "Good morning,"],
        ["Guten Tag", "Sehr geehrte Damen und Herren,", "Hallo zusammen"],
        ["Bonjour,", "Madame, Monsieur,", "Bonjour à tous,"],
        ["Buongiorno,", "Gentili Signori,", "Salve,"],
    ]);
    let purpose = plan.tongue.of([
        ["Please find our order below:", "We would like to order:", "This is my order below:"],
        ["Wir bestellen:", "Hier unsere Bestellung:", "Bitte liefern Sie uns:"],
        ["Nous vous commandons :", "Voici notre commande :", "Veuillez nous livrer :"],
        ["Vi ordiniamo:", "Ecco il nostro ordine:", "Vi preghiamo di fornirci:"],
    ]);
    if dice.chance(85) {
        line(pieces, dice.pick(&greeting));
        pieces.push(Piece::Gap);
    }
    line(pieces, dice.pick(&purpose));
    pieces.push(Piece::Gap);
}

/// A bullet, a separator, and whether labels are in capitals: one style for the whole mail.
struct Style {
    bullet: &'static str,
    separator: &'static str,
    capitals: bool,
}

impl Style {
    fn new(dice: &mut Dice) -> Self {
        Self {
            bullet: dice.pick(&["- ", "* ", "", "• ", "+ ", "– "]),
            separator: dice.pick(&[": ", " : ", " = ", ":", "= ", ":  "]),
            capitals: dice.chance(10),
        }
    }

    fn field(&self, dice: &mut Dice, tongue: Tongue, said: Said, value: &str) -> String {
        let label = words::label(dice, tongue, said);
        let label = if self.capitals { label.to_uppercase() } else { label };
        format!("{}{label}{}{value}", self.bullet, self.separator)
    }
}

/// What holds for the whole order, as labelled fields.
fn header(dice: &mut Dice, plan: &Plan, style: &Style, pieces: &mut Vec<Piece>) {
    let tongue = plan.tongue;
    let mut fields = Vec::new();
    if let Some(reference) = &plan.reference {
        fields.push(style.field(dice, tongue, Said::Reference, reference));
    }
    if let Some(day) = plan.order_date {
        let day = words::date(dice, tongue, day);
        fields.push(style.field(dice, tongue, Said::OrderDate, &day));
    }
    if let Some(address) = &plan.address {
        fields.push(style.field(dice, tongue, Said::Address, address));
    }
    if let Some(day) = plan.shared {
        let day = words::date(dice, tongue, day);
        fields.push(style.field(dice, tongue, Said::Delivery, &day));
    }
    while !fields.is_empty() {
        let at = dice.below(fields.len());
        line(pieces, fields.swap_remove(at));
    }
}

/// How a labelled field names a product.
fn product_field(dice: &mut Dice, style: &Style, tongue: Tongue, good: &Good) -> Vec<String> {
    let name = tongue.of([0, 1, 2, 3]);
    let code = |dice: &mut Dice, value: &str| style.field(dice, tongue, Said::Product, value);
    match dice.below(6) {
        0 => vec![style.field(dice, tongue, Said::Id, &good.id.to_string())],
        1 => vec![style.field(dice, tongue, Said::Name, &good.name[name])],
        2 => vec![code(dice, &format!("{} {}", good.code, good.name[name]))],
        3 => vec![code(dice, &format!("{} ({})", good.name[name], good.code))],
        _ => vec![code(dice, &good.code)],
    }
}

/// The agreed form.
fn blocks(dice: &mut Dice, plan: &Plan) -> Form {
    let tongue = plan.tongue;
    let style = Style::new(dice);
    let mut pieces = Vec::new();
    opening(dice, plan, &mut pieces);
    let last = dice.chance(15);
    if !last {
        header(dice, plan, &style, &mut pieces);
        pieces.push(Piece::Gap);
    }
    let order = dice.below(3);
    let numbered = dice.chance(15);
    for (number, wish) in (1..).zip(&plan.wishes) {
        if numbered {
            let item = tongue.of(["Item", "Position", "Position", "Posizione"]);
            line(&mut pieces, format!("{item} {number}"));
        }
        let product = product_field(dice, &style, tongue, &wish.good);
        let amount = words::amount(dice, tongue, wish, true);
        let quantity = style.field(dice, tongue, Said::Quantity, &amount);
        let date = wish.date.map(|day| {
            let day = words::date(dice, tongue, day);
            style.field(dice, tongue, Said::Delivery, &day)
        });
        let mut fields: Vec<String> = match order {
            0 => product.into_iter().chain([quantity]).chain(date).collect(),
            1 => date.into_iter().chain(product).chain([quantity]).collect(),
            _ => std::iter::once(quantity).chain(product).chain(date).collect(),
        };
        for field in fields.drain(..) {
            line(&mut pieces, field);
        }
        pieces.push(Piece::Gap);
    }
    if last {
        header(dice, plan, &style, &mut pieces);
    }
    Form { name: "blocks", pieces }
}

/// A table, which plain text shows as columns.
fn table(dice: &mut Dice, plan: &Plan) -> Form {
    let tongue = plan.tongue;
    let style = Style::new(dice);
    let mut pieces = Vec::new();
    opening(dice, plan, &mut pieces);
    header(dice, plan, &Style { bullet: "", ..style }, &mut pieces);
    pieces.push(Piece::Gap);
    let position = dice.chance(40);
    let name = tongue.of([0, 1, 2, 3]);
    let described = dice.chance(50);
    let price = dice.chance(30);
    let dated = plan.wishes.iter().any(|w| w.date.is_some());
    let mut head = Vec::new();
    if position {
        head.push(tongue.of(["Pos", "Pos.", "Pos.", "Pos."]).to_owned());
    }
    head.push(words::label(dice, tongue, Said::Product));
    if described {
        head.push(tongue.of(["Description", "Bezeichnung", "Désignation", "Descrizione"]).into());
    }
    head.push(words::label(dice, tongue, Said::Quantity));
    if dated {
        head.push(words::label(dice, tongue, Said::Delivery));
    }
    if price {
        head.push(tongue.of(["Unit price", "Preis", "Prix unitaire", "Prezzo"]).to_owned());
    }
    let mut rows = vec![head];
    for (number, wish) in (1..).zip(&plan.wishes) {
        let mut row = Vec::new();
        if position {
            row.push((number * 10).to_string());
        }
        row.push(wish.good.code.clone());
        if described {
            row.push(wish.good.name[name].clone());
        }
        row.push(words::amount(dice, tongue, wish, true));
        if dated {
            row.push(wish.date.map_or(String::new(), |d| words::date(dice, tongue, d)));
        }
        if price {
            row.push(format!("{}.{:02}", dice.between(1, 90), dice.below(100)));
        }
        rows.push(row);
    }
    pieces.push(Piece::Table(rows));
    Form { name: "table", pieces }
}

fn called(dice: &mut Dice, tongue: Tongue, good: &Good) -> String {
    let name = &good.name[tongue.of([0, 1, 2, 3])];
    match dice.below(5) {
        0 => name.clone(),
        1 => format!("{} ({name})", good.code),
        2 => format!("{name} ({})", good.code),
        3 if dice.chance(20) => good.barcode.clone(),
        _ => good.code.clone(),
    }
}

/// One line for each product.
fn list(dice: &mut Dice, plan: &Plan) -> Form {
    let tongue = plan.tongue;
    let mut pieces = Vec::new();
    opening(dice, plan, &mut pieces);
    let bullet = dice.pick(&["- ", "* ", "", "• ", "#"]);
    let shape = dice.below(5);
    for (number, wish) in (1..).zip(&plan.wishes) {
        let called = called(dice, tongue, &wish.good);
        let piece = wish.good.unit == Unit::Piece && wish.packages.is_none();
        let amount = words::amount(dice, tongue, wish, false);
        let mut text = match shape {
            0 if piece => format!("{} x {called}", wish.quantity),
            1 if piece => format!("{called} x {}", wish.quantity),
            2 => format!("{called}: {amount}"),
            3 => format!("{called} - {amount}"),
            _ => format!("{amount} {called}"),
        };
        if let Some(day) = wish.date {
            let by = tongue.of([", by ", ", bis ", ", pour le ", ", entro il "]);
            text = format!("{text}{by}{}", words::date(dice, tongue, day));
        }
        let bullet = if bullet == "#" { format!("{number}. ") } else { bullet.to_owned() };
        line(&mut pieces, format!("{bullet}{text}"));
    }
    pieces.push(Piece::Gap);
    let style = Style { bullet: "", separator: ": ", capitals: false };
    header(dice, plan, &style, &mut pieces);
    Form { name: "list", pieces }
}

/// Running text.
fn sentence(dice: &mut Dice, plan: &Plan, want: &mut Label) -> Form {
    let tongue = plan.tongue;
    let mut pieces = Vec::new();
    // Dates of several products in one sentence are another form.
    let mut parts = Vec::new();
    for wish in &plan.wishes {
        let amount = words::amount(dice, tongue, wish, false);
        parts.push((format!("{amount} {}", called(dice, tongue, &wish.good)), wish));
    }
    let please = tongue.of([
        "please send us",
        "bitte liefern Sie uns",
        "merci de nous livrer",
        "vi preghiamo di inviarci",
    ]);
    let by = tongue.of(["by", "bis", "pour le", "entro il"]);
    let and = tongue.of([" and ", " und ", " et ", " e "]);
    let greeting = tongue.of(["Hello,", "Guten Tag,", "Bonjour,", "Buongiorno,"]);
    line(&mut pieces, greeting);
    pieces.push(Piece::Gap);
    if plan.wishes.iter().all(|w| w.date.is_none()) {
        let (last, first) = parts.split_last().expect("a wish");
        let mut all = first.iter().map(|(t, _)| t.as_str()).collect::<Vec<_>>().join(", ");
        if !all.is_empty() {
            all.push_str(and);
        }
        let mut text = format!("{please} {all}{}", last.0);
        if let Some(day) = plan.shared {
            text = format!("{text} {by} {}", words::date(dice, tongue, day));
        }
        line(&mut pieces, format!("{text}."));
    } else {
        for (text, wish) in &parts {
            let day = wish
                .date
                .map_or(String::new(), |day| format!(" {by} {}", words::date(dice, tongue, day)));
            line(&mut pieces, format!("{}{text}{day}.", capital(please) + " "));
        }
    }
    want.order_date = None;
    let style = Style { bullet: "", separator: ": ", capitals: false };
    if let Some(address) = &plan.address {
        pieces.push(Piece::Gap);
        line(&mut pieces, style.field(dice, tongue, Said::Address, address));
    }
    if let Some(reference) = &plan.reference {
        pieces.push(Piece::Gap);
        line(&mut pieces, style.field(dice, tongue, Said::Reference, reference));
    }
    Form { name: "sentence", pieces }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

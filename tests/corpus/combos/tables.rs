//! Tables: in HTML, in plain text, and in a file of comma-separated values.

use serde::Deserialize;

use super::{Order, Tongue, Written, plain};
use crate::grammar::Dice;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parts {
    /// `{}` is the order's number.
    subject: String,
    /// What is above a table.
    intros: Vec<String>,
    /// What is above the name of a file.
    attached: Vec<String>,
    headings: Headings,
    days: Vec<String>,
    /// A day below the table.
    tails: Vec<String>,
    units: Vec<String>,
    /// Before the sum.
    total: String,
    closing: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Headings {
    position: Vec<String>,
    own: Vec<String>,
    code: Vec<String>,
    name: Vec<String>,
    quantity: Vec<String>,
    unit: Vec<String>,
    day: Vec<String>,
    price: Vec<String>,
    vat: Vec<String>,
    amount: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Position,
    /// The customer's own number.
    Own,
    Code,
    Name,
    Quantity,
    Unit,
    Day,
    Price,
    Vat,
    /// Price times quantity.
    Amount,
}

impl Headings {
    fn of(&self, column: Column) -> &[String] {
        match column {
            Column::Position => &self.position,
            Column::Own => &self.own,
            Column::Code => &self.code,
            Column::Name => &self.name,
            Column::Quantity => &self.quantity,
            Column::Unit => &self.unit,
            Column::Day => &self.day,
            Column::Price => &self.price,
            Column::Vat => &self.vat,
            Column::Amount => &self.amount,
        }
    }
}

/// What a table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Html,
    Tabs,
    Bars,
    /// Columns of spaces.
    Padded,
    /// A file with commas.
    Commas,
    /// A file with semicolons.
    Semicolons,
}

fn columns(dice: &mut Dice, named: bool) -> Vec<Column> {
    use Column::{Amount, Code, Day, Name, Own, Position, Price, Quantity, Unit, Vat};
    let mut columns = vec![Code];
    if named && dice.chance(75) {
        columns.push(Name);
    }
    let mut counted = vec![Quantity];
    if dice.chance(50) {
        counted.push(Unit);
    }
    if dice.chance(30) {
        counted.reverse();
    }
    columns.extend(counted);
    if dice.chance(50) {
        let last = columns.len();
        columns.insert(dice.pick(&[last, last, 2]), Day);
    }
    if dice.chance(50) {
        columns.push(Price);
        if dice.chance(30) {
            columns.push(Vat);
        }
        if dice.chance(60) {
            columns.push(Amount);
        }
    }
    if dice.chance(50) {
        columns.insert(0, Position);
    }
    if dice.chance(15) {
        columns.insert(1, Own);
    }
    let name_first = !columns.contains(&Position) && dice.chance(15);
    if let (true, Some(at)) = (name_first, columns.iter().position(|c| *c == Name)) {
        columns.swap(0, at);
    }
    columns
}

/// Rows of cells, the headings first, and how quantities are written.
struct Table {
    rows: Vec<Vec<String>>,
    quantities: String,
    summed: bool,
}

fn table(
    dice: &mut Dice,
    tongue: &Tongue,
    parts: &Parts,
    order: &Order,
    columns: &[Column],
    day: &str,
) -> Table {
    let comma = tongue.number != 0 && dice.chance(50);
    let money =
        |cents: u32| format!("{}{}{:02}", cents / 100, if comma { ',' } else { '.' }, cents % 100);
    let unit = dice.pick(&parts.units);
    let decimals = if tongue.number == 0 { "{}.00" } else { "{},00" };
    let with_unit = format!("{{}} {unit}");
    let quantities = dice.pick(&["{}", "{}", "{}", "{}", "{}", "{}", decimals, &with_unit]);
    let headings = columns.iter().map(|column| dice.pick(parts.headings.of(*column)));
    let mut rows: Vec<Vec<String>> = vec![headings.collect()];
    let mut sum = 0;
    for (number, (good, count)) in (1..).zip(&order.goods) {
        let price = dice.between(10, 400) * 25;
        sum += price * count;
        let cell = |column: &Column| match column {
            Column::Position => number.to_string(),
            Column::Own => format!("100-{}", 4470 + number),
            Column::Code => good.code.clone(),
            Column::Name => tongue.name(good).unwrap_or_default().to_owned(),
            Column::Quantity => quantities.replace("{}", &count.to_string()),
            Column::Unit => unit.clone(),
            Column::Day => day.to_owned(),
            Column::Price => money(price),
            Column::Vat => "8.1%".to_owned(),
            Column::Amount => money(price * count),
        };
        rows.push(columns.iter().map(cell).collect());
    }
    let summed = columns.contains(&Column::Amount) && dice.chance(60);
    if summed {
        let mut row = vec![String::new(); columns.len()];
        parts.total.clone_into(&mut row[0]);
        row[columns.len() - 1] = money(sum);
        rows.push(row);
    }
    Table { rows, quantities: quantities.to_owned(), summed }
}

/// Lines of cells with something between them.
fn lines(rows: &[Vec<String>], between: &str) -> String {
    rows.iter().map(|row| row.join(between)).collect::<Vec<_>>().join("\n")
}

fn padded(rows: &[Vec<String>]) -> String {
    let wide = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..rows[0].len()).map(|at| wide(at) + 2).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<String>().trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn csv(rows: &[Vec<String>], separator: &str) -> String {
    let quoted = |cell: &String| match cell.contains(separator) {
        true => format!("\"{cell}\""),
        false => cell.clone(),
    };
    let row = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>();
    lines(&rows.iter().map(row).collect::<Vec<_>>(), separator)
}

fn html(dice: &mut Dice, rows: &[Vec<String>], intro: &str, tail: &str, closing: &str) -> String {
    let heading = dice.pick(&["th", "td"]);
    let row = |(number, row): (usize, &Vec<String>)| {
        let tag = if number == 0 { heading } else { "td" };
        let cells = row.iter().map(|cell| format!("<{tag}>{}</{tag}>", cell.replace('&', "&amp;")));
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let table: String = rows.iter().enumerate().map(row).collect();
    let tail = if tail.is_empty() { String::new() } else { format!("<p>{tail}</p>\n") };
    format!(
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n\
         <html><body><p>{intro}</p>\n<table border=\"1\">{table}</table>\n{tail}<p>{}</p></body></html>\n",
        closing.replace('\n', "<br>")
    )
}

/// A mail with a file.
fn attached(text: &str, csv: &str) -> String {
    format!(
        "Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\n{}\n--b\n\
         Content-Type: text/csv; charset=utf-8; name=\"order.csv\"\n\
         Content-Disposition: attachment; filename=\"order.csv\"\n\
         Content-Transfer-Encoding: 8bit\n\n{csv}\n--b--\n",
        plain(text)
    )
}

/// Writes an order as a table.
pub(super) fn write(dice: &mut Dice, tongue: &Tongue, order: &Order) -> Written {
    use Form::{Bars, Commas, Html, Padded, Semicolons, Tabs};
    let parts = &tongue.tables;
    let columns = columns(dice, tongue.has_names());
    let form = dice.pick(&[Html, Html, Html, Tabs, Bars, Padded, Commas, Semicolons]);
    let way = dice.pick(&parts.days);
    let day = tongue.day(&way, order.day);
    let Table { rows, quantities, summed } = table(dice, tongue, parts, order, &columns, &day);
    let tail = match columns.contains(&Column::Day) {
        true => String::new(),
        false => dice.pick(&parts.tails),
    };
    let below = tail.replace("{}", &day);
    let is_file = matches!(form, Commas | Semicolons);
    let intro = dice.pick(if is_file { &parts.attached } else { &parts.intros });
    let closing = &parts.closing;
    let around = |table: &str| plain(&format!("{intro}\n\n{table}\n\n{below}\n\n{closing}"));
    let file =
        |separator| attached(&format!("{intro}\n\n{below}\n\n{closing}"), &csv(&rows, separator));
    let content = match form {
        Html => html(dice, &rows, &intro, &below, closing),
        Tabs => around(&lines(&rows, "\t")),
        Bars => around(&lines(&rows, " | ")),
        Padded => around(&padded(&rows)),
        Commas => file(","),
        Semicolons => file(";"),
    };
    let number = dice.between(4_500_000, 4_599_999).to_string();
    let mut label = order.label();
    label.reference = Some(number.clone());
    let mut used = vec![
        ("form", format!("{form:?}")),
        ("intro", intro),
        ("day", way),
        ("tail", tail),
        ("quantities", quantities),
        ("summed", summed.to_string()),
    ];
    used.extend(rows[0].iter().map(|heading| ("heading", heading.clone())));
    Written { subject: parts.subject.replace("{}", &number), content, parts: used, label }
}

//! The agreed form as people write it: labels, separators, bullets, and where the lines break.

use serde::Deserialize;

use super::{Order, Tongue, Written, plain, wrapped};
use crate::grammar::{Dice, Good};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parts {
    subjects: Vec<String>,
    /// What is above the form.
    intros: Vec<String>,
    labels: Labels,
    /// How the day of the order is written.
    order_dates: Vec<String>,
    /// How the day of the delivery is written.
    days: Vec<String>,
    unit: String,
    /// Each with its label.
    addresses: Vec<String>,
    closings: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    order_date: Vec<String>,
    delivery: Vec<String>,
    product: Vec<String>,
    /// Those of the products that suit a bare id.
    id: Vec<String>,
    quantity: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    OrderDate,
    Delivery,
    Product,
    Quantity,
}

/// How the product field says which product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Called {
    Id,
    Code,
    Name,
    CodeName,
    Barcode,
}

/// Where the lines break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// A field on each line, an empty line between the goods.
    Blocks,
    /// The same without the empty line.
    Dense,
    /// '1)' before the first field.
    Numbered,
    /// The days once, then the goods.
    DaysOnce,
    /// A row for each of the goods.
    Commas,
    Semicolons,
    /// All in one line, as a mail program leaves it that has dropped the breaks.
    Inline,
}

/// One mail's way of writing the form.
struct Style {
    fields: Vec<Field>,
    labels: [String; 4],
    separator: &'static str,
    bullet: &'static str,
    called: Called,
    /// A unit behind the quantity, with its space.
    unit: String,
    /// The days, as written.
    order_date: String,
    day: String,
}

impl Style {
    fn draw(dice: &mut Dice, tongue: &Tongue, parts: &Parts, order: &Order) -> Self {
        use Called::{Barcode, Code, CodeName, Id, Name};
        let ways = [Id, Id, Code, Code, Barcode, Name, CodeName];
        let called = dice.pick(if tongue.has_names() { &ways } else { &ways[..5] });
        let Labels { order_date, delivery, product, id, quantity } = &parts.labels;
        let product = if called == Called::Id { id } else { product };
        let mut fields = vec![Field::OrderDate, Field::Delivery, Field::Product, Field::Quantity];
        if dice.chance(40) {
            let mut left = std::mem::take(&mut fields);
            while !left.is_empty() {
                fields.push(left.swap_remove(dice.below(left.len())));
            }
        }
        if dice.chance(30) {
            fields.retain(|field| *field != Field::OrderDate);
        }
        let separators: &[&str] = match dice.chance(60) {
            true => &[": ", ": ", ": ", "  : ", " = ", " - ", " ", ":"],
            false => &[": "],
        };
        let unit = if dice.chance(25) { format!(" {}", parts.unit) } else { String::new() };
        Self {
            fields,
            labels: [order_date, delivery, product, quantity].map(|of| dice.pick(of)),
            separator: dice.pick(separators),
            bullet: dice.pick(&["- ", "- ", "", "* ", "• ", "– "]),
            called,
            unit,
            order_date: tongue.day(&dice.pick(&parts.order_dates), order.today),
            day: tongue.day(&dice.pick(&parts.days), order.day),
        }
    }

    fn field(&self, field: Field, tongue: &Tongue, (good, count): &(Good, u32)) -> String {
        let name = tongue.name(good).unwrap_or_default();
        let value = match (field, self.called) {
            (Field::OrderDate, _) => self.order_date.clone(),
            (Field::Delivery, _) => self.day.clone(),
            (Field::Quantity, _) => format!("{count}{}", self.unit),
            (Field::Product, Called::Id) => good.id.to_string(),
            (Field::Product, Called::Code) => good.code.clone(),
            (Field::Product, Called::Name) => name.to_owned(),
            (Field::Product, Called::CodeName) => format!("{} {name}", good.code),
            (Field::Product, Called::Barcode) => good.barcode.clone(),
        };
        format!("{}{}{value}", self.labels[field as usize], self.separator)
    }

    /// Some fields of a product, with something before each.
    fn fields(
        &self,
        of: &[Field],
        tongue: &Tongue,
        wish: &(Good, u32),
        bullet: &str,
    ) -> Vec<String> {
        of.iter().map(|field| format!("{bullet}{}", self.field(*field, tongue, wish))).collect()
    }

    fn body(&self, dice: &mut Dice, layout: Layout, tongue: &Tongue, order: &Order) -> String {
        let goods = order.goods.iter();
        let block = |wish| self.fields(&self.fields, tongue, wish, self.bullet).join("\n");
        let row = |between: &str| {
            let row = |wish| self.fields(&self.fields, tongue, wish, "").join(between);
            let rows: Vec<String> =
                goods.clone().map(|wish| format!("{}{}", self.bullet, row(wish))).collect();
            rows.join("\n")
        };
        match layout {
            Layout::Blocks => goods.map(block).collect::<Vec<_>>().join("\n\n"),
            Layout::Dense => goods.map(block).collect::<Vec<_>>().join("\n"),
            Layout::Numbered => {
                let numbered = |(number, block): (usize, String)| {
                    let block = block.strip_prefix(self.bullet).unwrap_or(&block).to_owned();
                    format!("{}) {block}", number + 1)
                };
                goods.map(block).enumerate().map(numbered).collect::<Vec<_>>().join("\n\n")
            }
            Layout::DaysOnce => {
                let is_day = |field: &Field| matches!(field, Field::OrderDate | Field::Delivery);
                let (days, rest): (Vec<Field>, Vec<Field>) =
                    self.fields.iter().partition(|f| is_day(f));
                let gap = dice.pick(&["\n", "\n\n"]);
                let block = |wish| self.fields(&rest, tongue, wish, self.bullet).join("\n");
                let days = self.fields(&days, tongue, &order.goods[0], self.bullet).join("\n");
                format!("{days}\n\n{}", goods.map(block).collect::<Vec<_>>().join(gap))
            }
            Layout::Commas => row(", "),
            Layout::Semicolons => row("; "),
            Layout::Inline => {
                let row = |wish| self.fields(&self.fields, tongue, wish, "- ").join(" ");
                goods.map(row).collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// Writes an order in the agreed form.
pub(super) fn write(dice: &mut Dice, tongue: &Tongue, order: &Order) -> Written {
    use Layout::{Blocks, Commas, DaysOnce, Dense, Inline, Numbered, Semicolons};
    let parts = &tongue.forms;
    let mut style = Style::draw(dice, tongue, parts, order);
    let layouts = [Blocks, Blocks, Blocks, Dense, Numbered, DaysOnce, Commas, Semicolons, Inline];
    let layout = dice.pick(&layouts);
    if layout == Inline {
        style.separator = ": ";
    }
    let body = style.body(dice, layout, tongue, order);
    let (intro, closing) = (dice.pick(&parts.intros), dice.pick(&parts.closings));
    let address = dice.chance(50).then(|| dice.pick(&parts.addresses));
    let mut text = if layout == Inline {
        let address = address.as_ref().map_or(String::new(), |a| format!("- {a} "));
        let (intro, closing) = (intro.replace('\n', " "), closing.replace('\n', " "));
        format!("{intro} {address}{body} {closing}").trim().to_owned()
    } else {
        let gap = dice.pick(&["\n", "\n\n"]);
        let address = address.as_ref().map(|a| format!("{}{a}{gap}", style.bullet));
        let intro = if intro.is_empty() { String::new() } else { format!("{intro}\n\n") };
        format!("{intro}{}{body}\n\n{closing}", address.unwrap_or_default())
    };
    if dice.chance(15) {
        text = wrapped(&text, 72);
    }
    let mut label = order.label();
    label.order_date = style.fields.contains(&Field::OrderDate).then_some(order.today);
    label.address = address.and_then(|a| a.split_once(": ").map(|(_, a)| a.to_owned()));
    let mut used = vec![
        ("intro", intro),
        ("closing", closing),
        ("layout", format!("{layout:?}")),
        ("separator", style.separator.to_owned()),
        ("layout and separator", format!("{layout:?} {}", style.separator)),
        ("bullet", style.bullet.to_owned()),
        ("called", format!("{:?}", style.called)),
        ("fields", format!("{:?}", style.fields)),
        ("unit", style.unit),
    ];
    used.extend(style.labels.map(|label| ("label", label)));
    Written { subject: dice.pick(&parts.subjects), content: plain(&text), parts: used, label }
}

//! Orders as Odoo has them: found again, and read back whole. Nothing is recomputed (law 7).

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::Value;

use super::domain::Domain;
use super::error::OdooError;
use super::rpc::Call;
use super::shop::{ProductName, Shop};
use super::wire::{Query, Row};
use crate::flow::{PlacedLine, PlacedOrder};
use crate::mail::MailId;
use crate::reading::Lang;

/// Module part of our external ids.
pub(super) const MODULE: &str = "postorder";

/// What an order of this mail has as its source document.
pub(super) fn origin(mail: &MailId) -> String {
    format!("{MODULE}/{mail}")
}

/// An order that a mail has placed earlier.
#[derive(Debug)]
pub(super) struct Earlier {
    pub(super) mail: MailId,
    pub(super) id: i64,
    pub(super) key: String,
}

/// Orders that these mails have placed, by their source document. A copy that a person made has
/// the same, but not our external id.
pub(super) async fn earlier<'a>(
    shop: &Shop,
    mails: impl Iterator<Item = &'a MailId>,
) -> Result<Vec<Earlier>, OdooError> {
    let origins: Vec<String> = mails.map(origin).collect();
    if origins.is_empty() {
        return Ok(Vec::new());
    }
    let query = Query::new("sale.order", &["origin"], Domain::among("origin", origins));
    let rows = shop.rpc.read(query).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = rows.iter().map(Row::id).collect();
    // The user may not read ir.model.data on 19.0; this method may be asked all the same.
    let answer = shop.rpc.call(Call::on("sale.order", "get_external_id", &ids)).await?;
    let found = ids.into_iter().filter_map(|id| {
        let name = answer.get(id.to_string())?.as_str()?;
        let key = name.strip_prefix(MODULE)?.strip_prefix('.')?;
        let mail = MailId::parse(key.split('_').next()?)?;
        Some(Earlier { mail, id, key: key.to_owned() })
    });
    Ok(found.collect())
}

/// An order to read back.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) id: i64,
    pub(super) key: String,
    /// Language of its products' names.
    pub(super) lang: Lang,
}

/// Reads orders with their lines and reservations; those gone are missing.
pub(super) async fn read_back(
    shop: &Shop,
    wanted: &[Wanted],
) -> Result<BTreeMap<i64, PlacedOrder>, OdooError> {
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ids: Vec<i64> = wanted.iter().map(|order| order.id).collect();
    let (orders, lines) = tokio::try_join!(orders(shop, &ids), lines(shop, &ids))?;
    let confirmed: Vec<i64> = orders.iter().filter(|row| is_confirmed(row)).map(Row::id).collect();
    let moves = moves(shop, &confirmed).await?;
    let mut by_order: BTreeMap<i64, Vec<&Row>> = BTreeMap::new();
    for row in &lines {
        if let Some((order, _)) = row.link("order_id") {
            by_order.entry(order).or_default().push(row);
        }
    }
    let langs: BTreeMap<i64, Lang> = wanted.iter().map(|order| (order.id, order.lang)).collect();
    let names = Words::learn(shop, &by_order, &langs).await?;
    let addresses = addresses(shop, &orders).await?;
    let mut found = BTreeMap::new();
    for order in wanted {
        let Some(row) = orders.iter().find(|row| row.id() == order.id) else { continue };
        let confirmed = is_confirmed(row);
        let lines = by_order
            .get(&order.id)
            .into_iter()
            .flatten()
            .filter_map(|line| names.line(shop, order.lang, line, confirmed.then_some(&moves)));
        let mut placed = placed_order(order, row, confirmed, lines.collect());
        let site = row.link("partner_shipping_id").map(|(id, _)| id);
        placed.address = site.and_then(|id| addresses.get(&id).cloned());
        found.insert(order.id, placed);
    }
    Ok(found)
}

fn is_confirmed(order: &Row) -> bool {
    matches!(order.text("state"), Some("sale" | "done"))
}

fn placed_order(
    wanted: &Wanted,
    row: &Row,
    confirmed: bool,
    lines: Vec<PlacedLine>,
) -> PlacedOrder {
    PlacedOrder {
        key: wanted.key.clone(),
        id: wanted.id,
        number: row.string("name"),
        confirmed,
        cancelled: row.text("state") == Some("cancel"),
        lines,
        untaxed: row.decimal("amount_untaxed"),
        tax: row.decimal("amount_tax"),
        total: row.decimal("amount_total"),
        currency: row.link("currency_id").map_or_else(String::new, |(_, code)| code.to_owned()),
        delivery_date: row.day("commitment_date"),
        address: None,
        reference: row.text("client_order_ref").map(str::to_owned),
    }
}

async fn orders(shop: &Shop, ids: &[i64]) -> Result<Vec<Row>, OdooError> {
    let fields = [
        "name",
        "state",
        "amount_untaxed",
        "amount_tax",
        "amount_total",
        "currency_id",
        "commitment_date",
        "client_order_ref",
        "partner_shipping_id",
    ];
    let query = Query::new("sale.order", &fields, Domain::among("id", ids.iter().copied()))
        .with("show_address", true);
    shop.rpc.read(query).await
}

/// Delivery addresses, on one line, by contact. From 17.0 on they came with the orders.
async fn addresses(shop: &Shop, orders: &[Row]) -> Result<BTreeMap<i64, String>, OdooError> {
    let ships = orders.iter().filter_map(|row| row.link("partner_shipping_id"));
    if shop.rpc.version.major >= 17 {
        return Ok(ships.filter_map(|(id, shown)| Some((id, address_of(shown)?))).collect());
    }
    let ids: BTreeSet<i64> = ships.map(|(id, _)| id).collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    let call = Call::on("res.partner", "name_get", &ids).with("show_address", true);
    let answer = shop.rpc.call(call).await?;
    let pairs = answer.as_array().into_iter().flatten();
    Ok(pairs
        .filter_map(|pair| Some((pair.get(0)?.as_i64()?, address_of(pair.get(1)?.as_str()?)?)))
        .collect())
}

async fn lines(shop: &Shop, orders: &[i64]) -> Result<Vec<Row>, OdooError> {
    let fields = [
        "order_id",
        "product_id",
        "name",
        "product_uom_qty",
        "price_unit",
        "discount",
        "price_subtotal",
        shop.schema.line_uom,
        shop.schema.line_taxes,
    ];
    // Sections and notes have no product.
    let domain =
        Domain::among("order_id", orders.iter().copied()).and(Domain::any_value("product_id"));
    let mut query = Query::new("sale.order.line", &fields, domain).bare();
    query.order = "sequence, id";
    shop.rpc.read(query).await
}

async fn moves(shop: &Shop, orders: &[i64]) -> Result<Vec<Row>, OdooError> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let fields = [
        "sale_line_id",
        "product_id",
        "state",
        "product_uom_qty",
        shop.schema.move_reserved,
        "location_id",
        "location_dest_id",
    ];
    let domain = Domain::among("sale_line_id.order_id", orders.iter().copied());
    shop.rpc.read(Query::new("stock.move", &fields, domain).bare()).await
}

/// Names of what stands on lines, in each order's language.
struct Words {
    products: BTreeMap<Lang, BTreeMap<i64, ProductName>>,
    taxes: BTreeMap<Lang, BTreeMap<i64, String>>,
    units: BTreeMap<Lang, BTreeMap<i64, String>>,
}

impl Words {
    async fn learn(
        shop: &Shop,
        lines: &BTreeMap<i64, Vec<&Row>>,
        langs: &BTreeMap<i64, Lang>,
    ) -> Result<Self, OdooError> {
        let mut by_lang: BTreeMap<Lang, Vec<&Row>> = BTreeMap::new();
        for (order, rows) in lines {
            by_lang.entry(langs.get(order).copied().unwrap_or_default()).or_default().extend(rows);
        }
        let mut words =
            Self { products: BTreeMap::new(), taxes: BTreeMap::new(), units: BTreeMap::new() };
        for (lang, rows) in by_lang {
            let links = |field| rows.iter().filter_map(move |row| Some(row.link(field)?.0));
            let products = shop.product_names(lang, &links("product_id").collect()).await?;
            let own: BTreeSet<i64> = products.values().map(|product| product.uom_id).collect();
            let other = links(shop.schema.line_uom).filter(|id| !own.contains(id)).collect();
            let taxes = rows.iter().flat_map(|row| row.links(shop.schema.line_taxes)).collect();
            words.products.insert(lang, products);
            words.units.insert(lang, shop.record_names("uom.uom", lang, &other).await?);
            words.taxes.insert(lang, shop.record_names("account.tax", lang, &taxes).await?);
        }
        Ok(words)
    }

    fn unit(&self, lang: Lang, id: i64) -> String {
        let own = self.products.get(&lang).into_iter().flatten().map(|(_, product)| product);
        let own = own.filter(|product| product.uom_id == id).map(|product| &product.uom).next();
        let other = self.units.get(&lang).and_then(|units| units.get(&id));
        own.or(other).cloned().unwrap_or_default()
    }

    /// A line with its names; `moves` where the order is confirmed.
    fn line(
        &self,
        shop: &Shop,
        lang: Lang,
        row: &Row,
        moves: Option<&Vec<Row>>,
    ) -> Option<PlacedLine> {
        let (product_id, _) = row.link("product_id")?;
        let product = self.products.get(&lang).and_then(|names| names.get(&product_id));
        let taxes = self.taxes.get(&lang);
        let quantity = row.decimal("product_uom_qty");
        let untracked = product.is_some_and(|product| !product.tracked);
        let reserved = moves.map(|moves| {
            if untracked { quantity } else { reserved(shop, row.id(), product_id, quantity, moves) }
        });
        let unit = row.link(shop.schema.line_uom).map(|(id, _)| self.unit(lang, id));
        let described = || row.text("name").and_then(|text| text.lines().next());
        Some(PlacedLine {
            product_id,
            default_code: product.map(|known| known.default_code.clone()).unwrap_or_default(),
            name: product.map_or_else(
                || described().unwrap_or_default().to_owned(),
                |known| known.name.clone(),
            ),
            quantity,
            uom: unit.unwrap_or_default(),
            reserved,
            unit_price: row.decimal("price_unit"),
            discount: row.decimal("discount"),
            subtotal: row.decimal("price_subtotal"),
            taxes: row
                .links(shop.schema.line_taxes)
                .iter()
                .filter_map(|id| taxes?.get(id).cloned())
                .collect(),
        })
    }
}

/// How many of a line Odoo has reserved, or already delivered.
///
/// Goods may pass several places on their way out (pick, pack, ship), each step with moves of the
/// same line: the step with most tells. Moves of other products are a kit's parts: it counts only
/// when all of them are there.
fn reserved(shop: &Shop, line: i64, product: i64, quantity: Decimal, moves: &[Row]) -> Decimal {
    let mut steps: BTreeMap<(i64, i64), Decimal> = BTreeMap::new();
    let (mut parts, mut parts_there) = (0, true);
    for row in moves {
        let of_line = row.link("sale_line_id").is_some_and(|(id, _)| id == line);
        let state = row.text("state").unwrap_or_default();
        if !of_line || state == "cancel" {
            continue;
        }
        if row.link("product_id").is_none_or(|(id, _)| id != product) {
            parts += 1;
            parts_there &= matches!(state, "assigned" | "done");
            continue;
        }
        let amount = if state == "done" && shop.schema.move_reserved != "quantity" {
            row.decimal("product_uom_qty")
        } else {
            row.decimal(shop.schema.move_reserved)
        };
        let place = |field| row.link(field).map_or(0, |(id, _)| id);
        *steps.entry((place("location_id"), place("location_dest_id"))).or_default() += amount;
    }
    if steps.is_empty() && parts > 0 && parts_there {
        return quantity;
    }
    steps.into_values().max().unwrap_or_default().min(quantity)
}

/// The address out of a contact's name shown with it: name first, then a line each.
fn address_of(shown: &str) -> Option<String> {
    let lines = shown.lines().skip(1).map(|line| super::wire::clean(line, 200));
    let parts: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// State of orders by id.
pub(super) async fn states(
    shop: &Shop,
    ids: &[i64],
) -> Result<BTreeMap<i64, (String, String)>, OdooError> {
    let query =
        Query::new("sale.order", &["state", "name"], Domain::among("id", ids.iter().copied()));
    let rows = shop.rpc.read(query).await?;
    Ok(rows.iter().map(|row| (row.id(), (row.string("state"), row.string("name")))).collect())
}

/// Confirms orders in one call.
pub(super) async fn confirm(shop: &Shop, ids: &[i64]) -> Result<(), OdooError> {
    let _turn = shop
        .confirming
        .acquire()
        .await
        .map_err(|_| OdooError::transient("postorder is shutting down"))?;
    let _: Value = shop.rpc.call(Call::on("sale.order", "action_confirm", ids)).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_follow_the_name() {
        let shown = "Nordwind, Delivery\nRue de Lausanne 12\n1700  Fribourg\nSwitzerland";
        assert_eq!(
            address_of(shown).as_deref(),
            Some("Rue de Lausanne 12, 1700 Fribourg, Switzerland")
        );
        assert_eq!(address_of("Nordwind"), None);
    }

    #[test]
    fn an_origin_names_its_mail() {
        let mail = MailId::from_digest(&[7; 16]);
        assert_eq!(origin(&mail), "postorder/07070707070707070707070707070707");
    }
}

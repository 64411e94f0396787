//! The catalogue: products with their names, codes, units and packages.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use super::CatalogPage;
use super::domain::Domain;
use super::error::OdooError;
use super::schema::Packages;
use super::shop::Shop;
use super::wire::{Query, Row, timestamp};
use crate::reading::{Packaging, Product};

/// Products in one call.
const PAGE: usize = 1000;
/// No catalogue has more products than this; one that does is refused, not cut.
const MOST: usize = 200_000;
/// A transaction's changes carry the time of its start and show at its end: so long a look back
/// misses none that took less.
const OVERLAP: TimeDelta = TimeDelta::minutes(10);

/// Reads all products, or those changed since.
pub(super) async fn catalog(
    shop: &Shop,
    since: Option<DateTime<Utc>>,
) -> Result<CatalogPage, OdooError> {
    let mut page = CatalogPage {
        products: Vec::new(),
        inactive: Vec::new(),
        as_of: since.unwrap_or(DateTime::UNIX_EPOCH),
    };
    let changed = since.map_or_else(Domain::default, |since| changed(shop, since));
    let mut after = 0;
    loop {
        let domain = Domain::above("id", after).and(Domain::even_archived()).and(changed.clone());
        let mut query = Query::new("product.product", FIELDS, domain)
            .lang(shop.langs.code(shop.main_lang))
            .with("display_default_code", false);
        query.limit = Some(PAGE);
        let rows = shop.rpc.read(query).await?;
        let Some(last) = rows.last().map(Row::id) else { break };
        add(shop, &rows, &mut page).await?;
        if page.products.len() + page.inactive.len() > MOST {
            return Err(OdooError::permanent(format!("more than {MOST} products")));
        }
        if rows.len() < PAGE {
            break;
        }
        after = last;
    }
    let all = page.products.iter().chain(&page.inactive);
    let ids: BTreeSet<i64> = all.map(|product| product.id).collect();
    shop.forget(since.map(|_| &ids));
    Ok(page)
}

const FIELDS: &[&str] = &[
    "display_name",
    "default_code",
    "barcode",
    "uom_id",
    "active",
    "sale_ok",
    "product_tmpl_id",
    "write_date",
];

/// Products that changed themselves, or in their template, unit or packages.
fn changed(shop: &Shop, since: DateTime<Utc>) -> Domain {
    let since = timestamp(since - OVERLAP);
    let mut paths = vec!["write_date", "product_tmpl_id.write_date"];
    match shop.schema.packages {
        Packages::Model => paths.push("packaging_ids.write_date"),
        Packages::Units => {
            paths.extend(["product_tmpl_id.uom_ids.write_date", "product_uom_ids.write_date"]);
        }
        Packages::None => {}
    }
    Domain::any(paths.into_iter().map(|path| Domain::at_least(path, since.clone())))
}

/// Adds a page of products, with what is read of them apart.
async fn add(shop: &Shop, rows: &[Row], page: &mut CatalogPage) -> Result<(), OdooError> {
    let ids: Vec<i64> = rows.iter().map(Row::id).collect();
    let mut packagings = match shop.schema.packages {
        Packages::Model => models(shop, &ids).await?,
        Packages::Units => units(shop, &ids).await?,
        Packages::None => BTreeMap::new(),
    };
    let mut names: BTreeMap<i64, BTreeMap<_, _>> = BTreeMap::new();
    for (lang, code) in shop.langs.all() {
        if lang == shop.main_lang {
            continue;
        }
        let domain = Domain::among("id", ids.iter().copied()).and(Domain::even_archived());
        let query = Query::new("product.product", &["display_name"], domain)
            .lang(Some(code))
            .with("display_default_code", false);
        for row in shop.rpc.read(query).await? {
            names.entry(row.id()).or_default().insert(lang, row.string("display_name"));
        }
    }
    for row in rows {
        let name = row.string("display_name");
        let mut names = names.remove(&row.id()).unwrap_or_default();
        names.retain(|_, other| !other.is_empty() && *other != name);
        let product = Product {
            id: row.id(),
            default_code: row.string("default_code"),
            name,
            names,
            barcode: row.text("barcode").map(str::to_owned),
            uom: row.link("uom_id").map_or_else(String::new, |(_, name)| name.to_owned()),
            packagings: packagings.remove(&row.id()).unwrap_or_default(),
            customer_codes: BTreeMap::new(),
        };
        let sold = row.flag("active") && row.flag("sale_ok");
        if sold { &mut page.products } else { &mut page.inactive }.push(product);
        page.as_of = page.as_of.max(row.time("write_date").unwrap_or(page.as_of));
    }
    Ok(())
}

type Packaged = BTreeMap<i64, Vec<Packaging>>;

/// Packages as a model of their own: up to 18.0.
async fn models(shop: &Shop, ids: &[i64]) -> Result<Packaged, OdooError> {
    let fields = ["product_id", "name", "qty", "barcode"];
    let domain = Domain::among("product_id", ids.iter().copied());
    let query =
        Query::new("product.packaging", &fields, domain).lang(shop.langs.code(shop.main_lang));
    let mut packaged = Packaged::new();
    for row in shop.rpc.read(query).await? {
        let Some((product, _)) = row.link("product_id") else { continue };
        let (quantity, barcode) = (row.decimal("qty"), row.text("barcode"));
        push(&mut packaged, product, row.string("name"), quantity, barcode);
    }
    Ok(packaged)
}

/// Packages as units: 19.0. A unit's `factor` says how many of a common reference it holds.
async fn units(shop: &Shop, ids: &[i64]) -> Result<Packaged, OdooError> {
    let lang = shop.langs.code(shop.main_lang);
    let domain = Domain::among("id", ids.iter().copied())
        .and(Domain::even_archived())
        .and(Domain::any_value("uom_ids"));
    let products =
        shop.rpc.read(Query::new("product.product", &["uom_id", "uom_ids"], domain)).await?;
    let mut wanted: BTreeSet<i64> = BTreeSet::new();
    for row in &products {
        wanted.extend(row.links("uom_ids"));
        wanted.extend(row.link("uom_id").map(|(id, _)| id));
    }
    if wanted.is_empty() {
        return Ok(Packaged::new());
    }
    let query = Query::new("uom.uom", &["name", "factor"], Domain::among("id", wanted)).lang(lang);
    let units: BTreeMap<i64, Row> =
        shop.rpc.read(query).await?.into_iter().map(|row| (row.id(), row)).collect();
    let domain = Domain::among("product_id", products.iter().map(Row::id));
    let query = Query::new("product.uom", &["product_id", "uom_id", "barcode"], domain);
    let barcodes = shop.rpc.read(query).await?;
    let mut packaged = Packaged::new();
    for row in &products {
        let Some(own) = row.link("uom_id").and_then(|(id, _)| units.get(&id)) else { continue };
        for id in row.links("uom_ids") {
            let Some(unit) = units.get(&id) else { continue };
            let of = |line: &&Row, field, id| line.link(field).is_some_and(|(have, _)| have == id);
            let barcode = barcodes
                .iter()
                .find(|line| of(line, "product_id", row.id()) && of(line, "uom_id", id));
            let quantity = unit.decimal("factor").checked_div(own.decimal("factor"));
            let quantity = quantity.unwrap_or_default().round_dp(6).normalize();
            let barcode = barcode.and_then(|line| line.text("barcode"));
            push(&mut packaged, row.id(), unit.string("name"), quantity, barcode);
        }
    }
    Ok(packaged)
}

/// Adds a package that holds something and has a name.
fn push(
    packaged: &mut Packaged,
    product: i64,
    name: String,
    quantity: Decimal,
    barcode: Option<&str>,
) {
    if quantity > Decimal::ZERO && !name.is_empty() {
        let barcode = barcode.map(str::to_owned);
        packaged.entry(product).or_default().push(Packaging { name, quantity, barcode });
    }
}

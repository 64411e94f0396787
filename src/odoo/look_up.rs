//! Look-ups: many jobs share one search for partners, one for products, one for earlier orders.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::bisect::bisect;
use super::domain::Domain;
use super::error::OdooError;
use super::partner::{Found, find};
use super::placed::{Earlier, Wanted, earlier, read_back};
use super::schema::lang_of;
use super::settings::StockKind;
use super::shop::{ProductName, Shop};
use super::wire::{Query, Row};
use crate::flow::{Availability, LookUp, LookedUp, Partner, PlacedOrder, Stock, Vendor};
use crate::mail::{Address, MailId};
use crate::reading::Lang;

/// Most jobs that share calls.
const MOST_JOBS: usize = 100;

/// Answers all jobs, in their order.
pub(super) async fn look_up(shop: &Shop, jobs: &[LookUp]) -> Vec<Result<LookedUp, OdooError>> {
    bisect(jobs, MOST_JOBS, |part| together(shop, part)).await
}

/// Answers jobs with shared calls, or fails for all.
async fn together(shop: &Shop, jobs: &[LookUp]) -> Result<Vec<LookedUp>, OdooError> {
    let emails: BTreeSet<&str> = jobs.iter().map(|job| job.from.email.as_str()).collect();
    let ids: BTreeSet<i64> =
        jobs.iter().flat_map(|job| job.products.iter().map(|(id, _)| *id)).collect();
    let (partners, stock, placed) =
        tokio::try_join!(find(shop, &emails), stock(shop, &ids), placed(shop, jobs))?;
    let names = names(shop, jobs).await?;
    let vendors = vendors(shop, jobs, &stock).await?;
    let answers = jobs.iter().map(|job| LookedUp {
        partner: partners.get(&job.from.email).map(Found::partner),
        stock: job
            .products
            .iter()
            .filter_map(|(id, _)| {
                let known = names.get(&job.lang)?.get(id)?;
                let vendor = if job.vendors { vendors.get(id).cloned() } else { None };
                Some((*id, answer(known, *stock.get(id)?, vendor)))
            })
            .collect(),
        already: placed.get(&job.mail).cloned().unwrap_or_default(),
    });
    Ok(answers.collect())
}

fn answer(known: &ProductName, product: Product, vendor: Option<Vendor>) -> Stock {
    Stock {
        availability: product.availability,
        name: known.name.clone(),
        uom: known.uom.clone(),
        vendor,
    }
}

/// A product, live.
#[derive(Debug, Clone, Copy)]
struct Product {
    template: i64,
    availability: Availability,
}

/// How much there is of products; those gone are missing.
async fn stock(shop: &Shop, ids: &BTreeSet<i64>) -> Result<BTreeMap<i64, Product>, OdooError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let quantity = match shop.stock {
        StockKind::Free => "free_qty",
        StockKind::OnHand => "qty_available",
    };
    let mut fields = vec!["active", "sale_ok", "product_tmpl_id", quantity];
    fields.extend(shop.tracking_fields());
    let domain = Domain::among("id", ids.iter().copied()).and(Domain::even_archived());
    let mut query = Query::new("product.product", &fields, domain).bare();
    if let Some(warehouse) = shop.warehouse {
        // 14.0 reads the one, 17.0 and later the other.
        query = query.with("warehouse", warehouse).with("warehouse_id", warehouse);
    }
    let rows = shop.rpc.read(query).await?;
    let product = |row: &Row| {
        let availability = if !row.flag("active") || !row.flag("sale_ok") {
            Availability::Inactive
        } else if shop.tracked(row) {
            Availability::Stock(row.decimal(quantity).max(Decimal::ZERO))
        } else {
            Availability::Untracked
        };
        let template = row.link("product_tmpl_id").map_or(0, |(id, _)| id);
        (row.id(), Product { template, availability })
    };
    Ok(rows.iter().map(product).collect())
}

/// Names of each language's products.
async fn names(
    shop: &Shop,
    jobs: &[LookUp],
) -> Result<BTreeMap<Lang, BTreeMap<i64, ProductName>>, OdooError> {
    let mut wanted: BTreeMap<Lang, BTreeSet<i64>> = BTreeMap::new();
    for job in jobs {
        wanted.entry(job.lang).or_default().extend(job.products.iter().map(|(id, _)| *id));
    }
    let mut names = BTreeMap::new();
    for (lang, ids) in wanted {
        names.insert(lang, shop.product_names(lang, &ids).await?);
    }
    Ok(names)
}

/// Orders that these mails have already placed.
async fn placed(
    shop: &Shop,
    jobs: &[LookUp],
) -> Result<BTreeMap<MailId, Vec<PlacedOrder>>, OdooError> {
    let mails: BTreeMap<&MailId, Lang> = jobs.iter().map(|job| (&job.mail, job.lang)).collect();
    let found = earlier(shop, mails.keys().copied()).await?;
    let wanted = found.iter().map(|order| Wanted {
        id: order.id,
        key: order.key.clone(),
        lang: mails.get(&order.mail).copied().unwrap_or_default(),
    });
    let mut orders = read_back(shop, &wanted.collect::<Vec<_>>()).await?;
    let mut by_mail: BTreeMap<MailId, Vec<PlacedOrder>> = BTreeMap::new();
    for Earlier { mail, id, .. } in found {
        by_mail.entry(mail).or_default().extend(orders.remove(&id));
    }
    Ok(by_mail)
}

/// The vendor of each product that a job asks it for, as Odoo would choose: by its sequence.
async fn vendors(
    shop: &Shop,
    jobs: &[LookUp],
    stock: &BTreeMap<i64, Product>,
) -> Result<BTreeMap<i64, Vendor>, OdooError> {
    let asked = jobs.iter().filter(|job| job.vendors).flat_map(|job| &job.products);
    let templates: BTreeMap<i64, i64> =
        asked.filter_map(|(id, _)| Some((*id, stock.get(id)?.template))).collect();
    if templates.is_empty() {
        return Ok(BTreeMap::new());
    }
    let link = shop.schema.vendor;
    let fields = [link, "delay", "product_id", "product_tmpl_id", "date_start", "date_end"];
    let company = Domain::is("company_id", shop.company).or(Domain::empty("company_id"));
    let of = Domain::among("product_tmpl_id", templates.values().copied());
    let mut query = Query::new("product.supplierinfo", &fields, of.and(company));
    query.order = "sequence, min_qty, price, id";
    let offers = shop.rpc.read(query).await?;
    let ids: BTreeSet<i64> =
        offers.iter().filter_map(|row| row.link(link).map(|(id, _)| id)).collect();
    let query = Query::new(
        "res.partner",
        &["name", "email_normalized", "lang"],
        Domain::among("id", ids).and(Domain::any_value("email_normalized")),
    );
    let partners = shop.rpc.read(query).await?;
    let today = chrono::Utc::now().date_naive();
    let current = |row: &Row| {
        row.day("date_start").is_none_or(|day| day <= today)
            && row.day("date_end").is_none_or(|day| day >= today)
    };
    let vendor = |product: i64, template: i64| {
        offers.iter().filter(|row| current(row)).find_map(|row| {
            let (of_template, _) = row.link("product_tmpl_id")?;
            let of_product = row.link("product_id").map(|(id, _)| id);
            if of_template != template || of_product.is_some_and(|id| id != product) {
                return None;
            }
            let (partner, _) = row.link(link)?;
            let partner = partners.iter().find(|row| row.id() == partner)?;
            Some(Vendor {
                address: Address {
                    name: partner.string("name"),
                    email: partner.string("email_normalized"),
                },
                lang: partner.text("lang").and_then(lang_of),
                lead_days: row.int("delay").and_then(|days| u32::try_from(days).ok()),
            })
        })
    };
    Ok(templates
        .into_iter()
        .filter_map(|(product, template)| Some((product, vendor(product, template)?)))
        .collect())
}

impl Found {
    fn partner(&self) -> Partner {
        Partner { id: self.id, lang: self.lang }
    }
}

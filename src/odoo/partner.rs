//! Customers: found by mail address, made where there is none, and their delivery addresses.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::address::{Parts, canonical, digest, parse, plain};
use super::domain::Domain;
use super::error::OdooError;
use super::load::Group;
use super::placed::MODULE;
use super::rpc::Call;
use super::schema::lang_of;
use super::shop::Shop;
use super::wire::{Query, Row, clean};
use crate::flow::Customer;
use crate::reading::Lang;

/// Providers of mail to anybody: a shared domain says nothing about a company.
const PUBLIC_DOMAINS: &[&str] = &[
    "aol.com",
    "arcor.de",
    "bluemail.ch",
    "bluewin.ch",
    "bluewin.com",
    "fastmail.com",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "green.ch",
    "hey.com",
    "hispeed.ch",
    "hotmail.ch",
    "hotmail.com",
    "hotmail.de",
    "hotmail.fr",
    "hotmail.it",
    "icloud.com",
    "laposte.net",
    "libero.it",
    "live.com",
    "live.de",
    "live.fr",
    "mac.com",
    "mail.ch",
    "mail.com",
    "mail.de",
    "mail.ru",
    "mailbox.org",
    "me.com",
    "msn.com",
    "netplus.ch",
    "orange.fr",
    "outlook.com",
    "outlook.de",
    "outlook.fr",
    "outlook.it",
    "pm.me",
    "posteo.de",
    "proton.me",
    "protonmail.ch",
    "protonmail.com",
    "qq.com",
    "romandie.com",
    "sfr.fr",
    "sunrise.ch",
    "swissonline.ch",
    "t-online.de",
    "tiscali.it",
    "tutanota.com",
    "virgilio.it",
    "vtxmail.ch",
    "wanadoo.fr",
    "web.de",
    "yahoo.com",
    "yahoo.de",
    "yahoo.fr",
    "yahoo.it",
    "yandex.com",
    "ymail.com",
    "zoho.com",
];

/// A customer's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) id: i64,
    pub(super) lang: Option<Lang>,
    /// The company that it belongs to, or itself.
    pub(super) company: i64,
}

impl Found {
    fn of(row: &Row) -> Self {
        Self {
            id: row.id(),
            lang: row.text("lang").and_then(lang_of),
            company: row.link("commercial_partner_id").map_or(row.id(), |(id, _)| id),
        }
    }
}

/// Known customers by mail address. Of several with one address, the same is taken every time:
/// people before addresses, customers before others, then the oldest.
pub(super) async fn find(
    shop: &Shop,
    emails: &BTreeSet<&str>,
) -> Result<BTreeMap<String, Found>, OdooError> {
    let emails: Vec<&str> = emails.iter().copied().filter(|email| !email.is_empty()).collect();
    if emails.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut fields = vec![
        "email_normalized",
        "lang",
        "commercial_partner_id",
        "is_company",
        "parent_id",
        "type",
    ];
    if shop.schema.customer_rank {
        fields.push("customer_rank");
    }
    let domain = Domain::among("email_normalized", emails).and(of_company(shop));
    let mut rows = shop.rpc.read(Query::new("res.partner", &fields, domain)).await?;
    rows.sort_by_key(|row| {
        let contact = row.text("type").is_none_or(|kind| kind == "contact");
        let customer = row.int("customer_rank").unwrap_or_default() > 0;
        let of_company = row.flag("is_company") || row.link("parent_id").is_some();
        (!contact, !customer, !of_company, row.id())
    });
    let mut found = BTreeMap::new();
    for row in rows {
        found.entry(row.string("email_normalized")).or_insert_with(|| Found::of(&row));
    }
    Ok(found)
}

/// Shared partners and those of our company.
fn of_company(shop: &Shop) -> Domain {
    Domain::is("company_id", shop.company).or(Domain::empty("company_id"))
}

/// Finds or makes the customers, in their order.
pub(super) async fn find_or_make(
    shop: &Shop,
    customers: &[&Customer],
) -> Result<Vec<Result<Found, OdooError>>, OdooError> {
    let emails: BTreeSet<&str> =
        customers.iter().map(|customer| customer.from.email.as_str()).collect();
    let mut found = find(shop, &emails).await?;
    remembered(shop, customers, &mut found).await?;
    let mut new: BTreeMap<&str, &Customer> = BTreeMap::new();
    for customer in customers {
        let email = customer.from.email.as_str();
        if !email.is_empty() && !found.contains_key(email) {
            new.entry(email).or_insert(customer);
        }
    }
    let made = if new.is_empty() { BTreeMap::new() } else { make(shop, &new).await? };
    let outcome = |customer: &&Customer| {
        let email = customer.from.email.as_str();
        match (found.get(email), made.get(email)) {
            (Some(partner), _) => Ok(partner.clone()),
            (None, Some(outcome)) => outcome.clone(),
            (None, None) => Err(OdooError::permanent("the mail has no sender address")),
        }
    };
    Ok(customers.iter().map(outcome).collect())
}

/// Adds customers whom the case knows by id, although their address is no longer their own.
async fn remembered(
    shop: &Shop,
    customers: &[&Customer],
    found: &mut BTreeMap<String, Found>,
) -> Result<(), OdooError> {
    let strangers = customers.iter().filter(|customer| !found.contains_key(&customer.from.email));
    let by_id: BTreeMap<i64, String> = strangers
        .filter_map(|customer| Some((customer.partner_id?, customer.from.email.clone())))
        .collect();
    if by_id.is_empty() {
        return Ok(());
    }
    let domain = Domain::among("id", by_id.keys().copied());
    let query = Query::new("res.partner", &["lang", "commercial_partner_id"], domain);
    for row in shop.rpc.read(query).await? {
        if let Some(email) = by_id.get(&row.id()) {
            found.insert(email.clone(), Found::of(&row));
        }
    }
    Ok(())
}

type Made = BTreeMap<String, Result<Found, OdooError>>;

/// Makes customers. One whose company is known gets its address only together with that company,
/// in one write: so it is not found by its address before it is whole.
async fn make(shop: &Shop, new: &BTreeMap<&str, &Customer>) -> Result<Made, OdooError> {
    let companies = companies(shop, new.values().map(|customer| customer.from.domain())).await?;
    let company_of = |customer: &Customer| companies.get(customer.from.domain()).copied();
    let groups: Vec<Group> = new
        .iter()
        .map(|(email, customer)| {
            let name = clean(&customer.from.name, 200);
            let name = if name.is_empty() { (*email).to_owned() } else { name };
            let shown = if company_of(customer).is_some() { "" } else { email };
            let lang = shop.lang_code(customer.lang).unwrap_or_default();
            let id = format!("{MODULE}.partner_{}", digest(&[email]));
            vec![vec![vec![id, name, shown.to_owned(), lang.to_owned()]]]
        })
        .collect();
    let context = [("res_partner_search_mode", json!("customer"))];
    let loaded =
        shop.rpc.load("res.partner", &["id", "name", "email", "lang"], &groups, &context).await;
    let mut made = Made::new();
    for ((email, customer), outcome) in new.iter().zip(loaded) {
        let outcome = match first(outcome) {
            Ok(id) => match company_of(customer) {
                Some(company) => join(shop, id, company, customer).await,
                None => Ok(id),
            }
            .map(|id| Found {
                id,
                lang: shop.langs.code(customer.lang).map(|_| customer.lang),
                company: company_of(customer).unwrap_or(id),
            }),
            Err(error) => Err(error),
        };
        made.insert((*email).to_owned(), outcome);
    }
    Ok(made)
}

/// Puts a new contact under its company, unless that is done.
async fn join(shop: &Shop, id: i64, company: i64, customer: &Customer) -> Result<i64, OdooError> {
    let query = Query::new("res.partner", &["email", "parent_id"], Domain::is("id", id));
    let rows = shop.rpc.read(query).await?;
    if rows.first().is_some_and(|row| row.text("email").is_none()) {
        // 19.0 lets a plain sales user write this, but not load it; and the company's language
        // would take the place of the customer's own if that were not written with it.
        let lang = shop.lang_code(customer.lang);
        let values = json!({"parent_id": company, "email": customer.from.email, "lang": lang});
        let call = Call::on("res.partner", "write", &[id]).arg("vals", values);
        let _: Value = shop.rpc.call(call).await?;
    }
    Ok(id)
}

/// Companies by mail domain: those of which exactly one uses it.
async fn companies<'a>(
    shop: &Shop,
    domains: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<String, i64>, OdooError> {
    const MOST: usize = 2000;
    let domains: BTreeSet<&str> = domains.filter(|domain| own(domain)).collect();
    if domains.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ends =
        domains.iter().map(|domain| Domain::ends_with("email_normalized", &format!("@{domain}")));
    let domain = Domain::any(ends)
        .and(Domain::is("commercial_partner_id.is_company", true))
        .and(of_company(shop));
    let fields = ["email_normalized", "commercial_partner_id"];
    let mut query = Query::new("res.partner", &fields, domain);
    query.limit = Some(MOST);
    let rows = shop.rpc.read(query).await?;
    if rows.len() == MOST {
        // Not all were seen, so none is certain.
        return Ok(BTreeMap::new());
    }
    let mut users: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    for row in &rows {
        let domain = row.text("email_normalized").and_then(|email| email.rsplit_once('@'));
        if let (Some((_, domain)), Some((company, _))) = (domain, row.link("commercial_partner_id"))
        {
            users.entry(domain).or_default().insert(company);
        }
    }
    let only = users.into_iter().filter(|(_, companies)| companies.len() == 1);
    Ok(only.filter_map(|(domain, ids)| Some((domain.to_owned(), *ids.first()?))).collect())
}

/// A domain that can be one company's own.
fn own(domain: &str) -> bool {
    domain.contains('.') && !PUBLIC_DOMAINS.contains(&domain)
}

/// Finds or makes delivery contacts, in their order.
pub(super) async fn deliveries(
    shop: &Shop,
    wanted: &[(&Found, &str)],
) -> Result<Vec<Result<i64, OdooError>>, OdooError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let known = contacts(shop, wanted).await?;
    let parsed: Vec<(&Found, Parts)> =
        wanted.iter().map(|(partner, line)| (*partner, parse(&clean(line, 500)))).collect();
    let found: Vec<Option<i64>> =
        parsed.iter().map(|(partner, parts)| matching(partner, parts, &known)).collect();
    let mut new: BTreeMap<String, (i64, &Parts)> = BTreeMap::new();
    let name = |partner: &Found, parts: &Parts| {
        let id = partner.company.to_string();
        format!("{MODULE}.address_{}", digest(&[&id, &canonical(parts)]))
    };
    for ((partner, parts), found) in parsed.iter().zip(&found) {
        if found.is_none() {
            new.insert(name(partner, parts), (partner.company, parts));
        }
    }
    let made = make_deliveries(shop, &new).await?;
    let outcomes = parsed.iter().zip(found).map(|((partner, parts), found)| match found {
        Some(id) => Ok(id),
        None => made.get(&name(partner, parts)).cloned().unwrap_or_else(|| {
            Err(OdooError::odd("res.partner", "load", "a contact without an outcome"))
        }),
    });
    Ok(outcomes.collect())
}

/// The customers themselves, their companies, and these companies' delivery contacts.
async fn contacts(shop: &Shop, wanted: &[(&Found, &str)]) -> Result<Vec<Row>, OdooError> {
    let companies: BTreeSet<i64> = wanted.iter().map(|(partner, _)| partner.company).collect();
    let own: BTreeSet<i64> =
        wanted.iter().flat_map(|(partner, _)| [partner.id, partner.company]).collect();
    let fields = ["name", "type", "commercial_partner_id", "street", "street2", "zip", "city"];
    let domain = Domain::among("commercial_partner_id", companies)
        .and(Domain::is("type", "delivery").or(Domain::among("id", own)));
    shop.rpc.read(Query::new("res.partner", &fields, domain)).await
}

/// The contact that has this address already: the customer itself first, then its company.
fn matching(partner: &Found, parts: &Parts, known: &[Row]) -> Option<i64> {
    let asked = canonical(parts);
    let company = known.iter().find(|row| row.id() == partner.company);
    let company_name = company.and_then(|row| row.text("name")).unwrap_or_default();
    let fits = |row: &&Row| {
        let text = |field| row.text(field).unwrap_or_default();
        let address = [text("street"), text("street2"), text("zip"), text("city")];
        let form = plain(&address);
        let under = |name: &str| plain(&[name, form.as_str()]);
        !form.is_empty()
            && row.link("commercial_partner_id").is_some_and(|(id, _)| id == partner.company)
            && (asked == form || asked == under(text("name")) || asked == under(company_name))
    };
    let mut fitting: Vec<i64> = known.iter().filter(fits).map(Row::id).collect();
    fitting.sort_by_key(|id| (*id != partner.id, *id != partner.company, *id));
    fitting.first().copied()
}

/// Makes delivery contacts by external id, and puts them under their companies.
async fn make_deliveries(
    shop: &Shop,
    new: &BTreeMap<String, (i64, &Parts)>,
) -> Result<BTreeMap<String, Result<i64, OdooError>>, OdooError> {
    if new.is_empty() {
        return Ok(BTreeMap::new());
    }
    let fields = ["id", "type", "street", "zip", "city", "country_id/id"];
    let groups: Vec<Group> = new
        .iter()
        .map(|(name, (_, parts))| {
            let country = parts.country.map(|code| format!("base.{}", code.to_lowercase()));
            let row = [name, "delivery", &parts.street, &parts.zip, &parts.city];
            let mut row: Vec<String> = row.iter().map(|&cell| cell.to_owned()).collect();
            row.push(country.unwrap_or_default());
            vec![vec![row]]
        })
        .collect();
    let loaded = shop.rpc.load("res.partner", &fields, &groups, &[]).await;
    let ids: BTreeSet<i64> = loaded.iter().flatten().flatten().copied().collect();
    let query = Query::new("res.partner", &["parent_id"], Domain::among("id", ids));
    let rows = shop.rpc.read(query).await?;
    let orphan = |id: i64| rows.iter().any(|row| row.id() == id && row.link("parent_id").is_none());
    let mut made = BTreeMap::new();
    for ((name, (company, _)), outcome) in new.iter().zip(loaded) {
        let outcome = match first(outcome) {
            Ok(id) if orphan(id) => {
                let values = json!({"parent_id": company});
                let call = Call::on("res.partner", "write", &[id]).arg("vals", values);
                shop.rpc.call(call).await.map(|_| id)
            }
            other => other,
        };
        made.insert(name.clone(), outcome);
    }
    Ok(made)
}

/// The one record of a group.
fn first(outcome: Result<Vec<i64>, OdooError>) -> Result<i64, OdooError> {
    outcome?.first().copied().ok_or_else(|| OdooError::odd("res.partner", "load", "no id"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_domains_are_no_companies() {
        assert!(PUBLIC_DOMAINS.is_sorted());
        assert!(!own("gmail.com") && !own("bluewin.ch") && !own(""));
        assert!(own("nordwind-bau.example"));
    }
}

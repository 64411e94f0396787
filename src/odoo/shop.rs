//! The connected database: who we are in it, what it calls things, and what was learned of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::Semaphore;

use super::domain::Domain;
use super::error::OdooError;
use super::rpc::{Call, Rpc};
use super::schema::{Langs, Schema, lang_of};
use super::settings::{Settings, StockKind};
use super::wire::{Query, Row};
use crate::reading::Lang;

/// How long names are kept; the catalogue's refresh is no quicker.
const NAMES_KEPT: Duration = Duration::from_secs(600);
/// No more names than this are kept.
const MOST_NAMES: usize = 200_000;

/// A connected database.
#[derive(Debug)]
pub(super) struct Shop {
    pub(super) rpc: Rpc,
    pub(super) schema: Schema,
    pub(super) langs: Langs,
    /// Language of our user: the catalogue's main language.
    pub(super) main_lang: Lang,
    /// `res.company` that orders are placed in.
    pub(super) company: i64,
    /// Its name.
    pub(super) company_name: String,
    /// `stock.warehouse` that is looked at and delivered from, where one is chosen.
    pub(super) warehouse: Option<i64>,
    pub(super) stock: StockKind,
    /// How many confirmations may run at once. On 14.0 two fight over the same stock rows, and the
    /// server's own retries make both slower than one after the other; 19.0 has no such fights.
    pub(super) confirming: Semaphore,
    names: Mutex<Names>,
}

/// Names that change rarely, by language and id.
#[derive(Debug)]
struct Names {
    since: Instant,
    products: HashMap<(Lang, i64), ProductName>,
    records: HashMap<(&'static str, Lang, i64), String>,
}

/// What letters call a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ProductName {
    pub(super) name: String,
    pub(super) default_code: String,
    pub(super) uom: String,
    pub(super) uom_id: i64,
    /// Stock is kept of it.
    pub(super) tracked: bool,
}

impl Shop {
    /// Logs in and learns.
    pub(super) async fn open(settings: &Settings) -> Result<Self, OdooError> {
        Self::learn(Rpc::log_in(settings).await?, settings).await
    }

    /// Learns what a database that we are logged in to calls things.
    pub(super) async fn learn(mut rpc: Rpc, settings: &Settings) -> Result<Self, OdooError> {
        // 14.0 tells fields even to those who may not read them: the rights are asked first.
        rpc.may("sale.order", "create", "to place orders").await?;
        rpc.may("res.partner", "create", "to make customers").await?;
        let me = Me::learn(&rpc).await?;
        let company = company(&rpc, settings, &me).await?;
        rpc.context.insert("allowed_company_ids".to_owned(), json!([company.id()]));
        let country = country_code(&rpc, &company).await?;
        let langs = Langs::learn(&rpc, country.as_deref()).await?;
        let schema = Schema::learn(&rpc).await?;
        let warehouse = warehouse(&rpc, settings, company.id()).await?;
        Ok(Self {
            schema,
            langs,
            main_lang: me.lang,
            company: company.id(),
            company_name: company.string("name"),
            warehouse,
            stock: settings.stock,
            confirming: Semaphore::new(if rpc.version.major < 19 {
                1
            } else {
                settings.workers.max(1)
            }),
            names: Mutex::new(Names {
                since: Instant::now(),
                products: HashMap::new(),
                records: HashMap::new(),
            }),
            rpc,
        })
    }

    /// Odoo's code of a language, or of the main one where it is not installed.
    pub(super) fn lang_code(&self, lang: Lang) -> Option<&str> {
        self.langs.code(lang).or_else(|| self.langs.code(self.main_lang))
    }

    /// The fields that tell whether stock is kept of a product.
    pub(super) fn tracking_fields(&self) -> &'static [&'static str] {
        if self.schema.storable { &["type", "is_storable"] } else { &["type"] }
    }

    /// Whether stock is kept of a product.
    pub(super) fn tracked(&self, row: &Row) -> bool {
        if self.schema.storable {
            row.flag("is_storable")
        } else {
            row.text("type") == Some("product")
        }
    }

    /// Names of products in a language; those gone are missing.
    pub(super) async fn product_names(
        &self,
        lang: Lang,
        ids: &BTreeSet<i64>,
    ) -> Result<BTreeMap<i64, ProductName>, OdooError> {
        let (mut known, missing) =
            self.split_known(ids, |names, id| names.products.get(&(lang, id)).cloned());
        if missing.is_empty() {
            return Ok(known);
        }
        let mut fields = vec!["display_name", "default_code", "uom_id"];
        fields.extend(self.tracking_fields());
        let domain = Domain::among("id", missing).and(Domain::even_archived());
        let query = Query::new("product.product", &fields, domain)
            .lang(self.lang_code(lang))
            .with("display_default_code", false);
        for row in self.rpc.read(query).await? {
            let (uom_id, uom) = row.link("uom_id").unwrap_or_default();
            let name = ProductName {
                name: row.string("display_name"),
                default_code: row.string("default_code"),
                uom: uom.to_owned(),
                uom_id,
                tracked: self.tracked(&row),
            };
            self.remember(|names| names.products.insert((lang, row.id()), name.clone()));
            known.insert(row.id(), name);
        }
        Ok(known)
    }

    /// Names of taxes or units in a language.
    pub(super) async fn record_names(
        &self,
        model: &'static str,
        lang: Lang,
        ids: &BTreeSet<i64>,
    ) -> Result<BTreeMap<i64, String>, OdooError> {
        let (mut known, missing) =
            self.split_known(ids, |names, id| names.records.get(&(model, lang, id)).cloned());
        if missing.is_empty() {
            return Ok(known);
        }
        let domain = Domain::among("id", missing).and(Domain::even_archived());
        let query = Query::new(model, &["name"], domain).lang(self.lang_code(lang));
        for row in self.rpc.read(query).await? {
            let name = row.string("name");
            self.remember(|names| names.records.insert((model, lang, row.id()), name.clone()));
            known.insert(row.id(), name);
        }
        Ok(known)
    }

    /// Forgets the names of products that have changed; of all with `None`.
    pub(super) fn forget(&self, changed: Option<&BTreeSet<i64>>) {
        self.remember(|names| match changed {
            Some(ids) => names.products.retain(|(_, id), _| !ids.contains(id)),
            None => names.products.clear(),
        });
    }

    fn split_known<T>(
        &self,
        ids: &BTreeSet<i64>,
        get: impl Fn(&Names, i64) -> Option<T>,
    ) -> (BTreeMap<i64, T>, Vec<i64>) {
        let mut known = BTreeMap::new();
        let mut missing = Vec::new();
        self.remember(|names| {
            if names.since.elapsed() > NAMES_KEPT
                || names.products.len() + names.records.len() > MOST_NAMES
            {
                names.products.clear();
                names.records.clear();
                names.since = Instant::now();
            }
            for id in ids {
                match get(names, *id) {
                    Some(value) => {
                        known.insert(*id, value);
                    }
                    None => missing.push(*id),
                }
            }
        });
        (known, missing)
    }

    /// Does something with what is remembered. A poisoned lock still holds good names.
    fn remember<T>(&self, act: impl FnOnce(&mut Names) -> T) -> T {
        let mut names = match self.names.lock() {
            Ok(names) => names,
            Err(poisoned) => poisoned.into_inner(),
        };
        act(&mut names)
    }
}

/// Our user.
struct Me {
    company: i64,
    lang: Lang,
}

impl Me {
    async fn learn(rpc: &Rpc) -> Result<Self, OdooError> {
        let answer = rpc.call(Call::new("res.users", "context_get")).await?;
        let uid = rpc.uid().or_else(|| answer.get("uid").and_then(Value::as_i64));
        let uid = uid.ok_or_else(|| OdooError::odd("res.users", "context_get", "no uid"))?;
        let query = Query::new("res.users", &["company_id", "login"], Domain::is("id", uid));
        let rows = rpc.read(query).await?;
        let company = rows.first().and_then(|row| row.link("company_id"));
        let (company, _) =
            company.ok_or_else(|| OdooError::odd("res.users", "search_read", "no company"))?;
        let lang = answer.get("lang").and_then(Value::as_str).and_then(lang_of);
        Ok(Self { company, lang: lang.unwrap_or_default() })
    }
}

/// The company: the one configured, else our user's.
async fn company(rpc: &Rpc, settings: &Settings, me: &Me) -> Result<Row, OdooError> {
    let domain = match settings.company.as_deref() {
        None => Domain::is("id", me.company),
        Some(wanted) => Domain::is("name", wanted).or(by_id(wanted)),
    };
    let fields = ["name", "country_id"];
    let mut rows = rpc.read(Query::new("res.company", &fields, domain)).await?;
    match (rows.pop(), rows.pop(), settings.company.as_deref()) {
        (Some(row), None, _) => Ok(row),
        (_, _, Some(wanted)) => {
            let all = rpc.read(Query::new("res.company", &["name"], Domain::default())).await?;
            Err(choose_one("company", wanted, &all, &rpc.login))
        }
        _ => Err(OdooError::setup(format!("user '{}' may not see its own company", rpc.login))),
    }
}

/// The warehouse configured, if one is.
async fn warehouse(rpc: &Rpc, settings: &Settings, company: i64) -> Result<Option<i64>, OdooError> {
    let Some(wanted) = settings.warehouse.as_deref() else { return Ok(None) };
    let here = Domain::is("company_id", company);
    let named = Domain::is("code", wanted).or(Domain::is("name", wanted)).or(by_id(wanted));
    let query = Query::new("stock.warehouse", &["name", "code"], named.and(here.clone()));
    if let [row] = rpc.read(query).await?.as_slice() {
        return Ok(Some(row.id()));
    }
    let all = rpc.read(Query::new("stock.warehouse", &["name"], here)).await?;
    Err(choose_one("warehouse", wanted, &all, &rpc.login))
}

/// A condition on the id, where the text is a number; else one that never holds.
fn by_id(text: &str) -> Domain {
    Domain::among("id", text.parse::<i64>().ok())
}

fn choose_one(what: &str, wanted: &str, all: &[Row], login: &str) -> OdooError {
    let names: Vec<String> =
        all.iter().take(20).map(|row| format!("'{}' ({})", row.string("name"), row.id())).collect();
    OdooError::setup(format!(
        "odoo.{what} = \"{wanted}\" names not exactly one {what} that user '{login}' may see; \
         there are: {}",
        names.join(", ")
    ))
}

/// ISO code of the company's country.
async fn country_code(rpc: &Rpc, company: &Row) -> Result<Option<String>, OdooError> {
    let Some((country, _)) = company.link("country_id") else { return Ok(None) };
    let query = Query::new("res.country", &["code"], Domain::is("id", country));
    let rows = rpc.read(query).await?;
    Ok(rows.first().and_then(|row| row.text("code")).map(str::to_owned))
}

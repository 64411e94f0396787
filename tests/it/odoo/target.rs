//! An Odoo to try the client on, and an administrator's own way into it.

use std::sync::atomic::{AtomicU64, Ordering};

use postorder::flow::{Customer, LookUp, OrderDraft, OrderLine, Place, PlacedOrder};
use postorder::mail::{Address, MailId};
use postorder::odoo::{Credential, Odoo, Placement, Settings};
use postorder::reading::Lang;
use postorder::sandbox::odoo::{LogIn as StandInLogIn, OdooOptions, OdooStandIn, Seed, Version};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::support::odoo::LogIn;
use crate::support::servers::fresh_odoo;

/// A log-in of the target.
#[derive(Debug, Clone)]
pub(super) struct Login {
    pub(super) name: String,
    pub(super) password: String,
    pub(super) uid: i64,
    pub(super) api_key: Option<String>,
}

/// An Odoo with the products of `maildir-fixtures/catalog.json`.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) database: String,
    pub(super) major: u32,
    pub(super) admin: Login,
    pub(super) user: Login,
    pub(super) low: Login,
    /// The client logs in with the API key, and so speaks JSON-2.
    pub(super) with_key: bool,
    /// Stops when dropped.
    _stand_in: Option<OdooStandIn>,
}

impl Target {
    /// A fresh database on a real server.
    pub(super) fn real(version: &str, with_key: bool) -> Self {
        let way = if with_key { "json2" } else { "jsonrpc" };
        let database = fresh_odoo(version, &format!("conform_{way}"));
        let login = |who: LogIn| Login {
            name: who.login,
            password: who.password,
            uid: who.uid,
            api_key: who.api_key,
        };
        Self {
            name: format!("Odoo {version} ({way})"),
            url: database.url,
            database: database.name,
            major: version.parse().expect("a number"),
            admin: login(database.admin),
            user: login(database.user),
            low: login(database.low),
            with_key,
            _stand_in: None,
        }
    }

    /// The stand-in, on a server that has other databases too, as real ones may.
    pub(super) async fn stand_in(version: Version, with_key: bool) -> Self {
        let options = OdooOptions { version, several_databases: true, ..OdooOptions::default() };
        let server = OdooStandIn::start(&Seed::fixtures(), options).await.expect("a free port");
        let login = |who: StandInLogIn| Login {
            name: who.login.to_owned(),
            password: who.password.to_owned(),
            uid: who.uid,
            api_key: Some(who.api_key.to_owned()),
        };
        let way = if with_key { "key" } else { "password" };
        Self {
            name: format!("stand-in for {} ({way})", version.text()),
            url: server.url(),
            database: server.database().to_owned(),
            major: if version == Version::V14 { 14 } else { 19 },
            admin: login(server.admin()),
            user: login(server.user()),
            low: login(server.low_user()),
            with_key,
            _stand_in: Some(server),
        }
    }

    pub(super) fn settings_of(&self, who: &Login) -> Settings {
        let credential = match &who.api_key {
            Some(key) if self.with_key => Credential::ApiKey(key.as_str().into()),
            _ => Credential::Password(who.password.as_str().into()),
        };
        Settings::new(&self.url, &self.database, &who.name, credential)
    }

    pub(super) fn settings(&self) -> Settings {
        self.settings_of(&self.user)
    }

    /// The client under test.
    pub(super) async fn odoo(&self) -> Odoo {
        Odoo::connect(self.settings()).await.expect("it connects")
    }

    /// A call by the administrator, over JSON-RPC, with a client that shares nothing with ours.
    pub(super) async fn admin(
        &self,
        model: &str,
        method: &str,
        args: Value,
        named: Value,
    ) -> Value {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let who = &self.admin;
        let args = json!([self.database, who.uid, who.password, model, method, args, named]);
        let body = json!({"jsonrpc": "2.0", "method": "call",
            "params": {"service": "object", "method": "execute_kw", "args": args}});
        let client = reqwest::Client::new();
        let answer = client.post(format!("{}/jsonrpc", self.url)).json(&body).send().await;
        let answer = answer.expect("an answer").text().await.expect("its body");
        let answer: Value = serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{answer}"));
        assert!(answer.get("error").is_none(), "{model}.{method}: {}", answer["error"]["data"]);
        answer["result"].clone()
    }

    /// What the administrator reads.
    pub(super) async fn read(&self, model: &str, domain: Value, fields: &[&str]) -> Vec<Value> {
        let named = json!({"domain": domain, "fields": fields, "order": "id"});
        let rows = self.admin(model, "search_read", json!([]), named).await;
        rows.as_array().expect("a list").clone()
    }

    /// Name of the one sales tax (14.0 does not translate it).
    pub(super) async fn tax_name(&self, lang: &str) -> String {
        let named = json!({"domain": [["type_tax_use", "=", "sale"]], "fields": ["name"],
            "context": {"lang": lang}});
        let rows = self.admin("account.tax", "search_read", json!([]), named).await;
        rows[0]["name"].as_str().expect("a name").to_owned()
    }

    /// What the administrator makes; its id.
    pub(super) async fn make(&self, model: &str, values: Value) -> i64 {
        self.admin(model, "create", json!([values]), json!({})).await.as_i64().expect("an id")
    }

    /// What the administrator changes.
    pub(super) async fn write(&self, model: &str, id: i64, values: Value) {
        self.admin(model, "write", json!([[id], values]), json!({})).await;
    }
}

/// A mail that no other check has.
pub(super) fn mail() -> MailId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let mut seed = [0; 16];
    getrandom::fill(&mut seed).expect("random bytes");
    seed[..8].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    MailId::from_digest(&seed)
}

/// An address that no other check has.
pub(super) fn address(local: &str) -> Address {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    Address {
        name: format!("{local} {number}"),
        email: format!("{local}{number}@strangers{number}.example"),
    }
}

pub(super) fn customer(from: &Address, lang: Lang) -> Customer {
    Customer { from: from.clone(), reply_to: from.clone(), lang, ..Customer::default() }
}

/// An order of these products and quantities.
pub(super) fn draft(mail: &MailId, lines: &[(i64, &str)]) -> OrderDraft {
    OrderDraft {
        key: format!("{mail}_1"),
        mail: mail.clone(),
        address: None,
        date: None,
        reference: None,
        lines: lines
            .iter()
            .map(|(product_id, quantity)| OrderLine {
                product_id: *product_id,
                quantity: quantity.parse().expect("a number"),
            })
            .collect(),
    }
}

/// A job with one order of a new customer.
pub(super) fn job(lines: &[(i64, &str)], confirm: bool) -> Place {
    let orders = vec![draft(&mail(), lines)];
    Place { customer: customer(&address("buyer"), Lang::En), orders, confirm }
}

pub(super) fn look_up(products: &[(i64, &str)]) -> LookUp {
    let quantity = |text: &str| text.parse::<Decimal>().expect("a number");
    LookUp {
        mail: mail(),
        from: address("asker"),
        lang: Lang::En,
        products: products.iter().map(|(id, text)| (*id, quantity(text))).collect(),
        vendors: false,
    }
}

/// Places jobs that must all be placed: partner and orders of each.
pub(super) async fn place(odoo: &Odoo, jobs: &[Place]) -> Vec<(i64, Vec<PlacedOrder>)> {
    let outcomes = odoo.place(jobs).await;
    let placed = |outcome| match outcome {
        Ok(Placement::Placed { partner_id, orders }) => (partner_id, orders),
        other => panic!("not placed: {other:?}"),
    };
    outcomes.into_iter().map(placed).collect()
}

/// Places one job with one order.
pub(super) async fn place_one(odoo: &Odoo, job: &Place) -> (i64, PlacedOrder) {
    let (partner, mut orders) =
        place(odoo, std::slice::from_ref(job)).await.pop().expect("an outcome");
    assert_eq!(orders.len(), 1);
    (partner, orders.remove(0))
}

pub(super) fn dec(text: &str) -> Decimal {
    text.parse().expect("a number")
}

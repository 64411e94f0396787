//! An administrator's eyes and hands in an Odoo, real or stand-in: what a test has to see, it sees
//! through Odoo itself, by a client that has nothing in common with ours.

#![expect(clippy::needless_pass_by_value, reason = "values are written in place with json!")]

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::http;

/// A user's log-in.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct LogIn {
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) uid: i64,
    /// Odoo 19 only.
    pub(crate) api_key: Option<String>,
}

/// One database of a server.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Database {
    /// `14.0` or `19.0`.
    pub(crate) version: String,
    /// `http://127.0.0.1:PORT`.
    pub(crate) url: String,
    /// Its name.
    #[serde(rename = "database")]
    pub(crate) name: String,
    pub(crate) admin: LogIn,
    /// Sales and contacts: what postorder is.
    pub(crate) user: LogIn,
    /// An employee who may not sell.
    pub(crate) low: LogIn,
}

/// A product that a test makes for itself.
#[derive(Debug, Clone)]
pub(crate) struct NewProduct<'a> {
    /// Internal reference; no other test's.
    pub(crate) code: &'a str,
    pub(crate) name: &'a str,
    pub(crate) price: f64,
    /// Pieces in the warehouse.
    pub(crate) stock: f64,
    /// Mail address of its vendor.
    pub(crate) vendor: Option<&'a str>,
}

impl Database {
    /// Calls a method as administrator; panics where Odoo answers with an error.
    pub(crate) fn call(&self, model: &str, method: &str, args: Value, kwargs: Value) -> Value {
        self.try_call(model, method, args, kwargs)
            .unwrap_or_else(|error| panic!("{model}.{method}: {error}"))
    }

    /// Calls a method as administrator.
    pub(crate) fn try_call(
        &self,
        model: &str,
        method: &str,
        args: Value,
        kwargs: Value,
    ) -> Result<Value, String> {
        let admin = &self.admin;
        let args = json!([self.name, admin.uid, admin.password, model, method, args, kwargs]);
        let params = json!({"service": "object", "method": "execute_kw", "args": args});
        let body = json!({"jsonrpc": "2.0", "method": "call", "id": 1, "params": params});
        let answer = http::json("POST", &format!("{}/jsonrpc", self.url), Some(&body));
        match answer.get("error") {
            Some(error) => Err(error["data"]["message"].as_str().unwrap_or_default().to_owned()),
            None => Ok(answer.get("result").cloned().unwrap_or_default()),
        }
    }

    /// The records that a domain finds, oldest first.
    pub(crate) fn find(&self, model: &str, domain: Value, fields: &[&str]) -> Vec<Value> {
        let options = json!({"fields": fields, "order": "id", "context": {"active_test": false}});
        let found = self.call(model, "search_read", json!([domain]), options);
        found.as_array().expect("a list of records").clone()
    }

    /// Creates a record; its id.
    pub(crate) fn create(&self, model: &str, values: Value) -> i64 {
        self.call(model, "create", json!([values]), json!({})).as_i64().expect("an id")
    }

    /// Writes to records.
    pub(crate) fn write(&self, model: &str, ids: &[i64], values: Value) {
        self.call(model, "write", json!([ids, values]), json!({}));
    }

    /// It is an Odoo 14.
    pub(crate) fn is_14(&self) -> bool {
        self.version.starts_with("14")
    }

    /// Makes a storable product; its id.
    pub(crate) fn product(&self, new: &NewProduct<'_>) -> i64 {
        let mut values = Map::new();
        let fields = json!({
            "name": new.name, "default_code": new.code, "list_price": new.price,
            "sale_ok": true, "purchase_ok": true,
        });
        values.extend(fields.as_object().expect("an object").clone());
        if self.is_14() {
            values.insert("type".into(), "product".into());
        } else {
            values.insert("type".into(), "consu".into());
            values.insert("is_storable".into(), true.into());
        }
        let id = self.create("product.product", Value::Object(values));
        if let Some(email) = new.vendor {
            let template =
                self.find("product.product", json!([["id", "=", id]]), &["product_tmpl_id"]);
            let field = if self.is_14() { "name" } else { "partner_id" };
            let vendor = self.partner_by_email(email).unwrap_or_else(|| {
                self.create(
                    "res.partner",
                    json!({"name": email, "email": email, "is_company": true}),
                )
            });
            let template = template[0]["product_tmpl_id"][0].clone();
            let values =
                json!({field: vendor, "product_tmpl_id": template, "delay": 7, "min_qty": 1});
            self.create("product.supplierinfo", values);
        }
        if new.stock > 0.0 {
            self.set_stock(id, new.stock);
        }
        id
    }

    /// Counts the product in the warehouse: so much is on hand from now on.
    pub(crate) fn set_stock(&self, product: i64, quantity: f64) {
        let warehouse = &self.find("stock.warehouse", json!([]), &["lot_stock_id"])[0];
        let location = warehouse["lot_stock_id"][0].as_i64().expect("a location");
        let values = json!({
            "product_id": product, "location_id": location, "inventory_quantity": quantity,
        });
        let context = json!({"context": {"inventory_mode": true}});
        let quant = self.call("stock.quant", "create", json!([values]), context.clone());
        if !self.is_14() {
            self.call("stock.quant", "action_apply_inventory", json!([[quant]]), context);
        }
    }

    /// The partner of a mail address.
    pub(crate) fn partner_by_email(&self, email: &str) -> Option<i64> {
        let found = self.find("res.partner", json!([["email_normalized", "=", email]]), &["id"]);
        found.first().and_then(|partner| partner["id"].as_i64())
    }
}

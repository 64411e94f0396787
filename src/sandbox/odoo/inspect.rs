//! A look into the stand-in's database, for tests and for people.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::compute::display_name;
use super::db::Db;
use super::env::Env;
use super::value::Val;
use super::{OdooStandIn, Version, crud, lock, stock};

/// An order.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenOrder {
    /// `sale.order` id.
    pub id: i64,
    /// Number.
    pub name: String,
    /// `draft`, `sale`, `cancel`.
    pub state: String,
    /// Its external id, where it has one.
    pub external_id: Option<String>,
    /// Customer.
    pub partner_id: i64,
    /// Delivery address.
    pub partner_shipping_id: i64,
    /// The customer's own order number.
    pub client_order_ref: Option<String>,
    /// Where it came from.
    pub origin: Option<String>,
    /// `2026-03-01 10:00:00`, UTC.
    pub date_order: String,
    /// Wished delivery, in the same form.
    pub commitment_date: Option<String>,
    /// Sum without taxes.
    pub untaxed: f64,
    /// Sum with taxes.
    pub total: f64,
    /// Its lines.
    pub lines: Vec<SeenLine>,
    /// What is to leave the warehouse for it.
    pub moves: Vec<SeenMove>,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenLine {
    /// `sale.order.line` id.
    pub id: i64,
    /// `product.product` id.
    pub product_id: i64,
    /// The product's name and reference.
    pub product: String,
    /// How many.
    pub quantity: f64,
    /// Unit price.
    pub price: f64,
}

/// What is to leave the warehouse for a line.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenMove {
    /// `product.product` id.
    pub product_id: i64,
    /// `assigned`, `partially_available`, `confirmed`, `cancel`.
    pub state: String,
    /// How many are wanted.
    pub wanted: f64,
    /// How many of them are reserved.
    pub reserved: f64,
}

/// A contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenPartner {
    /// `res.partner` id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Mail address as written.
    pub email: Option<String>,
    /// Language.
    pub lang: Option<String>,
    /// `contact`, `delivery`, …
    pub kind: String,
    /// The company that it belongs to.
    pub parent_id: Option<i64>,
    /// Street.
    pub street: Option<String>,
    /// Its external id, where it has one.
    pub external_id: Option<String>,
}

/// An attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenAttachment {
    /// `ir.attachment` id.
    pub id: i64,
    /// File name.
    pub name: String,
    /// Model of the record that it is attached to.
    pub res_model: String,
    /// That record's id.
    pub res_id: i64,
    /// Media type.
    pub mimetype: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// What stands in a record's chatter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenNote {
    /// `mail.message` id.
    pub id: i64,
    /// HTML.
    pub body: String,
    /// Attachments shown with it.
    pub attachment_ids: Vec<i64>,
}

impl OdooStandIn {
    /// All orders, oldest first.
    #[must_use]
    pub fn orders(&self) -> Vec<SeenOrder> {
        let db = lock(&self.shared.db);
        db.ids("sale.order").into_iter().map(|id| order(&db, id)).collect()
    }

    /// The newest orders, newest first.
    #[must_use]
    pub fn newest_orders(&self, most: usize) -> Vec<SeenOrder> {
        let db = lock(&self.shared.db);
        db.ids("sale.order").into_iter().rev().take(most).map(|id| order(&db, id)).collect()
    }

    /// How many orders there are.
    #[must_use]
    pub fn order_count(&self) -> usize {
        lock(&self.shared.db).count("sale.order")
    }

    /// All contacts, oldest first.
    #[must_use]
    pub fn partners(&self) -> Vec<SeenPartner> {
        let db = lock(&self.shared.db);
        db.ids("res.partner").into_iter().map(|id| partner(&db, id)).collect()
    }

    /// All attachments, oldest first.
    #[must_use]
    pub fn attachments(&self) -> Vec<SeenAttachment> {
        let db = lock(&self.shared.db);
        let get = |id: i64, field: &str| db.get("ir.attachment", id, field);
        let seen = |id: i64| SeenAttachment {
            id,
            name: text(&get(id, "name")),
            res_model: text(&get(id, "res_model")),
            res_id: get(id, "res_id").as_id().unwrap_or_default(),
            mimetype: text(&get(id, "mimetype")),
            content: STANDARD.decode(text(&get(id, "datas"))).unwrap_or_default(),
        };
        db.ids("ir.attachment").into_iter().map(seen).collect()
    }

    /// What stands in an order's chatter, oldest first.
    #[must_use]
    pub fn notes(&self, order: i64) -> Vec<SeenNote> {
        let db = lock(&self.shared.db);
        let mut messages = db.by("mail.message", "res_id", order);
        messages.retain(|id| db.get("mail.message", *id, "model").as_text() == Some("sale.order"));
        let seen = |id: i64| SeenNote {
            id,
            body: text(&db.get("mail.message", id, "body")),
            attachment_ids: db.get("mail.message", id, "attachment_ids").as_ids().to_vec(),
        };
        messages.into_iter().map(seen).collect()
    }

    /// What nobody has reserved of a product.
    #[must_use]
    pub fn free(&self, product: i64) -> f64 {
        let level = stock::level(&lock(&self.shared.db), product);
        level.on_hand - level.reserved
    }

    /// Sets what lies in the warehouse of a product.
    pub fn set_stock(&self, product: i64, quantity: f64) {
        self.change(|db| stock::set_on_hand(db, product, quantity));
    }

    /// Archives a product or brings it back.
    pub fn set_active(&self, product: i64, active: bool) {
        self.touch_product(product, &[("active", active.into())]);
    }

    /// Sets a product's price.
    pub fn set_price(&self, product: i64, price: f64) {
        self.touch_product(product, &[("list_price", price.into())]);
    }

    /// Makes a product one that is not counted.
    pub fn set_untracked(&self, product: i64) {
        let change: &[(&str, Val)] = match self.version() {
            Version::V14 => &[("type", "consu".into())],
            Version::V19 => &[("is_storable", false.into())],
        };
        self.touch_product(product, change);
    }

    fn touch_product(&self, product: i64, values: &[(&str, Val)]) {
        let mut values = values.to_vec();
        values.push(("write_date", Val::text(super::env::now())));
        self.change(|db| {
            db.update("product.product", product, &values);
            db.update("product.template", product, &values);
        });
    }

    /// Adds a contact: name, mail address, Odoo's language code, and the company that it belongs
    /// to. Returns its id.
    pub fn add_partner(&self, name: &str, email: &str, lang: &str, company: Option<i64>) -> i64 {
        let mut values = serde_json::Map::new();
        values.insert("name".into(), name.into());
        values.insert("email".into(), email.into());
        values.insert("lang".into(), lang.into());
        values.insert("parent_id".into(), company.into());
        self.create_partner(&values)
    }

    /// Adds a company.
    pub fn add_company(&self, name: &str, email: &str) -> i64 {
        let mut values = serde_json::Map::new();
        values.insert("name".into(), name.into());
        values.insert("email".into(), email.into());
        values.insert("is_company".into(), true.into());
        self.create_partner(&values)
    }

    fn create_partner(&self, values: &serde_json::Map<String, serde_json::Value>) -> i64 {
        self.change(|db| {
            let env = Env::system(db);
            let model = crud::model(db, "res.partner");
            model.and_then(|model| crud::create(db, &env, &model, values)).unwrap_or_default()
        })
    }

    /// Removes an order as an administrator would, its external id with it.
    pub fn delete_order(&self, order: i64) {
        self.change(|db| {
            stock::release(db, order);
            crud::remove(db, "sale.order", order);
        });
    }

    /// Changes an order as a person in Odoo would: its own reference, say.
    pub fn edit_order(&self, order: i64, field: &str, value: &str) {
        self.change(|db| db.update("sale.order", order, &[(field, value.into())]));
    }

    /// Cancels an order as an administrator would.
    pub fn cancel_order(&self, order: i64) {
        self.change(|db| {
            stock::release(db, order);
            db.update("sale.order", order, &[("state", "cancel".into())]);
        });
    }

    fn change<T>(&self, act: impl FnOnce(&mut Db) -> T) -> T {
        let mut db = lock(&self.shared.db);
        let done = act(&mut db);
        db.commit();
        self.shared.commits.store(db.commits, std::sync::atomic::Ordering::Release);
        done
    }
}

fn text(value: &Val) -> String {
    value.as_text().unwrap_or_default().to_owned()
}

fn maybe(value: &Val) -> Option<String> {
    value.as_text().map(str::to_owned)
}

fn external_id(db: &Db, model: &str, id: i64) -> Option<String> {
    let data = db.by("ir.model.data", "res_id", id);
    let own = |data: &i64| db.get("ir.model.data", *data, "model").as_text() == Some(model);
    data.into_iter()
        .find(own)
        .and_then(|data| maybe(&db.get("ir.model.data", data, "complete_name")))
}

fn order(db: &Db, id: i64) -> SeenOrder {
    let get = |field: &str| db.get("sale.order", id, field);
    let lines = db.by("sale.order.line", "order_id", id);
    let reserved = stock::reserved_field(db.version);
    let moves = lines.iter().flat_map(|line| db.by("stock.move", "sale_line_id", *line));
    SeenOrder {
        id,
        name: text(&get("name")),
        state: text(&get("state")),
        external_id: external_id(db, "sale.order", id),
        partner_id: get("partner_id").as_id().unwrap_or_default(),
        partner_shipping_id: get("partner_shipping_id").as_id().unwrap_or_default(),
        client_order_ref: maybe(&get("client_order_ref")),
        origin: maybe(&get("origin")),
        date_order: text(&get("date_order")),
        commitment_date: maybe(&get("commitment_date")),
        untaxed: get("amount_untaxed").number(),
        total: get("amount_total").number(),
        moves: moves
            .map(|shift| {
                let get = |field: &str| db.get("stock.move", shift, field);
                SeenMove {
                    product_id: get("product_id").as_id().unwrap_or_default(),
                    state: text(&get("state")),
                    wanted: get("product_uom_qty").number(),
                    reserved: get(reserved).number(),
                }
            })
            .collect(),
        lines: lines
            .iter()
            .map(|line| {
                let get = |field: &str| db.get("sale.order.line", *line, field);
                SeenLine {
                    id: *line,
                    product_id: get("product_id").as_id().unwrap_or_default(),
                    product: text(&get("name")),
                    quantity: get("product_uom_qty").number(),
                    price: get("price_unit").number(),
                }
            })
            .collect(),
    }
}

fn partner(db: &Db, id: i64) -> SeenPartner {
    let get = |field: &str| db.get("res.partner", id, field);
    SeenPartner {
        id,
        name: if get("name").truthy() {
            text(&get("name"))
        } else {
            display_name(db, &Env::system(db), "res.partner", id)
        },
        email: maybe(&get("email")),
        lang: maybe(&get("lang")),
        kind: text(&get("type")),
        parent_id: get("parent_id").as_id(),
        street: maybe(&get("street")),
        external_id: external_id(db, "res.partner", id),
    }
}

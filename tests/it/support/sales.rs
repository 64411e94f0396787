//! Orders as Odoo has them.

use serde_json::{Value, json};

use super::odoo::Database;
use super::wait::{LONG, until};

/// One order.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    pub(crate) id: i64,
    /// `S00042`.
    pub(crate) number: String,
    /// `draft`, `sale`, `cancel`, …
    pub(crate) state: String,
    pub(crate) partner: i64,
    pub(crate) shipping: i64,
    /// The wished delivery date, `YYYY-MM-DD` (UTC); empty where there is none.
    pub(crate) delivery: String,
    /// The customer's own number.
    pub(crate) reference: String,
    /// Product and quantity, by product.
    pub(crate) lines: Vec<(i64, f64)>,
    /// What is reserved for it, by product.
    pub(crate) reserved: Vec<(i64, f64)>,
}

impl Database {
    /// All orders with a line of this product, oldest first.
    pub(crate) fn orders_of(&self, product: i64) -> Vec<Order> {
        let fields = ["order_id"];
        let lines = self.find("sale.order.line", json!([["product_id", "=", product]]), &fields);
        let mut ids: Vec<i64> =
            lines.iter().filter_map(|line| line["order_id"][0].as_i64()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().map(|id| self.order(id)).collect()
    }

    /// All orders of the partner with this mail address, oldest first.
    pub(crate) fn orders_by(&self, email: &str) -> Vec<Order> {
        let domain = json!([["partner_id.email_normalized", "=", email]]);
        let found = self.find("sale.order", domain, &["id"]);
        found.iter().filter_map(|order| order["id"].as_i64()).map(|id| self.order(id)).collect()
    }

    fn order(&self, id: i64) -> Order {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let fields = [
            "name",
            "state",
            "partner_id",
            "partner_shipping_id",
            "commitment_date",
            "client_order_ref",
        ];
        let head = self.find("sale.order", json!([["id", "=", id]]), &fields).remove(0);
        let by_order = json!([["order_id", "=", id]]);
        let lines = self.find("sale.order.line", by_order, &["product_id", "product_uom_qty"]);
        let reserved = if self.is_14() { "reserved_availability" } else { "quantity" };
        let by_line = json!([["sale_line_id.order_id", "=", id]]);
        let moves = self.find("stock.move", by_line, &["product_id", reserved]);
        let sums = |records: &[Value], field: &str| {
            let mut sums: Vec<(i64, f64)> = Vec::new();
            for record in records {
                let product = record["product_id"][0].as_i64().expect("a product");
                let quantity = record[field].as_f64().expect("a quantity");
                match sums.iter_mut().find(|(known, _)| *known == product) {
                    Some((_, sum)) => *sum += quantity,
                    None => sums.push((product, quantity)),
                }
            }
            sums.sort_by_key(|(product, _)| *product);
            sums
        };
        Order {
            id,
            number: text(&head["name"]),
            state: text(&head["state"]),
            partner: head["partner_id"][0].as_i64().expect("a partner"),
            shipping: head["partner_shipping_id"][0].as_i64().expect("an address"),
            delivery: text(&head["commitment_date"]).chars().take(10).collect(),
            reference: text(&head["client_order_ref"]),
            lines: sums(&lines, "product_uom_qty"),
            reserved: sums(&moves, reserved),
        }
    }

    /// One record by its id.
    pub(crate) fn record(&self, model: &str, id: i64, fields: &[&str]) -> Value {
        let mut found = self.find(model, json!([["id", "=", id]]), fields);
        assert_eq!(found.len(), 1, "{model} {id}");
        found.remove(0)
    }

    /// As [`Database::mails_in_chatter`], once there is one: it is shown after the letter is sent.
    pub(crate) fn wait_for_chatter(&self, order: i64) -> Vec<(String, String, Vec<u8>)> {
        until("the mail in the chatter", LONG, || {
            let mails = self.mails_in_chatter(order);
            (!mails.is_empty()).then_some(mails)
        })
    }

    /// The mails in an order's chatter: name, mimetype and bytes of each note's attachment.
    pub(crate) fn mails_in_chatter(&self, order: i64) -> Vec<(String, String, Vec<u8>)> {
        use base64::Engine as _;
        let domain = json!([
            ["model", "=", "sale.order"],
            ["res_id", "=", order],
            ["attachment_ids", "!=", false]
        ]);
        let notes = self.find("mail.message", domain, &["attachment_ids", "subtype_id", "body"]);
        let ids: Vec<Value> = notes
            .iter()
            .flat_map(|note| note["attachment_ids"].as_array().expect("ids").clone())
            .collect();
        let fields = ["name", "mimetype", "datas"];
        let attachments = self.find("ir.attachment", json!([["id", "in", ids]]), &fields);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let read = |attachment: &Value| {
            let bytes =
                base64::engine::general_purpose::STANDARD.decode(text(&attachment["datas"]));
            (text(&attachment["name"]), text(&attachment["mimetype"]), bytes.expect("base64"))
        };
        attachments.iter().map(read).collect()
    }
}

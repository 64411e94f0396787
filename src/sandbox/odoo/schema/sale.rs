//! Orders and their lines.

use std::sync::Arc;

use super::Kind::{
    Bool, Char, Date, Datetime, Float, Int, Many2many, Many2one, Money, One2many, Selection, Text,
};
use super::{Field, Model, Version, field};

const STATES_14: &[(&str, &str)] = &[
    ("draft", "Quotation"),
    ("sent", "Quotation Sent"),
    ("sale", "Sales Order"),
    ("done", "Locked"),
    ("cancel", "Cancelled"),
];
const STATES_19: &[(&str, &str)] = &[
    ("draft", "Quotation"),
    ("sent", "Quotation Sent"),
    ("sale", "Sales Order"),
    ("cancel", "Cancelled"),
];

pub(super) fn models(version: Version) -> Vec<(&'static str, Arc<Model>)> {
    vec![
        Model::new("sale.order", "Sales Order", "date_order desc, id desc", orders(version)),
        Model::new(
            "sale.order.line",
            "Sales Order Line",
            "order_id, sequence, id",
            order_lines(version),
        ),
    ]
}

fn orders(version: Version) -> Vec<Field> {
    let states = if version == Version::V14 { STATES_14 } else { STATES_19 };
    let mut fields = vec![
        field("name", "Order Reference", Char).required().indexed(),
        field("state", "Status", Selection(states)),
        field("partner_id", "Customer", Many2one("res.partner")).required().indexed(),
        field("partner_invoice_id", "Invoice Address", Many2one("res.partner")).required(),
        field("partner_shipping_id", "Delivery Address", Many2one("res.partner")).required(),
        field("date_order", "Order Date", Datetime).required(),
        field("commitment_date", "Delivery Date", Datetime),
        field("expected_date", "Expected Date", Datetime).computed(),
        field("validity_date", "Expiration", Date),
        field("client_order_ref", "Customer Reference", Char).indexed(),
        field("origin", "Source Document", Char).indexed(),
        field("reference", "Payment Ref.", Char),
        field("note", "Terms and conditions", note_kind(version)),
        field("user_id", "Salesperson", Many2one("res.users")),
        field("company_id", "Company", Many2one("res.company")).required(),
        field("warehouse_id", "Warehouse", Many2one("stock.warehouse")).required(),
        field("pricelist_id", "Pricelist", Many2one("product.pricelist")),
        field("currency_id", "Currency", Many2one("res.currency")),
        field("order_line", "Order Lines", One2many("sale.order.line", "order_id")),
        field("picking_ids", "Transfers", One2many("stock.picking", "sale_id")),
        field("amount_untaxed", "Untaxed Amount", Money),
        field("amount_tax", "Taxes", Money),
        field("amount_total", "Total", Money),
        field("message_ids", "Messages", Many2many("mail.message")).computed(),
        field("require_signature", "Online signature", Bool),
    ];
    if version == Version::V14 {
        fields.push(field("picking_policy", "Shipping Policy", Char));
    } else {
        fields.push(field("locked", "Locked", Bool));
        fields.push(field("delivery_status", "Delivery Status", Char).computed());
    }
    fields
}

/// Terms are plain text in 14.
fn note_kind(version: Version) -> super::Kind {
    if version == Version::V14 { Text } else { super::Kind::Html }
}

fn order_lines(version: Version) -> Vec<Field> {
    let (unit, tax) = match version {
        Version::V14 => ("product_uom", "tax_id"),
        Version::V19 => ("product_uom_id", "tax_ids"),
    };
    vec![
        field("order_id", "Order Reference", Many2one("sale.order")).required().indexed(),
        field("sequence", "Sequence", Int),
        field("name", "Description", Text),
        field("display_type", "Display Type", Char),
        field("product_id", "Product", Many2one("product.product")),
        field("product_template_id", "Product Template", Many2one("product.template"))
            .related("product_id", "product_tmpl_id"),
        field("product_uom_qty", "Quantity", Float).required(),
        field(unit, "Unit", Many2one("uom.uom")),
        field(tax, "Taxes", Many2many("account.tax")),
        field("price_unit", "Unit Price", Float).required(),
        field("discount", "Discount (%)", Float),
        field("price_subtotal", "Subtotal", Money),
        field("price_tax", "Total Tax", Money),
        field("price_total", "Total", Money),
        field("customer_lead", "Lead Time", Float),
        field("qty_delivered", "Delivery Quantity", Float),
        field("qty_to_deliver", "Qty To Deliver", Float).computed(),
        field("qty_available_today", "Qty Available Today", Float).computed(),
        field("free_qty_today", "Free Qty Today", Float).computed(),
        field("virtual_available_at_date", "Virtual Available At Date", Float).computed(),
        field("forecast_expected_date", "Forecast Expected Date", Datetime).computed(),
        field("is_mto", "Is Mto", Bool).computed(),
        field("move_ids", "Stock Moves", One2many("stock.move", "sale_line_id")),
        field("state", "Order Status", Char).related("order_id", "state"),
        field("order_partner_id", "Customer", Many2one("res.partner"))
            .related("order_id", "partner_id"),
        field("company_id", "Company", Many2one("res.company")).related("order_id", "company_id"),
        field("currency_id", "Currency", Many2one("res.currency"))
            .related("order_id", "currency_id"),
    ]
}

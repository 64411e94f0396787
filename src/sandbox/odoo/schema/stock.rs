//! Warehouses, what lies in them, and what is to leave them.

use std::sync::Arc;

use super::Kind::{Bool, Char, Datetime, Float, Many2one, One2many, Selection};
use super::{Field, Model, Version, field};

const MOVE_STATES: &[(&str, &str)] = &[
    ("draft", "New"),
    ("waiting", "Waiting Another Move"),
    ("confirmed", "Waiting Availability"),
    ("partially_available", "Partially Available"),
    ("assigned", "Available"),
    ("done", "Done"),
    ("cancel", "Cancelled"),
];

pub(super) fn models(version: Version) -> Vec<(&'static str, Arc<Model>)> {
    vec![
        Model::new(
            "stock.warehouse",
            "Warehouse",
            "id",
            vec![
                field("name", "Warehouse", Char).required(),
                field("code", "Short Name", Char),
                field("company_id", "Company", Many2one("res.company")),
                field("partner_id", "Address", Many2one("res.partner")),
                field("lot_stock_id", "Location Stock", Many2one("stock.location")),
                field("active", "Active", Bool),
            ],
        ),
        Model::new(
            "stock.location",
            "Inventory Locations",
            "complete_name, id",
            vec![
                field("name", "Location Name", Char).required(),
                field("complete_name", "Full Location Name", Char),
                field("usage", "Location Type", Char).indexed(),
                field("active", "Active", Bool),
            ],
        ),
        Model::new(
            "stock.quant",
            "Quants",
            "id",
            vec![
                field("product_id", "Product", Many2one("product.product")).required().indexed(),
                field("location_id", "Location", Many2one("stock.location")).required(),
                field("quantity", "Quantity", Float),
                field("reserved_quantity", "Reserved Quantity", Float),
                field("inventory_quantity", "Counted Quantity", Float),
            ],
        ),
        Model::new(
            "stock.picking",
            "Transfer",
            "priority desc, scheduled_date asc, id desc",
            vec![
                field("name", "Reference", Char),
                field("state", "Status", Selection(MOVE_STATES)),
                field("origin", "Source Document", Char).indexed(),
                field("partner_id", "Contact", Many2one("res.partner")),
                field("scheduled_date", "Scheduled Date", Datetime),
                field("priority", "Priority", Char),
                field("sale_id", "Sales Order", Many2one("sale.order")).indexed(),
                field(moves_of(version), "Stock Moves", One2many("stock.move", "picking_id")),
            ],
        ),
        Model::new("stock.move", "Stock Move", "sequence, id", moves(version)),
    ]
}

fn moves_of(version: Version) -> &'static str {
    if version == Version::V14 { "move_lines" } else { "move_ids" }
}

fn moves(version: Version) -> Vec<Field> {
    let mut fields = vec![
        field("product_id", "Product", Many2one("product.product")).required().indexed(),
        field("product_uom_qty", "Demand", Float).required(),
        field("product_uom", "Unit", Many2one("uom.uom")),
        field("state", "Status", Selection(MOVE_STATES)),
        field("sequence", "Sequence", super::Kind::Int),
        field("origin", "Source Document", Char),
        field("date", "Date Scheduled", Datetime),
        field("date_deadline", "Deadline", Datetime),
        field("picking_id", "Transfer", Many2one("stock.picking")).indexed(),
        field("sale_line_id", "Sale Line", Many2one("sale.order.line")).indexed(),
        field("location_id", "Source Location", Many2one("stock.location")),
        field("location_dest_id", "Destination Location", Many2one("stock.location")),
        field("warehouse_id", "Warehouse", Many2one("stock.warehouse")),
    ];
    if version == Version::V14 {
        fields.push(field("name", "Description", Char));
        fields.push(field("reserved_availability", "Quantity Reserved", Float));
        fields.push(field("quantity_done", "Quantity Done", Float));
    } else {
        fields.push(field("quantity", "Quantity", Float));
        fields.push(field("picked", "Picked", Bool));
    }
    fields
}

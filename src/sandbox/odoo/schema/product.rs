//! Products, units, packages, vendors and taxes.

use std::sync::Arc;

use super::Kind::{Bool, Char, Date, Float, Int, Many2many, Many2one, One2many, Selection, Text};
use super::{Field, Model, Version, field};

const TYPES_14: &[(&str, &str)] =
    &[("consu", "Consumable"), ("service", "Service"), ("product", "Storable Product")];
const TYPES_19: &[(&str, &str)] = &[("consu", "Goods"), ("service", "Service"), ("combo", "Combo")];

/// What a variant takes from its template: name, label.
const DELEGATED: &[(&str, &str)] = &[
    ("name", "Name"),
    ("type", "Product Type"),
    ("uom_id", "Unit"),
    ("sale_ok", "Sales"),
    ("purchase_ok", "Purchase"),
    ("list_price", "Sales Price"),
    ("taxes_id", "Sales Taxes"),
    ("supplier_taxes_id", "Purchase Taxes"),
    ("description_sale", "Sales Description"),
    ("tracking", "Tracking"),
    ("company_id", "Company"),
    ("currency_id", "Currency"),
    ("seller_ids", "Vendors"),
    ("uom_name", "Unit Name"),
    ("uom_ids", "Packagings"),
    ("is_storable", "Track Inventory"),
    ("uom_po_id", "Purchase Unit of Measure"),
];

pub(super) fn models(version: Version) -> Vec<(&'static str, Arc<Model>)> {
    let template = template(version);
    let product = product(version, &template);
    let mut models = vec![
        Model::new("product.template", "Product", "name, id", template),
        Model::new("product.product", "Product Variant", "default_code, name, id", product),
        Model::new("uom.uom", uom_label(version), "name, id", units(version)),
        Model::new("product.supplierinfo", "Supplier Pricelist", "sequence, id", vendors(version)),
        Model::new(
            "account.tax",
            "Tax",
            "name, id",
            vec![
                field("name", "Tax Name", Char).required().translated(),
                field("amount", "Amount", Float),
                field("amount_type", "Tax Computation", Char),
                field("type_tax_use", "Tax Type", Char),
                field("price_include", "Included in Price", Bool),
                field("description", "Description", Char),
                field("company_id", "Company", Many2one("res.company")),
                field("active", "Active", Bool),
            ],
        ),
        Model::new(
            "product.pricelist",
            "Pricelist",
            "name, id",
            vec![
                field("name", "Pricelist Name", Char).required(),
                field("currency_id", "Currency", Many2one("res.currency")),
                field("active", "Active", Bool),
            ],
        ),
    ];
    if version == Version::V14 {
        models.push(Model::new(
            "product.packaging",
            "Product Packaging",
            "product_id, sequence, id",
            vec![
                field("name", "Package Type", Char).required(),
                field("product_id", "Product", Many2one("product.product")).indexed(),
                field("qty", "Contained Quantity", Float),
                field("barcode", "Barcode", Char),
                field("sequence", "Sequence", Int),
                field("company_id", "Company", Many2one("res.company")),
            ],
        ));
    } else {
        models.push(Model::new(
            "product.uom",
            "Link between products and their UoMs",
            "id",
            vec![
                field("product_id", "Product", Many2one("product.product")).indexed(),
                field("uom_id", "Unit", Many2one("uom.uom")).required(),
                field("barcode", "Barcode", Char).required(),
            ],
        ));
    }
    models
}

fn uom_label(version: Version) -> &'static str {
    if version == Version::V14 { "Product Unit of Measure" } else { "Product Unit" }
}

fn template(version: Version) -> Vec<Field> {
    let mut fields = vec![
        field("name", "Name", Char).required().translated(),
        field("default_code", "Internal Reference", Char).computed(),
        field("barcode", "Barcode", Char).computed(),
        field("uom_id", "Unit", Many2one("uom.uom")).required(),
        field("uom_name", "Unit Name", Char).computed(),
        field("sale_ok", "Sales", Bool),
        field("purchase_ok", "Purchase", Bool),
        field("list_price", "Sales Price", Float),
        field("taxes_id", "Sales Taxes", Many2many("account.tax")),
        field("supplier_taxes_id", "Purchase Taxes", Many2many("account.tax")),
        field("description_sale", "Sales Description", Text).translated(),
        field("tracking", "Tracking", Char),
        field("company_id", "Company", Many2one("res.company")),
        field("currency_id", "Currency", Many2one("res.currency")),
        field("active", "Active", Bool),
        field("seller_ids", "Vendors", One2many("product.supplierinfo", "product_tmpl_id")),
        field("product_variant_ids", "Products", One2many("product.product", "product_tmpl_id")),
        field("product_variant_id", "Product", Many2one("product.product")).computed(),
        field("qty_available", "Quantity On Hand", Float).computed(),
        field("virtual_available", "Forecasted Quantity", Float).computed(),
    ];
    if version == Version::V14 {
        fields.push(field("type", "Product Type", Selection(TYPES_14)).required());
        fields.push(field("uom_po_id", "Purchase Unit of Measure", Many2one("uom.uom")).required());
    } else {
        fields.push(field("type", "Product Type", Selection(TYPES_19)).required());
        fields.push(field("is_storable", "Track Inventory", Bool));
        fields.push(field("uom_ids", "Packagings", Many2many("uom.uom")));
    }
    fields
}

fn product(version: Version, template: &[Field]) -> Vec<Field> {
    let mut fields = vec![
        field("product_tmpl_id", "Product Template", Many2one("product.template"))
            .required()
            .indexed(),
        field("default_code", "Internal Reference", Char).indexed(),
        field("barcode", "Barcode", Char).indexed(),
        field("active", "Active", Bool),
        field("standard_price", "Cost", Float),
        field("lst_price", "Sales Price", Float).related("product_tmpl_id", "list_price"),
        field("qty_available", "Quantity On Hand", Float).computed(),
        field("free_qty", "Free To Use Quantity", Float).computed(),
        field("virtual_available", "Forecasted Quantity", Float).computed(),
        field("incoming_qty", "Incoming", Float).computed(),
        field("outgoing_qty", "Outgoing", Float).computed(),
        field("stock_quant_ids", "Stock Quant", One2many("stock.quant", "product_id")),
    ];
    for (name, label) in DELEGATED {
        if let Some(own) = template.iter().find(|field| field.name == *name) {
            fields.push(field(name, label, own.kind).related("product_tmpl_id", name));
        }
    }
    if version == Version::V14 {
        fields.push(field(
            "packaging_ids",
            "Product Packages",
            One2many("product.packaging", "product_id"),
        ));
    } else {
        fields.push(field(
            "product_uom_ids",
            "Unit Barcode",
            One2many("product.uom", "product_id"),
        ));
    }
    fields
}

fn units(version: Version) -> Vec<Field> {
    let mut fields = vec![
        field("name", "Unit Name", Char).required().translated(),
        field("active", "Active", Bool),
        field("factor", "Absolute Quantity", Float),
        field("rounding", "Rounding Precision", Float),
    ];
    if version == Version::V14 {
        fields.push(field("factor_inv", "Bigger Ratio", Float));
        fields.push(field("uom_type", "Type", Char));
    } else {
        fields.push(field("relative_factor", "Contains", Float));
        fields.push(field("relative_uom_id", "Reference Unit", Many2one("uom.uom")));
    }
    fields
}

fn vendors(version: Version) -> Vec<Field> {
    let partner = if version == Version::V14 { "name" } else { "partner_id" };
    vec![
        field(partner, "Vendor", Many2one("res.partner")).required(),
        field("product_tmpl_id", "Product Template", Many2one("product.template")).indexed(),
        field("product_id", "Product Variant", Many2one("product.product")),
        field("product_name", "Vendor Product Name", Char),
        field("product_code", "Vendor Product Code", Char),
        field("sequence", "Sequence", Int),
        field("min_qty", "Quantity", Float),
        field("price", "Price", Float),
        field("currency_id", "Currency", Many2one("res.currency")),
        field("delay", "Lead Time", Int),
        field("date_start", "Start Date", Date),
        field("date_end", "End Date", Date),
        field("company_id", "Company", Many2one("res.company")),
    ]
}

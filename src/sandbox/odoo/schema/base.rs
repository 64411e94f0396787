//! Users, companies, partners, and what Odoo itself is made of.

use std::sync::Arc;

use super::Kind::{Bool, Char, Float, Html, Int, Many2many, Many2one, Money, One2many, Selection};
use super::{Field, Model, Version, field};

const PARTNER_TYPES: &[(&str, &str)] = &[
    ("contact", "Contact"),
    ("invoice", "Invoice Address"),
    ("delivery", "Delivery Address"),
    ("other", "Other Address"),
];

const COMPANY_TYPES: &[(&str, &str)] = &[("person", "Individual"), ("company", "Company")];

pub(super) fn models(version: Version) -> Vec<(&'static str, Arc<Model>)> {
    let mut models = system();
    models.extend(world());
    models.extend([
        Model::new("res.users", user_label(version), "name, login, id", users()),
        Model::new(
            "res.partner",
            "Contact",
            if version == Version::V14 { "display_name, id" } else { "complete_name, id desc" },
            partners(version),
        ),
    ]);
    models
}

/// What Odoo is made of.
fn system() -> Vec<(&'static str, Arc<Model>)> {
    vec![
        Model::new(
            "ir.module.module",
            "Module",
            "name, id",
            vec![
                field("name", "Technical Name", Char).required(),
                field("state", "Status", Char),
                field("shortdesc", "Module Name", Char),
                field("latest_version", "Installed Version", Char),
            ],
        ),
        Model::new(
            "ir.model.data",
            "Model Data",
            "module, model, name, id",
            vec![
                field("module", "Module", Char).required(),
                field("name", "External Identifier", Char).required(),
                field("complete_name", "Complete ID", Char).indexed(),
                field("model", "Model Name", Char).required(),
                field("res_id", "Record ID", Int).indexed(),
                field("noupdate", "Non Updatable", Bool),
                // Ours: which change of the database made it.
                field("made_at", "Made at", Int),
            ],
        ),
    ]
}

/// What does not depend on who works with it.
fn world() -> Vec<(&'static str, Arc<Model>)> {
    vec![
        Model::new(
            "res.company",
            "Companies",
            "name, id",
            vec![
                field("name", "Company Name", Char).required(),
                field("partner_id", "Partner", Many2one("res.partner")),
                field("currency_id", "Currency", Many2one("res.currency")),
                field("country_id", "Country", Many2one("res.country")),
                field("email", "Email", Char),
            ],
        ),
        Model::new(
            "res.lang",
            "Languages",
            "active desc, name, id",
            vec![
                field("name", "Name", Char).required(),
                field("code", "Locale Code", Char).required(),
                field("iso_code", "ISO code", Char),
                field("active", "Active", Bool),
            ],
        ),
        Model::new(
            "res.country",
            "Country",
            "name, id",
            vec![
                field("name", "Country Name", Char).required(),
                field("code", "Country Code", Char).indexed(),
            ],
        ),
        Model::new(
            "res.currency",
            "Currency",
            "active desc, name, id",
            vec![
                field("name", "Currency", Char).required(),
                field("symbol", "Symbol", Char),
                field("decimal_places", "Decimal Places", Int),
                field("rounding", "Rounding Factor", Float),
                field("active", "Active", Bool),
            ],
        ),
    ]
}

fn user_label(version: Version) -> &'static str {
    if version == Version::V14 { "Users" } else { "User" }
}

fn users() -> Vec<Field> {
    vec![
        field("login", "Login", Char).required(),
        field("partner_id", "Related Partner", Many2one("res.partner")).required(),
        field("name", "Name", Char).related("partner_id", "name"),
        field("email", "Email", Char).related("partner_id", "email"),
        field("lang", "Language", Char).related("partner_id", "lang"),
        field("tz", "Timezone", Char).related("partner_id", "tz"),
        field("company_id", "Company", Many2one("res.company")).required(),
        field("company_ids", "Companies", Many2many("res.company")),
        field("active", "Active", Bool),
        field("share", "Share User", Bool),
    ]
}

fn partners(version: Version) -> Vec<Field> {
    let mut fields = vec![
        field("name", "Name", Char),
        field("email", "Email", Char),
        field("email_normalized", "Normalized Email", Char).indexed(),
        field("phone", "Phone", Char),
        field("street", "Street", Char),
        field("street2", "Street2", Char),
        field("zip", "Zip", Char),
        field("city", "City", Char),
        field("country_id", "Country", Many2one("res.country")),
        field("country_code", "Country Code", Char).related("country_id", "code"),
        field("contact_address", "Complete Address", Char).computed(),
        field("vat", "Tax ID", Char),
        field("ref", "Reference", Char).indexed(),
        field("comment", "Notes", Html),
        field("website", "Website", Char),
        field("function", "Job Position", Char),
        field("lang", "Language", Selection(&[])),
        field("tz", "Timezone", Char),
        field("type", "Address Type", Selection(PARTNER_TYPES)),
        field("parent_id", "Related Company", Many2one("res.partner")).indexed(),
        field("child_ids", "Contact", One2many("res.partner", "parent_id")),
        field("is_company", "Is a Company", Bool),
        field("company_type", "Company Type", Selection(COMPANY_TYPES)).computed(),
        field("commercial_partner_id", "Commercial Entity", Many2one("res.partner")).indexed(),
        field("company_name", "Company Name", Char),
        field("company_id", "Company", Many2one("res.company")),
        field("user_id", "Salesperson", Many2one("res.users")),
        field("active", "Active", Bool),
        field("customer_rank", "Customer Rank", Int),
        field("supplier_rank", "Vendor Rank", Int),
        field("message_ids", "Messages", Many2many("mail.message")).computed(),
    ];
    if version == Version::V14 {
        fields.push(field("mobile", "Mobile", Char));
        fields.push(field("credit_limit", "Credit Limit", Float));
    } else {
        fields.push(field("complete_name", "Complete Name", Char).computed());
        fields.push(field("contact_address_inline", "Inlined Address", Char).computed());
        fields.push(field("credit_limit", "Credit Limit", Money).restricted());
    }
    fields
}

//! What this database calls things: field names by version and installed modules, languages.

use serde_json::Value;

use super::error::OdooError;
use super::rpc::{Call, Rpc};
use crate::reading::Lang;

/// Field names that differ between versions, as this database has them.
#[derive(Debug, Clone)]
pub(super) struct Schema {
    /// Unit of a sale line: `product_uom` (to 17.0), `product_uom_id`.
    pub(super) line_uom: &'static str,
    /// Taxes of a sale line: `tax_id` (to 18.0), `tax_ids`.
    pub(super) line_taxes: &'static str,
    /// Reserved quantity of a move: `reserved_availability` (to 16.0), `quantity`.
    pub(super) move_reserved: &'static str,
    /// Products say by themselves whether stock is kept (`is_storable`, from 18.0); before, their
    /// type does.
    pub(super) storable: bool,
    /// Vendor of a `product.supplierinfo`: `name` (to 15.0), `partner_id`.
    pub(super) vendor: &'static str,
    /// Packages: a model of their own (`packaging_ids`, to 18.0), or units (`uom_ids`).
    pub(super) packages: Packages,
    /// Customers' rank is known (module account).
    pub(super) customer_rank: bool,
}

/// Where packages of a product stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packages {
    /// `product.packaging`, of the product variant.
    Model,
    /// `uom.uom`, listed in the template's `uom_ids`; barcodes in `product.uom`.
    Units,
    /// None.
    None,
}

/// The fields of models that [`Schema`] is learned from. What is missing without an alternative
/// names the module that must be installed.
const LOOKED_AT: [(&str, &[&str]); 6] = [
    ("sale.order", &["origin", "client_order_ref", "commitment_date", "warehouse_id"]),
    ("sale.order.line", &["product_uom", "product_uom_id", "tax_id", "tax_ids"]),
    ("stock.move", &["reserved_availability", "quantity", "sale_line_id"]),
    ("product.product", &["is_storable", "free_qty", "qty_available", "packaging_ids", "uom_ids"]),
    ("product.supplierinfo", &["name", "partner_id"]),
    ("res.partner", &["email_normalized", "customer_rank"]),
];

impl Schema {
    /// Asks the database.
    pub(super) async fn learn(rpc: &Rpc) -> Result<Self, OdooError> {
        let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
        for (model, wanted) in LOOKED_AT {
            found.push((model, fields(rpc, model, wanted).await?));
        }
        let has = |model: &str, field: &str| {
            found.iter().any(|(name, fields)| *name == model && fields.contains(&field))
        };
        for (model, field, module) in [
            ("sale.order", "commitment_date", "Sales (sale_management)"),
            ("product.product", "free_qty", "Inventory (stock)"),
            ("stock.move", "sale_line_id", "Sales and Warehouse Management (sale_stock)"),
            ("res.partner", "email_normalized", "Discuss (mail)"),
        ] {
            if !has(model, field) {
                return Err(OdooError::setup(format!(
                    "{model} has no field {field} here: install {module}, or give user '{}' its \
                     rights",
                    rpc.login
                )));
            }
        }
        let either = |model: &str, old: &'static str, new: &'static str| {
            if has(model, new) { new } else { old }
        };
        Ok(Self {
            line_uom: either("sale.order.line", "product_uom", "product_uom_id"),
            line_taxes: either("sale.order.line", "tax_id", "tax_ids"),
            move_reserved: if has("stock.move", "reserved_availability") {
                "reserved_availability"
            } else {
                "quantity"
            },
            storable: has("product.product", "is_storable"),
            vendor: either("product.supplierinfo", "name", "partner_id"),
            packages: if has("product.product", "packaging_ids") {
                Packages::Model
            } else if has("product.product", "uom_ids") {
                Packages::Units
            } else {
                Packages::None
            },
            customer_rank: has("res.partner", "customer_rank"),
        })
    }
}

/// Which of these fields a model has for our user.
async fn fields<'a>(
    rpc: &Rpc,
    model: &'static str,
    wanted: &[&'a str],
) -> Result<Vec<&'a str>, OdooError> {
    let call = Call::new(model, "fields_get")
        .arg("allfields", wanted.to_vec())
        .arg("attributes", vec!["type"]);
    let answer = rpc.call(call).await?;
    Ok(wanted.iter().copied().filter(|field| answer.get(field).is_some()).collect())
}

/// Languages installed in the database.
#[derive(Debug, Clone, Default)]
pub(super) struct Langs(Vec<(Lang, String)>);

impl Langs {
    /// Asks the database. `country`: the company's, whose variant of a language is preferred.
    pub(super) async fn learn(rpc: &Rpc, country: Option<&str>) -> Result<Self, OdooError> {
        let answer = rpc.call(Call::new("res.lang", "get_installed")).await?;
        let codes = answer.as_array().into_iter().flatten();
        let codes = codes.filter_map(|pair| pair.get(0).and_then(Value::as_str));
        Ok(Self::of(codes, country))
    }

    fn of<'a>(codes: impl Iterator<Item = &'a str>, country: Option<&str>) -> Self {
        let mut all: Vec<(Lang, String)> =
            codes.filter_map(|code| lang_of(code).map(|lang| (lang, code.to_owned()))).collect();
        // Of several variants: our country's, then the one of the language's own name, then any.
        all.sort_by_key(|(_, code)| {
            let (name, rest) = code.split_once('_').unwrap_or((code, ""));
            let ours = country.is_some_and(|country| rest == country);
            let own = rest.eq_ignore_ascii_case(name) || code == "en_US";
            (!ours, !own, code.clone())
        });
        Self(all)
    }

    /// Odoo's code of a language, where it is installed.
    pub(super) fn code(&self, lang: Lang) -> Option<&str> {
        self.0.iter().find(|(have, _)| *have == lang).map(|(_, code)| code.as_str())
    }

    /// Each installed language that postorder knows, once.
    pub(super) fn all(&self) -> Vec<(Lang, &str)> {
        let mut all: Vec<(Lang, &str)> = Vec::new();
        for (lang, code) in &self.0 {
            if !all.iter().any(|(have, _)| have == lang) {
                all.push((*lang, code));
            }
        }
        all
    }
}

/// The language of an Odoo code: `fr_CH` is French.
pub(super) fn lang_of(code: &str) -> Option<Lang> {
    match code.get(..2)? {
        "en" => Some(Lang::En),
        "fr" => Some(Lang::Fr),
        "de" => Some(Lang::De),
        "it" => Some(Lang::It),
        "es" => Some(Lang::Es),
        "nl" => Some(Lang::Nl),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_companys_variant_of_a_language_is_taken() {
        let codes = ["de_AT", "de_CH", "de_DE", "en_GB", "en_US", "fr_BE", "fr_FR", "pt_BR"];
        let swiss = Langs::of(codes.into_iter(), Some("CH"));
        assert_eq!(swiss.code(Lang::De), Some("de_CH"));
        assert_eq!(swiss.code(Lang::Fr), Some("fr_FR"));
        assert_eq!(swiss.code(Lang::En), Some("en_US"));
        assert_eq!(swiss.code(Lang::It), None);
        assert_eq!(Langs::of(codes.into_iter(), None).code(Lang::De), Some("de_DE"));
        assert_eq!(swiss.all().len(), 3);
    }
}

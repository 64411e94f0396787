//! What a new stand-in's database holds: one company, its products and stock, three users.

use std::collections::HashMap;

use super::Version;
use super::db::Db;
use super::seed::{Seed, SeedCompany, SeedPackaging, SeedProduct, SeedSupplier};
use super::stock;
use super::value::{Val, rounded};

/// Users of every stand-in.
pub(super) const ADMIN: i64 = 2;
pub(super) const SALES: i64 = 6;
pub(super) const LOW: i64 = 7;

const LANGUAGES: [(&str, &str, &str); 4] = [
    ("en_US", "en", "English (US)"),
    ("fr_FR", "fr", "French / Français"),
    ("de_DE", "de", "German / Deutsch"),
    ("it_IT", "it", "Italian / Italiano"),
];

const CURRENCIES: [(&str, &str); 4] = [("EUR", "€"), ("USD", "$"), ("CHF", "CHF"), ("GBP", "£")];

const COUNTRIES: [(&str, &str); 8] = [
    ("AT", "Austria"),
    ("BE", "Belgium"),
    ("CH", "Switzerland"),
    ("DE", "Germany"),
    ("FR", "France"),
    ("GB", "United Kingdom"),
    ("IT", "Italy"),
    ("NL", "Netherlands"),
];

const MODULES: [&str; 8] =
    ["base", "contacts", "mail", "product", "purchase", "sale_management", "sale_stock", "stock"];

/// Fills an empty database.
pub(super) fn fill(db: &mut Db, seed: &Seed) {
    Planter { db, now: super::env::now() }.plant(seed);
    db.commit();
}

struct Planter<'a> {
    db: &'a mut Db,
    now: String,
}

impl Planter<'_> {
    fn plant(&mut self, seed: &Seed) {
        for (code, iso, name) in LANGUAGES {
            self.add(
                "res.lang",
                &[
                    ("code", code.into()),
                    ("iso_code", iso.into()),
                    ("name", name.into()),
                    ("active", true.into()),
                ],
            );
        }
        // Known but not installed: what is asked in it is refused or answered in English.
        self.add(
            "res.lang",
            &[
                ("code", "es_ES".into()),
                ("iso_code", "es".into()),
                ("name", "Spanish / Español".into()),
                ("active", false.into()),
            ],
        );
        for (code, name) in COUNTRIES {
            let id = self.add("res.country", &[("code", code.into()), ("name", name.into())]);
            self.external_id("base", &code.to_lowercase(), "res.country", id);
        }
        for module in MODULES {
            self.add(
                "ir.module.module",
                &[
                    ("name", module.into()),
                    ("shortdesc", module.into()),
                    ("state", "installed".into()),
                ],
            );
        }
        for (id, name) in [(1, "Discussions"), (2, "Note"), (11, "Sales Order Confirmed")] {
            self.add_as(
                "mail.message.subtype",
                id,
                &[("name", name.into()), ("internal", (id == 2).into())],
            );
        }
        self.external_id("mail", "mt_comment", "mail.message.subtype", 1);
        self.external_id("mail", "mt_note", "mail.message.subtype", 2);
        self.company(&seed.company);
        self.users();
        self.taxes();
        self.units();
        let mut vendors = HashMap::new();
        for product in &seed.products {
            self.product(product, &mut vendors);
        }
    }

    fn add(&mut self, model: &str, values: &[(&str, Val)]) -> i64 {
        let mut row = values.to_vec();
        row.push(("create_date", self.now.as_str().into()));
        row.push(("write_date", self.now.as_str().into()));
        self.db.insert(model, &row)
    }

    fn add_as(&mut self, model: &str, id: i64, values: &[(&str, Val)]) {
        let mut row = values.to_vec();
        row.push(("create_date", self.now.as_str().into()));
        row.push(("write_date", self.now.as_str().into()));
        self.db.insert_as(model, id, &row);
    }

    fn external_id(&mut self, module: &str, name: &str, model: &str, id: i64) {
        self.add(
            "ir.model.data",
            &[
                ("complete_name", format!("{module}.{name}").into()),
                ("module", module.into()),
                ("name", name.into()),
                ("model", model.into()),
                ("res_id", id.into()),
                ("noupdate", true.into()),
            ],
        );
    }

    fn company(&mut self, company: &SeedCompany) {
        let own = self.currencies(&company.currency);
        let country = self.db.by("res.country", "code", "CH").first().copied();
        let partner = self.partner(&company.name, &company.sales, true);
        let address = [
            ("street", "Bahnhofstrasse 1".into()),
            ("zip", "8000".into()),
            ("city", "Zurich".into()),
            ("country_id", Val::one(country)),
        ];
        self.db.update("res.partner", partner, &address);
        self.add(
            "res.company",
            &[
                ("name", company.name.as_str().into()),
                ("partner_id", partner.into()),
                ("currency_id", own.into()),
                ("country_id", Val::one(country)),
                ("email", company.sales.as_str().into()),
            ],
        );
        let pricelist = match self.db.version {
            Version::V14 => "Public Pricelist",
            Version::V19 => "Default",
        };
        self.add(
            "product.pricelist",
            &[("name", pricelist.into()), ("currency_id", own.into()), ("active", true.into())],
        );
        self.warehouse(&company.name, partner);
    }

    fn warehouse(&mut self, name: &str, partner: i64) {
        let location = self.add(
            "stock.location",
            &[
                ("name", "Stock".into()),
                ("complete_name", "WH/Stock".into()),
                ("usage", "internal".into()),
                ("active", true.into()),
            ],
        );
        self.add(
            "stock.location",
            &[
                ("name", "Customers".into()),
                ("complete_name", "Customers".into()),
                ("usage", "customer".into()),
                ("active", true.into()),
            ],
        );
        self.add(
            "stock.warehouse",
            &[
                ("name", name.into()),
                ("code", "WH".into()),
                ("company_id", 1.into()),
                ("partner_id", partner.into()),
                ("lot_stock_id", location.into()),
                ("active", true.into()),
            ],
        );
    }

    /// Returns the company's own.
    fn currencies(&mut self, of_company: &str) -> i64 {
        let mut own = 1;
        let known = CURRENCIES.iter().any(|(code, _)| *code == of_company);
        let other = [(of_company, of_company)];
        let extra = if known { &[][..] } else { &other[..] };
        for (code, symbol) in CURRENCIES.iter().chain(extra) {
            let id = self.add(
                "res.currency",
                &[
                    ("name", (*code).into()),
                    ("symbol", (*symbol).into()),
                    ("decimal_places", 2.into()),
                    ("rounding", 0.01.into()),
                    ("active", true.into()),
                ],
            );
            if *code == of_company {
                own = id;
            }
        }
        own
    }

    fn partner(&mut self, name: &str, email: &str, is_company: bool) -> i64 {
        let id = self.add(
            "res.partner",
            &[
                ("name", name.into()),
                ("email", email.into()),
                ("email_normalized", email.to_lowercase().into()),
                ("type", "contact".into()),
                ("is_company", is_company.into()),
                ("lang", "en_US".into()),
                ("tz", "UTC".into()),
                ("active", true.into()),
                ("customer_rank", 0.into()),
                ("supplier_rank", 0.into()),
            ],
        );
        self.db.update("res.partner", id, &[("commercial_partner_id", id.into())]);
        id
    }

    fn users(&mut self) {
        let users = [
            (1, "__system__", "OdooBot", "UTC"),
            (ADMIN, "admin", "Administrator", "UTC"),
            // A trap to survive: this user's 'today' and bare times are not UTC's.
            (SALES, "postorder", "Order Desk", "Europe/Zurich"),
            (LOW, "low", "Low Rights", "UTC"),
        ];
        for (id, login, name, tz) in users {
            let partner = self.partner(name, &format!("{login}@mycompany.example"), false);
            self.db.update("res.partner", partner, &[("tz", tz.into())]);
            self.add_as(
                "res.users",
                id,
                &[
                    ("login", login.into()),
                    ("partner_id", partner.into()),
                    ("company_id", 1.into()),
                    ("company_ids", Val::ids([1])),
                    ("active", (id != 1).into()),
                    ("share", false.into()),
                ],
            );
        }
    }

    fn taxes(&mut self) {
        let tax = self.add(
            "account.tax",
            &[
                ("name", "VAT 8.1%".into()),
                ("amount", 8.1.into()),
                ("amount_type", "percent".into()),
                ("type_tax_use", "sale".into()),
                ("price_include", false.into()),
                ("company_id", 1.into()),
                ("active", true.into()),
            ],
        );
        for (lang, name) in [("fr_FR", "TVA"), ("de_DE", "MWST"), ("it_IT", "IVA")] {
            self.db.translate("account.tax", "name", tax, lang, &format!("{name} 8.1%"));
        }
    }

    fn units(&mut self) {
        for (id, name) in [(1, "Units"), (3, "kg"), (6, "m")] {
            let mut row: Vec<(&str, Val)> = vec![
                ("name", name.into()),
                ("factor", 1.0.into()),
                ("rounding", 0.01.into()),
                ("active", true.into()),
            ];
            match self.db.version {
                Version::V14 => {
                    row.extend([("factor_inv", 1.0.into()), ("uom_type", "reference".into())]);
                }
                Version::V19 => row.push(("relative_factor", 1.0.into())),
            }
            self.add_as("uom.uom", id, &row);
        }
        let german = match self.db.version {
            Version::V14 => "Einheiten",
            Version::V19 => "Einheit(en)",
        };
        for (lang, name) in [("fr_FR", "Unité(s)"), ("de_DE", german), ("it_IT", "Unità")] {
            self.db.translate("uom.uom", "name", 1, lang, name);
        }
    }

    fn product(&mut self, seed: &SeedProduct, vendors: &mut HashMap<String, i64>) {
        let unit = match seed.uom.as_str() {
            "kg" => 3,
            "m" => 6,
            _ => 1,
        };
        let currency = self.db.get("res.company", 1, "currency_id");
        let mut row: Vec<(&str, Val)> = vec![
            ("name", seed.name.as_str().into()),
            ("uom_id", unit.into()),
            ("sale_ok", true.into()),
            ("purchase_ok", true.into()),
            ("list_price", seed.list_price.into()),
            ("taxes_id", Val::ids([1])),
            ("supplier_taxes_id", Val::ids([])),
            ("tracking", "none".into()),
            ("currency_id", currency.clone()),
            ("active", seed.active.into()),
        ];
        match self.db.version {
            Version::V14 => row.extend([("type", "product".into()), ("uom_po_id", unit.into())]),
            Version::V19 => {
                let packages = seed.packagings.iter().map(|package| self.unit(package, unit));
                let packages: Vec<i64> = packages.collect();
                row.extend([
                    ("type", "consu".into()),
                    ("is_storable", true.into()),
                    ("uom_ids", Val::ids(packages)),
                ]);
            }
        }
        self.add_as("product.template", seed.id, &row);
        for (lang, name) in &seed.names {
            let code = LANGUAGES.iter().find(|(_, iso, _)| iso == lang);
            if let Some((code, ..)) = code {
                self.db.translate("product.template", "name", seed.id, code, name);
            }
        }
        let cost = rounded(seed.list_price * 0.6, 2);
        self.add_as(
            "product.product",
            seed.id,
            &[
                ("product_tmpl_id", seed.id.into()),
                ("default_code", seed.default_code.as_str().into()),
                ("barcode", seed.barcode.as_deref().map_or(Val::Null, Val::from)),
                ("standard_price", cost.into()),
                ("active", seed.active.into()),
            ],
        );
        if self.db.version == Version::V14 {
            for package in &seed.packagings {
                self.add(
                    "product.packaging",
                    &[
                        ("name", package.name.as_str().into()),
                        ("product_id", seed.id.into()),
                        ("qty", package.qty.into()),
                        ("sequence", 1.into()),
                    ],
                );
            }
        }
        if let Some(supplier) = &seed.supplier {
            self.vendor(seed.id, supplier, cost, currency, vendors);
        }
        stock::set_on_hand(self.db, seed.id, seed.free_qty);
    }

    /// 19 has units in the place of packages; one of a name and size serves all products.
    fn unit(&mut self, package: &SeedPackaging, of: i64) -> i64 {
        let known = self.db.ids("uom.uom").into_iter().find(|id| {
            self.db.get("uom.uom", *id, "name").as_text() == Some(&package.name)
                && self.db.one("uom.uom", *id, "relative_uom_id") == Some(of)
        });
        known.unwrap_or_else(|| {
            self.add(
                "uom.uom",
                &[
                    ("name", package.name.as_str().into()),
                    ("factor", package.qty.into()),
                    ("relative_factor", package.qty.into()),
                    ("relative_uom_id", of.into()),
                    ("rounding", 0.01.into()),
                    ("active", true.into()),
                ],
            )
        })
    }

    fn vendor(
        &mut self,
        product: i64,
        supplier: &SeedSupplier,
        price: f64,
        currency: Val,
        vendors: &mut HashMap<String, i64>,
    ) {
        let known = vendors.get(&supplier.email).copied();
        let partner = known.unwrap_or_else(|| {
            let id = self.partner(&maker(&supplier.email), &supplier.email, true);
            self.db.update("res.partner", id, &[("supplier_rank", 1.into())]);
            vendors.insert(supplier.email.clone(), id);
            id
        });
        let (field, variant) = match self.db.version {
            Version::V14 => ("name", Val::Null),
            Version::V19 => ("partner_id", Val::Int(product)),
        };
        self.add(
            "product.supplierinfo",
            &[
                (field, partner.into()),
                ("product_tmpl_id", product.into()),
                ("product_id", variant),
                ("sequence", 1.into()),
                ("min_qty", 1.0.into()),
                ("price", price.into()),
                ("currency_id", currency),
                ("delay", supplier.lead_days.into()),
                ("company_id", 1.into()),
            ],
        );
    }
}

/// A company's name from its address: `dispo@castfix.example` is `Castfix`.
fn maker(email: &str) -> String {
    let domain = email.split('@').nth(1).unwrap_or(email);
    let name = domain.split('.').next().unwrap_or(domain);
    let words = name.split('-').map(|word| {
        let mut letters = word.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    });
    words.collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vendors_are_named_after_their_domains() {
        assert_eq!(maker("supplier@larch-turning.example"), "Larch Turning");
        assert_eq!(maker("nobody"), "Nobody");
    }
}

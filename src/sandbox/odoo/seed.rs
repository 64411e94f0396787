//! The catalogue that a stand-in begins with.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The fixtures' own catalogue.
const CATALOG: &str = include_str!("../../../maildir-fixtures/catalog.json");

/// A catalogue in the form of `maildir-fixtures/catalog.json`, as the stand-in's first contents.
#[derive(Debug, Clone, Deserialize)]
pub struct Seed {
    /// The company that sells.
    #[serde(default)]
    pub company: SeedCompany,
    /// What it sells.
    pub products: Vec<SeedProduct>,
}

/// The company.
#[derive(Debug, Clone, Deserialize)]
pub struct SeedCompany {
    /// Its name.
    pub name: String,
    /// Where orders are written to.
    pub sales: String,
    /// ISO 4217 code of its currency.
    pub currency: String,
}

impl Default for SeedCompany {
    fn default() -> Self {
        Self {
            name: "My Company".into(),
            sales: "sales@mycompany.example".into(),
            currency: "CHF".into(),
        }
    }
}

/// A product; it keeps its id.
#[derive(Debug, Clone, Deserialize)]
pub struct SeedProduct {
    /// `product.product` and `product.template` id.
    pub id: i64,
    /// Internal reference.
    pub default_code: String,
    /// Name in English.
    pub name: String,
    /// Names by language: `fr`, `de`, `it`.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    /// Barcode.
    #[serde(default)]
    pub barcode: Option<String>,
    /// Unit: `Units`, `kg` or `m`.
    #[serde(default = "units")]
    pub uom: String,
    /// Price without taxes.
    #[serde(default)]
    pub list_price: f64,
    /// What lies in the warehouse at first.
    #[serde(default)]
    pub free_qty: f64,
    /// Packages that it comes in.
    #[serde(default)]
    pub packagings: Vec<SeedPackaging>,
    /// Who supplies it.
    #[serde(default)]
    pub supplier: Option<SeedSupplier>,
    /// Not archived.
    #[serde(default = "yes")]
    pub active: bool,
}

/// A package.
#[derive(Debug, Clone, Deserialize)]
pub struct SeedPackaging {
    /// `Box of 50`.
    pub name: String,
    /// How many of the product's unit.
    pub qty: f64,
}

/// A vendor.
#[derive(Debug, Clone, Deserialize)]
pub struct SeedSupplier {
    /// Address.
    pub email: String,
    /// Days until delivery.
    #[serde(default)]
    pub lead_days: i64,
}

fn units() -> String {
    "Units".into()
}

fn yes() -> bool {
    true
}

impl Seed {
    /// The fixtures' own catalogue: 30 products of an invented maker.
    #[must_use]
    pub fn fixtures() -> Self {
        // The file is part of the binary; a test reads it.
        serde_json::from_str(CATALOG)
            .unwrap_or(Self { company: SeedCompany::default(), products: Vec::new() })
    }

    /// Reads a catalogue in the same form.
    ///
    /// # Errors
    /// The text is no such catalogue; the message names line and column.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fixtures_catalogue_is_read() {
        let seed = Seed::fixtures();
        assert_eq!(seed.products.len(), 30);
        assert_eq!(seed.company.currency, "CHF");
    }
}

//! The products that a reading may name.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::types::Lang;

/// A way of packing: so many of the product's own unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packaging {
    /// As the catalogue calls it: `Box of 25`.
    pub name: String,
    /// How many of the product's own unit.
    pub quantity: Decimal,
    /// Its own barcode, if any.
    pub barcode: Option<String>,
}

/// One product, as a mail may name it. Stock and prices are not here: they are read live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Odoo's `product.product` id.
    pub id: i64,
    /// Internal reference; empty where the product has none.
    pub default_code: String,
    /// Name in the catalogue's main language.
    pub name: String,
    /// Translated names.
    pub names: BTreeMap<Lang, String>,
    /// EAN or another barcode.
    pub barcode: Option<String>,
    /// Unit of measure as Odoo names it: `Units`, `kg`, `m`.
    pub uom: String,
    /// Packages that it can be ordered in.
    pub packagings: Vec<Packaging>,
    /// Customers' own item codes: mail domain → code.
    pub customer_codes: BTreeMap<String, String>,
}

/// All products that we sell.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    products: Vec<Product>,
}

impl Catalog {
    /// A catalogue of these products.
    #[must_use]
    pub fn new(products: Vec<Product>) -> Self {
        Self { products }
    }

    /// All products, in the order given.
    #[must_use]
    pub fn products(&self) -> &[Product] {
        &self.products
    }
}

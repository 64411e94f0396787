//! The products that a reading may name.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::reading::names::index::Index;
use crate::reading::text::fold;
use crate::reading::types::{Lang, ProductRef};

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

impl Product {
    /// Whether a folded word is one of its name, in any language.
    pub(crate) fn is_called(&self, word: &str) -> bool {
        let names = std::iter::once(&self.name).chain(self.names.values());
        names.flat_map(|name| name.split_whitespace()).any(|own| fold(own) == word)
    }

    /// Names this product.
    #[must_use]
    pub fn to_ref(&self) -> ProductRef {
        ProductRef { id: self.id, default_code: self.default_code.clone() }
    }

    /// Its names, each with its language; the plain name is taken for English.
    pub(super) fn all_names(&self) -> impl Iterator<Item = (Lang, &String)> {
        let translated = self.names.iter().map(|(lang, name)| (*lang, name));
        std::iter::once((Lang::En, &self.name)).chain(translated)
    }
}

/// All products that we sell, with an index over everything that a mail may call them.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    products: Vec<Product>,
    index: Index,
}

impl Catalog {
    /// A catalogue of these products. Builds the index: about a second for 100,000 products.
    #[must_use]
    pub fn new(products: Vec<Product>) -> Self {
        let index = Index::new(&products);
        Self { products, index }
    }

    /// All products, in the order given.
    #[must_use]
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    /// The product with this database id.
    #[must_use]
    pub fn by_id(&self, id: i64) -> Option<&Product> {
        self.product(self.index.id(id)?)
    }

    /// The index.
    pub(super) fn index(&self) -> &Index {
        &self.index
    }

    /// The product at a place of the index.
    pub(super) fn product(&self, place: u32) -> Option<&Product> {
        self.products.get(usize::try_from(place).ok()?)
    }
}

/// A catalogue file, as `postorder parse --catalog` takes it.
#[derive(Debug, Deserialize)]
struct File {
    #[serde(default)]
    company: BTreeMap<String, serde_json::Value>,
    products: Vec<FileProduct>,
}

#[derive(Debug, Deserialize)]
struct FileProduct {
    id: i64,
    #[serde(default)]
    default_code: Option<String>,
    name: String,
    #[serde(default)]
    names: BTreeMap<String, String>,
    #[serde(default)]
    barcode: Option<String>,
    #[serde(default = "units")]
    uom: String,
    #[serde(default)]
    packagings: Vec<FilePackaging>,
    #[serde(default)]
    customer_codes: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct FilePackaging {
    name: String,
    #[serde(alias = "quantity")]
    qty: Decimal,
    #[serde(default)]
    barcode: Option<String>,
}

fn units() -> String {
    "Units".to_owned()
}

/// What a catalogue file holds.
#[derive(Debug, Clone, Default)]
pub struct CatalogFile {
    /// The products.
    pub catalog: Catalog,
    /// Mail addresses of our own company, in lower case: every value under `company` with an `@`,
    /// but for the supplier's.
    pub own_addresses: Vec<String>,
    /// What our own company is called: the value `name` under `company`; empty where it is not said.
    pub own_name: String,
}

impl CatalogFile {
    /// Reads the JSON form: `{"company": {…}, "products": [{"id", "default_code", "name", "names",
    /// "barcode", "uom", "packagings": [{"name", "qty"}], "customer_codes"}, …]}`.
    ///
    /// # Errors
    /// One sentence with the line and column where the JSON is not of that form.
    pub fn parse(json: &str) -> Result<Self, String> {
        let file: File = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let own_addresses = file
            .company
            .iter()
            .filter(|(key, _)| !key.contains("supplier"))
            .filter_map(|(_, value)| value.as_str())
            .filter(|value| value.contains('@'))
            .map(str::to_lowercase)
            .collect();
        let name = file.company.get("name").and_then(|name| name.as_str());
        let own_name = name.unwrap_or_default().to_owned();
        let products = file.products.into_iter().map(FileProduct::into_product).collect();
        Ok(Self { catalog: Catalog::new(products), own_addresses, own_name })
    }
}

impl FileProduct {
    fn into_product(self) -> Product {
        let lang = |name: &str| serde_json::from_value::<Lang>(name.into()).ok();
        Product {
            id: self.id,
            default_code: self.default_code.unwrap_or_default(),
            name: self.name,
            names: self.names.into_iter().filter_map(|(l, n)| Some((lang(&l)?, n))).collect(),
            barcode: self.barcode.filter(|barcode| !barcode.is_empty()),
            uom: self.uom,
            packagings: self
                .packagings
                .into_iter()
                .map(|p| Packaging { name: p.name, quantity: p.qty, barcode: p.barcode })
                .collect(),
            customer_codes: self
                .customer_codes
                .into_iter()
                .map(|(domain, code)| (domain.to_lowercase(), code))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_catalogue_file_is_read() {
        let json = r#"{"company": {"sales": "Sales@Us.example", "supplier": "x@y.example"},
            "products": [{"id": 7, "default_code": "A-1", "name": "Thing", "barcode": "",
                "names": {"de": "Ding", "xx": "?"}, "packagings": [{"name": "Box of 5", "qty": 5}],
                "list_price": 3.2, "customer_codes": {"Cust.example": "C1"}}]}"#;
        let file = CatalogFile::parse(json).expect("well-formed");
        assert_eq!(file.own_addresses, ["sales@us.example"]);
        let [product] = file.catalog.products() else { panic!("one product") };
        assert_eq!((product.id, product.uom.as_str(), &product.barcode), (7, "Units", &None));
        assert_eq!(product.names.get(&Lang::De).map(String::as_str), Some("Ding"));
        assert_eq!(product.customer_codes.get("cust.example").map(String::as_str), Some("C1"));
    }

    #[test]
    fn a_broken_file_says_where() {
        let error = CatalogFile::parse("{\"products\": [{\"id\": 1}]}").expect_err("no name");
        assert!(error.contains("name") && error.contains("line 1"), "{error}");
    }
}

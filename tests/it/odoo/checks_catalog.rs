//! The catalogue, stock, names and vendors.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use postorder::flow::{Availability, LookUp};
use postorder::odoo::{Odoo, StockKind};
use postorder::reading::{Lang, Product};
use serde_json::{Value, json};

use super::target::{Target, address, customer, dec, draft, job, look_up, mail, place_one};

fn fixtures() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/maildir-fixtures/catalog.json");
    let text = std::fs::read_to_string(path).expect("the fixtures' catalogue");
    let catalog: Value = serde_json::from_str(&text).expect("JSON");
    catalog["products"].as_array().expect("products").clone()
}

fn by_id(products: &[Product]) -> BTreeMap<i64, &Product> {
    products.iter().map(|product| (product.id, product)).collect()
}

pub(super) async fn the_catalogue_is_whole(target: &Target) {
    let page = target.odoo().await.catalog(None).await.expect("a catalogue");
    let (sold, inactive) = (by_id(&page.products), by_id(&page.inactive));
    for entry in fixtures() {
        let id = entry["id"].as_i64().expect("an id");
        let active = entry["active"].as_bool().unwrap_or(true);
        let product = if active { sold.get(&id) } else { inactive.get(&id) };
        let product = product.unwrap_or_else(|| panic!("product {id}"));
        assert_eq!(product.default_code, entry["default_code"]);
        assert_eq!(product.name, entry["name"]);
        assert_eq!(product.barcode.as_deref(), entry["barcode"].as_str());
        assert_eq!(product.uom, entry["uom"].as_str().expect("a unit"));
        for (code, lang) in [("fr", Lang::Fr), ("de", Lang::De), ("it", Lang::It)] {
            let name = entry["names"][code].as_str().expect("a translation");
            assert_eq!(product.names.get(&lang).map(String::as_str), Some(name), "{id} {code}");
        }
        let packages: Vec<(String, String)> = product
            .packagings
            .iter()
            .map(|package| (package.name.clone(), package.quantity.to_string()))
            .collect();
        let expected: Vec<(String, String)> = entry["packagings"]
            .as_array()
            .expect("packages")
            .iter()
            .map(|p| (p["name"].as_str().expect("a name").to_owned(), p["qty"].to_string()))
            .collect();
        assert_eq!(packages, expected, "{id}");
    }
}

pub(super) async fn a_change_is_seen(target: &Target) {
    let odoo = target.odoo().await;
    let page = odoo.catalog(None).await.expect("a catalogue");
    let name = by_id(&page.products)[&127].name.clone();
    let later = page.as_of + TimeDelta::days(1);
    let none = odoo.catalog(Some(later)).await.expect("a page");
    assert!(none.products.is_empty() && none.inactive.is_empty(), "{none:?}");
    assert_eq!(none.as_of, later);

    let jobs = [look_up(&[(127, "1")])];
    let _ = odoo.look_up(&jobs).await;
    target.write("product.product", 127, json!({"name": "Gate roller, new pattern"})).await;
    let page = odoo.catalog(Some(page.as_of)).await.expect("a page");
    assert_eq!(by_id(&page.products)[&127].name, "Gate roller, new pattern");
    // Names that were remembered are forgotten with the change.
    let answer = odoo.look_up(&jobs).await.remove(0).expect("an answer");
    assert_eq!(answer.stock[&127].name, "Gate roller, new pattern");

    target.write("product.product", 127, json!({"active": false})).await;
    let page = odoo.catalog(Some(page.as_of)).await.expect("a page");
    assert!(!by_id(&page.products).contains_key(&127));
    assert!(by_id(&page.inactive).contains_key(&127));
    // Others look at it too.
    target.write("product.product", 127, json!({"active": true, "name": name})).await;
}

pub(super) async fn stock_is_told_live(target: &Target) {
    let service = target
        .make("product.product", json!({"name": "Delivery by lorry", "type": "service"}))
        .await;
    let unsold = target.make("product.product", json!({"name": "Spare", "sale_ok": false})).await;
    let odoo = target.odoo().await;
    let ids = [(112, "1"), (114, "1"), (130, "1"), (service, "1"), (unsold, "1"), (99_999, "1")];
    let answer = odoo.look_up(&[look_up(&ids)]).await.remove(0).expect("an answer");
    let stock = |id: i64| answer.stock.get(&id).map(|stock| stock.availability);
    assert_eq!(stock(112), Some(Availability::Stock(dec("3"))));
    assert_eq!(stock(114), Some(Availability::Stock(dec("120.5"))));
    assert_eq!(stock(130), Some(Availability::Inactive));
    assert_eq!(stock(service), Some(Availability::Untracked));
    assert_eq!(stock(unsold), Some(Availability::Inactive));
    assert_eq!(stock(99_999), None);
    assert_eq!(answer.stock[&114].uom, "m");
    assert_eq!(answer.partner, None);

    // What is reserved is no longer free, but still on hand.
    place_one(&odoo, &job(&[(112, "2")], true)).await;
    let answer = odoo.look_up(&[look_up(&ids)]).await.remove(0).expect("an answer");
    assert_eq!(answer.stock[&112].availability, Availability::Stock(dec("1")));
    let mut settings = target.settings();
    settings.stock = StockKind::OnHand;
    let on_hand = Odoo::connect(settings).await.expect("it connects");
    let answer = on_hand.look_up(&[look_up(&ids)]).await.remove(0).expect("an answer");
    assert_eq!(answer.stock[&112].availability, Availability::Stock(dec("3")));
}

pub(super) async fn names_are_in_the_customers_language(target: &Target) {
    let odoo = target.odoo().await;
    let jobs: Vec<LookUp> = [Lang::En, Lang::Fr, Lang::De, Lang::It, Lang::Nl]
        .into_iter()
        .map(|lang| LookUp { lang, ..look_up(&[(101, "1")]) })
        .collect();
    let answers = odoo.look_up(&jobs).await;
    let name = |index: usize| answers[index].as_ref().expect("an answer").stock[&101].name.clone();
    assert_eq!(name(0), "Clamp ring 10 mm");
    assert_eq!(name(1), "Bague de serrage 10 mm");
    assert_eq!(name(2), "Klemmring 10 mm");
    assert_eq!(name(3), "Anello di serraggio 10 mm");
    // Not installed: the main language.
    assert_eq!(name(4), "Clamp ring 10 mm");

    let mail = mail();
    let order = postorder::flow::Place {
        customer: customer(&address("acheteur"), Lang::Fr),
        orders: vec![draft(&mail, &[(101, "2")])],
        confirm: false,
    };
    let (_, order) = place_one(&odoo, &order).await;
    assert_eq!(order.lines[0].name, "Bague de serrage 10 mm");
    assert_eq!(order.lines[0].taxes, [target.tax_name("fr_FR").await]);
}

pub(super) async fn vendors_are_told_where_asked(target: &Target) {
    let odoo = target.odoo().await;
    let asked = LookUp { vendors: true, ..look_up(&[(105, "1"), (118, "1")]) };
    let answers = odoo.look_up(&[asked, look_up(&[(105, "1")])]).await;
    let with = answers[0].as_ref().expect("an answer");
    let vendor = with.stock[&105].vendor.clone().expect("a vendor");
    assert_eq!(vendor.address.email, "supplier@larch-turning.example");
    assert_eq!(vendor.lead_days, Some(21));
    assert_eq!(with.stock[&118].vendor, None);
    let without = answers[1].as_ref().expect("an answer");
    assert_eq!(without.stock[&105].vendor, None);
}

pub(super) async fn many_look_ups_share_calls(target: &Target) {
    let odoo = target.odoo().await;
    let jobs: Vec<LookUp> = (0..20).map(|n| look_up(&[(101 + n, "1"), (102 + n, "1")])).collect();
    assert!(odoo.look_up(&jobs).await.iter().all(Result::is_ok));
    let before = odoo.calls();
    let answers = odoo.look_up(&jobs).await;
    assert_eq!(odoo.calls() - before, 3, "partners, products, earlier orders");
    for (answer, job) in answers.iter().zip(&jobs) {
        let answer = answer.as_ref().expect("an answer");
        assert!(job.products.iter().all(|(id, _)| answer.stock.contains_key(id)));
        assert_eq!(answer.stock.len(), 2);
    }
}

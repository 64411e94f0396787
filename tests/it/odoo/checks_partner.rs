//! Customers and their addresses.

use postorder::flow::{LookUp, Place};
use postorder::mail::Address;
use postorder::reading::Lang;
use serde_json::{Value, json};

use super::target::{Target, address, customer, draft, look_up, mail, place, place_one};

fn order_of(from: &Address, lang: Lang, address: Option<&str>) -> Place {
    let mail = mail();
    let mut order = draft(&mail, &[(107, "1")]);
    order.address = address.map(str::to_owned);
    Place { customer: customer(from, lang), orders: vec![order], confirm: false }
}

async fn partner(target: &Target, id: i64) -> Value {
    let fields = [
        "name",
        "email",
        "lang",
        "type",
        "parent_id",
        "street",
        "zip",
        "city",
        "country_id",
        "commercial_partner_id",
    ];
    target.read("res.partner", json!([["id", "=", id]]), &fields).await.remove(0)
}

async fn ships_to(target: &Target, order: i64) -> i64 {
    let rows =
        target.read("sale.order", json!([["id", "=", order]]), &["partner_shipping_id"]).await;
    rows[0]["partner_shipping_id"][0].as_i64().expect("a partner")
}

pub(super) async fn a_stranger_becomes_a_customer(target: &Target) {
    let odoo = target.odoo().await;
    let from = Address { name: "Élodie \u{0}Blanc".to_owned(), ..address("elodie") };
    let (id, _) = place_one(&odoo, &order_of(&from, Lang::Fr, None)).await;
    let row = partner(target, id).await;
    assert_eq!(row["name"], "Élodie Blanc");
    assert_eq!(row["email"], from.email.as_str());
    assert_eq!(row["lang"], "fr_FR");
    assert_eq!(row["parent_id"], false);
    let (again, _) = place_one(&odoo, &order_of(&from, Lang::Fr, None)).await;
    assert_eq!(again, id);
    let asked = LookUp { from: from.clone(), ..look_up(&[(101, "1")]) };
    let answer = odoo.look_up(&[asked]).await.remove(0).expect("an answer");
    let found = answer.partner.expect("known now");
    assert_eq!((found.id, found.lang), (id, Some(Lang::Fr)));

    // Without a name the address is one; two mails of one stranger in one batch are one customer.
    let nameless = Address { name: String::new(), ..address("info") };
    let jobs = [order_of(&nameless, Lang::Nl, None), order_of(&nameless, Lang::Nl, None)];
    let placed = place(&odoo, &jobs).await;
    assert_eq!(placed[0].0, placed[1].0);
    let row = partner(target, placed[0].0).await;
    assert_eq!(row["name"], nameless.email.as_str());
    assert_eq!(row["lang"], "en_US");
}

pub(super) async fn a_colleague_joins_the_company(target: &Target) {
    let company = json!({"name": "Nordwind Bau", "is_company": true,
        "email": "office@nordwind-bau.example", "street": "Hofweg 3"});
    let company = target.make("res.partner", company).await;
    for name in ["Twin One", "Twin Two"] {
        let email = format!("{}@twins.example", name.replace(' ', "").to_lowercase());
        let values = json!({"name": name, "is_company": true, "email": email});
        target.make("res.partner", values).await;
    }
    let values = json!({"name": "Big Mail AG", "is_company": true, "email": "bigmailag@gmail.com"});
    target.make("res.partner", values).await;
    let person = |email: &str| Address { name: "New Person".to_owned(), email: email.to_owned() };
    let jobs: Vec<Place> = ["new@nordwind-bau.example", "new@twins.example", "new.one@gmail.com"]
        .iter()
        .map(|email| order_of(&person(email), Lang::De, None))
        .collect();
    let odoo = target.odoo().await;
    let placed = place(&odoo, &jobs).await;
    let joined = partner(target, placed[0].0).await;
    assert_eq!(joined["parent_id"][0], company);
    assert_eq!(joined["email"], "new@nordwind-bau.example");
    assert_eq!(joined["lang"], "de_DE");
    assert_eq!(partner(target, placed[1].0).await["parent_id"], false, "two companies");
    assert_eq!(partner(target, placed[2].0).await["parent_id"], false, "a public domain");

    // A wildcard in a domain is no wildcard in the search.
    let odd = order_of(&person("x@nordwind_bau.example"), Lang::De, None);
    let (odd, _) = place_one(&odoo, &odd).await;
    assert_eq!(partner(target, odd).await["parent_id"], false);
}

pub(super) async fn of_several_the_same_is_taken(target: &Target) {
    let email = "shared@several.example";
    let old = target.make("res.partner", json!({"name": "Old", "email": email})).await;
    let firm = target.make("res.partner", json!({"name": "Firm", "is_company": true})).await;
    let values = json!({"name": "In firm", "email": "Shared <SHARED@several.example>",
        "parent_id": firm});
    let in_firm = target.make("res.partner", values).await;
    let values = json!({"name": "Archived", "email": email, "active": false});
    target.make("res.partner", values).await;
    let from = Address { name: String::new(), email: email.to_owned() };
    let odoo = target.odoo().await;
    let asked = LookUp { from: from.clone(), ..look_up(&[(101, "1")]) };
    let answer = odoo.look_up(&[asked]).await.remove(0).expect("an answer");
    assert_eq!(answer.partner.expect("known").id, in_firm);
    let (placed, _) = place_one(&odoo, &order_of(&from, Lang::En, None)).await;
    assert_eq!(placed, in_firm);
    assert_ne!(placed, old);
}

pub(super) async fn a_new_address_becomes_a_delivery_contact(target: &Target) {
    let values = json!({"name": "Keller AG", "is_company": true, "email": "keller@keller.example",
        "street": "Hauptstrasse 1", "zip": "3000", "city": "Bern"});
    let keller = target.make("res.partner", values).await;
    let from = Address { name: "Keller".to_owned(), email: "keller@keller.example".to_owned() };
    let odoo = target.odoo().await;
    let line = "Baustelle Ost, Seeweg 9, CH-1700 Fribourg";
    let (id, order) = place_one(&odoo, &order_of(&from, Lang::De, Some(line))).await;
    assert_eq!(id, keller);
    let site = ships_to(target, order.id).await;
    let row = partner(target, site).await;
    assert_eq!(row["type"], "delivery");
    assert_eq!(row["parent_id"][0], keller);
    assert_eq!(row["street"], "Baustelle Ost, Seeweg 9");
    assert_eq!((&row["zip"], &row["city"]), (&json!("1700"), &json!("Fribourg")));
    assert_eq!(row["country_id"][1], "Switzerland");
    let shown = order.address.expect("an address");
    assert!(shown.contains("Baustelle Ost, Seeweg 9") && shown.contains("Fribourg"), "{shown}");
    // The customer's own address is as it was.
    let own = partner(target, keller).await;
    assert_eq!((&own["street"], &own["zip"]), (&json!("Hauptstrasse 1"), &json!("3000")));

    // The same place, written in another way, and by a colleague.
    let again = "baustelle ost,  Seeweg 9, 1700 FRIBOURG";
    let colleague = Address { name: "B".to_owned(), email: "b@keller.example".to_owned() };
    let jobs = [order_of(&from, Lang::De, Some(again)), order_of(&colleague, Lang::De, Some(line))];
    for (_, orders) in place(&odoo, &jobs).await {
        assert_eq!(ships_to(target, orders[0].id).await, site);
    }
}

pub(super) async fn addresses_that_are_known_are_used(target: &Target) {
    let values = json!({"name": "Rossi SA", "is_company": true, "email": "rossi@rossi.example",
        "street": "Via Nassa 1", "zip": "6900", "city": "Lugano"});
    let rossi = target.make("res.partner", values).await;
    let values = json!({"type": "delivery", "parent_id": rossi, "name": "Magazzino",
        "street": "Via Industria 5", "zip": "6500", "city": "Bellinzona"});
    let depot = target.make("res.partner", values).await;
    let from = Address { name: "Rossi".to_owned(), email: "rossi@rossi.example".to_owned() };
    let odoo = target.odoo().await;
    let jobs = [
        order_of(&from, Lang::It, Some("Via Nassa 1, 6900 Lugano, Svizzera")),
        order_of(&from, Lang::It, Some("Rossi SA, Via Nassa 1, 6900 Lugano")),
        order_of(&from, Lang::It, Some("Via Industria 5, CH-6500 Bellinzona")),
    ];
    let placed = place(&odoo, &jobs).await;
    assert_eq!(ships_to(target, placed[0].1[0].id).await, rossi);
    assert_eq!(ships_to(target, placed[1].1[0].id).await, rossi);
    assert_eq!(ships_to(target, placed[2].1[0].id).await, depot);
    let children = target.read("res.partner", json!([["parent_id", "=", rossi]]), &["id"]).await;
    assert_eq!(children.len(), 1, "nothing was made");
}

pub(super) async fn mixed_orders_go_where_each_says(target: &Target) {
    let mail = mail();
    let mut there = draft(&mail, &[(107, "1")]);
    there.address = Some("Quai 4, 1200 Genève".to_owned());
    let mut usual = draft(&mail, &[(108, "1")]);
    usual.key = format!("{mail}_2");
    let from = address("mixed");
    let orders = vec![there, usual];
    let job = Place { customer: customer(&from, Lang::Fr), orders, confirm: false };
    let odoo = target.odoo().await;
    let (id, orders) = place(&odoo, std::slice::from_ref(&job)).await.remove(0);
    let site = ships_to(target, orders[0].id).await;
    assert_eq!(partner(target, site).await["city"], "Genève");
    // Odoo's own choice, for an order without an address, is the delivery contact that now is.
    let usual = ships_to(target, orders[1].id).await;
    assert!(usual == id || usual == site, "{usual}");
    let again = place(&odoo, &[job]).await.remove(0);
    assert_eq!(again.1[0].id, orders[0].id);
    assert_eq!(again.1[1].id, orders[1].id);
}

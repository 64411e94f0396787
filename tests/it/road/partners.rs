//! Whose order it is, and where it goes.

use serde_json::json;

use crate::support::customer::{block, in_days, order};
use crate::support::shop::{Shop, Target};

pub(super) fn a_known_customer_is_found_whatever_the_case(target: &Target) {
    let mut shop = Shop::new(target, "other_case");
    let product = shop.product("cap", 50.0);
    let mut anna = shop.customer("Anna Muster");
    let written = anna.email.replace("anna.muster", "Anna.MUSTER");
    let values = json!({"name": "Muster Anna (known)", "email": format!("Anna <{written}>")});
    let known = target.odoo.create("res.partner", values);
    shop.start();
    let usual = anna.email.clone();
    anna.email = usual.replace("anna", "ANNA");
    shop.deliver(&anna.mail("Order", &order(None, &[block(product, "4", in_days(9))])));
    shop.wait_letter(&usual, "confirmation");
    let orders = target.odoo.orders_of(product);
    assert_eq!(orders.len(), 1);
    assert_eq!(orders[0].partner, known);
    let all = target.odoo.find("res.partner", json!([["email_normalized", "=", usual]]), &["name"]);
    assert_eq!(all.len(), 1, "no second partner: {all:?}");
    assert_eq!(all[0]["name"], "Muster Anna (known)");
}

pub(super) fn a_new_colleague_belongs_to_the_company(target: &Target) {
    let mut shop = Shop::new(target, "colleague");
    let product = shop.product("cog", 50.0);
    let info = format!("info@{}", shop.customer_domain());
    let values = json!({"name": "Muster AG", "email": info, "is_company": true});
    let company = target.odoo.create("res.partner", values);
    shop.start();
    let anna = shop.customer("Anna Muster");
    shop.deliver(&anna.mail("Order", &order(None, &[block(product, "4", in_days(9))])));
    shop.wait_letter(&anna.email, "confirmation");
    let contact = target.odoo.partner_by_email(&anna.email).expect("a new contact");
    let contact = target.odoo.record("res.partner", contact, &["parent_id", "name"]);
    assert_eq!(contact["parent_id"][0], company);
    assert_eq!(contact["name"], "Anna Muster");
}

pub(super) fn a_new_delivery_address_changes_no_other(target: &Target) {
    let mut shop = Shop::new(target, "address");
    let product = shop.product("rod", 50.0);
    let anna = shop.customer("Anna Muster");
    let values = json!({
        "name": "Anna Muster", "email": anna.email, "street": "Hauptstrasse 1", "zip": "8400",
        "city": "Winterthur",
    });
    let known = target.odoo.create("res.partner", values);
    shop.start();
    let site = Some("Baustelle Nord, Industriestrasse 12, 8404 Winterthur");
    for (date, quantity) in [(in_days(9), "4"), (in_days(10), "2")] {
        let mail = anna.mail("Order", &order(site, &[block(product, quantity, date)]));
        shop.deliver(&mail);
        shop.wait_filed(&mail, ".Done");
    }
    let orders = target.odoo.orders_of(product);
    assert_eq!(orders.len(), 2);
    for order in &orders {
        assert_eq!(order.partner, known);
        assert_eq!(order.shipping, orders[0].shipping, "the same address is the same contact");
    }
    let fields = ["type", "parent_id", "street", "city", "street2", "zip"];
    let contact = target.odoo.record("res.partner", orders[0].shipping, &fields);
    assert_eq!((&contact["type"], &contact["parent_id"][0]), (&json!("delivery"), &json!(known)));
    assert!(contact.to_string().contains("Industriestrasse 12"), "{contact}");
    let main = target.odoo.record("res.partner", known, &["street", "city"]);
    assert_eq!((&main["street"], &main["city"]), (&json!("Hauptstrasse 1"), &json!("Winterthur")));
}

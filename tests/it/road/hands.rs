//! The tests' own hands and eyes do what they say: else nothing that they see would count.

use serde_json::json;

use crate::support::odoo::NewProduct;
use crate::support::shop::Target;

pub(super) fn an_administrator_sees_orders_and_reservations(target: &Target) {
    let odoo = &target.odoo;
    let new = NewProduct {
        code: &format!("HANDS-{}", target.name),
        name: "Hands",
        price: 2.5,
        stock: 7.0,
        vendor: Some("vendor@hands.example"),
    };
    let product = odoo.product(&new);
    let free = || odoo.record("product.product", product, &["free_qty"])["free_qty"].as_f64();
    assert_eq!(free(), Some(7.0));
    odoo.set_stock(product, 9.0);
    assert_eq!(free(), Some(9.0));
    let email = format!("hands@{}.example", target.name);
    let partner = odoo.create("res.partner", json!({"name": "Hands", "email": email}));
    assert_eq!(odoo.partner_by_email(&email), Some(partner));
    let line = json!([0, 0, {"product_id": product, "product_uom_qty": 4}]);
    let values = json!({
        "partner_id": partner, "order_line": [line], "commitment_date": "2031-05-06 10:00:00",
        "client_order_ref": "4711",
    });
    let id = odoo.create("sale.order", values);
    let draft = &odoo.orders_of(product)[0];
    assert_eq!((draft.id, draft.state.as_str(), draft.partner), (id, "draft", partner));
    assert!(draft.reserved.is_empty());
    odoo.call("sale.order", "action_confirm", json!([[id]]), json!({}));
    let order = &odoo.orders_by(&email)[0];
    assert_eq!((order.state.as_str(), order.delivery.as_str()), ("sale", "2031-05-06"));
    assert_eq!((&order.lines, &order.reserved), (&vec![(product, 4.0)], &vec![(product, 4.0)]));
    assert_eq!((order.reference.as_str(), order.number.is_empty()), ("4711", false));
    assert_eq!(free(), Some(5.0));
    assert!(odoo.mails_in_chatter(id).is_empty());
}

//! What waits for a person, and what comes of the person's word.

use serde_json::{Value, json};

use crate::support::customer::{Customer, NewMail, block, in_days, order};
use crate::support::shop::{Shop, Target};

/// A customer whom Odoo knows asks a question; the case is held.
fn question(target: &Target, scenario: &'static str) -> (Shop, Customer, NewMail, String) {
    let shop = Shop::open(target, scenario);
    let anna = shop.customer("Anna Muster");
    target.odoo.create("res.partner", json!({"name": anna.name, "email": anna.email}));
    let text =
        "Hello,\n\ncould you tell me whether your gates can be painted green?\n\nAnna Muster\n";
    let mail = anna.mail("A question about gates", text);
    shop.deliver(&mail);
    shop.wait_filed(&mail, ".Review");
    let case = only_case(&shop);
    (shop, anna, mail, case)
}

fn only_case(shop: &Shop) -> String {
    let cases = shop.cli_json(&["case", "list", "--json"]);
    let cases = cases.as_array().expect("a list");
    assert_eq!(cases.len(), 1, "{cases:?}");
    cases[0]["key"].as_str().expect("its name").to_owned()
}

fn state(shop: &Shop, case: &str) -> Value {
    shop.cli_json(&["case", "show", case, "--json"])
}

pub(super) fn a_question_is_held_and_shown_to_the_clerk(target: &Target) {
    let (shop, anna, _, case) = question(target, "question");
    shop.wait_letter(&anna.email, "held");
    let shown = shop.cli(&["case", "show", &case]);
    let text = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(text.contains("A question about gates") && text.contains(&anna.email), "{text}");
    assert!(target.odoo.orders_by(&anna.email).is_empty());
    assert_eq!(shop.kinds_to(&anna.email), ["held"]);
}

pub(super) fn a_clerk_approves_and_the_order_is_placed(target: &Target) {
    let mut shop = Shop::new(target, "approve");
    let product = shop.product("urn", 50.0);
    // Nothing is certain enough for this shop: every order waits for the clerk.
    shop.extra.push(("reading", "certainty = 100".into()));
    shop.start();
    let anna = shop.customer("Anna Muster");
    let mail = anna.mail("Order", &order(None, &[block(product, "4", in_days(9))]));
    shop.deliver(&mail);
    shop.wait_filed(&mail, ".Review");
    assert!(target.odoo.orders_of(product).is_empty(), "nothing is placed before the clerk's word");
    let case = only_case(&shop);
    let output = shop.cli(&["case", "approve", &case]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    shop.wait_letter(&anna.email, "confirmation");
    let orders = target.odoo.orders_of(product);
    assert_eq!(orders.len(), 1, "{orders:?}");
    assert_eq!(orders[0].state, "sale");
    assert!(state(&shop, &case).to_string().contains(&orders[0].number));
}

pub(super) fn a_clerk_rejects_and_the_customer_is_told(target: &Target) {
    let (shop, anna, _, case) = question(target, "reject");
    let output = shop.cli(&["case", "reject", &case, "--tell"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    shop.wait_letter(&anna.email, "cancelled");
    assert!(target.odoo.orders_by(&anna.email).is_empty());
    assert!(state(&shop, &case).to_string().contains("rejected"));
}

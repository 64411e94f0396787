//! Killed at a known point of the road, and started again: one order, and one letter.

use crate::support::customer::{Customer, NewMail, block, in_days, order};
use crate::support::shop::{Shop, Target};
use crate::support::wait::LONG;

/// A shop that is not running yet, and an order of 4 `product`s of which there are 50.
fn begin(target: &Target, scenario: &'static str) -> (Shop, i64, Customer, NewMail) {
    let shop = Shop::new(target, scenario);
    let product = shop.product("key", 50.0);
    let anna = shop.customer("Anna Muster");
    let blocks = [block(product, "4", in_days(9))];
    let mail = anna.mail("Order", &order(Some("Quai 7, 1201 Geneva"), &blocks));
    (shop, product, anna, mail)
}

/// The road's end as if nothing had happened: one order, one letter, the mail handled.
fn assert_done(shop: &Shop, product: i64, anna: &Customer, mail: &NewMail) {
    shop.wait_filed(mail, ".Done");
    let letter = shop.wait_letter(&anna.email, "confirmation");
    let orders = shop.target.odoo.orders_of(product);
    assert_eq!(orders.len(), 1, "{orders:?}");
    assert_eq!(orders[0].state, "sale");
    assert_eq!(orders[0].reserved, [(product, 4.0)]);
    assert!(letter.text.contains(&orders[0].number), "{}", letter.text);
    let mails = shop.target.odoo.wait_for_chatter(orders[0].id);
    assert_eq!(mails.len(), 1, "the mail is shown once");
    let partners = shop.target.odoo.find(
        "res.partner",
        serde_json::json!([["email_normalized", "=", anna.email]]),
        &["id"],
    );
    assert_eq!(partners.len(), 1, "{partners:?}");
}

/// Kills postorder while Odoo's answer to a request with these words is on its way.
fn killed_at(target: &Target, scenario: &'static str, words: &[&str]) {
    let (mut shop, product, anna, mail) = begin(target, scenario);
    shop.start();
    shop.odoo_line.hold(words);
    shop.deliver(&mail);
    shop.odoo_line.wait_for_hold(LONG);
    shop.kill();
    shop.odoo_line.let_go();
    shop.start();
    assert_done(&shop, product, &anna, &mail);
    assert_eq!(shop.kinds_to(&anna.email), ["confirmation"], "one letter");
}

pub(super) fn killed_while_the_stock_is_looked_up(target: &Target) {
    killed_at(target, "killed_look_up", &["product.product", "free_qty"]);
}

pub(super) fn killed_while_the_order_is_loaded(target: &Target) {
    killed_at(target, "killed_load", &["sale.order", "load", "order_line/product_id"]);
}

pub(super) fn killed_while_the_order_is_confirmed(target: &Target) {
    killed_at(target, "killed_confirm", &["sale.order", "action_confirm"]);
}

pub(super) fn killed_while_the_letter_is_sent(target: &Target) {
    let (mut shop, product, anna, mail) = begin(target, "killed_letter");
    shop.start();
    shop.smtp_line.hold(&["\r\n.\r\n"]);
    shop.deliver(&mail);
    shop.smtp_line.wait_for_hold(LONG);
    shop.kill();
    shop.smtp_line.let_go();
    shop.start();
    assert_done(&shop, product, &anna, &mail);
    // The server had taken the letter, and could not say so: here it may come twice, as the same.
    let letters = shop.letters();
    assert!(letters.len() <= 2, "{} letters", letters.len());
    assert!(letters.iter().all(|letter| letter.message_id == letters[0].message_id));
}

pub(super) fn killed_right_after_the_mail_came(target: &Target) {
    let (mut shop, product, anna, mail) = begin(target, "killed_early");
    shop.start();
    shop.deliver(&mail);
    shop.kill();
    shop.start();
    assert_done(&shop, product, &anna, &mail);
    assert_eq!(shop.kinds_to(&anna.email), ["confirmation"], "one letter");
}

/// Wherever the road is after the first, second, … answer of Odoo's: killed there each time.
pub(super) fn killed_again_and_again(target: &Target) {
    let (mut shop, product, anna, mail) = begin(target, "killed_often");
    shop.deliver(&mail);
    for _ in 0..6 {
        shop.start();
        let before = shop.odoo_line.requests();
        let few = before + 4;
        crate::support::wait::within_time(LONG, || {
            let done = shop.maildir.place_of(&mail.message_id) == Some(".Done");
            (done || shop.odoo_line.requests() >= few).then_some(())
        });
        shop.kill();
    }
    shop.start();
    assert_done(&shop, product, &anna, &mail);
    let letters = shop.letters();
    assert!(letters.iter().all(|letter| letter.message_id == letters[0].message_id));
}

//! Once with a real mail server before it: what comes by SMTP lies in the maildir, and goes on.

use crate::support::customer::{block, in_days, order};
use crate::support::servers::OpenSmtpd;
use crate::support::shop::Shop;
use crate::support::smtp;

#[test]
#[ignore = "needs OpenSMTPD: `make test`"]
fn a_mail_comes_by_smtp_and_is_ordered_and_answered() {
    let target = super::stand_in_19_json_2();
    let mut shop = Shop::new(&target, "opensmtpd");
    let product = shop.product("bell", 50.0);
    let server = OpenSmtpd::up(shop.maildir.path(), "mailserver.example");
    shop.start();
    let anna = shop.customer("Anna Müller");
    let text = order(Some("Chemin Vert 2, 2502 Biel"), &[block(product, "4", in_days(9))]);
    let mail = anna.mail("Bestellung für Müller", &text);
    smtp::submit(&server.address(), &anna.email, "orders@mailserver.example", &mail.bytes());

    let letter = shop.wait_letter(&anna.email, "confirmation");
    assert_eq!(letter.in_reply_to, mail.message_id);
    shop.wait_filed(&mail, ".Done");
    let orders = target.odoo.orders_of(product);
    assert_eq!(orders.len(), 1);
    let (_, _, shown) = target.odoo.wait_for_chatter(orders[0].id).remove(0);
    let shown = String::from_utf8(shown).expect("UTF-8");
    assert!(shown.contains("Received: from client.example"), "it came through the server: {shown}");

    let answer = anna.answer(&letter, "Thank you!");
    smtp::submit(&server.address(), &anna.email, "orders@mailserver.example", &answer.bytes());
    shop.wait_filed(&answer, ".Review");
    assert_eq!(target.odoo.orders_of(product).len(), 1, "thanks are no order");
    shop.stop();
}

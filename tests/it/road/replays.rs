//! The same mail again: whatever is lost, no second order.

use crate::support::customer::{block, in_days, order};
use crate::support::shop::{Shop, Target};
use crate::support::wait::{LONG, until};

pub(super) fn the_same_mail_twice_is_one(target: &Target) {
    let mut shop = Shop::new(target, "same_mail");
    let product = shop.product("peg", 50.0);
    shop.start();
    let anna = shop.customer("Anna Muster");
    let mail = anna.mail("Order", &order(None, &[block(product, "4", in_days(9))]));
    let bytes = mail.bytes();
    shop.maildir.deliver("1.first.test", &bytes);
    shop.maildir.deliver("2.second.test", &bytes);
    shop.wait_letter(&anna.email, "confirmation");
    // Fetched again later, over another way: the servers on it have written other lines on top.
    let mut fetched = b"Delivered-To: orders@shop.example\nReceived: from pop.example\n".to_vec();
    fetched.extend(&bytes);
    shop.maildir.deliver("3.third.test", &fetched);
    until("nothing is new", LONG, || shop.maildir.list("new").is_empty().then_some(()));
    let next = anna.mail("Order", &order(None, &[block(product, "1", in_days(9))]));
    shop.deliver(&next);
    shop.wait_filed(&next, ".Done");
    shop.wait_answer(&next, "confirmation");
    let orders = target.odoo.orders_of(product);
    assert_eq!(orders.len(), 2, "one of each mail: {orders:?}");
    assert_eq!(shop.kinds_to(&anna.email), ["confirmation", "confirmation"]);
}

pub(super) fn the_same_message_id_with_other_text_is_two(target: &Target) {
    let mut shop = Shop::new(target, "same_id");
    let product = shop.product("pin", 50.0);
    shop.start();
    let anna = shop.customer("Anna Muster");
    let first = anna.mail("Order", &order(None, &[block(product, "4", in_days(9))]));
    let mut second = anna.mail("Order", &order(None, &[block(product, "5", in_days(9))]));
    second.message_id.clone_from(&first.message_id);
    shop.maildir.deliver("1.first.test", &first.bytes());
    shop.maildir.deliver("2.second.test", &second.bytes());
    until("both orders", LONG, || {
        (shop.letters_to(&anna.email, "confirmation").len() == 2).then_some(())
    });
    let mut lines: Vec<f64> =
        target.odoo.orders_of(product).iter().map(|order| order.lines[0].1).collect();
    lines.sort_by(f64::total_cmp);
    assert_eq!(lines, [4.0, 5.0]);
}

pub(super) fn a_lost_database_orders_nothing_again(target: &Target) {
    let mut shop = Shop::new(target, "lost_database");
    let (plenty, scarce) = (shop.product("plenty", 100.0), shop.product("scarce", 3.0));
    shop.start();
    let (anna, bert) = (shop.customer("Anna Muster"), shop.customer("Bert Muster"));
    let whole = anna.mail(
        "Order",
        &order(
            Some("Hafen 3, 4057 Basel"),
            &[block(plenty, "4", in_days(9)), block(plenty, "6", in_days(20))],
        ),
    );
    let part = bert.mail(
        "Order",
        &order(None, &[block(plenty, "7", in_days(9)), block(scarce, "5", in_days(9))]),
    );
    shop.deliver(&whole);
    shop.deliver(&part);
    let told = shop.wait_letter(&anna.email, "confirmation");
    let offered = shop.wait_letter(&bert.email, "offer");
    let answer = bert.answer(&offered, "1");
    shop.deliver(&answer);
    let taken = shop.wait_letter(&bert.email, "confirmation");
    for mail in [&whole, &part, &answer] {
        shop.wait_filed(mail, ".Done");
    }
    let ids = |email: &str| -> Vec<i64> {
        target.odoo.orders_by(email).iter().map(|order| order.id).collect()
    };
    let before = (ids(&anna.email), ids(&bert.email));
    assert_eq!((before.0.len(), before.1.len()), (2, 2));
    shop.stop();

    for file in ["", "-wal", "-shm"] {
        let name = format!("{}{file}", shop.store().display());
        let _ = std::fs::remove_file(name);
    }
    shop.maildir.start_over();
    assert_eq!(shop.maildir.list("new").len(), 3);
    shop.start();
    for mail in [&whole, &part, &answer] {
        shop.wait_filed(mail, ".Done");
    }
    assert_eq!((ids(&anna.email), ids(&bert.email)), before, "no order was made again");
    // What is told again is the same letter: the same Message-ID.
    for letter in shop.letters() {
        let known = [&told, &offered, &taken].map(|letter| &letter.message_id);
        assert!(known.contains(&&letter.message_id), "a new letter: {letter:?}");
    }
    shop.stop();
}

//! Orders, and what is said about them.

use crate::support::customer::{block, in_days, order};
use crate::support::shop::{Shop, Target};
use crate::support::wait::{LONG, until};

pub(super) fn three_blocks_become_two_orders(target: &Target) {
    let mut shop = Shop::new(target, "three_blocks");
    let [ring, latch, knob] = ["ring", "latch", "knob"].map(|name| shop.product(name, 600.0));
    shop.start();
    let anna = shop.customer("Anna Muster");
    let (soon, later) = (in_days(12), in_days(17));
    let blocks = [block(ring, "2", soon), block(latch, "1", soon), block(knob, "500", later)];
    let text = order(Some("chemin de soleil, 1223, Geneva"), &blocks);
    let mail = anna.mail("New Order Confirmation", &text);
    shop.deliver(&mail);

    let letter = shop.wait_letter(&anna.email, "confirmation");
    shop.wait_filed(&mail, ".Done");
    let odoo = &target.odoo;
    let mut orders = odoo.orders_by(&anna.email);
    orders.sort_by(|a, b| a.delivery.cmp(&b.delivery));
    assert_eq!(orders.len(), 2, "{orders:?}");
    for (order, date) in orders.iter().zip([soon, later]) {
        assert_eq!(order.state, "sale");
        assert_eq!(order.delivery, date.to_string());
        assert_eq!(order.reserved, order.lines, "all of it is reserved");
    }
    assert_eq!(orders[0].lines, [(ring, 2.0), (latch, 1.0)]);
    assert_eq!(orders[1].lines, [(knob, 500.0)]);

    let fields = ["name", "email", "lang", "parent_id", "street", "type"];
    let partner = odoo.record("res.partner", orders[0].partner, &fields);
    assert_eq!(partner["name"], "Anna Muster");
    assert_eq!(partner["lang"], "en_US");
    assert_eq!(orders[0].partner, orders[1].partner);
    assert_eq!(orders[0].shipping, orders[1].shipping, "one address, one contact");

    for order in &orders {
        let mails = odoo.wait_for_chatter(order.id);
        let [(name, mimetype, bytes)] = mails.as_slice() else { panic!("{mails:?}") };
        assert!(name.rsplit_once('.').is_some_and(|(_, kind)| kind == "eml"), "{name}");
        assert_eq!((mimetype.as_str(), bytes), ("message/rfc822", &mail.bytes()));
        assert!(letter.text.contains(&order.number), "{}", letter.text);
        assert!(letter.html.contains(&order.number), "{}", letter.html);
    }
    assert_eq!(letter.in_reply_to, mail.message_id);
    assert!(letter.references.contains(&mail.message_id));
    assert_eq!(letter.auto_submitted, "auto-replied");
    assert_eq!(shop.kinds_to(&anna.email), ["confirmation"], "one letter for the whole mail");
    assert!(shop.maildir.list("new").is_empty() && shop.maildir.list("cur").is_empty());
    shop.stop();
}

pub(super) fn an_order_in_french_is_answered_in_french(target: &Target) {
    let mut shop = Shop::new(target, "in_french");
    let product = shop.product("vis", 50.0);
    shop.start();
    let luc = shop.customer("Luc Rochat");
    let text = format!(
        "Bonjour,\n\nveuillez trouver ci-dessous notre commande.\n\n\
         - Adresse : chemin du Lac 4, 1007 Lausanne\n- Date de commande : {}\n\
         - Date de livraison : {}\n- Numéro de produit : {product}\n- Quantité : 7\n\n\
         Avec nos meilleures salutations\n",
        in_days(0).format("%d.%m.%Y"),
        in_days(9).format("%d.%m.%Y"),
    );
    let mail = luc.mail("Commande de vis à bois", &text);
    shop.deliver(&mail);

    let letter = shop.wait_letter(&luc.email, "confirmation");
    assert!(letter.text.contains("commande") && letter.text.contains("Bonjour"), "{}", letter.text);
    let orders = target.odoo.orders_by(&luc.email);
    assert_eq!(orders.len(), 1);
    assert_eq!(orders[0].lines, [(product, 7.0)]);
    let partner = target.odoo.record("res.partner", orders[0].partner, &["lang"]);
    assert_eq!(partner["lang"], "fr_FR", "a new partner has the language of the mail");
}

pub(super) fn a_wrong_block_is_asked_back_and_corrected_in_the_thread(target: &Target) {
    let mut shop = Shop::new(target, "corrected");
    let product = shop.product("hinge", 50.0);
    shop.start();
    let anna = shop.customer("Anna Muster");
    let bad = anna.mail("Order", &order(None, &[block(product, "a few", in_days(9))]));
    shop.deliver(&bad);
    let question = shop.wait_letter(&anna.email, "incomplete");
    shop.wait_filed(&bad, ".Done");
    assert!(question.text.contains("a few"), "it quotes what is wrong: {}", question.text);
    assert!(target.odoo.orders_of(product).is_empty());

    let good = anna.answer(&question, &order(None, &[block(product, "4", in_days(9))]));
    shop.deliver(&good);
    let letter = shop.wait_letter(&anna.email, "confirmation");
    shop.wait_filed(&good, ".Done");
    let orders = target.odoo.orders_of(product);
    assert_eq!(orders.len(), 1);
    assert_eq!(orders[0].lines, [(product, 4.0)]);
    assert_eq!(letter.in_reply_to, good.message_id);
    let cases = shop.cli_json(&["case", "list", "--all", "--json"]);
    assert_eq!(cases.as_array().map(Vec::len), Some(1), "one conversation, one case: {cases}");
}

pub(super) fn what_we_do_not_make_is_told_and_the_rest_ordered(target: &Target) {
    let mut shop = Shop::new(target, "not_made");
    let product = shop.product("gate", 50.0);
    shop.start();
    let anna = shop.customer("Anna Muster");
    let blocks = [block(product, "4", in_days(9)), block("ZEPPELIN-77", "1", in_days(9))];
    let mixed = anna.mail("Order", &order(None, &blocks));
    shop.deliver(&mixed);
    let letter = shop.wait_letter(&anna.email, "confirmation");
    shop.wait_filed(&mixed, ".Done");
    assert!(letter.text.contains("ZEPPELIN-77"), "{}", letter.text);
    let orders = target.odoo.orders_by(&anna.email);
    assert_eq!(orders.len(), 1);
    assert_eq!(orders[0].lines, [(product, 4.0)]);

    let bert = shop.customer("Bert Muster");
    let all = bert.mail("Order", &order(None, &[block("ZEPPELIN-78", "2", in_days(9))]));
    shop.deliver(&all);
    let letter = shop.wait_letter(&bert.email, "not-made");
    shop.wait_filed(&all, ".Done");
    assert!(letter.text.contains("ZEPPELIN-78"), "{}", letter.text);
    assert_eq!(shop.kinds_to(&bert.email), ["not-made"]);
    assert!(target.odoo.orders_by(&bert.email).is_empty());
}

pub(super) fn an_inactive_product_is_not_made(target: &Target) {
    let mut shop = Shop::new(target, "inactive");
    let [bolt, trumpet, lantern] = ["bolt", "trumpet", "lantern"].map(|n| shop.product(n, 50.0));
    let archive = |product| {
        let values = serde_json::json!({"active": false});
        target.odoo.write("product.product", &[product], values);
    };
    archive(trumpet);
    shop.start();
    let anna = shop.customer("Anna Muster");
    let first = anna.mail("Order", &order(None, &[block(bolt, "1", in_days(9))]));
    shop.deliver(&first);
    shop.wait_filed(&first, ".Done");
    // One is archived since before the catalogue was read, one since after.
    archive(lantern);
    let codes = ["trumpet", "lantern"].map(|name| shop.code(name));
    let blocks = [
        block(bolt, "4", in_days(9)),
        block(&codes[0], "1", in_days(9)),
        block(&codes[1], "1", in_days(9)),
    ];
    let second = anna.mail("Order", &order(None, &blocks));
    shop.deliver(&second);
    shop.wait_filed(&second, ".Done");
    let letter = shop.wait_answer(&second, "confirmation");
    for code in codes {
        assert!(letter.text.contains(&code), "{code} in {}", letter.text);
    }
    assert!(target.odoo.orders_of(trumpet).is_empty());
    assert!(target.odoo.orders_of(lantern).is_empty());
    assert_eq!(target.odoo.orders_of(bolt).len(), 2);
}

pub(super) fn without_confirmation_orders_stay_quotations(target: &Target) {
    let mut shop = Shop::new(target, "quotation");
    let product = shop.product("bar", 50.0);
    shop.extra.push(("odoo", "confirm = false".into()));
    shop.start();
    let anna = shop.customer("Anna Muster");
    shop.deliver(&anna.mail("Order", &order(None, &[block(product, "4", in_days(9))])));
    let letter = shop.wait_letter(&anna.email, "confirmation");
    let orders = target.odoo.orders_of(product);
    assert_eq!(orders.len(), 1);
    assert_eq!(orders[0].state, "draft");
    assert!(orders[0].reserved.is_empty());
    assert!(letter.text.contains(&orders[0].number), "{}", letter.text);
}

pub(super) fn the_last_pieces_go_to_one_customer(target: &Target) {
    let mut shop = Shop::new(target, "last_pieces");
    let product = shop.product("gem", 5.0);
    shop.start();
    let customers = ["Anna Muster", "Bert Muster", "Carla Muster"].map(|name| shop.customer(name));
    for customer in &customers {
        shop.deliver(&customer.mail("Order", &order(None, &[block(product, "4", in_days(9))])));
    }
    let kinds = || customers.each_ref().map(|customer| shop.kinds_to(&customer.email).join(" "));
    let kinds = until("three letters", LONG, || {
        let kinds = kinds();
        kinds.iter().all(|kind| !kind.is_empty()).then_some(kinds)
    });
    let count = |wanted: &str| kinds.iter().filter(|kind| *kind == wanted).count();
    assert_eq!((count("confirmation"), count("offer")), (1, 2), "{kinds:?}");
    let orders = target.odoo.orders_of(product);
    assert_eq!(orders.len(), 1, "{orders:?}");
    assert_eq!(orders[0].reserved, [(product, 4.0)]);
}

pub(super) fn many_mails_at_once_are_each_ordered_once(target: &Target) {
    const MAILS: usize = 30;
    let mut shop = Shop::new(target, "many");
    let product = shop.product("nail", 1000.0);
    let customers: Vec<_> = (0..MAILS).map(|n| shop.customer(&format!("Buyer {n}"))).collect();
    for (n, customer) in customers.iter().enumerate() {
        let quantity = (n + 1).to_string();
        shop.deliver(
            &customer.mail("Order", &order(None, &[block(product, &quantity, in_days(9))])),
        );
    }
    shop.start();
    until("a letter for each", LONG * 2, || {
        let letters = shop.letters();
        (letters.iter().filter(|l| l.kind() == "confirmation").count() >= MAILS).then_some(())
    });
    for (n, customer) in customers.iter().enumerate() {
        let orders = target.odoo.orders_by(&customer.email);
        assert_eq!(orders.len(), 1, "{}: {orders:?}", customer.email);
        let wanted = f64::from(u32::try_from(n + 1).expect("few"));
        assert_eq!(orders[0].lines, [(product, wanted)], "{}", customer.email);
        assert_eq!(shop.kinds_to(&customer.email), ["confirmation"]);
    }
    until("all are filed", LONG, || (shop.maildir.list(".Done").len() == MAILS).then_some(()));
}

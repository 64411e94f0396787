//! Servers that are away, doors that are locked, folders that disappear, files that are no mails.

use std::fs;

use crate::support::customer::{block, in_days, order};
use crate::support::shop::{Shop, Target};
use crate::support::wait::{LONG, until};

pub(super) fn odoo_is_away_at_the_start(target: &Target) {
    let mut shop = Shop::new(target, "odoo_away");
    let product = shop.product("tap", 50.0);
    shop.odoo_line.shut();
    shop.start();
    let anna = shop.customer("Anna Muster");
    let mail = anna.mail("Order", &order(None, &[block(product, "4", in_days(9))]));
    shop.deliver(&mail);
    shop.wait_filed(&mail, "cur"); // Taken in, and waiting.
    let check = shop.cli(&["check"]);
    assert_eq!(check.status.code(), Some(1), "check sees that Odoo is away");
    assert!(shop.letters().is_empty());
    shop.odoo_line.open();
    shop.wait_letter(&anna.email, "confirmation");
    shop.wait_filed(&mail, ".Done");
    assert_eq!(target.odoo.orders_of(product).len(), 1);
}

pub(super) fn odoo_goes_away_in_the_middle(target: &Target) {
    let mut shop = Shop::new(target, "odoo_leaves");
    let product = shop.product("lid", 50.0);
    shop.start();
    let anna = shop.customer("Anna Muster");
    let mail = anna.mail("Order", &order(None, &[block(product, "4", in_days(9))]));
    // Odoo does what it was asked, and the answer is lost with the line.
    shop.odoo_line.hold(&["sale.order", "load", "order_line/product_id"]);
    shop.deliver(&mail);
    shop.odoo_line.wait_for_hold(LONG);
    shop.odoo_line.shut();
    shop.odoo_line.open();
    shop.wait_letter(&anna.email, "confirmation");
    shop.wait_filed(&mail, ".Done");
    assert_eq!(target.odoo.orders_of(product).len(), 1);
    assert_eq!(shop.kinds_to(&anna.email), ["confirmation"]);
}

pub(super) fn the_mail_server_is_away(target: &Target) {
    let mut shop = Shop::new(target, "smtp_away");
    let product = shop.product("jar", 50.0);
    shop.smtp_line.shut();
    shop.start();
    let anna = shop.customer("Anna Muster");
    let mail = anna.mail("Order", &order(None, &[block(product, "4", in_days(9))]));
    shop.deliver(&mail);
    until("the order", LONG, || (target.odoo.orders_of(product).len() == 1).then_some(()));
    let check = shop.cli(&["check"]);
    assert_eq!(check.status.code(), Some(1), "check sees that the mail server is away");
    assert!(shop.letters().is_empty());
    shop.smtp_line.open();
    shop.wait_letter(&anna.email, "confirmation");
    shop.wait_filed(&mail, ".Done");
    assert_eq!(shop.kinds_to(&anna.email), ["confirmation"]);
    assert_eq!(target.odoo.orders_of(product).len(), 1);
}

pub(super) fn a_wrong_password_is_named_and_mails_wait(target: &Target) {
    let mut shop = Shop::new(target, "wrong_password");
    let product = shop.product("saw", 50.0);
    let right = shop.log_in.clone();
    shop.log_in.password = "not-the-password".into();
    shop.log_in.api_key = right.api_key.as_ref().map(|_| "not-the-key".into());
    let check = shop.cli(&["check"]);
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&check.stdout),
        String::from_utf8_lossy(&check.stderr)
    );
    assert_eq!(check.status.code(), Some(1), "{said}");
    let named = ["password", "API key", "log-in"].iter().any(|word| said.contains(word));
    assert!(named, "it does not name the credential: {said}");
    assert!(!said.contains("not-the-"), "a secret is printed: {said}");

    shop.start();
    let anna = shop.customer("Anna Muster");
    let mail = anna.mail("Order", &order(None, &[block(product, "4", in_days(9))]));
    shop.deliver(&mail);
    shop.wait_filed(&mail, "cur");
    until("the log names it", LONG, || {
        let log = shop.log();
        ["password", "API key", "log-in"].iter().any(|word| log.contains(word)).then_some(())
    });
    assert!(!shop.log().contains("not-the-"), "a secret is logged");
    assert!(shop.runs(), "it goes on running");
    shop.stop();
    shop.log_in = right;
    shop.start();
    shop.wait_letter(&anna.email, "confirmation");
    shop.wait_filed(&mail, ".Done");
    assert_eq!(target.odoo.orders_of(product).len(), 1);
}

pub(super) fn a_missing_right_is_named(target: &Target) {
    let mut shop = Shop::new(target, "missing_right");
    shop.log_in = target.odoo.low.clone();
    let check = shop.cli(&["check"]);
    let said = String::from_utf8_lossy(&check.stdout).into_owned();
    assert_eq!(check.status.code(), Some(1), "{said}");
    assert!(said.contains("sale.order") || said.contains("Sales"), "{said}");
}

pub(super) fn a_maildir_that_disappears_is_awaited(target: &Target) {
    let mut shop = Shop::new(target, "maildir_gone");
    let product = shop.product("ink", 50.0);
    shop.extra.push(("maildir", "rescan_seconds = 1".into()));
    shop.start();
    let away = shop.folder().join("away");
    fs::rename(shop.maildir.path(), &away).expect("moved away");
    until("the log names the maildir", LONG, || shop.log().contains("Maildir").then_some(()));
    assert!(shop.runs());
    fs::rename(&away, shop.maildir.path()).expect("moved back");
    let anna = shop.customer("Anna Muster");
    let mail = anna.mail("Order", &order(None, &[block(product, "4", in_days(9))]));
    shop.deliver(&mail);
    shop.wait_letter(&anna.email, "confirmation");
    shop.wait_filed(&mail, ".Done");
    assert!(shop.runs());
}

pub(super) fn garbage_is_set_aside_and_the_rest_goes_on(target: &Target) {
    let mut shop = Shop::new(target, "garbage");
    let product = shop.product("oil", 50.0);
    let garbage: Vec<u8> =
        (0..4000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let new = shop.maildir.path().join("new");
    shop.maildir.deliver("1.garbage", &garbage);
    shop.maildir.deliver("2.empty", b"");
    std::os::unix::fs::symlink("/etc/passwd", new.join("3.symlink")).expect("a symlink");
    fs::create_dir(new.join("4.folder")).expect("a folder");
    let fifo = std::process::Command::new("mkfifo").arg(new.join("5.fifo")).status();
    assert!(fifo.is_ok_and(|status| status.success()), "a FIFO");
    shop.start();
    let anna = shop.customer("Anna Muster");
    let mail = anna.mail("Order", &order(None, &[block(product, "4", in_days(9))]));
    shop.deliver(&mail);
    shop.wait_letter(&anna.email, "confirmation");
    shop.wait_filed(&mail, ".Done");
    until("the garbage is in .Failed", LONG, || {
        let failed = shop.maildir.list(".Failed");
        failed.iter().any(|path| fs::read(path).is_ok_and(|bytes| bytes == garbage)).then_some(())
    });
    assert!(new.join("3.symlink").is_symlink(), "what is no plain file stays");
    assert_eq!(shop.letters().len(), 1, "nobody is answered for garbage");
    let cases = shop.cli_json(&["case", "list", "--todo", "--json"]);
    let reasons = cases.to_string();
    assert!(reasons.contains("no mail header"), "the case says what is wrong: {reasons}");
}

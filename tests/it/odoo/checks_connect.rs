//! Connecting: protocol, log-in, and what stands in the way.

use postorder::flow::{Availability, ErrorClass};
use postorder::odoo::{Credential, Odoo, Protocol, Settings};

use super::target::{Target, dec, look_up};

pub(super) async fn chooses_its_protocol(target: &Target) {
    let odoo = target.odoo().await;
    assert!(odoo.version().starts_with(&target.major.to_string()), "{}", odoo.version());
    let expected =
        if target.with_key && target.major >= 19 { Protocol::Json2 } else { Protocol::JsonRpc };
    assert_eq!(odoo.protocol(), expected);
    if target.with_key {
        // An API key stands in for the password, too.
        let mut settings = target.settings();
        settings.protocol = Protocol::JsonRpc;
        let odoo = Odoo::connect(settings).await.expect("it connects");
        assert_eq!(odoo.protocol(), Protocol::JsonRpc);
    } else {
        let mut settings = target.settings();
        settings.protocol = Protocol::Json2;
        let error = Odoo::connect(settings).await.expect_err("no JSON-2 with a password");
        assert_eq!(error.class, ErrorClass::Credentials);
    }
}

pub(super) async fn wrong_secrets_are_named(target: &Target) {
    let mut settings = target.settings();
    settings.credential = match settings.credential {
        Credential::Password(_) => Credential::Password("not-my-password".into()),
        Credential::ApiKey(_) => Credential::ApiKey("not-my-password".into()),
    };
    let error = Odoo::connect(settings).await.expect_err("a wrong secret");
    assert_eq!(error.class, ErrorClass::Credentials, "{error}");
    assert!(error.message.contains(&format!("'{}'", target.user.name)), "{error}");
    assert!(!error.message.contains("not-my-password"), "{error}");
    assert!(!format!("{error:?}").contains("not-my-password"));
}

pub(super) async fn an_unknown_database_is_named(target: &Target) {
    let mut settings = target.settings();
    settings.database = "no_such_database".into();
    let error = Odoo::connect(settings).await.expect_err("an unknown database");
    assert_eq!(error.class, ErrorClass::Credentials, "{error}");
    assert!(error.message.contains("'no_such_database'"), "{error}");
}

pub(super) async fn a_missing_right_is_named(target: &Target) {
    let settings = target.settings_of(&target.low);
    let error = Odoo::connect(settings).await.expect_err("an employee who may not sell");
    assert_eq!(error.class, ErrorClass::Credentials, "{error}");
    assert!(error.message.contains("'low'"), "{error}");
    assert!(error.message.contains("sale.order"), "{error}");
    assert!(error.message.contains("group_sale_salesman"), "{error}");
}

pub(super) async fn check_tells_each_thing(target: &Target) {
    let items = Odoo::check(&target.settings()).await;
    for item in &items {
        assert!(item.ok, "{}: {}", item.name, item.message);
    }
    assert!(items.len() > 15, "{items:?}");
    let items = Odoo::check(&target.settings_of(&target.low)).await;
    let bad: Vec<_> = items.iter().filter(|item| !item.ok).collect();
    assert!(items.len() > 15 && bad.len() < items.len(), "{items:#?}");
    assert!(
        bad.iter().any(|item| item.name.contains("sale.order create")
            && item.message.contains("group_sale_salesman")),
        "{bad:#?}"
    );
    let mut settings = target.settings();
    settings.database = "no_such_database".into();
    let items = Odoo::check(&settings).await;
    assert!(items.iter().any(|item| !item.ok && item.message.contains("no_such_database")));
}

pub(super) async fn companies_and_warehouses_are_chosen_by_name(target: &Target) {
    use serde_json::json;
    let with = |company: Option<&str>, warehouse: Option<&str>| Settings {
        company: company.map(str::to_owned),
        warehouse: warehouse.map(str::to_owned),
        ..target.settings()
    };
    let error = Odoo::connect(with(Some("Nobody Ltd"), None)).await.expect_err("no such company");
    assert_eq!(error.class, ErrorClass::Credentials);
    assert!(
        error.message.contains("Nobody Ltd") && error.message.contains("My Company"),
        "{error}"
    );
    let error = Odoo::connect(with(None, Some("Nowhere"))).await.expect_err("no such warehouse");
    assert!(error.message.contains("Nowhere"), "{error}");

    target.make("stock.warehouse", json!({"name": "Empty Hall", "code": "EMPTY"})).await;
    let empty = Odoo::connect(with(Some("My Company"), Some("EMPTY"))).await.expect("it connects");
    let full = Odoo::connect(with(None, Some("My Company"))).await.expect("it connects");
    let jobs = [look_up(&[(110, "1")])];
    let stock = |answer: &postorder::flow::LookedUp| answer.stock[&110].availability;
    let answers = empty.look_up(&jobs).await;
    let answer = answers[0].as_ref().expect("an answer");
    assert_eq!(stock(answer), Availability::Stock(dec("0")));
    let answers = full.look_up(&jobs).await;
    let answer = answers[0].as_ref().expect("an answer");
    assert!(matches!(stock(answer), Availability::Stock(there) if there > dec("0")));
    let (_, order) =
        super::target::place_one(&empty, &super::target::job(&[(110, "1")], false)).await;
    let rows = target.read("sale.order", json!([["id", "=", order.id]]), &["warehouse_id"]).await;
    assert_eq!(rows[0]["warehouse_id"][1], "Empty Hall");
}

//! The Odoo stand-in, asked over the wire as any client would ask it.

#![expect(clippy::float_cmp, reason = "quantities that binary fractions hold exactly")]

use std::net::SocketAddr;
use std::time::Duration;

use postorder::sandbox::odoo::{Injection, OdooOptions, OdooStandIn, Seed, Version, WireFault};
use serde_json::{Value, json};

use crate::wire::{Answer, http, rpc, try_http};

const KEY: &str = "sandbox-api-key-of-postorder";
const CONTEXT: &str = r#"{"noupdate": true, "mode": "update", "tz": "UTC"}"#;
const FIELDS: [&str; 6] = [
    "id",
    "partner_id/.id",
    "client_order_ref",
    "commitment_date",
    "order_line/product_id/.id",
    "order_line/product_uom_qty",
];

async fn start(version: Version) -> OdooStandIn {
    let options = OdooOptions { version, ..OdooOptions::default() };
    OdooStandIn::start(&Seed::fixtures(), options).await.expect("a free port")
}

/// A call as the user of the log-in, over JSON-RPC.
async fn call(odoo: &OdooStandIn, model: &str, method: &str, args: Value, named: Value) -> Value {
    let user = odoo.user();
    let all = json!([odoo.database(), user.uid, user.password, model, method, args, named]);
    rpc(odoo.address(), "object", "execute_kw", all).await.json()
}

async fn ok(odoo: &OdooStandIn, model: &str, method: &str, args: Value, named: Value) -> Value {
    let answer = call(odoo, model, method, args, named).await;
    answer.get("result").unwrap_or_else(|| panic!("{model}.{method}: {answer}")).clone()
}

async fn fails(odoo: &OdooStandIn, model: &str, method: &str, args: Value) -> (String, String) {
    let answer = call(odoo, model, method, args, json!({})).await;
    let data = &answer["error"]["data"];
    assert!(data.is_object(), "{model}.{method} went well: {answer}");
    (data["name"].as_str().unwrap().to_owned(), data["message"].as_str().unwrap().to_owned())
}

fn context() -> Value {
    json!({"context": serde_json::from_str::<Value>(CONTEXT).unwrap()})
}

async fn load_orders(odoo: &OdooStandIn, rows: Value) -> Value {
    ok(odoo, "sale.order", "load", json!([FIELDS, rows]), context()).await
}

async fn json2(address: SocketAddr, path: &str, key: Option<&str>, body: &Value) -> Answer {
    let bearer = format!("bearer {}", key.unwrap_or_default());
    let mut headers = vec![("Content-Type", "application/json"), ("X-Odoo-Database", "sandbox")];
    if key.is_some() {
        headers.push(("Authorization", &bearer));
    }
    http(address, "POST", path, &headers, body.to_string().as_bytes()).await
}

#[tokio::test]
async fn versions_tell_themselves_apart() {
    for (version, web, major) in [(Version::V14, 404, 14), (Version::V19, 200, 19)] {
        let odoo = start(version).await;
        for path in ["/web/version", "/json/version"] {
            assert_eq!(http(odoo.address(), "GET", path, &[], b"").await.status, web, "{path}");
        }
        let body = b"{\"params\": {}}";
        let headers = [("Content-Type", "application/json")];
        let path = "/web/webclient/version_info";
        let old_way = http(odoo.address(), "POST", path, &headers, body).await.json();
        assert_eq!(old_way["result"]["server_version_info"][0], major);
        let asked = rpc(odoo.address(), "common", "version", json!([])).await.json();
        assert_eq!(asked["result"]["server_serie"], version.text());
        let missing = http(odoo.address(), "GET", "/nowhere", &[], b"").await;
        assert_eq!((missing.status, missing.content_type().starts_with("text/html")), (404, true));
    }
}

#[tokio::test]
async fn log_ins_fail_as_odoos_do() {
    for version in [Version::V14, Version::V19] {
        let odoo = start(version).await;
        let log_in = async |database: &str, login: &str, password: &str| {
            let args = json!([database, login, password, {}]);
            rpc(odoo.address(), "common", "authenticate", args).await.json()
        };
        let user = odoo.user();
        assert_eq!(log_in("sandbox", user.login, user.password).await["result"], user.uid);
        assert_eq!(log_in("sandbox", user.login, user.api_key).await["result"], user.uid);
        assert_eq!(log_in("sandbox", user.login, "wrong").await["result"], false);
        let unknown = log_in("elsewhere", user.login, user.password).await;
        assert_eq!(unknown["error"]["data"]["name"], "psycopg2.OperationalError");
        let args = json!(["sandbox", user.uid, "wrong", "res.partner", "search", [[]]]);
        let denied = rpc(odoo.address(), "object", "execute_kw", args).await;
        assert_eq!(denied.status, 200, "JSON-RPC says it in the body");
        assert_eq!(denied.json()["error"]["data"]["name"], "odoo.exceptions.AccessDenied");
    }
}

#[tokio::test]
async fn the_same_external_id_is_one_order_whatever_comes_after() {
    for version in [Version::V14, Version::V19] {
        let odoo = start(version).await;
        let partner = odoo.add_partner("Anna", "anna@nordwind-bau.example", "de_DE", None);
        let partner = partner.to_string();
        let rows = json!([
            ["po.one", partner, "R1", "2027-03-10 10:00:00", "101", "3"],
            ["", "", "", "", "107", "2.5"],
            ["po.two", partner, "R2", "2027-03-10 10:00:00", "101", "1"],
        ]);
        let first = load_orders(&odoo, rows.clone()).await;
        let ids = first["ids"].as_array().expect("ids").clone();
        assert_eq!((ids.len(), &first["messages"]), (2, &json!([])));

        odoo.edit_order(ids[0].as_i64().unwrap(), "client_order_ref", "by hand");
        ok(&odoo, "sale.order", "action_confirm", json!([[ids[0]]]), json!({})).await;
        let changed = json!([["po.one", partner, "other", "", "102", "9"]]);
        assert_eq!(load_orders(&odoo, changed).await["ids"], json!([ids[0]]));
        let order = odoo.orders().remove(0);
        assert_eq!(order.client_order_ref.as_deref(), Some("by hand"));
        assert_eq!((order.lines.len(), order.state.as_str()), (2, "sale"));
        assert_eq!(order.external_id.as_deref(), Some("po.one"));
        assert_eq!((order.untaxed, order.total), (11.73, 12.68), "lines are rounded one by one");

        // A person deletes it: its id is free, and the same load makes it again.
        odoo.delete_order(order.id);
        let again = load_orders(&odoo, rows).await;
        assert_ne!(again["ids"][0], ids[0]);
        assert_eq!(again["ids"][1], ids[1]);
        assert_eq!(odoo.order_count(), 2);
    }
}

#[tokio::test]
async fn a_load_with_one_bad_value_stores_nothing() {
    for version in [Version::V14, Version::V19] {
        let odoo = start(version).await;
        let partner = odoo.add_partner("Anna", "anna@a.example", "en_US", None).to_string();
        for (bad, field, says) in [
            (json!([partner, "", "", "9999", "1"]), "order_line", "database id '9999'"),
            (json!([partner, "", "", "x", "1"]), "order_line", "Invalid database id 'x'"),
            (json!([partner, "", "", "101", "two"]), "order_line", "seem to be a number"),
            (json!([partner, "", "soon", "101", "1"]), "commitment_date", "valid datetime"),
            (json!(["424242", "", "", "101", "1"]), "partner_id", "'424242' in field 'Customer'"),
            (json!(["", "", "", "101", "1"]), "partner_id", "Missing required value"),
        ] {
            let mut row = bad.as_array().unwrap().clone();
            row.insert(0, json!("po.bad"));
            let good = json!(["po.good", partner, "", "", "101", "1"]);
            let answer = load_orders(&odoo, json!([good, row])).await;
            assert_eq!(answer["ids"], false, "{answer}");
            let message = &answer["messages"][0];
            assert_eq!((&message["field"], &message["record"]), (&json!(field), &json!(1)));
            assert!(message["message"].as_str().unwrap().contains(says), "{message}");
        }
        assert_eq!(odoo.order_count(), 0, "the good one of the same call is not stored either");
    }
}

#[tokio::test]
async fn times_without_a_zone_are_the_users() {
    let odoo = start(Version::V19).await;
    let partner = odoo.add_partner("Anna", "anna@a.example", "en_US", None).to_string();
    let rows = json!([["po.tz", partner, "", "2027-03-10 10:00:00", "101", "1"]]);
    let named = json!({"context": {"noupdate": true, "mode": "update"}});
    ok(&odoo, "sale.order", "load", json!([FIELDS, rows]), named).await;
    let order = odoo.orders().remove(0);
    assert_eq!(order.commitment_date.as_deref(), Some("2027-03-10 09:00:00"), "Europe/Zurich");
}

#[tokio::test]
async fn overlapping_loads_of_one_id_make_one_order_and_some_lose() {
    let options = OdooOptions { latency: Duration::from_millis(30), ..OdooOptions::default() };
    let odoo = OdooStandIn::start(&Seed::fixtures(), options).await.unwrap();
    let partner = odoo.add_partner("Anna", "anna@a.example", "en_US", None).to_string();
    let load = || load_orders(&odoo, json!([["po.race", partner, "", "", "101", "1"]]));
    let answers = tokio::join!(load(), load(), load(), load());
    let answers = [answers.0, answers.1, answers.2, answers.3];
    let won = answers.iter().filter(|answer| answer["ids"] == json!([1])).count();
    let lost = answers.iter().filter(|answer| answer["ids"] == false);
    let lost: Vec<&str> =
        lost.map(|answer| answer["messages"][0]["message"].as_str().unwrap()).collect();
    assert_eq!((won, lost.len()), (2, 2), "{answers:?}");
    assert!(lost.iter().all(|text| text.contains("could not serialize access")), "{lost:?}");
    assert_eq!(odoo.order_count(), 1);
}

#[tokio::test]
async fn confirming_reserves_and_a_quotation_does_not() {
    for (version, held) in [(Version::V14, "reserved_availability"), (Version::V19, "quantity")] {
        let odoo = start(version).await;
        let partner = odoo.add_partner("Anna", "anna@a.example", "fr_FR", None).to_string();
        let rows = json!([
            ["po.a", partner, "", "", "106", "3"],
            ["", "", "", "", "112", "5"],
            ["", "", "", "", "104", "2"],
        ]);
        let id = load_orders(&odoo, rows).await["ids"][0].clone();
        assert_eq!(odoo.free(106), 5.0, "a draft reserves nothing");
        ok(&odoo, "sale.order", "action_confirm", json!([[id]]), json!({})).await;
        assert_eq!([106, 112, 104].map(|product| odoo.free(product)), [2.0, 0.0, 0.0]);

        let domain = json!([["sale_line_id.order_id", "=", id]]);
        let fields = json!(["product_id", "state", "product_uom_qty", held]);
        let moves =
            ok(&odoo, "stock.move", "search_read", json!([domain, fields]), json!({})).await;
        let seen: Vec<(i64, &str, f64)> = moves
            .as_array()
            .unwrap()
            .iter()
            .map(|shift| {
                let product = shift["product_id"][0].as_i64().unwrap();
                (product, shift["state"].as_str().unwrap(), shift[held].as_f64().unwrap())
            })
            .collect();
        let expected =
            [(106, "assigned", 3.0), (112, "partially_available", 3.0), (104, "confirmed", 0.0)];
        assert_eq!(seen, expected);

        let again = call(&odoo, "sale.order", "action_confirm", json!([[id]]), json!({})).await;
        match version {
            Version::V14 => assert_eq!(again["result"], true),
            Version::V19 => {
                let says = again["error"]["data"]["message"].as_str().unwrap();
                assert!(says.contains("not in a state requiring confirmation"), "{again}");
            }
        }
        assert_eq!(odoo.orders()[0].moves.len(), 3, "nothing is sent twice");
        odoo.cancel_order(id.as_i64().unwrap());
        assert_eq!([106, 112, 104].map(|product| odoo.free(product)), [5.0, 3.0, 0.0]);
    }
}

#[tokio::test]
async fn names_are_those_of_the_version_and_the_language() {
    for (version, there, not_there) in [
        (Version::V14, ["tax_id", "product_uom"], ["tax_ids", "product_uom_id"]),
        (Version::V19, ["tax_ids", "product_uom_id"], ["tax_id", "product_uom"]),
    ] {
        let odoo = start(version).await;
        for name in there {
            ok(&odoo, "sale.order.line", "search_read", json!([[], [name]]), json!({})).await;
        }
        for name in not_there {
            let (class, _) =
                fails(&odoo, "sale.order.line", "search_read", json!([[], [name]])).await;
            assert_eq!(class, "builtins.ValueError", "{name}");
        }
        let german = json!({"context": {"lang": "de_DE"}});
        let args = json!([[101, 130], ["name", "display_name", "active"]]);
        let read = ok(&odoo, "product.product", "read", args, german).await;
        assert_eq!(read[0]["name"], "Klemmring 10 mm");
        assert_eq!(read[0]["display_name"], "[AB-10] Klemmring 10 mm");
        assert_eq!(read[1]["active"], false, "an archived product is read where it is named");
        let all = ok(&odoo, "product.product", "search_count", json!([[]]), json!({})).await;
        assert_eq!(all, 29, "and not found where it is not");
    }
}

#[tokio::test]
async fn domains_find_what_odoos_find() {
    let odoo = start(Version::V19).await;
    for (domain, found) in [
        (json!([["default_code", "=ilike", "ab-1%"]]), json!([101, 103, 102, 104])),
        (json!([["name", "ilike", "clamp RING"]]), json!([101, 103, 102, 104])),
        (json!([["product_tmpl_id.default_code", "=", "AB-10"]]), json!([101])),
        (json!([["free_qty", ">", 5000]]), json!([107, 122, 123])),
        (json!([["uom_id", "=", "kg"]]), json!([118, 116, 117])),
        (
            json!(["|", ["id", "=", 101], "&", ["id", ">", 128], ["id", "<", 131]]),
            json!([101, 129]),
        ),
        (json!(["!", ["id", "<", 129]]), json!([129])),
        (json!([["id", "in", [130, 101]], ["active", "in", [true, false]]]), json!([101, 130])),
        (json!([["barcode", "not in", ["2099000001016"]], ["id", "<", 104]]), json!([103, 102])),
        (
            json!([["seller_ids.partner_id.email", "=like", "orders@%"], ["id", "<", 114]]),
            json!([113]),
        ),
    ] {
        let args = json!([domain]);
        assert_eq!(
            ok(&odoo, "product.product", "search", args, json!({})).await,
            found,
            "{domain}"
        );
    }
    let named = json!({"limit": 2, "offset": 1, "order": "list_price desc, id"});
    let dear = ok(&odoo, "product.product", "search", json!([[]]), named).await;
    assert_eq!(dear, json!([106, 128]));
    for (domain, says) in [
        (json!([["nosuch", "=", 1]]), "Invalid field product.product.nosuch"),
        (json!([["name", "~~", "x"]]), "Invalid operator"),
        (json!([["name"]]), "invalid item"),
        (json!(["&", ["name", "=", "x"]]), "missing operand"),
    ] {
        let (_, message) = fails(&odoo, "product.product", "search", json!([domain])).await;
        assert!(message.contains(says), "{message}");
    }
}

#[tokio::test]
async fn who_may_not_is_told_which_right_is_missing() {
    for version in [Version::V14, Version::V19] {
        let odoo = start(version).await;
        let low = odoo.low_user();
        let args = json!(["sandbox", low.uid, low.password, "sale.order", "search", [[]], {}]);
        let answer = rpc(odoo.address(), "object", "execute_kw", args).await.json();
        let data = &answer["error"]["data"];
        assert_eq!(data["name"], "odoo.exceptions.AccessError");
        let says = data["message"].as_str().unwrap();
        assert!(says.starts_with("You are not allowed to access 'Sales Order' (sale.order)"));
        assert!(says.contains("Sales/User"), "{says}");
        let (class, _) = fails(&odoo, "sale.order", "_write", json!([[1]])).await;
        assert_eq!(class, "odoo.exceptions.AccessError", "private methods are nobody's");
    }
}

#[tokio::test]
async fn json2_answers_with_real_statuses() {
    let odoo = start(Version::V19).await;
    let at = odoo.address();
    let path = "/json/2/res.partner/search_read";
    let body = json!({"domain": [["id", "=", 1]], "fields": ["name"]});
    let found = json2(at, path, Some(KEY), &body).await.json();
    assert_eq!(found, json!([{"id": 1, "name": "My Company"}]));
    for (path, key, body, status, class) in [
        (path, None, json!({}), 401, "werkzeug.exceptions.Unauthorized"),
        (path, Some("wrong"), json!({}), 401, "werkzeug.exceptions.Unauthorized"),
        ("/json/2/no.model/read", Some(KEY), json!({}), 404, "werkzeug.exceptions.NotFound"),
        ("/json/2/res.partner/nosuch", Some(KEY), json!({}), 404, "werkzeug.exceptions.NotFound"),
        ("/json/2/res.partner", Some(KEY), json!({}), 404, "werkzeug.exceptions.NotFound"),
        ("/json/2/res.partner/_read", Some(KEY), json!({}), 403, "odoo.exceptions.AccessError"),
        (
            "/json/2/res.partner/search",
            Some(KEY),
            json!({"domain": [], "nosuch": 1}),
            422,
            "werkzeug.exceptions.UnprocessableEntity",
        ),
        (
            "/json/2/sale.order/load",
            Some(KEY),
            json!({"ids": [1], "fields": [], "data": []}),
            422,
            "werkzeug.exceptions.UnprocessableEntity",
        ),
        (
            "/json/2/res.partner/write",
            Some(KEY),
            json!({"ids": [99999], "vals": {"name": "x"}}),
            404,
            "odoo.exceptions.MissingError",
        ),
        (
            "/json/2/sale.order/search",
            Some("sandbox-api-key-of-low"),
            json!({"domain": []}),
            403,
            "odoo.exceptions.AccessError",
        ),
        (
            "/json/2/res.partner/create",
            Some(KEY),
            json!({"vals_list": [{}]}),
            422,
            "odoo.exceptions.ValidationError",
        ),
    ] {
        let answer = json2(at, path, key, &body).await;
        let error = answer.json();
        assert_eq!((answer.status, &error["name"]), (status, &json!(class)), "{path} {body}");
        assert!(error["debug"].is_string() && error["arguments"].is_array());
    }
    // Before Odoo knows what it is asked, it answers with a page.
    let headers = [("Content-Type", "application/json"), ("X-Odoo-Database", "elsewhere")];
    let page = http(at, "POST", path, &headers, b"{}").await;
    assert_eq!((page.status, page.content_type().starts_with("text/html")), (404, true));
    // A single record made is a list of one here.
    let body = json!({"vals_list": {"name": "New"}});
    let made = json2(at, "/json/2/res.partner/create", Some(KEY), &body).await.json();
    assert_eq!(made.as_array().map(Vec::len), Some(1));
    let none = start(Version::V14).await;
    assert_eq!(json2(none.address(), path, Some(KEY), &json!({})).await.status, 404);
}

#[tokio::test]
async fn a_mail_stands_in_the_orders_chatter() {
    for version in [Version::V14, Version::V19] {
        let odoo = start(version).await;
        let partner = odoo.add_partner("Anna", "anna@a.example", "en_US", None).to_string();
        let rows = json!([["po.m", partner, "", "", "101", "1"]]);
        let order = load_orders(&odoo, rows).await["ids"][0].clone();
        let values = json!({
            "name": "order.eml",
            "res_model": "sale.order",
            "res_id": order,
            "datas": "RnJvbTogYUBiDQo=",
            "mimetype": "message/rfc822",
        });
        let file = ok(&odoo, "ir.attachment", "create", json!([values]), json!({})).await;
        let note = json!({
            "body": "<p>a & b</p>",
            "attachment_ids": [file],
            "subtype_xmlid": "mail.mt_note",
        });
        ok(&odoo, "sale.order", "message_post", json!([[order]]), note).await;
        let seen = odoo.attachments().remove(0);
        assert_eq!(seen.content, b"From: a@b\r\n");
        assert_eq!((seen.mimetype.as_str(), seen.res_id), ("message/rfc822", 1));
        let notes = odoo.notes(1);
        let last = notes.last().expect("a note");
        assert_eq!(last.attachment_ids, [seen.id]);
        // What comes over the wire is HTML to 14 and text to 19.
        let body = match version {
            Version::V14 => "<p>a & b</p>",
            Version::V19 => "<p>&lt;p&gt;a &amp; b&lt;/p&gt;</p>",
        };
        assert_eq!(last.body, body);
    }
}

#[tokio::test]
async fn contacts_and_delivery_addresses() {
    for version in [Version::V14, Version::V19] {
        let odoo = start(version).await;
        let company = odoo.add_company("Nordwind Bau", "office@nordwind-bau.example");
        let fields = json!(["id", "name", "email", "parent_id/.id"]);
        let rows = json!([["po.c", "Anna", "ANNA@nordwind-bau.example", company.to_string()]]);
        let loaded = ok(&odoo, "res.partner", "load", json!([fields, rows]), context()).await;
        // 19 looks at the company's credit limit, which a plain sales user may not see.
        assert_eq!(loaded["ids"] == false, version == Version::V19, "{loaded}");
        let values = json!({
            "name": "Anna", "email": "ANNA@nordwind-bau.example", "parent_id": company,
        });
        let anna = ok(&odoo, "res.partner", "create", json!([values]), json!({})).await;
        let values = json!({
            "type": "delivery", "name": "Site", "street": "Hafenweg 4", "parent_id": company,
        });
        let site = ok(&odoo, "res.partner", "create", json!([values]), json!({})).await;
        let domain = json!([["email_normalized", "in", ["anna@nordwind-bau.example"]]]);
        let fields = json!(["display_name", "commercial_partner_id"]);
        let found =
            ok(&odoo, "res.partner", "search_read", json!([domain, fields]), json!({})).await;
        let found = found.as_array().unwrap().iter().find(|found| found["id"] == anna);
        let found = found.expect("found by its normalised address");
        assert_eq!(found["display_name"], "Nordwind Bau, Anna");
        assert_eq!(found["commercial_partner_id"][0], company);
        let row = json!([["po.o", company.to_string(), "", "", "101", "1"]]);
        load_orders(&odoo, row).await;
        assert_eq!(odoo.orders()[0].partner_shipping_id, site.as_i64().unwrap());
    }
}

#[tokio::test]
async fn faults_hit_the_calls_that_they_are_meant_for() {
    let odoo = start(Version::V19).await;
    let at = odoo.address();
    let create = json!({"vals_list": {"name": "New"}}).to_string();
    let headers = [
        ("Content-Type", "application/json"),
        ("X-Odoo-Database", "sandbox"),
        ("Authorization", "bearer sandbox-api-key-of-postorder"),
    ];
    let post = || try_http(at, "POST", "/json/2/res.partner/create", &headers, create.as_bytes());
    let before = odoo.partners().len();
    let made = || odoo.partners().len() - before;

    odoo.inject(Injection::once(WireFault::Status(502)).on("create"));
    let answer = post().await.unwrap();
    assert_eq!((answer.status, answer.content_type().starts_with("text/html")), (502, true));
    odoo.inject(Injection::once(WireFault::ResetBefore));
    assert!(post().await.is_err());
    assert_eq!(made(), 0, "neither was carried out");

    odoo.inject(Injection::once(WireFault::ResetAfter));
    assert!(post().await.is_err());
    odoo.inject(Injection::once(WireFault::Truncate));
    assert!(post().await.is_err());
    odoo.inject(Injection::once(WireFault::StatusAfter(504)));
    assert_eq!(post().await.unwrap().status, 504);
    assert_eq!(made(), 3, "all three were");

    odoo.inject(Injection::once(WireFault::Conflict).on("load"));
    assert_eq!(post().await.unwrap().status, 200, "not meant for it");
    odoo.heal();
    assert_eq!(odoo.calls()["res.partner.create"], 6);
}

#[tokio::test]
async fn a_server_with_several_databases_keeps_its_errors_to_itself() {
    let options =
        OdooOptions { version: Version::V14, several_databases: true, ..OdooOptions::default() };
    let odoo = OdooStandIn::start(&Seed::fixtures(), options).await.unwrap();
    let params = json!({"service": "common", "method": "authenticate",
        "args": ["elsewhere", "postorder", "x", {}]});
    let body = json!({"jsonrpc": "2.0", "params": params}).to_string();
    let ask = async |cookie: &str| {
        let headers = [("Content-Type", "application/json"), ("Cookie", cookie)];
        http(odoo.address(), "POST", "/jsonrpc", &headers, body.as_bytes()).await
    };
    let begin = async |database: &str| {
        let path = format!("/web/login?db={database}");
        let page = http(odoo.address(), "GET", &path, &[], b"").await;
        assert_eq!(page.status, 302);
        page.header("set-cookie").and_then(|cookie| cookie.split(';').next().map(str::to_owned))
    };
    let bare = ask("").await;
    assert_eq!((bare.status, bare.content_type().starts_with("text/html")), (500, true));
    let stranger = begin("elsewhere").await.expect("a session");
    assert_eq!(ask(&stranger).await.status, 500);
    let session = begin("sandbox").await.expect("a session");
    let told = ask(&session).await.json();
    assert_eq!(told["error"]["data"]["name"], "psycopg2.OperationalError");
    odoo.forget_sessions();
    assert_eq!(ask(&session).await.status, 500);
}

#[tokio::test]
async fn odd_requests_are_refused_and_do_not_stop_it() {
    let odoo = start(Version::V19).await;
    let at = odoo.address();
    let headers = [("Content-Type", "application/json")];
    for body in [&b"{nope"[..], b"", b"[]", b"\xff\xfe", b"12"] {
        assert_eq!(http(at, "POST", "/jsonrpc", &headers, body).await.status, 400);
    }
    for body in [&b"{}"[..], b"{\"params\": 3}", b"{\"params\": {\"service\": \"object\"}}"] {
        let answer = http(at, "POST", "/jsonrpc", &headers, body).await;
        assert!(answer.json()["error"].is_object(), "{answer:?}");
    }
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(http(at, "POST", "/jsonrpc", &headers, deep.as_bytes()).await.status, 400);
    let count = ok(&odoo, "res.partner", "search_count", json!([[]]), json!({})).await;
    assert!(count.as_i64() > Some(0));
}

//! Orders: exactly once, confirmed, reserved, read back.

use chrono::NaiveDate;
use postorder::flow::{Availability, ErrorClass, Place};
use postorder::odoo::{Odoo, Placement};
use postorder::reading::Lang;
use serde_json::json;

use super::target::{Target, address, customer, dec, draft, job, look_up, mail, place, place_one};

pub(super) async fn an_order_is_placed_and_reserved(target: &Target) {
    let odoo = target.odoo().await;
    let mut job = job(&[(119, "4"), (116, "2.5")], true);
    job.orders[0].reference = Some("PO 4711\r\n".to_owned());
    let (partner, order) = place_one(&odoo, &job).await;
    assert_eq!(order.key, job.orders[0].key);
    assert!(order.confirmed && !order.cancelled);
    assert_eq!(order.reference.as_deref(), Some("PO 4711"));
    assert_eq!(order.currency, "CHF");
    let lines: Vec<_> = order
        .lines
        .iter()
        .map(|line| (line.product_id, line.quantity, line.reserved, line.uom.as_str()))
        .collect();
    assert_eq!(
        lines,
        [(119, dec("4"), Some(dec("4")), "Units"), (116, dec("2.5"), Some(dec("2.5")), "kg")]
    );
    assert_eq!(order.lines[0].default_code, "PS-70");
    let fields = ["name", "state", "origin", "partner_id", "client_order_ref"];
    let rows = target.read("sale.order", json!([["id", "=", order.id]]), &fields).await;
    assert_eq!(rows[0]["name"], order.number.as_str());
    assert_eq!(rows[0]["state"], "sale");
    assert_eq!(rows[0]["origin"], format!("postorder/{}", job.orders[0].mail));
    assert_eq!(rows[0]["partner_id"][0], partner);
    assert_eq!(rows[0]["client_order_ref"], "PO 4711");
}

pub(super) async fn amounts_are_odoos(target: &Target) {
    let odoo = target.odoo().await;
    let (_, order) = place_one(&odoo, &job(&[(102, "3"), (122, "7")], false)).await;
    let fields = ["amount_untaxed", "amount_tax", "amount_total"];
    let rows = target.read("sale.order", json!([["id", "=", order.id]]), &fields).await;
    let amount = |field: &str| dec(&rows[0][field].to_string()).normalize();
    assert_eq!(order.untaxed, amount("amount_untaxed"));
    assert_eq!(order.tax, amount("amount_tax"));
    assert_eq!(order.total, amount("amount_total"));
    assert_eq!(order.untaxed, dec("47.06"));
    assert_eq!(order.untaxed + order.tax, order.total);
    assert_eq!(order.lines[0].unit_price, dec("14.8"));
    assert_eq!(order.lines[0].subtotal, dec("44.4"));
    assert_eq!(order.lines[0].discount, dec("0"));
    assert_eq!(order.lines[0].taxes, [target.tax_name("en_US").await]);
    assert_eq!(order.lines[0].reserved, None);
}

pub(super) async fn a_second_time_changes_nothing(target: &Target) {
    let odoo = target.odoo().await;
    let job = job(&[(119, "2")], true);
    let (partner, first) = place_one(&odoo, &job).await;
    target.write("sale.order", first.id, json!({"client_order_ref": "changed by a person"})).await;
    let before = target.read("sale.order", json!([["id", "=", first.id]]), &["date_order"]).await;
    let (again, second) = place_one(&odoo, &job).await;
    assert_eq!((again, second.id, &second.number), (partner, first.id, &first.number));
    assert_eq!(second.reference.as_deref(), Some("changed by a person"));
    assert_eq!(second.lines, first.lines);
    let after = target.read("sale.order", json!([["id", "=", first.id]]), &["date_order"]).await;
    assert_eq!(before, after, "it was not confirmed again");
    let origin = format!("postorder/{}", job.orders[0].mail);
    let rows = target.read("sale.order", json!([["origin", "=", origin]]), &["id"]).await;
    assert_eq!(rows.len(), 1);
}

pub(super) async fn six_at_once_make_one_order(target: &Target) {
    let mut settings = target.settings();
    settings.workers = 6;
    let odoo = Odoo::connect(settings).await.expect("it connects");
    let job = job(&[(123, "1")], true);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let (odoo, job) = (odoo.clone(), job.clone());
        tasks.spawn(async move { odoo.place(&[job]).await.remove(0) });
    }
    while let Some(outcome) = tasks.join_next().await {
        match outcome.expect("no panic") {
            Ok(Placement::Placed { orders, .. }) => assert_eq!(orders.len(), 1),
            Ok(Placement::Refused(refused)) => panic!("{refused:?}"),
            // The losers of a race may be told to come again.
            Err(error) => assert_eq!(error.class, ErrorClass::Transient, "{error}"),
        }
    }
    let (_, order) = place_one(&odoo, &job).await;
    assert!(order.confirmed);
    assert_eq!(order.lines[0].reserved, Some(dec("1")));
    let origin = format!("postorder/{}", job.orders[0].mail);
    let rows = target.read("sale.order", json!([["origin", "=", origin]]), &["id"]).await;
    assert_eq!(rows.len(), 1);
    let email = &job.customer.from.email;
    let rows = target.read("res.partner", json!([["email", "=", email]]), &["id"]).await;
    assert_eq!(rows.len(), 1);
}

pub(super) async fn one_bad_job_stops_no_other(target: &Target) {
    let odoo = target.odoo().await;
    let mut jobs: Vec<Place> = (0..5).map(|_| job(&[(108, "1")], false)).collect();
    jobs[2] = job(&[(108, "1"), (99_999, "1")], false);
    // Both orders of this one are refused for the second's sake.
    let mut second = draft(&jobs[3].orders[0].mail, &[(99_998, "1")]);
    second.key = format!("{}_2", second.mail);
    jobs[3].orders.push(second);
    let outcomes = odoo.place(&jobs).await;
    for (index, outcome) in outcomes.iter().enumerate() {
        match outcome {
            Ok(Placement::Placed { orders, .. }) => {
                assert!(![2, 3].contains(&index));
                assert_eq!(orders[0].key, jobs[index].orders[0].key);
            }
            Ok(Placement::Refused(refused)) => {
                assert!([2, 3].contains(&index));
                assert!(refused.message.contains("9999"), "{refused:?}");
            }
            Err(error) => panic!("{error}"),
        }
    }
    let origin = format!("postorder/{}", jobs[3].orders[0].mail);
    let rows = target.read("sale.order", json!([["origin", "=", origin]]), &["id"]).await;
    assert_eq!(rows.len(), 0, "all orders of a job, or none");
}

pub(super) async fn what_is_not_there_is_not_reserved(target: &Target) {
    let odoo = target.odoo().await;
    // 5 gate latches are there, and no rings of 12.
    let (_, order) = place_one(&odoo, &job(&[(106, "8"), (104, "1"), (105, "1")], true)).await;
    let reserved: Vec<_> = order.lines.iter().map(|line| line.reserved).collect();
    assert_eq!(reserved, [Some(dec("5")), Some(dec("0")), Some(dec("1"))]);
    let service =
        target.make("product.product", json!({"name": "Cutting", "type": "service"})).await;
    let (_, order) = place_one(&odoo, &job(&[(service, "2")], true)).await;
    assert_eq!(order.lines[0].reserved, Some(dec("2")), "no stock is kept of it");
}

pub(super) async fn drafts_stay_drafts(target: &Target) {
    let odoo = target.odoo().await;
    let asked = look_up(&[(120, "1")]);
    let before = odoo.look_up(std::slice::from_ref(&asked)).await.remove(0).expect("an answer");
    let mut job = job(&[(120, "5")], false);
    let (_, order) = place_one(&odoo, &job).await;
    assert!(!order.confirmed);
    assert_eq!(order.lines[0].reserved, None);
    let after = odoo.look_up(&[asked]).await.remove(0).expect("an answer");
    assert_eq!(before.stock[&120].availability, after.stock[&120].availability);
    // A section that a person adds is no line.
    let section = json!({"order_id": order.id, "display_type": "line_section", "name": "Gates"});
    target.make("sale.order.line", section).await;
    // Approved later: the same order is confirmed.
    job.confirm = true;
    let (_, confirmed) = place_one(&odoo, &job).await;
    assert_eq!(confirmed.id, order.id);
    assert!(confirmed.confirmed);
    assert_eq!(confirmed.lines.len(), 1);
    assert_eq!(confirmed.lines[0].reserved, Some(dec("5")));
}

pub(super) async fn a_cancelled_order_stays_cancelled(target: &Target) {
    let odoo = target.odoo().await;
    let job = job(&[(119, "1")], true);
    let (_, order) = place_one(&odoo, &job).await;
    let context = json!({"context": {"disable_cancel_warning": true}});
    target.admin("sale.order", "action_cancel", json!([[order.id]]), context).await;
    let (_, again) = place_one(&odoo, &job).await;
    assert_eq!(again.id, order.id);
    assert!(again.cancelled && !again.confirmed);
}

pub(super) async fn earlier_orders_are_found_again(target: &Target) {
    let odoo = target.odoo().await;
    let mail = mail();
    let mut second = draft(&mail, &[(108, "2")]);
    second.key = format!("{mail}_2");
    let orders = vec![draft(&mail, &[(107, "3")]), second];
    let job = Place { customer: customer(&address("again"), Lang::De), orders, confirm: true };
    let (_, placed) = place(&odoo, &[job]).await.remove(0);
    // A copy that a person makes says the same source, and is no order of this mail.
    target.admin("sale.order", "copy", json!([[placed[0].id]]), json!({})).await;

    let mut asked = look_up(&[(107, "1")]);
    asked.mail = mail;
    asked.lang = Lang::De;
    let answers = odoo.look_up(&[asked, look_up(&[(107, "1")])]).await;
    let already = &answers[0].as_ref().expect("an answer").already;
    assert_eq!(already, &placed);
    assert!(answers[1].as_ref().expect("an answer").already.is_empty());
}

pub(super) async fn the_day_is_the_wished_one(target: &Target) {
    let odoo = target.odoo().await;
    let day = NaiveDate::from_ymd_opt(2031, 7, 1);
    let mut job = job(&[(107, "1")], true);
    job.orders[0].date = day;
    let (_, order) = place_one(&odoo, &job).await;
    assert_eq!(order.delivery_date, day);
    let rows =
        target.read("sale.order", json!([["id", "=", order.id]]), &["commitment_date"]).await;
    // The user's own time zone is Zurich's.
    assert_eq!(rows[0]["commitment_date"], "2031-07-01 12:00:00");
}

pub(super) async fn many_orders_share_calls(target: &Target) {
    let odoo = target.odoo().await;
    let from = address("regular");
    let jobs = |count: usize, confirm: bool| -> Vec<Place> {
        (0..count)
            .map(|_| {
                let orders = vec![draft(&mail(), &[(107, "1"), (108, "1"), (122, "1")])];
                Place { customer: customer(&from, Lang::En), orders, confirm }
            })
            .collect()
    };
    place(&odoo, &jobs(1, true)).await;
    // Partners, load, orders, lines; with confirmation: state, confirm, moves. Before 17.0 the
    // delivery address is a call of its own.
    let more = u64::from(target.major < 17);
    for (confirm, most) in [(false, 4 + more), (true, 7 + more)] {
        let jobs = jobs(20, confirm);
        let before = odoo.calls();
        let placed = place(&odoo, &jobs).await;
        let calls = odoo.calls() - before;
        assert_eq!(calls, most, "{calls} calls for 20 mails, confirm {confirm}");
        let mut ids: Vec<i64> = placed.iter().map(|(_, orders)| orders[0].id).collect();
        for ((_, orders), job) in placed.iter().zip(&jobs) {
            assert_eq!(orders[0].key, job.orders[0].key);
            assert_eq!(orders[0].confirmed, confirm);
        }
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 20);
    }
    let answer = odoo.look_up(&[look_up(&[(107, "1")])]).await.remove(0).expect("an answer");
    assert!(
        matches!(answer.stock[&107].availability, Availability::Stock(left) if left < dec("6000"))
    );
}

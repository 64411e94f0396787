//! The Odoo client against Odoo: one list of checks, the same for every target.
//!
//! Which real servers are tried says `POSTORDER_TEST_ODOO` (`14,19`); they are brought up by
//! `scripts/real-odoo`. Without it those tests say that they did not run.

mod checks_catalog;
mod checks_connect;
mod checks_note;
mod checks_partner;
mod checks_place;
mod target;
mod wire;

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use postorder::sandbox::odoo::Version;
use target::Target;

/// Runs every check on a target, and fails with the names of those that failed.
async fn conforms(target: Target) {
    let target = std::sync::Arc::new(target);
    let mut failed = Vec::new();
    macro_rules! run {
        ($($module:ident :: $check:ident),* $(,)?) => {$(
            let name = concat!(stringify!($module), "::", stringify!($check));
            let on = target.clone();
            let task = tokio::spawn(async move { $module::$check(&on).await });
            match tokio::time::timeout(Duration::from_secs(120), AssertUnwindSafe(task)).await {
                Ok(Ok(())) => println!("{}: {name}: ok", target.name),
                Ok(Err(_)) => failed.push(name),
                Err(_) => failed.push(concat!(stringify!($check), " (no end within 120 s)")),
            }
        )*};
    }
    run!(
        checks_connect::chooses_its_protocol,
        checks_connect::wrong_secrets_are_named,
        checks_connect::an_unknown_database_is_named,
        checks_connect::a_missing_right_is_named,
        checks_connect::check_tells_each_thing,
        checks_connect::companies_and_warehouses_are_chosen_by_name,
        checks_catalog::the_catalogue_is_whole,
        checks_catalog::a_change_is_seen,
        checks_catalog::stock_is_told_live,
        checks_catalog::names_are_in_the_customers_language,
        checks_catalog::vendors_are_told_where_asked,
        checks_catalog::many_look_ups_share_calls,
        checks_partner::a_stranger_becomes_a_customer,
        checks_partner::a_colleague_joins_the_company,
        checks_partner::of_several_the_same_is_taken,
        checks_partner::a_new_address_becomes_a_delivery_contact,
        checks_partner::addresses_that_are_known_are_used,
        checks_partner::mixed_orders_go_where_each_says,
        checks_place::an_order_is_placed_and_reserved,
        checks_place::amounts_are_odoos,
        checks_place::a_second_time_changes_nothing,
        checks_place::six_at_once_make_one_order,
        checks_place::one_bad_job_stops_no_other,
        checks_place::what_is_not_there_is_not_reserved,
        checks_place::drafts_stay_drafts,
        checks_place::a_cancelled_order_stays_cancelled,
        checks_place::earlier_orders_are_found_again,
        checks_place::the_day_is_the_wished_one,
        checks_place::many_orders_share_calls,
        checks_note::a_mail_stands_on_its_order_once,
        checks_note::a_lost_order_stops_no_other_note,
    );
    target.end();
    assert!(failed.is_empty(), "{}: failed: {failed:#?}", target.name);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_stand_in_conforms_as_14() {
    conforms(Target::stand_in(Version::V14, false).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_stand_in_conforms_as_19_over_json_rpc() {
    conforms(Target::stand_in(Version::V19, false).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_stand_in_conforms_as_19_over_json_2() {
    conforms(Target::stand_in(Version::V19, true).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odoo_14_over_json_rpc_conforms() {
    if let Some(target) = Target::real(14, false) {
        conforms(target).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odoo_19_over_json_rpc_conforms() {
    if let Some(target) = Target::real(19, false) {
        conforms(target).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odoo_19_over_json_2_conforms() {
    if let Some(target) = Target::real(19, true) {
        conforms(target).await;
    }
}

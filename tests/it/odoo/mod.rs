//! The Odoo client against Odoo: one list of checks, the same for every target.
//!
//! Real servers are brought up by `scripts/real-odoo`; their tests are ignored unless asked for,
//! as `make test` does.

mod checks_catalog;
mod checks_connect;
mod checks_note;
mod checks_partner;
mod checks_place;
mod target;
mod wire;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use target::Target;
use tokio::runtime::Runtime;

/// A target that checks share: one after the other, since some look at what all have changed.
struct Shared {
    runtime: Runtime,
    target: Target,
    turn: Mutex<()>,
}

impl Shared {
    fn new(make: impl AsyncFnOnce() -> Target) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let target = runtime.block_on(make());
        Self { runtime, target, turn: Mutex::default() }
    }

    fn run(&self, check: impl AsyncFnOnce(&Target)) {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.runtime.block_on(async {
            let most = Duration::from_secs(120);
            let ended = tokio::time::timeout(most, check(&self.target)).await;
            assert!(ended.is_ok(), "{}: no end within {most:?}", self.target.name);
        });
    }
}

/// Every check as a test of its own on a target.
macro_rules! conforms {
    ($make:expr $(, $ignored:meta)?) => {
        fn shared() -> &'static crate::odoo::Shared {
            static SHARED: std::sync::OnceLock<crate::odoo::Shared> = std::sync::OnceLock::new();
            SHARED.get_or_init(|| crate::odoo::Shared::new($make))
        }

        conforms!(@ [$($ignored)?],
            checks_connect: chooses_its_protocol,
            checks_connect: wrong_secrets_are_named,
            checks_connect: an_unknown_database_is_named,
            checks_connect: a_missing_right_is_named,
            checks_connect: check_tells_each_thing,
            checks_connect: companies_and_warehouses_are_chosen_by_name,
            checks_catalog: the_catalogue_is_whole,
            checks_catalog: a_change_is_seen,
            checks_catalog: stock_is_told_live,
            checks_catalog: names_are_in_the_customers_language,
            checks_catalog: vendors_are_told_where_asked,
            checks_catalog: many_look_ups_share_calls,
            checks_partner: a_stranger_becomes_a_customer,
            checks_partner: a_colleague_joins_the_company,
            checks_partner: of_several_the_same_is_taken,
            checks_partner: a_new_address_becomes_a_delivery_contact,
            checks_partner: addresses_that_are_known_are_used,
            checks_partner: mixed_orders_go_where_each_says,
            checks_place: an_order_is_placed_and_reserved,
            checks_place: amounts_are_odoos,
            checks_place: a_second_time_changes_nothing,
            checks_place: six_at_once_make_one_order,
            checks_place: one_bad_job_stops_no_other,
            checks_place: what_is_not_there_is_not_reserved,
            checks_place: drafts_stay_drafts,
            checks_place: a_cancelled_order_stays_cancelled,
            checks_place: earlier_orders_are_found_again,
            checks_place: the_day_is_the_wished_one,
            checks_place: many_orders_share_calls,
            checks_note: a_mail_stands_on_its_order_once,
            checks_note: a_lost_order_stops_no_other_note,
        );
    };
    (@ $ignored:tt, $($room:ident: $check:ident,)*) => {
        $(conforms!(@one $ignored, $room, $check);)*
    };
    (@one [$($ignored:meta)?], $room:ident, $check:ident) => {
        #[test]
        $(#[$ignored])?
        fn $check() {
            shared().run(crate::odoo::$room::$check);
        }
    };
}

mod stand_in {
    mod as_14 {
        use postorder::sandbox::odoo::Version;

        conforms!(async || super::super::Target::stand_in(Version::V14, false).await);
    }

    mod as_19_over_json_rpc {
        use postorder::sandbox::odoo::Version;

        conforms!(async || super::super::Target::stand_in(Version::V19, false).await);
    }

    mod as_19_over_json_2 {
        use postorder::sandbox::odoo::Version;

        conforms!(async || super::super::Target::stand_in(Version::V19, true).await);
    }
}

mod real_14 {
    conforms!(
        async || super::Target::real("14", false),
        ignore = "needs a real Odoo 14: `make test`"
    );
}

mod real_19 {
    mod over_json_rpc {
        conforms!(
            async || super::super::Target::real("19", false),
            ignore = "needs a real Odoo 19: `make test`"
        );
    }

    mod over_json_2 {
        conforms!(
            async || super::super::Target::real("19", true),
            ignore = "needs a real Odoo 19: `make test`"
        );
    }
}

//! Keys of `[odoo]`.

use super::{Group, Key, Usual, put};
use crate::config::types::{Protocol, StockRule};
use crate::config::value::{
    flag, minutes, name_or_id, one_of, seconds, secret_file, text, url, whole,
};

pub(super) const ODOO: Group = Group {
    name: "odoo",
    about: "The ERP, 14 or later. The user needs the groups 'Sales / User: All Documents', 'Contact\n\
            Creation' and 'Internal User', nothing more. `postorder check` names what is missing.\n\
            The password or API key stands in a file of its own (below), in the systemd credential\n\
            odoo-password or odoo-api-key, or in POSTORDER_ODOO__PASSWORD or POSTORDER_ODOO__API_KEY.",
    keys: &[
        Key {
            name: "odoo.url",
            usual: Usual::Required(r#""https://odoo.example.com""#),
            about: "Address of the server.",
            set: |c, v| put(&mut c.odoo.url, url(v)),
        },
        Key {
            name: "odoo.database",
            usual: Usual::Required(r#""production""#),
            about: "Name of its database.",
            set: |c, v| put(&mut c.odoo.database, text(v)),
        },
        Key {
            name: "odoo.login",
            usual: Usual::Unset(r#""postorder""#),
            about: "The user's log-in. Only an API key over JSON-2 does without.",
            set: |c, v| put(&mut c.odoo.login, text(v).map(Some)),
        },
        Key {
            name: "odoo.password_file",
            usual: Usual::Unset(r#""/etc/postorder/odoo-password""#),
            about: "File whose only line is the user's password.",
            set: |c, v| put(&mut c.odoo.password_file, secret_file(v).map(Some)),
        },
        Key {
            name: "odoo.api_key_file",
            usual: Usual::Unset(r#""/etc/postorder/odoo-api-key""#),
            about: "File whose only line is the user's API key, instead of a password.",
            set: |c, v| put(&mut c.odoo.api_key_file, secret_file(v).map(Some)),
        },
        Key {
            name: "odoo.protocol",
            usual: Usual::Default(r#""auto""#),
            about: "\"json-rpc\" (Odoo 14 to 19), \"json-2\" (19 and later, API key only), or \"auto\".",
            set: |c, v| {
                let words = [
                    ("auto", Protocol::Auto),
                    ("json-rpc", Protocol::JsonRpc),
                    ("json-2", Protocol::Json2),
                ];
                put(&mut c.odoo.protocol, one_of(v, &words))
            },
        },
        Key {
            name: "odoo.timeout_seconds",
            usual: Usual::Default("60"),
            about: "Longest wait for one answer. What was asked is asked again; nothing is done twice.",
            set: |c, v| put(&mut c.odoo.timeout, seconds(v, 1..=600)),
        },
        Key {
            name: "odoo.workers",
            usual: Usual::Default("2"),
            about: "Calls in flight at the same time; no more than the server has workers.",
            set: |c, v| put(&mut c.odoo.workers, whole(v, 1..=32, "")),
        },
        Key {
            name: "odoo.batch",
            usual: Usual::Default("25"),
            about: "Cases that share one call, where many wait.",
            set: |c, v| put(&mut c.odoo.batch, whole(v, 1..=200, "")),
        },
        Key {
            name: "odoo.company",
            usual: Usual::Unset(r#""Example Ltd""#),
            about: "The company that sells, by name or database id, where Odoo has several.",
            set: |c, v| put(&mut c.odoo.company, name_or_id(v).map(Some)),
        },
        Key {
            name: "odoo.warehouse",
            usual: Usual::Unset(r#""WH""#),
            about: "The warehouse that delivers, by name, short name or database id, where Odoo has\n\
                    several.",
            set: |c, v| put(&mut c.odoo.warehouse, name_or_id(v).map(Some)),
        },
        Key {
            name: "odoo.stock",
            usual: Usual::Default(r#""free""#),
            about: "What counts as available: \"free\" what nobody has reserved, \"on_hand\" what lies there.",
            set: |c, v| {
                let words = [("free", StockRule::Free), ("on_hand", StockRule::OnHand)];
                put(&mut c.odoo.stock, one_of(v, &words))
            },
        },
        Key {
            name: "odoo.confirm",
            usual: Usual::Default("true"),
            about: "Orders are confirmed, so that Odoo reserves the goods. With false they stay quotations,\n\
                    and letters promise nothing.",
            set: |c, v| put(&mut c.odoo.confirm, flag(v)),
        },
        Key {
            name: "odoo.catalog_refresh_minutes",
            usual: Usual::Default("5"),
            about: "How often changed products are fetched. Stock is always read live.",
            set: |c, v| put(&mut c.odoo.catalog_refresh, minutes(v, 1..=1440)),
        },
    ],
};

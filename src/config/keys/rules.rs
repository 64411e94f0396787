//! Keys of `[policy]`, `[reading]`, `[reading.model]` and `[log]`.

use super::{Group, Key, Usual, put};
use crate::config::types::LogFormat;
use crate::config::value::{address, log_level, one_of, seconds, secret_file, text, url, whole};
use crate::flow::Partial;

pub(super) const POLICY: Group = Group {
    name: "policy",
    about: "What your company decides about its orders.",
    keys: &[
        Key {
            name: "policy.partial",
            usual: Usual::Default(r#""split""#),
            about: "Available lines beside short ones: \"split\" orders them at once; with \"together\" nothing\n\
                    is ordered while a line is short.",
            set: |c, v| {
                let words = [("split", Partial::Split), ("together", Partial::Together)];
                put(&mut c.policy.partial, one_of(v, &words))
            },
        },
        Key {
            name: "policy.remind_days",
            usual: Usual::Default("3"),
            about: "An unanswered question or offer is repeated after so many days …",
            set: |c, v| put(&mut c.policy.remind_days, whole(v, 1..=365, "(days)")),
        },
        Key {
            name: "policy.expire_days",
            usual: Usual::Default("10"),
            about: "… and closed after so many, counted from the same moment.",
            set: |c, v| put(&mut c.policy.expire_days, whole(v, 2..=730, "(days)")),
        },
        Key {
            name: "policy.stock_check_minutes",
            usual: Usual::Default("15"),
            about: "How often orders that wait for replenishment look at the stock.",
            set: |c, v| put(&mut c.policy.stock_check_minutes, whole(v, 1..=1440, "(minutes)")),
        },
        Key {
            name: "policy.stock_wait_days",
            usual: Usual::Default("90"),
            about: "An order that has waited so long for replenishment is shown to a person.",
            set: |c, v| put(&mut c.policy.stock_wait_days, whole(v, 1..=730, "(days)")),
        },
        Key {
            name: "policy.supplier",
            usual: Usual::Unset(r#""Purchasing <purchasing@example.com>""#),
            about: "Who is asked for replenishment where Odoo names no vendor of a product.",
            set: |c, v| put(&mut c.policy.supplier, address(v).map(Some)),
        },
        Key {
            name: "policy.give_up_days",
            usual: Usual::Default("5"),
            about: "What fails for so long (Odoo or the mail server away) is shown to a person, and tried\n\
                    again on their word. Nothing is lost.",
            set: |c, v| put(&mut c.policy.give_up_days, whole(v, 1..=60, "(days)")),
        },
        Key {
            name: "policy.letters_per_case",
            usual: Usual::Default("20"),
            about: "No more letters in one case; then a person decides.",
            set: |c, v| put(&mut c.policy.letters_per_case, whole(v, 1..=1000, "")),
        },
        Key {
            name: "policy.letters_per_sender_hour",
            usual: Usual::Default("60"),
            about: "No more letters to one address within an hour; then a person decides.",
            set: |c, v| put(&mut c.policy.letters_per_sender_hour, whole(v, 1..=10_000, "")),
        },
        Key {
            name: "policy.offers_per_case",
            usual: Usual::Default("5"),
            about: "No more offers in one case; then a person decides.",
            set: |c, v| put(&mut c.policy.offers_per_case, whole(v, 1..=100, "")),
        },
    ],
};

pub(super) const READING: Group = Group {
    name: "reading",
    about: "How mails are understood.",
    keys: &[
        Key {
            name: "reading.certainty",
            usual: Usual::Default("80"),
            about: "What is understood with less certainty than this, in percent, goes to a person: what is in\n\
                    doubt has 1, what is taken for sure 85 and more (docs/reading.md).",
            set: |c, v| put(&mut c.reading.certainty, whole(v, 50..=100, "(percent)")),
        },
        Key {
            name: "reading.max_lines",
            usual: Usual::Default("5000"),
            about: "An order with more lines goes to a person.",
            set: |c, v| put(&mut c.reading.max_lines, whole(v, 1..=10_000, "(lines)")),
        },
    ],
};

pub(super) const MODEL: Group = Group {
    name: "reading.model",
    about: "A language model that is asked about mails whose words we do not know; without it they go to\n\
            a person. It sees subject and newly written text, and the products that these may name. What\n\
            it proposes counts only where the mail says so: postorder checks it as it reads any mail. Its\n\
            key stands in a file of its own, in the systemd credential model-key, or in\n\
            POSTORDER_READING__MODEL__KEY.",
    keys: &[
        Key {
            name: "reading.model.url",
            usual: Usual::Unset(r#""https://models.example.com/v1""#),
            about: "Address of a server that speaks as OpenAI's does; /chat/completions is asked below it.",
            set: |c, v| put(&mut c.reading.model.url, url(v).map(Some)),
        },
        Key {
            name: "reading.model.name",
            usual: Usual::Unset(r#""small""#),
            about: "Which of its models.",
            set: |c, v| put(&mut c.reading.model.name, text(v).map(Some)),
        },
        Key {
            name: "reading.model.key_file",
            usual: Usual::Unset(r#""/etc/postorder/model-key""#),
            about: "File whose only line is the key, where the server wants one.",
            set: |c, v| put(&mut c.reading.model.key_file, secret_file(v).map(Some)),
        },
        Key {
            name: "reading.model.timeout_seconds",
            usual: Usual::Default("20"),
            about: "Longest wait for one answer; then the mail goes to a person. Other mails do not wait.",
            set: |c, v| put(&mut c.reading.model.timeout, seconds(v, 1..=300)),
        },
        Key {
            name: "reading.model.at_once",
            usual: Usual::Default("2"),
            about: "Questions in flight at the same time.",
            set: |c, v| put(&mut c.reading.model.at_once, whole(v, 1..=32, "")),
        },
    ],
};

pub(super) const LOG: Group = Group {
    name: "log",
    about: "What postorder tells of its work, on standard error.",
    keys: &[
        Key {
            name: "log.format",
            usual: Usual::Default(r#""auto""#),
            about: "\"human\", \"json\" (one object a line), or \"auto\": human on a terminal, else json.",
            set: |c, v| {
                let words = [
                    ("auto", LogFormat::Auto),
                    ("human", LogFormat::Human),
                    ("json", LogFormat::Json),
                ];
                put(&mut c.log.format, one_of(v, &words))
            },
        },
        Key {
            name: "log.level",
            usual: Usual::Default(r#""info""#),
            about: "error, warn, info, debug or trace; or directives: \"info,postorder::odoo=debug\".",
            set: |c, v| put(&mut c.log.level, log_level(v)),
        },
    ],
};
